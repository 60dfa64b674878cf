//! The list of our files in an output: what is ours to replace and remove, and what of it is the same as if it were
//! made now. It holds names and digests, and nothing of what the files say.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize, Serializer};

use super::folders::is_site_path;
use crate::memo::{Digest, digest};

/// A manifest as it is read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Manifest {
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

/// A manifest as it is written.
#[derive(Serialize)]
struct Written<'m> {
    version: u32,
    audience: &'m str,
    kind: &'m str,
    files: &'m [&'m str],
    made: Groups<'m>,
}

/// What was made from one thing, with the places of its files in the list of all.
struct Groups<'m> {
    files: &'m [&'m str],
    made: &'m BTreeMap<String, Made>,
}

impl Serialize for Groups<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let place = |path: &String| self.files.binary_search(&path.as_str()).ok();
        let entry =
            |made: &Made| Entry { from: hex(&made.from), whole: hex(&made.whole), files: made.files.iter().filter_map(place).collect() };
        serializer.collect_map(self.made.iter().map(|(name, made)| (name, entry(made))))
    }
}

/// The text of a manifest.
pub fn text(audience: &str, kind: &str, files: &BTreeSet<String>, made: &BTreeMap<String, Made>) -> String {
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let written = Written { version: 1, audience, kind, files: &files, made: Groups { files: &files, made } };
    // Names and numbers alone: there is nothing in it that JSON could not say.
    let mut text = serde_json::to_string_pretty(&written).unwrap_or_default();
    text.push('\n');
    text
}

impl Manifest {
    /// Reads what stands in the file. What is no manifest says nothing, and where only the rest cannot be read,
    /// everything is made anew.
    pub fn read(bytes: &[u8]) -> Manifest {
        let bare = || serde_json::from_slice::<Bare>(bytes).unwrap_or_default();
        serde_json::from_slice(bytes).unwrap_or_else(|_| {
            let Bare { audience, kind, files } = bare();
            Manifest { audience, kind, files, ..Manifest::default() }
        })
    }

    /// For whom the site is; nothing where the manifest is none.
    pub fn audience(&self) -> Option<&str> {
        self.audience.as_deref()
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
