use super::facts::item;
use super::words::{and, said};
use super::{Case, Report};
use crate::schema::{Field, Objective, Sla, SlaUnit};

rule! {
    /// Looks for a service level that cannot be reached or reckoned: a part of the objective is missing, a percentage lies outside 0 to 100, a time is not above zero, or business hours are counted although `handbook.yaml` names none.
    ///
    /// ## Why it matters
    ///
    /// A number that cannot be reached makes every month a miss, and one that cannot be reckoned makes none. Picture a promise of 950 per cent because a decimal point got lost: the score card is red for a year, and nobody looks at it any more. The parts of an objective follow the OpenSLO specification, version 1.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// slas:
    ///   - id: first-time
    ///     kind: quality
    ///     objective: {op: gte, value: 950, unit: percent}
    ///     window: 1mo
    ///     measured_by: client
    ///     source: weekly walk
    ///     escalation: [kim]
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// slas:
    ///   - id: first-time
    ///     kind: quality
    ///     objective: {op: gte, value: 95, unit: percent}
    ///     window: 1mo
    ///     measured_by: client
    ///     source: weekly walk
    ///     escalation: [kim]
    /// ```
    SLA001 "objective-impossible" Error, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    for (n, sla) in case.playbook.slas.items().iter().enumerate() {
        look(case, sla, &format!("slas[{n}].objective"), report);
    }
    Some(())
}

const EXAMPLE: &str = "Write for example `{op: lte, value: 4, unit: h, target_percent: 95}`.";

fn look(case: &Case<'_>, sla: &Sla, path: &str, report: &mut Report<'_>) -> Option<()> {
    let id = sla.id.get().map_or("without an id".to_owned(), |id| said(&id.0));
    let objective = match &sla.objective {
        Field::Broken(_) => return None,
        Field::Absent => {
            report.at(item(sla.base.at), path, format!("The service level {id} has no number to reach.")).help("Add for example `objective: {op: lte, value: 4, unit: h, target_percent: 95}`.");
            return None;
        }
        Field::Given(objective, _) => objective,
    };
    let absent = [("`op`", objective.op.is_absent()), ("`value`", objective.value.is_absent()), ("`unit`", objective.unit.is_absent())];
    let missing: Vec<&str> = absent.into_iter().filter(|(_, missing)| *missing).map(|(key, _)| key).collect();
    if !missing.is_empty() {
        report.at(objective.base.key, path, format!("The service level {id} cannot be judged without {}.", and(&missing))).help(EXAMPLE);
    }
    numbers(objective, &id, path, report);
    if let (Some((SlaUnit::BusinessHours, at)), false) = (objective.unit.given_at().map(|(unit, at)| (*unit, at)), case.config.has_business_hours) {
        report
            .at(at, format!("{path}.unit"), format!("The service level {id} counts business hours, and the handbook names none."))
            .help("Add `business_hours: {start: \"09:00\", end: \"17:30\"}` to handbook.yaml, or count in `h`.");
    }
    Some(())
}

/// Shares outside 0 to 100, and lengths of time that are no length.
fn numbers(objective: &Objective, id: &str, path: &str, report: &mut Report<'_>) {
    let outside = |share: f64| !(0.0..=100.0).contains(&share);
    if let Some((share, at)) = objective.target_percent.given_at().filter(|(share, _)| outside(**share)) {
        report
            .at(at, format!("{path}.target_percent"), format!("The service level {id} asks for {share} % of cases, which lies outside 0 to 100."))
            .help("Write the share you agreed on, for example `target_percent: 95`.");
    }
    let Some((value, at)) = objective.value.given_at() else { return };
    use SlaUnit::{BusinessDays, BusinessHours, Days, Hours, Minutes, Percent};
    match objective.unit.copied() {
        Some(Percent) if outside(*value) => {
            report
                .at(at, format!("{path}.value"), format!("The service level {id} asks for {value} %, which lies outside 0 to 100."))
                .help("Write the share you agreed on, for example `value: 99.5`.");
        }
        Some(unit @ (Minutes | Hours | BusinessHours | Days | BusinessDays)) if *value <= 0.0 => {
            report
                .at(at, format!("{path}.value"), format!("The service level {id} allows {value} {}, which nobody can keep.", crate::library::measures::words(unit)))
                .help("Write a length of time above 0: `value: 4`.");
        }
        _ => {}
    }
}
