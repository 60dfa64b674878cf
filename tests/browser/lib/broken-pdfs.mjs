// A small pack, and copies of it with a single slip each. What is broken has to be noticed, or the check checks
// nothing. qpdf writes a PDF so that it can be edited as text, and puts it together again.

import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { each } from "./each.mjs";
import { flaws } from "./pdf-flaws.mjs";
import { noteFlaws, sameFlaws } from "./pdf-made.mjs";
import { collapsed } from "./pdf-text.mjs";
import { readPdf, spoken, spokenByPoppler } from "./read-pdf.mjs";

const run = promisify(execFile);
const swap = (from, to) => (text) => text.replace(from, to);
const all = (from, to) => (text) => text.replaceAll(from, to);

// Each slip, and a piece of what has to be said about it.
const BROKEN = [
  ["another part of the rules for archives", swap("<pdfaid:part>2<", "<pdfaid:part>1<"), "pdfaid:part"],
  ["other rules for archives", swap("<pdfaid:conformance>A<", "<pdfaid:conformance>B<"), "pdfaid:conformance"],
  ["no rules for accessibility", swap("<pdfuaid:part>1<", "<pdfuaid:part>9<"), "pdfuaid:part"],
  ["another language", swap(/\/Lang \(en\)/g, "/Lang (fr)"), "the language"],
  ["another title", all("Exit pack: Bright", "Exit pack: Blight"), "the title"],
  ["the file's name as the title", swap("/DisplayDocTitle true", "/DisplayDocTitle false"), "the file's name"],
  ["no marks", swap("/Marked true", "/Marked false"), "tagged"],
  ["no output intent", swap("/S /GTS_PDFA1", "/S /GTS_OTHER"), "output intent"],
  ["a font that is not embedded", swap(/\/FontFile2 \d+ 0 R/, ""), "is not embedded"],
  ["a font that does not tell its letters", swap(/\/ToUnicode \d+ 0 R/, ""), "does not tell its letters"],
  ["a font that tells other letters", swap(/(beginbfchar\n<0*1> )<(\w+)>/, "$1<0021>"), "stands where"],
  ["a bookmark with another name", swap("/Title (a  Meeting brief)", "/Title (a  Meeting)"), "the bookmarks are"],
  ["a heading that jumps", swap("/S /H2", "/S /H3"), "<H3> is no part"],
  ["a heading of the wrong level", swap("/S /H1", "/S /H2"), "one title"],
  ["a heading that is a paragraph", swap("/S /H2", "/S /P"), "headings are"],
  ["a head that is no head", swap("/S /TH", "/S /TD"), "a column has no head"],
  ["a head of nothing", swap("/Scope /Column", "/Scape /Column"), "the head of"],
  ["a table without a head", swap("/S /THead", "/S /TBody"), "one row of heads"],
  ["a row of another width", swap("/Scope /Column", "/ColSpan 2 /Scope /Column"), "columns"],
  ["a cell that is no cell", swap("/S /TD", "/S /Span"), "<Span> stands in <TR>"],
  ["a list without marks", swap("/S /Lbl", "/S /LBody"), "no mark"],
  ["a list of paragraphs", swap("/S /LI\n", "/S /P\n"), "<P> stands in <L>"],
  ["a table without its name", swap("/Summary (If they", "/Summary (When they"), "tables are"],
  ["a sheet that is no section", swap("/S /Sect", "/S /Div"), "<Div> stands in <Document>"],
  ["a sign that says nothing", swap("/Alt (", "/Alx ("), "a sign does not say"],
  ["decoration that is not marked so", swap("/Artifact<<", "/Ornament<<"), "outside of the structure"],
  ["content under another number", swap(/\/MCID 3\b/, "/MCID 3333"), "leaves out"],
  ["content told twice", swap(/\/MCID 3\b/, "/MCID 4"), "told twice"],
  ["an edge that cuts", swap("\nBT ", "\n0 0 90 90 re W n BT "), "cuts off"],
  ["the keyboard's own order", swap("/Tabs /S", "/Tabs /R"), "keyboard"],
  ["a page that is too small", swap(/\/MediaBox \[\s*0\s+0\s+[\d.]+\s+[\d.]+\s*\]/, "/MediaBox [ 0 0 400 841.89 ]"), "outside the printable area"],
  ["a page of another size", swap(/\/MediaBox \[\s*0\s+0\s+[\d.]+\s+[\d.]+\s*\]/, "/MediaBox [ 0 0 612 792 ]"), "not 595.3 x 841.9"],
  ["a text that is moved over another", moved, "printed over each other"],
];
const REARRANGED = [
  ["a lost page", "1,3-z", "stands where"],
  ["pages in another order", "2,1,3-z", "its foot does not say"],
];
// The same PDF, where something else ought to be in it.
const EXPECTED = [
  ["a lost word", ([sheet, ...rest]) => [{ ...sheet, text: sheet.text.replace("Say it once", "Say it only once") }, ...rest], "read aloud"],
  ["words in another order", ([sheet, ...rest]) => [{ ...sheet, text: sheet.text.replace("stop, and listen", "listen, and stop") }, ...rest], "on paper"],
  ["words that run together", ([sheet, ...rest]) => [{ ...sheet, text: sheet.text.replace("outreach work", "out reach work") }, ...rest], "read aloud"],
  ["another revision", ([sheet, ...rest]) => [{ ...sheet, foot: sheet.foot.replace("revision ", "revision 0") }, ...rest], "its foot does not say"],
  ["another day", ([sheet, ...rest]) => [{ ...sheet, foot: sheet.foot.replace("as of Sat 21", "as of Sun 22") }, ...rest], "its foot does not say"],
  ["a sheet across", ([sheet, ...rest]) => [{ ...sheet, isWide: true }, ...rest], "not 841.9 x 595.3"],
  ["a copy more", ([sheet, ...rest]) => [sheet, sheet, ...rest], "the bookmarks are"],
];

export async function noticesBrokenPdfs({ file, known, work }, result) {
  const whole = await readPdf(file);
  result("a whole pack", flaws(whole, known));
  const [ours, theirs] = [spoken(whole), await spokenByPoppler(file)].map((sections) => sections.map(collapsed));
  result("what two readers read aloud", ours.join("\n") === theirs.join("\n") ? [] : ["is not the same"]);

  const bytes = await readFile(file);
  await noticed("half of a pack", bytes.subarray(0, bytes.length / 2), "qpdf");
  const editable = join(work, "editable.pdf");
  await run("qpdf", ["--qdf", "--object-streams=disable", file, editable]);
  const text = await readFile(editable, "latin1");
  result("a pack that qpdf wrote", flaws(await readPdf(editable), known));
  await each(BROKEN, async ([slip, change, said]) => {
    const changed = change(text);
    if (changed === text) result(slip, ["changes nothing"]);
    else await noticed(slip, await fixed(slip, changed), said);
  });
  for (const [slip, pages, said] of REARRANGED) {
    const other = join(work, "rearranged.pdf");
    await run("qpdf", [file, "--pages", file, pages, "--", other]);
    await noticed(slip, await readFile(other), said);
  }
  for (const [slip, change, said] of EXPECTED) tells(slip, flaws(whole, { ...known, sheets: change(known.sheets) }), said);
  const latin = flaws(whole, { ...known, unprintable: /Brightleaf/u });
  tells("names in other letters, and not a word about it", latin, "in Latin letters");

  tells("other bytes", sameFlaws(bytes, { "a second build": Buffer.concat([bytes, Buffer.from("\n")]) }), "a second build");
  tells("a name that nobody is told of", noteFlaws(["Note: exit/a/pack.pdf: 王 and others", "Note: exit/b/pack.pdf: 小"], "a", ["王", "小"]), "小 is not named");
  tells("a note about nothing", noteFlaws(["Note: exit/a/pack.pdf: 王"], "a", []), "nothing had to be said");

  async function noticed(slip, changed, said) {
    const broken = join(work, `${slip}.pdf`);
    await writeFile(broken, changed);
    tells(slip, flaws(await readPdf(broken), known), said);
  }

  function tells(slip, problems, said) {
    result(slip, problems.some((problem) => problem.includes(said)) ? [] : [`was not noticed; said was: ${problems.join("; ").slice(0, 300) || "nothing"}`]);
  }

  async function fixed(slip, changed) {
    const edited = join(work, `${slip}, edited.pdf`);
    await writeFile(edited, changed, "latin1");
    const { stdout } = await run("fix-qdf", [edited], { encoding: "latin1", maxBuffer: 1 << 28 });
    return Buffer.from(stdout, "latin1");
  }
}

// The second text of the first page is drawn where the first one is.
function moved(text) {
  const places = [...text.matchAll(/1 0 0 -1 [\d.]+ [\d.]+ Tm/g)];
  const [first, second] = places.map((place) => place[0]);
  return text.replace(second, first);
}
