use crate::calendar::terms::{self, Input, Terms};
use crate::calendar::{Date, Duration, Unit};
use crate::library::{Vendor, contract_terms, inside};
use crate::schema::Anchor;

/// The days that steps are counted from, as far as they are known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Anchors {
    pub termination: Option<Date>,
    pub notice: Option<Date>,
    pub meeting: Option<Date>,
    pub decision: Option<Date>,
    pub successor: Option<Date>,
    pub invoice: Option<Date>,
}

impl Anchors {
    /// Notice: the day it was given, else the earlier of the meeting and the send-by day. Meeting: its day,
    /// else notice. Where the send-by day of the term lies after the last day, that of the last day counts.
    /// Successor: its first day, else ten business days after the last day.
    /// Where one of them is written and cannot be read, what hangs on it is not known.
    pub fn of(vendor: &Vendor) -> Anchors {
        let exit = &vendor.playbook.exit;
        let meeting = inside(exit, |exit| inside(&exit.meeting, |meeting| meeting.date.input()));
        let send_by = &vendor.derived.clock.send_by;
        let unsure = meeting.is_broken() || send_by.why().is_some_and(|why| why.starts_with("not known"));
        let notice = match inside(exit, |exit| exit.notice_given.input()) {
            Input::Given(given) => Some(given),
            Input::Broken => None,
            Input::Absent if unsure => None,
            Input::Absent => in_time(vendor, meeting.given().into_iter().chain(send_by.date()).min()),
        };
        let meeting = if meeting == Input::Absent { notice } else { meeting.given() };
        let decision = inside(exit, |exit| exit.decided.input()).given();
        Anchors { notice, meeting, decision, ..Anchors::around(vendor, vendor.derived.termination) }
    }

    /// As if notice left today.
    pub fn if_today(vendor: &Vendor, as_of: Date) -> Anchors {
        let today = Some(as_of);
        Anchors { notice: today, meeting: today, decision: today, ..Anchors::around(vendor, vendor.derived.clock.end_if_today.date()) }
    }

    fn around(vendor: &Vendor, termination: Option<Date>) -> Anchors {
        let later = termination.map(|last| vendor.workdays.plus(last, Duration::new(10, Unit::BusinessDay)));
        let or_later = |written: Input<Date>| if written == Input::Absent { later } else { written.given() };
        let successor = inside(&vendor.playbook.successor, |successor| successor.start.input());
        let invoice = inside(&vendor.playbook.exit, |exit| inside(&exit.final_invoice, |invoice| invoice.due.input()));
        Anchors { termination, successor: or_later(successor), invoice: or_later(invoice), ..Anchors::default() }
    }

    pub fn get(&self, anchor: Anchor) -> Option<Date> {
        match anchor {
            Anchor::Termination => self.termination,
            Anchor::Notice => self.notice,
            Anchor::Meeting => self.meeting,
            Anchor::Decision => self.decision,
            Anchor::Successor => self.successor,
            Anchor::Invoice => self.invoice,
        }
    }
}

/// The day of notice; where it would lie after the last day, the send-by day of the last day instead, so that
/// no ending is counted from a day after it.
fn in_time(vendor: &Vendor, notice: Option<Date>) -> Option<Date> {
    match (notice, vendor.derived.termination) {
        (Some(notice), Some(last)) if notice > last => {
            let terms = Terms { start: Input::Absent, end: Input::Given(last), ..contract_terms(&vendor.playbook) };
            terms::clock(&terms, &vendor.workdays, last).send_by.date()
        }
        _ => notice,
    }
}
