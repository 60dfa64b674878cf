// Projects whose calendars are easy to get wrong: the files of each, by path.
// Names that become an id keep to letters whose ASCII form is beyond doubt. No text has a backslash before
// an n, which node-ical takes for a line break.

const LONG = "見積もりの確認と納品".repeat(12);
const FAMILY = "👩‍👩‍👧‍👦".repeat(9);

const TEXTS = `---
title: "First line\\rand a second"
vendor: "Söhne, Töchter; \\"Co\\" \\\\ 漢字"
status: active
owner: ana
reviewed: 2026-02-28
review_every: 24mo
contacts:
  - {id: ana, name: "Ana Lee, Jr; \\\\ esq", role: owner, side: client}
  - {name: Zoë Brandt, role: it, side: client}
  - {id: bo, name: Bo Ng, role: practitioner}
contract:
  type: standalone
  start: 2026-03-20
  term: 12mo
  renewal: {kind: auto, term: 12mo}
  notice: 28d
  minimum_until: 2028-11-21
communication: {cadence: [{phase: ramp_up, every: 1d}, {phase: steady, every: 5w}, {phase: steady, every: 1mo}, {phase: exit, every: 1d}]}
nda: {kind: mutual, signed: 2026-01-05, term: 2y, confidentiality: {lasts: 2y, from: effective}}
access:
  - {id: lids, system: "Pots, pans; and \\\\ \\"lids\\"\\nin\\rfour\\r\\nlines\\tand a tab", kind: account, expires: 2026-11-21, admin: Zoë Brandt}
  - {id: kanji, system: "${LONG}", kind: account, expires: 2027-03-01}
  - {id: family, system: "A${FAMILY}", kind: account, expires: 2025-11-21, admin: zoe-brandt}
  - {id: bell, system: "A bell \\x07, a line \\L and an end \\N of it", kind: account, expires: 2027-04-01}
  - {system: Øster's Ünï–box, kind: account, expires: 2028-11-21}
  - {id: before, system: Too old, kind: account, expires: 2025-11-20}
  - {id: after, system: Too far, kind: account, expires: 2028-11-22}
  - {id: closed, system: Closed, kind: account, expires: 2027-01-01, revoked: 2026-05-01}
expectations:
  of_client:
    - {text: "Überweisung; für das Café, mit einem Satz, der länger ist als eine Kennung lang sein darf", due: 2026-12-24}
    - {text: Done long ago, due: 2026-10-01, done: 2026-09-30}
    - {text: No day}
slas:
  - id: on-time
    kind: timeliness
    objective: {op: lte, value: 4, unit: h, target_percent: 95}
    credit: {percent: 5, claim_within: 21d}
    actuals: [{period: 2026-09, value: 90}, {period: 2026-10, value: 94.9}, {period: 2026-11, value: 1}]
  - id: weekly
    kind: quality
    objective: {op: gte, value: 96, unit: percent}
    grace_until: 2026-11-08
    grace_target: 80
    credit: {percent: 5, claim_within: 1mo}
    actuals: [{period: 2026-W44, value: 85}, {period: 2026-W45, value: 79}, {period: 2026-W46, value: 85}, {period: 2026-W43, value: 99}]
  - id: quarterly
    kind: volume
    objective: {op: lt, value: 3, unit: count}
    credit: {percent: 5, claim_within: 1y}
    actuals: [{period: 2026-Q3, value: 3}, {period: 2026-Q2, value: 2}]
reviews:
  - date: 2026-10-31
    kind: monthly
    actions:
      - {what: Call, who: ana, due: 2026-12-01}
      - {what: Call, who: zoe-brandt, due: 2026-12-02}
      - {what: Call 2, who: Zoë Brandt, due: 2026-12-03}
      - {what: "Ring them, then; \\\\ write\\nand wait: BEGIN:VEVENT", who: bo, due: 2026-12-15}
      - {what: Ask "why", due: 2026-12-04}
      - {what: Over, who: ana, due: 2026-12-05, done: 2026-11-20}
      - {what: No day, who: ana}
  - {date: 2026-11-30, kind: monthly}
successor: {kind: vendor, name: "漢字, and; sons", start: 2027-06-01}
exit:
  termination_date: 2027-09-30
  meeting: {date: 2027-08-02}
  steps:
    - {id: own, title: "Take, pack; \\\\ and \\"go\\" 漢字", when: 2027-08-03}
    - {id: P2, skip: "no, not; here"}
    - {id: P1, done: 2026-11-20}
---
`;

const PLAIN = `
owner: Kim Ø
contract: {type: none, start: 2026-11-02, notice: 30d}
---
`;

const playbook = (name, status, rest) => `---\ntitle: ${name}\nvendor: ${name}\nstatus: ${status}${rest}---\n`;

export const ODD = {
  texts: {
    "handbook.yaml": 'title: "Dates, texts; \\\\ and more"\nid: odd\nas_of: 2026-11-21\n',
    "content/vendors/Fünf & co.md": TEXTS,
    "content/vendors/plain.md": `---\ntitle: Plain\nvendor: Plain\nstatus: active${PLAIN}`,
  },
  // One has left and the other is leaving; one left long ago, and one has had its notice but no last day.
  leaving: {
    "handbook.yaml": "title: Leaving\nas_of: 2026-11-21\n",
    "content/vendors/left.md": playbook("Left", "ended", `
owner: Kim
reviewed: 2026-10-01
contacts:
  - {id: pat, name: Pat, role: it, side: client}
  - {id: ivy, name: Ivy, role: account_manager}
contract: {type: standalone, start: 2025-10-01, term: 12mo, notice: 30d, minimum_until: 2027-01-01, payment_terms: 30d, survival: [Payment]}
nda: {kind: mutual, signed: 2025-09-01, term: until_terminated, confidentiality: {lasts: 1y, from: termination}}
access: [{id: box, system: Box, kind: account, admin: pat, revoked: 2026-09-30}]
successor: {kind: vendor, name: Next, start: 2026-12-01}
reviews: [{date: 2026-10-05, kind: annual, actions: [{what: Send the cups back, who: pat, due: 2026-12-10}]}]
exit:
  termination_date: 2026-09-30
  notice_given: 2026-08-24
  meeting: {date: 2026-08-24}
  retention: [{what: Books, until: 2028-01-01}]
  steps: [{id: P1, done: 2026-08-03}, {id: N4, skip: nothing under way}, {id: A2, done: 2026-09-30}]
`),
    "content/vendors/long-gone.md": playbook("Long gone", "ended", `
owner: Kim
contract: {type: standalone, start: 2019-01-01, term: 12mo, notice: 30d}
exit: {termination_date: 2019-12-31, notice_given: 2019-11-01}
`),
    "content/vendors/told.md": playbook("Told", "exiting", `
owner: Kim
contract: {type: standalone, start: 2026-01-12, term: 12mo, renewal: {kind: auto, term: 12mo}, notice: 30d}
communication: {cadence: [{phase: steady, every: 1mo}]}
exit: {notice_given: 2026-11-16, meeting: {date: 2026-11-16}}
`),
    // They leave before the end of the term, or give notice themselves: the days of notice stand with the ending.
    "content/vendors/early.md": playbook("Early", "active", `
owner: Kim
contract: {type: standalone, start: 2026-01-12, term: 24mo, renewal: {kind: auto, term: 12mo}, notice: 30d}
nda: {kind: mutual, signed: 2026-01-05, confidentiality: {lasts: 6mo, from: termination}}
exit: {termination_date: 2027-06-30}
`),
    "content/vendors/theirs.md": playbook("Theirs", "exiting", `
owner: Kim
contract: {type: standalone, start: 2026-01-12, term: 24mo, renewal: {kind: auto, term: 12mo}, notice: {client: 30d, vendor: 60d}}
exit: {termination_date: 2028-01-11, notice_by: vendor}
`),
    "content/vendors/unsure.md": playbook("Unsure", "active", `
owner: Kim
contract: {type: standalone, start: 2026-01-12, term: 24mo, renewal: {kind: auto, term: 12mo}, notice: {client: 30d, vendor: 60d}}
goodwill: [{kind: thank_you, when: soon}]
exit: {termination_date: 2027-06-30, notice_by: whoever, final_invoice: {due: later}, steps: [{id: "K 2", when: -3d}]}
`),
    "content/vendors/decided.md": playbook("Decided", "at_risk", `
owner: Kim
contract: {type: standalone, start: 2026-01-12, term: 12mo, renewal: {kind: auto, term: 12mo}, notice: 30d}
exit: {termination_date: 2027-01-11, template: light, steps: [{id: G1, when: 2029-12-31}]}
`),
  },
  // One id, two people; and an id that is ours in one playbook and theirs in the other.
  people: {
    "handbook.yaml": "title: People\nas_of: 2026-11-21\n",
    "content/vendors/one.md": playbook("One", "active", `
owner: ana
reviewed: 2026-11-01
contacts:
  - {id: ana, name: Ana Lee, role: owner, side: client}
  - {id: bo, name: Bo Ng, role: it, side: client}
access: [{id: a, system: A, kind: account, admin: bo, expires: 2027-02-01}, {id: b, system: B, kind: account, admin: Bo Ng, expires: 2027-02-02}]
`),
    "content/vendors/two.md": playbook("Two", "active", `
owner: Ana Díaz
reviewed: 2026-11-02
contacts:
  - {id: ana, name: Ana Díaz, role: owner, side: client}
  - {id: bo, name: Bo Ek, role: practitioner}
access: [{id: a, system: A, kind: account, admin: bo, expires: 2027-02-03}, {id: b, system: B, kind: account, admin: Cy Ek, expires: 2027-02-04}]
`),
    "content/vendors/nobody.md": playbook("Nobody", "prospect", "\nowner: Cy Ek\n"),
  },
  // The day is a 29 February; terms have passed, pass today, or have no end; and some fields cannot be read.
  edges: {
    "handbook.yaml": "title: Edges\nas_of: 2028-02-29\n",
    "content/vendors/passed.md": playbook("Passed", "active", `
owner: Kim
reviewed: 2026-02-28
contract: {type: standalone, start: 2027-03-06, term: 12mo, renewal: {kind: auto, term: 12mo}, notice: 30d}
access:
  - {id: a, system: A, kind: account, expires: 2027-02-27}
  - {id: b, system: B, kind: account, expires: 2027-02-28}
  - {id: c, system: C, kind: account, expires: 2030-02-28}
  - {id: d, system: D, kind: account, expires: 2030-03-01}
`),
    "content/vendors/today.md": playbook("Today", "at_risk", `
owner: Kim
contract: {type: standalone, start: 2027-03-31, term: 12mo, renewal: {kind: none}, notice: 30d}
`),
    "content/vendors/week.md": playbook("Week", "onboarding", `
owner: Kim
onboarding: {until: 2028-02-29}
contract: {type: standalone, start: 2027-04-07, term: 12mo, renewal: {kind: option, term: 1y}, notice: 30d}
communication: {cadence: [{phase: ramp_up, every: 8d}, {phase: ramp_up, every: 1w}, {phase: ramp_up, every: 1d, until: 2028-02-28}, {phase: steady, every: 1d}]}
feedback: [{date: 2028-02-01, kind: praise, text: Good}, {date: 2028-03-01, kind: praise, text: Better}]
`),
    "content/vendors/far.md": playbook("Far", "active", `
owner: Kim
reviewed: 2028-02-29
contract: {type: standalone, start: 2026-04-01, term: 4y, renewal: {kind: auto, term: 12mo}, notice: 30d}
`),
    "content/vendors/endless.md": playbook("Endless", "active", `
owner: Kim
contract: {type: standalone, start: 2027-12-01, renewal: {kind: evergreen}, notice: 30d}
communication: {cadence: [{phase: ramp_up, every: 1w}]}
nda: {kind: mutual, signed: 2027-02-28, term: 36mo, confidentiality: {lasts: perpetual}}
`),
    "content/vendors/soon.md": playbook("Soon", "prospect", `
owner: Kim
reviewed: 2028-01-01
contract: {type: standalone, start: 2028-03-01, term: 12mo, notice: 30d, minimum_until: 2028-12-31}
communication: {cadence: [{phase: steady, every: 1mo}]}
successor: {kind: undecided, start: 2029-01-01}
`),
    "content/vendors/unread.md": playbook("Unread", "active", `
owner: Kim
reviewed: 2028-01-01
review_every: soon
contract: {type: standalone, start: 2028-02-30, term: 12mo, notice: 30d, minimum_until: 2028-2-3}
communication: {cadence: [{phase: steady, every: often}]}
nda: {kind: mutual, signed: 2028-01-01, effective: today, term: 12mo}
reviews: [{date: 2028-01-01, kind: monthly, actions: [{what: Write, due: tomorrow}]}]
`),
  },
};

// What has to come through word for word, but for its white space, to somebody's calendar.
export const WORDS = [
  "漢字",
  'Pots, pans; and \\ "lids" in four lines and a tab',
  LONG,
  FAMILY,
  "Øster's Ünï–box",
  "Ring them, then; \\ write and wait: BEGIN:VEVENT",
  'Ask "why"',
  'Take, pack; \\ and "go" 漢字',
];
