import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { plain } from "./plain.mjs";

const run = promisify(execFile);
const POINTS = { A4: [595.3, 841.9], Letter: [612, 792] };
const UNPRINTABLE = 11;

// Prints the page in the tab and reads the paper back: one entry a sheet of
// paper, with its words in the order they were written and their text joined. `look` tells more of each.
export async function paper(tab, format, look = () => []) {
  const folder = await mkdtemp(join(tmpdir(), "paper-"));
  try {
    const file = join(folder, "page.pdf");
    await tab.pdf({ path: file, format });
    const { stdout: info } = await run("pdfinfo", ["-f", "1", "-l", "-1", file]);
    const { stdout: xml } = await run("pdftotext", ["-raw", "-bbox", file, "-"], { maxBuffer: 1 << 28 });
    const sheets = xml.split("<page ").slice(1).map(sheet);
    const sizes = [...info.matchAll(/^Page +\d+ size: +([\d.]+) x ([\d.]+)/gm)].map(([, x, y]) => [+x, +y]);
    if (sheets.length === 0 || sheets.length !== sizes.length) throw new Error("the paper could not be read back");
    const more = await look(file);
    return sheets.map((page, n) => ({ ...page, size: sizes[n], more: more[n] }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// Runs in the page: the first word of the first title that is printed, and how wide it is in points.
export function readRuler() {
  const title = [...document.querySelectorAll("h1, h2")].find((one) => one.getClientRects().length > 0);
  const texts = document.createTreeWalker(title, NodeFilter.SHOW_TEXT);
  let word;
  // The letter of a sheet stands in a circle of its own, and other words are as short.
  while (!word && texts.nextNode()) word = texts.currentNode.parentElement.matches(".letter") ? undefined : /\S+/.exec(texts.currentNode.data);
  const range = document.createRange();
  range.setStart(texts.currentNode, word.index);
  range.setEnd(texts.currentNode, word.index + word[0].length);
  return { text: word[0], width: range.getBoundingClientRect().width * 0.75 };
}

// What has to hold for every print of every page. `landscape` is told for all of the paper, or for each.
export function paperProblems(sheets, format, landscape, ruler) {
  const problems = [];
  // A browser shrinks the whole print when something on it is too wide for the paper.
  const width = Math.max(0, ...sheets[0].words.filter(({ text }) => text === ruler.text).map(({ x0, x1 }) => x1 - x0));
  if (!(Math.abs(width / ruler.width - 1) <= 0.02)) {
    problems.push(`the title is ${width.toFixed()} pt wide on paper, not ${ruler.width.toFixed()}: missing, or the print was shrunk to fit`);
  }
  for (const [n, { size, words }] of sheets.entries()) {
    const lies = Array.isArray(landscape) ? landscape[n] : landscape;
    const wanted = lies ? POINTS[format].slice().reverse() : POINTS[format];
    if (size.some((side, axis) => Math.abs(side - wanted[axis]) > 1.5)) {
      problems.push(`paper ${n + 1} is ${size.join(" x ")} pt, not ${wanted.join(" x ")}`);
    }
    const [right, bottom] = size.map((side) => side - UNPRINTABLE);
    for (const { text, x0, y0, x1, y1 } of words) {
      if (x0 < UNPRINTABLE || y0 < UNPRINTABLE || x1 > right || y1 > bottom) {
        problems.push(`paper ${n + 1}: "${text}" lies outside the printable area (${x0}, ${y0} to ${x1}, ${y1} pt)`);
      }
    }
    for (const [one, other] of overprinted(words)) {
      problems.push(`paper ${n + 1}: "${one.text}" and "${other.text}" are printed over each other`);
    }
  }
  return problems;
}

export function pageMarkProblems(sheets) {
  return sheets.flatMap(({ words }, n) => {
    const texts = words.map((word) => word.text);
    const marks = texts.flatMap((text, at) => (text === "page" && texts[at + 2] === "of" ? [texts.slice(at, at + 4).join(" ")] : []));
    const wanted = `page ${n + 1} of ${sheets.length}`;
    return marks.length === 1 && marks[0] === wanted
      ? []
      : [`paper ${n + 1}: the page mark reads "${marks.join(", ")}", not "${wanted}"`];
  });
}

function sheet(xml) {
  const words = [...xml.matchAll(/<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)<\/word>/g)].map(
    ([, x0, y0, x1, y1, text]) => ({ text: unescape(text), x0: +x0, y0: +y0, x1: +x1, y1: +y1 }),
  );
  let text = "";
  for (const word of words) {
    word.at = text.length;
    text += plain(word.text);
  }
  return { words, text };
}

function unescape(text) {
  const names = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => names[name]);
}

function overprinted(words) {
  const pairs = [];
  const sorted = words.filter((word) => plain(word.text)).sort((a, b) => a.y0 - b.y0);
  for (const [at, one] of sorted.entries()) {
    for (const other of sorted.slice(at + 1)) {
      if (other.y0 >= one.y1) break;
      const across = Math.min(one.x1, other.x1) - Math.max(one.x0, other.x0);
      const down = Math.min(one.y1, other.y1) - other.y0;
      const height = Math.min(one.y1 - one.y0, other.y1 - other.y0);
      if (across > 1.5 && down > height / 2) pairs.push([one, other]);
    }
  }
  return pairs;
}
