use crate::calendar::Duration;
use crate::calendar::{Date, Unit};
use crate::library::Vendor;
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
    /// else notice. Successor: its first day, else ten business days after the last day.
    pub fn of(vendor: &Vendor) -> Anchors {
        let exit = vendor.playbook.exit.get();
        let meeting = exit.and_then(|exit| exit.meeting.get()).and_then(|meeting| meeting.date.copied());
        let given = exit.and_then(|exit| exit.notice_given.copied());
        let send_by = vendor.derived.clock.send_by.date();
        let notice = given.or_else(|| meeting.into_iter().chain(send_by).min());
        let decision = exit.and_then(|exit| exit.decided.copied());
        Anchors { notice, meeting: meeting.or(notice), decision, ..Anchors::around(vendor, vendor.derived.termination) }
    }

    /// As if notice left today.
    pub fn if_today(vendor: &Vendor, as_of: Date) -> Anchors {
        let today = Some(as_of);
        Anchors { notice: today, meeting: today, decision: today, ..Anchors::around(vendor, vendor.derived.clock.end_if_today.date()) }
    }

    fn around(vendor: &Vendor, termination: Option<Date>) -> Anchors {
        let later = termination.map(|last| vendor.workdays.plus(last, Duration::new(10, Unit::BusinessDay)));
        let successor = vendor.playbook.successor.get().and_then(|successor| successor.start.copied());
        let invoice = vendor.playbook.exit.get().and_then(|exit| exit.final_invoice.get()).and_then(|invoice| invoice.due.copied());
        Anchors { termination, successor: successor.or(later), invoice: invoice.or(later), ..Anchors::default() }
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
