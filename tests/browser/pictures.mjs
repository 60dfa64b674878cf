// Renews the pictures of the README from a built site: node pictures.mjs SITE OUTDIR
// vendor.png is the first screen of a vendor page, checklist.png the first sheet of a printed checklist.

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { launch } from "./lib/launch.mjs";

const run = promisify(execFile);
const VENDOR = "brightleaf";
const SCREEN = { width: 1280, height: 900 };
const DOTS_PER_INCH = 90;
const LARGEST = 250_000;

const [site, out] = process.argv.slice(2);
if (!out) {
  console.error("usage: node pictures.mjs SITE OUTDIR");
  process.exit(2);
}
const address = (path) => pathToFileURL(resolve(site, path)).href;

const browser = await launch();
const folder = await mkdtemp(join(tmpdir(), "pictures-"));
try {
  await mkdir(out, { recursive: true });
  const tab = await browser.newPage({ viewport: SCREEN, colorScheme: "light" });

  const vendor = join(out, "vendor.png");
  await tab.goto(address(`vendors/${VENDOR}.html`));
  await tab.screenshot({ path: vendor });

  const checklist = join(out, "checklist.png");
  const pdf = join(folder, "checklist.pdf");
  await tab.goto(address(`exit/${VENDOR}/checklist.html`));
  await tab.pdf({ path: pdf, format: "A4" });
  await run("pdftoppm", ["-png", "-r", `${DOTS_PER_INCH}`, "-f", "1", "-l", "1", "-singlefile", pdf, checklist.replace(/\.png$/, "")]);

  for (const picture of [vendor, checklist]) {
    const { size } = await stat(picture);
    console.log(`${picture}: ${Math.ceil(size / 1000)} kB`);
    if (size > LARGEST) {
      console.log(`  FAILED ${picture}: larger than ${LARGEST / 1000} kB`);
      process.exitCode = 1;
    }
  }
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}
