import { readFile } from "node:fs/promises";
import { join } from "node:path";

const BASE = "site://site/";

export async function links(site, browser, report) {
  const ids = new Map(site.pages.map((page) => [page.path, new Set(page.ids)]));
  for (const page of site.pages) {
    report.result(page.path, page.refs.flatMap((ref) => problems(ref, page.path, site.files, ids)));
  }
  for (const path of [...site.files.keys()].filter((name) => name.endsWith(".css"))) {
    const text = (await readFile(join(site.root, path), "utf8")).replace(/\/\*[\s\S]*?\*\//g, "");
    const refs = [...text.matchAll(/url\(\s*["']?([^"')]+)/g)].map(([, value]) => ({ value, where: "url()" }));
    if (/@import/.test(text)) report.result(path, ["@import: one file holds the style"]);
    report.result(path, refs.flatMap((ref) => problems(ref, path, site.files, ids)));
  }
}

function problems({ value, where, link }, from, files, ids) {
  const say = (what) => [`${where}: "${value}" ${what}`];
  if (/^(https?|mailto|tel):/i.test(value)) return link ? [] : say("is fetched from outside");
  if (/^data:image\//i.test(value)) return [];
  if (/^[a-z][a-z0-9+.-]*:/i.test(value)) return say("has a scheme that does not belong here");
  if (value.startsWith("/") || value.includes("\\")) return say("is an absolute path");
  if (value === "" || value === "#") return say("leads nowhere");

  const depth = from.split("/").length - 1;
  const steps = value.split(/[?#]/)[0].split("/");
  let level = depth;
  for (const step of steps) {
    level += step === ".." ? -1 : step === "." || step === "" ? 0 : 1;
    if (level < 0) return say("leaves the folder");
  }
  const url = new URL(value, BASE + from.split("/").map(encodeURIComponent).join("/"));
  const path = decodeURIComponent(url.pathname.slice(1));
  if (!files.has(path)) return say("leads to no file");
  const fragment = decodeURIComponent(url.hash.slice(1));
  if (fragment && ids.has(path) && !ids.get(path).has(fragment)) return say(`: ${path} has no id "${fragment}"`);
  return [];
}
