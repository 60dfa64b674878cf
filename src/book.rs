//! The handbook as pages: what each page says, ready to be laid out by a template. Infallible, and made
//! from the library alone.

pub mod attention;
pub mod events;
pub mod home;
pub mod notice_calendar;
pub mod pages;
pub mod reference;
pub mod register;
pub mod vendor;

use crate::calendar::Date;
use crate::config::Config;
use crate::diagnostic::capital;
use crate::html::{self, Html};
use crate::library::{Library, routes};
use crate::markdown::escape;
use crate::schema::Section;

/// One generation of the handbook: immutable, every page can be made from it at any time.
#[derive(Debug)]
pub struct Book {
    pub config: Config,
    pub library: Library,
    /// Eight digits that change when anything in the handbook does.
    pub revision: String,
}

/// An entry of the main navigation.
#[derive(Debug, Clone)]
pub struct NavItem {
    pub title: String,
    pub route: String,
}

/// A page that every handbook has, whatever is written.
#[derive(Debug)]
pub struct Own {
    pub title: &'static str,
    pub route: &'static str,
    /// What a reader finds there.
    pub about: &'static str,
}

/// These pages, in the order of the navigation.
pub static OWN: &[Own] = &[
    Own { title: "Home", route: "index.html", about: "What needs attention, which date comes next, who is leaving." },
    Own { title: "Register", route: "register.html", about: "Every vendor on one line: when notice is due, who owns it, what it costs." },
    Own { title: "Calendar", route: "calendar.html", about: "Notices, renewals and last days of twelve months, month by month." },
];

impl Book {
    pub fn new(config: Config, library: Library) -> Book {
        let mut hasher = blake3::Hasher::new();
        hasher.update(config.title.as_bytes());
        let parts = library.vendors.iter().map(|vendor| &vendor.revision).chain(library.pages.iter().map(|page| &page.revision));
        parts.for_each(|part| {
            hasher.update(part.as_bytes());
        });
        let revision = hasher.finalize().to_hex()[..8].to_owned();
        Book { config, library, revision }
    }

    pub fn as_of(&self) -> Date {
        self.library.as_of
    }

    /// The author's pages, by address.
    pub fn pages(&self) -> impl Iterator<Item = &crate::library::Page> {
        self.library.pages.iter().map(|page| &**page)
    }

    /// Home, register, calendar, then the author's pages: those at the top level and each folder's index.
    pub fn navigation(&self) -> Vec<NavItem> {
        let mut items: Vec<NavItem> = OWN.iter().map(|own| NavItem { title: own.title.into(), route: own.route.into() }).collect();
        let mut chapters: Vec<(bool, u32, &crate::library::Page)> = Vec::new();
        let mut folders: Vec<&str> = Vec::new();
        for page in self.library.pages.iter().filter(|page| page.route != "index.html") {
            let order = page.matter.order.copied().unwrap_or(1000);
            match page.route.split_once('/') {
                None => chapters.push((true, order, page)),
                Some((folder, "index.html")) => {
                    folders.push(folder);
                    chapters.push((false, order, page));
                }
                Some(_) => {}
            }
        }
        // A folder without an index is entered by its first page.
        for page in &self.library.pages {
            if let Some((folder, _)) = page.route.split_once('/').filter(|(folder, _)| !folders.contains(folder)) {
                folders.push(folder);
                let first = self
                    .pages()
                    .filter(|other| other.route.starts_with(&format!("{folder}/")))
                    .min_by_key(|other| (other.matter.order.copied().unwrap_or(1000), &other.route));
                chapters.extend(first.map(|first| (false, first.matter.order.copied().unwrap_or(1000), first)));
            }
        }
        chapters.sort_by(|a, b| (a.1, &a.2.route).cmp(&(b.1, &b.2.route)));
        items.extend(chapters.into_iter().map(|(_, _, page)| NavItem { title: chapter_title(page), route: page.route.clone() }));
        items
    }

    /// The playbooks whose words stand on the pages of one: its own, and that of its successor.
    pub fn shown_with<'a>(&'a self, vendor: &'a crate::library::Vendor) -> impl Iterator<Item = &'a crate::library::Vendor> {
        let next = vendor.playbook.successor.get().and_then(|successor| successor.playbook.get());
        std::iter::once(vendor).chain(next.and_then(|next| self.library.vendor(&next.0)))
    }

    /// The pages that say they are about a subject.
    pub fn guides_about<'a>(&'a self, subject: &'a str) -> impl Iterator<Item = &'a crate::library::Page> {
        self.pages().filter(move |page| page.matter.about.items().iter().any(|item| item.value == subject))
    }

    /// Pages about a field of the schema or any field below it.
    pub fn guides_under<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a crate::library::Page> {
        let below = move |about: &str| about == field || about.strip_prefix(field).is_some_and(|rest| rest.starts_with('.'));
        self.pages().filter(move |page| page.matter.about.items().iter().any(|item| below(&item.value)))
    }
}

/// The short title of a page in the navigation: a folder that is entered by an inner page shows its name.
fn chapter_title(page: &crate::library::Page) -> String {
    match page.route.split_once('/') {
        Some((folder, file)) if file != "index.html" => capital(&folder.replace(['-', '_'], " ")),
        _ => page.title.clone(),
    }
}

/// One section of a page: its anchor, heading and content; empty where nothing is recorded.
#[derive(Debug)]
pub struct Block {
    pub id: &'static str,
    pub title: &'static str,
    pub body: Html,
    /// What would stand here.
    pub hint: &'static str,
}

impl Block {
    pub fn is_empty(&self) -> bool {
        self.body.is_empty()
    }
}

/// A link to a vendor's page from another page.
pub fn vendor_link(from: &str, vendor: &crate::library::Vendor) -> Html {
    html::link(&routes::encode(&routes::relative(from, &routes::vendor_page(&vendor.slug))), vendor.name())
}

/// How far away a day is, in words.
pub fn days_words(days: i64) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "1 day left".to_owned(),
        -1 => "missed by 1 day".to_owned(),
        n if n < 0 => format!("missed by {} days", -n),
        n => format!("{n} days left"),
    }
}

/// How long ago a day was, in words.
pub fn ago(days: i64) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "1 day ago".to_owned(),
        n => format!("{n} days ago"),
    }
}

/// `label: text` with the label in bold.
pub fn labelled(label: &str, value: Html) -> Html {
    Html::made(format!("<b>{}:</b> ", escape(label))).and(value)
}

/// True where a section has any field of its own.
pub fn says_something(section: &impl Section) -> bool {
    let mut any = !section.base().own().is_empty();
    section.each(&mut |_, field| any |= field.is_written());
    any
}
