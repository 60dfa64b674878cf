import { readFile } from "node:fs/promises";
import { recordProblems } from "./record.mjs";
import { isPack, isSheet } from "./site.mjs";
import { PATIENCE, visit } from "./visit.mjs";

const WHO = "Nia Okafor";
const PROOF = 'Seen by two: "all closed", ümlaut, 1 # 2';
const DAY = "2026-11-20";
const STEP = "tr[data-step]:not(.done, .skipped)";

// Ticks on a sheet: kept in this browser, for this vendor alone, and handed out as JSON.
export async function ticks(site, browser, report) {
  const pages = site.shown.filter((page) => isSheet(page.path));
  await visit(browser, {}, pages, async (tab, page) => {
    await tab.goto(page.url);
    report.result(page.path, await tab.evaluate(nameProblems));
  });

  const packs = pages.filter((page) => isPack(page.path)).map((page) => page.path.split("/")[1]);
  if (packs.length === 0) report.note("no vendor here has a pack");
  for (const slug of packs) {
    const other = packs.find((one) => one !== slug);
    const { problems, exported } = await journey(site, browser, slug, other);
    report.result(`exit/${slug}/`, problems);
    if (!process.env.PARTWELL) continue;
    report.result(`exit/${slug}/, recorded`, exported ? await recordProblems(site, slug, exported) : ["nothing was exported to record"]);
  }
  if (packs.length > 0 && !process.env.PARTWELL) report.note("PARTWELL names no program: nobody has recorded what was exported");
}

// Runs in the page: boxes that a screen reader, or the memory of the page, could not tell apart.
export function nameProblems() {
  return [...document.querySelectorAll(".leaf:not([inert])")].flatMap((leaf) => {
    const names = [...leaf.querySelectorAll("input[type=checkbox]")].map((box) => box.getAttribute("aria-label")?.trim() ?? "");
    const twice = names.filter((name, n) => name && names.indexOf(name) !== n);
    const bare = names.filter((name) => !name).length;
    return [
      ...(bare > 0 ? [`${leaf.id}: ${bare} boxes have no name`] : []),
      ...[...new Set(twice)].map((name) => `${leaf.id}: more than one box is called "${name}"`),
    ];
  });
}

// One reader, from the first tick to the last, and what went wrong on the way.
export async function journey(site, browser, slug, other, patience = PATIENCE) {
  const context = await browser.newContext({ acceptDownloads: true });
  const silent = await browser.newContext({ javaScriptEnabled: false });
  for (const one of [context, silent]) one.setDefaultTimeout(patience);
  const problems = [];
  const say = (is, problem) => void (is || problems.push(problem));
  const listen = (tab) => {
    tab.on("console", (message) => problems.push(`the browser says: ${message.text()}`));
    tab.on("pageerror", (error) => problems.push(`the page says: ${error.message}`));
    return tab;
  };
  const open = async (tab, path) => {
    await tab.goto(new URL(path, site.url).href);
    return tab;
  };
  const [brief, checklist, access, pack] = ["brief", "checklist", "access", "index"].map((name) => `exit/${slug}/${name}.html`);
  let exported;
  try {
    const tab = listen(await context.newPage());
    await open(tab, checklist);
    say(await tab.isVisible(".keep"), "the script did not run: no bar to export from");
    const ids = await tab.$$eval(STEP, (rows) => rows.map((row) => row.dataset.step));
    const written = await tab.$$eval("tr.done[data-step]", (rows) => rows.map((row) => row.dataset.step));
    if (ids.length === 0) return { problems: [...problems, ...(await writtenProblems(tab, written))], exported: undefined };
    // What comes first in the export is ticked last, so that it had to be sorted.
    const [second, first] = [ids[0], ids.at(-1)].sort();

    await box(tab, `${first} done`).check();
    say((await field(tab, first, "on").inputValue()) === today(), `${first} does not ask for its day beginning with today`);
    await field(tab, first, "on").fill(DAY);
    await field(tab, first, "by").fill(WHO);
    await field(tab, first, "proof").fill(PROOF);
    const people = await tab.$$eval("#people option", (options) => options.map((option) => option.value));
    say((await field(tab, first, "by").getAttribute("list")) === "people" && people.length > 0, "who did it is not offered to choose from");

    for (const path of [checklist, pack]) {
      await open(tab, path);
      say(await box(tab, `${first} done`).isChecked(), `${path} has forgotten the tick of ${first}`);
      const kept = await Promise.all(["on", "by", "proof"].map((name) => read(tab, first, name)));
      say(kept.join() === [DAY, WHO, PROOF].join(), `${path} keeps ${kept.join(", ")} of ${first}`);
    }

    if (first !== second) {
      await box(tab, `${second} done`).check();
      await field(tab, second, "by").fill(people[0] ?? WHO);
    }
    const [onBrief, onAccess] = await Promise.all(["brief", "access"].map((leaf) => nameOfFirst(tab, leaf)));
    await boxOn(tab, "brief", onBrief).check();
    if (onAccess) await boxOn(tab, "access", onAccess).check();
    await open(tab, brief);
    say(await boxOn(tab, "brief", onBrief).isChecked(), `the brief alone has forgotten "${onBrief}"`);
    if (onAccess) {
      await open(tab, access);
      say(await boxOn(tab, "access", onAccess).isChecked(), `the access sheet alone has forgotten "${onAccess}"`);
      say(await boxOn(tab, "access-2", onAccess).isChecked(), `the second copy of the access sheet lacks "${onAccess}"`);
    }
    await open(tab, checklist);
    say(await box(tab, `${second} done`).isChecked(), `the checklist alone has forgotten ${second}`);
    problems.push(...(await writtenProblems(tab, written)));

    exported = await exportFrom(tab);
    problems.push(...exportProblems(exported, site, slug, [first, second], people));
    await open(tab, pack);
    const again = await exportFrom(tab);
    say(again.text === exported.text, "the pack exports something else than the checklist");

    if (other) {
      await open(tab, `exit/${other}/index.html`);
      const theirs = await tab.$$eval(`.leaf:not([inert]) input:not([checked]):checked`, (ticked) => ticked.map((one) => one.ariaLabel));
      say(theirs.length === 0, `${other} has the ticks ${theirs.join(", ")}`);
      const onOther = await nameOfFirst(tab, "brief");
      await boxOn(tab, "brief", onOther).check();
      await clear(tab, checklist, open);
      await open(tab, `exit/${other}/index.html`);
      say(await boxOn(tab, "brief", onOther).isChecked(), `clearing ${slug} took a tick from ${other}`);
    } else {
      await clear(tab, checklist, open);
    }
    await open(tab, pack);
    say(!(await box(tab, `${first} done`).isChecked()) && !(await box(tab, `${second} done`).isChecked()), "a cleared checklist keeps its ticks");
    say((await tab.$$(".did")).length === 0, "a cleared checklist still asks who did it");
    say(await boxOn(tab, "brief", onBrief).isChecked(), "clearing the checklist took a tick from the brief");

    // What is ticked in one window shows in the other.
    const window = await open(listen(await context.newPage()), checklist);
    await box(tab, `${first} done`).check();
    say(await window.waitForFunction(isTicked, `${first} done`).then(() => true, () => false), "another window does not show the tick");

    const still = await open(listen(await silent.newPage()), checklist);
    await box(still, `${first} done`).check();
    say(await box(still, `${first} done`).isChecked(), "without the script, a box cannot be ticked");
    say(!(await still.isVisible(".keep")), "without the script, there are buttons that do nothing");

    problems.push(...(await policyProblems(context, new URL(pack, site.url).href)));
  } catch (error) {
    problems.push(`could not go on: ${error.message.split("\n")[0]}`);
  } finally {
    await context.close();
    await silent.close();
  }
  return { problems, exported: exported?.text };
}

const LEAF = ".leaf:not([inert])";
const box = (tab, name) => tab.locator(`${LEAF} input[type=checkbox][aria-label=${JSON.stringify(name)}]`);
const boxOn = (tab, leaf, name) => tab.locator(`#${leaf} input[type=checkbox][aria-label=${JSON.stringify(name)}]`);
const field = (tab, id, name) => tab.locator(`${LEAF} tr[data-step=${JSON.stringify(id)}] input[aria-label=${JSON.stringify(`${id} ${name}`)}]`);
const read = (tab, id, name) => field(tab, id, name).inputValue().catch(() => "nothing");
const nameOfFirst = (tab, leaf) => tab.$$eval(`#${leaf} input:not([checked])`, ([first]) => first?.getAttribute("aria-label"));
const isTicked = (name) => [...document.querySelectorAll("input:checked")].some((one) => one.getAttribute("aria-label") === name);

function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

// What the playbook says is not taken back in a browser.
async function writtenProblems(tab, [id]) {
  if (!id) return [];
  await box(tab, `${id} done`).click();
  return (await box(tab, `${id} done`).isChecked()) ? [] : [`${id} is done in the playbook, and a click takes that back`];
}

async function exportFrom(tab) {
  const [download] = await Promise.all([tab.waitForEvent("download"), tab.click("[data-do=export]")]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

function exportProblems({ name, text }, site, slug, ids, people) {
  const { id } = site.handbook.handbook;
  const vendor = site.handbook.vendors.find((one) => one.slug === slug);
  const last = vendor.fields.exit?.termination_date ?? null;
  const steps = {
    [ids[1]]: { done: today(), done_by: people[0] ?? WHO },
    [ids[0]]: { done: DAY, done_by: WHO, evidence: PROOF },
  };
  const wanted = {
    version: 1,
    handbook: id,
    vendor: slug,
    last_day: last,
    revision: vendor.revision,
    steps: Object.keys(steps).sort().map((step) => ({ id: step, ...steps[step] })),
  };
  const [found, expected] = [JSON.stringify(JSON.parse(text)), JSON.stringify(wanted)];
  return [
    ...(name === `${slug}-ticks.json` ? [] : [`what is exported is called ${name}`]),
    ...(found === expected ? [] : [`exports ${found}, not ${expected}`]),
  ];
}

async function clear(tab, path, open) {
  await open(tab, path);
  tab.once("dialog", (dialog) => dialog.accept());
  await tab.click("[data-do=clear]");
}

// A script that is no file of the site does not run.
async function policyProblems(context, url) {
  const tab = await context.newPage();
  await tab.goto(url);
  const ran = await tab.evaluate(() => {
    document.head.append(Object.assign(document.createElement("script"), { textContent: "window.slipped = true" }));
    return window.slipped === true;
  });
  return ran ? ["a script within the page would run"] : [];
}
