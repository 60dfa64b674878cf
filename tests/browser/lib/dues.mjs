// Which days the calendars of a handbook have to hold, worked out from its handbook.json alone.

import { lastDay, plus, plusDays, plusMonths, shortest } from "./days.mjs";

const LEADS = [120, 90, 60, 30, 7];
const TALKING = ["onboarding", "active", "at_risk", "exiting"];
const FOLDED = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d" };

// For each file its events: a map from UID to the day and, for the step of an exit, its state.
export function dues({ handbook, as_of, vendors }) {
  const from = plusMonths(as_of, -12);
  const to = plusMonths(as_of, 24);
  const isInside = (day) => from <= day && day <= to;
  const files = new Map([["calendar.ics", new Map()]]);
  const people = [];
  const put = (path, due) => {
    if (!files.has(path)) files.set(path, new Map());
    if (due) files.get(path).set(due.uid, { day: due.day, state: due.state });
  };
  for (const { slug, fields, derived, exit } of vendors) {
    const isOver = fields.status === "ended";
    const numbered = numbering((name) => `${slug}.${name}`, `@${handbook.id}.partwell.invalid`);
    // Where notice is counted for an ending, or is the vendor's, its days stand apart with the ending.
    const notice = fields.exit?.notice_given === undefined ? [...notices(fields, exit.notice, as_of, isInside)] : [];
    const isOther = exit.notice.counted_from === "last_day" || exit.notice.send_by !== derived.send_by;
    const isApart = isLeaving(fields) && (isOther || exit.notice.by === "vendor");
    // So does the end of confidentiality where it is counted from a last day that is not the end of the term.
    const tells = isLeaving(fields) && tellsTheLastDay(fields, derived) ? protection(fields, derived) : [];
    const kept = tells.length > 0 ? [] : protection(fields, derived);
    const ordinary = [...(isApart ? [] : notice), ...kept, ...usual(fields, derived, as_of)].map(numbered);
    const leaving = isLeaving(fields) ? [...(isApart ? notice : []), ...tells, ...ending(fields, exit)].map(numbered) : [];
    put(`calendar/${slug}.ics`);
    for (const due of [...ordinary, ...(isOver ? leaving : [])].filter(({ day }) => isInside(day))) {
      put("calendar.ics", due);
      put(`calendar/${slug}.ics`, due);
      const owner = ours(due.owner, fields.contacts);
      if (owner?.id) people.push({ ...owner, due });
    }
    if (isLeaving(fields)) put(`calendar/exit-${slug}.ics`);
    for (const due of leaving.filter(({ day }) => isInside(day))) put(`calendar/exit-${slug}.ics`, due);
  }
  const called = calendarNames(people);
  for (const { id, name, due } of people) put(`calendar/owner-${called(id, name)}.ics`, due);
  return files;
}

// One calendar for each person: whoever has a name first keeps the id for it, and the same name elsewhere belongs to it.
function calendarNames(people) {
  const folded = (name) => name.trim().toLowerCase();
  const [idOf, nameOf] = [new Map(), new Map()];
  for (const { id, name } of people) {
    if (id === slug(name) || idOf.has(folded(name)) || nameOf.has(id)) continue;
    idOf.set(folded(name), id);
    nameOf.set(id, name);
  }
  return (id, name) => idOf.get(folded(name)) ?? (slug(name) || id);
}

// The days of notice, with the days on which calendars remind of them.
function* notices({ status, owner }, { send_by, received_by }, as_of, isInside) {
  if (status === "ended" || status === "prospect") return;
  const due = (name, day) => ({ name, day, owner });
  if (send_by) yield due("send-by", send_by);
  if (send_by && send_by >= as_of && isInside(send_by)) {
    for (const lead of LEADS) {
      const day = plusDays(send_by, -lead);
      if (day >= as_of) yield due(`send-by.${lead}`, day);
    }
  }
  if (received_by) yield due("received-by", received_by);
}

function protection({ owner }, { protection_end }) {
  return /^\d/.test(protection_end ?? "") ? [{ name: "confidentiality", day: protection_end, owner }] : [];
}

function tellsTheLastDay({ nda, exit }, { term_end }) {
  const isCounted = ["termination", "disclosure"].includes(nda?.confidentiality?.from);
  return isCounted && Boolean(exit?.termination_date) && exit.termination_date !== term_end;
}

// What stands in the ordinary calendars. A key whose value is null could not be read: nothing is guessed from it.
function* usual(fields, derived, as_of) {
  const { status, contract, nda, owner } = fields;
  const isOver = status === "ended";
  const isRunning = !isOver && status !== "prospect";
  const due = (name, day, person = owner) => ({ name, day, owner: person });

  if (isRunning && fields.exit?.termination_date === undefined && derived.term_end) {
    yield due("term-end", derived.term_end);
    if (derived.next_end) yield due("renewal", plusDays(derived.term_end, 1));
  }
  if (!isOver && contract?.minimum_until) yield due("minimum-until", contract.minimum_until);
  if (isRunning && fields.reviewed && fields.review_every !== null) {
    yield due("review", plus(fields.reviewed, fields.review_every ?? "12mo"));
  }
  const next = TALKING.includes(status) ? checkIn(fields, as_of) : undefined;
  if (next) yield due("check-in", next);
  for (const { id, period, day } of claims(fields.slas ?? [], as_of)) yield due(`claim-by.${id}.${period}`, day);
  const agreed = nda?.effective === undefined ? nda?.signed : nda.effective;
  if (agreed && /^\d/.test(nda.term ?? "")) yield due("nda-end", plus(agreed, nda.term));
  for (const { id, system, granted, checked, revoked, admin } of fields.access ?? []) {
    const seen = checked === undefined ? granted : checked;
    if (TALKING.slice(1).includes(status) && seen && !(revoked <= as_of)) {
      yield due(`access-check.${id ?? slug(system)}`, plusMonths(seen, 6), admin ?? owner);
    }
  }
  for (const { id, system, expires, revoked, admin } of fields.access ?? []) {
    if (expires && revoked === undefined) yield due(`access-expires.${id ?? slug(system)}`, expires, admin ?? owner);
  }
  for (const { what, who, due: day, done } of (fields.reviews ?? []).flatMap(({ actions }) => actions ?? [])) {
    if (day && done === undefined) yield due(`action.${slug(what)}`, day, who ?? owner);
  }
  for (const { text, due: day, done } of fields.expectations?.of_client ?? []) {
    if (day && done === undefined) yield due(`expectation.${slug(text)}`, day);
  }
  if (!isOver && !isLeaving(fields) && fields.successor?.start) yield due("successor", fields.successor.start);
}

// What stands in the calendar of an exit.
function* ending(fields, { steps }) {
  const { meeting, termination_date } = fields.exit ?? {};
  if (meeting?.date) yield { name: "meeting", day: meeting.date, owner: fields.owner };
  if (termination_date) yield { name: "last-day", day: termination_date, owner: fields.owner };
  if (fields.status !== "ended" && fields.successor?.start) yield { name: "successor", day: fields.successor.start, owner: fields.owner };
  for (const { id, due, state, owner } of steps) {
    if (due && id !== "C9.nda") yield { name: `step.${id}`, day: due, state, owner };
  }
}

function isLeaving({ status, exit }) {
  return status === "exiting" || status === "ended" || Boolean(exit?.termination_date);
}

// The UID of each event of a vendor. It is the same in every file, and counts on where it was given before.
function numbering(start, end) {
  const given = new Set();
  return ({ name, ...due }) => {
    let uid = start(name) + end;
    for (let n = 2; given.has(uid); n += 1) uid = `${start(name)}-${n}${end}`;
    given.add(uid);
    return { ...due, uid };
  };
}

// A person of ours, by id and name; nothing for somebody on the vendor's side.
function ours(person, contacts) {
  if (!person) return undefined;
  const known = (contacts ?? []).map((contact) => ({ ...contact, id: contact.id ?? slug(contact.name ?? "") }));
  const same = (name) => name?.trim().toLowerCase() === person.trim().toLowerCase();
  const contact = known.find(({ id }) => id === person) ?? known.find(({ name }) => same(name));
  if (!contact) return { id: slug(person), name: person };
  return contact.side === "client" ? { id: contact.id, name: contact.name ?? person } : undefined;
}

function checkIn(fields, as_of) {
  const { reviews, feedback, contract, communication, onboarding } = fields;
  if ([reviews, feedback, onboarding, onboarding?.until, communication, communication?.cadence].includes(null)) return undefined;
  const entries = [...(reviews ?? []), ...(feedback ?? [])].map(({ date }) => date);
  const cadence = communication?.cadence ?? [];
  if (entries.includes(null) || cadence.some(({ phase, every, until }) => [phase, every, until].includes(null))) return undefined;
  const heard = entries.filter((date) => date && date <= as_of).sort().at(-1) ?? contract?.start;
  const until = onboarding?.until ?? (contract?.start && plusDays(contract.start, 90));
  const kept = (wanted) => cadence.filter(({ phase, every, until }) => phase === wanted && every && !(until < as_of));
  const early = until && as_of <= until ? kept("ramp_up") : [];
  const every = shortest((early.length > 0 ? early : kept("steady")).map((entry) => entry.every));
  return heard && every && plus(heard, every);
}

// Each measured period that missed, while its credit can still be claimed.
function* claims(slas, as_of) {
  for (const sla of slas) {
    if (!sla.credit?.claim_within) continue;
    for (const actual of sla.actuals ?? []) {
      if (!actual.period || lastDay(actual.period) > as_of || !isMissed(sla, actual)) continue;
      const day = plus(lastDay(actual.period), sla.credit.claim_within);
      if (day >= as_of) yield { id: sla.id, period: actual.period, day };
    }
  }
}

function isMissed({ objective, grace_until, grace_target }, { period, value }) {
  const hidden = [objective, objective?.target_percent, grace_until, grace_target];
  if (!objective || value == null || hidden.includes(null)) return false;
  if (objective.target_percent !== undefined) return value < objective.target_percent;
  const target = grace_until && lastDay(period) <= grace_until && grace_target !== undefined ? grace_target : objective.value;
  if (target == null) return false;
  return { gte: value < target, lte: value > target, gt: value <= target, lt: value >= target }[objective.op] ?? false;
}

// An id made from a text: small ASCII letters, digits and single hyphens, at most 63 characters.
export function slug(name) {
  const folded = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const ascii = folded
    .replace(/['’]/g, "")
    .replace(/[ßæœøłđ]/g, (letter) => FOLDED[letter])
    .replace(/[\p{P}\p{Z}]/gu, " ");
  const strange = /[^\x00-\x7f]/u.exec(ascii);
  if (strange) throw new Error(`what becomes of ${strange[0]} in an id is not known here`);
  return ascii.replace(/^[^a-z0-9]+/, "").replace(/[^a-z0-9]+/g, "-").slice(0, 63).replace(/-$/, "");
}
