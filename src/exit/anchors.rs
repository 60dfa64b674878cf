use crate::calendar::terms::Input;
use crate::calendar::{Date, Duration, Unit, is_unreadable};
use crate::library::{Vendor, inside};
use crate::schema::Anchor;

use super::Basis;
use super::merge::not_known;

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
    /// Notice: the day it was given, else the earlier of the meeting and the send-by day of the side that gives it.
    /// Meeting: its day, else notice.
    /// Successor: its first day, else ten business days after the last day.
    /// Where one of them is written and cannot be read, what hangs on it is not known.
    pub fn of(vendor: &Vendor) -> Anchors {
        let exit = &vendor.playbook.exit;
        let meeting = inside(exit, |exit| inside(&exit.meeting, |meeting| meeting.date.input()));
        let send_by = &vendor.derived.notice.send_by;
        let unsure = meeting.is_broken() || send_by.why().is_some_and(is_unreadable);
        let notice = match inside(exit, |exit| exit.notice_given.input()) {
            Input::Given(given) => Some(given),
            Input::Broken => None,
            Input::Absent if unsure => None,
            Input::Absent => meeting.given().into_iter().chain(send_by.date()).min(),
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

/// Why the day of an anchor is not known, where something of it is written and cannot be read.
pub fn unreadable(vendor: &Vendor, basis: Basis, anchor: Anchor) -> Option<String> {
    let exit = &vendor.playbook.exit;
    let broken = |field: &str| Some(not_known(field));
    let last_day = || match (basis, inside(exit, |exit| exit.termination_date.input())) {
        (_, Input::Broken) => broken(if exit.is_broken() { "exit" } else { "exit.termination_date" }),
        (Basis::IfToday, _) => vendor.derived.clock.end_if_today.why().filter(|why| is_unreadable(why)).map(str::to_owned),
        (Basis::Leaving, _) => None,
    };
    let is_supposed = basis == Basis::IfToday && matches!(anchor, Anchor::Notice | Anchor::Meeting | Anchor::Decision);
    if is_supposed {
        return None;
    }
    if exit.is_broken() {
        return broken("exit");
    }
    let meeting = || inside(exit, |exit| inside(&exit.meeting, |meeting| meeting.date.input()));
    let notice = || match inside(exit, |exit| exit.notice_given.input()) {
        Input::Broken => broken("exit.notice_given"),
        Input::Given(_) => None,
        Input::Absent if meeting().is_broken() => broken("exit.meeting.date"),
        Input::Absent => vendor.derived.notice.send_by.why().filter(|why| is_unreadable(why)).map(str::to_owned),
    };
    match anchor {
        Anchor::Termination => last_day(),
        Anchor::Notice => notice(),
        Anchor::Meeting => match meeting() {
            Input::Broken => broken("exit.meeting.date"),
            Input::Given(_) => None,
            Input::Absent => notice(),
        },
        Anchor::Decision => inside(exit, |exit| exit.decided.input()).is_broken().then(|| broken("exit.decided")).flatten(),
        Anchor::Successor => match inside(&vendor.playbook.successor, |successor| successor.start.input()) {
            Input::Broken => broken("successor.start"),
            Input::Given(_) => None,
            Input::Absent => last_day(),
        },
        Anchor::Invoice => match inside(exit, |exit| inside(&exit.final_invoice, |invoice| invoice.due.input())) {
            Input::Broken => broken("exit.final_invoice.due"),
            Input::Given(_) => None,
            Input::Absent => last_day(),
        },
    }
}
