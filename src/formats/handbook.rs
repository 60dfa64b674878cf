//! The browsable handbook: home, register, calendar, a page and a checklist for each vendor, the author's
//! own pages, redirects, styles and pictures.

use rayon::prelude::*;
use tera::Value;

use super::{Context, Format, Sink};
use crate::book::{self, Block, Book, checklist, home, notice_calendar, pages, reference, register, vendor};
use crate::diagnostic::{Code, Severity};
use crate::exit;
use crate::html::{self, Html};
use crate::library::{Href, Page, Vendor, routes};
use crate::schema::Generated;
use crate::source::Broken;
use crate::theme::{View, map};

pub struct Handbook;

impl Format for Handbook {
    fn name(&self) -> &'static str {
        "handbook"
    }

    fn emit(&self, book: &Book, cx: &Context<'_>, out: &dyn Sink) {
        let site = Site { book, cx, out, nav: book.navigation() };
        site.own_pages();
        book.library.vendors.par_iter().for_each(|vendor| site.vendor(vendor));
        book.library.pages.par_iter().filter(|page| page.route != "index.html").for_each(|page| site.author(page));
        for (from, to) in &book.library.routes.redirects {
            let mut view = View::default();
            view.set("lang", book.config.language.as_str()).set("target", routes::encode(&routes::relative(from, to)));
            site.page(from, "redirect.html", &view);
        }
        for (name, bytes) in &cx.theme.assets {
            match name.as_str() {
                "site.css" => out.put("assets/site.css", &[bytes, book_css(book).as_bytes()].concat()),
                name => out.put(&format!("assets/{name}"), bytes),
            }
        }
        site.pictures();
    }
}

struct Site<'a> {
    book: &'a Book,
    cx: &'a Context<'a>,
    out: &'a dyn Sink,
    nav: Vec<book::NavItem>,
}

/// Where the reader is: names and addresses from the home page down.
type Crumbs<'c> = &'c [(&'c str, &'c str)];

impl Site<'_> {
    fn page(&self, route: &str, template: &str, view: &View) {
        match self.cx.theme.render(template, view) {
            Ok(html) => self.out.put(route, html.as_bytes()),
            Err(error) => {
                let error = std::io::Error::other(format!("the template {template} failed: {error}"));
                self.out.fail(Broken { path: route.into(), error });
            }
        }
    }

    /// What the frame around every page needs.
    fn frame(&self, route: &str, title: &str, body_class: &str, crumbs: Crumbs<'_>) -> View {
        let config = &self.book.config;
        let to = |target: &str| routes::encode(&routes::relative(route, target));
        let current = |item: &book::NavItem| match item.route.rsplit_once('/') {
            Some((folder, _)) => route.starts_with(&format!("{folder}/")),
            None => item.route == route || (item.route == "register.html" && (route.starts_with("vendors/") || route.starts_with("exit/"))),
        };
        let nav = self
            .nav
            .iter()
            .map(|item| map([("title", item.title.as_str().into()), ("href", to(&item.route).into()), ("current", current(item).into())]));
        let trail = crumbs.iter().map(|(name, target)| map([("title", (*name).into()), ("href", to(target).into())]));
        let logo = config.logo.as_ref().filter(|(logo, _)| self.cx.assets.contains_key(logo)).map(|(logo, _)| to(logo));
        let mut view = View::default();
        view.set("lang", config.language.as_str())
            .set("page_title", title)
            .set("handbook", config.title.as_str())
            .set("home", to("index.html"))
            .set("css", to("assets/site.css"))
            .set("nav", nav.collect::<Vec<Value>>())
            .set("crumbs", trail.collect::<Vec<Value>>())
            .set("logo", logo.unwrap_or_default())
            .set("body_class", body_class)
            .set("as_of", html::date(self.book.as_of()))
            .set("revision", self.book.revision.as_str())
            .set("client", config.client.as_deref().unwrap_or_default())
            .set("footer", config.footer.as_deref().unwrap_or_default());
        view
    }

    fn own_pages(&self) {
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

        let mut view = self.frame("register.html", "Register", "landscape", &[]);
        view.set("table", register::table(self.book));
        self.page("register.html", "register.html", &view);

        let months = notice_calendar::months(self.book).into_iter();
        let months = months.map(|month| {
            map([("id", month.id.into()), ("name", month.name.into()), ("list", month.list.into()), ("grid", month.grid.into())])
        });
        let mut view = self.frame("calendar.html", "Calendar", "", &[]);
        view.set("months", months.collect::<Vec<_>>());
        self.page("calendar.html", "calendar.html", &view);
    }

    fn vendor(&self, vendor: &Vendor) {
        let plan = exit::plan(vendor, self.book.as_of());
        let route = routes::vendor_page(&vendor.slug);
        let sections = vendor::sections(vendor, &plan, self.book, pages::notes(vendor, self.book));
        let lines = book::attention::lines(vendor, Severity::Info, self.book, &route);
        let attention = if lines.is_empty() { Html::default() } else { book::attention::list(lines.iter().map(|line| (None, line))) };
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
        self.checklist(vendor, &plan);
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

    fn checklist(&self, vendor: &Vendor, plan: &exit::ExitPlan) {
        let route = routes::checklist_page(&vendor.slug);
        let page = routes::vendor_page(&vendor.slug);
        let mut view = self.frame(
            &route,
            &format!("{}: offboarding checklist", vendor.name()),
            "paper",
            &[("Home", "index.html"), (vendor.name(), &page)],
        );
        let dates =
            checklist::key_dates(vendor, plan).into_iter().map(|(label, value)| map([("label", label.into()), ("value", value.into())]));
        let phases = checklist::phases(vendor, plan).into_iter().map(|phase| {
            let rows = phase.rows.into_iter().map(row).collect::<Vec<_>>();
            map([("id", phase.id.into()), ("title", phase.title.into()), ("rows", rows.into())])
        });
        let guides: Vec<Html> = self.book.guides_about("checklist").map(|page| pages::link(&route, page)).collect();
        let counts = checklist::counts(plan);
        view.set("revision", vendor.revision.as_str())
            .set("name", vendor.name())
            .set("title", vendor.title())
            .set(
                "client_side",
                vendor
                    .playbook
                    .client
                    .get()
                    .and_then(|client| client.name.text())
                    .or(self.book.config.client.as_deref())
                    .unwrap_or("our side"),
            )
            .set("errors", error_words(vendor))
            .set("dates", dates.collect::<Vec<_>>())
            .set("basis", checklist::basis(vendor, plan))
            .set("who", checklist::who(vendor, self.book))
            .set("counts", Value::from_serializable(&counts))
            .set("phases", phases.collect::<Vec<_>>())
            .set("guides", html::join(guides, ", "));
        self.page(&route, "checklist.html", &view);
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
        if page.matter.shows.copied() == Some(Generated::Findings) {
            let codes = crate::rules::all_codes();
            codes.par_iter().enumerate().for_each(|(n, code)| self.code(code, codes, n, page));
        }
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

    /// Copies every file that a page shows or links, and the logo.
    fn pictures(&self) {
        let library = &self.book.library;
        let mut names: std::collections::BTreeSet<String> = self.book.config.logo.iter().map(|(logo, _)| logo.clone()).collect();
        let of_vendors = library.vendors.iter().map(|vendor| (&vendor.file, routes::vendor_page(&vendor.slug), &vendor.outline));
        let of_pages = library.pages.iter().map(|page| (&page.file, page.route.clone(), &page.outline));
        for (file, route, outline) in of_vendors.chain(of_pages) {
            for link in &outline.links {
                if let Ok(Href::Asset { name, .. }) = library.routes.resolve(file, &route, &link.target) {
                    names.insert(name);
                }
            }
        }
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

fn row(row: checklist::Row) -> Value {
    map([
        ("id", row.id.into()),
        ("id_html", row.id_html.into()),
        ("title", row.title.into()),
        ("class", row.class.into()),
        ("details", row.details.into()),
        ("due", row.due.into()),
        ("side", row.side.into()),
        ("owner", row.owner.into()),
        ("done", row.done.into()),
        ("is_done", row.is_done.into()),
        ("is_skipped", row.is_skipped.into()),
    ])
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

fn error_words(vendor: &Vendor) -> String {
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
