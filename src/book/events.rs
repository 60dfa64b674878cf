//! Dates of a vendor that someone has to know about.

use crate::calendar::Date;
use crate::exit::{Basis, ExitPlan, State};
use crate::library::{Protection, Vendor};
use crate::schema::Status;

/// What kind of date it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    SendBy,
    ReceivedBy,
    End,
    Meeting,
    Other,
    Step,
}

impl Kind {
    pub fn letter(self) -> &'static str {
        match self {
            Kind::SendBy => "S",
            Kind::ReceivedBy => "R",
            Kind::End => "E",
            Kind::Meeting => "M",
            Kind::Other | Kind::Step => "D",
        }
    }
}

#[derive(Debug, Clone)]
pub struct Event {
    pub date: Date,
    pub kind: Kind,
    pub what: String,
    /// A name, where someone answers for it.
    pub owner: Option<String>,
}

/// Notice, renewal and the ends of things, for the notice calendar.
pub fn contract(vendor: &Vendor) -> Vec<Event> {
    let owner = vendor.person(&vendor.playbook.owner);
    let mut events = Vec::new();
    let mut add = |date: Option<Date>, kind: Kind, what: &str| {
        events.extend(date.map(|date| Event { date, kind, what: what.to_owned(), owner: owner.clone() }));
    };
    let clock = &vendor.derived.clock;
    let over = vendor.status() == Some(Status::Ended);
    let given = vendor.playbook.exit.get().is_some_and(|exit| exit.notice_given.copied().is_some());
    if !over && vendor.status() != Some(Status::Prospect) {
        if !given {
            add(clock.send_by.date(), Kind::SendBy, "Send notice by");
            add(clock.received_by.date(), Kind::ReceivedBy, "Notice received by");
        }
        if vendor.derived.termination.is_none() {
            let what = if clock.next_end.date().is_some() { "Term ends, and renews the day after" } else { "Term ends" };
            add(clock.term_end.date(), Kind::End, what);
        }
    }
    add(vendor.derived.termination, Kind::End, "Last day");
    if let Some(exit) = vendor.playbook.exit.get() {
        add(exit.meeting.get().and_then(|meeting| meeting.date.copied()), Kind::Meeting, "Meeting");
    }
    if let Some(Protection::Through(date)) = vendor.derived.protection.value() {
        add(Some(*date), Kind::Other, "Confidentiality ends");
    }
    if let Some(successor) = vendor.playbook.successor.get().filter(|_| !over) {
        let what = successor.name.text().map_or("Successor starts".to_owned(), |name| format!("{name} starts"));
        add(successor.start.copied(), Kind::Other, &what);
    }
    events
}

/// Everything that falls due: contract dates, actions, expiring access, and the open steps of an exit.
pub fn all(vendor: &Vendor, plan: Option<&ExitPlan>, as_of: Date) -> Vec<Event> {
    let mut events = contract(vendor);
    let playbook = &vendor.playbook;
    let name = |field: &crate::schema::Field<crate::schema::Person>| vendor.person(field);
    for review in playbook.reviews.items() {
        for action in review.actions.items().iter().filter(|action| action.done.is_absent()) {
            let what = action.what.text().unwrap_or("An action of a review").to_owned();
            events.extend(action.due.copied().map(|date| Event { date, kind: Kind::Other, what, owner: name(&action.who) }));
        }
    }
    for access in playbook.access.items().iter().filter(|access| access.revoked.is_absent()) {
        let what = format!("Access to {} runs out", access.system.text().unwrap_or("a system"));
        events.extend(access.expires.copied().map(|date| Event { date, kind: Kind::Other, what, owner: name(&access.admin) }));
    }
    for expectation in
        playbook.expectations.get().map_or(&[][..], |both| both.of_client.items()).iter().filter(|item| item.done.is_absent())
    {
        let what = format!("We owe them: {}", expectation.text.text().unwrap_or_default());
        events.extend(expectation.due.copied().map(|date| Event { date, kind: Kind::Other, what, owner: name(&playbook.owner) }));
    }
    if let Some(plan) = plan.filter(|plan| plan.basis == Basis::Leaving) {
        for step in plan.steps.iter().filter(|step| step.state == State::Open && step.due.is_some_and(|due| due >= as_of)) {
            let owner = step.owner.as_deref().map(|owner| vendor.names.person(owner).to_owned());
            events.extend(step.due.map(|date| Event { date, kind: Kind::Step, what: step.title.clone(), owner }));
        }
    }
    events.sort_by(|a, b| (a.date, a.kind, &a.what).cmp(&(b.date, b.kind, &b.what)));
    events
}
