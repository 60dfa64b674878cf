use super::{Case, Report};
use crate::schema::{ContractType, Field, Status};

rule! {
    /// Looks for a contract that does not say how much notice you have to give, where the vendor is active, at risk or exiting.
    ///
    /// ## Why it matters
    ///
    /// Without the notice period there is no last day to write to the vendor, so no reminder can come in time. Picture wanting to leave in spring and finding out in April that the letter was due in February. If no notice is needed, write `0d`: then it is known, not forgotten. Regulation (EU) 2022/2554, Article 30(2)(h), asks for termination rights and minimum notice periods in contracts for ICT services.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// contract: {type: standalone, start: 2026-01-12, term: 24mo, renewal: {kind: none}}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// contract: {type: standalone, start: 2026-01-12, term: 24mo, renewal: {kind: none}, notice: 30d}
    /// ```
    CON003 "notice-missing" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(Status::is_active)?;
    let contract = case.playbook.contract.get()?;
    if contract.kind.is_broken() || contract.kind.copied() == Some(ContractType::None) {
        return None;
    }
    let at = match &contract.notice {
        Field::Absent => contract.base.key,
        Field::Given(notice, _) if notice.client.is_absent() => notice.base.key,
        _ => return None,
    };
    report
        .at(at, "contract.notice.client", format!("How much notice you owe {} is not recorded, so no reminder can come in time.", super::words::name(case.name())))
        .help(match contract.notice.is_absent() {
            true => "Write it under `contract`, as agreed: `notice: 30d`, or `notice: 0d` if none is needed.",
            false => "Write it under `contract.notice`, as agreed: `client: 30d`, or `client: 0d` if none is needed.",
        });
    Some(())
}
