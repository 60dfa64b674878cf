use super::facts::steps_are_unsure;
use super::words::and;
use super::{Case, Report};
use crate::exit::State;
use crate::schema::Status;

rule! {
    /// Looks for an ending without one of the steps that every ending needs: reading the contract (P3), reading the confidentiality agreement (P4), the handover of everything made (H2), closing every access (A2), and the debrief (C6).
    ///
    /// ## Why it matters
    ///
    /// The four closing checks and the talk afterwards are what people regret leaving out. Picture a year of work that stays on the vendor's drive, because the shorter list did not mention it. If one of them does not apply here, keep it and give the reason under `skip`. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// status: exiting
    /// exit:
    ///   template: none
    ///   reason: not_renewed
    ///   termination_date: 2028-01-11
    ///   steps: [{id: P3}, {id: P4}, {id: H2}, {id: A2}]
    /// successor: {kind: in_house}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// status: exiting
    /// exit:
    ///   template: none
    ///   reason: not_renewed
    ///   termination_date: 2028-01-11
    ///   steps: [{id: P3}, {id: P4}, {id: H2}, {id: A2}, {id: C6}]
    /// successor: {kind: in_house}
    /// ```
    EXI007 "required-step-missing" Warning, Vendor check
}

/// The checks no ending goes without.
const REQUIRED: &[(&str, &str)] = &[
    ("P3", "contract review"),
    ("P4", "NDA review"),
    ("H2", "handover of deliverables"),
    ("A2", "closing of access"),
    ("C6", "debrief"),
];

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(|status| matches!(status, Status::Exiting | Status::Ended))?;
    let exit = case.playbook.exit.get()?;
    if steps_are_unsure(exit) || exit.template.is_broken() {
        return None;
    }
    let steps = &case.plan().steps;
    let missing: Vec<&(&str, &str)> = REQUIRED.iter().filter(|(id, _)| !steps.iter().any(|step| step.id.eq_ignore_ascii_case(id) && has_reason(&step.state))).collect();
    let first = missing.first()?.0;
    let what: Vec<String> = missing.iter().map(|(id, what)| format!("{what} ({id})")).collect();
    let at = exit.template.span().unwrap_or(exit.base.key);
    report
        .at(at, "exit.template", format!("Missing, and needed at every ending: {}.", and(&what)))
        .help(format!("Use `template: light`; or add each to `exit.steps`: `- {{id: {first}}}`, or with `skip: ...`."));
    Some(())
}

/// False for a step that is left out with a word that gives no reason.
fn has_reason(state: &State) -> bool {
    const EMPTY: &[&str] = &["true", "yes", "y", "x", "skip", "skipped", "-", "n/a", "na", "none"];
    match state {
        State::Skipped(reason) => !EMPTY.contains(&reason.trim().to_lowercase().as_str()),
        _ => true,
    }
}
