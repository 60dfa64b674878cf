import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";

// The words that the program put into the index, and those that the browser's half sees in the same texts.
export async function indexProblems(site) {
  const indexed = new Set();
  const seen = new Set();
  // Names are there without their apostrophes too; of the texts only some lines are names.
  const closed = new Set();
  const look = (text, into = seen) => context.partwellFind.words(text).forEach(({ word }) => into.add(word));
  const close = (text) => text.replace(/['’]/g, "");
  const lookAtName = (text) => [text, close(text)].forEach((one) => look(one));
  const lookAtText = (text) => { look(text); look(close(text), closed); };
  const context = createContext({
    TextEncoder,
    partwellSearch: (kind, key, order, data) => {
      // Words that stand in one name have a line together, `dana_reyes`.
      if (kind === "words") for (const line of data.split("\n").filter(Boolean)) line.split(" ")[0].split("_").filter(Boolean).forEach((word) => indexed.add(word));
      if (kind === "texts") for (const text of data) text.split("\n").filter((line) => !line.startsWith("#")).forEach(lookAtText);
      if (kind === "titles") data.titles.split("\n").forEach(lookAtName);
    },
  });
  runInContext(await readFile(join(site.root, "assets/search-find.js"), "utf8"), context);
  const folder = join(site.root, "assets/search");
  for (const name of (await readdir(folder)).sort()) runInContext(await readFile(join(folder, name), "utf8"), context);
  // A vendor's own name may differ from the title of its page, and stands in no text.
  site.handbook.vendors.forEach((vendor) => lookAtName(vendor.fields.vendor?.name ?? vendor.fields.vendor ?? ""));
  // And a number that somebody calls from has no gaps.
  const people = site.handbook.vendors.flatMap((vendor) => vendor.fields.contacts ?? []);
  people.forEach(({ phone }) => look((phone ?? "").replace(/\D/g, "")));
  const few = (words) => [...words].slice(0, 5).join(", ");
  const lost = [...seen].filter((word) => !indexed.has(word));
  const odd = [...indexed].filter((word) => !seen.has(word) && !closed.has(word));
  return [
    ...(indexed.size < 20 ? [`only ${indexed.size} words`] : []),
    ...(lost.length > 0 ? [`the index lacks ${few(lost)}`] : []),
    ...(odd.length > 0 ? [`no text has ${few(odd)}`] : []),
  ];
}
