//! Gives nodes their meaning. Never fails: a broken field is reported and left out, the rest is read on.

mod keys;
mod marks;

use std::collections::{HashMap, hash_map};
use std::fmt::Write;

use serde_json::{Map, Value as Json};

use super::dialect::{Dialect, nearest, only_near};
use super::refs::{Target, Use};
use super::{Item, Section, Value, Visibility};
use crate::diagnostic::{Code, Diagnostic, Findings, Patch, Span, codes, is_deceiving, quoted};
use crate::yaml::{Entry, Kind, NodeId, Nodes};
use marks::marks_first;

#[derive(Debug)]
enum Segment<'a> {
    Key(&'a str),
    Index(usize),
}

/// Decodes one file: the nodes, where we are in them, and what was noticed.
pub struct Decoder<'a> {
    nodes: &'a Nodes<'a>,
    text: &'a str,
    pub dialect: &'static Dialect,
    pub findings: &'a mut Findings,
    /// References to be resolved once the whole file is read.
    pub uses: Vec<Use>,
    path: Vec<Segment<'a>>,
    /// Where a missing field is reported: the parent's key, the item, or the opening fence.
    parent: Span,
    /// Who may see the part being read, where it or a part around it says so.
    marked: Option<Visibility>,
}

impl<'a> Decoder<'a> {
    pub fn new(nodes: &'a Nodes<'a>, text: &'a str, dialect: &'static Dialect, findings: &'a mut Findings) -> Self {
        let parent = Span::new(0, text.lines().next().map_or(0, |line| line.trim_end().len()));
        Decoder { nodes, text, dialect, findings, uses: Vec::new(), path: Vec::new(), parent, marked: None }
    }

    pub fn span(&self, node: NodeId) -> Span {
        self.nodes.span(node)
    }

    pub fn is_list(&self, node: NodeId) -> bool {
        matches!(self.nodes.kind(node), Kind::List(_))
    }

    /// How many items a list holds, readable or not.
    pub fn items(&self, node: NodeId) -> usize {
        match self.nodes.kind(node) {
            Kind::List(items) => items.len(),
            _ => 0,
        }
    }

    pub fn is_map(&self, node: NodeId) -> bool {
        matches!(self.nodes.kind(node), Kind::Map(_))
    }

    /// The path of the field being read, like `slas[2].objective`.
    pub fn path(&self) -> String {
        let mut out = String::with_capacity(32);
        for segment in &self.path {
            match segment {
                Segment::Key(key) if out.is_empty() => out.push_str(key),
                Segment::Key(key) => {
                    out.push('.');
                    out.push_str(key);
                }
                // A text takes everything.
                Segment::Index(n) => drop(write!(out, "[{n}]")),
            }
        }
        out
    }

    /// Adds a finding about the field being read.
    pub fn report(&mut self, code: &'static Code, at: Span, message: impl Into<Box<str>>) -> &mut Diagnostic {
        let path = self.path();
        let finding = self.findings.add(code, at, message);
        if path.is_empty() { finding } else { finding.field(path) }
    }

    /// Adds the finding for a value of the wrong kind.
    pub fn expected(&mut self, node: NodeId, expected: &str, example: &str) -> &mut Diagnostic {
        let (path, got) = (self.path(), self.describe(node));
        self.report(self.dialect.value, self.span(node), format!("`{path}` is {got}; it takes {expected}."))
            .help(format!("Write for example `{example}`."))
    }

    /// The change that writes a value otherwise; nothing for one that stands elsewhere and is only repeated
    /// here.
    pub fn respelt(&self, node: NodeId, text: &str) -> Option<Patch> {
        let at = self.span(node);
        let is_one_line = self.text.get(at.range()).is_some_and(|old| !old.contains('\n'));
        (at.start >= self.parent.start && is_one_line).then(|| Patch::spelling(at, text))
    }

    fn describe(&self, node: NodeId) -> String {
        match self.nodes.kind(node) {
            Kind::Scalar { text, .. } if text.is_empty() => "empty".into(),
            Kind::Scalar { text, .. } => quoted(text),
            Kind::List(_) => "a list".into(),
            Kind::Map(_) => "a mapping".into(),
            Kind::Broken => "unreadable".into(),
        }
    }

    /// Any value: null and broken parts are dealt with here, the rest by the type.
    pub fn value<T: Value>(&mut self, node: NodeId) -> Option<T> {
        match self.nodes.kind(node) {
            Kind::Broken => None,
            Kind::Scalar { text, plain: true } if is_null(text) => {
                self.null(node);
                None
            }
            _ => T::decode(node, self),
        }
    }

    /// An empty value, often a `#` that YAML took for a comment.
    fn null(&mut self, node: NodeId) {
        let at = self.span(node);
        let path = self.path();
        // The value would stand behind the key; what stands there is a comment, or nothing.
        let behind = self.parent.end as usize;
        let line_end = self.text[behind..].find('\n').map_or(self.text.len(), |n| behind + n);
        let rest = &self.text[behind..line_end];
        let hash = rest.find('#').filter(|n| rest[..*n].trim_matches([':', ' ', '\t', '"', '\'']).is_empty() && at.start == at.end);
        match hash {
            Some(n) => {
                let comment = rest[n..].trim_end();
                let span = Span::new(behind + n, behind + n + comment.len());
                // `#slack` was meant as a value; `# to do` may well be a note.
                let note = ["#todo", "#fixme", "#note", "#xxx"].iter().any(|note| comment.to_lowercase().starts_with(note));
                let is_value = comment[1..].starts_with(|c: char| c.is_alphanumeric()) && !note;
                let quoted_text = format!("\"{}\"", comment.replace('\\', "\\\\").replace('"', "\\\""));
                self.report(self.dialect.value, span, format!("`{path}` is empty: YAML takes {} for a comment.", quoted(comment)))
                    .help(format!("Put it in quotes: `\"{}\"`.", comment.replace('"', "'")))
                    .patch(is_value.then(|| Patch::spelling(span, quoted_text)));
            }
            None => {
                let span = if at.start == at.end { self.parent } else { at };
                self.report(self.dialect.value, span, format!("`{path}` is empty."))
                    .help("Write a value, or take the line out. If it starts with `#`, put it in quotes.");
            }
        }
    }

    /// The text of a scalar that is not empty; reports anything else.
    pub fn text(&mut self, node: NodeId, expected: &str, example: &str) -> Option<&'a str> {
        let nodes = self.nodes;
        match nodes.kind(node) {
            Kind::Scalar { text, .. } if is_deceiving(text) => {
                let message = format!("{} holds a character that can make text read differently from what it says.", quoted(text));
                self.report(&codes::FIL006, self.span(node), message).help("Delete it, or type the value again.");
                None
            }
            Kind::Scalar { text, .. } if !text.trim().is_empty() => Some(text),
            _ => {
                self.expected(node, expected, example);
                None
            }
        }
    }

    /// The text of an unquoted scalar, for bools and numbers.
    pub fn plain(&mut self, node: NodeId, expected: &str, example: &str) -> Option<&'a str> {
        let nodes = self.nodes;
        match nodes.kind(node) {
            Kind::Scalar { text, plain: true } => Some(text),
            Kind::Scalar { text, .. } if text == "true" || text == "false" || text.parse::<f64>().is_ok() => {
                let patch = self.respelt(node, text);
                self.expected(node, expected, example).patch(patch);
                None
            }
            _ => {
                self.expected(node, expected, example);
                None
            }
        }
    }

    /// The index of a word in a choice; a near miss is suggested.
    pub fn choice(&mut self, node: NodeId, words: &[(&str, &str)]) -> Option<usize> {
        let nodes = self.nodes;
        let list = || words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        let text = match nodes.kind(node) {
            Kind::Scalar { text, .. } => text.as_ref(),
            _ => {
                self.expected(node, &format!("one of {}", list()), words[0].0);
                return None;
            }
        };
        if let Some(found) = words.iter().position(|(word, _)| *word == text) {
            return Some(found);
        }
        let text = self.text(node, &format!("one of {}", list()), words[0].0)?;
        let (path, got) = (self.path(), quoted(text));
        let help = match nearest(text, words.iter().map(|(word, _)| *word)) {
            Some(word) => format!("Did you mean `{word}`?"),
            None => "Write the word that fits best.".to_owned(),
        };
        let patch = only_near(text, words.iter().map(|(word, _)| *word)).and_then(|word| self.respelt(node, word));
        self.report(self.dialect.value, self.span(node), format!("`{path}` is {got}; it takes one of {}.", list())).help(help).patch(patch);
        None
    }

    /// A list; each item is read on its own, and ids may stand only once.
    pub fn list<T: Value>(&mut self, node: NodeId) -> Option<Vec<T>> {
        let nodes = self.nodes;
        let Kind::List(ids) = nodes.kind(node) else {
            let example = match self.nodes.kind(node) {
                Kind::Scalar { text, .. } => {
                    format!("[{}]", text.chars().take(40).collect::<String>())
                }
                _ => "[...]".to_owned(),
            };
            self.expected(node, "a list", &example);
            return None;
        };
        let mut items: Vec<T> = Vec::with_capacity(ids.len());
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (index, id) in ids.iter().enumerate() {
            self.path.push(Segment::Index(index));
            let first = first_byte(self.span(*id));
            let outer = std::mem::replace(&mut self.parent, first);
            if let Some(item) = self.value::<T>(*id) {
                self.check_twice(&item, index, &mut seen);
                items.push(item);
            }
            self.parent = outer;
            self.path.pop();
        }
        Some(items)
    }

    fn check_twice<T: Value>(&mut self, item: &T, index: usize, seen: &mut HashMap<String, usize>) {
        let Some((id, at)) = item.identity() else {
            return;
        };
        match seen.entry(id.to_lowercase()) {
            hash_map::Entry::Vacant(free) => {
                free.insert(index);
            }
            hash_map::Entry::Occupied(first) => {
                let message =
                    format!("The id {} is used twice, by entries {} and {} of this list.", quoted(&id), first.get() + 1, index + 1);
                self.report(self.dialect.duplicate, at, message).help(format!("Give one of them another id, for example `id: {id}-2`."));
            }
        }
    }

    /// A section: declared keys, `visibility`, and the author's own `x-` keys; or its main field as a bare value.
    pub fn section<S: Section>(&mut self, node: NodeId) -> Option<S> {
        let mut section = S::default();
        section.base_mut().at = self.span(node);
        section.base_mut().key = self.parent;
        let info = S::info();
        let nodes = self.nodes;
        let Kind::Map(entries) = nodes.kind(node) else {
            let scalar = matches!(self.nodes.kind(node), Kind::Scalar { .. });
            let Some(main) = info.main.filter(|_| scalar) else {
                let keys = info.fields.iter().take(3).map(|field| format!("{}: ...", field.key)).collect::<Vec<_>>();
                self.expected(node, &format!("a mapping with keys such as {}", info.fields[0].key), &format!("{{{}}}", keys.join(", ")));
                return None;
            };
            section.set(main, node, self);
            // A bare value that cannot be read says nothing of the whole section.
            let mut is_broken = false;
            section.each(&mut |info, field| is_broken |= info.key == main && field.is_unread());
            return (!is_broken).then_some(section);
        };
        let around = self.marked;
        for entry in marks_first(entries) {
            self.entry(&mut section, entry);
        }
        self.marked = around;
        self.report_missing(info, entries);
        Some(section)
    }

    fn entry<S: Section>(&mut self, section: &mut S, entry: &'a Entry<'a>) {
        self.path.push(Segment::Key(&entry.key));
        let outer = std::mem::replace(&mut self.parent, entry.key_span);
        if entry.key == "visibility" {
            section.base_mut().visibility = self.visibility(entry.value);
        } else if entry.key.starts_with("x-") {
            section.base_mut().add_own(entry.key.to_string(), self.free(entry.value));
        } else if !section.set(&entry.key, entry.value, self) {
            self.unknown_key(section, entry);
        }
        self.parent = outer;
        self.path.pop();
    }

    /// A plain value of a list, bare or written out with its visibility.
    pub fn item<T: Value>(&mut self, node: NodeId) -> Option<Item<T>> {
        let at = self.span(node);
        let nodes = self.nodes;
        let Kind::Map(entries) = nodes.kind(node) else {
            return self.value(node).map(|value| Item { value, at, visibility: None });
        };
        let mut value = None;
        let mut visibility = None;
        let around = self.marked;
        for entry in marks_first(entries) {
            self.path.push(Segment::Key(&entry.key));
            let outer = std::mem::replace(&mut self.parent, entry.key_span);
            match entry.key.as_ref() {
                "text" | "id" => value = self.value::<T>(entry.value).map(|value| (value, self.span(entry.value))),
                "visibility" => visibility = self.visibility(entry.value),
                key if key.starts_with("x-") => {}
                key => {
                    let message = format!("{} is not a known field.", quoted(key));
                    self.report(self.dialect.unknown_key, entry.key_span, message)
                        .help("Written out, this takes `text` and `visibility`. If the value holds a colon, put it in quotes.");
                }
            }
            self.parent = outer;
            self.path.pop();
        }
        self.marked = around;
        value.map(|(value, at)| Item { value, at, visibility })
    }

    /// The entries of a mapping with free names.
    pub fn map<T: Value>(&mut self, node: NodeId, expected: &str, example: &str) -> Option<Vec<(String, Span, T)>> {
        let nodes = self.nodes;
        let Kind::Map(entries) = nodes.kind(node) else {
            self.expected(node, expected, example);
            return None;
        };
        let mut found = Vec::new();
        for entry in entries {
            self.path.push(Segment::Key(&entry.key));
            let outer = std::mem::replace(&mut self.parent, entry.key_span);
            if let Some(value) = self.value(entry.value) {
                found.push((entry.key.to_string(), entry.key_span, value));
            }
            self.parent = outer;
            self.path.pop();
        }
        Some(found)
    }

    /// Remembers a reference, to be resolved when the whole file is known.
    pub fn refer(&mut self, target: Target, id: &str, at: Span) {
        let path = self.path();
        self.uses.push(Use { target, id: id.to_owned(), at, path });
    }

    /// Any value at all, as JSON.
    fn free(&self, node: NodeId) -> Json {
        match self.nodes.kind(node) {
            Kind::Scalar { text, plain: true } if is_null(text) => Json::Null,
            Kind::Scalar { text, .. } => text.as_ref().into(),
            Kind::List(items) => items.iter().map(|id| self.free(*id)).collect(),
            Kind::Map(entries) => {
                Json::Object(entries.iter().map(|entry| (entry.key.to_string(), self.free(entry.value))).collect::<Map<_, _>>())
            }
            Kind::Broken => Json::Null,
        }
    }
}

fn first_byte(span: Span) -> Span {
    Span { start: span.start, end: span.end.min(span.start + 1) }
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}
