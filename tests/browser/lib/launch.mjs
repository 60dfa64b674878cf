// One way to start the browser for checks and pictures: headless, and cut off from every network; this machine's own
// servers are reached where `local` says so.

import { chromium } from "playwright-core";

export const launch = ({ local = false } = {}) =>
  chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
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
