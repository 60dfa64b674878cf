// Reads the PDFs of built handbooks back, with three programs that are not ours: node pdfs.mjs PARTWELL
// What has to be in them is taken from the pages of the same build. pikepdf is asked through $PYTHON.

import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { parse } from "yaml";
import { noticesBrokenPdfs } from "./lib/broken-pdfs.mjs";
import { each } from "./lib/each.mjs";
import { launch } from "./lib/launch.mjs";
import { leaves } from "./lib/leaves.mjs";
import { BUILT_IN, HIGH, NAMES, ODD, WIDER } from "./lib/odd-pdfs.mjs";
import { flaws } from "./lib/pdf-flaws.mjs";
import { noteFlaws, sameFlaws } from "./lib/pdf-made.mjs";
import { readPdf } from "./lib/read-pdf.mjs";
import { counting } from "./lib/results.mjs";

const run = promisify(execFile);
const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
// A font with letters of more scripts than the built-in ones; from the package fonts-dejavu-core.
const FONT = process.env.FONT || "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
const LEAVING = ["exiting", "ended"];
const HAS_PACK = ["at_risk", ...LEAVING];
// A word with a letter that the built-in fonts do not have.
const SCRIPTS = ["Latin", "Greek", "Cyrillic", "Common", "Inherited"].map((script) => `\\p{Script=${script}}`).join("");
const FOREIGN = `[^${SCRIPTS}]|\\p{Extended_Pictographic}|\\p{Regional_Indicator}|\\p{Emoji_Modifier}|\\p{Co}|\\p{Me}`;
const UNPRINTABLE = new RegExp(`\\S*(?:${FOREIGN})\\S*`, "u");

const [partwell] = process.argv.slice(2);
if (!partwell) {
  console.error("usage: node pdfs.mjs PARTWELL");
  process.exit(2);
}

const { result, finish } = counting();
const work = await mkdtemp(join(tmpdir(), "partwell-pdfs-"));
const browser = await launch();
try {
  const examples = (await readdir(join(ROOT, "examples"), { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const own = await copy("handbook", ROOT, {});
  await check("handbook", own, none);
  await check("handbook, Letter", await copy("letter", ROOT, { paper: "Letter" }), none);
  for (const { name } of examples) await check(name, await copy(name, join(ROOT, "examples", name), {}), none);
  await check("names", await project("names"), (slug) => (BUILT_IN.includes(slug) ? [] : Object.values(NAMES[slug])));
  const wider = await project("wider");
  await mkdir(join(wider, "content", "fonts"));
  await cp(FONT, join(wider, "content", "fonts", "wider.ttf"));
  await check("wider", wider, (slug) => (WIDER.includes(slug) ? [] : Object.values(NAMES[slug])));
  await check("texts", await project("texts"), (slug) => (slug === "strange" ? ["🎉"] : []));
  await noticesBrokenPdfs(await few(own), result);
} finally {
  await browser.close();
  await rm(work, { recursive: true });
}
finish(100);

function none() {
  return [];
}

async function copy(name, from, more) {
  const root = join(work, "projects", name);
  await cp(join(from, "content"), join(root, "content"), { recursive: true });
  await writeFile(join(root, "handbook.yaml"), withPdf(await readFile(join(from, "handbook.yaml"), "utf8"), more));
  return root;
}

async function project(name) {
  const root = join(work, "projects", name);
  for (const [path, text] of Object.entries(ODD[name])) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), path === "handbook.yaml" ? withPdf(text, {}) : text);
  }
  return root;
}

function withPdf(yaml, more) {
  const lines = Object.entries({ ...more, pdf: "leaving" });
  const kept = yaml.split("\n").filter((line) => !lines.some(([key]) => line.startsWith(`${key}:`)));
  return `${kept.join("\n")}\n${lines.map(([key, value]) => `${key}: ${value}\n`).join("")}`;
}

// `replaced`: the names of a vendor that no font has letters for, by its page's name.
async function check(name, root, replaced) {
  const site = join(work, "sites", name);
  const said = await call(["build", "--root", root, "--out", site]);
  await call(["build", "--root", root, "--out", `${site} again`]);
  await call(["exit", "--all", "--pdf", "--root", root, "--out", `${site} packs`]);
  const { vendors } = JSON.parse(await readFile(join(site, "handbook.json"), "utf8"));
  const config = parse(await readFile(join(root, "handbook.yaml"), "utf8"));
  await each(vendors.filter(({ fields }) => HAS_PACK.includes(fields.status)), async ({ slug, fields }) => {
    const pack = (out) => readFile(join(out, "exit", slug, "pack.pdf"));
    const file = join(site, "exit", slug, "pack.pdf");
    const bytes = await pack(site).catch(() => undefined);
    if (!bytes) return result(`${name}: ${slug}`, ["has no PDF of its pack"]);
    const others = { "a second build": await pack(`${site} again`), "exit --all --pdf": await pack(`${site} packs`) };
    // For one that is not leaving yet, the command rehearses an ending instead.
    if (LEAVING.includes(fields.status)) {
      await call(["exit", slug, "--pdf", "--root", root, "--out", `${site} ${slug}`]);
      others["exit --pdf"] = await pack(`${site} ${slug}`);
    }
    result(`${name}: ${slug}, made again`, sameFlaws(bytes, others));
    const names = replaced(slug);
    result(`${name}: ${slug}, what is said about it`, noteFlaws(said, slug, names));
    const known = { ...(await knownOf(dirname(file), config)), unprintable: names.length > 0 ? UNPRINTABLE : undefined, hasHighRows: slug === HIGH };
    result(`${name}: ${slug}`, flaws(await readPdf(file), known));
  });
}

async function call(args) {
  // Findings in the content are no matter here.
  const { stdout, stderr } = await run(partwell, args, { maxBuffer: 1 << 26 }).catch((error) => {
    if (error.code !== 1) throw error;
    return error;
  });
  return `${stdout}\n${stderr}`.split("\n");
}

// What the pages of a pack say: the pack's own page, and those of the sheets beside it, in the order of its links.
async function knownOf(folder, { language = "en", paper = "A4" }) {
  const tab = await browser.newPage();
  try {
    const open = async (page) => {
      await tab.goto(pathToFileURL(join(folder, page)).href);
      return tab.evaluate(leaves);
    };
    const sheets = await open("index.html");
    const links = await tab.evaluate(() => [...document.querySelectorAll("ul.links a")].map((link) => link.getAttribute("href")));
    const pages = links.filter((page) => /^[\w-]+\.html$/.test(page));
    for (const page of pages) {
      const alone = await open(page);
      const inPack = sheets.filter(({ name }) => `${name}.html` === page);
      if (inPack.length === 0) sheets.push(...alone);
      else if (JSON.stringify(inPack) !== JSON.stringify(alone)) result(join(folder, page), ["says something else than the page of the pack"]);
    }
    return { vendor: sheets[0].vendor, language, paper, sheets };
  } finally {
    await tab.close();
  }
}

// A small pack to break: a sheet with lists and tables, and one in two copies.
async function few(root) {
  const out = join(work, "few");
  await call(["exit", "brightleaf", "--sheet", "brief,nda", "--pdf", "--root", root, "--out", out]);
  const folder = join(out, "exit", "brightleaf");
  return { file: join(folder, "pack.pdf"), known: await knownOf(folder, {}), work };
}
