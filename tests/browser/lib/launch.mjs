// One way to start the browser for checks and pictures: headless, cut off from every network, and with the same
// letters on every machine, so that a page of paper holds as much here as there. This machine's own servers are
// reached where `local` says so.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const launch = ({ local = false } = {}) =>
  chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    env: { ...process.env, FONTCONFIG_FILE: fonts() },
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      `--host-resolver-rules=MAP * ~NOTFOUND${local ? ", EXCLUDE localhost, EXCLUDE 127.0.0.1" : ""}`,
    ],
  });

// The fonts of the theme, which are wider than those of most machines, and for the rest those of fonts-dejavu-core.
function fonts() {
  const theme = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "themes", "default", "fonts");
  const folder = mkdtempSync(join(tmpdir(), "partwell-fonts-"));
  const file = join(folder, "fonts.conf");
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const alias = (name, font) => `<alias binding="same"><family>${name}</family><prefer><family>${font}</family></prefer></alias>`;
  const lines = [
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    "<fontconfig>",
    `<dir>${theme}</dir><dir>/usr/share/fonts/truetype/dejavu</dir><cachedir>${folder}</cachedir>`,
    // Letters are as wide as they are drawn, not rounded to the dots of a screen.
    '<match target="pattern"><edit name="hinting" mode="assign"><bool>false</bool></edit><edit name="hintstyle" mode="assign"><const>hintnone</const></edit></match>',
    '<match target="font"><edit name="hinting" mode="assign"><bool>false</bool></edit><edit name="hintstyle" mode="assign"><const>hintnone</const></edit></match>',
    "<selectfont><rejectfont><glob>*Condensed*</glob></rejectfont></selectfont>",
    alias("sans-serif", "Noto Sans"),
    alias("serif", "DejaVu Serif"),
    alias("monospace", "DejaVu Sans Mono"),
    "</fontconfig>",
  ];
  writeFileSync(file, `${lines.join("\n")}\n`);
  return file;
}
