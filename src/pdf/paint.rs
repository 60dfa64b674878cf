//! Draws what was laid out, and tells each piece of content where in the structure it belongs.

use std::ops::Range;

use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::luma;
use krilla::geom::{Path, PathBuilder, Point, Quadrilateral, Rect};
use krilla::num::NormalizedF32;
use krilla::page::Page;
use krilla::paint::{Fill, Stroke as Pen};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag, Tag};
use krilla::text::{GlyphId, KrillaGlyph};

use super::fonts::{Sign, Signs};
use super::para::{Item, ItemKind, Mark, Para, Stroke};
use super::row::{Op, Role};
use super::style::{TICK, TICK_DROP};
use super::tags::{TagId, Tags};

const TINT: u8 = 226;

/// Draws one page.
pub struct Painter<'a> {
    tags: &'a mut Tags,
    signs: &'a Signs,
    links: Vec<Link>,
}

/// A link that was drawn on this page; it becomes active when the page is finished.
struct Link {
    element: TagId,
    href: String,
    alt: String,
    areas: Vec<Rect>,
}

/// Lines of a paragraph at their place.
struct Placed<'a> {
    para: &'a Para,
    lines: Range<usize>,
    x: f32,
    y: f32,
}

impl<'a> Painter<'a> {
    pub fn new(tags: &'a mut Tags, signs: &'a Signs) -> Painter<'a> {
        Painter { tags, signs, links: Vec::new() }
    }

    pub fn page(mut self, mut page: Page, ops: &[Op]) {
        let mut surface = page.surface();
        for op in ops {
            self.op(op, &mut surface);
        }
        surface.finish();
        for link in self.links {
            let quads: Vec<Quadrilateral> = link.areas.into_iter().map(Quadrilateral::from).collect();
            if quads.is_empty() {
                continue;
            }
            let target = Target::Action(Action::Link(LinkAction::new(link.href)));
            let annotation = Annotation::new_link(LinkAnnotation::new_with_quad_points(quads, target), Some(link.alt));
            let content = page.add_tagged_annotation(annotation);
            self.tags.content(link.element, content);
        }
        page.finish();
    }

    fn op(&mut self, op: &Op, surface: &mut Surface) {
        match op {
            Op::Lines { para, lines, x, y, role } => {
                let placed = Placed { para, lines: lines.clone(), x: *x, y: *y };
                match role {
                    Role::Content(element) => self.content(&placed, *element, surface),
                    Role::Header => self.artifact(&placed, ArtifactType::Header, surface),
                    Role::Footer => self.artifact(&placed, ArtifactType::Footer, surface),
                    Role::Ornament => self.artifact(&placed, ArtifactType::Layout, surface),
                    Role::Repeat => self.artifact(&placed, ArtifactType::PaginationOther, surface),
                }
            }
            Op::Line { from, to, thickness } => {
                let mut path = PathBuilder::new();
                path.move_to(from.0, from.1);
                path.line_to(to.0, to.1);
                stroke(surface, path.finish(), *thickness);
            }
            Op::Frame { x, y, width, height, thickness } => {
                let mut path = PathBuilder::new();
                if let Some(rect) = Rect::from_xywh(*x, *y, *width, *height) {
                    path.push_rect(rect);
                }
                stroke(surface, path.finish(), *thickness);
            }
            Op::Fill { x, y, width, height } => {
                let mut path = PathBuilder::new();
                if let Some(rect) = Rect::from_xywh(*x, *y, *width, *height) {
                    path.push_rect(rect);
                }
                if let Some(path) = path.finish() {
                    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
                    surface.set_stroke(None);
                    surface.set_fill(Some(ink(luma::Color::new(TINT))));
                    surface.draw_path(&path);
                    surface.end_tagged();
                }
            }
        }
    }

    fn artifact(&mut self, placed: &Placed, kind: ArtifactType, surface: &mut Surface) {
        if placed.para.is_empty() {
            return;
        }
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
        placed.each(|item, x, baseline| self.item(item, &placed.para.text, Point::from_xy(x, baseline), surface));
        surface.end_tagged();
    }

    /// Draws lines as content of an element. What is said or linked gets an element of its own, and so does a word from
    /// right to left: its letters are drawn as they are seen, and told as they are read.
    fn content(&mut self, placed: &Placed, element: TagId, surface: &mut Surface) {
        let mut open: (Option<usize>, Option<usize>) = (None, None);
        let mut is_open = false;
        let mut link: Option<(usize, Link)> = None;
        placed.each(|item, x, baseline| {
            let mark = placed.para.marks.get(item.mark).unwrap_or(&Mark::Plain);
            let word = turned(item, &placed.para.text);
            let key = ((*mark != Mark::Plain).then_some(item.mark), word.map(|_| item.start));
            if !is_open || open != key {
                if is_open {
                    surface.end_tagged();
                }
                let owner = match mark {
                    Mark::Plain => element,
                    Mark::Said(words) => {
                        self.tags.add(element, Tag::Span.with_alt_text(Some(words.clone()).filter(|words| !words.is_empty())))
                    }
                    Mark::Link { href, alt } => match &link {
                        Some((index, link)) if *index == item.mark => link.element,
                        _ => {
                            self.links.extend(link.take().map(|(_, link)| link));
                            let element = self.tags.add(element, Tag::Link.with_alt_text(Some(alt.clone())));
                            link = Some((item.mark, Link { element, href: href.clone(), alt: alt.clone(), areas: Vec::new() }));
                            element
                        }
                    },
                };
                let owner = word.map_or(owner, |word| self.tags.add(owner, Tag::Span.with_actual_text(Some(word.to_owned()))));
                let content = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                self.tags.content(owner, content);
                (is_open, open) = (true, key);
            }
            self.item(item, &placed.para.text, Point::from_xy(x, baseline), surface);
            if let (Mark::Link { .. }, Some((_, link)), ItemKind::Glyphs { size, .. }) = (mark, &mut link, &item.kind) {
                let area = Rect::from_ltrb(x, baseline - size, x + item.width.max(0.1), baseline + 0.25 * size);
                link.areas.extend(area);
                underline(surface, x, baseline + 0.12 * size, item.width);
            }
        });
        if is_open {
            surface.end_tagged();
        }
        self.links.extend(link.map(|(_, link)| link));
    }

    fn item(&self, item: &Item, text: &str, at: Point, surface: &mut Surface) {
        match &item.kind {
            ItemKind::Glyphs { font, size, stroke, glyphs } => {
                black(surface, *stroke, *size);
                surface.draw_glyphs(at, glyphs, font.clone(), text, *size, false);
                surface.set_stroke(None);
            }
            ItemKind::Blank { size } => self.blank(item.width, *size, at, surface),
            ItemKind::Box { is_ticked } => self.tick_box(*is_ticked, at, surface),
        }
    }

    /// A ruled blank is a row of low lines, so that it is there in the extracted text, too.
    fn blank(&self, width: f32, size: f32, at: Point, surface: &mut Surface) {
        black(surface, Stroke::None, size);
        let Some(sign) = &self.signs.underscore else { return };
        let count = (width / (sign.advance * size)).ceil().clamp(1.0, 400.0) as usize;
        let advance = (width - (sign.width + 2.0 * sign.left - sign.advance).max(0.0) * size) / count as f32 / size;
        signs(surface, sign, "_", (count, advance), (at, size));
    }

    /// The sign for a box, at the size at which its frame is five millimetres wide.
    fn tick_box(&self, is_ticked: bool, at: Point, surface: &mut Surface) {
        let (sign, text) = if is_ticked { (&self.signs.ticked_box, "☑") } else { (&self.signs.open_box, "☐") };
        black(surface, Stroke::None, TICK);
        let Some(sign) = sign else { return };
        let size = TICK / sign.width;
        let at = Point::from_xy(at.x - sign.left * size, at.y + TICK_DROP + sign.bottom * size);
        signs(surface, sign, text, (1, sign.advance), (at, size));
    }
}

impl Placed<'_> {
    /// Each item with its place, in reading order.
    fn each(&self, mut draw: impl FnMut(&Item, f32, f32)) {
        let mut y = self.y;
        for line in self.para.lines.get(self.lines.clone()).unwrap_or_default() {
            for item in &line.items {
                draw(item, self.x + item.x, y + line.baseline);
            }
            y += line.height;
        }
    }
}

/// The text of a word that is drawn against the order in which it is read.
fn turned<'t>(item: &Item, text: &'t str) -> Option<&'t str> {
    let ItemKind::Glyphs { glyphs, .. } = &item.kind else { return None };
    let (first, last) = (glyphs.first()?, glyphs.last()?);
    if first.text_range.start <= last.text_range.start {
        return None;
    }
    let start = glyphs.iter().map(|glyph| glyph.text_range.start).min()?;
    let end = glyphs.iter().map(|glyph| glyph.text_range.end).max()?;
    text.get(start..end)
}

/// The same sign several times in a row.
fn signs(surface: &mut Surface, sign: &Sign, text: &str, (count, advance): (usize, f32), (at, size): (Point, f32)) {
    let all = text.repeat(count);
    let glyph = |index: usize| {
        let range = index * text.len()..(index + 1) * text.len();
        KrillaGlyph::new(GlyphId::new(sign.glyph.to_u32()), advance, 0.0, 0.0, 0.0, range, None)
    };
    let glyphs: Vec<KrillaGlyph> = (0..count).map(glyph).collect();
    surface.draw_glyphs(at, &glyphs, sign.font.clone(), &all, size, false);
}

fn underline(surface: &mut Surface, x: f32, y: f32, width: f32) {
    let mut path = PathBuilder::new();
    path.move_to(x, y);
    path.line_to(x + width, y);
    if let Some(path) = path.finish() {
        surface.set_fill(None);
        surface.set_stroke(Some(pen(0.6)));
        surface.draw_path(&path);
        surface.set_stroke(None);
    }
}

fn stroke(surface: &mut Surface, path: Option<Path>, thickness: f32) {
    let Some(path) = path else { return };
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
    surface.set_fill(None);
    surface.set_stroke(Some(pen(thickness)));
    surface.draw_path(&path);
    surface.set_stroke(None);
    surface.end_tagged();
}

fn black(surface: &mut Surface, stroke: Stroke, size: f32) {
    surface.set_fill(Some(ink(luma::Color::black())));
    surface.set_stroke((stroke == Stroke::Bold).then(|| pen(size / 30.0)));
}

fn ink(color: luma::Color) -> Fill {
    Fill { paint: color.into(), opacity: NormalizedF32::ONE, ..Fill::default() }
}

fn pen(width: f32) -> Pen {
    Pen { paint: luma::Color::black().into(), width, ..Pen::default() }
}
