//! Reads a project from the disk, and is the only module that does. Nothing is opened that is not an
//! ordinary file below the project's folder.

mod reader;
mod text;
mod walk;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, FileId, Severity};

pub use reader::{Reader, Stamp};
pub use walk::{is_left_out, unportable};

/// Something in the world that is not as it should be: a folder that cannot be read, a full disk.
#[derive(Debug)]
pub struct Broken {
    pub path: PathBuf,
    pub error: io::Error,
}

impl Broken {
    /// What was there a moment ago and is not any more.
    fn while_read(self) -> Broken {
        match self.error.kind() {
            io::ErrorKind::NotFound => {
                Broken { error: io::Error::new(io::ErrorKind::NotFound, "this went away while it was read"), ..self }
            }
            _ => self,
        }
    }
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.error)
    }
}

/// One text file of the project. The byte order mark is gone and line ends are `\n`.
#[derive(Debug, Clone)]
pub struct SourceFile {
    pub path: FileId,
    pub text: Arc<str>,
    /// False where the file could not be read as text; it is then listed, and nothing is made of it.
    pub is_sound: bool,
}

/// Everything a compilation may look at. Later stages touch no disk, clock or environment.
#[derive(Debug, Clone)]
pub struct Project {
    pub config: Config,
    /// Markdown files below `content/`, sorted by path.
    pub files: Vec<SourceFile>,
    /// The other files below `content/`, by path without `content/`. Their bytes are read when published.
    pub assets: BTreeMap<String, Asset>,
    /// Files of the chosen theme, by path without `themes/<name>/`.
    pub theme: BTreeMap<String, Vec<u8>>,
    /// What was noticed while reading: about the configuration, file names and encodings.
    pub noticed: Vec<Diagnostic>,
    /// The text of the configuration, for showing findings in place.
    pub config_text: Arc<str>,
}

impl Project {
    /// True where another reading found nothing else.
    pub fn is_same(&self, other: &Project) -> bool {
        let same_file = |(a, b): (&SourceFile, &SourceFile)| a.path == b.path && Arc::ptr_eq(&a.text, &b.text) && a.is_sound == b.is_sound;
        let same_finding = |(a, b): (&Diagnostic, &Diagnostic)| a.code == b.code && a.file == b.file && a.message == b.message;
        self.config_text == other.config_text
            && self.files.len() == other.files.len()
            && self.noticed.len() == other.noticed.len()
            && self.assets == other.assets
            && self.theme == other.theme
            && self.files.iter().zip(&other.files).all(same_file)
            && self.noticed.iter().zip(&other.noticed).all(same_finding)
    }

    /// True where the configuration has errors, so that nothing can be built.
    pub fn is_misconfigured(&self) -> bool {
        self.noticed.iter().any(|finding| finding.code.id.starts_with("CFG") && finding.severity == Severity::Error)
    }
}

/// A file that may be copied into the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    on_disk: PathBuf,
    /// Changes when the file does.
    pub stamp: Stamp,
}

impl Asset {
    pub fn read(&self) -> Result<Vec<u8>, Broken> {
        fs::read(&self.on_disk).map_err(broken(&self.on_disk)).map_err(Broken::while_read)
    }
}

/// Reads the whole project. Where the configuration has errors nothing else is read.
pub fn read(root: &Path) -> Result<Project, Broken> {
    Reader::new(root).read(i128::MAX)
}

fn broken(path: &Path) -> impl FnOnce(io::Error) -> Broken + use<> {
    let path = path.to_owned();
    move |error| Broken { path, error }
}
