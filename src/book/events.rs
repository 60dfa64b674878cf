//! Dates of a vendor that someone has to know about: one list, from which pages and calendars take theirs.

use crate::calendar::terms::Input;
use crate::calendar::{Date, Duration, Unit};
use crate::config::Config;
use crate::exit::{Basis, ExitPlan, State};
use crate::library::{Protection, Vendor, measures};
use crate::rules;
use crate::schema::{AgreementTerm, Field, Person, ProtectionFrom, Side, Status, slug};

/// What kind of date it is, for pages that mark kinds by a letter.
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
    /// What it is, without its date, so that it keeps its name when the date moves: `send-by`, `step.A2.shop`.
    pub name: String,
    pub what: String,
    /// A name, where someone answers for it.
    pub owner: Input<String>,
    /// The same person as the playbook names it: a contact's id, or a name.
    pub person: Option<String>,
    /// What became of it, where it is a step.
    pub state: State,
}

/// The step that `confidentiality` already tells.
const TOLD: &str = "step.C9.nda";

/// Days before a send-by day on which calendars remind of it.
const LEADS: [i64; 5] = [120, 90, 60, 30, 7];

/// Collects the events of one vendor.
struct Listing<'a> {
    vendor: &'a Vendor,
    events: Vec<Event>,
}

impl Listing<'_> {
    fn add(&mut self, date: Option<Date>, kind: Kind, name: &str, what: &str) {
        self.owned(date, kind, name, what, &Field::Absent);
    }

    /// An event of the person a field names, else of the playbook's owner.
    fn owned(&mut self, date: Option<Date>, kind: Kind, name: &str, what: &str, person: &Field<Person>) {
        let person = person.input().or_else(|| self.vendor.playbook.owner.input()).map(|person| person.0);
        let owner = person.as_ref().map(|person| self.vendor.names.person(person).to_owned());
        let person = person.given();
        let event = |date| Event { date, kind, name: name.to_owned(), what: what.to_owned(), owner, person, state: State::Open };
        self.events.extend(date.map(event));
    }
}

/// Notice, renewal and the ends of things, for the notice calendar.
pub fn contract(vendor: &Vendor) -> Vec<Event> {
    let mut list = Listing { vendor, events: Vec::new() };
    let clock = &vendor.derived.clock;
    let exit = vendor.playbook.exit.get();
    let over = vendor.status() == Some(Status::Ended);
    if is_running(vendor) {
        if exit.is_none_or(|exit| exit.notice_given.is_absent()) {
            let notice = &vendor.derived.notice;
            list.add(notice.send_by.date(), Kind::SendBy, "send-by", notice.label());
            list.add(notice.received_by.date(), Kind::ReceivedBy, "received-by", "Notice received by");
        }
        if exit.is_none_or(|exit| exit.termination_date.is_absent()) {
            let what = if clock.next_end.date().is_some() { "Term ends, and renews the day after" } else { "Term ends" };
            list.add(clock.term_end.date(), Kind::End, "term-end", what);
        }
    }
    list.add(vendor.derived.termination, Kind::End, "last-day", "Last day");
    list.add(exit.and_then(|exit| exit.meeting.get()).and_then(|meeting| meeting.date.copied()), Kind::Meeting, "meeting", "Meeting");
    if let Some(Protection::Through(date)) = vendor.derived.protection.value() {
        list.add(Some(*date), Kind::Other, "confidentiality", "Confidentiality ends");
    }
    if let Some(successor) = vendor.playbook.successor.get().filter(|_| !over) {
        let what = successor.name.text().map_or("Successor starts".to_owned(), |name| format!("{name} starts"));
        list.add(successor.start.copied(), Kind::Other, "successor", &what);
    }
    list.events
}

/// What goes on after the end of a vendor that has left.
pub fn survival(vendor: &Vendor, plan: &ExitPlan) -> Vec<Event> {
    let ids: Vec<String> = plan.survivors().iter().map(|step| format!("step.{}", step.id)).collect();
    let survives = |event: &Event| event.state == State::Open && event.name != TOLD && ids.contains(&event.name);
    let over = vendor.status() == Some(Status::Ended);
    steps(vendor, plan).filter(|event| over && survives(event)).map(|event| Event { kind: Kind::Other, ..event }).collect()
}

/// Everything that falls due: contract dates, actions, expiring access, and the open steps of an exit.
pub fn all(vendor: &Vendor, plan: Option<&ExitPlan>, as_of: Date) -> Vec<Event> {
    let mut events = contract(vendor);
    events.extend(owed(vendor));
    let is_ahead = |event: &Event| event.state == State::Open && event.date >= as_of;
    events.extend(plan.into_iter().flat_map(|plan| steps(vendor, plan)).filter(is_ahead));
    events.sort_by(|a, b| (a.date, a.kind, &a.what).cmp(&(b.date, b.kind, &b.what)));
    events
}

/// Everything a calendar file holds. Names are unique; the events of an ending have `meeting`, `last-day` or
/// `step` for a name, and `send-by`, `received-by` and `confidentiality` where these are counted for that ending.
pub fn calendar(vendor: &Vendor, plan: Option<&ExitPlan>, config: &Config, as_of: Date) -> Vec<Event> {
    let mut events: Vec<Event> = contract(vendor).into_iter().flat_map(|event| with_leads(event, vendor, as_of)).collect();
    events.extend(renewal(vendor));
    events.extend(watched(vendor, config, as_of));
    events.extend(owed(vendor));
    events.extend(plan.into_iter().flat_map(|plan| steps(vendor, plan)).filter(|event| event.name != TOLD));
    let mut given: std::collections::HashMap<String, u32> = std::collections::HashMap::new();
    for event in &mut events {
        let mut name = event.name.clone();
        while given.contains_key(&name) {
            let n = given.entry(event.name.clone()).or_insert(1);
            *n += 1;
            name = format!("{}-{n}", event.name);
        }
        given.insert(name.clone(), 1);
        event.name = name;
    }
    events
}

/// True for an event that tells of an ending.
pub fn is_of_exit(event: &Event, vendor: &Vendor) -> bool {
    let name = event.name.as_str();
    let is_of_notice = name == "received-by" || name == "send-by" || name.starts_with("send-by.");
    let gives_away = name == "confidentiality" && hangs_on_last_day(vendor);
    let only_leaving = name == "successor" || is_of_notice && vendor.derived.notice.is_of_ending || gives_away;
    matches!(name, "meeting" | "last-day") || name.starts_with("step.") || only_leaving && vendor.is_leaving()
}

/// True where the end of confidentiality is counted from a last day that is not the end of the term: who knows the
/// one knows the other.
fn hangs_on_last_day(vendor: &Vendor) -> bool {
    let terms = vendor.playbook.nda.get().and_then(|nda| nda.confidentiality.get());
    let from = terms.and_then(|terms| terms.from.copied());
    let last = vendor.derived.termination;
    let is_counted = matches!(from, Some(ProtectionFrom::Termination | ProtectionFrom::Disclosure));
    is_counted && last.is_some() && last != vendor.derived.clock.term_end.date()
}

fn is_running(vendor: &Vendor) -> bool {
    !matches!(vendor.status(), Some(Status::Ended | Status::Prospect))
}

/// How far ahead calendars look.
pub const MONTHS_AHEAD: i64 = 24;

/// A send-by day that lies ahead, with the days on which calendars remind of it.
fn with_leads(event: Event, vendor: &Vendor, as_of: Date) -> Vec<Event> {
    let whose = if vendor.derived.notice.by == Side::Vendor { "for their notice" } else { "to send notice" };
    let days: &[i64] =
        if event.kind == Kind::SendBy && (as_of..=as_of.plus_months(MONTHS_AHEAD)).contains(&event.date) { &LEADS } else { &[] };
    let lead = |days: &i64| {
        let what = format!("{days} days left {whose}: by {}", event.date.long());
        Event { date: event.date.plus_days(-days), name: format!("send-by.{days}"), what, ..event.clone() }
    };
    let leads: Vec<Event> = days.iter().map(lead).filter(|lead| lead.date >= as_of).collect();
    std::iter::once(event).chain(leads).collect()
}

/// The first day of the next term.
fn renewal(vendor: &Vendor) -> Option<Event> {
    let mut list = Listing { vendor, events: Vec::new() };
    let clock = &vendor.derived.clock;
    let renews = is_running(vendor) && vendor.playbook.exit.get().is_none_or(|exit| exit.termination_date.is_absent());
    let day = clock.term_end.date().filter(|_| renews && clock.next_end.date().is_some()).map(|end| end.plus_days(1));
    list.add(day, Kind::Other, "renewal", "The contract renews");
    list.events.pop()
}

/// What has to be looked at again: the playbook, the relationship, accesses, and what can still be claimed.
fn watched(vendor: &Vendor, config: &Config, as_of: Date) -> Vec<Event> {
    let mut list = Listing { vendor, events: Vec::new() };
    let playbook = &vendor.playbook;
    let status = vendor.status();
    if status != Some(Status::Ended) {
        let minimum = playbook.contract.get().and_then(|contract| contract.minimum_until.copied());
        list.add(minimum, Kind::Other, "minimum-until", "The minimum term ends");
    }
    let every = playbook.review_every.copied().map_or(Duration::new(12, Unit::Month), |days| days.0);
    let review = playbook.reviewed.copied().filter(|_| is_running(vendor) && !playbook.review_every.is_broken());
    list.add(review.map(|day| vendor.workdays.plus(day, every)), Kind::Other, "review", "Read the playbook through");
    list.add(rules::next_check_in(vendor, config, as_of), Kind::Other, "check-in", "Check-in is due");
    for sla in playbook.slas.items() {
        for actual in sla.actuals.items() {
            let (Some(id), Some(period)) = (sla.id.get(), actual.period.get()) else { continue };
            let claim = measures::claim_by(sla, actual, vendor, as_of);
            let what = format!("Claim the credit for {} in {}", sla.name.text().unwrap_or(&id.0), period.0);
            list.add(claim, Kind::Other, &format!("claim-by.{}.{}", id.0, period.0), &what);
        }
    }
    if let Some(nda) = playbook.nda.get() {
        let from = if nda.effective.is_absent() { nda.signed.copied() } else { nda.effective.copied() };
        let term = match nda.term.get() {
            Some(AgreementTerm::For(days)) => Some(days.0),
            _ => None,
        };
        let end = from.zip(term).map(|(from, term)| vendor.workdays.plus(from, term));
        list.add(end, Kind::Other, "nda-end", "The confidentiality agreement ends");
    }
    for access in playbook.access.items().iter().filter(|access| access.is_live(as_of)) {
        let Some((id, _)) = crate::schema::Section::identity(access).filter(|_| status.is_some_and(Status::is_active)) else { continue };
        let checked = if access.checked.is_absent() { access.granted.copied() } else { access.checked.copied() };
        let what = format!("Check the access to {}", access.system.text().unwrap_or(&id));
        let due = checked.map(|day| day.plus_months(rules::ACCESS_CHECK_MONTHS));
        list.owned(due, Kind::Other, &format!("access-check.{id}"), &what, &access.admin);
    }
    list.events
}

/// What somebody has promised or has to renew: actions of reviews, our own promises, access that runs out.
fn owed(vendor: &Vendor) -> Vec<Event> {
    let mut list = Listing { vendor, events: Vec::new() };
    let playbook = &vendor.playbook;
    for access in playbook.access.items().iter().filter(|access| access.revoked.is_absent()) {
        let system = access.system.text().unwrap_or("a system");
        let id = crate::schema::Section::identity(access).map_or(slug(system), |(id, _)| id);
        let what = format!("Access to {system} runs out");
        list.owned(access.expires.copied(), Kind::Other, &format!("access-expires.{id}"), &what, &access.admin);
    }
    for action in playbook.reviews.items().iter().flat_map(|review| review.actions.items()).filter(|action| action.done.is_absent()) {
        let what = action.what.text().unwrap_or("An action of a review");
        list.owned(action.due.copied(), Kind::Other, &format!("action.{}", slug(what)), what, &action.who);
    }
    let promises = playbook.expectations.get().map_or(&[][..], |both| both.of_client.items());
    for promise in promises.iter().filter(|promise| promise.done.is_absent()) {
        let text = promise.text.text().unwrap_or_default();
        list.add(promise.due.copied(), Kind::Other, &format!("expectation.{}", slug(text)), &format!("We owe them: {text}"));
    }
    list.events
}

/// The steps of an ending that have a day.
fn steps<'a>(vendor: &'a Vendor, plan: &'a ExitPlan) -> impl Iterator<Item = Event> + 'a {
    plan.steps.iter().filter(|_| plan.basis == Basis::Leaving).filter_map(|step| {
        let owner = step.owner.as_ref().map(|owner| vendor.names.person(owner).to_owned());
        let person = step.owner.clone().given();
        let (name, what) = (format!("step.{}", step.id), step.title.to_string());
        Some(Event { date: step.due?, kind: Kind::Step, name, what, owner, person, state: step.state.clone() })
    })
}
