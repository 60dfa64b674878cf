// Checks every playbook of the repository against the schema that editors use: node schema.mjs PARTWELL
// Other people's tools read it, so this goes by a YAML reader and a validator that are not ours.

import { execFile } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import Ajv from "ajv";
import { parseDocument } from "yaml";
import { counting } from "./lib/results.mjs";

const run = promisify(execFile);
const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

const WHOLE = `
title: Northgate Telephone Answering
vendor: Northgate Answering Ltd
status: onboarding
owner: Dana Reyes
contract: {type: standalone, start: 2026-11-02, notice: 30d}
`;
// Each is the whole one with a single slip, and the place where it has to be noticed.
const BROKEN = [
  { slip: "a misspelt key", yaml: WHOLE.replace("owner:", "ower:"), at: "", keyword: "additionalProperties" },
  { slip: "an unknown status", yaml: WHOLE.replace("onboarding", "activ"), at: "/status", keyword: "enum" },
  { slip: "a date the wrong way round", yaml: WHOLE.replace("2026-11-02", "02/11/2026"), at: "/contract/start", keyword: "pattern" },
];

const [partwell] = process.argv.slice(2);
if (!partwell) {
  console.error("usage: node schema.mjs PARTWELL");
  process.exit(2);
}

const { result, finish } = counting();

const validate = await compile();
if (validate) {
  for (const path of await find()) {
    result(relative(ROOT, path), problems(frontMatter(await readFile(path, "utf8"))));
  }
  result("a whole front matter", problems(WHOLE));
  for (const { slip, yaml, at, keyword } of BROKEN) {
    const { value, errors } = read(yaml);
    const seen = errors.length === 0 && !validate(value) && validate.errors.some((error) => error.instancePath === at && error.keyword === keyword);
    result(slip, seen ? [] : [`was not refused at ${at || "the top"}`]);
  }
}
finish();

// Strict: a keyword that the schema misspells is a mistake, not an extension.
async function compile() {
  try {
    const { stdout } = await run(partwell, ["schema"], { maxBuffer: 1 << 26 });
    const schema = JSON.parse(stdout);
    const draft = "http://json-schema.org/draft-07/schema#";
    if (schema.$schema !== draft) throw new Error(`the schema calls itself ${schema.$schema}, not ${draft}`);
    const compiled = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema);
    result("partwell schema", []);
    return compiled;
  } catch (error) {
    result("partwell schema", [error.message]);
  }
}

// Every playbook of the handbook and of each example; none of them may be without.
async function find() {
  const examples = await readdir(join(ROOT, "examples"), { withFileTypes: true });
  const projects = [ROOT, ...examples.filter((entry) => entry.isDirectory()).map((entry) => join(ROOT, "examples", entry.name))];
  const found = [];
  for (const project of projects) {
    const folder = join(project, "content", "vendors");
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const playbooks = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".md"));
    if (playbooks.length === 0) result(relative(ROOT, folder), ["no playbook was found"]);
    found.push(...playbooks.map((entry) => join(entry.parentPath, entry.name)));
  }
  return found.sort();
}

function frontMatter(text) {
  const [before, yaml, ...body] = text.split(/^---$/m);
  return before === "" && body.length > 0 ? yaml : undefined;
}

// The core schema knows no timestamps: a date stays the text it is.
function read(yaml) {
  const document = parseDocument(yaml, { version: "1.2", schema: "core" });
  const errors = [...document.errors, ...document.warnings].map((error) => error.message.split("\n")[0]);
  return { errors, value: errors.length === 0 ? document.toJS() : undefined };
}

function problems(yaml) {
  if (yaml === undefined) return ["has no front matter"];
  const { value, errors } = read(yaml);
  if (errors.length > 0 || validate(value)) return errors;
  return validate.errors.map(({ instancePath, message, params }) => {
    const name = params.additionalProperty ?? params.missingProperty;
    return `${instancePath || "/"} ${message}${name && !message.includes(name) ? ` (${name})` : ""}`;
  });
}
