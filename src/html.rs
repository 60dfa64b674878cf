//! Pieces of HTML that are safe by construction: text is escaped when it becomes [`Html`], and only
//! `Html` can be put together. Templates lay these pieces out.

use crate::calendar::{Date, UNREADABLE};
use crate::markdown::{escape, escape_into};
use crate::schema::{Audience, FieldInfo, Names, Section, Shown, plain};

/// A piece of safe HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    pub fn text(text: &str) -> Html {
        Html(escape(text))
    }

    /// HTML that was made safe elsewhere: a rendered body.
    pub fn made(html: String) -> Html {
        Html(html)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn and(mut self, other: Html) -> Html {
        if self.0.is_empty() {
            return other;
        }
        self.0.push_str(&other.0);
        self
    }

    pub fn and_text(mut self, text: &str) -> Html {
        escape_into(&mut self.0, text);
        self
    }

    pub fn in_tag(self, tag: &str) -> Html {
        self.wrapped(&["<", tag, ">"], tag)
    }

    /// The first tag of the piece with a class.
    pub fn of_class(self, class: &str) -> Html {
        Html(self.0.replacen('>', &format!(" class=\"{class}\">"), 1))
    }

    pub fn with_class(self, tag: &str, class: &str) -> Html {
        self.wrapped(&["<", tag, " class=\"", class, "\">"], tag)
    }

    fn wrapped(self, open: &[&str], tag: &str) -> Html {
        let mut out = String::with_capacity(self.0.len() + open.iter().map(|part| part.len()).sum::<usize>() + tag.len() + 3);
        push(&mut out, open);
        push(&mut out, &[&self.0, "</", tag, ">"]);
        Html(out)
    }
}

/// Adds pieces that are safe already.
pub fn push(out: &mut String, pieces: &[&str]) {
    pieces.iter().for_each(|piece| out.push_str(piece));
}

/// Adds [`date`].
pub fn push_date(out: &mut String, date: Date) {
    out.push_str("<time datetime=\"");
    date.push_iso(out);
    out.push_str("\">");
    date.push_long(out);
    out.push_str("</time>");
}

impl From<Html> for tera::Value {
    fn from(html: Html) -> tera::Value {
        tera::Value::safe_string(&html.0)
    }
}

/// Pieces one after another.
pub fn join(pieces: impl IntoIterator<Item = Html>, between: &str) -> Html {
    let mut pieces = pieces.into_iter();
    let Some(Html(mut out)) = pieces.next() else { return Html::default() };
    pieces.for_each(|piece| push(&mut out, &[between, &piece.0]));
    Html(out)
}

/// `Thu 10 Dec 2026`, readable for programs too.
pub fn date(date: Date) -> Html {
    let mut out = String::with_capacity(54);
    push_date(&mut out, date);
    Html(out)
}

pub fn link(href: &str, text: &str) -> Html {
    let mut out = String::with_capacity(href.len() + text.len() + 20);
    push_link(&mut out, href, text);
    Html(out)
}

/// Adds [`link`].
pub fn push_link(out: &mut String, href: &str, text: &str) {
    out.push_str("<a href=\"");
    escape_into(out, href);
    out.push_str("\">");
    escape_into(out, text);
    out.push_str("</a>");
}

/// A word with a shape, for states and severities: `ok`, `warn`, `bad`, `info`, `none`.
pub fn mark(kind: &str, word: &str) -> Html {
    let mut out = String::with_capacity(kind.len() + word.len() + 30);
    push_mark(&mut out, kind, word);
    Html(out)
}

/// Adds [`mark`].
pub fn push_mark(out: &mut String, kind: &str, word: &str) {
    push(out, &["<span class=\"mark ", kind, "\">"]);
    escape_into(out, word);
    out.push_str("</span>");
}

pub fn chip(word: &str) -> Html {
    Html::text(word).with_class("span", "chip")
}

pub fn sub(html: Html) -> Html {
    html.with_class("span", "sub")
}

/// A date's arithmetic in words.
pub fn how(text: &str) -> Html {
    Html::text(text).with_class("p", "how")
}

pub fn unknown() -> Html {
    Html::text(UNREADABLE).with_class("span", "unknown")
}

/// What stands where a table cell has nothing to say.
pub fn dash() -> Html {
    Html("–".to_owned())
}

/// A ruled blank to fill in by hand.
pub fn blank(label: &str) -> Html {
    let mut out = String::new();
    push_blank(&mut out, "short", label);
    Html(out)
}

/// Adds a ruled blank, `short` or `long`.
pub fn push_blank(out: &mut String, length: &str, label: &str) {
    push(out, &["<span class=\"blank ", length, "\" role=\"img\" aria-label=\""]);
    escape_into(out, label);
    out.push_str(" to fill in\"></span>");
}

pub fn list(items: impl IntoIterator<Item = Html>) -> Html {
    let mut out = String::from("<ul>");
    for item in items {
        push(&mut out, &["<li>", &item.0, "</li>"]);
    }
    out.push_str("</ul>");
    Html(out)
}

pub fn heading(text: &str) -> Html {
    Html::text(text).in_tag("h3")
}

/// Label and value rows; nothing where there are none.
pub fn facts(rows: Vec<(String, Html)>) -> Html {
    if rows.is_empty() {
        return Html::default();
    }
    let mut out = String::with_capacity(rows.iter().map(|(label, value)| label.len() + value.0.len() + 48).sum::<usize>() + 64);
    out.push_str("<dl class=\"facts\">\n");
    for (label, value) in rows {
        out.push_str("<div><dt>");
        escape_into(&mut out, &label);
        push(&mut out, &["</dt><dd>", &value.0, "</dd></div>\n"]);
    }
    out.push_str("</dl>\n");
    Html(out)
}

/// A table: its first column is the row's heading.
pub struct Table<R> {
    pub caption: String,
    pub heads: Vec<String>,
    pub rows: R,
}

impl<R: IntoIterator<Item = Vec<Html>>> Table<R> {
    pub fn html(self) -> Html {
        self.html_in("<div class=\"table\">")
    }

    /// The same in an element of its own kind, which ends as `</div>`.
    pub fn html_in(self, opening: &str) -> Html {
        let heads: Vec<String> = self.heads.iter().map(|head| escape(head)).collect();
        let rows = self.rows.into_iter();
        // About as long as it comes out: a large one is not moved while it grows.
        let mut out = String::with_capacity((rows.size_hint().0 + 1) * heads.len() * 64 + 256);
        push(&mut out, &[opening, "<table>\n<caption>"]);
        escape_into(&mut out, &self.caption);
        out.push_str("</caption>\n<thead><tr>");
        for head in &heads {
            push(&mut out, &["<th scope=\"col\">", head, "</th>"]);
        }
        out.push_str("</tr></thead>\n<tbody>\n");
        for row in rows {
            for (n, cell) in row.into_iter().enumerate() {
                match n {
                    0 => push(&mut out, &["<tr><th scope=\"row\">", &cell.0, "</th>"]),
                    n => push(&mut out, &["<td data-label=\"", &heads[n], "\">", &cell.0, "</td>"]),
                }
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody></table></div>\n");
        Html(out)
    }
}

/// A value as it stands in a row of facts: lists of several become bullets.
pub fn shown(value: &Shown) -> Html {
    match value {
        Shown::Text(text) => Html::text(text),
        Shown::Date(day) => date(*day),
        Shown::Link { text, href } => link(href, text),
        Shown::Unknown => unknown(),
        Shown::List(items) if items.is_empty() => Html::text("none"),
        Shown::List(items) if items.len() == 1 => shown(&items[0]),
        Shown::List(items) => list(items.iter().map(shown)),
        Shown::Facts(facts) => join(facts.iter().map(|(label, value)| Html::text(&format!("{label}: ")).and(in_line(value))), "; "),
    }
}

/// A value in one line: lists are joined by commas.
pub fn in_line(value: &Shown) -> Html {
    match value {
        Shown::List(items) if !items.is_empty() => join(items.iter().map(in_line), ", "),
        other => shown(other),
    }
}

/// Every field of a section that says something, in the schema's order, but those named. A field that is
/// added to the schema shows up here by itself.
pub fn fields(section: &impl Section, names: &Names, but: &[&str]) -> Vec<(String, Html)> {
    fields_as(section, names, but, shown)
}

/// [`fields`] with each value in one line, for use inside a line of text.
pub fn fields_in_line(section: &impl Section, names: &Names, but: &[&str]) -> Vec<(String, Html)> {
    fields_as(section, names, but, in_line)
}

fn fields_as(section: &impl Section, names: &Names, but: &[&str], say: fn(&Shown) -> Html) -> Vec<(String, Html)> {
    let mut rows = Vec::new();
    section.each(&mut |info: &'static FieldInfo, field| {
        if !but.contains(&info.key)
            && let Some(value) = field.show(names)
        {
            rows.push((info.label(), say(&value)));
        }
    });
    rows.extend(section.base().own().iter().map(|(key, value)| (key.clone(), Html::text(&plain(value)))));
    rows
}

/// A table of sections: the named fields become columns where any row has them, all others stand small
/// under the row's heading.
pub fn table<S: Section>(caption: &str, items: &[S], names: &Names, head: &str, columns: &[&str]) -> Html {
    if items.is_empty() {
        return Html::default();
    }
    let labels: Vec<(&str, String)> = S::info().fields.iter().map(|info| (info.key, info.label())).collect();
    let label = |key: &str| labels.iter().find(|(known, _)| *known == key).map_or("", |(_, label)| label.as_str());
    let rows: Vec<Vec<(&str, Shown)>> = items.iter().map(|item| values(item, names)).collect();
    let is_used = |column: &&&str| rows.iter().any(|row| row.iter().any(|(key, _)| key == *column));
    let used: Vec<&str> = columns.iter().filter(is_used).copied().collect();
    let body = rows.iter().zip(items).map(|(row, item)| {
        let find = |key: &str| row.iter().find(|(known, _)| *known == key).map(|(_, value)| value);
        let mut first = find(head).map_or_else(dash, in_line);
        for (key, value) in row.iter().filter(|(key, _)| *key != head && *key != "id" && !used.contains(key)) {
            first = first.and(sub(Html::text(label(key)).and_text(": ").and(in_line(value))));
        }
        for (key, value) in item.base().own() {
            first = first.and(sub(Html::text(&format!("{key}: {}", plain(value)))));
        }
        std::iter::once(first).chain(used.iter().map(|column| find(column).map_or_else(dash, in_line))).collect()
    });
    let heads = std::iter::once(head).chain(used.iter().copied()).map(|key| label(key).to_owned()).collect();
    Table { caption: caption.to_owned(), heads, rows: body }.html()
}

fn values<S: Section>(item: &S, names: &Names) -> Vec<(&'static str, Shown)> {
    let mut found = Vec::new();
    item.each(&mut |info, field| {
        if let Some(value) = field.show(names) {
            found.push((info.key, value));
        }
    });
    found
}

/// Who may see a field, for the reference.
pub fn audience(audience: Audience) -> Html {
    Html::text(audience.label())
}
