// A small handbook, and a preview of it that runs.

import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { get as request } from "node:http";
import { dirname, join } from "node:path";

export const playbook = (name, words) =>
  `---\ntitle: ${name}\nvendor: ${name} Ltd\nstatus: active\nowner: Dana Reyes\ncontract: {type: standalone, start: 2026-01-12, term: 12mo, notice: 30d}\n---\n\n${words}\n`;

export async function project(root) {
  const files = {
    "handbook.yaml": "title: Preview\nas_of: 2026-11-21\ntheme: ours\n",
    "content/index.md": "# Welcome\n\n![A picture](shot.svg)\n",
    "content/shot.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>\n',
    "content/guides/one.md": "# One\n\nFirst words.\n",
    "content/guides/parts/index.md": "# Parts\n\nWords of a folder.\n",
    "themes/ours/extra.css": "body { --extra: 0; }\n",
  };
  for (const name of ["alder", "birch", "cedar"]) files[`content/vendors/${name}.md`] = playbook(name, "First words.");
  for (const [path, text] of Object.entries(files)) await write(root, path, text);
  return root;
}

export async function write(root, path, text) {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

export const until = async (holds, patience) => {
  const end = performance.now() + patience;
  for (;;) {
    const value = await holds();
    if (value || performance.now() > end) return value;
    await new Promise((next) => setTimeout(next, 4));
  }
};

export class Preview {
  said = "";

  // Starts a preview and waits until it says where it is.
  static async start(partwell, root, more = []) {
    const preview = new Preview();
    preview.root = root;
    preview.process = spawn(partwell, ["serve", "--root", root, ...more], { stdio: ["ignore", "pipe", "pipe"] });
    preview.ended = new Promise((end) => preview.process.once("exit", (code, signal) => end(signal ?? code)));
    for (const stream of [preview.process.stdout, preview.process.stderr]) stream.on("data", (data) => (preview.said += data));
    const address = await until(() => preview.said.match(/http:\/\/\S+:(\d+)\//), 20_000);
    if (!address) throw new Error(`the preview did not start: ${preview.said}`);
    preview.port = Number(address[1]);
    return preview;
  }

  get address() {
    return `http://localhost:${this.port}/`;
  }

  // The answer to an ordinary request: status, headers, text.
  get(path, headers = {}) {
    return new Promise((answer, fail) => {
      const options = { host: "127.0.0.1", port: this.port, path: `/${path}`, headers, agent: false, timeout: 10_000 };
      const sent = request(options, (response) => {
        const parts = [];
        response.on("data", (part) => parts.push(part));
        response.on("end", () => answer({ status: response.statusCode, headers: response.headers, text: Buffer.concat(parts).toString() }));
      });
      sent.on("error", fail);
      sent.on("timeout", () => sent.destroy(new Error("no answer")));
    });
  }

  // What a page hears at once: the newest, where an edition came meanwhile.
  async state(page) {
    const answer = await fetch(`http://127.0.0.1:${this.port}/_partwell/events?page=${encodeURIComponent(page)}`);
    const reader = answer.body.getReader();
    let said = "";
    while (!said.endsWith("\n\n")) said += Buffer.from((await reader.read()).value).toString();
    await reader.cancel();
    return JSON.parse(said.trim().split("\n\n").at(-1).replace(/^data: /, ""));
  }

  // How many editions there have been.
  get editions() {
    return Number([...this.said.matchAll(/^Edition (\d+)/gm)].at(-1)?.[1] ?? 1);
  }

  async stop(signal = "SIGINT") {
    this.process.kill(signal);
    return this.ended;
  }
}
