// The same in another browser: the search and the ticks from a disk, and the preview, in Firefox:
// node firefox.mjs PARTWELL SITE

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";
import { counting } from "./lib/results.mjs";
import { Preview, playbook, project, write } from "./lib/preview.mjs";

const [partwell, folder] = process.argv.slice(2);
if (!partwell || !folder) {
  console.error("usage: node firefox.mjs PARTWELL SITE");
  process.exit(2);
}
const PATIENCE = 10_000;
const { result, finish } = counting();
const site = (path) => `${pathToFileURL(resolve(folder)).href}/${path}`;

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: process.env.FIREFOX || "/usr/bin/firefox-esr",
  headless: true,
  // Nothing leaves this machine, whatever a browser would like to ask.
  extraPrefsFirefox: { "network.proxy.type": 1, "network.proxy.http": "127.0.0.1", "network.proxy.http_port": 9, "network.proxy.ssl": "127.0.0.1", "network.proxy.ssl_port": 9 },
});
const work = await mkdtemp(join(tmpdir(), "partwell-firefox-"));
const noise = [];
const open = async (address) => {
  const tab = await browser.newPage();
  tab.setDefaultTimeout(PATIENCE);
  tab.on("console", (message) => message.type() === "error" && noise.push(`the browser says: ${message.text()}`));
  tab.on("pageerror", (error) => noise.push(`the page says: ${error.message}`));
  await tab.goto(address);
  return tab;
};
const says = (tab, text) => tab.waitForFunction((text) => document.body.textContent.includes(text), {}, text);
const attempt = async (name, steps) => {
  try {
    result(name, (await steps()) ?? []);
  } catch (error) {
    result(name, [error.message.split("\n")[0]]);
  }
};

async function fromDisk() {
  const handbook = JSON.parse(await readFile(join(folder, "handbook.json"), "utf8"));
  const vendor = handbook.vendors.find((vendor) => vendor.fields.status === "exiting");
  const hits = (tab, at) => tab.$$eval(`${at} .hits > a`, (all) => all.map((one) => [one.href, one.querySelector(".title").textContent]));
  await attempt("the search opens by a key, finds a name, and Enter leads there", async () => {
    const tab = await open(site(`exit/${vendor.slug}/checklist.html`));
    await tab.keyboard.press("/");
    await tab.waitForFunction(() => document.activeElement.getAttribute("role") === "combobox");
    await tab.keyboard.type(vendor.fields.title);
    await tab.waitForFunction((title) => document.querySelector("dialog.finder .hits > a .title")?.textContent === title, {}, vendor.fields.title);
    const [[href]] = await hits(tab, "dialog.finder");
    const marks = await tab.$$eval("dialog.finder mark", (all) => all.length);
    await Promise.all([tab.waitForNavigation(), tab.keyboard.press("Enter")]);
    return [...(marks > 0 ? [] : ["nothing is marked"]), ...(tab.url() === href ? [] : [`Enter leads to ${tab.url()}`])];
  });
  await attempt("fields are asked for on the page of the search", async () => {
    const tab = await open(site("search.html?q=status%3Aexiting"));
    await tab.waitForSelector("main .hits > a");
    const found = (await hits(tab, "main")).map(([, title]) => title);
    const wanted = handbook.vendors.filter((vendor) => vendor.fields.status === "exiting").map((vendor) => vendor.fields.title);
    return wanted.filter((title) => !found.includes(title)).map((title) => `${title} is not found`);
  });
  await attempt("a tick is there again", async () => {
    const tab = await open(site(`exit/${vendor.slug}/checklist.html`));
    const box = "tr[data-step]:not(.done) input[type=checkbox]";
    await tab.waitForSelector(box);
    const ticked = () => tab.$eval(box, (one) => one.checked);
    if (await ticked()) return ["it is ticked before anyone ticked it"];
    await tab.click(box);
    await tab.reload();
    await tab.waitForSelector(box);
    return (await ticked()) ? [] : ["it was forgotten"];
  });
  for (const path of ["index.html", "register.html", "calendar.html", `vendors/${vendor.slug}.html`, `exit/${vendor.slug}/index.html`]) {
    await attempt(`${path} fits a phone`, async () => {
      const tab = await open(site(path));
      await tab.setViewport({ width: 380, height: 800 });
      const over = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      await tab.close();
      return over > 0 ? [`${over} px too wide`] : [];
    });
  }
}

async function served() {
  const root = await project(join(work, "book"));
  const long = Array.from({ length: 600 }, (_, n) => `Line ${n} of many.`).join("\n\n");
  const save = (words) => write(root, "content/vendors/birch.md", playbook("birch", `${words}\n\n${long}`));
  await save("First words.");
  const preview = await Preview.start(partwell, root);
  try {
    const tab = await open(`${preview.address}vendors/birch.html`);
    const edition = () => tab.waitForFunction(() => Number(document.documentElement.dataset.edition) >= 1);
    await attempt("the reader keeps the place, with what is open above it", async () => {
      await edition();
      await tab.evaluate(() => {
        document.querySelectorAll("details:not(.pw-live)").forEach((one) => (one.open = true));
        scrollTo({ top: 1500, behavior: "instant" });
      });
      const place = () => tab.evaluate(() => [scrollY, document.querySelectorAll("details[open]:not(.pw-live)").length]);
      const before = await place();
      await save("Second words.");
      await says(tab, "Second words.");
      await edition();
      await tab.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))));
      const after = await place();
      const problems = [];
      if (before[0] < 1000 || Math.abs(after[0] - before[0]) > 4) problems.push(`was at ${before[0]}, is at ${after[0]}`);
      if (before[1] === 0 || after[1] !== before[1]) problems.push(`${before[1]} were open, ${after[1]} are`);
      return problems;
    });
    await attempt("broken content keeps the last good page", async () => {
      await write(root, "content/vendors/birch.md", "---\ntitle: [\n---\n");
      await says(tab, "This is the last good state");
      const isThere = await tab.evaluate(() => document.body.textContent.includes("Second words."));
      await save("Mended words.");
      await says(tab, "Mended words.");
      await tab.waitForFunction(() => !document.body.textContent.includes("This is the last good state"));
      return isThere ? [] : ["the last good words are gone"];
    });
  } finally {
    await preview.stop();
  }
}

try {
  await fromDisk();
  await served();
  result("the console stays quiet", noise.filter((line) => !/EventSource/.test(line)));
} finally {
  await browser.close();
  await rm(work, { recursive: true, force: true });
}
finish(11);
