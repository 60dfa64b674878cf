use super::{Case, Report};
use crate::schema::{ContractType, Field, Status};

rule! {
    /// Looks for a relationship that has begun without any contract on record: no `contract` at all, or `type: none` without a word on how you mean to end it.
    ///
    /// ## Why it matters
    ///
    /// Without terms, both sides remember a different promise, and the difference shows on the last day. Picture a helper who has come every week for two years: you want to stop, and nobody knows whether that means tomorrow or next quarter. A notice period that you intend to keep is a fair start, even when nothing is signed. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// status: onboarding
    /// contract: {type: none, start: 2026-11-02}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// status: onboarding
    /// contract: {type: none, start: 2026-11-02, notice: 14d}
    /// ```
    CON002 "no-contract-on-record" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(Status::is_started)?;
    let help = "Record them; or write how you mean to end it: `contract: {type: none, notice: 14d}`.";
    match &case.playbook.contract {
        Field::Absent => {
            let fence = report.fence();
            report.at(fence, "contract", "No contract terms are recorded, so nobody can say how this ends.").help(help);
        }
        Field::Given(contract, _) if contract.kind.copied() == Some(ContractType::None) => {
            let is_missing = match &contract.notice {
                Field::Absent => true,
                Field::Broken(_) => false,
                Field::Given(notice, _) => notice.client.is_absent(),
            };
            if is_missing {
                let line = if contract.notice.is_absent() { "notice: 14d" } else { "client: 14d" };
                let add = match contract.notice.get() {
                    Some(notice) => report.add(&notice.base, line),
                    None => report.add(&contract.base, line),
                };
                report
                    .at(contract.base.key, "contract.notice", "There are no written terms, and how much notice you would give is not recorded.")
                    .help(format!("Decide how you would end it, and write it down: `{line}`."))
                    .patch(add);
            }
        }
        _ => {}
    }
    Some(())
}
