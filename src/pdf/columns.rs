//! How wide the columns of a table are.

use super::shape::Shaper;
use super::style::{CELL_X, Style, TEXT, TICK, TICK_APART};
use crate::paper::{Column, Piece, Table};

/// The widths of the columns: their shares, but at least as wide as their longest word where there is room.
pub fn widths(table: &Table, count: usize, width: f32, head: Style, shaper: &mut Shaper) -> Vec<f32> {
    let share = |index: usize| f32::from(table.columns.get(index).map_or(1, |column| column.share.max(1)));
    let total: f32 = (0..count).map(share).sum();
    let wanted: Vec<f32> = (0..count).map(|index| width * share(index) / total).collect();
    let least: Vec<f32> = (0..count).map(|index| least(table, index, head, shaper).min(width / 3.0)).collect();
    if least.iter().sum::<f32>() >= width {
        return wanted;
    }
    // Columns that are too narrow get what they need; the others share the rest as they were to share it all.
    let mut narrow = vec![false; count];
    loop {
        let fixed: f32 = (0..count).filter(|&index| narrow[index]).map(|index| least[index]).sum();
        let open: f32 = (0..count).filter(|&index| !narrow[index]).map(|index| wanted[index]).sum();
        let scale = if open > 0.0 { (width - fixed) / open } else { 1.0 };
        let found: Vec<usize> = (0..count).filter(|&index| !narrow[index] && wanted[index] * scale < least[index]).collect();
        if found.is_empty() {
            return (0..count).map(|index| if narrow[index] { least[index] } else { wanted[index] * scale }).collect();
        }
        found.into_iter().for_each(|index| narrow[index] = true);
    }
}

/// The width of the longest word of a column, up to the length of ordinary words. A few words beside a box stay in its
/// line.
fn least(table: &Table, index: usize, head: Style, shaper: &mut Shaper) -> f32 {
    const ORDINARY: usize = 18;
    const BESIDE: usize = 12;
    const LOOKED_AT: usize = 200;
    let mut words: Vec<String> = Vec::new();
    let title = table.columns.get(index).map_or("", |column: &Column| column.title);
    let mut widest = title.split_whitespace().map(|word| shaper.natural(word, head)).fold(0.0, f32::max);
    for row in table.bodies.iter().flat_map(|body| &body.rows).take(LOOKED_AT) {
        let texts = row.cells.get(index).into_iter().flatten();
        for [piece, label] in texts.clone().filter_map(|text| <&[Piece; 2]>::try_from(text.pieces.as_slice()).ok()) {
            if let (Piece::Box { .. }, Piece::Plain(label)) = (piece, label)
                && label.chars().count() <= BESIDE
            {
                widest = widest.max(TICK + 2.0 * TICK_APART + shaper.natural(label, Style::regular(TEXT)));
            }
        }
        for piece in texts.flat_map(|text| &text.pieces) {
            match piece {
                Piece::Plain(text) | Piece::Strong(text) | Piece::Alert(text) | Piece::Link { text, .. } => {
                    words.extend(text.split_whitespace().filter(|word| word.chars().count() <= ORDINARY).map(str::to_owned));
                }
                // Where lines are dear, a date has two in a column that is too narrow for it.
                Piece::Date(_) if shaper.air.is_dense() => {}
                Piece::Date(date) => widest = widest.max(shaper.natural(&date.long(), Style::regular(TEXT))),
                Piece::Box { .. } => widest = widest.max(TICK + 2.0),
                _ => {}
            }
        }
        words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        words.dedup();
        words.truncate(3);
    }
    let longest = words.iter().map(|word| shaper.natural(word, Style::bold(TEXT))).fold(0.0, f32::max);
    widest.max(longest) + 2.0 * CELL_X + 0.5
}
