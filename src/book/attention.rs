//! What needs attention at a vendor: its findings, the gravest first, each with the page of its rule.

use std::cmp::Reverse;

use super::Book;
use crate::calendar::Date;
use crate::diagnostic::{Code, Diagnostic, Lines, Severity, visible};
use crate::html::{self, Html, push, push_date, push_mark};
use crate::library::{Vendor, routes};
use crate::markdown::escape_into;
use crate::schema::Generated;

/// The gravest findings and the most pressing come first.
pub type Rank = (Reverse<Severity>, usize);

pub fn rank(finding: &Diagnostic) -> Rank {
    (Reverse(finding.severity), crate::rules::pressing(finding.code))
}

/// Findings like the first from which on they stand below it, a line each. An error always stands alone.
const MANY: usize = 2;

/// Everything that is to be said of one vendor, as a list; nothing where nothing is. `page` is where it will stand.
pub fn of_vendor(vendor: &Vendor, book: &Book, page: &str) -> Html {
    let mut findings: Vec<&Diagnostic> = vendor.findings.iter().collect();
    if findings.is_empty() {
        return Html::default();
    }
    findings.sort_by_key(|finding| rank(finding));
    let lines = Lines::of(&vendor.text);
    let mut list = List::new(book, page);
    for same in findings.chunk_by(|a, b| a.code.id == b.code.id && a.severity == b.severity) {
        match same {
            [first, more @ ..] if more.len() >= MANY && first.severity != Severity::Error => list.add_like(first, more, &lines),
            same => same.iter().for_each(|finding| list.add(None, finding, &lines)),
        }
    }
    list.html()
}

/// A list of findings in the making.
pub struct List<'a> {
    page: &'a str,
    /// The address of the reference of findings, where the handbook has one.
    reference: Option<&'a str>,
    out: String,
}

impl<'a> List<'a> {
    pub fn new(book: &'a Book, page: &'a str) -> List<'a> {
        List { page, reference: reference(book), out: String::from("<ul class=\"findings\">") }
    }

    /// Adds a finding: a word with a shape, what is the matter, and where it is written. On a page about many vendors
    /// it begins with the vendor's name.
    pub fn add(&mut self, vendor: Option<Html>, finding: &Diagnostic, lines: &Lines<'_>) {
        self.begin(vendor, finding, lines);
        self.out.push_str("</div></li>");
    }

    /// Adds a finding, and below it what is the matter and where with others of its kind, and what to do
    /// where that is something else.
    fn add_like(&mut self, first: &Diagnostic, more: &[&Diagnostic], lines: &Lines<'_>) {
        self.begin(None, first, lines);
        let out = &mut self.out;
        push(out, &["<p>And ", &more.len().to_string(), " more like it:</p><ul class=\"more\">"]);
        for finding in more {
            out.push_str("<li>");
            push_words(out, &visible(&finding.message));
            if let Some(help) = finding.help.as_ref().filter(|help| first.help.as_ref() != Some(help)) {
                out.push(' ');
                push_words(out, &visible(help));
            }
            let place = lines.position(finding.span.start);
            push(out, &[" <span class=\"place\">:", &place.line.to_string(), ":", &place.column.to_string(), "</span></li>"]);
        }
        out.push_str("</ul></div></li>");
    }

    /// A finding, open for what stands below it.
    fn begin(&mut self, vendor: Option<Html>, finding: &Diagnostic, lines: &Lines<'_>) {
        let (kind, word) = match finding.severity {
            Severity::Error => ("bad", "Error"),
            Severity::Warning => ("warn", "Warning"),
            Severity::Info => ("info", "Note"),
        };
        let out = &mut self.out;
        out.push_str("<li>");
        push_mark(out, kind, word);
        out.push_str("<div><p>");
        if let Some(vendor) = vendor {
            push(out, &[vendor.as_str(), ": "]);
        }
        push_words(out, &visible(&finding.message));
        out.push(' ');
        push_code_link(out, finding.code, self.reference, self.page);
        out.push_str("</p>");
        if let Some(help) = &finding.help {
            out.push_str("<p>");
            push_words(out, &visible(help));
            out.push_str("</p>");
        }
        let place = lines.position(finding.span.start);
        out.push_str("<p class=\"place\">");
        escape_into(out, &finding.file);
        push(out, &[":", &place.line.to_string(), ":", &place.column.to_string(), "</p>"]);
    }

    pub fn html(mut self) -> Html {
        self.out.push_str("</ul>");
        Html::made(self.out)
    }
}

/// What a finding says.
pub fn words(finding: &Diagnostic) -> Html {
    let mut out = String::new();
    push_words(&mut out, &visible(&finding.message));
    Html::made(out)
}

/// Adds a text in which backticks surround what is written in a file.
fn push_words(out: &mut String, text: &str) {
    for (n, piece) in text.split('`').enumerate() {
        if n % 2 == 1 {
            out.push_str("<code>");
            escape_into(out, piece);
            out.push_str("</code>");
        } else {
            push_with_dates(out, piece);
        }
    }
}

/// Adds a text in which days, `Thu 2026-12-10`, stand as they do on every page.
fn push_with_dates(out: &mut String, text: &str) {
    const WEEKDAYS: [&str; 7] = ["Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat ", "Sun "];
    // A day is found by the two hyphens of its date.
    let day_at = |hyphen: usize| {
        let at = hyphen.checked_sub(8)?;
        let name = text.get(at..at + 4).filter(|name| WEEKDAYS.contains(name))?;
        Some((at, Date::parse(text.get(at + name.len()..at + 14)?).ok()?))
    };
    let mut done = 0;
    for (at, day) in text.match_indices('-').filter_map(|(hyphen, _)| day_at(hyphen)) {
        escape_into(out, &text[done..at]);
        push_date(out, day);
        done = at + 14;
    }
    escape_into(out, &text[done..]);
}

/// The code, as a link to its own page where the handbook has the reference of findings.
pub fn code_link(code: &Code, book: &Book, page: &str) -> Html {
    let mut out = String::new();
    push_code_link(&mut out, code, reference(book), page);
    Html::made(out)
}

fn push_code_link(out: &mut String, code: &Code, reference: Option<&str>, page: &str) {
    match reference {
        Some(reference) => {
            let target = routes::code_page(reference, code.id);
            html::push_link(out, &routes::encode(&routes::relative(page, &target)), code.id);
        }
        None => escape_into(out, code.id),
    }
}

fn reference(book: &Book) -> Option<&str> {
    book.pages().find(|page| page.matter.shows.copied() == Some(Generated::Findings)).map(|page| page.route.as_str())
}
