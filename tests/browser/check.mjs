// Checks built handbooks: node check.mjs SITE...
// Each site is a folder of pages, opened from disk as a reader would. PARTWELL names the program that records
// what a sheet exports; PARTWELL_RENEW=1 writes down anew how many pages each sheet takes.

import { launch } from "./lib/launch.mjs";
import { Report } from "./lib/report.mjs";
import { readSite } from "./lib/site.mjs";
import { sizes } from "./lib/sizes.mjs";
import { links } from "./lib/links.mjs";
import { vnu } from "./lib/vnu.mjs";
import { offline } from "./lib/offline.mjs";
import { width } from "./lib/width.mjs";
import { axe } from "./lib/axe.mjs";
import { checklists, hasChecklist } from "./lib/checklists.mjs";
import { print } from "./lib/print.mjs";
import { packs } from "./lib/packs.mjs";
import { ticks } from "./lib/ticks.mjs";
import { search } from "./lib/search.mjs";
import { canBeBroken, noticesWhatIsBroken } from "./lib/broken-packs.mjs";

const CHECKS = { sizes, links, vnu, offline, width, axe, checklists, print, packs, ticks, search };

const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error("usage: node check.mjs SITE...");
  process.exit(2);
}

const total = { passed: 0, failed: 0 };
let browser;
try {
  browser = await launch();
} catch (error) {
  console.error(`the browser did not start: ${error.message}`);
  console.log("0 passed, 1 failed");
  process.exit(1);
}

let printed = false;
let breakable;
try {
  for (const folder of folders) {
    console.log(`${folder}:`);
    let site;
    await run("pages", folder, async (report) => {
      site = await readSite(folder, browser);
      report.result(folder, site.pages.length === 0 ? ["no page in this folder"] : []);
    });
    if (!site?.pages.length) continue;
    printed ||= hasChecklist(site);
    if (canBeBroken(site)) breakable ??= site;
    for (const [name, check] of Object.entries(CHECKS)) {
      await run(name, folder, (report) => check(site, browser, report));
    }
  }
  // A site may have nobody leaving; but then another one has to show the sheet.
  await run("a checklist", "all sites", (report) => report.result("all sites", printed ? [] : ["hold no checklist"]));
  await run("what is broken", "all sites", (report) => noticesWhatIsBroken(breakable, browser, report));
} finally {
  await browser.close();
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

async function run(name, folder, check) {
  const report = new Report(name);
  try {
    await check(report);
    if (report.passed + report.failed === 0) report.result(folder, ["nothing was checked"]);
  } catch (error) {
    report.result(folder, [`could not run: ${error.stack}`]);
  }
  report.print();
  total.passed += report.passed;
  total.failed += report.failed;
}
