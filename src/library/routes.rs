//! Addresses: which source becomes which page, and where a link leads.

mod addresses;
mod taken;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;

pub use addresses::*;

use self::taken::Taken;
use super::assemble::{Elsewhere, Made, at};
use super::{Facts, Page, Vendor};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, FileId, Findings, Span, codes, quoted};
use crate::markdown::{Link, Outline};
use crate::schema::Generated;
use crate::source::{Project, is_left_out};

/// Characters that do not stand in an address as they are.
const UNSAFE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`').add(b'{').add(b'}');

/// Where a link leads, as it is written into a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Href {
    /// Another page or a place in this one, relative to the page it stands in.
    Page(String),
    /// A file that is copied into the site: its path below `content/`, and the relative address.
    Asset { name: String, href: String },
    /// Somewhere else.
    Outside(String),
}

impl Href {
    pub fn address(&self) -> &str {
        match self {
            Href::Page(href) | Href::Outside(href) | Href::Asset { href, .. } => href,
        }
    }
}

/// Why a link leads nowhere.
#[derive(Debug)]
pub struct Fault {
    pub code: &'static Code,
    pub message: String,
    pub help: String,
}

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
            if let Some(other) = taken.by_file(&fold(name)) {
                let file: FileId = format!("content/{name}").into();
                at(across, &file)
                    .add(&codes::FIL003, Span::at(0), format!("`{file}` and {other} would both become `{name}`."))
                    .help("Rename one of the two.");
            }
        }
        for page in pages.iter() {
            let mut anchors: Vec<String> = page.outline.headings.iter().map(|heading| heading.id.clone()).collect();
            match page.matter.shows.copied() {
                Some(Generated::Fields) => anchors.extend(crate::schema::json_schema::paths().iter().cloned()),
                Some(Generated::Findings) => anchors.extend(elsewhere.codes.iter().map(|code| code.id.to_owned())),
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
        let of_vendors =
            vendors.iter().filter_map(|vendor| Some((vendor.file.clone(), vendor_page(&vendor.slug), vendor.playbook.aliases.given_at()?)));
        let of_pages = pages.iter().filter_map(|page| Some((page.file.clone(), page.route.clone(), page.matter.aliases.given_at()?)));
        let all: Vec<_> = of_vendors.chain(of_pages).collect();
        for (file, page, (aliases, span)) in all {
            for alias in &aliases.0 {
                let path = alias.trim_start_matches('/').to_owned();
                let safe = !path.is_empty()
                    && path.split('/').all(|part| !part.is_empty() && !part.starts_with('.'))
                    && path.ends_with(".html")
                    && !path.contains(['\\', ':']);
                let findings = at(across, &file);
                if !safe {
                    findings
                        .add(&codes::FIL004, span, format!("The alias {} is not a path of this site.", quoted(alias)))
                        .help("Write it like `vendors/old-name.html`.")
                        .field("aliases");
                } else if let Some(other) = taken.get(&fold(&path)).or_else(|| self.redirects.get(&path).cloned()) {
                    findings
                        .add(&codes::FIL003, span, format!("The alias {} is taken by {other}.", quoted(alias)))
                        .help("Take one of the two out.")
                        .field("aliases");
                } else {
                    self.redirects.insert(path, page.clone());
                }
            }
        }
    }

    /// Where a link in a source file, on its way into a page, leads.
    pub fn resolve(&self, file: &str, page: &str, target: &str) -> Result<Href, Fault> {
        let is_left_out = |c: char| matches!(c, '\t' | '\n' | '\r');
        let target = if target.contains(is_left_out) { Cow::Owned(target.replace(is_left_out, "")) } else { Cow::Borrowed(target) };
        let target = target.trim_matches(|c: char| c.is_whitespace() || c.is_control());
        if let Some(outside) = scheme(target)? {
            return Ok(Href::Outside(outside));
        }
        let (path, fragment) = target.split_once('#').map_or((target, None), |(path, fragment)| (path, Some(fragment)));
        let path = path.split('?').next().unwrap_or(path);
        let decoded = percent_decode_str(path).decode_utf8_lossy();
        let to = if decoded.is_empty() { page.to_owned() } else { self.target_page(file, page, &decoded)? };
        if let Some(name) = to.strip_prefix("asset:") {
            return Ok(Href::Asset { name: name.to_owned(), href: encode(&relative(page, name)) });
        }
        let mut href = if to == page { String::new() } else { encode(&relative(page, &to)) };
        if let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty()) {
            let fragment = percent_decode_str(fragment).decode_utf8_lossy();
            self.check_anchor(&to, &fragment)?;
            href.push('#');
            href.push_str(&encode(&fragment));
        } else if href.is_empty() {
            href.push_str(page.rsplit('/').next().unwrap_or(page));
        }
        Ok(Href::Page(href))
    }

    /// The page or asset a path leads to: a source file, a file beside it, or a page Partwell makes.
    fn target_page(&self, file: &str, page: &str, path: &str) -> Result<String, Fault> {
        let (base, rest) = match path.strip_prefix('/') {
            Some(rest) => ("content/", rest),
            None => (&file[..file.rfind('/').map_or(0, |n| n + 1)], path),
        };
        let Some(source) = join(base, rest).filter(|source| source.starts_with("content/") || source == "content") else {
            return Err(Fault {
                code: &codes::FIL004,
                message: format!("{} leads out of `content/`, which is all that a handbook is made from.", quoted(path)),
                help: "Copy the file into `content/` and link it there.".into(),
            });
        };
        if let Some(page) = self.page_of(&source) {
            return Ok(page);
        }
        let name = source.trim_start_matches("content/");
        if self.assets.contains(name) {
            return Ok(format!("asset:{name}"));
        }
        let from_page = &page[..page.rfind('/').map_or(0, |n| n + 1)];
        let made = join(from_page, rest.trim_start_matches('/')).filter(|made| self.places(made).is_some());
        if let Some(made) = made {
            return Ok(made);
        }
        if let Some(real) = self.unfolded(&source) {
            return Err(Fault {
                code: &codes::LNK004,
                message: format!("{} differs in upper and lower case from the file `{real}`.", quoted(path)),
                help: "Write it exactly as the file is named.".into(),
            });
        }
        let alike = |known: &&FileId| known.len().abs_diff(source.len()) <= 3;
        let near = self
            .sources
            .keys()
            .filter(alike)
            .map(|known| (strsim::damerau_levenshtein(known, &source), known))
            .filter(|(distance, _)| *distance <= 3)
            .min();
        if source.split('/').any(|part| is_left_out(part.as_ref())) {
            return Err(Fault {
                code: &codes::LNK001,
                message: format!(
                    "{} leads to `{source}`, which is never copied: it is named like a hidden file, a backup or a key.",
                    quoted(path)
                ),
                help: "If it may be seen, give it another name.".into(),
            });
        }
        Err(Fault {
            code: &codes::LNK001,
            message: format!("{} leads to `{source}`, and there is no such file.", quoted(path)),
            help: near
                .map_or("Links go by file path, from the file they stand in.".to_owned(), |(_, near)| format!("Did you mean `{near}`?")),
        })
    }

    /// Every link of a body that leads nowhere.
    pub fn check(&self, file: &FileId, page: &str, outline: &Outline) -> Arc<[Diagnostic]> {
        let mut findings = Findings::new(file);
        for Link { target, at, .. } in &outline.links {
            if let Err(fault) = self.resolve(file, page, target) {
                findings.add(fault.code, *at, fault.message).help(fault.help);
            }
        }
        findings.into_list().into()
    }

    fn check_anchor(&self, page: &str, fragment: &str) -> Result<(), Fault> {
        let Some(anchors) = self.places(page) else {
            return Ok(());
        };
        if anchors.iter().any(|known| known == fragment) {
            return Ok(());
        }
        let near = crate::schema::nearest(fragment, anchors.iter().map(String::as_str));
        let list = anchors.iter().take(8).cloned().collect::<Vec<_>>().join(", ");
        let help = match near {
            Some(near) => format!("Did you mean `#{near}`?"),
            None if list.is_empty() => "Link to the page without a place in it.".to_owned(),
            None => format!("Places there: {list}."),
        };
        Err(Fault { code: &codes::LNK002, message: format!("The page `{page}` has no place called {}.", quoted(fragment)), help })
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

/// Joins a folder and a relative path; nothing where it climbs above the root.
fn join(base: &str, path: &str) -> Option<String> {
    let mut joined = String::with_capacity(base.len() + path.len());
    joined.push_str(base.trim_end_matches('/'));
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if joined.is_empty() => return None,
            ".." => joined.truncate(joined.rfind('/').unwrap_or(0)),
            part => {
                if !joined.is_empty() {
                    joined.push('/');
                }
                joined.push_str(part);
            }
        }
    }
    Some(joined)
}

/// Two names that a disk may take for one.
fn fold(path: &str) -> String {
    path.nfc().collect::<String>().to_lowercase()
}

/// An address outside the site, as it is, if its scheme is one of the harmless four.
fn scheme(target: &str) -> Result<Option<String>, Fault> {
    let refused =
        |what: String| Fault { code: &codes::LNK003, message: what, help: "Use a relative path, or https, http, mailto or tel.".into() };
    if target.starts_with("//") {
        return Err(refused(format!("{} leads to another site and does not say https or http.", quoted(target))));
    }
    let Some((scheme, _)) = target.split_once(':').filter(|(scheme, _)| is_scheme(scheme)) else {
        return Ok(None);
    };
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" | "mailto" | "tel" => Ok(Some(target.to_owned())),
        other => Err(refused(format!("A link with `{other}:` is not made; its text is shown."))),
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'.' | b'-'))
}

/// Reports every subject of a page that does not exist.
pub fn check_subjects(pages: &[Arc<Page>], about: &[&'static Code], across: &mut BTreeMap<FileId, Findings>) {
    let paths = crate::schema::json_schema::paths();
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
