import { readFile } from "node:fs/promises";
import { join } from "node:path";

// Typed by someone who means no good, or by a cat.
export const hostileQueries = [
  "<img src=x onerror=alert(1)>",
  ".*[(+?^${}|\\",
  "\\u0061 %00 ../../ \u0000\u202E",
  '"',
  'owner:" status:"',
  "constructor:x __proto__:y toString: hasOwnProperty<1",
  "notice<99999999999999999999 ends<9999-99-99",
  "a".repeat(10_000),
  "ä ".repeat(5_000),
  "🙂\uD83D \uDE00",
];

export const oddNames = [
  "<img src=x onerror=document.title=1>",
  '</script><b>"\'',
  "${1}`\\n\\",
  "\u2028\u2029 &amp; &lt;",
];

// Questions to which the handbook's data knows the answer: a name, a query, and what has to come of it.
export async function asked(site) {
  const { vendors } = site.handbook;
  const page = (vendor) => `vendors/${vendor.slug}.html`;
  const as = (text) => `"${text}"`;
  const cases = [];
  const first = vendors[0];
  const title = first.fields.title;
  cases.push(["a name", title, { top: page(first), marks: title.toLowerCase().split(/[^\p{L}]/u)[0] }]);
  cases.push(["in capitals", title.toUpperCase(), { top: page(first) }]);
  cases.push(["with accents", title.replace(/[aeiou]/g, "$&\u0301"), { top: page(first) }]);
  cases.push(["its beginning", title.slice(0, 5), { within: page(first) }]);
  cases.push(["vendor:", `vendor:${as(title)}`, { top: page(first) }]);
  for (const [field, section, key] of [["person", "contacts", "name"], ["system", "access", "system"], ["service", "services", "name"]]) {
    const vendor = vendors.find((one) => list(one.fields[section]).length > 0);
    const name = vendor && list(vendor.fields[section])[0][key];
    if (!name) continue;
    cases.push([`a ${field}`, name, { within: page(vendor) }]);
    const all = vendors.filter((one) => list(one.fields[section]).some((item) => words(name).every((word) => starts(item[key], word))));
    const part = { person: "contacts", system: "access", service: "services" }[field];
    if (field === "person") cases.push(["a person first", name, { firstOf: all.map(page) }]);
    if (all.length <= 8) cases.push([`${field}:`, `${field}:${as(name)}`, { within: page(vendor), part, marks: words(name)[0] }]);
  }
  for (const [field, names] of Object.entries(namesOf)) {
    const torn = vendors.map((vendor) => acrossTwo(names(vendor))).find(Boolean);
    if (!torn) continue;
    const count = vendors.filter((one) => names(one).some((name) => torn.every((word) => starts(name, word)))).length;
    cases.push([`${field}: of two names`, `${field}:${as(torn.join(" "))}`, { count }]);
    cases.push([`all but a ${field} of two names`, `-${field}:${as(torn.join(" "))}`, { count: vendors.length - count }]);
  }
  const called = vendors.find((one) => list(one.fields.contacts).some(({ phone }) => phone));
  if (called) {
    const { phone } = called.fields.contacts.find((one) => one.phone);
    for (const number of [phone, phone.replace(/[^+\d]/g, "")]) cases.push([`who calls from ${number}`, number, { within: page(called) }]);
  }
  for (const own of ["register", "calendar"]) cases.push([`the ${own}`, own.slice(0, 5), { within: `${own}.html` }]);
  for (const field of ["status", "tier"]) {
    const value = first.fields[field] ?? "operational";
    const count = vendors.filter((one) => (one.fields[field] ?? "operational") === value).length;
    cases.push([`${field}:`, `${field}:${value}`, { count }]);
  }
  const owner = (vendor) => list(vendor.fields.contacts).find((one) => one.id === vendor.fields.owner)?.name ?? vendor.fields.owner;
  const asksFor = words(owner(first))[0];
  const theirs = (vendor) => starts(owner(vendor), asksFor);
  cases.push(["owner:", `owner:${asksFor}`, { count: vendors.filter(theirs).length }]);
  cases.push(["critical:", "critical:yes", { count: vendors.filter((one) => one.fields.critical === true).length }]);
  const days = (vendor) => Number(/^(\d+)d$/.exec(vendor.fields.contract?.notice?.client ?? "")?.[1] ?? NaN);
  if (vendors.every((one) => Number.isFinite(days(one)) || !one.fields.contract?.notice?.client)) {
    cases.push(["notice", "notice<31", { count: vendors.filter((one) => days(one) < 31).length }]);
    for (const query of ["notice < 31", "notice <31", "notice< 31", "Notice  <  31"]) {
      cases.push([`"${query}"`, query, { count: vendors.filter((one) => days(one) < 31).length }]);
    }
    cases.push(["two at once", `notice<31 owner:${asksFor}`, { count: vendors.filter((one) => days(one) < 31 && theirs(one)).length }]);
  }
  const ends = (vendor) => vendor.fields.exit?.termination_date ?? vendor.derived.term_end ?? "none";
  cases.push(["ends", "ends<2027-02-01", { count: vendors.filter((one) => ends(one) < "2027-02-01").length }]);
  const sendBy = (vendor) => (["ended", "prospect"].includes(vendor.fields.status) ? null : vendor.exit.notice.send_by) ?? "none";
  cases.push(["sendby", "sendby<=2026-12", { count: vendors.filter((one) => sendBy(one) <= "2026-12-31").length }]);
  cases.push(["an unknown field", "ower:dana", { says: "Did you mean owner?" }]);
  cases.push(["a bad number", "notice<abc", { says: "notice takes days" }]);
  cases.push(["a bad date", "ends<2027-13-40", { says: "ends takes a date" }]);
  cases.push(["a word for days", "owner<3", { says: "Write owner:3" }]);
  cases.push(["all but a status", "-status:ended", { count: vendors.filter((one) => one.fields.status !== "ended").length }]);
  cases.push(["a hyphen at the wrong place", "status:-ended", { says: "not “-ended”" }]);
  const has = (one, word) => starts(one.fields.title, word) || starts(one.fields.vendor?.name, word);
  const others = vendors.filter((one) => !words(title).every((word) => has(one, word)));
  cases.push(["all but a name", `-vendor:${as(title)}`, { count: others.length }]);
  cases.push(["all but a name, of some", `status:active -vendor:${as(title)}`, { count: others.filter((one) => one.fields.status === "active").length }]);
  cases.push(["all but what is cut", `a ${"a ".repeat(10)}-vendor:"a zzzz"`, { says: "Only the first 12 words" }]);
  cases.push(["all but a word", "a -b", { says: "A hyphen leaves out fields alone" }]);
  cases.push(["a country of nobody", "country:uk", { count: 0, says: "The code of the United Kingdom is GB." }]);
  cases.push(["nowhere", "qqqxyzzy", { count: 0, says: "Nothing has all of this." }]);
  const prose = await wordOfProse(site);
  if (prose) cases.push(["prose", prose.word, { within: prose.path, marks: prose.word.toLowerCase() }]);
  return cases;
}

const list = (field) => (Array.isArray(field) ? field : []);
const namesOf = {
  person: ({ fields }) => {
    const contacts = list(fields.contacts);
    const named = [fields.owner, ...list(fields.access).flatMap((one) => [one.holder, one.admin])].filter(Boolean);
    return [...contacts.map((one) => one.name), ...named.filter((name) => !contacts.some((one) => one.id === name))];
  },
  system: ({ fields }) => list(fields.access).map((one) => one.system),
  service: ({ fields }) => list(fields.services).map((one) => one.name),
  tag: ({ fields }) => list(fields.tags),
};

// The first word of one name and the last of another, where neither begins the other.
function acrossTwo(names) {
  const long = names.map((name) => words(name)).filter((some) => some.length > 0 && some.length < 9);
  const torn = long.flatMap((one, n) => long.slice(n + 1).map((other) => [one[0], other.at(-1)]));
  return torn.find(([a, b]) => !a.startsWith(b) && !b.startsWith(a) && !names.some((name) => [a, b].every((word) => starts(name, word))));
}

const words = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
const starts = (name, word) => words(name ?? "").some((one) => one.startsWith(word));

// A long word that stands in one page of the author's alone, and how that page is called.
async function wordOfProse(site) {
  const own = site.shown.filter(({ path }) => !/^(exit|sheets|search)\/|^(register|calendar|search|index)\.html$/.test(path));
  const pages = await Promise.all(own.map(async ({ path }) => ({ path, text: prose(await readFile(join(site.root, path), "utf8")) })));
  for (const { path, text } of pages) {
    const rare = words(text).filter((word) => word.length > 8 && /^[a-z]+$/.test(word));
    const word = rare.find((one) => pages.every((other) => other.path === path || !words(other.text).some((known) => known.startsWith(one))));
    if (word) return { path, word };
  }
  return undefined;
}

// The paragraphs of a page's prose.
function prose(html) {
  const inside = html.split('<div class="prose">').slice(1).join(" ");
  return [...inside.matchAll(/<p>([^<]*)<\/p>/g)].map(([, text]) => text).join(" ");
}
