import { colours } from "./colours.mjs";
import { cutOff } from "./cut-off.mjs";
import { lost } from "./lost.mjs";
import { isMark, markSheets } from "./mark-sheets.mjs";
import { pageCounts } from "./page-counts.mjs";
import { pageMarkProblems, paper, paperProblems, readRuler } from "./paper.mjs";
import { plain } from "./plain.mjs";
import { sheetLooks } from "./sheet-looks.mjs";
import { isPack, isSheet } from "./site.mjs";
import { texts } from "./texts.mjs";
import { visit } from "./visit.mjs";

const OURS = ["OUR COPY – do not hand over"];
const BOTH = ["COPY 1 OF 2", "COPY 2 OF 2"];
const COPIES = { a: OURS, b: OURS, c: BOTH, d: BOTH, e: BOTH, g: BOTH };
// Room for handwriting, in millimetres.
const SPARE = 6.5;
const SPARE_ROWS = 6;
const FORMATS = ["A4", "Letter"];
// These are read and signed in one piece.
const WHOLE = ["leaf-head", "keydates", "say", "lines", "sign", "heading", "leaf-foot"];

// Every page of sheets on A4 and Letter: what somebody takes into a room, and what is handed over.
export async function packs(site, browser, report) {
  const pages = site.shown.filter((page) => isSheet(page.path));
  const counted = new Map();
  await visit(browser, { viewport: { width: 720, height: 900 } }, pages, async (tab, page) => {
    const { problems, counts, lengths } = await packProblems(tab, page, FORMATS);
    counted.set(page.path, counts);
    page.lengths = lengths;
    report.result(page.path, problems);
  });
  if (pages.length === 0) return report.result("exit/", ["no page of sheets"]);
  for (const page of pages.filter((one) => isPack(one.path))) report.result(page.path, sumProblems(page, pages));
  report.result("pages.txt", await pageCounts(site, counted));
}

// What is wrong with one page of sheets, and how many pages of paper it takes.
export async function packProblems(tab, page, formats) {
  await tab.emulateMedia({ media: "print" });
  await tab.goto(page.url);
  const looks = [...(await tab.evaluate(sheetLooks)), ...(await tab.evaluate(cutOff, Infinity))];
  const ruler = await tab.evaluate(readRuler);
  // Looking has to move nothing. Once is enough: a pack holds every sheet that has a page of its own.
  const bare = isPack(page.path) || page.path.startsWith("sheets/") ? (await paper(tab, formats[0])).length : undefined;
  const leaves = await tab.evaluate(`(${markSheets})(${texts})`);
  const problems = [...looks, ...copyProblems(leaves), ...leaves.flatMap(roomProblems)];
  const counts = [];
  const lengths = {};
  for (const format of formats) {
    const printed = await paper(tab, format, colours);
    const places = findMarks(printed);
    const sheets = printed.map(({ words, more, size }) => ({ ...withText(words.filter(({ text }) => !isMark(text))), size, colour: more }));
    counts.push(sheets.length);
    if (format === formats[0] && sheets.length !== (bare ?? sheets.length)) problems.push(`takes ${bare} pages, and ${sheets.length} when it is looked at`);
    const ranges = leaves.map((leaf, n) => range(leaf, leaves[n + 1], places, sheets.length));
    lengths[format] = Object.fromEntries(leaves.map((leaf, n) => [leaf.id, ranges[n][1] - ranges[n][0]]));
    const wide = sheets.map((_, n) => leaves.some((leaf, at) => leaf.isWide && n >= ranges[at][0] && n < ranges[at][1]));
    const seen = [
      ...paperProblems(sheets, format, wide, ruler),
      ...pageMarkProblems(sheets),
      ...sheets.flatMap(({ colour }, n) => (colour ? [`paper ${n + 1} has the colour ${colour}`] : [])),
      ...leaves.flatMap((leaf, n) => leafProblems(leaf, ranges[n], places, sheets).map((problem) => `${leaf.id}: ${problem}`)),
    ];
    problems.push(...seen.map((problem) => `${format}: ${problem}`));
  }
  return { problems, counts, lengths };
}

function withText(words) {
  return { words, text: words.map(({ text }) => plain(text)).join("") };
}

// Where each mark stands: a repeated head has one on each of its pages.
function findMarks(sheets) {
  const places = new Map();
  for (const [page, { words, size }] of sheets.entries()) {
    for (const { text, y0 } of words.filter((word) => isMark(word.text))) {
      places.set(text, [...(places.get(text) ?? []), { page, y: y0, height: size[1] }]);
    }
  }
  return places;
}

// The pages from the first of a leaf to the first of the next.
function range(leaf, next, places, end) {
  const first = (one) => places.get(one?.parts[0].begin)?.[0].page;
  return [first(leaf) ?? 0, first(next) ?? end];
}

function copyProblems(leaves) {
  const marks = new Map();
  for (const { letter, copy } of leaves) marks.set(letter, [...(marks.get(letter) ?? []), copy]);
  return [...marks].flatMap(([letter, found]) => {
    const wanted = COPIES[letter];
    return !wanted || wanted.join() === found.join() ? [] : [`sheet ${letter} is there as ${found.join(", ")}, not as ${wanted.join(", ")}`];
  });
}

function roomProblems({ id, parts }) {
  return parts.flatMap(({ text, rows = [] }) => {
    const spare = rows.filter(({ isSpare }) => isSpare);
    const low = spare.filter(({ height }) => height < SPARE - 0.05);
    const few = id === "brief" && spare.length > 0 && spare.length < SPARE_ROWS;
    return [
      ...(low.length > 0 ? [`${id}: ${low.length} empty rows of "${text}" are ${low[0].height.toFixed(1)} mm high, not ${SPARE}`] : []),
      ...(few ? [`${id}: ${spare.length} empty rows, not ${SPARE_ROWS}`] : []),
    ];
  });
}

function leafProblems(leaf, [from, to], places, sheets) {
  const at = (mark) => places.get(mark)?.[0];
  const page = (mark) => at(mark)?.page;
  const own = sheets.slice(from, to);
  const problems = [];
  const begin = at(leaf.parts[0].begin);
  if (!begin) return ["is not on the paper"];
  if (begin.y > begin.height / 8) problems.push(`begins in the middle of paper ${begin.page + 1}`);
  if (to <= from) problems.push(`begins on paper ${from + 1}, and so does the next sheet`);
  for (const text of [leaf.title, leaf.client, leaf.vendor, leaf.copy]) {
    if (!own[0]?.text.includes(plain(text))) problems.push(`its first page does not say "${text}"`);
  }
  problems.push(...lost(leaf.texts, own));

  for (const [n, part] of leaf.parts.entries()) {
    const [start, end] = [page(part.begin), page(part.end)];
    const after = leaf.parts[n + 1];
    if (start === undefined || end === undefined) problems.push(`"${part.text}" is not on the paper`);
    if (WHOLE.includes(part.kind) && start !== end) problems.push(`"${part.text}" is split between papers ${start + 1} and ${end + 1}`);
    if (part.kind === "heading") {
      const follows = after && (after.rows?.[0] ?? after).begin;
      if (!after || page(follows) !== end) problems.push(`the heading "${part.text}" is the last thing on paper ${end + 1}`);
    }
    if (part.kind === "leaf-foot") {
      const company = leaf.parts.slice(0, n).some((one) => page(one.end) === end);
      if (!company || after) problems.push(`the last line stands alone on paper ${end + 1}`);
    }
    if (part.rows) problems.push(...tableProblems(leaf, part, places));
  }
  return problems;
}

function tableProblems(leaf, { rows, head, heads }, places) {
  const problems = [];
  const tops = new Map();
  for (const [n, row] of rows.entries()) {
    const [start, end] = [places.get(row.begin)?.[0], places.get(row.end)?.[0]];
    const name = `the row "${row.text.slice(0, 60)}"`;
    if (!start || !end) {
      problems.push(`${name} is not on the paper`);
      continue;
    }
    if (start.page !== end.page) problems.push(`${name} is split between papers ${start.page + 1} and ${end.page + 1}`);
    const next = places.get(rows[n + 1]?.begin)?.[0];
    if (row.isPhase && next?.page !== start.page) problems.push(`the heading "${row.text}" is the last thing on paper ${start.page + 1}`);
    tops.set(start.page, Math.min(start.y, tops.get(start.page) ?? Infinity));
  }
  for (const [page, y] of tops) {
    const isThere = heads.every((mark) => places.get(mark)?.some((place) => place.page === page && place.y <= y));
    if (!isThere) problems.push(`the rows on paper ${page + 1} stand below no head`);
  }
  const running = plain(head[0]);
  const unsaid = tops.size > 1 ? [leaf.title, leaf.vendor, leaf.copy].filter((text) => !running.includes(plain(text))) : [];
  return [...problems, ...unsaid.map((text) => `a table runs over ${tops.size} papers, and its head does not say "${text}"`)];
}

// A whole pack is its sheets one after another, each as long as alone.
function sumProblems(page, pages) {
  const folder = page.path.replace(/[^/]+$/, "");
  return FORMATS.flatMap((format) =>
    Object.entries(page.lengths[format]).flatMap(([id, length]) => {
      const alone = pages.find((one) => one.path === `${folder}${id.replace(/-\d+$/, "")}.html`)?.lengths[format][id];
      return alone === length ? [] : [`${format}: ${id} takes ${length} pages in the pack, and ${alone} alone`];
    }),
  );
}
