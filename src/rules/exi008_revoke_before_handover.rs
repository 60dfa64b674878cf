use super::facts::{closing_day, item, live, system};
use super::words::{day, said};
use super::{Case, Report};
use crate::calendar::Date;
use crate::exit::State;
use crate::schema::{Access, DeliverableState, Field, HeldBy, Value};

rule! {
    /// Looks for access that closes before something it is needed for has come over: a deliverable, a lesson still to be given, or an account to be transferred.
    ///
    /// ## Why it matters
    ///
    /// Closing early feels safe, and locks the door from the wrong side. Picture a vendor that wants to export your data and no longer can, on the day it was to be handed over. Export first, then revoke; or move the handover forward. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// status: exiting
    /// exit: {template: light, reason: not_renewed, termination_date: 2028-01-11}
    /// successor: {kind: in_house}
    /// access:
    ///   - id: panel
    ///     system: Alarm panel
    ///     kind: account
    ///     holder: jo
    ///     admin: sam
    ///     granted: 2026-01-12
    ///     checked: 2026-10-01
    ///     revoke: {when: -10bd}
    /// deliverables:
    ///   - name: Alarm log
    ///     format: CSV
    ///     owner_of_rights: client
    ///     acceptance: {criteria: opens and has one row a day, within: 5bd}
    ///     access: [panel]
    ///     handover: {due: 2028-01-04, to: sam}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// status: exiting
    /// exit: {template: light, reason: not_renewed, termination_date: 2028-01-11}
    /// successor: {kind: in_house}
    /// access:
    ///   - id: panel
    ///     system: Alarm panel
    ///     kind: account
    ///     holder: jo
    ///     admin: sam
    ///     granted: 2026-01-12
    ///     checked: 2026-10-01
    ///     revoke: {when: 0d}
    /// deliverables:
    ///   - name: Alarm log
    ///     format: CSV
    ///     owner_of_rights: client
    ///     acceptance: {criteria: opens and has one row a day, within: 5bd}
    ///     access: [panel]
    ///     handover: {due: 2028-01-04, to: sam}
    /// ```
    EXI008 "revoke-before-handover" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.vendor.derived.termination?;
    for (n, access) in live(case) {
        let Some(closes) = closing_day(case, access) else { continue };
        let Some((needed, what)) = needed_until(case, access).filter(|(until, _)| closes < *until) else { continue };
        let last = case.vendor.derived.termination?;
        let later = match last.days_until(needed) {
            days if days > 0 => format!("+{days}d"),
            _ => "0d".to_owned(),
        };
        let at = match &access.revoke {
            Field::Given(revoke, _) => revoke.when.span().unwrap_or(revoke.base.key),
            _ => item(access.base.at),
        };
        report
            .at(at, format!("access[{n}].revoke.when"), format!("{} closes on {}, but {what} needs it until {}.", system(access), day(closes), day(needed)))
            .help(format!("Hand over sooner; or close it later, under `revoke`: `when: {later}`."));
    }
    Some(())
}

/// The last day on which something still needs the access, and what that is.
fn needed_until(case: &Case<'_>, access: &Access) -> Option<(Date, String)> {
    let is_past = |day: &Field<Date>| day.copied().is_some_and(|day| day <= case.as_of);
    let holder = access.holder.get().map(|person| person.0.as_str());
    let knows = |from: &str| holder.is_some_and(|holder| {
        from == holder || case.playbook.contacts.items().iter().any(|contact| contact.is(from) && contact.is(holder))
    });
    let topics = case.playbook.knowledge_transfer.items().iter().filter(|topic| topic.from.get().is_some_and(|from| knows(&from.0)) && !is_past(&topic.verified));
    let topics = topics.filter_map(|topic| Some((topic.due.copied()?, topic.topic.text().map_or("a lesson".to_owned(), said))));
    let id = access.identity().map(|(id, _)| id);
    let works = case.playbook.deliverables.items().iter().filter(|work| work.access.items().iter().any(|used| Some(&used.value.0) == id.as_ref()));
    let works = works.filter_map(|work| {
        let handover = work.handover.get().filter(|handover| !is_past(&handover.received))?;
        if work.state.copied() == Some(DeliverableState::Accepted) {
            return None;
        }
        Some((handover.due.copied()?, work.name.text().map_or("a deliverable".to_owned(), said)))
    });
    let theirs = access.held_by.copied() == Some(HeldBy::Vendor);
    let h1 = case.plan().steps.iter().filter(|step| theirs && step.id == "H1" && step.state == State::Open);
    let h1 = h1.filter_map(|step| Some((step.due?, "its transfer to you (H1)".to_owned())));
    topics.chain(works).chain(h1).max_by_key(|(until, _)| *until)
}
