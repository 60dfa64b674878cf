//! What files are made from, as digests: as long as one is the same, so are its files.

use rayon::prelude::*;

use crate::book::Book;
use crate::library::Vendor;
use crate::memo::{Digest, digest};

/// The digests of one book.
#[derive(Debug)]
pub struct Bases {
    /// What the files of each vendor are made from, in the order of the library.
    vendors: Vec<Digest>,
    fronts: Digest,
    everything: Digest,
}

impl Bases {
    /// `frame` stands for all that any page may show besides playbooks: the program, the theme, the configuration, the
    /// day, the addresses, and what the author's pages say of themselves.
    pub fn of(book: &Book, frame: Digest) -> Bases {
        let of = |vendor: &Vendor| {
            let front = vendor.front_digest();
            (front, vendor.digest(&front))
        };
        let (fronts, vendors): (Vec<Digest>, Vec<Digest>) = book.library.vendors.par_iter().map(of).unzip();
        let fronts = digest([&frame[..]].into_iter().chain(fronts.iter().map(|front| &front[..])));
        let pages = book.library.pages.iter().flat_map(|page| [page.route.as_bytes(), page.text.as_bytes()]);
        let everything = digest([&frame[..]].into_iter().chain(vendors.iter().map(|vendor| &vendor[..])).chain(pages));
        let with_shown = |vendor: &Vendor| {
            let shown = book.shown_with(vendor).map(|shown| place(shown, book).map_or(&[][..], |n| &vendors[n][..]));
            digest([&frame[..]].into_iter().chain(shown))
        };
        let vendors = book.library.vendors.par_iter().map(with_shown).collect();
        Bases { vendors, fronts, everything }
    }

    /// What the page and the sheets of a vendor are made from; nothing for one that is not in the library.
    pub(super) fn of_vendor(&self, vendor: &Vendor, book: &Book) -> Option<&Digest> {
        place(vendor, book).map(|n| &self.vendors[n])
    }

    /// What is made from the front matter of all vendors, and from no prose and no finding.
    pub(super) fn fronts(&self) -> &Digest {
        &self.fronts
    }

    pub(super) fn everything(&self) -> &Digest {
        &self.everything
    }
}

fn place(vendor: &Vendor, book: &Book) -> Option<usize> {
    book.library.vendors.binary_search_by(|known| known.slug.cmp(&vendor.slug)).ok()
}
