//! Which folders are ours, what in them is, and how it is cleared away.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::files::folder;
use super::manifest::Manifest;
use super::{MANIFEST, Output, Refusal, STAGING, broken, platform};
use crate::config::SOURCES;
use crate::source::Broken;

/// What is wrong with a folder that cannot be exchanged with another.
pub const MOUNTED: &str = "is where a disk is mounted, and is not exchanged as a whole; a folder in it is";

/// True for a plain relative path: no step up, no root, nothing hidden in it.
pub fn is_site_path(path: &str) -> bool {
    !path.is_empty() && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..") && !path.contains(['\\', '\0'])
}

/// A file of a site on the disk; nothing where a symbolic link on the way could lead elsewhere.
pub fn inside(root: &Path, name: &str) -> Option<PathBuf> {
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

/// Deletes the named files of a site, then its manifest, then the folders that are empty. The manifest stays where
/// something that it lists cannot be deleted: the next build finds whose it is, and tries again.
pub fn remove_site(root: &Path, files: &BTreeSet<String>) -> io::Result<()> {
    let names: Vec<&String> = files.iter().collect();
    let of_folders: Vec<&[&String]> = names.chunk_by(|a, b| folder(a) == folder(b)).collect();
    let removed = of_folders.par_iter().filter(|names| inside(root, names[0]).is_some()).map(|names| {
        let removed: Vec<io::Result<()>> = names.iter().map(|name| gone(fs::remove_file(root.join(name)))).collect();
        // Most folders are empty now; those that others lie in come last.
        let _ = Some(folder(names[0])).filter(|folder| !folder.is_empty()).map(|folder| fs::remove_dir(root.join(folder)));
        removed.into_iter().collect()
    });
    // Every file is tried, whatever becomes of the others.
    removed.collect::<Vec<io::Result<()>>>().into_iter().collect::<io::Result<()>>()?;
    gone(fs::remove_file(root.join(MANIFEST)))?;
    remove_empty_folders(root);
    Ok(())
}

/// What was not there, or was a folder of somebody else's, need not be removed.
fn gone(removed: io::Result<()>) -> io::Result<()> {
    removed.or_else(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory => Ok(()),
        _ => Err(error),
    })
}

/// Refuses every folder in which something of someone else's could be lost.
pub fn refuse_unsafe(out: &Path, root: &Path, home: Option<&Path>) -> Result<(), Refusal> {
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
    if SOURCES.iter().any(|own| here.starts_with(root.join(own))) {
        return refuse("lies among the project's sources".into());
    }
    match fs::symlink_metadata(out) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(broken(out, error).into()),
        Ok(meta) if meta.is_symlink() => refuse("is a symbolic link".into()),
        Ok(meta) if !meta.is_dir() => refuse("is a file, not a folder".into()),
        Ok(_) if platform::is_mounted(out) => refuse(MOUNTED.into()),
        Ok(_) if out.join(".git").exists() => refuse("holds a `.git`: it is a repository, not a site".into()),
        Ok(_) => Ok(()),
    }
}

/// The manifest of a folder as it stands there. What is no file is not opened: it might never end.
pub fn manifest_of(folder: &Path) -> io::Result<Vec<u8>> {
    let path = folder.join(MANIFEST);
    match fs::symlink_metadata(&path)?.is_file() {
        true => fs::read(path),
        false => Err(io::Error::other("this is not an ordinary file, so it was not opened")),
    }
}

/// What stands in the output. A folder with anything else in it is not ours.
pub fn read_manifest(out: &Path, audience: &str, what: &Output) -> Result<Manifest, Refusal> {
    let path = out.join(MANIFEST);
    match manifest_of(out) {
        Ok(bytes) => {
            let manifest = Manifest::read(&bytes);
            let Some(marked) = manifest.audience() else {
                return Err(Refusal::Unsafe(format!(
                    "`{}` cannot be read, so nothing tells which files there are ours. Remove the folder to build it anew",
                    path.display()
                )));
            };
            if marked != audience {
                return Err(Refusal::Unsafe(format!(
                    "`{}` holds a site for the audience `{marked}`; a site for `{audience}` goes elsewhere",
                    out.display()
                )));
            }
            if let Some(held) = other(&manifest, what) {
                let wanted = what.told();
                return Err(Refusal::Unsafe(format!("`{}` holds {held}, and {wanted} would take its place", out.display())));
            }
            Ok(manifest)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let empty = fs::read_dir(out).map_or(true, |mut inside| inside.next().is_none());
            if empty {
                Ok(Manifest::default())
            } else {
                Err(Refusal::Unsafe(format!("`{}` is not empty and was not made by Partwell", out.display())))
            }
        }
        Err(error) => Err(broken(&path, error).into()),
    }
}

/// What a manifest says stands there, where that is something else than what is to be written. Older manifests do not
/// say; a site shows by its home page, a pack by lying below `exit` without one.
fn other(manifest: &Manifest, what: &Output) -> Option<String> {
    if let Some(kind) = manifest.kind() {
        let pack = kind.strip_prefix("exit pack of ").map(|slug| Output::Pack(slug.to_owned()));
        let held = [Some(Output::Site), Some(Output::Packs), pack].into_iter().flatten().find(|known| known.word() == kind);
        return (kind != what.word()).then(|| held.map_or_else(|| "something else".to_owned(), |held| held.told()));
    }
    let files = manifest.files();
    let is_site = files.contains("index.html") || files.contains("handbook.json");
    let is_pack = !is_site && files.iter().any(|name| name.starts_with("exit/"));
    match what {
        Output::Site => is_pack.then(|| "an exit pack".to_owned()),
        Output::Pack(_) | Output::Packs => is_site.then(|| Output::Site.told()),
    }
}

/// A build that was cut off between two renames left the old site aside: it comes back.
pub fn recover(out: &Path, aside: &Path) -> Result<(), Broken> {
    if !aside.exists() {
        return Ok(());
    }
    if !out.exists() {
        return fs::rename(aside, out).map_err(|error| broken(aside, error));
    }
    clear_old(aside)
}

/// The folder the output is written in before it takes its place; where another user's build left what cannot be
/// cleared away, one beside it, and a sentence that names what was left.
pub fn stage_for(parent: &Path, name: &str) -> Result<(PathBuf, Option<String>), Broken> {
    let stage = parent.join(format!(".{name}.partwell-stage"));
    let left = match clear_stage(&stage) {
        Ok(()) => return Ok((stage, None)),
        Err(left) if left.error.kind() != io::ErrorKind::PermissionDenied => return Err(left),
        Err(left) => left,
    };
    let others = (2..=9).map(|n| parent.join(format!(".{name}.partwell-stage-{n}")));
    match others.into_iter().find(|other| clear_stage(other).is_ok()) {
        Some(other) => Ok((other, Some(remains(&left.path, &left.error)))),
        None => Err(left),
    }
}

/// Says that part of an old site is still there.
pub fn remains(old: &Path, error: &io::Error) -> String {
    format!("`{}` is left of an earlier site and could not be removed ({error}). It is not needed", old.display())
}

/// Removes what an earlier build left behind: a stage that was being written goes whole, an old site by its
/// manifest.
pub fn clear_stage(stage: &Path) -> Result<(), Broken> {
    match fs::symlink_metadata(stage) {
        Err(_) => Ok(()),
        Ok(meta) if meta.is_dir() && stage.join(STAGING).is_file() => clear_marked(stage).map_err(|error| broken(stage, error)),
        Ok(_) => clear_old(stage),
    }
}

/// Removes a stage, its mark last: where something stands in the way, it can still be told whose it is.
fn clear_marked(stage: &Path) -> io::Result<()> {
    for entry in fs::read_dir(stage)? {
        let entry = entry?;
        match entry.file_type()?.is_dir() {
            true => fs::remove_dir_all(entry.path())?,
            false if entry.file_name() == STAGING => {}
            false => fs::remove_file(entry.path())?,
        }
    }
    fs::remove_file(stage.join(STAGING))?;
    fs::remove_dir(stage)
}

/// Clears an old site away. What is not in its manifest is not ours, and stops us.
pub fn clear_old(old: &Path) -> Result<(), Broken> {
    let manifest = manifest_of(old).map_or_else(|_| Manifest::default(), |bytes| Manifest::read(&bytes));
    remove_site(old, &manifest.files()).map_err(|error| broken(old, error))?;
    if fs::symlink_metadata(old).is_ok() {
        return Err(broken(old, io::Error::other("something that is not ours stands here: move it away")));
    }
    Ok(())
}

pub fn remove_empty_folders(root: &Path) {
    let folders = WalkDir::new(root).contents_first(true).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_dir());
    for folder in folders {
        let _ = fs::remove_dir(folder.path());
    }
}
