use super::facts::{holds, item, same};
use super::words::{and, day, name};
use super::{Case, Report};
use crate::calendar::{Duration, Unit};
use crate::schema::{Feedback, FeedbackKind, Field, Role, Side, Status, VendorKind};

rule! {
    /// Looks for an open complaint without a meeting in time (five business days, unless `communication.complaint.within` says otherwise), or with a meeting that lacked the account manager, the one who does the work, or the owner.
    ///
    /// ## Why it matters
    ///
    /// Whoever is missing hears it second-hand, and a complaint grows at every retelling. Picture a manager who promises a change that the people on the night shift never hear of. Sit down together once, with an example on the table, and agree on what changes. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// feedback:
    ///   - date: 2026-11-02
    ///     kind: complaint
    ///     text: The alarm was left off
    ///     example: Sunday 1 November, noticed at opening
    ///     process_change: Last one out sends a message
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// feedback:
    ///   - date: 2026-11-02
    ///     kind: complaint
    ///     text: The alarm was left off
    ///     example: Sunday 1 November, noticed at opening
    ///     process_change: Last one out sends a message
    ///     meeting: {date: 2026-11-05, attendees: [dana, kim, jo]}
    /// ```
    COM004 "complaint-meeting-incomplete" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(|status| status != Status::Ended)?;
    for (n, entry) in case.playbook.feedback.items().iter().enumerate() {
        if entry.is_open(case.as_of) && entry.kind.copied() == Some(FeedbackKind::Complaint) {
            look(case, entry, &format!("feedback[{n}].meeting"), report);
        }
    }
    Some(())
}

fn look(case: &Case<'_>, entry: &Feedback, path: &str, report: &mut Report<'_>) -> Option<()> {
    let date = entry.date.copied().filter(|date| *date <= case.as_of)?;
    let meeting = match &entry.meeting {
        Field::Broken(_) => return None,
        Field::Absent => None,
        Field::Given(meeting, at) => Some((meeting, *at)),
    };
    let agreed = case.playbook.communication.get().and_then(|talk| talk.complaint.get());
    if agreed.is_some_and(|agreed| agreed.within.is_broken()) {
        return None;
    }
    let within = agreed.and_then(|agreed| agreed.within.copied()).map_or(Duration::new(5, Unit::BusinessDay), |days| days.0);
    let by = case.vendor.workdays.plus(date, within);
    if let Some((meeting, at)) = meeting {
        let missing = missing(case, meeting);
        if !missing.is_empty() {
            let at = meeting.attendees.span().unwrap_or(if meeting.attendees.is_absent() { meeting.base.key } else { at });
            report
                .at(at, format!("{path}.attendees"), format!("The meeting about the complaint of {} lacks {}, who would hear it second-hand.", day(date), and(&missing)))
                .help("Sit down with them too, then add them to `attendees`.");
            return Some(());
        }
    }
    let was_held = meeting.is_some_and(|(meeting, _)| meeting.date.is_broken() || meeting.date.copied().is_none_or(|held| held <= case.as_of));
    if !was_held && case.as_of > by {
        report
            .at(item(entry.base.at), path, format!("The complaint of {} was to be discussed by {}; no meeting is on record.", day(date), day(by)))
            .help("Sit down with those named for complaints (else account manager, practitioner and owner), then add `meeting: {date: ..., attendees: [...]}`.");
    }
    Some(())
}

/// Who was not there: those the playbook names for complaints, else account manager, practitioner and owner.
fn missing(case: &Case<'_>, meeting: &crate::schema::FeedbackMeeting) -> Vec<String> {
    let vendor = case.vendor;
    if meeting.attendees.is_broken() {
        return Vec::new();
    }
    let there: Vec<&str> = meeting.attendees.items().iter().map(|person| person.value.0.as_str()).collect();
    let agreed = case.playbook.communication.get().and_then(|talk| talk.complaint.get());
    if let Some(named) = agreed.map(|agreed| &agreed.attendees).filter(|list| !list.is_absent()) {
        let absent = named.items().iter().filter(|person| !there.iter().any(|one| is_same_person(case, one, &person.value.0)));
        return absent.map(|person| name(vendor.names.person(&person.value.0))).collect();
    }
    let owner = case.playbook.owner.get().map(|person| person.0.as_str());
    let has = |role: Role, side: Side| there.iter().any(|person| holds(vendor, person, role, side));
    let manager = has(Role::AccountManager, Side::Vendor);
    let practitioner = has(Role::Practitioner, Side::Vendor);
    let is_person = case.playbook.vendor.get().and_then(|card| card.kind.copied()) == Some(VendorKind::Individual);
    let owns = |person: &&str| owner.is_some_and(|owner| is_same_person(case, person, owner)) || holds(vendor, person, Role::Owner, Side::Client);
    let mut missing = Vec::new();
    if !(manager || is_person && practitioner) {
        missing.push("the account manager".to_owned());
    }
    if !(practitioner || is_person && manager) {
        missing.push("the practitioner".to_owned());
    }
    if !there.iter().any(owns) {
        missing.push("the owner".to_owned());
    }
    missing
}

/// True where two person fields mean one person, by id or name.
fn is_same_person(case: &Case<'_>, a: &str, b: &str) -> bool {
    let both = |contact: &crate::schema::Contact| contact.is(a) && contact.is(b);
    same(a, b) || case.playbook.contacts.items().iter().any(both)
}
