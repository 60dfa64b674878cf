use super::facts::item;
use super::words::said;
use super::{Case, Report};
use crate::schema::Status;

rule! {
    /// Looks for a deliverable that does not say who owns the rights in it, or how it is accepted.
    ///
    /// ## Why it matters
    ///
    /// Paying for something and owning it are two different things. And without a rule for acceptance, nothing is ever quite finished. Picture wanting to reprint a brochure and learning that its pictures belong to somebody else. Common Paper Professional Services Agreement, standard terms, sections 1.4 and 2.1, cover acceptance and rights in the work.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// deliverables: [{name: Cleaning log, format: PDF}]
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// deliverables: [{name: Cleaning log, format: PDF, owner_of_rights: client, acceptance: {criteria: one page a week, within: 5bd}}]
    /// ```
    DEL002 "rights-or-acceptance-missing" Info, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(|status| status != Status::Ended)?;
    for (n, deliverable) in case.playbook.deliverables.items().iter().enumerate() {
        let name = deliverable.name.text().map_or("this deliverable".to_owned(), said);
        let (question, help) = match (deliverable.owner_of_rights.is_absent(), deliverable.acceptance.is_absent()) {
            (false, false) => continue,
            (true, true) => (format!("Who owns {name}, and how do you accept it?"), "Add `owner_of_rights: client` and `acceptance: {criteria: ..., within: 5bd}`."),
            (true, false) => (format!("Who owns {name}?"), "Add `owner_of_rights: client`, or `vendor`, `joint`, `licence`."),
            (false, true) => (format!("How do you accept {name}?"), "Add `acceptance: {criteria: ..., within: 5bd}`."),
        };
        report.at(item(deliverable.base.at), format!("deliverables[{n}]"), format!("{question} It is not recorded.")).help(help);
    }
    Some(())
}
