import { plain } from "./plain.mjs";

// Texts of the page that its paper does not carry as often as the page does.
export function lost(texts, sheets) {
  const wanted = texts.map(plain).filter(Boolean);
  const page = wanted.join("\n");
  const print = sheets.map((sheet) => sheet.text).join("\n");
  const problems = [];
  for (const text of new Set(texts)) {
    const search = plain(text);
    if (!search) continue;
    const missing = count(page, search) - count(print, search);
    if (missing > 0 && !turnsThePage(text, sheets)) {
      problems.push(`"${shorten(text)}" is not on the paper${missing > 1 ? ` (${missing} times)` : ""}${absent(text, print)}`);
    }
  }
  return problems;
}

function count(text, search) {
  return text.split(search).length - 1;
}

export function shorten(text) {
  return text.length > 90 ? `${text.slice(0, 87)}...` : text;
}

// Only a text of several lines can begin on one sheet of paper and end on the next.
function turnsThePage(text, sheets) {
  const words = text.split(" ").map(plain);
  if (words.length < 8) return false;
  const whole = words.join("");
  let at = 0;
  return words.some((word) => {
    at += word.length;
    const [before, after] = [whole.slice(0, at), whole.slice(at)];
    if (after === "") return false;
    return sheets.slice(1).some((next, n) => sheets[n].text.includes(before) && next.text.includes(after));
  });
}

function absent(text, print) {
  const words = new Set(text.split(" ").filter((word) => !print.includes(plain(word))));
  return words.size > 0 ? `; nowhere: ${[...words].join(" ")}` : "";
}
