import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export async function vnu(site, browser, report) {
  const paths = [...site.files.keys()].filter((path) => /\.(html|css)$/.test(path));
  const jar = String(createRequire(import.meta.url)("vnu-jar"));
  const run = spawnSync(
    "java",
    ["-jar", jar, "--format", "json", "--stdout", "--also-check-css", ...paths.map((path) => join(site.root, path))],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
  if (run.error) throw run.error;
  const { messages } = JSON.parse(run.stdout);

  const found = new Map(paths.map((path) => [path, []]));
  const notes = new Map();
  const tab = await browser.newPage();
  for (const message of messages) {
    const path = message.url ? relative(site.root, fileURLToPath(message.url)) : "the checker";
    const text = `line ${message.lastLine}: ${message.message}`;
    // The checker takes no file: address for 'self'; the browser does, and is asked in another check.
    const self = /violates Content Security Policy/.test(text) && message.type === "info";
    if (message.type === "info" || (await tab.evaluate(browserKnows, message.message))) {
      const note = self ? "does not take 'self' for the folder of a file" : message.message;
      notes.set(note, (notes.get(note) ?? 0) + 1);
    } else {
      found.set(path, [...(found.get(path) ?? []), text]);
    }
  }
  await tab.close();
  for (const [path, problems] of found) report.result(path, problems);
  for (const [note, times] of notes) report.note(`${note} (${times} times)`);
}

// The checker's list of CSS is older than the browser's; what it calls unknown is
// only forgiven where the browser does know it.
function browserKnows(message) {
  const property = /^CSS: “([\w-]+)”: Property “\1” doesn't exist/.exec(message)?.[1];
  if (property) return CSS.supports(property, "initial");
  const rule = /^CSS: Unrecognized at-rule “(@[\w-]+)”/.exec(message)?.[1];
  if (!rule) return false;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${rule} (min-width: 1px) { a { color: red } }`);
  return sheet.cssRules.length === 1;
}
