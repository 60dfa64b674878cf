// Excerpts: the line of a text that holds most of what was asked, the part of the page it stands in, and what is
// marked in it.
"use strict";
globalThis.partwellExcerpt = (({ words, PLACES }) => {
  const AROUND = 170;
  // The parts of a page that people, systems and services stand in.
  const PARTS = { [PLACES.person]: "contacts", [PLACES.system]: "access", [PLACES.service]: "services" };
  const NAMES = /(?<![\p{L}\p{N}])[\p{L}\p{N}]{1,40}(?:['’][\p{L}\p{N}]{1,40})+/gu;

  // Each word with its place, and names as they are typed without their apostrophes.
  const placed = (text) => {
    if (!/['’]/.test(text)) return words(text);
    const closed = [...text.matchAll(NAMES)].flatMap(({ 0: name, index }) =>
      words(name.replace(/['’]/g, "")).map(({ word }) => ({ word, start: index, end: index + name.length })));
    return [...words(text), ...closed].sort((a, b) => a.start - b.start || b.end - a.end);
  };
  const isIn = (word, asked) => asked.some((one) => word.startsWith(one.word));

  const marked = (text, asked) => {
    const places = placed(text).filter(({ word }) => isIn(word, asked));
    const pieces = [];
    let at = 0;
    for (const { start, end } of places) {
      if (end <= at) continue;
      const from = Math.max(at, start);
      if (from > at) pieces.push({ text: text.slice(at, from), isHit: false });
      const last = pieces.at(-1);
      if (last?.isHit) last.text += text.slice(from, end);
      else pieces.push({ text: text.slice(from, end), isHit: true });
      at = end;
    }
    if (at < text.length) pieces.push({ text: text.slice(at), isHit: false });
    return pieces;
  };

  const excerpt = (text, asked) => {
    const lines = linesOf(text, asked);
    const best = lines.reduce((best, line) => (line.score > best.score ? line : best), lines[0] ?? NONE);
    if (best.score === 0) return { anchor: "", pieces: marked(cut(widened(best, lines), asked), asked) };
    // What the best line lacks may stand in another.
    const lacking = asked.filter((one) => !best.found.has(one));
    const has = (line) => lacking.filter((one) => line.found.has(one)).length;
    const other = lacking.length === 0 ? NONE : lines.reduce((best, line) => (has(line) > has(best) ? line : best), NONE);
    const shown = other === NONE ? [best] : [best, other];
    const pieces = shown.flatMap((line, n) => [
      { text: `${n > 0 ? " … " : ""}${line.part[1] ? `${line.part[1]}: ` : ""}`, isHit: false },
      ...marked(cut(shown.length > 1 ? line.text : widened(line, lines), asked, AROUND / shown.length), asked),
    ]);
    return { anchor: best.part[0], pieces };
  };

  const NONE = { text: "", part: ["", ""], n: -1, score: 0, found: new Map() };

  // A whole word counts more than the beginning of one, and most where it was asked for.
  const weight = (word, one, part) => (word === one.word ? 3 : 2) + (part[0] !== "" && part[0] === PARTS[one.place] ? 9 : 0);

  // The lines of a text, each with its part of the page and the words it holds of what is asked.
  const linesOf = (text, asked) => {
    let part = ["", ""];
    const lines = [];
    for (const line of text.split("\n")) {
      if (line.startsWith("#")) part = line.slice(1).split("\t");
      else if (line.trim() !== "") {
        const found = new Map();
        for (const { word } of asked.length > 0 ? placed(line) : []) {
          for (const one of asked) if (word.startsWith(one.word)) found.set(one, Math.max(found.get(one) ?? 0, weight(word, one, part)));
        }
        const score = [...found.values()].reduce((sum, one) => sum + one, 0);
        lines.push({ text: line.trim(), part, n: lines.length, score, found });
      }
    }
    return lines;
  };

  // A short line with those that follow it in the same part.
  const widened = ({ text, part, n }, lines) => {
    let shown = text;
    for (let at = n + 1; shown.length < 80 && lines[at]?.part === part; at += 1) shown += ` · ${lines[at].text}`;
    return shown;
  };

  // A window on a long text, around what is asked, from space to space.
  const cut = (text, asked, most = AROUND) => {
    if (text.length <= most) return text;
    const first = placed(text).find(({ word }) => isIn(word, asked))?.start ?? 0;
    let from = Math.max(0, Math.floor(Math.min(first - most / 4, text.length - most)));
    if (from > 0) {
      const space = text.indexOf(" ", from);
      from = space >= 0 && space < first ? space + 1 : from;
    }
    let to = Math.min(text.length, from + most);
    if (to < text.length) {
      const space = text.lastIndexOf(" ", to);
      to = space > from + most / 2 ? space : to;
    }
    // Never half a sign.
    if (/[\uDC00-\uDFFF]/.test(text[from])) from += 1;
    if (/[\uD800-\uDBFF]/.test(text[to - 1])) to -= 1;
    return `${from > 0 ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`;
  };

  // The words that were asked for in a title too.
  const ofTitle = (asked) => asked.filter(({ place }) => (place ?? 0) === 0);
  // True where the title alone has all that was asked for.
  const isTitle = (title, asked) => {
    const own = placed(title);
    return ofTitle(asked).length === asked.length && asked.every(({ word }) => own.some((one) => one.word.startsWith(word)));
  };

  return { excerpt, marked, ofTitle, isTitle };
})(globalThis.partwellFind);
