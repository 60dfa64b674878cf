// Ranking: what a query hits, the best first. Nothing here touches the page.
"use strict";
globalThis.partwellRank = (({ words, keysOf, keysOfPairs, isLone }) => {
  // 1 The index: a line for each word, with a list of entries for each part of a page that it stands in.
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

  // Calls back with each line whose word begins so: the word, and a list of entries with the number of its place.
  const eachLine = (word, keys, { shards }, visit) => {
    for (const key of keys) {
      const lines = shards.get(key) ?? "";
      let at = lines.startsWith(word) ? 0 : lines.indexOf(`\n${word}`) + 1;
      if (at === 0 && !lines.startsWith(word)) continue;
      while (lines.startsWith(word, at)) {
        const end = lines.indexOf("\n", at);
        const [found, ...lists] = lines.slice(at, end).split(" ");
        for (const list of lists) visit(found, list, (list.charCodeAt(0) % 16) - (list.charCodeAt(0) >= 97 ? 1 : 0));
        at = end + 1;
      }
    }
  };

  // 2 Weight: names before people, systems and services, those before tags, headings and prose.
  const WEIGHTS = [1000, 400, 400, 400, 300, 120, 60];
  // What it adds that two words stand in one name of a person, system, service or tag: more than each in the name of
  // a vendor that has the other somewhere.
  const TOGETHER = 700;

  // The names that hold a word beginning with a letter.
  const weighNames = (letter, { columns }, weights) => {
    columns.plainTitles ??= columns.titles.map((title) => title.normalize("NFKD"));
    const begins = new RegExp(`(?:^|[^\\p{L}\\p{N}\\p{M}])${letter}`, "iu");
    columns.plainTitles.forEach((title, n) => { if (begins.test(title)) weights[n] = WEIGHTS[0] / 2; });
  };

  // Too many files hold the words that begin with it for all to be loaded.
  const isTooWide = (word, { columns }) => isLone(word) && keysOf(word, columns).length === 0;

  // The best weight of each entry for the words that begin with one; of one place only, where it is named. A lone letter
  // that is too wide counts in names, and together with the word beside it.
  const weigh = ({ word, place }, beside, index) => {
    const weights = new Float64Array(index.columns.count);
    if (isTooWide(word, index)) {
      if ((place ?? 0) === 0) weighNames(word, index, weights);
      if (beside) together(word, beside, place, index).forEach((is, n) => { if (is && weights[n] === 0) weights[n] = WEIGHTS[1] / 2; });
      return weights;
    }
    eachLine(word, keysOf(word, index.columns), index, (found, list, where) => {
      if (place !== undefined && where !== place) return;
      const near = found === word ? 1 : 0.5 + (0.3 * word.length) / found.length;
      const weight = WEIGHTS[where] * near;
      each(list, (n) => { if (weights[n] < weight) weights[n] = weight; });
    });
    return weights;
  };

  // The entries in which two words stand in one name: there are lines `_dana_reyes` and `_reyes_dana`. A name of very
  // many words has a line `_reyes_` for each, which goes with all others of that kind.
  const together = (a, b, place, index) => {
    const [one, other] = a.length < b.length ? [b, a] : [a, b];
    const [both, long, longToo] = [0, 1, 2].map(() => new Uint8Array(index.columns.count));
    const mark = (list, into) => each(list, (n) => { into[n] = 1; });
    const isHere = (where) => place === undefined || where === place;
    const pairs = (word, visit) => eachLine(`_${word}`, keysOfPairs(word, index.columns), index, visit);
    pairs(one, (found, list, where) => {
      const at = found.indexOf("_", 1) + 1;
      if (isHere(where) && found.startsWith(other, at)) mark(list, both);
      else if (isHere(where) && at === found.length) mark(list, long);
    });
    if (!long.includes(1)) return both;
    if (isLone(other)) longToo.fill(1);
    else pairs(other, (found, list, where) => { if (found.endsWith("_") && isHere(where)) mark(list, longToo); });
    return both.map((is, n) => is | (long[n] & longToo[n]));
  };
  // A word that begins another may stand for the same.
  const isTwo = (a, b) => !a.startsWith(b) && !b.startsWith(a);

  // The keys of all files that a query needs.
  const keysFor = (asked, columns) => new Set(asked.flatMap(({ word }) => [...keysOf(word, columns), ...(asked.length > 1 ? keysOfPairs(word, columns) : [])]));

  // How well a title answers the whole query.
  const titleBonus = (n, { titles, own: known }, asked) => {
    known[n] ??= words(titles[n]).map((one) => one.word).join(" ");
    const own = known[n];
    return own === asked ? 500 : own.startsWith(asked) ? 250 : 0;
  };

  // 3 Entries in order of weight. `shards` holds what is loaded.
  const search = (query, columns, shards) => {
    const index = { columns, shards };
    const { count, vendors } = columns;
    const total = new Float64Array(count);
    let alive = new Uint8Array(count).fill(1);
    query.nowhere = [];
    const narrow = (test) => { alive = alive.map((is, n) => (is && test(n) ? 1 : 0)); };
    // What is left out: for each such field the entries that have all of it.
    const left = new Map();
    const leave = (not, has) => left.set(not, (left.get(not) ?? new Uint8Array(count).fill(1)).map((is, n) => (is && has(n) ? 1 : 0)));
    query.words.forEach((one, at) => {
      const { word, place, not, value } = one;
      const isBeside = (other) => other?.value === value;
      const before = query.words.slice(0, at).filter(isBeside);
      const beside = before.at(-1) ?? query.words.slice(at + 1).find(isBeside);
      const weights = weigh(one, beside?.word, index);
      const has = (n) => weights[n] > 0;
      if (not) leave(not, has);
      else {
        if (!weights.some((weight) => weight > 0)) query.nowhere.push(word);
        narrow((n) => has(n) && (place === undefined || n < vendors));
        weights.forEach((weight, n) => { total[n] += weight; });
      }
      // The words of a field's value stand in one name; of others it is good where they do.
      for (const other of value ? before : before.slice(-1)) {
        if (place === 0 || !isTwo(other.word, word)) continue;
        const pair = together(other.word, word, place, index);
        if (not) leave(not, (n) => pair[n] > 0);
        else if (value) narrow((n) => pair[n] > 0);
        else pair.forEach((is, n) => { if (is) total[n] += TOGETHER; });
      }
    });
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

  return { search, keysFor };
})(globalThis.partwellFind);
