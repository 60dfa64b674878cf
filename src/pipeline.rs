//! The only place where stages meet. `check`, `build` and everything else that shows a handbook call the
//! same functions and differ in what they do with the result.

mod examine;
mod holidays;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::book::Book;
use crate::calendar::Date;
use crate::diagnostic::{Diagnosed, Diagnostic, FileId, Severity};
use crate::formats::{Bases, Collected, Context, FORMATS, Kept, Pieces, Sink};
use crate::library::{Elsewhere, Library, routes};
use crate::memo::{Digest, digest};
use crate::rules;
use crate::sheets;
use crate::source::Project;
use crate::theme::{self, Theme};

pub use examine::{Memo, analyze as examine};

/// What stands in the way of doing anything at all: errors of the configuration.
pub fn misconfigured(project: &Project) -> Option<Vec<Diagnostic>> {
    let levels = rules::unknown_levels(&project.config);
    if !project.is_misconfigured() && levels.is_empty() {
        return None;
    }
    let mut findings: Vec<Diagnostic> = project.noticed.iter().cloned().chain(levels).collect();
    sort(&mut findings);
    Some(findings)
}

/// The library, and what was noticed outside its playbooks.
pub struct Analysis {
    pub library: Library,
    /// Findings about pages, assets and the configuration, sorted by place.
    pub elsewhere: Vec<Diagnostic>,
    /// Changes when something does that pages about other files may show: the configuration, the day, an address, the
    /// title or front matter of an author's page.
    pub frame: Digest,
}

impl Analysis {
    /// Every finding, in no order.
    pub fn findings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.elsewhere.iter().chain(self.library.vendors.iter().flat_map(|vendor| vendor.findings.iter()))
    }

    /// The errors among them. Most playbooks have none, and are passed over.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        let vendors = self.library.vendors.iter().filter(|vendor| vendor.errors() > 0);
        let all = self.elsewhere.iter().chain(vendors.flat_map(|vendor| vendor.findings.iter()));
        all.filter(|finding| finding.severity == Severity::Error)
    }
}

/// All that `check` needs: the library, and every finding, sorted by place.
pub fn analyze(project: &Project, as_of: Date) -> Diagnosed<Library> {
    diagnosed(examine::analyze(project, as_of, &Memo::default()))
}

/// The library, and every finding, sorted by place.
pub fn diagnosed(analysis: Analysis) -> Diagnosed<Library> {
    let mut all: Vec<Diagnostic> = analysis.findings().cloned().collect();
    sort(&mut all);
    Diagnosed { value: analysis.library, diagnostics: all }
}

/// What the stages below the library make.
pub fn elsewhere() -> Elsewhere {
    Elsewhere { codes: rules::all_codes(), pages_of: sheets::pages_of }
}

/// By file, place and code.
pub fn sort(findings: &mut [Diagnostic]) {
    findings.sort_by(|a, b| (&a.file, a.span.start, a.code.id).cmp(&(&b.file, b.span.start, b.code.id)));
}

/// The immutable handbook that pages are made from.
pub fn compile(project: &Project, library: Library) -> Book {
    Book::new(project.config.clone(), library)
}

/// Makes every file of the site.
pub fn emit(book: &Book, project: &Project, theme: &Theme, out: &dyn Sink) {
    let kept = Kept::default();
    let cx = Context::new(theme, &project.assets, &kept);
    FORMATS.iter().for_each(|format| format.emit(book, &cx, out));
}

/// Makes every file of the site that the sink does not have already, all formats side by side. `around` is called with
/// the name of each and what makes it.
pub fn emit_new(book: &Book, project: &Project, theme: &Theme, bases: &Bases, out: &dyn Sink, around: Around<'_>) {
    let kept = Kept::default();
    let cx = Context::new(theme, &project.assets, &kept).with(bases);
    FORMATS.par_iter().for_each(|format| around(format.name(), &|| format.emit(book, &cx, out)));
}

/// Called around the work of one format.
pub type Around<'a> = &'a (dyn Fn(&'static str, &dyn Fn()) + Sync);

/// What the files of a book are made from. `program` stands for the program that makes them, and `frame` is that of
/// the [`Analysis`].
pub fn bases(book: &Book, project: &Project, program: &Digest, frame: &Digest) -> Bases {
    let fonts = project.config.fonts.iter().filter_map(|name| project.assets.get(name)?.read().ok());
    let fonts: Vec<Digest> = fonts.map(|font| digest([&font[..]])).collect();
    let theme = project.theme.iter().flat_map(|(name, bytes)| [name.as_bytes(), bytes.as_slice()]);
    let digests = [program, frame].into_iter().chain(&fonts).map(|digest| &digest[..]);
    Bases::of(book, digest(digests.chain(theme)))
}

/// Makes the one file of the site at a path, with what is kept from other files of the same book.
pub fn emit_one(path: &str, book: &Book, project: &Project, theme: &Theme, kept: &Kept, out: &dyn Sink) {
    let cx = Context::new(theme, &project.assets, kept);
    for format in FORMATS {
        format.emit_one(path, book, &cx, out);
    }
}

/// The same file piece by piece, where it is too large to be held whole.
pub fn pieces(path: &str, book: &Arc<Book>) -> Option<Pieces> {
    FORMATS.iter().find_map(|format| format.pieces(path, book))
}

/// True where the project's own theme has templates.
fn has_templates(project: &Project) -> bool {
    project.theme.keys().any(|name| name.ends_with(".html"))
}

/// Lays out one page of each kind with the templates of the project's own theme, so that what they miss is found before
/// anything is published.
pub fn try_theme(book: &Book, project: &Project, theme: &Theme) -> Vec<Diagnostic> {
    if !has_templates(project) {
        return Vec::new();
    }
    let (library, kept, out) = (&book.library, Kept::default(), Collected::default());
    let mut paths: Vec<String> = ["index.html", "register.html", "calendar.html", "search.html"].map(str::to_owned).to_vec();
    paths.extend(library.vendors.first().map(|vendor| routes::vendor_page(&vendor.slug)));
    let leaving = library.vendors.iter().find(|vendor| vendor.is_leaving()).or(library.vendors.first());
    paths.extend(leaving.map(|vendor| routes::checklist_page(&vendor.slug)));
    paths.extend(library.pages.iter().map(|page| page.route.clone()).find(|route| route != "index.html"));
    paths.extend(library.routes.redirects.keys().next().cloned());
    paths.iter().for_each(|path| emit_one(path, book, project, theme, &kept, &out));
    let failed = out.failed.into_inner().unwrap_or_default();
    let mut faults: Vec<Diagnostic> =
        failed.iter().flat_map(|failed| theme::fault(&failed.error.to_string(), "laid out", &project.theme, &project.config)).collect();
    sort(&mut faults);
    faults.dedup_by(|a, b| a.file == b.file && a.message == b.message);
    faults
}

/// The same for a library that is not a book yet. The built-in templates stand in for those that fail.
pub fn try_theme_on(library: Library, project: &Project, theme: &mut Theme) -> Diagnosed<Library> {
    if !has_templates(project) {
        return Diagnosed { value: library, diagnostics: Vec::new() };
    }
    let book = compile(project, library);
    let diagnostics = try_theme(&book, project, theme);
    if !diagnostics.is_empty() {
        theme.fall_back();
    }
    Diagnosed { value: book.library, diagnostics }
}

/// True where something stands in the way of publishing anything.
pub fn is_blocked<'f>(findings: impl IntoIterator<Item = &'f Diagnostic>) -> bool {
    findings.into_iter().any(|finding| finding.blocking && finding.severity == Severity::Error)
}

/// Sources by file, for showing findings in place.
pub fn texts(project: &Project) -> BTreeMap<FileId, Arc<str>> {
    let config = (project.config.file.clone(), project.config_text.clone());
    let templates = project
        .theme
        .iter()
        .filter(|(name, _)| name.ends_with(".html"))
        .map(|(name, bytes)| (format!("{}/{name}", project.config.theme_folder()).into(), String::from_utf8_lossy(bytes).into()));
    project.files.iter().map(|file| (file.path.clone(), file.text.clone())).chain([config]).chain(templates).collect()
}
