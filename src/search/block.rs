//! The words of a few neighbouring entries. A block is made from its entries alone, in parallel with others, and
//! an edit makes one block anew; joining the blocks is quick.

use super::document::{Document, Place};
use super::fold;

/// Entries in a block: with the place of a word they fill one byte.
pub const ENTRIES: usize = 32;

/// Times after which a word of the text counts as much as a heading.
const OFTEN: u8 = 3;

/// Words of a name that are looked for together.
const NAMED: usize = 48;

/// Every word of a block in order, each with its places.
#[derive(Debug, Default)]
pub struct Block {
    letters: Vec<u8>,
    /// Where each word ends in `letters`, and where its places end in `places`.
    ends: Vec<(u32, u32)>,
    /// The number of the entry in the block, times eight, and the place.
    places: Vec<u8>,
}

/// A word of a block.
#[derive(Debug, Clone, Copy)]
pub struct Word<'b> {
    pub letters: &'b [u8],
    pub places: &'b [u8],
}

impl Block {
    pub fn of(documents: &[Document]) -> Block {
        let mut words = Words::default();
        for (n, document) in documents.iter().enumerate() {
            let mut names = |text: &str, place| fold::words(text, &mut |word| words.note(word, place));
            names(&document.names, Place::Name);
            fold::closed(&document.names).iter().for_each(|closed| names(closed, Place::Name));
            names(&document.numbers, Place::Heading);
            let text = document.text.to_ascii_lowercase();
            let mut start = 0;
            for (end, place) in &document.lines {
                if let Some(place) = place {
                    let line = &text[start..*end as usize];
                    if place.is_field() {
                        words.name(line, *place);
                    } else {
                        fold::low_words(line, &mut |word| words.note(word, *place));
                    }
                }
                start = *end as usize + 1;
            }
            words.close(n as u8);
        }
        words.sorted()
    }

    /// Adds a place of a word: of a new one, which comes after all there are, or of the last.
    pub fn add(&mut self, word: &[u8], is_new: bool, place: u8) {
        self.places.push(place);
        let end = self.places.len() as u32;
        match self.ends.last_mut().filter(|_| !is_new) {
            Some((_, places_end)) => *places_end = end,
            None => {
                self.letters.extend(word);
                self.ends.push((self.letters.len() as u32, end));
            }
        }
    }

    pub fn word(&self, n: usize) -> Word<'_> {
        let (letters, places) = n.checked_sub(1).map_or((0, 0), |before| self.ends[before]);
        let (letters_end, places_end) = self.ends[n];
        Word { letters: &self.letters[letters as usize..letters_end as usize], places: &self.places[places as usize..places_end as usize] }
    }

    /// The words that begin with one of some bytes, in order.
    pub fn beginning(&self, from: u8, to: u8) -> impl Iterator<Item = Word<'_>> {
        let before = |limit: u16| self.first(|word| word.first().is_some_and(|byte| u16::from(*byte) < limit));
        (before(u16::from(from))..before(u16::from(to) + 1)).map(|n| self.word(n))
    }

    fn first(&self, is_before: impl Fn(&[u8]) -> bool) -> usize {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if is_before(self.word(middle).letters) { low = middle + 1 } else { high = middle }
        }
        low
    }
}

/// The words of a block in the making.
#[derive(Default)]
struct Words {
    letters: Vec<u8>,
    ends: Vec<u32>,
    /// The beginning of each word, which is the whole of a short one.
    beginnings: Vec<u64>,
    hashes: Vec<u32>,
    /// Open addressing: a word's number plus one.
    slots: Vec<u32>,
    /// For each word: its places in the entry being read, a bit each, and how often it stood in the text.
    here: Vec<(u8, u8)>,
    touched: Vec<u32>,
    noted: Vec<(u32, u8)>,
}

impl Words {
    /// Notes a name, and which words stand in it together: `_dana_reyes` and `_reyes_dana`. These stand apart from the
    /// words, so that whoever looks for one word loads none of them.
    fn name(&mut self, name: &str, place: Place) {
        let mut found: Vec<Vec<u8>> = Vec::new();
        let mut note = |word: &[u8]| {
            self.note(word, place);
            if found.len() < NAMED && !found.iter().any(|known| known == word) {
                found.push(word.to_vec());
            }
        };
        fold::low_words(name, &mut note);
        fold::closed(name).iter().for_each(|closed| fold::low_words(closed, &mut note));
        for n in 0..found.len() {
            let together: Vec<u8> = found[n..].iter().chain(&found[..n]).flat_map(|word| [b"_", word.as_slice()].concat()).collect();
            if found.len() > 1 {
                self.note(&together, place);
            }
        }
    }

    fn note(&mut self, word: &[u8], place: Place) {
        let n = self.number(word);
        let (places, times) = &mut self.here[n as usize];
        if *places == 0 {
            self.touched.push(n);
        }
        *places |= 1 << place as u8;
        *times = times.saturating_add(u8::from(place == Place::Prose));
    }

    /// The entry is read: what was noted of it is kept.
    fn close(&mut self, entry: u8) {
        for n in self.touched.drain(..) {
            let (places, times) = std::mem::take(&mut self.here[n as usize]);
            let is_in = |place: &Place| places & (1 << *place as u8) != 0;
            let mut fields = Place::ALL.iter().filter(|place| place.is_field() && is_in(place)).peekable();
            if fields.peek().is_none() {
                let place = if is_in(&Place::Heading) || times >= OFTEN { Place::Heading } else { Place::Prose };
                self.noted.push((n, entry << 3 | place as u8));
            }
            fields.for_each(|place| self.noted.push((n, entry << 3 | *place as u8)));
        }
    }

    fn number(&mut self, word: &[u8]) -> u32 {
        if self.slots.len() <= self.ends.len() * 2 {
            self.grow();
        }
        let begin = beginning(word);
        let hash = hash(word, begin);
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            match self.slots[at] {
                0 => break,
                n if self.hashes[n as usize - 1] == hash && self.is(n - 1, word, begin) => return n - 1,
                _ => at = (at + 1) & mask,
            }
        }
        self.letters.extend(word);
        self.ends.push(self.letters.len() as u32);
        self.beginnings.push(begin);
        self.hashes.push(hash);
        self.here.push((0, 0));
        self.slots[at] = self.ends.len() as u32;
        self.ends.len() as u32 - 1
    }

    fn is(&self, n: u32, word: &[u8], begin: u64) -> bool {
        self.beginnings[n as usize] == begin && (word.len() < 8 || self.letters_of(n) == word)
    }

    fn letters_of(&self, n: u32) -> &[u8] {
        let start = n.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.letters[start as usize..self.ends[n as usize] as usize]
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(4096);
        self.slots = vec![0; size];
        for (n, hash) in self.hashes.iter().enumerate() {
            let mut at = *hash as usize & (size - 1);
            while self.slots[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = n as u32 + 1;
        }
    }

    fn sorted(self) -> Block {
        let mut order: Vec<(u64, u32)> = self.beginnings.iter().copied().zip(0..).collect();
        order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| self.letters_of(a.1).cmp(self.letters_of(b.1))));
        let mut starts = vec![0_u32; self.ends.len() + 1];
        self.noted.iter().for_each(|(n, _)| starts[*n as usize + 1] += 1);
        for n in 1..starts.len() {
            starts[n] += starts[n - 1];
        }
        let mut next = starts.clone();
        let mut by_word = vec![0_u8; self.noted.len()];
        for (n, place) in &self.noted {
            by_word[next[*n as usize] as usize] = *place;
            next[*n as usize] += 1;
        }
        let mut block = Block::default();
        for (_, n) in order {
            block.letters.extend(self.letters_of(n));
            block.places.extend(&by_word[starts[n as usize] as usize..starts[n as usize + 1] as usize]);
            block.ends.push((block.letters.len() as u32, block.places.len() as u32));
        }
        block
    }
}

/// The first eight bytes of a word as a number, in the order of words. No word holds a zero.
pub fn beginning(word: &[u8]) -> u64 {
    let few = || word.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)) << (8 * (8 - word.len().max(1)));
    word.first_chunk().map_or_else(few, |eight| u64::from_be_bytes(*eight))
}

/// From the length and the beginning, and from all of a long word; only for finding words again, so that it never shows
/// in what is made.
fn hash(word: &[u8], begin: u64) -> u32 {
    const SEED: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |hash: u64, part: u64| (hash.rotate_left(23) ^ part).wrapping_mul(SEED);
    let mut hash = mix(word.len() as u64, begin.swap_bytes());
    if let Some(last) = word.last_chunk().filter(|_| word.len() > 8) {
        let (between, _) = word[8..].as_chunks();
        hash = between.iter().chain([last]).fold(hash, |hash, part| mix(hash, u64::from_le_bytes(*part)));
    }
    (hash >> 32) as u32
}
