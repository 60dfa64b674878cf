use std::collections::BTreeMap;

rule! {
    /// Looks for two or more vendors with different names that left within the last 24 months and offered a service of the same name, or with the same `id`.
    ///
    /// ## Why it matters
    ///
    /// When one vendor after another fails at the same job, the job may be the trouble: the brief, the price, or the way it is handed over. Picture the third cleaner who never gets a key. Read the debriefs side by side before you look for the next one. Where the jobs were in truth different ones, give the services names and ids of their own. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// # alder.md
    /// status: ended
    /// services: [{name: Cleaning}]
    /// exit:
    ///   template: none
    ///   reason: mutual
    ///   termination_date: 2026-03-31
    ///   steps:
    ///     - {id: P3, done: 2026-02-02}
    ///     - {id: P4, done: 2026-02-02}
    ///     - {id: H2, done: 2026-03-31}
    ///     - {id: A2, done: 2026-03-31}
    ///     - {id: C6, done: 2026-04-08}
    /// debrief: {date: 2026-04-08, work_summary: Daily cleaning, lessons: [Agree on the rooms first], would_reengage: maybe}
    /// # birch.md
    /// title: Birch Laundry
    /// vendor: Birch Laundry Ltd
    /// contacts:
    ///   - {id: dana, name: Dana Reyes, role: owner, side: client, email: dana@harborpine.example}
    ///   - {id: lia, name: Lia Stone, role: [account_manager, practitioner], email: lia@birch.example}
    /// status: ended
    /// services: [{name: Cleaning}]
    /// exit:
    ///   template: none
    ///   reason: mutual
    ///   termination_date: 2026-09-30
    ///   steps:
    ///     - {id: P3, done: 2026-08-03}
    ///     - {id: P4, done: 2026-08-03}
    ///     - {id: H2, done: 2026-09-30}
    ///     - {id: A2, done: 2026-09-30}
    ///     - {id: C6, done: 2026-10-07}
    /// debrief: {date: 2026-10-07, work_summary: Daily cleaning, lessons: [Agree on the rooms first], would_reengage: maybe}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// # alder.md
    /// status: ended
    /// services: [{name: Cleaning}]
    /// exit:
    ///   template: none
    ///   reason: mutual
    ///   termination_date: 2026-03-31
    ///   steps:
    ///     - {id: P3, done: 2026-02-02}
    ///     - {id: P4, done: 2026-02-02}
    ///     - {id: H2, done: 2026-03-31}
    ///     - {id: A2, done: 2026-03-31}
    ///     - {id: C6, done: 2026-04-08}
    /// debrief: {date: 2026-04-08, work_summary: Daily cleaning, lessons: [Agree on the rooms first], would_reengage: maybe}
    /// # birch.md
    /// title: Birch Laundry
    /// vendor: Birch Laundry Ltd
    /// contacts:
    ///   - {id: dana, name: Dana Reyes, role: owner, side: client, email: dana@harborpine.example}
    ///   - {id: lia, name: Lia Stone, role: [account_manager, practitioner], email: lia@birch.example}
    /// status: ended
    /// services: [{name: Laundry}]
    /// exit:
    ///   template: none
    ///   reason: mutual
    ///   termination_date: 2026-09-30
    ///   steps:
    ///     - {id: P3, done: 2026-08-03}
    ///     - {id: P4, done: 2026-08-03}
    ///     - {id: H2, done: 2026-09-30}
    ///     - {id: A2, done: 2026-09-30}
    ///     - {id: C6, done: 2026-10-07}
    /// debrief: {date: 2026-10-07, work_summary: Daily cleaning, lessons: [Agree on the rooms first], would_reengage: maybe}
    /// ```
    POR005 "vendor-churn" Info, Library check
}

use super::words::{name, said, some};
use super::{Across, Portfolio};
use crate::calendar::Date;
use crate::schema::{Status, Value};

fn check(portfolio: &Portfolio<'_>, found: &mut Across) {
    let since = portfolio.as_of.plus_months(-24);
    let mut ended: BTreeMap<String, Vec<(Date, usize, usize)>> = BTreeMap::new();
    for (n, vendor) in portfolio.vendors.iter().enumerate().filter(|(_, vendor)| vendor.status() == Some(Status::Ended)) {
        let Some(last) = vendor.derived.termination.filter(|last| (since..=portfolio.as_of).contains(last)) else { continue };
        for (k, service) in vendor.playbook.services.items().iter().enumerate() {
            let by_name = service.name.text().map(crate::schema::slug);
            let id = service.identity().map(|(id, _)| id);
            let mut keys: Vec<String> = by_name.into_iter().chain(id).collect();
            keys.dedup();
            keys.into_iter().for_each(|key| ended.entry(key).or_default().push((last, n, k)));
        }
    }
    let mut told: Vec<(usize, usize)> = Vec::new();
    for places in ended.values_mut() {
        places.sort_unstable();
        let mut vendors: Vec<&str> = places.iter().map(|(_, n, _)| portfolio.vendors[*n].name()).collect();
        vendors.sort_unstable_by_key(|vendor| crate::schema::slug(vendor));
        vendors.dedup_by_key(|vendor| crate::schema::slug(vendor));
        let (_, n, k) = places[places.len() - 1];
        if vendors.len() < 2 || told.contains(&(n, k)) {
            continue;
        }
        told.push((n, k));
        let service = &portfolio.vendors[n].playbook.services.items()[k];
        let Some((what, at)) = service.name.given_at() else { continue };
        let names: Vec<String> = vendors.iter().map(|vendor| name(vendor)).collect();
        let message = format!("{} vendors for {} left within 24 months: {}. Perhaps the job itself is the trouble.", vendors.len(), said(what), some(&names));
        found
            .at(portfolio, n, at, &format!("services[{k}]"), message)
            .help("Read their debriefs side by side before the next one, your own part first.");
    }
}
