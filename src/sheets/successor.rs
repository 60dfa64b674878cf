use super::facts::{fact, facts, heading, list, name};
use super::{Desk, Kind, Layout, PLAIN, Place};
use crate::library::texts;
use crate::paper::{Block, Text};
use crate::schema::Role;

/// What the next one needs to know: what we want, what was done, nothing about blame.
pub static SHEET: Kind = Kind {
    name: "successor",
    letter: None,
    title: "Brief for the next one",
    purpose: "what we want, without blame",
    copies: PLAIN,
    layout: Layout::Portrait,
    carrier: Role::Owner,
    place: Place::BesidePack,
    make,
};

fn make(desk: &Desk<'_>) -> Vec<Block> {
    let playbook = &desk.vendor.playbook;
    let next = playbook.successor.get();
    let or_lines = |items: Vec<Text>, lines: usize| if items.is_empty() { Block::Lines(lines) } else { list(items) };
    let brief = playbook.brief.get();
    let strings = |items: &mut dyn Iterator<Item = &str>| items.map(Text::plain).collect::<Vec<_>>();
    let services: Vec<Text> = playbook.services.items().iter().flat_map(|service| texts(&service.in_scope)).map(Text::plain).collect();
    let gaps = playbook.services.items().iter().flat_map(|service| texts(&service.gaps));
    let wanted: Vec<Text> = next.map_or(Vec::new(), |next| texts(&next.needs).map(Text::plain).collect());
    let wanted = if wanted.is_empty() { gaps.map(Text::plain).collect() } else { wanted };
    let topics: Vec<Text> = playbook.knowledge_transfer.items().iter().filter_map(|item| item.topic.text()).map(Text::plain).collect();
    vec![
        facts(vec![
            fact("For", desk.value(next.map(|next| &next.name), "name")),
            fact("First day", desk.day(next.map(|next| &next.start), "date")),
            fact("Side by side for", desk.value(next.map(|next| &next.overlap), "overlap")),
            fact("Your contact", name(desk.ours(Role::Owner))),
        ]),
        heading("What we would like from you"),
        or_lines(wanted, 4),
        heading("What we are working towards"),
        or_lines(brief.map_or(Vec::new(), |brief| strings(&mut texts(&brief.goals))), 2),
        heading("Whom we serve, and how we sound"),
        Block::Paragraph(
            desk.value(brief.map(|brief| &brief.audience), "audience").and("; ").join(desk.value(brief.map(|brief| &brief.tone), "tone")),
        ),
        heading("What comes first"),
        or_lines(brief.map_or(Vec::new(), |brief| strings(&mut texts(&brief.priorities))), 2),
        heading("What was done so far"),
        playbook
            .debrief
            .get()
            .and_then(|debrief| debrief.work_summary.text())
            .map_or_else(|| or_lines(services, 3), |text| Block::Paragraph(Text::plain(text))),
        heading("Good to know"),
        or_lines(playbook.debrief.get().map_or(Vec::new(), |debrief| strings(&mut texts(&debrief.for_successor))), 2),
        heading("What we can show you"),
        or_lines(topics, 2),
        heading("What you need from us"),
        Block::Lines(3),
    ]
}
