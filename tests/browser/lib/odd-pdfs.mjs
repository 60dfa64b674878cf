// Projects whose packs are hard to print: the files of each, by path.

// One name in each of twenty writing systems, three to a pack. The built-in fonts have the first three, and a
// common free font has those of `WIDER` as well.
export const NAMES = {
  plain: { Latin: "Łukasz Müller-Șerban", Greek: "Ελένη Παπαδοπούλου", Cyrillic: "Юлія Ґалаґан" },
  west: { Armenian: "Անահիտ Սարգսյան", Georgian: "ნინო ბერიძე" },
  right: { Hebrew: "יעל כהן", Arabic: "فاطمة الزهراء" },
  north: { Devanagari: "प्रिया शर्मा", Bengali: "অনন্যা রায়", Gujarati: "નિશા પટેલ" },
  south: { Tamil: "கவிதா ராமன்", Telugu: "లక్ష్మి రెడ్డి", Sinhala: "නිමාලි පෙරේරා" },
  coast: { Thai: "สมชาย ใจดี", Khmer: "សុខា ចាន់", Myanmar: "အောင် မြင့်" },
  far: { Hangul: "김민준", Han: "王小明", Katakana: "タナカ サクラ" },
  high: { Ethiopic: "አበበ በቀለ" },
};
export const BUILT_IN = ["plain", "marked", "apart"];
export const WIDER = ["west", "right"];
// The one whose rows are higher than a page.
export const HIGH = "pasted";

// Each as it is, and taken apart into letters and marks.
const MARKED = {
  vietnamese: "Nguyễn Thị Ánh Nguyệt, Đặng Hữu Phước",
  polish: "Święcicka-Żółć, Gęśla Jaźń",
  yoruba: "Ọláyínká Ṣóyínká, Ẹ̀gbẹ́ Ọ̀ṣun",
  czech: "Příliš Žluťoučký, Kůň Ďáblův",
  turkish: "Işıl Çağrı, Yiğit İpek",
};

const LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente".repeat(5);
const ADDRESS = `https://files.odd.example/${"a-long-folder/".repeat(14)}end.html?with=${"x".repeat(60)}#there`;

// What somebody may paste into a field.
const PASTED = {
  long: `${LONG} ${ADDRESS}`,
  directions: "ref \u202e1234\u202c end, \u200fAB\u200e, \u2067CD\u2069",
  hyphens: "Zusam\u00admen\u00adarbeits\u00adver\u00adein\u00adba\u00adrung",
  unseen: "zero\u200bwidth and\u2060joined, 10\u00a0000\u202f€, \ufeffmark",
  lines: "first\nsecond\r\nthird\tand a tab",
  code: "<b>bold</b> & \"quotes\" 'single' {{ braces }} $x_y$ C:\\new\\table (a) [b] %PDF-1.7 endstream endobj %%EOF",
  ligatures: "office, affluent, fjord, ﬁ, ﬄ, Ĳ, ǆ, ½, №, ℮",
};
// The same, with what no font of ours has.
const STRANGE = {
  pictures: "party 🎉 family 👩‍👩‍👧‍👦 flag 🇬🇧 thumb 👍🏽 heart ❤️ done",
  piled: `tall Z${"\u0301\u0316\u0489\u20dd".repeat(6)} word`,
  private: "logo \ue000 here, \u{f1234} there",
  alone: "\u0301begins with a mark, and \u05b0 stands alone",
  mixed: "Müller 王小明 & فاطمة Ltd, 株式会社",
};

const quoted = (text) => JSON.stringify(text);
const ODD_YAML = `title: "Käßmann & Söhne: Übergaben"
client: "Käßmann & Söhne GmbH"
id: odd
as_of: 2026-11-21
timezone: Europe/Berlin
language: de
`;

// A vendor that leaves, named so, with the texts in its fields.
function playbook(name, texts) {
  const rows = Object.entries(texts);
  const list = (indent, line) => rows.map(([key, text], n) => `${indent}- ${line(key, quoted(text), n)}\n`).join("");
  return `---
title: ${quoted(name)}
vendor: ${quoted(name)}
status: exiting
owner: ana
reviewed: 2026-11-16
contacts:
  - {id: ana, name: Ana Lee, role: owner, side: client}
${list("  ", (key, text, n) => `{id: t-${key}, name: ${text}, role: ${n === 0 ? "account_manager" : "practitioner"}}`)}
contract: {type: standalone, reference: ${quoted(rows.at(-1)[1])}, start: 2026-01-12, term: 12mo, renewal: {kind: auto, term: 12mo}, notice: 30d}
nda:
  kind: mutual
  signed: 2026-01-05
  term: until_terminated
  confidentiality: {lasts: 3y, from: termination}
  covers:
${list("    ", (key, text) => `{id: n-${key}, item: ${text}, class: data}`)}
access:
${list("  ", (key, text) => `{id: a-${key}, system: ${text}, kind: account, holder: t-${key}, admin: ana}`)}
deliverables:
${list("  ", (key, text) => `{id: d-${key}, name: ${text}, format: ${text}, state: in_progress}`)}
exit:
  termination_date: 2027-01-11
  meeting:
    date: 2026-11-30
    place: ${quoted(rows[0][1])}
    key_message: ${quoted(rows[0][1])}
    positive: ${quoted(rows.at(-1)[1])}
    do_not_discuss: [${rows.map(([, text]) => quoted(text)).join(", ")}]
---
`;
}

const files = (vendors) => Object.fromEntries(Object.entries(vendors).map(([slug, text]) => [`content/vendors/${slug}.md`, text]));
const named = (slugs) => Object.fromEntries(slugs.map((slug) => [slug, playbook(Object.values(NAMES[slug])[0], NAMES[slug])]));
const apart = (texts) => Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text.normalize("NFD")]));

export const ODD = {
  names: {
    "handbook.yaml": `${ODD_YAML}brand: {footer: "Käßmann & Söhne – vertraulich"}\n`,
    ...files({ ...named(Object.keys(NAMES)), marked: playbook("Őrség Çelik", MARKED), apart: playbook("Őrség Çelik".normalize("NFD"), apart(MARKED)) }),
  },
  // Needs a font in content/fonts/wider.ttf.
  wider: { "handbook.yaml": `${ODD_YAML}brand: {fonts: [fonts/wider.ttf]}\n`, ...files(named([...WIDER, "high"])) },
  texts: {
    "handbook.yaml": `${ODD_YAML}paper: Letter\n`,
    ...files({ [HIGH]: playbook(`Pasted & ${LONG}`, PASTED), strange: playbook("Strange 🎉", STRANGE) }),
  },
};
