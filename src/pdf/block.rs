//! The parts of a sheet: set once, put on pages for each copy.

use std::num::NonZeroU16;
use std::rc::Rc;

use krilla::tagging::{ListNumbering, Tag};

use super::clean::property;
use super::flow::{Flow, Keep};
use super::list::{self, Item, Line};
use super::para::Para;
use super::row::{Look, Op, Part, Role, Row, Stack};
use super::shape::Shaper;
use super::style::{GAP, ITEM_GAP, Style, TEXT};
use super::table;
use super::tags::TagId;
use crate::paper::{Block, Piece, Signature, Text};

const HEADING_ABOVE: f32 = 15.0;
const HEADING_BELOW: f32 = 8.0;
const FRAME: f32 = 1.5;
const FRAME_PAD: f32 = 10.0;
/// Between two columns of signatures.
pub const GUTTER: f32 = 24.0;
/// After a heading that stands in the line it heads.
const RUN_IN: f32 = 8.0;

/// A block that has been set.
pub enum Laid {
    Heading { words: String, para: Rc<Para>, is_run_in: bool },
    Paragraph { para: Rc<Para>, indent: f32 },
    Boxed(Rc<Para>),
    List { numbering: ListNumbering, rows: Vec<Vec<Item>> },
    Table(table::Laid),
    Lines { first: Rc<Para>, other: Rc<Para>, count: usize, apart: f32 },
    Signatures { columns: Vec<Vec<Part>>, width: f32 },
}

/// Where a heading came to stand.
pub struct Place {
    pub words: String,
    pub page: usize,
    pub y: f32,
}

/// Sets the blocks of a sheet.
pub fn lay(blocks: &[Block], shaper: &mut Shaper, left: f32, width: f32) -> Vec<Laid> {
    let mut laid = Vec::new();
    let mut indent = 0.0;
    for (index, block) in blocks.iter().enumerate() {
        let follows = matches!(blocks.get(index + 1), Some(Block::Paragraph(_) | Block::Facts { .. } | Block::List { .. }));
        if let Block::Heading(words) = block {
            let para = shaper.plain(words, Style::bold(shaper.air.heading), width);
            let is_run_in = shaper.air.is_run_in && follows && para.lines.len() == 1 && para.width < width / 3.0;
            indent = if is_run_in { para.width + RUN_IN } else { 0.0 };
            laid.push(Laid::Heading { words: property(words), para, is_run_in });
        } else {
            laid.extend(lay_block(block, shaper, left, Line { indent, width }));
            indent = 0.0;
        }
    }
    laid
}

fn lay_block(block: &Block, shaper: &mut Shaper, left: f32, line: Line) -> Vec<Laid> {
    let (text, Line { indent, width }) = (Style::regular(TEXT), line);
    match block {
        Block::Heading(_) => Vec::new(),
        Block::Paragraph(words) => vec![Laid::Paragraph { para: shaper.text(words, text, width - indent), indent }],
        Block::Boxed(words) => vec![Laid::Boxed(shaper.text(words, Style::regular(shaper.air.boxed), width - 2.0 * (FRAME_PAD + FRAME)))],
        Block::Facts { rows, columns } => vec![list::facts(rows, shaper, *columns, line)],
        Block::List { items, columns } => vec![list::items(items, shaper, *columns, line)],
        Block::Steps(steps) => vec![list::steps(steps, shaper, width)],
        Block::Table(table) => vec![Laid::Table(table::Laid::new(table, shaper, left, width))],
        Block::Lines(count) => {
            let label = if *count == 1 { "a line".to_owned() } else { format!("{count} lines") };
            let line = |label: String| Text::default().piece(Piece::Rule(label));
            let (first, other) = (shaper.text(&line(label), text, width), shaper.text(&line(String::new()), text, width));
            vec![Laid::Lines { first, other, count: *count, apart: shaper.air.writing }]
        }
        Block::Signatures(signatures) => {
            let most = if width > 600.0 { 3 } else { 2 };
            signatures.chunks(most).map(|chunk| signatures_of(chunk, most.min(signatures.len()), shaper, width)).collect()
        }
    }
}

/// Puts blocks on pages, one below the other.
pub fn place(blocks: &[Laid], flow: &mut Flow, section: TagId, headings: &mut Vec<Place>) {
    for (index, block) in blocks.iter().enumerate() {
        let rest = blocks.get(index..).unwrap_or_default();
        block.place(rest, flow, section, headings);
    }
}

/// The height that must be left on the page for the first of these blocks to begin there.
fn lead(blocks: &[Laid], capacity: f32) -> f32 {
    let Some(first) = blocks.first() else { return 0.0 };
    match first {
        Laid::Heading { is_run_in: true, .. } => lead(blocks.get(1..).unwrap_or_default(), capacity),
        Laid::Heading { para, .. } => {
            heading_row(para, None).height() + HEADING_BELOW + after_heading(blocks.get(1..).unwrap_or_default(), capacity)
        }
        // A sentence before a table belongs to it.
        Laid::Paragraph { para, .. } => match blocks.get(1..) {
            Some(rest @ [Laid::Table(_), ..]) => para.height() + GAP + lead(rest, capacity),
            _ => para.lead(),
        },
        Laid::Boxed(para) => boxed_row(para, Role::Repeat, (0.0, 0.0), FRAME_PAD).height().min(capacity),
        Laid::List { rows, .. } => rows.iter().take(2).map(|row| list::row(row).lead() + ITEM_GAP).sum(),
        Laid::Table(table) => table.lead(capacity),
        Laid::Lines { count, apart, .. } => apart * (*count).min(2) as f32,
        Laid::Signatures { columns, .. } => {
            // Places to sign are not parted, however many rows of them there are.
            let next = blocks.get(1..).filter(|rest| matches!(rest.first(), Some(Laid::Signatures { .. })));
            signature_row(columns, 0.0, 0.0).height() + next.map_or(0.0, |rest| GAP + lead(rest, capacity))
        }
    }
}

/// The height that must be left below a heading: what is signed stands with what it is signed for.
fn after_heading(blocks: &[Laid], capacity: f32) -> f32 {
    let is_last = blocks.iter().all(|block| !matches!(block, Laid::Heading { .. } | Laid::Table(_)));
    let is_signed = blocks.iter().any(|block| matches!(block, Laid::Signatures { .. }));
    let all: f32 = blocks.iter().map(|block| block.height() + GAP).sum();
    if is_last && is_signed && all < capacity / 2.0 { all } else { lead(blocks, capacity) }
}

impl Laid {
    /// How high it is when nothing parts it; tables and headings are not asked.
    fn height(&self) -> f32 {
        match self {
            Laid::Heading { .. } | Laid::Table(_) => 0.0,
            Laid::Paragraph { para, .. } => para.height(),
            Laid::Boxed(para) => para.height() + 2.0 * FRAME_PAD,
            Laid::List { rows, .. } => rows.iter().map(|row| list::row(row).height() + ITEM_GAP).sum(),
            Laid::Lines { count, apart, .. } => apart * *count as f32,
            Laid::Signatures { columns, .. } => signature_row(columns, 0.0, 0.0).height(),
        }
    }

    fn place(&self, rest: &[Laid], flow: &mut Flow, section: TagId, headings: &mut Vec<Place>) {
        let left = flow.left;
        match self {
            Laid::Heading { words, para, is_run_in } => {
                if para.is_empty() || words.is_empty() {
                    return;
                }
                flow.space(if *is_run_in { 0.0 } else { HEADING_ABOVE - GAP });
                flow.need(lead(rest, flow.capacity()).min(flow.capacity()));
                let (page, y) = flow.here();
                headings.push(Place { words: words.clone(), page, y });
                let tag = flow.tags.add(section, Tag::Hn(NonZeroU16::MIN.saturating_add(1), Some(words.clone())));
                flow.row(&heading_row(para, Some((left, tag))), Keep::Whole);
                if *is_run_in {
                    flow.y = y;
                    return;
                }
                // A table brings a rule of its own.
                if !matches!(rest.get(1), Some(Laid::Table(_))) {
                    let (x, width, y) = (flow.left, flow.width, flow.y + 1.0);
                    flow.draw(Op::Line { from: (x, y), to: (x + width, y), thickness: 0.6 });
                }
                flow.space(HEADING_BELOW);
                return;
            }
            // Nothing to say and nothing to tag.
            Laid::Paragraph { para, .. } | Laid::Boxed(para) if para.is_empty() => return,
            Laid::List { rows, .. } if rows.is_empty() => return,
            Laid::Lines { count: 0, .. } => return,
            Laid::Paragraph { para, indent } => {
                let tag = flow.tags.add(section, Tag::P);
                flow.row(&Row::new(vec![Stack::one(left + indent, para, Role::Content(tag))]), Keep::Lines);
            }
            Laid::Boxed(para) => {
                let tag = flow.tags.add(section, Tag::P);
                flow.space(2.0);
                let pad = flow.air.pad(FRAME_PAD);
                flow.row(&boxed_row(para, Role::Content(tag), (left, flow.width), pad), Keep::Whole);
                flow.space(2.0);
            }
            Laid::List { numbering, rows } => {
                let tag = flow.tags.add(section, Tag::L(*numbering));
                for row in rows {
                    list::place(row, flow, tag);
                }
            }
            Laid::Table(table) => {
                table.place(flow, section);
                flow.space(3.0);
            }
            Laid::Lines { first, other, count, apart } => {
                let tag = flow.tags.add(section, Tag::P);
                for index in 0..*count {
                    let (para, role) = if index == 0 { (first, Role::Content(tag)) } else { (other, Role::Ornament) };
                    let above = (apart - para.height()).max(0.0);
                    flow.row(&Row::new(vec![Stack::one(left, para, role)]).padded(above, 0.0), Keep::Whole);
                }
            }
            Laid::Signatures { columns, width } => {
                let columns: Vec<Vec<Part>> = columns
                    .iter()
                    .map(|parts| {
                        let column = flow.tags.add(section, Tag::Div);
                        parts.iter().map(|part| Part { role: Role::Content(flow.tags.add(column, Tag::P)), ..part.clone() }).collect()
                    })
                    .collect();
                flow.need(lead(rest, flow.capacity()));
                flow.row(&signature_row(&columns, left, *width), Keep::Whole);
            }
        }
        flow.space(GAP);
    }
}

fn heading_row(para: &Rc<Para>, place: Option<(f32, TagId)>) -> Row {
    let (left, role) = place.map_or((0.0, Role::Repeat), |(left, tag)| (left, Role::Content(tag)));
    Row::new(vec![Stack::one(left, para, role)])
}

fn boxed_row(para: &Rc<Para>, role: Role, (left, width): (f32, f32), pad: f32) -> Row {
    let look = Look::Framed { x: left, width, thickness: FRAME };
    let row = Row::new(vec![Stack::one(left + FRAME_PAD + FRAME, para, role)]);
    Row { look, ..row }.padded(pad, pad)
}

fn signature_row(columns: &[Vec<Part>], left: f32, width: f32) -> Row {
    let stacks = columns.iter().enumerate();
    let stacks = stacks.map(|(index, parts)| Stack::new(left + index as f32 * (width + GUTTER), parts.clone()));
    Row::new(stacks.collect()).padded(4.0, 2.0)
}

fn signatures_of(signatures: &[Signature], columns: usize, shaper: &mut Shaper, width: f32) -> Laid {
    let width = (width - GUTTER * (columns.max(1) - 1) as f32) / columns.max(1) as f32;
    let columns = signatures.iter().map(|signature| signature_parts(signature, shaper, width)).collect();
    Laid::Signatures { columns, width }
}

/// The title, the statement and the ruled lines, which begin below each other.
fn signature_parts(signature: &Signature, shaper: &mut Shaper, width: f32) -> Vec<Part> {
    let part = |para: Rc<Para>, before: f32| Part { para, before, role: Role::Repeat };
    let mut parts = vec![part(shaper.plain(&signature.title, Style::bold(TEXT), width), 0.0)];
    if let Some(statement) = &signature.statement {
        parts.push(part(shaper.text(statement, Style::regular(TEXT), width), 3.0));
    }
    let style = Style::regular(TEXT);
    // Short answers share a line; the first of three has one of its own, and so have two.
    let alone = if signature.lines.len() == 2 { 2 } else { signature.lines.len() % 2 };
    for labels in
        signature.lines.get(..alone).unwrap_or_default().chunks(1).chain(signature.lines.get(alone..).unwrap_or_default().chunks(2))
    {
        let text = labels.iter().enumerate().fold(Text::default(), |text, (index, label)| {
            let before = if index == 0 { "" } else { "  " };
            text.and(format!("{before}{label} ")).piece(Piece::Rule((*label).to_owned()))
        });
        let para = shaper.text(&text, style, width);
        let before = (shaper.air.writing - para.height()).max(0.0);
        parts.push(part(para, before));
    }
    parts
}
