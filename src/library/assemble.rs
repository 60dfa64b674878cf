//! The files put together: what shows only across them is found here.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::routes::{self, Routes};
use super::{Facts, Library, Page, Vendor, parse};
use crate::calendar::{Date, Workdays};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, FileId, Findings, Span, codes};
use crate::memo::{Digest, PerFile, digest};
use crate::schema::{Known, Section, Side, Target, Use, slug};
use crate::source::{Project, SourceFile};

/// The address of a page, and the places in it that a link can name.
pub type Made = (String, Vec<String>);

/// What later stages make, which a link or a page can be about.
#[derive(Clone, Copy)]
pub struct Elsewhere {
    /// The findings there are.
    pub codes: &'static [&'static Code],
    /// The pages and files of a vendor besides its own page.
    pub pages_of: fn(&Facts, &Config) -> Vec<Made>,
}

/// What one playbook gives by itself.
#[derive(Debug)]
pub struct Draft {
    /// With what its file alone shows, not sorted yet.
    pub vendor: Vendor,
    /// References to other playbooks.
    playbook_refs: Vec<Use>,
    /// Changes when something does that a link from elsewhere could name.
    address: Digest,
}

/// What one of the author's pages gives by itself.
#[derive(Debug)]
pub struct PageDraft {
    pub page: Arc<Page>,
    pub findings: Vec<Diagnostic>,
    address: Digest,
}

/// What is remembered about the links of each file, between one reading and the next.
pub type Links = PerFile<FileId, Arc<[Diagnostic]>>;

/// The library, and what is to be said about each file because of the others.
pub struct Assembled {
    pub library: Library,
    pub across: BTreeMap<FileId, Findings>,
    /// For each vendor of the library its place among the drafts.
    pub places: Vec<usize>,
    /// Changes when an address does, or a place in a page that a link can name.
    pub addresses: Digest,
}

impl Draft {
    /// The draft once its findings stand elsewhere.
    pub fn without_findings(mut self) -> Draft {
        self.vendor = self.vendor.with(Arc::default(), Arc::default());
        self
    }
}

/// Reads one playbook.
pub fn draft(file: &SourceFile, config: &Config, shared: &Arc<Workdays>, as_of: Date, elsewhere: &Elsewhere) -> Draft {
    let (vendor, playbook_refs) = parse::playbook(file, config, shared, as_of);
    let mut pieces: Vec<String> = vec![vendor.file.to_string(), vendor.slug.to_string()];
    pieces.extend(vendor.outline.headings.iter().map(|heading| heading.id.clone()));
    pieces.extend((elsewhere.pages_of)(&vendor, config).into_iter().map(|(page, places)| format!("{page}#{}", places.join("#"))));
    pieces.extend(vendor.playbook.aliases.items().iter().map(|alias| format!("@{}", alias.value)));
    Draft { address: digest(pieces.iter().map(String::as_bytes)), vendor, playbook_refs }
}

/// Reads one page of the author's own.
pub fn draft_page(file: &SourceFile) -> PageDraft {
    let (page, findings) = parse::page(file);
    let mut pieces: Vec<String> = vec![page.file.to_string(), page.route.clone(), format!("{:?}", page.matter.shows.copied())];
    pieces.extend(page.outline.headings.iter().map(|heading| heading.id.clone()));
    pieces.extend(page.matter.aliases.items().iter().map(|alias| format!("@{}", alias.value)));
    PageDraft { address: digest(pieces.iter().map(String::as_bytes)), page: Arc::new(page), findings }
}

/// Puts what was read together. The library's vendors have what their own files show; what shows across files is
/// handed back apart.
pub fn assemble<'d>(
    drafts: &[&'d Draft],
    pages: &[&'d PageDraft],
    project: &Project,
    as_of: Date,
    elsewhere: Elsewhere,
    links: &Links,
) -> Assembled {
    let mut across = BTreeMap::new();
    let mut places: Vec<usize> = (0..drafts.len()).collect();
    places.sort_by(|a, b| (&drafts[*a].vendor.slug, &drafts[*a].vendor.file).cmp(&(&drafts[*b].vendor.slug, &drafts[*b].vendor.file)));
    refuse_twins(drafts, &mut places, &mut across);
    let vendors: Vec<Vendor> = places.iter().map(|n| drafts[*n].vendor.clone()).collect();
    refuse_calendars(&vendors, &mut across);
    resolve_playbooks(drafts, &vendors, &mut across);

    let mut kept: Vec<Arc<Page>> = pages.iter().map(|draft| draft.page.clone()).collect();
    kept.sort_by(|a, b| a.route.cmp(&b.route));
    let routes = Routes::of(&vendors, &mut kept, project, elsewhere, &mut across);
    let addresses = drafts.iter().map(|draft| &draft.address).chain(pages.iter().map(|page| &page.address));
    let names = project.assets.keys().map(String::as_bytes);
    let addresses = digest(addresses.map(|address| &address[..]).chain(names));
    check_links(&vendors, &kept, &routes, &addresses, links, &mut across);
    routes::check_subjects(&kept, elsewhere.codes, &mut across);
    Assembled { library: Library { vendors, pages: kept, routes, as_of }, across, places, addresses }
}

pub(super) fn at<'a>(across: &'a mut BTreeMap<FileId, Findings>, file: &FileId) -> &'a mut Findings {
    across.entry(file.clone()).or_insert_with(|| Findings::new(file))
}

/// Two playbooks of one page name: the later one is told and left out.
fn refuse_twins(drafts: &[&Draft], places: &mut Vec<usize>, across: &mut BTreeMap<FileId, Findings>) {
    let mut last: Option<&Vendor> = None;
    places.retain(|n| {
        let vendor = &drafts[*n].vendor;
        let Some(first) = last.filter(|first| first.slug == vendor.slug) else {
            last = Some(vendor);
            return true;
        };
        let message = format!("`{}` and `{}` would both become the page `vendors/{}.html`.", vendor.file, first.file, vendor.slug);
        at(across, &vendor.file).add(&codes::STR007, Span::at(0), message).help("Rename one of the two files.").blocking = true;
        false
    });
}

/// A vendor whose calendar would have the name of another vendor's way out, or of a person's calendar. It is told even
/// where that calendar is not there yet: on the day an ending begins, nothing should be in its way.
fn refuse_calendars(vendors: &[Vendor], across: &mut BTreeMap<FileId, Findings>) {
    let is_special = |vendor: &&Vendor| ["exit-", "owner-"].iter().any(|word| vendor.slug.starts_with(word));
    let special: Vec<&Vendor> = vendors.iter().filter(is_special).collect();
    if special.is_empty() {
        return;
    }
    let people = vendors.iter().flat_map(|vendor| {
        let ours = vendor.playbook.contacts.items().iter().filter(|contact| contact.side.copied() == Some(Side::Client));
        let names = ours.clone().filter_map(|contact| contact.name.text()).map(slug);
        ours.filter_map(|contact| Some(contact.identity()?.0)).chain(names).chain(vendor.playbook.owner.get().map(|owner| slug(&owner.0)))
    });
    let of_people = people.map(|id| (routes::owner_calendar(&id), format!("the calendar of `{id}`")));
    let of_exits = vendors.iter().map(|vendor| (routes::exit_calendar(&vendor.slug), format!("the way out of `{}`", vendor.file)));
    let taken: BTreeMap<String, String> = of_people.chain(of_exits).collect();
    for vendor in special {
        let path = routes::vendor_calendar(&vendor.slug);
        if let Some(other) = taken.get(&path) {
            let message = format!("The calendar of `{}` and {other} would both become `{path}`.", vendor.file);
            at(across, &vendor.file).add(&codes::FIL003, Span::at(0), message).help("Rename this file.");
        }
    }
}

fn resolve_playbooks(drafts: &[&Draft], vendors: &[Vendor], across: &mut BTreeMap<FileId, Findings>) {
    let is_there = |slug: &str| vendors.binary_search_by(|vendor| (*vendor.slug).cmp(slug)).is_ok();
    let references = drafts.iter().flat_map(|draft| draft.playbook_refs.iter().map(|used| (&draft.vendor.file, used)));
    let broken: Vec<_> = references.filter(|(_, used)| !is_there(&used.id.to_lowercase())).collect();
    if broken.is_empty() {
        return;
    }
    let known = Known::of(vendors.iter().map(|vendor| (Target::Playbook, vendor.slug.to_string())).collect());
    for (file, used) in broken {
        known.check(used, at(across, file));
    }
}

/// Reports every link of every body that leads nowhere. A file's links are looked at again when its text or an
/// address has changed.
fn check_links(
    vendors: &[Vendor],
    pages: &[Arc<Page>],
    routes: &Routes,
    stamp: &Digest,
    links: &Links,
    across: &mut BTreeMap<FileId, Findings>,
) {
    let of_vendors = vendors.par_iter().filter(|vendor| !vendor.outline.links.is_empty()).map(|vendor| {
        let check = || routes.check(&vendor.file, &routes::vendor_page(&vendor.slug), &vendor.outline);
        (&vendor.file, links.get(&vendor.file, &vendor.text, stamp, check))
    });
    let of_pages = pages
        .par_iter()
        .map(|page| (&page.file, links.get(&page.file, &page.text, stamp, || routes.check(&page.file, &page.route, &page.outline))));
    let found: Vec<(&FileId, Arc<[Diagnostic]>)> = of_vendors.chain(of_pages).filter(|(_, found)| !found.is_empty()).collect();
    for (file, found) in found {
        at(across, file).extend(&found);
    }
}
