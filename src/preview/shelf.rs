//! Files that were made, kept while they are the same as if they were made now.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::Made;
use crate::library::{Page, Vendor};
use crate::memo::{Digest, digest};

/// Bytes that are kept at most.
const ROOM: usize = 64 << 20;

/// What a file was made from.
#[derive(Debug)]
pub enum Basis {
    /// The frame around every page, and playbooks.
    Vendors(Digest, Vec<Vendor>),
    /// The frame, and a page of the author's own.
    Page(Digest, Arc<Page>),
    /// Everything there is, in one edition.
    Everything(u64),
}

impl Basis {
    fn is_same(&self, other: &Basis) -> bool {
        match (self, other) {
            (Basis::Vendors(frame, vendors), Basis::Vendors(other_frame, others)) => {
                frame == other_frame && vendors.len() == others.len() && vendors.iter().zip(others).all(|(a, b)| a.is_same(b))
            }
            (Basis::Page(frame, page), Basis::Page(other_frame, other)) => frame == other_frame && Arc::ptr_eq(page, other),
            (Basis::Everything(edition), Basis::Everything(other)) => edition == other,
            _ => false,
        }
    }
}

/// Keeps files by path, the newest, as many as there is room for.
#[derive(Debug, Default)]
pub struct Shelf {
    kept: Mutex<Kept>,
    /// Files that are being made.
    turns: Mutex<HashMap<String, Arc<Mutex<()>>>>,
    /// Files that were made, and not taken from here.
    pub made: AtomicUsize,
}

#[derive(Debug, Default)]
struct Kept {
    files: HashMap<String, (Basis, Made)>,
    order: VecDeque<String>,
    bytes: usize,
}

impl Shelf {
    /// The file at a path: the kept one where its basis is the same, else a new one.
    pub fn get(&self, path: &str, basis: Basis, make: impl FnOnce() -> Option<Result<Vec<u8>, String>>) -> Option<Result<Made, String>> {
        if let Some(made) = self.known(path, &basis) {
            return Some(Ok(made));
        }
        // Many may ask for the same file at once: the first makes it, and the others take it from here.
        let turn = self.turns.lock().unwrap_or_else(PoisonError::into_inner).entry(path.to_owned()).or_default().clone();
        let made = {
            let _mine = turn.lock().unwrap_or_else(PoisonError::into_inner);
            self.known(path, &basis).map(Ok).or_else(|| self.make(path, basis, make))
        };
        drop(turn);
        self.turns.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, turn| Arc::strong_count(turn) > 1);
        made
    }

    fn known(&self, path: &str, basis: &Basis) -> Option<Made> {
        self.lock().files.get(path).filter(|(known, _)| known.is_same(basis)).map(|(_, made)| made.clone())
    }

    fn make(&self, path: &str, basis: Basis, make: impl FnOnce() -> Option<Result<Vec<u8>, String>>) -> Option<Result<Made, String>> {
        self.made.fetch_add(1, Ordering::Relaxed);
        let bytes = match make()? {
            Ok(bytes) => bytes,
            Err(why) => return Some(Err(why)),
        };
        let made = Made { digest: digest([&bytes[..]]), bytes: bytes.into() };
        self.lock().keep(path, basis, made.clone());
        Some(Ok(made))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn keep(&mut self, path: &str, basis: Basis, made: Made) {
        self.bytes += made.bytes.len();
        match self.files.insert(path.to_owned(), (basis, made)) {
            Some((_, old)) => self.bytes -= old.bytes.len(),
            None => self.order.push_back(path.to_owned()),
        }
        while self.bytes > ROOM && self.order.len() > 1 {
            let oldest = self.order.pop_front().and_then(|oldest| self.files.remove(&oldest));
            self.bytes -= oldest.map_or(0, |(_, made)| made.bytes.len());
        }
    }
}
