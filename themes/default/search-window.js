// Where the search stands: in a window over any page, and on its own page.
"use strict";
globalThis.partwellSearchView = (site) => {
  const { root } = site;
  const { make, finder, ready, FEW, MORE } = globalThis.partwellFinder(site);
  let windowed = null;

  // `early` was typed while all this was loaded, and Enter pressed behind it.
  const open = (early, isEntered) => {
    if (!windowed) {
      const it = finder("finder", FEW);
      const close = make("button", { type: "button", class: "close" }, "Close");
      const [box, ...rest] = it.parts;
      const dialog = make("dialog", { class: "finder", "aria-label": "Search" }, make("div", { class: "bar" }, box, close), ...rest);
      close.addEventListener("click", () => dialog.close());
      // A click beside the window, or on a hit, closes it.
      dialog.addEventListener("click", (event) => {
        const hit = event.target.closest("a");
        if (event.target === dialog || (hit && !event.ctrlKey && !event.metaKey && !event.shiftKey)) dialog.close();
      });
      document.body.append(dialog);
      windowed = { it, dialog };
      ready([]).catch(() => {});
    }
    const { it, dialog } = windowed;
    if (!dialog.open) dialog.showModal();
    again(it.box);
    if (early) type(it, early, isEntered);
    else if (it.box.value) it.run();
  };

  const type = ({ box, enter }, early, isEntered) => {
    box.value = early;
    box.setSelectionRange(early.length, early.length);
    box.dispatchEvent(new Event("input"));
    if (isEntered) enter();
  };

  // The search's own page: more hits, and a query that can be passed on.
  const fill = (place) => {
    let asked = null;
    const it = finder("search", MORE, (shown) => { asked = shown; });
    const letters = document.getElementById("letters");
    const [box, ...rest] = it.parts;
    place.append(make("div", { class: "finder" }, make("div", { class: "bar" }, box), ...rest));
    // Who comes back finds as many hits as there were.
    const keep = (state) => {
      try {
        window.history.replaceState(state, "", box.value ? `?q=${encodeURIComponent(box.value)}` : window.location.pathname);
      } catch { /* some browsers keep the address of a file as it is */ }
    };
    const settle = () => {
      letters.hidden = box.value.trim() !== "";
      asked = null;
      keep(null);
    };
    window.addEventListener("pagehide", () => { if (asked) keep({ shown: asked, top: window.scrollY }); });
    box.addEventListener("input", settle);
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      box.value = "";
      settle();
      it.run();
    });
    box.value = new URLSearchParams(window.location.search).get("q") ?? "";
    if (box.value) {
      letters.hidden = true;
      const { shown, top } = window.history.state ?? {};
      it.run(shown).then(() => top && window.scrollTo(0, top));
    }
    box.focus();
    ready([]).catch(() => {});
    page = it;
  };

  let page = null;
  const again = (box) => {
    box.focus();
    box.select();
  };
  const openHere = (early, isEntered) => {
    again(page.box);
    if (early) type(page, early, isEntered);
  };
  return { fill, open: (early = "", isEntered = false) => (page ? openHere : open)(early, isEntered) };
};
