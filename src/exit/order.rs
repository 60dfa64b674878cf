//! The order of the checklist: by phase; inside a phase what has to come first comes first, then by date.
//! Lines made from facts stand under their step.

use super::PlanStep;
use crate::calendar::Date;

/// Sorts the steps. A circle among dependencies is broken at its earliest step, so nothing is ever lost.
pub fn sort(steps: &mut Vec<PlanStep>) {
    let all = std::mem::take(steps);
    let heads: Vec<String> = all.iter().filter(|step| !step.compiled).map(|step| step.id.clone()).collect();
    let (mut below, mut waiting): (Vec<_>, Vec<_>) =
        all.into_iter().enumerate().partition(|(_, step)| step.compiled && heads.iter().any(|head| head == parent(step)));
    below.sort_by_key(|(n, step)| (when(step), *n));
    waiting.sort_by_key(|(n, step)| (step.phase, *n));
    while let Some((_, first)) = waiting.first() {
        let phase = first.phase;
        let here = waiting.iter().take_while(|(_, step)| step.phase == phase).count();
        let ready =
            |n: &usize| !waiting[..here].iter().any(|(_, other)| other.id != waiting[*n].1.id && waiting[*n].1.after.contains(&other.id));
        let key = |n: &usize| (when(&waiting[*n].1), waiting[*n].0);
        let next = (0..here).filter(ready).min_by_key(key).or_else(|| (0..here).min_by_key(key)).unwrap_or(0);
        let (_, step) = waiting.remove(next);
        let id = step.id.clone();
        steps.push(step);
        steps.extend(below.extract_if(.., |(_, line)| parent(line) == id).map(|(_, line)| line));
    }
}

fn parent(step: &PlanStep) -> &str {
    step.id.split('.').next().unwrap_or_default()
}

/// The date to sort by; steps without one come last.
fn when(step: &PlanStep) -> (bool, Option<Date>) {
    let date = step.due.or(step.if_today);
    (date.is_none(), date)
}
