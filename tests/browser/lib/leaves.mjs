// Runs in the page: the sheets of a pack page, each copy with all of its words in the order in which they are
// read, and with the signs that paper adds: boxes, bullets, numbers, the triangle before what stands out.
export function leaves() {
  const NOT_SAID = "caption, .leaf-foot, .screen, tr.sheet, datalist, script";
  return [...document.querySelectorAll("section.leaf")].map((leaf) => ({
    name: leaf.id.replace(/-\d+$/, ""),
    letter: spoken(leaf.querySelector("h2 .letter")),
    title: spoken(leaf.querySelector("h2")),
    vendor: leaf.querySelector("h2").dataset.vendor,
    copy: spoken(leaf.querySelector(".copy")),
    isWide: leaf.classList.contains("wide"),
    foot: spoken(leaf.querySelector(".leaf-foot"), ""),
    captions: [...leaf.querySelectorAll("caption")].map((caption) => caption.textContent),
    headings: [...leaf.querySelectorAll("h3")].map((heading) => spoken(heading)),
    heads: [...leaf.querySelectorAll("thead tr:not(.sheet)")].map((row) => spoken(row)),
    text: spoken(leaf),
  }));

  function spoken(root, notSaid = NOT_SAID) {
    let text = "";
    if (root) walk(root);
    return text.replace(/\s+/gu, " ").trim();

    function walk(element) {
      if (notSaid && element.matches(notSaid)) return;
      const apart = isApart(element);
      text += apart ? ` ${sign(element)}` : sign(element);
      for (const child of element.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) text += child.data;
        else if (child.nodeType === Node.ELEMENT_NODE) walk(child);
      }
      if (apart) text += " ";
    }
  }

  // Told by what an element is, not by how it is shown: some copies are shown on paper only.
  function isApart(element) {
    const inLine = element.matches("a, b, time, input, span:not(.sub, .parties > *, .blank), label:not(td *, dd *)");
    return !inLine;
  }

  function sign(element) {
    if (element.matches("input[type=checkbox]")) return element.checked ? "☑ " : "☐ ";
    if (element.matches("ul.plain > li")) return "• ";
    if (element.matches("ol > li")) return `${[...element.parentElement.children].indexOf(element) + 1}. `;
    return element.matches(".stop, .mark.warn") ? "▲ " : "";
  }
}
