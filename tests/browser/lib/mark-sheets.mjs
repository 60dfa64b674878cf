// Runs in the page, laid out for print: the sheets of the page, part by part. Every part gets a tiny white word
// at its beginning and one at its end, so that its place can be found on the paper. The words stand outside the
// flow and move nothing.
export function markSheets(texts) {
  let count = 0;
  return [...document.querySelectorAll(".leaf")].map((leaf) => ({
    id: leaf.id,
    sheet: leaf.id.replace(/-\d+$/, ""),
    letter: leaf.querySelector("h2 .letter")?.textContent ?? "",
    title: [...leaf.querySelector("h2").childNodes].at(-1).textContent.trim(),
    client: leaf.querySelector(".parties b").textContent,
    vendor: leaf.querySelector(".parties span").textContent,
    copy: leaf.querySelector(".leaf-head .copy")?.textContent ?? "",
    isWide: leaf.matches(".wide"),
    texts: texts(leaf),
    parts: [...leaf.children].map(part),
  }));

  function part(element) {
    const table = element.querySelector(":scope > table");
    return {
      kind: kind(element),
      text: element.textContent.trim().replace(/\s+/g, " ").slice(0, 60),
      ...(table ? { rows: [...table.tBodies].flatMap((body) => [...body.rows]).map(row), ...head(table) } : {}),
      ...marks(element, element),
    };
  }

  function kind(element) {
    if (/^h\d$/.test(element.localName)) return "heading";
    return element.classList[0] ?? element.localName;
  }

  function row(element) {
    const { cells } = element;
    return {
      text: texts(element).join(" "),
      isPhase: element.matches(".phase"),
      isGate: element.matches(".gate"),
      isSpare: element.closest("tbody").matches(".spare") && cells.length > 1,
      height: (element.getBoundingClientRect().height / 96) * 25.4,
      ...marks(cells[0], cells[cells.length - 1]),
    };
  }

  function head(table) {
    const rows = [...table.tHead.rows];
    return { head: rows.map((one) => texts(one).join(" ")), heads: rows.map((one) => marks(one.cells[0], one.cells[0]).begin) };
  }

  function marks(first, last) {
    count += 1;
    return { begin: mark(first, `zq${count}b`, "0 auto auto 0"), end: mark(last, `zq${count}e`, "auto 0 0 auto") };
  }

  function mark(element, word, inset) {
    const { position } = getComputedStyle(element);
    if (position === "static") element.style.position = "relative";
    const span = document.createElement("span");
    span.textContent = word;
    Object.assign(span.style, { position: "absolute", inset, font: '1pt/1 "Liberation Sans"', color: "#fff", whiteSpace: "nowrap", margin: 0, letterSpacing: 0 });
    element.append(span);
    return word;
  }
}

export const isMark = (text) => /^zq\d+[be]$/.test(text);
