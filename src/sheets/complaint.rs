use super::facts::{fact, facts, heading, list, name};
use super::{Desk, Kind, Layout, PLAIN, Place};
use crate::calendar::terms::Input;
use crate::paper::{Block, Signature, Text};
use crate::schema::{Feedback, FeedbackCause, FeedbackKind, Role, Status};

/// The meeting about a complaint: both who manage and who do the work sit down with the owner.
pub static SHEET: Kind = Kind {
    name: "complaint",
    letter: None,
    title: "Complaint meeting",
    purpose: "facts, cause, a change in the process",
    copies: PLAIN,
    layout: Layout::Portrait,
    carrier: Role::Owner,
    place: Place::Working(&[Status::Active, Status::AtRisk]),
    make,
};

fn make(desk: &Desk<'_>) -> Vec<Block> {
    let open = |entry: &&Feedback| {
        entry.is_open(desk.as_of) && matches!(entry.kind.copied(), Some(FeedbackKind::Complaint | FeedbackKind::Concern))
    };
    let entries: Vec<&Feedback> = desk.vendor.playbook.feedback.items().iter().filter(open).collect();
    let complaint = entries.iter().find(|entry| entry.kind.copied() == Some(FeedbackKind::Complaint)).or(entries.first()).copied();
    let seat = |called: &str, who: Input<String>| {
        Text::default().tick_box(format!("{called} is here"), false).and(format!(" {called}: ")).join(name(who))
    };
    let causes = FeedbackCause::ALL.iter().filter(|cause| **cause != FeedbackCause::Unknown).map(|cause| {
        let name = if *cause == FeedbackCause::Client { "our side".to_owned() } else { cause.label().to_lowercase() };
        Text::default().tick_box(format!("cause: {name}"), false).and(format!(" {name}"))
    });
    let within = desk.vendor.playbook.communication.get().and_then(|talk| talk.complaint.get());
    vec![
        heading("Who sits down"),
        list([
            seat("Their account manager", desk.theirs(Role::AccountManager)),
            seat("The one who does the work", desk.theirs(Role::Practitioner)),
            seat("Our owner", desk.ours(Role::Owner)),
        ]),
        facts(vec![
            fact("Raised on", desk.day(complaint.map(|entry| if entry.raised.is_absent() { &entry.date } else { &entry.raised }), "date")),
            fact(
                "To meet within",
                within.map_or_else(|| Text::plain("5 business days"), |complaint| desk.value(Some(&complaint.within), "5 business days")),
            ),
        ]),
        heading("What happened: facts and one example"),
        complaint.and_then(|entry| entry.text.text()).map_or(Block::Lines(2), |text| Block::Paragraph(Text::plain(text))),
        complaint
            .and_then(|entry| entry.example.text())
            .map_or(Block::Lines(2), |text| Block::Paragraph(Text::plain("Example: ").and(text))),
        heading("What we would like to ask"),
        complaint.and_then(|entry| entry.question.text()).map_or(Block::Lines(2), |text| Block::Paragraph(Text::plain(text))),
        heading("What was behind it"),
        Block::List { items: causes.collect(), columns: 3 },
        heading("What changes in the process, so that it is less likely"),
        complaint.and_then(|entry| entry.process_change.text()).map_or(Block::Lines(3), |text| Block::Paragraph(Text::plain(text))),
        heading("We look again on"),
        Block::Paragraph(
            Text::blank("date")
                .and(" and then: ")
                .join(Text::tick("settled, and let go"))
                .and("  ")
                .join(Text::tick("one more try"))
                .and("  ")
                .join(Text::tick("talk about what comes next")),
        ),
        Block::Signatures(vec![
            Signature { title: format!("For {}", desk.client()), statement: None, lines: &["Name", "Date", "Signature"] },
            Signature { title: format!("For {}", desk.vendor.name()), statement: None, lines: &["Name", "Date", "Signature"] },
        ]),
    ]
}
