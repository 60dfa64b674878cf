use super::words::name;
use super::{Case, Report};
use crate::schema::Status;

rule! {
    /// Looks for a relationship that has begun without a plan for its end: no `exit` at all.
    ///
    /// ## Why it matters
    ///
    /// The best time to talk about parting is while nobody wants to. Both sides are fair, and the plan is there on the day it is needed. Picture a vendor that closes on a Friday, and a Monday on which you first ask where your files are. One line is enough to begin with; the standard steps come with it. Regulation (EU) 2022/2554, Article 28(8), asks for exit strategies where a service is critical.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// # without exit
    /// status: active
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// exit: {template: standard}
    /// ```
    EXI002 "exit-plan-missing" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(Status::is_started)?;
    if !case.playbook.exit.is_absent() {
        return None;
    }
    let fence = report.fence();
    let add = report.add(&case.playbook.base, "exit: {template: standard}");
    report
        .at(fence, "exit", format!("There is no plan for the day {} leaves, and one is easiest to make while nobody needs it.", name(case.name())))
        .help("One line is enough to begin: `exit: {template: standard}`.")
        .patch(add);
    Some(())
}
