//! An ending that is not in the playbook, tried out: the playbook as it would read, and what that ending asks
//! for. What is tried out is exactly what would be written.

use crate::calendar::Date;
use crate::calendar::terms;
use crate::edit::{self, At, key};
use crate::exit::{self, ExitPlan, State};
use crate::library::{Vendor, contract_terms};
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

/// The field that everything about an ending stands under.
const EXIT: At<'static> = At::Key { key: "exit", main: Some("template") };

impl Ending {
    /// With a last day: the one that is said, else the playbook's, else the first clean one if notice goes out on
    /// its day, else today. The error says why no day can be worked out.
    pub fn with_last_day(self, vendor: &Vendor, as_of: Date) -> Result<Ending, String> {
        if self.on.or(vendor.derived.termination).is_some() {
            return Ok(self);
        }
        let earliest = earliest(vendor, self.notice.unwrap_or(as_of));
        match earliest.date() {
            Some(on) => Ok(Ending { on: Some(on), ..self }),
            None => Err(earliest.why().unwrap_or("not known").to_owned()),
        }
    }

    /// The playbook's text with this ending in it. The error says why a program cannot change it.
    pub fn write_into(&self, text: &str) -> Result<String, String> {
        let fields = [
            ("reason", self.reason.map(|reason| reason.word().to_owned())),
            ("termination_date", self.on.map(|day| day.to_string())),
            ("notice_given", self.notice.map(|day| day.to_string())),
            ("template", self.template.map(|template| template.word().to_owned())),
        ];
        let mut text = text.to_owned();
        for (field, value) in fields {
            if let Some(value) = value {
                text = edit::set(&text, &[EXIT, key(field)], &value)?;
            }
        }
        Ok(text)
    }
}

/// The first last day that is clean if notice goes out on a day, with its arithmetic.
pub fn earliest(vendor: &Vendor, notice: Date) -> crate::calendar::Known<Date> {
    if !vendor.knows_workdays {
        return vendor.derived.clock.end_if_today.clone();
    }
    terms::clock(&contract_terms(&vendor.playbook), &vendor.workdays, notice).end_if_today
}

/// What an ending comes to.
#[derive(Debug)]
pub struct Outlook {
    /// Days since notice had to be sent for this last day; none while it can still be sent in time.
    pub notice_late: Option<i64>,
    /// Steps whose day has passed: id, title, day.
    pub past: Vec<(String, String, Date)>,
}

impl Outlook {
    pub fn of(vendor: &Vendor, plan: &ExitPlan, as_of: Date) -> Outlook {
        let given = vendor.playbook.exit.get().and_then(|exit| exit.notice_given.copied());
        let sent = given.unwrap_or(as_of);
        let notice_late = plan.notice.send_by.date().map(|send_by| send_by.days_until(sent)).filter(|days| *days > 0);
        let is_past = |step: &&exit::PlanStep| step.state == State::Open && !step.compiled;
        let day = |step: &exit::PlanStep| step.due.filter(|due| *due < as_of);
        let past = plan.steps.iter().filter(is_past).filter_map(|step| Some((step.id.clone(), step.title.clone(), day(step)?)));
        Outlook { notice_late, past: past.collect() }
    }
}
