use std::collections::BTreeMap;

rule! {
    /// Looks for one person who owns every strategic vendor from onboarding to exiting, where there are at least two, without a `backup` on that person's contact in any of them.
    ///
    /// ## Why it matters
    ///
    /// One illness, and nobody knows what was agreed with the firms you depend on most. Picture Dana on a ship for three weeks, and both contracts up for decision in the second one. Give one of the vendors another owner, or name who stands in. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// # alder.md
    /// tier: strategic
    /// # birch.md
    /// title: Birch Laundry
    /// vendor: Birch Laundry Ltd
    /// tier: strategic
    /// contacts:
    ///   - {id: dana, name: Dana Reyes, role: owner, side: client, email: dana@harborpine.example}
    ///   - {id: lia, name: Lia Stone, role: [account_manager, practitioner], email: lia@birch.example}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// # alder.md
    /// tier: strategic
    /// # birch.md
    /// title: Birch Laundry
    /// vendor: Birch Laundry Ltd
    /// tier: strategic
    /// contacts:
    ///   - {id: dana, name: Dana Reyes, role: owner, side: client, email: dana@harborpine.example, backup: Sam Osei}
    ///   - {id: lia, name: Lia Stone, role: [account_manager, practitioner], email: lia@birch.example}
    /// ```
    POR001 "one-owner-for-all-strategic" Info, Library check
}

use super::facts::{contact, same};
use super::words::{name, some};
use super::{Across, Portfolio};
use crate::library::Vendor;
use crate::schema::{Status, Tier};

fn check(portfolio: &Portfolio<'_>, found: &mut Across) {
    let is_strategic = |vendor: &Vendor| vendor.playbook.tier.copied() == Some(Tier::Strategic) && vendor.status().is_some_and(Status::is_current);
    let mut by_vendor: BTreeMap<String, usize> = BTreeMap::new();
    for (n, vendor) in portfolio.vendors.iter().enumerate().filter(|(_, vendor)| is_strategic(vendor)) {
        by_vendor.entry(vendor.name().trim().to_lowercase()).or_insert(n);
    }
    let strategic: Vec<usize> = by_vendor.into_values().collect();
    let Some((first, rest)) = strategic.split_first().filter(|(_, rest)| !rest.is_empty()) else { return };
    let all = || portfolio.vendors.iter().filter(|vendor| is_strategic(vendor));
    let Some(owner) = portfolio.vendors[*first].person(&portfolio.vendors[*first].playbook.owner) else { return };
    let one_for_all = all().all(|vendor| vendor.person(&vendor.playbook.owner).is_some_and(|other| same(&other, &owner)));
    let has_backup = all().any(|vendor| contact(vendor, &vendor.playbook.owner).is_some_and(|contact| !contact.backup.is_absent()));
    let Some(at) = portfolio.vendors[*first].playbook.owner.span().filter(|_| one_for_all && !has_backup) else { return };
    let names: Vec<String> = std::iter::once(first).chain(rest).map(|n| name(portfolio.vendors[*n].name())).collect();
    let message = format!("{} owns every strategic vendor ({}), and nobody stands in.", name(&owner), some(&names));
    found.at(portfolio, *first, at, "owner", message).help("Name a stand-in on the owner's contact: `backup: ...`; or give one vendor another owner.");
}
