// Copies of a pack with a single slip each. What is broken has to be noticed, or the check checks nothing.

import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { each } from "./each.mjs";
import { packProblems } from "./packs.mjs";
import { countProblems } from "./page-counts.mjs";
import { isPack } from "./site.mjs";
import { journey, nameProblems } from "./ticks.mjs";
import { PATIENCE } from "./visit.mjs";

// A rule of style that spoils a sheet on paper, and what has to be said of it.
const PAPER = [
  ["checklist", ".leaf tr { break-inside: auto !important; } .leaf tr[data-step] td { block-size: 90mm !important; }", /^A4: checklist: the row .* is split between/],
  ["checklist", ".leaf thead { display: table-row-group !important; }", /stand below no head/],
  ["checklist", ".leaf .phase { break-after: page !important; }", /the heading "Prepare" is the last thing on paper/],
  ["checklist", ".leaf .gate { display: none !important; }", /all done.* is not on the paper/],
  ["nda", ".leaf h3 { break-after: page !important; }", /the heading "Until when" is the last thing on paper/],
  ["nda", ".leaf { break-before: auto !important; }", /nda-2: begins in the middle of paper/],
  ["nda", ".leaf .sign { display: block !important; break-inside: auto !important; } .sign > div + div { break-before: page !important; }", /is split between papers/],
  ["nda", ".leaf .leaf-foot { break-before: page !important; }", /the last line stands alone on paper/],
  ["nda", ".leaf dd { font-size: 10.5pt !important; }", /is set in 10.5 pt, not 11 \(content\)/],
  ["nda", ".leaf .keydates dt { font-size: 9.5pt !important; }", /is set in 9.5 pt, not 10 \(remark\)/],
  ["nda", ".leaf .leaf-foot { font-size: 8pt !important; }", /is set in 8.0 pt, not 9 \(foot\)/],
  ["nda", ".leaf h2 { color: #a02020 !important; }", /has the colour rgb/],
  ["nda", ".leaf .facts { block-size: 3mm !important; overflow: hidden !important; }", /is cut off by <dl/],
  ["nda", ".leaf h3 + p { margin-block-start: -5mm !important; }", /are printed over each other/],
  ["nda", ".leaf h3 { position: relative !important; inset-block-start: -400mm !important; }", /"Until when" is not on the paper|outside the printable area/],
  ["nda", ".leaf h3 { inline-size: 260mm !important; }", /the print was shrunk to fit/],
  ["nda", '@page { @bottom-right { content: "page 1 of 1" !important; } }', /the page mark reads "page 1 of 1", not "page 1 of 2"/],
  ["nda", ".leaf input[type=checkbox] { inline-size: 4mm !important; }", /not 5 mm square/],
  ["nda", ".leaf input[type=checkbox] { border-color: #fff; border-width: 0 !important; }", /has no visible border/],
  ["brief", ".leaf .spare td { block-size: 5mm !important; padding: 0 !important; }", /empty rows of .* mm high, not 6.5/],
  ["brief", ".paper main { padding: 0 !important; }", /a line of the table .* is cut off/],
  ["access", ".leaf.wide { page: auto !important; }", /paper 1 is .* pt, not/],
].map(([sheet, style, says]) => ({ sheet, edits: { "assets/sheets.css": (text) => `${text}\n@media print { ${style} }`.replace(/@media print { (@page .*) }$/, "$1") }, says }));

// A change of the markup.
const page = (sheet, from, to, says) => ({ sheet, edits: { [sheet]: swap(from, to) }, says });
const MARKUP = [
  page("receipt", /COPY 2 OF 2/g, "COPY 1 OF 2", /sheet d is there as COPY 1 OF 2, COPY 1 OF 2/),
  page("checklist", /(<tr class="sheet"><th [^>]*><b>[^<]*<\/b>) <span>[^<]*<\/span>/g, "$1", /its head does not say/),
];

// A change of the script, or of what lets it run, that a reader would come to feel.
const script = (from, to, says) => ({ edits: { "assets/ticks.js": swap(from, to) }, says });
const everywhere = (from, to, says) => ({ edits: { "*": swap(from, to) }, says });
const SCREEN = [
  script("localStorage.setItem(key, JSON.stringify(state));", "", /has forgotten the tick/),
  script('handbook, vendor, lastDay || "no-day"', "handbook", /has the ticks/),
  script("Object.keys(state.steps).sort()", "Object.keys(state.steps)", /^exports/),
  script("version: 1,", "version: 2,", /^exports/),
  script("last_day: lastDay || null", "last_day: handbook", /^exports/),
  script("state = read();\n      for (const entry of boxes) {", "state = { steps: {}, boxes: {} };\n      for (const entry of boxes) {", /took a tick from the brief/),
  script("if (entry.step) delete state.steps[entry.step];", "if (entry.step) continue;", /a cleared checklist keeps its ticks/),
  script("[field]: input.value", "[field]: input.type", /keeps .* of /),
  script('["evidence", "proof", "text"]', '["evidence", "why", "text"]', /^could not go on/),
  script("state.steps[step] = { done: today() }", 'state.steps[step] = { done: "" }', /does not ask for its day/),
  script("for (const one of [box, ...copies])", "for (const one of [box])", /the second copy of the access sheet lacks/),
  script("if (entry.written) {\n        set(entry, true);", "if (false) {\n        set(entry, true);", /is done in the playbook, and a click takes that back/),
  script('window.addEventListener("storage"', 'window.addEventListener("nothing"', /another window does not show the tick/),
  script('"use strict";', '"use strict"; console.log("here");', /^the browser says: here/),
  script("bar.hidden = false;", "throw new Error('gone');", /^the page says: gone/),
  everywhere("script-src 'self'", "script-src 'none'", /^the script did not run/),
  everywhere("script-src 'self'", "script-src 'self' 'unsafe-inline'", /a script within the page would run/),
  everywhere('<div class="keep" hidden>', '<div class="keep">', /without the script, there are buttons that do nothing/),
  everywhere(/<option [^>]*><\/option>/g, "", /is not offered to choose from/),
];

const NAMES = [
  page("brief", /(<input type="checkbox") aria-label="[^"]*"/, "$1", /^brief: 1 boxes have no name/),
  page("brief", /(<input type="checkbox" aria-label=")[^"]*/g, "$1same", /^brief: more than one box is called "same"/),
];

const COUNTS = [
  [[2, 1], ["book exit/a/brief.html 1 1"], /2 and 1 pages on A4 and Letter, but pages.txt says "1 and 1"/],
  [[1, 1], [], /pages.txt says "nothing"/],
  [[1, 1], ["book exit/a/brief.html 1 1", "book exit/b/brief.html 1 1"], /a line for exit\/b\/brief.html, which was not printed/],
];

// For what will never come.
const IMPATIENCE = 30_000;

const slugs = (site) => site.shown.filter(({ path }) => isPack(path)).map(({ path }) => path.split("/")[1]);

// Two vendors are wanted: ticks of one that show with the other are a slip, too.
export const canBeBroken = (site) => slugs(site).length > 1;

export async function noticesWhatIsBroken(site, browser, report) {
  if (!site) return report.result("all sites", ["hold no two packs to break"]);
  const [slug, other] = slugs(site);
  const work = await mkdtemp(join(tmpdir(), "partwell-broken-"));
  const noticed = async (slip, look) => {
    const root = await copy(site, [slug, other], slip.edits, await mkdtemp(join(work, "copy-")));
    const problems = await look(root).catch((error) => [`could not run: ${error.message}`]);
    report.result(nameOf(slip), problems.some((problem) => slip.says.test(problem)) ? [] : [`should say ${slip.says}, but says: ${problems.slice(0, 3).join("; ") || "nothing"}`]);
  };
  const inTab = async (root, sheet, look) => {
    const context = await browser.newContext({ viewport: { width: 720, height: 900 } });
    context.setDefaultTimeout(PATIENCE);
    try {
      const tab = await context.newPage();
      const path = `exit/${slug}/${sheet}.html`;
      return await look(tab, { path, url: pathToFileURL(join(root, path)).href });
    } finally {
      await context.close();
    }
  };
  try {
    // What is not broken has to pass, or the slips prove nothing.
    const whole = await copy(site, [slug, other], {}, join(work, "whole"));
    for (const sheet of ["checklist", "nda", "brief", "access", "receipt"]) {
      report.result(`${sheet}, not broken`, await inTab(whole, sheet, async (tab, one) => (await packProblems(tab, one, ["A4"])).problems));
    }
    report.result("ticks, not broken", (await journey(at(site, whole), browser, slug, other)).problems);

    await each([...PAPER, ...MARKUP], (slip) =>
      noticed(slip, (root) => inTab(root, slip.sheet, async (tab, one) => (await packProblems(tab, one, ["A4"])).problems)),
    );
    await each(NAMES, (slip) =>
      noticed(slip, (root) => inTab(root, slip.sheet, async (tab, one) => (await tab.goto(one.url), tab.evaluate(nameProblems)))),
    );
    await each(SCREEN, (slip) => noticed(slip, async (root) => (await journey(at(site, root), browser, slug, other, IMPATIENCE)).problems));
    for (const [counts, lines, says] of COUNTS) {
      const problems = countProblems("book", new Map([["exit/a/brief.html", counts]]), lines);
      report.result("pages.txt", problems.some((problem) => says.test(problem)) ? [] : [`should say ${says}, but says: ${problems.join("; ") || "nothing"}`]);
    }
  } finally {
    await rm(work, { recursive: true });
  }
}

const at = (site, root) => ({ ...site, root, url: `${pathToFileURL(root).href}/` });
const nameOf = ({ sheet, says }) => `a broken ${sheet ?? "script"} (${says})`;

function swap(from, to) {
  return (text) => {
    const swapped = text.replace(from, to);
    if (swapped === text) throw new Error(`there is no ${from} to break`);
    return swapped;
  };
}

// The two packs and what they load, in a folder of their own, with the edits made.
async function copy(site, vendors, edits, root) {
  const first = vendors[0];
  await mkdir(root, { recursive: true });
  for (const folder of ["assets", ...vendors.map((slug) => `exit/${slug}`)]) {
    await mkdir(dirname(join(root, folder)), { recursive: true });
    await cp(join(site.root, folder), join(root, folder), { recursive: true });
  }
  for (const [name, change] of Object.entries(edits)) {
    for (const path of pathsOf(name, site, vendors, first)) {
      await writeFile(join(root, path), change(await readFile(join(root, path), "utf8")));
    }
  }
  return root;
}

function pathsOf(name, site, vendors, first) {
  if (name.includes("/")) return [name];
  if (name !== "*") return [`exit/${first}/${name}.html`];
  return [...site.files.keys()].filter((path) => vendors.some((slug) => path.startsWith(`exit/${slug}/`) && path.endsWith(".html")));
}
