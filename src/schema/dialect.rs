//! The codes that shape findings carry, and the search for what was meant.

use crate::diagnostic::{Code, codes};

/// The codes that shape findings carry in one kind of file.
#[derive(Debug)]
pub struct Dialect {
    pub unreadable: &'static Code,
    pub missing: &'static Code,
    pub unknown_key: &'static Code,
    pub value: &'static Code,
    pub date: &'static Code,
    pub duration: &'static Code,
    pub duplicate: &'static Code,
}

pub static PLAYBOOK: Dialect = Dialect {
    unreadable: &codes::STR001,
    missing: &codes::STR002,
    unknown_key: &codes::STR003,
    value: &codes::STR004,
    date: &codes::STR005,
    duration: &codes::STR006,
    duplicate: &codes::STR007,
};

pub static HANDBOOK: Dialect = Dialect {
    unreadable: &codes::CFG001,
    missing: &codes::CFG002,
    unknown_key: &codes::CFG003,
    value: &codes::CFG004,
    date: &codes::CFG005,
    duration: &codes::CFG006,
    duplicate: &codes::CFG004,
};

/// The known word that is one or two slips away, as both are written; nothing where two are as near. It begins with the
/// same letter and is mostly the same: `inactive` is no slip for `active`, nor `note` for `notice`.
pub fn only_near<'w>(word: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let known = known.filter(|candidate| candidate.chars().next() == word.chars().next());
    let slips = known.map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate));
    let mut near: Vec<(usize, &str)> =
        slips.filter(|(slips, candidate)| (1..=2).contains(slips) && candidate.len().min(word.len()) > 2 * *slips).collect();
    near.sort_unstable();
    match near.as_slice() {
        [(_, only)] => Some(only),
        [(first, only), (second, _), ..] if first < second => Some(only),
        _ => None,
    }
}

/// The known word that is at most two slips away, or nearly so for long words.
pub fn nearest<'w>(word: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let lower = word.to_lowercase().replace('-', "_");
    let length = lower.chars().count();
    let allowed = if length <= 3 { 1 } else { 2 };
    known
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        .map(|candidate| (strsim::damerau_levenshtein(&lower, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= allowed && *distance < candidate.len())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
