// Reads calendars (RFC 5545): byte by byte, and with two readers that are not ours.

import ICAL from "ical.js";
import nodeIcal from "node-ical";
import { daysBetween, plusDays } from "./days.mjs";

const MOST = 75;
const TEXTS = ["SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "NAME", "X-WR-CALNAME", "X-WR-CALDESC"];

const decode = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
const short = (day) => day.replaceAll("-", "");

// Everything that is wrong with a file: as such, against the days it has to hold, and between the two readers.
export function flaws(bytes, due, known) {
  const problems = form(bytes, known);
  // What is no calendar may not be readable any further.
  try {
    problems.push(...content(bytes, due), ...agreement(readings(bytes)));
  } catch (error) {
    problems.push(`cannot be read: ${error.message}`);
  }
  return problems;
}

// What is wrong with a file as such: its bytes, its frame and the form of each event.
function form(bytes, { as_of, id }) {
  const problems = lines(bytes);
  if (problems.length > 0) return problems;
  const { frame, events, problems: misplaced } = components(bytes);
  problems.push(...misplaced);
  if (frame.VERSION?.map(({ value }) => value).join() !== "2.0") problems.push("VERSION is not 2.0");
  if (frame.PRODID?.length !== 1 || !frame.PRODID[0].value.trim()) problems.push("has no PRODID");
  if (frame.METHOD) problems.push("has a METHOD");
  problems.push(...unescaped(frame));
  const seen = new Set();
  for (const event of events) {
    const uid = event.UID?.[0].value ?? "an event without UID";
    if (seen.has(uid)) problems.push(`${uid} stands twice`);
    seen.add(uid);
    problems.push(...eventForm(event, { as_of, id }).map((problem) => `${uid}: ${problem}`));
  }
  return problems;
}

function lines(bytes) {
  const problems = [];
  const text = bytes.toString("latin1");
  if (!text.endsWith("\r\n")) problems.push("does not end with CRLF");
  if (/\r(?!\n)|(?<!\r)\n/.test(text)) problems.push("a line does not end with CRLF");
  text.split("\r\n").slice(0, -1).forEach((line, n) => {
    if (line.length > MOST) problems.push(`line ${n + 1} has ${line.length} octets`);
    if (line.trim() === "") problems.push(`line ${n + 1} is empty`);
    if (n === 0 && line !== "BEGIN:VCALENDAR") problems.push("does not begin with BEGIN:VCALENDAR");
    if (/[\x00-\x08\x0a-\x1f\x7f]/.test(line)) problems.push(`line ${n + 1} holds a control character`);
    try {
      decode(Buffer.from(line, "latin1"));
    } catch {
      problems.push(`line ${n + 1} is not UTF-8 by itself`);
    }
  });
  return problems;
}

// The properties of the calendar and of each of its events, by name.
function components(bytes) {
  const problems = [];
  const frame = {};
  const events = [];
  const open = [];
  for (const line of decode(bytes).replace(/\r\n[ \t]/g, "").split("\r\n").slice(0, -1)) {
    const [, name, parameters, value] = /^([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:]*))*):(.*)$/su.exec(line) ?? [];
    if (name === undefined) {
      problems.push(`"${line}" is not a property`);
    } else if (name === "BEGIN") {
      const within = open.join(" ");
      open.push(value);
      if (value === "VEVENT") events.push({});
      const place = { VCALENDAR: "", VEVENT: "VCALENDAR" }[value];
      if (place !== within) problems.push(`has a ${value}`);
    } else if (name === "END") {
      if (open.pop() !== value) problems.push(`ends a ${value} that is not open`);
    } else {
      const into = open.at(-1) === "VEVENT" ? events.at(-1) : frame;
      (into[name] ??= []).push({ parameters, value });
    }
  }
  if (open.length > 0) problems.push(`does not end its ${open.at(-1)}`);
  return { frame, events, problems };
}

function eventForm(event, { as_of, id }) {
  const problems = [];
  const whole = (name) => event[name]?.map(({ parameters, value }) => `${parameters}:${value}`).join(" and ");
  const holds = (name, wanted) => {
    if (whole(name) !== wanted) problems.push(`${name}${whole(name) ?? " is missing"}, not ${name}${wanted}`);
  };
  holds("DTSTAMP", `:${short(as_of)}T000000Z`);
  holds("TRANSP", ":TRANSPARENT");
  holds("SEQUENCE", `:${daysBetween("2000-01-01", as_of)}`);
  const day = dayOf(event);
  if (day) holds("DTEND", `;VALUE=DATE:${short(plusDays(day, 1))}`);
  else problems.push(`DTSTART${whole("DTSTART") ?? " is missing"} is not a day`);
  if (event.SUMMARY?.length !== 1 || !event.SUMMARY[0].value.trim()) problems.push("SUMMARY is empty");
  problems.push(...unescaped(event));
  const uid = event.UID?.map(({ value }) => value).join(" and ") ?? "";
  if (!uid.endsWith(`@${id}.partwell.invalid`) || /[^\x21-\x7e]/.test(uid)) problems.push("the UID has another form");
  if (day && (uid.includes(day) || uid.includes(short(day)))) problems.push("the UID holds the day");
  return problems;
}

function unescaped(component) {
  const texts = TEXTS.flatMap((name) => (component[name] ?? []).map(({ value }) => [name, value]));
  const wrong = texts.filter(([, value]) => !/^(?:[^\\;,]|\\[\\;,nN])*$/su.test(value));
  return wrong.map(([name, value]) => `${name} leaves a sign unescaped: ${value}`);
}

function dayOf(event) {
  if (event.DTSTART?.length !== 1 || event.DTSTART[0].parameters !== ";VALUE=DATE") return undefined;
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(event.DTSTART[0].value) ?? [];
  const text = `${year}-${month}-${day}`;
  return year && !Number.isNaN(Date.parse(text)) && plusDays(text, 0) === text ? text : undefined;
}

// What is missing, too much or on another day, and what does not show the state of its step.
function content(bytes, due) {
  const problems = [];
  const { events } = components(bytes);
  const found = new Map(events.map((event) => [event.UID?.[0].value, event]));
  for (const [uid, { day, state }] of due) {
    const event = found.get(uid);
    if (!event) {
      problems.push(`${uid} on ${day} is missing`);
      continue;
    }
    if (dayOf(event) !== day) problems.push(`${uid} is on ${dayOf(event)}, not on ${day}`);
    const isCancelled = event.STATUS?.[0].value === "CANCELLED";
    if (isCancelled !== (state === "skipped")) problems.push(`${uid} is ${state ?? "no step"}, and ${isCancelled ? "" : "not "}cancelled`);
    const isDone = event.SUMMARY?.[0].value.startsWith("Done: ") ?? false;
    if (isDone !== (state === "done")) problems.push(`${uid} is ${state ?? "no step"}, and its summary says ${isDone ? "" : "not "}done`);
  }
  for (const [uid, event] of found) {
    if (!due.has(uid)) problems.push(`${uid} on ${dayOf(event)} is too much`);
  }
  return problems;
}

// What two people see who read the same file with different programs.
export function readings(bytes) {
  return { count: components(bytes).events.length, first: withIcalJs(decode(bytes)), second: withNodeIcal(decode(bytes)) };
}

export function agreement({ count, first, second }) {
  const problems = [];
  if (first.length !== count) problems.push(`ical.js reads ${first.length} events of ${count}`);
  if (second.length !== count) problems.push(`node-ical reads ${second.length} events of ${count}`);
  const other = new Map(second.map((event) => [event.uid, event]));
  for (const one of first) {
    const two = other.get(one.uid);
    for (const what of ["day", "end", "sequence", "summary"]) {
      if (one[what] !== two?.[what]) problems.push(`${one.uid}: its ${what} reads as ${show(one[what])} and as ${show(two?.[what])}`);
    }
  }
  return problems;
}

const show = (value) => JSON.stringify(value) ?? "nothing";

function withIcalJs(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const { uid, sequence, summary, description, startDate, endDate } = new ICAL.Event(component);
    const day = (time) => (time?.isDate ? time.toString() : `${time}, not a whole day`);
    return { uid, sequence, day: day(startDate), end: day(endDate), summary, description: description ?? "" };
  });
}

function withNodeIcal(text) {
  const events = Object.values(nodeIcal.sync.parseICS(text)).filter(({ type }) => type === "VEVENT");
  return events.map(({ uid, sequence, start, end, summary }) => {
    const two = (number) => String(number).padStart(2, "0");
    const day = (time) =>
      time?.dateOnly ? `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}` : `${time}, not a whole day`;
    return { uid, sequence: Number(sequence), day: day(start), end: day(end), summary };
  });
}

// What a calendar program holds after it has read a file: of two events with one UID the higher SEQUENCE.
export function imported(known, events) {
  const held = new Map(known);
  for (const event of events) {
    const old = held.get(event.uid);
    if (!old || event.sequence >= old.sequence) held.set(event.uid, event);
  }
  return held;
}

// Reading a file again changes nothing, and a later one wins, whichever is read first.
export function imports(earlier, later) {
  const problems = [];
  const once = imported(new Map(), earlier);
  if (once.size !== earlier.length || !same(once, imported(once, earlier))) problems.push("reading it a second time changes something");
  const shared = later.filter(({ uid }) => once.has(uid));
  const forward = imported(once, later);
  const backward = imported(imported(new Map(), later), earlier);
  for (const event of shared) {
    for (const held of [forward, backward]) {
      if (held.get(event.uid) !== event) problems.push(`${event.uid} stays as it was on the earlier day`);
    }
  }
  return problems;
}

const same = (a, b) => JSON.stringify([...a]) === JSON.stringify([...b]);
