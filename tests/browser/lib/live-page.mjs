// A page of the preview in a real browser: it follows saves, keeps its place, and says what is wrong.

import { rm } from "node:fs/promises";
import { join } from "node:path";
import { playbook, until, write } from "./preview.mjs";

const LONG = Array.from({ length: 120 }, (_, n) => `Line ${n} of many.`).join("\n\n");
const BIRCH = "content/vendors/birch.md";

export async function inTheBrowser(preview, browser, result) {
  const { root } = preview;
  await write(root, BIRCH, playbook("birch", `First words.\n\n${LONG}`));
  await write(root, "content/long.md", `# Long\n\n${LONG}\n`);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const tab = await context.newPage();
  const wrong = [];
  tab.on("console", (message) => message.type() === "error" && !/404|EventSource|ERR_/.test(message.text()) && wrong.push(message.text()));
  tab.on("pageerror", (error) => wrong.push(error.message));
  let loads = 0;
  tab.on("load", () => (loads += 1));
  const says = (text) => tab.getByText(text).first().waitFor({ timeout: 10_000 });
  const edition = (n) => tab.waitForFunction((n) => Number(document.documentElement.dataset.edition) >= n, n, { timeout: 10_000 });
  const attempt = async (name, steps) => {
    try {
      result(name, (await steps()) ?? []);
    } catch (error) {
      result(name, [error.message.split("\n")[0]]);
    }
  };
  try {
    await attempt("a save shows by itself", async () => {
      await tab.goto(`${preview.address}vendors/birch.html`);
      await edition(1);
      await write(root, BIRCH, playbook("birch", `Second words.\n\n${LONG}`));
      await says("Second words.");
    });
    await attempt("the reader keeps the place", async () => {
      await edition(1);
      await tab.evaluate(() => {
        document.querySelectorAll("details:not(.pw-live)").forEach((one) => (one.open = true));
        scrollTo({ top: 900, behavior: "instant" });
      });
      const before = await tab.evaluate(() => [scrollY, [...document.querySelectorAll("details:not(.pw-live)")].map((one) => one.open)]);
      await write(root, BIRCH, playbook("birch", `Third words.\n\n${LONG}`));
      await tab.waitForFunction(() => document.body.textContent.includes("Third words."), undefined, { timeout: 10_000 });
      await edition(1);
      const after = await tab.evaluate(() => [scrollY, [...document.querySelectorAll("details:not(.pw-live)")].map((one) => one.open)]);
      const problems = [];
      if (before[0] < 500 || Math.abs(after[0] - before[0]) > 4) problems.push(`was at ${before[0]}, is at ${after[0]}`);
      if (JSON.stringify(before[1]) !== JSON.stringify(after[1])) problems.push("what was open is closed");
      return problems;
    });
    await attempt("a page that shows nothing of it stays", async () => {
      await tab.goto(`${preview.address}long.html`);
      await edition(1);
      const before = loads;
      await write(root, BIRCH, playbook("birch", "Fourth words."));
      await write(root, "themes/ours/extra.css", "body { --extra: 2; }\n");
      await edition(2);
      return loads === before ? [] : ["it was loaded again"];
    });
    await attempt("styles change in place", async () => {
      const before = loads;
      await write(root, "themes/ours/site.css", ":root { --swapped: 7; }\n");
      await tab.waitForFunction(() => getComputedStyle(document.documentElement).getPropertyValue("--swapped").trim() === "7", undefined, { timeout: 10_000 });
      await rm(join(root, "themes/ours/site.css"));
      return loads === before ? [] : ["the page was loaded again"];
    });
    await attempt("styles that are saved again and again end as one", async () => {
      const sheets = () => tab.evaluate(() => document.querySelectorAll('link[rel="stylesheet"]').length);
      const before = await sheets();
      await tab.route("**/*.css*", async (route) => {
        await new Promise((next) => setTimeout(next, 100));
        await route.continue();
      });
      for (let n = 1; n <= 12; n += 1) {
        await write(root, "themes/ours/site.css", `:root { --swapped: ${n * 11}; }\n`);
        await until(() => preview.get("assets/site.css").then(({ text }) => text.includes(`--swapped: ${n * 11};`)), 5_000);
      }
      await tab.waitForFunction(() => getComputedStyle(document.documentElement).getPropertyValue("--swapped").trim() === "132", undefined, { timeout: 10_000 });
      await tab.waitForFunction((most) => document.querySelectorAll('link[rel="stylesheet"]').length <= most, before, { timeout: 10_000 });
      await tab.unroute("**/*.css*");
      await rm(join(root, "themes/ours/site.css"));
      return [];
    });
    await attempt("more pages are open than a browser has connections", async () => {
      const many = [];
      for (let n = 0; n < 9; n += 1) {
        many.push(await context.newPage());
        await many[n].goto(`${preview.address}vendors/birch.html`, { timeout: 10_000 });
      }
      await write(root, BIRCH, playbook("birch", "Words for nine pages."));
      await Promise.all(many.map((one) => one.getByText("Words for nine pages.").first().waitFor({ timeout: 10_000 })));
      // The one that listens for the others goes, and they hear of the next save all the same.
      await many[0].close();
      await many[1].goto(`${preview.address}register.html`, { timeout: 10_000 });
      await tab.goto(`${preview.address}long.html`);
      await write(root, BIRCH, playbook("birch", "Words for seven pages."));
      await Promise.all(many.slice(2).map((one) => one.getByText("Words for seven pages.").first().waitFor({ timeout: 10_000 })));
      await Promise.all(many.slice(1).map((one) => one.close()));
    });
    await attempt("a search that is being typed stays", async () => {
      await tab.goto(`${preview.address}vendors/birch.html`);
      await edition(1);
      await tab.keyboard.press("/");
      await tab.locator("dialog.finder input").fill("ald");
      const before = loads;
      await write(root, BIRCH, playbook("birch", "Words behind a window."));
      await until(() => preview.get("vendors/birch.html").then(({ text }) => text.includes("Words behind a window.")), 5_000);
      await preview.state("vendors/birch.html");
      const kept = loads === before && (await tab.locator("dialog.finder input").inputValue()) === "ald";
      // It finds what was saved meanwhile, for what stands there already and for what is typed next.
      await write(root, BIRCH, playbook("birch", "Words behind a qwertzwindow."));
      await tab.locator("dialog.finder input").fill("qwertz");
      await tab.locator("dialog.finder .hits > a", { hasText: "birch" }).first().waitFor({ timeout: 10_000 });
      await write(root, "content/long.md", `# Long\n\nqwertzlong\n\n${LONG}\n`);
      await tab.locator("dialog.finder .hits > a", { hasText: "Long" }).first().waitFor({ timeout: 10_000 });
      await tab.keyboard.press("Escape");
      await says("Words behind a qwertzwindow.");
      return kept ? [] : ["it was taken away"];
    });
    await attempt("the keyboard stays where it was", async () => {
      await tab.goto(`${preview.address}vendors/birch.html`);
      await edition(1);
      for (let n = 0; n < 9; n += 1) await tab.keyboard.press("Tab");
      const at = () => tab.evaluate(() => [document.activeElement.tagName, document.activeElement.textContent, document.activeElement.href]);
      const before = await at();
      await write(root, BIRCH, playbook("birch", "Words beside the keyboard."));
      await says("Words beside the keyboard.");
      await edition(1);
      await tab.waitForLoadState("load");
      const same = await until(async () => JSON.stringify(await at()) === JSON.stringify(before), 5_000);
      return before[0] === "A" && same ? [] : [`was at ${before}, is at ${await at()}`];
    });
    await attempt("a changed picture is shown", async () => {
      await tab.goto(`${preview.address}index.html`);
      await edition(1);
      const before = loads;
      await write(root, "content/shot.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="33" height="8"/>\n');
      await tab.waitForFunction(() => document.querySelector("main img")?.naturalWidth === 33, undefined, { timeout: 10_000 });
      return loads > before ? [] : ["it was not loaded again"];
    });
    await attempt("what is wrong is listed with its place", async () => {
      await tab.goto("about:blank");
      await write(root, BIRCH, `${playbook("birch", "Fifth words.").replace("owner: Dana Reyes", "owner: Dana Reyes\nower: Dana <img src=x onerror=alert(1)>")}`);
      await tab.goto(`${preview.address}vendors/birch.html`);
      await tab.getByText("content/vendors/birch.md:6:1").first().waitFor({ state: "attached", timeout: 10_000 });
      return (await tab.locator(".pw-live img").count()) === 0 ? [] : ["text became an element"];
    });
    await attempt("broken content keeps the last good page", async () => {
      await write(root, BIRCH, playbook("birch", "Good words."));
      await says("Good words.");
      await edition(1);
      await write(root, BIRCH, "---\ntitle: [\n---\n");
      await tab.getByText("This is the last good state").waitFor({ timeout: 10_000 });
      const good = (await tab.getByText("Good words.").count()) > 0;
      await write(root, BIRCH, playbook("birch", "Mended words."));
      await says("Mended words.");
      await tab.getByText("This is the last good state").waitFor({ state: "detached", timeout: 10_000 });
      return good ? [] : ["the last good words are gone"];
    });
    await attempt("what is saved in parts is not told as broken", async () => {
      const still = await context.newPage();
      await still.clock.install();
      await still.goto(`${preview.address}vendors/birch.html`);
      const heard = async (text) => {
        const before = await still.evaluate(() => Number(document.documentElement.dataset.edition ?? 0));
        await write(root, BIRCH, text);
        await still.waitForFunction((n) => Number(document.documentElement.dataset.edition) > n, before, { timeout: 10_000, polling: 10 });
      };
      const told = () => still.getByText("This is the last good state").count();
      await still.waitForFunction(() => Number(document.documentElement.dataset.edition) >= 1, undefined, { timeout: 10_000, polling: 10 });
      await heard("---\ntitle: [\n---\n");
      const atOnce = await told();
      await heard(playbook("birch", "Mended words."));
      await still.clock.runFor(5_000);
      const afterwards = await told();
      await heard("---\ntitle: [\n---\n");
      await still.clock.runFor(5_000);
      const inTheEnd = await told();
      await write(root, BIRCH, playbook("birch", "Mended words."));
      await still.close();
      return atOnce + afterwards === 0 && inTheEnd === 1 ? [] : [`told ${atOnce}, ${afterwards} and ${inTheEnd} times`];
    });
    await attempt("a template that cannot be laid out keeps the last good page", async () => {
      const good = await preview.get("vendors/birch.html").then(({ text }) => text.includes("Mended words."));
      await write(root, "themes/ours/vendor.html", '{% extends "frame.html" %}{% block main %}\n{{ nowhere }}{% endblock %}\n');
      await tab.getByText("themes/ours/vendor.html:2:4").waitFor({ timeout: 10_000 });
      const kept = await preview.get("vendors/birch.html").then(({ text }) => text.includes("Mended words."));
      await rm(join(root, "themes/ours/vendor.html"));
      await tab.getByText("themes/ours/vendor.html:2:4").waitFor({ state: "detached", timeout: 10_000 });
      return good && kept ? [] : ["the last good page is gone"];
    });
    await attempt("a page that does not exist yet is waited for", async () => {
      await tab.goto("about:blank");
      await tab.goto(`${preview.address}soon.html`);
      await says("There is no such page");
      await edition(1);
      await write(root, "content/soon.md", "# Soon\n\nHere it is.\n");
      await says("Here it is.");
    });
    await attempt("sheets work as in the site", async () => {
      await tab.goto(`${preview.address}exit/alder/checklist.html`);
      await says("Ticks stay in this browser.");
    });
    result("the console stays quiet", wrong);
  } finally {
    await context.close();
  }
}
