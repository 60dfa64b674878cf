//! The reference of all fields and of all findings, made from their declarations.

use super::attention::code_link;
use super::{Book, pages};
use crate::config;
use crate::diagnostic::{Code, Severity};
use crate::html::{Html, Table, facts, join, list, sub};
use crate::markdown::{self, Outline, Place, escape};
use crate::rules::all_codes;
use crate::schema::json_schema::{self, Entry};
use crate::schema::{Generated, Need};

/// One group of entries under a heading.
pub struct Group {
    pub id: String,
    pub title: String,
    pub body: Html,
}

pub fn groups(kind: Generated, from: &str, book: &Book) -> Vec<Group> {
    match kind {
        Generated::Fields => fields(from, book),
        Generated::Findings => findings(from, book),
        Generated::Settings => settings(),
    }
}

/// Everything that `handbook.yaml` can say, and what a page of the author's own can say at its top.
fn settings() -> Vec<Group> {
    let group = |id: &str, title: &str, entries: &[Entry]| {
        let body = join(entries.iter().map(|entry| described(entry, Vec::new())), "\n");
        Group { id: id.to_owned(), title: title.to_owned(), body }
    };
    vec![
        group("in-handbook", "In handbook.yaml", config::settings()),
        group("on-pages", "At the top of a page of your own", json_schema::page_entries()),
    ]
}

/// Every field of a playbook, grouped by the top-level field it stands in.
fn fields(from: &str, book: &Book) -> Vec<Group> {
    let entries = json_schema::entries();
    let is_group = |entry: &&Entry| entry.depth == 0 && entry.section.is_some();
    let plain = entries.iter().filter(|entry| entry.depth == 0 && entry.section.is_none());
    let mut groups =
        vec![Group { id: "top-fields".into(), title: "At the top".into(), body: join(plain.map(|entry| field(entry, from, book)), "\n") }];
    for top in entries.iter().filter(is_group) {
        let prefix = format!("{}.", top.path);
        let inside = entries.iter().filter(|entry| entry.path == top.path || entry.path.starts_with(&prefix));
        let body = join(inside.map(|entry| field(entry, from, book)), "\n");
        groups.push(Group { id: format!("{}-fields", top.path), title: top.info.label(), body });
    }
    groups
}

fn field(entry: &Entry, from: &str, book: &Book) -> Html {
    let mut rows = vec![("Who may see it".to_owned(), crate::html::audience(entry.info.audience))];
    let guides: Vec<Html> = book.guides_about(&entry.path).map(|page| pages::link(from, page)).collect();
    if !guides.is_empty() {
        rows.push(("Guides".to_owned(), join(guides, ", ")));
    }
    described(entry, rows)
}

/// A field with its kind of value, the words that can be chosen from, and an example.
fn described(entry: &Entry, more: Vec<(String, Html)>) -> Html {
    let info = entry.info;
    let shape = (info.shape)();
    let mut rows = vec![("Type".to_owned(), Html::text(&shape.called()))];
    if info.need != Need::Optional {
        rows.push(("Need".to_owned(), Html::text(info.need.label())));
    }
    let words = shape.choices();
    if !words.is_empty() {
        let items = words.iter().map(|(word, means)| Html::text(word).in_tag("code").and_text(&format!(" {}", one_line(means))));
        rows.push(("Words".to_owned(), list(items)));
    }
    rows.extend(more);
    let docs = match entry.section.filter(|_| info.docs.trim().len() < 2) {
        Some(section) => section.docs,
        None => info.docs,
    };
    let key = entry.path.rsplit('.').next().unwrap_or(&entry.path);
    let path = escape(&entry.path);
    let broken = path.replace('.', ".<wbr>");
    let body = prose(docs)
        .and(facts(rows))
        .and(Html::made(format!("<pre><code class=\"language-yaml\">{}</code></pre>\n", escape(&format!("{key}: {}", info.example)))));
    Html::made(format!("<div class=\"field\" id=\"{path}\"><h3>{broken}</h3>\n{}</div>\n", body.as_str()))
}

/// Every finding, grouped by what it is about, each with its first sentence and its own page.
fn findings(from: &str, book: &Book) -> Vec<Group> {
    let group = |codes: &[&Code]| {
        let rows = codes.iter().map(|code| {
            let what = code.manual().lines().take_while(|line| !line.trim().is_empty()).collect::<Vec<_>>().join(" ");
            let id = Html::made(format!("<span id=\"{}\">", code.id)).and(code_link(code, book, from)).and(Html::made("</span>".into()));
            vec![id.and(sub(Html::text(code.name))), Html::text(severity(code)), inline(&what)]
        });
        let heads = ["Code", "Severity", "What it looks for"].map(str::to_owned).into();
        let caption = if codes.len() == 1 { "1 code".to_owned() } else { format!("{} codes", codes.len()) };
        let table = Table { caption, heads, rows }.html();
        Group { id: format!("{}-findings", codes[0].id[..3].to_lowercase()), title: codes[0].family().to_owned(), body: table }
    };
    all_codes().chunk_by(|a, b| a.family() == b.family()).map(group).collect()
}

/// The manual page of one code: its severity, its text, and the guides about it.
pub fn code_page(code: &Code, from: &str, book: &Book) -> Html {
    let mut rows = vec![("Severity".to_owned(), Html::text(severity(code))), ("About".to_owned(), Html::text(code.family()))];
    if code.blocking {
        rows.push(("While it stands".to_owned(), Html::text("nothing is published")));
    }
    let guides: Vec<Html> = book.guides_about(code.id).map(|page| pages::link(from, page)).collect();
    if !guides.is_empty() {
        rows.push(("Guides".to_owned(), join(guides, ", ")));
    }
    let page = format!("{}\n", code.manual());
    let mut nothing = crate::diagnostic::Findings::new(&"".into());
    let outline = markdown::outline(&page, 0, None, &["main", "contents"], &mut nothing);
    facts(rows).and(Html::made(markdown::render(&page, &outline, &Place { top: 2 }, &|_, _| None)))
}

/// The severity a code has unless `handbook.yaml` says otherwise.
fn severity(code: &Code) -> &'static str {
    match code.severity {
        Severity::Info => "note",
        other => other.word(),
    }
}

/// One paragraph of Markdown without the paragraph around it.
fn inline(text: &str) -> Html {
    let html = prose(text);
    let inner = html.as_str().trim().trim_start_matches("<p>").trim_end_matches("</p>").to_owned();
    Html::made(inner)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Documentation text, which is Markdown, as HTML. A doc comment's leading spaces are not its own.
fn prose(docs: &str) -> Html {
    let text: String = docs.lines().map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect();
    Html::made(markdown::render(&text, &Outline::default(), &Place { top: 4 }, &|_, _| None))
}
