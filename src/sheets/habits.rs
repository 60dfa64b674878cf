use super::facts::heading;
use super::{Desk, Kind, Layout, OURS, Place};
use crate::paper::{Block, Body, Column, Row, Table, Text};
use crate::schema::{FeedbackKind, Role, Status};

/// Five habits that spoil good work, each with three questions to ourselves.
pub static SHEET: Kind = Kind {
    name: "habits",
    letter: None,
    title: "Is it us? Five habits",
    purpose: "a look at our own part",
    copies: OURS,
    layout: Layout::Portrait,
    carrier: Role::Owner,
    place: Place::Working(&[Status::Active, Status::AtRisk]),
    make,
};

const COLUMNS: &[Column] = &[Column::head("Ask yourself", 74), Column::new("Yes", 13), Column::new("No", 13)];

const HABITS: [(&str, [&str; 3]); 5] = [
    (
        "Perfection",
        [
            "Did we expect results at once?",
            "Do we count every mistake, even the first ones?",
            "Do we reject what is good enough but not our way?",
        ],
    ),
    (
        "Mind-reading",
        [
            "Do they guess at our goals and priorities?",
            "Did something change that we have not told them?",
            "Do we say “you should have known”?",
        ],
    ),
    ("Micromanaging", ["Do we tell them how, not what?", "Do we step into their messages?", "Do we check more than once a day?"]),
    (
        "No give and take",
        ["Do they wait for access, material or money from us?", "Do our answers come late?", "Did we break a promise of ours?"],
    ),
    (
        "Only criticism",
        [
            "Has it been a month since we praised something?",
            "Do they hear from us only when something is wrong?",
            "Would they be surprised that we value them?",
        ],
    ),
];

fn make(desk: &Desk<'_>) -> Vec<Block> {
    let hints = hints(desk);
    let bodies = HABITS.iter().zip(hints).map(|((habit, questions), hint)| {
        let rows = questions.iter().map(|question| Row {
            cells: vec![
                vec![Text::plain(*question)],
                vec![Text::default().tick_box(format!("{question} yes"), false).and(" yes")],
                vec![Text::default().tick_box(format!("{question} no"), false).and(" no")],
            ],
            ..Row::default()
        });
        Body { title: (*habit).to_owned(), rows: rows.collect(), gate: hint.map(|hint| Text::plain("The playbook says: ").and(hint)) }
    });
    vec![
        Block::Paragraph(Text::plain("Before we look elsewhere, a look at ourselves. A yes is a place to begin.")),
        Block::Table(Table { caption: "Five habits".to_owned(), columns: COLUMNS.to_vec(), bodies: bodies.collect() }),
        heading("What we change first"),
        Block::Lines(3),
    ]
}

/// What the playbook itself shows about each habit, where it shows anything.
fn hints(desk: &Desk<'_>) -> [Option<String>; 5] {
    let playbook = &desk.vendor.playbook;
    let count = |n: usize, one: &str, many: &str| (n > 0).then(|| if n == 1 { format!("1 {one}.") } else { format!("{n} {many}.") });
    let strict = playbook.slas.items().iter().filter(|sla| {
        sla.objective.get().is_some_and(|objective| objective.target_percent.copied() == Some(100.0) && sla.grace_until.is_absent())
    });
    let unshared = playbook
        .communication
        .get()
        .map_or(&[][..], |talk| talk.business_changes.items())
        .iter()
        .filter(|change| change.shared.is_absent());
    let methods = playbook.control.get().map_or(&[][..], |control| control.decisions.items()).iter().filter(|decision| {
        decision.kind.copied() == Some(crate::schema::DecisionKind::Method)
            && decision.decides.copied() == Some(crate::schema::Decides::Client)
    });
    let owed = playbook.expectations.get().map_or(&[][..], |both| both.of_client.items()).iter();
    let owed = owed.filter(|item| item.done.is_absent() && item.due.copied().is_some_and(|due| due < desk.as_of));
    let said = |kinds: &[FeedbackKind]| {
        let entries = playbook.feedback.items().iter().filter(|entry| entry.date.copied().is_some_and(|day| day <= desk.as_of));
        entries.filter(|entry| entry.kind.copied().is_some_and(|kind| kinds.contains(&kind))).count()
    };
    let (praise, criticism) = (said(&[FeedbackKind::Praise]), said(&[FeedbackKind::Concern, FeedbackKind::Complaint]));
    [
        count(strict.count(), "service level asks for 100 % from the first day", "service levels ask for 100 % from the first day"),
        count(unshared.count(), "change in our business was not shared", "changes in our business were not shared"),
        count(methods.count(), "question of method is decided by us", "questions of method are decided by us"),
        count(owed.count(), "promise of ours is overdue", "promises of ours are overdue"),
        (praise + criticism > 0).then(|| format!("{praise} times praise, {criticism} times criticism.")),
    ]
}
