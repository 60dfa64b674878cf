use super::words::said;
use super::{Case, Report};
use crate::schema::{DocumentKind, Field, Status};

rule! {
    /// Looks for a service that handles personal data while no data processing agreement is listed among the contract's documents.
    ///
    /// ## Why it matters
    ///
    /// Customers gave their names and addresses to you. If something goes wrong at the vendor's, it is you they ask. Picture a lost laptop with ten thousand orders on it and nothing in writing about who tells whom. List the agreement under `contract.documents` with `kind: dpa`. Regulation (EU) 2016/679, Article 28; Common Paper Professional Services Agreement, section 3.1, refers to such an agreement as well.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// services: [{name: Cleaning, personal_data: true}]
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// services: [{name: Cleaning, personal_data: true}]
    /// contract:
    ///   type: standalone
    ///   start: 2026-01-12
    ///   term: 24mo
    ///   renewal: {kind: none}
    ///   notice: 30d
    ///   documents: [{title: Data processing agreement, kind: dpa, signed: 2026-01-05}]
    /// ```
    NDA005 "personal-data-without-dpa" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(Status::is_current)?;
    let (n, service) = case.playbook.services.items().iter().enumerate().find(|(_, service)| service.personal_data.copied() == Some(true))?;
    let documents = match &case.playbook.contract {
        Field::Broken(_) => return None,
        Field::Absent => &[][..],
        Field::Given(contract, _) if contract.documents.is_unsure() => return None,
        Field::Given(contract, _) => contract.documents.items(),
    };
    if documents.iter().any(|document| document.kind.is_broken() || document.kind.copied() == Some(DocumentKind::Dpa)) {
        return None;
    }
    let name = service.name.text().map_or("A service".to_owned(), said);
    report
        .at(service.personal_data.span()?, format!("services[{n}].personal_data"), format!("{name} handles personal data, and no data processing agreement is listed."))
        .help("Sign one, then add to `contract.documents`: `- {title: ..., kind: dpa, signed: ...}`.");
    Some(())
}
