//! The order of the checklist: by phase; inside a phase what has to come first comes first, then by date.
//! Lines made from facts stand under their step.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::{HashMap, HashMapExt, HashSet};

use super::PlanStep;
use crate::calendar::Date;
use crate::schema::StepPhase;

/// Sorts the steps. A circle among dependencies is broken at its earliest step, so nothing is ever lost.
pub fn sort(steps: &mut Vec<PlanStep>) {
    let heads: HashSet<&str> = steps.iter().filter(|step| !step.compiled).map(|step| &*step.id).collect();
    let mut below: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut phases: BTreeMap<StepPhase, Vec<usize>> = BTreeMap::new();
    for (n, step) in steps.iter().enumerate() {
        match step.compiled && heads.contains(step.parent()) {
            true => below.entry(step.parent()).or_default().push(n),
            false => phases.entry(step.phase).or_default().push(n),
        }
    }
    let mut order = Vec::with_capacity(steps.len());
    for phase in phases.into_values() {
        for n in in_order(&phase, steps) {
            let mut lines = below.remove(&*steps[n].id).unwrap_or_default();
            lines.sort_by_key(|n| when(&steps[*n]));
            order.push(n);
            order.append(&mut lines);
        }
    }
    let mut left: Vec<Option<PlanStep>> = std::mem::take(steps).into_iter().map(Some).collect();
    steps.reserve(order.len());
    steps.extend(order.into_iter().filter_map(|n| left[n].take()));
}

/// The steps of one phase, by their places in the list: of those whose dependencies here are placed, always the
/// earliest.
fn in_order(phase: &[usize], steps: &[PlanStep]) -> Vec<usize> {
    let step = |n: usize| &steps[phase[n]];
    if phase.iter().all(|n| steps[*n].after.is_empty()) {
        let mut order = phase.to_vec();
        order.sort_by_key(|n| when(&steps[*n]));
        return order;
    }
    let place: HashMap<&str, usize> = phase.iter().enumerate().map(|(n, step)| (&*steps[*step].id, n)).collect();
    let mut missing = vec![0usize; phase.len()];
    let mut followers: Vec<Vec<usize>> = vec![Vec::new(); phase.len()];
    for (n, at) in phase.iter().enumerate() {
        for before in steps[*at].after.iter().filter_map(|id| place.get(&**id)).filter(|before| **before != n) {
            followers[*before].push(n);
            missing[n] += 1;
        }
    }
    let key = |n: usize| (when(step(n)), n);
    let mut ready: BTreeSet<_> = (0..phase.len()).filter(|n| missing[*n] == 0).map(key).collect();
    let mut waiting: BTreeSet<_> = (0..phase.len()).map(key).collect();
    let mut order = Vec::with_capacity(phase.len());
    while let Some(next) = ready.pop_first().or_else(|| waiting.first().copied()) {
        if !waiting.remove(&next) {
            continue;
        }
        order.push(phase[next.1]);
        for follower in &followers[next.1] {
            missing[*follower] = missing[*follower].saturating_sub(1);
            if missing[*follower] == 0 {
                ready.insert(key(*follower));
            }
        }
    }
    order
}

/// The date to sort by; steps without one come last.
fn when(step: &PlanStep) -> (bool, Option<Date>) {
    let date = step.due.or(step.if_today);
    (date.is_none(), date)
}
