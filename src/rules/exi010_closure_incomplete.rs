use super::words::{and, day};
use super::{Case, Report};
use crate::calendar::{Duration, Unit};
use crate::schema::{Field, Status};

rule! {
    /// Looks for what is still open before you move on: what comes after a vendor that is leaving, a debrief with lessons and with your answer on working together again, and a successor that begins while the old contract still keeps you to one vendor. The debrief is asked for once the status is `ended`, or more than 10 business days after the last day.
    ///
    /// ## Why it matters
    ///
    /// An ending that is not closed comes back: as a gap in the work, as a lesson learnt twice, or as two contracts that exclude each other. Picture asking in a year whether that firm was any good, and nobody knows. Interagency Guidance on Third-Party Relationships: Risk Management (2023) describes termination, and the move to another party, as a stage to plan for.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// status: exiting
    /// exit: {template: light, reason: not_renewed, termination_date: 2028-01-11}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// status: exiting
    /// exit: {template: light, reason: not_renewed, termination_date: 2028-01-11}
    /// successor: {kind: in_house}
    /// ```
    EXI010 "closure-incomplete" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    let status = case.vendor.status()?;
    debrief(case, status, report);
    exclusivity(case, report);
    if status == Status::Exiting
        && let Some(at) = report.missing(&case.playbook.successor, |successor| &successor.kind)
    {
        report
            .at(at, "successor.kind", "Before you move on: whether a vendor, your own people or nobody comes after is not recorded.")
            .help("Write under `successor`: `kind: vendor`, or `in_house`, `discontinued`, `undecided`.");
    }
    Some(())
}

/// What was learnt, once it is over.
fn debrief(case: &Case<'_>, status: Status, report: &mut Report<'_>) -> Option<()> {
    let last = case.vendor.derived.termination;
    let is_over = last.is_some_and(|last| case.vendor.knows_workdays && case.as_of > case.vendor.workdays.plus(last, Duration::new(10, Unit::BusinessDay)));
    if status != Status::Ended && !is_over {
        return None;
    }
    let (at, missing) = match &case.playbook.debrief {
        Field::Broken(_) => return None,
        Field::Absent => (report.fence(), vec!["the debrief"]),
        Field::Given(debrief, _) => {
            let mut missing = Vec::new();
            if debrief.lessons.is_absent() || debrief.lessons.get().is_some_and(|list| list.0.is_empty()) {
                missing.push("`lessons`");
            }
            if debrief.would_reengage.is_absent() {
                missing.push("`would_reengage`");
            }
            (debrief.base.key, missing)
        }
    };
    if missing.is_empty() {
        return None;
    }
    report
        .at(at, "debrief", format!("Before you move on, write down what is missing: {}. What you learnt fades within weeks.", and(&missing)))
        .help("Write under `debrief`: `lessons: [...]` and `would_reengage: yes`, or `maybe`, `no`.");
    Some(())
}

/// A successor that starts while nobody else may be used.
fn exclusivity(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    let last = case.vendor.derived.termination?;
    let (start, at) = case.playbook.successor.get()?.start.given_at()?;
    let is_bound = case.playbook.contract.get()?.exclusivity.copied() == Some(true);
    if is_bound && *start <= last {
        report
            .at(at, "successor.start", format!("Before you move on: the contract is exclusive until {}, and the successor starts on {}.", day(last), day(*start)))
            .help(format!("Agree on the overlap in writing and say so in `allow`; or start later: `start: {}`.", last.plus_days(1)));
    }
    Some(())
}
