//! Every file on its own first, then what shows across them. What one file gives depends on its text, the day and what
//! the configuration says for reading alone, so it is remembered by these from one reading to the next.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::holidays::{self, Year};
use super::{Analysis, elsewhere, sort};
use crate::calendar::Date;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, FileId, Findings, Span, codes};
use crate::exit;
use crate::library::{self, Draft, Library, Links, PageDraft, Vendor};
use crate::memo::{Digest, Newest, PerFile, digest};
use crate::rules::{self, Case};
use crate::secrets;
use crate::source::{Project, SourceFile};

/// What is remembered from one reading of a project to the next.
#[derive(Debug, Default)]
pub struct Memo {
    playbooks: PerFile<FileId, Arc<Examined>>,
    pages: PerFile<FileId, Arc<PageDraft>>,
    links: Links,
    across: Newest<Arc<[(usize, Diagnostic)]>>,
    /// Playbooks with what other files add to their findings.
    joined: PerFile<FileId, Vendor>,
    /// Playbooks that were decoded and put before the rules, in all readings together.
    pub examined: AtomicUsize,
}

/// One playbook with everything that its own file shows.
#[derive(Debug)]
struct Examined {
    draft: Draft,
    /// What was found in it, before waivers and weights; empty where `settled` says all.
    found: Vec<Diagnostic>,
    /// As it stands where nothing is to be said because of other files.
    settled: Vendor,
    years: Vec<Year>,
    /// Changes when something does that a rule across vendors can see.
    front: Digest,
}

/// Reads what has changed since the last time, and puts everything together.
pub fn analyze(project: &Project, as_of: Date, memo: &Memo) -> Analysis {
    // What pages alone show is not even there to depend on.
    let config = &project.config.for_reading();
    let base = digest([format!("{config:?}").as_bytes(), as_of.to_string().as_bytes()]);
    let shared = Arc::new(config.workdays());
    let (playbooks, pages): (Vec<&SourceFile>, Vec<&SourceFile>) =
        project.files.iter().partition(|file| file.path.starts_with("content/vendors/"));
    let with = |file: &SourceFile| digest([&base[..], &[u8::from(file.is_sound)]]);
    let examined: Vec<Arc<Examined>> = playbooks
        .par_iter()
        .map(|file| {
            memo.playbooks.get(&file.path, &file.text, &with(file), || {
                memo.examined.fetch_add(1, Ordering::Relaxed);
                let draft = library::draft(file, config, &shared, as_of, &elsewhere());
                Arc::new(Examined::new(draft, config, as_of, &base))
            })
        })
        .collect();
    let pages: Vec<Arc<PageDraft>> =
        pages.par_iter().map(|file| memo.pages.get(&file.path, &file.text, &with(file), || Arc::new(library::draft_page(file)))).collect();
    memo.forget(project);

    let drafts: Vec<&Draft> = examined.iter().map(|examined| &examined.draft).collect();
    let page_drafts: Vec<&PageDraft> = pages.iter().map(|page| &**page).collect();
    let assembled = library::assemble(&drafts, &page_drafts, project, as_of, elsewhere(), &memo.links);
    let mut library = assembled.library;
    let examined: Vec<&Examined> = assembled.places.iter().map(|n| &*examined[*n]).collect();
    for (vendor, examined) in library.vendors.iter_mut().zip(&examined) {
        *vendor = examined.settled.clone();
    }

    let mut about = About::of(&library);
    let found = assembled.across.into_values().flat_map(Findings::into_list);
    let of_pages = pages.iter().flat_map(|page| page.findings.iter().cloned());
    project.noticed.iter().cloned().chain(of_pages).chain(found).for_each(|finding| about.add(finding));
    let fronts = digest(examined.iter().map(|examined| &examined.front[..]));
    let across = memo.across.get(&fronts, || rules::across(&library.vendors, config, as_of).into());
    across.iter().for_each(|(n, finding)| about.of_vendor(*n, finding.clone()));
    for finding in holidays::missing(examined.iter().flat_map(|examined| &examined.years), &project.config) {
        about.add(finding);
    }
    let About { vendors, elsewhere, .. } = about;
    for (n, more) in vendors {
        let vendor = &examined[n].draft.vendor;
        let with = digest([&base[..]].into_iter().chain(more.iter().flat_map(identity)));
        library.vendors[n] = memo.joined.get(&vendor.file, &vendor.text, &with, || examined[n].with(more.clone(), config, as_of));
    }
    let fronts = library.pages.iter().flat_map(|page| [page.text[..page.body].as_bytes(), page.title.as_bytes()]);
    let shown = [&base[..], project.config_text.as_bytes(), &assembled.addresses];
    let frame = digest(shown.into_iter().chain(fronts));
    Analysis { elsewhere: weigh_elsewhere(elsewhere, project), library, frame }
}

impl Memo {
    fn forget(&self, project: &Project) {
        let is_there = |path: &FileId| project.files.binary_search_by(|file| file.path.cmp(path)).is_ok();
        self.playbooks.keep(project.files.len(), is_there);
        self.pages.keep(project.files.len(), is_there);
        self.links.keep(project.files.len(), is_there);
        self.joined.keep(project.files.len(), is_there);
    }
}

impl Examined {
    fn new(draft: Draft, config: &Config, as_of: Date, base: &Digest) -> Examined {
        let vendor = &draft.vendor;
        let case = Case::of(vendor, config, as_of);
        let mut found = vendor.findings.to_vec();
        let steps = exit::check_references(vendor).into_iter();
        found.extend(steps.map(|finding| Diagnostic { vendor: Some(vendor.slug.clone()), ..finding }));
        found.extend(rules::check_case(&case));
        let years = holidays::unknown_years(vendor, || case.into_plan());
        let front = digest([&base[..], vendor.file.as_bytes(), vendor.text[..vendor.body].as_bytes()]);
        let has_waivers = !vendor.playbook.allow.items().is_empty();
        let raw = if has_waivers { found.clone() } else { Vec::new() };
        let settled = settle(vendor, found, Vec::new(), config, as_of);
        Examined { years, settled, found: raw, front, draft: draft.without_findings() }
    }

    /// The vendor where other files give it more findings.
    fn with(&self, more: Vec<Diagnostic>, config: &Config, as_of: Date) -> Vendor {
        // Without waivers what is settled only has to be joined and sorted: weights and masks change nothing twice.
        let found = if self.found.is_empty() { self.settled.findings.to_vec() } else { self.found.clone() };
        settle(&self.draft.vendor, found, more, config, as_of)
    }
}

/// The vendor with its findings: waivers applied, secrets masked, weighed as the handbook wants it, sorted.
fn settle(vendor: &Vendor, mut all: Vec<Diagnostic>, more: Vec<Diagnostic>, config: &Config, as_of: Date) -> Vendor {
    all.extend(more);
    let secrets = secrets_of(&all);
    let waived = rules::waive(vendor, &mut all, config, as_of);
    let masked = |finding: Diagnostic| mask(finding, &secrets, &vendor.text);
    let mut kept: Vec<Diagnostic> = all.into_iter().filter_map(|finding| weigh(masked(finding), config)).collect();
    let mut waived: Vec<Diagnostic> = waived.into_iter().map(masked).collect();
    sort(&mut kept);
    sort(&mut waived);
    vendor.with(kept.into(), waived.into())
}

/// What tells a finding from every other.
fn identity(finding: &Diagnostic) -> [&[u8]; 4] {
    let place: &[u8] = finding.field.as_deref().unwrap_or_default().as_bytes();
    [finding.code.id.as_bytes(), finding.message.as_bytes(), finding.help.as_deref().unwrap_or_default().as_bytes(), place]
}

fn secrets_of<'f>(findings: impl IntoIterator<Item = &'f Diagnostic>) -> Vec<Span> {
    findings.into_iter().filter(|finding| finding.code == &codes::STR009).map(|finding| finding.span).collect()
}

/// The finding without any secret of its file in its words.
fn mask(mut finding: Diagnostic, secrets: &[Span], text: &str) -> Diagnostic {
    if secrets.is_empty() {
        return finding;
    }
    finding.message = secrets::mask(&finding.message, text, secrets).into();
    finding.help = finding.help.map(|help| secrets::mask(&help, text, secrets).into());
    finding.field = finding.field.map(|field| secrets::mask(&field, text, secrets).into());
    finding
}

/// The finding with the severity the handbook gives it; nothing where it is switched off.
fn weigh(finding: Diagnostic, config: &Config) -> Option<Diagnostic> {
    let fixed = finding.blocking || finding.code.id.starts_with("CFG");
    let severity = if fixed { Some(finding.severity) } else { config.severity(finding.code.id, finding.severity) };
    severity.map(|severity| Diagnostic { severity, ..finding })
}

/// Findings by what they are about.
struct About {
    places: HashMap<FileId, usize>,
    slugs: Vec<Arc<str>>,
    vendors: HashMap<usize, Vec<Diagnostic>>,
    elsewhere: Vec<Diagnostic>,
}

impl About {
    fn of(library: &Library) -> About {
        let places = library.vendors.iter().enumerate().map(|(n, vendor)| (vendor.file.clone(), n)).collect();
        let slugs = library.vendors.iter().map(|vendor| vendor.slug.clone()).collect();
        About { places, slugs, vendors: HashMap::new(), elsewhere: Vec::new() }
    }

    fn add(&mut self, finding: Diagnostic) {
        match self.places.get(&finding.file).copied() {
            Some(n) => self.of_vendor(n, finding),
            None => self.elsewhere.push(finding),
        }
    }

    fn of_vendor(&mut self, n: usize, finding: Diagnostic) {
        let vendor = Some(self.slugs[n].clone());
        self.vendors.entry(n).or_default().push(Diagnostic { vendor, ..finding });
    }
}

/// Findings outside the playbooks of the library, masked, weighed and sorted.
fn weigh_elsewhere(findings: Vec<Diagnostic>, project: &Project) -> Vec<Diagnostic> {
    let mut secrets: HashMap<FileId, Vec<Span>> = HashMap::new();
    for finding in findings.iter().filter(|finding| finding.code == &codes::STR009) {
        secrets.entry(finding.file.clone()).or_default().push(finding.span);
    }
    let text = |path: &FileId| match project.files.binary_search_by(|file| file.path.cmp(path)) {
        Ok(n) => &project.files[n].text,
        Err(_) => &project.config_text,
    };
    let masked = |finding: Diagnostic| match secrets.get(&finding.file) {
        Some(spans) => {
            let file = finding.file.clone();
            mask(finding, spans, text(&file))
        }
        None => finding,
    };
    let mut kept: Vec<Diagnostic> = findings.into_iter().filter_map(|finding| weigh(masked(finding), &project.config)).collect();
    sort(&mut kept);
    kept
}
