// Runs in the page: every text of the element in reading order, one entry for
// each stretch that is set in one piece, with what the style adds for print.
// Nothing is left out for being invisible, since that would be the loss to find.
export function texts(root) {
  const NOT_FOR_PAPER = "nav, button, .screen, .anchor, .hidden, .skip, .steps caption, script, style, template";
  const pieces = [];
  let piece = "";
  walk(root);
  end();
  return pieces;

  function walk(element) {
    if (element.matches(NOT_FOR_PAPER)) return;
    const inline = /^(inline|contents|ruby)/.test(getComputedStyle(element).display);
    if (!inline) end();
    piece += added(element, "::before");
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) piece += child.data;
      else if (child.nodeType === Node.ELEMENT_NODE) walk(child);
    }
    piece += added(element, "::after");
    if (!inline) end();
  }

  function end() {
    if (piece.trim()) pieces.push(piece.replace(/\s+/g, " ").trim());
    piece = "";
  }

  function added(element, which) {
    const { content, display } = getComputedStyle(element, which);
    if (display === "none") return "";
    return [...content.split(/" \/ /)[0].matchAll(/"((?:[^"\\]|\\.)*)"?|attr\(([\w-]+)\)/g)]
      .map(([, text, attribute]) => (attribute ? element.getAttribute(attribute) ?? "" : text.replace(/\\(.)/g, "$1")))
      .join("");
  }
}
