//! A text on its way to being set: one string, with what its pieces are and where its blanks and boxes stand.

use std::collections::HashMap;
use std::ops::Range;

use parley::{InlineBox, InlineBoxKind, Layout, PositionedInlineBox, PositionedLayoutItem, VerticalAlign};

use super::clean::{ascii, property};
use super::para::{Item, ItemKind, Mark};
use super::style::{Air, BLANK, RULE_LEAST, SHORT, Style, TICK, TICK_APART, TICK_DROP, Weight};
use crate::paper::{Piece, Text};

/// A text in one string, with what its parts are.
#[derive(Default)]
pub struct Source {
    pub text: String,
    pub runs: Vec<SourceRun>,
    pub boxes: Vec<SourceBox>,
    pub marks: Vec<Mark>,
}

/// Letters of one piece.
pub struct SourceRun {
    pub end: usize,
    pub mark: u16,
    pub weight: Weight,
    /// A remark in a line of words.
    pub is_small: bool,
    /// Words that stay on one line.
    pub is_kept: bool,
}

/// A blank or a box, before the letter it stands at.
pub struct SourceBox {
    pub at: usize,
    pub mark: u16,
    pub kind: BoxKind,
}

#[derive(Clone, Copy, PartialEq)]
pub enum BoxKind {
    Blank,
    /// A blank that takes what is left of the line.
    Rule,
    Box {
        is_ticked: bool,
    },
}

impl Source {
    /// Puts ASCII where a range of letters could not be printed; returns what was written.
    pub fn replace(&mut self, range: Range<usize>) -> String {
        let written = self.text.get(range.clone()).unwrap_or_default().to_owned();
        let plain = ascii(&written);
        if self.text.get(range.clone()).is_none() {
            return written;
        }
        self.text.replace_range(range.clone(), &plain);
        let moved = |at: usize| if at >= range.end { at - written.len() + plain.len() } else { at.min(range.start + plain.len()) };
        self.runs.iter_mut().for_each(|run| run.end = moved(run.end));
        self.boxes.iter_mut().for_each(|part| part.at = moved(part.at));
        written
    }

    /// The item of a blank or a box, where the layout put it.
    pub fn item(&self, inline: &PositionedInlineBox, style: Style) -> Option<Item> {
        let part = self.boxes.get(inline.id as usize)?;
        let kind = match part.kind {
            BoxKind::Blank | BoxKind::Rule => ItemKind::Blank { size: style.size },
            BoxKind::Box { is_ticked } => ItemKind::Box { is_ticked },
        };
        let apart = if matches!(kind, ItemKind::Box { .. }) && part.at > 0 { TICK_APART } else { 0.0 };
        Some(Item { x: inline.x + apart, width: inline.width, mark: usize::from(part.mark), start: part.at, kind })
    }
}

/// Makes the blanks that take what is left of a line as wide as that.
pub fn stretch(layout: &mut Layout<u16>, source: &Source, width: f32) {
    let is_rule = |id: u64| source.boxes.get(id as usize).is_some_and(|part| part.kind == BoxKind::Rule);
    let mut wider = HashMap::new();
    for line in layout.lines() {
        let rules: Vec<u64> = line
            .items()
            .filter_map(|item| match item {
                PositionedLayoutItem::InlineBox(inline) if is_rule(inline.id) => Some(inline.id),
                _ => None,
            })
            .collect();
        let free = width - (line.metrics().advance - line.metrics().hanging_advance) - 0.05;
        if free > 0.0 {
            wider.extend(rules.iter().map(|id| (*id, free / rules.len() as f32)));
        }
    }
    if !wider.is_empty() {
        for inline in layout.inline_boxes_mut() {
            inline.width += wider.get(&inline.id).copied().unwrap_or(0.0);
        }
        layout.break_all_lines(Some(width));
    }
}

/// The room a blank or a box takes in its line.
pub fn inline_box(id: u64, part: &SourceBox, style: Style, air: &Air, width: f32) -> InlineBox {
    let (box_width, height, drop) = match part.kind {
        BoxKind::Blank => (if air.is_run_in { SHORT } else { BLANK }, style.size, 0.0),
        BoxKind::Rule => (RULE_LEAST, style.size, 0.0),
        // The frame begins the line without room on its left.
        BoxKind::Box { .. } if part.at == 0 => (TICK + TICK_APART, TICK + air.tick, TICK_DROP),
        BoxKind::Box { .. } => (TICK + 2.0 * TICK_APART, TICK + air.tick, TICK_DROP),
    };
    InlineBox {
        id,
        kind: InlineBoxKind::InFlow,
        index: part.at,
        width: box_width.min(width),
        height,
        baseline: Some(height - drop),
        vertical_align: VerticalAlign::BASELINE,
    }
}

/// What a piece is to those who do not see it.
pub fn mark_of(piece: &Piece, text: &Text) -> Mark {
    match piece {
        Piece::Link { text: words, href } if !href.is_empty() && href.len() < 2000 => {
            Mark::Link { href: address(href), alt: property(&if words == href { href.clone() } else { format!("{words} ({href})") }) }
        }
        Piece::Blank(label) | Piece::Rule(label) => Mark::Said(property(&format!("{label} to fill in"))),
        Piece::Box { name, is_ticked } => {
            let state = if *is_ticked { "ticked box" } else { "box to tick" };
            let is_said = name.trim().is_empty()
                || text
                    .pieces
                    .iter()
                    .any(|piece| matches!(piece, Piece::Plain(words) | Piece::Strong(words) if words.contains(name.as_str())));
            Mark::Said(if is_said { state.to_owned() } else { property(&format!("{state}: {name}")) })
        }
        _ => Mark::Plain,
    }
}

/// An address in the seven bits a document may hold.
fn address(href: &str) -> String {
    let mut out = String::with_capacity(href.len());
    for byte in href.bytes() {
        match byte {
            b'!'..=b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
