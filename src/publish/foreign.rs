//! What someone else put into the output: it stays, unless it stands in our way.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::iter::Either;
use rayon::prelude::*;
use walkdir::WalkDir;

use super::{MANIFEST, Publisher, broken, platform};
use crate::source::Broken;

/// A file, or an empty folder, in the output that is not ours.
#[derive(Debug)]
pub struct Foreign {
    pub path: PathBuf,
    pub is_folder: bool,
}

impl Publisher {
    /// What someone else put into the output. A foreign file in our way stops everything.
    pub(super) fn foreign(&self, ours: &BTreeSet<String>) -> Result<Vec<Foreign>, Broken> {
        if !self.out.is_dir() {
            return Ok(Vec::new());
        }
        let mut below: Vec<(PathBuf, bool)> = Vec::new();
        for (path, is_folder) in entries(&self.out)? {
            // Most files lie in the second folder, and are to be looked at side by side.
            let inside = if is_folder { entries(&path)? } else { Vec::new() };
            if inside.is_empty() { below.push((path, is_folder)) } else { below.extend(inside) }
        }
        let looked = |(path, is_folder): &(PathBuf, bool)| match is_folder {
            true => self.foreign_in(path, ours),
            false => Ok(self.foreign_file(path, ours)?.into_iter().collect()),
        };
        let (found, failed): (Vec<Vec<Foreign>>, Vec<Broken>) = below.par_iter().partition_map(|one| match looked(one) {
            Ok(found) => Either::Left(found),
            Err(failed) => Either::Right(failed),
        });
        if let Some(first) = failed.into_iter().min_by(|a, b| a.path.cmp(&b.path)) {
            return Err(first);
        }
        let mut kept: Vec<Foreign> = found.into_iter().flatten().collect();
        kept.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(kept)
    }

    /// The same for one folder and everything below it.
    fn foreign_in(&self, folder: &Path, ours: &BTreeSet<String>) -> Result<Vec<Foreign>, Broken> {
        let mut kept = Vec::new();
        let mut folders: HashSet<PathBuf> = HashSet::new();
        for entry in WalkDir::new(folder).follow_root_links(false) {
            let entry = entry
                .map_err(|error| broken(folder, error.into_io_error().unwrap_or_else(|| io::Error::other("the folders form a loop"))))?;
            // What holds something is not empty.
            if let Some(folder) = entry.path().parent().filter(|_| !folders.is_empty()) {
                folders.remove(folder);
            }
            if entry.file_type().is_dir() {
                folders.insert(entry.into_path());
            } else {
                kept.extend(self.foreign_file(entry.path(), ours)?);
            }
        }
        kept.extend(folders.into_iter().map(|path| Foreign { path: self.inside(&path).to_owned(), is_folder: true }));
        Ok(kept)
    }

    fn foreign_file(&self, path: &Path, ours: &BTreeSet<String>) -> Result<Option<Foreign>, Broken> {
        let inside = self.inside(path);
        let name = inside.to_string_lossy();
        let name = if cfg!(windows) { name.replace('\\', "/").into() } else { name };
        if name == MANIFEST || self.before.contains(&*name) {
            return Ok(None);
        }
        match in_the_way(&name, ours) {
            Some(why) => Err(broken(path, io::Error::other(why))),
            None => Ok(Some(Foreign { path: inside.to_owned(), is_folder: false })),
        }
    }

    /// A path below the output, as it stands there.
    fn inside<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(&self.out).unwrap_or(path)
    }

    pub(super) fn take_over(&self, kept: &Foreign) -> Result<(), Broken> {
        let (from, to) = (self.out.join(&kept.path), self.stage.join(&kept.path));
        if kept.is_folder {
            return if to.exists() { Ok(()) } else { self.foreign_folder(&kept.path.join("inside")) };
        }
        self.foreign_folder(&kept.path)?;
        platform::take_over(&from, &to).map_err(|error| broken(&from, error))
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
}

/// What a folder holds, in no order; true for folders. An entry itself would keep its folder open.
fn entries(folder: &Path) -> Result<Vec<(PathBuf, bool)>, Broken> {
    let inside = fs::read_dir(folder).and_then(|inside| {
        inside.map(|entry| entry.map(|entry| (entry.path(), entry.file_type().is_ok_and(|kind| kind.is_dir())))).collect()
    });
    inside.map_err(|error| broken(folder, error))
}

/// Why a foreign file cannot stay where it is, where a file or a folder of ours is to stand there.
fn in_the_way(name: &str, ours: &BTreeSet<String>) -> Option<String> {
    if ours.contains(name) {
        return Some("the site wants to write this file, and it is not ours: move it away".to_owned());
    }
    let folder = format!("{name}/");
    if ours.range(folder.clone()..).next().is_some_and(|first| first.starts_with(&folder)) {
        return Some("the site needs a folder of this name, and the file is not ours: move it away".to_owned());
    }
    let above = name.match_indices('/').map(|(end, _)| &name[..end]).find(|folder| ours.contains(*folder))?;
    Some(format!("the site wants to write a file `{above}`, where this lies in a folder of that name, and is not ours: move it away"))
}
