//! A site onto the disk. Readers see the old site or the new one, never a mix: everything is written into
//! a stage beside the output, unchanged files are linked, and the two folders are exchanged. Only what our
//! own manifest lists is ever deleted.

mod platform;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use walkdir::WalkDir;

use crate::formats::Sink;
use crate::source::Broken;

/// The list of our files, in the output. Its presence says that the folder is ours.
const MANIFEST: &str = ".partwell-manifest.json";

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
#[derive(Debug, Default, Clone, Copy)]
pub struct Published {
    pub files: usize,
    pub written: usize,
    pub deleted: usize,
    /// Files in the output that are not ours, kept as they are.
    pub foreign: usize,
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
        remove_stage(&stage)?;
        let before = read_manifest(&out, audience)?;
        fs::create_dir(&stage).map_err(|error| broken(&stage, error))?;
        Ok(Publisher { out, stage, audience, before, _lock: lock, state: Mutex::default() })
    }

    /// Exchanges the stage and the output. On any failure the old site stays as it was.
    pub fn finish(self) -> Result<Published, Broken> {
        let result = self.complete();
        if result.is_err() {
            let _ = remove_stage(&self.stage);
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
        platform::sync(&self.stage).map_err(|error| broken(&self.stage, error))?;
        let deleted = self.before.difference(&progress.files).count();
        self.swap(&foreign)?;
        Ok(Published { files: progress.files.len(), written: progress.written, deleted, foreign: foreign.len() })
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
                    fs::create_dir_all(&target).map_err(|error| broken(&target, error))?;
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
            if let Some(folder) = target.parent() {
                fs::create_dir_all(folder).map_err(|error| broken(folder, error))?;
            }
            platform::take_over(entry.path(), &target).map_err(|error| broken(entry.path(), error))?;
            kept.push(relative);
        }
        Ok(kept)
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
        for name in &self.before {
            let _ = fs::remove_file(old.join(name));
        }
        for name in foreign {
            let _ = fs::remove_file(old.join(name));
        }
        let _ = fs::remove_file(old.join(MANIFEST));
        remove_empty_folders(old);
    }

    fn store(&self, path: &str, bytes: &[u8]) -> Result<bool, Broken> {
        let target = self.stage.join(path);
        if let Some(folder) = target.parent() {
            let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            if !state.folders.contains(folder) {
                fs::create_dir_all(folder).map_err(|error| broken(folder, error))?;
                state.folders.insert(folder.to_owned());
            }
        }
        let old = self.out.join(path);
        if self.before.contains(path) && same(&old, bytes) && fs::hard_link(&old, &target).is_ok() {
            return Ok(false);
        }
        fs::write(&target, bytes).map_err(|error| broken(&target, error))?;
        Ok(true)
    }
}

impl Sink for Publisher {
    fn put(&self, path: &str, bytes: &[u8]) {
        let safe = !path.is_empty() && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..") && !path.contains('\\');
        if !safe {
            return self.fail(broken(Path::new(path), io::Error::other("this is no path inside the site")));
        }
        match self.store(path, bytes) {
            Err(failed) => self.fail(failed),
            Ok(written) => {
                let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                state.written += usize::from(written);
                state.files.insert(path.to_owned());
            }
        }
    }

    fn fail(&self, failed: Broken) {
        let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        state.failed.get_or_insert(failed);
    }
}

/// Dropped before it was finished: the stage goes, the old site stays.
impl Drop for Publisher {
    fn drop(&mut self) {
        let _ = remove_stage(&self.stage);
    }
}

fn same(old: &Path, bytes: &[u8]) -> bool {
    fs::metadata(old).is_ok_and(|meta| meta.is_file() && meta.len() == bytes.len() as u64) && fs::read(old).is_ok_and(|was| was == bytes)
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
            Ok(files.unwrap_or_default())
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
    if aside.exists() && !out.exists() {
        fs::rename(aside, out).map_err(|error| broken(aside, error))?;
    }
    Ok(())
}

/// Removes a stage that an earlier build left behind. The name is ours, and nothing else lives there.
fn remove_stage(stage: &Path) -> Result<(), Broken> {
    match fs::symlink_metadata(stage) {
        Ok(meta) if meta.is_dir() => fs::remove_dir_all(stage).map_err(|error| broken(stage, error)),
        _ => Ok(()),
    }
}

fn remove_empty_folders(root: &Path) {
    let folders = WalkDir::new(root).contents_first(true).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_dir());
    for folder in folders {
        let _ = fs::remove_dir(folder.path());
    }
}
