use super::words::name;
use super::{Case, Report};
use crate::schema::Status;

rule! {
    /// Looks for vendors, active, at risk or exiting, where nothing says what happens to your information at the end.
    ///
    /// ## Why it matters
    ///
    /// Copies stay behind in mailboxes, drives and cupboards, long after everybody has forgotten them. Picture your customer list on a laptop that is sold two years later. Agree on return or destruction, within how many days, and on a line in writing that it was done. Common Paper Mutual Non-Disclosure Agreement, section 6; Regulation (EU) 2022/2554, Article 30(2)(d), asks for the recovery and return of data at the end.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// nda: {kind: mutual, signed: 2026-01-05, covers: [client list], confidentiality: {lasts: 3y, from: termination}}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// nda: {kind: mutual, signed: 2026-01-05, covers: [client list], confidentiality: {lasts: 3y, from: termination}, return: destroy}
    /// ```
    NDA003 "return-or-destroy-missing" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(Status::is_active)?;
    let at = report.missing(&case.playbook.nda, |nda| &nda.returns)?;
    let line = "return: {action: either, within: 30d, certificate: true}";
    let add = case.playbook.nda.get().and_then(|nda| report.add(&nda.base, line));
    report
        .at(at, "nda.return", format!("What does {} do with your information at the end? It is not recorded.", name(case.name())))
        .help(format!("Agree on it, then write `{line}` under `nda`."))
        .patch(add);
    Some(())
}
