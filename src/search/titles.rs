//! What there is to find, and the values that a query such as `owner:dana notice<60` asks for: a column each,
//! one value for each vendor.

use serde_json::{Value, json};

use super::{Catalogue, Entry, TEXTS};
use crate::calendar::Date;
use crate::library::Vendor;
use crate::schema::{Status, Tier};

pub fn json(catalogue: &Catalogue<'_>, keys: &[String]) -> Value {
    let as_of = catalogue.book.as_of();
    let vendors: Vec<&Vendor> =
        catalogue.entries.iter().map_while(|entry| if let Entry::Vendor(vendor) = entry { Some(*vendor) } else { None }).collect();
    let titles: Vec<String> = catalogue.entries.iter().map(Entry::title).collect();
    let slugs: Vec<&str> =
        vendors.iter().zip(&titles).map(|(vendor, title)| if plain_slug(title) == *vendor.slug { "" } else { &vendor.slug }).collect();
    let routes: Vec<String> = catalogue.entries[vendors.len()..].iter().map(Entry::route).collect();
    let codes = catalogue.entries.iter().filter(|entry| matches!(entry, Entry::Code(..))).count();
    let (owners, owner) = words(vendors.iter().map(|vendor| vendor.person(&vendor.playbook.owner).unwrap_or_default()));
    let country =
        |vendor: &&Vendor| vendor.playbook.vendor.get().and_then(|card| card.country.get()).map_or(String::new(), |code| code.0.clone());
    let (countries, country) = words(vendors.iter().map(country));
    let days = |day: fn(&Vendor) -> Option<Date>| numbers(vendors.iter().map(|vendor| day(vendor).map(|day| as_of.days_until(day))));
    json!({
        "keys": keys.join(" "),
        "texts": TEXTS,
        "asOf": as_of.to_string(),
        "titles": titles.join("\n"),
        "slugs": slugs.join("\n"),
        "routes": routes.join("\n"),
        "codes": codes,
        "statuses": Status::ALL.iter().map(|status| [status.word().to_owned(), status.label()]).collect::<Vec<_>>(),
        "status": choices(vendors.iter().map(|vendor| vendor.status().map(|status| status as usize))),
        "tiers": Tier::ALL.iter().map(|tier| [tier.word().to_owned(), tier.label()]).collect::<Vec<_>>(),
        "tier": choices(vendors.iter().map(|vendor| tier(vendor))),
        "critical": choices(vendors.iter().map(|vendor| critical(vendor))),
        "owners": owners,
        "owner": owner,
        "countries": countries,
        "country": country,
        "notice": numbers(vendors.iter().map(|vendor| notice(vendor))),
        "ends": days(ends),
        "sendby": days(send_by),
    })
}

/// The page name that a browser makes of a title, for leaving out what it can make itself.
fn plain_slug(title: &str) -> String {
    let parts = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

/// Every word once, in order, and for each vendor the number of its word.
fn words(values: impl Iterator<Item = String>) -> (Vec<String>, String) {
    let values: Vec<String> = values.collect();
    let mut all = values.clone();
    all.sort_unstable();
    all.dedup();
    let numbers = numbers(values.iter().map(|value| all.binary_search(value).ok().map(|n| n as i64)));
    (all, numbers)
}

fn numbers(values: impl Iterator<Item = Option<i64>>) -> String {
    values.map(|value| value.map_or(String::new(), |number| number.to_string())).collect::<Vec<_>>().join(",")
}

/// One digit a vendor.
fn choices(values: impl Iterator<Item = Option<usize>>) -> String {
    values.map(|value| value.and_then(|n| char::from_digit(n as u32, 10)).unwrap_or('-')).collect()
}

fn tier(vendor: &Vendor) -> Option<usize> {
    let tier = &vendor.playbook.tier;
    if tier.is_broken() { None } else { Some(tier.copied().unwrap_or(Tier::Operational) as usize) }
}

fn critical(vendor: &Vendor) -> Option<usize> {
    let critical = &vendor.playbook.critical;
    if critical.is_broken() { None } else { Some(usize::from(critical.copied() == Some(true))) }
}

/// The days of notice that we give.
fn notice(vendor: &Vendor) -> Option<i64> {
    let notice = vendor.playbook.contract.get()?.notice.get()?.client.copied()?;
    Some(notice.0.rough_days().round() as i64)
}

/// The last day where it is set, else the end of the term.
fn ends(vendor: &Vendor) -> Option<Date> {
    vendor.derived.termination.or_else(|| vendor.derived.clock.term_end.date())
}

/// As in the register.
fn send_by(vendor: &Vendor) -> Option<Date> {
    vendor.derived.notice.send_by.date().filter(|_| !matches!(vendor.status(), Some(Status::Ended | Status::Prospect)))
}
