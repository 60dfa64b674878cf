use crate::calendar::terms::{self, Clock, Input, Renews, Terms};
use crate::calendar::{Date, Duration, Known, Unit};
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
    /// else notice. Where the send-by day of the term lies after the last day, or there is none because the
    /// contract has no end, that of the last day counts.
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
            Input::Absent => {
                let notice = meeting.given().into_iter().chain(send_by.date()).min();
                let last = vendor.derived.termination;
                let is_late = notice.is_none_or(|notice| last.is_some_and(|last| notice > last));
                if is_late { last.and_then(|last| clock_of(vendor, last).send_by.date()).or(notice) } else { notice }
            }
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

/// The last days on which notice can be sent and received, each with its arithmetic.
#[derive(Debug, Clone)]
pub struct NoticeDays {
    pub send_by: Known<Date>,
    pub received_by: Known<Date>,
}

impl NoticeDays {
    /// Those of the current term. Where the vendor leaves before its end, or its contract has no end to count from,
    /// those of the last day: the safe ones.
    pub fn of(vendor: &Vendor) -> NoticeDays {
        let clock = &vendor.derived.clock;
        let of_term = NoticeDays { send_by: clock.send_by.clone(), received_by: clock.received_by.clone() };
        let Some(last) = vendor.derived.termination else { return of_term };
        let is_unsure = clock.send_by.why().is_some_and(|why| why.starts_with("not known"));
        let is_early = clock.term_end.date().is_some_and(|end| last < end);
        if is_unsure || (!is_early && clock.send_by.date().is_some_and(|send_by| send_by <= last)) {
            return of_term;
        }
        let clock = clock_of(vendor, last);
        let said = |known: Known<Date>| match known {
            Known::Yes { value, how } => Known::yes(value, how.replacen("term ends", "last day", 1)),
            unknown => unknown,
        };
        NoticeDays { send_by: said(clock.send_by), received_by: said(clock.received_by) }
    }
}

/// The contract's clock as if it ended on a day.
fn clock_of(vendor: &Vendor, last: Date) -> Clock {
    let terms =
        Terms { start: Input::Absent, end: Input::Given(last), renews: Input::Given(Renews::No), ..contract_terms(&vendor.playbook) };
    terms::clock(&terms, &vendor.workdays, last)
}
