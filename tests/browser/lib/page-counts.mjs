import { readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// How many pages each sheet takes: lines of `site path A4 Letter`, written anew with PARTWELL_RENEW=1.
const FILE = join(dirname(fileURLToPath(import.meta.url)), "..", "pages.txt");

// Compares what was counted of a site, path to [A4, Letter], with the file.
export async function pageCounts(site, counted) {
  const name = basename(site.root);
  const lines = (await readFile(FILE, "utf8").catch(() => "")).split("\n").filter(Boolean);
  if (process.env.PARTWELL_RENEW !== "1") return countProblems(name, counted, lines);
  const others = lines.filter((line) => !line.startsWith(`${name} `));
  await writeFile(FILE, `${[...others, ...found(name, counted).map(([, line]) => line)].sort().join("\n")}\n`);
  return [];
}

const found = (name, counted) => [...counted].map(([path, counts]) => [path, [name, path, ...counts].join(" ")]);

// What differs between the pages of a site and the lines of the file.
export function countProblems(name, counted, lines) {
  const known = new Map(lines.filter((line) => line.startsWith(`${name} `)).map((line) => [line.split(" ")[1], line]));
  const changed = found(name, counted).filter(([path, line]) => known.get(path) !== line);
  const gone = [...known].filter(([path]) => !counted.has(path));
  return [
    ...changed.map(([path, line]) => `${counts(line)} pages on A4 and Letter, but pages.txt says "${counts(known.get(path))}": ${path}`),
    ...gone.map(([path]) => `pages.txt has a line for ${path}, which was not printed`),
  ];
}

const counts = (line) => line?.split(" ").slice(2).join(" and ") ?? "nothing";
