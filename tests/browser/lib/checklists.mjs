import { cutOff } from "./cut-off.mjs";
import { lost, shorten } from "./lost.mjs";
import { pageMarkProblems, paper, paperProblems, readRuler } from "./paper.mjs";
import { plain } from "./plain.mjs";
import { readSheet } from "./read-sheet.mjs";
import { texts } from "./texts.mjs";
import { visit } from "./visit.mjs";

const CHECKLIST = /^exit\/([^/]+)\/checklist\.html$/;
export const hasChecklist = (site) => site.shown.some((page) => CHECKLIST.test(page.path));

const BOX_PX = (5 / 25.4) * 96;
const SPARE_PX = (7 / 25.4) * 96;
const SPARE_ROWS = 6;
const BOXES = ["done", "N/A"];

// The sheet somebody carries into a room: whole rows, heads and page marks, boxes to tick.
export async function checklists(site, browser, report) {
  const pages = site.shown.filter((page) => CHECKLIST.test(page.path));
  const leaving = (site.handbook?.vendors ?? []).filter((vendor) => vendor.exit?.steps?.length > 0);
  for (const { slug } of leaving) {
    const path = `exit/${slug}/checklist.html`;
    report.result(path, pages.some((page) => page.path === path) ? [] : ["a plan without its checklist"]);
  }
  if (pages.length + leaving.length === 0) {
    report.note("nobody is leaving here");
    report.result("exit/", []);
  }
  await visit(browser, { viewport: { width: 720, height: 900 } }, pages, async (tab, page) => {
    await tab.emulateMedia({ media: "print" });
    await tab.goto(page.url);
    const slug = CHECKLIST.exec(page.path)[1];
    const sheet = await tab.evaluate(`(${readSheet})(${JSON.stringify(slug)}, ${texts})`);
    const clipped = await tab.evaluate(cutOff, Infinity);
    report.result(page.path, [...sheetProblems(sheet), ...planProblems(sheet, site.handbook, slug), ...clipped]);
    const ruler = await tab.evaluate(readRuler);
    for (const format of ["A4", "Letter"]) {
      const sheets = await paper(tab, format);
      const problems = [
        ...paperProblems(sheets, format, false, ruler),
        ...pageMarkProblems(sheets),
        ...rowProblems(sheet.rows, sheets),
        ...headProblems(sheet, sheets),
        ...lost(sheet.texts, sheets),
      ];
      report.result(page.path, problems.map((problem) => `${format}: ${problem}`));
    }
  });
}

function sheetProblems({ title, vendor, copy, head, rows }) {
  const problems = [];
  const named = [
    [title, "sheet title (h2)"],
    [vendor, "vendor (the text of the link to the vendor's page)"],
    [copy, "copy mark (.copy)"],
  ];
  for (const [text, what] of named) {
    if (!text) problems.push(`the page has no ${what}`);
    else if (!plain(head[0] ?? "").includes(plain(text))) {
      problems.push(`the first row of the table's head lacks the ${what} "${text}"`);
    }
  }
  const steps = rows.filter((row) => row.id);
  if (steps.length === 0) problems.push("the table has no step");
  for (const { id, state, text, boxes } of steps) {
    if (!text) problems.push(`step ${id} is empty`);
    if (state !== "open") continue;
    for (const label of BOXES) {
      const name = `${id} ${label}`;
      const box = boxes.find((one) => one.name === name);
      if (!box) problems.push(`step ${id} has no box named "${name}"`);
      else if (!box.drawn) problems.push(`step ${id}: the box "${name}" has no visible border`);
      else if (Math.min(box.width, box.height) < BOX_PX - 1) {
        problems.push(`step ${id}: the box "${name}" is ${box.width} x ${box.height} px, not 5 mm square`);
      }
      if (!plain(text).includes(plain(label))) problems.push(`step ${id} does not say "${label}" beside its box`);
    }
  }
  const spare = rows.filter((row) => row.spare && row.height >= SPARE_PX);
  if (spare.length < SPARE_ROWS) problems.push(`${spare.length} spare rows of at least 7 mm, not ${SPARE_ROWS}`);
  return problems;
}

function planProblems({ rows }, handbook, slug) {
  const steps = handbook?.vendors?.find((vendor) => vendor.slug === slug)?.exit?.steps ?? [];
  const missing = steps.filter(({ id }) => !rows.some((row) => row.id === id));
  return missing.map(({ id }) => `step ${id} of the plan has no row`);
}

function rowProblems(rows, sheets) {
  const problems = [];
  for (const [at, row] of rows.entries()) {
    const text = plain(row.text);
    if (!text) continue;
    if (!sheets.some((sheet) => sheet.text.includes(text))) problems.push(broken(row, sheets));
    const first = rows[at + 1];
    if (row.phase && first?.id && !sheets.some((sheet) => sheet.text.includes(text + plain(first.text)))) {
      problems.push(`the heading "${row.text}" does not stand with its first step ${first.id}`);
    }
  }
  return [...problems, ...lost(rows.filter((row) => !row.id).map((row) => row.text), sheets)];
}

function broken(row, sheets) {
  const name = row.id ? `row ${row.id}` : `row "${shorten(row.text)}"`;
  const words = row.text.split(" ").filter(plain);
  const found = sheets.map((sheet) => words.filter((word) => sheet.text.includes(plain(word))));
  const gone = words.filter((word) => !found.some((on) => on.includes(word)));
  if (gone.length > 0) return `${name} is not whole: lost ${gone.map((word) => `"${word}"`).join(", ")}`;

  const reach = sheets.map((sheet) => {
    const end = words.findIndex((_, at) => !sheet.text.includes(plain(words.slice(0, at + 1).join(" "))));
    return end < 0 ? words.length : end;
  });
  const on = reach.indexOf(Math.max(...reach));
  const next = words.slice(reach[on]).join(" ");
  const elsewhere = words.filter((word) => !found[on].includes(word));
  const split = elsewhere.length > 0 ? `, and ${elsewhere.map((word) => `"${word}"`).join(", ")} stand on other paper` : "";
  return `${name} breaks off on paper ${on + 1} before "${shorten(next)}"${split}`;
}

function headProblems({ head, rows }, sheets) {
  if (head.length === 0) return ["the table has no head"];
  return sheets.flatMap((sheet, n) => {
    // A phase is a plain word such as "Notice" that other lines hold too.
    const starts = rows.filter((row) => !row.phase && row.text).map((row) => sheet.text.indexOf(plain(row.text)));
    const first = Math.min(...starts.filter((start) => start >= 0));
    if (first === Infinity) return [];
    const above = sheet.text.slice(0, first);
    return head
      .filter((text) => !above.includes(plain(text)))
      .map((text) => `paper ${n + 1} does not repeat the head "${shorten(text)}" above its rows`);
  });
}
