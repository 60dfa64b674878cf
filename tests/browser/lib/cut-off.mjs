// Runs in the page: texts that a box with hidden overflow, or the edge of a
// window `width` wide, cuts off. Text hidden on purpose sits in a 1 px box.
export function cutOff(width) {
  const problems = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      if (rect.width === 0 || rect.height === 0) continue;
      const by = cutter(node.parentElement, rect);
      if (by) problems.add(`"${node.data.trim().slice(0, 60)}" is cut off by ${by}`);
    }
  }
  return [...problems];

  function cutter(start, rect) {
    for (let element = start; element; element = element.parentElement) {
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const [across, down] = [style.overflowX, style.overflowY].map((value) => /hidden|clip/.test(value));
      if ((across || down) && (box.width <= 2 || box.height <= 2)) return undefined;
      if (/auto|scroll/.test(style.overflowX)) return undefined;
      const left = box.left + element.clientLeft;
      const top = box.top + element.clientTop;
      const cut =
        (across && (rect.left < left - 1 || rect.right > left + element.clientWidth + 1)) ||
        // A line's rectangle includes the font's own air above and below the letters.
        (down && (rect.top < top - rect.height / 4 || rect.bottom > top + element.clientHeight + rect.height / 4));
      if (cut) {
        const name = element.id ? `#${element.id}` : element.className ? `.${element.className}` : "";
        return `<${element.localName}${name}>`;
      }
    }
    return rect.left < -1 || rect.right > width + 1 ? "the edge of the window" : undefined;
  }
}
