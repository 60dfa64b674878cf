//! What the playbook says of thanks, bonus, testimonial, referral and keeping in touch: when each step of goodwill is
//! due, and a line for each favour where one step has several.

use super::compile::under;
use super::{PlanStep, State, template};
use crate::calendar::terms::Input;
use crate::calendar::{Date, UNREADABLE};
use crate::diagnostic::capital;
use crate::library::Vendor;
use crate::schema::{Anchor, Goodwill, GoodwillKind, When};

/// The steps of the template that are about goodwill, and the kinds of entries that each is about.
const STEPS: [(&str, &[GoodwillKind]); 3] = [
    ("G1", &[GoodwillKind::ThankYou]),
    ("G2", &[GoodwillKind::Bonus, GoodwillKind::Testimonial, GoodwillKind::Referral]),
    ("G3", &[GoodwillKind::KeepInTouch]),
];

/// The first entry of a step that is still open says when it is due, and it is done when all are. An entry that says so
/// in a way nobody can read leaves both open.
pub fn change(step: &mut PlanStep, vendor: &Vendor, as_of: Date) {
    let Some((_, kinds)) = STEPS.iter().find(|(id, _)| step.id == *id) else { return };
    let list = &vendor.playbook.goodwill;
    let may_be = |entry: &&Goodwill| entry.kind.is_broken() || entry.kind.copied().is_some_and(|kind| kinds.contains(&kind));
    let entries: Vec<&Goodwill> = list.items().iter().filter(may_be).collect();
    // An entry whose kind cannot be read says something of one of these steps, if it says anything.
    let hides = |entry: &Goodwill, is_broken: bool, is_absent: bool| is_broken || entry.kind.is_broken() && !is_absent;
    let is_done = |entry: &Goodwill| entry.done.copied().is_some_and(|done| done <= as_of);
    let first = |of: &dyn Fn(&Goodwill) -> bool| {
        let days = entries.iter().filter(|entry| of(entry)).filter_map(|entry| entry.when.copied().or(step.when));
        days.min_by_key(|when| day(*when, vendor, as_of))
    };
    step.when = first(&|entry| !is_done(entry)).or_else(|| first(&is_done)).or(step.when);
    if list.is_unsure() || entries.iter().any(|entry| hides(entry, entry.when.is_broken(), entry.when.is_absent())) {
        step.lose_day("goodwill");
    }
    let done: Vec<Date> = entries.iter().filter_map(|entry| entry.done.copied()).filter(|date| *date <= as_of).collect();
    if list.is_unsure() || entries.iter().any(|entry| hides(entry, entry.done.is_broken(), entry.done.is_absent())) {
        step.state = State::Unknown;
    } else if !entries.is_empty() && done.len() == entries.len() {
        step.state = State::Done(done.into_iter().max());
    }
}

/// The day that is meant before it moves, to tell which comes first. Where the last day is not known, as if it were today.
fn day(when: When, vendor: &Vendor, as_of: Date) -> Date {
    let last = vendor.derived.termination.or(vendor.derived.clock.end_if_today.date()).unwrap_or(as_of);
    match when {
        When::Date(date) => date,
        When::Offset(offset) => vendor.workdays.offset(last, offset),
    }
}

/// A line for each favour of a step whose favours differ in day or state, under that step; none where the step itself is
/// done or left out.
pub fn lines(vendor: &Vendor, steps: &[PlanStep], as_of: Date) -> Vec<PlanStep> {
    let favours = favours(vendor.playbook.goodwill.items());
    let is_settled = |step: &PlanStep| matches!(step.state, State::Done(_) | State::Skipped(_));
    let is_open = |step: &str| steps.iter().any(|known| known.id == step && !is_settled(known));
    let said = |entry: &Goodwill| (entry.when.copied(), entry.when.is_broken(), entry.done.copied(), entry.done.is_broken());
    let differ = |step: &str, one: &Goodwill| favours.iter().any(|(of, _, other)| *of == step && said(other) != said(one));
    let lines = favours.iter().filter(|(step, _, entry)| is_open(step) && differ(step, entry)).map(|(step, fact, entry)| {
        let mut line = under(step, fact, steps);
        let kind = entry.kind.copied().map(|kind| capital(&kind.label())).unwrap_or_default();
        line.title = match entry.text.input() {
            Input::Given(text) => format!("{kind}: {text}").into(),
            Input::Broken => format!("{kind}: {UNREADABLE}").into(),
            Input::Absent => kind.into(),
        };
        let usual = template::STEPS.iter().find(|known| known.id == *step).and_then(|known| match known.due {
            template::Due::At(_, offset) => Some(When::Offset(offset)),
            template::Due::Payment | template::Due::ReturnOrDestroy => None,
        });
        (line.when, line.why, line.anchor, line.roll) = (entry.when.copied().or(usual), None, Anchor::Termination, None);
        line.state = match entry.done.copied().filter(|done| *done <= as_of) {
            Some(done) => State::Done(Some(done)),
            None if entry.done.is_broken() => State::Unknown,
            None => State::Open,
        };
        if entry.when.is_broken() {
            line.lose_day("goodwill");
        }
        line
    });
    lines.collect()
}

/// The ids of all lines that there can be.
pub fn ids(entries: &[Goodwill]) -> impl Iterator<Item = String> {
    favours(entries).into_iter().map(|(step, fact, _)| format!("{step}.{fact}"))
}

/// Step, name and entry of each line: `G2`, `bonus`; the second of one kind is `bonus-2`.
fn favours(entries: &[Goodwill]) -> Vec<(&'static str, String, &Goodwill)> {
    let mut found = Vec::new();
    for (step, kinds) in STEPS {
        let of_step = || entries.iter().filter(|entry| entry.kind.copied().is_some_and(|kind| kinds.contains(&kind)));
        if of_step().count() < 2 {
            continue;
        }
        for entry in of_step() {
            let kind = entry.kind.copied().map(GoodwillKind::word).unwrap_or_default().replace('_', "-");
            let before = found.iter().filter(|(_, _, other): &&(_, _, &Goodwill)| other.kind.copied() == entry.kind.copied()).count();
            let fact = if before == 0 { kind } else { format!("{kind}-{}", before + 1) };
            found.push((step, fact, entry));
        }
    }
    found
}
