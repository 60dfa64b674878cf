use super::words::and;
use super::{Case, Report};
use crate::schema::{ContractType, Field, RenewalKind, Status};

rule! {
    /// Looks for a contract that does not say what happens at the end of its term, or that renews by itself without its first term (neither `end` nor `term`), the length of the next one or the notice period. It looks at vendors that are active, at risk or exiting.
    ///
    /// ## Why it matters
    ///
    /// A contract that renews by itself keeps going unless someone stops it in time. If part of that arrangement is missing, the day to decide cannot be worked out. Picture a subscription that rolls on for another year while everybody thinks it rolls by the month. Common Paper Cloud Service Agreement, standard terms, section 5.1, shows how a renewal is usually written; EBA Guidelines on outsourcing arrangements (EBA/GL/2019/02), paragraph 54(b), list the next renewal date among the facts to record.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// contract: {type: standalone, start: 2026-01-12, term: 24mo, renewal: {kind: auto}, notice: 30d}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// contract: {type: standalone, start: 2026-01-12, term: 24mo, renewal: {kind: auto, term: 12mo}, notice: 30d}
    /// ```
    CON004 "renewal-incomplete" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(Status::is_active)?;
    let contract = case.playbook.contract.get()?;
    if contract.kind.is_broken() || contract.kind.copied() == Some(ContractType::None) {
        return None;
    }
    let renewal = match &contract.renewal {
        Field::Broken(_) => return None,
        Field::Absent => {
            report
                .at(contract.base.key, "contract.renewal", "What happens when the term ends is not recorded, so it may renew without anyone deciding.")
                .help("Write `renewal: {kind: none}`, or `auto`, `option`, `evergreen`; with `auto` also its `term`.");
            return None;
        }
        Field::Given(renewal, _) => renewal,
    };
    if renewal.kind.is_absent() {
        report
            .at(renewal.base.key, "contract.renewal.kind", "How the contract renews is not recorded, so it may renew without anyone deciding.")
            .help("Write `kind: none`, or `auto`, `option`, `evergreen`.");
        return None;
    }
    if renewal.kind.copied() != Some(RenewalKind::Auto) {
        return None;
    }
    let no_notice = match &contract.notice {
        Field::Absent => true,
        Field::Broken(_) => false,
        Field::Given(notice, _) => notice.client.is_absent(),
    };
    let mut missing = Vec::new();
    let mut write = Vec::new();
    if renewal.term.is_absent() {
        missing.push("the length of a renewal");
        write.push("`renewal: {kind: auto, term: 12mo}`");
    }
    if contract.end.is_absent() && contract.start.is_absent() {
        missing.push("the start");
        write.push("`start: 2026-01-12`");
    }
    if contract.end.is_absent() && contract.term.is_absent() {
        missing.push("the first term");
        write.push("`term: 12mo`");
    }
    if no_notice {
        missing.push("the notice");
        write.push(if contract.notice.is_absent() { "`notice: 30d`" } else { "`notice: {client: 30d}`" });
    }
    if missing.is_empty() {
        return None;
    }
    let (at, field) = match renewal.term.is_absent() {
        true => (renewal.base.key, "contract.renewal.term"),
        false if contract.end.is_absent() && contract.term.is_absent() => (contract.base.key, "contract.term"),
        false if contract.end.is_absent() && contract.start.is_absent() => (contract.base.key, "contract.start"),
        false => (contract.notice.get().map_or(contract.base.key, |notice| notice.base.key), "contract.notice"),
    };
    report
        .at(at, field, format!("The contract renews by itself; not every deadline can be worked out without {}.", and(&missing)))
        .help(format!("Write for example, under `contract`: {}.", and(&write)));
    Some(())
}
