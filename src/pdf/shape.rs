//! From a text to lines of glyphs: letters chosen from the fonts, lines broken, blanks made as wide as they may be.

use std::collections::HashMap;
use std::rc::Rc;

use parley::style::{FontFamily, FontWeight, LineHeight, OverflowWrap, StyleProperty, TextWrapMode};
use parley::{Alignment, AlignmentOptions, PositionedLayoutItem};

use super::clean::clean;
use super::fonts::{Fonts, Kit};
use super::glyphs::{Setting, face, items, missing};
use super::para::{ItemKind, Line, Mark, Para, Stroke};
use super::source::{BoxKind, Source, SourceBox, SourceRun, inline_box, mark_of, stretch};
use super::style::{Air, Align, REMARK, Style, Weight};
use crate::paper::{Piece, Text};

/// Sets texts for one pack, and remembers what could not be printed as written.
pub struct Shaper<'a> {
    pub fonts: &'a Fonts,
    kit: &'a mut Kit,
    pub substituted: Vec<String>,
    pub air: Air,
    /// Short texts that come again and again: labels, heads, the lines at the edge of each page.
    known: HashMap<Known, Rc<Para>>,
}

/// Joins two words, so that no line ends between them.
const NO_BREAK: char = '\u{a0}';

/// A text and how it was set.
#[derive(PartialEq, Eq, Hash)]
struct Known {
    text: String,
    size: u32,
    width: u32,
    leading: u32,
    weight: Weight,
    align: Align,
}

impl<'a> Shaper<'a> {
    pub fn new(fonts: &'a Fonts, kit: &'a mut Kit) -> Shaper<'a> {
        Shaper { fonts, kit, substituted: Vec::new(), air: Air::default(), known: HashMap::new() }
    }

    /// Sets a text that is nothing but words.
    pub fn plain(&mut self, text: &str, style: Style, width: f32) -> Rc<Para> {
        let (size, width_bits, leading) = (style.size.to_bits(), width.to_bits(), self.air.leading.to_bits());
        let key = Known { text: text.to_owned(), size, width: width_bits, leading, weight: style.weight, align: style.align };
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let para = self.text(&Text::plain(text), style, width);
        if text.len() < 120 && self.known.len() < 4000 {
            self.known.insert(key, para.clone());
        }
        para
    }

    /// Sets a text to a width. Remarks are set smaller than the style says.
    pub fn text(&mut self, text: &Text, style: Style, width: f32) -> Rc<Para> {
        let style = if text.is_small { Style { size: style.size.min(REMARK), ..style } } else { style };
        let mut source = Source::default();
        self.add(&mut source, text, style, width);
        self.para(source, style, width)
    }

    /// Sets a text, with the remarks that follow it in its line.
    pub fn with_remarks(&mut self, texts: &[&Text], style: Style, width: f32) -> Rc<Para> {
        let mut source = Source::default();
        for (index, text) in texts.iter().enumerate() {
            if index > 0 {
                let mark = source.marks.len().min(usize::from(u16::MAX)) as u16;
                self.words(&mut source, "  ", (mark, style.weight, true));
                source.marks.push(Mark::Plain);
            }
            self.add(&mut source, text, style, width);
        }
        self.para(source, style, width)
    }

    fn para(&mut self, mut source: Source, style: Style, width: f32) -> Rc<Para> {
        // Clusters whose parts are in different fonts are found only by setting them. They are rare.
        for attempt in 0..4 {
            self.set(&source, style, width);
            let missing = missing(&self.kit.layout);
            if missing.is_empty() {
                break;
            }
            let ranges = if attempt < 3 { missing } else { std::iter::once(0..source.text.len()).collect() };
            for range in ranges.into_iter().rev() {
                let replaced = source.replace(range);
                self.note(replaced);
            }
        }
        Rc::new(self.take(source, style))
    }

    /// The width a text takes when it is not broken.
    pub fn natural(&mut self, text: &str, style: Style) -> f32 {
        self.plain(text, Style { align: Align::Start, ..style }, 1.0e5).width
    }

    /// True where a date fits on one line. Dates need no more than half an em for each letter, most often less.
    fn fits(&mut self, date: &str, style: Style, width: f32) -> bool {
        width > style.size * 12.0 || self.natural(date, style) < width
    }

    fn note(&mut self, written: String) {
        if !self.substituted.contains(&written) {
            self.substituted.push(written);
        }
    }

    fn add(&mut self, source: &mut Source, text: &Text, style: Style, width: f32) {
        let is_small = text.is_small;
        for piece in &text.pieces {
            let mark = source.marks.len().min(usize::from(u16::MAX)) as u16;
            let weight = style.weight;
            match piece {
                Piece::Plain(words) => self.words(source, words, (mark, weight, is_small)),
                Piece::Strong(words) => self.words(source, words, (mark, Weight::Bold, is_small)),
                Piece::Alert(words) => self.words(source, &format!("▲ {words}"), (mark, Weight::Bold, is_small)),
                Piece::Link { text: words, .. } => self.words(source, words, (mark, weight, is_small)),
                Piece::Date(date) => {
                    let date = date.long();
                    let fits = self.fits(&date, style, width);
                    self.words(source, &date, (mark, weight, is_small));
                    source.runs.last_mut().into_iter().for_each(|run| run.is_kept = fits);
                }
                Piece::Blank(_) => source.boxes.push(SourceBox { at: source.text.len(), mark, kind: BoxKind::Blank }),
                Piece::Rule(_) => source.boxes.push(SourceBox { at: source.text.len(), mark, kind: BoxKind::Rule }),
                Piece::Box { is_ticked, .. } => {
                    self.bind(source, mark);
                    let kind = BoxKind::Box { is_ticked: *is_ticked };
                    source.boxes.push(SourceBox { at: source.text.len(), mark, kind });
                }
            }
            source.marks.push(mark_of(piece, text));
        }
    }

    /// Of several boxes in a line each stays with what it is for: the line may break before the space that is put here,
    /// and neither behind it nor behind the box.
    fn bind(&mut self, source: &mut Source, mark: u16) {
        if source.text.ends_with("  ") {
            source.text.pop();
            source.runs.iter_mut().for_each(|run| run.end = run.end.min(source.text.len()));
            source.text.push(NO_BREAK);
            source.runs.push(SourceRun { end: source.text.len(), mark, weight: Weight::Regular, is_small: false, is_kept: true });
        }
    }

    fn words(&mut self, source: &mut Source, words: &str, (mark, weight, is_small): (u16, Weight, bool)) {
        let clean = clean(words, self.fonts);
        let is_bound = source.text.ends_with(NO_BREAK) && source.boxes.last().is_some_and(|part| part.at == source.text.len());
        match clean.text.strip_prefix(' ').filter(|_| is_bound) {
            Some(label) => {
                source.text.push(NO_BREAK);
                source.text.push_str(label);
            }
            None => source.text.push_str(&clean.text),
        }
        source.runs.push(SourceRun { end: source.text.len(), mark, weight, is_small, is_kept: false });
        clean.replaced.into_iter().for_each(|written| self.note(written));
    }

    /// Shapes and breaks the text into `kit.layout`.
    fn set(&mut self, source: &Source, style: Style, width: f32) {
        let Kit { fonts, layouts, layout, .. } = &mut *self.kit;
        let mut builder = layouts.ranged_builder(fonts, &source.text, 1.0, false);
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::MetricsRelative(self.air.leading)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        builder.push_default(StyleProperty::FontFamily(FontFamily::from(self.fonts.stack(style.weight))));
        builder.push_default(StyleProperty::FontWeight(weight_of(style.weight)));
        let mut start = 0;
        for run in &source.runs {
            if run.end > start {
                builder.push(StyleProperty::Brush(run.mark), start..run.end);
                if run.weight != style.weight {
                    builder.push(StyleProperty::FontFamily(FontFamily::from(self.fonts.stack(run.weight))), start..run.end);
                    builder.push(StyleProperty::FontWeight(weight_of(run.weight)), start..run.end);
                }
                if run.is_small && style.size > REMARK {
                    builder.push(StyleProperty::FontSize(REMARK), start..run.end);
                }
                if run.is_kept {
                    builder.push(StyleProperty::TextWrapMode(TextWrapMode::NoWrap), start..run.end);
                }
            }
            start = run.end;
        }
        for (id, part) in source.boxes.iter().enumerate() {
            builder.push_inline_box(inline_box(id as u64, part, style, &self.air, width));
        }
        builder.build_into(layout, &source.text);
        layout.break_all_lines(Some(width));
        stretch(layout, source, width);
        layout.align(alignment(style.align), AlignmentOptions::default());
    }

    /// Takes the lines out of `kit.layout`.
    fn take(&mut self, source: Source, style: Style) -> Para {
        let mut lines = Vec::with_capacity(self.kit.layout.len());
        let mut widest: f32 = 0.0;
        let Kit { layout, faces, .. } = &mut *self.kit;
        for line in layout.lines() {
            let metrics = line.metrics();
            let mut taken = Line {
                height: metrics.block_max_coord - metrics.block_min_coord,
                baseline: metrics.baseline - metrics.block_min_coord,
                items: Vec::new(),
            };
            let mut last_run = usize::MAX;
            for item in line.items() {
                match item {
                    PositionedLayoutItem::GlyphRun(glyphs) if glyphs.run().index() != last_run => {
                        last_run = glyphs.run().index();
                        let embolden = glyphs.run().synthesis().embolden() && !self.fonts.is_built_in(glyphs.run().font().data.id());
                        let stroke = if embolden { Stroke::Bold } else { Stroke::None };
                        if let Some(font) = face(faces, glyphs.run()) {
                            items(glyphs.run(), glyphs.offset(), &Setting { text: &source.text, font, stroke }, &mut taken.items);
                        }
                    }
                    PositionedLayoutItem::InlineBox(inline) => taken.items.extend(source.item(&inline, style)),
                    PositionedLayoutItem::GlyphRun(_) => {}
                }
            }
            // A line of nothing but blanks is as high as a line of words.
            let least = style.size * 1.362 * self.air.leading;
            if taken.height < least {
                taken.baseline = taken.baseline.max(style.size * (1.07 - 0.5 * 1.362 * (1.0 - self.air.leading)));
                taken.height = least;
            }
            taken.items.sort_by_key(|item| (item.start, matches!(item.kind, ItemKind::Glyphs { .. })));
            widest = widest.max(metrics.advance - metrics.hanging_advance);
            lines.push(taken);
        }
        if source.text.is_empty() && source.boxes.is_empty() {
            lines.clear();
        }
        Para { text: source.text, lines, marks: source.marks, width: widest, is_rtl: self.kit.layout.is_rtl() }
    }
}

fn weight_of(weight: Weight) -> FontWeight {
    match weight {
        Weight::Regular => FontWeight::NORMAL,
        Weight::Bold => FontWeight::BOLD,
    }
}

fn alignment(align: Align) -> Alignment {
    match align {
        Align::Start => Alignment::Start,
        Align::Centre => Alignment::Center,
        Align::End => Alignment::Right,
    }
}
