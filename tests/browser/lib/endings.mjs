// How a preview ends, and what it does where it cannot begin.

import { connect, createServer } from "node:net";
import { execFile } from "node:child_process";
import { mkdir, readFile, readdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Preview, playbook, project, until, write } from "./preview.mjs";

export async function endings(partwell, work, browser, result) {
  const run = (...args) =>
    new Promise((done) => execFile(partwell, ["serve", ...args], { timeout: 10_000 }, (error, _, said) => done({ code: error ? error.code : 0, said })));

  const root = await project(join(work, "ends"));
  await mkdir(join(root, "site"));
  await writeFile(join(root, "site/kept.txt"), "mine");
  const before = await readdir(root, { recursive: true });
  for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]]) {
    const preview = await Preview.start(partwell, root, ["--port", "0"]);
    await preview.get("index.html");
    const ended = await preview.stop(signal);
    result(`stopped by ${signal}`, [
      ...(ended === code ? [] : [`ended with ${ended}, not ${code}`]),
      ...(/panic/i.test(preview.said) ? [preview.said] : []),
    ]);
  }
  const after = await readdir(root, { recursive: true });
  result("nothing is written", JSON.stringify(after.sort()) === JSON.stringify(before.sort()) ? [] : ["the folder holds other files"]);

  const busy = createServer();
  await new Promise((ready) => busy.listen(0, "127.0.0.1", ready));
  const taken = await run("--root", root, "--port", String(busy.address().port));
  result("a busy port", taken.code === 3 && taken.said.includes("busy") ? [] : [`${taken.code}: ${taken.said}`]);
  busy.close();
  const open = await run("--root", root, "--host", "0.0.0.0");
  result("other machines", open.code === 2 && open.said.includes("--expose") ? [] : [`${open.code}: ${open.said}`]);
  const exposed = await Preview.start(partwell, root, ["--host", "0.0.0.0", "--expose", "--port", "0", "--allow-host", "book.example"]);
  const allowed = await exposed.get("index.html", { host: "book.example" });
  result("exposed on purpose", exposed.said.includes("WARNING") && allowed.status === 200 ? [] : [`${allowed.status}: ${exposed.said}`]);
  for (const [host, wanted] of [["192.0.2.7", 200], ["192.0.2.7:8080", 200], ["[2001:db8::7]:80", 200], ["localhost:8080", 200], ["evil.example", 421], ["192.0.2.7.evil.example", 421]]) {
    const { status } = await exposed.get("index.html", { host });
    result(`exposed, asked as ${host}`, status === wanted ? [] : [`answers with ${status}`]);
  }
  await exposed.stop();

  await brokenStart(partwell, work, browser, result);
  await lostFiles(partwell, work, result);
  await lostContent(partwell, work, result);
  await otherFolder(partwell, work, result);
  await slowReaders(partwell, work, result);
  await editors(partwell, root, result);
}

// It begins on broken content, and the handbook appears once it is put right.
async function brokenStart(partwell, work, browser, result) {
  const root = await project(join(work, "broken"));
  await write(root, "handbook.yaml", "title: [\n");
  const preview = await Preview.start(partwell, root, ["--port", "0"]);
  const first = await preview.get("index.html");
  const problems = first.status === 503 ? [] : [`answered with ${first.status}`];
  const tab = await browser.newPage();
  await tab.goto(`${preview.address}index.html`);
  await tab.getByText("handbook.yaml:").first().waitFor({ timeout: 10_000 });
  if (/last good state/.test(await tab.locator("body").innerText())) problems.push("speaks of a good state that there is not");
  await write(root, "handbook.yaml", "title: Mended\n");
  if (!(await until(async () => (await preview.get("index.html")).status === 200, 5_000))) problems.push("the handbook did not appear");
  await tab.getByText("Mended").first().waitFor({ timeout: 10_000 });
  await tab.close();
  result("begun on broken content", problems);
  await preview.stop();
}

// The folder goes away and comes back.
async function lostFiles(partwell, work, result) {
  const root = await project(join(work, "lost"));
  const preview = await Preview.start(partwell, root, ["--port", "0"]);
  const problems = [];
  await rename(root, `${root}-away`);
  await writeFile(join(`${root}-away`, "note.txt"), "");
  if (!(await until(() => /last good state stays/.test(preview.said), 5_000))) problems.push("nothing was said");
  if ((await preview.get("vendors/alder.html")).status !== 200) problems.push("the last good page is gone");
  await rename(`${root}-away`, root);
  await write(root, "content/vendors/alder.md", playbook("alder", "Back again."));
  const back = await until(async () => (await preview.get("vendors/alder.html")).text.includes("Back again."), 10_000);
  if (!back) problems.push("it does not follow any more");
  result("a folder that goes and comes back", problems);
  await preview.stop("SIGKILL");
  const text = await readFile(join(root, "content/vendors/alder.md"), "utf8");
  result("killed", text.includes("Back again.") ? [] : ["a file was lost"]);
  await rm(root, { recursive: true });
}

// The folder of all playbooks goes away and comes back.
async function lostContent(partwell, work, result) {
  const root = await project(join(work, "lost-content"));
  const preview = await Preview.start(partwell, root, ["--port", "0"]);
  await rename(join(root, "content"), join(root, "away"));
  let state;
  const hears = async () => ((state = await preview.state("vendors/alder.html")), state.held && state.problems[0]?.message.includes("content"));
  const problems = [];
  if (!(await until(hears, 5_000))) problems.push(`pages hear ${JSON.stringify(state)}`);
  if ((await preview.get("vendors/alder.html")).status !== 200) problems.push("the last good page is gone");
  await rename(join(root, "away"), join(root, "content"));
  if (!(await until(async () => !(await preview.state("vendors/alder.html")).held, 5_000))) problems.push("it is held still");
  result("a content folder that goes and comes back", problems);
  await preview.stop();
}

// What stands under the name of the folder is another one all at once: a link leads elsewhere, or a disk was put on it.
// No folder that is watched has changed then.
async function otherFolder(partwell, work, result) {
  const [one, other, name] = [await project(join(work, "one")), await project(join(work, "other")), join(work, "current")];
  await write(other, "content/vendors/alder.md", playbook("alder", "Words of the other."));
  await symlink(one, name);
  const preview = await Preview.start(partwell, name, ["--port", "0"]);
  await symlink(other, `${name}-next`);
  await rename(`${name}-next`, name);
  const shows = (words) => until(async () => (await preview.get("vendors/alder.html")).text.includes(words), 10_000);
  const problems = (await shows("Words of the other.")) ? [] : ["the other is not shown"];
  await write(other, "content/vendors/alder.md", playbook("alder", "Saved there."));
  if (!(await shows("Saved there."))) problems.push("it is not followed");
  result("a folder that is another all at once", problems);
  await preview.stop();
}

// Who takes a large file slowly holds little of it.
async function slowReaders(partwell, work, result) {
  const root = await project(join(work, "large"));
  for (let n = 0; n < 300; n += 1) await write(root, `content/vendors/v${n}.md`, playbook(`v${n}`, "Words of it. ".repeat(500)));
  const preview = await Preview.start(partwell, root, ["--port", "0"]);
  const memory = async () => Number((await readFile(`/proc/${preview.process.pid}/status`, "utf8")).match(/^VmRSS:\s+(\d+)/m)[1]) / 1024;
  for (const path of ["handbook.json", "register.html"]) {
    const { text } = await preview.get(path);
    const before = await memory();
    const sockets = Array.from({ length: 60 }, () => {
      const socket = connect(preview.port, "127.0.0.1");
      socket.on("error", () => {});
      socket.write(`GET /${path} HTTP/1.1\r\nHost: localhost:${preview.port}\r\n\r\n`);
      return socket.pause();
    });
    await until(() => sockets.every((socket) => socket.bytesWritten > 0 && !socket.connecting), 5_000);
    // Each has begun to be answered once another is, which came after it.
    const { status } = await preview.get(path);
    const grown = (await memory()) - before;
    sockets.forEach((socket) => socket.destroy());
    result(`60 slow readers of ${path}`, [
      ...(status === 200 ? [] : [`another gets ${status}`]),
      ...(grown < 20 ? [] : [`${grown.toFixed(0)} MB for ${(text.length / 2 ** 20).toFixed(1)} MB each`]),
    ]);
  }
  await preview.stop();
}

// Places become links where an editor is named; paths are of this preview only.
async function editors(partwell, root, result) {
  await write(root, "content/vendors/alder.md", playbook("alder", "Words.").replace("title: alder", "titel: alder"));
  const preview = await Preview.start(partwell, root, ["--port", "0", "--editor", "edit://{path}:{line}:{column}"]);
  const state = await preview.state("index.html");
  const link = state.problems[0]?.link ?? "";
  result("places lead into an editor", /^edit:\/\/.*\/content\/vendors\/alder\.md:\d+:\d+$/.test(link) ? [] : [`the link is ${link}`]);
  const page = await preview.get("vendors/alder.html");
  result("pages hold no path of this machine", page.text.includes(root) ? ["one does"] : []);
  await preview.stop();
}
