use super::{Case, Report};
use crate::schema::{SlaKind, Status};

rule! {
    /// Looks for vendors measured on speed alone: a timeliness or response level without any level for quality.
    ///
    /// ## Why it matters
    ///
    /// What is measured grows, and what is not measured gives way. Picture a helpdesk that answers within a minute and solves nothing. A second number, however simple, keeps the first one honest: share of pages right first time, rooms without a remark, answers that needed no second call. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// slas:
    ///   - id: before-seven
    ///     kind: timeliness
    ///     objective: {op: gte, value: 95, unit: percent}
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
    ///   - id: before-seven
    ///     kind: timeliness
    ///     objective: {op: gte, value: 95, unit: percent}
    ///     window: 1mo
    ///     measured_by: client
    ///     source: weekly walk
    ///     escalation: [kim]
    ///   - id: first-time
    ///     kind: quality
    ///     objective: {op: gte, value: 95, unit: percent}
    ///     window: 1mo
    ///     measured_by: client
    ///     source: weekly walk
    ///     escalation: [kim]
    /// ```
    SLA005 "speed-without-quality" Info, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(|status| status != Status::Ended)?;
    let slas = case.playbook.slas.items();
    if case.playbook.slas.is_unsure() || slas.iter().any(|sla| sla.kind.is_broken() || sla.kind.copied() == Some(SlaKind::Quality)) {
        return None;
    }
    let fast = |kind: &SlaKind| matches!(kind, SlaKind::Timeliness | SlaKind::Response);
    let (n, at) = slas.iter().enumerate().find_map(|(n, sla)| Some((n, sla.kind.given_at().filter(|(kind, _)| fast(kind))?.1)))?;
    report
        .at(at, format!("slas[{n}].kind"), "Only speed is measured, and fast work can still be wrong work.")
        .help("Pair it with a level of `kind: quality`, like pages right first time.");
    Some(())
}
