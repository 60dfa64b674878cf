use super::words::{and, name};
use super::{Case, Report};
use crate::schema::{Field, Status};

rule! {
    /// Looks for a vendor marked `critical` without the safety net that such a vendor calls for: scope, place of data, a service level, ways out, help with moving on, alternatives, and an exit plan tried out within the last twelve months.
    ///
    /// ## Why it matters
    ///
    /// When this vendor stops, you stop. Picture a Monday on which the one firm that can open your warehouse does not answer. What is agreed and tried beforehand decides whether that is a bad morning or a bad year. The sources are Regulation (EU) 2022/2554, Articles 28(8) and 30, and EBA Guidelines on outsourcing arrangements (EBA/GL/2019/02), paragraphs 106 to 108.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// critical: true
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// critical: true
    /// services: [{name: Cleaning, in_scope: [shop floor, stock room], data_location: [GB]}]
    /// slas:
    ///   - id: first-time
    ///     kind: quality
    ///     objective: {op: gte, value: 95, unit: percent}
    ///     window: 1mo
    ///     measured_by: client
    ///     source: weekly walk
    ///     escalation: [kim]
    /// contract:
    ///   type: standalone
    ///   start: 2026-01-12
    ///   term: 24mo
    ///   renewal: {kind: none}
    ///   notice: 30d
    ///   termination_rights: [{by: either, ground: breach, cure: 30d}]
    ///   transition: {assistance: true, period: 1mo}
    /// exit: {template: standard, tested: 2026-05-20, alternatives: [Birch Laundry]}
    /// ```
    CON008 "critical-service-gaps" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    let (critical, at) = case.playbook.critical.given_at()?;
    case.only(Status::is_current).filter(|_| *critical)?;
    let playbook = case.playbook;
    let services = playbook.services.items();
    let mut missing = Vec::new();
    let of_service = |is_missing: fn(&crate::schema::Service) -> bool| {
        !playbook.services.is_broken() && (services.is_empty() || services.iter().any(is_missing))
    };
    if of_service(|service| service.in_scope.is_absent()) {
        missing.push("`services.in_scope`");
    }
    if of_service(|service| service.data_location.is_absent()) {
        missing.push("`services.data_location`");
    }
    if !playbook.slas.is_broken() && playbook.slas.items().is_empty() {
        missing.push("`slas`");
    }
    if is_missing(&playbook.contract, |contract| contract.termination_rights.is_absent() || is_empty(&contract.termination_rights)) {
        missing.push("`contract.termination_rights`");
    }
    if is_missing(&playbook.contract, |contract| contract.transition.is_absent()) {
        missing.push("`contract.transition`");
    }
    if is_missing(&playbook.exit, |exit| exit.alternatives.is_absent() || is_empty(&exit.alternatives)) {
        missing.push("`exit.alternatives`");
    }
    let stale = |exit: &crate::schema::Exit| {
        let fresh = |day: &crate::calendar::Date| *day <= case.as_of && day.plus_months(12) >= case.as_of;
        !exit.tested.is_broken() && !exit.tested.get().is_some_and(fresh)
    };
    if is_missing(&playbook.exit, stale) {
        missing.push("`exit.tested` within 12 months");
    }
    if missing.is_empty() {
        return None;
    }
    report
        .at(at, "critical", format!("If {} stops, you stop, and this is not on record: {}.", name(case.name()), and(&missing)))
        .help("Fill them in, then try the exit plan out once a year.");
    Some(())
}

/// True where the section is not there, or the field in it is missing.
fn is_missing<S>(section: &Field<S>, missing: impl Fn(&S) -> bool) -> bool {
    match section {
        Field::Absent => true,
        Field::Broken(_) => false,
        Field::Given(section, _) => missing(section),
    }
}

fn is_empty<T>(list: &Field<crate::schema::List<T>>) -> bool {
    list.get().is_some_and(|list| list.0.is_empty())
}
