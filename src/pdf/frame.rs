//! What stands at the edges of each page: the running head, the foot, the number of the page.

use std::rc::Rc;

use super::flow::Room;
use super::para::Para;
use super::row::{Op, Role};
use super::shape::Shaper;
use super::style::{Air, Align, RUNNING, Style};
use crate::paper::{Pack, Sheet};

/// Said at the foot of each page.
const NOTE: &str = "planning aid, not legal advice";
/// The most letters of a text at the edge of a page. The whole text stands on the first page.
const MOST: usize = 160;
const APART: f32 = 12.0;

/// The lines at the edges of the pages of one copy of a sheet.
pub struct Frame {
    header: Rc<Para>,
    left: Rc<Para>,
    middle: Rc<Para>,
    middle_x: f32,
    width: f32,
    height: f32,
    foot: f32,
    style: Style,
    air: Air,
}

impl Frame {
    pub fn new(pack: &Pack, sheet: &Sheet, copy: &str, page: (f32, f32), shaper: &mut Shaper) -> Frame {
        let style = Style::regular(RUNNING);
        let air = shaper.air;
        let width = page.0 - 2.0 * air.margin;
        let names = [sheet.title.as_str(), &pack.vendor, copy];
        let header: Vec<String> = names.iter().filter(|name| !name.trim().is_empty()).map(|name| short(name)).collect();
        let revision = format!("Playbook revision {}, as of {}", short(&pack.revision), pack.as_of.long());
        let left_width = shaper.natural(&revision, style).min(width * 0.46) + 1.0;
        let right_width = shaper.natural("page 888 of 888", style) + 1.0;
        let note = if pack.footer.trim().is_empty() { NOTE.to_owned() } else { format!("{NOTE} · {}", short(&pack.footer)) };
        let middle_width = width - left_width - right_width - 2.0 * APART;
        let left = shaper.plain(&revision, style, left_width);
        let middle = shaper.plain(&note, style.aligned(Align::Centre), middle_width);
        let foot = left.height().max(middle.height());
        Frame {
            header: shaper.plain(&header.join(" · "), style, width),
            left,
            middle,
            middle_x: air.margin + left_width + APART,
            width,
            height: page.1,
            foot,
            style,
            air,
        }
    }

    pub fn room(&self) -> Room {
        let edge = self.air.edge;
        let bottom = self.height - edge - self.foot - self.air.apart(10.0);
        Room { air: self.air, left: self.air.margin, width: self.width, top: edge + self.header.height() + self.air.apart(12.0), bottom }
    }

    /// Adds the edges to each of the pages.
    pub fn draw(&self, pages: &mut [Vec<Op>], shaper: &mut Shaper) {
        let (count, left) = (pages.len(), self.air.margin);
        for (index, page) in pages.iter_mut().enumerate() {
            if index > 0 {
                self.draw_header(page);
            }
            let top = self.height - self.air.edge - self.foot;
            page.push(Op::Line { from: (left, top - 4.0), to: (left + self.width, top - 4.0), thickness: 0.4 });
            let number = shaper.plain(&format!("page {} of {count}", index + 1), self.style.aligned(Align::End), self.width / 4.0);
            for (para, x) in [(&self.left, left), (&self.middle, self.middle_x), (&number, left + self.width * 0.75)] {
                page.push(Op::Lines { para: para.clone(), lines: 0..para.lines.len(), x, y: top, role: Role::Footer });
            }
        }
    }

    /// The running head is drawn before all else on its page.
    fn draw_header(&self, page: &mut Vec<Op>) {
        let (left, edge) = (self.air.margin, self.air.edge);
        let y = edge + self.header.height() + 3.0;
        let words = Op::Lines { para: self.header.clone(), lines: 0..self.header.lines.len(), x: left, y: edge, role: Role::Header };
        let rule = Op::Line { from: (left, y), to: (left + self.width, y), thickness: 0.4 };
        page.splice(0..0, [words, rule]);
    }
}

fn short(text: &str) -> String {
    let mut short: String = text.trim().chars().take(MOST).collect();
    if text.trim().chars().count() > MOST {
        short.push('…');
    }
    short
}
