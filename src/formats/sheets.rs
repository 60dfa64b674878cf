//! Sheets as pages: each on its own address, the whole exit pack on one, the working sheets of a vendor on
//! another.

mod blocks;

use tera::Value;

use super::site::Site;
use crate::book::pages;
use crate::config::Paper;
use crate::exit::{self, ExitPlan};
use crate::html::{self, Html};
use crate::library::{Vendor, routes};
use crate::paper::{Pack, Sheet};
use crate::pdf::{self, PageSize};
use crate::sheets::{self, Desk, Kind};
use crate::source::Broken;
use crate::theme::{View, map};

/// The sheets of one vendor: its checklist always, the whole pack where it is at risk or leaving, and the
/// working sheets for where it stands.
pub fn of_vendor(site: &Site<'_>, vendor: &Vendor, plan: &ExitPlan) {
    let desk = Desk { vendor, plan, config: &site.book.config, as_of: site.book.as_of(), notes: Vec::new() };
    if sheets::has_pack(vendor) {
        let kinds: Vec<&'static Kind> = sheets::exit_kinds().collect();
        pack(site, &desk, &kinds, sheets::has_pdf(vendor, &site.book.config));
    } else {
        alone(site, &desk, sheets::CHECKLIST);
        if sheets::has_pdf(vendor, &site.book.config) {
            pdf(site, &desk, desk.pack("Exit pack", sheets::pack_kinds()));
        }
    }
    working(site, &desk);
}

/// The one page or file of a vendor's sheets that stands at a path; nothing where there is none.
pub fn one(site: &Site<'_>, vendor: &Vendor, path: &str) {
    let plan = exit::plan(vendor, site.book.as_of());
    let desk = Desk { vendor, plan: &plan, config: &site.book.config, as_of: site.book.as_of(), notes: Vec::new() };
    let (has_pack, has_pdf) = (sheets::has_pack(vendor), sheets::has_pdf(vendor, &site.book.config));
    let kinds: Vec<&'static Kind> = if has_pack { sheets::exit_kinds().collect() } else { sheets::CHECKLIST.to_vec() };
    if path == routes::working_page(&vendor.slug) {
        working(site, &desk);
    } else if path == routes::pack_page(&vendor.slug) && has_pack {
        let made = desk.pack("Exit pack", kinds.iter().copied());
        whole(site, &desk, &kinds, &made, &lay_out(&made));
    } else if path == routes::pack_pdf(&vendor.slug) && has_pdf {
        let printed: Vec<&'static Kind> = if has_pack { kinds } else { sheets::pack_kinds().collect() };
        pdf(site, &desk, desk.pack("Exit pack", printed.into_iter()));
    } else {
        let wanted: Vec<&'static Kind> = kinds.into_iter().filter(|kind| routes::sheet_page(&vendor.slug, kind.name) == path).collect();
        alone(site, &desk, &wanted);
    }
}

/// Some sheets, each on its own page.
fn alone(site: &Site<'_>, desk: &Desk<'_>, kinds: &[&'static Kind]) {
    let made = desk.pack("Exit pack", kinds.iter().copied());
    each(site, desk, kinds, &made, &lay_out(&made));
}

/// The whole pack on one page, each of its sheets on its own, and all of it as a PDF where that is wanted.
pub fn pack(site: &Site<'_>, desk: &Desk<'_>, kinds: &[&'static Kind], with_pdf: bool) {
    let made = desk.pack(title_of(kinds), kinds.iter().copied());
    let laid = lay_out(&made);
    whole(site, desk, kinds, &made, &laid);
    each(site, desk, kinds, &made, &laid);
    if with_pdf {
        pdf(site, desk, made);
    }
}

/// The sheets of the pack on one page; all that there are, where none of them is of the pack.
fn whole(site: &Site<'_>, desk: &Desk<'_>, kinds: &[&'static Kind], made: &Pack, laid: &[Laid]) {
    let inside: Vec<&Laid> = laid.iter().zip(kinds).filter(|(_, kind)| kind.is_of_pack()).map(|(laid, _)| laid).collect();
    let shown = if inside.is_empty() { laid.iter().collect() } else { inside };
    page(site, desk, &routes::pack_page(&desk.vendor.slug), title_of(kinds), made, &shown, kinds);
}

/// What sheets are called together.
fn title_of(kinds: &[&Kind]) -> &'static str {
    if kinds.iter().any(|kind| kind.is_of_exit()) { "Exit pack" } else { "Working sheets" }
}

/// Each sheet on its own page.
fn each(site: &Site<'_>, desk: &Desk<'_>, kinds: &[&'static Kind], made: &Pack, laid: &[Laid]) {
    for (kind, laid) in kinds.iter().zip(laid) {
        page(site, desk, &routes::sheet_page(&desk.vendor.slug, kind.name), kind.title, made, &[laid], &[]);
    }
}

fn working(site: &Site<'_>, desk: &Desk<'_>) {
    let kinds: Vec<&'static Kind> = sheets::working_kinds(desk.vendor).collect();
    if !kinds.is_empty() {
        let made = desk.pack("Working sheets", kinds.into_iter());
        let laid = lay_out(&made);
        page(site, desk, &routes::working_page(&desk.vendor.slug), "Working sheets", &made, &laid.iter().collect::<Vec<_>>(), &[]);
    }
}

/// A sheet as a page shows it, once for each of its copies.
struct Laid {
    name: &'static str,
    title: String,
    copies: Vec<Value>,
}

/// Lays out each sheet once, however many pages show it.
fn lay_out(made: &Pack) -> Vec<Laid> {
    let laid = |sheet: &Sheet| Laid {
        name: sheet.name,
        title: sheet.title.clone(),
        copies: sheet.copies.iter().enumerate().map(|(n, copy)| leaf(sheet, n, copy, made)).collect(),
    };
    made.sheets.iter().map(laid).collect()
}

fn leaf(sheet: &Sheet, n: usize, copy: &str, made: &Pack) -> Value {
    map([
        ("id", if n == 0 { sheet.name.into() } else { format!("{}-{}", sheet.name, n + 1).into() }),
        ("letter", sheet.letter.map(String::from).unwrap_or_default().into()),
        ("title", sheet.title.as_str().into()),
        ("copy", copy.into()),
        ("is_first", (n == 0).into()),
        ("layout", layout(sheet).into()),
        ("dates", dates(sheet).into()),
        ("warnings", sheet.warnings.iter().map(|warning| Value::from(warning.as_str())).collect::<Vec<_>>().into()),
        ("body", blocks::html(sheet, copy, made).into()),
    ])
}

/// The sheets as one PDF. What no font has letters for is written in Latin letters, and said on the paper and to
/// the person who builds.
fn pdf(site: &Site<'_>, desk: &Desk<'_>, mut made: Pack) {
    let path = routes::pack_pdf(&desk.vendor.slug);
    let config = &site.book.config;
    let fonts = site.cx.fonts(config, site.out);
    let size = if config.paper == Some(Paper::Letter) { PageSize::Letter } else { PageSize::A4 };
    let mut rendered = pdf::render(&made, size, fonts);
    if let Ok(first) = &rendered
        && !first.substituted.is_empty()
    {
        let shown: Vec<&str> = first.substituted.iter().take(3).map(String::as_str).collect();
        let more = if first.substituted.len() > shown.len() { " and others" } else { "" };
        site.out.note(format!(
            "{path}: no font has letters for {}{more}, written in Latin letters. Name a font under `brand.fonts`",
            shown.join(", ")
        ));
        let warning = "Some names stand here in Latin letters: no font for their script is set up.";
        made.sheets.iter_mut().for_each(|sheet| sheet.warnings.push(warning.to_owned()));
        rendered = pdf::render(&made, size, fonts);
    }
    match rendered {
        Ok(rendered) => site.out.put(&path, &rendered.bytes),
        Err(why) => site.out.fail(Broken { path: path.into(), error: std::io::Error::other(format!("the PDF could not be made: {why}")) }),
    }
}

/// A page of sheets. `parts` are the sheets it leads to.
fn page(site: &Site<'_>, desk: &Desk<'_>, route: &str, title: &str, made: &Pack, laid: &[&Laid], parts: &[&Kind]) {
    let vendor = desk.vendor;
    let own = routes::vendor_page(&vendor.slug);
    let pack_page = routes::pack_page(&vendor.slug);
    let mut crumbs = if site.is_whole() { vec![("Home", "index.html"), (vendor.name(), own.as_str())] } else { Vec::new() };
    let is_part = sheets::has_pack(vendor) && route.starts_with("exit/") && route != pack_page;
    if is_part {
        crumbs.push(("Exit pack", &pack_page));
    }
    let to = |target: &str| routes::encode(&routes::relative(route, target));
    let links = parts.iter().map(|kind| {
        let letter = kind.letter.map_or(String::new(), |letter| format!("{letter}  "));
        html::link(&to(&routes::sheet_page(&vendor.slug, kind.name)), &format!("{letter}{}", kind.title))
    });
    let inner = laid.iter().filter(|_| parts.is_empty() && laid.len() > 1);
    let links: Vec<Html> = links.chain(inner.map(|sheet| html::link(&format!("#{}", sheet.name), &sheet.title))).collect();
    let guides: Vec<Html> = site.book.guides_about("checklist").filter(|_| site.is_whole()).map(|page| pages::link(route, page)).collect();
    let sheets = laid.iter().flat_map(|laid| laid.copies.iter().cloned());
    let mut view: View = site.frame(route, &format!("{}: {title}", vendor.name()), "paper", &crumbs);
    view.set("revision", vendor.revision.as_str())
        .set("title", title)
        .set("vendor", vendor.name())
        .set("client", made.client.as_str())
        .set("slug", &*vendor.slug)
        .set("handbook_id", site.book.config.id.as_str())
        .set("last_day", vendor.derived.termination.map(|day| day.to_string()).unwrap_or_default())
        .set("people", desk.people(crate::schema::Side::Client).into_iter().map(Value::from).collect::<Vec<_>>())
        .set("links", links.into_iter().map(Value::from).collect::<Vec<_>>())
        .set("guides", html::join(guides, ", "))
        .set("sheets_css", to("assets/sheets.css"))
        .set("ticks_js", to("assets/ticks.js"))
        .set("sheets", sheets.collect::<Vec<_>>());
    site.page(route, "sheet.html", &view);
}

fn dates(sheet: &Sheet) -> Vec<Value> {
    let date =
        |(label, value): &(String, crate::paper::Text)| map([("label", label.as_str().into()), ("value", blocks::text(value).into())]);
    sheet.dates.iter().map(date).collect()
}

fn layout(sheet: &Sheet) -> &'static str {
    match (sheet.is_landscape, sheet.is_tight) {
        (true, _) => "wide",
        (false, true) => "tight",
        (false, false) => "",
    }
}
