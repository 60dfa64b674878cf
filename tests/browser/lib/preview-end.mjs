// Open pages when the preview ends, and when it is begun anew.

import { join } from "node:path";
import { Preview, playbook, project, write } from "./preview.mjs";

export async function afterTheEnd(partwell, work, browser, result) {
  const root = await project(join(work, "ended"));
  const first = await Preview.start(partwell, root, ["--port", "0"]);
  const context = await browser.newContext();
  const problems = [];
  try {
    const tabs = [await context.newPage(), await context.newPage()];
    for (const tab of tabs) {
      await tab.goto(`${first.address}vendors/alder.html`);
      await tab.waitForFunction(() => document.documentElement.dataset.edition);
    }
    const told = (state) => Promise.all(tabs.map((tab) => tab.getByText("The preview has ended").waitFor({ state, timeout: 15_000 })));
    await first.stop();
    await told("visible");
    await write(root, "content/vendors/alder.md", playbook("alder", "Words of the second."));
    const second = await Preview.start(partwell, root, ["--port", String(first.port)]);
    await Promise.all(tabs.map((tab) => tab.getByText("Words of the second.").waitFor({ timeout: 30_000 })));
    await told("detached");
    await second.stop();
  } catch (error) {
    problems.push(error.message.split("\n")[0]);
  }
  result("open pages hear of an end and of a new beginning", problems);
  await context.close();
}
