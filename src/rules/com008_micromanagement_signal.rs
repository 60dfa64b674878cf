use super::words::said;
use super::{Case, Report};
use crate::calendar::Unit;
use crate::schema::{DecisionKind, Decides, Phase, Status};

rule! {
    /// Looks for signs that you run their work for them: you decide how something is done, or the steady rhythm is a daily one.
    ///
    /// ## Why it matters
    ///
    /// You chose them because they know how. Whoever changes a process from outside usually makes it slower, and takes away the pride in it as well. Picture a cook with a guest at the stove. Say what you need and judge what you get; the method is theirs. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// control: {decisions: [{what: Which cleaning products are used, kind: method, decides: client}]}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// control: {decisions: [{what: Which cleaning products are used, kind: method, decides: vendor}]}
    /// ```
    COM008 "micromanagement-signal" Info, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(|status| status != Status::Ended)?;
    let decisions = case.playbook.control.get().map_or(&[][..], |control| control.decisions.items());
    for (n, decision) in decisions.iter().enumerate() {
        let Some((Decides::Client, at)) = decision.decides.given_at().map(|(who, at)| (*who, at)) else { continue };
        if decision.kind.copied() == Some(DecisionKind::Method) {
            let what = decision.what.text().map_or("their way of working".to_owned(), said);
            let patch = report.replace(at, "vendor");
            report
                .at(at, format!("control.decisions[{n}].decides"), format!("Your side decides {what}, and they know best how to do their work."))
                .help("Judge the result and let them run their process: `decides: vendor`.")
                .patch(patch);
        }
    }
    for (n, entry) in case.playbook.communication.get()?.cadence.items().iter().enumerate() {
        let Some((every, at)) = entry.every.given_at().filter(|_| entry.phase.copied() == Some(Phase::Steady)) else { continue };
        let is_daily = matches!(every.0.unit, Unit::Day | Unit::BusinessDay) && every.0.count <= 1;
        if is_daily {
            report
                .at(at, format!("communication.cadence[{n}].every"), "A daily check-in, once things run, takes time from the work itself.")
                .help("Try a week, and ask for a short report instead: `every: 1w`.");
        }
    }
    Some(())
}
