// Open pages when the preview ends, and when it is begun anew.

import { createServer, request } from "node:http";
import { join } from "node:path";
import { Preview, playbook, project, write } from "./preview.mjs";

export async function afterTheEnd(partwell, work, browser, result) {
  for (const [name, behind] of [["", false], [" behind a proxy", true]]) {
    const problems = [];
    const context = await browser.newContext();
    try {
      await throughTheEnd(partwell, await project(join(work, behind ? "proxied" : "ended")), context, behind);
    } catch (error) {
      problems.push(error.message.split("\n")[0]);
    }
    result(`open pages hear of an end and of a new beginning${name}`, problems);
    await context.close();
  }
}

async function throughTheEnd(partwell, root, context, behind) {
  const flags = behind ? ["--allow-host", "localhost"] : [];
  const first = await Preview.start(partwell, root, ["--port", "0", ...flags]);
  const proxy = behind ? await below("/team/book/", first.port) : null;
  let second = null;
  try {
    const tabs = [await context.newPage(), await context.newPage()];
    for (const tab of tabs) {
      await tab.goto(`${proxy?.address ?? first.address}vendors/alder.html`);
      await tab.waitForFunction(() => document.documentElement.dataset.edition);
    }
    const told = (state) => Promise.all(tabs.map((tab) => tab.getByText("The preview has ended").waitFor({ state, timeout: 15_000 })));
    await first.stop();
    await told("visible");
    // An open page has asked again by now, and the proxy has answered it.
    await proxy?.refused;
    await write(root, "content/vendors/alder.md", playbook("alder", "Words of the second."));
    second = await Preview.start(partwell, root, ["--port", String(first.port), ...flags]);
    await Promise.all(tabs.map((tab) => tab.getByText("Words of the second.").waitFor({ timeout: 30_000 })));
    await told("detached");
  } finally {
    await Promise.all([first, second].map((preview) => preview?.stop()));
    proxy?.server.closeAllConnections();
    proxy?.server.close();
  }
}

// A proxy in front of the preview, below a path; it answers in its place where that does not run.
async function below(path, port) {
  let refuse;
  const refused = new Promise((resolve) => { refuse = resolve; });
  const server = createServer((asked, answer) => {
    const inner = asked.url.startsWith(path) ? asked.url.slice(path.length - 1) : "/";
    const onward = request({ port, host: "127.0.0.1", path: inner, headers: asked.headers }, (given) => {
      answer.writeHead(given.statusCode, given.headers);
      given.on("error", () => answer.destroy()).pipe(answer);
    });
    onward.on("error", () => {
      if (answer.headersSent) {
        answer.destroy();
        return;
      }
      answer.writeHead(502).end();
      if (inner.includes("events")) refuse();
    });
    answer.on("close", () => onward.destroy());
    onward.end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, refused, address: `http://localhost:${server.address().port}${path}` };
}
