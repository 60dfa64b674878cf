use super::facts::item;
use super::words::said;
use super::{Case, Report};
use crate::schema::Status;

rule! {
    /// Looks for a deliverable without the format in which it is handed over, where the vendor is active, at risk or exiting.
    ///
    /// ## Why it matters
    ///
    /// Files that nobody can open are not a handover. Picture a year of designs on a disk, in a program that only the old agency had. Agree on the format today, while it is a question of taste; on the last day it is a question of money. Regulation (EU) 2022/2554, Article 30(2)(d), asks that data come back in an easily accessible format.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// deliverables: [{name: Cleaning log, owner_of_rights: client, acceptance: {criteria: one page a week, within: 5bd}}]
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// deliverables: [{name: Cleaning log, format: PDF, owner_of_rights: client, acceptance: {criteria: one page a week, within: 5bd}}]
    /// ```
    DEL001 "handover-format-missing" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(Status::is_active)?;
    for (n, deliverable) in case.playbook.deliverables.items().iter().enumerate() {
        if deliverable.format.is_absent() {
            let name = deliverable.name.text().map_or("this deliverable".to_owned(), said);
            report
                .at(item(deliverable.base.at), format!("deliverables[{n}].format"), format!("In which format is {name} handed over? It is not agreed."))
                .help("Agree on it now, while it is easy: `format: CSV`.");
        }
    }
    Some(())
}
