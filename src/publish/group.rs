//! Files that are made from one thing. Where it has not changed, and the files stand as they were written, they are
//! left as they are, and not made at all.
//!
//! A print tells a file that was changed by a slip of the hand. Who means to deceive can change the manifest too.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::{File, Metadata};
use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::manifest::{Made, Print, whole};
use super::{Publisher, platform};
use crate::formats::{Earlier, Sink, Standing};
use crate::memo::{Digest, print};
use crate::source::Broken;

/// How much of a file is read at once: most are read whole.
const PART: usize = 256 << 10;

/// More files of one group than this are looked at side by side.
const MANY: usize = 64;

thread_local! {
    static ROOM: RefCell<Vec<u8>> = RefCell::default();
}

/// A group in the making: what is written goes on to the publisher, and its digest is kept.
struct Group<'p> {
    publisher: &'p Publisher,
    files: Mutex<BTreeMap<String, Print>>,
    /// True where something was said besides the files: it has to be said the next time as well.
    has_more: AtomicBool,
}

impl Publisher {
    pub(super) fn group(&self, name: &str, from: &Digest, make: &mut dyn FnMut(&dyn Sink)) {
        if let Some(made) = self.made_before.get(name).filter(|made| made.from == *from && self.stands(made)) {
            self.all_same(&made.files);
            self.lock().made.insert(name.to_owned(), made.clone());
            return;
        }
        let group = Group { publisher: self, files: Mutex::default(), has_more: AtomicBool::new(false) };
        make(&group);
        if !group.has_more.into_inner() {
            let files = group.files.into_inner().unwrap_or_else(PoisonError::into_inner);
            let whole = whole(files.iter().map(|(path, print)| (path.as_str(), *print)));
            let made = Made { from: *from, whole, files: files.into_keys().collect() };
            self.lock().made.insert(name.to_owned(), made);
        }
    }

    /// True where the files of a group stand in the old site as they were written.
    fn stands(&self, made: &Made) -> bool {
        self.prints_of(made).is_some()
    }

    /// The prints of the files of a group; nothing where one is not as it was written.
    fn prints_of(&self, made: &Made) -> Option<Vec<Print>> {
        let print = |path: &String| self.print_of(path);
        // Vendors are looked at side by side already; a group of that many files spans all of them.
        let prints: Vec<Print> = if made.files.len() > MANY {
            made.files.par_iter().map(print).collect::<Option<_>>()
        } else {
            made.files.iter().map(print).collect()
        }?;
        (whole(made.files.iter().map(String::as_str).zip(prints.iter().copied())) == made.whole).then_some(prints)
    }

    fn print_of(&self, path: &str) -> Option<Print> {
        let file = platform::open_plain(&self.old(path)?).ok()?;
        let length = file.metadata().ok().filter(Metadata::is_file)?.len();
        let mut room = ROOM.take();
        room.resize(PART, 0);
        let print = print(file.take(length), &mut room).ok();
        ROOM.set(room);
        print
    }
}

impl Earlier for Publisher {
    fn was_made_from(&self, name: &str, from: &Digest) -> bool {
        self.made_before.get(name).is_some_and(|made| made.from == *from)
    }

    fn standing(&self, name: &str) -> Option<Standing<'_>> {
        let made = self.made_before.get(name)?;
        let prints = self.prints_of(made)?;
        let open = |path: &str| File::open(self.out.join(path)).map(|file| -> Box<dyn Read + Send> { Box::new(file) });
        Some(Standing::new(&made.files, prints, Box::new(open)))
    }
}

impl Group<'_> {
    fn add(&self, path: &str, print: Print) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), print);
    }
}

impl Sink for Group<'_> {
    fn put(&self, path: &str, bytes: &[u8]) {
        self.add(path, xxh3_128(bytes));
        self.publisher.put(path, bytes);
    }

    fn stream(&self, path: &str, write: &mut dyn FnMut(&mut (dyn Write + Send)) -> io::Result<()>) {
        let mut hasher = Box::new(Xxh3::new());
        self.publisher.stream(path, &mut |file| {
            let mut both = Both { file, hasher: &mut hasher };
            write(&mut both)
        });
        self.add(path, hasher.digest128());
    }

    fn made_from(&self, _: &str, _: &Digest, make: &mut dyn FnMut(&dyn Sink)) {
        make(self);
    }

    fn earlier(&self) -> Option<&dyn Earlier> {
        self.publisher.earlier()
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
    hasher: &'b mut Xxh3,
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
