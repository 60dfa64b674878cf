use super::words::{day, said};
use super::{Case, Report};
use crate::library::measures::{claim_by, meets, newest, target};
use crate::schema::{Actual, Sla, Status};

rule! {
    /// Looks for a service level whose latest measured period missed its target; during the grace time, the gentler target counts. With `target_percent` there is no gentler target: the share counts from the start.
    ///
    /// ## Why it matters
    ///
    /// A miss that is talked about within days can be put right; one that is found in a yearly review is only a grievance. Picture a storm month that explains everything, if anybody had asked. Talk to the account manager, claim a credit while the day for it has not passed, and measure again. The finding goes with the next period that meets its target. Common Paper Service Level Agreement, section 3.2, sets a short time in which a credit can be claimed.
    ///
    /// ## Fires
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
    ///     actuals: [{period: 2026-09, value: 91}]
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
    ///     actuals: [{period: 2026-09, value: 91}, {period: 2026-10, value: 97}]
    /// ```
    SLA003 "sla-missed" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(|status| status != Status::Ended)?;
    for (n, sla) in case.playbook.slas.items().iter().enumerate() {
        let missed = newest(sla, case.as_of).filter(|actual| meets(sla, actual) == Some(false));
        if let Some(actual) = missed {
            let k = sla.actuals.items().iter().position(|other| std::ptr::eq(other, actual)).unwrap_or_default();
            tell(case, sla, actual, &format!("slas[{n}].actuals[{k}].value"), report);
        }
    }
    Some(())
}

fn tell(case: &Case<'_>, sla: &Sla, actual: &Actual, path: &str, report: &mut Report<'_>) -> Option<()> {
    let (value, at) = actual.value.given_at()?;
    let period = &actual.period.get()?.0;
    let name = said(sla.name.text().or(sla.id.get().map(|id| id.0.as_str()))?);
    let claim = claim_by(sla, actual, case.vendor, case.as_of);
    let help = match claim {
        Some(claim) => format!("Claim the credit by {}, and raise it at the next check-in.", day(claim)),
        None => "Raise it soon, then add to `feedback`: `- {date: ..., kind: concern, text: ..., example: ...}`.".to_owned(),
    };
    report.at(at, path, format!("{name} came to {value} in {period}, and {} was agreed.", target(sla, actual)?)).help(help);
    Some(())
}
