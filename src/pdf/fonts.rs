//! The faces to print with, and the tools to shape text with them, kept for the next pack.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use krilla::text::{Font, GlyphId};
use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};
use parley::style::FontFamilyName;
use parley::{FontContext, Layout, LayoutContext};
use skrifa::raw::TableProvider;
use skrifa::{FontRef, MetadataProvider, Tag};

use super::document::trial;
use super::style::Weight;

type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// Faces to print with: the built-in ones, then those of the project, tried in order for each character.
pub struct Fonts {
    collection: Collection,
    faces: Vec<Face>,
    /// The names of the faces, in the order in which they are tried for normal and for bold text.
    regular: Vec<FontFamilyName<'static>>,
    bold: Vec<FontFamilyName<'static>>,
    letters: Letters,
    pub(super) signs: Signs,
    /// Tools no thread is using.
    idle: Mutex<Vec<Kit>>,
}

/// What shaping needs and what is dear to make: one for each thread at work.
pub(super) struct Kit {
    pub fonts: FontContext,
    pub layouts: LayoutContext<u16>,
    pub layout: Layout<u16>,
    /// Faces as they are embedded, by source, index and variation.
    pub faces: HashMap<FaceKey, Font>,
}

/// Which face a run of glyphs is set in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct FaceKey {
    pub source: u64,
    pub index: u32,
    /// The place of a variable font: axis and value.
    pub place: Vec<([u8; 4], u32)>,
}

/// A sign that is drawn by hand: its glyph and the rectangle it fills, in parts of the size.
#[derive(Clone)]
pub(super) struct Sign {
    pub font: Font,
    pub glyph: GlyphId,
    pub advance: f32,
    pub left: f32,
    pub bottom: f32,
    pub width: f32,
}

/// The signs that are drawn by hand, where a face has them.
#[derive(Clone, Default)]
pub(super) struct Signs {
    pub underscore: Option<Sign>,
    pub open_box: Option<Sign>,
    pub ticked_box: Option<Sign>,
}

struct Face {
    name: String,
    bytes: Bytes,
    source: u64,
    is_bold: bool,
    is_variable: bool,
    is_built_in: bool,
}

/// The characters any of the faces has, one bit each.
struct Letters(Vec<u64>);

impl Fonts {
    /// `own`: font files (TTF, OTF or TTC with their file name) the project adds. Returns what could not be
    /// read, by name, with why.
    pub fn new(built_in: &[&'static [u8]], own: Vec<(String, Vec<u8>)>) -> (Fonts, Vec<(String, String)>) {
        let mut fonts = Fonts {
            collection: Collection::new(CollectionOptions { shared: false, system_fonts: false }),
            faces: Vec::new(),
            regular: Vec::new(),
            bold: Vec::new(),
            letters: Letters(vec![0; 0x11_0000 / 64]),
            signs: Signs::default(),
            idle: Mutex::new(Vec::new()),
        };
        let mut refused = Vec::new();
        for (number, bytes) in built_in.iter().enumerate() {
            if let Err(why) = fonts.add(Arc::new(*bytes), Origin::BuiltIn) {
                refused.push((format!("built-in font {}", number + 1), why));
            }
        }
        for (name, bytes) in own {
            if let Err(why) = fonts.add(Arc::new(bytes), Origin::Project) {
                refused.push((name, why));
            }
        }
        fonts.order();
        fonts.signs = Signs { underscore: fonts.sign('_'), open_box: fonts.sign('☐'), ticked_box: fonts.sign('☑') };
        (fonts, refused)
    }

    /// The tools for one pack. Give them back with [`Fonts::put_back`].
    pub(super) fn kit(&self) -> Result<Kit, String> {
        if let Some(missing) = (' '..='~').find(|&letter| !self.has(letter)) {
            return Err(format!("no font has the letter {missing:?}"));
        }
        let idle = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        Ok(idle.unwrap_or_else(|| Kit {
            fonts: FontContext { collection: self.collection.clone(), source_cache: SourceCache::default() },
            layouts: LayoutContext::new(),
            layout: Layout::new(),
            faces: HashMap::new(),
        }))
    }

    pub(super) fn put_back(&self, kit: Kit) {
        if let Ok(mut idle) = self.idle.lock() {
            idle.push(kit);
        }
    }

    /// True where some face has the character.
    pub(super) fn has(&self, letter: char) -> bool {
        self.letters.has(letter)
    }

    pub(super) fn stack(&self, weight: Weight) -> &[FontFamilyName<'static>] {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// True for faces that come with the program; they are never thickened to look bold.
    pub(super) fn is_built_in(&self, source: u64) -> bool {
        self.faces.iter().any(|face| face.source == source && face.is_built_in)
    }

    fn add(&mut self, bytes: Bytes, origin: Origin) -> Result<(), String> {
        let infos: Vec<FontRef> = FontRef::fonts((*bytes).as_ref()).filter_map(Result::ok).collect();
        let Some(first) = infos.first() else { return Err("this is not a TrueType or OpenType font".into()) };
        for font in &infos {
            check(font)?;
        }
        for (index, font) in infos.iter().enumerate() {
            trial(&bytes, index as u32, font.charmap().mappings().map(|(code, glyph)| (code, glyph.to_u32())))?;
        }
        let attributes = first.attributes();
        let face = Face {
            name: format!("face {}", self.faces.len()),
            source: 0,
            is_bold: attributes.weight.value() >= 600.0,
            is_variable: !first.axes().is_empty(),
            is_built_in: origin == Origin::BuiltIn,
            bytes: bytes.clone(),
        };
        let blob = Blob::new(bytes.clone());
        let source = blob.id();
        let name = FontInfoOverride { family_name: Some(&face.name), ..FontInfoOverride::default() };
        if self.collection.register_fonts(blob, Some(name)).is_empty() {
            return Err("it has no character map that can be used".into());
        }
        for font in &infos {
            self.letters.add(font);
        }
        self.faces.push(Face { source, ..face });
        Ok(())
    }

    /// Faces of the wanted weight come first, each group in the order in which it was given.
    fn order(&mut self) {
        let names = |wanted: &dyn Fn(&Face) -> bool| {
            let fits = self.faces.iter().filter(|face| wanted(face));
            let others = self.faces.iter().filter(|face| !wanted(face));
            fits.chain(others).map(|face| FontFamilyName::Named(face.name.clone().into())).collect::<Vec<_>>()
        };
        let regular = names(&|face| !face.is_bold || face.is_variable);
        let bold = names(&|face| face.is_bold || face.is_variable);
        (self.regular, self.bold) = (regular, bold);
    }

    fn sign(&self, letter: char) -> Option<Sign> {
        self.faces.iter().find_map(|face| {
            let font = FontRef::from_index((*face.bytes).as_ref(), 0).ok()?;
            let glyph = font.charmap().map(letter)?;
            let metrics = font.glyph_metrics(skrifa::instance::Size::unscaled(), skrifa::instance::LocationRef::default());
            let bounds = metrics.bounds(glyph)?;
            let em = f32::from(font.head().ok()?.units_per_em()).max(1.0);
            let width = (bounds.x_max - bounds.x_min) / em;
            let advance = metrics.advance_width(glyph)? / em;
            (width > 0.0 && advance > 0.0).then_some(())?;
            Some(Sign {
                font: Font::new(krilla::Data::from(face.bytes.clone()), 0)?,
                glyph: GlyphId::new(glyph.to_u32()),
                advance,
                left: bounds.x_min / em,
                bottom: bounds.y_min / em,
                width,
            })
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    BuiltIn,
    Project,
}

impl Letters {
    fn add(&mut self, font: &FontRef) {
        for (code, glyph) in font.charmap().mappings() {
            if glyph.to_u32() != 0
                && let Some(word) = self.0.get_mut(code as usize / 64)
            {
                *word |= 1 << (code % 64);
            }
        }
    }

    fn has(&self, letter: char) -> bool {
        let code = letter as usize;
        self.0.get(code / 64).is_some_and(|word| word >> (code % 64) & 1 == 1)
    }
}

/// Fonts whose licence forbids embedding, and fonts of pictures, are not for paper.
fn check(font: &FontRef) -> Result<(), String> {
    if font.os2().is_ok_and(|os2| os2.fs_type() & 0xF == 2) {
        return Err("its licence bits forbid putting it into documents".into());
    }
    let tables = [b"COLR", b"SVG ", b"CBDT", b"sbix"];
    if tables.iter().any(|table| font.table_data(Tag::new(table)).is_some()) {
        return Err("it is a colour font; the sheets are black on white".into());
    }
    if font.charmap().mappings().next().is_none() {
        return Err("it has no character map that can be used".into());
    }
    Ok(())
}
