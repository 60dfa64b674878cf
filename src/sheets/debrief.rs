use super::facts::{between, heading, list, table};
use super::{Desk, Kind, Layout, OURS, Place, scorecard};
use crate::exit::State;
use crate::library::texts;
use crate::paper::{Block, Column, Text};
use crate::schema::{DebriefCause, Field, Item, List, Reengage, Role};

/// What was learnt, written down after the last day.
pub static SHEET: Kind = Kind {
    name: "debrief",
    letter: Some('f'),
    title: "Debrief",
    purpose: "what we learnt, after the last day",
    copies: OURS,
    layout: Layout::Portrait,
    carrier: Role::Owner,
    place: Place::Pack,
    make,
};

const CARRIED: &[Column] = &[Column::head("What", 50), Column::new("Who", 25), Column::new("By when", 25)];

fn make(desk: &Desk<'_>) -> Vec<Block> {
    let debrief = desk.vendor.playbook.debrief.get();
    let written = |field: Option<&Field<List<Item<String>>>>, lines: usize| match field {
        Some(field) if !field.items().is_empty() => list(texts(field).map(Text::plain)),
        _ => Block::Lines(lines),
    };
    let said = |field: Option<&Field<String>>, lines: usize| match field.and_then(Field::text) {
        Some(text) => Block::Paragraph(Text::plain(text)),
        None => Block::Lines(lines),
    };
    let dated = debrief.map(|debrief| &debrief.date).filter(|date| !date.is_absent());
    let held = if dated.is_some() { desk.day(dated, "date") } else { desk.day_of("C6", "date") };
    let purpose = desk.vendor.playbook.purpose.text().map(|purpose| Block::Paragraph(Text::small(format!("We hoped for: {purpose}"))));
    let mut blocks = vec![
        Block::Paragraph(
            Text::strong("Facts and examples, no labels for people.").and(" Debrief on ").join(held).and(", with ").and_blank("names"),
        ),
        heading("1  Did we get what we outsourced for?"),
    ];
    blocks.extend(purpose);
    let got = |word: &str| Text::default().tick_box(format!("got what we outsourced for: {word}"), false).and(format!(" {word}"));
    blocks.push(Block::List { items: ["yes", "in part", "no"].map(got).into(), columns: 3 });
    blocks.push(Block::Lines(1));
    blocks.extend([
        heading("2  What was done, in words the next one can use"),
        said(debrief.map(|debrief| &debrief.work_summary), 3),
        heading("3  What worked? (at least three things)"),
        written(debrief.map(|debrief| &debrief.worked), 3),
        heading("4  What did not?"),
        written(debrief.map(|debrief| &debrief.did_not), 2),
        causes(debrief.map(|debrief| &debrief.causes)),
        heading("5  Our own part"),
        said(debrief.map(|debrief| &debrief.our_part), 2),
        heading("6  What would they tell us? Ask them."),
        Block::Lines(2),
        heading("7  Scores, 1 (poor) to 5 (excellent)"),
        scorecard::scores(desk),
        heading("8  Lessons"),
        Block::Paragraph(Text::plain("For the way we work:")),
        written(debrief.map(|debrief| &debrief.lessons), 2),
        Block::Paragraph(Text::plain("For the next brief:")),
        written(debrief.map(|debrief| &debrief.for_successor), 2),
        heading("9  Would we work with them again?"),
        again(debrief.and_then(|debrief| debrief.would_reengage.copied())),
        Block::Paragraph(Text::plain("On which conditions: ").join(desk.value(debrief.map(|debrief| &debrief.conditions), "conditions"))),
        heading("10  Referrals and introductions"),
        said(debrief.map(|debrief| &debrief.network), 2),
        heading("11  Still open"),
        table("Still open", CARRIED, open(desk), 6),
    ]);
    blocks
}

fn causes(field: Option<&Field<List<DebriefCause>>>) -> Block {
    let told: Vec<DebriefCause> = field.map_or(&[][..], |field| field.items()).to_vec();
    let items = [
        ("expectations", DebriefCause::Expectations),
        ("communication", DebriefCause::Communication),
        ("control", DebriefCause::Control),
        ("business change", DebriefCause::Change),
    ];
    let items =
        items.map(|(name, cause)| Text::default().tick_box(format!("cause: {name}"), told.contains(&cause)).and(format!(" {name}")));
    Block::List { items: items.into(), columns: 4 }
}

fn again(told: Option<Reengage>) -> Block {
    let items = [("yes", Reengage::Yes), ("maybe", Reengage::Maybe), ("no", Reengage::No)];
    let items = items.map(|(name, answer)| {
        Text::default().tick_box(format!("work with them again: {name}"), told == Some(answer)).and(format!(" {name}"))
    });
    Block::List { items: items.into(), columns: 3 }
}

/// Steps that are late, as what is carried on.
fn open(desk: &Desk<'_>) -> Vec<Vec<Vec<Text>>> {
    let late = desk.plan.steps.iter().filter(|step| step.state == State::Open && step.overdue_days.is_some());
    let rows = late.take(10).map(|step| {
        let owner = desk.owner(step);
        let due = between(step.due.map(|day| Text::plain("was due ").day(day)).into_iter(), "");
        vec![vec![Text::plain(format!("{} {}", step.id, step.title))], vec![owner], vec![due]]
    });
    rows.collect()
}
