//! The search: its scripts, and the pages by letter that stand in for it where no script runs.

use tera::Value;

use super::site::Site;
use super::{Context, Format, Sink};
use crate::book::Book;
use crate::html;
use crate::library::{Vendor, routes};
use crate::search::letters::{Letter, letters};
use crate::search::{Catalogue, FOLDER, Index, Scripts};
use crate::theme::map;

pub struct Search;

const PAGE: &str = "search.html";

/// What the search's own page needs at once, in the order in which it runs.
const SCRIPTS: [&str; 7] =
    ["search/titles", "search-find", "search-rank", "search-query", "search-excerpt", "search-view", "search-window"];

/// Names up to which one page holds them all.
const FEW: usize = 500;

impl Format for Search {
    fn name(&self) -> &'static str {
        "search"
    }

    fn emit(&self, book: &Book, cx: &Context<'_>, out: &dyn Sink) {
        cx.of_everything(self.name(), out, &mut |out| {
            let catalogue = Catalogue::of(book);
            let put = |path: &str, bytes: &[u8]| out.put(path, bytes);
            let earlier = out.earlier().and_then(|earlier| Some((earlier, earlier.standing(self.name())?)));
            let is_same = |vendor: &Vendor| earlier.as_ref().is_some_and(|(earlier, _)| cx.is_as_before(vendor, book, *earlier));
            let read = |path: &str| earlier.as_ref().and_then(|(_, files)| files.read(path));
            let old = earlier.as_ref().map(|(_, files)| Scripts { paths: files.paths, read: &read, is_same: &is_same });
            let index = Index::of(&catalogue.blocks(&put, old.as_ref()), catalogue.entries.len());
            catalogue.put(&index, &put);
            let site = Site::whole(book, cx, out);
            let letters = letters(&catalogue.entries);
            pages(&letters).iter().for_each(|page| site.letters(page, &letters));
        });
    }

    fn emit_one(&self, path: &str, book: &Book, cx: &Context<'_>, out: &dyn Sink) {
        if path.starts_with(FOLDER) {
            let catalogue = Catalogue::of(book);
            if let Some(bytes) = catalogue.make(path, || cx.words(&catalogue)) {
                out.put(path, &bytes);
            }
        } else if path == PAGE || path.starts_with("search/") {
            let catalogue = Catalogue::of(book);
            let letters = letters(&catalogue.entries);
            if pages(&letters).iter().any(|page| page == path) {
                Site::whole(book, cx, out).letters(path, &letters);
            }
        }
    }
}

/// The page of the search, and those of the letters where there are many names.
fn pages(letters: &[Letter]) -> Vec<String> {
    let each = letters.iter().filter(|_| !is_short(letters)).map(page_of);
    std::iter::once(PAGE.to_owned()).chain(each).collect()
}

fn is_short(letters: &[Letter]) -> bool {
    letters.iter().map(|letter| letter.names.len()).sum::<usize>() <= FEW
}

/// The page of a letter, where one page does not hold them all.
fn page_of(letter: &Letter) -> String {
    format!("search/{}.html", letter.id)
}

impl Site<'_> {
    /// The page of the search, or that of one letter.
    fn letters(&self, route: &str, letters: &[Letter]) {
        let crumbs: &[(&str, &str)] = if route == PAGE { &[] } else { &[("Search", PAGE)] };
        let is_short = is_short(letters);
        let here = letters.iter().find(|letter| page_of(letter) == route);
        let title = here.map_or("Search".to_owned(), |letter| format!("Everything under {}", letter.label));
        let to = |target: &str| routes::encode(&routes::relative(route, target));
        let jumps = letters.iter().map(|letter| {
            let href = if is_short { format!("#letter-{}", letter.id) } else { to(&page_of(letter)) };
            map([
                ("label", letter.label.as_str().into()),
                ("count", letter.names.len().into()),
                ("href", href.into()),
                ("current", here.is_some_and(|here| here.id == letter.id).into()),
            ])
        });
        let shown = letters.iter().filter(|letter| is_short || here.is_some_and(|here| here.id == letter.id));
        let groups = shown.map(|letter| {
            let names = letter.names.iter().map(|(title, target)| html::link(&to(target), title));
            map([
                ("id", letter.id.as_str().into()),
                ("label", letter.label.as_str().into()),
                ("names", html::list(names).of_class("names").into()),
            ])
        });
        let scripts = SCRIPTS.iter().map(|script| format!("assets/{script}.js")).filter(|_| route == PAGE);
        let mut view = self.frame(route, &title, "", crumbs);
        view.set("title", title.as_str())
            .set("is_search", route == PAGE)
            .set("scripts", scripts.map(|script| to(&script).into()).collect::<Vec<Value>>())
            .set("is_short", is_short)
            .set("jumps", jumps.collect::<Vec<Value>>())
            .set("groups", groups.collect::<Vec<Value>>());
        self.page(route, "search.html", &view);
    }
}
