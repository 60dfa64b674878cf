use super::facts::{fact, facts, heading, list, ticks};
use super::{Desk, Kind, Layout, OURS, Place};
use crate::paper::{Block, Text};
use crate::schema::{Gut, Role, Status};

/// What to ask yourself and each other before anything is signed.
pub static SHEET: Kind = Kind {
    name: "pre-contract",
    letter: None,
    title: "Before you commit",
    purpose: "gut, promise, and the way out",
    copies: OURS,
    layout: Layout::Portrait,
    carrier: Role::Owner,
    place: Place::Working(&[Status::Prospect]),
    make,
};

fn make(desk: &Desk<'_>) -> Vec<Block> {
    let playbook = &desk.vendor.playbook;
    let fit = playbook.fit.get();
    let gut = fit.and_then(|fit| fit.gut.copied());
    let feeling = |name: &str, of: Gut| Text::default().tick_box(format!("gut: {name}"), gut == Some(of)).and(format!(" {name}"));
    let decision = |word: &str| Text::default().tick_box(format!("decision: {word}"), false).and(format!(" {word}"));
    vec![
        heading("What does your gut say?"),
        Block::List {
            items: vec![feeling("good", Gut::Good), feeling("unsure", Gut::Unsure), feeling("bad: better not sign", Gut::Bad)],
            columns: 3,
        },
        Block::Paragraph(Text::plain("Why: ").join(desk.value(fit.map(|fit| &fit.notes), "why"))),
        heading("What do we want from it?"),
        Block::Paragraph(desk.value(Some(&playbook.purpose), "purpose")),
        Block::Lines(1),
        heading("What do we promise?"),
        Block::Paragraph(desk.value(playbook.commitment.get().map(|commitment| &commitment.statement), "our promise")),
        facts(vec![
            fact("Until at least", desk.day(playbook.commitment.get().map(|commitment| &commitment.until), "date")),
            fact("Hours a week for training", desk.value(playbook.onboarding.get().map(|onboarding| &onboarding.hours_per_week), "hours")),
        ]),
        heading("Can we give them what they need?"),
        list(
            playbook
                .services
                .items()
                .iter()
                .flat_map(|service| crate::library::texts(&service.needs))
                .map(Text::tick)
                .chain([Text::default().tick_box("further need", false).and(" ").and_blank("what they need")]),
        ),
        heading("In the contract before we sign"),
        ticks([
            "What each side expects, in writing, both columns",
            "Notice: how long, how it is sent, on which days it can end",
            "NDA: everything they will see is covered",
            "Deliverables: format, rights, how they are accepted",
            "Access: who opens it, who closes it, nothing in their name",
            "The ending: what is handed over, by when, with whose help",
            "What happens to our data at the end",
        ]),
        heading("Decision"),
        Block::List { items: ["commit", "ask again", "let it be"].map(decision).into(), columns: 3 },
        Block::Paragraph(Text::plain("Decided by ").and_blank("name").and(" on ").and_blank("date")),
    ]
}
