import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
const DOTS_PER_INCH = 40;
// A grey that was rounded differs by one or two.
const GREY = 6;

// For each page of a PDF, the first colour on it that is neither black nor white nor a grey between.
export async function colours(file) {
  const { stdout } = await run("pdftoppm", ["-r", `${DOTS_PER_INCH}`, file], { encoding: "buffer", maxBuffer: 1 << 30 });
  const pages = [];
  for (let at = 0; at < stdout.length; ) {
    const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(stdout.toString("latin1", at, at + 40));
    if (!header) throw new Error("the picture of a page could not be read");
    const start = at + header[0].length;
    at = start + header[1] * header[2] * 3;
    pages.push(firstColour(stdout.subarray(start, at)));
  }
  return pages;
}

function firstColour(pixels) {
  for (let at = 0; at < pixels.length; at += 3) {
    const [red, green, blue] = [pixels[at], pixels[at + 1], pixels[at + 2]];
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > GREY) return `rgb(${red}, ${green}, ${blue})`;
  }
  return undefined;
}
