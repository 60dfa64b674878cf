// A small handbook and its calendars, written by hand, and copies of them with a single slip each. What is
// broken has to be noticed, or the check checks nothing.

import { dues } from "./dues.mjs";
import { agreement, flaws, imports, readings } from "./ics.mjs";

const BOOK = {
  handbook: { id: "hand" },
  as_of: "2026-11-21",
  vendors: [
    {
      slug: "acme",
      fields: {
        status: "active",
        owner: "ana",
        contacts: [{ id: "ana", name: "Ana Lee", side: "client" }, { id: "bo", name: "Bo Ng" }],
        access: [{ system: "The Box", expires: "2027-03-01", admin: "Cy Oh" }],
        reviews: [{ date: "2026-11-01", actions: [{ what: "Call", due: "2026-12-01", who: "bo" }, { what: "Call", due: "2026-12-02" }] }],
      },
      derived: { send_by: "2026-12-21", received_by: "2026-12-22", term_end: "2027-01-21", next_end: null },
      exit: {
        notice: { send_by: "2026-12-21", received_by: "2026-12-22", by: "client", counted_from: "term_end" },
        steps: [{ id: "P1", due: null, state: "open" }],
      },
    },
    {
      slug: "early",
      fields: { status: "active", owner: "Cy Oh", exit: { termination_date: "2027-02-28" } },
      derived: { send_by: "2027-03-10", received_by: "2027-03-11", term_end: "2027-04-10", next_end: "2028-04-10" },
      exit: { notice: { send_by: "2027-01-29", received_by: "2027-01-30", by: "client", counted_from: "last_day" }, steps: [] },
    },
    {
      slug: "left",
      fields: { status: "ended", owner: "Cy Oh", exit: { termination_date: "2026-09-30" } },
      derived: { term_end: "2026-09-30", protection_end: "2030-09-30" },
      exit: {
        notice: { send_by: "2026-08-31", received_by: "2026-08-31", by: "client", counted_from: "term_end" },
        steps: [
          { id: "P1", due: "2026-09-01", state: "done", owner: "Cy Oh" },
          { id: "P2", due: "2026-09-02", state: "skipped", owner: null },
          { id: "C9.nda", due: "2026-12-31", state: "open", owner: "Cy Oh" },
        ],
      },
    },
  ],
};

const LONG = "SUMMARY:Eine schöne\\, lange Zeile mit Zeichen\\; und noch einigen Worten\\, aus denen er groß wird";
const STEPS = ["2026-09-30 left.last-day", "2026-09-01 left.step.P1", "2026-09-02 left.step.P2"];
const NOTICE = ["2026-11-21 acme.send-by.30", "2026-12-14 acme.send-by.7", "2026-12-21 acme.send-by", "2026-12-22 acme.received-by"];
const REST = ["2027-01-21 acme.term-end", "2026-12-02 acme.action.call-2"];
const ACME = ["2027-03-01 acme.access-expires.the-box", "2026-12-01 acme.action.call", ...NOTICE, ...REST];
const EARLY = [
  "2027-02-28 early.last-day",
  ...["2026-11-30 early.send-by.60", "2026-12-30 early.send-by.30", "2027-01-22 early.send-by.7"],
  ...["2027-01-29 early.send-by", "2027-01-30 early.received-by"],
];
const FILES = {
  "calendar.ics": [...ACME, ...STEPS],
  "calendar/acme.ics": ACME,
  "calendar/early.ics": [],
  "calendar/exit-early.ics": EARLY,
  "calendar/exit-left.ics": STEPS,
  "calendar/left.ics": STEPS,
  "calendar/owner-ana.ics": [...NOTICE, ...REST],
  "calendar/owner-cy-oh.ics": ["2027-03-01 acme.access-expires.the-box", "2026-09-30 left.last-day", "2026-09-01 left.step.P1"],
};

const WHOLE = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Hand//EN
BEGIN:VEVENT
UID:left.last-day@hand.partwell.invalid
DTSTAMP:20261121T000000Z
DTSTART;VALUE=DATE:20260930
DTEND;VALUE=DATE:20261001
TRANSP:TRANSPARENT
SEQUENCE:9821
${LONG.slice(0, 74)}
 ${LONG.slice(74)}
END:VEVENT
BEGIN:VEVENT
UID:left.step.P1@hand.partwell.invalid
DTSTAMP:20261121T000000Z
DTSTART;VALUE=DATE:20260901
DTEND;VALUE=DATE:20260902
TRANSP:TRANSPARENT
SEQUENCE:9821
SUMMARY:Done: Write it down
END:VEVENT
BEGIN:VEVENT
UID:left.step.P2@hand.partwell.invalid
DTSTAMP:20261121T000000Z
DTSTART;VALUE=DATE:20260902
DTEND;VALUE=DATE:20260903
TRANSP:TRANSPARENT
SEQUENCE:9821
STATUS:CANCELLED
SUMMARY:Say it
END:VEVENT
END:VCALENDAR
`.replaceAll("\n", "\r\n");

const UID = "left.step.P1@hand.partwell.invalid";
const swap = (from, to) => (text) => text.replace(from, to);
const drop = (line) => swap(`${line}\r\n`, "");
const after = (line, more) => swap(`${line}\r\n`, `${line}\r\n${more}\r\n`);
const bytes = (change) => (text) => change(Buffer.from(text));
const alarm = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P1D\r\nDESCRIPTION:x\r\nEND:VALARM";
const zone = "BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\nEND:VTIMEZONE";

// Each slip, and a piece of what has to be said about it.
const BROKEN = [
  ["a bare line feed", swap("SUMMARY:Say it\r\n", "SUMMARY:Say it\n"), "CRLF"],
  ["a bare carriage return", swap("SUMMARY:Say it", "SUMMARY:Say\rit"), "CRLF"],
  ["no line end at the end", (text) => text.trimEnd(), "does not end with CRLF"],
  ["an empty line", swap("\r\nEND:VCALENDAR", "\r\n\r\nEND:VCALENDAR"), "is empty"],
  ["a mark before the first line", (text) => `\ufeff${text}`, "does not begin"],
  ["a line of 76 octets", swap("Say it", "Say it" + "x".repeat(62)), "has 76 octets"],
  ["75 letters that take more octets", swap("Say it", "ü".repeat(67)), "octets"],
  ["a fold inside a letter", bytes(foldInside), "is not UTF-8 by itself"],
  ["a bell", swap("Say it", "Say \x07 it"), "control character"],
  ["no version", drop("VERSION:2.0"), "VERSION"],
  ["another version", swap("VERSION:2.0", "VERSION:1.0"), "VERSION"],
  ["no PRODID", drop("PRODID:-//Hand//EN"), "PRODID"],
  ["a method", after("VERSION:2.0", "METHOD:PUBLISH"), "METHOD"],
  ["an alarm", after("SUMMARY:Say it", alarm), "has a VALARM"],
  ["a time zone", after("PRODID:-//Hand//EN", zone), "has a VTIMEZONE"],
  ["no end of the last event", swap("END:VEVENT\r\nEND:VCALENDAR", "END:VCALENDAR"), "not open"],
  ["a line that is no property", after("SUMMARY:Say it", "and so on"), "is not a property"],
  ["no UID", drop(`UID:${UID}`), "the UID has another form"],
  ["a UID of another handbook", swap(UID, "left.step.P1@else.partwell.invalid"), "the UID has another form"],
  ["a UID with a space", swap(UID, "left.step P1@hand.partwell.invalid"), "the UID has another form"],
  ["a UID with its day", swap(UID, "left.step.P1-20260901@hand.partwell.invalid"), "the UID holds the day"],
  ["a UID with its day, written out", swap(UID, "left.step.P1.2026-09-01@hand.partwell.invalid"), "the UID holds the day"],
  ["the same UID twice", swap(UID, "left.last-day@hand.partwell.invalid"), "stands twice"],
  ["no DTSTAMP", drop("DTSTAMP:20261121T000000Z"), "DTSTAMP is missing"],
  ["the DTSTAMP of another day", swap("20261121T000000Z", "20261122T000000Z"), "DTSTAMP"],
  ["a DTSTAMP without zone", swap("20261121T000000Z", "20261121T000000"), "DTSTAMP"],
  ["a start with a time", swap("DTSTART;VALUE=DATE:20260901", "DTSTART:20260901T090000Z"), "is not a day"],
  ["a start without VALUE=DATE", swap("DTSTART;VALUE=DATE:20260901", "DTSTART:20260901"), "is not a day"],
  ["a start on a day that is none", swap("DTSTART;VALUE=DATE:20260901", "DTSTART;VALUE=DATE:20260931"), "is not a day"],
  ["no end", drop("DTEND;VALUE=DATE:20260902"), "DTEND is missing"],
  ["an end on the same day", swap("DTEND;VALUE=DATE:20260902", "DTEND;VALUE=DATE:20260901"), "DTEND"],
  ["no TRANSP", drop("TRANSP:TRANSPARENT"), "TRANSP is missing"],
  ["an opaque event", swap("TRANSP:TRANSPARENT", "TRANSP:OPAQUE"), "TRANSP"],
  ["no SEQUENCE", drop("SEQUENCE:9821"), "SEQUENCE is missing"],
  ["the SEQUENCE of another day", swap("SEQUENCE:9821", "SEQUENCE:9820"), "SEQUENCE"],
  ["no summary", drop("SUMMARY:Say it"), "SUMMARY is empty"],
  ["an empty summary", swap("SUMMARY:Say it", "SUMMARY: "), "SUMMARY is empty"],
  ["a comma that is not escaped", swap("Say it", "Say, it"), "unescaped"],
  ["a semicolon that is not escaped", swap("Say it", "Say; it"), "unescaped"],
  ["a backslash that is not escaped", swap("Say it", "Say \\it"), "unescaped"],
  ["a name of the calendar that is not escaped", after("VERSION:2.0", "X-WR-CALNAME:This, that"), "unescaped"],
  ["an event too few", swap(/BEGIN:VEVENT\r\nUID:left\.last-day.*?END:VEVENT\r\n/s, ""), "on 2026-09-30 is missing"],
  ["an event too many", swap(UID, "left.step.P9@hand.partwell.invalid"), "on 2026-09-01 is too much"],
  ["an event a day late", later, "is on 2026-09-02, not on 2026-09-01"],
  ["a skipped step that is not cancelled", drop("STATUS:CANCELLED"), "skipped, and not cancelled"],
  ["a done step that is cancelled", after("SUMMARY:Done: Write it down", "STATUS:CANCELLED"), "done, and cancelled"],
  ["a done step that does not say so", swap("Done: Write", "Write"), "done, and its summary says not done"],
  ["a skipped step that says it is done", swap("Say it", "Done: Say it"), "skipped, and its summary says done"],
  // This is what ical.js and node-ical take differently; so the two are compared indeed.
  ["a text that two readers take differently", swap("Say it", "Say C:\\\\new"), "its summary reads as"],
];

function foldInside(whole) {
  const at = whole.indexOf(Buffer.from("ö")) + 1;
  return Buffer.concat([whole.subarray(0, at), Buffer.from("\r\n "), whole.subarray(at)]);
}

function later(text) {
  const moved = text.replace("DTSTART;VALUE=DATE:20260901", "DTSTART;VALUE=DATE:20260902");
  return moved.replace("DTEND;VALUE=DATE:20260902", "DTEND;VALUE=DATE:20260903");
}

export function noticesWhatIsBroken(result) {
  const due = dues(BOOK);
  const listed = (events) => [...events].map(([uid, { day }]) => `${day} ${uid}`).sort().join("\n");
  const wanted = Object.entries(FILES).map(([path, events]) => [path, new Map(events.map((event) => uidAndDay(event)))]);
  result("the files of a handbook by hand", differences([...due.keys()].sort().join(), Object.keys(FILES).join()));
  for (const [path, events] of wanted) result(`${path} by hand`, differences(listed(due.get(path) ?? []), listed(events)));

  const steps = due.get("calendar/exit-left.ics");
  const known = { as_of: BOOK.as_of, id: BOOK.handbook.id };
  const problems = (file) => flaws(Buffer.from(file), steps, known);
  result("a whole calendar", problems(WHOLE));
  for (const [slip, change, said] of BROKEN) {
    const file = change(WHOLE);
    result(slip, noticed(() => (file === WHOLE ? ["is the whole one"] : problems(file)), said));
  }

  const { count, first, second } = readings(Buffer.from(WHOLE));
  const changed = (change) => second.map((event, n) => (n === 0 ? { ...event, ...change } : event));
  const read = (more) => () => agreement({ count, first, second, ...more });
  result("a reader that sees fewer events", noticed(read({ second: second.slice(1) }), "node-ical reads 2 events of 3"));
  result("another one that does", noticed(read({ first: first.slice(1) }), "ical.js reads 2 events of 3"));
  result("a reader that sees another day", noticed(read({ second: changed({ day: "2026-09-29" }) }), "its day reads as"));
  result("a reader that sees another summary", noticed(read({ second: changed({ summary: "Else" }) }), "its summary reads as"));

  const next = first.map((event) => ({ ...event, sequence: event.sequence + 1, summary: "Later" }));
  const stuck = next.map((event) => ({ ...event, sequence: event.sequence - 2 }));
  result("a later calendar", imports(first, next));
  result("a later calendar with a lower SEQUENCE", noticed(() => imports(first, stuck), "stays as it was"));
  const level = first.map((event) => ({ ...event }));
  result("a later calendar with the same SEQUENCE", noticed(() => imports(first, level), "stays as it was"));
  result("a calendar with one UID twice", noticed(() => imports([...first, first[0]], next), "a second time"));
}

function uidAndDay(event) {
  const [day, name] = event.split(" ");
  return [`${name}@hand.partwell.invalid`, { day }];
}

function differences(found, wanted) {
  return found === wanted ? [] : [`has\n${found}\nnot\n${wanted}`];
}

function noticed(look, said) {
  const problems = look();
  return problems.some((problem) => problem.includes(said)) ? [] : [`was not noticed: ${problems.join("; ") || "nothing was said"}`];
}
