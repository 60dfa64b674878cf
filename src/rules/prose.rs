//! Whole words in prose, found without regard to case.

/// The first of some words or phrases that stands in a text as a whole word, as it is listed.
pub fn find<'w>(text: &str, words: &[&'w str]) -> Option<&'w str> {
    place(text, words).map(|(word, _)| word)
}

/// The first of some words, and where it begins. The place counts bytes of the text in small letters.
pub fn place<'w>(text: &str, words: &[&'w str]) -> Option<(&'w str, usize)> {
    let lower = text.to_lowercase();
    let whole = |word: &str, at: usize| {
        let before = lower[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '-');
        let after = lower[at + word.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '-');
        before && after
    };
    let pairs = pairs(&lower);
    let mut words = words.iter().filter(|word| pairs & self::pairs(word) == self::pairs(word));
    words.find_map(|word| lower.match_indices(*word).find(|(at, _)| whole(word, *at)).map(|(at, _)| (*word, at)))
}

/// The pairs of neighbouring letters in a text, each as one of 64 bits: a short text without those of a word cannot hold
/// it, and need not be searched.
fn pairs(text: &str) -> u64 {
    text.as_bytes().windows(2).fold(0, |set, pair| set | 1 << ((pair[0].wrapping_mul(31) ^ pair[1]) % 64))
}
