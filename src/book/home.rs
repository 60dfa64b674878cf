//! The home page: what needs attention, what comes in the next 90 days, who is leaving, who is there.

use super::attention::{self, Rank};
use super::events::{self, Event, Kind};
use super::vendor::said;
use super::{Book, ago, vendor_link};
use crate::calendar::terms::Input;
use crate::calendar::{Date, UNREADABLE};
use crate::diagnostic::{Diagnostic, Lines, Severity};
use crate::exit::{self, ExitPlan};
use crate::html::{self, Html, Table, date, link, sub};
use crate::library::{Vendor, inside, routes};
use crate::schema::Status;

const ROUTE: &str = "index.html";
/// How far ahead the home page looks, in days.
const AHEAD: i64 = 90;
/// Rows a table of the home page shows; the register and the calendar have all.
const MOST: usize = 60;
/// Steps of one exit in the list of what comes; its checklist has all.
const STEPS: usize = 3;

pub struct Home {
    pub strip: Vec<(&'static str, Html, String)>,
    pub attention: Html,
    pub next: Html,
    pub exits: Html,
    pub quiet: Html,
    pub vendors: Html,
}

pub fn page(book: &Book) -> Home {
    let as_of = book.as_of();
    let mut coming: Vec<(Event, &Vendor)> = Vec::new();
    let mut urgent: Vec<(Rank, &Vendor, &Diagnostic)> = Vec::new();
    let (mut leaving, mut overdue): (Vec<(&Vendor, ExitPlan)>, usize) = (Vec::new(), 0);
    for vendor in &book.library.vendors {
        let plan = vendor.is_leaving().then(|| exit::plan(vendor, as_of));
        let mut steps = 0;
        let soon = |event: &Event| {
            steps += usize::from(event.kind == Kind::Step);
            (as_of..=as_of.plus_days(AHEAD)).contains(&event.date) && (event.kind != Kind::Step || steps <= STEPS)
        };
        coming.extend(events::all(vendor, plan.as_ref(), as_of).into_iter().filter(soon).map(|event| (event, vendor)));
        let warnings = vendor.findings.iter().filter(|finding| finding.severity >= Severity::Warning);
        urgent.extend(warnings.map(|finding| (attention::rank(finding), vendor, finding)));
        if let Some(plan) = plan.filter(|_| vendor.status() != Some(Status::Ended)) {
            overdue += plan.overdue();
            // A plan is large: those that no row shows are not kept.
            if leaving.len() < MOST {
                leaving.push((vendor, plan));
            }
        }
    }
    urgent.sort_by_key(|(rank, ..)| *rank);
    coming.sort_by(|a, b| (a.0.date, a.0.kind, &a.1.slug, &a.0.what).cmp(&(b.0.date, b.0.kind, &b.1.slug, &b.0.what)));
    Home {
        strip: strip(book, &coming, overdue),
        attention: attention(&urgent, book),
        next: next(&coming, as_of),
        exits: exits(&leaving),
        quiet: quiet(book),
        vendors: vendors(book),
    }
}

fn strip(book: &Book, coming: &[(Event, &Vendor)], overdue: usize) -> Vec<(&'static str, Html, String)> {
    let count = |status: Status| book.library.vendors.iter().filter(|vendor| vendor.status() == Some(status)).count();
    let next = coming.first().map_or_else(|| (html::dash(), String::new()), |(event, vendor)| (date(event.date), vendor.name().to_owned()));
    // A vendor whose status cannot be read may be one of them.
    let unread = match book.library.vendors.iter().filter(|vendor| vendor.playbook.status.is_broken()).count() {
        0 => String::new(),
        n => format!("{n} {UNREADABLE}"),
    };
    let number = |n: usize| Html::text(&n.to_string());
    vec![
        ("Vendors", number(book.library.vendors.len()), String::new()),
        ("Next date", next.0, next.1),
        ("Overdue steps", number(overdue), String::new()),
        ("Leaving", number(count(Status::Exiting)), unread.clone()),
        ("At risk", number(count(Status::AtRisk)), unread),
        ("As of", date(book.as_of()), String::new()),
    ]
}

fn attention(urgent: &[(Rank, &Vendor, &Diagnostic)], book: &Book) -> Html {
    if urgent.is_empty() {
        return Html::default();
    }
    let mut list = attention::List::new(book, ROUTE);
    for (_, vendor, finding) in urgent.iter().take(MOST) {
        list.add(Some(vendor_link(ROUTE, vendor)), finding, &Lines::of(&vendor.text));
    }
    let shown = list.html();
    match urgent.len().saturating_sub(MOST) {
        0 => shown,
        more => shown.and(Html::text(&format!("And {more} more, each on its vendor's page.")).in_tag("p")),
    }
}

fn next(coming: &[(Event, &Vendor)], as_of: Date) -> Html {
    if coming.is_empty() {
        return Html::default();
    }
    let rows = coming.iter().take(MOST).map(|(event, vendor)| {
        let owner = said(event.owner.as_ref(), |owner| Html::text(owner));
        let days = match as_of.days_until(event.date) {
            0 => "today".to_owned(),
            1 => "1 day".to_owned(),
            n => format!("{n} days"),
        };
        vec![date(event.date), Html::text(&days), vendor_link(ROUTE, vendor), Html::text(&event.what), owner]
    });
    let heads = ["Date", "In", "Vendor", "What", "Owner"].map(str::to_owned).into();
    let table = Table { caption: "What comes up, soonest first".to_owned(), heads, rows }.html();
    match coming.len().saturating_sub(MOST) {
        0 => table,
        more => table.and(Html::text(&format!("And {more} more: ")).and(link("calendar.html", "see the calendar")).in_tag("p")),
    }
}

fn exits(leaving: &[(&Vendor, ExitPlan)]) -> Html {
    if leaving.is_empty() {
        return Html::default();
    }
    let rows = leaving.iter().map(|(vendor, plan)| {
        let closed = plan.count("done") + plan.count("skipped");
        let unknown = match plan.count("unknown") {
            0 => String::new(),
            n => format!(", {n} {UNREADABLE}"),
        };
        let steps = format!("{closed} of {} closed, {} overdue{unknown}", plan.steps.len(), plan.overdue());
        let next =
            plan.next_open().and_then(|step| Some(Html::text(&format!("{} ", step.id)).and(date(step.due?)))).unwrap_or_else(html::dash);
        let sheet = link(&routes::encode(&routes::pack_page(&vendor.slug)), "Exit pack");
        let last = match inside(&vendor.playbook.exit, |exit| exit.termination_date.input()) {
            Input::Absent => Html::text("not set"),
            last => said(last, date),
        };
        vec![vendor_link(ROUTE, vendor).and(sub(Html::text(&services(vendor)))), last, Html::text(&steps), next, sheet]
    });
    let heads = ["Vendor", "Last day", "Steps", "Next step", "Sheets"].map(str::to_owned).into();
    Table { caption: "Vendors that are leaving".to_owned(), heads, rows }.html()
}

/// Running vendors nobody has heard from for more than 45 days.
fn quiet(book: &Book) -> Html {
    let as_of = book.as_of();
    let mut silent: Vec<(Date, &Vendor)> = Vec::new();
    for vendor in book.library.vendors.iter().filter(|vendor| matches!(vendor.status(), Some(Status::Active | Status::AtRisk))) {
        silent.extend(vendor.derived.last_heard.date().filter(|day| day.days_until(as_of) > 45).map(|day| (day, vendor)));
    }
    silent.sort_by_key(|(day, vendor)| (*day, vendor.slug.clone()));
    if silent.is_empty() {
        return Html::default();
    }
    let rows = silent.iter().take(MOST).map(|(day, vendor)| {
        let words = Html::text(&format!(", last heard {}", ago(day.days_until(as_of))));
        date(*day).in_tag("span").and(vendor_link(ROUTE, vendor).and(words).in_tag("span"))
    });
    html::list(rows).of_class("dates")
}

fn vendors(book: &Book) -> Html {
    let vendors = &book.library.vendors;
    if vendors.is_empty() {
        return Html::default();
    }
    let mut sorted: Vec<&Vendor> = vendors.iter().collect();
    sorted.sort_by_key(|vendor| (vendor.status(), vendor.slug.clone()));
    let rows = sorted.iter().take(MOST).map(|vendor| {
        let owner = said(vendor.playbook.owner.input(), |person| Html::text(vendor.names.person(&person.0)));
        let next = next_date(vendor);
        let name = vendor_link(ROUTE, vendor).and(if vendor.title() == vendor.name() {
            Html::default()
        } else {
            sub(Html::text(&services(vendor)))
        });
        vec![name, super::vendor::badge(vendor), owner, next, super::register::ready(vendor, book.as_of())]
    });
    let heads = ["Vendor", "Status", "Owner", "Next date", "Exit readiness"].map(str::to_owned).into();
    let table = Table { caption: "By status".to_owned(), heads, rows }.html();
    match vendors.len().saturating_sub(MOST) {
        0 => table,
        _ => table.and(Html::text("All of them stand in the ").and(link("register.html", "register")).and_text(".").in_tag("p")),
    }
}

/// What a vendor does, in the names of its services.
fn services(vendor: &Vendor) -> String {
    let names: Vec<&str> = vendor.playbook.services.items().iter().filter_map(|service| service.name.text()).collect();
    names.join(", ")
}

fn next_date(vendor: &Vendor) -> Html {
    match (vendor.status(), vendor.derived.deadline.value(), vendor.derived.clock.earliest_end.date()) {
        (Some(Status::Ended | Status::Prospect), ..) => html::dash(),
        _ if vendor.derived.deadline.is_unreadable() => html::unknown(),
        (_, Some(deadline), _) => date(deadline.date).and(sub(Html::text(&deadline.kind.label().to_lowercase()))),
        (_, None, Some(earliest)) => Html::text("any day").and(sub(Html::text("earliest end ").and(date(earliest)))),
        (_, None, None) => html::dash(),
    }
}
