//! A Markdown body as an HTML fragment, and its outline: headings, links, images. Raw HTML is shown as
//! text. Parts between `::: internal` and `:::` carry their audience.

mod audience;
mod highlight;
mod slips;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::diagnostic::{Findings, Patch, Span, codes, quoted};
use crate::schema::{Visibility, slug};
use audience::{Marked, Marker};

/// What a body holds that other pages and checks ask about.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    pub headings: Vec<Heading>,
    pub links: Vec<Link>,
}

#[derive(Debug, Clone)]
pub struct Heading {
    /// 1 to 6, as written.
    pub level: u8,
    pub id: String,
    pub text: String,
}

/// A link or image, as written.
#[derive(Debug, Clone)]
pub struct Link {
    pub target: String,
    pub at: Span,
    pub is_image: bool,
}

/// Where a body stands in its page.
pub struct Place {
    /// The level its topmost heading gets, 2 or 3.
    pub top: u8,
}

/// Turns the target of a link, or of a picture where it says true, into an address; into nothing where it is not to be
/// made.
pub type Resolve<'a> = &'a dyn Fn(&str, bool) -> Option<String>;

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

/// Reads the headings and links of the body that begins at a byte of a file. The page may be marked for some readers.
pub fn outline(text: &str, body: usize, page: Option<Visibility>, taken: &[&str], findings: &mut Findings) -> Outline {
    let marked = Marked::read(&text[body..], page, |span, code, message, help| {
        findings.add(code, Span::new(body + span.start, body + span.end), message).help(help);
    });
    let mut outline = Outline::default();
    let mut used: HashSet<Cow<'_, str>> = taken.iter().map(|id| Cow::Borrowed(*id)).collect();
    let mut counts = HashMap::new();
    let mut open: Option<(u8, String)> = None;
    let (mut plain, mut is_code) = (0..0, false);
    for (event, range) in Parser::new_ext(&marked.text, options()).into_offset_iter() {
        let is_plain = !is_code && matches!(event, Event::Text(_));
        if is_plain && plain.end == range.start {
            plain.end = range.end;
        } else {
            report_spaced(&marked, std::mem::replace(&mut plain, if is_plain { range.clone() } else { 0..0 }), body, findings);
        }
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Start(Tag::Heading { level, .. }) => open = Some((level as u8, String::new())),
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, text)) = open.take() {
                    outline.headings.push(Heading { level, id: unique(&text, &mut used, &mut counts), text });
                }
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some((_, text)) = &mut open {
                    text.push_str(&words);
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => outline.links.push(link(&marked, &dest_url, range, body, false)),
            Event::Start(Tag::Image { dest_url, .. }) => outline.links.push(link(&marked, &dest_url, range, body, true)),
            _ => {}
        }
    }
    outline
}

/// Reports what is written like a link in a piece of plain text.
fn report_spaced(marked: &Marked<'_>, plain: Range<usize>, body: usize, findings: &mut Findings) {
    // Hardly any text holds a bracket.
    if memchr::memchr(b']', marked.text[plain.clone()].as_bytes()).is_none() {
        return;
    }
    for path in slips::spaced(&marked.text, plain) {
        let written = &marked.text[path.clone()];
        let at = Span::new(body + marked.source(path.start), body + marked.source(path.end));
        findings
            .add(&codes::LNK007, at, format!("{} has a space, so this is no link, and is shown as it is written.", quoted(written)))
            .help(format!("Write `<{written}>` instead, with both signs; or name the file without spaces."))
            .patch(Patch { is_safe: false, ..Patch::spelling(at, format!("<{written}>")) });
    }
}

/// The place of a link's target, or of the whole link where the target stands elsewhere.
fn link(marked: &Marked<'_>, target: &CowStr<'_>, range: Range<usize>, body: usize, is_image: bool) -> Link {
    let written = marked.text.get(range.clone()).unwrap_or_default();
    let inside = written.rfind(target.as_ref()).filter(|_| !target.is_empty());
    let (start, end) = match inside {
        Some(n) => (range.start + n, range.start + n + target.len()),
        None => (range.start, range.end),
    };
    let at = Span::new(body + marked.source(start), body + marked.source(end));
    Link { target: target.to_string(), at, is_image }
}

/// The id of a heading. `counts` remembers how far each repeated id has come.
fn unique(text: &str, used: &mut HashSet<Cow<'_, str>>, counts: &mut HashMap<String, usize>) -> String {
    let base = match slug(text) {
        id if id.is_empty() => "section".to_owned(),
        id => id,
    };
    let mut id = base.clone();
    while !used.insert(Cow::Owned(id.clone())) {
        let n = counts.entry(base.clone()).or_insert(1);
        *n += 1;
        id = format!("{base}-{n}");
    }
    id
}

/// The body as HTML. The outline is that of the same body.
pub fn render(body: &str, outline: &Outline, place: &Place, resolve: Resolve<'_>) -> String {
    let clean = if body.contains('\0') { Cow::Owned(body.replace('\0', "\u{FFFD}")) } else { Cow::Borrowed(body) };
    let marked = Marked::read(&clean, None, |_, _, _, _| {});
    let mut writer = Writer::new(outline, place, resolve);
    let events = Parser::new_ext(&marked.text, options()).into_offset_iter();
    let mut out = String::with_capacity(body.len() * 3 / 2);
    let rendered = events.filter_map(|(event, range)| writer.event(event, marked.marker_at(range.start)));
    html::push_html(&mut out, rendered);
    out
}

/// Rewrites events on their way to HTML.
struct Writer<'a> {
    outline: &'a Outline,
    resolve: Resolve<'a>,
    levels: Vec<u8>,
    heading: usize,
    /// For each open link or image: whether it is made.
    links: Vec<bool>,
    table: Option<Table>,
    code: Option<(String, String)>,
}

/// The table being written: its column heads, and where we are.
#[derive(Default)]
struct Table {
    heads: Vec<String>,
    column: usize,
    in_head: bool,
}

impl<'a> Writer<'a> {
    fn new(outline: &'a Outline, place: &Place, resolve: Resolve<'a>) -> Self {
        Writer { outline, resolve, levels: levels(&outline.headings, place.top), heading: 0, links: Vec::new(), table: None, code: None }
    }

    fn event<'e>(&mut self, event: Event<'e>, marker: Option<Marker>) -> Option<Event<'e>> {
        match (event, marker) {
            (Event::Html(_), Some(Marker::Open(audience))) => {
                let label = audience.word();
                Some(raw(format!(
                    "<div class=\"audience audience-{label}\" role=\"note\" aria-label=\"For {label} readers\"><p class=\"audience-label\">{label}</p>\n"
                )))
            }
            (Event::Html(_), Some(Marker::Close)) => Some(raw("</div>\n")),
            (Event::Html(text) | Event::InlineHtml(text), _) => Some(Event::Text(text)),
            (Event::TaskListMarker(done), _) => {
                let (class, word) = if done { ("task done", "done") } else { ("task", "open") };
                Some(raw(format!("<span class=\"{class}\" role=\"img\" aria-label=\"{word}:\"></span> ")))
            }
            (event, _) => self.block(event),
        }
    }

    fn block<'e>(&mut self, event: Event<'e>) -> Option<Event<'e>> {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                let (level, id) = self.this_heading();
                Some(raw(format!("<h{level} id=\"{}\">", escape(&id))))
            }
            Event::End(TagEnd::Heading(_)) => {
                let (level, _) = self.this_heading();
                self.heading += 1;
                Some(raw(format!("</h{level}>\n")))
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or_default().to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((language, String::new()));
                None
            }
            Event::End(TagEnd::CodeBlock) => self.code.take().map(|(language, code)| raw(code_block(&language, &code))),
            Event::Text(text) => self.text(text),
            Event::Code(text) => {
                if let Some(table) = self.table.as_mut().filter(|table| table.in_head) {
                    table.head(&text);
                }
                Some(Event::Code(text))
            }
            event => self.inline(event),
        }
    }

    fn text<'e>(&mut self, text: CowStr<'e>) -> Option<Event<'e>> {
        if let Some((_, code)) = &mut self.code {
            code.push_str(&text);
            return None;
        }
        if let Some(table) = self.table.as_mut().filter(|table| table.in_head) {
            table.head(&text);
        }
        Some(Event::Text(text))
    }

    fn inline<'e>(&mut self, event: Event<'e>) -> Option<Event<'e>> {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => match (self.resolve)(&dest_url, false) {
                Some(href) => {
                    self.links.push(true);
                    Some(Event::Start(Tag::Link { link_type, dest_url: href.into(), title, id }))
                }
                None => {
                    self.links.push(false);
                    None
                }
            },
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => match (self.resolve)(&dest_url, true) {
                Some(src) => {
                    self.links.push(true);
                    Some(Event::Start(Tag::Image { link_type, dest_url: src.into(), title, id }))
                }
                None => {
                    self.links.push(false);
                    None
                }
            },
            Event::End(TagEnd::Link | TagEnd::Image) => match self.links.pop() {
                Some(false) => None,
                _ => Some(event),
            },
            event => self.in_table(event),
        }
    }

    fn in_table<'e>(&mut self, event: Event<'e>) -> Option<Event<'e>> {
        let Some(table) = &mut self.table else {
            return match event {
                Event::Start(Tag::Table(_)) => {
                    self.table = Some(Table::default());
                    Some(raw("<div class=\"table\"><table>\n"))
                }
                event => Some(event),
            };
        };
        let html: CowStr<'_> = match event {
            Event::Start(Tag::TableHead) => {
                table.in_head = true;
                "<thead><tr>".into()
            }
            Event::End(TagEnd::TableHead) => {
                table.in_head = false;
                table.column = 0;
                "</tr></thead>\n<tbody>\n".into()
            }
            Event::Start(Tag::TableRow) => "<tr>".into(),
            Event::End(TagEnd::TableRow) => {
                table.column = 0;
                "</tr>\n".into()
            }
            Event::Start(Tag::TableCell) if table.in_head => {
                table.heads.push(String::new());
                "<th scope=\"col\">".into()
            }
            Event::Start(Tag::TableCell) => {
                let label = table.heads.get(table.column).map(String::as_str).unwrap_or_default();
                table.column += 1;
                format!("<td data-label=\"{}\">", escape(label)).into()
            }
            Event::End(TagEnd::TableCell) if table.in_head => "</th>".into(),
            Event::End(TagEnd::TableCell) => "</td>".into(),
            Event::End(TagEnd::Table) => {
                self.table = None;
                "</tbody></table></div>\n".into()
            }
            event => return Some(event),
        };
        Some(raw(html))
    }

    fn this_heading(&self) -> (u8, String) {
        let level = self.levels.get(self.heading).copied().unwrap_or(3);
        (level, self.outline.headings.get(self.heading).map(|heading| heading.id.clone()).unwrap_or_default())
    }
}

impl Table {
    fn head(&mut self, text: &str) {
        if let Some(last) = self.heads.last_mut() {
            last.push_str(text);
        }
    }
}

fn raw<'e>(html: impl Into<CowStr<'e>>) -> Event<'e> {
    Event::Html(html.into())
}

/// Levels moved so that the topmost is the given one, without gaps on the way down.
fn levels(headings: &[Heading], top: u8) -> Vec<u8> {
    let highest = headings.iter().map(|heading| heading.level).min().unwrap_or(HeadingLevel::H1 as u8);
    let mut before = top.saturating_sub(1);
    let moved = |heading: &Heading| {
        let wanted = (heading.level - highest + top).min(6);
        before = wanted.min(before + 1);
        before
    };
    headings.iter().map(moved).collect()
}

fn code_block(language: &str, code: &str) -> String {
    let word: String = language.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '#')).take(20).collect();
    let class = if word.is_empty() { String::new() } else { format!(" class=\"language-{}\"", word.to_lowercase()) };
    let body = highlight::html(&word, code).unwrap_or_else(|| escape(code));
    format!("<pre tabindex=\"0\"><code{class}>{body}</code></pre>\n")
}

/// Text made safe for HTML, in content and in double-quoted attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(&mut out, text);
    out
}

/// Adds a text, made safe as by [`escape`].
pub fn escape_into(out: &mut String, text: &str) {
    // Most texts have nothing to escape, and to see that takes a fraction of the time.
    let is_plain = !text.bytes().fold(false, |found, sign| found | matches!(sign, b'&' | b'<' | b'>' | b'"'));
    if is_plain {
        return out.push_str(text);
    }
    let mut plain = 0;
    for (at, sign) in text.bytes().enumerate() {
        let escaped = match sign {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[plain..at]);
        out.push_str(escaped);
        plain = at + 1;
    }
    out.push_str(&text[plain..]);
}
