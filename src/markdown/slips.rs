//! What was meant as a link, and is none: a path with a space, without the signs that hold it together.

use std::ops::Range;

/// How far the two brackets of a link are looked for, so that a text full of them is still read in one go.
const FAR: usize = 500;

/// The paths of such links in the part of a text that is shown as it is written.
pub fn spaced(text: &str, part: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let bytes = &text.as_bytes()[..part.end];
    text[part.clone()].match_indices("](").filter_map(move |(at, between)| {
        let (at, start) = (part.start + at, part.start + at + between.len());
        let near = at.saturating_sub(FAR).max(part.start);
        let open = near + memchr::memrchr(b'[', &bytes[near..at])?;
        let target = &text[start..start + closing(&bytes[start..])?];
        // A title may stand behind the path.
        let path = target.split_once(" \"").map_or(target, |(path, _)| path);
        let begin = start + (path.len() - path.trim_start().len());
        let path = path.trim();
        let is_meant = !bytes[..open].ends_with(b"\\") && path.contains(' ') && is_path(path);
        is_meant.then(|| begin..begin + path.len())
    })
}

/// The place of the bracket that closes the one before the text.
fn closing(text: &[u8]) -> Option<usize> {
    let mut depth = 1;
    text.iter().take(FAR).position(|byte| {
        depth += match byte {
            b'(' => 1,
            b')' => -1,
            _ => 0,
        };
        depth == 0
    })
}

/// True for the name of a file or an address, and not for a remark in brackets.
fn is_path(text: &str) -> bool {
    let ends_like_a_file = text.rsplit_once('.').is_some_and(|(name, end)| {
        let is_ending = end.bytes().all(|byte| byte.is_ascii_alphanumeric()) && end.bytes().any(|byte| byte.is_ascii_alphabetic());
        !name.is_empty() && (2..=5).contains(&end.len()) && is_ending
    });
    let begins_like_an_address = text.split(' ').next().is_some_and(|first| first.contains("://") || first.starts_with("../"));
    !text.starts_with('<') && !text.contains('@') && (ends_like_a_file || begins_like_an_address || text.contains(".md#"))
}
