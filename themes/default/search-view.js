// What is seen of the search: a box, what was found, and the keys. Text from the handbook is only ever put in
// as text.
"use strict";
globalThis.partwellFinder = ({ root, index, load }) => {
  const { partwellFind: find, partwellRank: { search, keysFor }, partwellQuery: { parse, tell, HELP }, partwellExcerpt: { excerpt, marked, ofTitle, isTitle } } = globalThis;
  const FEW = 8;
  const MORE = 20;
  let [source, columns] = [null, null];

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  // Loads what a query needs, and says whether that went well.
  const ready = async (query) => {
    await load("assets/search/titles.js");
    if (source !== index.titles) [source, columns] = [index.titles, find.columns(index.titles)];
    await Promise.all([...keysFor(query, columns)].map((key) => load(`assets/search/w${key}.js?${index.order}`)));
    if (index.isMixed) throw new Error("mixed");
  };
  const textOf = async (n) => {
    const file = Math.floor(n / columns.texts);
    await load(`assets/search/t${file}.js?${index.order}`);
    return index.texts.get(String(file))?.[n % columns.texts] ?? "";
  };

  const addressOf = (n, anchor) => {
    const path = columns.route(n).split("/").map(encodeURIComponent).join("/");
    return `${root}${path}${anchor ? `#${encodeURIComponent(anchor)}` : ""}`;
  };

  // A box, what it says, its hits: `most` of them at first. `onMore` is told how many are shown where more were asked for.
  const finder = (id, most, onMore = () => {}) => {
    const box = make("input", {
      type: "text", role: "combobox", "aria-label": "Search the handbook", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": `${id}-hits`, "aria-describedby": `${id}-help`, autocomplete: "off", autocapitalize: "off", spellcheck: "false",
      enterkeyhint: "go", placeholder: "A name, a person, a system, any word",
    });
    const said = make("p", { class: "said", role: "status" });
    const list = make("div", { id: `${id}-hits`, class: "hits", role: "listbox", "aria-label": "Found" });
    const more = make("p", { class: "more" });
    const help = make("p", { class: "help", id: `${id}-help` }, "Narrow it down: ", ...HELP.split(" ").flatMap((word) => [make("code", {}, word), " "]));
    list.hidden = more.hidden = true;
    let [turn, active, chosen, isWaiting, isEntered, shown] = [0, -1, "", false, false, most];

    const choose = (n) => {
      const hits = list.children;
      active = Math.max(-1, Math.min(n, hits.length - 1));
      chosen = hits[active]?.dataset.page ?? "";
      [...hits].forEach((hit, at) => hit.setAttribute("aria-selected", String(at === active)));
      if (active < 0) box.removeAttribute("aria-activedescendant");
      else {
        box.setAttribute("aria-activedescendant", hits[active].id);
        hits[active].scrollIntoView({ block: "nearest" });
      }
    };

    const hitOf = (n, at, asked) => {
      const title = make("span", { class: "title" });
      put(title, marked(columns.titles[n], ofTitle(asked)));
      const text = make("span", { class: "excerpt" });
      const hit = make("a", { id: `${id}-${at}`, role: "option", href: addressOf(n), "data-page": addressOf(n), tabindex: "-1", "aria-selected": "false" },
        title, make("span", { class: "what" }, find.kindOf(n, columns)), text);
      return { hit, text };
    };
    const put = (element, pieces) => {
      element.append(...pieces.map((piece) => (piece.isHit ? make("mark", {}, piece.text) : piece.text)));
    };

    // Excerpts come later, each when its file is there.
    const fill = async (n, hit, text, asked, mine) => {
      // A name says it all: then what follows says what it is.
      const { anchor, pieces } = excerpt(await textOf(n), isTitle(columns.titles[n], asked) ? [] : asked);
      if (mine !== turn || index.isMixed) return;
      put(text, pieces);
      if (anchor) hit.href = addressOf(n, anchor);
    };

    // Puts the hits up, one of them chosen; done once their excerpts are there.
    const show = (hits, asked, mine, first = 0) => {
      const rows = hits.slice(0, shown).map((n, at) => ({ n, ...hitOf(n, at, asked) }));
      list.replaceChildren(...rows.map((row) => row.hit));
      list.hidden = rows.length === 0;
      box.setAttribute("aria-expanded", String(rows.length > 0));
      choose(rows.length > 0 ? first : -1);
      return Promise.allSettled(rows.map(({ n, hit, text }) => fill(n, hit, text, asked, mine)));
    };

    // Where it is the same once more, the hit that is chosen stays so.
    const run = async (limit = most, first = 0, isAgain = false) => {
      turn += 1;
      const mine = turn;
      shown = limit;
      isWaiting = box.value.trim() !== "";
      if (!isWaiting) {
        said.textContent = "";
        more.hidden = true;
        isEntered = false;
        show([], [], mine);
        return;
      }
      try {
        await ready({ words: [] });
        const query = parse(box.value, columns);
        await ready(query);
        if (mine !== turn) return;
        isWaiting = false;
        const isEmpty = query.words.length + query.fields.length === 0;
        const hits = isEmpty ? [] : search(query, columns, index.words);
        const at = isAgain ? hits.slice(0, shown).findIndex((n) => addressOf(n) === chosen) : -1;
        const filled = show(hits, query.words.filter((one) => !one.not), mine, Math.max(first, at));
        said.textContent = tell(query, isEmpty ? undefined : hits.length);
        offer(hits.length);
        if (isEntered && hits.length > 0) list.children[active].click();
        if (first > 0 || limit > most) await filled;
      } catch {
        if (mine !== turn) return;
        isWaiting = false;
        show([], [], mine);
        more.hidden = true;
        said.textContent = index.isMixed
          ? "The handbook has changed meanwhile. Please load this page again."
          : "The search could not be loaded. The list by letter works without it.";
      }
      isEntered = false;
    };

    // The rest: on the search's own page here, from the window there.
    const offer = (count) => {
      more.hidden = count <= shown;
      if (more.hidden) return;
      if (most === FEW) {
        more.replaceChildren(make("a", { href: `${root}search.html?q=${encodeURIComponent(box.value)}` }, `All ${count.toLocaleString("en")} hits`));
        return;
      }
      const button = make("button", { type: "button" }, `Show ${Math.min(MORE, count - shown)} more`);
      button.addEventListener("click", async () => {
        const before = shown;
        await run(shown + MORE, before);
        onMore(shown);
        box.focus({ preventScroll: true });
        choose(before);
      });
      more.replaceChildren(button);
    };

    box.addEventListener("input", ({ detail }) => (detail === "again" ? run(shown, 0, true) : run()));
    box.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const last = list.children.length - 1;
      if (event.key === "ArrowDown") choose(active >= last ? 0 : active + 1);
      else if (event.key === "ArrowUp") choose(active <= 0 ? last : active - 1);
      else if (event.key === "Enter" && isWaiting) isEntered = true;
      else if (event.key === "Enter") list.children[active]?.click();
      else return;
      event.preventDefault();
    });
    // Enter that was pressed before there was a box.
    const enter = () => { isEntered = isWaiting; };
    return { box, run, enter, parts: [box, said, list, more, help] };
  };

  return { make, finder, ready, FEW, MORE };
};
