use super::facts::{UNREADABLE, between, boxes, cut_short, fact, heading, table, written};
use super::{BOTH, Desk, Kind, Layout, Place};
use crate::calendar::terms::Input;
use crate::calendar::{Offset, Unit};
use crate::library::inside;
use crate::paper::{Block, Column, Piece, Signature, Text};
use crate::schema::{Deliverable, DeliverableState, Role, Section};

/// What was handed over, in which form, and whether it opens. Both sides sign.
pub static SHEET: Kind = Kind {
    name: "receipt",
    letter: Some('d'),
    title: "Handover receipt",
    purpose: "what was handed over, both sign",
    copies: BOTH,
    layout: Layout::Landscape,
    carrier: Role::Owner,
    place: Place::Pack,
    make,
};

const SPARE: usize = 6;

const DELIVERED: &[Column] = &[
    Column::new("No.", 4),
    Column::head("Item", 16),
    Column::new("Agreed format", 11),
    Column::new("Format received", 10),
    Column::new("Where it is", 13),
    Column::new("Version, date", 10),
    Column::new("Complete?", 9),
    Column::new("Opens?", 8),
    Column::new("Rights", 8),
    Column::new("Remark", 11),
];
const UNDER_WAY: &[Column] =
    &[Column::head("Item", 28), Column::new("State", 20), Column::new("Next step", 28), Column::new("What to watch", 24)];
const RETURNED: &[Column] =
    &[Column::head("Item", 40), Column::new("Serial number", 24), Column::new("Condition", 24), Column::new("Initials", 12)];

fn make(desk: &Desk<'_>) -> Vec<Block> {
    let deliverables = desk.vendor.playbook.deliverables.items();
    let rows = deliverables.iter().enumerate().map(|(n, deliverable)| delivered(n + 1, deliverable, desk)).collect();
    let open = |deliverable: &&Deliverable| {
        let is_begun = matches!(deliverable.state.copied(), Some(DeliverableState::Planned | DeliverableState::InProgress));
        is_begun || deliverable.state.is_broken()
    };
    let under_way = deliverables.iter().filter(open).map(under_way).collect();
    let parties = vec![
        fact("From", Text::plain(desk.vendor.name())),
        fact("To", Text::plain(desk.client())),
        fact("Contract", desk.reference()),
        fact("Date", Text::blank("date")),
        fact("Where, or how sent", Text::blank("place or channel")),
    ];
    let mut blocks = vec![Block::Facts { rows: parties, columns: 2 }];
    blocks.extend(cut_short(&desk.vendor.playbook.deliverables));
    blocks.extend([
        heading("Deliverables"),
        Block::Paragraph(Text::plain("All of it, finished or not, in the agreed format. Please open each one before you tick.")),
        table("Deliverables", DELIVERED, rows, SPARE),
        heading("Work in progress"),
        table("Work in progress", UNDER_WAY, under_way, SPARE),
        heading("Returned to us"),
        Block::Paragraph(Text::plain("Materials, devices, keys, cards, documents.")),
        table("Returned to us", RETURNED, Vec::new(), SPARE),
        heading("Signed"),
        Block::Paragraph(Text::plain("This receipt confirms delivery. We accept it: ").join(acceptance(desk))),
        Block::Paragraph(Text::plain("Still to put right: ").piece(Piece::Rule("what is still to put right".to_owned()))),
        Block::Lines(2),
        Block::Signatures(vec![
            Signature { title: format!("For {}", desk.vendor.name()), statement: None, lines: &["Name", "Role", "Date", "Signature"] },
            Signature { title: format!("For {}", desk.client()), statement: None, lines: &["Name", "Role", "Date", "Signature"] },
        ]),
    ]);
    blocks
}

fn delivered(n: usize, deliverable: &Deliverable, desk: &Desk<'_>) -> Vec<Vec<Text>> {
    let name = name(deliverable);
    let received = deliverable.handover.get().and_then(|handover| handover.received.copied()).filter(|day| *day <= desk.as_of);
    let is_unread = deliverable.handover.is_broken() || deliverable.handover.get().is_some_and(|handover| handover.received.is_broken());
    let version = received.map(|day| Text::plain("received ").day(day)).or(is_unread.then(|| Text::plain(UNREADABLE)));
    vec![
        vec![Text::plain(n.to_string())],
        vec![Text::strong(&name)],
        written(&deliverable.format, |format| format.to_owned()),
        Vec::new(),
        written(&deliverable.location, |location| location.to_owned()),
        version.into_iter().collect(),
        boxes(&["yes", "no"], &format!("{name} is complete"), false),
        boxes(&["yes", "no"], &format!("{name} opens"), false),
        written(&deliverable.owner_of_rights, |rights| rights.label().to_lowercase()),
        Vec::new(),
    ]
}

fn under_way(deliverable: &Deliverable) -> Vec<Vec<Text>> {
    let name = deliverable.name.text().unwrap_or_default();
    vec![vec![Text::strong(name)], written(&deliverable.state, |state| state.label().to_lowercase()), Vec::new(), Vec::new()]
}

/// Accepted now, or within what was agreed, counted from the day of handover: by which day for which deliverables.
fn acceptance(desk: &Desk<'_>) -> Text {
    let mut groups: Vec<(Text, Vec<String>)> = Vec::new();
    for deliverable in desk.vendor.playbook.deliverables.items() {
        let within = accepted_within(deliverable, desk);
        match groups.iter_mut().find(|(known, _)| *known == within) {
            Some((_, names)) => names.push(name(deliverable)),
            None => groups.push((within, vec![name(deliverable)])),
        }
    }
    let alone = groups.len() == 1;
    let mut items = vec![Text::default().tick_box("accepted now", false).and(" now")];
    for (within, names) in groups {
        let tick = Text::default().tick_box(format!("accepted within the time agreed: {}", names.join("; ")), false).and(" ").join(within);
        items.push(if alone { tick } else { tick.and(format!(": {}", names.join("; "))) });
    }
    if items.len() == 1 {
        let within = Text::default().tick_box("accepted within the days written here", false).and(" within ");
        items.push(within.and_blank("days").and(" (by ").and_blank("date").and(")"));
    }
    between(items.into_iter(), "   ")
}

/// `within 5 business days (by Mon 11 Jan 2027)`, with blanks for what is not agreed.
fn accepted_within(deliverable: &Deliverable, desk: &Desk<'_>) -> Text {
    let within = match inside(&deliverable.acceptance, |acceptance| acceptance.within.input()) {
        Input::Given(days) => days.0,
        Input::Broken => return Text::plain("within: ").and(UNREADABLE),
        Input::Absent => return Text::plain("within ").and_blank("days").and(" (by ").and_blank("date").and(")"),
    };
    let handover = inside(&deliverable.handover, |handover| match handover.received.input() {
        Input::Absent => handover.due.input(),
        received => received,
    });
    let id = deliverable.identity().map_or_else(|| "H2".to_owned(), |(id, _)| format!("H2.{id}"));
    let line = desk.step(&id).or(desk.step("H2"));
    let is_unreadable = handover.is_broken() || handover == Input::Absent && line.is_some_and(|line| line.why.is_some());
    let from = handover.given().or_else(|| line.and_then(|line| line.due.or(line.if_today)));
    let is_known = desk.vendor.knows_workdays || within.unit != Unit::BusinessDay;
    let day = from.filter(|_| is_known).map(|from| desk.vendor.workdays.offset(from, Offset { back: false, duration: within }));
    let day = if is_unreadable || !is_known { Text::plain(UNREADABLE) } else { Text::default().day_or_blank(day, "date") };
    Text::plain(format!("within {} (by ", within.words())).join(day).and(")")
}

fn name(deliverable: &Deliverable) -> String {
    deliverable.name.text().map(str::to_owned).or_else(|| deliverable.identity().map(|(id, _)| id)).unwrap_or_default()
}
