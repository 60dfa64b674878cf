//! Finding things: an index of our own, in plain scripts that a page loads as someone types. That works by
//! double click as well as from a server, and for ten thousand vendors.
//!
//! - [`Document::of`]: the words of one vendor or page. Pure, and the expensive part.
//! - [`Block::of`]: the words of 32 neighbours. Made in parallel; an edit makes one anew.
//! - [`Index::of`]: all blocks joined and cut into files. Quick.
//! - [`Scripts`]: the files of the last time. Blocks of whom nothing has changed are read back from them.
//!
//! Under `assets/search/`, `titles.js` says what there is to find and holds the values of fields, `w<hex>.js` the
//! words that begin with some bytes and, apart from them, names of several words, `t<n>.js` the texts that excerpts are
//! taken from.

mod block;
mod document;
pub mod fold;
pub mod letters;
pub mod plain;
mod shards;
mod scripts;
mod titles;

use rayon::prelude::*;
use serde::Serializer;

use crate::book::Book;
pub use block::Block;
pub use document::{Document, Entry, Place, entries};
pub use scripts::Scripts;
use shards::Shard;

/// Entries whose texts stand in one file.
pub const TEXTS: usize = 16;

/// Bytes of a text that excerpts are taken from. All of its words are found.
const LONGEST: usize = 200_000;

/// Where the scripts of the search stand.
pub const FOLDER: &str = "assets/search/";

/// The function that every script calls: with its kind, its key, the order of entries it was made for, and
/// what it holds.
const CALL: &str = "partwellSearch";

/// What every script ends with.
const END: &str = ");\n";

/// What is in a handbook, with numbers that hold until an entry comes or goes.
#[derive(Debug)]
pub struct Catalogue<'b> {
    pub book: &'b Book,
    pub entries: Vec<Entry<'b>>,
    /// Eight digits that change when a number does, so that files of two builds are never mixed.
    pub order: String,
}

/// Every word of the handbook with the entries it stands in.
#[derive(Debug)]
pub struct Index {
    shards: Vec<Shard>,
}

impl<'b> Catalogue<'b> {
    pub fn of(book: &'b Book) -> Catalogue<'b> {
        let entries = entries(book);
        let mut hasher = blake3::Hasher::new();
        for entry in &entries {
            hasher.update(entry.route().as_bytes()).update(b"\n");
        }
        let order = hasher.finalize().to_hex()[..8].to_owned();
        Catalogue { book, entries, order }
    }

    /// The words and texts of each block, handed on block by block: first its files of texts, then what goes into
    /// the index. What is the same as the last time is taken from what stands there.
    pub fn blocks(&self, put: &(dyn Fn(&str, &[u8]) + Sync), old: Option<&Scripts<'_>>) -> Vec<Block> {
        let count = self.entries.len().div_ceil(block::ENTRIES);
        let known = old.and_then(|old| self.blocks_of(old)).unwrap_or_else(|| (0..count).map(|_| None).collect());
        let blocks = known.into_par_iter().zip(self.entries.par_chunks(block::ENTRIES)).enumerate().map(|(n, (known, some))| {
            let texts = || self.texts_of(n, old?);
            if let Some((block, texts)) = known.and_then(|block| Some((block, texts()?))) {
                texts.iter().for_each(|(path, bytes)| put(path, bytes));
                return block;
            }
            let documents: Vec<Document> = some.iter().map(Document::of).collect();
            for (part, texts) in documents.chunks(TEXTS).enumerate() {
                let file = n * (block::ENTRIES / TEXTS) + part;
                put(&text_path(file), &self.texts(file, texts));
            }
            Block::of(&documents)
        });
        blocks.collect()
    }

    /// The words of one block: what an edit makes anew.
    pub fn block(&self, n: usize) -> Block {
        let some = self.entries.chunks(block::ENTRIES).nth(n).unwrap_or_default();
        Block::of(&some.iter().map(Document::of).collect::<Vec<_>>())
    }

    /// The names of all scripts.
    pub fn files(&self, index: &Index) -> Vec<String> {
        let texts = (0..self.entries.len().div_ceil(TEXTS)).map(text_path);
        let words = index.shards.iter().map(|shard| word_path(&shard.hex()));
        std::iter::once(format!("{FOLDER}titles.js")).chain(words).chain(texts).collect()
    }

    /// One script by its name. The index is asked for only where the script holds words of it.
    pub fn make<'i>(&self, path: &str, index: impl FnOnce() -> &'i Index) -> Option<Vec<u8>> {
        let name = path.strip_prefix(FOLDER)?.strip_suffix(".js")?;
        if name == "titles" {
            return Some(self.titles(index()));
        }
        if let Some(hex) = name.strip_prefix('w') {
            return index().shards.iter().find(|shard| shard.hex() == hex).map(|shard| self.words(shard));
        }
        let file: usize = name.strip_prefix('t')?.parse().ok()?;
        let some = self.entries.chunks(TEXTS).nth(file).filter(|_| text_path(file) == path)?;
        let documents: Vec<Document> = some.iter().map(Document::of).collect();
        Some(self.texts(file, &documents))
    }

    /// Every script but the texts, which [`Catalogue::blocks`] has handed on.
    pub fn put(&self, index: &Index, put: &(dyn Fn(&str, &[u8]) + Sync)) {
        put(&format!("{FOLDER}titles.js"), &self.titles(index));
        index.shards.par_iter().for_each(|shard| put(&word_path(&shard.hex()), &self.words(shard)));
    }

    fn titles(&self, index: &Index) -> Vec<u8> {
        let keys: Vec<String> = index.shards.iter().map(Shard::hex).collect();
        self.script("titles", "", titles::json(self, &keys).to_string().as_bytes())
    }

    fn words(&self, shard: &Shard) -> Vec<u8> {
        // Letters, digits, spaces and `_` alone: only line ends need care.
        self.script("words", &shard.hex(), format!("\"{}\"", shard.lines.replace('\n', "\\n")).as_bytes())
    }

    fn texts(&self, file: usize, documents: &[Document]) -> Vec<u8> {
        let texts = documents.iter().map(|document| &document.text[..document.text.floor_char_boundary(LONGEST)]);
        let mut json = Vec::with_capacity(texts.clone().map(|text| text.len() * 21 / 20 + 16).sum());
        // A vector takes everything.
        let _ = serde_json::Serializer::new(&mut json).collect_seq(texts);
        self.script("texts", &file.to_string(), &json)
    }

    fn script(&self, kind: &str, key: &str, json: &[u8]) -> Vec<u8> {
        [self.head(kind, key).as_bytes(), json, END.as_bytes()].concat()
    }

    /// Everything before what a script holds.
    fn head(&self, kind: &str, key: &str) -> String {
        format!("{CALL}(\"{kind}\",\"{key}\",\"{}\",", self.order)
    }
}

impl Index {
    pub fn of(blocks: &[Block], entries: usize) -> Index {
        Index { shards: shards::of(blocks, entries) }
    }
}

fn text_path(file: usize) -> String {
    format!("{FOLDER}t{file}.js")
}

fn word_path(hex: &str) -> String {
    format!("{FOLDER}w{hex}.js")
}
