//! The frame around every page, whichever format makes it.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, PoisonError};

use tera::Value;

use super::{Context, Sink};
use crate::book::{self, Book};
use crate::html;
use crate::library::{Vendor, routes};
use crate::source::Broken;
use crate::theme::{View, map};

thread_local! {
    /// What a page is written into: the next page takes the room of the last one.
    static ROOM: RefCell<Vec<u8>> = RefCell::default();
}

/// Room that is kept; a larger page gives its room back.
const MOST_ROOM: usize = 1 << 20;

/// A site in the making: every page of it is laid out and handed on here.
pub struct Site<'a> {
    pub book: &'a Book,
    pub cx: &'a Context<'a>,
    pub out: &'a dyn Sink,
    shared: Arc<Shared>,
}

/// What all pages have in common.
#[derive(Default)]
struct Shared {
    /// Empty where pages stand alone, without the handbook around them.
    nav: Vec<book::NavItem>,
    /// The frames made so far, by folder and depth below it.
    frames: Mutex<Vec<((String, usize), View)>>,
}

/// Where the reader is: names and addresses from the home page down.
pub type Crumbs<'c> = &'c [(&'c str, &'c str)];

impl<'a> Site<'a> {
    /// Pages of the whole handbook.
    pub fn whole(book: &'a Book, cx: &'a Context<'a>, out: &'a dyn Sink) -> Site<'a> {
        Site { book, cx, out, shared: Arc::new(Shared { nav: book.navigation(), frames: Mutex::default() }) }
    }

    /// Pages that stand alone: nothing leads to the rest of the handbook.
    pub fn alone(book: &'a Book, cx: &'a Context<'a>, out: &'a dyn Sink) -> Site<'a> {
        Site { book, cx, out, shared: Arc::default() }
    }

    /// Pages of the same site, handed on elsewhere.
    pub fn onto<'b>(&self, out: &'b dyn Sink) -> Site<'b>
    where
        'a: 'b,
    {
        Site { book: self.book, cx: self.cx, out, shared: self.shared.clone() }
    }

    pub fn is_whole(&self) -> bool {
        !self.shared.nav.is_empty()
    }

    pub fn page(&self, route: &str, template: &str, view: &View) {
        let mut room = ROOM.take();
        room.clear();
        match self.cx.theme.render(template, view, &mut room) {
            Ok(()) => self.out.put(route, &room),
            Err(error) => {
                let error = std::io::Error::other(format!("the template {template} failed: {error}"));
                self.out.fail(Broken { path: route.into(), error });
            }
        }
        if room.capacity() <= MOST_ROOM {
            ROOM.set(room);
        }
    }

    /// What the frame around every page needs.
    pub fn frame(&self, route: &str, title: &str, body_class: &str, crumbs: Crumbs<'_>) -> View {
        let to = |target: &str| routes::encode(&routes::relative(route, target));
        let trail = crumbs.iter().map(|(name, target)| map([("title", (*name).into()), ("href", to(target).into())]));
        let mut view = self.shared_frame(route);
        view.set("page_title", title).set("crumbs", trail.collect::<Vec<Value>>()).set("body_class", body_class);
        view
    }

    /// What the frames of all pages have in common that lie as deep in the same folder of the top level, where none
    /// of them leads into that folder itself.
    fn shared_frame(&self, route: &str) -> View {
        let Some((folder, rest)) = route.split_once('/') else { return self.new_frame(route) };
        let leads_here = |target: &str| target.split('/').next() == Some(folder);
        let logo = self.book.config.logo.as_ref().map(|(logo, _)| logo);
        if logo.into_iter().chain(self.shared.nav.iter().map(|item| &item.route)).any(|target| leads_here(target)) {
            return self.new_frame(route);
        }
        let place = (folder, rest.matches('/').count());
        let mut frames = self.shared.frames.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, view)) = frames.iter().find(|((folder, depth), _)| (folder.as_str(), *depth) == place) {
            return view.clone();
        }
        let view = self.new_frame(route);
        frames.push(((folder.to_owned(), place.1), view.clone()));
        view
    }

    fn new_frame(&self, route: &str) -> View {
        let config = &self.book.config;
        let to = |target: &str| routes::encode(&routes::relative(route, target));
        let current = |item: &book::NavItem| match item.route.rsplit_once('/') {
            Some((folder, _)) => route.starts_with(&format!("{folder}/")),
            None => item.route == route || (item.route == "register.html" && (route.starts_with("vendors/") || route.starts_with("exit/"))),
        };
        let nav =
            self.shared.nav.iter().map(|item| {
                map([("title", item.title.as_str().into()), ("href", to(&item.route).into()), ("current", current(item).into())])
            });
        let logo = config.logo.as_ref().filter(|(logo, _)| self.cx.assets.contains_key(logo)).map(|(logo, _)| to(logo));
        let mut view = View::default();
        view.set("lang", config.language.as_str())
            .set("handbook", config.title.as_str())
            .set("home", to("index.html"))
            .set("css", to("assets/site.css"))
            .set("nav", nav.collect::<Vec<Value>>())
            .set("search", if self.is_whole() { to("search.html") } else { String::new() })
            .set("search_script", to("assets/search.js"))
            .set("logo", logo.unwrap_or_default())
            .set("as_of", html::date(self.book.as_of()))
            .set("revision", self.book.revision.as_str())
            .set("client", config.client.as_deref().unwrap_or_default())
            .set("footer", config.footer.as_deref().unwrap_or_default());
        view
    }

    /// Styles, scripts and pictures of the theme. Pages that stand alone have nothing to search.
    pub fn assets(&self) {
        for (name, bytes) in &self.cx.theme.assets {
            match name.as_str() {
                name if name.starts_with("search") && !self.is_whole() => {}
                "site.css" => self.out.put("assets/site.css", &[bytes, book_css(self.book).as_bytes()].concat()),
                name => self.out.put(&format!("assets/{name}"), bytes),
            }
        }
    }

    /// The handbook's logo, where it has one.
    pub fn logo(&self) {
        let logo = self.book.config.logo.as_ref().and_then(|(name, _)| Some((name, self.cx.assets.get(name)?)));
        match logo.map(|(name, asset)| (name, asset.read())) {
            Some((name, Ok(bytes))) => self.out.put(name, &bytes),
            Some((_, Err(broken))) => self.out.fail(broken),
            None => {}
        }
    }
}

/// Says on a vendor's page that its dates are not to be relied on.
pub fn error_words(vendor: &Vendor) -> String {
    match vendor.errors() {
        0 => String::new(),
        1 => "1 error: do not rely on these dates.".to_owned(),
        n => format!("{n} errors: do not rely on these dates."),
    }
}

/// Styles that depend on the book: the stamp in the margin of printed pages, and the brand's colour.
fn book_css(book: &Book) -> String {
    let stamp = format!("As of {}", book.as_of().long());
    let mut css = format!("\n:root {{ --stamp: \"{stamp}\"; }}\n");
    if let Some(colour) = &book.config.colour {
        css.push_str(&format!("@media screen {{ :root {{ --accent: {colour}; }} }}\n"));
        let dark = format!("--accent: color-mix(in srgb, {colour} 45%, white)");
        css.push_str(&format!("@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark}; }} }}\n"));
    }
    css
}
