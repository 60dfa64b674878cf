import { readFile, readdir, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";

// Pages of sheets: these alone have a style sheet and a script more than the others.
export const isSheet = (path) => /^(exit\/[^/]+|sheets)\/[^/]+\.html$/.test(path);
// The pages of a vendor's exit that hold every sheet of its pack.
export const isPack = (path) => /^exit\/[^/]+\/index\.html$/.test(path);

// A site: its files (path to size) and, for each page, what its markup says.
export async function readSite(folder, browser) {
  const root = resolve(folder);
  const files = new Map();
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const full = join(entry.parentPath, entry.name);
    files.set(relative(root, full).split(sep).join("/"), (await stat(full)).size);
  }
  const pages = [];
  const parser = await browser.newPage();
  for (const path of [...files.keys()].filter((name) => name.endsWith(".html")).sort()) {
    const html = await readFile(join(root, path), "utf8");
    pages.push({ path, url: pathToFileURL(join(root, path)).href, ...(await parser.evaluate(parse, html)) });
  }
  await parser.close();
  return {
    root,
    url: `${pathToFileURL(root).href}/`,
    files,
    pages,
    // A redirect leaves before anything could be measured; its target is a page too.
    shown: pages.filter((page) => !page.refs.some((ref) => ref.refresh)),
    handbook: files.has("handbook.json") ? JSON.parse(await readFile(join(root, "handbook.json"), "utf8")) : undefined,
  };
}

function parse(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const name = (element) => {
    const near = element.closest("[id]");
    return `<${element.localName}>${near ? ` in #${near.id}` : ""}`;
  };
  const refs = [];
  const active = [];
  const scripts = [];
  for (const element of page.querySelectorAll("*")) {
    for (const { name: attribute, value } of element.attributes) {
      if (/^(href|src|action|formaction|poster|data|xlink:href|cite|background)$/.test(attribute)) {
        refs.push({ value, where: name(element), link: element.localName === "a" || attribute === "cite" });
      } else if (attribute === "srcset") {
        for (const part of value.split(",")) {
          refs.push({ value: part.trim().split(/\s/)[0], where: name(element), link: false });
        }
      } else if (attribute === "style") {
        active.push(`inline style "${value}" on ${name(element)}`);
      } else if (attribute.startsWith("on")) {
        active.push(`${attribute} on ${name(element)}`);
      }
    }
    if (element.localName === "script") {
      const { defer, type, attributes, textContent } = element;
      scripts.push({ src: element.getAttribute("src") ?? "", isPlain: defer && type === "" && attributes.length === 2 && textContent === "" });
    }
    if (["style", "base", "iframe", "object", "embed"].includes(element.localName)) {
      active.push(`${name(element)} is not wanted`);
    }
  }
  const refresh = page.querySelector("meta[http-equiv=refresh i]");
  if (refresh) {
    refs.push({ value: refresh.content.replace(/^[^=]*=\s*/, ""), where: "<meta refresh>", link: false, refresh: true });
  }
  return {
    refs,
    active,
    scripts,
    ids: [...page.querySelectorAll("[id]")].map((element) => element.id),
    styles: [...page.querySelectorAll("link[rel~=stylesheet]")].map((link) => link.getAttribute("href")),
    policy: page.querySelector("meta[http-equiv=Content-Security-Policy i]")?.content ?? "",
  };
}
