use super::facts::ramp_up_end;
use super::words::{day, said};
use super::{Case, Report};
use crate::schema::{Objective, Op, Sla, SlaKind, SlaUnit, Status};

rule! {
    /// Looks for a hundred per cent, or no mistakes at all, asked without any leeway while a vendor is still in its first weeks. It looks at service levels and at the expectations of both sides; a promise to be on time within five business days is left alone.
    ///
    /// ## Why it matters
    ///
    /// People learn by getting things slightly wrong. If the first slip already counts as failure, they hide it, and you find out late. Picture a new colleague on day three who skips a question for fear of looking slow. Give the early days a gentler target with `grace_until` and `grace_target`, or a `leeway` in words, and tighten it once you know each other. Where `target_percent` is used, `grace_target` does not apply: agree on a lower share there. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// onboarding: {until: 2026-12-31}
    /// slas:
    ///   - id: first-time
    ///     kind: quality
    ///     objective: {op: gte, value: 100, unit: percent}
    ///     window: 1mo
    ///     measured_by: client
    ///     source: weekly walk
    ///     escalation: [kim]
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// onboarding: {until: 2026-12-31}
    /// slas:
    ///   - id: first-time
    ///     kind: quality
    ///     objective: {op: gte, value: 100, unit: percent}
    ///     window: 1mo
    ///     measured_by: client
    ///     source: weekly walk
    ///     escalation: [kim]
    ///     grace_until: 2026-12-31
    ///     grace_target: 90
    /// ```
    EXP005 "perfection-expected" Info, Vendor check
}

const FLAWLESS: &[&str] = &[
    "zero errors", "zero error", "no errors", "no error", "zero mistakes", "zero mistake", "no mistakes", "no mistake", "error-free",
    "flawless", "never a mistake",
];

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(Status::is_current)?;
    let until = ramp_up_end(case)?;
    if case.as_of > until {
        return None;
    }
    for (n, sla) in case.playbook.slas.items().iter().enumerate() {
        let Some(objective) = sla.objective.get().filter(|_| sla.grace_until.is_absent() && !is_quick(sla)) else { continue };
        let Some((at, key)) = perfect(objective) else { continue };
        let name = sla.name.text().or(sla.id.get().map(|id| id.0.as_str())).map_or("A service level".to_owned(), said);
        let help = match key {
            "target_percent" => "Agree on a share that leaves room: `target_percent: 95`.".to_owned(),
            _ => format!("Add leeway for the first weeks: `grace_until: {until}, grace_target: 90`."),
        };
        report
            .at(at, format!("slas[{n}].objective.{key}"), format!("{} asks for 100 % from day one, though the first weeks last until {}.", name, day(until)))
            .help(help);
    }
    let both = case.playbook.expectations.get()?;
    for (side, list) in [("of_vendor", &both.of_vendor), ("of_client", &both.of_client)] {
        for (n, one) in list.items().iter().enumerate() {
            let Some((text, at)) = one.text.given_at().filter(|_| one.leeway.is_absent()) else { continue };
            if super::prose::find(text, FLAWLESS).is_some() {
                report
                    .at(at, format!("expectations.{side}[{n}].leeway"), format!("{} leaves no room for a slip, though the first weeks last until {}.", said(text), day(until)))
                    .help("Add what is forgiven at first, for example `leeway: two slips in the first month`.");
            }
        }
    }
    Some(())
}

/// Where an objective asks for everything.
fn perfect(objective: &Objective) -> Option<(crate::diagnostic::Span, &'static str)> {
    if let Some((share, at)) = objective.target_percent.given_at() {
        return (*share >= 100.0).then_some((at, "target_percent"));
    }
    let (value, at) = objective.value.given_at()?;
    let asks = objective.unit.copied() == Some(SlaUnit::Percent) && matches!(objective.op.copied(), Some(Op::Gte | Op::Gt)) && *value >= 100.0;
    asks.then_some((at, "value"))
}

/// A promise to be on time within five business days can be kept from the first day.
fn is_quick(sla: &Sla) -> bool {
    let Some(objective) = sla.objective.get() else { return false };
    let most = match objective.unit.copied() {
        Some(SlaUnit::BusinessDays) => 5.0,
        Some(SlaUnit::Days) => 7.0,
        Some(SlaUnit::BusinessHours) => 40.0,
        Some(SlaUnit::Hours) => 120.0,
        Some(SlaUnit::Minutes) => 7200.0,
        _ => return false,
    };
    sla.kind.copied() == Some(SlaKind::Timeliness) && objective.value.copied().is_some_and(|value| value <= most)
}
