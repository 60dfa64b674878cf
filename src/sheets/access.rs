use super::facts::{UNREADABLE, between, boxes, cut_short, fact, heading, kind, table, written};
use super::{BOTH, Desk, Kind, Layout, Place};
use crate::paper::{Block, Body, Column, Row, Signature, Table, Text};
use crate::schema::{Access, AccessLevel, Field, HeldBy, Role, Section};

/// Everything the vendor can reach, and how each access is closed.
pub static SHEET: Kind = Kind {
    name: "access",
    letter: Some('c'),
    title: "Access revocation",
    purpose: "every access, closed and checked",
    copies: BOTH,
    layout: Layout::Landscape,
    carrier: Role::It,
    place: Place::Pack,
    make,
};

/// Empty rows at the end of each table.
const SPARE: usize = 6;

const TRANSFER: &[Column] = &[
    Column::head("System", 18),
    Column::new("Holder", 14),
    Column::new("How", 22),
    Column::new("By", 14),
    Column::new("Done", 20),
    Column::new("Initials", 12),
];
const REVOKE: &[Column] = &[
    Column::head("System", 14),
    Column::new("Holder", 8),
    Column::new("Level, kind", 8),
    Column::new("What it opens", 11),
    Column::new("Who closes it", 8),
    Column::new("When", 9),
    Column::new("Done", 26),
    Column::new("Time, initials", 8),
    Column::new("Checked", 8),
];
const ROTATE: &[Column] = &[
    Column::head("System", 20),
    Column::new("How", 24),
    Column::new("Vault entry (its name, never the secret)", 22),
    Column::new("Done", 22),
    Column::new("Initials", 12),
];
const UNLISTED: &[Column] = &[
    Column::head("What", 26),
    Column::new("Who holds it", 20),
    Column::new("How it is closed", 24),
    Column::new("By", 14),
    Column::new("Initials", 16),
];

fn make(desk: &Desk<'_>) -> Vec<Block> {
    let accesses: Vec<&Access> = desk.accesses().collect();
    let (time, zone) = desk.access_hour();
    let hour = Text::default().day_or_blank(desk.last_day(), "last day").and(format!(" at {time}, {zone}"));
    let elsewhere = desk.access_off().into_iter().skip(1);
    let closes = ("Access closes".to_owned(), std::iter::once(hour).chain(elsewhere).collect());
    let mut blocks = vec![Block::Facts { rows: vec![closes, fact("Vendor", Text::plain(desk.vendor.name()))], columns: 2 }];
    blocks.extend(cut_short(&desk.vendor.playbook.access));
    let theirs: Vec<_> = accesses.iter().filter(|access| may_be_asset(access)).map(|access| transfer(access, desk)).collect();
    blocks.push(heading("Transfer first"));
    blocks.push(Block::Paragraph(Text::plain(
        "What stands in their name, or is owned by their login, comes over to us before anything is closed.",
    )));
    blocks.push(table("Transfer first", TRANSFER, theirs, SPARE));
    blocks.push(heading("Revoke"));
    if accesses.is_empty() && desk.vendor.playbook.access.get().is_some() {
        blocks.push(Block::Paragraph(Text::plain("The playbook lists no access. Please ask all the same.")));
    }
    blocks.push(revoke_table(&accesses, desk));
    let shared: Vec<_> =
        accesses.iter().filter(|access| access.needs_new_secret() || access.may_need_new_secret()).map(|access| rotate(access)).collect();
    blocks.push(heading("Change the secret"));
    blocks.push(Block::Paragraph(Text::plain("Where several people know one, removing one person is not enough.")));
    blocks.push(table("Change the secret", ROTATE, shared, SPARE));
    blocks.push(heading("Anything we have not listed?"));
    blocks.push(Block::Paragraph(Text::plain(
        "Ask aloud: tools, tags, domains, mailboxes, cards, devices, personal logins, the accounts of people who work for them.",
    )));
    blocks.push(table("Anything we have not listed?", UNLISTED, Vec::new(), SPARE));
    blocks.push(heading("Signed"));
    blocks.push(Block::Signatures(vec![
        Signature {
            title: format!("For {}", desk.vendor.name()),
            statement: Some(Text::plain("To our knowledge we keep no access after ").join(desk.last_day_text()).and(".")),
            lines: &["Name", "Date", "Signature"],
        },
        Signature {
            title: format!("For {}", desk.client()),
            statement: Some(Text::plain("Closed and checked as marked above.")),
            lines: &["Name (IT)", "Name (checked by)", "Date", "Signatures"],
        },
    ]));
    blocks
}

/// Rightly ours, and in their hands: held by them, or owned by a login of theirs. It may be so where that cannot be read.
fn may_be_asset(access: &Access) -> bool {
    is_asset(access) || access.held_by.is_broken()
}

fn is_asset(access: &Access) -> bool {
    access.held_by.copied() == Some(HeldBy::Vendor) || access.level.copied() == Some(AccessLevel::Owner)
}

fn system(access: &Access) -> String {
    access.system.text().map(str::to_owned).or_else(|| access.identity().map(|(id, _)| id)).unwrap_or_default()
}

fn how(access: &Access) -> Vec<Text> {
    access.revoke.get().and_then(|revoke| revoke.how.text()).map(Text::plain).into_iter().collect()
}

/// The day of a line of the plan, or a blank.
fn due(step: &str, access: &Access, desk: &Desk<'_>) -> Text {
    let id = access.identity().map_or(String::new(), |(id, _)| format!("{step}.{id}"));
    desk.day_of(&id, "date")
}

fn transfer(access: &Access, desk: &Desk<'_>) -> Vec<Vec<Text>> {
    let is_in_plan = access.held_by.copied() == Some(HeldBy::Vendor) || access.held_by.is_broken();
    let unsure = (!is_asset(access)).then(|| Text::small(format!("if it is in their name: {UNREADABLE}")));
    let by = if is_in_plan { due("H1", access, desk) } else { desk.day_of("H1", "date") };
    vec![
        std::iter::once(Text::strong(system(access))).chain(unsure).collect(),
        vec![desk.person(&access.holder, "name")],
        how(access),
        vec![by],
        boxes(&["transferred", "we are the owner", "billing card changed"], &system(access), false),
        Vec::new(),
    ]
}

fn revoke_table(accesses: &[&Access], desk: &Desk<'_>) -> Block {
    let rows = accesses.iter().map(|access| {
        let closed = access.revoked.copied().filter(|day| *day <= desk.as_of);
        Row {
            kind: kind(closed.is_some()),
            cells: revoke(access, closed.is_some(), desk),
            step: access.identity().map(|(id, _)| format!("A2.{id}")),
        }
    });
    let rows: Vec<Row> = rows.collect();
    let bodies =
        [Body { rows, ..Body::default() }, Body::spare("", SPARE, REVOKE.len())].into_iter().filter(|body| !body.rows.is_empty()).collect();
    Block::Table(Table { caption: "Revoke".to_owned(), columns: REVOKE.to_vec(), bodies })
}

fn revoke(access: &Access, is_closed: bool, desk: &Desk<'_>) -> Vec<Vec<Text>> {
    let system = system(access);
    let level = written(&access.level, |level| level.label().to_lowercase()).pop().unwrap_or_else(|| Text::blank("level"));
    let sort = written(&access.kind, |kind| kind.label()).pop().map_or(Text::default(), |kind| Text::plain(", ").join(kind));
    let when = match access.revoked.copied().filter(|_| is_closed) {
        Some(day) => Text::plain("closed ").day(day),
        None if access.revoked.is_broken() => Text::plain(UNREADABLE),
        None => due("A2", access, desk),
    };
    vec![
        std::iter::once(Text::strong(&system))
            .chain(how(access).into_iter().filter(|_| !access.needs_new_secret()).map(Text::as_small))
            .collect(),
        vec![desk.person(&access.holder, "name")],
        vec![level.join(sort)],
        vec![data(access, desk)],
        vec![desk.person(&access.admin, "name")],
        vec![when],
        boxes(&["removed", "sessions and tokens ended", "forwarding and recovery removed"], &system, is_closed),
        Vec::new(),
        vec![Text::default().tick_box(format!("{system}: checked by a second person"), false).and(" by a second person")],
    ]
}

/// The information it reaches, in the words of the confidentiality agreement.
fn data(access: &Access, desk: &Desk<'_>) -> Text {
    let named = access.data.items().iter().map(|item| {
        let cover = desk.nda().and_then(|nda| nda.cover(&item.value));
        Text::plain(cover.and_then(|cover| cover.item.text()).unwrap_or(&item.value))
    });
    match &access.data {
        Field::Absent => Text::blank("data"),
        Field::Broken(_) => Text::plain(UNREADABLE),
        _ => between(named, ", "),
    }
}

fn rotate(access: &Access) -> Vec<Vec<Text>> {
    let unsure = access.may_need_new_secret().then(|| Text::small(format!("if several people know it: {UNREADABLE}")));
    vec![
        std::iter::once(Text::strong(system(access))).chain(unsure).collect(),
        how(access),
        vec![Text::plain("vault entry ").and_blank("name of the entry")],
        boxes(&["new secret", "stored in the vault", "users told"], &system(access), false),
        Vec::new(),
    ]
}
