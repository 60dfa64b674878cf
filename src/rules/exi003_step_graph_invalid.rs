use std::collections::{BTreeSet, HashMap};

rule! {
    /// Looks for exit steps that wait for each other in a circle, so that none of them can begin.
    ///
    /// ## Why it matters
    ///
    /// A circle is easy to make when several people add steps, and hard to see on paper. Picture handing over that waits for acceptance, while acceptance waits for the handover: both owners are ready, and nothing happens. Ask which of the two can really begin alone, and take the other dependency out. This is our own rule, because a checklist without a first step cannot be worked through.
    ///
    /// ## Fires
    ///
    /// In the template, H3 already waits for H2.
    ///
    /// ```yaml
    /// status: exiting
    /// exit:
    ///   template: light
    ///   reason: not_renewed
    ///   termination_date: 2028-01-11
    ///   steps: [{id: H2, when: -2bd, depends_on: [H3]}]
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
    ///   steps: [{id: H2, when: -2bd}]
    /// successor: {kind: in_house}
    /// ```
    EXI003 "step-graph-invalid" Error, Vendor check
}

use super::{Case, Report};
use crate::exit::PlanStep;

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    let own = case.playbook.exit.get()?.steps.items();
    // The templates have no circle: only what the author wrote can close one.
    if own.iter().all(|step| step.depends_on.items().is_empty()) {
        return None;
    }
    let steps = &case.plan().steps;
    let place: HashMap<String, usize> = steps.iter().enumerate().map(|(n, step)| (step.id.to_lowercase(), n)).collect();
    let after = |n: usize| steps[n].after.iter().filter_map(|id| place.get(&id.to_lowercase()).copied());
    let mut told: BTreeSet<usize> = BTreeSet::new();
    for (n, step) in own.iter().enumerate().rev() {
        let Some(from) = step.id.get().and_then(|id| place.get(&id.0.to_lowercase()).copied()) else { continue };
        for (k, item) in step.depends_on.items().iter().enumerate().rev() {
            let Some(to) = place.get(&item.value.0.to_lowercase()).copied().filter(|_| !told.contains(&from)) else { continue };
            let Some(path) = way(to, from, steps.len(), &after) else { continue };
            told.extend(&path);
            let names: Vec<&str> = std::iter::once(&steps[from]).chain(path.iter().map(|n| &steps[*n])).map(|step: &PlanStep| &*step.id).collect();
            report
                .at(item.at, format!("exit.steps[{n}].depends_on[{k}]"), format!("This waits for itself in a circle, so nothing in it can begin: {}.", names.join(" → ")))
                .help(format!("Take `{}` out of `depends_on` of {}.", item.value.0, steps[from].id));
        }
    }
    Some(())
}

/// The steps from one to another along their dependencies, both included; nothing where there is no way.
fn way<I: Iterator<Item = usize>>(from: usize, to: usize, count: usize, after: &impl Fn(usize) -> I) -> Option<Vec<usize>> {
    let mut came: Vec<Option<usize>> = vec![None; count];
    let mut open = std::collections::VecDeque::from([from]);
    let mut seen = vec![false; count];
    seen[from] = true;
    while let Some(here) = open.pop_front() {
        if here == to {
            let mut path = vec![here];
            while let Some(before) = path.last().and_then(|last| came[*last]) {
                path.push(before);
            }
            path.reverse();
            return Some(path);
        }
        for next in after(here) {
            if !seen[next] {
                seen[next] = true;
                came[next] = Some(here);
                open.push_back(next);
            }
        }
    }
    None
}
