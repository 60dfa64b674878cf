use super::facts::item;
use super::words::{day, said};
use super::{Case, Report};
use crate::calendar::{Duration, Unit};
use crate::schema::{DeliverableState, Field, Status};

rule! {
    /// Looks for deliverables of a vendor on its way out that are not accepted, although their handover day has passed or the last day is five business days away or less.
    ///
    /// ## Why it matters
    ///
    /// After the last day, asking for a missing file is asking for a favour. Picture opening the folder in March and finding it empty. Open every file, check it against what was agreed, and set `state: accepted`; where something is missing, ring today. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// status: exiting
    /// exit: {template: light, reason: not_renewed, termination_date: 2028-01-11}
    /// successor: {kind: in_house}
    /// deliverables:
    ///   - name: Cleaning log
    ///     format: PDF
    ///     owner_of_rights: client
    ///     acceptance: {criteria: one page a week, within: 5bd}
    ///     state: delivered
    ///     handover: {due: 2026-11-13, to: sam, received: 2026-11-13}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// status: exiting
    /// exit: {template: light, reason: not_renewed, termination_date: 2028-01-11}
    /// successor: {kind: in_house}
    /// deliverables:
    ///   - name: Cleaning log
    ///     format: PDF
    ///     owner_of_rights: client
    ///     acceptance: {criteria: one page a week, within: 5bd}
    ///     state: accepted
    ///     handover: {due: 2026-11-13, to: sam, received: 2026-11-13}
    /// ```
    DEL003 "turnover-incomplete" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(|status| status == Status::Exiting)?;
    let last = case.vendor.derived.termination;
    let is_close = last.is_some_and(|last| case.vendor.knows_workdays && case.as_of >= case.vendor.workdays.minus(last, Duration::new(5, Unit::BusinessDay)));
    for (n, deliverable) in case.playbook.deliverables.items().iter().enumerate() {
        if deliverable.state.is_broken() || deliverable.state.copied() == Some(DeliverableState::Accepted) {
            continue;
        }
        let due = deliverable.handover.get().and_then(|handover| handover.due.copied()).filter(|due| *due < case.as_of);
        let name = deliverable.name.text().map_or("A deliverable".to_owned(), said);
        let when = match (due, last) {
            (Some(due), _) => format!("{name} was due on {} and is not accepted yet.", day(due)),
            (None, Some(last)) if is_close => format!("{name} is not accepted yet, and the last day is {}.", day(last)),
            _ => continue,
        };
        let at = match &deliverable.state {
            Field::Given(_, at) => *at,
            _ => item(deliverable.base.at),
        };
        report.at(at, format!("deliverables[{n}].state"), when).help("If it has not come, ask today; then open it, check it and write `state: accepted`.");
    }
    Some(())
}
