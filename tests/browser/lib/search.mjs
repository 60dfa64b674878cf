import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import engine from "axe-core";
import { asked, hostileQueries, oddNames } from "./search-cases.mjs";
import { indexProblems } from "./search-index.mjs";
import { PATIENCE } from "./visit.mjs";

const VECTORS = fileURLToPath(new URL("../../search/words.txt", import.meta.url));
const FIRST = "dialog.finder .hits > a";

// The search as a reader meets it: opened from a disk, by keys alone, with whatever is typed.
export async function search(site, browser, report) {
  const context = await browser.newContext();
  context.setDefaultTimeout(PATIENCE);
  const noise = [];
  // A page that is left at once lets go of what it was still loading.
  const open = async (path, isLeft = false) => {
    const tab = await context.newPage();
    tab.on("console", (message) => noise.push(`the browser says: ${message.text()}`));
    tab.on("pageerror", (error) => noise.push(`the page says: ${error.message}`));
    const isLetGo = (request) => isLeft && request.failure()?.errorText === "net::ERR_ABORTED";
    tab.on("requestfailed", (request) => isLetGo(request) || noise.push(`${request.url()}: ${request.failure()?.errorText}`));
    await tab.goto(new URL(path, site.url).href);
    return tab;
  };
  try {
    const deep = site.shown.find((page) => page.path.startsWith("vendors/"))?.path ?? "index.html";
    const tab = await open(deep);
    report.result("keys", await keyProblems(tab));
    report.result("words", await wordProblems(tab));
    report.result("index", await indexProblems(site));
    for (const [name, query, wanted] of await asked(site)) report.result(name, await hitProblems(tab, query, wanted));
    for (const query of hostileQueries) report.result(`"${query.slice(0, 20)}"`, await hostileProblems(tab, query));
    report.result("looks", await looks(tab));
    report.result("a change", await changeProblems(tab));
    report.result("Enter", await enterProblems(tab, site));
    report.result("typed at once", await earlyProblems(await open("index.html", true), site));
    report.result("typed in vain", await lostProblems(await open("index.html", true), site));
    report.result("search.html", await pageProblems(await open("search.html?q=owner%3A"), site));
    report.result("without JavaScript", await letterProblems(site, browser));
    report.result("odd names", await oddProblems(site, browser, noise));
    report.result("silence", noise);
  } finally {
    await context.close();
  }
}

// Types a query into the window and gives what was found, once it stands still.
export async function ask(tab, query) {
  const box = tab.locator("dialog.finder input");
  await box.fill("");
  await box.fill(query);
  await tab.waitForFunction(() => document.querySelector("dialog.finder .said").textContent !== "");
  await tab.waitForFunction(() => [...document.querySelectorAll("dialog.finder .hits > a")].every((hit) => hit.querySelector(".excerpt").textContent));
  return tab.evaluate(() => ({
    said: document.querySelector("dialog.finder .said").textContent,
    hits: [...document.querySelectorAll("dialog.finder .hits > a")].map((hit) => ({
      href: hit.href,
      title: hit.querySelector(".title").textContent,
      excerpt: hit.querySelector(".excerpt").textContent,
      marks: [...hit.querySelectorAll("mark")].map((mark) => mark.textContent),
    })),
  }));
}

async function keyProblems(tab) {
  const problems = [];
  const say = (is, problem) => void (is || problems.push(problem));
  const isOpen = () => tab.evaluate(() => document.querySelector("dialog.finder")?.open === true);
  const opened = () => tab.waitForFunction(() => document.querySelector("dialog.finder")?.open);
  const focused = () => tab.evaluate(() => document.activeElement.getAttribute("href") ?? document.activeElement.localName);
  await tab.locator("main a[href]").first().focus();
  const before = await focused();
  for (const key of ["/", "Control+k"]) {
    await tab.keyboard.press(key);
    await opened();
    say((await focused()) === "input", `${key}: ${await focused()} has the focus, not the box`);
    await tab.keyboard.press("Escape");
    say(!(await isOpen()), `${key}: Escape does not close`);
    say((await focused()) === before, `${key}: afterwards ${await focused()} has the focus, not ${before}`);
  }
  await tab.locator(".find a").click();
  await opened();
  await ask(tab, "a");
  const count = await tab.locator(FIRST).count();
  const active = () =>
    tab.evaluate(() => {
      const box = document.activeElement;
      const hit = document.getElementById(box.getAttribute("aria-activedescendant"));
      const chosen = [...document.querySelectorAll("dialog.finder [aria-selected=true]")];
      return box.getAttribute("role") === "combobox" && chosen.length === 1 && chosen[0] === hit ? [...hit.parentElement.children].indexOf(hit) : -1;
    });
  say(count > 0, `"a" finds ${count}`);
  say((await active()) === 0, "the first hit is not chosen");
  for (const [key, wanted] of [["ArrowDown", 1 % count], ["ArrowUp", 0], ["ArrowUp", count - 1], ["ArrowDown", 0]]) {
    await tab.keyboard.press(key);
    say((await active()) === wanted, `${key} leads to ${await active()}, not ${wanted}`);
  }
  say((await tab.getAttribute("dialog.finder .said", "role")) === "status", "nothing announces what was found");
  await tab.keyboard.press("/");
  say((await tab.inputValue("dialog.finder input")) === "a/", "a slash cannot be typed");
  return problems;
}

// What is typed while the search is on its way, Enter included, is not lost.
async function earlyProblems(tab, site) {
  const { title } = site.handbook.vendors[0].fields;
  // The last of the scripts comes when it is told to.
  await tab.evaluate(() => {
    const append = (node) => Element.prototype.append.call(document.head, node);
    document.head.append = (node) => (node.src?.includes("search-window") ? (globalThis.arrive = () => append(node)) : append(node));
  });
  const typed = `${title.slice(0, 6)}x`;
  await tab.locator("main a[href]").first().focus();
  await tab.keyboard.press("/");
  for (const key of [...typed, "Control+k", "Backspace", "Enter"]) await tab.keyboard.press(key);
  const before = tab.url();
  if (await tab.locator("dialog.finder").count()) return ["the window is open before its script is there"];
  await tab.evaluate(() => globalThis.arrive());
  await tab.waitForURL((url) => url.href !== before);
  const heading = await tab.locator("h1").textContent();
  await tab.close();
  return heading === title ? [] : [`leads to ${heading}, not to ${title}`];
}

// Where the window cannot be loaded, what was typed meanwhile is looked for on the search's own page.
async function lostProblems(tab, site) {
  const { title } = site.handbook.vendors[0].fields;
  await tab.evaluate(() => {
    const append = (node) => Element.prototype.append.call(document.head, node);
    document.head.append = (node) => (node.src?.includes("search-window") ? (globalThis.fail = () => node.dispatchEvent(new Event("error"))) : append(node));
  });
  for (const key of ["/", ...title.slice(0, 6)]) await tab.keyboard.press(key);
  await tab.evaluate(() => globalThis.fail());
  await tab.waitForURL(/search\.html\?q=/);
  const box = tab.locator("main .finder input");
  await box.waitFor();
  const shown = await box.inputValue();
  await tab.close();
  return shown === title.slice(0, 6) ? [] : [`looks for "${shown}", not for "${title.slice(0, 6)}"`];
}

async function wordProblems(tab) {
  const lines = (await readFile(VECTORS, "utf8")).split("\n").slice(1, -1);
  const vectors = lines.map((line) => line.split("\t"));
  const marked = await tab.evaluate(() => globalThis.partwellExcerpt.marked("Zoë O’Brien-Díaz", [{ word: "obrien" }]).filter((one) => one.isHit).map((one) => one.text).join());
  const found = await tab.evaluate((texts) => texts.map((text) => globalThis.partwellFind.words(text).map((one) => one.word).join(" ")), vectors.map(([text]) => text));
  const closed = marked === "O’Brien" ? [] : [`"obrien" marks "${marked}"`];
  return closed.concat(vectors.flatMap(([text, wanted], n) => (found[n] === wanted.normalize("NFKD") ? [] : [`"${text}" is "${found[n]}", not "${wanted}"`])));
}

// `wanted`: a page that has to be there, at the top, as one of some, or anywhere, and the part of it that is led to; a number of hits; words that have to be said.
async function hitProblems(tab, query, { top, firstOf, within, part, count, says, marks }) {
  const { said, hits } = await ask(tab, query);
  const here = `${query}: ${said} ${hits.map((hit) => hit.title).join(", ")}`;
  const leads = (hit, path) => hit && decodeURIComponent(new URL(hit.href).pathname).endsWith(`/${path}`);
  const problems = [];
  if (top && !leads(hits[0], top)) problems.push(`${top} is not the first hit: ${here}`);
  if (firstOf && !firstOf.some((path) => leads(hits[0], path))) problems.push(`the first hit is none of ${firstOf.join(", ")}: ${here}`);
  if (within && !hits.some((hit) => leads(hit, within))) problems.push(`${within} is not among the hits: ${here}`);
  const found = hits.find((hit) => leads(hit, within));
  if (part && found && new URL(found.href).hash !== `#${part}`) problems.push(`leads to ${found.href}, not to #${part}: ${here}`);
  const told = Number((said.match(/^([\d,]+) hits?\./)?.[1] ?? "0").replaceAll(",", ""));
  if (count !== undefined && told !== count) problems.push(`${told} hits, not ${count}: ${here}`);
  if (says && !said.includes(says)) problems.push(`does not say "${says}": ${here}`);
  if (marks && !hits.some((hit) => hit.marks.some((mark) => mark.toLowerCase().includes(marks)))) problems.push(`nothing marks ${marks}: ${here}`);
  return problems;
}

async function hostileProblems(tab, query) {
  await ask(tab, query);
  const odd = await tab.evaluate(() => document.querySelectorAll("dialog.finder :is(img, script, svg, iframe)").length);
  const isAlive = (await ask(tab, "a")).hits.length > 0;
  return [...(odd > 0 ? ["became markup"] : []), ...(isAlive ? [] : ["nothing is found any more"])];
}

async function looks(tab) {
  const problems = [];
  await ask(tab, "owner: a");
  await tab.evaluate(engine.source);
  for (const [colorScheme, width] of [["light", 1280], ["dark", 1280], ["light", 360]]) {
    await tab.emulateMedia({ colorScheme });
    await tab.setViewportSize({ width, height: 800 });
    const { violations } = await tab.evaluate(() => globalThis.axe.run(document.querySelector("dialog.finder"), { preload: false }));
    problems.push(...violations.map(({ id, nodes }) => `${colorScheme}, ${width} px: ${id} at ${nodes[0].target}: ${nodes[0].failureSummary}`));
    const wide = await tab.evaluate(() => document.querySelector("dialog.finder").scrollWidth - window.innerWidth);
    if (wide > 0) problems.push(`${width} px: ${wide} px too wide`);
  }
  await tab.emulateMedia({ media: "print" });
  if (await tab.isVisible("dialog.finder")) problems.push("the window is printed");
  if (await tab.isVisible(".find")) problems.push("the link is printed");
  await tab.emulateMedia({ media: "screen", colorScheme: "light" });
  await tab.setViewportSize({ width: 1280, height: 800 });
  return problems;
}

async function enterProblems(tab, site) {
  const { hits } = await ask(tab, site.handbook.vendors[0].fields.title);
  await tab.keyboard.press("Enter");
  await tab.waitForURL(hits[0].href);
  return (await tab.locator("h1").textContent()) === hits[0].title ? [] : [`Enter leads to ${tab.url()}`];
}

// A preview says that something changed: everything is read again, and found again.
async function changeProblems(tab) {
  const before = await ask(tab, "a");
  const asked = [];
  tab.on("request", (request) => asked.push(request.url()));
  const chosen = () => tab.evaluate(() => document.querySelector("dialog.finder [aria-selected=true]")?.dataset.page);
  await tab.keyboard.press("ArrowDown");
  const was = await chosen();
  await tab.evaluate(() => {
    document.querySelectorAll("dialog.finder .hits > a").forEach((hit) => { hit.dataset.old = "yes"; });
    document.dispatchEvent(new Event("partwell-changed"));
  });
  await tab.waitForFunction(() => document.querySelector("dialog.finder .hits > a") && !document.querySelector("dialog.finder [data-old]"));
  const stays = (await chosen()) === was ? [] : [`chosen was ${was}, is ${await chosen()}`];
  const after = await ask(tab, "a");
  const again = ["titles", "w", "t"].filter((name) => !asked.some((url) => url.includes(`/assets/search/${name}`)));
  const isSame = JSON.stringify(before) === JSON.stringify(after);
  return [...stays, ...again.map((name) => `${name} was not read again`), ...(isSame ? [] : ["finds something else"])];
}

// The search's own page: the query of its address, all hits, and the letters while there is none.
async function pageProblems(tab, site) {
  const problems = [];
  await tab.waitForFunction(() => document.querySelector("main .said")?.textContent.includes("owner takes a name"));
  const box = tab.locator("main .finder input");
  await box.fill("status:active");
  const active = site.handbook.vendors.filter((vendor) => vendor.fields.status === "active").length;
  const wanted = active === 0 ? "Nothing" : `${active} hit`;
  await tab.waitForFunction((wanted) => document.querySelector("main .said").textContent.startsWith(wanted), wanted);
  if (new URL(tab.url()).searchParams.get("q") !== "status:active") problems.push(`the address is ${tab.url()}`);
  if (await tab.isVisible("#letters")) problems.push("the letters stand below the hits");
  await box.fill("a");
  const hits = tab.locator("main .hits > a");
  await hits.nth(Math.min(15, active)).waitFor();
  const more = tab.locator("main .more button");
  if (await more.isVisible()) {
    await more.click();
    await hits.nth(20).waitFor();
    const shown = await hits.count();
    await tab.waitForFunction(() => [...document.querySelectorAll("main .hits > a")].every((hit) => hit.querySelector(".excerpt").textContent));
    const isSeen = () => hits.nth(20).evaluate((hit) => { const { top } = hit.getBoundingClientRect(); return top >= 0 && top < window.innerHeight; });
    await tab.waitForFunction(() => document.querySelectorAll("main .hits > a")[20].getAttribute("aria-selected") === "true");
    if (!(await isSeen())) problems.push("the first of the new hits is out of sight");
    await hits.nth(20).click();
    await tab.waitForURL((url) => !url.pathname.endsWith("search.html"));
    await tab.goBack();
    await hits.first().waitFor();
    if ((await hits.count()) !== shown) problems.push(`who comes back finds ${await hits.count()} hits, not ${shown}`);
    const isBack = await tab.waitForFunction(() => window.scrollY > 0, null, { timeout: 2000 }).then(() => true, () => false);
    if (!isBack) problems.push("who comes back begins at the top");
  }
  await box.press("Escape");
  if (!(await tab.isVisible("#letters"))) problems.push("the letters do not come back");
  return problems;
}

async function letterProblems(site, browser) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  try {
    const tab = await context.newPage();
    await tab.goto(new URL("index.html", site.url).href);
    await tab.click(".find a");
    const links = () => tab.$$eval("#letters a", (all) => all.map((one) => one.href));
    const found = new Set(await links());
    for (const letter of [...found].filter((href) => /\/search\/[^/]+\.html$/.test(href))) {
      await tab.goto(letter);
      for (const href of await links()) found.add(href);
    }
    const own = site.shown.map((page) => page.path).filter((path) => !/^(exit|sheets|search)\/|^(register|calendar|search|index)\.html$/.test(path));
    return own.filter((path) => !found.has(new URL(path.split("/").map(encodeURIComponent).join("/"), site.url).href)).map((path) => `no letter leads to ${path}`);
  } finally {
    await context.close();
  }
}

// Names that would be markup, or break a script, if they were anything but text.
async function oddProblems(site, browser, noise) {
  const folder = await mkdtemp(join(tmpdir(), "search-"));
  const context = await browser.newContext();
  try {
    for (const part of ["assets", "search.html"]) await cp(join(site.root, part), join(folder, part), { recursive: true });
    const path = join(folder, "assets/search/titles.js");
    const script = await readFile(path, "utf8");
    const data = JSON.parse(script.slice(script.indexOf("{"), script.lastIndexOf("}") + 1));
    const titles = data.titles.split("\n").map((title, n) => `${oddNames[n % oddNames.length]} ${title}`);
    const odd = { ...data, titles: titles.join("\n"), owners: data.owners.map(() => oddNames[0]) };
    await writeFile(path, `${script.slice(0, script.indexOf("{"))}${JSON.stringify(odd)});\n`);
    const tab = await context.newPage();
    tab.on("console", (message) => noise.push(`odd names: ${message.text()}`));
    tab.on("pageerror", (error) => noise.push(`odd names: ${error.message}`));
    await tab.goto(`${pathToFileURL(folder).href}/search.html?q=status:active,%20or%20not`);
    await tab.locator("main .finder input").fill("a");
    await tab.waitForSelector("main .hits > a");
    const shown = await tab.$$eval("main .hits .title", (all) => all.map((one) => one.textContent));
    const made = await tab.locator("main .finder :is(img, script, svg, b)").count();
    return [...(made > 0 ? ["became markup"] : []), ...shown.filter((title) => !titles.includes(title)).map((title) => `shows ${title}`)];
  } finally {
    await context.close();
    await rm(folder, { recursive: true, force: true });
  }
}
