//! The document as a whole: its rules, its properties, its bookmarks.

use std::sync::Arc;

use krilla::configure::{Accessibility, Archival, Configuration, ConfigurationBuilder, PdfVersion};
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::Point;
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{ContentTag, Node, SpanTag, Tag, TagGroup, TagTree};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

use super::clean::property;
use super::paint::Painter;
use super::shape::Shaper;
use super::sheet::LaidSheet;
use super::style::page;
use super::tags::Tags;
use super::{Made, PageSize};
use crate::paper::Pack;

/// Lays out and draws all sheets of a pack.
pub fn make(pack: &Pack, size: PageSize, shaper: &mut Shaper) -> Result<Made, String> {
    let mut document = Document::new_with(settings(configuration()?));
    let mut tags = Tags::default();
    let mut outline = Outline::new();
    let mut pages = 0;
    for sheet in &pack.sheets {
        let (width, height) = page(size, sheet.is_landscape);
        let settings = PageSettings::from_wh(width, height).ok_or("a page must have a size")?;
        let laid = LaidSheet::new(pack, sheet, (width, height), shaper);
        for mark in sheet.copies {
            let copy = laid.copy(mark, &mut tags, shaper);
            let mut entry = OutlineNode::new(copy.name, XyzDestination::new(pages, Point::from_xy(0.0, 0.0)));
            for heading in copy.headings {
                let point = Point::from_xy(0.0, (heading.y - 6.0).max(0.0));
                entry.push_child(OutlineNode::new(heading.words, XyzDestination::new(pages + heading.page, point)));
            }
            outline.push_child(entry);
            for ops in &copy.pages {
                Painter::new(&mut tags, &shaper.fonts.signs).page(document.start_page_with(settings.clone()), ops);
            }
            pages += copy.pages.len();
        }
    }
    if pages == 0 {
        return Err("the pack has no sheets to print".into());
    }
    let language = language(&pack.language);
    document.set_metadata(metadata(pack, language));
    document.set_outline(outline);
    document.set_tag_tree(tags.finish(language));
    let bytes = document.finish().map_err(|error| words(&error))?;
    Ok(Made { bytes, pages, substituted: std::mem::take(&mut shaper.substituted) })
}

/// Puts one letter of a font into a document, to find out whether the font can be printed with at all.
pub fn trial(bytes: &Arc<dyn AsRef<[u8]> + Send + Sync>, index: u32, letters: impl IntoIterator<Item = (u32, u32)>) -> Result<(), String> {
    let is_plain = |code: &u32| char::from_u32(*code).is_some_and(char::is_alphanumeric);
    let letter = letters.into_iter().find(|(code, glyph)| is_plain(code) && *glyph != 0);
    let font = Font::new(bytes.clone().into(), index).ok_or("its tables cannot be read")?;
    let Some((letter, glyph)) = letter.and_then(|(code, glyph)| Some((char::from_u32(code)?, glyph))) else { return Ok(()) };
    let mut document = Document::new_with(settings(configuration()?));
    let mut page = document.start_page();
    let mut surface = page.surface();
    let content = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
    let text = letter.to_string();
    let glyphs = [KrillaGlyph::new(GlyphId::new(glyph), 1.0, 0.0, 0.0, 0.0, 0..text.len(), None)];
    surface.draw_glyphs(Point::from_xy(50.0, 50.0), &glyphs, font, &text, 10.0, false);
    surface.end_tagged();
    surface.finish();
    page.finish();
    let mut tree = TagTree::new();
    tree.push(TagGroup::with_children(Tag::P, vec![Node::Leaf(content)]));
    let mut outline = Outline::new();
    outline.push_child(OutlineNode::new("font".into(), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
    document.set_outline(outline);
    document.set_metadata(Metadata::new().title("font".into()).language("en".into()).creation_date(DateTime::new(2000)));
    document.set_tag_tree(tree);
    document.finish().map(drop).map_err(|error| words(&error))
}

fn configuration() -> Result<Configuration, String> {
    ConfigurationBuilder::new()
        .with_version(PdfVersion::Pdf17)
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| "the rules for archives and for accessibility do not go together".to_owned())
}

fn settings(configuration: Configuration) -> SerializeSettings {
    SerializeSettings { configuration, compress_content_streams: true, enable_tagging: true, ..SerializeSettings::default() }
}

fn metadata(pack: &Pack, language: &str) -> Metadata {
    let title = property(&pack.title);
    let title = if title.is_empty() { "Exit pack".to_owned() } else { title };
    let mut hash = blake3::Hasher::new();
    for part in [pack.revision.as_str(), &pack.as_of.to_string(), &pack.title, &pack.vendor] {
        hash.update(part.as_bytes()).update(&[0]);
    }
    let date = DateTime::new(u16::try_from(pack.as_of.year()).unwrap_or(2000))
        .month(u8::try_from(pack.as_of.month()).unwrap_or(1))
        .day(u8::try_from(pack.as_of.day()).unwrap_or(1))
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(title)
        .language(language.to_owned())
        .creator(concat!("Partwell ", env!("CARGO_PKG_VERSION")).to_owned())
        .creation_date(date)
        .document_id(hash.finalize().to_hex().to_string())
}

/// The language tag, or English where it is none.
fn language(tag: &str) -> &str {
    let mut parts = tag.split('-');
    let is_first = |part: &str| matches!(part.len(), 2 | 3) && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_other = |part: &str| matches!(part.len(), 1..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if parts.next().is_some_and(is_first) && parts.all(is_other) && tag.len() < 36 { tag } else { "en" }
}

/// What went wrong, in words a reader of the message can do something with.
fn words(error: &KrillaError) -> String {
    match error {
        KrillaError::Validation(errors) => {
            let first = errors.first().map_or_else(String::new, |(error, _)| format!(": {error:?}"));
            format!("the document does not keep the rules for archives and accessibility{first}")
        }
        other => format!("the document cannot be written: {other}"),
    }
}
