//! What already stands at an address, so that two sources never become one page.

use std::collections::HashMap;

use super::{Vendor, find};

/// Addresses that Partwell makes, whatever the content.
const OWN: [&str; 11] = [
    "index.html",
    "register.html",
    "calendar.html",
    "search.html",
    "search",
    "print.html",
    "handbook.json",
    "assets",
    "calendar.ics",
    "calendar",
    "sheets",
];

/// Names in the site that something already has, as a disk may compare them.
pub struct Taken<'v> {
    vendors: &'v [Vendor],
    by_name: HashMap<String, String>,
}

impl<'v> Taken<'v> {
    /// What playbooks and Partwell itself take.
    pub fn by(vendors: &'v [Vendor]) -> Taken<'v> {
        let own = OWN.iter().map(|own| ((*own).to_owned(), "a page Partwell makes".to_owned()));
        Taken { vendors, by_name: own.collect() }
    }

    pub fn add(&mut self, folded: String, by: String) {
        self.by_name.insert(folded, by);
    }

    /// What stands at a name.
    pub fn get(&self, folded: &str) -> Option<String> {
        let vendor = |slug: &str| find(self.vendors, slug);
        let page =
            folded.strip_prefix("vendors/").and_then(|rest| vendor(rest.strip_suffix(".html")?)).map(|vendor| format!("`{}`", vendor.file));
        let sheets = || folded.strip_prefix("exit/").and_then(vendor).map(|_| "the sheets Partwell makes".to_owned());
        self.by_name.get(folded).cloned().or(page).or_else(sheets)
    }

    /// The file that stands where a folder of this path would have to be.
    pub fn above(&self, folded: &str) -> Option<String> {
        let folders = folded.match_indices('/').map(|(at, _)| &folded[..at]);
        folders.filter(|folder| !OWN.contains(folder)).find_map(|folder| self.by_name.get(folder).cloned())
    }

    /// What stands at the name of a file that is no page: besides pages, the scripts, styles, calendars and sheets.
    pub fn by_file(&self, folded: &str) -> Option<String> {
        if let Some(page) = self.get(folded) {
            return Some(page);
        }
        let (folder, name) = folded.rsplit_once('/')?;
        let is_made = match folder {
            "assets" => name.ends_with(".js") || name.ends_with(".css"),
            "assets/search" | "search" => true,
            "calendar" => name.ends_with(".ics"),
            "sheets" => name.strip_suffix(".html").is_some_and(|slug| find(self.vendors, slug).is_some()),
            _ => folder.strip_prefix("exit/").is_some_and(|slug| find(self.vendors, slug).is_some()),
        };
        is_made.then(|| "a file Partwell makes".to_owned())
    }
}
