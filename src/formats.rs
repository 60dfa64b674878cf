//! Ways of putting a book into files. None of them touches the disk: they hand files to a sink.

mod calendar;
mod handbook;
pub mod json;
pub mod sheets;
pub mod site;

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::book::Book;
use crate::source::{Asset, Broken};
use crate::theme::Theme;

/// Takes files as they are made: publishes, hashes, or collects them for a test.
pub trait Sink: Sync {
    /// A file of the site: its path with `/`, and its bytes.
    fn put(&self, path: &str, bytes: &[u8]);
    /// A file that is too large to be held whole: it is written piece by piece.
    fn stream(&self, path: &str, write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>);
    /// A file that could not be made.
    fn fail(&self, broken: Broken);
}

/// What formats need besides the book.
pub struct Context<'a> {
    pub theme: &'a Theme,
    pub assets: &'a BTreeMap<String, Asset>,
}

/// One way of putting a book into files.
pub trait Format: Sync {
    fn name(&self) -> &'static str;
    fn emit(&self, book: &Book, cx: &Context<'_>, out: &dyn Sink);
}

/// Every format, in the order in which they are made.
pub static FORMATS: &[&dyn Format] = &[&handbook::Handbook, &calendar::Calendars, &json::Json];

/// Collects a site in memory.
#[derive(Debug, Default)]
pub struct Collected {
    pub files: std::sync::Mutex<BTreeMap<String, Vec<u8>>>,
    pub failed: std::sync::Mutex<Vec<Broken>>,
}

impl Sink for Collected {
    fn put(&self, path: &str, bytes: &[u8]) {
        if let Ok(mut files) = self.files.lock() {
            files.insert(path.to_owned(), bytes.to_vec());
        }
    }

    fn stream(&self, path: &str, write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) {
        let mut bytes = Vec::new();
        match write(&mut bytes) {
            Ok(()) => self.put(path, &bytes),
            Err(error) => self.fail(Broken { path: path.into(), error }),
        }
    }

    fn fail(&self, broken: Broken) {
        if let Ok(mut failed) = self.failed.lock() {
            failed.push(broken);
        }
    }
}
