//! What needs attention at a vendor: its findings, the gravest first, each with the page of its rule.

use super::Book;
use crate::calendar::Date;
use crate::diagnostic::{Code, Diagnostic, Lines, Severity, visible};
use crate::html::{self, Html, mark};
use crate::library::{Vendor, routes};
use crate::schema::Generated;

/// One line: a word with a shape, what is the matter, and where it is written.
pub struct Line {
    /// The gravest and the most pressing come first.
    pub rank: (std::cmp::Reverse<Severity>, usize),
    severity: Severity,
    text: Html,
    help: Html,
    place: String,
}

/// The findings of one vendor that weigh at least so much. `page` is where they will stand.
pub fn lines(vendor: &Vendor, least: Severity, book: &Book, page: &str) -> Vec<Line> {
    let mut findings: Vec<&Diagnostic> = vendor.findings.iter().filter(|finding| finding.severity >= least).collect();
    if findings.is_empty() {
        return Vec::new();
    }
    findings.sort_by_key(|finding| rank(finding));
    let places = Lines::of(&vendor.text);
    let line = |finding: &&Diagnostic| {
        let place = places.position(finding.span.start);
        Line {
            rank: rank(finding),
            severity: finding.severity,
            text: words(finding).and_text(" ").and(code_link(finding.code, book, page)),
            help: finding.help.as_deref().map_or_else(Html::default, |help| with_code(&visible(help)).in_tag("p")),
            place: format!("{}:{}:{}", finding.file, place.line, place.column),
        }
    };
    findings.iter().map(line).collect()
}

fn rank(finding: &Diagnostic) -> (std::cmp::Reverse<Severity>, usize) {
    (std::cmp::Reverse(finding.severity), crate::rules::pressing(finding.code))
}

/// What a finding says.
pub fn words(finding: &Diagnostic) -> Html {
    with_code(&visible(&finding.message))
}

/// Text in which backticks surround what is written in a file.
fn with_code(text: &str) -> Html {
    let pieces = text.split('`').enumerate();
    pieces.fold(Html::default(), |all, (n, piece)| all.and(if n % 2 == 1 { Html::text(piece).in_tag("code") } else { with_dates(piece) }))
}

/// Text in which days, `Thu 2026-12-10`, stand as they do on every page.
fn with_dates(text: &str) -> Html {
    const WEEKDAYS: [&str; 7] = ["Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat ", "Sun "];
    // A day is found by the two hyphens of its date.
    let day_at = |hyphen: usize| {
        let at = hyphen.checked_sub(8)?;
        let name = text.get(at..at + 4).filter(|name| WEEKDAYS.contains(name))?;
        Some((at, Date::parse(text.get(at + name.len()..at + 14)?).ok()?))
    };
    let (mut html, mut done) = (Html::default(), 0);
    for (at, day) in text.match_indices('-').filter_map(|(hyphen, _)| day_at(hyphen)) {
        html = html.and_text(&text[done..at]).and(html::date(day));
        done = at + 14;
    }
    html.and_text(&text[done..])
}

/// The code, as a link to its own page where the handbook has the reference of findings.
pub fn code_link(code: &Code, book: &Book, page: &str) -> Html {
    let reference = book.library.pages.iter().find(|page| page.matter.shows.copied() == Some(Generated::Findings));
    match reference {
        Some(reference) => {
            let target = routes::code_page(&reference.route, code.id);
            html::link(&routes::encode(&routes::relative(page, &target)), code.id)
        }
        None => Html::text(code.id),
    }
}

/// The lines as a list; on a page about many vendors each begins with the vendor's name.
pub fn list<'a>(lines: impl IntoIterator<Item = (Option<Html>, &'a Line)>) -> Html {
    let items = lines.into_iter().map(|(vendor, line)| {
        let (kind, word) = match line.severity {
            Severity::Error => ("bad", "Error"),
            Severity::Warning => ("warn", "Warning"),
            Severity::Info => ("info", "Note"),
        };
        let text = vendor.map_or(line.text.clone(), |vendor| vendor.and_text(": ").and(line.text.clone()));
        let place = Html::text(&line.place).with_class("p", "place");
        mark(kind, word).and(text.in_tag("p").and(line.help.clone()).and(place).in_tag("div"))
    });
    html::list(items).of_class("findings")
}
