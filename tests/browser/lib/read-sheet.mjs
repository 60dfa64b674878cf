// Runs in the page, laid out for print: what the checklist says of itself.
export function readSheet(slug, texts) {
  const all = (element) => texts(element).join(" ");
  const table = document.querySelector("#checklist .steps table");
  return {
    title: [...(document.querySelector(".leaf-head h2")?.childNodes ?? [])].at(-1)?.textContent.trim(),
    vendor: document.querySelector(`a[href$="vendors/${slug}.html"]`)?.textContent.trim(),
    copy: document.querySelector(".leaf-head .copy")?.textContent.trim(),
    texts: texts(document.querySelector("main")),
    head: [...(table?.tHead?.rows ?? [])].map(all),
    rows: [...(table?.tBodies ?? [])].flatMap((body) => [...body.rows]).map(read),
  };

  function read(row) {
    return {
      id: row.dataset.step,
      text: all(row),
      state: row.matches(".done, .skipped") ? "closed" : "open",
      phase: Boolean(row.querySelector("th[scope=rowgroup]")),
      spare: Boolean(row.closest("tbody.spare") && row.cells.length > 1),
      height: row.getBoundingClientRect().height,
      boxes: [...row.querySelectorAll("input[type=checkbox]")].map((box) => {
        const { width, height } = box.getBoundingClientRect();
        const style = getComputedStyle(box);
        const native = style.appearance !== "none";
        const drawn = style.visibility === "visible" && (native || parseFloat(style.borderTopWidth) > 0);
        return { name: box.ariaLabel ?? [...box.labels].map((label) => label.textContent).join(" ").trim(), width, height, drawn };
      }),
    };
  }
}
