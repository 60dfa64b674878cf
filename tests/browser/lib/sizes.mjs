import { isSheet } from "./site.mjs";

const HTML = 1_000_000;
const CSS = 100_000;
const SCRIPT = 10_000;
// One style for all pages; pages of sheets have one more, and the only script.
const PAGE = ["assets/site.css"];
const SHEET = ["assets/sheets.css", "assets/site.css"];
const TICKS = ["assets/ticks.js"];

export async function sizes(site, browser, report) {
  const paths = [...site.files.keys()];
  const styles = paths.filter((path) => path.endsWith(".css")).sort();
  const scripts = paths.filter((path) => /\.[cm]?js$/.test(path)).sort();
  report.result("site", same(styles, SHEET) ? [] : [`has the style sheets ${list(styles)}, not ${list(SHEET)}`]);
  report.result("site", same(scripts, TICKS) ? [] : [`has the scripts ${list(scripts)}, not ${list(TICKS)}`]);
  for (const path of styles) report.result(path, tooLarge(site.files.get(path), CSS));
  for (const path of scripts) report.result(path, tooLarge(site.files.get(path), SCRIPT));
  for (const { path, styles } of site.pages) {
    report.result(path, tooLarge(site.files.get(path), HTML));
    const redirect = !site.shown.some((page) => page.path === path);
    const wanted = (isSheet(path) ? SHEET : PAGE).map((file) => "../".repeat(path.split("/").length - 1) + file);
    report.result(path, redirect || same([...styles].sort(), wanted) ? [] : [`links ${list(styles)}, not ${list(wanted)}`]);
  }
}

const same = (some, others) => some.join() === others.join();
const list = (paths) => paths.join(", ") || "nothing";

function tooLarge(bytes, limit) {
  return bytes <= limit ? [] : [`${bytes} bytes, more than ${limit}`];
}
