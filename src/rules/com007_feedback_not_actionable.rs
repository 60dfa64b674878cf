use super::facts::item;
use super::words::{and, day};
use super::{Case, Report};
use crate::schema::{FeedbackKind, Status};

rule! {
    /// Looks for an open concern that nobody can act on: without an example, without a change in the process, or raised more than ten business days after it was noticed.
    ///
    /// ## Why it matters
    ///
    /// "It is not good enough" leaves people guessing. What happened, on which day, and what will be done differently: that they can use. Picture hearing in June about something you did in March; you would hardly remember it, and rather resent it. Say it within days, with one example. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// feedback: [{date: 2026-11-09, kind: concern, text: The stock room is not clean}]
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// feedback:
    ///   - date: 2026-11-09
    ///     kind: concern
    ///     text: The stock room is not clean
    ///     example: Dust on the top shelves on Monday 9 November
    ///     process_change: Top shelves are on the list for Fridays
    /// ```
    COM007 "feedback-not-actionable" Info, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(|status| status != Status::Ended)?;
    for (n, entry) in case.playbook.feedback.items().iter().enumerate() {
        let Some(date) = entry.date.copied().filter(|date| entry.is_open(case.as_of) && *date <= case.as_of) else { continue };
        if entry.kind.copied() != Some(FeedbackKind::Concern) {
            continue;
        }
        let mut missing = Vec::new();
        if entry.example.is_absent() {
            missing.push("what happened (`example`)");
        }
        if entry.process_change.is_absent() {
            missing.push("what changes in the process (`process_change`)");
        }
        if !missing.is_empty() {
            report
                .at(item(entry.base.at), format!("feedback[{n}]"), format!("The concern of {} does not say {}.", day(date), and(&missing)))
                .help("Add one line for each, so that they know what to do differently.");
        }
        if let (Some(noticed), Some((raised, at))) = (entry.noticed.copied(), entry.raised.given_at())
            && case.vendor.knows_workdays
            && *raised > case.vendor.workdays.count(noticed, 10, false)
        {
            report
                .at(at, format!("feedback[{n}].raised"), format!("The concern of {} was noticed on {} and raised only on {}; details fade in between.", day(date), day(noticed), day(*raised)))
                .help("Raise the next one within days. Once this one is settled, add `closed: ...`.");
        }
    }
    Some(())
}
