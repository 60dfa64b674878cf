//! What goes on after the last day, while a vendor is leaving and once it has left.

use super::{Pages, block, overdue, said};
use crate::book::{Block, days_words};
use crate::exit::{Basis, ExitPlan, PlanStep, State};
use crate::html::{self, Html, Table, date, mark, sub};
use crate::library::Vendor;
use crate::schema::Status;

impl Pages<'_> {
    pub(super) fn survival(&self) -> Block {
        if self.plan.basis != Basis::Leaving {
            return block("survival", "After the end", "", Vec::new());
        }
        let survivors = self.plan.survivors();
        let heads = ["What goes on", "Until", "Where it stands", "Who"].map(str::to_owned).into();
        let parts = if survivors.is_empty() {
            Vec::new()
        } else {
            let rows = survivors.into_iter().map(|step| self.survivor(step));
            vec![Table { caption: "What goes on after the last day".to_owned(), heads, rows }.html()]
        };
        block("survival", "After the end", "what goes on after the last day", parts)
    }

    fn survivor(&self, step: &PlanStep) -> Vec<Html> {
        let as_of = self.book.as_of();
        let is_duty = step.id.starts_with("C9.");
        let until = match (step.due, is_duty) {
            (Some(day), true) => Html::text("through ").and(date(day)),
            (Some(day), false) => Html::text("due ").and(date(day)),
            (None, _) if step.why.is_some() => html::unknown(),
            (None, true) => Html::text("no end date"),
            (None, false) => html::blank("date"),
        };
        let stands = match (&step.state, step.due) {
            (State::Done(Some(day)), _) if is_duty => Html::text("over since ").and(date(*day)),
            (State::Done(Some(day)), _) => mark("ok", "done").and_text(" ").and(date(*day)),
            (State::Done(None), _) => mark("ok", "done"),
            (State::Skipped(reason), _) => Html::text("left out").and(sub(Html::text(reason))),
            (State::Unknown, _) => html::unknown(),
            (State::Open, _) if is_duty => Html::text("in force"),
            (State::Open, Some(day)) => match step.overdue_days {
                Some(days) => mark("warn", &overdue(days)),
                None => Html::text(&days_words(as_of.days_until(day))),
            },
            (State::Open, None) => Html::text("open"),
        };
        let owner = said(step.owner.as_ref(), |owner| Html::text(self.names.person(owner)));
        vec![Html::text(&step.title), until, stands, owner]
    }
}

/// Once a vendor has left: how much is still open, and which day comes next. Nothing for all others.
pub fn in_short(vendor: &Vendor, plan: &ExitPlan) -> Option<Html> {
    if vendor.status() != Some(Status::Ended) {
        return None;
    }
    let open: Vec<&PlanStep> = plan.survivors().into_iter().filter(|step| step.state == State::Open).collect();
    let next = open.iter().find_map(|step| step.due);
    match (open.len(), next) {
        (0, _) => Some(Html::text("nothing is open any more")),
        (n, Some(day)) => Some(Html::text(&format!("{n} still going on, next ")).and(date(day))),
        (n, None) => Some(Html::text(&format!("{n} still going on"))),
    }
}
