//! Files that are made from one thing. Where it has not changed, and the files stand as they were written, they are
//! left as they are, and not made at all.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::Publisher;
use super::files::Stored;
use super::manifest::{Made, whole};
use crate::formats::Sink;
use crate::memo::Digest;
use crate::source::Broken;

/// A group in the making: what is written goes on to the publisher, and its digest is kept.
struct Group<'p> {
    publisher: &'p Publisher,
    files: Mutex<BTreeMap<String, Digest>>,
    /// True where something was said besides the files: it has to be said the next time as well.
    has_more: AtomicBool,
}

impl Publisher {
    pub(super) fn group(&self, name: &str, from: &Digest, make: &mut dyn FnMut(&dyn Sink)) {
        if let Some(made) = self.made_before.get(name).filter(|made| made.from == *from && self.stands(made)) {
            made.files.iter().for_each(|path| self.stored(path, Ok(Stored::Same)));
            self.lock().made.insert(name.to_owned(), made.clone());
            return;
        }
        let group = Group { publisher: self, files: Mutex::default(), has_more: AtomicBool::new(false) };
        make(&group);
        if !group.has_more.into_inner() {
            let files = group.files.into_inner().unwrap_or_else(PoisonError::into_inner);
            let whole = whole(files.iter().map(|(path, digest)| (path.as_str(), digest)));
            let made = Made { from: *from, whole, files: files.into_keys().collect() };
            self.lock().made.insert(name.to_owned(), made);
        }
    }

    /// True where the files of a group stand in the old site as they were written.
    fn stands(&self, made: &Made) -> bool {
        let digests: Option<Vec<Digest>> = made.files.iter().map(|path| self.digest_of(path)).collect();
        digests.is_some_and(|digests| whole(made.files.iter().map(String::as_str).zip(&digests)) == made.whole)
    }

    fn digest_of(&self, path: &str) -> Option<Digest> {
        let old = self.old(path)?;
        // A link, or something that is no file at all, is not opened.
        let length = old.symlink_metadata().ok().filter(std::fs::Metadata::is_file)?.len();
        let mut bytes = Vec::with_capacity(usize::try_from(length).ok()?);
        File::open(old).ok()?.read_to_end(&mut bytes).ok()?;
        Some(*blake3::hash(&bytes).as_bytes())
    }
}

impl Group<'_> {
    fn add(&self, path: &str, digest: Digest) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), digest);
    }
}

impl Sink for Group<'_> {
    fn put(&self, path: &str, bytes: &[u8]) {
        self.add(path, *blake3::hash(bytes).as_bytes());
        self.publisher.put(path, bytes);
    }

    fn stream(&self, path: &str, write: &mut dyn FnMut(&mut (dyn Write + Send)) -> io::Result<()>) {
        let mut hasher = blake3::Hasher::new();
        self.publisher.stream(path, &mut |file| {
            let mut both = Both { file, hasher: &mut hasher };
            write(&mut both)
        });
        self.add(path, *hasher.finalize().as_bytes());
    }

    fn made_from(&self, _: &str, _: &Digest, make: &mut dyn FnMut(&dyn Sink)) {
        make(self);
    }

    fn note(&self, note: String) {
        self.has_more.store(true, Ordering::Relaxed);
        self.publisher.note(note);
    }

    fn fail(&self, broken: Broken) {
        self.has_more.store(true, Ordering::Relaxed);
        self.publisher.fail(broken);
    }
}

/// Writes to a file, and hashes what was written.
struct Both<'b> {
    file: &'b mut (dyn Write + Send),
    hasher: &'b mut blake3::Hasher,
}

impl Write for Both<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.file.write(bytes)?;
        self.hasher.update(&bytes[..n]);
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
