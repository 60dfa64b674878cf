//! A paragraph that has been set: lines of glyphs, blanks and boxes, ready to be put on a page.

use std::ops::Range;

use krilla::text::{Font, KrillaGlyph};

/// A paragraph, set to a width.
#[derive(Debug, Default)]
pub struct Para {
    pub text: String,
    pub lines: Vec<Line>,
    /// What the pieces of the text are, for the tags.
    pub marks: Vec<Mark>,
    /// The width of the widest line.
    pub width: f32,
    /// True where the text runs from right to left.
    pub is_rtl: bool,
}

/// A line: its height, and where the writing stands in it.
#[derive(Debug)]
pub struct Line {
    pub height: f32,
    pub baseline: f32,
    /// In reading order, whichever way the words run.
    pub items: Vec<Item>,
}

#[derive(Debug)]
pub struct Item {
    pub x: f32,
    pub width: f32,
    /// Which of [`Para::marks`] it belongs to.
    pub mark: usize,
    /// The first byte of its text.
    pub start: usize,
    pub kind: ItemKind,
}

#[derive(Debug)]
pub enum ItemKind {
    Glyphs { font: Font, size: f32, stroke: Stroke, glyphs: Vec<KrillaGlyph> },
    Blank { size: f32 },
    Box { is_ticked: bool },
}

/// Whether letters are thickened because their face has no bold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stroke {
    None,
    Bold,
}

/// What a piece of text is to those who do not see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    Plain,
    Link {
        href: String,
        alt: String,
    },
    /// A place to write or to tick: what is said instead of what is drawn.
    Said(String),
}

impl Para {
    pub fn height(&self) -> f32 {
        self.height_of(0..self.lines.len())
    }

    pub fn height_of(&self, lines: Range<usize>) -> f32 {
        self.lines.get(lines).unwrap_or_default().iter().map(|line| line.height).sum()
    }

    /// The height of the lines that must stay together at its beginning.
    pub fn lead(&self) -> f32 {
        self.height_of(0..self.lines.len().min(2))
    }

    pub fn is_empty(&self) -> bool {
        self.lines.iter().all(|line| line.items.is_empty())
    }
}
