// Edits a handbook while it is served, as editors and people do, and asks the server what nobody should:
// node serve.mjs PARTWELL

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { counting } from "./lib/results.mjs";
import { launch } from "./lib/launch.mjs";
import { Preview, project } from "./lib/preview.mjs";
import { rawRequests, slowClients, otherOrigins } from "./lib/requests.mjs";
import { idle, saves } from "./lib/saves.mjs";
import { inTheBrowser } from "./lib/live-page.mjs";
import { endings } from "./lib/endings.mjs";
import { afterTheEnd } from "./lib/preview-end.mjs";

const [partwell] = process.argv.slice(2);
if (!partwell) {
  console.error("usage: node serve.mjs PARTWELL");
  process.exit(2);
}

const { result, finish } = counting();
const work = await mkdtemp(join(tmpdir(), "partwell-serve-"));
const browser = await launch({ local: true });
try {
  const root = await project(join(work, "book"));
  const preview = await Preview.start(partwell, root);
  try {
    await rawRequests(preview, result);
    await otherOrigins(preview, browser, result);
    await slowClients(preview, result);
    await saves(preview, result);
    await idle(preview, result);
    await inTheBrowser(preview, browser, result);
  } finally {
    await preview.stop();
  }
  await endings(partwell, work, browser, result);
  await afterTheEnd(partwell, work, browser, result);
} finally {
  await browser.close();
  await rm(work, { recursive: true, force: true });
}
finish(108);
