// What is asked: words, and fields such as `owner:dana notice<60`. What cannot be read is said, and the rest
// still counts.
"use strict";
globalThis.partwellQuery = (({ words, PLACES }) => {
  const MOST = { signs: 300, words: 12 };
  const DAY = 86400000;

  const HELP = "owner:dana status:exiting tier:strategic notice<60 sendby<2026-12-31 ends<2027-03-01 critical:yes country:GB vendor: person: system: service: tag:";

  const keyOf = (name) => name.toLowerCase().replaceAll("_", "");

  const parse = (text, columns) => {
    const query = { words: [], fields: [], hints: [] };
    const short = text.slice(0, MOST.signs);
    // `notice < 60` is `notice<60`.
    const joined = short.replace(/([A-Za-z_]+)(?:\s*(<=|>=|[<>=])|(:))\s*(?=\S)/g, (whole, name, sign, colon) =>
      Object.hasOwn(FIELDS, keyOf(name)) ? `${name}${sign ?? colon}` : whole);
    if (text.length > short.length) query.hints.push(`Only the first ${MOST.signs} letters were looked for.`);
    for (const [whole, not, name, sign, quoted, bare, said] of joined.matchAll(/(-?)([A-Za-z_]+)(<=|>=|[:=<>])(?:"([^"]*)"?|(\S*))|"([^"]*)"?|\S+/g)) {
      const value = (quoted ?? bare ?? "").trim();
      const isAddress = value.startsWith("//");
      if (name && !isAddress && (not ? leaveOut : read)(keyOf(name), sign, value, query, columns)) continue;
      if (!name && /^-\p{L}/u.test(whole)) query.hints.push("A hyphen leaves out fields alone, like -status:ended; this was looked for as a word.");
      const isUnknown = name && !isAddress && value !== "";
      if (isUnknown) query.hints.push(unknown(name));
      wordsOf(isUnknown ? value : said ?? whole).forEach((word) => query.words.push({ word }));
    }
    if (query.words.length > MOST.words) {
      // Of what is left out, half would leave out more.
      const cut = new Set(query.words.splice(MOST.words).map(({ not }) => not));
      query.words = query.words.filter(({ not }) => !not || !cut.has(not));
      query.hints.push(`Only the first ${MOST.words} words were looked for.`);
    }
    return query;
  };

  // What came of it, in words. Without a number nothing could be looked for.
  const tell = ({ words: asked, hints, nowhere = [] }, count) => {
    if (count === undefined) return hints.length > 0 ? hints.join(" ") : "There is no letter to look for.";
    const found = count === 1 ? "1 hit." : `${count.toLocaleString("en")} hits.`;
    const none = asked.length > 1 && nowhere.length > 0 ? `Nothing has “${shown(nowhere[0])}”.` : "Nothing has all of this.";
    return [count > 0 ? found : none, ...hints].join(" ");
  };

  // A run of letters without spaces is asked for in pairs; its last letter alone would say nothing more.
  const wordsOf = (text) => words(text).filter((one) => !one.isRest).map((one) => one.word);

  const folded = (text) => words(text).map((one) => one.word).join(" ");

  // True where the name is that of a field. A value that is still being written asks for nothing yet.
  const read = (name, sign, value, query, columns) => {
    if (!Object.hasOwn(FIELDS, name)) return false;
    const field = FIELDS[name];
    if (value === "") {
      query.hints.push(`${name} ${field.wants}.`);
      return true;
    }
    const isEqual = sign === ":" || sign === "=";
    const test = (isEqual || field.isOrdered) && !/^[!<>=-]/.test(value) ? field.test(value, sign, columns, query) : undefined;
    if (test === undefined) query.hints.push(isEqual || field.isOrdered ? `${name} ${field.wants}, not “${shown(value)}”.` : `Write ${name}:${shown(value)}. ${sign} is for days and dates.`);
    else if (test) query.fields.push({ test });
    return true;
  };

  // `-status:ended` is all but that.
  const leaveOut = (name, sign, value, query, columns) => {
    const inner = { words: [], fields: [], hints: query.hints };
    if (!read(name, sign, value, inner, columns)) return false;
    const not = {};
    inner.words.forEach((one) => query.words.push({ ...one, not }));
    inner.fields.forEach(({ test }) => query.fields.push({ test: (n) => !test(n) }));
    return true;
  };

  const shown = (text) => (text.length > 30 ? `${text.slice(0, 30)}…` : text);

  // A word that several choices may begin with: the numbers of those.
  const chosen = (value, choices) => {
    const asked = folded(value);
    const exact = choices.findIndex((names) => names.some((name) => folded(name) === asked));
    if (exact >= 0) return [exact];
    return choices.flatMap((names, n) => (asked && names.some((name) => folded(name).startsWith(asked)) ? [n] : []));
  };

  const choice = (column, list) => (value, sign, columns) => {
    const numbers = chosen(value, columns[list]);
    return numbers.length === 0 ? undefined : (n) => numbers.some((number) => columns[column][n] === String(number));
  };

  // Every word of the value begins a word of the name.
  const owner = (value, sign, columns) => {
    const asked = wordsOf(value);
    if (asked.length === 0) return undefined;
    columns.ownerWords ??= columns.owners.map((name) => [...wordsOf(name), ...wordsOf(name.replace(/['’]/g, ""))]);
    const fits = columns.ownerWords.map((own) => asked.every((word) => own.some((one) => one.startsWith(word))));
    return (n) => fits[columns.numbers.owner[n]] === true;
  };

  // A place in the index: the words join the query, asked for in that place alone, and in one name there.
  const placed = (place) => (value, sign, columns, query) => {
    const asked = wordsOf(value);
    if (asked.length === 0) return undefined;
    asked.forEach((word) => query.words.push({ word, place: PLACES[place], value: asked }));
    return false;
  };

  const country = (value, sign, columns, query) => {
    if (!/^[a-z]{2}$/i.test(value)) return undefined;
    const code = value.toUpperCase();
    const at = columns.countries.indexOf(code);
    if (at < 0) query.hints.push(`No vendor is in ${code}.${code === "UK" ? " The code of the United Kingdom is GB." : ""}`);
    return (n) => at >= 0 && columns.numbers.country[n] === at;
  };

  const yes = (value, sign, columns) => {
    const isYes = /^(y|yes|true|1)$/i.test(value);
    if (!isYes && !/^(n|no|false|0)$/i.test(value)) return undefined;
    return (n) => columns.critical[n] === (isYes ? "1" : "0");
  };

  const compare = (column, sign, from, to) => {
    if (sign === "<") return (n) => column[n] < from;
    if (sign === ">") return (n) => column[n] > to;
    if (sign === "<=") return (n) => column[n] <= to;
    if (sign === ">=") return (n) => column[n] >= from;
    return (n) => column[n] >= from && column[n] <= to;
  };

  const notice = (value, sign, columns) => {
    const [, number, unit] = value.match(/^(\d{1,5})(d|bd|w|mo|y)?$/i) ?? [];
    if (number === undefined) return undefined;
    const days = Math.round(number * { d: 1, bd: 1.4, w: 7, mo: 30.44, y: 365.25 }[(unit ?? "d").toLowerCase()]);
    return compare(columns.numbers.notice, sign, days, days);
  };

  // A day, a month or a year, as days from the day of the handbook.
  const date = (name) => (value, sign, columns) => {
    const [, year, month, day] = value.match(/^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/) ?? [];
    if (year === undefined) return undefined;
    const first = Date.UTC(year, (month ?? 1) - 1, day ?? 1);
    const after = day ? first + DAY : month ? Date.UTC(year, month, 1) : Date.UTC(Number(year) + 1, 0, 1);
    const at = new Date(first);
    if ((month && at.getUTCMonth() !== month - 1) || (day && at.getUTCDate() !== Number(day))) return undefined;
    const zero = Date.parse(columns.asOf);
    return compare(columns.numbers[name], sign, Math.round((first - zero) / DAY), Math.round((after - zero) / DAY) - 1);
  };

  const FIELDS = {
    owner: { wants: "takes a name, like owner:dana", test: owner },
    status: { wants: "is prospect, onboarding, active, at_risk, exiting or ended", test: choice("status", "statuses") },
    tier: { wants: "is strategic, tactical, operational or commodity", test: choice("tier", "tiers") },
    critical: { wants: "is yes or no", test: yes },
    country: { wants: "takes two letters, like country:GB", test: country },
    notice: { wants: "takes days, like notice<60", isOrdered: true, test: notice },
    ends: { wants: "takes a date, like ends<2027-03-01", isOrdered: true, test: date("ends") },
    sendby: { wants: "takes a date, like sendby<2026-12-31", isOrdered: true, test: date("sendby") },
    vendor: { wants: "takes part of a name, like vendor:north", test: placed("vendor") },
    person: { wants: "takes a name, like person:ivy", test: placed("person") },
    system: { wants: "takes a name, like system:shop", test: placed("system") },
    service: { wants: "takes a name, like service:design", test: placed("service") },
    tag: { wants: "takes a word, like tag:web", test: placed("tag") },
  };

  const unknown = (name) => {
    const near = Object.keys(FIELDS).find((field) => isNear(name.toLowerCase(), field));
    return `There is no field “${shown(name)}”, so its value was looked for as words. ${near ? `Did you mean ${near}?` : `Fields: ${Object.keys(FIELDS).join(", ")}.`}`;
  };

  // One letter more, less or other, two changed places, or the beginning of it.
  const isNear = (a, b) => {
    if (a.length > 2 && b.startsWith(a)) return true;
    if (Math.abs(a.length - b.length) > 1) return false;
    let [from, end] = [0, 0];
    while (from < a.length && a[from] === b[from]) from += 1;
    while (end < Math.min(a.length, b.length) - from && a.at(-1 - end) === b.at(-1 - end)) end += 1;
    const [restA, restB] = [a.slice(from, a.length - end), b.slice(from, b.length - end)];
    return (restA.length <= 1 && restB.length <= 1) || (restA.length === 2 && restA === [...restB].reverse().join(""));
  };

  return { parse, tell, HELP };
})(globalThis.partwellFind);
