//! Every playbook and page of the project, references resolved and dates worked out. Nothing here is
//! missing because something else is broken: an unreadable playbook stands under its file name.

mod derived;
pub mod measures;
mod parse;
pub mod routes;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::calendar::{Date, Workdays};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnosed, Diagnostic, FileId, Findings, Severity, Span, codes, quoted};
use crate::markdown::Outline;
use crate::schema::{Field, Item, Names, PageMatter, Person, Playbook, Role, Section, Side, Status, Target};
use crate::source::{Project, SourceFile};

pub(crate) use derived::inside;
pub use derived::{Deadline, DeadlineKind, Derived, NoticeDays, Protection};
pub use derived::{contract_terms, terms_for};
pub use routes::{Href, Routes};

/// One playbook with everything worked out from it.
#[derive(Debug)]
pub struct Vendor {
    /// The page name: the file's stem, small ASCII letters.
    pub slug: Arc<str>,
    pub file: FileId,
    pub playbook: Playbook,
    pub text: Arc<str>,
    /// Eight digits that change when the text does.
    pub revision: String,
    /// Where the Markdown body begins in the text.
    pub body: usize,
    pub outline: Outline,
    pub names: Names,
    pub workdays: Arc<Workdays>,
    /// False where the calendars to count by could not be read: then nothing that rolls has a date.
    pub knows_workdays: bool,
    pub derived: Derived,
    /// References to exit steps, which only the plan can resolve.
    pub step_refs: Vec<crate::schema::Use>,
    /// Its findings, sorted by place.
    pub findings: Vec<Diagnostic>,
    /// What its waivers hold back.
    pub waived: Vec<Diagnostic>,
}

/// A page of the author's own.
#[derive(Debug)]
pub struct Page {
    pub file: FileId,
    /// Its address in the site, like `guides/ending-well.html`.
    pub route: String,
    pub matter: PageMatter,
    pub title: String,
    pub text: Arc<str>,
    /// Eight digits that change when the text does.
    pub revision: String,
    pub body: usize,
    pub outline: Outline,
}

/// Everything that was read, in stable order.
#[derive(Debug)]
pub struct Library {
    /// Sorted by slug.
    pub vendors: Vec<Vendor>,
    /// Sorted by address.
    pub pages: Vec<Page>,
    pub routes: Routes,
    pub as_of: Date,
}

impl Vendor {
    /// The heading of its page.
    pub fn title(&self) -> &str {
        self.playbook.title.text().unwrap_or_else(|| self.name())
    }

    /// The name everybody uses; its file's name where none is readable.
    pub fn name(&self) -> &str {
        self.playbook.vendor.get().and_then(|card| card.name.text()).unwrap_or(&self.slug)
    }

    pub fn status(&self) -> Option<Status> {
        self.playbook.status.copied()
    }

    /// True where the last day is set, or the status says that it is ending or over.
    pub fn is_leaving(&self) -> bool {
        matches!(self.status(), Some(Status::Exiting | Status::Ended)) || self.derived.termination.is_some()
    }

    /// The name behind a person field.
    pub fn person(&self, field: &Field<Person>) -> Option<String> {
        field.get().map(|person| self.names.person(&person.0).to_owned())
    }

    /// The first contact of a side (any, where none is named) with a role, as id and name.
    pub fn contact_with(&self, role: Role, side: Option<Side>) -> Option<(String, String)> {
        let fits = |contact: &&crate::schema::Contact| {
            let its_side = contact.side.copied().unwrap_or(Side::Vendor);
            contact.role.get().is_some_and(|roles| roles.0.contains(&role)) && side.is_none_or(|side| side == its_side)
        };
        let contact = self.playbook.contacts.items().iter().find(fits)?;
        Some((contact.identity()?.0, contact.name.text()?.to_owned()))
    }

    /// True where nothing of the front matter could be read.
    pub fn is_unreadable(&self) -> bool {
        self.playbook.base.key == Span::default()
    }

    pub fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    }

    /// The part of the text that is the Markdown body.
    pub fn body_text(&self) -> &str {
        &self.text[self.body..]
    }
}

impl Library {
    pub fn vendor(&self, slug: &str) -> Option<&Vendor> {
        self.vendors.binary_search_by(|vendor| (*vendor.slug).cmp(slug)).ok().map(|n| &self.vendors[n])
    }
}

/// The address of a page, and the places in it that a link can name.
pub type Made = (String, Vec<String>);

/// What later stages make, which a link or a page can be about.
pub struct Elsewhere {
    /// The findings there are.
    pub codes: &'static [&'static Code],
    /// The pages and files of a vendor besides its own page.
    pub pages_of: fn(&Vendor, &Config) -> Vec<Made>,
}

/// Reads every file, each on its own and all at once, then looks at what only shows across files.
pub fn read(project: &Project, as_of: Date, elsewhere: &Elsewhere) -> Diagnosed<Library> {
    let shared = Arc::new(project.config.workdays());
    let (playbooks, pages): (Vec<&SourceFile>, Vec<&SourceFile>) =
        project.files.iter().partition(|file| file.path.starts_with("content/vendors/"));
    let parsed: Vec<_> = playbooks.par_iter().map(|file| parse::playbook(file, &project.config, &shared, as_of)).collect();
    let pages: Vec<_> = pages.par_iter().map(|file| parse::page(file)).collect();

    let mut across: BTreeMap<FileId, Findings> = BTreeMap::new();
    let mut vendors = Vec::with_capacity(parsed.len());
    let mut references = Vec::new();
    for draft in parsed {
        references.extend(draft.playbook_refs.into_iter().map(|used| (draft.vendor.file.clone(), used)));
        vendors.push(draft.vendor);
    }
    vendors.sort_by(|a, b| (&a.slug, &a.file).cmp(&(&b.slug, &b.file)));
    refuse_twins(&mut vendors, &mut across);
    resolve_playbooks(&vendors, references, &mut across);

    let mut diagnostics = Vec::new();
    let mut kept = Vec::with_capacity(pages.len());
    for Diagnosed { value, diagnostics: found } in pages {
        diagnostics.extend(found);
        kept.push(value);
    }
    kept.sort_by(|a, b| a.route.cmp(&b.route));
    let routes = Routes::of(&vendors, &mut kept, project, elsewhere, &mut across);
    routes::check_links(&vendors, &kept, &routes, elsewhere.codes, &mut across);

    for findings in across.into_values() {
        diagnostics.extend(findings.into_list());
    }
    let library = Library { vendors, pages: kept, routes, as_of };
    Diagnosed { value: library, diagnostics }
}

fn at<'a>(across: &'a mut BTreeMap<FileId, Findings>, file: &FileId) -> &'a mut Findings {
    across.entry(file.clone()).or_insert_with(|| Findings::new(file))
}

/// Two playbooks of one page name: the later one is told and left out.
fn refuse_twins(vendors: &mut Vec<Vendor>, across: &mut BTreeMap<FileId, Findings>) {
    let mut n = 1;
    while n < vendors.len() {
        if vendors[n].slug != vendors[n - 1].slug {
            n += 1;
            continue;
        }
        let (first, second) = (vendors[n - 1].file.clone(), vendors.remove(n));
        let finding = at(across, &second.file).add(
            &codes::STR007,
            Span::at(0),
            format!("`{}` and `{first}` would both become the page `vendors/{}.html`.", second.file, second.slug),
        );
        finding.help("Rename one of the two files.").blocking = true;
    }
}

fn resolve_playbooks(vendors: &[Vendor], references: Vec<(FileId, crate::schema::Use)>, across: &mut BTreeMap<FileId, Findings>) {
    if references.is_empty() {
        return;
    }
    let known = crate::schema::Known::of(vendors.iter().map(|vendor| (Target::Playbook, vendor.slug.to_string())).collect());
    for (file, used) in references {
        known.check(&used, at(across, &file));
    }
}

/// Eight digits that change when a text does.
fn revision(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..8].to_owned()
}

/// The texts of a list of plain items.
pub fn texts(field: &Field<crate::schema::List<Item<String>>>) -> impl Iterator<Item = &str> {
    field.items().iter().map(|item| item.value.as_str())
}

/// A calendar a playbook names without its being configured.
fn unknown_calendar(name: &str, config: &Config) -> (String, String) {
    let names: Vec<&str> = config.calendar_names().collect();
    let known = if names.is_empty() {
        "No calendar is configured yet: add one under `holidays` in handbook.yaml.".to_owned()
    } else {
        format!("Configured: {}.", names.join(", "))
    };
    (format!("`calendar` points to {}, which handbook.yaml does not configure.", quoted(name)), known)
}
