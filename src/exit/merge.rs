//! The template's steps with the playbook's changes, and the playbook's own.

use std::cell::OnceCell;

use foldhash::{HashMap, HashSet};

use super::people::{helpers, owner};
use super::template::{Due, STEPS, TemplateStep};
use super::{PlanStep, State, Words};
use super::{goodwill, promises_certificate};
use crate::calendar::terms::Input;
use crate::calendar::{Date, Offset, Roll, UNREADABLE, Unit};
use crate::library::{Vendor, inside};
use crate::schema::{Anchor, ContractType, ExitTemplate, Role, RollTo, Side, Step, StepPhase, StepSide, When};

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
    let changes = exit.map_or(&[][..], |exit| exit.steps.items());
    let known = steps.iter().enumerate().filter(|_| !changes.is_empty());
    let mut places: HashMap<String, usize> = known.map(|(n, step)| (step.id.to_lowercase(), n)).collect();
    for own in changes {
        let Some(id) = own.id.get() else { continue };
        if id.0.contains('.') {
            continue;
        }
        match places.get(&id.0.to_lowercase()) {
            Some(n) => change(&mut steps[*n], own, vendor, as_of),
            None => {
                let mut step = match STEPS.iter().find(|step| step.id.eq_ignore_ascii_case(&id.0)) {
                    Some(template) => from_template(template, vendor, as_of),
                    None => own_step(&id.0, own, vendor, as_of),
                };
                change(&mut step, own, vendor, as_of);
                places.insert(id.0.to_lowercase(), steps.len());
                steps.push(step);
            }
        }
    }
    // Which steps there are, and when, cannot be known then.
    let broken = [("exit", vendor.playbook.exit.is_broken()), ("exit.template", exit.is_some_and(|exit| exit.template.is_broken()))];
    if let Some((field, _)) = broken.iter().find(|(_, is_broken)| *is_broken) {
        steps.iter_mut().for_each(|step| step.lose_day(field));
    }
    let ids: Vec<Words> = steps.iter().map(|step| step.id.clone()).collect();
    let present = Present::of(&ids);
    for step in steps.iter_mut().filter(|step| !step.after.is_empty()) {
        step.after = present.dependencies(&step.after);
    }
    steps
}

/// A part of the list of steps that cannot be read may be about any step that the rest does not name: nothing is
/// known of its day then, or of what became of it, where that part could say so.
pub fn unsure(vendor: &Vendor, steps: &mut [PlanStep]) {
    let Some(exit) = vendor.playbook.exit.get() else { return };
    let own = exit.steps.items();
    let nameless = || own.iter().filter(|step| step.id.get().is_none());
    let dates = |step: &Step| !(step.when.is_absent() && step.anchor.is_absent() && step.roll.is_absent());
    let states = |step: &Step| !(step.done.is_absent() && step.skip.is_absent());
    // Behind a key without a value no step can be hidden.
    let written = exit.steps.span().and_then(|at| vendor.text.get(at.range())).map(str::trim);
    let is_empty = exit.steps.is_broken() && matches!(written, Some("" | "~" | "null"));
    let (dates, states) = match exit.steps.is_unsure() {
        true => (true, !is_empty),
        false => (nameless().any(dates), nameless().any(states)),
    };
    if !dates && !states {
        return;
    }
    let named: HashSet<String> = own.iter().filter_map(|step| Some(step.id.get()?.0.to_lowercase())).collect();
    for step in steps.iter_mut().filter(|step| !named.contains(&step.id.to_lowercase())) {
        if dates {
            step.lose_day("exit.steps");
        }
        if states && step.state == State::Open {
            step.state = State::Unknown;
        }
    }
}

fn from_template(step: &TemplateStep, vendor: &Vendor, as_of: Date) -> PlanStep {
    let (when, anchor) = due(step, vendor);
    let (mut with, is_with_unsure) = helpers(&step.roles[1..], step.side, vendor, as_of);
    if step.id == "K4" {
        with.extend(vendor.playbook.successor.get().and_then(|successor| successor.name.text()).map(str::to_owned));
    }
    let owner = owner(step.roles[0], step.side, vendor, as_of);
    with.retain(|id| Input::Given(id) != owner.as_ref());
    let mut made = PlanStep {
        title: title(step, vendor).into(),
        phase: step.phase,
        why: when.as_ref().err().map(|field| not_known(field)),
        when: when.ok().flatten(),
        anchor,
        // A payment falls due on an open day, however short the terms are.
        roll: matches!(step.due, Due::Payment).then_some(Roll::Next),
        side: Some(step.side),
        owner,
        with,
        is_with_unsure,
        evidence: Some(step.evidence.into()),
        after: step.after.iter().map(|id| (*id).into()).collect(),
        ..blank(step.id.into())
    };
    if step.id == "C1" {
        match promises_certificate(vendor) {
            Input::Given(true) => {}
            Input::Broken => made.evidence = Some(UNREADABLE.into()),
            Input::Given(false) | Input::Absent => made.evidence = Some("a word in writing".into()),
        }
    }
    if step.id == "N2" {
        match inside(&vendor.playbook.exit, |exit| exit.notice_given.input()) {
            Input::Given(given) if given <= as_of => made.state = State::Done(Some(given)),
            Input::Broken => made.state = State::Unknown,
            Input::Given(_) | Input::Absent => {}
        }
    }
    notice_is_theirs(&mut made, vendor, as_of);
    goodwill::change(&mut made, vendor, as_of);
    made
}

/// As every reason begins that hangs on something unreadable.
pub fn not_known(field: &str) -> String {
    format!("not known: see the finding on `{field}`")
}

impl PlanStep {
    /// Its day hangs on a field that cannot be read.
    pub fn lose_day(&mut self, field: &str) {
        self.when = None;
        self.why = Some(not_known(field));
    }
}

pub fn blank(id: Words) -> PlanStep {
    PlanStep {
        title: id.clone(),
        id,
        phase: StepPhase::Close,
        when: None,
        anchor: Anchor::Termination,
        roll: None,
        due: None,
        if_today: None,
        why: None,
        moved_from: None,
        side: Some(StepSide::Client),
        owner: Input::Absent,
        with: Vec::new(),
        is_with_unsure: false,
        evidence: None,
        after: Vec::new(),
        state: State::Open,
        done_by: None,
        overdue_days: None,
        do_now: false,
        compiled: false,
    }
}

fn title(step: &TemplateStep, vendor: &Vendor) -> &'static str {
    let kind = vendor.playbook.contract.get().and_then(|contract| contract.kind.copied());
    match (step.id, kind) {
        ("P3", Some(ContractType::None)) => "No written terms: decide how you mean to end it, and with how much notice",
        ("C1", _) if promises_certificate(vendor) != Input::Given(true) => "Our information is returned or destroyed",
        _ => step.title,
    }
}

/// Where the vendor gives notice, the letter comes from them, and it is ours to confirm.
fn notice_is_theirs(step: &mut PlanStep, vendor: &Vendor, as_of: Date) {
    if vendor.derived.notice.by != Side::Vendor {
        return;
    }
    let (title, side, evidence) = match &*step.id {
        "N1" => ("Meet the account manager and the one who does the work: thank them, and go through the way out", step.side, "sign-in"),
        "N2" => ("They send written notice in the way the contract asks for, and we keep it", Some(StepSide::Vendor), "their letter"),
        "N3" => ("We confirm receipt, the last day and this schedule", Some(StepSide::Client), "reply"),
        _ => return,
    };
    step.title = title.into();
    step.evidence = Some(evidence.into());
    if let Some(side) = side.filter(|side| step.side != Some(*side)) {
        step.give_to(side, vendor, as_of);
    }
}

/// When a step of the template is due; the error names the field that keeps it from being known.
fn due(step: &TemplateStep, vendor: &Vendor) -> (Result<Option<When>, &'static str>, Anchor) {
    let playbook = &vendor.playbook;
    let later = |duration| When::Offset(Offset { back: false, duration });
    match step.due {
        Due::At(anchor, offset) => {
            let invoice = inside(&playbook.exit, |exit| inside(&exit.final_invoice, |invoice| invoice.due.input()));
            match invoice {
                Input::Broken if step.id == "C3" => (Err("exit.final_invoice.due"), anchor),
                Input::Given(date) if step.id == "C3" => (Ok(Some(When::Date(date))), anchor),
                _ => (Ok(Some(When::Offset(offset))), anchor),
            }
        }
        Due::ReturnOrDestroy => {
            let within = inside(&playbook.nda, |nda| inside(&nda.returns, |returns| returns.within.input()));
            let when = match within {
                Input::Broken => Err("nda.return"),
                Input::Given(days) => Ok(Some(later(days.0))),
                Input::Absent => Ok(Some(When::Offset(Offset::after(30, Unit::Day)))),
            };
            (when, Anchor::Termination)
        }
        Due::Payment => {
            let terms = inside(&playbook.contract, |contract| contract.payment_terms.input());
            let when = match terms {
                Input::Broken => Err("contract.payment_terms"),
                terms => Ok(terms.given().map(|days| later(days.0))),
            };
            (when, Anchor::Invoice)
        }
    }
}

/// A step that no template has.
fn own_step(id: &str, own: &Step, vendor: &Vendor, as_of: Date) -> PlanStep {
    let owner = owner(Role::Owner, StepSide::Client, vendor, as_of);
    PlanStep { phase: guess_phase(id, own), owner, ..blank(id.to_owned().into()) }
}

impl PlanStep {
    /// Gives the step to another side, and to the first there with its role, else to whoever answers for that side.
    fn give_to(&mut self, side: StepSide, vendor: &Vendor, as_of: Date) {
        let role = STEPS.iter().find(|step| step.id.eq_ignore_ascii_case(self.parent())).map(|step| step.roles[0]);
        let general = if side == StepSide::Vendor { Role::AccountManager } else { Role::Owner };
        self.side = Some(side);
        self.owner = owner(role.unwrap_or(general), side, vendor, as_of);
    }
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
pub fn change(step: &mut PlanStep, own: &Step, vendor: &Vendor, as_of: Date) {
    let text = |field: &crate::schema::Field<String>| {
        let hidden = field.is_broken().then_some(Words::from(UNREADABLE));
        field.text().map(|text| Words::from(text.to_owned())).or(hidden)
    };
    step.title = text(&own.title).unwrap_or_else(|| std::mem::take(&mut step.title));
    step.phase = own.phase.copied().unwrap_or(step.phase);
    step.when = own.when.copied().or(step.when);
    for (field, is_broken) in [("when", own.when.is_broken()), ("anchor", own.anchor.is_broken()), ("roll", own.roll.is_broken())] {
        if is_broken {
            step.lose_day(&format!("exit.steps.{field}"));
        }
    }
    step.anchor = own.anchor.copied().unwrap_or(step.anchor);
    step.roll = own.roll.copied().map_or(step.roll, |roll| {
        Some(match roll {
            RollTo::Previous => Roll::Previous,
            RollTo::Next => Roll::Next,
            RollTo::None => Roll::None,
        })
    });
    match own.side.input() {
        Input::Given(side) if step.side != Some(side) => step.give_to(side, vendor, as_of),
        Input::Broken => (step.side, step.owner) = (None, Input::Broken),
        Input::Given(_) | Input::Absent => {}
    }
    if !own.owner.is_absent() {
        step.owner = own.owner.input().map(|person| person.0);
    }
    step.evidence = text(&own.evidence).or(step.evidence.take());
    if !own.with.is_absent() {
        step.with = own.with.items().iter().map(|item| item.value.0.clone()).collect();
        step.is_with_unsure = own.with.is_unsure();
    }
    if !own.depends_on.is_absent() {
        step.after = own.depends_on.items().iter().map(|item| item.value.0.clone().into()).collect();
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

/// The ids of a plan, for finding them however they are written.
struct Present<'a> {
    all: &'a [Words],
    ids: HashSet<&'a str>,
    folded: OnceCell<HashMap<String, &'a Words>>,
}

impl<'a> Present<'a> {
    fn of(ids: &'a [Words]) -> Present<'a> {
        Present { all: ids, ids: ids.iter().map(|id| &**id).collect(), folded: OnceCell::new() }
    }

    fn find(&self, id: &Words) -> Option<Words> {
        if self.ids.contains(&**id) {
            return Some(id.clone());
        }
        let folded = self.folded.get_or_init(|| self.all.iter().map(|id| (id.to_lowercase(), id)).collect());
        folded.get(&id.to_lowercase()).map(|id| (*id).clone())
    }

    /// Dependencies on steps that are not there are replaced by those steps' own.
    fn dependencies(&self, after: &[Words]) -> Vec<Words> {
        let mut found: Vec<Words> = Vec::with_capacity(after.len());
        let mut seen: Vec<Words> = Vec::with_capacity(after.len());
        let mut open: Vec<Words> = after.iter().rev().cloned().collect();
        while let Some(id) = open.pop() {
            if seen.iter().any(|known| known.eq_ignore_ascii_case(&id)) {
                continue;
            }
            seen.push(id.clone());
            if let Some(known) = self.find(&id) {
                found.push(known);
            } else if let Some(absent) = STEPS.iter().find(|step| step.id.eq_ignore_ascii_case(&id)) {
                open.extend(absent.after.iter().rev().map(|id| Words::from(*id)));
            } else if id.contains('.') {
                found.push(id);
            }
        }
        found
    }
}
