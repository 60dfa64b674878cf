//! The author's own pages, and the Markdown bodies of playbooks.

use super::Book;
use crate::html::{self, Html};
use crate::library::{Page, Vendor, routes};
use crate::markdown::{self, Place};

/// The body of an author's page. Its first heading is left out where it repeats the title.
pub fn body(page: &Page, book: &Book) -> Html {
    let text = &page.text[page.body..];
    let resolve = |target: &str, is_picture: bool| address(book, &page.file, &page.route, target, is_picture);
    let (text, outline) = match page.outline.headings.first() {
        Some(first) if first.text == page.title && text.trim_start().starts_with("# ") => {
            let trimmed = text.trim_start();
            let rest = trimmed.find('\n').map_or("", |n| &trimmed[n..]);
            (rest, markdown::Outline { headings: page.outline.headings[1..].to_vec(), links: Vec::new() })
        }
        _ => (text, page.outline.clone()),
    };
    Html::made(markdown::render(text, &outline, &Place { top: 2 }, &resolve))
}

/// The Markdown body of a playbook.
pub fn notes(vendor: &Vendor, book: &Book) -> Html {
    let text = vendor.body_text();
    if text.trim().is_empty() {
        return Html::default();
    }
    let page = routes::vendor_page(&vendor.slug);
    let resolve = |target: &str, is_picture: bool| address(book, &vendor.file, &page, target, is_picture);
    Html::made(markdown::render(text, &vendor.outline, &Place { top: 3 }, &resolve)).with_class("div", "prose")
}

fn address(book: &Book, file: &str, page: &str, target: &str, is_picture: bool) -> Option<String> {
    book.library.routes.resolve(file, page, target, is_picture).ok().map(|href| href.address().to_owned())
}

/// The contents list of a page: its headings of the second level.
pub fn contents(page: &Page) -> Vec<(String, String)> {
    let top = page.outline.headings.iter().map(|heading| heading.level).filter(|level| *level > 1).min().unwrap_or(2);
    page.outline.headings.iter().filter(|heading| heading.level == top).map(|heading| (heading.id.clone(), heading.text.clone())).collect()
}

/// The pages beside this one, for going on reading.
pub fn siblings<'a>(page: &Page, book: &'a Book) -> Vec<&'a Page> {
    let folder = |route: &str| route.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let Some(here) = folder(&page.route) else {
        return Vec::new();
    };
    let mut pages: Vec<&Page> =
        book.pages().filter(|other| folder(&other.route).as_deref() == Some(&here) && !other.route.ends_with("/index.html")).collect();
    pages.sort_by_key(|page| (page.matter.order.copied().unwrap_or(1000), page.route.clone()));
    pages
}

/// A link from one page to another.
pub fn link(from: &str, page: &Page) -> Html {
    html::link(&routes::encode(&routes::relative(from, &page.route)), &page.title)
}
