//! What several rules ask of a playbook.

use super::Case;
use crate::calendar::{Date, Duration, Unit};
use crate::diagnostic::Span;
use crate::exit::PlanStep;
use crate::library::{Protection, Vendor};
use crate::schema::{Access, Cadence, ExitReason, Field, Person, Phase, RenewalKind, Role, Side, Status, Value, Whole};

/// What the vendor can still reach: every access without a day of closing, or with one that lies ahead.
pub fn live<'a>(case: &Case<'a>) -> impl Iterator<Item = (usize, &'a Access)> + use<'a> {
    let as_of = case.as_of;
    case.playbook.access.items().iter().enumerate().filter(move |(_, access)| access.is_live(as_of))
}

/// The name of an access in a sentence.
pub fn system(access: &Access) -> String {
    super::words::name(access.system.text().unwrap_or("This access"))
}

/// Where an item of a list begins: its first byte, where a missing field of it is told.
pub fn item(at: Span) -> Span {
    Span { start: at.start, end: at.end.min(at.start + 1) }
}

/// The last day of the early time: as written, else 90 days from the contract's start (our default).
pub fn ramp_up_end(case: &Case<'_>) -> Option<Date> {
    let onboarding = case.playbook.onboarding.get();
    if case.playbook.onboarding.is_broken() || onboarding.is_some_and(|onboarding| onboarding.until.is_broken()) {
        return None;
    }
    let start = || case.playbook.contract.get().and_then(|contract| contract.start.copied());
    onboarding.and_then(|onboarding| onboarding.until.copied()).or_else(|| Some(start()?.plus_days(90)))
}

/// The shortest rhythm of a phase that is still kept.
pub fn shortest(case: &Case<'_>, phase: Phase) -> Option<Duration> {
    let kept = |entry: &&Cadence| entry.phase.copied() == Some(phase) && entry.until.copied().is_none_or(|until| until >= case.as_of);
    let rhythms = case.playbook.communication.get()?.cadence.items().iter().filter(kept).filter_map(|entry| entry.every.copied());
    rhythms.map(|days| days.0).min_by(|a, b| a.rough_days().total_cmp(&b.rough_days()))
}

/// When the two sides last spoke, and how often they mean to.
pub struct Rhythm {
    /// The newest review or feedback that has happened, and where its date stands.
    pub heard: Option<(Date, Span)>,
    /// That day, else the contract's start.
    pub last: Date,
    /// The shortest rhythm that holds now.
    pub every: Option<Duration>,
}

/// The rhythm of a relationship; nothing where part of it is written and cannot be read.
pub fn rhythm(case: &Case<'_>) -> Option<Rhythm> {
    let playbook = case.playbook;
    let talk = &playbook.communication;
    let is_hidden = |entry: &Cadence| entry.every.is_broken() || entry.phase.is_broken() || entry.until.is_broken();
    let hides = talk.is_broken() || talk.get().is_some_and(|talk| talk.cadence.is_unsure() || talk.cadence.items().iter().any(is_hidden));
    let undated = playbook.reviews.items().iter().any(|review| review.date.is_broken())
        || playbook.feedback.items().iter().any(|entry| entry.date.is_broken());
    if hides || undated || playbook.reviews.is_unsure() || playbook.feedback.is_unsure() {
        return None;
    }
    let reviews = playbook.reviews.items().iter().filter_map(|review| review.date.given_at());
    let feedback = playbook.feedback.items().iter().filter_map(|entry| entry.date.given_at());
    let heard = reviews.chain(feedback).map(|(date, at)| (*date, at)).filter(|(date, _)| *date <= case.as_of).max_by_key(|(date, _)| *date);
    let start = || playbook.contract.get().and_then(|contract| contract.start.copied());
    let last = heard.map(|(date, _)| date).or_else(start)?;
    let is_early = ramp_up_end(case).is_some_and(|until| case.as_of <= until);
    let every = Some(Phase::RampUp).filter(|_| is_early).and_then(|phase| shortest(case, phase)).or_else(|| shortest(case, Phase::Steady));
    Some(Rhythm { heard, last, every })
}

/// The longest a duration can be, in days.
pub fn at_most_days(length: Duration) -> i64 {
    let count = i64::from(length.count);
    match length.unit {
        Unit::Minute | Unit::Hour | Unit::BusinessHour => 0,
        Unit::Day => count,
        Unit::BusinessDay => count * 7 / 5,
        Unit::Week => 7 * count,
        Unit::Month => 31 * count,
        Unit::Year => 366 * count,
    }
}

/// True where the client's or vendor's notice has been received in time for the current term.
pub fn notice_is_in_time(case: &Case<'_>, received_by: Date) -> bool {
    let Some(exit) = case.playbook.exit.get() else { return case.playbook.exit.is_broken() };
    if exit.notice_given.is_broken() {
        return true;
    }
    let Some(given) = exit.notice_given.copied().filter(|day| *day <= case.as_of) else { return false };
    if exit.notice_by.copied() == Some(Side::Vendor) {
        return true;
    }
    let notice = case.playbook.contract.get().and_then(|contract| contract.notice.get());
    let deemed = notice.and_then(|notice| notice.deemed.copied());
    deemed.map_or(given, |deemed| case.vendor.workdays.plus(given, deemed.0)) <= received_by
}

/// True where the ending rests on another ground than the client's notice.
pub fn has_other_ground(case: &Case<'_>) -> bool {
    use ExitReason::{Breach, Mutual, Regulator, Security, VendorLeft};
    let reason = case.playbook.exit.get().and_then(|exit| exit.reason.copied());
    matches!(reason, Some(Mutual | Breach | Security | Regulator | VendorLeft))
}

/// True where the contract renews by itself and the relationship is running.
pub fn renews_by_itself(case: &Case<'_>) -> bool {
    let renewal = case.playbook.contract.get().and_then(|contract| contract.renewal.get());
    let auto = renewal.and_then(|renewal| renewal.kind.copied()) == Some(RenewalKind::Auto);
    auto && case.only(Status::is_current).is_some()
}

/// The end of the current term, where it is known.
pub fn term_end(case: &Case<'_>) -> Option<Date> {
    case.vendor.derived.clock.term_end.date()
}

/// The day the work ends: the last day once it is set, else the end of the current term.
pub fn end_of_work(case: &Case<'_>) -> Option<Date> {
    let is_broken = case.playbook.exit.get().is_some_and(|exit| exit.termination_date.is_broken()) || case.playbook.exit.is_broken();
    case.vendor.derived.termination.or_else(|| term_end(case).filter(|_| !is_broken))
}

/// The last day of confidentiality, the day the work ends, and where the length is written; nothing where one
/// of them is not known or it never ends.
pub fn protection(case: &Case<'_>) -> Option<(Date, Date, Span)> {
    case.only(|status| status != Status::Ended)?;
    let Protection::Through(until) = *case.vendor.derived.protection.value()? else { return None };
    let at = case.playbook.nda.get()?.confidentiality.get()?.lasts.span()?;
    Some((until, end_of_work(case)?, at))
}

/// The people of the vendor's side who hold a role and have not left.
pub fn has_line(vendor: &Vendor, role: Role, as_of: Date) -> bool {
    vendor.playbook.contacts.items().iter().any(|contact| {
        let theirs = contact.side.copied().unwrap_or(Side::Vendor) == Side::Vendor;
        let holds = contact.role.is_broken() || contact.role.get().is_some_and(|roles| roles.0.contains(&role) || roles.1 == Whole::No);
        theirs && holds && !contact.is_gone(as_of)
    })
}

/// True where a person of a list is, by id or name, one of the contacts with this role on this side.
pub fn holds(vendor: &Vendor, person: &str, role: Role, side: Side) -> bool {
    vendor.playbook.contacts.items().iter().any(|contact| {
        let its_side = contact.side.copied().unwrap_or(Side::Vendor);
        contact.is(person) && its_side == side && contact.role.get().is_some_and(|roles| roles.0.contains(&role))
    })
}

/// Equal but for case and the spaces around.
pub fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// The contact a person field means.
pub fn contact<'a>(vendor: &'a Vendor, person: &Field<Person>) -> Option<&'a crate::schema::Contact> {
    vendor.contact(&person.get()?.0)
}

/// The first person of our side who looks after systems, for suggesting an admin.
pub fn our_it(vendor: &Vendor, as_of: Date) -> Option<String> {
    let ours = |contact: &&crate::schema::Contact| {
        contact.side.copied() == Some(Side::Client)
            && !contact.is_gone(as_of)
            && contact.role.get().is_some_and(|roles| roles.0.contains(&Role::It))
    };
    vendor.playbook.contacts.items().iter().find(ours)?.identity().map(|(id, _)| id)
}

/// Where an author would write about a step: at the entry that has its id, else at the list of steps or the
/// exit that lacks it.
pub fn place_of_step(case: &Case<'_>, step: &PlanStep, report: &super::Report<'_>) -> (Span, String) {
    let Some((exit, _)) = case.playbook.exit.given_at() else { return (report.fence(), "exit".to_owned()) };
    if let Some((n, own)) = case.own_step(&step.id) {
        return (item(own.base.at), format!("exit.steps[{n}]"));
    }
    match exit.steps.span() {
        Some(at) => (report.key("steps", at), "exit.steps".to_owned()),
        None => (exit.base.key, "exit.steps".to_owned()),
    }
}

/// True where some step is written and cannot be read: it may be any of the plan's.
pub fn steps_are_unsure(exit: &crate::schema::Exit) -> bool {
    exit.steps.is_unsure() || exit.steps.items().iter().any(|own| own.id.get().is_none())
}

/// The day an access closes: the last day moved by `revoke.when`. It never rolls.
pub fn closing_day(case: &Case<'_>, access: &Access) -> Option<Date> {
    let last = case.vendor.derived.termination?;
    let when = match &access.revoke {
        Field::Broken(_) => return None,
        Field::Absent => return Some(last),
        Field::Given(revoke, _) => &revoke.when,
    };
    match when {
        Field::Broken(_) => None,
        Field::Absent => Some(last),
        Field::Given(offset, _) if offset.duration.unit == Unit::BusinessDay && !case.vendor.knows_workdays => None,
        Field::Given(offset, _) => Some(case.vendor.workdays.offset(last, *offset)),
    }
}
