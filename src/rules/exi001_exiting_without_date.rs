use super::words::name;
use super::{Case, Report};
use crate::schema::Status;

rule! {
    /// Looks for a vendor that is leaving or has left without its last day, `exit.termination_date`.
    ///
    /// ## Why it matters
    ///
    /// Most dates on the checklist are counted from the last day. Without it those steps have an order but no day, and a step without a day is done by nobody. Picture two people who each believe the keys come back next month. Even a day that may still move is better than none. EBA Guidelines on outsourcing arrangements (EBA/GL/2019/02), paragraph 54(b), and Commission Implementing Regulation (EU) 2024/2956, template B_02.02, column 0080, list the end date among the facts to record.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// status: exiting
    /// exit: {template: light, reason: not_renewed}
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
    EXI001 "exiting-without-date" Error, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    let status = case.only(|status| matches!(status, Status::Exiting | Status::Ended))?;
    let at = report.missing(&case.playbook.exit, |exit| &exit.termination_date)?;
    let (message, help) = match status {
        Status::Ended => (format!("{} has left, and the last day is not recorded.", name(case.name())), "Add it under `exit`, for example `termination_date: 2026-09-30`."),
        _ => (
            format!("{} is leaving, and the last day is not set. Most dates of the checklist are counted from it.", name(case.name())),
            "Set it under `exit`, for example `termination_date: 2027-01-11`.",
        ),
    };
    report.at(at, "exit.termination_date", message).help(help);
    Some(())
}
