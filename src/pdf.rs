//! Sheets of paper as one PDF: laid out here, to the archival rules of PDF/A-2a and the accessibility rules
//! of PDF/UA-1. What a sheet says comes from [`crate::paper`]; where it stands on the page is decided here.
//!
//! The way of a pack: texts are cleaned and shaped into lines (`shape`), blocks become rows of lines
//! (`block`, `table`), rows are put on pages (`flow`), and the pages are drawn with their tags (`paint`).

mod block;
mod clean;
mod columns;
mod document;
mod flow;
mod fonts;
mod frame;
mod glyphs;
mod list;
mod para;
mod paint;
mod row;
mod shape;
mod sheet;
mod source;
mod style;
mod table;
mod tags;

pub use fonts::Fonts;

use crate::paper::Pack;

/// The paper it is printed on. Sheets that are marked so are printed across.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PageSize {
    #[default]
    A4,
    Letter,
}

/// A finished document.
#[derive(Debug, Clone)]
pub struct Made {
    pub bytes: Vec<u8>,
    pub pages: usize,
    /// Texts no font has letters for, as written, each once.
    pub substituted: Vec<String>,
}

/// Prints a pack. The same pack gives the same bytes, on any thread.
pub fn render(pack: &Pack, size: PageSize, fonts: &Fonts) -> Result<Made, String> {
    let mut kit = fonts.kit()?;
    let made = document::make(pack, size, &mut shape::Shaper::new(fonts, &mut kit));
    fonts.put_back(kit);
    made
}
