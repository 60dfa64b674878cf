use std::collections::HashMap;

use super::words::day;
use super::{Case, Report};
use crate::exit::{Basis, PlanStep, State};
use crate::schema::Step;

rule! {
    /// Looks for a step that is due before a step it depends on. Two steps on the same day are fine.
    ///
    /// ## Why it matters
    ///
    /// Whoever follows the dates arrives too early, and whoever follows the order is late. Picture Sam with a receipt to sign on Tuesday, for files that come on Friday. Move one of the two, or take the dependency out if it is not a real one. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// H3, accepting what was handed over, waits for H2, which is due five business days before the last day.
    ///
    /// ```yaml
    /// status: exiting
    /// exit:
    ///   template: light
    ///   reason: not_renewed
    ///   termination_date: 2028-01-11
    ///   steps: [{id: H3, when: -10bd}]
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
    ///   steps: [{id: H2, when: -12bd}, {id: H3, when: -10bd}]
    /// successor: {kind: in_house}
    /// ```
    EXI013 "step-before-dependency" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    let exit = case.playbook.exit.get().filter(|_| case.vendor.is_leaving())?;
    let plan = case.plan();
    if plan.basis != Basis::Leaving {
        return None;
    }
    let by_id: HashMap<String, &PlanStep> = plan.steps.iter().map(|step| (step.id.to_lowercase(), step)).collect();
    let mut by_template: Vec<(&PlanStep, &PlanStep)> = Vec::new();
    for step in plan.steps.iter().filter(|step| step.state == State::Open) {
        for before in step.after.iter().filter_map(|id| by_id.get(&id.to_lowercase())) {
            let (Some(due), Some(first)) = (step.due, before.due) else { continue };
            if before.state != State::Open || due >= first {
                continue;
            }
            let places = |own: &Step| own.when.span().or(own.depends_on.span()).or(own.anchor.span());
            let place = case.own_step(&step.id).or_else(|| case.own_step(&before.id));
            let Some((n, at)) = place.and_then(|(n, own)| Some((n, places(own)?))) else {
                by_template.push((step, before));
                continue;
            };
            report
                .at(at, format!("exit.steps[{n}].when"), format!("{} is due on {}, but it waits for {}, which is due on {}.", step.id, day(due), before.id, day(first)))
                .help(format!("Move one of them; or, if it need not wait, give it a `depends_on` without `{}`.", before.id));
        }
    }
    let (step, before) = by_template.first()?;
    let others = match by_template.len() - 1 {
        0 => String::new(),
        1 => ", and one more like it".to_owned(),
        n => format!(", and {n} more like it"),
    };
    let at = exit.termination_date.span().unwrap_or(exit.base.key);
    report
        .at(at, "exit.termination_date", format!("The time is short: {} is due on {}, but it waits for {}, due on {}{others}.", step.id, day(step.due?), before.id, day(before.due?)))
        .help(format!("Give notice sooner, end later, or date them yourself in `exit.steps`: `id: {}, when: ...`.", step.id));
    Some(())
}
