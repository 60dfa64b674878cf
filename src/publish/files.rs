//! One file of a site: written into the stage, unless the site that stands there has the very same.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use rayon::prelude::*;

use super::folders::{inside, is_site_path};
use super::{Publisher, broken};
use crate::source::Broken;

/// What became of a file.
pub enum Stored {
    Written,
    /// The old site has it as it is to be. It is taken along at the end, where anything else has changed.
    Same,
}

/// How much of two files is compared at once.
const PART: usize = 32 << 10;

/// Files of one folder that are not worth being shared among threads.
const TOGETHER: usize = 64;

impl Publisher {
    pub(super) fn store(&self, path: &str, bytes: &[u8]) -> Result<Stored, Broken> {
        check(path)?;
        if self.old(path).is_some_and(|old| is_same(&old, bytes).unwrap_or(false)) {
            return Ok(Stored::Same);
        }
        let target = self.place(path)?;
        fs::write(&target, bytes).map_err(|error| broken(&target, error))?;
        Ok(Stored::Written)
    }

    pub(super) fn store_stream(
        &self,
        path: &str,
        write: &mut dyn FnMut(&mut (dyn Write + Send)) -> io::Result<()>,
    ) -> Result<Stored, Broken> {
        check(path)?;
        let target = self.place(path)?;
        let mut fill = || {
            let mut file = io::BufWriter::with_capacity(PART, File::create(&target)?);
            write(&mut file)?;
            file.flush()
        };
        fill().map_err(|error| broken(&target, error))?;
        if self.old(path).is_some_and(|old| are_same(&old, &target).unwrap_or(false)) {
            fs::remove_file(&target).map_err(|error| broken(&target, error))?;
            return Ok(Stored::Same);
        }
        Ok(Stored::Written)
    }

    /// Puts files of the old site into the new one: each as a second name, or as a copy where the disk knows no links.
    pub(super) fn take_along(&self, mut paths: Vec<String>) -> Result<(), Broken> {
        paths.par_sort_unstable();
        let of_folders: Vec<&[String]> = paths.chunk_by(|a, b| folder(a) == folder(b)).collect();
        of_folders.into_par_iter().try_for_each(|paths| {
            self.make_folder(folder(&paths[0]))?;
            paths.par_iter().with_min_len(TOGETHER).try_for_each(|path| {
                let (old, target) = (self.out.join(path), self.stage.join(path));
                fs::hard_link(&old, &target).or_else(|_| fs::copy(&old, &target).map(drop)).map_err(|error| broken(&target, error))
            })
        })
    }

    /// Makes the folder of a file in the stage, and gives its place there.
    fn place(&self, path: &str) -> Result<PathBuf, Broken> {
        self.make_folder(folder(path))?;
        Ok(self.stage.join(path))
    }

    fn make_folder(&self, folder: &str) -> Result<(), Broken> {
        let made = || self.folders.new.lock().unwrap_or_else(PoisonError::into_inner);
        if !folder.is_empty() && !made().contains(folder) {
            let whole = self.stage.join(folder);
            fs::create_dir_all(&whole).map_err(|error| broken(&whole, error))?;
            made().insert(folder.to_owned());
        }
        Ok(())
    }

    /// The file of that path in the site that stands there now. Each folder is looked at once: a symbolic link on the
    /// way could lead elsewhere.
    pub(super) fn old(&self, path: &str) -> Option<PathBuf> {
        if !self.before.contains(path) {
            return None;
        }
        let folder = folder(path);
        let known = self.folders.old.read().unwrap_or_else(PoisonError::into_inner).get(folder).copied();
        let is_plain = known.unwrap_or_else(|| {
            let is_plain = inside(&self.out, path).is_some();
            self.folders.old.write().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned(), is_plain);
            is_plain
        });
        is_plain.then(|| self.out.join(path))
    }
}

/// The folder that a path of the site leads into.
pub fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn check(path: &str) -> Result<(), Broken> {
    match is_site_path(path) {
        true => Ok(()),
        false => Err(broken(Path::new(path), io::Error::other("this is no path inside the site"))),
    }
}

/// True where an ordinary file holds exactly these bytes.
fn is_same(old: &Path, bytes: &[u8]) -> io::Result<bool> {
    let length = bytes.len() as u64;
    // A link, or something that is no file at all, is replaced without being opened.
    let meta = fs::symlink_metadata(old)?;
    if !meta.is_file() || meta.len() != length {
        return Ok(false);
    }
    holds(File::open(old)?, bytes)
}

fn holds(mut file: impl Read, mut bytes: &[u8]) -> io::Result<bool> {
    let mut part = [0; PART];
    loop {
        let n = file.read(&mut part)?;
        if n == 0 {
            return Ok(bytes.is_empty());
        }
        if bytes.len() < n || bytes[..n] != part[..n] {
            return Ok(false);
        }
        bytes = &bytes[n..];
    }
}

fn are_same(old: &Path, new: &Path) -> io::Result<bool> {
    let (was, is) = (fs::symlink_metadata(old)?, fs::symlink_metadata(new)?);
    if !was.is_file() || was.len() != is.len() {
        return Ok(false);
    }
    let (mut old, mut new) = (File::open(old)?, File::open(new)?);
    let mut part = [0; PART];
    loop {
        let n = new.read(&mut part)?;
        if n == 0 {
            return Ok(true);
        }
        if !holds((&mut old).take(n as u64), &part[..n])? {
            return Ok(false);
        }
    }
}
