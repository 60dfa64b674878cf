// Finding: words of a text as the index has them, a query and its fields, what it hits, and excerpts. Nothing
// here touches the page.
"use strict";
globalThis.partwellFind = (() => {
  // 1 Words. The same in src/search/fold.rs; a file of vectors holds the two together.
  const LONGEST = 32;
  const DROPPED =
    /[\u00AD\u0300-\u036F\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u064B-\u065F\u0670\u1AB0-\u1AFF\u1DC0-\u1DFF\u200B-\u200F\u20D0-\u20FF\u2060\uFE00-\uFE0F\uFE20-\uFE2F\uFEFF]/u;
  const SPELLED = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ħ: "h", ı: "i", ł: "l", þ: "th", ς: "σ" };
  const MARK = /\p{M}/u;
  const LETTER = /[\p{Alphabetic}\p{N}]/u;
  const UNSPACED =
    /[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3005-\u3007\u3040-\u30FF\u31F0-\u31FF\u3400-\u9FFF\uF900-\uFAFF\u{20000}-\u{3FFFF}]/u;
  const known = new Map();

  // What a sign becomes: letters, each with what it is.
  const fold = (sign) => {
    let parts = known.get(sign);
    if (!parts) {
      const low = [...sign.normalize("NFKD").toLowerCase()].filter((c) => !DROPPED.test(c));
      const letters = low.flatMap((c) => [...(SPELLED[c] ?? c)]);
      parts = letters.map((c) => ({ c, isMark: MARK.test(c), isLetter: LETTER.test(c), isUnspaced: UNSPACED.test(c) }));
      known.set(sign, parts);
    }
    return parts;
  };

  // Each word with its place. Letters without spaces between them come in pairs, the last one once more alone.
  const words = (text) => {
    const found = [];
    let word = null;
    let run = [];
    const close = () => {
      run.forEach((unit, n) => {
        const next = run[n + 1];
        found.push({ word: unit.word + (next?.word ?? ""), start: unit.start, end: (next ?? unit).end, isRest: n > 0 && !next });
      });
      if (word) found.push({ word: word.word, start: word.start, end: word.end, isRest: false });
      word = null;
      run = [];
    };
    let start = 0;
    for (const sign of text) {
      const end = start + sign.length;
      const parts = fold(sign);
      if (parts.length === 0 && word) word.end = end;
      for (const { c, isMark, isLetter, isUnspaced } of parts) {
        const open = run.at(-1) ?? word;
        if (!isMark && !isLetter) close();
        else if (isMark && open) add(open, c, end);
        else if (isUnspaced) {
          if (word) close();
          run.push({ word: c, letters: 0, start, end });
        } else if (word) add(word, c, end);
        else {
          close();
          word = { word: c, letters: 1, start, end };
        }
      }
      start = end;
    }
    close();
    return found;
  };
  const add = (unit, c, end) => {
    if (unit.letters < LONGEST) unit.word += c;
    unit.letters += 1;
    unit.end = end;
  };

  // 2 Columns: the values of fields, one for each vendor.
  const columns = (data) => {
    const lines = (text) => (text === "" ? [] : text.split("\n"));
    const numbers = (text) => text.split(",").map((part) => (part === "" ? NaN : Number(part)));
    const titles = lines(data.titles);
    const routes = lines(data.routes);
    const vendors = titles.length - routes.length;
    const slugs = data.slugs.split("\n");
    const slug = (n) => slugs[n] || titles[n].toLowerCase().split(/[^a-z0-9]+/).filter(Boolean).join("-");
    return {
      ...data,
      count: titles.length,
      vendors,
      titles,
      keys: data.keys === "" ? [""] : data.keys.split(" "),
      owner: numbers(data.owner),
      country: numbers(data.country),
      notice: numbers(data.notice),
      ends: numbers(data.ends),
      sendby: numbers(data.sendby),
      ownerWords: data.owners.map((name) => words(name).map((one) => one.word)),
      route: (n) => (n < vendors ? `vendors/${slug(n)}.html` : routes[n - vendors]),
    };
  };

  // 3 Words in files: the keys of the files that may hold a word.
  const hex = (word) => Array.from(new TextEncoder().encode(word), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const keysOf = (word, keys) => {
    const code = hex(word);
    return keys.filter((key) => key.startsWith(code) || code.startsWith(key));
  };

  const VALUES = new Uint8Array(128);
  [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].forEach((sign, n) => { VALUES[sign.charCodeAt(0)] = n; });
  // Calls back with each entry in a list of them, which is in steps or in bits.
  const each = (list, visit) => {
    const first = list.charCodeAt(0);
    if (first >= 97) {
      for (let n = 1; n < list.length; n += 1) {
        const bits = VALUES[list.charCodeAt(n)];
        for (let bit = 0; bit < 6; bit += 1) if (bits & (1 << bit)) visit((n - 1) * 6 + bit);
      }
      return;
    }
    let [at, step, shift] = [0, 0, 0];
    for (let n = 1; n < list.length; n += 1) {
      const value = VALUES[list.charCodeAt(n)];
      step += (value & 31) * 2 ** shift;
      shift += 5;
      if (value & 32) continue;
      visit(at + step);
      [at, step, shift] = [at + step + 1, 0, 0];
    }
  };

  // 4 Weight: names before people, systems and services, those before tags, headings and prose.
  const WEIGHTS = [1000, 400, 400, 400, 300, 120, 60];
  const PLACES = { vendor: 0, person: 1, system: 2, service: 3, tag: 4 };

  // The best weight of each entry for the words that begin with one; of one place only, where it is named.
  const weigh = (word, place, columns, shards) => {
    const weights = new Float64Array(columns.count);
    for (const key of keysOf(word, columns.keys)) {
      const lines = shards.get(key) ?? "";
      let at = lines.startsWith(word) ? 0 : lines.indexOf(`\n${word}`) + 1;
      if (at === 0 && !lines.startsWith(word)) continue;
      while (lines.startsWith(word, at)) {
        const end = lines.indexOf("\n", at);
        const [found, ...lists] = lines.slice(at, end).split(" ");
        const near = found === word ? 1 : 0.5 + (0.3 * word.length) / found.length;
        for (const list of lists) {
          const where = list.charCodeAt(0) % 16 - (list.charCodeAt(0) >= 97 ? 1 : 0);
          if (place !== undefined && where !== place) continue;
          const weight = WEIGHTS[where] * near;
          each(list, (n) => { if (weights[n] < weight) weights[n] = weight; });
        }
        at = end + 1;
      }
    }
    return weights;
  };

  // How well a title answers the whole query.
  const titleBonus = (title, asked) => {
    const own = words(title).map((one) => one.word).join(" ");
    return own === asked ? 500 : own.startsWith(asked) ? 250 : 0;
  };

  // Entries in order of weight. `shards` holds what is loaded.
  const search = (query, columns, shards) => {
    const { count, vendors } = columns;
    const total = new Float64Array(count);
    let alive = new Uint8Array(count).fill(1);
    const narrow = (test) => { alive = alive.map((is, n) => (is && test(n) ? 1 : 0)); };
    for (const { word, place } of query.words) {
      const weights = weigh(word, place, columns, shards);
      narrow((n) => weights[n] > 0 && (place === undefined || n < vendors));
      weights.forEach((weight, n) => { total[n] += weight; });
    }
    for (const { test } of query.fields) narrow((n) => n < vendors && test(n));
    const hits = [];
    const asked = query.words.filter((one) => one.place === undefined).map((one) => one.word).join(" ");
    for (let n = 0; n < count; n += 1) {
      if (!alive[n]) continue;
      if (asked && total[n] >= 500) total[n] += titleBonus(columns.titles[n], asked);
      hits.push(n);
    }
    return hits.sort((a, b) => total[b] - total[a] || a - b);
  };

  // 5 Excerpts: the line that holds most of what was asked, and the part of the page it stands in.
  const AROUND = 170;
  const marked = (text, asked) => {
    const places = words(text).filter(({ word }) => asked.some((one) => word.startsWith(one)));
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
    const lines = text.split("\n");
    let [part, best] = [["", ""], { score: -1, line: "", part: ["", ""], n: 0 }];
    lines.forEach((line, n) => {
      if (line.startsWith("#")) {
        part = line.slice(1).split("\t");
        return;
      }
      const found = new Map();
      for (const { word } of words(line)) {
        const hit = asked.findIndex((one) => word.startsWith(one));
        if (hit >= 0) found.set(hit, Math.max(found.get(hit) ?? 0, word === asked[hit] ? 3 : 2));
      }
      const score = [...found.values()].reduce((sum, one) => sum + one, 0);
      if (score > best.score && line.trim() !== "") best = { score, line: line.trim(), part, n };
    });
    let shown = best.line;
    for (let n = best.n + 1; shown.length < 80 && n < lines.length && lines[n] && !lines[n].startsWith("#"); n += 1) {
      shown += ` · ${lines[n].trim()}`;
    }
    const [anchor, name] = best.score > 0 ? best.part : ["", ""];
    return { anchor, name, pieces: marked(cut(shown, asked), asked) };
  };

  // A window on a long text, around what is asked, from space to space.
  const cut = (text, asked) => {
    if (text.length <= AROUND) return text;
    const first = words(text).find(({ word }) => asked.some((one) => word.startsWith(one)))?.start ?? 0;
    let from = Math.max(0, Math.min(first - 50, text.length - AROUND));
    if (from > 0) {
      const space = text.indexOf(" ", from);
      from = space >= 0 && space < first ? space + 1 : from;
    }
    let to = Math.min(text.length, from + AROUND);
    if (to < text.length) {
      const space = text.lastIndexOf(" ", to);
      to = space > from + AROUND / 2 ? space : to;
    }
    // Never half a sign.
    if (/[\uDC00-\uDFFF]/.test(text[from])) from += 1;
    if (/[\uD800-\uDBFF]/.test(text[to - 1])) to -= 1;
    return `${from > 0 ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`;
  };

  return { words, columns, keysOf, search, excerpt, marked, PLACES };
})();
