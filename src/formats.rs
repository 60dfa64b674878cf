//! Ways of putting a book into files. None of them touches the disk: they hand files to a sink.

mod bases;
pub mod calendar;
mod handbook;
pub mod json;
mod search;
pub mod sheets;
pub mod site;

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::sync::{Arc, OnceLock};

use xxhash_rust::xxh3::xxh3_128;

use crate::book::Book;
use crate::config::Config;
use crate::library::{Vendor, routes};
use crate::memo::Digest;
use crate::pdf::Fonts;
use crate::search::{Catalogue, Index};
use crate::source::{Asset, Broken};
use crate::theme::{self, Theme};

pub use bases::Bases;

/// Takes files as they are made: publishes, hashes, or collects them for a test.
pub trait Sink: Sync {
    /// A file of the site: its path with `/`, and its bytes.
    fn put(&self, path: &str, bytes: &[u8]);
    /// A file that is too large to be held whole: it is written piece by piece.
    fn stream(&self, path: &str, write: &mut dyn FnMut(&mut (dyn Write + Send)) -> io::Result<()>);
    /// Files that are made from what the digest stands for, and from nothing else. A sink that has them from the last
    /// time, whole, may leave them as they are; then nothing is made.
    fn made_from(&self, name: &str, from: &Digest, make: &mut dyn FnMut(&dyn Sink));
    /// Something the person who builds should know, and that no file can say.
    fn note(&self, note: String);
    /// A file that could not be made.
    fn fail(&self, broken: Broken);
    /// What was made the last time, where the sink has it.
    fn earlier(&self) -> Option<&dyn Earlier> {
        None
    }
}

/// What was made the last time.
pub trait Earlier: Sync {
    /// True where what goes by a name was made from the same.
    fn was_made_from(&self, name: &str, from: &Digest) -> bool;
    /// The files that go by a name; nothing where one is not as it was written.
    fn standing(&self, name: &str) -> Option<Standing<'_>>;
}

/// Files of the last time, each as it was written.
pub struct Standing<'e> {
    /// Sorted.
    pub paths: &'e [String],
    /// The print of each, as it was looked at.
    prints: Vec<u128>,
    open: Open<'e>,
}

type Open<'e> = Box<dyn Fn(&str) -> io::Result<Box<dyn Read + Send>> + Sync + 'e>;

impl<'e> Standing<'e> {
    pub fn new(paths: &'e [String], prints: Vec<u128>, open: Open<'e>) -> Standing<'e> {
        Standing { paths, prints, open }
    }

    fn place(&self, path: &str) -> Option<usize> {
        self.paths.binary_search_by(|known| known.as_str().cmp(path)).ok()
    }

    /// One of the files.
    pub fn open(&self, path: &str) -> Option<Box<dyn Read + Send>> {
        self.place(path).and_then(|_| (self.open)(path).ok())
    }

    /// The same, whole; nothing where it has changed since it was looked at.
    pub fn read(&self, path: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open(path)?.read_to_end(&mut bytes).ok()?;
        let print = self.prints.get(self.place(path)?)?;
        (xxh3_128(&bytes) == *print).then_some(bytes)
    }
}

/// What formats need besides the book.
pub struct Context<'a> {
    pub theme: &'a Theme,
    pub assets: &'a BTreeMap<String, Asset>,
    kept: &'a Kept,
    bases: Option<&'a Bases>,
}

/// What is made at most once for one book and used by many of its files.
#[derive(Default)]
pub struct Kept {
    fonts: OnceLock<Fonts>,
    index: OnceLock<Index>,
}

impl<'a> Context<'a> {
    pub fn new(theme: &'a Theme, assets: &'a BTreeMap<String, Asset>, kept: &'a Kept) -> Context<'a> {
        Context { theme, assets, kept, bases: None }
    }

    /// The same, knowing what everything is made from.
    pub fn with(self, bases: &'a Bases) -> Context<'a> {
        Context { bases: Some(bases), ..self }
    }

    /// Files that one vendor's page and sheets are.
    pub fn of_vendor(&self, vendor: &Vendor, book: &Book, out: &dyn Sink, make: &mut dyn FnMut(&dyn Sink)) {
        match self.bases.and_then(|bases| bases.of_vendor(vendor, book)) {
            Some(from) => out.made_from(&routes::vendor_page(&vendor.slug), from, make),
            None => make(out),
        }
    }

    /// True where everything that one vendor's files are made from is as it was the last time.
    pub fn is_as_before(&self, vendor: &Vendor, book: &Book, earlier: &dyn Earlier) -> bool {
        let from = self.bases.and_then(|bases| bases.of_vendor(vendor, book));
        from.is_some_and(|from| earlier.was_made_from(&routes::vendor_page(&vendor.slug), from))
    }

    /// Files that anything in the handbook may show on.
    pub fn of_everything(&self, name: &str, out: &dyn Sink, make: &mut dyn FnMut(&dyn Sink)) {
        match self.bases {
            Some(bases) => out.made_from(name, bases.everything(), make),
            None => make(out),
        }
    }

    /// Files that the front matter of any vendor may show on, and nothing else of it.
    pub fn of_fronts(&self, name: &str, out: &dyn Sink, make: &mut dyn FnMut(&dyn Sink)) {
        match self.bases {
            Some(bases) => out.made_from(name, bases.fronts(), make),
            None => make(out),
        }
    }

    /// The words of the whole handbook.
    pub fn words(&self, catalogue: &Catalogue<'_>) -> &Index {
        self.kept.index.get_or_init(|| Index::of(&catalogue.blocks(&|_, _| {}, None), catalogue.entries.len()))
    }

    /// The faces of PDFs: the built-in ones, then the handbook's own. Read when the first PDF is made; one that
    /// cannot be used is told once.
    pub fn fonts(&self, config: &Config, out: &dyn Sink) -> &Fonts {
        self.kept.fonts.get_or_init(|| {
            let mut own = Vec::new();
            for name in &config.fonts {
                match self.assets.get(name).map(Asset::read) {
                    Some(Ok(bytes)) => own.push((name.clone(), bytes)),
                    Some(Err(broken)) => out.fail(broken),
                    None => out.note(format!("`brand.fonts`: there is no file content/{name}")),
                }
            }
            let (fonts, refused) = Fonts::new(theme::FONTS, own);
            refused.into_iter().for_each(|(name, why)| out.note(format!("`brand.fonts`: {name} cannot be used: {why}")));
            fonts
        })
    }
}

/// One way of putting a book into files.
pub trait Format: Sync {
    fn name(&self) -> &'static str;
    /// Makes every file.
    fn emit(&self, book: &Book, cx: &Context<'_>, out: &dyn Sink);
    /// Makes the one file at a path, the same as [`emit`](Format::emit) makes it; nothing where the path is none of
    /// this format's.
    fn emit_one(&self, path: &str, book: &Book, cx: &Context<'_>, out: &dyn Sink);
    /// A file that is too large to be held whole for whoever takes it slowly.
    fn pieces(&self, _path: &str, _book: &Arc<Book>) -> Option<Pieces> {
        None
    }
}

/// A file piece by piece, each made when it is asked for.
pub type Pieces = Box<dyn Iterator<Item = Vec<u8>> + Send>;

/// Every format, in the order in which they are made.
pub static FORMATS: &[&dyn Format] = &[&handbook::Handbook, &calendar::Calendars, &json::Json, &search::Search];

/// Collects a site in memory.
#[derive(Debug, Default)]
pub struct Collected {
    pub files: std::sync::Mutex<BTreeMap<String, Vec<u8>>>,
    pub notes: std::sync::Mutex<Vec<String>>,
    pub failed: std::sync::Mutex<Vec<Broken>>,
}

impl Sink for Collected {
    fn put(&self, path: &str, bytes: &[u8]) {
        if let Ok(mut files) = self.files.lock() {
            files.insert(path.to_owned(), bytes.to_vec());
        }
    }

    fn stream(&self, path: &str, write: &mut dyn FnMut(&mut (dyn Write + Send)) -> io::Result<()>) {
        let mut bytes = Vec::new();
        match write(&mut bytes) {
            Ok(()) => self.put(path, &bytes),
            Err(error) => self.fail(Broken { path: path.into(), error }),
        }
    }

    fn made_from(&self, _: &str, _: &Digest, make: &mut dyn FnMut(&dyn Sink)) {
        make(self);
    }

    fn note(&self, note: String) {
        if let Ok(mut notes) = self.notes.lock() {
            notes.push(note);
        }
    }

    fn fail(&self, broken: Broken) {
        if let Ok(mut failed) = self.failed.lock() {
            failed.push(broken);
        }
    }
}
