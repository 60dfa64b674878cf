//! Tables: columns as wide as their words need, a head on each page, rows that are not split.

use std::num::NonZeroU32;
use std::rc::Rc;

use krilla::tagging::{TableHeaderScope, Tag, TagKind};

use super::clean::property;
use super::columns::widths;
use super::flow::{Flow, Keep, inner};
use super::para::Para;
use super::row::{Cells, Look, Part, Role, Row, Stack, Tint};
use super::shape::Shaper;
use super::style::{CELL_X, LABEL, Style, TEXT};
use super::tags::TagId;
use crate::paper::{self, Body, RowKind, Table, Text};

/// Tables with more columns than this have heads in smaller print.
const WIDE: usize = 8;
/// Left of a line that belongs to the step above it.
const INDENT: f32 = 10.0;
/// The thickness of rules: around the head, above a body, between rows.
const HEAVY: f32 = 1.2;
const FIRM: f32 = 0.9;
const THIN: f32 = 0.4;

/// A table that has been set.
pub struct Laid {
    caption: String,
    edges: Rc<[f32]>,
    is_head: Vec<bool>,
    named: usize,
    head: Vec<Rc<Para>>,
    bodies: Vec<LaidBody>,
    /// Above and below the words of a cell.
    pad: f32,
}

struct LaidBody {
    title: Option<Rc<Para>>,
    rows: Vec<LaidRow>,
    gate: Option<Rc<Para>>,
}

struct LaidRow {
    cells: Vec<Vec<Rc<Para>>>,
    indent: f32,
    least: f32,
}

impl Laid {
    pub fn new(table: &Table, shaper: &mut Shaper, left: f32, width: f32) -> Laid {
        let most = table.bodies.iter().flat_map(|body| &body.rows).map(|row| row.cells.len()).max().unwrap_or(0);
        let count = table.columns.len().max(most).max(1);
        let head_style = Style::bold(if count > WIDE { LABEL } else { TEXT });
        let widths = widths(table, count, width, head_style, shaper);
        let mut edges = vec![left];
        widths.iter().for_each(|width| edges.push(edges.last().copied().unwrap_or(left) + width));
        let title_of = |index: usize| table.columns.get(index).map_or("", |column| column.title);
        let head = (0..count).map(|index| shaper.plain(title_of(index), head_style, inner(widths[index]))).collect();
        // The column that names the row is the one that is indented; the first one where none does.
        let named = table.columns.iter().position(|column| column.is_head).unwrap_or(0);
        let bodies = table.bodies.iter().map(|body| LaidBody::new(body, named, shaper, &widths)).collect();
        let is_head = (0..count).map(|index| table.columns.get(index).is_some_and(|column| column.is_head)).collect();
        Laid { caption: property(&table.caption), edges: edges.into(), is_head, named, head, bodies, pad: shaper.air.cell }
    }

    /// The height of the head and the rows that must not part from it, on pages with this much room.
    pub fn lead(&self, capacity: f32) -> f32 {
        let head = self.head_row(None).height();
        let first = self.bodies.iter().find(|body| !body.is_empty());
        head + first.map_or(0.0, |body| self.title_height(body) + self.with_next(body, 0, capacity - head))
    }

    pub fn place(&self, flow: &mut Flow, section: TagId) {
        let has_head = self.head.iter().any(|para| !para.is_empty());
        if !has_head && self.bodies.iter().all(LaidBody::is_empty) {
            return;
        }
        let summary = Some(self.caption.clone()).filter(|caption| !caption.is_empty());
        let table = flow.tags.add(section, Tag::Table.with_summary(summary));
        flow.need(self.lead(flow.capacity()));
        if has_head {
            let thead = flow.tags.add(table, Tag::THead);
            let row = flow.tags.add(thead, Tag::TR);
            let cells: Vec<TagId> = self.head.iter().map(|_| flow.tags.add(row, Tag::TH(TableHeaderScope::Column))).collect();
            let head = self.head_row(Some(&cells));
            flow.row(&head, Keep::Whole);
            flow.repeat(Some(self.head_row(None)));
        }
        self.bodies.iter().for_each(|body| self.place_body(body, flow, table));
        flow.repeat(None);
    }

    fn place_body(&self, body: &LaidBody, flow: &mut Flow, table: TagId) {
        if body.is_empty() {
            return;
        }
        let tbody = flow.tags.add(table, Tag::TBody);
        let last = body.rows.len().saturating_sub(1);
        let capacity = flow.capacity();
        if let Some(title) = &body.title {
            let span = self.span(title, Tag::TH(TableHeaderScope::Column).with_col_span(self.count()).into(), flow, tbody);
            let look = Look::Cells(self.cells_look(HEAVY, THIN, Tint::Light, Across::Whole));
            let row = Row { look, ..span };
            flow.need(row.height() + self.with_next(body, 0, capacity));
            flow.row(&row, Keep::Whole);
        }
        for (index, row) in body.rows.iter().enumerate() {
            let (height, keep) = self.together(body, index, capacity);
            let all = self.with_next(body, index, capacity);
            if index == last || all > height {
                flow.need(all);
            }
            let element = flow.tags.add(tbody, Tag::TR);
            let cells: Vec<TagId> = (0..self.head.len()).map(|column| flow.tags.add(element, self.cell_tag(column))).collect();
            let mut placed = self.row(row);
            for (stack, cell) in placed.stacks.iter_mut().zip(&cells) {
                let is_one = stack.parts.len() == 1;
                for part in &mut stack.parts {
                    part.role = Role::Content(if is_one { *cell } else { flow.tags.add(*cell, Tag::P) });
                }
            }
            flow.row(&placed, keep);
        }
        if let Some(gate) = &body.gate {
            let span = self.span(gate, Tag::TD.with_col_span(self.count()).into(), flow, tbody);
            let look = Look::Cells(self.cells_look(THIN, FIRM, Tint::None, Across::Whole));
            flow.row(&Row { look, ..span }, Keep::Whole);
        }
    }

    fn title_height(&self, body: &LaidBody) -> f32 {
        body.title.as_ref().map_or(0.0, |title| title.height() + 2.0 * self.pad)
    }

    /// The height that must be left for a row, the gate with it where it is the last, and whether it may be parted:
    /// only where it does not fit on a page with what belongs to it.
    fn together(&self, body: &LaidBody, index: usize, capacity: f32) -> (f32, Keep) {
        let gate = body.gate.as_ref().map_or(0.0, |gate| gate.height() + 2.0 * self.pad);
        let Some(row) = body.rows.get(index).map(|row| self.row(row)) else { return (gate, Keep::Whole) };
        let title = if index == 0 { self.title_height(body) } else { 0.0 };
        let gate = if index + 1 == body.rows.len() { gate } else { 0.0 };
        if title + row.height() + gate > capacity { (row.lead(), Keep::Lines) } else { (row.height() + gate, Keep::Whole) }
    }

    /// The height of a row, and of the next one where the two belong together: neither the first nor the last row of a
    /// body stands alone on a page, unless they are high.
    fn with_next(&self, body: &LaidBody, index: usize, capacity: f32) -> f32 {
        let height = self.together(body, index, capacity).0;
        let is_edge = (index == 0 || index + 2 == body.rows.len()) && index + 1 < body.rows.len();
        let both = height + if is_edge { self.together(body, index + 1, capacity).0 } else { 0.0 };
        if both < capacity / 3.0 { both } else { height }
    }

    /// The head: content with its cells the first time, decoration when it repeats.
    fn head_row(&self, cells: Option<&[TagId]>) -> Row {
        let stack = |(index, para): (usize, &Rc<Para>)| {
            let role = cells.and_then(|cells| cells.get(index)).map_or(Role::Repeat, |cell| Role::Content(*cell));
            Stack::one(self.x(index), para, role)
        };
        let look = Look::Cells(self.cells_look(FIRM, FIRM, Tint::None, Across::Cells));
        Row { look, ..Row::new(self.head.iter().enumerate().map(stack).collect()).padded(self.pad, self.pad) }
    }

    fn row(&self, row: &LaidRow) -> Row {
        let stack = |(index, paras): (usize, &Vec<Rc<Para>>)| {
            let indent = if index == self.named { row.indent } else { 0.0 };
            Stack::new(self.x(index) + indent, paras.iter().map(|para| Part::new(para, Role::Repeat)).collect())
        };
        let look = Look::Cells(self.cells_look(0.0, THIN, Tint::None, Across::Cells));
        let stacks = row.cells.iter().enumerate().map(stack).collect();
        Row { look, least: row.least, ..Row::new(stacks).padded(self.pad, self.pad) }
    }

    /// A row of one cell as wide as the table.
    fn span(&self, para: &Rc<Para>, tag: TagKind, flow: &mut Flow, tbody: TagId) -> Row {
        let row = flow.tags.add(tbody, Tag::TR);
        let cell = flow.tags.add(row, tag);
        Row::new(vec![Stack::one(self.x(0), para, Role::Content(cell))]).padded(self.pad, self.pad)
    }

    fn cells_look(&self, above: f32, below: f32, tint: Tint, across: Across) -> Cells {
        let edges = match across {
            Across::Cells => self.edges.clone(),
            Across::Whole => self.edges.iter().take(1).chain(self.edges.last()).copied().collect(),
        };
        Cells { edges, above, below, tint }
    }

    fn cell_tag(&self, column: usize) -> TagKind {
        if self.is_head.get(column).copied().unwrap_or(false) { Tag::TH(TableHeaderScope::Row).into() } else { Tag::TD.into() }
    }

    fn x(&self, column: usize) -> f32 {
        let (from, to) = (self.edges[column.min(self.edges.len() - 1)], self.edges[(column + 1).min(self.edges.len() - 1)]);
        from + ((to - from - inner(to - from)) / 2.0).clamp(0.0, CELL_X)
    }

    fn count(&self) -> Option<NonZeroU32> {
        u32::try_from(self.head.len()).ok().filter(|count| *count > 1).and_then(NonZeroU32::new)
    }
}

#[derive(Clone, Copy)]
enum Across {
    Cells,
    Whole,
}

impl LaidBody {
    fn new(body: &Body, head: usize, shaper: &mut Shaper, widths: &[f32]) -> LaidBody {
        let whole = inner(widths.iter().sum());
        let title = (!body.title.is_empty()).then(|| shaper.plain(&body.title, Style::bold(TEXT), whole));
        let gate = body.gate.as_ref().map(|gate| shaper.text(gate, Style::regular(TEXT), whole));
        LaidBody { title, rows: body.rows.iter().map(|row| LaidRow::new(row, head, shaper, widths)).collect(), gate }
    }

    fn is_empty(&self) -> bool {
        self.title.is_none() && self.rows.is_empty() && self.gate.is_none()
    }
}

impl LaidRow {
    fn new(row: &paper::Row, head: usize, shaper: &mut Shaper, widths: &[f32]) -> LaidRow {
        let indent = if row.kind == RowKind::Part { INDENT } else { 0.0 };
        let is_empty = |cell: &Vec<Text>| cell.iter().all(|text| text.pieces.is_empty());
        let has_empty = row.cells.len() < widths.len() || row.cells.iter().any(is_empty);
        let least = match row.kind {
            _ if has_empty || row.kind == RowKind::Spare => shaper.air.spare,
            _ => 0.0,
        };
        let mut cells = Vec::with_capacity(widths.len());
        for (index, width) in widths.iter().enumerate() {
            let style = if index == 0 && row.kind == RowKind::Late { Style::bold(TEXT) } else { Style::regular(TEXT) };
            let width = if index == head { inner(*width) - indent.min(inner(*width) / 3.0) } else { inner(*width) };
            let texts: Vec<&Text> = row.cells.get(index).into_iter().flatten().filter(|text| !text.pieces.is_empty()).collect();
            // The remark of a step follows it in its line: a checklist is a third shorter for it.
            if row.step.is_some() && index == head && texts.iter().skip(1).all(|text| text.is_small) && texts.len() > 1 {
                cells.push(vec![shaper.with_remarks(&texts, style, width)]);
            } else {
                cells.push(texts.into_iter().map(|text| shaper.text(text, style, width)).collect());
            }
        }
        LaidRow { cells, indent, least }
    }
}
