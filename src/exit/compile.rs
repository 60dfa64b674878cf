//! Lines made from the facts of a playbook: what can be reached is closed, what was made is handed over,
//! and what survives is kept in mind. Their ids are the step's and the fact's: `A2.shop`.

use foldhash::HashMap;

use super::merge::{blank, change, not_known};
use super::template::STEPS;
use super::{PlanStep, State, goodwill};
use crate::calendar::terms::Input;
use crate::calendar::{Date, Offset, Roll, UNREADABLE, Unit};
use crate::library::{Protection, Vendor, inside};
use crate::schema::{Access, Anchor, Deliverable, DeliverableState, HeldBy, Playbook, Retention, Section, Step, StepPhase, StepSide, When};

/// Adds every compiled line; [`order`](super::order) puts it under its step.
pub fn add(vendor: &Vendor, steps: &mut Vec<PlanStep>, as_of: Date) {
    let mut made = Vec::new();
    for access in vendor.playbook.access.items() {
        made.extend(access_lines(access, vendor, steps, as_of));
    }
    for deliverable in vendor.playbook.deliverables.items() {
        made.extend(handover_line(deliverable, steps, as_of));
    }
    made.extend(duties(vendor, as_of));
    made.extend(goodwill::lines(vendor, steps, as_of));
    let own = vendor.playbook.exit.get().map_or(&[][..], |exit| exit.steps.items());
    let dotted = own.iter().rev().filter_map(|step| Some((&step.id.get()?.0, step))).filter(|(id, _)| id.contains('.'));
    let by_id: HashMap<String, &Step> = dotted.map(|(id, step)| (id.to_lowercase(), step)).collect();
    for line in made.iter_mut().filter(|_| !by_id.is_empty()) {
        if let Some(own) = by_id.get(&line.id.to_lowercase()) {
            change(line, own, vendor, as_of);
        }
    }
    let mut parents: Vec<String> = Vec::new();
    for line in &made {
        if !parents.iter().any(|known| known == line.parent()) {
            parents.push(line.parent().to_owned());
        }
    }
    // Under a step that is there its lines find their place by themselves; those of others stay together.
    if parents.iter().any(|parent| !steps.iter().any(|step| step.id == *parent)) {
        made.sort_by_cached_key(|line| parents.iter().position(|known| known == line.parent()));
    }
    steps.extend(made);
}

/// The ids that [`add`] makes.
pub fn ids(playbook: &Playbook) -> Vec<String> {
    let mut ids = Vec::new();
    for access in playbook.access.items() {
        if let Some((id, _)) = access.identity() {
            ids.extend(["A2", "A3", "H1"].map(|step| format!("{step}.{id}")));
        }
    }
    ids.extend(playbook.deliverables.items().iter().filter_map(Deliverable::identity).map(|(id, _)| format!("H2.{id}")));
    let survival = playbook.contract.get().map_or(0, |contract| contract.survival.items().len());
    ids.extend((1..=survival).map(|n| format!("C9.{n}")));
    ids.push("C9.nda".to_owned());
    let retention = playbook.exit.get().map_or(0, |exit| exit.retention.items().len());
    ids.extend((1..=retention).map(|n| format!("C9.retention-{n}")));
    ids.extend(goodwill::ids(playbook.goodwill.items()));
    ids
}

/// A line under a step of the template: its phase, date, side and owner, where the fact has none.
pub fn under(step: &str, fact: &str, steps: &[PlanStep]) -> PlanStep {
    let mut line = PlanStep { compiled: true, ..blank(format!("{step}.{fact}").into()) };
    if let Some(parent) = steps.iter().find(|known| known.id == step) {
        (line.phase, line.when, line.anchor, line.roll) = (parent.phase, parent.when, parent.anchor, parent.roll);
        (line.side, line.owner, line.why) = (parent.side, parent.owner.clone(), parent.why.clone());
        line.is_with_unsure = parent.is_with_unsure;
    } else if let Some(template) = STEPS.iter().find(|known| known.id == step) {
        (line.phase, line.side) = (template.phase, Some(template.side));
        if let super::template::Due::At(anchor, offset) = template.due {
            line.when = Some(When::Offset(offset));
            line.anchor = anchor;
        }
    }
    line
}

/// True where an access that was closed on a day is no part of the exit: leaving was not decided by then. Where nobody
/// knows when that was, it counts.
pub fn closed_before(day: Date, vendor: &Vendor) -> bool {
    match inside(&vendor.playbook.exit, |exit| exit.decided.input()) {
        Input::Given(decided) => day < decided,
        Input::Absent => !vendor.is_leaving(),
        Input::Broken => false,
    }
}

fn access_lines(access: &Access, vendor: &Vendor, steps: &[PlanStep], as_of: Date) -> Vec<PlanStep> {
    let Some((id, _)) = access.identity() else {
        return Vec::new();
    };
    let revoked = access.revoked.copied().filter(|day| *day <= as_of);
    if revoked.is_some_and(|day| closed_before(day, vendor)) {
        return Vec::new();
    }
    let system = access.system.text().unwrap_or(&id);
    let revoke = access.revoke.get();
    let admin = access.admin.input().map(|person| person.0);
    let holder: Vec<String> = access.holder.get().map(|person| person.0.clone()).into_iter().collect();
    let is_with_unsure = access.holder.is_broken();
    let state = match revoked {
        Some(day) => State::Done(Some(day)),
        None if access.revoked.is_broken() => State::Unknown,
        None => State::Open,
    };
    let when = match inside(&access.revoke, |revoke| revoke.when.input()) {
        Input::Broken => None,
        when => Some(when.given().unwrap_or(Offset::after(0, Unit::Day))),
    };
    let line = |step: &str, title: String| {
        let line = under(step, &id, steps);
        let owner = admin.clone().or_else(|| line.owner.clone());
        PlanStep { title: title.into(), owner, with: holder.clone(), is_with_unsure, state: state.clone(), ..line }
    };
    let level = access.level.copied().map(|level| format!(", {}", level.label())).unwrap_or_default();
    let how = revoke.and_then(|revoke| revoke.how.text());
    let mut lines = Vec::new();
    let theirs = access.held_by.copied() == Some(HeldBy::Vendor);
    if theirs {
        let title = how.map_or_else(|| format!("Transfer {system} to an account of ours"), |how| format!("Transfer {system}: {how}"));
        lines.push(PlanStep { evidence: Some("we are the owner".into()), ..line("H1", title) });
    } else if access.held_by.is_broken() {
        let title = format!("Transfer {system}, if it is in their name: {UNREADABLE}");
        let state = if state == State::Open { State::Unknown } else { state.clone() };
        lines.push(PlanStep { evidence: Some("we are the owner".into()), state, ..line("H1", title) });
    }
    let why = when.is_none().then(|| not_known("access.revoke"));
    let on = |line: PlanStep| PlanStep {
        when: when.map(When::Offset),
        why: why.clone(),
        anchor: Anchor::Termination,
        roll: Some(Roll::None),
        ..line
    };
    let revoke_title = match how.filter(|_| !theirs && !access.needs_new_secret()) {
        Some(how) => format!("Revoke {system}{level}: {how}"),
        None => format!("Revoke {system}{level}"),
    };
    lines.push(PlanStep { evidence: Some("removed, sessions ended".into()), ..on(line("A2", revoke_title)) });
    if access.needs_new_secret() {
        let title = how.map_or_else(|| format!("Change the secret of {system}"), |how| format!("Change the secret of {system}: {how}"));
        lines.push(PlanStep { evidence: Some("new secret in the vault".into()), ..on(line("A3", title)) });
    } else if access.may_need_new_secret() {
        let title = format!("Change the secret of {system}, if several people know it: {UNREADABLE}");
        let state = if state == State::Open { State::Unknown } else { state.clone() };
        lines.push(PlanStep { evidence: Some("new secret in the vault".into()), state, ..on(line("A3", title)) });
    }
    lines
}

fn handover_line(deliverable: &Deliverable, steps: &[PlanStep], as_of: Date) -> Option<PlanStep> {
    let (id, _) = deliverable.identity()?;
    let name = deliverable.name.text().unwrap_or(&id);
    let handover = deliverable.handover.get();
    let mut line = under("H2", &id, steps);
    match inside(&deliverable.handover, |handover| handover.due.input()) {
        Input::Broken => line.lose_day("deliverables.handover"),
        Input::Given(due) => line.when = Some(When::Date(due)),
        Input::Absent => {}
    }
    let received = handover.and_then(|handover| handover.received.copied()).filter(|day| *day <= as_of);
    let accepted = deliverable.state.copied() == Some(DeliverableState::Accepted);
    let unsure = deliverable.state.is_broken() || handover.is_some_and(|handover| handover.received.is_broken());
    let state = match unsure {
        _ if received.is_some() || accepted => State::Done(received),
        true => State::Unknown,
        false => State::Open,
    };
    let to = inside(&deliverable.handover, |handover| handover.to.input()).map(|person| person.0);
    let is_with_unsure = to.is_broken();
    let format = match deliverable.format.input() {
        Input::Given(format) => format!("receipt; {format}"),
        Input::Broken => format!("receipt; format {UNREADABLE}"),
        Input::Absent => "receipt".to_owned(),
    };
    Some(PlanStep {
        title: format!("Hand over {name}").into(),
        state,
        with: to.given().into_iter().collect(),
        is_with_unsure,
        evidence: Some(format.into()),
        ..line
    })
}

/// What goes on after the end: clauses that survive, confidentiality, what is kept.
fn duties(vendor: &Vendor, as_of: Date) -> Vec<PlanStep> {
    let owner = vendor.owner_there(as_of);
    let duty = |fact: &str, title: String, when: Option<When>| PlanStep {
        title: title.into(),
        phase: StepPhase::Close,
        when,
        roll: Some(Roll::None),
        side: Some(StepSide::Both),
        owner: owner.clone(),
        evidence: Some("noted in the register".into()),
        compiled: true,
        ..blank(format!("C9.{fact}").into())
    };
    let mut lines = Vec::new();
    let survival = vendor.playbook.contract.get().map_or(&[][..], |contract| contract.survival.items());
    // The agreement has a line of its own, and says until when.
    let is_told = |text: &str| vendor.derived.protection.value().is_some() && tells_of_confidentiality(text);
    for (n, item) in survival.iter().enumerate().filter(|(_, item)| !is_told(&item.value)) {
        lines.push(duty(&(n + 1).to_string(), format!("Still in force: {}", item.value), None));
    }
    if vendor.playbook.nda.get().is_some() {
        lines.extend(match vendor.derived.protection.value() {
            Some(Protection::Through(date)) => {
                Some(duty("nda", format!("Confidentiality holds through {}", date.long()), Some(When::Date(*date))))
            }
            Some(Protection::Perpetual) => Some(duty("nda", "Confidentiality holds without end".into(), None)),
            None => None,
        });
    }
    let retention = vendor.playbook.exit.get().map_or(&[][..], |exit| exit.retention.items());
    // Where one of them cannot be read, nobody knows which of the others is which.
    let is_unsure = vendor.playbook.exit.get().is_some_and(|exit| exit.retention.is_unsure());
    for (n, entry) in retention.iter().enumerate() {
        let mut line = duty(&format!("retention-{}", n + 1), format!("Keep {}", entry.what.text().unwrap_or("the records")), kept(entry));
        line.side = Some(StepSide::Client);
        if is_unsure || entry.until.is_broken() || entry.until.is_absent() && entry.keep.is_broken() {
            line.lose_day("exit.retention");
        }
        lines.push(line);
    }
    // A duty that has run out is done, not late.
    for line in &mut lines {
        if let Some(When::Date(date)) = line.when.filter(|_| line.state == State::Open)
            && date < as_of
        {
            line.state = State::Done(Some(date));
        }
    }
    lines
}

/// True for a surviving clause that says no more than that confidentiality goes on: `confidentiality (clause 7)`.
pub fn tells_of_confidentiality(text: &str) -> bool {
    const AROUND: [&str; 16] = [
        "information",
        "agreement",
        "obligations",
        "obligation",
        "duties",
        "duty",
        "clause",
        "clauses",
        "section",
        "the",
        "of",
        "and",
        "our",
        "your",
        "their",
        "terms",
    ];
    let text = text.to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && !word.chars().all(|c| c.is_ascii_digit()));
    let mut is_told = false;
    for word in words {
        let is_name = matches!(word, "confidentiality" | "confidential" | "nda" | "nondisclosure" | "non" | "disclosure" | "secrecy");
        if !is_name && !AROUND.contains(&word) {
            return false;
        }
        is_told |= is_name;
    }
    is_told
}

fn kept(entry: &Retention) -> Option<When> {
    match (entry.until.copied(), entry.keep.copied()) {
        (Some(until), _) => Some(When::Date(until)),
        (None, Some(days)) => Some(When::Offset(Offset { back: false, duration: days.0 })),
        (None, None) => None,
    }
}
