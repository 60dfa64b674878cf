use super::facts::{fact, facts, heading, table};
use super::{Desk, Kind, Layout, PLAIN, Place};
use crate::library::texts;
use crate::paper::{Block, Column, Text};
use crate::schema::{Expectation, Field, List, Role, Status, Topic};

/// The first meeting: what each side expects, needs and decides.
pub static SHEET: Kind = Kind {
    name: "kick-off",
    letter: None,
    title: "Kick-off",
    purpose: "what each side expects and needs",
    copies: PLAIN,
    layout: Layout::Portrait,
    carrier: Role::Owner,
    place: Place::Working(&[Status::Prospect, Status::Onboarding]),
    make,
};

const BOTH: &[Column] = &[Column::head("Topic", 18), Column::new("What we expect of them", 41), Column::new("What they expect of us", 41)];
const NEEDS: &[Column] =
    &[Column::head("What they need from us", 46), Column::new("Who sees to it", 22), Column::new("By", 18), Column::new("There", 14)];
const DECIDES: &[Column] =
    &[Column::head("Decision", 46), Column::new("Kind", 18), Column::new("Who decides", 18), Column::new("Agreed", 18)];
/// The topics that most trouble comes from.
const TOPICS: [(&str, Topic); 4] = [
    ("Time frames", Topic::Timeframe),
    ("Accuracy", Topic::Accuracy),
    ("Delivery", Topic::Delivery),
    ("What success looks like", Topic::Success),
];

fn make(desk: &Desk<'_>) -> Vec<Block> {
    let playbook = &desk.vendor.playbook;
    let both = playbook.expectations.get();
    let about = |field: Option<&Field<List<Expectation>>>, topic: Option<Topic>| -> Vec<Text> {
        let core: Vec<Topic> = TOPICS.iter().map(|(_, topic)| *topic).collect();
        let fits = |item: &&Expectation| {
            topic.map_or_else(|| item.topic.copied().is_none_or(|own| !core.contains(&own)), |topic| item.topic.copied() == Some(topic))
        };
        field.map_or(&[][..], |field| field.items()).iter().filter(fits).filter_map(|item| item.text.text().map(Text::tick)).collect()
    };
    let topics = TOPICS.iter().map(|(name, topic)| (*name, Some(*topic))).chain([("Anything else", None)]);
    let rows = topics.map(|(name, topic)| {
        vec![vec![Text::strong(name)], about(both.map(|both| &both.of_vendor), topic), about(both.map(|both| &both.of_client), topic)]
    });
    let needs = playbook.services.items().iter().flat_map(|service| texts(&service.needs));
    let needs = needs.map(|need| {
        vec![vec![Text::plain(need)], Vec::new(), Vec::new(), vec![Text::default().tick_box(format!("{need} is there"), false)]]
    });
    let rhythm = |phase| {
        let cadence = playbook.communication.get().map_or(&[][..], |talk| talk.cadence.items());
        let entry = cadence.iter().find(|entry| entry.phase.copied() == Some(phase));
        let what = entry.and_then(|entry| entry.what.text()).map_or(String::new(), |what| format!(": {what}"));
        desk.value(entry.map(|entry| &entry.every), "how often").and(what)
    };
    let decisions = playbook.control.get().map_or(&[][..], |control| control.decisions.items()).iter().map(|decision| {
        let name = format!("agreed: {}", decision.what.text().unwrap_or("this decision"));
        vec![
            vec![desk.value(Some(&decision.what), "decision")],
            vec![desk.value(Some(&decision.kind), "kind")],
            vec![desk.value(Some(&decision.decides), "who")],
            vec![Text::default().tick_box(&name, false)],
        ]
    });
    vec![
        facts(vec![
            fact("Ours", Text::plain(desk.listed(crate::schema::Side::Client))),
            fact("Theirs", Text::plain(desk.listed(crate::schema::Side::Vendor))),
            fact("First day", desk.day(desk.contract().map(|contract| &contract.start), "date")),
        ]),
        heading("What each side expects"),
        table("What each side expects", BOTH, rows.collect(), 0),
        heading("What they need from us"),
        table("What they need from us", NEEDS, needs.collect(), 3),
        heading("How often we talk"),
        facts(vec![fact("In the first weeks", rhythm(crate::schema::Phase::RampUp)), fact("Later", rhythm(crate::schema::Phase::Steady))]),
        heading("Who decides what"),
        table("Who decides what", DECIDES, decisions.collect(), 3),
        heading("Training we give"),
        Block::List {
            items: playbook
                .onboarding
                .get()
                .map_or(Vec::new(), |onboarding| texts(&onboarding.training).map(Text::tick).collect::<Vec<_>>())
                .into_iter()
                .chain([Text::default().tick_box("further training", false).and(" ").and_blank("training")])
                .collect(),
            columns: 2,
        },
    ]
}
