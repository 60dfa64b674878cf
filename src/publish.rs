//! A site onto the disk. Readers see the old site or the new one, never a mix: everything is written into
//! a stage beside the output, unchanged files are linked, and the two folders are exchanged. Only what our
//! own manifest lists is ever deleted.

mod platform;

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use walkdir::WalkDir;

use crate::formats::Sink;
use crate::source::Broken;

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

/// What was published.
#[derive(Debug, Default, Clone)]
pub struct Published {
    pub files: usize,
    pub written: usize,
    pub deleted: usize,
    /// Files in the output that are not ours, kept as they are.
    pub foreign: Vec<PathBuf>,
}

/// A site on its way onto the disk.
#[derive(Debug)]
pub struct Publisher {
    out: PathBuf,
    stage: PathBuf,
    audience: &'static str,
    /// Paths of the site that stands there now.
    before: BTreeSet<String>,
    /// Held until the end: one build at a time for one output.
    _lock: fs::File,
    state: Mutex<Progress>,
}

#[derive(Debug, Default)]
struct Progress {
    files: BTreeSet<String>,
    folders: BTreeSet<PathBuf>,
    written: usize,
    failed: Option<Broken>,
}

fn broken(path: &Path, error: io::Error) -> Broken {
    Broken { path: path.to_owned(), error }
}

impl Publisher {
    /// Checks that the output is ours to write, takes the lock and prepares the stage.
    pub fn begin(out: &Path, root: &Path, home: Option<&Path>, audience: &'static str) -> Result<Publisher, Refusal> {
        let out = std::path::absolute(out).map_err(|error| broken(out, error))?;
        let name = out.file_name().map(|name| name.to_string_lossy().into_owned());
        let (Some(parent), Some(name)) = (out.parent(), name) else {
            return Err(Refusal::Unsafe(format!("`{}` is no folder to write a site to", out.display())));
        };
        refuse_unsafe(&out, root, home)?;
        fs::create_dir_all(parent).map_err(|error| broken(parent, error))?;
        let lock = platform::lock(parent).map_err(|error| broken(parent, error))?;
        let stage = parent.join(format!(".{name}.partwell-stage"));
        let aside = parent.join(format!(".{name}.partwell-old"));
        recover(&out, &aside)?;
        clear_stage(&stage)?;
        let before = read_manifest(&out, audience)?;
        fs::create_dir(&stage).map_err(|error| broken(&stage, error))?;
        fs::write(stage.join(STAGING), "").map_err(|error| broken(&stage, error))?;
        Ok(Publisher { out, stage, audience, before, _lock: lock, state: Mutex::default() })
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
        let progress = std::mem::take(&mut *self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
        if let Some(failed) = progress.failed {
            return Err(failed);
        }
        self.write_manifest(&progress.files)?;
        let foreign = self.keep_foreign(&progress.files)?;
        let marker = self.stage.join(STAGING);
        fs::remove_file(&marker).map_err(|error| broken(&marker, error))?;
        platform::sync(&self.stage).map_err(|error| broken(&self.stage, error))?;
        let deleted = self.before.difference(&progress.files).count();
        self.swap(&foreign)?;
        Ok(Published { files: progress.files.len(), written: progress.written, deleted, foreign })
    }

    fn write_manifest(&self, files: &BTreeSet<String>) -> Result<(), Broken> {
        let manifest = serde_json::json!({"version": 1, "audience": self.audience, "files": files});
        let path = self.stage.join(MANIFEST);
        fs::write(&path, format!("{manifest:#}\n")).map_err(|error| broken(&path, error))
    }

    /// Takes over what someone else put into the output. A foreign file in our way stops everything.
    fn keep_foreign(&self, ours: &BTreeSet<String>) -> Result<Vec<PathBuf>, Broken> {
        let mut kept = Vec::new();
        if !self.out.is_dir() {
            return Ok(kept);
        }
        for entry in WalkDir::new(&self.out).min_depth(1).sort_by_file_name() {
            let entry = entry
                .map_err(|error| broken(&self.out, error.into_io_error().unwrap_or_else(|| io::Error::other("the folders form a loop"))))?;
            let relative = entry.path().strip_prefix(&self.out).unwrap_or(entry.path()).to_owned();
            let name = relative.to_string_lossy().replace('\\', "/");
            let target = self.stage.join(&relative);
            if entry.file_type().is_dir() {
                let emptied = fs::read_dir(entry.path()).is_ok_and(|mut inside| inside.next().is_none());
                if emptied && !target.exists() {
                    self.foreign_folder(&relative.join("inside"))?;
                }
                continue;
            }
            if name == MANIFEST || self.before.contains(&name) {
                continue;
            }
            if ours.contains(&name) {
                let error = io::Error::other("the site wants to write this file, and it is not ours: move it away");
                return Err(broken(entry.path(), error));
            }
            self.foreign_folder(&relative)?;
            platform::take_over(entry.path(), &target).map_err(|error| broken(entry.path(), error))?;
            kept.push(relative);
        }
        Ok(kept)
    }

    /// Makes the folders a foreign file stands in, each as private as it was.
    fn foreign_folder(&self, relative: &Path) -> Result<(), Broken> {
        let folders: Vec<&Path> = relative.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty()).collect();
        for folder in folders.into_iter().rev() {
            let (from, to) = (self.out.join(folder), self.stage.join(folder));
            if !to.exists() {
                let made =
                    fs::create_dir(&to).and_then(|()| fs::metadata(&from)).and_then(|meta| fs::set_permissions(&to, meta.permissions()));
                made.map_err(|error| broken(&to, error))?;
            }
        }
        Ok(())
    }

    fn swap(&self, foreign: &[PathBuf]) -> Result<(), Broken> {
        if !self.out.exists() {
            fs::rename(&self.stage, &self.out).map_err(|error| broken(&self.out, error))?;
        } else if platform::exchange(&self.stage, &self.out).is_ok() {
            self.remove_old(&self.stage, foreign);
        } else {
            // Not every disk exchanges two folders: one after the other then, and `begin` mends what was cut off.
            let name = self.stage.file_name().map(|name| name.to_string_lossy().replace("-stage", "-old")).unwrap_or_default();
            let aside = self.stage.with_file_name(name);
            fs::rename(&self.out, &aside).map_err(|error| broken(&self.out, error))?;
            if let Err(error) = fs::rename(&self.stage, &self.out) {
                let _ = fs::rename(&aside, &self.out);
                return Err(broken(&self.out, error));
            }
            self.remove_old(&aside, foreign);
        }
        if let Some(parent) = self.out.parent() {
            let _ = platform::sync_folder(parent);
        }
        Ok(())
    }

    /// Deletes the old site: the files of its manifest, the foreign files that live on in the new one, and
    /// the folders that are then empty.
    fn remove_old(&self, old: &Path, foreign: &[PathBuf]) {
        for name in foreign {
            let _ = fs::remove_file(old.join(name));
        }
        remove_site(old, &self.before);
    }

    /// Makes the folder of a file in the stage, and gives its place there.
    fn place(&self, path: &str) -> Result<PathBuf, Broken> {
        if !is_site_path(path) {
            return Err(broken(Path::new(path), io::Error::other("this is no path inside the site")));
        }
        let target = self.stage.join(path);
        if let Some(folder) = target.parent() {
            let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            if !state.folders.contains(folder) {
                fs::create_dir_all(folder).map_err(|error| broken(folder, error))?;
                state.folders.insert(folder.to_owned());
            }
        }
        Ok(target)
    }

    fn store(&self, path: &str, bytes: &[u8]) -> Result<bool, Broken> {
        let target = self.place(path)?;
        let old = self.old(path).filter(|old| same(old, bytes));
        if old.is_some_and(|old| fs::hard_link(old, &target).is_ok()) {
            return Ok(false);
        }
        fs::write(&target, bytes).map_err(|error| broken(&target, error))?;
        Ok(true)
    }

    fn store_stream(&self, path: &str, write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> Result<bool, Broken> {
        let target = self.place(path)?;
        let mut fill = || {
            let mut file = io::BufWriter::new(fs::File::create(&target)?);
            write(&mut file)?;
            file.flush()
        };
        fill().map_err(|error| broken(&target, error))?;
        let old = self.old(path).filter(|old| same_files(old, &target));
        let linked = old.is_some_and(|old| fs::remove_file(&target).and_then(|()| fs::hard_link(old, &target)).is_ok());
        Ok(!linked)
    }

    /// The file of that path in the site that stands there now.
    fn old(&self, path: &str) -> Option<PathBuf> {
        inside(&self.out, path).filter(|_| self.before.contains(path))
    }

    fn note(&self, path: &str, stored: Result<bool, Broken>) {
        match stored {
            Err(failed) => self.fail(failed),
            Ok(written) => {
                let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                state.written += usize::from(written);
                if !state.files.insert(path.to_owned()) {
                    state.failed.get_or_insert(broken(Path::new(path), io::Error::other("two sources were written to this path")));
                }
            }
        }
    }
}

impl Sink for Publisher {
    fn put(&self, path: &str, bytes: &[u8]) {
        self.note(path, self.store(path, bytes));
    }

    fn stream(&self, path: &str, write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) {
        self.note(path, self.store_stream(path, write));
    }

    fn fail(&self, failed: Broken) {
        let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        state.failed.get_or_insert(failed);
    }
}

/// Dropped before it was finished: the stage goes, the old site stays.
impl Drop for Publisher {
    fn drop(&mut self) {
        let _ = clear_stage(&self.stage);
    }
}

/// True for a plain relative path: no step up, no root, nothing hidden in it.
fn is_site_path(path: &str) -> bool {
    !path.is_empty() && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..") && !path.contains(['\\', '\0'])
}

/// A file of a site on the disk; nothing where a symbolic link on the way could lead elsewhere.
fn inside(root: &Path, name: &str) -> Option<PathBuf> {
    let mut path = root.to_owned();
    let mut parts = name.split('/').peekable();
    while let Some(part) = parts.next() {
        path.push(part);
        let on_the_way = parts.peek().is_some();
        if on_the_way && !fs::symlink_metadata(&path).is_ok_and(|meta| meta.is_dir()) {
            return None;
        }
    }
    Some(path)
}

/// Deletes the named files of a site, then its manifest, then the folders that are empty.
fn remove_site(root: &Path, files: &BTreeSet<String>) {
    for path in files.iter().filter_map(|name| inside(root, name)) {
        let _ = fs::remove_file(path);
    }
    let _ = fs::remove_file(root.join(MANIFEST));
    remove_empty_folders(root);
}

fn same(old: &Path, bytes: &[u8]) -> bool {
    fs::metadata(old).is_ok_and(|meta| meta.is_file() && meta.len() == bytes.len() as u64) && fs::read(old).is_ok_and(|was| was == bytes)
}

fn same_files(old: &Path, new: &Path) -> bool {
    let sizes = (fs::metadata(old).map(|meta| meta.len()), fs::metadata(new).map(|meta| meta.len()));
    matches!(sizes, (Ok(a), Ok(b)) if a == b) && same_bytes(old, new).unwrap_or(false)
}

fn same_bytes(old: &Path, new: &Path) -> io::Result<bool> {
    let (mut a, mut b) = (io::BufReader::new(fs::File::open(old)?), io::BufReader::new(fs::File::open(new)?));
    loop {
        let (left, right) = (a.fill_buf()?, b.fill_buf()?);
        let n = left.len().min(right.len());
        if n == 0 {
            return Ok(left.len() == right.len());
        }
        if left[..n] != right[..n] {
            return Ok(false);
        }
        a.consume(n);
        b.consume(n);
    }
}

/// Refuses every folder in which something of someone else's could be lost.
fn refuse_unsafe(out: &Path, root: &Path, home: Option<&Path>) -> Result<(), Refusal> {
    let refuse = |why: String| Err(Refusal::Unsafe(format!("`{}` {why}", out.display())));
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let here = match out.parent() {
        Some(parent) => real(parent).join(out.file_name().unwrap_or_default()),
        None => out.to_owned(),
    };
    let root = real(root);
    if root.starts_with(&here) {
        return refuse("holds the project itself".into());
    }
    if home.is_some_and(|home| real(home).starts_with(&here)) {
        return refuse("holds your home folder".into());
    }
    if ["content", "themes", "src"].iter().any(|own| here.starts_with(root.join(own))) {
        return refuse("lies among the project's sources".into());
    }
    match fs::symlink_metadata(out) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(broken(out, error).into()),
        Ok(meta) if meta.is_symlink() => refuse("is a symbolic link".into()),
        Ok(meta) if !meta.is_dir() => refuse("is a file, not a folder".into()),
        Ok(_) if out.join(".git").exists() => refuse("holds a `.git`: it is a repository, not a site".into()),
        Ok(_) => Ok(()),
    }
}

/// The files of the site that stands in the output. A folder with anything else in it is not ours.
fn read_manifest(out: &Path, audience: &str) -> Result<BTreeSet<String>, Refusal> {
    let path = out.join(MANIFEST);
    match fs::read(&path) {
        Ok(bytes) => {
            let manifest: serde_json::Value = serde_json::from_slice(&bytes).unwrap_or_default();
            let marked = manifest["audience"].as_str().unwrap_or("unknown");
            if marked != audience {
                return Err(Refusal::Unsafe(format!(
                    "`{}` holds a site for the audience `{marked}`; a site for `{audience}` goes elsewhere",
                    out.display()
                )));
            }
            let files =
                manifest["files"].as_array().map(|files| files.iter().filter_map(|file| file.as_str().map(str::to_owned)).collect());
            let files: BTreeSet<String> = files.unwrap_or_default();
            // A manifest may come from anywhere; only names inside the site are ours.
            Ok(files.into_iter().filter(|name| is_site_path(name)).collect())
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let empty = fs::read_dir(out).map_or(true, |mut inside| inside.next().is_none());
            if empty {
                Ok(BTreeSet::new())
            } else {
                Err(Refusal::Unsafe(format!("`{}` is not empty and was not made by Partwell", out.display())))
            }
        }
        Err(error) => Err(broken(&path, error).into()),
    }
}

/// A build that was cut off between two renames left the old site aside: it comes back.
fn recover(out: &Path, aside: &Path) -> Result<(), Broken> {
    if !aside.exists() {
        return Ok(());
    }
    if !out.exists() {
        return fs::rename(aside, out).map_err(|error| broken(aside, error));
    }
    clear_old(aside)
}

/// Removes what an earlier build left behind: a stage that was being written goes whole, an old site by its
/// manifest.
fn clear_stage(stage: &Path) -> Result<(), Broken> {
    match fs::symlink_metadata(stage) {
        Err(_) => Ok(()),
        Ok(meta) if meta.is_dir() && stage.join(STAGING).is_file() => fs::remove_dir_all(stage).map_err(|error| broken(stage, error)),
        Ok(_) => clear_old(stage),
    }
}

/// Clears an old site away. What is not in its manifest is not ours, and stops us.
fn clear_old(old: &Path) -> Result<(), Broken> {
    let manifest =
        fs::read(old.join(MANIFEST)).ok().and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok()).unwrap_or_default();
    let names = manifest["files"].as_array().into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned));
    remove_site(old, &names.filter(|name| is_site_path(name)).collect());
    if fs::symlink_metadata(old).is_ok() {
        return Err(broken(old, io::Error::other("something that is not ours stands here: move it away")));
    }
    Ok(())
}

fn remove_empty_folders(root: &Path) {
    let folders = WalkDir::new(root).contents_first(true).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_dir());
    for folder in folders {
        let _ = fs::remove_dir(folder.path());
    }
}
