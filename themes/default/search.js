// Opens the search: by its link, by / and by Ctrl-K. Everything else is loaded when it is first opened, as
// plain scripts, because nothing else can be loaded from a disk. Without this the link leads to a list by letter.
"use strict";
(() => {
  const root = new URL("../", document.currentScript.src).href;
  const link = document.querySelector(".find a");
  const place = document.querySelector(".finder-place");
  const loads = new Map();

  // A script of the site, once; one that failed may be asked for again. In order: after those before it.
  const load = (path, isInOrder = false) => {
    if (!loads.has(path)) {
      const script = document.createElement("script");
      script.async = !isInOrder;
      script.src = root + path;
      follow(script, path);
      document.head.append(script);
    }
    return loads.get(path);
  };
  const follow = (script, path) => {
    const done = new Promise((resolve, reject) => {
      script.addEventListener("load", resolve);
      script.addEventListener("error", () => {
        loads.delete(path);
        reject(new Error(`${path} cannot be loaded`));
      });
    });
    done.catch(() => {});
    loads.set(path, done);
  };
  // The search's own page asks for what it needs before this runs.
  for (const script of document.querySelectorAll("script[src]")) {
    if (script !== document.currentScript && script.src.startsWith(root)) follow(script, script.src.slice(root.length));
  }

  // What the scripts of the index hand over.
  const index = { order: "", titles: null, words: new Map(), texts: new Map(), isMixed: false };
  globalThis.partwellSearch = (kind, key, order, data) => {
    if (kind === "titles") Object.assign(index, { order, titles: data });
    else if (order !== index.order) index.isMixed = true;
    else index[kind].set(key, data);
  };

  // A preview says that the handbook has changed: what was loaded of the index is no longer true.
  document.addEventListener("partwell-changed", () => {
    [...loads.keys()].filter((path) => path.startsWith("assets/search/")).forEach((path) => loads.delete(path));
    index.words.clear();
    index.texts.clear();
    index.isMixed = false;
    document.querySelector("dialog.finder[open] input")?.dispatchEvent(new CustomEvent("input", { detail: "again" }));
  });

  let view;
  const whole = () => {
    load("assets/search/titles.js");
    view ??= Promise.all(["find", "rank", "query", "excerpt", "view", "window"].map((part) => load(`assets/search-${part}.js`, true))).then(() =>
      globalThis.partwellSearchView({ root, index, load }),
    );
    view.catch(() => { view = undefined; });
    return view;
  };
  // What is typed until the box is there goes into it, as long as the keyboard stays where it was.
  let early = null;
  const open = () => {
    early ??= { text: "", isEntered: false, at: document.activeElement };
    const onItsPage = () => window.location.assign(early.text ? `${link.href}?q=${encodeURIComponent(early.text)}` : link.href);
    whole().then((it) => early && it.open(early.text, early.isEntered), () => early && onItsPage()).finally(() => { early = null; });
  };
  const isSign = ({ key, ctrlKey, altKey, metaKey }) =>
    [...key].length === 1 && !metaKey && (ctrlKey === altKey || (altKey && !/[\x20-\x7e]/.test(key)));
  // True for a key that the search takes while it is on its way.
  const takes = (event) => {
    const { key } = event;
    if (event.isComposing || document.activeElement !== early.at) return false;
    if (key === "Escape") early = null;
    else if (early.text !== "" && key === "Enter") early.isEntered = true;
    else if (early.text !== "" && key === "Backspace") early.text = [...early.text].slice(0, -1).join("");
    else if (isSign(event) && (key !== " " || early.text !== "")) early.text += key;
    else return false;
    return true;
  };

  if (place) whole().then((it) => it.fill(place), () => {});
  if (!link) return;
  link.setAttribute("aria-keyshortcuts", "/ Control+K");
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    const isControl = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (early && !isControl) {
      if (!takes(event)) return;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
    const isSlash = event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isSlash && !isControl) return;
    event.preventDefault();
    open();
  }, true);
})();
