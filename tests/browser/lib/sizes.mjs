import { isSheet } from "./site.mjs";

const HTML = 1_000_000;
const CSS = 100_000;
const SCRIPT = 10_000;
// Files of the search's index: words and texts are cut into pieces, so that one is loaded while someone types.
const WORDS = 120_000;
const INDEX = 1_000_000;
const isIndex = (path) => path.startsWith("assets/search/");
// One style for all pages, and the search; pages of sheets have one style and one script more.
const PAGE = ["assets/site.css"];
const SHEET = ["assets/sheets.css", "assets/site.css"];
const SCRIPTS = ["search-excerpt", "search-find", "search-query", "search-rank", "search-view", "search-window", "search", "ticks"].map((name) => `assets/${name}.js`).sort();

export async function sizes(site, browser, report) {
  const paths = [...site.files.keys()];
  const styles = paths.filter((path) => path.endsWith(".css")).sort();
  const scripts = paths.filter((path) => /\.[cm]?js$/.test(path) && !isIndex(path)).sort();
  const index = paths.filter(isIndex);
  report.result("site", same(styles, SHEET) ? [] : [`has the style sheets ${list(styles)}, not ${list(SHEET)}`]);
  report.result("site", same(scripts, SCRIPTS) ? [] : [`has the scripts ${list(scripts)}, not ${list(SCRIPTS)}`]);
  report.result("site", index.filter((path) => !/\/(titles|w[0-9a-f]*|t\d+)\.js$/.test(path)).map((path) => `${path} is no file of the search`));
  for (const path of index) report.result(path, tooLarge(site.files.get(path), /\/w[^/]*$/.test(path) ? WORDS : INDEX));
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
