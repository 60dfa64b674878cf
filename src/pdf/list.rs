//! Lists and facts: items with their marks, in columns or one after another.

use std::rc::Rc;

use krilla::tagging::{ListNumbering, Tag};

use super::block::{GUTTER, Laid};
use super::flow::{Flow, Keep};
use super::para::Para;
use super::row::{Part, Role, Row, Stack};
use super::shape::Shaper;
use super::style::{ITEM_GAP, MM, Style, TEXT, TICK};
use super::tags::TagId;
use crate::paper::{Piece, Text};

/// Between items that follow each other in a line.
const APART: f32 = 12.0;

/// A mark and what stands beside it; for facts, the label and its values.
pub struct Item {
    mark: Rc<Para>,
    body: Vec<Rc<Para>>,
    indent: f32,
    /// True for a label, which stands with the other labels whichever way its value runs.
    is_fact: bool,
    /// Where in its row it begins, and how wide it may be.
    x: f32,
    width: f32,
}

/// The line a block begins in: how much of it a heading has taken, and how wide it is.
#[derive(Clone, Copy)]
pub struct Line {
    pub indent: f32,
    pub width: f32,
}

impl Item {
    fn stacks(&self, mark: Role, body: &[TagId], left: f32) -> Vec<Stack> {
        let (left, width) = (left + self.x, self.width);
        let role = |index: usize| body.get(index).map_or(Role::Repeat, |tag| Role::Content(*tag));
        let parts = self.body.iter().enumerate().map(|(index, para)| Part::new(para, role(index))).collect();
        // A bullet goes to the side the words begin on.
        if !self.is_fact && self.body.first().is_some_and(|para| para.is_rtl) {
            let mark_x = left + width - self.mark.width;
            return vec![Stack::one(mark_x, &self.mark, mark), Stack::new(left, parts)];
        }
        vec![Stack::one(left, &self.mark, mark), Stack::new(left + self.indent, parts)]
    }
}

/// Items in so many columns; or, where every line counts, one after another as long as there is room.
fn in_rows(items: Vec<Item>, columns: usize, is_packed: bool, line: Line) -> Vec<Vec<Item>> {
    let (columns, one) = column(columns, line.width);
    let mut rows: Vec<Vec<Item>> = Vec::new();
    let mut x = line.indent;
    for (index, item) in items.into_iter().enumerate() {
        // Words from right to left begin at the other end of the line, and have it to themselves.
        let is_line = item.body.len() == 1 && item.body.iter().all(|para| para.lines.len() == 1 && !para.is_rtl);
        let needs = if is_line { item.indent + item.body.iter().map(|para| para.width).fold(0.0, f32::max) + 1.0 } else { line.width };
        let goes_on = if is_packed && columns > 1 { x + needs <= line.width } else { index % columns > 0 };
        if !goes_on && index > 0 {
            x = 0.0;
        }
        let (at, width) = match is_packed && columns > 1 {
            true => (x, needs.min(line.width - x)),
            false => ((index % columns) as f32 * (one + GUTTER) + if index == 0 { line.indent } else { 0.0 }, one),
        };
        x = at + needs + APART;
        let item = Item { x: at, width, ..item };
        match rows.last_mut() {
            Some(row) if goes_on => row.push(item),
            _ => rows.push(vec![item]),
        }
    }
    rows
}

/// Items side by side, read from left to right.
pub fn place(items: &[Item], flow: &mut Flow, list: TagId) {
    let mut stacks = Vec::new();
    for item in items {
        let tag = flow.tags.add(list, Tag::LI);
        let label = flow.tags.add(tag, Tag::Lbl);
        let body = flow.tags.add(tag, Tag::LBody);
        let paragraphs: Vec<TagId> = match item.body.len() {
            1 => vec![body],
            _ => item.body.iter().map(|_| flow.tags.add(body, Tag::P)).collect(),
        };
        stacks.extend(item.stacks(Role::Content(label), &paragraphs, flow.left));
    }
    let row = Row::new(stacks);
    flow.row(&row, if row.height() < 60.0 { Keep::Whole } else { Keep::Lines });
    flow.space(ITEM_GAP);
}

/// Items side by side, only to be measured.
pub fn row(items: &[Item]) -> Row {
    Row::new(items.iter().flat_map(|item| item.stacks(Role::Repeat, &[], 0.0)).collect())
}

/// The number of columns, and the width of each.
fn column(columns: usize, width: f32) -> (usize, f32) {
    let columns = columns.clamp(1, 4);
    (columns, (width - GUTTER * (columns - 1) as f32) / columns as f32)
}

/// Labels with their values.
pub fn facts(facts: &[(String, Vec<Text>)], shaper: &mut Shaper, columns: usize, line: Line) -> Laid {
    let style = Style::bold(TEXT);
    let is_packed = shaper.air.is_run_in;
    // In a line that goes on, each label is as wide as it is.
    let columns = if is_packed { columns.max(2) } else { columns };
    let width = if is_packed { line.width } else { column(columns, line.width).1 };
    let widest = facts.iter().map(|(label, _)| shaper.natural(label, style)).fold(0.0, f32::max);
    let mut items = Vec::new();
    for (index, (label, values)) in facts.iter().enumerate() {
        let own = if is_packed { shaper.natural(label, style) + 6.0 } else { (widest + 14.0).max(64.0) };
        let indent = own.min(width * 0.42);
        let room = width - indent - if index == 0 { line.indent } else { 0.0 };
        items.push(Item {
            mark: shaper.plain(label, style, indent - if is_packed { 4.0 } else { 10.0 }),
            body: if is_packed {
                vec![shaper.text(&in_one(values), Style::regular(TEXT), room)]
            } else {
                values.iter().map(|value| shaper.text(value, Style::regular(TEXT), room)).collect()
            },
            indent,
            is_fact: true,
            x: 0.0,
            width,
        });
    }
    Laid::List { numbering: ListNumbering::None, rows: in_rows(items, columns, is_packed, line) }
}

/// Items with bullets or boxes.
pub fn items(items: &[Text], shaper: &mut Shaper, columns: usize, line: Line) -> Laid {
    let one = if shaper.air.is_run_in { line.width } else { column(columns, line.width).1 };
    let mut made: Vec<Item> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        made.push(bullet(item, shaper, if index == 0 { one - line.indent } else { one }));
    }
    Laid::List { numbering: ListNumbering::Disc, rows: in_rows(made, columns, shaper.air.is_run_in, line) }
}

/// Values one after another in a line.
fn in_one(values: &[Text]) -> Text {
    values.iter().enumerate().fold(Text::default(), |all, (index, value)| all.and(if index == 0 { "" } else { "   " }).join(value.clone()))
}

/// Items in order, with numbers.
pub fn steps(steps: &[Text], shaper: &mut Shaper, width: f32) -> Laid {
    let style = Style::regular(TEXT);
    let indent = shaper.natural(&format!("{}.", steps.len()), style) + 8.0;
    let items = steps.iter().enumerate().map(|(index, step)| Item {
        mark: shaper.plain(&format!("{}.", index + 1), style, indent),
        body: vec![shaper.text(step, style, width - indent)],
        indent,
        is_fact: false,
        x: 0.0,
        width,
    });
    Laid::List { numbering: ListNumbering::Decimal, rows: items.map(|item| vec![item]).collect() }
}

/// An item with its bullet, or with the box it begins with.
fn bullet(item: &Text, shaper: &mut Shaper, width: f32) -> Item {
    let style = Style::regular(TEXT);
    let Some((Piece::Box { name, is_ticked }, rest)) = item.pieces.split_first() else {
        let indent = 14.0;
        let body = vec![shaper.text(item, style, width - indent)];
        return Item { mark: shaper.plain("•", style, indent), body, indent, is_fact: false, x: 0.0, width };
    };
    let mut rest = Text { pieces: rest.to_vec(), is_small: item.is_small };
    if let Some(Piece::Plain(words)) = rest.pieces.first_mut() {
        *words = words.trim_start().to_owned();
    }
    let is_said =
        rest.pieces.iter().any(|piece| matches!(piece, Piece::Plain(words) | Piece::Strong(words) if words.contains(name.as_str())));
    let name = if is_said { String::new() } else { name.clone() };
    let indent = TICK + 3.0 * MM;
    let mark = shaper.text(&Text::default().tick_box(&name, *is_ticked), style, indent);
    Item { mark, body: vec![shaper.text(&rest, style, width - indent)], indent, is_fact: false, x: 0.0, width }
}
