use super::{Case, Report};
use crate::schema::Status;

rule! {
    /// Looks for a vendor that is leaving or has left without `exit.reason`.
    ///
    /// ## Why it matters
    ///
    /// The reason decides what is fair: what you say in the meeting, what you look for next, and, for `mutual`, `breach`, `security`, `regulator` and `vendor_left`, how notice counts. A year on it is the first thing people ask. Picture a shelf of ended contracts, and nobody who can say what they have in common. One word from the list is enough. Commission Implementing Regulation (EU) 2024/2956, template B_02.02, column 0090, is where a register asks for it.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// status: exiting
    /// exit: {template: light, termination_date: 2028-01-11}
    /// successor: {kind: in_house}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// status: exiting
    /// exit: {template: light, reason: not_renewed, termination_date: 2028-01-11}
    /// successor: {kind: in_house}
    /// ```
    EXI012 "exit-reason-missing" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(|status| matches!(status, Status::Exiting | Status::Ended))?;
    let at = report.missing(&case.playbook.exit, |exit| &exit.reason)?;
    report
        .at(at, "exit.reason", "Why it ends is not recorded, and in a year nobody will remember.")
        .help("Add one word under `exit`: `reason: needs_changed`, or `not_renewed`, `performance`, `mutual`, ...");
    Some(())
}
