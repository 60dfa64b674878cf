// The preview's half in the browser: hears of new editions, reloads this page when it looks different, swaps
// style sheets in place, and lists what is wrong. Text is always set as text.
"use strict";
(() => {
  const own = document.currentScript;
  const { looks } = own.dataset;
  const base = new URL(".", own.src);
  const home = new URL("..", base).pathname;
  const page = decodeURIComponent(location.pathname.slice(home.length)).replace(/(^|\/)$/, "$1index.html");
  const place = `partwell/live/${location.pathname}`;

  // Parts of the page, each by its words and how many of the same stand before it: a save may bring one or take one.
  const named = (selector, wordsOf) => {
    const seen = new Map();
    return [...document.querySelectorAll(selector)].map((one) => {
      const words = wordsOf(one);
      const before = seen.get(words) ?? 0;
      seen.set(words, before + 1);
      return [`${before} ${words}`, one];
    });
  };
  const foldable = () => named("details:not(.pw-live)", (one) => one.querySelector("summary")?.textContent ?? "");
  // What the keyboard can be at.
  const reachable = () => named("a[href], button, input, select, textarea, summary, [tabindex]", (one) =>
    [one.tagName, one.id, one.name, one.getAttribute("aria-label"), one.textContent.trim().slice(0, 80)].join(" "));
  const opened = () => Object.fromEntries(foldable().map(([name, one]) => [name, one.open]));
  // Where the reader was before a reload.
  const remember = () => {
    try {
      const { scrollX, scrollY } = window;
      const at = reachable().find(([, one]) => one === document.activeElement)?.[0];
      sessionStorage.setItem(place, JSON.stringify({ scrollX, scrollY, opened: opened(), panel: panel?.open ?? null, at }));
    } catch { /* this browser keeps nothing: the page begins at its top then */ }
  };
  const recall = () => {
    try {
      const kept = JSON.parse(sessionStorage.getItem(place));
      sessionStorage.removeItem(place);
      return kept;
    } catch {
      return null;
    }
  };
  let panel = null;
  const before = recall();
  if (before) {
    history.scrollRestoration = "manual";
    // What opens above the reader's place is not made up for: the place was taken with it open.
    const { style } = document.documentElement;
    style.overflowAnchor = "none";
    for (const [name, one] of foldable()) {
      if (Object.hasOwn(before.opened ?? {}, name)) one.open = before.opened[name] === true;
    }
    const back = () => scrollTo({ left: before.scrollX, top: before.scrollY, behavior: "instant" });
    back();
    const settle = () => {
      back();
      const at = before.at && reachable().find(([name]) => name === before.at)?.[1];
      if (at && document.activeElement === document.body) {
        at.focus({ preventScroll: true });
        if (at.matches("input:not([type]), input[type=text], textarea")) at.setSelectionRange(at.value.length, at.value.length);
      }
      requestAnimationFrame(() => requestAnimationFrame(() => { style.overflowAnchor = ""; }));
    };
    addEventListener("load", settle, { once: true });
  }

  const make = (tag, text, className) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  // What stands between backticks is written in a file.
  const words = (text) => text.split("`").map((piece, n) => (n % 2 === 1 ? make("code", piece) : piece));
  const WORDS = { error: "Error", warning: "Warning", info: "Note" };

  const line = ({ severity, code, message, help, path, line, column, page: shownOn, link }) => {
    const item = make("li");
    const says = make("p");
    says.append(make("span", `${WORDS[severity] ?? severity} `, "pw-word"), ...words(message), ` ${code}`);
    item.append(says);
    if (help) {
      const advice = make("p");
      advice.append(...words(help));
      item.append(advice);
    }
    const where = make("p");
    const spot = make("code", `${path}:${line}:${column}`);
    if (link) {
      const anchor = make("a");
      anchor.href = link;
      anchor.append(spot);
      where.append(anchor);
    } else {
      where.append(spot);
    }
    if (shownOn && shownOn !== page) {
      const anchor = make("a", "its page");
      anchor.href = new URL(`../${shownOn.split("/").map(encodeURIComponent).join("/")}`, base);
      where.append(" ", anchor);
    }
    item.append(where);
    return item;
  };

  const show = ({ problems, held, shown }) => {
    const wasOpen = panel ? panel.open : before?.panel ?? null;
    panel?.remove();
    panel = null;
    if (problems.length === 0) return;
    const errors = problems.filter(({ severity }) => severity === "error").length;
    const count = (n, word) => (n === 0 ? [] : [`${n} ${word}${n === 1 ? "" : "s"}`]);
    const title = [...count(errors, "error"), ...count(problems.length - errors, "finding")].join(", ");
    panel = make("details", "", `pw-live${errors ? " pw-error" : ""}${held ? " pw-held" : ""}`);
    panel.open = held || (wasOpen ?? false);
    panel.append(make("summary", title));
    const says = make("p", held && shown ? "This is the last good state. It follows again once these are put right." : "", "pw-says");
    says.setAttribute("role", "status");
    const list = make("ol");
    list.append(...problems.map(line));
    panel.append(says, list);
    document.body.append(panel);
  };

  // A file may be saved in parts: what goes away at once by itself is not told.
  let [isHeld, telling] = [false, 0];
  const tell = (state) => {
    clearTimeout(telling);
    if (state.held && !isHeld) {
      telling = setTimeout(() => { isHeld = true; show(state); }, 150);
    } else {
      isHeld = state.held;
      show(state);
    }
  };

  let [styles, edition] = [null, null];
  // A sheet that is still on its way gives way to a newer one, and is never swapped itself.
  const coming = new Map();
  const swap = (digest) => {
    const onTheWay = new Set(coming.values());
    for (const sheet of document.querySelectorAll('link[rel="stylesheet"]')) {
      if (onTheWay.has(sheet)) continue;
      coming.get(sheet)?.remove();
      const address = new URL(sheet.href);
      address.searchParams.set("v", digest);
      const next = sheet.cloneNode();
      next.href = address;
      const arrive = (gone) => {
        if (coming.get(sheet) !== next) return;
        coming.delete(sheet);
        gone.remove();
      };
      next.addEventListener("load", () => arrive(sheet), { once: true });
      next.addEventListener("error", () => arrive(next), { once: true });
      coming.set(sheet, next);
      sheet.after(next);
    }
  };

  // A search that is being typed is not taken away: the page waits until its window is closed.
  let [isLeaving, isBehind, isWaiting] = [false, false, false];
  const leave = () => {
    isWaiting = false;
    if (!isBehind) return;
    isLeaving = true;
    remember();
    location.reload();
  };
  const hear = (state) => {
    if (isLeaving) return;
    found();
    isBehind = state.looks !== looks;
    const dialog = document.querySelector("dialog[open]");
    if (isBehind && !dialog) {
      leave();
      return;
    }
    if (isBehind && !isWaiting) {
      isWaiting = true;
      dialog.addEventListener("close", leave, { once: true });
    }
    if (styles !== null && state.styles !== styles) swap(state.styles);
    styles = state.styles;
    // What a page has loaded besides itself, like the words of the search, is of an earlier edition now.
    if (edition !== null && state.edition !== edition) document.dispatchEvent(new Event("partwell-changed"));
    edition = state.edition;
    tell(state);
    document.documentElement.dataset.edition = String(Number(document.documentElement.dataset.edition ?? 0) + 1);
  };

  let [gone, tellOthers] = [null, () => {}];
  const found = () => {
    gone?.remove();
    gone = null;
  };
  const lost = () => {
    if (gone || isLeaving) return;
    gone = make("p", "The preview has ended. This page stays as it was, and follows again once the preview runs.", "pw-live pw-gone");
    gone.setAttribute("role", "status");
    document.body.append(gone);
  };
  const wires = new Set();
  const open = (take) => {
    const wire = { stream: null };
    const begin = () => {
      wire.stream = new EventSource(new URL(`events?page=${encodeURIComponent(page)}`, base));
      wire.stream.addEventListener("message", ({ data }) => take(JSON.parse(data), wire));
      // A stream that breaks off is opened again by itself; only where that does not help has the preview ended. Where
      // a proxy answers in its place the stream is closed for good, and another is begun.
      wire.stream.addEventListener("error", () => setTimeout(() => {
        if (!wires.has(wire) || wire.stream.readyState === EventSource.OPEN) return;
        lost();
        tellOthers(null);
        if (wire.stream.readyState === EventSource.CLOSED) begin();
      }, 1000));
    };
    wires.add(wire);
    begin();
    return wire;
  };
  const close = (wire) => {
    wires.delete(wire);
    wire.stream.close();
  };
  let [isAsking, newest] = [false, 0];
  const ask = () => {
    if (isAsking) return;
    isAsking = true;
    const before = newest;
    open((state, wire) => {
      close(wire);
      isAsking = false;
      hear(state);
      // Something newer was heard of meanwhile.
      if (newest !== before) ask();
    });
  };
  // A browser opens six connections to a site, and a stream keeps one: one page listens for all that are open, and
  // the others ask when they hear that there is something new.
  const { locks } = navigator;
  if (locks && globalThis.BroadcastChannel) {
    const name = `partwell${home}`;
    const others = new BroadcastChannel(name);
    tellOthers = (news) => others.postMessage(news);
    others.addEventListener("message", ({ data }) => {
      if (data === null) {
        lost();
        return;
      }
      newest = data;
      // A preview begun anew counts its editions anew.
      if (data !== edition || gone) ask();
    });
    const lead = () => new Promise(() => {
      open((state) => {
        tellOthers(state.edition);
        hear(state);
      });
    });
    locks.request(name, { ifAvailable: true }, (lock) => {
      if (lock) return lead();
      ask();
      locks.request(name, lead);
      return undefined;
    });
  } else {
    // Where pages cannot agree on one, those that nobody looks at do not listen.
    let own = null;
    const follow = () => {
      if (own) close(own);
      own = document.hidden ? null : open(hear);
    };
    document.addEventListener("visibilitychange", follow);
    follow();
  }
  addEventListener("pagehide", () => wires.forEach(close));
  // A page that comes back from the browser's own memory has to be asked for anew.
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) location.reload();
  });
})();
