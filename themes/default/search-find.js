// Finding: words of a text as the index has them, the columns of fields, and which files hold a word. Nothing here
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

  // 3 Words in files: the keys of the files that may hold a word. Where it is a letter that too many of them hold, and
  // not the whole of a field's value, they are left alone.
  const hex = (word) => Array.from(new TextEncoder().encode(word), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const keysOf = (word, { keys }, isAll = false) => {
    const code = hex(word);
    const all = keys.filter((key) => key.startsWith(code) || code.startsWith(key));
    return isLone(word) && !isAll && all.length > MANY ? [] : all;
  };
  const MANY = 4;
  const isLone = (word) => /^[a-z0-9]$/.test(word);
  // Those that may hold names with a word.
  const keysOfNames = (word, columns) => keysOf(`_${word}`, columns);

  // Parts of a page that a word may be asked for in, as the index numbers them.
  const PLACES = { vendor: 0, person: 1, system: 2, service: 3, tag: 4 };

  return { words, columns, kindOf, keysOf, keysOfNames, isLone, PLACES };
})();
