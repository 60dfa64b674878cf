//! What of the index can be taken from the scripts of the last time: the words and texts of neighbours of whom none
//! has changed. Reading them back takes a fraction of what making them does.

use super::block::{Block, ENTRIES};
use super::document::Place;
use super::{Catalogue, END, Entry, FOLDER, TEXTS, shards, text_path};
use crate::library::Vendor;

/// The scripts of the last time, each as it was written.
pub struct Scripts<'s> {
    /// In order.
    pub paths: &'s [String],
    pub read: &'s (dyn Fn(&str) -> Option<Vec<u8>> + Sync),
    /// True for a vendor from whom nothing has changed.
    pub is_same: &'s (dyn Fn(&Vendor) -> bool + Sync),
}

impl Catalogue<'_> {
    /// The blocks that are as they were. Nothing where the scripts are of other entries.
    pub(super) fn blocks_of(&self, old: &Scripts<'_>) -> Option<Vec<Option<Block>>> {
        let is_same = |entry: &Entry<'_>| matches!(entry, Entry::Vendor(vendor) if (old.is_same)(vendor));
        let same = self.entries.chunks(ENTRIES).map(|some| some.iter().all(is_same).then(Block::default));
        let mut split =
            Split { blocks: same.collect(), newest: vec![0; self.entries.len().div_ceil(ENTRIES)], entries: self.entries.len() };
        if split.blocks.iter().all(Option::is_none) {
            return None;
        }
        let mut line = 0;
        for path in old.paths {
            let Some(hex) = path.strip_prefix(FOLDER).and_then(|name| name.strip_prefix('w')?.strip_suffix(".js")) else { continue };
            let script = String::from_utf8((old.read)(path)?).ok()?;
            let words = script.strip_prefix(&self.head("words", hex))?.strip_suffix(END)?;
            for word in words.strip_prefix('"')?.strip_suffix('"')?.split_terminator("\\n") {
                line += 1;
                split.give_back(word, line)?;
            }
        }
        Some(split.blocks)
    }

    /// The files of texts of a block.
    pub(super) fn texts_of(&self, block: usize, old: &Scripts<'_>) -> Option<Vec<(String, Vec<u8>)>> {
        let end = ((block + 1) * ENTRIES).min(self.entries.len()).div_ceil(TEXTS);
        let text = |file: usize| {
            let path = text_path(file);
            let bytes = (old.read)(&path)?;
            bytes.starts_with(self.head("texts", &file.to_string()).as_bytes()).then_some((path, bytes))
        };
        (block * (ENTRIES / TEXTS)..end).map(text).collect()
    }
}

/// Gives words back to the blocks that they came from.
struct Split {
    /// Nothing where a block is not wanted.
    blocks: Vec<Option<Block>>,
    /// The line of the last word that each has got.
    newest: Vec<u32>,
    entries: usize,
}

impl Split {
    /// Takes a line of a script: a word and its places. Nothing where it is not as it should be.
    fn give_back(&mut self, text: &str, line: u32) -> Option<()> {
        let (word, places) = text.split_once(' ')?;
        for some in places.split(' ') {
            shards::read(some, &mut |place, number| {
                let (n, entry) = (number as usize / ENTRIES, number as usize % ENTRIES);
                if number as usize >= self.entries || usize::from(place) >= Place::ALL.len() {
                    return None;
                }
                if let Some(block) = &mut self.blocks[n] {
                    block.add(word.as_bytes(), self.newest[n] != line, (entry as u8) << 3 | place);
                    self.newest[n] = line;
                }
                Some(())
            })?;
        }
        Some(())
    }
}
