// Runs in the page, laid out for print: letters that are too small, boxes too small to tick, lines at the edge.
export function sheetLooks() {
  const FOOT = ".leaf-foot, tr.sheet .sub";
  const REMARK = ".sub, .keydates dt, thead th, .parties";
  const LEAST = { content: 11, remark: 10, foot: 9 };
  const BOX = (5 / 25.4) * 96;
  const problems = new Set();

  const walker = document.createTreeWalker(document.querySelector(".pack"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.getClientRects().length === 0) continue;
    const role = element.closest(FOOT) ? "foot" : element.closest(REMARK) ? "remark" : "content";
    const points = parseFloat(getComputedStyle(element).fontSize) * 0.75;
    if (points < LEAST[role] - 0.05) {
      problems.add(`"${node.data.trim().slice(0, 40)}" is set in ${points.toFixed(1)} pt, not ${LEAST[role]} (${role})`);
    }
  }

  for (const box of document.querySelectorAll(".leaf input[type=checkbox]")) {
    const { width, height } = box.getBoundingClientRect();
    const name = `the box "${box.ariaLabel}"`;
    if (Math.min(width, height) < BOX - 0.5) problems.add(`${name} is ${width.toFixed(1)} x ${height.toFixed(1)} px, not 5 mm square`);
    const { visibility, borderTopWidth } = getComputedStyle(box);
    if (visibility !== "visible" || parseFloat(borderTopWidth) < 1) problems.add(`${name} has no visible border`);
  }

  // Of a table's outer lines, one half stands outside of it, where the paper's edge would cut it off.
  for (const table of document.querySelectorAll(".leaf table")) {
    const { left, right } = table.getBoundingClientRect();
    const half = parseFloat(getComputedStyle(table.tBodies[0].rows[0].cells[0]).borderLeftWidth) / 2;
    const over = Math.max(half - left, right + half - document.documentElement.clientWidth);
    if (over > 0.1) problems.add(`a line of the table "${table.caption.textContent}" is cut off by ${over.toFixed(1)} px at the edge`);
  }
  return [...problems];
}
