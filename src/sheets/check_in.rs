use super::facts::{fact, facts, heading, list, table};
use super::{Desk, Kind, Layout, PLAIN, Place, scorecard};
use crate::library::texts;
use crate::paper::{Block, Column, Text};
use crate::schema::{BusinessChange, Cadence, FeedbackKind, Phase, Role, Status};

/// The regular meeting: weekly questions in the first weeks, monthly ones later.
pub static SHEET: Kind = Kind {
    name: "check-in",
    letter: None,
    title: "Check-in",
    purpose: "the agenda, and what was agreed",
    copies: PLAIN,
    layout: Layout::Portrait,
    carrier: Role::Owner,
    place: Place::Working(&[Status::Onboarding, Status::Active, Status::AtRisk]),
    make,
};

const EARLY: [&str; 4] =
    ["How is it going?", "Ideas", "Questions, theirs and ours", "Feedback: one example each, and what changes in the process"];
const STEADY: [&str; 8] = [
    "What changed in our business?",
    "What went right?",
    "Are we kept informed, is it good, is it on time?",
    "Still to do, on both sides",
    "How can the process get better?",
    "What more can we hand over?",
    "How can we help them grow?",
    "Tighten a target now, or drop a rule?",
];
const ACTIONS: &[Column] = &[Column::head("What", 50), Column::new("Who", 25), Column::new("By when", 25)];

fn make(desk: &Desk<'_>) -> Vec<Block> {
    let playbook = &desk.vendor.playbook;
    let until = playbook.onboarding.get().and_then(|onboarding| onboarding.until.copied());
    let until = until.or_else(|| Some(desk.contract()?.start.copied()?.plus_days(90)));
    let early = until.map_or(desk.vendor.status() == Some(Status::Onboarding), |until| desk.as_of <= until);
    let (phase, usual): (Phase, &[&str]) = if early { (Phase::RampUp, &EARLY) } else { (Phase::Steady, &STEADY) };
    let cadence = playbook.communication.get().map_or(&[][..], |talk| talk.cadence.items());
    let rhythm: Option<&Cadence> = cadence.iter().find(|entry| entry.phase.copied() == Some(phase));
    let agenda: Vec<&str> = rhythm.map_or(Vec::new(), |entry| texts(&entry.agenda).collect());
    let agenda = if agenda.is_empty() { usual.to_vec() } else { agenda };
    let people = rhythm.map(|entry| &entry.with);
    let open = playbook.reviews.items().iter().flat_map(|review| review.actions.items()).filter(|action| action.done.is_absent());
    let open = open.map(|action| {
        vec![vec![desk.value(Some(&action.what), "what")], vec![desk.person(&action.who, "who")], vec![desk.day(Some(&action.due), "date")]]
    });
    let concerns = playbook
        .feedback
        .items()
        .iter()
        .filter(|entry| entry.is_open(desk.as_of) && entry.kind.copied() != Some(FeedbackKind::Praise))
        .filter_map(|entry| entry.text.text())
        .map(Text::tick);
    let concerns: Vec<Text> = concerns.collect();
    let mut blocks = vec![facts(vec![
        fact("What", desk.value(rhythm.map(|entry| &entry.what), "meeting")),
        fact("How often", desk.value(rhythm.map(|entry| &entry.every), "how often")),
        fact("With", desk.value(people, "names")),
        fact("Date", Text::blank("date")),
    ])];
    for (n, item) in agenda.into_iter().enumerate() {
        blocks.push(heading(item));
        if n == 0 {
            blocks.extend(news(desk));
        }
        blocks.push(Block::Lines(2));
    }
    let figures = scorecard::levels(desk);
    if !early && !figures.is_empty() {
        blocks.push(heading("The figures"));
        blocks.push(table("The figures", scorecard::LEVELS, figures, 0));
    }
    if !concerns.is_empty() {
        blocks.push(heading("Still open between us"));
        blocks.push(list(concerns));
    }
    blocks.push(heading("Who does what"));
    blocks.push(table("Who does what", ACTIONS, open.collect(), 4));
    blocks
}

/// What changed in our business and has not been shared yet, or was shared in the last three months.
fn news(desk: &Desk<'_>) -> Option<Block> {
    let changes = desk.vendor.playbook.communication.get().map_or(&[][..], |talk| talk.business_changes.items());
    let is_news = |change: &&BusinessChange| change.shared.copied().is_none_or(|day| day.plus_months(3) >= desk.as_of);
    let items: Vec<Text> = changes.iter().filter(is_news).filter_map(|change| change.change.text()).map(Text::tick).collect();
    (!items.is_empty()).then(|| list(items))
}
