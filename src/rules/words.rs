//! How findings say things: days, lists, and what was probably meant.

use crate::calendar::Date;
use crate::diagnostic::{beginning, visible};

/// `Thu 2026-12-10`: the weekday for people, the date as it is written in a playbook.
pub fn day(date: Date) -> String {
    let name = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][date.weekday()];
    format!("{name} {date}")
}

/// `a`, `a and b`, `a, b and c`.
pub fn and<T: AsRef<str>>(items: &[T]) -> String {
    joined(items, "and")
}

/// `a`, `a or b`, `a, b or c`.
pub fn or<T: AsRef<str>>(items: &[T]) -> String {
    joined(items, "or")
}

fn joined<T: AsRef<str>>(items: &[T], word: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {word} {}", first.join(", "), last.as_ref())
        }
    }
}

/// `1 day`, `12 days`.
pub fn days(n: i64) -> String {
    if n == 1 { "1 day".to_owned() } else { format!("{n} days") }
}

/// A text in a message: shortened, made visible, in double quotes.
pub fn said(text: &str) -> String {
    let shown = visible(text.trim());
    let short = beginning(&shown, 40);
    if short.len() < shown.len() { format!("“{}…”", short.trim_end()) } else { format!("“{short}”") }
}

/// The beginning of a step's title, cut after a word, as far as a message has room.
pub fn title(title: &str) -> String {
    let mut cut = String::new();
    for word in title.split_whitespace().take(7) {
        if !cut.is_empty() && cut.chars().count() + word.chars().count() > 38 {
            break;
        }
        if !cut.is_empty() {
            cut.push(' ');
        }
        cut.push_str(word);
    }
    let rest = if cut.chars().count() < title.trim().chars().count() { "…" } else { "" };
    let cut = visible(cut.trim_end_matches([',', ':', ';']));
    format!("“{}{rest}”", beginning(&cut, 48))
}

/// A name in a message: made visible, and short enough for a sentence.
pub fn name(text: &str) -> String {
    let shown = visible(text.trim());
    let short = beginning(&shown, 40);
    if short.len() < shown.len() { format!("{}…", short.trim_end()) } else { shown }
}

/// A text as it can be written in a playbook, in quotes where YAML would read it otherwise.
pub fn quoted(text: &str) -> String {
    let text = visible(text.trim());
    let is_plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | '(' | ')' | '\''));
    let starts_plain = text.starts_with(|c: char| c.is_alphanumeric());
    if is_plain && starts_plain { text } else { format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) }
}

/// `a, b, c and 2 more`, so that a long list stays a sentence.
pub fn some(items: &[String]) -> String {
    let most = 4;
    if items.len() <= most {
        return and(items);
    }
    let mut shown = items[..most].to_vec();
    shown.push(format!("{} more", items.len() - most));
    and(&shown)
}

/// The code at most two slips away.
pub fn nearest_code<'c>(word: &str, codes: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let upper = word.to_uppercase();
    codes.map(|code| (strsim::damerau_levenshtein(&upper, code), code)).filter(|(slips, _)| *slips <= 2).min().map(|(_, code)| code)
}
