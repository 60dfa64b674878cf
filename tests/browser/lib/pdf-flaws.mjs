// What is wrong with the PDF of a pack, seen from its sheets as the pages of the same build show them.

import { inOrder, lostFromOrder, paperFlaws } from "./pdf-paper.mjs";
import { structureFlaws } from "./pdf-structure.mjs";
import { collapsed, compact, told } from "./pdf-text.mjs";
import { spoken } from "./read-pdf.mjs";

// Said in the document for programs that ask by which rules it was made.
const RULES = { "pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1" };
// Said on each sheet where letters of a script stand in for those of another.
const IN_LATIN = "▲ Some names stand here in Latin letters: no font for their script is set up.";

// `known`: vendor, language, paper, sheets (see leaves.mjs); `unprintable`, letters that no font of the project
// has, where there are any; `hasHighRows`, true where a row of a table may be higher than a page.
export function flaws(pdf, known) {
  if (pdf.broken) return [`cannot be opened: ${pdf.broken}`, ...pdf.qpdf];
  return [
    ...pdf.qpdf.map((said) => `qpdf: ${said}`),
    ...pdf.poppler.map((said) => `poppler: ${said}`),
    ...pdf.syntax.map((said) => `pikepdf: ${said}`),
    ...documentFlaws(pdf, known),
    ...pdf.fonts.flatMap(fontFlaws),
    ...outlineFlaws(pdf, known.sheets),
    ...structureFlaws(pdf, known.sheets),
    ...paperFlaws(pdf, known),
    ...textFlaws(pdf, known),
  ];
}

function documentFlaws(pdf, { vendor, language }) {
  const title = told(`Exit pack: ${vendor}`);
  const problems = [];
  const wants = (name, value, wanted) => {
    if (value !== wanted) problems.push(`${name} is ${JSON.stringify(value)}, not ${JSON.stringify(wanted)}`);
  };
  for (const [name, wanted] of Object.entries(RULES)) wants(name, pdf.xmp[name], wanted);
  wants("the language", pdf.language, language);
  wants("dc:language", String(pdf.xmp["dc:language"]), language);
  wants("the title", told(pdf.title ?? ""), title);
  wants("dc:title", told(String(pdf.xmp["dc:title"])), title);
  if (!pdf.showsTitle) problems.push("the window shows the file's name, not the title");
  if (!pdf.isMarked || !pdf.isTagged) problems.push("does not call itself tagged");
  if (!pdf.intents.includes("GTS_PDFA1")) problems.push("has no output intent");
  if (pdf.hasScripts) problems.push("does something when it is opened");
  return problems;
}

function fontFlaws({ name, isEmbedded, hasUnicode }) {
  return [...(isEmbedded ? [] : [`the font ${name} is not embedded`]), ...(hasUnicode ? [] : [`the font ${name} does not tell its letters`])];
}

// One bookmark for each copy of a sheet, and one below it for each heading.
function outlineFlaws({ outline, sizes }, sheets) {
  const problems = [];
  const wanted = sheets.map((sheet) => bookmark(sheet, sheets));
  const found = outline.map(({ title }) => told(title));
  if (found.join("\n") !== wanted.join("\n")) problems.push(`the bookmarks are ${found.join(", ")}, not ${wanted.join(", ")}`);
  for (const [n, { title, page, kids }] of outline.entries()) {
    const [from, to] = [n === 0 ? 0 : outline[n - 1].page + 1, outline[n + 1]?.page ?? sizes.length];
    const starts = n === 0 ? page === 0 : page >= from;
    if (!starts || page >= to) problems.push(`the bookmark ${title} leads to page ${page + 1}`);
    const [below, headings] = [kids.map((kid) => told(kid.title)), (sheets[n]?.headings ?? []).map(told)];
    if (below.join("\n") !== headings.join("\n")) problems.push(`below the bookmark ${title} stand ${below.join(", ")}, not ${headings.join(", ")}`);
    for (const kid of kids) if (kid.page < page || kid.page >= to) problems.push(`the bookmark ${kid.title} leads to page ${kid.page + 1}`);
  }
  return problems;
}

function bookmark({ name, title, copy }, sheets) {
  const several = copy && sheets.filter((other) => other.name === name).length > 1;
  return told(several ? `${title} – ${copy}` : title);
}

// All that a page says is said here, in the order in which it is read aloud, and in the order of the paper.
function textFlaws(pdf, { sheets, unprintable, hasHighRows }) {
  const { texts, outline } = pdf;
  const sections = spoken(pdf);
  return sheets.flatMap((sheet, n) => {
    const where = `${sheet.title}${sheet.copy ? `, ${sheet.copy}` : ""}`;
    const problems = [];
    let text = collapsed(sections[n] ?? "");
    if (unprintable) {
      if (!text.includes(IN_LATIN)) problems.push("does not say that names stand in Latin letters");
      text = collapsed(text.replace(IN_LATIN, " "));
    }
    problems.push(...inOrder(collapsed(sheet.text), text, unprintable).map((said) => `read aloud, ${said}`));
    if (!unprintable) {
      const range = texts.slice(outline[n]?.page, outline[n + 1]?.page);
      problems.push(...lostFromOrder(compact(sheet.text), range, sheet, hasHighRows).map((said) => `on paper, ${said}`));
    }
    return problems.map((problem) => `${where}: ${problem}`);
  });
}
