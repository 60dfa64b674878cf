//! The words of the whole handbook, cut into files of a size that a browser loads while someone types. A file
//! holds the words that begin with the same bytes; it is cut by one byte more where it grows too large, so an
//! edit changes the files of the words it adds or takes, and no others.

use std::ops::Range;

use rayon::prelude::*;

use super::block::{Block, ENTRIES, Word, beginning};
use super::document::Place;

/// Bytes above which a file is cut.
const LARGEST: usize = 100_000;

/// Six bits as a sign that stands in a script as it is.
const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// One file: the bytes its words begin with, and a line for each word.
#[derive(Debug)]
pub struct Shard {
    pub key: Vec<u8>,
    pub lines: String,
}

impl Shard {
    /// The key as it stands in a file's name.
    pub fn hex(&self) -> String {
        self.key.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Every word of all blocks, in order.
pub fn of(blocks: &[Block], entries: usize) -> Vec<Shard> {
    let parts: Vec<Lines> = ranges().into_par_iter().map(|(from, to)| joined(blocks, from, to, entries)).collect();
    let whole: usize = parts.iter().map(|part| part.text.len()).sum();
    if whole <= LARGEST {
        let lines: String = parts.into_iter().map(|part| part.text).collect();
        return if lines.is_empty() { Vec::new() } else { vec![Shard { key: Vec::new(), lines }] };
    }
    let mut shards = Vec::new();
    for part in parts {
        let mut at = 0;
        while at < part.ends.len() {
            let first = part.bytes(at)[0];
            let end = at + part.ends[at..].iter().enumerate().take_while(|(n, _)| part.bytes(at + n)[0] == first).count();
            cut(&part, at..end, 1, &mut shards);
            at = end;
        }
    }
    shards
}

/// First bytes that are joined at once: each letter alone, what is rarer together.
fn ranges() -> Vec<(u8, u8)> {
    let letters = (b'a'..=b'z').map(|letter| (letter, letter));
    [(0, b'0'), (b'1', b'1'), (b'2', b'2'), (b'3', b'`')].into_iter().chain(letters).chain([(b'{', 0xDF), (0xE0, 0xFF)]).collect()
}

/// Lines of words, one after another.
#[derive(Default)]
struct Lines {
    text: String,
    /// Where each line ends, its newline included.
    ends: Vec<usize>,
}

impl Lines {
    fn start(&self, n: usize) -> usize {
        n.checked_sub(1).map_or(0, |before| self.ends[before])
    }

    /// The line, which begins with its word and a space.
    fn bytes(&self, n: usize) -> &[u8] {
        &self.text.as_bytes()[self.start(n)..self.ends[n]]
    }
}

/// Cuts lines that share their first bytes until each file is small enough.
fn cut(lines: &Lines, range: Range<usize>, depth: usize, shards: &mut Vec<Shard>) {
    let (start, end) = (lines.start(range.start), lines.ends[range.end - 1]);
    // A word as short as the key stands in a file of its own, under the key itself.
    let at = |n: usize| lines.bytes(n).get(depth).copied().filter(|byte| *byte != b' ');
    if end - start <= LARGEST || range.len() == 1 {
        let key = lines.bytes(range.start)[..depth].to_vec();
        shards.push(Shard { key, lines: lines.text[start..end].to_owned() });
        return;
    }
    let mut from = range.start;
    while from < range.end {
        let byte = at(from);
        let to = (from..range.end).find(|n| at(*n) != byte).unwrap_or(range.end);
        if byte.is_some() {
            cut(lines, from..to, depth + 1, shards);
        } else {
            let key = lines.bytes(from)[..depth].to_vec();
            shards.push(Shard { key, lines: lines.text[lines.start(from)..lines.ends[to - 1]].to_owned() });
        }
        from = to;
    }
}

/// The words of all blocks that begin with one of some bytes, each with every place it stands in.
fn joined(blocks: &[Block], from: u8, to: u8, entries: usize) -> Lines {
    let mut all: Vec<(u64, u32, Word<'_>)> = Vec::new();
    for (n, block) in blocks.iter().enumerate() {
        all.extend(block.beginning(from, to).map(|word| (beginning(word.letters), n as u32, word)));
    }
    // Blocks are in order, and the sort keeps it: one word's places follow each other as they should.
    all.sort_by(|a, b| (a.0, a.2.letters).cmp(&(b.0, b.2.letters)));
    let mut lines = Lines::default();
    let mut places: Vec<Vec<u32>> = vec![Vec::new(); Place::ALL.len()];
    for same in all.chunk_by(|a, b| a.0 == b.0 && a.2.letters == b.2.letters) {
        for (_, block, word) in same {
            for place in word.places {
                places[usize::from(place & 7)].push(block * ENTRIES as u32 + u32::from(place >> 3));
            }
        }
        lines.text.push_str(&String::from_utf8_lossy(same[0].2.letters));
        for (place, numbers) in places.iter_mut().enumerate().filter(|(_, numbers)| !numbers.is_empty()) {
            lines.text.push(' ');
            write(place as u8, numbers, entries, &mut lines.text);
            numbers.clear();
        }
        lines.text.push('\n');
        lines.ends.push(lines.text.len());
    }
    lines
}

/// The numbers of entries: a digit for the place and the steps between numbers, five bits a sign; or, where
/// that is longer, a letter for the place and one bit for each entry there is.
fn write(place: u8, numbers: &[u32], entries: usize, out: &mut String) {
    if numbers.len() * 6 > entries {
        out.push((b'a' + place) as char);
        let mut bits = vec![0_u8; numbers.last().map_or(0, |last| *last as usize / 6 + 1)];
        numbers.iter().for_each(|number| bits[*number as usize / 6] |= 1 << (number % 6));
        out.extend(bits.iter().map(|bits| SIGNS[usize::from(*bits)] as char));
        return;
    }
    out.push((b'0' + place) as char);
    let mut next = 0;
    for number in numbers {
        let mut step = number - next;
        while step >= 32 {
            out.push(SIGNS[(step & 31) as usize | 32] as char);
            step >>= 5;
        }
        out.push(SIGNS[step as usize] as char);
        next = number + 1;
    }
}

/// What each sign stands for; 64 and more for none.
static VALUES: [u8; 256] = {
    let mut values = [u8::MAX; 256];
    let mut n = 0;
    while n < SIGNS.len() {
        values[SIGNS[n] as usize] = n as u8;
        n += 1;
    }
    values
};

/// Reads what [`write`] wrote: hands on each number with its place. Nothing where that is not what it is.
pub fn read(text: &str, visit: &mut impl FnMut(u8, u32) -> Option<()>) -> Option<()> {
    let (kind, signs) = text.as_bytes().split_first()?;
    let value = |sign: &u8| Some(u32::from(VALUES[usize::from(*sign)])).filter(|value| *value < 64);
    if let Some(place) = kind.checked_sub(b'a') {
        for (n, sign) in signs.iter().enumerate() {
            let bits = value(sign)?;
            (0..6).filter(|bit| bits & 1 << bit != 0).try_for_each(|bit| visit(place, n as u32 * 6 + bit))?;
        }
        return Some(());
    }
    let place = kind.checked_sub(b'0')?;
    let (mut next, mut step, mut shift) = (0_u32, 0_u32, 0);
    for sign in signs {
        let bits = value(sign)?;
        step |= (bits & 31).checked_shl(shift)?;
        if bits >= 32 {
            shift += 5;
            continue;
        }
        let number = next.checked_add(step)?;
        visit(place, number)?;
        (next, step, shift) = (number.checked_add(1)?, 0, 0);
    }
    Some(())
}
