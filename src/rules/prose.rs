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
    words.iter().find_map(|word| lower.match_indices(*word).find(|(at, _)| whole(word, *at)).map(|(at, _)| (*word, at)))
}
