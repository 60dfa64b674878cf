// What can be wrong with the paper of a PDF: sizes, edges, numbers of pages, words in the wrong place or lost.

import { compact } from "./pdf-text.mjs";

const POINTS = { A4: [595.3, 841.9], Letter: [612, 792] };
// Nearer to the edge most printers leave the paper white.
const UNPRINTABLE = 11;
const NOTE = "planning aid, not legal advice";
// Longer names are cut in the running head, and whole on the first page.
const LONG = 160;

export function paperFlaws(pdf, { paper, sheets, unprintable }) {
  const problems = [];
  if (pdf.texts.length !== pdf.sizes.length || pdf.words.length !== pdf.sizes.length) problems.push("some of its pages could not be read");
  for (const [n, sheet] of sheets.entries()) {
    const [from, to] = [pdf.outline[n]?.page ?? 0, pdf.outline[n + 1]?.page ?? pdf.sizes.length];
    for (let page = from; page < to; page += 1) {
      const flaws = [
        ...sizeFlaws(pdf.sizes[page], sheet.isWide ? POINTS[paper].toReversed() : POINTS[paper]),
        ...edgeFlaws(pdf.words[page] ?? [], pdf.sizes[page]),
        ...frameFlaws(pdf.texts[page] ?? "", sheet, [page - from + 1, to - from], unprintable),
        ...loneBoxFlaws(pdf.texts[page] ?? ""),
      ];
      problems.push(...flaws.map((said) => `page ${page + 1}: ${said}`));
    }
  }
  return problems;
}

function sizeFlaws(size, wanted) {
  const fits = size.every((side, axis) => Math.abs(side - wanted[axis]) < 1.5);
  return fits ? [] : [`is ${size.join(" x ")} pt, not ${wanted.join(" x ")}`];
}

function edgeFlaws(words, size) {
  const [right, bottom] = size.map((side) => side - UNPRINTABLE);
  const outside = words.filter(({ x0, y0, x1, y1 }) => x0 < UNPRINTABLE || y0 < UNPRINTABLE || x1 > right || y1 > bottom);
  return [
    ...outside.map(({ text, x0, y0, x1, y1 }) => `"${text}" lies outside the printable area (${x0}, ${y0} to ${x1}, ${y1} pt)`),
    ...overprinted(words).map(([one, other]) => `"${one.text}" and "${other.text}" are printed over each other`),
  ];
}

// A box stands on one line with what it is for. Short lines that end with one ask before it: "all done? ☐".
function loneBoxFlaws(text) {
  const lines = text.split("\n").filter((line) => /.{40,}[^☐ ] ?☐$/u.test(line));
  return lines.map((line) => `the last box of "${line}" is parted from its words`);
}

function overprinted(words) {
  const pairs = [];
  const sorted = words.filter(({ text }) => compact(text)).sort((a, b) => a.y0 - b.y0);
  for (const [at, one] of sorted.entries()) {
    for (const other of sorted.slice(at + 1)) {
      if (other.y0 >= one.y1) break;
      const across = Math.min(one.x1, other.x1) - Math.max(one.x0, other.x0);
      const down = Math.min(one.y1, other.y1) - other.y0;
      if (across > 1.5 && down > Math.min(one.y1 - one.y0, other.y1 - other.y0) / 2) pairs.push([one, other]);
    }
  }
  return pairs;
}

// Each page says which it is, and of which revision and day; from the second on, what it belongs to.
function frameFlaws(text, sheet, [page, count], unprintable) {
  const problems = [];
  const all = compact(text);
  const foot = feet(sheet, page, count);
  if (!all.endsWith(foot.map(compact).join(""))) {
    const missing = foot.filter((part) => !all.includes(compact(part)));
    problems.push(missing.length > 0 ? `its foot does not say "${missing.join('", "')}"` : "its foot is not the end of it");
  }
  // A name in other letters is not asked for here.
  const above = head(sheet).split(unprintable ?? /$/u).map(compact);
  if (page > 1 && !(all.startsWith(above[0]) && above.every((part) => all.includes(part)))) problems.push(`its head does not say "${head(sheet)}"`);
  return problems;
}

function feet({ foot }, page, count) {
  const [, revision, own] = /^(Playbook revision \S+, as of .+?)\. Planning aid, not legal advice\.(?: (.*))?$/.exec(foot) ?? [undefined, foot];
  return [revision, own ? `${NOTE} · ${own}` : NOTE, `page ${page} of ${count}`];
}

function head({ letter, title, vendor, copy }) {
  const plain = letter ? title.slice(letter.length).trim() : title;
  return [plain, vendor, copy].filter(Boolean).map(cut).join(" · ");
}

function cut(text) {
  const letters = [...text.trim()];
  return letters.length > LONG ? `${letters.slice(0, LONG).join("")}…` : text;
}

// Nothing of `wanted` is lost or elsewhere in `found`, and no two words run together. What the fonts have no
// letters for may read as anything, within reason.
export function inOrder(wanted, found, unprintable) {
  if (wanted === found) return [];
  if (!unprintable) return [difference(wanted, found)];
  let at = 0;
  let room = 0;
  for (const part of wanted.split(unprintable)) {
    if (part === undefined) continue;
    const start = found.indexOf(part, at);
    if (start < 0 || start - at > room) return [difference(part, found.slice(at, at + room + part.length))];
    at = start + part.length;
    room = 200;
  }
  return found.length - at > room ? [difference("", found.slice(at))] : [];
}

// The same for the pages of a sheet without their edges. Heads of tables may come again on each page. Where a row is
// higher than a page, each page has a part of each of its cells, so that only the letters can be told.
export function lostFromOrder(wanted, pages, sheet, hasHighRows) {
  let read = "";
  for (const [n, page] of pages.entries()) {
    const foot = feet(sheet, n + 1, pages.length).map(compact).join("");
    const start = n === 0 ? 0 : compact(head(sheet)).length;
    const text = compact(page).slice(start, -foot.length);
    const again = sheet.heads.map(compact).find((row) => row && text.startsWith(row) && !wanted.startsWith(row, read.length));
    read += again === undefined ? text : text.slice(again.length);
  }
  const [one, other] = hasHighRows ? [wanted, read].map((text) => [...text].sort().join("")) : [wanted, read];
  return one === other ? [] : [difference(one, other)];
}

function difference(wanted, found) {
  let at = 0;
  while (at < wanted.length && wanted[at] === found[at]) at += 1;
  const around = (text) => JSON.stringify(text.slice(Math.max(0, at - 20), at + 50));
  return `${around(found)} stands where ${around(wanted)} should`;
}
