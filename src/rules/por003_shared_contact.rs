use std::collections::BTreeMap;

rule! {
    /// Looks for one person, known by an e-mail address or a telephone number, who is the contact of two vendors with different names.
    ///
    /// ## Why it matters
    ///
    /// Two vendors that share their people are one risk, not two. If Kim falls ill, both stop. Picture counting on the second firm when the first one fails, and hearing the same voice on the phone. Often it is simply one vendor under two names: then use one name in both playbooks. If not, agree on a second contact for each, and give the reason in a waiver (`allow`). This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// # alder.md
    /// title: Alder Cleaning
    /// # birch.md
    /// title: Laundry
    /// vendor: Birch Laundry Ltd
    /// contacts:
    ///   - {id: dana, name: Dana Reyes, role: owner, side: client, email: dana@harborpine.example}
    ///   - {name: Kim Alder, role: [account_manager, practitioner], email: kim@alder.example}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// # alder.md
    /// title: Alder Cleaning
    /// # birch.md
    /// title: Laundry
    /// vendor: Alder Cleaning Ltd
    /// contacts:
    ///   - {id: dana, name: Dana Reyes, role: owner, side: client, email: dana@harborpine.example}
    ///   - {name: Kim Alder, role: [account_manager, practitioner], email: kim@alder.example}
    /// ```
    POR003 "shared-contact" Info, Library check
}

use super::words::{name, some};
use super::{Across, Portfolio};
use crate::diagnostic::Span;
use crate::schema::{Contact, Side, Status};

fn check(portfolio: &Portfolio<'_>, found: &mut Across) {
    let mut people: BTreeMap<String, Vec<(usize, usize, Span)>> = BTreeMap::new();
    for (n, vendor) in portfolio.vendors.iter().enumerate().filter(|(_, vendor)| vendor.status().is_some_and(|status| status != Status::Ended)) {
        for (k, contact) in vendor.playbook.contacts.items().iter().enumerate() {
            let theirs = contact.side.copied().unwrap_or(Side::Vendor) == Side::Vendor && !contact.side.is_broken();
            if let Some((key, at)) = reached_at(contact).filter(|_| theirs && !contact.is_gone(portfolio.as_of)) {
                people.entry(key).or_default().push((n, k, at));
            }
        }
    }
    for places in people.values() {
        let mut vendors: Vec<&str> = places.iter().map(|(n, ..)| portfolio.vendors[*n].name()).collect();
        vendors.sort_unstable_by_key(|vendor| crate::schema::slug(vendor));
        vendors.dedup_by_key(|vendor| crate::schema::slug(vendor));
        let (n, k, at) = places[places.len() - 1];
        if vendors.len() < 2 {
            continue;
        }
        let who = name(portfolio.vendors[n].playbook.contacts.items()[k].name.text().unwrap_or("One person"));
        let names: Vec<String> = vendors.iter().map(|vendor| name(vendor)).collect();
        let message = format!("{who} is a contact of {}: one person leaving would be felt at each.", some(&names));
        found
            .at(portfolio, n, at, &format!("contacts[{k}]"), message)
            .help("Use one vendor name if they are one; else agree on second contacts and say so in `allow`.");
    }
}

/// The address by which the same person can be told in two playbooks.
fn reached_at(contact: &Contact) -> Option<(String, Span)> {
    let email = contact.email.given_at().map(|(email, at)| (email.trim().to_lowercase(), at)).filter(|(email, _)| email.contains('@'));
    // The last nine digits: what stands before them is written in many ways.
    let digits = |phone: &str| {
        let all: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
        all[all.len().saturating_sub(9)..].iter().collect::<String>()
    };
    email.or_else(|| contact.phone.given_at().map(|(phone, at)| (digits(phone), at)).filter(|(digits, _)| digits.len() >= 7))
}
