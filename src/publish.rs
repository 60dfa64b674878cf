//! A site onto the disk. Readers see the old site or the new one, never a mix: everything is written into
//! a stage beside the output, unchanged files are linked, and the two folders are exchanged. Where nothing has
//! changed, nothing is touched. Only what our own manifest lists is ever deleted.

mod files;
mod folders;
mod foreign;
mod group;
mod manifest;
mod platform;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use foldhash::{HashMap, HashSet};

use crate::formats::{Earlier, Sink};
use crate::memo::Digest;
use crate::source::Broken;
pub use platform::is_far;

use files::Stored;
use folders::{MOUNTED, clear_stage, manifest_of, read_manifest, recover, refuse_unsafe, remains, remove_site, stage_for};
use manifest::Made;

/// The list of our files, in the output. Its presence says that the folder is ours.
const MANIFEST: &str = ".partwell-manifest.json";

/// Marks a stage while it is being written. A folder without it may hold someone's files, and is never
/// removed whole.
const STAGING: &str = ".partwell-staging";

/// Why a folder is not written to.
#[derive(Debug)]
pub enum Refusal {
    /// Writing there could destroy something that is not ours.
    Unsafe(String),
    /// The disk does not let us.
    Broken(Broken),
}

impl From<Broken> for Refusal {
    fn from(broken: Broken) -> Refusal {
        Refusal::Broken(broken)
    }
}

/// What stands in an output. One never takes the place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    Site,
    /// The exit pack of the vendor with this slug.
    Pack(String),
    /// The packs of many vendors.
    Packs,
}

impl Output {
    /// As the manifest names it.
    fn word(&self) -> String {
        match self {
            Output::Site => "site".to_owned(),
            Output::Pack(slug) => format!("exit pack of {slug}"),
            Output::Packs => "exit packs".to_owned(),
        }
    }

    /// In the middle of a sentence.
    fn told(&self) -> String {
        match self {
            Output::Site => "a site".to_owned(),
            Output::Pack(slug) => format!("the exit pack of {slug}"),
            Output::Packs => "the exit packs of many vendors".to_owned(),
        }
    }
}

/// What was published.
#[derive(Debug, Default, Clone)]
pub struct Published {
    pub files: usize,
    pub written: usize,
    pub deleted: usize,
    /// Files in the output that are not ours, kept as they are.
    pub foreign: Vec<PathBuf>,
    /// What formats had to say, in order.
    pub notes: Vec<String>,
}

/// A site on its way onto the disk.
#[derive(Debug)]
pub struct Publisher {
    out: PathBuf,
    stage: PathBuf,
    /// Where the old site stands for a moment, on a disk that does not exchange two folders.
    aside: PathBuf,
    audience: &'static str,
    what: Output,
    /// Paths of the site that stands there now.
    before: BTreeSet<String>,
    /// What of them was made from one thing, by its name.
    made_before: BTreeMap<String, Made>,
    /// Held until the end: one build at a time for one output.
    _lock: fs::File,
    state: Mutex<Progress>,
    folders: Folders,
}

#[derive(Debug, Default)]
struct Progress {
    notes: Vec<String>,
    files: BTreeSet<String>,
    made: BTreeMap<String, Made>,
    /// Files that stand in the old site as they are to stand in the new one.
    same: Vec<String>,
    written: usize,
    failed: Option<Broken>,
}

impl Progress {
    fn add(&mut self, path: &str) {
        if !self.files.insert(path.to_owned()) {
            self.failed.get_or_insert(broken(Path::new(path), io::Error::other("two sources were written to this path")));
        }
    }
}

/// Whether folders of the old site may be looked into, and which of the new one are there.
#[derive(Debug, Default)]
struct Folders {
    old: RwLock<HashMap<String, bool>>,
    new: Mutex<HashSet<String>>,
}

fn broken(path: &Path, error: io::Error) -> Broken {
    Broken { path: path.to_owned(), error }
}

/// The same path without `..`: where a folder on the way is there, as the disk has it.
fn without_steps_up(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        if part == Component::ParentDir {
            plain = plain.canonicalize().unwrap_or(plain);
            plain.pop();
        } else {
            plain.push(part);
        }
    }
    plain
}

impl Publisher {
    /// Checks that the output is ours to write, takes the lock and prepares the stage. `waits` says that another build
    /// has to end first.
    pub fn begin(
        out: &Path,
        root: &Path,
        home: Option<&Path>,
        audience: &'static str,
        what: Output,
        waits: impl FnOnce(),
    ) -> Result<Publisher, Refusal> {
        let out = std::path::absolute(out).map(|path| without_steps_up(&path)).map_err(|error| broken(out, error))?;
        let name = out.file_name().map(|name| name.to_string_lossy().into_owned());
        let (Some(parent), Some(name)) = (out.parent(), name) else {
            return Err(Refusal::Unsafe(format!("`{}` is no folder to write a site to", out.display())));
        };
        refuse_unsafe(&out, root, home)?;
        fs::create_dir_all(parent).map_err(|error| broken(parent, error))?;
        let lock = platform::lock(parent, waits).map_err(|error| broken(parent, error))?;
        let aside = parent.join(format!(".{name}.partwell-old"));
        recover(&out, &aside)?;
        let (stage, left) = stage_for(parent, &name)?;
        let manifest = read_manifest(&out, audience, &what)?;
        let (before, made_before) = (manifest.files(), manifest.made());
        fs::create_dir(&stage).map_err(|error| broken(&stage, error))?;
        fs::write(stage.join(STAGING), "").map_err(|error| broken(&stage, error))?;
        let state = Mutex::new(Progress { notes: left.into_iter().collect(), ..Progress::default() });
        Ok(Publisher { out, stage, aside, audience, what, before, made_before, _lock: lock, state, folders: Folders::default() })
    }

    /// Exchanges the stage and the output. On any failure the old site stays as it was.
    pub fn finish(self) -> Result<Published, Broken> {
        let result = self.complete();
        if result.is_err() {
            let _ = clear_stage(&self.stage);
        }
        result
    }

    fn complete(&self) -> Result<Published, Broken> {
        let progress = std::mem::take(&mut *self.lock());
        if let Some(failed) = progress.failed {
            return Err(failed);
        }
        let mut notes = progress.notes;
        notes.sort();
        notes.dedup();
        let deleted = self.before.difference(&progress.files).count();
        let manifest = || manifest::text(self.audience, &self.what.word(), &progress.files, &progress.made);
        let (manifest, kept) = rayon::join(manifest, || self.foreign(&progress.files));
        let kept = kept?;
        let foreign: Vec<PathBuf> = kept.iter().filter(|kept| !kept.is_folder).map(|kept| kept.path.clone()).collect();
        let mut published = Published { files: progress.files.len(), written: progress.written, deleted, foreign, notes };
        let is_listed = manifest_of(&self.out).is_ok_and(|old| old == manifest.as_bytes());
        if is_listed && published.written + deleted == 0 {
            clear_stage(&self.stage)?;
            return Ok(published);
        }
        self.take_along(progress.same)?;
        kept.iter().try_for_each(|kept| self.take_over(kept))?;
        if is_listed {
            self.take_along(vec![MANIFEST.to_owned()])?;
        } else {
            let path = self.stage.join(MANIFEST);
            fs::write(&path, manifest).map_err(|error| broken(&path, error))?;
        }
        let marker = self.stage.join(STAGING);
        fs::remove_file(&marker).map_err(|error| broken(&marker, error))?;
        platform::sync(&self.stage).map_err(|error| broken(&self.stage, error))?;
        published.notes.extend(self.swap(&published.foreign)?);
        Ok(published)
    }

    /// Puts the stage in the place of the output. The sentence says what of the old site could not be removed.
    fn swap(&self, foreign: &[PathBuf]) -> Result<Option<String>, Broken> {
        let mut left = None;
        if !self.out.exists() {
            fs::rename(&self.stage, &self.out).map_err(|error| broken(&self.out, error))?;
        } else if platform::exchange(&self.stage, &self.out).is_ok() {
            left = self.remove_old(&self.stage, foreign);
        } else {
            // Not every disk exchanges two folders: one after the other then, and `begin` mends what was cut off.
            fs::rename(&self.out, &self.aside).map_err(|error| match error.kind() {
                io::ErrorKind::ResourceBusy => broken(&self.out, io::Error::other(format!("this {MOUNTED}"))),
                _ => broken(&self.out, error),
            })?;
            if let Err(error) = fs::rename(&self.stage, &self.out) {
                let _ = fs::rename(&self.aside, &self.out);
                return Err(broken(&self.out, error));
            }
            left = self.remove_old(&self.aside, foreign);
        }
        if let Some(parent) = self.out.parent() {
            let _ = platform::sync_folder(parent);
        }
        Ok(left)
    }

    /// Deletes the old site: the files of its manifest, the foreign files that live on in the new one, and
    /// the folders that are then empty.
    fn remove_old(&self, old: &Path, foreign: &[PathBuf]) -> Option<String> {
        for name in foreign {
            let _ = fs::remove_file(old.join(name));
        }
        remove_site(old, &self.before).err().map(|error| remains(old, &error))
    }

    fn lock(&self) -> MutexGuard<'_, Progress> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stored(&self, path: &str, stored: Result<Stored, Broken>) {
        match stored {
            Err(failed) => self.fail(failed),
            Ok(Stored::Same) => self.all_same(&[path.to_owned()]),
            Ok(Stored::Written) => {
                let mut state = self.lock();
                state.written += 1;
                state.add(path);
            }
        }
    }

    /// The old site has these as they are to be.
    fn all_same(&self, paths: &[String]) {
        let mut state = self.lock();
        paths.iter().for_each(|path| state.add(path));
        state.same.extend_from_slice(paths);
    }
}

impl Sink for Publisher {
    fn put(&self, path: &str, bytes: &[u8]) {
        self.stored(path, self.store(path, bytes));
    }

    fn stream(&self, path: &str, write: &mut dyn FnMut(&mut (dyn Write + Send)) -> io::Result<()>) {
        self.stored(path, self.store_stream(path, write));
    }

    fn made_from(&self, name: &str, from: &Digest, make: &mut dyn FnMut(&dyn Sink)) {
        self.group(name, from, make);
    }

    fn earlier(&self) -> Option<&dyn Earlier> {
        Some(self)
    }

    fn note(&self, note: String) {
        let mut state = self.lock();
        state.notes.push(note);
    }

    fn fail(&self, failed: Broken) {
        let mut state = self.lock();
        state.failed.get_or_insert(failed);
    }
}

/// Dropped before it was finished: the stage goes, the old site stays.
impl Drop for Publisher {
    fn drop(&mut self) {
        let _ = clear_stage(&self.stage);
    }
}
