//! Rows put on pages from top to bottom: what fits, what stays together, what repeats at the head of a page.

use super::row::{Cells, Look, Must, Op, Progress, Row, Tint};
use super::style::{Air, CELL_X};
use super::tags::Tags;

/// The pages of one copy of a sheet, as far as they are filled.
pub struct Flow<'a> {
    pub tags: &'a mut Tags,
    pub pages: Vec<Vec<Op>>,
    pub left: f32,
    pub width: f32,
    pub air: Air,
    /// The next free place.
    pub y: f32,
    /// Where the first page, and where each following page begins; where all of them end.
    top: f32,
    bottom: f32,
    /// The head of a table, repeated at the top of each page the table goes on to.
    repeat: Option<Row>,
    /// True while nothing stands on the page but what repeats.
    is_fresh: bool,
}

/// The room on the pages of a sheet.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    pub air: Air,
    pub left: f32,
    pub width: f32,
    /// Where following pages begin. The first page begins at the edge.
    pub top: f32,
    pub bottom: f32,
}

/// Whether a row may be parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Parted only where it is taller than a page.
    Whole,
    /// Parted between lines wherever the page ends.
    Lines,
}

impl<'a> Flow<'a> {
    pub fn new(tags: &'a mut Tags, room: Room) -> Flow<'a> {
        Flow {
            tags,
            pages: vec![Vec::new()],
            left: room.left,
            width: room.width,
            air: room.air,
            y: room.air.edge,
            top: room.top,
            bottom: room.bottom,
            repeat: None,
            is_fresh: true,
        }
    }

    /// The room a whole page has for rows.
    pub fn capacity(&self) -> f32 {
        self.bottom - self.top - self.repeat.as_ref().map_or(0.0, Row::height)
    }

    /// Leaves room, but not at the top of a page.
    pub fn space(&mut self, height: f32) {
        if !self.is_fresh {
            self.y += height * self.air.gap;
        }
    }

    /// Goes to the next page where this height is not left on this one. Nothing is taller than a page.
    pub fn need(&mut self, height: f32) {
        if !self.is_fresh && self.y + height.min(self.capacity()) > self.bottom + 0.01 {
            self.next_page();
        }
    }

    /// The page and the height on it where the next row will begin.
    pub fn here(&self) -> (usize, f32) {
        (self.pages.len() - 1, self.y)
    }

    pub fn draw(&mut self, op: Op) {
        if let Some(page) = self.pages.last_mut() {
            page.push(op);
        }
    }

    /// Draws on a page that may be past already.
    pub fn draw_on(&mut self, page: usize, op: Op) {
        if let Some(page) = self.pages.get_mut(page) {
            page.push(op);
        }
    }

    /// From here on each new page begins with this row, unless it would take half the page.
    pub fn repeat(&mut self, head: Option<Row>) {
        self.repeat = None;
        let half = self.capacity() / 2.0;
        self.repeat = head.filter(|head| head.height() < half);
    }

    pub fn row(&mut self, row: &Row, keep: Keep) {
        match keep {
            Keep::Whole if row.height() <= self.capacity() => self.need(row.height()),
            _ => self.need(row.lead()),
        }
        let mut progress = vec![Progress::default(); row.stacks.len()];
        loop {
            let room = self.bottom - self.y - row.top - row.bottom;
            let must = if self.is_fresh { Must::GoOn } else { Must::Fit };
            let mut ops = Vec::new();
            let mut tallest: f32 = 0.0;
            for (stack, at) in row.stacks.iter().zip(&mut progress) {
                tallest = tallest.max(stack.take(at, room, self.y + row.top, must, &mut ops));
            }
            let is_done = row.stacks.iter().zip(&progress).all(|(stack, at)| stack.is_done(*at));
            if !ops.is_empty() || is_done {
                let least = if is_done { row.least.min(self.bottom - self.y) } else { 0.0 };
                let height = (tallest + row.top + row.bottom).max(least);
                self.dress(&row.look, height, ops);
                self.y += height;
                self.is_fresh = false;
            }
            if is_done {
                return;
            }
            self.next_page();
        }
    }

    pub fn next_page(&mut self) {
        self.pages.push(Vec::new());
        self.y = self.top;
        self.is_fresh = true;
        if let Some(head) = self.repeat.take() {
            let mut ops = Vec::new();
            for stack in &head.stacks {
                stack.take(&mut Progress::default(), f32::MAX, self.y + head.top, Must::GoOn, &mut ops);
            }
            let height = head.height();
            self.dress(&head.look, height, ops);
            self.y += height;
            self.repeat = Some(head);
        }
    }

    /// Draws a row or a part of it: tints below the writing, rules above it.
    fn dress(&mut self, look: &Look, height: f32, ops: Vec<Op>) {
        let (y, left) = (self.y, self.left);
        if let Look::Cells(cells) = look
            && cells.tint == Tint::Light
        {
            let (from, to) = cells.ends(left);
            self.draw(Op::Fill { x: from, y, width: to - from, height });
        }
        ops.into_iter().for_each(|op| self.draw(op));
        match look {
            Look::Bare => {}
            Look::Framed { x, width, thickness } => {
                self.draw(Op::Frame { x: *x, y, width: *width, height, thickness: *thickness });
            }
            Look::Cells(cells) => {
                let (from, to) = cells.ends(left);
                for (at, thickness) in [(y, cells.above), (y + height, cells.below)] {
                    if thickness > 0.0 {
                        self.draw(Op::Line { from: (from, at), to: (to, at), thickness });
                    }
                }
                for edge in cells.edges.iter() {
                    self.draw(Op::Line { from: (*edge, y), to: (*edge, y + height), thickness: 0.4 });
                }
            }
        }
    }
}

impl Cells {
    fn ends(&self, left: f32) -> (f32, f32) {
        (self.edges.first().copied().unwrap_or(left), self.edges.last().copied().unwrap_or(left))
    }
}

/// The inner width of a cell.
pub fn inner(width: f32) -> f32 {
    (width - 2.0 * CELL_X).max(width * 0.6).max(4.0)
}
