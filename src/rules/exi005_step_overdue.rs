use super::facts::{place_of_step, steps_are_unsure};
use super::words::{day, days, title};
use super::{Case, Report};
use crate::exit::Basis;

rule! {
    /// Looks for exit steps whose day has passed and that are neither done nor skipped.
    ///
    /// ## Why it matters
    ///
    /// One late step pushes the next, until everything falls on the last day. Picture returning keys, files and invoices on the same Friday afternoon. Do the oldest one first. If it is done, write the day under `done`; if it is not needed here, say why under `skip`. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// status: exiting
    /// exit:
    ///   template: light
    ///   reason: not_renewed
    ///   termination_date: 2028-01-11
    ///   steps:
    ///     - {id: H5, title: Count the keys, when: 2026-11-13, owner: sam, evidence: signed key list}
    /// successor: {kind: in_house}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// status: exiting
    /// exit:
    ///   template: light
    ///   reason: not_renewed
    ///   termination_date: 2028-01-11
    ///   steps:
    ///     - {id: H5, title: Count the keys, when: 2026-11-13, owner: sam, evidence: signed key list, done: 2026-11-12}
    /// successor: {kind: in_house}
    /// ```
    EXI005 "step-overdue" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.playbook.exit.get().filter(|exit| case.vendor.is_leaving() && !steps_are_unsure(exit))?;
    let plan = case.plan();
    if plan.basis != Basis::Leaving {
        return None;
    }
    for step in &plan.steps {
        let (Some(late), Some(due)) = (step.overdue_days, step.due) else { continue };
        let head = step.id.split('.').next().unwrap_or_default();
        let is_told = step.compiled && (matches!(head, "A2" | "A3" | "H2") || plan.steps.iter().any(|other| other.id == head && other.overdue_days.is_some()));
        if is_told {
            continue;
        }
        let (at, field) = place_of_step(case, step, report);
        report
            .at(at, field, format!("{} {} was due on {}, {} ago.", step.id, title(&step.title), day(due), days(late)))
            .help(format!("Do it first, then note it in `exit.steps`: `id: {}, done: {}`; or give `skip:` a reason.", step.id, case.as_of));
    }
    Some(())
}
