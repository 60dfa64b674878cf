//! The reference of all fields and of all findings, made from their declarations.

use super::{Book, pages};
use crate::diagnostic::codes::CODES;
use crate::html::{Html, facts, join, list};
use crate::markdown::{self, Outline, Place, escape};
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
    }
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
    let info = entry.info;
    let shape = (info.shape)();
    let mut rows = vec![("Type".to_owned(), Html::text(&shape.called()))];
    if info.need != Need::Optional {
        rows.push(("Need".to_owned(), Html::text(info.need.label())));
    }
    rows.push(("Who may see it".to_owned(), crate::html::audience(info.audience)));
    let words = shape.choices();
    if !words.is_empty() {
        let items = words.iter().map(|(word, means)| Html::text(word).in_tag("code").and_text(&format!(" {}", one_line(means))));
        rows.push(("Words".to_owned(), list(items)));
    }
    let guides: Vec<Html> = book.guides_about(&entry.path).map(|page| pages::link(from, page)).collect();
    if !guides.is_empty() {
        rows.push(("Guides".to_owned(), join(guides, ", ")));
    }
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

/// Every finding, grouped by what it is about.
fn findings(from: &str, book: &Book) -> Vec<Group> {
    let mut families: Vec<(&str, &str)> = CODES.iter().map(|code| (&code.id[..3], family(&code.id[..3]))).collect();
    families.dedup();
    let group = |(prefix, title): &(&str, &str)| {
        let codes = CODES.iter().filter(|code| code.id.starts_with(prefix)).map(|code| {
            let mut rows = vec![("Severity".to_owned(), Html::text(code.severity.word()))];
            if code.blocking {
                rows.push(("While it stands".to_owned(), Html::text("nothing is published")));
            }
            let guides: Vec<Html> = book.guides_about(code.id).map(|page| pages::link(from, page)).collect();
            if !guides.is_empty() {
                rows.push(("Guides".to_owned(), join(guides, ", ")));
            }
            let body = prose(code.docs).and(facts(rows));
            let id = code.id;
            Html::made(format!("<div class=\"field\" id=\"{id}\"><h3>{id} {}</h3>\n{}</div>\n", code.name, body.as_str()))
        });
        Group { id: format!("{}-findings", prefix.to_lowercase()), title: (*title).to_owned(), body: join(codes, "\n") }
    };
    families.iter().map(group).collect()
}

/// What a family of codes is about; one without a title stands under its letters.
fn family(prefix: &'static str) -> &'static str {
    match prefix {
        "AUD" => "Audience marks",
        "CFG" => "Configuration",
        "FIL" => "Files",
        "LNK" => "Links",
        "STR" => "Shape of a playbook",
        "THM" => "Theme",
        other => other,
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Documentation text, which is Markdown, as HTML. A doc comment's leading spaces are not its own.
fn prose(docs: &str) -> Html {
    let text: String = docs.lines().map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect();
    Html::made(markdown::render(&text, &Outline::default(), &Place { top: 4 }, &|_| None))
}
