import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parse } from "yaml";

const run = promisify(execFile);
const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const PROJECT = ["handbook.yaml", "content", "themes", "branding"];

// The project a site was built from: the repository's own handbook, or the example of the site's name.
const projectOf = (site) => (basename(site.root) === "handbook" ? ROOT : join(ROOT, "examples", basename(site.root)));

// Files what a browser exported into a copy of the project, with the program that PARTWELL names.
export async function recordProblems(site, slug, exported) {
  const copy = await mkdtemp(join(tmpdir(), "partwell-record-"));
  try {
    for (const name of PROJECT) {
      await cp(join(projectOf(site), name), join(copy, name), { recursive: true }).catch((error) => {
        if (error.code !== "ENOENT") throw error;
      });
    }
    const vendor = site.handbook.vendors.find((one) => one.slug === slug);
    const playbook = join(copy, vendor.path);
    const before = await readFile(playbook, "utf8");
    const ticks = join(copy, "ticks.json");
    await writeFile(ticks, exported);

    await partwell("exit", slug, "--record", ticks, "--root", copy);
    const after = await readFile(playbook, "utf8");
    const recorded = frontMatter(after).exit?.steps ?? [];
    const problems = JSON.parse(exported).steps.flatMap((step) => stepProblems(step, recorded, vendor));
    if (lines(before).some((line) => !lines(after).includes(line))) problems.push("recording took lines out of the playbook");

    await partwell("exit", slug, "--record", ticks, "--root", copy);
    if ((await readFile(playbook, "utf8")) !== after) problems.push("recording twice changes the playbook twice");

    const out = join(copy, "built");
    await partwell("build", "--root", copy, "--out", out);
    const built = JSON.parse(await readFile(join(out, "handbook.json"), "utf8")).vendors.find((one) => one.slug === slug);
    for (const { id, done } of JSON.parse(exported).steps) {
      const step = built.exit.steps.find((one) => one.id === id);
      // A day after the handbook's own is planned, and has not happened.
      if (done <= site.handbook.as_of && step?.state !== "done") problems.push(`${id} is ${step?.state} after it was recorded`);
    }
    return problems;
  } catch (error) {
    return [`could not be recorded: ${error.stderr || error.message}`];
  } finally {
    await rm(copy, { recursive: true });
  }
}

// Findings in the content are no matter here.
async function partwell(...words) {
  await run(resolve(process.env.PARTWELL), words).catch((error) => {
    if (words[0] !== "build" || error.code !== 1) throw error;
  });
}

const frontMatter = (text) => parse(text.split(/^---\s*$/m)[1]);
const lines = (text) => text.split("\n").map((line) => line.trim());

function stepProblems({ id, done, done_by, evidence }, recorded, vendor) {
  const step = recorded.find((one) => one.id === id);
  if (!step) return [`the playbook has no step ${id}`];
  const contact = (vendor.fields.contacts ?? []).find(({ name }) => name === done_by || done_by.startsWith(`${name} (`));
  const wanted = { done, done_by: contact?.id ?? done_by, evidence };
  return Object.entries(wanted)
    .filter(([key, value]) => value !== undefined && String(step[key]) !== value)
    .map(([key, value]) => `${id} is recorded with ${key} "${step[key]}", not "${value}"`);
}
