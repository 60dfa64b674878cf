import { isSheet } from "./site.mjs";
import { visit } from "./visit.mjs";

// What scripts add: to a sheet the bar that says that ticks stay here, to the page of the search its box.
const BAR = ".keep, main .finder";
const isSearch = (path) => path === "search.html";

export async function offline(site, browser, report) {
  const texts = new Map();
  await visit(browser, { javaScriptEnabled: false }, site.shown, async (tab, page) => {
    await tab.goto(page.url);
    texts.set(page.path, await tab.evaluate(() => document.body.innerText));
  });
  await visit(browser, {}, site.shown, async (tab, page) => {
    const problems = [...page.active, ...scriptProblems(page)];
    if (!/default-src 'none'/.test(page.policy)) problems.push("no Content-Security-Policy that starts from nothing");
    if (/unsafe-|https?:|\*/.test(page.policy)) problems.push(`the policy is open: ${page.policy}`);
    const events = {
      request: (request) => {
        const url = request.url();
        if (!url.startsWith(site.url) && !url.startsWith("data:")) problems.push(`asks for ${url}`);
      },
      requestfailed: (request) => problems.push(`${request.url()}: ${request.failure()?.errorText}`),
      console: (message) => {
        if (message.type() === "error") problems.push(`the browser says: ${message.text()}`);
      },
      pageerror: (error) => problems.push(`the page says: ${error.message}`),
    };
    for (const [name, listen] of Object.entries(events)) tab.on(name, listen);
    await tab.goto(page.url);
    if (isSearch(page.path)) await tab.waitForSelector("main .finder");
    const bars = await tab.evaluate(takeAway, BAR);
    const text = await tab.evaluate(() => document.body.innerText);
    if (bars !== Number(isSheet(page.path) || isSearch(page.path))) problems.push(`shows ${bars} bars of a script that has run`);
    for (const [name, listen] of Object.entries(events)) tab.off(name, listen);
    if (text.trim() === "") problems.push("shows no text");
    if (text !== texts.get(page.path)) problems.push("shows another text with JavaScript than without");
    report.result(page.path, problems);
  });
}

// Scripts from files of the site, after the page is there: the search, and one more where there is something to tick.
function scriptProblems({ path, scripts }) {
  const ofSearch = isSearch(path) ? ["search/titles", "search-find", "search-rank", "search-query", "search-excerpt", "search-view", "search-window"] : [];
  const names = isSheet(path) ? ["search", "ticks"] : ["search", ...ofSearch];
  const wanted = names.map((name) => `${"../".repeat(path.split("/").length - 1)}assets/${name}.js`);
  const found = scripts.map(({ src, isPlain }) => (isPlain ? src : `${src} with something more`));
  return found.join() === wanted.join() ? [] : [`has the scripts ${found.join(", ") || "none"}, not ${wanted.join(", ") || "none"}`];
}

// Runs in the page: how many bars can be seen, which are gone afterwards.
function takeAway(selector) {
  const bars = [...document.querySelectorAll(selector)].filter((bar) => bar.getClientRects().length > 0);
  for (const bar of bars) bar.hidden = true;
  return bars.length;
}
