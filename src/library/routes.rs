//! Addresses: which source becomes which page, and where a link leads.

mod addresses;
mod links;
mod near;
mod taken;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;

pub use addresses::*;
pub use links::{Fault, Href};

use self::near::Nearby;
use self::taken::Taken;
use super::assemble::{Elsewhere, Made, at};
use super::{Facts, Page, Vendor};
use crate::config::{self, Config};
use crate::diagnostic::{Code, FileId, Findings, Span, codes, quoted};
use crate::schema::{Generated, Item, json_schema};
use crate::source::{Project, unportable};

/// Characters that do not stand in an address as they are.
const UNSAFE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`').add(b'{').add(b'}');

/// All addresses of the site.
#[derive(Debug)]
pub struct Routes {
    /// Every playbook, sorted by slug: its pages and their places are looked up here.
    vendors: Vec<Vendor>,
    /// From a source file to its page, or to the place of its playbook.
    sources: HashMap<FileId, Source>,
    /// The places in a page that a link can name, for all pages but those of vendors.
    anchors: HashMap<String, Vec<String>>,
    /// Names of the files that can be copied.
    assets: HashSet<String>,
    /// Source files in small letters, to tell a slip of case; made when the first link leads nowhere.
    folded: OnceLock<HashMap<String, String>>,
    /// Source files by their letters, to tell what was meant; made with the first link of which that is asked.
    nearby: OnceLock<Nearby>,
    /// Earlier addresses and the page each leads to.
    pub redirects: BTreeMap<String, String>,
    pages_of: fn(&Facts, &Config) -> Vec<Made>,
    config: Config,
}

#[derive(Debug)]
enum Source {
    Page(String),
    Vendor(usize),
}

impl Routes {
    pub fn of(
        vendors: &[Vendor],
        pages: &mut Vec<Arc<Page>>,
        project: &Project,
        elsewhere: Elsewhere,
        across: &mut BTreeMap<FileId, Findings>,
    ) -> Routes {
        let mut routes = Routes {
            vendors: vendors.to_vec(),
            sources: HashMap::with_capacity(vendors.len() + pages.len()),
            anchors: HashMap::new(),
            assets: project.assets.keys().cloned().collect(),
            folded: OnceLock::new(),
            nearby: OnceLock::new(),
            redirects: BTreeMap::new(),
            pages_of: elsewhere.pages_of,
            config: project.config.clone(),
        };
        for (n, vendor) in vendors.iter().enumerate() {
            routes.sources.insert(vendor.file.clone(), Source::Vendor(n));
        }
        let mut taken = Taken::by(vendors);
        for page in pages.iter().filter(|page| page.matter.shows.copied() == Some(Generated::Findings)) {
            taken.add(fold(page.route.trim_end_matches(".html")), "the pages of the findings".to_owned());
            for code in elsewhere.codes {
                routes.anchors.insert(code_page(&page.route, code.id), Vec::new());
            }
        }
        pages.retain(|page| {
            let folded = fold(&page.route);
            // A page may not stand where a folder or file of the site stands, nor below one.
            let above = folded.match_indices('/').map(|(at, _)| &folded[..at]).chain([folded.as_str()]);
            let other = above.filter_map(|path| taken.get(path)).next().filter(|_| page.route != "index.html");
            if let Some(other) = other {
                at(across, &page.file)
                    .add(&codes::FIL003, Span::at(0), format!("`{}` and {other} would both become `{}`.", page.file, page.route))
                    .help("Rename one of the two.");
                return false;
            }
            taken.add(folded, format!("`{}`", page.file));
            true
        });
        for name in project.assets.keys() {
            let file: FileId = format!("content/{name}").into();
            let folded = fold(name);
            let Some(other) = taken.by_file(&folded) else {
                taken.add(folded, format!("`{file}`"));
                continue;
            };
            let message = match other.trim_matches('`').strip_prefix("content/").is_some_and(|other| fold(other) == folded) {
                true => format!("`{file}` and {other} have one name on disks where upper and lower case are the same."),
                false => format!("`{file}` and {other} would both become `{name}`."),
            };
            at(across, &file).add(&codes::FIL003, Span::at(0), message).help("Rename one of the two.");
        }
        for page in pages.iter() {
            let mut anchors: Vec<String> = page.outline.headings.iter().map(|heading| heading.id.clone()).collect();
            match page.matter.shows.copied() {
                Some(Generated::Fields) => anchors.extend(json_schema::paths().iter().cloned()),
                Some(Generated::Findings) => anchors.extend(elsewhere.codes.iter().map(|code| code.id.to_owned())),
                Some(Generated::Settings) => {
                    let entries = config::settings().iter().chain(json_schema::page_entries());
                    anchors.extend(entries.map(|entry| entry.path.clone()));
                }
                None => {}
            }
            routes.anchors.insert(page.route.clone(), anchors);
            routes.sources.insert(page.file.clone(), Source::Page(page.route.clone()));
        }
        for own in ["index.html", "register.html", "calendar.html", "calendar.ics"] {
            routes.anchors.entry(own.to_owned()).or_default();
        }
        routes.add_redirects(vendors, pages, &taken, across);
        routes
    }

    /// The page of a source file.
    fn page_of(&self, source: &str) -> Option<String> {
        match self.sources.get(source)? {
            Source::Page(route) => Some(route.clone()),
            Source::Vendor(n) => Some(vendor_page(&self.vendors[*n].slug)),
        }
    }

    /// The places in a page that a link can name; nothing where there is no such page.
    fn places(&self, page: &str) -> Option<Vec<String>> {
        if let Some(anchors) = self.anchors.get(page) {
            return Some(anchors.clone());
        }
        slugs_of(page).filter_map(|slug| find(&self.vendors, slug)).find_map(|vendor| {
            if page.starts_with("vendors/") {
                let own = super::parse::SECTIONS.iter().map(|id| (*id).to_owned());
                return Some(own.chain(vendor.outline.headings.iter().map(|heading| heading.id.clone())).collect());
            }
            (self.pages_of)(vendor, &self.config).into_iter().find(|(made, _)| made == page).map(|(_, places)| places)
        })
    }

    /// The source file that a path would name if upper and lower case did not count.
    fn unfolded(&self, source: &str) -> Option<&String> {
        let folded = self.folded.get_or_init(|| {
            let assets = self.assets.iter().map(|name| format!("content/{name}"));
            let files = self.sources.keys().map(|file| file.to_string());
            files.chain(assets).map(|file| (fold(&file), file)).collect()
        });
        folded.get(&fold(source))
    }

    fn add_redirects(&mut self, vendors: &[Vendor], pages: &[Arc<Page>], taken: &Taken<'_>, across: &mut BTreeMap<FileId, Findings>) {
        let of_vendors = vendors.iter().map(|vendor| (&vendor.file, vendor_page(&vendor.slug), vendor.playbook.aliases.items()));
        let of_pages = pages.iter().map(|page| (&page.file, page.route.clone(), page.matter.aliases.items()));
        let mut known: HashMap<String, String> = HashMap::new();
        for (file, page, aliases) in of_vendors.chain(of_pages) {
            for (n, Item { value: alias, at: span, .. }) in aliases.iter().enumerate() {
                let path = alias.trim_start_matches('/');
                let is_plain = |part: &str| !part.is_empty() && !part.starts_with('.');
                let folded = fold(path);
                let fault = if !path.ends_with(".html") || !path.split('/').all(is_plain) {
                    let help = "Write it like `vendors/old-name.html`.";
                    (&codes::FIL004, format!("The alias {} is not a path of this site.", quoted(alias)), help)
                } else if let Some(why) = path.split('/').find_map(|part| unportable(part.as_ref())) {
                    (&codes::FIL002, format!("The alias {} {why}.", quoted(alias)), "Write it with letters, digits and hyphens.")
                } else if let Some(other) = taken.by_file(&folded).or_else(|| taken.above(&folded)).or_else(|| known.get(&folded).cloned())
                {
                    (&codes::FIL003, format!("The alias {} is taken by {other}.", quoted(alias)), "Take one of the two out.")
                } else {
                    known.insert(folded, format!("an alias of `{file}`"));
                    self.redirects.insert(path.to_owned(), page.clone());
                    continue;
                };
                let (code, message, help) = fault;
                at(across, file).add(code, *span, message).help(help).field(format!("aliases[{n}]"));
            }
        }
    }
}

/// A playbook by its slug, in a sorted list.
fn find<'v>(vendors: &'v [Vendor], slug: &str) -> Option<&'v Vendor> {
    vendors.binary_search_by(|vendor| (*vendor.slug).cmp(slug)).ok().map(|n| &vendors[n])
}

/// A path for an address.
pub fn encode(path: &str) -> String {
    utf8_percent_encode(path, UNSAFE).to_string()
}

/// Two names that a disk may take for one.
fn fold(path: &str) -> String {
    path.nfc().collect::<String>().to_lowercase()
}

/// Reports every subject of a page that does not exist.
pub fn check_subjects(pages: &[Arc<Page>], about: &[&'static Code], across: &mut BTreeMap<FileId, Findings>) {
    let paths = json_schema::paths();
    for page in pages {
        for item in page.matter.about.items() {
            let known = paths.contains(&item.value) || about.iter().any(|code| code.id == item.value) || item.value == "checklist";
            if !known {
                let near = crate::schema::nearest(&item.value, paths.iter().map(String::as_str));
                let help = near.map_or("Write the path of a field, like contract.notice, a code, or checklist.".to_owned(), |near| {
                    format!("Did you mean `{near}`?")
                });
                at(across, &page.file)
                    .add(&codes::LNK005, item.at, format!("There is no field, finding or sheet called {}.", quoted(&item.value)))
                    .help(help)
                    .field("about");
            }
        }
    }
}
