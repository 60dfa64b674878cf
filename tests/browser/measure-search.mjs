// Times the search of a built handbook, opened from a disk as a reader would: node measure-search.mjs SITE [QUERY...]
// First from the start of loading search.html to its first hits; then, on a page that is open, from the key to
// the window and from each query to its hits and to the last excerpt. Medians of rounds, each in a new browser
// context, so that nothing is remembered. It prints, and judges nothing.

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./lib/launch.mjs";

const ROUNDS = 7;
const [folder, ...given] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node measure-search.mjs SITE [QUERY...]");
  process.exit(2);
}
const address = (path) => `${pathToFileURL(resolve(folder)).href}/${path}`;
const queries = given.length > 0 ? given : ["con", "contract", "security review", "owner:a status:active", "notice<100 tier:strategic", "a"];

// Runs before the page's own scripts: when the first hits and the last excerpt of a search stood there.
function watch() {
  const times = { start: 0, hits: 0, excerpts: 0 };
  globalThis.measured = times;
  new MutationObserver(() => {
    const hits = [...document.querySelectorAll(".hits > a")];
    if (hits.length === 0) return;
    const now = performance.now();
    times.hits ||= now;
    if (hits.every((hit) => hit.querySelector(".excerpt").textContent)) times.excerpts ||= now;
  }).observe(document, { childList: true, subtree: true });
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)].toFixed(0).padStart(6);
const browser = await launch();
const fresh = async (look) => {
  const context = await browser.newContext();
  try {
    await context.addInitScript(watch);
    const tab = await context.newPage();
    return await look(tab);
  } finally {
    await context.close();
  }
};
const done = (tab) => tab.waitForFunction(() => globalThis.measured.excerpts > 0, null, { timeout: 10_000 });

try {
  const loads = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    loads.push(await fresh(async (tab) => {
      await tab.goto(address(`search.html?q=${encodeURIComponent(queries[0])}`));
      await done(tab);
      return tab.evaluate(() => ({ ...globalThis.measured, ready: performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd }));
    }));
  }
  console.log(`search.html?q=${queries[0]}, from the start of its loading`);
  console.log(`  page there  ${median(loads.map((one) => one.ready))} ms`);
  console.log(`  first hits  ${median(loads.map((one) => one.hits))} ms`);
  console.log(`  excerpts    ${median(loads.map((one) => one.excerpts))} ms`);

  console.log("on an open page                          hits  excerpts");
  for (const query of queries) {
    const times = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      times.push(await fresh(async (tab) => {
        await tab.goto(address("index.html"));
        // The window is opened and, as by a reader, there before the query is.
        await tab.keyboard.press("/");
        await tab.waitForFunction(() => document.querySelector("dialog.finder")?.open);
        await tab.waitForTimeout(300);
        await tab.evaluate((text) => {
          const box = document.querySelector("dialog.finder input");
          globalThis.measured.start = performance.now();
          box.value = text;
          box.dispatchEvent(new Event("input", { bubbles: true }));
        }, query);
        // Not every handbook has what is asked for.
        const isFound = await done(tab).then(() => true, () => false);
        return isFound ? tab.evaluate(() => globalThis.measured) : null;
      }));
      if (!times[0]) break;
    }
    if (!times[0]) {
      console.log(`  ${query.padEnd(34)}no hits`);
      continue;
    }
    const [hits, excerpts] = ["hits", "excerpts"].map((name) => median(times.map((one) => one[name] - one.start)));
    console.log(`  ${query.padEnd(34)}${hits} ms ${excerpts} ms`);
  }
} finally {
  await browser.close();
}
