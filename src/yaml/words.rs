//! The parser's errors in our words, each at the place the author has to look at.

use granit_parser::ScanError;

use super::{Builder, Slip};
use crate::diagnostic::{Span, quoted};

impl Builder<'_, '_> {
    /// The parser's error, at the place the author has to look at, said plainly.
    pub(super) fn in_our_words(&self, error: &ScanError) -> Slip {
        use granit_parser::ErrorKind as E;
        let offset = self.source.start + error.marker().byte_offset().unwrap_or_default();
        let (at, message, help): (usize, String, &str) = match error.kind() {
            E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar | E::InvalidQuotedScalarIndent => (
                self.opening_quote(offset),
                "A quote opens here and is never closed.".into(),
                "Add the closing quote, or put the whole value in the other kind of quotes.",
            ),
            E::TabNotAllowed | E::TabInBlockIndentation | E::TabInIndentation | E::TabAtBlockScalarStart | E::TabInPlainScalar => {
                (self.tab_near(offset), "A tab stands here; YAML indents with spaces only.".into(), "Replace the tab with two spaces.")
            }
            E::UnknownQuotedScalarEscape | E::InvalidQuotedScalarHexEscape | E::InvalidUnicodeEscape => (
                offset,
                "This backslash begins a sign that YAML does not know.".into(),
                "Use single quotes '...', where a backslash is just a backslash.",
            ),
            E::UnknownAnchor => {
                (offset, "This `*name` points to nothing.".into(), "Put the value in quotes if it begins with an asterisk.")
            }
            E::UnclosedFlowCollection { open } => (offset, format!("`{open}` opens here and is never closed."), "Add the closing bracket."),
            E::UnexpectedEofFlowSequence
            | E::UnexpectedEofFlowMapping
            | E::UnexpectedEofImplicitFlowMapping
            | E::ExpectedFlowMappingSeparator
            | E::ExpectedFlowSequenceSeparator => (
                offset,
                "A bracket is not closed, or a comma is missing between two values.".into(),
                "Close every `[` and `{`, and put a comma between values.",
            ),
            E::MappingValueNotAllowed | E::InvalidColonPlacement | E::SimpleKeyExpected | E::InvalidSimpleKey => (
                offset,
                "There is a colon too many, or the line is not indented like the ones around it.".into(),
                "Put values that contain `: ` in quotes, and line up keys of one level.",
            ),
            E::RecursionLimitExceeded => (offset, "This is nested more than 64 levels deep.".into(), "Write it flatter."),
            E::InvalidIndentation
            | E::ExpectedBlockMappingKey
            | E::ExpectedBlockSequenceEntry
            | E::BlockSequenceEntryNotAllowed
            | E::MappingKeyNotAllowed
            | E::InvalidFlowScalarIndent => (
                offset,
                "This line does not line up with the ones around it.".into(),
                "Indent the keys of one level by the same number of spaces.",
            ),
            E::UnexpectedCharacter { character } => {
                (offset, format!("{} cannot begin a value.", quoted(&character.to_string())), "Put the value in quotes.")
            }
            other => (offset, format!("The YAML cannot be read here ({other})."), "Put the value in quotes, and check the indentation."),
        };
        let at = at.min(self.source.end);
        let sign = self.source.text[at..self.source.end].chars().next().map_or(0, char::len_utf8);
        Slip { at: Span::new(at, at + sign), message, help: help.into() }
    }

    /// The quote that was left open: the last one before the place where reading gave up that begins a value.
    fn opening_quote(&self, offset: usize) -> usize {
        let text = &self.source.text[self.source.start..offset.min(self.source.end)];
        if self.source.text[offset.min(self.source.end)..].starts_with(['"', '\'']) {
            return offset;
        }
        let opens = |at: usize| text[..at].ends_with([' ', '[', '{', ',', '\n']) || at == 0;
        let found = text.rmatch_indices(['"', '\'']).map(|(at, _)| at).find(|at| opens(*at));
        found.map_or(offset, |at| self.source.start + at)
    }

    fn tab_near(&self, offset: usize) -> usize {
        let offset = offset.min(self.source.end);
        if self.source.text[offset..self.source.end].starts_with('\t') {
            return offset;
        }
        let before = self.source.text[self.source.start..offset].rfind('\t');
        let line_start = self.source.text[..offset].rfind('\n').map_or(0, |n| n + 1);
        match before.map(|n| n + self.source.start) {
            Some(tab) if tab >= line_start => tab,
            _ => self.source.text[offset..self.source.end].find('\t').map_or(offset, |n| offset + n),
        }
    }
}
