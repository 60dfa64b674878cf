//! Finds the lines `::: internal` and `:::` of a body, outside code.

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::{Code, codes, quoted};
use crate::schema::Visibility;

/// A body whose audience lines became blocks of their own, and the way back to places in the source.
pub struct Marked<'a> {
    pub text: Cow<'a, str>,
    markers: Vec<(usize, Marker)>,
    /// Where the texts part: offset here, offset in the source.
    shifts: Vec<(usize, usize)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    Open(Visibility),
    Close,
}

/// An HTML comment stands as a block of its own wherever it begins a line.
const STAND_IN: &str = "<!---->";

impl<'a> Marked<'a> {
    /// The page may be marked as a whole.
    pub fn read(
        body: &'a str,
        page: Option<Visibility>,
        mut report: impl FnMut(Range<usize>, &'static Code, String, &'static str),
    ) -> Marked<'a> {
        if !body.starts_with(":::") && !body.contains("\n:::") {
            return Marked { text: Cow::Borrowed(body), markers: Vec::new(), shifts: Vec::new() };
        }
        let mut marked = Marked { text: Cow::Borrowed(""), markers: Vec::new(), shifts: Vec::new() };
        let mut out = String::with_capacity(body.len() + 64);
        let mut open: Vec<(Visibility, Range<usize>)> = Vec::new();
        let mut fence: Option<&str> = None;
        let mut at = 0;
        for line in body.split_inclusive('\n') {
            let range = at..at + line.trim_end().len();
            at += line.len();
            fence = code_fence(line, fence);
            let word = line.strip_prefix(":::").filter(|_| fence.is_none()).map(str::trim);
            let marker = match word {
                None => None,
                Some("") => open.pop().map(|_| Marker::Close),
                Some(word) => match Visibility::from_word(word) {
                    Some(audience) => {
                        let around = open.last().map(|(around, _)| *around).or(page);
                        if around.is_some_and(|around| audience > around) {
                            report(
                                range.clone(),
                                &codes::AUD003,
                                format!("This part is for {word} readers, inside a part for fewer."),
                                "Close the outer part first, or narrow this one.",
                            );
                        }
                        open.push((audience, range.clone()));
                        Some(Marker::Open(audience))
                    }
                    None => {
                        report(
                            range.clone(),
                            &codes::AUD001,
                            format!("{} is not an audience, so nothing is published.", quoted(word)),
                            "Write `::: internal`, `::: client` or `::: vendor`.",
                        );
                        None
                    }
                },
            };
            match marker {
                Some(marker) => {
                    out.push('\n');
                    marked.markers.push((out.len(), marker));
                    out.push_str(STAND_IN);
                    out.push_str("\n\n");
                    marked.shifts.push((out.len(), at));
                }
                None => out.push_str(line),
            }
        }
        for (audience, range) in &open {
            report(
                range.clone(),
                &codes::AUD002,
                format!("The part for {} readers begins here and is never closed.", audience.word()),
                "Add a line `:::` where it ends.",
            );
            out.push_str("\n\n");
            marked.markers.push((out.len(), Marker::Close));
            out.push_str(STAND_IN);
            out.push('\n');
        }
        marked.text = Cow::Owned(out);
        marked
    }

    /// The marker that begins at a place of the text, if one does.
    pub fn marker_at(&self, offset: usize) -> Option<Marker> {
        self.markers.binary_search_by_key(&offset, |(at, _)| *at).ok().map(|n| self.markers[n].1)
    }

    /// The place in the source of a place in the text.
    pub fn source(&self, offset: usize) -> usize {
        match self.shifts.partition_point(|(here, _)| *here <= offset).checked_sub(1).map(|n| self.shifts[n]) {
            Some((here, there)) => there + (offset - here),
            None => offset,
        }
    }
}

/// The fence that is open after a line: three or more backticks or tildes.
fn code_fence<'l>(line: &'l str, open: Option<&'l str>) -> Option<&'l str> {
    let trimmed = line.trim_start();
    let sign = trimmed.chars().next().filter(|c| matches!(c, '`' | '~'));
    let Some(sign) = sign.filter(|_| line.len() - trimmed.len() < 4) else {
        return open;
    };
    let length = trimmed.len() - trimmed.trim_start_matches(sign).len();
    match open {
        None if length >= 3 => Some(&trimmed[..length]),
        Some(fence) if fence.starts_with(sign) && length >= fence.len() && trimmed[length..].trim().is_empty() => None,
        other => other,
    }
}
