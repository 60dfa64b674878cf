//! Remembers what was made of a file for as long as everything it was made from stays the same. Inputs are
//! compared, not trusted: what is remembered cannot be stale.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;
use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

use xxhash_rust::xxh3::Xxh3;

/// A hash of everything else that went into something remembered.
pub type Digest = [u8; 32];

thread_local! {
    static ROOM: RefCell<Vec<u8>> = RefCell::default();
}

/// Room that is kept from one digest to the next.
const KEPT: usize = 256 << 10;

/// The digest of pieces; where one ends counts.
pub fn digest<'p>(pieces: impl IntoIterator<Item = &'p [u8]>) -> Digest {
    // In one piece they are hashed several times as fast as one by one.
    let mut room = ROOM.take();
    for piece in pieces {
        room.extend((piece.len() as u64).to_le_bytes());
        room.extend(piece);
    }
    let digest = blake3::hash(&room);
    if room.capacity() <= KEPT {
        room.clear();
        ROOM.set(room);
    }
    digest.into()
}

/// A number that changes when the bytes do, by a slip of the hand. They are read piece by piece into the room.
pub fn print(mut bytes: impl Read, room: &mut [u8]) -> io::Result<u128> {
    let mut hasher = Box::new(Xxh3::new());
    loop {
        match bytes.read(room)? {
            0 => return Ok(hasher.digest128()),
            n => hasher.update(&room[..n]),
        }
    }
}

/// Values by file, each with the text and the digest it was made from.
#[derive(Debug)]
pub struct PerFile<K, V> {
    known: Mutex<HashMap<K, Remembered<V>>>,
}

#[derive(Debug)]
struct Remembered<V> {
    text: Arc<str>,
    with: Digest,
    value: V,
}

impl<K, V> Default for PerFile<K, V> {
    fn default() -> Self {
        PerFile { known: Mutex::default() }
    }
}

impl<K: Hash + Eq + Clone, V: Clone> PerFile<K, V> {
    /// The value for a file: the remembered one where text and digest are the same, else a new one.
    pub fn get(&self, file: &K, text: &Arc<str>, with: &Digest, make: impl FnOnce() -> V) -> V {
        if let Some(known) = self.lock().get(file)
            && known.with == *with
            && (Arc::ptr_eq(&known.text, text) || known.text == *text)
        {
            return known.value.clone();
        }
        let value = make();
        self.lock().insert(file.clone(), Remembered { text: text.clone(), with: *with, value: value.clone() });
        value
    }

    /// Forgets the files that are gone, where there are any.
    pub fn keep(&self, count: usize, is_there: impl Fn(&K) -> bool) {
        let mut known = self.lock();
        if known.len() > count {
            known.retain(|file, _| is_there(file));
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<K, Remembered<V>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The newest value of something there is one of, with the digest it was made from.
#[derive(Debug)]
pub struct Newest<V> {
    known: Mutex<Option<(Digest, V)>>,
}

impl<V> Default for Newest<V> {
    fn default() -> Self {
        Newest { known: Mutex::default() }
    }
}

impl<V: Clone> Newest<V> {
    pub fn get(&self, with: &Digest, make: impl FnOnce() -> V) -> V {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        match &*known {
            Some((digest, value)) if digest == with => value.clone(),
            _ => {
                let value = make();
                *known = Some((*with, value.clone()));
                value
            }
        }
    }
}
