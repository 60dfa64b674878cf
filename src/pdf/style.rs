//! Sizes and distances, in points, all in one place.

use super::PageSize;
use crate::paper::Sheet;

pub const MM: f32 = 72.0 / 25.4;

pub const TEXT: f32 = 11.0;
pub const REMARK: f32 = 10.0;
/// Labels above a value, and the heads of wide tables.
pub const LABEL: f32 = 10.0;
pub const RUNNING: f32 = 9.0;

/// Between two blocks.
pub const GAP: f32 = 9.0;
/// Between the items of a list.
pub const ITEM_GAP: f32 = 3.5;
/// Inside cells, left and right.
pub const CELL_X: f32 = 3.5;

/// The visible square to tick.
pub const TICK: f32 = 5.0 * MM;
/// How far the square reaches below the line of writing.
pub const TICK_DROP: f32 = 3.2;
/// Left free beside the square.
pub const TICK_APART: f32 = 1.6;
/// A ruled blank within a line.
pub const BLANK: f32 = 35.0 * MM;
/// The same where every line counts: a day, a clause.
pub const SHORT: f32 = 15.0 * MM;
/// The least width of a blank that takes what is left of the line.
pub const RULE_LEAST: f32 = 18.0 * MM;

/// How much is left free around things.
#[derive(Debug, Clone, Copy)]
pub struct Air {
    /// Left and right of everything.
    pub margin: f32,
    /// Above the running header and below the footer.
    pub edge: f32,
    /// Distances between blocks are multiplied with this.
    pub gap: f32,
    /// The height of a line, in parts of what the font wishes.
    pub leading: f32,
    /// Above and below the words of a cell.
    pub cell: f32,
    /// The height of rows with a place to write in.
    pub spare: f32,
    /// Between lines to write on.
    pub writing: f32,
    /// Above a square to tick.
    pub tick: f32,
    /// True where a heading stands in the line it heads, and facts follow each other in a line.
    pub is_run_in: bool,
    /// Sizes of the sheet's title, of a heading, and of the sentence that stands out.
    pub title: f32,
    pub heading: f32,
    pub boxed: f32,
}

const AIRY: Air = Air {
    margin: 11.0 * MM,
    edge: 8.0 * MM,
    gap: 0.7,
    leading: 0.92,
    cell: 2.0,
    spare: 8.5 * MM,
    writing: 8.5 * MM,
    tick: 1.6,
    is_run_in: false,
    title: 18.0,
    heading: 13.5,
    boxed: 15.0,
};
/// The same with less air, where that saves a page.
const SNUG: Air = Air {
    margin: 8.0 * MM,
    edge: 5.5 * MM,
    gap: 0.45,
    leading: 0.79,
    cell: 0.25,
    spare: 7.1 * MM,
    writing: 7.8 * MM,
    tick: 0.2,
    title: 16.0,
    heading: 12.5,
    boxed: 14.0,
    ..AIRY
};
/// Across: little height, much width.
const WIDE: Air = Air { margin: 9.0 * MM, edge: 7.0 * MM, gap: 0.55, spare: 8.0 * MM, ..AIRY };
const TIGHT: Air = Air { margin: 11.0 * MM, gap: 0.5, leading: 0.9, spare: 8.0 * MM, title: 17.0, heading: 12.0, boxed: 14.0, ..AIRY };
const TIGHTER: Air = Air { gap: 0.3, leading: 0.84, cell: 1.0, heading: 11.5, ..SNUG };
const TIGHTEST: Air = Air { gap: 0.14, leading: 0.785, cell: 0.2, spare: 6.8 * MM, heading: TEXT, boxed: 13.5, is_run_in: true, ..SNUG };

impl Default for Air {
    fn default() -> Air {
        AIRY
    }
}

impl Air {
    /// What is best for a sheet, and what is tried after it, wherever that takes fewer pages.
    pub fn of(sheet: &Sheet) -> (Air, &'static [Air]) {
        match (sheet.is_tight, sheet.is_landscape) {
            (true, _) => (TIGHT, &[TIGHTER, TIGHTEST]),
            (false, true) => (WIDE, &[SNUG]),
            (false, false) => (AIRY, &[SNUG]),
        }
    }

    /// True where a sheet would need another page with more air.
    pub fn is_dense(&self) -> bool {
        self.leading < 0.9
    }

    /// Between the text and what stands at the edges of a page.
    pub fn apart(&self, points: f32) -> f32 {
        if self.is_dense() { points * 0.6 } else { points }
    }

    /// The room inside a frame.
    pub fn pad(&self, points: f32) -> f32 {
        points * self.gap.max(if self.is_run_in { 0.2 } else { 0.5 })
    }
}

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    pub size: f32,
    pub weight: Weight,
    pub align: Align,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weight {
    Regular,
    Bold,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Align {
    Start,
    Centre,
    End,
}

impl Style {
    pub const fn regular(size: f32) -> Style {
        Style { size, weight: Weight::Regular, align: Align::Start }
    }

    pub const fn bold(size: f32) -> Style {
        Style { size, weight: Weight::Bold, align: Align::Start }
    }

    pub const fn aligned(self, align: Align) -> Style {
        Style { align, ..self }
    }
}

/// Width and height of a page.
pub fn page(size: PageSize, is_landscape: bool) -> (f32, f32) {
    let (width, height) = match size {
        PageSize::A4 => (210.0 * MM, 297.0 * MM),
        PageSize::Letter => (612.0, 792.0),
    };
    if is_landscape { (height, width) } else { (width, height) }
}
