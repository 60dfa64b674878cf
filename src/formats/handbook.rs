//! The browsable handbook: home, register, calendar, a page and a checklist for each vendor, the author's
//! own pages, redirects, styles and pictures.

use std::collections::BTreeSet;

use rayon::prelude::*;
use tera::Value;

use super::site::{Site, error_words};
use super::{Context, Format, Sink, sheets};
use crate::book::{self, Block, Book, home, notice_calendar, pages, reference, register, vendor};
use crate::diagnostic::Code;
use crate::exit::{self, ExitPlan};
use crate::html::{self, Html};
use crate::library::{Href, Page, Vendor, routes};
use crate::schema::Generated;
use crate::theme::{View, map};

pub struct Handbook;

impl Format for Handbook {
    fn name(&self) -> &'static str {
        "handbook"
    }

    fn emit(&self, book: &Book, cx: &Context<'_>, out: &dyn Sink) {
        let site = Site::whole(book, cx, out);
        rayon::scope(|scope| {
            scope.spawn(|_| cx.of_everything(self.name(), out, &mut |out| site.onto(out).shared()));
            scope.spawn(|_| site.logo());
            scope.spawn(|_| site.pictures());
            book.library.vendors.par_iter().for_each(|vendor| {
                cx.of_vendor(vendor, book, out, &mut |out| {
                    let site = site.onto(out);
                    let plan = exit::plan(vendor, book.as_of());
                    site.vendor(vendor, &plan);
                    sheets::of_vendor(&site, vendor, &plan);
                });
            });
        });
    }

    fn emit_one(&self, path: &str, book: &Book, cx: &Context<'_>, out: &dyn Sink) {
        let site = Site::whole(book, cx, out);
        match path {
            "index.html" => return site.home(),
            "register.html" => return site.register(),
            "calendar.html" => return site.calendar(),
            _ => {}
        }
        if let Some(vendor) = routes::slugs_of(path).find_map(|slug| book.library.vendor(slug)) {
            if path == routes::vendor_page(&vendor.slug) {
                return site.vendor(vendor, &exit::plan(vendor, book.as_of()));
            }
            sheets::one(&site, vendor, path);
        }
        if let Ok(n) = book.library.pages.binary_search_by(|page| page.route.as_str().cmp(path)) {
            site.author(&book.library.pages[n]);
        } else if let Some(to) = book.library.routes.redirects.get(path) {
            site.redirect(path, to);
        } else if path.starts_with("assets/") && !path.starts_with(crate::search::FOLDER) {
            site.assets();
        } else if cx.assets.contains_key(path) {
            site.logo();
            site.pictures();
        } else {
            site.code_at(path);
        }
    }
}

impl Site<'_> {
    /// What may show anything of the handbook.
    fn shared(&self) {
        rayon::join(|| self.home(), || rayon::join(|| self.register(), || self.calendar()));
        let library = &self.book.library;
        library.pages.par_iter().filter(|page| page.route != "index.html").for_each(|page| self.author(page));
        self.codes();
        library.routes.redirects.iter().for_each(|(from, to)| self.redirect(from, to));
        self.assets();
    }

    fn redirect(&self, from: &str, to: &str) {
        let mut view = View::default();
        view.set("lang", self.book.config.language.as_str()).set("target", routes::encode(&routes::relative(from, to)));
        self.page(from, "redirect.html", &view);
    }

    fn home(&self) {
        let intro = self.book.library.pages.iter().find(|page| page.route == "index.html");
        let home = home::page(self.book);
        let title = intro.map_or(self.book.config.title.as_str(), |page| &page.title);
        let mut view = self.frame("index.html", "Home", "", &[]);
        let strip = home.strip.into_iter().map(|(label, value, below)| strip_row(label, value, &below, label == "Next date"));
        view.set("title", title)
            .set("lead", intro.and_then(|page| page.matter.summary.text()).unwrap_or_default())
            .set("intro", intro.map_or_else(Html::default, |page| pages::body(page, self.book)))
            .set("strip", strip.collect::<Vec<_>>())
            .set("attention", home.attention)
            .set("next", home.next)
            .set("exits", home.exits)
            .set("quiet", home.quiet)
            .set("vendors", home.vendors);
        self.page("index.html", "home.html", &view);
    }

    fn register(&self) {
        let mut view = self.frame("register.html", "Register", "landscape", &[]);
        view.set("table", register::table(self.book));
        self.page("register.html", "register.html", &view);
    }

    fn calendar(&self) {
        let months = notice_calendar::months(self.book).into_iter();
        let months = months.map(|month| {
            map([("id", month.id.into()), ("name", month.name.into()), ("list", month.list.into()), ("grid", month.grid.into())])
        });
        let mut view = self.frame("calendar.html", "Calendar", "", &[]);
        let unsure = notice_calendar::unsure(self.book);
        let unsure = if unsure.is_empty() { Html::default() } else { html::join(unsure, ", ").and_text(", ").and(html::unknown()) };
        view.set("months", months.collect::<Vec<_>>()).set("unsure", unsure);
        self.page("calendar.html", "calendar.html", &view);
    }

    fn vendor(&self, vendor: &Vendor, plan: &ExitPlan) {
        let route = routes::vendor_page(&vendor.slug);
        let sections = vendor::sections(vendor, plan, self.book, pages::notes(vendor, self.book));
        let attention = book::attention::of_vendor(vendor, self.book, &route);
        let strip = vendor::strip(vendor, self.book).into_iter().map(|row| strip_row(row.label, row.value, &row.below, row.is_key));
        let mut view = self.frame(&route, vendor.title(), "", &[("Home", "index.html"), ("Register", "register.html")]);
        view.set("revision", vendor.revision.as_str())
            .set("title", vendor.title())
            .set("name", vendor.name())
            .set("lead", vendor.playbook.summary.text().unwrap_or_default())
            .set("strip", strip.collect::<Vec<_>>())
            .set("errors", error_words(vendor))
            .set("attention", attention)
            .set("sections", sections.into_iter().map(|block| self.section(block, &route)).collect::<Vec<_>>());
        self.page(&route, "vendor.html", &view);
    }

    fn section(&self, block: Block, route: &str) -> Value {
        let subject = subject(block.id);
        let guides = self.book.guides_under(subject).filter(|_| !subject.is_empty()).map(|page| pages::link(route, page));
        let guides: Vec<Html> = guides.take(2).collect();
        let guides = if guides.is_empty() { Html::default() } else { Html::text("Guides: ").and(html::join(guides, ", ")) };
        map([
            ("id", block.id.into()),
            ("title", block.title.into()),
            ("empty", block.is_empty().into()),
            ("hint", block.hint.into()),
            ("guides", guides.into()),
            ("body", block.body.into()),
        ])
    }

    fn author(&self, page: &Page) {
        let folder_index =
            page.route.split_once('/').map(|(folder, _)| format!("{folder}/index.html")).filter(|index| *index != page.route);
        let chapter = folder_index.and_then(|index| self.book.library.pages.iter().find(|other| other.route == index));
        let mut crumbs = vec![("Home", "index.html")];
        crumbs.extend(chapter.map(|chapter| (chapter.title.as_str(), chapter.route.as_str())));
        let mut view = self.frame(&page.route, &page.title, "", &crumbs);
        let groups = page.matter.shows.copied().map_or_else(Vec::new, |kind| reference::groups(kind, &page.route, self.book));
        let mut contents = pages::contents(page);
        contents.extend(groups.iter().map(|group| (group.id.clone(), group.title.clone())));
        let contents = contents.into_iter().map(|(id, title)| map([("id", id.into()), ("title", title.into())]));
        let groups =
            groups.into_iter().map(|group| map([("id", group.id.into()), ("title", group.title.into()), ("body", group.body.into())]));
        let siblings = pages::siblings(page, self.book);
        let at = siblings.iter().position(|other| other.route == page.route);
        let beside = |n: Option<usize>| n.and_then(|n| siblings.get(n)).map_or_else(Html::default, |other| pages::link(&page.route, other));
        view.set("revision", page.revision.as_str())
            .set("title", page.title.as_str())
            .set("lead", page.matter.summary.text().unwrap_or_default())
            .set("contents", contents.collect::<Vec<_>>())
            .set("body", pages::body(page, self.book))
            .set("groups", groups.collect::<Vec<_>>())
            .set("about", self.about(page))
            .set("previous", beside(at.and_then(|n| n.checked_sub(1))))
            .set("next", beside(at.map(|n| n + 1)));
        self.page(&page.route, "page.html", &view);
    }

    /// The manual pages of all codes, below each page that lists the findings.
    fn codes(&self) {
        let codes = crate::rules::all_codes();
        for page in self.references() {
            codes.par_iter().enumerate().for_each(|(n, code)| self.code(code, codes, n, page));
        }
    }

    fn code_at(&self, path: &str) {
        let codes = crate::rules::all_codes();
        for page in self.references() {
            if let Some(n) = codes.iter().position(|code| routes::code_page(&page.route, code.id) == path) {
                self.code(codes[n], codes, n, page);
            }
        }
    }

    fn references(&self) -> impl Iterator<Item = &Page> {
        self.book.pages().filter(|page| page.matter.shows.copied() == Some(Generated::Findings))
    }

    /// The manual page of one code, below the reference of findings.
    fn code(&self, code: &Code, all: &[&Code], n: usize, reference: &Page) {
        let route = routes::code_page(&reference.route, code.id);
        let title = format!("{} {}", code.id, code.name);
        let mut view = self.frame(&route, &title, "", &[("Home", "index.html"), (&reference.title, &reference.route)]);
        let beside = |n: Option<usize>| {
            n.and_then(|n| all.get(n)).map_or_else(Html::default, |other| book::attention::code_link(other, self.book, &route))
        };
        view.set("revision", self.book.revision.as_str())
            .set("title", title.as_str())
            .set("lead", "")
            .set("contents", Vec::<Value>::new())
            .set("body", reference::code_page(code, &route, self.book))
            .set("groups", Vec::<Value>::new())
            .set("about", Html::default())
            .set("previous", beside(n.checked_sub(1)))
            .set("next", beside(Some(n + 1)));
        self.page(&route, "page.html", &view);
    }

    /// The fields and findings a page is about, linked where a page shows them.
    fn about(&self, page: &Page) -> Html {
        let shown = |kind| self.book.library.pages.iter().find(|other| other.matter.shows.copied() == Some(kind));
        let links = page.matter.about.items().iter().map(|item| {
            if let Some(code) = crate::rules::find(&item.value) {
                return book::attention::code_link(code, self.book, &page.route);
            }
            match shown(crate::schema::Generated::Fields).filter(|_| item.value != "checklist") {
                Some(target) => {
                    html::link(&format!("{}#{}", routes::encode(&routes::relative(&page.route, &target.route)), item.value), &item.value)
                }
                None => Html::text(&item.value),
            }
        });
        html::join(links, ", ")
    }

    /// Copies every file that a page shows or links.
    fn pictures(&self) {
        let library = &self.book.library;
        let of_vendors = library.vendors.par_iter().map(|vendor| (&vendor.file, routes::vendor_page(&vendor.slug), &vendor.outline));
        let of_pages = library.pages.par_iter().map(|page| (&page.file, page.route.clone(), &page.outline));
        let shown = of_vendors.chain(of_pages).flat_map_iter(|(file, route, outline)| {
            outline.links.iter().filter_map(move |link| match library.routes.resolve(file, &route, &link.target, link.is_image) {
                Ok(Href::Asset { name, .. }) => Some(name),
                _ => None,
            })
        });
        let mut names: BTreeSet<String> = shown.collect();
        // The logo is there already.
        self.book.config.logo.iter().for_each(|(logo, _)| {
            names.remove(logo);
        });
        for name in names {
            match self.cx.assets.get(&name).map(crate::source::Asset::read) {
                Some(Ok(bytes)) => self.out.put(&name, &bytes),
                Some(Err(broken)) => self.out.fail(broken),
                None => {}
            }
        }
    }
}

fn strip_row(label: &'static str, value: Html, below: &str, is_key: bool) -> Value {
    map([("label", label.into()), ("value", value.into()), ("below", below.into()), ("key", is_key.into())])
}

/// The field whose guides belong beside a section.
fn subject(section: &str) -> &'static str {
    match section {
        "why" => "purpose",
        "brief" => "brief",
        "contacts" => "contacts",
        "services" => "services",
        "contract" => "contract",
        "expectations" => "expectations",
        "service-levels" => "slas",
        "rhythm" => "communication",
        "decisions" => "control",
        "nda" => "nda",
        "access" => "access",
        "deliverables" => "deliverables",
        "feedback" => "feedback",
        "exit" => "exit",
        "debrief" => "debrief",
        _ => "",
    }
}
