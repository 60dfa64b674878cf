//! `handbook.json` as lines: a head, and one for each vendor. Where the file of the last time has the line of a vendor
//! from whom nothing has changed, it is taken from there.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::sync::Arc;

use rayon::prelude::*;
use serde_json::json;

use super::{NAME, PATH, text};
use crate::book::Book;
use crate::formats::{Context, Sink};
use crate::library::Vendor;

/// Vendors that are put into words at once, before they are written one after another.
const AT_ONCE: usize = 64;

/// A vendor in words; nothing where the file of the last time has it.
type Made = Option<serde_json::Result<Vec<u8>>>;

pub fn write(book: &Book, cx: &Context<'_>, out: &dyn Sink, file: &mut (dyn Write + Send)) -> io::Result<()> {
    file.write_all(head(book).as_bytes())?;
    let earlier = out.earlier().and_then(|earlier| Some((earlier, earlier.standing(NAME)?.open(PATH)?)));
    let (earlier, old) = earlier.unzip();
    let make = |vendor: &Vendor| match earlier {
        Some(earlier) if cx.is_as_before(vendor, book, earlier) => None,
        _ => Some(text(vendor, book.as_of())),
    };
    let mut lines = Lines { book, old: old.map(Old::new), is_first: true };
    let (mut vendors, mut made): (&[Vendor], Vec<Made>) = (&[], Vec::new());
    for next in book.library.vendors.chunks(AT_ONCE) {
        let (written, texts) = rayon::join(|| lines.write(vendors, made, file), || next.par_iter().map(make).collect());
        written?;
        (vendors, made) = (next, texts);
    }
    lines.write(vendors, made, file)?;
    file.write_all(END)
}

/// The same for somebody who takes it piece by piece: each is made when it is asked for.
pub fn pieces(book: Arc<Book>) -> impl Iterator<Item = Vec<u8>> + Send {
    let (head, count) = (head(&book).into_bytes(), book.library.vendors.len());
    let vendors = (0..count).map(move |n| {
        let line = text(&book.library.vendors[n], book.as_of()).unwrap_or_default();
        [before(n == 0), &line[..]].concat()
    });
    std::iter::once(head).chain(vendors).chain(std::iter::once(END.to_vec()))
}

const END: &[u8] = b"\n]}\n";

/// Everything before the vendors.
fn head(book: &Book) -> String {
    let config = &book.config;
    let head = json!({
        "version": 1,
        "handbook": {"id": config.id, "title": config.title, "client": config.client, "revision": book.revision},
        "as_of": book.as_of().to_string(),
        "audience": "internal",
    });
    format!("{},\"vendors\":[", head.to_string().trim_end_matches('}'))
}

/// What stands before a vendor's line.
fn before(is_first: bool) -> &'static [u8] {
    if is_first { b"\n" } else { b",\n" }
}

/// Lines that are written while the next are made.
struct Lines<'b> {
    book: &'b Book,
    old: Option<Old<Box<dyn Read + Send>>>,
    is_first: bool,
}

impl Lines<'_> {
    fn write(&mut self, vendors: &[Vendor], made: Vec<Made>, file: &mut (dyn Write + Send)) -> io::Result<()> {
        for (vendor, made) in vendors.iter().zip(made) {
            file.write_all(before(self.is_first))?;
            self.is_first = false;
            let old = match (&made, &mut self.old) {
                (None, Some(old)) => old.line_of(&vendor.slug)?,
                _ => None,
            };
            match (made, old) {
                (_, Some(line)) => file.write_all(line)?,
                (Some(text), None) => file.write_all(&text?)?,
                (None, None) => file.write_all(&text(vendor, self.book.as_of())?)?,
            }
        }
        Ok(())
    }
}

/// The file of the last time, read once from its beginning: its vendors stand in the same order.
struct Old<R> {
    file: BufReader<R>,
    line: Vec<u8>,
}

impl<R: Read> Old<R> {
    fn new(file: R) -> Old<R> {
        Old { file: BufReader::with_capacity(256 << 10, file), line: Vec::new() }
    }

    /// The line of a vendor, without what joins it to the next. Where there is none, what was read stays for the vendor
    /// that comes later.
    fn line_of(&mut self, slug: &str) -> io::Result<Option<&[u8]>> {
        while self.slug().is_none_or(|there| there < slug.as_bytes()) {
            self.line.clear();
            if self.file.read_until(b'\n', &mut self.line)? == 0 {
                return Ok(None);
            }
        }
        let line = self.line.strip_suffix(b"\n").unwrap_or(&self.line);
        let line = line.strip_suffix(b",").unwrap_or(line);
        Ok(Some(line).filter(|_| self.slug() == Some(slug.as_bytes())))
    }

    /// Whose line it is. A page name needs no escapes.
    fn slug(&self) -> Option<&[u8]> {
        self.line.strip_prefix(b"{\"slug\":\"")?.split(|byte| *byte == b'"').next()
    }
}
