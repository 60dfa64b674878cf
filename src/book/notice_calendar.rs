//! The notice and renewal calendar: twelve months as lists and as grids.

use std::collections::BTreeMap;

use super::events::{self, Event};
use super::{Book, vendor_link};
use crate::calendar::{Date, Known};
use crate::exit;
use crate::html::{Html, date};
use crate::library::{Vendor, inside};
use crate::schema::Status;

const ROUTE: &str = "calendar.html";
const MONTHS: i64 = 12;

/// One month: its heading, its dates as a list, and its grid.
pub struct Month {
    pub id: String,
    pub name: String,
    pub list: Html,
    pub grid: Html,
}

pub fn months(book: &Book) -> Vec<Month> {
    let first = first_of_month(book.as_of());
    let end = first.plus_months(MONTHS);
    let mut by_day: BTreeMap<Date, Vec<(Event, &Vendor)>> = BTreeMap::new();
    for vendor in &book.library.vendors {
        let ended = (vendor.status() == Some(Status::Ended)).then(|| exit::plan(vendor, book.as_of()));
        let after = ended.map_or_else(Vec::new, |plan| events::survival(vendor, &plan));
        for event in events::contract(vendor).into_iter().chain(after).filter(|event| event.date >= book.as_of() && event.date < end) {
            by_day.entry(event.date).or_default().push((event, vendor));
        }
    }
    for events in by_day.values_mut() {
        events.sort_by(|a, b| (a.0.kind, &a.1.slug).cmp(&(b.0.kind, &b.1.slug)));
    }
    let nothing = if book.library.vendors.iter().any(is_unsure) { "Nothing that is known." } else { "Nothing." };
    (0..MONTHS).map(|n| month(first.plus_months(n), &by_day, nothing, book)).collect()
}

/// The vendors of whom a date may lie in any month, since what it hangs on cannot be read: each with a link.
pub fn unsure(book: &Book) -> Vec<Html> {
    book.library.vendors.iter().filter(|vendor| is_unsure(vendor)).map(|vendor| vendor_link(ROUTE, vendor)).collect()
}

fn first_of_month(day: Date) -> Date {
    Date::new(day.year(), day.month(), 1).unwrap_or(day)
}

/// True where a date of a vendor hangs on something that cannot be read.
fn is_unsure(vendor: &Vendor) -> bool {
    let derived = &vendor.derived;
    let days = [&derived.notice.send_by, &derived.notice.received_by, &derived.clock.term_end];
    let is_hidden = derived.deadline.is_unreadable() || days.into_iter().any(Known::is_unreadable);
    let of_notice = !matches!(vendor.status(), Some(Status::Ended | Status::Prospect)) && is_hidden;
    let meeting = inside(&vendor.playbook.exit, |exit| inside(&exit.meeting, |meeting| meeting.date.input()));
    let next = inside(&vendor.playbook.successor, |next| next.start.input());
    of_notice || derived.protection.is_unreadable() || meeting.is_broken() || next.is_broken()
}

fn month(first: Date, by_day: &BTreeMap<Date, Vec<(Event, &Vendor)>>, nothing: &str, book: &Book) -> Month {
    let last = first.end_of_month();
    let mut list = String::new();
    for (day, events) in by_day.range(first..=last) {
        for (n, (event, vendor)) in events.iter().enumerate() {
            let id = if n == 0 { format!(" id=\"d-{day}\"") } else { String::new() };
            let text = vendor_link(ROUTE, vendor).and_text(&format!(": {}", event.what));
            let kind = Html::text(event.kind.letter()).with_class("span", "kind");
            list.push_str(&format!("<li{id}><span>{}</span><span>{} {}</span></li>\n", date(*day).as_str(), kind.as_str(), text.as_str()));
        }
    }
    let list = match list.is_empty() {
        true => Html::text(nothing).with_class("p", "empty"),
        false => Html::made(format!("<ul class=\"dates\">\n{list}</ul>")),
    };
    Month {
        id: format!("m-{:04}-{:02}", first.year(), first.month()),
        name: first.month_name(),
        list,
        grid: grid(first, last, by_day, book),
    }
}

fn grid(first: Date, last: Date, by_day: &BTreeMap<Date, Vec<(Event, &Vendor)>>, book: &Book) -> Html {
    const DAYS: [(&str, &str); 7] = [
        ("Monday", "Mo"),
        ("Tuesday", "Tu"),
        ("Wednesday", "We"),
        ("Thursday", "Th"),
        ("Friday", "Fr"),
        ("Saturday", "Sa"),
        ("Sunday", "Su"),
    ];
    let heads: String = DAYS.iter().map(|(long, short)| format!("<th scope=\"col\"><abbr title=\"{long}\">{short}</abbr></th>")).collect();
    let workdays = book.config.workdays();
    let mut cells: Vec<String> = vec!["<td></td>".to_owned(); first.weekday()];
    for n in 0..i64::from(last.day()) {
        let day = first.plus_days(n);
        let mut classes = Vec::new();
        if !workdays.is_open(day) {
            classes.push("off");
        }
        if day == book.as_of() {
            classes.push("today");
        }
        let class = if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) };
        let content = match by_day.get(&day) {
            None => day.day().to_string(),
            Some(events) => {
                let mut kinds: Vec<_> = events.iter().map(|(event, _)| (event.kind, event.what.as_str())).collect();
                kinds.dedup_by_key(|(kind, _)| *kind);
                let keys: String = kinds
                    .iter()
                    .map(|(kind, what)| format!("<abbr title=\"{}\">{}</abbr>", crate::markdown::escape(what), kind.letter()))
                    .collect();
                format!("<a href=\"#d-{day}\">{} <span class=\"keys\">{keys}</span></a>", day.day())
            }
        };
        cells.push(format!("<td{class}>{content}</td>"));
    }
    while !cells.len().is_multiple_of(7) {
        cells.push("<td></td>".to_owned());
    }
    let rows: String = cells.chunks(7).map(|week| format!("<tr>{}</tr>\n", week.concat())).collect();
    Html::made(format!(
        "<table class=\"month\"><caption>{}</caption><thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody></table>\n",
        first.month_name()
    ))
}
