use super::facts::{UNREADABLE, between, fact, heading, table};
use super::{BOTH, Desk, Kind, Layout, Place, counts};
use crate::calendar::terms::Input;
use crate::exit::{PlanStep, State};
use crate::paper::{Block, Column, Signature, Text};
use crate::schema::{DeliverableState, Role, Shown, StepPhase, StepSide, Value};

/// What is done and what is open, signed in the meeting and again after the last day.
pub static SHEET: Kind = Kind {
    name: "sign-off",
    letter: Some('g'),
    title: "Sign-off",
    purpose: "agreed in the meeting, closed after the end",
    copies: BOTH,
    layout: Layout::Tight,
    carrier: Role::Owner,
    place: Place::Pack,
    make,
};

const OPEN: &[Column] = &[Column::head("What", 60), Column::new("Who", 20), Column::new("By", 20)];
/// Open steps that have a row; the rest stand in a sentence.
const MOST: usize = 16;

fn make(desk: &Desk<'_>) -> Vec<Block> {
    let (open, rest) = open_steps(desk);
    let mut blocks = vec![
        heading("Where we stand"),
        Block::Facts { rows: summary(desk), columns: 2 },
        heading("Still open"),
        table("Still open", OPEN, open, 3),
    ];
    blocks.push(Block::Paragraph(Text::small(format!("“We” is {}, “they” is {}.", desk.client(), desk.vendor.name()))));
    if !rest.pieces.is_empty() {
        blocks.push(Block::Paragraph(Text::strong("Also open: ").join(rest).and(".")));
    }
    let (ours, theirs) = (format!("For {}", desk.client()), format!("For {}", desk.vendor.name()));
    let place = |title: &str, statement: &str| Signature {
        title: title.to_owned(),
        statement: Some(Text::plain(statement)),
        lines: &["Name, role", "Date", "Signature"],
    };
    let given = "We have given notice, and agree on the last day and the days above.";
    let received = "We have received the notice, and agree on the last day and the days above.";
    blocks.push(heading("Agreed in the meeting"));
    blocks.push(Block::Signatures(vec![
        place(&ours, if desk.is_their_notice() { received } else { given }),
        place(&theirs, if desk.is_their_notice() { given } else { received }),
    ]));
    blocks.push(heading("Closed"));
    blocks.push(Block::Signatures(vec![
        place(&ours, "Notice and schedule were kept. Nothing is outstanding but what stands above."),
        place(&theirs, "The work is handed over, no access is kept, confidentiality is acknowledged."),
    ]));
    blocks.push(Block::Signatures(vec![
        Signature { title: "Access checked (IT)".to_owned(), statement: None, lines: &["Name, date, signature"] },
        Signature { title: "Final invoice paid (finance)".to_owned(), statement: None, lines: &["Name, date, signature"] },
    ]));
    blocks
}

fn summary(desk: &Desk<'_>) -> Vec<(String, Vec<Text>)> {
    let counts = counts(desk.plan);
    let unknown = if counts.unknown > 0 { format!(", {} {UNREADABLE}", counts.unknown) } else { String::new() };
    let accesses: Vec<_> = desk.accesses().collect();
    let closed = accesses.iter().filter(|access| !access.is_live(desk.as_of) && access.revoked.copied().is_some()).count();
    let deliverables = desk.vendor.playbook.deliverables.items();
    let accepted = deliverables.iter().filter(|deliverable| deliverable.state.copied() == Some(DeliverableState::Accepted)).count();
    let accepted = match &desk.vendor.playbook.deliverables {
        list if list.is_unsure() || deliverables.iter().any(|one| one.state.is_broken()) => UNREADABLE.to_owned(),
        _ => format!("{accepted} of {}", deliverables.len()),
    };
    let access = &desk.vendor.playbook.access;
    let closed = match access.is_unsure() || access.items().iter().any(|access| access.revoked.is_broken()) {
        true => UNREADABLE.to_owned(),
        false => format!("{closed} of {}", accesses.len()),
    };
    let returned = desk.step("C1").map(|step| step.state.clone());
    let (label, name) = match crate::exit::promises_certificate(desk.vendor) {
        Input::Given(true) => ("Certificate", "certificate received"),
        Input::Broken => ("Certificate (whether one is due is not known: see finding)", "certificate received"),
        Input::Given(false) | Input::Absent => ("Returned or destroyed", "returned or destroyed"),
    };
    let answer = |word: &str| Text::default().tick_box(format!("{name}: {word}"), false).and(format!(" {word}"));
    let returned = match returned {
        Some(State::Done(Some(day))) => Text::default().tick_box(name, true).and(" yes, ").day(day),
        Some(State::Done(None)) => Text::default().tick_box(name, true).and(" yes"),
        _ => answer("yes").and("  ").join(answer("no")).and(", due ").join(desk.day_of("C1", "date")),
    };
    let invoice = desk.exit().and_then(|exit| exit.final_invoice.get());
    let amount = match invoice.and_then(|invoice| invoice.amount.get()).map(|amount| amount.show(desk.names())) {
        Some(Shown::Text(amount)) => Text::plain(amount),
        _ => Text::blank("amount"),
    };
    vec![
        fact("Contract", desk.reference()),
        fact("Last day", desk.last_day_text()),
        fact("Steps", Text::plain(format!("{} done, {} open, {} left out{unknown}", counts.done, counts.open, counts.skipped))),
        fact("Accesses closed", Text::plain(closed)),
        fact("Deliverables accepted", Text::plain(accepted)),
        fact(label, returned),
        fact("Final invoice", amount.and(", due ").join(desk.day_of("C3", "date"))),
    ]
}

/// The open steps both sides have a part in: rows, and those that no row is left for. The meeting itself is not among
/// them: it is where this sheet is signed. A line made from a fact stands for itself where its step is settled;
/// what goes on after the end has a sheet of its own.
fn open_steps(desk: &Desk<'_>) -> (Vec<Vec<Vec<Text>>>, Text) {
    let is_open = |step: &PlanStep| matches!(step.state, State::Open | State::Unknown);
    let is_told = |line: &PlanStep| desk.step(line.parent()).is_some_and(is_open);
    let shared = |step: &&PlanStep| {
        let is_shared = step.side != Some(StepSide::Client) && step.phase != StepPhase::Prepare && step.id != "N1";
        let is_apart = step.compiled && (is_told(step) || step.parent() == "C9");
        is_open(step) && is_shared && !is_apart
    };
    let what = |step: &PlanStep| match step.state {
        State::Unknown => format!("{} {} (done or not: {UNREADABLE})", step.id, step.title),
        _ => format!("{} {}", step.id, step.title),
    };
    let mut steps: Vec<_> = desk.plan.steps.iter().filter(shared).collect();
    steps.sort_by_key(|step| (step.due.or(step.if_today).is_none(), step.due.or(step.if_today)));
    let rows = steps.iter().take(MOST).map(|step| {
        let owner = desk.owner(step);
        vec![vec![Text::plain(what(step))], vec![owner], vec![desk.day_of(&step.id, "date")]]
    });
    let rest = steps
        .iter()
        .skip(MOST)
        .map(|step| Text::plain(what(step) + ": ").join(desk.owner(step)).and(", ").join(desk.day_of(&step.id, "date")));
    (rows.collect(), between(rest, "; "))
}
