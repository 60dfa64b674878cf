// Asks the search of a small handbook for names, without a page: node names.mjs PARTWELL

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { counting } from "./lib/results.mjs";

const CASES = new URL("../search/names.txt", import.meta.url);
const [partwell] = process.argv.slice(2);
if (!partwell) {
  console.error("usage: node names.mjs PARTWELL");
  process.exit(2);
}

// The scripts of a site as a page has them, all of the index loaded.
async function searchOf(site) {
  const index = { words: new Map(), titles: null };
  const context = createContext({
    TextEncoder,
    partwellSearch: (kind, key, order, data) => {
      if (kind === "titles") index.titles = data;
      if (kind === "words") index.words.set(key, data);
    },
  });
  const assets = join(site, "assets");
  const scripts = ["search-find", "search-rank", "search-query"].map((name) => `${name}.js`);
  const files = (await readdir(join(assets, "search"))).map((name) => `search/${name}`);
  for (const path of [...scripts, ...files]) runInContext(await readFile(join(assets, path), "utf8"), context);
  const columns = context.partwellFind.columns(index.titles);
  return (text) => {
    const query = context.partwellQuery.parse(text, columns);
    const needed = new Set(context.partwellRank.keysFor(query, columns));
    const loaded = new Map([...index.words].filter(([key]) => needed.has(key)));
    return [...context.partwellRank.search(query, columns, loaded)].map((n) => columns.titles[n]);
  };
}

const { result, finish } = counting();
const work = await mkdtemp(join(tmpdir(), "partwell-names-"));
try {
  const [, ...parts] = (await readFile(CASES, "utf8")).split(/^-- (.+) --\n/m);
  let asked = [];
  for (let n = 0; n < parts.length; n += 2) {
    const [name, text] = [parts[n], parts[n + 1]];
    if (name === "ask") asked = text.split("\n").filter(Boolean);
    else {
      await mkdir(dirname(join(work, name)), { recursive: true });
      await writeFile(join(work, name), text);
    }
  }
  await new Promise((done) => execFile(partwell, ["build", "--root", work, "--out", join(work, "site")], done));
  const search = await searchOf(join(work, "site"));
  for (const line of asked) {
    const [, query, sign, rest] = line.match(/^(.*?) ([=>])(?: (.*))?$/);
    const wanted = (rest ?? "").split(", ").filter(Boolean).sort();
    const hits = search(query);
    const is = sign === "=" ? [...hits].sort().join() === wanted.join() : hits[0] === rest;
    result(query, is ? [] : [`finds ${hits.join(", ") || "nothing"}`]);
  }
} finally {
  await rm(work, { recursive: true, force: true });
}
finish(30);
