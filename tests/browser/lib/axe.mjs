import engine from "axe-core";
import { visit } from "./visit.mjs";

const MOST = 60;
const ALWAYS = /^(index|register|calendar|search)\.html$|^vendors\/|^exit\/.*(checklist|index)\.html$|^sheets\//;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const VIEWS = [
  ["light, 1280 px", "light", 1280],
  ["dark, 1280 px", "dark", 1280],
  ["light, 360 px", "light", 360],
];

export async function axe(site, browser, report) {
  await visit(browser, {}, choose(site.shown), async (tab, page) => {
    await tab.goto(page.url);
    await tab.evaluate(engine.source);
    await tab.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    for (const [view, colorScheme, width] of VIEWS) {
      await tab.emulateMedia({ colorScheme });
      await tab.setViewportSize({ width, height: 900 });
      const { violations, looked } = await tab.evaluate(look, TAGS);
      const problems = violations.map(({ rule, target, why }) => `${view}: ${rule} at ${target}: ${why}`);
      if (looked === 0) problems.push(`${view}: no rule found anything to look at`);
      report.result(page.path, problems);
    }
  });
}

async function look(tags) {
  const { violations, passes } = await globalThis.axe.run(document, {
    runOnly: { type: "tag", values: tags },
    resultTypes: ["violations"],
  });
  return {
    looked: passes.length,
    violations: violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => ({
        rule: id,
        target: node.target.join(" "),
        why: node.failureSummary.replace(/\s+/g, " "),
      })),
    ),
  };
}

function choose(pages) {
  const always = pages.filter((page) => ALWAYS.test(page.path));
  const rest = pages.filter((page) => !ALWAYS.test(page.path));
  const room = Math.min(rest.length, Math.max(0, MOST - always.length));
  return [...always, ...Array.from({ length: room }, (_, n) => rest[Math.floor((n * rest.length) / room)])];
}
