//! The handbook while it is being edited: one generation after another, each whole, pages made when they are
//! asked for. What is broken keeps its last good state until it is mended. Touches no network; the disk only by
//! reading.

mod shelf;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::calendar::Date;
use crate::config::Config;
use crate::diagnostic::{Diagnosed, Diagnostic, FileId, Lines, Severity, codes, quoted, visible};
use crate::formats::{Collected, Kept, Pieces};
use crate::library::routes;
use crate::memo::{Digest, digest};
use crate::pipeline::{self, Analysis, Memo};
use crate::source::{Broken, Project, Reader};
use crate::theme::Theme;
use shelf::{Basis, Shelf};

/// Errors that a panel lists; the terminal has all.
const MOST: usize = 200;

/// Follows a project and makes a new edition when something has changed.
pub struct Preview {
    reader: Reader,
    memo: Memo,
    shelf: Arc<Shelf>,
    theme: Option<(Digest, Arc<Theme>, Vec<Diagnostic>)>,
    /// The theme whose templates were tried, where they could be laid out.
    tried: Option<Digest>,
    last: Option<Last>,
    /// True once there was a folder `content`: where it is gone, somebody has taken it away.
    had_content: bool,
    /// True while nothing could be read since the last edition.
    is_lost: bool,
    editions: u64,
}

/// What the last reading gave.
struct Last {
    read: Project,
    as_of: Date,
    edition: Arc<Edition>,
}

/// One generation of the handbook, immutable.
pub struct Edition {
    pub number: u64,
    /// None where nothing could be shown yet.
    shown: Option<Shown>,
    /// The errors there are right now.
    pub urgent: Vec<Problem>,
    /// True where pages stand as they were before something broke.
    pub is_held: bool,
    shelf: Arc<Shelf>,
}

/// What pages are made from.
#[derive(Clone)]
struct Shown {
    project: Arc<Project>,
    theme: Arc<Theme>,
    book: Arc<crate::book::Book>,
    kept: Arc<Kept>,
    /// Changes when something does that any page may show.
    frame: Digest,
    /// Files that are shown although they are broken: there is no good text of them.
    broken: Arc<HashSet<FileId>>,
}

/// A finding as the panel of the preview shows it.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Problem {
    pub severity: &'static str,
    pub code: &'static str,
    pub message: String,
    pub help: Option<String>,
    pub path: String,
    pub line: usize,
    pub column: usize,
    /// The page that shows the file; empty where no page does.
    pub page: String,
}

/// A file of the handbook, and a digest that changes when it does.
#[derive(Debug, Clone)]
pub struct Made {
    pub bytes: Arc<[u8]>,
    pub digest: Digest,
}

impl Preview {
    pub fn new(root: &Path) -> Preview {
        Preview {
            reader: Reader::new(root),
            memo: Memo::default(),
            shelf: Arc::default(),
            theme: None,
            tried: None,
            last: None,
            had_content: false,
            is_lost: false,
            editions: 0,
        }
    }

    /// The reader, for asking where changes can happen.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Playbooks that were decoded, and pages that were made, since the beginning.
    pub fn work(&self) -> (usize, usize) {
        (self.memo.examined.load(Ordering::Relaxed), self.shelf.made.load(Ordering::Relaxed))
    }

    /// Looks at the project; the edition is the same one as before where nothing has changed. `now` is in nanoseconds
    /// since 1970, and `day` says for which day a handbook with this configuration is made.
    pub fn look(&mut self, now: i128, day: impl FnOnce(&Config) -> Date) -> Result<Arc<Edition>, Broken> {
        let read = self.reader.read(now)?;
        self.had_content |= self.reader.has_content();
        if self.had_content && !self.reader.has_content() {
            return Err(Broken { path: "content".into(), error: io::Error::other("the folder is gone") });
        }
        let as_of = day(&read.config);
        let was_lost = std::mem::take(&mut self.is_lost);
        if let Some(last) = self.last.as_ref().filter(|last| !was_lost && last.as_of == as_of && last.read.is_same(&read)) {
            return Ok(last.edition.clone());
        }
        self.editions += 1;
        let edition = Arc::new(self.edition(&read, as_of));
        self.last = Some(Last { read, as_of, edition: edition.clone() });
        Ok(edition)
    }

    /// The last good edition, for as long as the files cannot be read at all.
    pub fn lost(&mut self, broken: &Broken) -> Arc<Edition> {
        self.is_lost = true;
        self.editions += 1;
        let name = broken.path.file_name().unwrap_or(broken.path.as_os_str()).to_string_lossy();
        let problem = Problem {
            severity: Severity::Error.word(),
            code: "",
            message: format!("{} cannot be read: {}.", quoted(&name), broken.error),
            help: Some("Put it back. The page follows again by itself.".to_owned()),
            path: visible(&name),
            line: 1,
            column: 1,
            page: String::new(),
        };
        Arc::new(self.held(vec![problem]))
    }

    fn edition(&mut self, read: &Project, as_of: Date) -> Edition {
        if let Some(findings) = pipeline::misconfigured(read) {
            return self.held(problems(&findings, read, None));
        }
        let (theme, of_theme) = self.theme(read);
        if !of_theme.is_empty() && self.last.is_some() {
            return self.held(problems(&of_theme, read, None));
        }
        let found = pipeline::examine(read, as_of, &self.memo);
        let broken = broken_files(&found);
        let held = self.with_good_texts(read, &broken);
        let is_held = held.is_some();
        let mut urgent: Vec<Diagnostic> = of_theme;
        let (project, shown) = match held {
            None => (read.clone(), found),
            Some(project) => {
                urgent.extend(found.errors().filter(|finding| broken.contains(&finding.file)).cloned());
                let shown = pipeline::examine(&project, as_of, &self.memo);
                (project, shown)
            }
        };
        // What follows from a text that is held back is nobody's fault.
        let rest = shown.errors().filter(|finding| !is_held || !broken.contains(&finding.file));
        urgent.extend(rest.cloned());
        pipeline::sort(&mut urgent);
        let urgent = problems(&urgent, read, Some(&shown));
        if pipeline::is_blocked(shown.errors()) {
            return self.held(urgent);
        }
        let theme_digest = self.theme.as_ref().map_or([0; 32], |(digest, ..)| *digest);
        let frame = digest([&shown.frame[..], &theme_digest]);
        let book = Arc::new(pipeline::compile(&project, shown.library));
        let faults = if self.tried == Some(theme_digest) { Vec::new() } else { pipeline::try_theme(&book, &project, &theme) };
        self.tried = faults.is_empty().then_some(theme_digest);
        let urgent = [problems(&faults, read, None), urgent].concat();
        if !faults.is_empty() && self.last.as_ref().is_some_and(|last| last.edition.is_shown()) {
            return self.held(urgent);
        }
        let is_as_read = |path: &FileId| {
            project.files.binary_search_by(|file| file.path.cmp(path)).is_ok_and(|n| {
                let now = read.files.binary_search_by(|file| file.path.cmp(path));
                now.is_ok_and(|now| Arc::ptr_eq(&project.files[n].text, &read.files[now].text))
            })
        };
        let broken = Arc::new(broken.into_iter().filter(is_as_read).collect());
        let shown = Shown { project: Arc::new(project), theme, book, kept: Arc::default(), frame, broken };
        Edition { number: self.editions, shown: Some(shown), urgent, is_held, shelf: self.shelf.clone() }
    }

    /// The last good edition, with what is wrong now.
    fn held(&self, urgent: Vec<Problem>) -> Edition {
        let shown = self.last.as_ref().and_then(|last| last.edition.shown.clone());
        Edition { number: self.editions, shown, urgent, is_held: true, shelf: self.shelf.clone() }
    }

    /// The project with the last good text in place of each broken file; nothing where no file is held back.
    fn with_good_texts(&self, read: &Project, broken: &HashSet<FileId>) -> Option<Project> {
        let shown = self.last.as_ref()?.edition.shown.as_ref()?;
        let find = |project: &Project, path: &FileId| project.files.binary_search_by(|file| file.path.cmp(path)).ok();
        let mut held: Option<Project> = None;
        for path in broken.iter().filter(|path| !shown.broken.contains(*path)) {
            if let (Some(n), Some(good)) = (find(read, path), find(&shown.project, path)) {
                held.get_or_insert_with(|| read.clone()).files[n] = shown.project.files[good].clone();
            }
        }
        // What was noticed about a text that is held back is told, and does not stop its last good one.
        if let Some(project) = &mut held {
            project.noticed.retain(|finding| !broken.contains(&finding.file) || shown.broken.contains(&finding.file));
        }
        held
    }

    /// The templates, compiled again where the theme's files have changed.
    fn theme(&mut self, read: &Project) -> (Arc<Theme>, Vec<Diagnostic>) {
        let files = read.theme.iter().flat_map(|(name, bytes)| [name.as_bytes(), bytes.as_slice()]);
        let digest = digest(files);
        if let Some((_, theme, findings)) = self.theme.as_ref().filter(|(known, ..)| *known == digest) {
            return (theme.clone(), findings.clone());
        }
        let Diagnosed { value, diagnostics } = Theme::load(&read.theme, &read.config);
        let theme = Arc::new(value);
        self.theme = Some((digest, theme.clone(), diagnostics.clone()));
        (theme, diagnostics)
    }
}

/// Playbooks and pages that cannot be read, or hold what may not be shown.
fn broken_files(found: &Analysis) -> HashSet<FileId> {
    let unreadable = found.library.vendors.iter().filter(|vendor| vendor.is_unreadable()).map(|vendor| vendor.file.clone());
    let stops = |finding: &&Diagnostic| finding.blocking || finding.code == &codes::STR001 || finding.code == &codes::FIL009;
    let stopped = found.errors().filter(stops).filter(|finding| finding.file.ends_with(".md")).map(|finding| finding.file.clone());
    unreadable.chain(stopped).collect()
}

/// Findings in words and places, with the page that shows each file.
fn problems(findings: &[Diagnostic], project: &Project, found: Option<&Analysis>) -> Vec<Problem> {
    let pages: HashMap<&FileId, String> = match found {
        None => HashMap::new(),
        Some(_) if findings.is_empty() => HashMap::new(),
        Some(found) => {
            let files: HashSet<&FileId> = findings.iter().map(|finding| &finding.file).collect();
            let of_vendors = found.library.vendors.iter().map(|vendor| (&vendor.file, routes::vendor_page(&vendor.slug)));
            let of_pages = found.library.pages.iter().map(|page| (&page.file, page.route.clone()));
            of_vendors.chain(of_pages).filter(|(file, _)| files.contains(file)).collect()
        }
    };
    let told = findings.chunk_by(|a, b| a.file == b.file).flat_map(|run| {
        let text = text_of(&run[0].file, project);
        let lines = Lines::of(&text);
        let page = pages.get(&run[0].file).cloned().unwrap_or_default();
        run.iter().map(|finding| Problem::of(finding, &lines, page.clone())).collect::<Vec<_>>()
    });
    told.take(MOST).collect()
}

/// The text of a playbook, a page or a template; of the configuration, for all else.
fn text_of<'p>(path: &FileId, project: &'p Project) -> Cow<'p, str> {
    if let Ok(n) = project.files.binary_search_by(|file| file.path.cmp(path)) {
        return Cow::Borrowed(&project.files[n].text);
    }
    let template = path.strip_prefix(&project.config.theme_folder()).and_then(|name| project.theme.get(name.strip_prefix('/')?));
    template.map_or(Cow::Borrowed(&*project.config_text), |bytes| String::from_utf8_lossy(bytes))
}

impl Problem {
    fn of(finding: &Diagnostic, lines: &Lines<'_>, page: String) -> Problem {
        let place = lines.position(finding.span.start);
        Problem {
            severity: finding.severity.word(),
            code: finding.code.id,
            message: visible(&finding.message),
            help: finding.help.as_deref().map(visible),
            path: visible(&finding.file),
            line: place.line,
            column: place.column,
            page,
        }
    }
}

impl Edition {
    /// True where there is a handbook to show.
    pub fn is_shown(&self) -> bool {
        self.shown.is_some()
    }

    /// The title of the handbook; empty where there is none to show.
    pub fn title(&self) -> &str {
        self.shown.as_ref().map_or("", |shown| &shown.book.config.title)
    }

    /// Vendors and pages that are shown.
    pub fn counts(&self) -> (usize, usize) {
        self.shown.as_ref().map_or((0, 0), |shown| (shown.book.library.vendors.len(), shown.book.library.pages.len()))
    }

    /// What is wrong, for the panel of a page: every error, then what was found in the file the page shows.
    pub fn problems(&self, path: &str) -> Vec<Problem> {
        let mut all = self.urgent.clone();
        let Some(shown) = &self.shown else { return all };
        if let Some(vendor) = routes::slugs_of(path).find_map(|slug| shown.book.library.vendor(slug)) {
            let lines = Lines::of(&vendor.text);
            let found = vendor.findings.iter().filter(|finding| finding.severity != Severity::Error);
            let mut found: Vec<&Diagnostic> = found.collect();
            found.sort_by_key(|finding| (std::cmp::Reverse(finding.severity), crate::rules::pressing(finding.code)));
            all.extend(found.into_iter().map(|finding| Problem::of(finding, &lines, path.to_owned())));
        }
        all
    }

    /// The file at a path of the site, made now or remembered; nothing where the site has none there. What a theme
    /// cannot lay out is an error, in words.
    pub fn file(&self, path: &str) -> Option<Result<Made, String>> {
        let shown = self.shown.as_ref()?;
        let basis = self.basis(shown, path);
        self.shelf.get(path, basis, || {
            let out = Collected::default();
            pipeline::emit_one(path, &shown.book, &shown.project, &shown.theme, &shown.kept, &out);
            let failed = out.failed.into_inner().unwrap_or_default();
            let bytes = out.files.into_inner().ok().and_then(|mut files| files.remove(path));
            match (bytes, failed.into_iter().find(|failed| failed.path == Path::new(path))) {
                (Some(bytes), _) => Some(Ok(bytes)),
                (None, Some(failed)) => Some(Err(failed.to_string())),
                (None, None) => None,
            }
        })
    }

    /// The file piece by piece, where it is too large to be made whole for each who asks.
    pub fn stream(&self, path: &str) -> Option<Pieces> {
        pipeline::pieces(path, &self.shown.as_ref()?.book)
    }

    /// Changes when what a page looks like does: its own bytes, or a picture it shows.
    pub fn looks(&self, path: &str) -> Option<Digest> {
        let shown = self.shown.as_ref().filter(|_| path.ends_with(".html"))?;
        let made = self.file(path)?.ok()?;
        let html = String::from_utf8_lossy(&made.bytes);
        let pictures = shown.project.assets.iter().filter(|(name, _)| {
            let name = name.rsplit('/').next().unwrap_or(name);
            html.contains(&*routes::encode(name))
        });
        let pictures: Vec<String> = pictures.map(|(name, asset)| format!("{name} {:?}", asset.stamp)).collect();
        Some(digest([&made.digest[..]].into_iter().chain(pictures.iter().map(String::as_bytes))))
    }

    /// Changes when a style sheet does.
    pub fn styles(&self) -> Option<Digest> {
        let shown = self.shown.as_ref()?;
        let names = shown.theme.assets.keys().filter(|name| name.ends_with(".css"));
        let sheets: Vec<Digest> = names.filter_map(|name| Some(self.file(&format!("assets/{name}"))?.ok()?.digest)).collect();
        Some(digest(sheets.iter().map(|sheet| &sheet[..])))
    }

    /// What the file at a path is made from.
    fn basis(&self, shown: &Shown, path: &str) -> Basis {
        let library = &shown.book.library;
        if let Some(vendor) = routes::slugs_of(path).find_map(|slug| library.vendor(slug)) {
            return Basis::Vendors(shown.frame, shown.book.shown_with(vendor).cloned().collect());
        }
        match library.pages.binary_search_by(|page| page.route.as_str().cmp(path)) {
            Ok(n) if path != "index.html" => Basis::Page(shown.frame, library.pages[n].clone()),
            _ => Basis::Everything(self.number),
        }
    }
}
