// Ranking: what a query hits, the best first. Nothing here touches the page.
"use strict";
globalThis.partwellRank = (({ words, keysOf, keysOfNames, isLone }) => {
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
  // What each further word adds that stands in the same name of a person, system, service or tag: more than it does in
  // the name of a vendor.
  const TOGETHER = 700;
  const near = (asked, found) => (found === asked ? 1 : 0.5 + (0.3 * asked.length) / found.length);

  // The best weight of each entry for the words that begin with one; of one place only, where it is named.
  const weigh = (word, place, keys, index) => {
    const weights = new Float64Array(index.columns.count);
    eachLine(word, keys, index, (found, list, where) => {
      if (place !== undefined && where !== place) return;
      const weight = WEIGHTS[where] * near(word, found);
      each(list, (n) => { if (weights[n] < weight) weights[n] = weight; });
    });
    return weights;
  };

  // The vendors with a word that begins with a letter in their names.
  const weighTitles = (letter, { columns }) => {
    columns.plainTitles ??= columns.titles.map((title) => title.normalize("NFKD"));
    const begins = new RegExp(`(?:^|[^\\p{L}\\p{N}\\p{M}])${letter}`, "iu");
    return Float64Array.from(columns.plainTitles, (title) => (begins.test(title) ? WEIGHTS[0] / 2 : 0));
  };

  // Names of several words, each as a line for each of its words, `_dana_reyes` and `_reyes_dana`: those with a word that
  // begins with one, and for each word that is asked for whether the name has it.
  const eachName = (anchor, asked, index, visit) => {
    eachLine(`_${anchor}`, keysOfNames(anchor, index.columns), index, (found, list, where) => {
      const name = found.slice(1).split("_");
      visit(asked.map((word) => name.some((one) => one.startsWith(word))), name, list, where);
    });
  };

  // The entries that have all words in one name.
  const weighNames = (asked, place, index) => {
    const weights = new Float64Array(index.columns.count);
    eachName(longest(asked), asked, index, (has, name, list, where) => {
      if (where !== place || has.includes(false)) return;
      const weight = WEIGHTS[place] * asked.length * near(asked.join(""), name.join(""));
      each(list, (n) => { if (weights[n] < weight) weights[n] = weight; });
    });
    return weights;
  };
  const longest = (words) => words.reduce((best, word) => (word.length > best.length ? word : best));

  // Words by themselves are looked for in names too, where not too many files hold those.
  const isAnchor = (word, asked, columns) => asked.length > 1 && keysOfNames(word, columns).length <= FILES;
  const FILES = 8;

  // For each entry how many of the words one of its names has, and which of them stand in a name with another.
  const countTogether = (asked, index) => {
    const [most, which] = [new Uint8Array(index.columns.count), new Uint16Array(index.columns.count)];
    for (const anchor of asked.filter((word) => isAnchor(word, asked, index.columns))) {
      eachName(anchor, asked, index, (has, name, list) => {
        const count = has.filter(Boolean).length;
        if (count < 2) return;
        const bits = has.reduce((all, is, n) => all | (is << n), 0);
        each(list, (n) => {
          most[n] = Math.max(most[n], count);
          which[n] |= bits;
        });
      });
    }
    return { most, which };
  };

  // 3 What is asked for: words by themselves, and values whose words have to stand in one name.
  const termsOf = (query) => {
    const terms = [];
    for (const { word, place, not, value } of query.words) {
      if (place > 0 && terms.at(-1)?.value === value) terms.at(-1).asked.push(word);
      else terms.push({ asked: [word], place, not, value });
    }
    // What begins another word of the value says nothing more.
    const isMore = (word, at, all) => !all.some((other, n) => n !== at && other.startsWith(word) && (other !== word || n < at));
    return terms.map((term) => ({ ...term, asked: term.asked.filter(isMore) }));
  };
  const plainOf = (terms) => terms.filter(({ place }) => place === undefined).map(({ asked }) => asked[0]);

  // The keys of all files that a query needs.
  const keysFor = (query, columns) => {
    const terms = termsOf(query);
    const plain = plainOf(terms);
    const keys = terms.flatMap(({ asked, place }) => {
      if (asked.length > 1) return keysOfNames(longest(asked), columns);
      return [...keysOf(asked[0], columns, place > 0), ...(place === undefined && isAnchor(asked[0], plain, columns) ? keysOfNames(asked[0], columns) : [])];
    });
    return new Set(keys);
  };

  // How well a title answers the whole query.
  const titleBonus = (n, { titles, own: known }, asked) => {
    known[n] ??= words(titles[n]).map((one) => one.word).join(" ");
    const own = known[n];
    return own === asked ? 500 : own.startsWith(asked) ? 250 : 0;
  };

  // 4 Entries in order of weight. `shards` holds what is loaded.
  const search = (query, columns, shards) => {
    const index = { columns, shards };
    const { count, vendors } = columns;
    const total = new Float64Array(count);
    let alive = new Uint8Array(count).fill(1);
    query.nowhere = [];
    const narrow = (test) => { alive = alive.map((is, n) => (is && test(n) ? 1 : 0)); };
    const terms = termsOf(query);
    const plain = plainOf(terms);
    const { most, which } = countTogether(plain, index);
    const weightsOf = ({ asked: [word, ...more], place }) => {
      if (more.length > 0) return weighNames([word, ...more], place, index);
      const keys = keysOf(word, columns, place > 0);
      if (keys.length > 0 || !isLone(word)) return weigh(word, place, keys, index);
      // Too many files hold the words that begin with a letter: it counts in titles, and beside another word in a name.
      const weights = weighTitles(word, index);
      const bit = 1 << plain.indexOf(word);
      return place === 0 ? weights : weights.map((weight, n) => weight || (which[n] & bit ? WEIGHTS[1] / 2 : 0));
    };
    // What is left out: for each such field the entries that have all of it.
    const left = new Map();
    for (const term of terms) {
      const weights = weightsOf(term);
      if (term.not) {
        left.set(term.not, (left.get(term.not) ?? new Uint8Array(count).fill(1)).map((has, n) => (has && weights[n] > 0 ? 1 : 0)));
        continue;
      }
      if (!weights.some((weight) => weight > 0)) query.nowhere.push(...(term.asked.length > 1 ? [] : term.asked));
      narrow((n) => weights[n] > 0 && (term.place === undefined || n < vendors));
      weights.forEach((weight, n) => { total[n] += weight; });
    }
    for (const has of left.values()) narrow((n) => n < vendors && !has[n]);
    for (const { test } of query.fields) narrow((n) => n < vendors && test(n));
    const hits = [];
    const asked = plain.join(" ");
    for (let n = 0; n < count; n += 1) {
      if (!alive[n]) continue;
      if (most[n] > 1) total[n] += TOGETHER * (most[n] - 1);
      if (asked && total[n] >= 500) total[n] += titleBonus(n, columns, asked);
      hits.push(n);
    }
    return hits.sort((a, b) => total[b] - total[a] || a - b);
  };

  return { search, keysFor };
})(globalThis.partwellFind);
