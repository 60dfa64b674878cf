//! The register: every vendor on one line.

use super::vendor::{badge, known_day, missing, money, rhythm, said, tier};
use super::{Book, days_words, vendor_link};
use crate::calendar::terms::Input;
use crate::calendar::{Date, Known, is_unreadable};
use crate::html::{self, Html, Table, date, mark, sub};
use crate::library::inside;
use crate::library::measures::{meets, newest};
use crate::library::{Protection, Vendor};
use crate::schema::{Access, Actual, Currency, Field, List, NoticeTo, Per, RenewalKind, Service, Side, Sla, Status};

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
    let services: Vec<&str> = playbook.services.items().iter().filter_map(|service| service.name.text()).collect();
    let service = if services.is_empty() { Html::default() } else { sub(Html::text(&services.join(", "))) };
    let errors = match vendor.errors() {
        0 => Html::default(),
        1 => sub(mark("bad", "1 error")),
        n => sub(mark("bad", &format!("{n} errors"))),
    };
    let critical = match &playbook.critical {
        Field::Given(true, _) => sub(Html::text("critical")),
        Field::Broken(_) => sub(html::unknown()),
        Field::Given(false, _) | Field::Absent => Html::default(),
    };
    vec![
        vendor_link(ROUTE, vendor).and(service).and(errors),
        badge(vendor).and(after(vendor, as_of)),
        vendor.person(&playbook.owner).map_or_else(|| missing(&playbook.owner), |name| Html::text(&name)),
        send_by(vendor, as_of),
        notice(vendor),
        known_day(&vendor.derived.clock.term_end),
        renewal(vendor),
        said(inside(&playbook.contract, |contract| contract.start.input()), date),
        tier(vendor).and(critical),
        value(vendor),
        data(vendor),
        match &vendor.derived.protection {
            Known::Yes { value: Protection::Through(day), .. } => date(*day),
            Known::Yes { value: Protection::Perpetual, .. } => Html::text("without end"),
            Known::No { why } => not_known(why),
        },
        open(vendor, as_of),
        levels(&playbook.slas, as_of),
        reviews(vendor, as_of),
        ready(vendor, as_of),
        said(inside(&playbook.exit, |exit| exit.tested.input()), date),
        said(inside(&playbook.debrief, |debrief| debrief.would_reengage.input()), |word| Html::text(&word.label())),
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
    if is_unreadable(why) { html::unknown() } else { html::dash() }
}

fn send_by(vendor: &Vendor, as_of: Date) -> Html {
    if matches!(vendor.status(), Some(Status::Ended | Status::Prospect)) {
        return html::dash();
    }
    let notice = &vendor.derived.notice;
    let theirs = if notice.by == Side::Vendor { sub(Html::text("theirs")) } else { Html::default() };
    match (&notice.send_by, vendor.derived.clock.earliest_end.date()) {
        (Known::Yes { value, .. }, _) => date(*value).in_tag("b").and(sub(Html::text(&days_words(as_of.days_until(*value))))).and(theirs),
        (Known::No { why }, _) if is_unreadable(why) => html::unknown(),
        (Known::No { .. }, Some(earliest)) => Html::text("any day").and(sub(Html::text("earliest end ").and(date(earliest)))),
        (Known::No { .. }, None) => html::dash(),
    }
}

fn notice(vendor: &Vendor) -> Html {
    let contract = &vendor.playbook.contract;
    let length = inside(contract, |contract| inside(&contract.notice, |notice| notice.client.input()));
    let to = inside(contract, |contract| inside(&contract.notice, |notice| notice.to.input()));
    let below = match to {
        Input::Given(to) if to != NoticeTo::Any => sub(Html::text(&format!("to {}", to.label()))),
        Input::Broken if !length.is_broken() => sub(html::unknown()),
        _ => Html::default(),
    };
    said(length, |days| Html::text(&days.0.words())).and(below)
}

fn renewal(vendor: &Vendor) -> Html {
    let contract = &vendor.playbook.contract;
    let kind = inside(contract, |contract| inside(&contract.renewal, |renewal| renewal.kind.input()));
    let term = inside(contract, |contract| inside(&contract.renewal, |renewal| renewal.term.input()));
    said(kind, |kind| {
        let kind = match kind {
            RenewalKind::None => "ends",
            RenewalKind::Auto => "automatic",
            RenewalKind::Option => "on request",
            RenewalKind::Evergreen => "runs on",
        };
        match term {
            Input::Absent => Html::text(kind),
            Input::Broken => Html::text(kind).and(sub(html::unknown())),
            Input::Given(term) => Html::text(&format!("{kind}, {}", term.0.words())),
        }
    })
}

fn value(vendor: &Vendor) -> Html {
    let parts = inside(&vendor.playbook.contract, |contract| {
        inside(&contract.value, |value| match (value.amount.input(), value.currency.input(), value.per.input()) {
            (Input::Given(amount), Input::Given(currency), Input::Given(per)) => Input::Given((amount.0, currency, per)),
            (Input::Broken, ..) | (_, Input::Broken, _) | (.., Input::Broken) => Input::Broken,
            _ => Input::Absent,
        })
    });
    said(parts, |(amount, currency, per)| a_year(amount, &currency, per))
}

fn a_year(amount: f64, currency: &Currency, per: Per) -> Html {
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
    let services = &vendor.playbook.services;
    let is_hidden = |service: &Service| service.data_location.is_unsure() || service.personal_data.is_broken();
    if services.is_unsure() || services.items().iter().any(is_hidden) {
        return html::unknown();
    }
    let services = services.items();
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

/// How much they can reach today.
fn open(vendor: &Vendor, as_of: Date) -> Html {
    let access = &vendor.playbook.access;
    let is_hidden = |access: &Access| access.revoked.is_broken() || access.granted.is_broken();
    match access {
        Field::Absent => html::dash(),
        access if access.is_unsure() || access.items().iter().any(is_hidden) => html::unknown(),
        access => Html::text(&access.items().iter().filter(|access| access.is_live(as_of)).count().to_string()),
    }
}

/// How the newest figure of each service level stands.
fn levels(slas: &Field<List<Sla>>, as_of: Date) -> Html {
    if slas.is_unsure() {
        return html::unknown();
    }
    let slas = slas.items();
    let states: Vec<bool> = slas.iter().filter_map(|sla| meets(sla, newest(sla, as_of)?)).collect();
    let missed = states.iter().filter(|met| !**met).count();
    let is_unread = |actual: &Actual| actual.period.is_broken() || actual.value.is_broken();
    let is_hidden = |sla: &Sla| sla.actuals.is_unsure() || sla.objective.is_broken() || sla.actuals.items().iter().any(is_unread);
    if missed == 0 && slas.iter().any(is_hidden) {
        return html::unknown();
    }
    match (slas.len(), states.len(), missed) {
        (0, _, _) => html::dash(),
        (_, 0, _) => mark("none", "nothing measured"),
        (_, _, 0) => mark("ok", "met"),
        (_, n, missed) => mark("bad", &format!("{missed} of {n} missed")),
    }
}

fn reviews(vendor: &Vendor, as_of: Date) -> Html {
    let reviews = &vendor.playbook.reviews;
    if reviews.is_unsure() || reviews.items().iter().any(|review| review.date.is_broken()) {
        return html::unknown();
    }
    let last = reviews.items().iter().filter_map(|review| review.date.copied()).filter(|day| *day <= as_of).max();
    let Some(last) = last else { return html::dash() };
    let next = match rhythm(vendor) {
        Input::Given(every) => date(vendor.workdays.plus(last, every)),
        Input::Broken => html::unknown(),
        Input::Absent => return date(last),
    };
    if vendor.status() == Some(Status::Ended) { date(last) } else { date(last).and(sub(Html::text("next ").and(next))) }
}
