// Reads the calendars of built handbooks back, with two readers that are not ours: node calendars.mjs PARTWELL
// Which days have to be in them is worked out from the handbook.json of the same build.

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { noticesWhatIsBroken } from "./lib/broken-calendars.mjs";
import { dues } from "./lib/dues.mjs";
import { flaws, imported, imports, readings } from "./lib/ics.mjs";
import { ODD, WORDS } from "./lib/odd-calendars.mjs";
import { counting } from "./lib/results.mjs";

const run = promisify(execFile);
const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const LATER = ["--as-of", "2027-02-01"];
// An event whose day its author moves, and the day after.
const MOVED = { uid: "funf-co.action.call@odd.partwell.invalid", from: "2026-12-01", to: "2026-12-11", next: ["--as-of", "2026-11-22"] };

const [partwell] = process.argv.slice(2);
if (!partwell) {
  console.error("usage: node calendars.mjs PARTWELL");
  process.exit(2);
}

const { result, finish } = counting();
const work = await mkdtemp(join(tmpdir(), "partwell-calendars-"));
try {
  noticesWhatIsBroken(result);
  const examples = await readdir(join(ROOT, "examples"), { withFileTypes: true });
  const own = examples.filter((entry) => entry.isDirectory()).map(({ name }) => [name, join(ROOT, "examples", name)]);
  for (const [name, root] of [["handbook", ROOT], ...own]) {
    const now = await check(name, root, []);
    const later = await check(`${name}, later`, root, LATER);
    wins(name, now, later);
  }
  for (const [name, files] of Object.entries(ODD)) {
    const root = await project(name, files);
    const now = await check(name, root, []);
    if (name !== "texts") continue;
    result("words that come through", words(now));
    const path = Object.keys(files).find((file) => files[file].includes(MOVED.from));
    const edited = await project("moved", { ...files, [path]: files[path].replace(MOVED.from, MOVED.to) });
    const later = await check("moved", edited, MOVED.next);
    wins("moved", now, later);
    result("an event that moves", moves(now, later));
  }
} finally {
  await rm(work, { recursive: true });
}
finish(100);

async function project(name, files) {
  const root = join(work, "projects", name);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

// Builds twice; gives the calendars by path.
async function check(name, root, more) {
  const { book, calendars } = await build(`${name} 1`, root, more);
  const again = await build(`${name} 2`, root, more);
  result(`${name}: built twice`, differences(calendars, again.calendars));
  const due = dues(book);
  const known = { as_of: book.as_of, id: book.handbook.id };
  for (const path of [...new Set([...due.keys(), ...calendars.keys()])].sort()) {
    result(`${name}: ${path}`, problems(calendars.get(path), due.get(path), known));
  }
  return calendars;
}

async function build(name, root, more) {
  const out = join(work, "sites", name);
  await mkdir(dirname(out), { recursive: true });
  // Findings in the content are no matter here.
  await run(partwell, ["build", "--root", root, "--out", out, ...more], { maxBuffer: 1 << 26 }).catch((error) => {
    if (error.code !== 1) throw error;
  });
  const calendars = new Map();
  for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && path.endsWith(".ics")) calendars.set(relative(out, path).split(sep).join("/"), await readFile(path));
  }
  return { book: JSON.parse(await readFile(join(out, "handbook.json"), "utf8")), calendars };
}

function problems(bytes, due, known) {
  if (!due) return ["is a file that nobody asked for"];
  // A calendar without events may be left out.
  if (!bytes) return due.size === 0 ? [] : [`is missing, with its ${due.size} events`];
  return flaws(bytes, due, known);
}

function differences(calendars, again) {
  const paths = [...new Set([...calendars.keys(), ...again.keys()])];
  const differ = paths.filter((path) => !calendars.get(path)?.equals(again.get(path) ?? Buffer.of()));
  return differ.map((path) => `${path} is not the same`);
}

// Somebody who has read a calendar reads a later one.
function wins(name, now, later) {
  for (const [path, bytes] of now) {
    if (!later.has(path)) continue;
    result(`${name}: ${path}, read again`, attempt(() => imports(readings(bytes).first, readings(later.get(path)).first)));
  }
}

function moves(now, later) {
  return attempt(() => {
    const [before, after] = [now, later].map((calendars) => readings(calendars.get("calendar.ics")).first);
    const held = imported(imported(new Map(), before), after);
    const days = [imported(new Map(), before), held].map((events) => events.get(MOVED.uid)?.day);
    return days.join() === [MOVED.from, MOVED.to].join() ? [] : [`${MOVED.uid} is on ${days.join(", then on ")}`];
  });
}

function words(calendars) {
  return attempt(() => {
    const events = [...calendars.values()].flatMap((bytes) => readings(bytes).first);
    const plain = (text) => text.replace(/\s+/gu, " ");
    const seen = events.map(({ summary, description }) => plain(`${summary} ${description}`));
    return WORDS.filter((text) => !seen.some((one) => one.includes(text))).map((text) => `${text} is in no event`);
  });
}

function attempt(look) {
  try {
    return look();
  } catch (error) {
    return [`cannot be read: ${error.message}`];
  }
}
