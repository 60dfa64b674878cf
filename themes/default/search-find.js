// Finding: words of a text as the index has them, the index itself, and what a query hits. Nothing here
// touches the page.
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
    if (isPlain(text)) return [...text.matchAll(/[a-z0-9]+/gi)].map(plainWord);
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
  const isPlain = (text) => /^[\0-\x7F]*$/.test(text);
  const plainWord = ({ 0: word, index }) => ({ word: word.slice(0, LONGEST).toLowerCase(), start: index, end: index + word.length, isRest: false });
  const add = (unit, c, end) => {
    if (unit.letters < LONGEST) unit.word += c;
    unit.letters += 1;
    unit.end = end;
  };

  // 2 Columns: the values of fields, one for each vendor.
  const columns = (data) => {
    const lines = (text) => (text === "" ? [] : text.split("\n"));
    // A column of numbers, when it is first asked for.
    const numbers = {};
    for (const name of ["owner", "country", "notice", "ends", "sendby"]) {
      let list;
      Object.defineProperty(numbers, name, { get: () => (list ??= data[name].split(",").map((part) => (part === "" ? NaN : Number(part)))) });
    }
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
      numbers,
      // Filled when they are first asked for.
      plainTitles: null,
      ownerWords: null,
      own: [],
      route: (n) => (n < vendors ? `vendors/${slug(n)}.html` : routes[n - vendors]),
    };
  };

  // What an entry is, in words.
  const kindOf = (n, columns) => {
    if (n >= columns.count - columns.codes) return "Finding";
    if (n >= columns.vendors) return "Page";
    const label = (list, digit) => columns[list][Number(digit)]?.[1];
    const owner = columns.owners[columns.numbers.owner[n]];
    return ["Vendor", label("statuses", columns.status[n]), owner && `owner ${owner}`].filter(Boolean).join(" · ");
  };

  // 3 Words in files: the keys of the files that may hold a word.
  const hex = (word) => Array.from(new TextEncoder().encode(word), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const keysOf = (word, { keys }) => {
    const code = hex(word);
    const all = keys.filter((key) => key.startsWith(code) || code.startsWith(key));
    return isLone(word) && all.length > MANY ? [] : all;
  };
  const MANY = 4;
  const isLone = (word) => /^[a-z0-9]$/.test(word);

  // The names that hold a word beginning with a letter.
  const weighNames = (letter, columns, weights) => {
    columns.plainTitles ??= columns.titles.map((title) => title.normalize("NFKD"));
    const begins = new RegExp(`(?:^|[^\\p{L}\\p{N}\\p{M}])${letter}`, "iu");
    columns.plainTitles.forEach((title, n) => { if (begins.test(title)) weights[n] = WEIGHTS[0] / 2; });
    return weights;
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
    const keys = keysOf(word, columns);
    if (keys.length === 0 && isLone(word) && (place ?? 0) === 0) return weighNames(word, columns, weights);
    for (const key of keys) {
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
  const titleBonus = (n, { titles, own: known }, asked) => {
    known[n] ??= words(titles[n]).map((one) => one.word).join(" ");
    const own = known[n];
    return own === asked ? 500 : own.startsWith(asked) ? 250 : 0;
  };

  // Entries in order of weight. `shards` holds what is loaded.
  const search = (query, columns, shards) => {
    const { count, vendors } = columns;
    const total = new Float64Array(count);
    let alive = new Uint8Array(count).fill(1);
    query.nowhere = [];
    const narrow = (test) => { alive = alive.map((is, n) => (is && test(n) ? 1 : 0)); };
    // What is left out: for each such field the entries that have all of its words.
    const left = new Map();
    for (const { word, place, not } of query.words) {
      const weights = weigh(word, place, columns, shards);
      if (not) {
        left.set(not, (left.get(not) ?? new Uint8Array(count).fill(1)).map((has, n) => (has && weights[n] > 0 ? 1 : 0)));
        continue;
      }
      if (!weights.some((weight) => weight > 0)) query.nowhere.push(word);
      narrow((n) => weights[n] > 0 && (place === undefined || n < vendors));
      weights.forEach((weight, n) => { total[n] += weight; });
    }
    for (const has of left.values()) narrow((n) => n < vendors && !has[n]);
    for (const { test } of query.fields) narrow((n) => n < vendors && test(n));
    const hits = [];
    const asked = query.words.filter((one) => one.place === undefined).map((one) => one.word).join(" ");
    for (let n = 0; n < count; n += 1) {
      if (!alive[n]) continue;
      if (asked && total[n] >= 500) total[n] += titleBonus(n, columns, asked);
      hits.push(n);
    }
    return hits.sort((a, b) => total[b] - total[a] || a - b);
  };

  return { words, columns, kindOf, keysOf, search, PLACES };
})();
