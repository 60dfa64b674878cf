// The ways in which editors, people and programs put a new text in place of an old one.

import { execFileSync } from "node:child_process";
import { appendFile, copyFile, link, mkdir, open, readFile, readdir, rename, rm, symlink, truncate, unlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { playbook, until, write } from "./preview.mjs";

const PATIENCE = 5_000;
const FILE = "content/vendors/alder.md";
const PAGE = "vendors/alder.html";

// Writes into a file that is mapped into memory: the system reports no more than that the file is closed.
const MAPPED = `
import mmap, sys
with open(sys.argv[1], "r+b") as file, mmap.mmap(file.fileno(), 0) as room:
    room[:] = sys.argv[2].encode()
    room.flush()
`;

// Each puts a text in place, and names the page that shows it.
const WAYS = {
  "in place": async (root, text) => writeFile(join(root, FILE), text),
  "in place, piece by piece": async (root, text) => {
    const file = await open(join(root, FILE), "w");
    for (let at = 0; at < text.length; at += 40) await file.write(text.slice(at, at + 40));
    await file.close();
  },
  "cut and grown": async (root, text) => {
    await truncate(join(root, FILE), 0);
    await appendFile(join(root, FILE), text);
  },
  "another in its place": async (root, text) => {
    await writeFile(join(root, "content/vendors/alder.md.tmp123"), text);
    await rename(join(root, "content/vendors/alder.md.tmp123"), join(root, FILE));
  },
  "with a backup, as vim does": async (root, text) => {
    await rename(join(root, FILE), join(root, `${FILE}~`));
    await writeFile(join(root, FILE), text);
    await unlink(join(root, `${FILE}~`));
  },
  "gone and back": async (root, text) => {
    await unlink(join(root, FILE));
    await writeFile(join(root, FILE), text);
  },
  "moved in from elsewhere": async (root, text) => {
    await writeFile(join(root, "outside.txt"), text);
    await rename(join(root, "outside.txt"), join(root, FILE));
  },
  "copied over": async (root, text) => {
    await writeFile(join(root, "outside.txt"), text);
    await copyFile(join(root, "outside.txt"), join(root, FILE));
    await unlink(join(root, "outside.txt"));
  },
  "a second name": async (root, text) => {
    await writeFile(join(root, "content/vendors/.new"), text);
    await unlink(join(root, FILE));
    await link(join(root, "content/vendors/.new"), join(root, FILE));
    await unlink(join(root, "content/vendors/.new"));
  },
  "a link that points elsewhere": async (root, text, n) => {
    await mkdir(join(root, "texts"), { recursive: true });
    await writeFile(join(root, `texts/${n}.md`), text);
    await symlink(join(root, `texts/${n}.md`), join(root, "content/vendors/.link"));
    await rename(join(root, "content/vendors/.link"), join(root, FILE));
  },
  "behind a link": async (root, text) => {
    await mkdir(join(root, "texts"), { recursive: true });
    if (!(await readFile(join(root, "texts/kept.md")).catch(() => null))) {
      await writeFile(join(root, "texts/kept.md"), text);
      await symlink(join(root, "texts/kept.md"), join(root, "content/vendors/.kept"));
      await rename(join(root, "content/vendors/.kept"), join(root, FILE));
    } else {
      await writeFile(join(root, "texts/kept.md"), text);
    }
  },
  "through a memory map": async (root, text) => {
    const file = join(root, FILE);
    if ((await readFile(file, "utf8")).length !== text.length) {
      await writeFile(file, text);
      return;
    }
    execFileSync("python3", ["-c", MAPPED, file, text]);
  },
  "with an old time": async (root, text) => {
    await writeFile(join(root, FILE), text);
    await utimes(join(root, FILE), 1_000_000_000, 1_000_000_000);
  },
};

export async function saves(preview, result) {
  const { root } = preview;
  const rounds = Number(process.env.PARTWELL_ROUNDS ?? 6);
  const times = [];
  for (const [way, save] of Object.entries(WAYS)) {
    const problems = [];
    await rm(join(root, FILE), { force: true });
    await write(root, FILE, playbook("alder", "Between two ways."));
    for (let n = 0; n < rounds; n += 1) {
      const mark = `Mark ${way.replaceAll(/\W/g, "")} ${n}`;
      await save(root, playbook("alder", `${mark}.`), n);
      times.push(await seen(preview, PAGE, mark, problems));
    }
    result(`a save ${way}`, problems);
  }
  times.sort((a, b) => a - b);
  console.log(`  note: ${times.length} saves in ${Object.keys(WAYS).length} ways, seen after ${times[times.length >> 1].toFixed(0)} ms, ${times.at(-1).toFixed(0)} at most`);
  await folders(preview, result);
  await others(preview, result);
}

async function seen(preview, page, mark, problems) {
  const started = performance.now();
  const is = await until(async () => (await preview.get(page)).text.includes(mark), PATIENCE);
  if (!is) problems.push(`${mark} was not seen`);
  return performance.now() - started;
}

// Folders that come, go and change their names, with what is in them.
async function folders(preview, result) {
  const { root } = preview;
  const steps = {
    "folders made and filled at once": ["vendors/deep.html", "Mark deep", () => write(root, "content/vendors/a/b/c/deep.md", playbook("deep", "Mark deep."))],
    "a file in them later": ["vendors/deep.html", "Mark later", () => write(root, "content/vendors/a/b/c/deep.md", playbook("deep", "Mark later."))],
    "a folder with another name": ["more/two.html", "Mark two", async () => {
      await write(root, "content/guides/two.md", "# Two\n\nMark two.\n");
      await rename(join(root, "content/guides"), join(root, "content/more"));
    }],
    "a file in it": ["more/two.html", "Mark renamed", () => write(root, "content/more/two.md", "# Two\n\nMark renamed.\n")],
    "a folder in its old place": ["guides/three.html", "Mark three", () => write(root, "content/guides/three.md", "# Three\n\nMark three.\n")],
    "a file in that": ["guides/three.html", "Mark again", () => write(root, "content/guides/three.md", "# Three\n\nMark again.\n")],
    "a folder gone and back": ["guides/three.html", "Mark back", async () => {
      await rm(join(root, "content/guides"), { recursive: true });
      await write(root, "content/guides/three.md", "# Three\n\nMark back.\n");
    }],
    "two hundred files at once": ["many/n199.html", "Mark 199", () => Promise.all(Array.from({ length: 200 }, (_, n) => write(root, `content/many/n${n}.md`, `# N\n\nMark ${n}.\n`)))],
  };
  for (const [name, [page, mark, step]] of Object.entries(steps)) {
    const problems = [];
    await step();
    await seen(preview, page, mark, problems);
    result(name, problems);
  }
  await places(preview, result);
  await rm(join(root, "content/many"), { recursive: true });
  const gone = await until(async () => (await preview.get("many/n1.html")).status === 404, PATIENCE);
  result("what is gone is gone", gone ? [] : ["it is still shown"]);
}

// Another folder in the place of all content, and a save in it after that.
async function places(preview, result) {
  const { root } = preview;
  const [content, aside, other] = ["content", "aside", "other"].map((name) => join(root, name));
  const copy = (from, to) => execFileSync("cp", ["-r", from, to]);
  const changes = {
    "all content copied back": async () => {
      await rename(content, aside);
      copy(aside, content);
    },
    "all content away and back": async () => {
      await rename(content, other);
      await rename(other, content);
    },
    "a link in its place": async () => {
      await rm(aside, { recursive: true });
      await rename(content, aside);
      await symlink("aside", content);
    },
    "a second name for a file, and no more": async () => {
      await symlink("three.md", join(root, "content/guides/second.md"));
      await until(async () => (await preview.get("guides/second.html")).status === 200, PATIENCE);
      await unlink(join(root, "content/guides/second.md"));
      await until(async () => (await preview.get("guides/second.html")).status === 404, PATIENCE);
    },
    "a link to another": async () => {
      copy(aside, other);
      await symlink("other", join(root, ".link"));
      await rename(join(root, ".link"), content);
    },
    "the folder itself": async () => {
      await unlink(content);
      await rename(other, content);
      await rm(aside, { recursive: true });
    },
  };
  for (const [name, change] of Object.entries(changes)) {
    const problems = [];
    await change();
    for (const n of [1, 2]) {
      const mark = `Mark ${name} ${n}`;
      await write(root, "content/guides/three.md", `# Three\n\n${mark}.\n`);
      await seen(preview, "guides/three.html", mark, problems);
    }
    const mark = `Mark ${name} at the top`;
    await write(root, "content/top.md", `# Top\n\n${mark}.\n`);
    await seen(preview, "top.html", mark, problems);
    result(name, problems);
  }
}

// Everything else that a page is made from.
async function others(preview, result) {
  const { root } = preview;
  const steps = {
    "the configuration": ["index.html", "Renamed", () => write(root, "handbook.yaml", "title: Renamed\nas_of: 2026-11-21\ntheme: ours\n")],
    "a style": ["assets/extra.css", "--extra: 1", () => write(root, "themes/ours/extra.css", "body { --extra: 1; }\n")],
    "a picture": ["shot.svg", 'width="9"', () => write(root, "content/shot.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9"/>\n')],
    "a template": ["no-such-page.html", "", () => write(root, "themes/ours/redirect.html", "{{ target }}")],
  };
  for (const [name, [page, mark, step]] of Object.entries(steps)) {
    const problems = [];
    await step();
    await seen(preview, page, mark, problems);
    result(name, problems);
  }
}

// Reading files changes nothing, and so does writing what was there.
export async function idle(preview, result) {
  const { root } = preview;
  await until(async () => (await preview.get("index.html")).status === 200, PATIENCE);
  await new Promise((next) => setTimeout(next, 300));
  const before = preview.editions;
  const seconds = Number(process.env.PARTWELL_IDLE ?? 3);
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    for (const path of await readdir(join(root, "content"), { recursive: true })) await readFile(join(root, "content", path)).catch(() => {});
    execFileSync("touch", [join(root, "content/vendors/birch.md")]);
    const text = await readFile(join(root, "content/vendors/cedar.md"), "utf8");
    await writeFile(join(root, "content/vendors/.cedar"), text);
    await rename(join(root, "content/vendors/.cedar"), join(root, "content/vendors/cedar.md"));
    await new Promise((next) => setTimeout(next, 50));
  }
  result("nothing but reading and touching", preview.editions === before ? [] : [`${preview.editions - before} editions were made`]);
}
