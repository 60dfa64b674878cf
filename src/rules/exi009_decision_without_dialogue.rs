use super::words::{day, name};
use super::{Case, Report};
use crate::schema::{ExitReason, FeedbackKind, Field};

rule! {
    /// Looks for an ending over performance or breach where no concern was logged before the decision, or where your own part is not written down.
    ///
    /// ## Why it matters
    ///
    /// If it was never said, it may well have been possible to mend. And if the cause lies on your side, it comes along to the next vendor. Picture somebody who hears at the farewell what had been wrong for months. Raise it first, give it a fair chance, and be honest about your own share. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// status: exiting
    /// exit:
    ///   template: light
    ///   reason: performance
    ///   decided: 2026-11-16
    ///   clarity: {what: Rooms left out, where: The weekly list, our_part: We changed the list often}
    ///   termination_date: 2028-01-11
    /// successor: {kind: in_house}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// status: exiting
    /// exit:
    ///   template: light
    ///   reason: performance
    ///   decided: 2026-11-16
    ///   clarity: {what: Rooms left out, where: The weekly list, our_part: We changed the list often}
    ///   termination_date: 2028-01-11
    /// successor: {kind: in_house}
    /// feedback:
    ///   - date: 2026-09-14
    ///     kind: concern
    ///     text: Two rooms were left out
    ///     example: Stock room and office on Friday 11 September
    ///     process_change: The list is signed room by room
    ///     closed: 2026-10-12
    /// ```
    EXI009 "decision-without-dialogue" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    let exit = case.playbook.exit.get()?;
    let (reason, at) = exit.reason.given_at()?;
    if !matches!(reason, ExitReason::Performance | ExitReason::Breach) {
        return None;
    }
    let until = match &exit.decided {
        Field::Broken(_) => return None,
        Field::Given(decided, _) => *decided,
        Field::Absent => case.as_of.plus_days(1),
    };
    let raised = case.playbook.feedback.items().iter().any(|entry| {
        let is_trouble = matches!(entry.kind.copied(), Some(FeedbackKind::Concern | FeedbackKind::Complaint)) || entry.kind.is_broken();
        // One whose day cannot be read may have been in time.
        is_trouble && entry.date.copied().is_none_or(|date| date < until)
    });
    if !raised && !case.playbook.feedback.is_unsure() {
        let when = if exit.decided.is_absent() { "so far".to_owned() } else { format!("before the decision of {}", day(until)) };
        report
            .at(at, "exit.reason", format!("The reason given is {}, and no concern is on record {when}.", reason.label()))
            .help(format!("Add what {} was told to `feedback`: `- {{date: ..., kind: concern, text: ...}}`; if nothing, raise it first.", name(case.name())));
    }
    let (at, is_missing) = match &exit.clarity {
        Field::Absent => (exit.base.key, true),
        Field::Broken(_) => return None,
        Field::Given(clarity, _) => (clarity.base.key, clarity.our_part.is_absent()),
    };
    if is_missing {
        report
            .at(at, "exit.clarity.our_part", "What your side could do better is not written down; it comes along to the next vendor.")
            .help("Write it before the meeting, under `exit.clarity`: `our_part: ...`.");
    }
    Some(())
}
