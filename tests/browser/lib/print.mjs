import { cutOff } from "./cut-off.mjs";
import { lost } from "./lost.mjs";
import { paper, paperProblems, readRuler } from "./paper.mjs";
import { texts } from "./texts.mjs";
import { visit } from "./visit.mjs";

const PAGES = /^(register|calendar)\.html$|^vendors\/[^/]+\.html$/;
const WIDE = 1000;

// Vendor pages, register and calendar: all of their text reaches the paper.
export async function print(site, browser, report) {
  const pages = site.shown.filter((page) => PAGES.test(page.path));
  await visit(browser, { viewport: { width: WIDE, height: 900 } }, pages, async (tab, page) => {
    await tab.emulateMedia({ media: "print" });
    await tab.goto(page.url);
    const main = await tab.$("main");
    if (!main) return report.result(page.path, ["has no <main>"]);
    const wanted = await main.evaluate(texts);
    const rows = await tab.evaluate(`(${tableRows})(${texts})`);
    const ruler = await tab.evaluate(readRuler);
    const clipped = await tab.evaluate(cutOff, Infinity);
    report.result(page.path, wanted.length === 0 ? ["has no text"] : clipped);
    for (const format of ["A4", "Letter"]) {
      const sheets = await paper(tab, format);
      const [across, down] = sheets[0].size;
      const problems = [
        ...paperProblems(sheets, format, across > down, ruler),
        ...lost(wanted, sheets),
        ...lost(rows, sheets),
      ];
      report.result(page.path, problems.map((problem) => `${format}: ${problem}`));
    }
  });
}

// Runs in the page: a row is looked for as one text, so that a short cell is
// not taken for found because the same word stands somewhere else.
function tableRows(texts) {
  return [...document.querySelectorAll("main tbody tr")].map((row) => texts(row).join(" "));
}
