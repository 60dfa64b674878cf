//! One copy of a sheet: its head, its blocks, its pages.

use std::num::NonZeroU16;
use std::rc::Rc;

use krilla::tagging::{ListNumbering, Tag};

use super::block::{self, Laid, Place};
use super::clean::property;
use super::flow::{Flow, Keep};
use super::frame::Frame;
use super::para::Para;
use super::row::{Look, Op, Part, Role, Row, Stack};
use super::shape::Shaper;
use super::style::{Air, Align, LABEL, Style, TEXT};
use super::tags::{TagId, Tags};
use crate::paper::{Pack, Piece, Sheet, Text};

/// Between the boxes of the dates.
const APART: f32 = 6.0;

/// The pages of one copy.
pub struct Copy {
    pub pages: Vec<Vec<Op>>,
    pub headings: Vec<Place>,
    /// Its name among the bookmarks.
    pub name: String,
}

/// A sheet that has been set, for any number of copies.
pub struct LaidSheet<'a> {
    pack: &'a Pack,
    sheet: &'a Sheet,
    page: (f32, f32),
    air: Air,
    blocks: Vec<Laid>,
}

impl<'a> LaidSheet<'a> {
    /// Sets a sheet with as much air as it may have.
    pub fn new(pack: &'a Pack, sheet: &'a Sheet, page: (f32, f32), shaper: &mut Shaper) -> LaidSheet<'a> {
        let (best, others) = Air::of(sheet);
        let mut laid = LaidSheet::with(pack, sheet, page, best, shaper);
        let mut pages = laid.pages(shaper);
        for air in others {
            if pages < 2 {
                break;
            }
            let other = LaidSheet::with(pack, sheet, page, *air, shaper);
            let fewer = other.pages(shaper);
            if fewer < pages {
                (laid, pages) = (other, fewer);
            }
        }
        laid
    }

    /// How many pages a copy takes.
    fn pages(&self, shaper: &mut Shaper) -> usize {
        let mark = self.sheet.copies.first().copied().unwrap_or_default();
        self.copy(mark, &mut Tags::default(), shaper).pages.len()
    }

    fn with(pack: &'a Pack, sheet: &'a Sheet, page: (f32, f32), air: Air, shaper: &mut Shaper) -> LaidSheet<'a> {
        shaper.air = air;
        let width = page.0 - 2.0 * air.margin;
        let blocks = block::lay(&sheet.blocks, shaper, air.margin, width);
        LaidSheet { pack, sheet, page, air, blocks }
    }

    /// The pages of the copy with this mark.
    pub fn copy(&self, mark: &str, tags: &mut Tags, shaper: &mut Shaper) -> Copy {
        shaper.air = self.air;
        let frame = Frame::new(self.pack, self.sheet, mark, self.page, shaper);
        let section = tags.top(Tag::Section);
        let mut flow = Flow::new(tags, frame.room());
        self.head(mark, &mut flow, section, shaper);
        self.dates(&mut flow, section, shaper);
        self.warnings(&mut flow, section, shaper);
        let mut headings = Vec::new();
        block::place(&self.blocks, &mut flow, section, &mut headings);
        let mut pages = flow.pages;
        frame.draw(&mut pages, shaper);
        let several = self.sheet.copies.len() > 1 && !mark.is_empty();
        let name = if several { format!("{} – {mark}", self.name()) } else { self.name() };
        Copy { pages, headings, name: property(&name) }
    }

    /// `a  Meeting brief`.
    fn name(&self) -> String {
        let title = if property(&self.sheet.title).is_empty() { self.sheet.name } else { &self.sheet.title };
        self.sheet.letter.map_or_else(|| title.to_owned(), |letter| format!("{letter}  {title}"))
    }

    /// Whose paper it is, the title, and the mark of the copy: in one line where there is room, else with the parties
    /// above it. They are read in this order.
    fn head(&self, mark: &str, flow: &mut Flow, section: TagId, shaper: &mut Shaper) {
        const PAD: f32 = 6.0;
        let style = Style::bold(TEXT);
        let mark_width = (shaper.natural(mark, style) + 1.0).min(flow.width * 0.42);
        let taken = if mark.is_empty() { 0.0 } else { mark_width + 2.0 * PAD + APART * 2.0 };
        let words = self.name();
        let title_style = Style::bold(shaper.air.title);
        let title_width = shaper.natural(&words, title_style) + 2.0 * APART;
        let between = flow.width - title_width - taken;
        let parties = [(&self.pack.client, Style::regular(TEXT)), (&self.pack.vendor, style)];
        let parties = parties.map(|(name, style)| shaper.plain(name, style, between.max(1.0)));
        let is_one = between > 80.0 && parties.iter().all(|name| name.lines.len() < 2);
        let mut stacks = Vec::new();
        if is_one {
            let parts = parties.iter().map(|para| Part::new(para, Role::Content(flow.tags.add(section, Tag::P)))).collect();
            stacks.push(Stack::new(flow.left + title_width, parts));
        } else {
            self.parties(flow, section, shaper);
        }
        let title = shaper.plain(&words, title_style, flow.width - taken);
        let heading = flow.tags.add(section, Tag::Hn(NonZeroU16::MIN, Some(property(&words))));
        stacks.push(Stack::one(flow.left, &title, Role::Content(heading)));
        let para = shaper.plain(mark, style, mark_width);
        let x = flow.left + flow.width - mark_width - PAD;
        // The middle of the mark is level with the middle of the title's first line.
        let down = title.lines.first().map_or(0.0, |line| (line.height - para.lines.first().map_or(0.0, |line| line.height)) / 2.0);
        if !para.is_empty() {
            let tag = flow.tags.add(section, Tag::P);
            let part = Part { before: down, ..Part::new(&para, Role::Content(tag)) };
            stacks.push(Stack::new(x, vec![part]));
        }
        let row = Row::new(stacks).padded(2.0, if is_one { 2.0 } else { 4.0 });
        flow.need(row.height());
        let (page, y) = flow.here();
        flow.row(&row, Keep::Whole);
        if !para.is_empty() {
            let (y, height) = (y + 2.0 + down - 3.0, para.height() + 6.0);
            flow.draw_on(page, Op::Frame { x: x - PAD, y, width: mark_width + 2.0 * PAD, height, thickness: 1.2 });
        }
        if is_one {
            let (x, y, width) = (flow.left, flow.y + 1.0, flow.width);
            flow.draw(Op::Line { from: (x, y), to: (x + width, y), thickness: 0.9 });
        }
        flow.space(10.0);
    }

    /// Whose paper it is: the client on the left, the vendor on the right.
    fn parties(&self, flow: &mut Flow, section: TagId, shaper: &mut Shaper) {
        let half = flow.width / 2.0 - APART;
        let client = shaper.plain(&self.pack.client, Style::regular(TEXT), half);
        let vendor = shaper.plain(&self.pack.vendor, Style::bold(TEXT).aligned(Align::End), half);
        let mut stack = |para: &Rc<Para>, x: f32| Stack::one(x, para, Role::Content(flow.tags.add(section, Tag::P)));
        let stacks = vec![stack(&client, flow.left), stack(&vendor, flow.left + half + 2.0 * APART)];
        flow.row(&Row::new(stacks), Keep::Lines);
        let (x, y, width) = (flow.left, flow.y + 3.0, flow.width);
        flow.draw(Op::Line { from: (x, y), to: (x + width, y), thickness: 0.9 });
        flow.space(12.0);
    }

    /// The key dates: boxes side by side, each with its label above the date.
    fn dates(&self, flow: &mut Flow, section: TagId, shaper: &mut Shaper) {
        const PAD: f32 = 7.0;
        let dates = &self.sheet.dates;
        if dates.is_empty() {
            return;
        }
        let list = flow.tags.add(section, Tag::L(ListNumbering::None));
        for chunk in dates.chunks(4) {
            let boxes = self.boxes(chunk, dates.len(), flow, shaper);
            let mut stacks = Vec::new();
            for ((label, value), (x, width)) in chunk.iter().zip(&boxes) {
                let label = shaper.plain(label, Style::regular(LABEL), width - 2.0 * PAD);
                let value = shaper.text(&boxed_date(value), Style::bold(TEXT), width - 2.0 * PAD);
                let item = flow.tags.add(list, Tag::LI);
                let parts = vec![
                    Part::new(&label, Role::Content(flow.tags.add(item, Tag::Lbl))),
                    Part { before: 1.0, ..Part::new(&value, Role::Content(flow.tags.add(item, Tag::LBody))) },
                ];
                stacks.push(Stack::new(x + PAD, parts));
            }
            let row = Row::new(stacks).padded(self.air.pad(5.0), self.air.pad(6.0));
            flow.need(row.height());
            let (page, y) = flow.here();
            let is_whole = row.height() <= flow.capacity();
            flow.row(&row, Keep::Whole);
            for &(x, width) in boxes.iter().filter(|_| is_whole) {
                flow.draw_on(page, Op::Frame { x, y, width, height: row.height(), thickness: 0.8 });
            }
            flow.space(APART);
        }
        flow.space(6.0);
    }

    /// Where the boxes of the dates stand, and how wide they are: the one that says most gets what the others leave.
    fn boxes(&self, chunk: &[(String, Text)], all: usize, flow: &Flow, shaper: &mut Shaper) -> Vec<(f32, f32)> {
        let count = chunk.len().max(all.min(4)) as f32;
        let room = flow.width - APART * (count - 1.0);
        let mut widths = vec![room / count; chunk.len()];
        let needs: Vec<f32> = chunk
            .iter()
            .map(|(label, value)| {
                let value = shaper.text(&boxed_date(value), Style::bold(TEXT), room / 3.0).width;
                value.max(shaper.natural(label, Style::regular(LABEL)).min(room / 4.0)) + 16.0
            })
            .collect();
        let spare = room - needs.iter().sum::<f32>();
        if chunk.len() > 1 && count as usize == chunk.len() && spare > 0.0 {
            widths = needs.iter().map(|need| need + spare / count).collect();
        }
        let mut x = flow.left;
        let place = |width: f32| {
            let at = x;
            x += width + APART;
            (at, width)
        };
        widths.into_iter().map(place).collect()
    }

    /// What has to be said before anything else, in one frame.
    fn warnings(&self, flow: &mut Flow, section: TagId, shaper: &mut Shaper) {
        const PAD: f32 = 9.0;
        let mut parts = Vec::new();
        for warning in self.sheet.warnings.iter().filter(|warning| !warning.trim().is_empty()) {
            let para = shaper.plain(&format!("▲ {warning}"), Style::bold(TEXT), flow.width - 2.0 * PAD);
            let before = if parts.is_empty() { 0.0 } else { 4.0 };
            parts.push(Part { before, ..Part::new(&para, Role::Content(flow.tags.add(section, Tag::P))) });
        }
        if !parts.is_empty() {
            let look = Look::Framed { x: flow.left, width: flow.width, thickness: 1.5 };
            let row = Row::new(vec![Stack::new(flow.left + PAD, parts)]).padded(self.air.pad(7.0), self.air.pad(7.0));
            flow.row(&Row { look, ..row }, Keep::Whole);
            flow.space(12.0);
        }
    }
}

/// A value that is not known is a blank as wide as its box.
fn boxed_date(value: &Text) -> Text {
    let piece = |piece: &Piece| match piece {
        Piece::Blank(label) => Piece::Rule(label.clone()),
        other => other.clone(),
    };
    Text { pieces: value.pieces.iter().map(piece).collect(), is_small: value.is_small }
}
