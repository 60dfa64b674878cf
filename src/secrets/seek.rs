//! Where words stand, without regard to case, and where digits do: in one pass over every second pair of letters,
//! most of which a look into a table rules out.

/// The letters of prose, the most frequent first.
const FREQUENT: &[u8] = b" etaoinsrhldcumfpgwybv";

/// Marks a pair with a digit in it.
const DIGIT: u8 = 1 << 7;

/// Words to look for, each by two neighbouring pairs of its letters: one of the two is looked at wherever the word
/// stands.
pub struct Seeker {
    words: Vec<&'static [u8]>,
    /// For each pair of letters its group of places in words, counted from 1; and the mark.
    pairs: Box<[u8; 1 << 15]>,
    groups: Vec<Vec<Spot>>,
}

/// A pair of letters in a word: the word's number, and where in it the pair begins.
struct Spot {
    word: usize,
    offset: usize,
}

/// A word that was found: where it ends and begins, and its number.
pub type Hit = (usize, usize, usize);

impl Seeker {
    /// For words of three letters at least, with fewer than 128 different pairs.
    pub fn of(words: impl Iterator<Item = &'static str>) -> Seeker {
        let mut seeker = Seeker { words: words.map(str::as_bytes).collect(), pairs: Box::new([0; 1 << 15]), groups: Vec::new() };
        for n in 0..seeker.words.len() {
            let offset = rarest(seeker.words[n]);
            seeker.note(n, offset);
            seeker.note(n, offset + 1);
        }
        for (digit, other) in (b'0'..=b'9').flat_map(|digit| (0..=u8::MAX).map(move |other| (digit, other))) {
            seeker.pairs[place([digit, other])] |= DIGIT;
            seeker.pairs[place([other, digit])] |= DIGIT;
        }
        seeker
    }

    fn note(&mut self, word: usize, offset: usize) {
        let [first, second] = [self.words[word][offset], self.words[word][offset + 1]];
        let known = self.pairs[place([first, second].map(|letter| letter.to_ascii_lowercase()))];
        if known == 0 {
            self.groups.push(Vec::new());
        }
        let group = if known == 0 { self.groups.len() as u8 } else { known };
        for first in [first.to_ascii_lowercase(), first.to_ascii_uppercase()] {
            for second in [second.to_ascii_lowercase(), second.to_ascii_uppercase()] {
                self.pairs[place([first, second])] = group;
            }
        }
        self.groups[usize::from(group) - 1].push(Spot { word, offset });
    }

    /// Every word, by where it ends, the longer first; and each pair that a digit stands in is handed on, in order.
    pub fn seek(&self, text: &str, mut digit: impl FnMut(usize)) -> Vec<Hit> {
        let bytes = text.as_bytes();
        let (pairs, _) = bytes.as_chunks();
        let mut hits = Vec::new();
        let mut n = 0;
        while let Some(unmarked) = pairs[n..].iter().position(|pair| self.pairs[place(*pair)] != 0) {
            n += unmarked;
            let mark = self.pairs[place(pairs[n])];
            if mark & DIGIT != 0 {
                digit(2 * n);
            }
            if let Some(group) = usize::from(mark & !DIGIT).checked_sub(1) {
                hits.extend(self.groups[group].iter().filter_map(|spot| self.hit(bytes, 2 * n, spot)));
            }
            n += 1;
        }
        hits.sort_unstable();
        hits
    }

    fn hit(&self, bytes: &[u8], at: usize, spot: &Spot) -> Option<Hit> {
        let word = self.words[spot.word];
        let start = at.checked_sub(spot.offset)?;
        let end = start + word.len();
        bytes.get(start..end)?.eq_ignore_ascii_case(word).then_some((end, start, spot.word))
    }
}

/// The place of a pair in the table. One whose second half is no ASCII shares it with one that is, and is told apart later.
fn place(pair: [u8; 2]) -> usize {
    usize::from(u16::from_le_bytes(pair) & 0x7FFF)
}

/// Where the two neighbouring pairs begin that stand least often in prose.
fn rarest(word: &[u8]) -> usize {
    let often = |n: usize| FREQUENT.iter().rev().position(|letter| *letter == word[n].to_ascii_lowercase()).map_or(1, |n| n + 2);
    (0..word.len().saturating_sub(2)).min_by_key(|n| often(n + 1) * (often(*n) + often(n + 2))).unwrap_or_default()
}
