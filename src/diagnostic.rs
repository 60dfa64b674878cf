//! Findings: what Partwell noticed, where, and what to do about it. Findings are values for the author;
//! they never stop a stage.

pub mod codes;

use std::borrow::Cow;
use std::sync::Arc;

pub use codes::Code;

/// The path of a source file, relative to the project, with `/`.
pub type FileId = Arc<str>;

/// A range of bytes in a source file, byte order mark not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Span {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { start: clamp(start), end: clamp(end.max(start)) }
    }

    pub fn at(offset: usize) -> Span {
        Span::new(offset, offset)
    }

    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Info,
    Warning,
    Error,
}

impl Severity {
    pub fn word(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One finding: the value to change, what is the matter, what to write instead. A large handbook keeps very many of them,
/// so they are small.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    pub code: &'static Code,
    pub severity: Severity,
    /// Says what is there and why it matters. One or two plain sentences.
    pub message: Box<str>,
    /// Says what to write.
    pub help: Option<Cow<'static, str>>,
    pub file: FileId,
    pub span: Span,
    /// The path of the field, like `contract.notice.client` or `access[2].holder`.
    pub field: Option<Box<str>>,
    /// The slug of the playbook it is about.
    pub vendor: Option<Arc<str>>,
    /// True where nothing is published while it stands.
    pub blocking: bool,
    /// The change that would settle it, where the text to write is known.
    pub patch: Option<Box<Patch>>,
}

/// A change to the text of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patch {
    /// The bytes to replace; empty where something is added.
    pub span: Span,
    pub text: String,
    /// What it does, in a few words: `add: admin: sam`.
    pub says: String,
    /// True where it cannot change what the author meant, so that `check --fix` may apply it.
    pub is_safe: bool,
}

impl Patch {
    /// A change that `check --fix` may apply.
    pub fn spelling(span: Span, text: impl Into<String>) -> Patch {
        let text = text.into();
        Patch { span, says: format!("write: {text}"), text, is_safe: true }
    }
}

/// A value as good as the input allowed, with everything noticed while making it.
#[derive(Debug, Clone)]
pub struct Diagnosed<T> {
    pub value: T,
    pub diagnostics: Vec<Diagnostic>,
}

/// Collects the findings of one file.
#[derive(Debug)]
pub struct Findings {
    file: FileId,
    list: Vec<Diagnostic>,
}

impl Findings {
    pub fn new(file: &FileId) -> Findings {
        Findings { file: file.clone(), list: Vec::new() }
    }

    /// Adds a finding; the result takes help and field.
    pub fn add(&mut self, code: &'static Code, span: Span, message: impl Into<Box<str>>) -> &mut Diagnostic {
        let diagnostic = Diagnostic {
            code,
            severity: code.severity,
            message: message.into(),
            help: None,
            file: self.file.clone(),
            span,
            field: None,
            vendor: None,
            blocking: code.blocking,
            patch: None,
        };
        self.list.push(diagnostic);
        let last = self.list.len() - 1;
        &mut self.list[last]
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Takes over findings of the same file.
    pub fn extend(&mut self, more: &[Diagnostic]) {
        self.list.extend_from_slice(more);
    }

    /// True where a finding of this code stands in a place, or around it.
    pub fn has(&self, code: &Code, at: Span) -> bool {
        self.list
            .iter()
            .any(|finding| finding.code.id == code.id && finding.span.start < at.end.max(at.start + 1) && at.start < finding.span.end)
    }

    pub fn into_list(self) -> Vec<Diagnostic> {
        self.list
    }
}

impl Diagnostic {
    pub fn help(&mut self, help: impl Into<Cow<'static, str>>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    pub fn field(&mut self, field: impl Into<Box<str>>) -> &mut Self {
        self.field = Some(field.into());
        self
    }

    pub fn patch(&mut self, patch: impl Into<Option<Patch>>) -> &mut Self {
        self.patch = patch.into().map(Box::new);
        self
    }
}

/// A place as people and editors count it: from 1, columns in Unicode code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// Where the lines of a text begin, for finding many places in it.
#[derive(Debug, Clone)]
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// Then a column is a number of bytes, however long the line.
    is_ascii: bool,
}

impl<'a> Lines<'a> {
    pub fn of(text: &'a str) -> Lines<'a> {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
        Lines { text, starts, is_ascii: text.is_ascii() }
    }

    /// The place of a byte offset; past the end it is the end.
    pub fn position(&self, offset: u32) -> Position {
        let mut end = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= end);
        let start = self.starts[line - 1];
        let column = if self.is_ascii { end - start } else { self.text[start..end].chars().count() };
        Position { line, column: column + 1 }
    }

    /// The byte at a line and a column that count from 1; what lies outside the text is brought into it.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        start + self.text[start..].chars().take(column.saturating_sub(1)).map(char::len_utf8).sum::<usize>()
    }
}

/// The lines of a text with their ends, each behind the byte it begins at.
pub fn lines_at(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| Some((std::mem::replace(at, *at + line.len()), line)))
}

/// Control and direction-changing characters made visible, so that a message cannot lie about itself.
pub fn visible(text: &str) -> String {
    if !text.bytes().fold(false, |any, byte| any | matches!(byte, b'\n' | b'\t' | b'\r')) && !is_deceiving(text) {
        return text.to_owned();
    }
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => " ".to_owned(),
            c if c == '\r' || is_deceptive(c) => format!("\\u{{{:04X}}}", c as u32),
            c => c.to_string(),
        })
        .collect()
}

/// True for control characters and those that change the direction of the text around them.
pub fn is_deceptive(c: char) -> bool {
    let control = c.is_control() && !matches!(c, '\n' | '\t' | '\r');
    control || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}')
}

/// True where one of those stands in a text.
pub fn is_deceiving(text: &str) -> bool {
    // Each of them begins with one of few bytes, and most text holds none of these: that is seen at one go.
    let may_be = |byte: u8| (byte < b' ' && !matches!(byte, b'\n' | b'\t' | b'\r')) || matches!(byte, 0x7F | 0xC2 | 0xD8 | 0xE2);
    let may_hold_one = text.bytes().fold(false, |any, byte| any | may_be(byte));
    may_hold_one && places_of(text, may_be).any(|at| text[at..].chars().next().is_some_and(is_deceptive))
}

/// Where some bytes stand in a text. Pieces without any are passed over: all bytes of one are looked at in one go.
pub fn places_of(text: &str, is_one: impl Fn(u8) -> bool + Copy) -> impl Iterator<Item = usize> {
    const PIECE: usize = 16;
    let (pieces, rest) = text.as_bytes().as_chunks::<PIECE>();
    let has_one = move |piece: &[u8; PIECE]| piece.iter().fold(false, |any, byte| any | is_one(*byte));
    let found = pieces.iter().enumerate().filter(move |(_, piece)| has_one(piece));
    found.flat_map(move |(n, piece)| places_in(piece, n * PIECE, is_one)).chain(places_in(rest, pieces.len() * PIECE, is_one))
}

fn places_in(piece: &[u8], start: usize, is_one: impl Fn(u8) -> bool) -> impl Iterator<Item = usize> {
    (start..).zip(piece).filter(move |(_, byte)| is_one(**byte)).map(|(at, _)| at)
}

/// A value quoted for a message: visible, and no longer than fits in a line.
pub fn quoted(text: &str) -> String {
    let shown = visible(text);
    let short = beginning(&shown, 48);
    if short.len() < shown.len() { format!("`{short}…`") } else { format!("`{short}`") }
}

/// A text with its first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The first characters of a text.
pub fn beginning(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(end, _)| &text[..end])
}
