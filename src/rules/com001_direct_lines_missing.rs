use super::facts::has_line;
use super::words::{name, or};
use super::{Case, Report};
use crate::schema::{Field, Role, Status, VendorKind};

rule! {
    /// Looks for a missing direct line: no contact who manages the account, or none who does the work. Where the vendor is one person, one contact is enough.
    ///
    /// ## Why it matters
    ///
    /// The account manager cannot know every detail of the work, and the person doing it cannot change the contract. If you can reach only one of them, the other half of every question waits. Picture a broken alarm at six in the evening and a number that reaches the sales office. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// contacts:
    ///   - {id: dana, name: Dana Reyes, role: owner, side: client, email: dana@harborpine.example}
    ///   - {id: kim, name: Kim Alder, role: account_manager, email: kim@alder.example}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// contacts:
    ///   - {id: dana, name: Dana Reyes, role: owner, side: client, email: dana@harborpine.example}
    ///   - {id: kim, name: Kim Alder, role: account_manager, email: kim@alder.example}
    ///   - {id: jo, name: Jo Marsh, role: practitioner, email: jo@alder.example}
    /// ```
    COM001 "direct-lines-missing" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(Status::is_started)?;
    if case.playbook.contacts.is_unsure() || case.playbook.vendor.is_broken() {
        return None;
    }
    let at = match &case.playbook.contacts {
        Field::Broken(_) => return None,
        Field::Absent => report.fence(),
        Field::Given(_, at) => report.key("contacts", *at),
    };
    let lines = [(Role::AccountManager, "account_manager", "manages the account"), (Role::Practitioner, "practitioner", "does the work")];
    let missing: Vec<_> = lines.iter().filter(|(role, ..)| !has_line(case.vendor, *role, case.as_of)).collect();
    let card = case.playbook.vendor.get();
    let is_person = card.is_some_and(|card| card.kind.is_broken() || card.kind.copied() == Some(VendorKind::Individual));
    if missing.is_empty() || is_person && missing.len() == 1 {
        return None;
    }
    let who: Vec<&str> = missing.iter().map(|(.., who)| *who).collect();
    let role = match missing.as_slice() {
        [(_, one, _)] => (*one).to_owned(),
        _ => "[account_manager, practitioner]".to_owned(),
    };
    report
        .at(at, "contacts", format!("For {}, there is no direct line to the person who {}, so questions wait.", name(case.name()), or(&who)))
        .help(format!("Add to `contacts`: `- {{name: ..., role: {role}, email: ...}}`."));
    Some(())
}
