//! The exit plan: the template's steps merged with the playbook's own, and the lines compiled from its
//! facts (each access, each deliverable, each duty that survives), dated, rolled and in order.

mod anchors;
mod compile;
mod goodwill;
mod merge;
mod order;
mod people;
mod template;

use std::borrow::Cow;

use crate::calendar::terms::Input;
use crate::calendar::{Date, Offset, Roll, Unit};
use crate::diagnostic::{Diagnostic, Findings};
use crate::library::{Vendor, inside};
use crate::schema::{Anchor, Known, NdaKind, Status, Step, StepPhase, StepSide, Target, Use, When};

pub use anchors::{Anchors, unreadable};
pub use compile::{closed_before, tells_of_confidentiality};

/// How the dates of a plan are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The vendor is leaving: dates are dates.
    Leaving,
    /// It is not: steps carry offsets, and the dates they would have if notice were given today.
    IfToday,
}

#[derive(Debug)]
pub struct ExitPlan {
    pub basis: Basis,
    pub anchors: Anchors,
    /// In order of phase, then of dependency and date.
    pub steps: Vec<PlanStep>,
}

/// Words of the template, or of a playbook.
pub type Words = Cow<'static, str>;

/// One line of the checklist.
#[derive(Debug, Clone)]
pub struct PlanStep {
    pub id: Words,
    pub title: Words,
    pub phase: StepPhase,
    pub when: Option<When>,
    pub anchor: Anchor,
    pub roll: Option<Roll>,
    /// The date, where the vendor is leaving and the anchor is known.
    pub due: Option<Date>,
    /// The date it would have if notice were given today, where the vendor is not leaving.
    pub if_today: Option<Date>,
    /// Why it has no date, where something that it hangs on is written and cannot be read.
    pub why: Option<String>,
    /// The date before it moved off a closed day.
    pub moved_from: Option<Date>,
    /// Nothing where it is written and cannot be read.
    pub side: Option<StepSide>,
    /// A contact's id, or a name.
    pub owner: Input<String>,
    pub with: Vec<String>,
    /// True where somebody else may help who cannot be read.
    pub is_with_unsure: bool,
    pub evidence: Option<Words>,
    /// Ids of the steps that come first.
    pub after: Vec<Words>,
    pub state: State,
    /// Who did it: a contact's id, or a name.
    pub done_by: Option<String>,
    /// Days since it was due, where it is open.
    pub overdue_days: Option<i64>,
    /// True where it was due before the decision was taken: do it now.
    pub do_now: bool,
    /// True for a line made from a fact of the playbook.
    pub compiled: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    Open,
    /// Done, on that day where it is known.
    Done(Option<Date>),
    /// Left out, for that reason.
    Skipped(String),
    /// Something is written about it that cannot be read.
    Unknown,
}

impl State {
    pub fn word(&self) -> &'static str {
        match self {
            State::Open => "open",
            State::Done(_) => "done",
            State::Skipped(_) => "skipped",
            State::Unknown => "unknown",
        }
    }
}

/// The plan of a vendor as of a day.
pub fn plan(vendor: &Vendor, as_of: Date) -> ExitPlan {
    let basis = if vendor.is_leaving() { Basis::Leaving } else { Basis::IfToday };
    let mut steps = merge::steps(vendor, as_of);
    compile::add(vendor, &mut steps, as_of);
    merge::unsure(vendor, &mut steps);
    let mut anchors = match basis {
        Basis::Leaving => Anchors::of(vendor),
        Basis::IfToday => Anchors::if_today(vendor, as_of),
    };
    let invoice = steps.iter().find(|step| step.id == "C3");
    let unreadable_invoice = invoice.and_then(|invoice| why(invoice, basis, vendor));
    anchors.invoice = match &unreadable_invoice {
        Some(_) => None,
        None => invoice.and_then(|invoice| date(invoice, &anchors, vendor)).map(|(due, _)| due).or(anchors.invoice),
    };
    let decided = vendor.playbook.exit.get().and_then(|exit| exit.decided.copied());
    // Nobody is late with an ending that is only thought about.
    let is_decided = decided.is_some() || matches!(vendor.status(), Some(Status::Exiting | Status::Ended));
    for step in &mut steps {
        let Some((due, moved_from)) = date(step, &anchors, vendor) else {
            let invoice = unreadable_invoice.clone().filter(|_| step.anchor == Anchor::Invoice && step.when.is_some());
            step.why = why(step, basis, vendor).or(invoice);
            continue;
        };
        step.moved_from = moved_from;
        step.why = None;
        match basis {
            Basis::Leaving => {
                step.due = Some(due);
                let open = step.state == State::Open;
                step.overdue_days = Some(due.days_until(as_of)).filter(|days| open && is_decided && *days > 0);
                step.do_now = open && if is_decided { decided.is_some_and(|decided| due < decided) } else { due < as_of };
            }
            Basis::IfToday => {
                step.if_today = Some(due);
                step.do_now = due < as_of;
            }
        }
    }
    order::sort(&mut steps);
    ExitPlan { basis, anchors, steps }
}

/// Whether the agreement promises a certificate that our information was returned or destroyed; none without one.
pub fn promises_certificate(vendor: &Vendor) -> Input<bool> {
    inside(&vendor.playbook.nda, |nda| match nda.kind.input() {
        Input::Given(NdaKind::None) => Input::Given(false),
        Input::Broken => Input::Broken,
        _ => inside(&nda.returns, |returns| returns.certificate.input()).or_else(|| Input::Given(true)),
    })
}

/// Reports every reference to a step that is in no template, not the playbook's own, and not made from its
/// facts.
pub fn check_references(vendor: &Vendor) -> Vec<Diagnostic> {
    let own = vendor.playbook.exit.get().map_or(&[][..], |exit| exit.steps.items());
    let dotted = |step: &Step| step.id.given_at().filter(|(id, _)| id.0.contains('.')).map(|(id, at)| (id.0.clone(), at));
    let changed = own
        .iter()
        .enumerate()
        .filter_map(|(n, step)| dotted(step).map(|(id, at)| Use { target: Target::Step, id, at, path: format!("exit.steps[{n}].id") }));
    let uses: Vec<Use> = vendor.step_refs.iter().cloned().chain(changed).collect();
    let mut findings = Findings::new(&vendor.file);
    if !uses.is_empty() {
        let plain = own.iter().filter_map(|step| step.id.get()).map(|id| id.0.clone()).filter(|id| !id.contains('.'));
        let ids = plain.chain(template::STEPS.iter().map(|step| step.id.to_owned())).chain(compile::ids(&vendor.playbook));
        let known = Known::of(ids.map(|id| (Target::Step, id)).collect());
        let unreadable = vendor.playbook.exit.get().is_none_or(|exit| exit.steps.is_broken()) || vendor.playbook.access.is_broken();
        let known = if unreadable { known.without(Target::Step) } else { known };
        uses.iter().for_each(|used| known.check(used, &mut findings));
    }
    findings.into_list()
}

/// The date of a step, and the one it moved from. A date that is written never moves.
fn date(step: &PlanStep, anchors: &Anchors, vendor: &Vendor) -> Option<(Date, Option<Date>)> {
    match step.when? {
        When::Date(date) => Some((date, None)),
        // Without knowing which days are open, only what does not move has a date.
        When::Offset(offset) if !(vendor.knows_workdays || offset.is_zero() && offset.duration.unit == Unit::Day) => None,
        When::Offset(offset) => {
            let raw = vendor.workdays.offset(anchors.get(step.anchor)?, offset);
            let rolled = vendor.workdays.roll(raw, step.roll.unwrap_or(natural_roll(offset)));
            Some((rolled, (rolled != raw).then_some(raw)))
        }
    }
}

/// Why a step has no date, where something that it hangs on is written and cannot be read.
fn why(step: &PlanStep, basis: Basis, vendor: &Vendor) -> Option<String> {
    let offset = match step.when {
        None => return step.why.clone(),
        Some(When::Date(_)) => return None,
        Some(When::Offset(offset)) => offset,
    };
    let moves = !(offset.is_zero() && offset.duration.unit == Unit::Day);
    let calendar = (moves && !vendor.knows_workdays).then(|| merge::not_known("calendar"));
    unreadable(vendor, basis, step.anchor).or(calendar)
}

/// Counted back it moves back, counted forward it moves on, and a zero stays where it is.
fn natural_roll(offset: Offset) -> Roll {
    match (offset.is_zero(), offset.back) {
        (true, _) => Roll::None,
        (false, true) => Roll::Previous,
        (false, false) => Roll::Next,
    }
}

impl ExitPlan {
    /// Steps of one phase, in order.
    pub fn phase(&self, phase: StepPhase) -> impl Iterator<Item = &PlanStep> {
        self.steps.iter().filter(move |step| step.phase == phase)
    }

    /// The next open step with a date.
    pub fn next_open(&self) -> Option<&PlanStep> {
        self.steps.iter().filter(|step| step.state == State::Open && step.due.is_some()).min_by_key(|step| step.due)
    }

    /// What goes on after the last day: debrief, invoice, certificate, a last look at access, and every duty that
    /// survives. First what has a day, by day.
    pub fn survivors(&self) -> Vec<&PlanStep> {
        const AFTER: [&str; 5] = ["A5", "C1", "C3", "C4", "C6"];
        let survives = |step: &&PlanStep| AFTER.contains(&&*step.id) || step.id.starts_with("C9.");
        let mut steps: Vec<&PlanStep> = self.steps.iter().filter(survives).collect();
        steps.sort_by_key(|step| (step.due.is_none(), step.due));
        steps
    }

    pub fn count(&self, state: &str) -> usize {
        self.steps.iter().filter(|step| step.state.word() == state).count()
    }

    pub fn overdue(&self) -> usize {
        self.steps.iter().filter(|step| step.overdue_days.is_some()).count()
    }
}

impl PlanStep {
    /// The id of the step that a compiled line stands under; a step's own id.
    pub fn parent(&self) -> &str {
        self.id.split('.').next().unwrap_or_default()
    }

    /// `T−10bd`, `notice +3bd`; nothing for a written date.
    pub fn offset_label(&self) -> Option<String> {
        let Some(When::Offset(offset)) = self.when else {
            return None;
        };
        if offset.is_zero() && offset.duration.unit == Unit::Day {
            return Some(match self.anchor {
                Anchor::Termination => "on the last day".to_owned(),
                Anchor::Notice => "with the notice".to_owned(),
                Anchor::Meeting => "at the meeting".to_owned(),
                Anchor::Decision => "with the decision".to_owned(),
                Anchor::Successor => "when the successor starts".to_owned(),
                Anchor::Invoice => "with the final invoice".to_owned(),
            });
        }
        let sign = if offset.back { "−" } else { "+" };
        let gap = if self.anchor == Anchor::Termination { "" } else { " " };
        let name = if self.anchor == Anchor::Termination { "T" } else { self.anchor.word() };
        Some(format!("{name}{gap}{sign}{}", offset.duration))
    }
}
