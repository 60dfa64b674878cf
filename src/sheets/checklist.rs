use serde::Serialize;

use super::facts::{UNREADABLE, between};
use super::{Desk, Kind, Layout, OURS, Place};
use crate::calendar::{Date, Known, is_unreadable};
use crate::exit::{self, Basis, ExitPlan, PlanStep, State};
use crate::paper::{Block, Body, Column, Row, RowKind, Signature, Table, Text};
use crate::schema::{Anchor, Field, Role, StepPhase, StepSide};

/// Every step with its day, who does it and what proves it.
pub static SHEET: Kind = Kind {
    name: "checklist",
    letter: Some('b'),
    title: "Offboarding checklist",
    purpose: "every step: when, who, what proves it",
    copies: OURS,
    layout: Layout::Portrait,
    carrier: Role::Owner,
    place: Place::Pack,
    make,
};

const COLUMNS: &[Column] = &[
    Column::new("Tick", 10),
    Column::head("Step", 49),
    Column::new("Due", 18),
    Column::new("Who", 11),
    Column::new("Done on, initials", 12),
];

fn make(desk: &Desk<'_>) -> Vec<Block> {
    let counts = counts(desk.plan);
    let overdue = if counts.overdue > 0 { format!(", {} of them overdue", counts.overdue) } else { String::new() };
    let unknown = if counts.unknown > 0 { format!(", {} {UNREADABLE}", counts.unknown) } else { String::new() };
    let summary = format!(
        "{} steps: {} done, {} left out, {} open{overdue}{unknown}. C is us, V is them, B is both. T is the last day, bd a business day, d a calendar day.",
        counts.steps, counts.done, counts.skipped, counts.open
    );
    let initials = Text::plain("Initials: ").and_blank("our initials").and(" ").and_blank("their initials");
    let lines = basis(desk).into_iter().chain([Text::plain(summary), initials]);
    let mut blocks = vec![Block::Paragraph(between(lines, " ").as_small())];
    let mut bodies: Vec<Body> = StepPhase::ALL.iter().filter_map(|phase| body(*phase, desk)).collect();
    bodies.push(Body::spare("Anything else", 6, COLUMNS.len()));
    blocks.push(Block::Table(Table { caption: "Steps of the way out".to_owned(), columns: COLUMNS.to_vec(), bodies }));
    blocks.push(Block::Heading("Agreed".to_owned()));
    blocks.push(Block::Paragraph(Text::small(
        "In the room: read out the days of the V and B rows and agree them. Both sides initial here and on the first page.",
    )));
    let lines = &["Name, role", "Date, initials"];
    blocks.push(Block::Signatures(vec![
        Signature { title: format!("For {}", desk.client()), statement: None, lines },
        Signature { title: format!("For {}", desk.vendor.name()), statement: None, lines },
    ]));
    blocks
}

/// How many steps there are, by what became of them.
#[derive(Debug, Serialize)]
pub struct Counts {
    pub steps: usize,
    pub done: usize,
    pub skipped: usize,
    pub open: usize,
    /// Of which nobody can tell.
    pub unknown: usize,
    pub overdue: usize,
}

pub fn counts(plan: &ExitPlan) -> Counts {
    Counts {
        steps: plan.steps.len(),
        done: plan.count("done"),
        skipped: plan.count("skipped"),
        open: plan.count("open"),
        unknown: plan.count("unknown"),
        overdue: plan.overdue(),
    }
}

/// What a phase is called on paper.
fn title(phase: StepPhase) -> &'static str {
    match phase {
        StepPhase::Prepare => "Prepare",
        StepPhase::Notice => "Say it",
        StepPhase::Knowledge => "Pass on knowledge",
        StepPhase::Handover => "Hand over",
        StepPhase::Access => "Close access",
        StepPhase::Close => "Settle and close",
        StepPhase::Goodwill => "Part well",
    }
}

fn body(phase: StepPhase, desk: &Desk<'_>) -> Option<Body> {
    let rows: Vec<Row> = desk.plan.phase(phase).map(|step| row(step, desk)).collect();
    let title = title(phase);
    let gate = Text::plain(format!("{title}: all done? "))
        .tick_box(format!("{title}: all done"), false)
        .and(" yes   Initials ")
        .and_blank("initials");
    (!rows.is_empty()).then(|| Body { title: title.to_owned(), rows, gate: Some(gate) })
}

fn row(step: &PlanStep, desk: &Desk<'_>) -> Row {
    let kind = match (&step.state, step.overdue_days, step.compiled) {
        (State::Done(_), _, _) => RowKind::Done,
        (State::Skipped(_), _, _) => RowKind::Skipped,
        (State::Open, Some(_), _) => RowKind::Late,
        (State::Open, None, true) => RowKind::Part,
        (State::Open, None, false) | (State::Unknown, ..) => RowKind::Plain,
    };
    let ticks =
        |name: &str, is_ticked: bool| Text::default().tick_box([&*step.id, " ", name].concat(), is_ticked).and([" ", name].concat());
    let what = Text::strong(&*step.id).and([" ", &*step.title].concat());
    let owner = desk.owner(step);
    let cells = vec![
        vec![ticks("done", matches!(step.state, State::Done(_))), ticks("N/A", matches!(step.state, State::Skipped(_)))],
        std::iter::once(what).chain(details(step, desk)).collect(),
        due(step, desk),
        vec![match step.side {
            Some(side) => Text::strong(letter(side)).and(" ").join(owner),
            None if step.owner.is_broken() => owner,
            None => owner.and(format!(", C or V {UNREADABLE}")),
        }],
        done(step, desk),
    ];
    Row { step: Some(step.id.to_string()), kind, cells }
}

/// The letter of a side: C is ours, V is theirs, B is both.
fn letter(side: StepSide) -> &'static str {
    match side {
        StepSide::Client => "C",
        StepSide::Vendor => "V",
        StepSide::Both => "B",
    }
}

fn done(step: &PlanStep, desk: &Desk<'_>) -> Vec<Text> {
    match &step.state {
        State::Done(day) => {
            let by = step.done_by.as_deref().map(|by| Text::small(format!("by {}", desk.names().person(by))));
            std::iter::once(day.map_or_else(|| Text::plain("done"), Text::date)).chain(by).collect()
        }
        State::Skipped(_) => vec![Text::plain("left out")],
        State::Open => Vec::new(),
        State::Unknown => vec![Text::plain(UNREADABLE)],
    }
}

/// Proof, what comes first, who helps; or the reason why it is left out.
fn details(step: &PlanStep, desk: &Desk<'_>) -> Option<Text> {
    if let State::Skipped(reason) = &step.state {
        return Some(Text::small(format!("left out: {reason}")));
    }
    let mut parts = Vec::new();
    parts.extend(step.evidence.as_ref().map(|evidence| format!("Proof: {evidence}")));
    if !step.after.is_empty() {
        parts.push(format!("after {}", step.after.join(", ")));
    }
    let people = step.with.iter().map(|person| desk.named(person, step.due.or(step.if_today)));
    let people: Vec<String> = people.chain(step.is_with_unsure.then(|| UNREADABLE.to_owned())).collect();
    if !people.is_empty() {
        parts.push(format!("with {}", people.join(", ")));
    }
    (!parts.is_empty()).then(|| Text::small(parts.join("; ")))
}

fn due(step: &PlanStep, desk: &Desk<'_>) -> Vec<Text> {
    let label = step.offset_label().map(Text::small);
    if desk.plan.basis == Basis::IfToday {
        let word = match step.if_today {
            _ if step.do_now => Text::plain("now"),
            Some(day) => Text::date(day),
            None if step.why.is_some() => Text::plain(UNREADABLE),
            None => Text::blank("date"),
        };
        return std::iter::once(word).chain(label).collect();
    }
    if step.compiled && step.when.is_none() && step.why.is_none() && step.id.starts_with("C9.") {
        return vec![Text::plain("no end date")];
    }
    let Some(day) = step.due else {
        let none = if step.why.is_some() { Text::plain(UNREADABLE) } else { Text::blank("date") };
        return std::iter::once(none).chain(label).collect();
    };
    let mut lines = vec![Text::date(day)];
    lines.extend(step.overdue_days.map(|days| Text::default().piece(crate::paper::Piece::Alert(overdue(days)))));
    lines.extend(step.do_now.then(|| Text::small("due before the decision: do it now")));
    lines.extend(label);
    lines.extend(step.moved_from.map(|from| Text::small(format!("(moved from {})", from.beside(day.year())))));
    let limit = desk.notice().send_by.date().filter(|_| step.id == "N2" && step.state == State::Open);
    lines.extend(limit.map(|limit| Text::plain("at the latest ").day(limit).as_small()));
    lines
}

/// `OVERDUE 3 days`.
pub fn overdue(days: i64) -> String {
    if days == 1 { "OVERDUE 1 day".to_owned() } else { format!("OVERDUE {days} days") }
}

/// The four dates at the head of a sheet, each with its weekday; a blank where one is not known.
pub fn key_dates(desk: &Desk<'_>) -> Vec<(String, Text)> {
    let meeting = desk.exit().and_then(|exit| exit.meeting.get());
    let hour = meeting.map_or(String::new(), |meeting| {
        let parts = [meeting.time.copied().map(|time| time.to_string()), meeting.timezone.get().map(|zone| zone.0.clone())];
        parts.into_iter().flatten().map(|part| format!(" {part}")).collect()
    });
    let given = desk.exit().map(|exit| &exit.notice_given).filter(|_| desk.is_leaving());
    let theirs = desk.is_their_notice();
    let (was_given, is_planned) =
        if theirs { ("Notice given by them", "Their notice planned for") } else { ("Notice given", "Notice planned for") };
    let send = match given {
        Some(Field::Given(day, _)) if *day <= desk.as_of => (was_given, Text::date(*day)),
        Some(Field::Given(day, _)) => (is_planned, Text::date(*day)),
        Some(Field::Broken(_)) => (was_given, Text::plain(UNREADABLE)),
        _ => (desk.notice().label(), known(&desk.notice().send_by)),
    };
    let last = match desk.plan.basis {
        Basis::Leaving => "Last day (T)",
        Basis::IfToday => "Last day (T), if notice were given today",
    };
    let rows = [
        ("Meeting", desk.day(meeting.map(|meeting| &meeting.date), "date").and(hour)),
        send,
        (if theirs { "It reaches us by" } else { "Notice received by" }, known(&desk.notice().received_by)),
        (last, desk.last_day_text()),
    ];
    rows.map(|(label, value)| (label.to_owned(), value)).into()
}

/// A day that was worked out; a blank where there is none, and words where it hangs on what cannot be read.
pub fn known(day: &Known<Date>) -> Text {
    match day {
        Known::Yes { value, .. } => Text::date(*value),
        Known::No { why } if is_unreadable(why) => Text::plain(UNREADABLE),
        Known::No { .. } => Text::blank("date"),
    }
}

/// The sentences that say how the dates came about.
pub fn basis(desk: &Desk<'_>) -> Vec<Text> {
    let clock = &desk.vendor.derived.clock;
    if desk.plan.basis == Basis::IfToday {
        let how = clock.end_if_today.how().map(|how| format!("Last day: {how}."));
        let why = || format!("The last day cannot be worked out: {}.", clock.end_if_today.why().unwrap_or("not known"));
        return vec![Text::plain(how.unwrap_or_else(why))];
    }
    let mut lines = Vec::new();
    if let Known::Yes { value: day, how } = &desk.notice().send_by {
        let send = match (desk.notice_was_given(), desk.is_their_notice()) {
            (true, _) => "Notice had to be sent by",
            (false, true) => "They send by",
            (false, false) => "Send by",
        };
        lines.push(Text::plain(format!("{send} {}: {how}.", day.long())));
    }
    if exit::unreadable(desk.vendor, desk.plan.basis, Anchor::Termination).is_some() {
        lines.push(Text::plain(format!("The last day is {UNREADABLE}. So are the dates that are counted from it.")));
    } else if desk.vendor.derived.termination.is_none() {
        lines.push(Text::plain("The last day is not set yet, so dates that are counted from it are left blank."));
    }
    lines
}
