//! The glyphs of a line, taken out of the layout with the text each of them stands for.

use std::collections::HashMap;
use std::ops::Range;

use krilla::text::{Font, GlyphId, KrillaGlyph, Tag};
use parley::{Layout, Run};

use super::fonts::FaceKey;
use super::para::{Item, ItemKind, Stroke};

/// How the glyphs of a run are drawn, and the text they stand for.
pub struct Setting<'a> {
    pub text: &'a str,
    pub font: Font,
    pub stroke: Stroke,
}

/// Glyphs that belong to the same piece of the text.
struct Group {
    mark: u16,
    kind: Kind,
    x: f32,
    width: f32,
    start: usize,
    glyphs: Vec<KrillaGlyph>,
}

/// The glyphs of a run from left to right, in groups of one piece each.
pub fn items(run: &Run<u16>, offset: f32, setting: &Setting, out: &mut Vec<Item>) {
    let size = run.font_size().max(0.1);
    let mut x = offset;
    let mut group: Option<Group> = None;
    // Where words run from right to left, the later letters of a ligature come before the one that has its glyph.
    let mut ahead: Option<Range<usize>> = None;
    for cluster in run.visual_clusters() {
        let mut range = cluster.text_range();
        if cluster.is_ligature_continuation() {
            match &mut group {
                Some(group) if !run.is_rtl() => group.widen(range),
                _ => ahead = Some(ahead.take().map_or_else(|| range.clone(), |ahead| around(&ahead, &range))),
            }
            continue;
        }
        if let Some(ahead) = ahead.take() {
            range = around(&ahead, &range);
        }
        let mark = cluster.style().brush;
        // Words from right to left are drawn one by one, so that they follow each other in reading order.
        let kind = if run.is_rtl() { Kind::of(setting.text.get(range.clone()).unwrap_or_default()) } else { Kind::Word };
        if group.as_ref().is_none_or(|group| group.mark != mark || group.kind != kind || kind == Kind::Between) {
            out.extend(group.take().and_then(|group| group.finish(size, setting)));
            group = Some(Group { mark, kind, x, width: 0.0, start: range.start, glyphs: Vec::new() });
        }
        let Some(group) = &mut group else { continue };
        group.start = group.start.min(range.start);
        for glyph in cluster.glyphs() {
            let id = GlyphId::new(glyph.id);
            // Glyphs are measured downwards, the page wants it upwards.
            let (advance, right, up) = (glyph.advance / size, glyph.x / size, -glyph.y / size);
            group.glyphs.push(KrillaGlyph::new(id, advance, right, up, 0.0, range.clone(), None));
            x += glyph.advance;
            group.width += glyph.advance;
        }
    }
    out.extend(group.and_then(|group| group.finish(size, setting)));
}

impl Group {
    /// The glyphs of the last cluster stand for this text, too.
    fn widen(&mut self, range: Range<usize>) {
        let Some(last) = self.glyphs.last().map(|glyph| glyph.text_range.clone()) else { return };
        for glyph in self.glyphs.iter_mut().rev().take_while(|glyph| glyph.text_range == last) {
            glyph.text_range = around(&last, &range);
        }
    }

    fn finish(self, size: f32, setting: &Setting) -> Option<Item> {
        let Group { mark, x, width, start, glyphs, .. } = self;
        let has_glyphs = !glyphs.is_empty();
        let kind = ItemKind::Glyphs { font: setting.font.clone(), size, stroke: setting.stroke, glyphs };
        has_glyphs.then_some(Item { x, width, mark: usize::from(mark), start, kind })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Between,
}

impl Kind {
    fn of(text: &str) -> Kind {
        if text.chars().any(char::is_alphanumeric) { Kind::Word } else { Kind::Between }
    }
}

fn around(one: &Range<usize>, other: &Range<usize>) -> Range<usize> {
    one.start.min(other.start)..one.end.max(other.end)
}

/// The face of a run as it is embedded.
pub fn face(faces: &mut HashMap<FaceKey, Font>, run: &Run<u16>) -> Option<Font> {
    let data = run.font();
    let synthesis = run.synthesis();
    let place = synthesis.variation_settings().iter().map(|(tag, value)| (tag.into_bytes(), value.to_bits())).collect();
    let key = FaceKey { source: data.data.id(), index: data.index, place };
    if let Some(font) = faces.get(&key) {
        return Some(font.clone());
    }
    let place: Vec<(Tag, f32)> = key.place.iter().map(|(tag, value)| (Tag::new(tag), f32::from_bits(*value))).collect();
    let (bytes, _) = data.data.clone().into_raw_parts();
    let font = Font::new_variable(bytes.into(), data.index, &place)?;
    faces.insert(key, font.clone());
    Some(font)
}

/// Where a font had no glyph after all.
pub fn missing(layout: &Layout<u16>) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    for line in layout.lines() {
        for run in line.runs() {
            for cluster in run.clusters() {
                if cluster.glyphs().any(|glyph| glyph.id == 0) {
                    ranges.push(cluster.text_range());
                }
            }
        }
    }
    ranges.sort_by_key(|range| range.start);
    ranges.dedup();
    ranges
}
