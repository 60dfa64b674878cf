//! The order of the checklist: by phase; inside a phase what has to come first comes first, then by date.
//! Lines made from facts stand under their step.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::PlanStep;
use crate::calendar::Date;
use crate::schema::StepPhase;

/// Sorts the steps. A circle among dependencies is broken at its earliest step, so nothing is ever lost.
pub fn sort(steps: &mut Vec<PlanStep>) {
    let all = std::mem::take(steps);
    let heads: HashSet<String> = all.iter().filter(|step| !step.compiled).map(|step| step.id.clone()).collect();
    let mut below: HashMap<String, Vec<PlanStep>> = HashMap::new();
    let mut phases: BTreeMap<StepPhase, Vec<PlanStep>> = BTreeMap::new();
    for step in all {
        match step.compiled && heads.contains(parent(&step)) {
            true => below.entry(parent(&step).to_owned()).or_default().push(step),
            false => phases.entry(step.phase).or_default().push(step),
        }
    }
    for phase in phases.into_values() {
        for step in in_order(phase) {
            let mut lines = below.remove(&step.id).unwrap_or_default();
            lines.sort_by_key(when);
            steps.push(step);
            steps.append(&mut lines);
        }
    }
}

/// The steps of one phase: of those whose dependencies here are placed, always the earliest.
fn in_order(phase: Vec<PlanStep>) -> Vec<PlanStep> {
    let place: HashMap<&str, usize> = phase.iter().enumerate().map(|(n, step)| (step.id.as_str(), n)).collect();
    let mut missing = vec![0usize; phase.len()];
    let mut followers: Vec<Vec<usize>> = vec![Vec::new(); phase.len()];
    for (n, step) in phase.iter().enumerate() {
        for before in step.after.iter().filter_map(|id| place.get(id.as_str())).filter(|before| **before != n) {
            followers[*before].push(n);
            missing[n] += 1;
        }
    }
    let key = |n: usize| (when(&phase[n]), n);
    let mut ready: BTreeSet<_> = (0..phase.len()).filter(|n| missing[*n] == 0).map(key).collect();
    let mut waiting: BTreeSet<_> = (0..phase.len()).map(key).collect();
    let mut order = Vec::with_capacity(phase.len());
    while let Some(next) = ready.pop_first().or_else(|| waiting.first().copied()) {
        if !waiting.remove(&next) {
            continue;
        }
        order.push(next.1);
        for follower in &followers[next.1] {
            missing[*follower] = missing[*follower].saturating_sub(1);
            if missing[*follower] == 0 {
                ready.insert(key(*follower));
            }
        }
    }
    let mut steps: Vec<Option<PlanStep>> = phase.into_iter().map(Some).collect();
    order.into_iter().filter_map(|n| steps[n].take()).collect()
}

fn parent(step: &PlanStep) -> &str {
    step.id.split('.').next().unwrap_or_default()
}

/// The date to sort by; steps without one come last.
fn when(step: &PlanStep) -> (bool, Option<Date>) {
    let date = step.due.or(step.if_today);
    (date.is_none(), date)
}
