//! What is put on a page: paragraphs stacked on each other, stacks side by side, and the lines around them.

use std::ops::Range;
use std::rc::Rc;

use super::para::Para;
use super::tags::TagId;

/// Stacks side by side, with the same top. A row is the unit that is kept together, or split between lines.
#[derive(Clone, Default)]
pub struct Row {
    pub stacks: Vec<Stack>,
    /// Left free above and below the stacks.
    pub top: f32,
    pub bottom: f32,
    pub least: f32,
    pub look: Look,
}

#[derive(Clone)]
pub struct Stack {
    pub x: f32,
    pub parts: Vec<Part>,
}

#[derive(Clone)]
pub struct Part {
    pub para: Rc<Para>,
    pub before: f32,
    pub role: Role,
}

/// Whether something belongs to the document or only to the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Content(TagId),
    Header,
    Footer,
    /// A repeated head.
    Repeat,
    /// Lines to write on, after the first.
    Ornament,
}

/// The lines and tints of a row.
#[derive(Clone, Default)]
pub enum Look {
    #[default]
    Bare,
    Framed {
        x: f32,
        width: f32,
        thickness: f32,
    },
    Cells(Cells),
}

#[derive(Clone)]
pub struct Cells {
    /// The edges of the cells from left to right, the outer ones included.
    pub edges: Rc<[f32]>,
    /// The thickness of the rules above and below; none where it is zero.
    pub above: f32,
    pub below: f32,
    pub tint: Tint,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tint {
    None,
    Light,
}

/// Something to draw.
pub enum Op {
    Lines { para: Rc<Para>, lines: Range<usize>, x: f32, y: f32, role: Role },
    Line { from: (f32, f32), to: (f32, f32), thickness: f32 },
    Frame { x: f32, y: f32, width: f32, height: f32, thickness: f32 },
    Fill { x: f32, y: f32, width: f32, height: f32 },
}

/// How far a stack has been put on pages.
#[derive(Debug, Clone, Copy, Default)]
pub struct Progress {
    part: usize,
    line: usize,
}

/// Whether a stack must give at least one line, however little room there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Must {
    Fit,
    GoOn,
}

impl Row {
    pub fn new(stacks: Vec<Stack>) -> Row {
        Row { stacks, ..Row::default() }
    }

    pub fn padded(self, above: f32, below: f32) -> Row {
        Row { top: above, bottom: below, ..self }
    }

    pub fn height(&self) -> f32 {
        let tallest = self.stacks.iter().map(Stack::height).fold(0.0, f32::max);
        (tallest + self.top + self.bottom).max(self.least)
    }

    /// The height of what must stand together at its beginning.
    pub fn lead(&self) -> f32 {
        let first = |stack: &Stack| stack.parts.first().map_or(0.0, |part| part.before + part.para.lead());
        self.stacks.iter().map(first).fold(0.0, f32::max) + self.top + self.bottom
    }
}

impl Stack {
    pub fn new(x: f32, parts: Vec<Part>) -> Stack {
        Stack { x, parts }
    }

    pub fn one(x: f32, para: &Rc<Para>, role: Role) -> Stack {
        Stack { x, parts: vec![Part { para: para.clone(), before: 0.0, role }] }
    }

    pub fn height(&self) -> f32 {
        self.parts.iter().map(|part| part.before + part.para.height()).sum()
    }

    pub fn is_done(&self, at: Progress) -> bool {
        at.part >= self.parts.len()
    }

    /// Takes what fits into the room below `y`, and says how much room it took.
    pub fn take(&self, at: &mut Progress, room: f32, y: f32, must: Must, out: &mut Vec<Op>) -> f32 {
        let mut used = 0.0;
        let mut has_some = false;
        while let Some(part) = self.parts.get(at.part) {
            let before = if at.line == 0 && (has_some || at.part == 0) { part.before } else { 0.0 };
            let must = if has_some { Must::Fit } else { must };
            let lines = part.fitting(at.line, room - used - before, must);
            let range = at.line..at.line + lines;
            if lines > 0 {
                out.push(Op::Lines { para: part.para.clone(), lines: range.clone(), x: self.x, y: y + used + before, role: part.role });
                used += before + part.para.height_of(range.clone());
                has_some = true;
            }
            if range.end < part.para.lines.len() {
                at.line = range.end;
                return used;
            }
            *at = Progress { part: at.part + 1, line: 0 };
        }
        used
    }
}

impl Part {
    pub fn new(para: &Rc<Para>, role: Role) -> Part {
        Part { para: para.clone(), before: 0.0, role }
    }

    /// How many lines from this one on fit into the room, without leaving one line alone.
    fn fitting(&self, from: usize, room: f32, must: Must) -> usize {
        let all = self.para.lines.len() - from.min(self.para.lines.len());
        let mut height = 0.0;
        let mut lines = 0;
        for line in self.para.lines.iter().skip(from) {
            height += line.height;
            if height > room + 0.01 {
                break;
            }
            lines += 1;
        }
        let is_split = lines < all;
        if is_split && all - lines == 1 && lines > 1 {
            lines -= 1;
        }
        if is_split && from == 0 && lines == 1 {
            lines = 0;
        }
        match must {
            Must::GoOn => lines.max(1).min(all),
            Must::Fit => lines,
        }
    }
}
