//! A value that lacks only its quotes: `title: Notes: part two`.

use super::{Builder, Nodes, Slip, Source};
use crate::diagnostic::{Patch, Span};

/// The change that puts the value on the slip's line into quotes, if the part can be read then.
pub(super) fn fix(part: Source<'_>, slip: &Slip) -> Option<Patch> {
    let text = part.text;
    let at = (slip.at.start as usize).clamp(part.start, part.end);
    let begin = text[part.start..at].rfind('\n').map_or(part.start, |n| part.start + n + 1);
    let end = text[begin..part.end].find('\n').map_or(part.end, |n| begin + n);
    let span = value(text, begin, end)?;
    let quoted = format!("\"{}\"", text[span.range()].replace('\\', "\\\\").replace('"', "\\\""));
    let whole = format!("{}{quoted}{}", &text[part.start..span.start as usize], &text[span.end as usize..part.end]);
    let source = Source { text: &whole, start: 0, end: whole.len() };
    let mut scratch = Nodes::default();
    Builder::new(source, &mut scratch).run().ok()?;
    Some(Patch::spelling(span, quoted))
}

/// The unquoted value behind `key: ` or `- ` on one line, without a comment behind it.
fn value(text: &str, begin: usize, end: usize) -> Option<Span> {
    let line = &text[begin..end];
    let trimmed = line.trim_start();
    let dash = if trimmed.starts_with("- ") { 2 } else { 0 };
    let rest = trimmed[dash..].trim_start();
    let key = rest.find(": ").filter(|n| rest[..*n].bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')));
    let value = match key {
        Some(n) => rest[n + 2..].trim_start(),
        None if dash > 0 => rest,
        None => return None,
    };
    // `#word` may belong to the value, `# word` is a note behind it.
    let behind = value.find(" #");
    if behind.is_some_and(|n| value[n + 2..].starts_with(|c: char| c.is_alphanumeric())) {
        return None;
    }
    let value = behind.map_or(value, |n| &value[..n]).trim_end();
    let start = begin + (value.as_ptr() as usize - line.as_ptr() as usize);
    let plain = !value.is_empty() && !value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!', '#']);
    plain.then(|| Span::new(start, start + value.len()))
}
