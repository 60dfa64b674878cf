//! Everything there is, by letter: what stands in for the search where no script runs.

use super::{Entry, fold};

/// Names on one page; a letter with more goes on on a next one.
const MOST: usize = 1000;

/// A letter, or a part of one where it has very many names.
#[derive(Debug)]
pub struct Letter {
    /// The letter as people read it.
    pub label: String,
    /// The end of its anchor and of its file's name.
    pub id: String,
    /// Title and address, by title.
    pub names: Vec<(String, String)>,
}

pub fn letters(entries: &[Entry<'_>]) -> Vec<Letter> {
    let named = entries.iter().map(|entry| {
        let key = key(&entry.title());
        let rank = if matches!(entry, Entry::Code(..)) { CODES } else { rank(&key) };
        (rank, key, entry.title(), entry.route())
    });
    let mut names: Vec<(u32, Vec<u8>, String, String)> = named.collect();
    names.sort_unstable();
    let mut letters: Vec<Letter> = Vec::new();
    for same in names.chunk_by(|a, b| a.0 == b.0) {
        let (label, id) = letter(same[0].0);
        for (n, some) in same.chunks(MOST).enumerate() {
            let (label, id) =
                if n == 0 { (label.clone(), id.clone()) } else { (format!("{label} ({})", n + 1), format!("{id}-{}", n + 1)) };
            letters.push(Letter { label, id, names: some.iter().map(|(_, _, title, route)| (title.clone(), route.clone())).collect() });
        }
    }
    letters
}

/// The words of a title with a space after each, digits before letters.
fn key(title: &str) -> Vec<u8> {
    let mut key = Vec::new();
    fold::words(title, &mut |word| {
        key.extend(word);
        key.push(b' ');
    });
    key
}

/// The pages of findings stand apart: their codes are no names.
const CODES: u32 = u32::MAX;
const SIGNS: u32 = u32::MAX - 1;
/// Scripts without capitals: a page for every sign would be a page for every name.
const OTHER: u32 = u32::MAX - 2;

/// Digits, then letters as they are numbered, then what has none.
fn rank(key: &[u8]) -> u32 {
    match String::from_utf8_lossy(key).chars().next() {
        Some(c) if c.is_numeric() => 0,
        Some(c) if c.is_lowercase() => u32::from(c),
        Some(_) => OTHER,
        None => SIGNS,
    }
}

fn letter(rank: u32) -> (String, String) {
    match (rank, char::from_u32(rank)) {
        (0, _) => ("0–9".to_owned(), "digits".to_owned()),
        (CODES, _) => ("Findings".to_owned(), "findings".to_owned()),
        (SIGNS, _) => ("Signs".to_owned(), "signs".to_owned()),
        (_, Some(c)) if c.is_ascii() => (c.to_ascii_uppercase().to_string(), c.to_string()),
        (_, Some(c)) => (c.to_uppercase().collect(), format!("u{rank:04x}")),
        _ => ("Other scripts".to_owned(), "other".to_owned()),
    }
}
