// Ticks on a sheet stay in this browser: kept by handbook, vendor and last day, handed out as JSON for
// `partwell exit SLUG --record FILE`. Without this script the boxes still work, and are forgotten.
"use strict";
(() => {
  const pack = document.querySelector(".pack");
  const bar = document.querySelector(".keep");
  if (!pack || !bar) return;
  const { handbook, vendor, lastDay, revision } = pack.dataset;
  const key = ["partwell", handbook, vendor, lastDay || "no-day"].join("/");
  const told = bar.querySelector("[role=status]");
  const tell = (text) => { told.textContent = text; };

  // What is kept: steps by id, every other box by its sheet and name.
  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(key));
      if (kept && typeof kept === "object") return { steps: kept.steps || {}, boxes: kept.boxes || {} };
    } catch { /* nothing kept, or nothing readable */ }
    return { steps: {}, boxes: {} };
  };
  const write = (state) => {
    try {
      localStorage.setItem(key, JSON.stringify(state));
      return true;
    } catch {
      tell("This browser does not keep ticks. Export them before you leave.");
      return false;
    }
  };
  let state = read();

  const pad = (n) => String(n).padStart(2, "0");
  const today = () => {
    const now = new Date();
    return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
  };

  const leaves = [...document.querySelectorAll(".leaf:not([inert])")];
  const boxes = leaves.flatMap((leaf) =>
    [...leaf.querySelectorAll('input[type="checkbox"]')].map((box) => {
      const name = box.getAttribute("aria-label");
      const row = box.closest("tr[data-step]");
      const isStep = row !== null && name === `${row.dataset.step} done`;
      const copies = [...document.querySelectorAll(`[id="${leaf.id}-2"] input[type="checkbox"]`)]
        .filter((copy) => copy.getAttribute("aria-label") === name);
      return { box, copies, row, name: `${leaf.id}/${name}`, step: isStep ? row.dataset.step : null, written: box.checked };
    }));

  // Both copies of a sheet say the same when they are printed.
  const set = ({ box, copies }, isTicked) => {
    for (const one of [box, ...copies]) one.checked = isTicked;
  };

  // A step that is ticked asks when, by whom, and what proves it.
  const ask = (entry) => {
    const { row, step } = entry;
    const cell = row.querySelector('[data-label^="Done on"]');
    let place = cell.querySelector(".did");
    if (!state.steps[step]) {
      if (place) place.remove();
      return;
    }
    if (place) return;
    place = document.createElement("div");
    place.className = "did";
    for (const [field, text, type] of [["done", "on", "date"], ["done_by", "by", "text"], ["evidence", "proof", "text"]]) {
      const label = document.createElement("label");
      label.append(text);
      const input = document.createElement("input");
      input.type = type;
      input.value = state.steps[step][field] || "";
      input.setAttribute("aria-label", `${step} ${text}`);
      if (field === "done_by") input.setAttribute("list", "people");
      input.addEventListener("input", () => {
        state = read();
        state.steps[step] = { ...state.steps[step], [field]: input.value };
        write(state);
      });
      label.append(input);
      place.append(label);
    }
    cell.append(place);
  };

  const show = () => {
    for (const entry of boxes) {
      if (entry.written) continue;
      set(entry, Boolean(entry.step ? state.steps[entry.step] : state.boxes[entry.name]));
      if (entry.step) ask(entry);
    }
  };

  for (const entry of boxes) {
    entry.box.addEventListener("change", () => {
      state = read();
      const { box, step, name } = entry;
      if (entry.written) {
        set(entry, true);
        tell("The playbook says so. It is changed there.");
        return;
      }
      set(entry, box.checked);
      if (step) {
        if (box.checked) state.steps[step] = { done: today() };
        else delete state.steps[step];
      } else if (box.checked) state.boxes[name] = true;
      else delete state.boxes[name];
      if (write(state)) tell(box.checked ? "Kept." : "Taken back.");
      if (step) ask(entry);
    });
  }

  const steps = () =>
    Object.keys(state.steps).sort().map((id) => {
      const said = Object.entries(state.steps[id]).filter(([, value]) => value !== "");
      return { id, ...Object.fromEntries(said) };
    });

  const jobs = {
    print: () => window.print(),
    export: () => {
      state = read();
      const text = JSON.stringify({ version: 1, handbook, vendor, last_day: lastDay || null, revision, steps: steps() }, null, 2);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([`${text}\n`], { type: "application/json" }));
      link.download = `${vendor}-ticks.json`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      tell(`Exported. Then: partwell exit ${vendor} --record ${link.download}`);
    },
    clear: () => {
      if (!window.confirm("Clear every tick on this page? Other sheets keep theirs.")) return;
      state = read();
      for (const entry of boxes) {
        if (entry.step) delete state.steps[entry.step];
        else delete state.boxes[entry.name];
      }
      write(state);
      show();
      tell("Cleared.");
    },
  };
  for (const button of bar.querySelectorAll("button")) button.addEventListener("click", jobs[button.dataset.do]);

  // Another window of the same pack: what is ticked there shows here.
  window.addEventListener("storage", (event) => {
    if (event.key !== key) return;
    state = read();
    show();
  });
  show();
  bar.hidden = false;
})();
