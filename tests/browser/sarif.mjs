// Checks that what goes to code scanning is SARIF 2.1.0, by the schema and by the standard's own tool:
// node sarif.mjs PARTWELL

import { execFile } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import Ajv2020 from "ajv/dist/2020.js";
import { counting } from "./lib/results.mjs";

const run = promisify(execFile);
const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "..", "..");
const TOOL = join(HERE, "node_modules", "@microsoft", "sarif-multitool-linux");

// Findings on every kind of place: the first line, inside a line, over several lines, in a file with an odd name.
const ODD = `---
title: T
vendor: Vee
status: activ
owner: Ana Lee
reviewed: 2026-2-3
access:
  - system: Shöp 漢字
    kind: account
summary: "two
  lines" : and more
---
[gone](gone.md)
`;

const [partwell] = process.argv.slice(2);
if (!partwell) {
  console.error("usage: node sarif.mjs PARTWELL");
  process.exit(2);
}

const work = await mkdtemp(join(tmpdir(), "partwell-sarif-"));
const tool = join(TOOL, "Sarif.Multitool");
await chmod(tool, 0o755);
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
const validate = ajv.compile(JSON.parse(await readFile(join(TOOL, "sarif-2.1.0.json"), "utf8")));
const { result, finish } = counting();

try {
  const odd = join(work, "odd");
  await mkdir(join(odd, "content", "vendors"), { recursive: true });
  await writeFile(join(odd, "handbook.yaml"), "title: T\n");
  await writeFile(join(odd, "content", "vendors", "fünf, 50% off.md"), ODD);
  const later = join(work, "later");
  await cp(join(ROOT, "content"), join(later, "content"), { recursive: true });
  await cp(join(ROOT, "handbook.yaml"), join(later, "handbook.yaml"));
  const examples = (await readdir(join(ROOT, "examples"))).map((name) => [name, join(ROOT, "examples", name), []]);
  const projects = [["handbook", ROOT, []], ["odd", odd, []], ["later", later, ["--as-of", "2027-03-01"]], ...examples];
  for (const [name, root, more] of projects) await check(name, root, more);
  // What is broken has to be noticed, or the check checks nothing.
  const broken = { version: "2.1.0", runs: [{ tool: { driver: {} }, results: [{}] }] };
  result("a broken log", validate(broken) ? ["was not refused"] : []);
} finally {
  await rm(work, { recursive: true });
}
finish(6);

async function check(name, root, more) {
  const output = await run(partwell, ["check", "--root", root, "--format", "sarif", ...more], { maxBuffer: 1 << 26 }).catch((error) => error);
  const log = JSON.parse(output.stdout);
  const problems = validate(log) ? [] : validate.errors.map(({ instancePath, message }) => `${instancePath} ${message}`);
  const path = join(work, `${name}.sarif`);
  await writeFile(path, output.stdout);
  const said = await run(tool, ["validate", path], { env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1" } }).catch((error) => error);
  const lines = `${said.stdout}${said.stderr}`.split("\n");
  problems.push(...lines.filter((line) => / error /.test(line)));
  if (!lines.some((line) => line.includes("1 files scanned"))) problems.push(`the tool did not run: ${lines.join(" ")}`);
  for (const { locations } of log.runs[0].results) {
    const { uri } = locations[0].physicalLocation.artifactLocation;
    if (new URL(uri, "file:///").pathname !== `/${uri}`) problems.push(`${uri} is not an address`);
  }
  if (name === "odd" && log.runs[0].results.length < 5) problems.push("too few results");
  result(name, problems);
}
