use std::collections::BTreeMap;

rule! {
    /// Looks for a subcontractor that stands behind two vendors with different names. It looks at vendors from onboarding to exiting.
    ///
    /// ## Why it matters
    ///
    /// Behind two front doors there may be one cellar. When it floods, both shops close. Picture choosing a second provider for safety, and a single data centre that takes them both down. Ask each of them who works for them; if nothing can be changed, plan for both stopping on the same day. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// # alder.md
    /// regulatory: {dora: {subcontractors: [{name: Nordwind Data, rank: 2}]}}
    /// # birch.md
    /// title: Birch Laundry
    /// vendor: Birch Laundry Ltd
    /// contacts:
    ///   - {id: dana, name: Dana Reyes, role: owner, side: client, email: dana@harborpine.example}
    ///   - {id: lia, name: Lia Stone, role: [account_manager, practitioner], email: lia@birch.example}
    /// regulatory: {dora: {subcontractors: [{name: Nordwind Data, rank: 2}]}}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// # alder.md
    /// regulatory: {dora: {subcontractors: [{name: Nordwind Data, rank: 2}]}}
    /// # birch.md
    /// title: Birch Laundry
    /// vendor: Birch Laundry Ltd
    /// contacts:
    ///   - {id: dana, name: Dana Reyes, role: owner, side: client, email: dana@harborpine.example}
    ///   - {id: lia, name: Lia Stone, role: [account_manager, practitioner], email: lia@birch.example}
    /// regulatory: {dora: {subcontractors: [{name: Saltmarsh Archive, rank: 2}]}}
    /// ```
    POR004 "shared-subcontractor" Info, Library check
}

use super::words::{name, some};
use super::{Across, Portfolio};
use crate::diagnostic::Span;
use crate::schema::Status;

fn check(portfolio: &Portfolio<'_>, found: &mut Across) {
    let mut behind: BTreeMap<String, Vec<(usize, usize, Span, String)>> = BTreeMap::new();
    for (n, vendor) in portfolio.vendors.iter().enumerate().filter(|(_, vendor)| vendor.status().is_some_and(Status::is_current)) {
        let listed = vendor.playbook.regulatory.get().and_then(|regulatory| regulatory.dora.get()).map_or(&[][..], |dora| dora.subcontractors.items());
        for (k, subcontractor) in listed.iter().enumerate() {
            if let Some((name, at)) = subcontractor.name.given_at() {
                behind.entry(name.trim().to_lowercase()).or_default().push((n, k, at, name.clone()));
            }
        }
    }
    for places in behind.values() {
        let mut vendors: Vec<&str> = places.iter().map(|(n, ..)| portfolio.vendors[*n].name()).collect();
        vendors.sort_unstable_by_key(|vendor| crate::schema::slug(vendor));
        vendors.dedup_by_key(|vendor| crate::schema::slug(vendor));
        if vendors.len() < 2 {
            continue;
        }
        let (n, k, at, who) = &places[places.len() - 1];
        let names: Vec<String> = vendors.iter().map(|vendor| name(vendor)).collect();
        let message = format!("{} works for {}: if it stops, each of them may stop.", name(who), some(&names));
        found
            .at(portfolio, *n, *at, &format!("regulatory.dora.subcontractors[{k}]"), message)
            .help("Count it as one dependency, and name in `exit.alternatives` what does not rest on it.");
    }
}
