// What can be wrong with the structure of a PDF, for those who hear it or jump through it.

import { told } from "./pdf-text.mjs";

// Which elements may stand in which.
const WITHIN = {
  Document: ["Sect"],
  Sect: ["H1", "H2", "P", "L", "Table", "Div"],
  Div: ["P"],
  L: ["LI"],
  LI: ["Lbl", "LBody"],
  Table: ["THead", "TBody"],
  THead: ["TR"],
  TBody: ["TR"],
  TR: ["TH", "TD"],
};
const TEXT = ["Span", "Link"];
const CELLS = ["P", ...TEXT];
const TEXTS = { H1: TEXT, H2: TEXT, P: TEXT, Lbl: TEXT, LBody: CELLS, TH: CELLS, TD: CELLS, Span: [], Link: ["Span"] };

export function structureFlaws({ tree, pages }, sheets) {
  const problems = pages.flatMap((page, n) => pageFlaws(page).map((said) => `page ${n + 1}: ${said}`));
  const [document] = tree;
  if (tree.length !== 1 || document.tag !== "Document") return [...problems, "the structure is not one document"];
  if (document.kids.length !== sheets.length) problems.push(`${document.kids.length} sections stand for ${sheets.length} sheets`);
  walk(document, problems);
  for (const [n, section] of document.kids.entries()) {
    const said = sectionFlaws(section, sheets[n]);
    problems.push(...said.map((problem) => `section ${n + 1}: ${problem}`));
  }
  return problems;
}

function pageFlaws({ order, loose, clips, left, untold, unseen, twice, links }) {
  const problems = [];
  if (order !== "S") problems.push("the keyboard goes through it in another order than its structure");
  if (loose > 0) problems.push(`${loose} things are drawn outside of the structure`);
  if (clips > 0) problems.push("cuts off what reaches over an edge");
  if (left !== 0) problems.push("some marked content does not end");
  if (untold.length > 0) problems.push(`the structure leaves out ${untold.length} pieces of content`);
  if (unseen.length > 0) problems.push(`the structure names ${unseen.length} pieces of content that are not there`);
  if (twice.length > 0) problems.push(`${twice.length} pieces of content are told twice`);
  for (const { kind, to, says, isTagged } of links) {
    if (kind !== "Link" || !to || !says || !isTagged) problems.push(`a ${kind} to ${to} says ${says} and is ${isTagged ? "" : "not "}in the structure`);
  }
  return problems;
}

const isElement = (kid) => typeof kid !== "string";

function walk(element, problems) {
  const { tag, objects } = element;
  const kids = element.kids.filter(isElement);
  const allowed = WITHIN[tag] ?? TEXTS[tag];
  if (!allowed) problems.push(`<${tag}> is no part of a sheet`);
  const strangers = kids.filter((kid) => allowed && !allowed.includes(kid.tag));
  problems.push(...strangers.map((kid) => `<${kid.tag}> stands in <${tag}>`));
  if (kids.length < element.kids.length && WITHIN[tag]) problems.push(`text stands in <${tag}> itself`);
  if (tag === "Span" && !element.alt && !element.actual) problems.push("a sign does not say what it is");
  if (tag === "Link" && (objects !== 1 || !element.alt)) problems.push("a link has no place to press, or does not say where it leads");
  if (tag === "TH" && !["Column", "Row", "Both"].includes(element.scope)) problems.push("a head does not say what it is the head of");
  if (tag === "LI" && kids.map((kid) => kid.tag).join() !== "Lbl,LBody") problems.push("an item of a list has no mark or no words");
  if (tag === "L" && (kids.length === 0 || !element.listnumbering)) problems.push("a list has no items, or does not say how they are marked");
  for (const kid of kids) walk(kid, problems);
}

function sectionFlaws(section, sheet) {
  const problems = [];
  if (!sheet) return problems;
  const all = (tag, element = section) => [...(element.tag === tag ? [element] : []), ...element.kids.filter(isElement).flatMap((kid) => all(tag, kid))];
  const levels = section.kids.filter(({ tag }) => /^H\d$/.test(tag));
  if (levels[0]?.tag !== "H1" || all("H1").length !== 1) problems.push("does not begin with one title");
  const jump = levels.find(({ tag }, n) => n > 0 && Number(tag[1]) > Number(levels[n - 1].tag[1]) + 1);
  if (jump) problems.push(`the headings jump to ${jump.tag}`);
  wants("headings", levels.map(({ title }) => title ?? ""), [sheet.title, ...sheet.headings]);
  const tables = all("Table");
  wants("tables", tables.map(({ summary }) => summary ?? ""), sheet.captions);
  for (const table of tables) problems.push(...tableFlaws(table).map((said) => `${table.summary}: ${said}`));
  return problems;

  function wants(what, found, wanted) {
    const [one, other] = [found, wanted].map((list) => list.map(told).join(", "));
    if (one !== other) problems.push(`its ${what} are ${one}, not ${other}`);
  }
}

function tableFlaws({ kids }) {
  const problems = [];
  const width = ({ kids: cells }) => cells.reduce((sum, cell) => sum + Number(cell.colspan ?? 1), 0);
  const rows = kids.flatMap((part) => part.kids);
  if (kids[0]?.tag !== "THead" || kids[0].kids.length !== 1) problems.push("does not begin with one row of heads");
  else if (kids[0].kids[0].kids.some(({ tag, scope }) => tag !== "TH" || scope !== "Column")) problems.push("a column has no head");
  const widths = new Set(rows.map(width));
  if (widths.size !== 1) problems.push(`its rows have ${[...widths].join(" or ")} columns`);
  return problems;
}
