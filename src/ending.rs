//! An ending that is not in the playbook, tried out: the playbook as it would read, and what that ending asks
//! for. What is tried out is exactly what would be written.

use crate::calendar::{Date, Known, terms};
use crate::edit::{self, EXIT, key};
use crate::exit::{ExitPlan, PlanStep, State};
use crate::library::{Vendor, terms_for};
use crate::schema::{ExitReason, ExitTemplate};

/// What is said about an ending; all else stays as the playbook has it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ending {
    /// The last day.
    pub on: Option<Date>,
    pub reason: Option<ExitReason>,
    /// The day notice is given.
    pub notice: Option<Date>,
    pub template: Option<ExitTemplate>,
}

impl Ending {
    /// With a last day: the one that is said, else the playbook's, else the first clean one. Where nothing is said
    /// about notice either, it is as if notice were given today. The error says why no day can be worked out.
    pub fn with_last_day(self, vendor: &Vendor, as_of: Date) -> Result<Ending, String> {
        if self.on.or(vendor.derived.termination).is_some() {
            return Ok(self);
        }
        let notice = self.notice.unwrap_or(as_of);
        let earliest = earliest(vendor, notice);
        match earliest.date() {
            Some(on) => Ok(Ending { on: Some(on), notice: Some(notice), ..self }),
            None => Err(earliest.why().unwrap_or("not known").to_owned()),
        }
    }

    /// The playbook's text with this ending in it. The error says why a program cannot change it.
    pub fn write_into(&self, text: &str) -> Result<String, String> {
        let values = [
            ("reason", self.reason.map(|reason| reason.word().to_owned())),
            ("termination_date", self.on.map(|day| day.to_string())),
            ("notice_given", self.notice.map(|day| day.to_string())),
            ("template", self.template.map(|template| template.word().to_owned())),
        ];
        let values: Vec<_> = values.into_iter().filter_map(|(field, value)| Some((vec![EXIT, key(field)], value?))).collect();
        edit::set_all(text, &values)
    }
}

/// The first last day that is clean if notice goes out on a day, with its arithmetic.
pub fn earliest(vendor: &Vendor, notice: Date) -> Known<Date> {
    if !vendor.knows_workdays {
        return vendor.derived.clock.end_if_today.clone();
    }
    let counted = terms::clock(&terms_for(&vendor.playbook, vendor.derived.notice.by), &vendor.workdays, notice).end_if_today;
    match vendor.own_end() {
        Some(end) if end >= notice && counted.date().is_some_and(|counted| end < counted) => {
            Known::Yes { value: end, how: "the contract ends by itself then, before notice could end it".into() }
        }
        _ => counted,
    }
}

/// The open steps of an ending whose day has passed: id, title, day.
pub fn past(plan: &ExitPlan, as_of: Date) -> Vec<(&str, &str, Date)> {
    let is_past = |step: &&PlanStep| step.state == State::Open && !step.compiled;
    let day = |step: &PlanStep| step.due.filter(|due| *due < as_of);
    plan.steps.iter().filter(is_past).filter_map(|step| Some((&*step.id, &*step.title, day(step)?))).collect()
}
