use std::collections::HashMap;

rule! {
    /// Looks for somebody who has left according to one playbook, and who is still in charge in this or another one: as owner of a vendor from onboarding to exiting, or as admin or holder of open access.
    ///
    /// ## Why it matters
    ///
    /// People leave once, and stand in many lists. Picture an alarm at night, and the only person who can switch it off has worked elsewhere since October. Hand each of these tasks to somebody who is there, and tell the vendor the new name. People are matched by e-mail address, or by name where there is none. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// contacts:
    ///   - {id: dana, name: Dana Reyes, role: owner, side: client, email: dana@harborpine.example}
    ///   - {id: sam, name: Sam Osei, role: it, side: client, email: sam@harborpine.example, left: 2026-10-31}
    ///   - {id: kim, name: Kim Alder, role: account_manager, email: kim@alder.example}
    ///   - {id: jo, name: Jo Marsh, role: practitioner, email: jo@alder.example}
    /// access:
    ///   - {system: Alarm panel, kind: account, holder: jo, admin: sam, granted: 2026-01-12, checked: 2026-10-01}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// contacts:
    ///   - {id: dana, name: Dana Reyes, role: owner, side: client, email: dana@harborpine.example}
    ///   - {id: sam, name: Sam Osei, role: it, side: client, email: sam@harborpine.example, left: 2026-10-31}
    ///   - {id: kim, name: Kim Alder, role: account_manager, email: kim@alder.example}
    ///   - {id: jo, name: Jo Marsh, role: practitioner, email: jo@alder.example}
    /// access:
    ///   - {system: Alarm panel, kind: account, holder: jo, admin: dana, granted: 2026-01-12, checked: 2026-10-01}
    /// ```
    POR006 "left-but-in-charge" Warning, Library check
}

use super::facts::{same, system};
use super::words::{day, name};
use super::{Across, Portfolio};
use crate::calendar::Date;
use crate::diagnostic::Span;
use crate::library::Vendor;
use crate::schema::{Contact, Field, Person, Side, Status};

fn check(portfolio: &Portfolio<'_>, found: &mut Across) {
    let gone = gone(portfolio);
    if gone.is_empty() {
        return;
    }
    for (n, vendor) in portfolio.vendors.iter().enumerate() {
        let left = |person: &Field<Person>| -> Option<(Date, String, Span)> {
            let (person, at) = person.given_at()?;
            let contact = vendor.contact(&person.0);
            let key = contact.map_or_else(|| format!("client: {}", person.0.trim().to_lowercase()), key);
            let here = contact.filter(|contact| contact.is_gone(portfolio.as_of)).and_then(|contact| contact.left.copied());
            let date = here.or_else(|| gone.get(&key).copied())?;
            Some((date, name(vendor.names.person(&person.0)), at))
        };
        if vendor.status().is_some_and(Status::is_current)
            && let Some((date, who, at)) = left(&vendor.playbook.owner)
        {
            let message = format!("{who} left on {} and still owns this relationship.", day(date));
            found.at(portfolio, n, at, "owner", message).help("Name someone who is there: `owner: ...`.");
        }
        for (k, access) in vendor.playbook.access.items().iter().enumerate().filter(|(_, access)| access.is_live(portfolio.as_of)) {
            if let Some((date, who, at)) = left(&access.admin) {
                let message = format!("{who} left on {} and is still named as `admin`: {}.", day(date), system(access));
                found.at(portfolio, n, at, &format!("access[{k}].admin"), message).help("Hand it to someone who is there: `admin: ...`.");
            }
            let told_here = holder_left_here(vendor, &access.holder, portfolio.as_of);
            if let Some((date, who, at)) = left(&access.holder).filter(|_| !told_here) {
                let message = format!("{who} left on {} and still holds access: {}.", day(date), system(access));
                found
                    .at(portfolio, n, at, &format!("access[{k}].holder"), message)
                    .help(format!("Close it and write `revoked: {}`; or hand it over and write `holder: ...`.", portfolio.as_of));
            }
        }
    }
}

/// By address or name, everybody whom some playbook says has left.
fn gone(portfolio: &Portfolio<'_>) -> HashMap<String, Date> {
    let mut gone = HashMap::new();
    for contact in portfolio.vendors.iter().flat_map(|vendor| vendor.playbook.contacts.items()) {
        if let Some(left) = contact.left.copied().filter(|_| contact.is_gone(portfolio.as_of)) {
            gone.insert(key(contact), left);
        }
    }
    gone
}

/// What tells one person from another: the address, or the name where there is none.
fn key(contact: &Contact) -> String {
    match contact.email.text() {
        Some(email) => email.trim().to_lowercase(),
        // A name alone tells people apart only on one side.
        None => {
            let side = if contact.side.copied() == Some(Side::Client) { "client" } else { "vendor" };
            format!("{side}: {}", contact.name.text().unwrap_or_default().trim().to_lowercase())
        }
    }
}

/// True where the holder left by this very playbook, which another rule tells.
fn holder_left_here(vendor: &Vendor, holder: &Field<Person>, as_of: Date) -> bool {
    let Some(holder) = holder.get() else { return false };
    vendor.playbook.contacts.items().iter().any(|contact| {
        let is_it = contact.name.text().is_some_and(|name| same(name, vendor.names.person(&holder.0)));
        is_it && contact.is_gone(as_of)
    })
}
