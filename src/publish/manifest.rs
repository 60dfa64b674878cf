//! The list of our files in an output: what is ours to replace and remove, and what of it is the same as if it were
//! made now. It holds names and digests, and nothing of what the files say.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::folders::is_site_path;
use crate::memo::{Digest, digest};

/// A manifest as it is written.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Manifest {
    version: u32,
    audience: Option<String>,
    kind: Option<String>,
    files: Vec<String>,
    /// Files that were made from one thing, by its name.
    made: BTreeMap<String, Entry>,
}

/// What of a manifest has to be known before anything is written: whose the folder is, and what in it is ours.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Bare {
    audience: Option<String>,
    kind: Option<String>,
    files: Vec<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Entry {
    /// The digest of what they were made from.
    from: String,
    /// The digest of the files.
    whole: String,
    /// Their places in the list of all files.
    files: Vec<usize>,
}

/// Files that were made from one thing.
#[derive(Debug, Clone)]
pub struct Made {
    pub from: Digest,
    pub whole: Digest,
    /// Sorted.
    pub files: Vec<String>,
}

/// A number that changes when the bytes of a file do.
pub type Print = u128;

/// The digest of some files by the print of each, in the order of their names.
pub fn whole<'f>(files: impl IntoIterator<Item = (&'f str, Print)>) -> Digest {
    let files: Vec<(&str, [u8; 16])> = files.into_iter().map(|(path, print)| (path, print.to_le_bytes())).collect();
    digest(files.iter().flat_map(|(path, print)| [path.as_bytes(), &print[..]]))
}

impl Manifest {
    pub fn new(audience: &str, kind: String, files: &BTreeSet<String>, made: &BTreeMap<String, Made>) -> Manifest {
        let files: Vec<String> = files.iter().cloned().collect();
        let entry = |made: &Made| Entry {
            from: hex(&made.from),
            whole: hex(&made.whole),
            files: made.files.iter().filter_map(|path| files.binary_search(path).ok()).collect(),
        };
        let made = made.iter().map(|(name, made)| (name.clone(), entry(made))).collect();
        Manifest { version: 1, audience: Some(audience.to_owned()), kind: Some(kind), files, made }
    }

    /// Reads what stands in the file. What is no manifest says nothing, and where only the rest cannot be read,
    /// everything is made anew.
    pub fn read(bytes: &[u8]) -> Manifest {
        let bare = || serde_json::from_slice::<Bare>(bytes).unwrap_or_default();
        serde_json::from_slice(bytes).unwrap_or_else(|_| {
            let Bare { audience, kind, files } = bare();
            Manifest { audience, kind, files, ..Manifest::default() }
        })
    }

    pub fn text(&self) -> String {
        // Names and numbers alone: there is nothing in it that JSON could not say.
        format!("{}\n", serde_json::to_string_pretty(self).unwrap_or_default())
    }

    pub fn audience(&self) -> &str {
        self.audience.as_deref().unwrap_or("unknown")
    }

    pub fn kind(&self) -> Option<&str> {
        self.kind.as_deref()
    }

    /// The files that are ours. A manifest may come from anywhere; only names inside the site are taken from it.
    pub fn files(&self) -> BTreeSet<String> {
        self.files.iter().filter(|name| is_site_path(name)).cloned().collect()
    }

    pub fn made(&self) -> BTreeMap<String, Made> {
        let made = self.made.iter().filter_map(|(name, entry)| {
            let files = entry.files.iter().map(|n| self.files.get(*n).filter(|path| is_site_path(path)).cloned());
            Some((name.clone(), Made { from: unhex(&entry.from)?, whole: unhex(&entry.whole)?, files: files.collect::<Option<_>>()? }))
        });
        made.collect()
    }
}

fn hex(digest: &Digest) -> String {
    blake3::Hash::from_bytes(*digest).to_hex().to_string()
}

fn unhex(text: &str) -> Option<Digest> {
    blake3::Hash::from_hex(text).ok().map(Into::into)
}
