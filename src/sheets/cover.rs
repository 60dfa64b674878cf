use std::collections::BTreeSet;

use super::facts::{UNREADABLE, fact, facts, heading, list, name as named, table};
use super::{Desk, Kind, Layout, OURS, Place, checklist, pack_kinds};
use crate::diagnostic::Span;
use crate::paper::{Block, Column, Text};
use crate::readiness;
use crate::schema::{Field, Role, Section, Side};

/// What is in the pack, who carries what, who is who, and what is still missing.
pub static SHEET: Kind = Kind {
    name: "cover",
    letter: None,
    title: "Exit pack",
    purpose: "what is here, who carries what",
    copies: OURS,
    layout: Layout::Tight,
    carrier: Role::Owner,
    place: Place::Pack,
    make,
};

const COLUMNS: &[Column] = &[
    Column::new("Packed", 10),
    Column::head("Sheet", 30),
    Column::new("What it is for", 32),
    Column::new("Copies", 9),
    Column::new("Who carries it", 22),
];

fn make(desk: &Desk<'_>) -> Vec<Block> {
    let mut blocks = vec![
        Block::Paragraph(Text::strong("Thank them. Say it once. Hand everything over. Close what was open. Part well.")),
        heading("Who carries what"),
        table(
            "The sheets of this pack",
            COLUMNS,
            pack_kinds().filter(|kind| kind.name != "cover").map(|kind| row(kind, desk)).collect(),
            0,
        ),
        Block::Paragraph(Text::plain(
            "In the room: a, b, c, d, e, g. Sheets c, d, e and g are printed twice, so that each side signs and keeps one. f comes after the last day.",
        )),
    ];
    if desk.vendor.for_its_own().is_some() {
        blocks.push(Block::Paragraph(Text::plain(
            "What the playbook marks as not for them is left off the sheets they see: c, d, e, g, the letters and working sheets. b has it.",
        )));
    }
    blocks.extend([heading("Who is who"), facts(who(desk))]);
    blocks.extend(checklist::basis(desk).into_iter().map(|line| Block::Paragraph(line.as_small())));
    blocks.extend(settle_first(desk));
    blocks.extend(missing(desk));
    blocks
}

fn row(kind: &Kind, desk: &Desk<'_>) -> Vec<Vec<Text>> {
    let name = kind.letter.map_or_else(|| kind.title.to_owned(), |letter| format!("{letter}  {}", kind.title));
    let carrier = named(desk.ours(kind.carrier));
    vec![
        vec![Text::default().tick_box(format!("{} packed", kind.title), false)],
        vec![Text::strong(name)],
        vec![Text::plain(kind.purpose)],
        vec![Text::plain(kind.copies.len().to_string())],
        vec![carrier],
    ]
}

fn who(desk: &Desk<'_>) -> Vec<(String, Vec<Text>)> {
    let side = |name: &str, side: Side| {
        let people = desk.listed(side);
        Text::plain(if people.is_empty() { name.to_owned() } else { format!("{name}: {people}") })
    };
    let mut rows = vec![fact("Client (C)", side(desk.client(), Side::Client)), fact("Vendor (V)", side(desk.vendor.name(), Side::Vendor))];
    let of_no_side = desk.of_no_side();
    if !of_no_side.is_empty() {
        let people = of_no_side.join(", ");
        rows.push(fact("C or V", Text::plain(format!("{people}: {UNREADABLE}"))));
    }
    match &desk.vendor.playbook.successor {
        Field::Absent => {}
        Field::Broken(_) => rows.push(fact("Next", Text::plain(UNREADABLE))),
        Field::Given(successor, _) => {
            let unread = successor.name.is_broken() || successor.name.is_absent() && successor.playbook.is_broken();
            let name = Text::plain(successor.name.text().unwrap_or(if unread { UNREADABLE } else { "not decided yet" }));
            let from = (!successor.start.is_absent()).then(|| desk.day(Some(&successor.start), "date"));
            rows.push(fact("Next", from.map_or(name.clone(), |day| name.and(", from ").join(day))));
        }
    }
    rows.push(("Access closes".to_owned(), desk.access_off()));
    rows.push(fact(
        "How to read it",
        Text::plain("C is us, V is them, B is both. T is the last day, bd a business day, d a calendar day."),
    ));
    rows
}

/// What has to be settled before someone else may begin.
fn settle_first(desk: &Desk<'_>) -> Vec<Block> {
    let exclusive = desk.contract().and_then(|contract| contract.exclusivity.copied()) == Some(true);
    let next = desk.vendor.playbook.successor.get();
    let starts = next.and_then(|next| next.start.copied());
    let early = starts.filter(|start| desk.last_day().is_some_and(|last| *start <= last));
    let mut items = Vec::new();
    if exclusive {
        items.push(Text::tick("The contract is exclusive: nobody else begins before it ends, unless they agree in writing"));
    }
    if let Some(start) = early {
        let name = next.and_then(|next| next.name.text()).unwrap_or("The successor");
        items.push(
            Text::default()
                .tick_box(format!("both know when {name} starts"), false)
                .and(format!(" {name} starts on "))
                .day(start)
                .and(", before the last day: both know, and it is agreed who does what"),
        );
    }
    if items.is_empty() { Vec::new() } else { vec![heading("Settle first"), list(items)] }
}

/// The points of readiness that are not met, as things to do.
fn missing(desk: &Desk<'_>) -> Vec<Block> {
    let ready = readiness::exit(desk.vendor, desk.as_of);
    let title = heading("Still to sort out");
    let count = format!("{} of {} points of a good ending are there.", ready.met, ready.of);
    if ready.gaps.is_empty() {
        return vec![title, Block::Paragraph(Text::plain(format!("Nothing. {count}")))];
    }
    let gaps = ready.gaps.into_iter().map(|gap| {
        let mut seen = BTreeSet::new();
        let mut things: Vec<String> = gap.fields.iter().filter_map(|field| thing(field, desk)).collect();
        things.retain(|thing| seen.insert(thing.clone()));
        let tick = Text::default().tick_box(format!("sorted out: {}", gap.name), false).and(format!(" {}", gap.name));
        if things.is_empty() { tick } else { tick.and(format!(" (still to do: {})", things.join(", "))) }
    });
    vec![title, Block::Paragraph(Text::plain(count)), list(gaps)]
}

/// What a field of the playbook is about, as people call it; nothing where the point itself says it.
fn thing(field: &str, desk: &Desk<'_>) -> Option<String> {
    if let Some(role) = field.strip_prefix("contacts: ") {
        return Some(role.replace('_', " "));
    }
    let (list, rest) = field.split_once('[')?;
    let n: usize = rest.split(']').next()?.parse().ok()?;
    let playbook = &desk.vendor.playbook;
    let name = |name: Option<&str>, id: Option<(String, Span)>| name.map(str::to_owned).or(id.map(|(id, _)| id));
    match list {
        "access" => playbook.access.items().get(n).and_then(|access| name(access.system.text(), access.identity())),
        "deliverables" => playbook.deliverables.items().get(n).and_then(|made| name(made.name.text(), made.identity())),
        "nda.must_protect" => playbook.nda.get()?.must_protect.items().get(n).map(|item| item.value.clone()),
        _ => None,
    }
}
