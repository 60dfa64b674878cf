//! The register: every vendor on one line.

use super::vendor::{badge, money};
use super::{Book, days_words, vendor_link};
use crate::calendar::{Date, Known};
use crate::html::{self, Html, Table, date, mark, sub};
use crate::library::measures::{meets, newest};
use crate::library::{Protection, Vendor};
use crate::schema::{Per, RenewalKind, Side, Sla, Status};

const ROUTE: &str = "register.html";

/// Vendors up to which the register is one table. A browser lays a table out whole, and takes seconds over ten
/// thousand rows; of many it lays out those that are looked at.
const MANY: usize = 500;
/// Rows of one of many tables.
const PART: usize = 250;

pub fn table(book: &Book) -> Html {
    let as_of = book.as_of();
    let heads = [
        "Vendor",
        "Status",
        "Owner",
        "Send notice by",
        "Notice",
        "Term end",
        "Renewal",
        "Start",
        "Tier",
        "Value a year",
        "Data",
        "NDA until",
        "Open access",
        "Service levels",
        "Reviews",
        "Exit readiness",
        "Exit tested",
        "Work again",
    ];
    let mut vendors: Vec<&Vendor> = book.library.vendors.iter().collect();
    vendors.sort_by_cached_key(|vendor| (vendor.name().to_lowercase(), vendor.slug.clone()));
    let caption = match vendors.len() {
        1 => "1 vendor".to_owned(),
        n => format!("{n} vendors, by name"),
    };
    // Row by row: ten thousand of them are not held as cells.
    let table = |caption: String, vendors: &[&Vendor], class: &str, label: &str| {
        let region = format!("<div class=\"{class}\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">");
        let rows = vendors.iter().map(|vendor| row(vendor, as_of));
        Table { caption, heads: heads.map(str::to_owned).into(), rows }.html_in(&region)
    };
    if vendors.len() <= MANY {
        return table(caption, &vendors, "table wide", "Register of vendors");
    }
    let letters: Vec<&[&Vendor]> = vendors.chunk_by(|a, b| letter(a) == letter(b)).collect();
    let jump = |(n, group): (usize, &&[&Vendor])| {
        let count = Html::made(format!(" <span class=\"num\">{}</span>", group.len()));
        html::link(&format!("#letter-{n}"), &letter(group[0])).and(count).in_tag("li")
    };
    let jumps = letters.iter().enumerate().map(jump).fold(Html::default(), Html::and);
    let mut out = jumps.with_class("ul", "jumps");
    for (n, group) in letters.iter().enumerate() {
        let (name, count) = (letter(group[0]), group.len());
        out = out.and(Html::made(format!("<h2 id=\"letter-{n}\">"))).and_text(&name).and(Html::made("</h2>\n".to_owned()));
        for (n, part) in group.chunks(PART).enumerate() {
            let (first, last) = (n * PART + 1, n * PART + part.len());
            let caption =
                if count <= PART { format!("{count} under {name}") } else { format!("{first} to {last} of {count} under {name}") };
            out = out.and(table(caption.clone(), part, "table wide part", &format!("Register of vendors: {caption}")));
        }
    }
    out.with_class("div", "letters")
}

/// What a vendor stands under: the first letter of its name, or one sign for all that begin with something else.
fn letter(vendor: &Vendor) -> String {
    match vendor.name().chars().next() {
        Some(first) if first.is_alphabetic() => first.to_uppercase().collect(),
        _ => "#".to_owned(),
    }
}

fn row(vendor: &Vendor, as_of: Date) -> Vec<Html> {
    let playbook = &vendor.playbook;
    let contract = playbook.contract.get();
    let services: Vec<&str> = playbook.services.items().iter().filter_map(|service| service.name.text()).collect();
    let service = if services.is_empty() { Html::default() } else { sub(Html::text(&services.join(", "))) };
    let errors = match vendor.errors() {
        0 => Html::default(),
        n => sub(mark("bad", &format!("{n} errors"))),
    };
    let text = |text: Option<String>| text.map_or_else(html::dash, |text| Html::text(&text));
    let tier = playbook.tier.copied().map_or("operational".to_owned(), |tier| tier.label());
    let critical = if playbook.critical.copied() == Some(true) { sub(Html::text("critical")) } else { Html::default() };
    let exit = playbook.exit.get();
    let again = playbook.debrief.get().and_then(|debrief| debrief.would_reengage.copied()).map(|word| word.label());
    let open = playbook.access.get().map(|_| playbook.access.items().iter().filter(|access| access.is_live(as_of)).count().to_string());
    vec![
        vendor_link(ROUTE, vendor).and(service).and(errors),
        badge(vendor).and(after(vendor, as_of)),
        text(vendor.person(&playbook.owner)),
        send_by(vendor, as_of),
        notice(vendor),
        known(&vendor.derived.clock.term_end),
        renewal(vendor),
        contract.and_then(|contract| contract.start.copied()).map_or_else(html::dash, date),
        Html::text(&tier).and(critical),
        value(vendor),
        data(vendor),
        match &vendor.derived.protection {
            Known::Yes { value: Protection::Through(day), .. } => date(*day),
            Known::Yes { value: Protection::Perpetual, .. } => Html::text("without end"),
            Known::No { why } => not_known(why),
        },
        text(open),
        levels(playbook.slas.items(), as_of),
        reviews(vendor, as_of),
        ready(vendor, as_of),
        exit.and_then(|exit| exit.tested.copied()).map_or_else(html::dash, date),
        text(again),
    ]
}

/// What still goes on with a vendor that has left.
fn after(vendor: &Vendor, as_of: Date) -> Html {
    let ended = (vendor.status() == Some(Status::Ended)).then(|| crate::exit::plan(vendor, as_of));
    ended.and_then(|plan| super::vendor::survival::in_short(vendor, &plan)).map_or_else(Html::default, sub)
}

/// `12 of 15`.
pub fn ready(vendor: &Vendor, as_of: Date) -> Html {
    let ready = crate::readiness::exit(vendor, as_of);
    Html::text(&format!("{} of {}", ready.met, ready.of)).with_class("span", "num")
}

fn not_known(why: &str) -> Html {
    if why.starts_with("not known") { html::unknown() } else { html::dash() }
}

fn known(fact: &Known<Date>) -> Html {
    match fact {
        Known::Yes { value, .. } => date(*value),
        Known::No { why } => not_known(why),
    }
}

fn send_by(vendor: &Vendor, as_of: Date) -> Html {
    if matches!(vendor.status(), Some(Status::Ended | Status::Prospect)) {
        return html::dash();
    }
    let notice = &vendor.derived.notice;
    let theirs = if notice.by == Side::Vendor { sub(Html::text("theirs")) } else { Html::default() };
    match (&notice.send_by, vendor.derived.clock.earliest_end.date()) {
        (Known::Yes { value, .. }, _) => date(*value).in_tag("b").and(sub(Html::text(&days_words(as_of.days_until(*value))))).and(theirs),
        (Known::No { why }, _) if why.starts_with("not known") => html::unknown(),
        (Known::No { .. }, Some(earliest)) => Html::text("any day").and(sub(Html::text("earliest end ").and(date(earliest)))),
        (Known::No { .. }, None) => html::dash(),
    }
}

fn notice(vendor: &Vendor) -> Html {
    let Some(contract) = vendor.playbook.contract.get() else {
        return html::dash();
    };
    match contract.notice.get() {
        Some(notice) => {
            let length = notice.client.copied().map_or_else(
                || {
                    if notice.client.is_broken() { html::unknown() } else { html::dash() }
                },
                |days| Html::text(&days.0.words()),
            );
            notice
                .to
                .copied()
                .filter(|to| *to != crate::schema::NoticeTo::Any)
                .map_or(length.clone(), |to| length.and(sub(Html::text(&format!("to {}", to.label())))))
        }
        None if contract.notice.is_broken() => html::unknown(),
        None => html::dash(),
    }
}

fn renewal(vendor: &Vendor) -> Html {
    let renewal = vendor.playbook.contract.get().and_then(|contract| contract.renewal.get());
    let kind = match renewal.and_then(|renewal| renewal.kind.copied()) {
        None => return html::dash(),
        Some(RenewalKind::None) => "ends",
        Some(RenewalKind::Auto) => "automatic",
        Some(RenewalKind::Option) => "on request",
        Some(RenewalKind::Evergreen) => "runs on",
    };
    let term = renewal.and_then(|renewal| renewal.term.copied()).map_or(String::new(), |term| format!(", {}", term.0.words()));
    Html::text(&format!("{kind}{term}"))
}

fn value(vendor: &Vendor) -> Html {
    let value = vendor.playbook.contract.get().and_then(|contract| contract.value.get());
    let parts = value.and_then(|value| Some((value.amount.copied()?.0, value.currency.get()?, value.per.copied()?)));
    let Some((amount, currency, per)) = parts else {
        return html::dash();
    };
    let (a_year, suffix) = match per {
        Per::Month => (12.0 * amount, ""),
        Per::Quarter => (4.0 * amount, ""),
        Per::Year => (amount, ""),
        Per::Project => (amount, " for the project"),
        Per::Hour => (amount, " an hour"),
    };
    Html::text(&format!("{currency} {}{suffix}", money(a_year))).with_class("span", "num")
}

fn data(vendor: &Vendor) -> Html {
    let services = vendor.playbook.services.items();
    let mut places: Vec<&str> =
        services.iter().flat_map(|service| service.data_location.items().iter().map(|country| country.0.as_str())).collect();
    places.sort_unstable();
    places.dedup();
    let personal = services.iter().any(|service| service.personal_data.copied() == Some(true));
    let said = services.iter().any(|service| !service.personal_data.is_absent());
    let mut parts: Vec<String> = places.into_iter().map(str::to_owned).collect();
    if personal {
        parts.push("personal".to_owned());
    } else if said {
        parts.push("not personal".to_owned());
    }
    if parts.is_empty() { html::dash() } else { Html::text(&parts.join(", ")) }
}

/// How the newest figure of each service level stands.
fn levels(slas: &[Sla], as_of: Date) -> Html {
    let states: Vec<bool> = slas.iter().filter_map(|sla| meets(sla, newest(sla, as_of)?)).collect();
    let missed = states.iter().filter(|met| !**met).count();
    match (slas.len(), states.len(), missed) {
        (0, _, _) => html::dash(),
        (_, 0, _) => mark("none", "nothing measured"),
        (_, _, 0) => mark("ok", "met"),
        (_, n, missed) => mark("bad", &format!("{missed} of {n} missed")),
    }
}

fn reviews(vendor: &Vendor, as_of: Date) -> Html {
    let last = vendor.playbook.reviews.items().iter().filter_map(|review| review.date.copied()).filter(|day| *day <= as_of).max();
    let every = vendor.playbook.communication.get().and_then(|talk| {
        let steady = talk.cadence.items().iter().filter(|entry| entry.phase.copied() == Some(crate::schema::Phase::Steady));
        steady.filter_map(|entry| entry.every.copied()).min_by(|a, b| a.0.rough_days().total_cmp(&b.0.rough_days()))
    });
    match (last, every) {
        (Some(day), Some(every)) if vendor.status() != Some(Status::Ended) => {
            date(day).and(sub(Html::text("next ").and(date(vendor.workdays.plus(day, every.0)))))
        }
        (Some(day), _) => date(day),
        (None, _) => html::dash(),
    }
}
