// What three programs that are not ours read from a PDF: qpdf, poppler and, through a script, pikepdf.

import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const SCRIPT = join(dirname(fileURLToPath(import.meta.url)), "..", "pdf_structure.py");
const PYTHON = process.env.PYTHON || "python3";
const MUCH = { maxBuffer: 1 << 28 };
// This poppler wants a word where the standard has a boolean, and says so of every PDF that has it.
const MISTAKEN = /^Syntax Error: Suspects object is wrong type \(boolean\)$/;
const IN_LINE = new Set(["Span", "Link", "Object"]);

export async function readPdf(file) {
  const [check, info, fonts, raw, places, structure] = await Promise.all([
    call("qpdf", ["--check", file]),
    call("pdfinfo", ["-f", "1", "-l", "-1", file]),
    call("pdffonts", [file]),
    call("pdftotext", ["-raw", file, "-"]),
    call("pdftotext", ["-raw", "-bbox", file, "-"]),
    run(PYTHON, [SCRIPT, file], MUCH),
  ]);
  return {
    qpdf: check.code === undefined ? [] : complaints(`${check.stdout}${check.stderr}`),
    poppler: [...new Set([info, fonts, raw, places].flatMap(({ stderr }) => complaints(stderr)))],
    sizes: [...info.stdout.matchAll(/^Page +\d+ size: +([\d.]+) x ([\d.]+)/gm)].map(([, x, y]) => [+x, +y]),
    isTagged: /^Tagged: +yes$/m.test(info.stdout),
    fonts: fonts.stdout.split("\n").slice(2).filter(Boolean).map(font),
    texts: raw.stdout.split("\f").slice(0, -1),
    words: places.stdout.split("<page ").slice(1).map(words),
    ...JSON.parse(structure.stdout)[0],
  };
}

// The text of each section in the order of the structure. What stands within a line is told without a space around it.
export const spoken = ({ tree }) => tree.flatMap(({ kids }) => kids).map(spokenOf);

// What is told instead of what is drawn counts: the letters of a word from right to left are drawn as they are seen.
function spokenOf({ kids, actual }) {
  if (actual) return actual;
  return kids.map((kid) => (typeof kid === "string" ? kid : `${IN_LINE.has(kid.tag) ? "" : " "}${spokenOf(kid)}`)).join("");
}

// The same as poppler reads it, which takes a second for a page: a line of its own for each text and each element.
export async function spokenByPoppler(file) {
  const { stdout } = await run("pdfinfo", ["-struct-text", file], MUCH);
  const found = [];
  for (const line of stdout.split("\n")) {
    const [, quoted] = /^ *"(.*)"$/.exec(line) ?? [];
    const [, tag] = /^ *([A-Z]\w*)/.exec(line) ?? [];
    if (tag === "Sect") found.push("");
    else if (found.length > 0 && !IN_LINE.has(tag)) found[found.length - 1] += quoted ?? " ";
  }
  return found;
}

async function call(program, args) {
  return run(program, args, MUCH).catch((error) => {
    // A program that is not there says nothing about a file.
    if (error.code === "ENOENT") throw error;
    return error;
  });
}

function complaints(text) {
  return text.split("\n").filter((line) => line.trim() && !MISTAKEN.test(line));
}

// `ABCDEF+Name  CID TrueType  Identity-H  yes yes yes  12  0`
function font(line) {
  const [, name, embedded, unicode] = /^(\S+) .*?(yes|no) +(?:yes|no) +(yes|no) +\d+ +\d+$/.exec(line) ?? [undefined, line];
  return { name, isEmbedded: embedded === "yes", hasUnicode: unicode === "yes" };
}

function words(xml) {
  const found = xml.matchAll(/<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)<\/word>/gs);
  return [...found].map(([, x0, y0, x1, y1, text]) => ({ text: unescape(text), x0: +x0, y0: +y0, x1: +x1, y1: +y1 }));
}

function unescape(text) {
  const names = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => names[name]);
}
