//! The template's steps with the playbook's changes, and the playbook's own.

use std::collections::HashMap;

use super::template::{Due, STEPS, TemplateStep};
use super::{PlanStep, State};
use crate::calendar::{Date, Offset, Roll, Unit};
use crate::library::Vendor;
use crate::schema::{Anchor, ContractType, ExitTemplate, GoodwillKind, Role, RollTo, Side, Step, StepPhase, StepSide, When};

/// All steps but the compiled ones, in the order of the template, the playbook's own after them.
pub fn steps(vendor: &Vendor, as_of: Date) -> Vec<PlanStep> {
    let exit = vendor.playbook.exit.get();
    let template = exit.and_then(|exit| exit.template.copied()).unwrap_or(ExitTemplate::Standard);
    let included = |step: &&TemplateStep| match template {
        ExitTemplate::None => false,
        ExitTemplate::Light => step.light,
        ExitTemplate::Standard => !step.regulated,
        ExitTemplate::Regulated => true,
    };
    let mut steps: Vec<PlanStep> = STEPS.iter().filter(included).map(|step| from_template(step, vendor, as_of)).collect();
    let mut places: HashMap<String, usize> = steps.iter().enumerate().map(|(n, step)| (step.id.to_lowercase(), n)).collect();
    for own in exit.map_or(&[][..], |exit| exit.steps.items()) {
        let Some(id) = own.id.get() else { continue };
        if id.0.contains('.') {
            continue;
        }
        match places.get(&id.0.to_lowercase()) {
            Some(n) => change(&mut steps[*n], own, as_of),
            None => {
                let mut step = match STEPS.iter().find(|step| step.id.eq_ignore_ascii_case(&id.0)) {
                    Some(template) => from_template(template, vendor, as_of),
                    None => own_step(&id.0, own, vendor),
                };
                change(&mut step, own, as_of);
                places.insert(id.0.to_lowercase(), steps.len());
                steps.push(step);
            }
        }
    }
    let broken = |field: fn(&crate::schema::Exit) -> bool| exit.is_some_and(field);
    if vendor.playbook.exit.is_broken() || broken(|exit| exit.steps.is_broken() || exit.template.is_broken()) {
        // Which steps there are, and when, cannot be known then.
        steps.iter_mut().for_each(|step| step.when = None);
    }
    let present: HashMap<String, String> = steps.iter().map(|step| (step.id.to_lowercase(), step.id.clone())).collect();
    for step in &mut steps {
        step.after = present_dependencies(&step.after, &present);
    }
    steps
}

fn from_template(step: &TemplateStep, vendor: &Vendor, as_of: Date) -> PlanStep {
    let (when, anchor) = due(step, vendor);
    let mut with: Vec<String> =
        step.roles[1..].iter().filter_map(|role| vendor.contact_with(*role, side_of(*role, step.side))).map(|(id, _)| id).collect();
    if step.id == "K4" {
        with.extend(vendor.playbook.successor.get().and_then(|successor| successor.name.text()).map(str::to_owned));
    }
    let owner = owner(step.roles[0], step.side, vendor);
    with.retain(|id| Some(id) != owner.as_ref());
    let mut made = PlanStep {
        id: step.id.to_owned(),
        title: title(step, vendor),
        phase: step.phase,
        when,
        anchor,
        // A payment falls due on an open day, however short the terms are.
        roll: matches!(step.due, Due::Payment).then_some(Roll::Next),
        side: step.side,
        owner,
        with,
        evidence: Some(step.evidence.to_owned()),
        after: step.after.iter().map(|id| (*id).to_owned()).collect(),
        ..blank(step.id)
    };
    goodwill(&mut made, vendor, as_of);
    made
}

pub fn blank(id: &str) -> PlanStep {
    PlanStep {
        id: id.to_owned(),
        title: id.to_owned(),
        phase: StepPhase::Close,
        when: None,
        anchor: Anchor::Termination,
        roll: None,
        due: None,
        if_today: None,
        moved_from: None,
        side: StepSide::Client,
        owner: None,
        with: Vec::new(),
        evidence: None,
        after: Vec::new(),
        state: State::Open,
        done_by: None,
        overdue_days: None,
        do_now: false,
        compiled: false,
    }
}

fn title(step: &TemplateStep, vendor: &Vendor) -> String {
    let kind = vendor.playbook.contract.get().and_then(|contract| contract.kind.copied());
    match (step.id, kind) {
        ("P3", Some(ContractType::None)) => "No written terms: decide how you mean to end it, and with how much notice".to_owned(),
        _ => step.title.to_owned(),
    }
}

fn due(step: &TemplateStep, vendor: &Vendor) -> (Option<When>, Anchor) {
    let playbook = &vendor.playbook;
    match step.due {
        Due::At(anchor, offset) => {
            let invoice = playbook.exit.get().and_then(|exit| exit.final_invoice.get()).and_then(|invoice| invoice.due.copied());
            match invoice.filter(|_| step.id == "C3") {
                Some(date) => (Some(When::Date(date)), anchor),
                None => (Some(When::Offset(offset)), anchor),
            }
        }
        Due::ReturnOrDestroy => {
            if playbook.nda.is_broken() || playbook.nda.get().is_some_and(|nda| nda.returns.is_broken()) {
                return (None, Anchor::Termination);
            }
            let within = playbook.nda.get().and_then(|nda| nda.returns.get()).map(|returns| &returns.within);
            let offset = |duration| When::Offset(Offset { back: false, duration });
            let when = match within {
                Some(within) if within.is_broken() => None,
                Some(within) => Some(within.copied().map_or(When::Offset(Offset::after(30, Unit::Day)), |days| offset(days.0))),
                None => Some(When::Offset(Offset::after(30, Unit::Day))),
            };
            (when, Anchor::Termination)
        }
        Due::Payment => {
            let terms = playbook.contract.get().and_then(|contract| contract.payment_terms.copied());
            (terms.map(|days| When::Offset(Offset { back: false, duration: days.0 })), Anchor::Invoice)
        }
    }
}

/// A goodwill entry of the same kind says when a goodwill step is due, and whether it is done.
fn goodwill(step: &mut PlanStep, vendor: &Vendor, as_of: Date) {
    use GoodwillKind::{Bonus, KeepInTouch, Referral, Testimonial, ThankYou};
    let kinds: &[GoodwillKind] = match step.id.as_str() {
        "G1" => &[ThankYou],
        "G2" => &[Bonus, Testimonial, Referral],
        "G3" => &[KeepInTouch],
        _ => return,
    };
    let entries: Vec<_> =
        vendor.playbook.goodwill.items().iter().filter(|entry| entry.kind.copied().is_some_and(|kind| kinds.contains(&kind))).collect();
    if let Some(when) = entries.iter().find_map(|entry| entry.when.copied()) {
        step.when = Some(when);
    }
    let done: Vec<Date> = entries.iter().filter_map(|entry| entry.done.copied()).filter(|date| *date <= as_of).collect();
    if !entries.is_empty() && done.len() == entries.len() {
        step.state = State::Done(done.into_iter().max());
    }
}

/// The first contact with the role, else the playbook's owner for our side, the account manager for theirs.
fn owner(role: Role, side: StepSide, vendor: &Vendor) -> Option<String> {
    let side = side_of(role, side);
    if let Some((id, _)) = vendor.contact_with(role, side) {
        return Some(id);
    }
    match side {
        Some(Side::Vendor) => vendor.contact_with(Role::AccountManager, Some(Side::Vendor)).map(|(id, _)| id),
        _ => vendor.playbook.owner.get().map(|person| person.0.clone()),
    }
}

/// The side on which to look for a role; for a step of both sides, the side where that role is at home.
fn side_of(role: Role, side: StepSide) -> Option<Side> {
    match (side, role) {
        (StepSide::Client, _) => Some(Side::Client),
        (StepSide::Vendor, _) | (StepSide::Both, Role::AccountManager | Role::Practitioner) => Some(Side::Vendor),
        (StepSide::Both, _) => Some(Side::Client),
    }
}

/// A step that no template has.
fn own_step(id: &str, own: &Step, vendor: &Vendor) -> PlanStep {
    let side = own.side.copied().unwrap_or(StepSide::Client);
    let role = if side == StepSide::Vendor { Role::AccountManager } else { Role::Owner };
    PlanStep { phase: guess_phase(id, own), side, owner: owner(role, side, vendor), ..blank(id) }
}

/// The letter of an id like `H5` says the phase; else the date says it.
fn guess_phase(id: &str, own: &Step) -> StepPhase {
    let mut letters = id.chars();
    let letter = letters.next().map(|c| c.to_ascii_uppercase());
    let numbered = !id.is_empty() && letters.clone().count() > 0 && letters.all(|c| c.is_ascii_digit());
    let by_letter = match letter {
        Some('P') => Some(StepPhase::Prepare),
        Some('N') => Some(StepPhase::Notice),
        Some('K') => Some(StepPhase::Knowledge),
        Some('H') => Some(StepPhase::Handover),
        Some('A') => Some(StepPhase::Access),
        Some('C') => Some(StepPhase::Close),
        Some('G') => Some(StepPhase::Goodwill),
        _ => None,
    };
    if let Some(phase) = by_letter.filter(|_| numbered) {
        return phase;
    }
    let early = matches!(own.anchor.copied(), Some(Anchor::Notice | Anchor::Meeting | Anchor::Decision));
    match own.when.copied() {
        Some(When::Offset(offset)) if early => {
            if offset.back {
                StepPhase::Prepare
            } else {
                StepPhase::Notice
            }
        }
        Some(When::Offset(offset)) if offset.back || offset.is_zero() => StepPhase::Handover,
        _ => StepPhase::Close,
    }
}

/// What the playbook says about a step replaces what the template says.
pub fn change(step: &mut PlanStep, own: &Step, as_of: Date) {
    let text = |field: &crate::schema::Field<String>| field.text().map(str::to_owned);
    step.title = text(&own.title).unwrap_or_else(|| std::mem::take(&mut step.title));
    step.phase = own.phase.copied().unwrap_or(step.phase);
    let undated = own.when.is_broken() || own.anchor.is_broken() || own.roll.is_broken();
    step.when = if undated { None } else { own.when.copied().or(step.when) };
    step.anchor = own.anchor.copied().unwrap_or(step.anchor);
    step.roll = own.roll.copied().map_or(step.roll, |roll| {
        Some(match roll {
            RollTo::Previous => Roll::Previous,
            RollTo::Next => Roll::Next,
            RollTo::None => Roll::None,
        })
    });
    step.side = own.side.copied().unwrap_or(step.side);
    step.owner = own.owner.get().map(|person| person.0.clone()).or(step.owner.take());
    step.evidence = text(&own.evidence).or(step.evidence.take());
    if !own.with.is_absent() {
        step.with = own.with.items().iter().map(|item| item.value.0.clone()).collect();
    }
    if !own.depends_on.is_absent() {
        step.after = own.depends_on.items().iter().map(|item| item.value.0.clone()).collect();
    }
    if own.done.is_broken() || own.skip.is_broken() {
        step.state = State::Unknown;
    }
    if let Some(reason) = own.skip.text() {
        step.state = State::Skipped(reason.to_owned());
    }
    if let Some(done) = own.done.copied().filter(|done| *done <= as_of) {
        step.state = State::Done(Some(done));
        step.done_by = own.done_by.get().map(|person| person.0.clone());
    }
}

/// Dependencies on steps that are not there are replaced by those steps' own.
fn present_dependencies(after: &[String], present: &HashMap<String, String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    let mut open: Vec<String> = after.iter().rev().cloned().collect();
    while let Some(id) = open.pop() {
        if seen.iter().any(|known| known.eq_ignore_ascii_case(&id)) {
            continue;
        }
        seen.push(id.clone());
        if let Some(known) = present.get(&id.to_lowercase()) {
            found.push(known.clone());
        } else if let Some(absent) = STEPS.iter().find(|step| step.id.eq_ignore_ascii_case(&id)) {
            open.extend(absent.after.iter().rev().map(|id| (*id).to_owned()));
        } else if id.contains('.') {
            found.push(id);
        }
    }
    found
}
