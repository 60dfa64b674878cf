//! Calendar files (RFC 5545): one for all vendors, one each, one for each person of ours, and the endings apart.
//! All-day events with an exclusive end; reminders are events of their own, because calendars ignore imported
//! alarms. A later build wins by its SEQUENCE, so that importing again moves events and doubles none.

pub mod lines;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use foldhash::{HashMap, HashSet, HashSetExt};
use rayon::prelude::*;

use super::{Context, Format, Sink};
use crate::book::Book;
use crate::book::events::{self, Event};
use crate::calendar::terms::Input;
use crate::calendar::{Date, UNREADABLE};
use crate::exit::{self, State};
use crate::library::{Vendor, routes};
use crate::schema::{Section, Side, Status, slug};

pub struct Calendars;

impl Format for Calendars {
    fn name(&self) -> &'static str {
        "calendar"
    }

    fn emit(&self, book: &Book, cx: &Context<'_>, out: &dyn Sink) {
        cx.of_fronts(self.name(), out, &mut |out| {
            let files = Files::new(book, out);
            let ordinary: Vec<Vec<Entry>> = book.library.vendors.par_iter().map(|vendor| files.of_vendor(vendor)).collect();
            files.shared(ordinary.iter().flatten(), None);
        });
    }

    fn emit_one(&self, path: &str, book: &Book, _: &Context<'_>, out: &dyn Sink) {
        let files = Files::new(book, out);
        for vendor in routes::slugs_of(path).filter(|_| path.starts_with("calendar/")).filter_map(|slug| book.library.vendor(slug)) {
            let events = Events::of(vendor, book);
            if path == routes::vendor_calendar(&vendor.slug) {
                files.ordinary(&events);
            } else if path == routes::exit_calendar(&vendor.slug) {
                files.ending(&events);
            }
        }
        if path == ALL || path.starts_with("calendar/owner-") {
            let ordinary: Vec<Vec<Entry>> =
                book.library.vendors.par_iter().map(|vendor| files.entries(Events::of(vendor, book).ordinary(), vendor)).collect();
            files.shared(ordinary.iter().flatten(), Some(path));
        }
    }
}

/// The calendar of all vendors.
const ALL: &str = "calendar.ics";

const END: &str = "END:VCALENDAR\r\n";

/// An event as it stands in a calendar file, and the person of ours who answers for it: id and name.
struct Entry {
    person: Option<String>,
    name: Option<String>,
    text: String,
}

impl Entry {
    fn who(&self) -> Option<(&str, &str)> {
        Some((self.person.as_deref()?, self.name.as_deref()?))
    }
}

/// What calendars tell of one vendor.
struct Events<'a> {
    vendor: &'a Vendor,
    inside: Vec<Event>,
}

impl<'a> Events<'a> {
    fn of(vendor: &'a Vendor, book: &Book) -> Events<'a> {
        let as_of = book.as_of();
        let plan = vendor.is_leaving().then(|| exit::plan(vendor, as_of));
        let window = as_of.plus_months(-12)..=as_of.plus_months(events::MONTHS_AHEAD);
        let mut inside = events::calendar(vendor, plan.as_ref(), &book.config, as_of);
        inside.retain(|event| window.contains(&event.date));
        Events { vendor, inside }
    }

    /// The way out, which stands in a file of its own.
    fn ending(&self) -> impl Iterator<Item = &Event> {
        self.inside.iter().filter(|event| events::is_of_exit(event, self.vendor))
    }

    /// An ending stands in the ordinary calendars once it is over: before that, not everybody may know.
    fn ordinary(&self) -> impl Iterator<Item = &Event> {
        let over = self.vendor.status() == Some(Status::Ended);
        self.inside.iter().filter(move |event| over || !events::is_of_exit(event, self.vendor))
    }
}

struct Files<'a> {
    book: &'a Book,
    out: &'a dyn Sink,
    /// What every event says of the day it is told on.
    as_of_long: String,
    stamp: String,
    sequence: String,
}

impl<'a> Files<'a> {
    fn new(book: &'a Book, out: &'a dyn Sink) -> Files<'a> {
        let as_of = book.as_of();
        let (stamp, sequence) = (format!("DTSTAMP:{}T000000Z", digits(as_of)), format!("SEQUENCE:{}", sequence(as_of)));
        Files { book, out, as_of_long: as_of.long(), stamp, sequence }
    }

    /// Writes the files of one vendor, and gives back its ordinary events.
    fn of_vendor(&self, vendor: &Vendor) -> Vec<Entry> {
        let events = Events::of(vendor, self.book);
        if vendor.is_leaving() {
            self.ending(&events);
        }
        self.ordinary(&events)
    }

    fn ending(&self, events: &Events<'_>) {
        let entries = self.entries(events.ending(), events.vendor);
        self.put(&routes::exit_calendar(&events.vendor.slug), &format!("The way out: {}", events.vendor.name()), &entries);
    }

    fn ordinary(&self, events: &Events<'_>) -> Vec<Entry> {
        let entries = self.entries(events.ordinary(), events.vendor);
        self.put(&routes::vendor_calendar(&events.vendor.slug), events.vendor.name(), &entries);
        entries
    }

    fn entries<'e>(&self, events: impl Iterator<Item = &'e Event>, vendor: &Vendor) -> Vec<Entry> {
        events
            .map(|event| Entry { person: of_ours(event, vendor), name: event.owner.clone().given(), text: self.entry(event, vendor) })
            .collect()
    }

    /// The calendars that hold events of many vendors: all of them, and those of each person; or the one at a path.
    fn shared<'e>(&self, entries: impl Iterator<Item = &'e Entry> + Clone, only: Option<&str>) {
        let wanted = |path: &str| only.is_none_or(|only| only == path);
        if wanted(ALL) {
            self.stream(ALL, &self.book.config.title, entries.clone());
        }
        let keys = keys(entries.clone());
        let mut by_person: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        for entry in entries {
            if let Some(person) = &entry.person {
                let key = entry.who().and_then(|who| keys.get(&who));
                by_person.entry(key.map_or(person, String::as_str)).or_default().push(entry);
            }
        }
        for (person, entries) in by_person {
            let path = routes::owner_calendar(person);
            if wanted(&path) {
                let name = entries.iter().find_map(|entry| entry.name.as_deref()).unwrap_or(person);
                self.stream(&path, &format!("{}: {name}", self.book.config.title), entries.into_iter());
            }
        }
    }

    fn entry(&self, event: &Event, vendor: &Vendor) -> String {
        let name = clean(vendor.name());
        let what = clean(&event.what);
        let summary = match &event.state {
            State::Done(_) => ["Done: ", &name, ": ", &what].concat(),
            State::Skipped(_) => ["Left out: ", &name, ": ", &what].concat(),
            State::Open | State::Unknown => [&*name, ": ", &what].concat(),
        };
        let who = match &event.owner {
            Input::Absent => String::new(),
            Input::Broken => format!("Who: {UNREADABLE}\n"),
            Input::Given(owner) => ["Who: ", &clean(owner), "\n"].concat(),
        };
        let notes = [&who, "From the playbook ", &vendor.file, ", as of ", &self.as_of_long, "."].concat();
        let mut out = String::with_capacity(512);
        lines::push(&mut out, "BEGIN:VEVENT");
        lines::push_text(&mut out, "DESCRIPTION", &notes);
        lines::push(&mut out, &["DTEND;VALUE=DATE:", &digits(event.date.plus_days(1))].concat());
        lines::push(&mut out, &self.stamp);
        lines::push(&mut out, &["DTSTART;VALUE=DATE:", &digits(event.date)].concat());
        lines::push(&mut out, &self.sequence);
        if matches!(event.state, State::Skipped(_)) {
            lines::push(&mut out, "STATUS:CANCELLED");
        }
        lines::push_text(&mut out, "SUMMARY", &summary);
        lines::push(&mut out, "TRANSP:TRANSPARENT");
        lines::push_text(&mut out, "UID", &[&*vendor.slug, ".", &event.name, "@", &self.book.config.id, ".partwell.invalid"].concat());
        lines::push(&mut out, "END:VEVENT");
        out
    }

    /// Everything before the entries.
    fn head(title: &str) -> String {
        let mut head = String::new();
        lines::push(&mut head, "BEGIN:VCALENDAR");
        lines::push(&mut head, "VERSION:2.0");
        lines::push(&mut head, concat!("PRODID:-//Partwell//", env!("CARGO_PKG_VERSION"), "//EN"));
        lines::push(&mut head, "CALSCALE:GREGORIAN");
        for key in ["NAME", "X-WR-CALNAME"] {
            lines::push_text(&mut head, key, &clean(title));
        }
        head
    }

    /// A calendar of one vendor.
    fn put(&self, path: &str, title: &str, entries: &[Entry]) {
        let mut file = Files::head(title);
        entries.iter().for_each(|entry| file.push_str(&entry.text));
        file.push_str(END);
        self.out.put(path, file.as_bytes());
    }

    /// A calendar of many vendors, which may be too large to be held whole.
    fn stream<'e>(&self, path: &str, title: &str, entries: impl Iterator<Item = &'e Entry> + Clone) {
        self.out.stream(path, &mut |file| {
            file.write_all(Files::head(title).as_bytes())?;
            for entry in entries.clone() {
                file.write_all(entry.text.as_bytes())?;
            }
            file.write_all(END.as_bytes())
        });
    }
}

/// What the calendar of each person is called, by id and name. An id belongs to one playbook: whoever has the same name
/// in another is the same person, and whoever has another name under the same id is not.
fn keys<'e>(entries: impl Iterator<Item = &'e Entry>) -> HashMap<(&'e str, &'e str), String> {
    let mut seen = HashSet::new();
    let people: Vec<(&str, &str)> = entries.filter_map(Entry::who).filter(|who| seen.insert(*who)).collect();
    let mut by_name: BTreeMap<String, String> = BTreeMap::new();
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    for (id, name) in people.iter().filter(|(id, name)| *id != slug(name)) {
        if !by_name.contains_key(&folded(name)) && taken.insert(id) {
            by_name.insert(folded(name), (*id).to_owned());
        }
    }
    let key = |(id, name): (&str, &str)| match by_name.get(&folded(name)) {
        Some(key) => key.clone(),
        None => Some(slug(name)).filter(|key| !key.is_empty()).unwrap_or_else(|| id.to_owned()),
    };
    people.into_iter().map(|who| (who, key(who))).collect()
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

/// The person of ours behind an event: a contact's id, or the name as an id. Nothing for somebody of theirs.
fn of_ours(event: &Event, vendor: &Vendor) -> Option<String> {
    let person = event.person.as_deref()?;
    let contacts = vendor.playbook.contacts.items();
    let same = |name: &str| folded(name) == folded(person);
    let by_id = contacts.iter().find(|contact| contact.identity().is_some_and(|(id, _)| id == person));
    let contact = by_id.or_else(|| contacts.iter().find(|contact| contact.name.text().is_some_and(same)));
    match contact {
        Some(contact) if contact.side.copied() == Some(Side::Client) => contact.identity().map(|(id, _)| id),
        Some(_) => None,
        None => Some(slug(person)).filter(|id| !id.is_empty()),
    }
}

/// `20261210`.
fn digits(date: Date) -> String {
    date.to_string().replace('-', "")
}

/// Days since the first of January 2000: a later build has a larger number, without any memory.
fn sequence(as_of: Date) -> i64 {
    Date::new(2000, 1, 1).map_or(0, |first| first.days_until(as_of).max(0))
}

/// One line, without signs that calendars stumble over.
fn clean(text: &str) -> Cow<'_, str> {
    match text.contains(char::is_control) {
        true => text.replace(char::is_control, " ").into(),
        false => text.into(),
    }
}
