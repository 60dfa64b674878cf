//! Changes to a playbook's front matter that keep everything else as the author wrote it: comments, order,
//! quotes, blank lines. What is added is written in the form of what it is added to.

use serde_json::Value;

use crate::diagnostic::{FileId, Findings, codes};
use crate::yaml::{self, Kind, NodeId, Nodes, Source};

/// One step on the way to a value.
#[derive(Debug, Clone, Copy)]
pub enum At<'a> {
    /// A field. `main` is the field that a bare value stands for, where there is one: `exit: standard`.
    Key { key: &'a str, main: Option<&'a str> },
    /// The item of a list with this id, compared without case. It is added where there is none.
    Item(&'a str),
}

/// A field without a short form.
pub const fn key(key: &str) -> At<'_> {
    At::Key { key, main: None }
}

/// The text with one value set. `value` is YAML for a single line, as [`scalar`] writes it.
///
/// The error says, as the end of a sentence, why this text cannot be changed by a program.
pub fn set(text: &str, path: &[At<'_>], value: &str) -> Result<String, String> {
    let (start, end) = front_matter(text).ok_or("it has no front matter between two `---` lines")?;
    let file: FileId = "".into();
    let mut findings = Findings::new(&file);
    let (nodes, root) = yaml::parse(Source { text, start, end }, &codes::STR001, &mut findings);
    if !findings.is_empty() {
        return Err("part of its front matter cannot be read".to_owned());
    }
    if text[start..end].lines().any(has_anchor) {
        return Err("it uses anchors (`&name`, `*name`), and a change would show in several places".to_owned());
    }
    let edit = Edit { text, nodes: &nodes, end };
    let (at, old, new) = match root {
        Some(root) => edit.below(root, path, value, 0)?,
        None => (end, 0, line(0, &block(path, value, 0))),
    };
    let changed = format!("{}{new}{}", &text[..at], &text[at + old..]);
    let before = root.map_or(Value::Null, |root| tree(&nodes, root));
    match read(&changed) {
        Some(after) if after == with(before, path, &after) && text[end..] == changed[changed.len() - (text.len() - end)..] => Ok(changed),
        _ => Err("its form is one that a program could damage; write the change by hand".to_owned()),
    }
}

/// True where a line seems to use a name for a value: a `&` or `*` that begins a word.
fn has_anchor(line: &str) -> bool {
    let begins = |(n, sign): (usize, char)| {
        let before = line[..n].chars().next_back();
        let after = line[n + sign.len_utf8()..].chars().next();
        matches!(sign, '&' | '*') && before.is_none_or(|c| matches!(c, ' ' | '[' | '{' | ',')) && after.is_some_and(char::is_alphanumeric)
    };
    let plain = line.split(" #").next().unwrap_or(line);
    plain.char_indices().any(begins)
}

/// The front matter of a text as a tree; nothing where any of it cannot be read.
fn read(text: &str) -> Option<Value> {
    let (start, end) = front_matter(text)?;
    let file: FileId = "".into();
    let mut findings = Findings::new(&file);
    let (nodes, root) = yaml::parse(Source { text, start, end }, &codes::STR001, &mut findings);
    findings.is_empty().then(|| root.map_or(Value::Null, |root| tree(&nodes, root)))
}

fn tree(nodes: &Nodes<'_>, node: NodeId) -> Value {
    match nodes.kind(node) {
        Kind::Scalar { text, plain: true } if matches!(text.as_ref(), "" | "~" | "null") => Value::Null,
        Kind::Scalar { text, .. } => Value::String(text.to_string()),
        Kind::List(items) => Value::Array(items.iter().map(|item| tree(nodes, *item)).collect()),
        Kind::Map(entries) => Value::Object(entries.iter().map(|entry| (entry.key.to_string(), tree(nodes, entry.value))).collect()),
        Kind::Broken => Value::Null,
    }
}

/// The tree with what another one has at the end of the path: all else has to be as it was.
fn with(tree: Value, path: &[At<'_>], after: &Value) -> Value {
    let Some((first, rest)) = path.split_first() else { return after.clone() };
    match first {
        At::Key { key, main } => {
            let mut fields = if let Value::Object(fields) = tree { fields } else { serde_json::Map::new() };
            let below = fields.get(*key).cloned().unwrap_or(Value::Null);
            let below_main = main.filter(|_| matches!(below, Value::String(_)) && !rest.is_empty());
            let below = match below_main {
                Some(main) => Value::Object(serde_json::Map::from_iter([(main.to_owned(), below)])),
                None => below,
            };
            fields.insert((*key).to_owned(), with(below, rest, after.get(*key).unwrap_or(&Value::Null)));
            Value::Object(fields)
        }
        At::Item(id) => {
            let is_it = |item: &Value| item.get("id").and_then(Value::as_str).is_some_and(|known| known.eq_ignore_ascii_case(id));
            let mut items = if let Value::Array(items) = tree { items } else { Vec::new() };
            let found = after.as_array().and_then(|items| items.iter().find(|item| is_it(item))).unwrap_or(&Value::Null);
            match items.iter().position(is_it) {
                Some(n) => items[n] = with(items[n].take(), rest, found),
                None => {
                    let id = Value::Object(serde_json::Map::from_iter([("id".to_owned(), Value::String((*id).to_owned()))]));
                    items.push(with(id, rest, found));
                }
            }
            Value::Array(items)
        }
    }
}

/// A text as a YAML scalar: plain where that cannot be misread, else in double quotes.
pub fn scalar(text: &str) -> String {
    let starts_plain = text.starts_with(|c: char| c.is_alphanumeric());
    let is_plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '/' | '@' | '+'));
    let is_word = !matches!(text.to_ascii_lowercase().as_str(), "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n");
    let is_number = text.parse::<f64>().is_ok() || text.starts_with("0x") || text.starts_with("0o");
    if starts_plain && is_plain && is_word && !is_number && text.trim() == text {
        return text.to_owned();
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Where the front matter's YAML begins and ends.
fn front_matter(text: &str) -> Option<(usize, usize)> {
    let first = text.find('\n')? + 1;
    if text[..first].trim_end() != "---" {
        return None;
    }
    let mut at = first;
    for line in text[first..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some((first, at));
        }
        at += line.len();
    }
    None
}

/// A place in the text, how many bytes are taken out there, and what is put in.
type Change = (usize, usize, String);

struct Edit<'a> {
    text: &'a str,
    nodes: &'a Nodes<'a>,
    /// Where the front matter ends.
    end: usize,
}

impl Edit<'_> {
    fn below(&self, node: NodeId, path: &[At<'_>], value: &str, depth: usize) -> Result<Change, String> {
        let Some((first, rest)) = path.split_first() else { return self.replace(node, value) };
        match (self.nodes.kind(node), first) {
            (Kind::Map(entries), At::Key { key, .. }) => match entries.iter().find(|entry| entry.key == *key) {
                Some(entry) => {
                    let column = self.column(entry.key_span.start as usize);
                    if self.is_empty(entry.value) {
                        let after = self.after_colon(entry.key_span.end as usize)?;
                        let old = self.nodes.span(entry.value).range();
                        let length = if old.is_empty() { 0 } else { old.end - after };
                        return Ok((after, length, self.filled(rest, value, column, self.is_flow(node))));
                    }
                    if let (At::Key { main: Some(main), .. }, Some((next, rest)), Kind::Scalar { .. }) =
                        (first, rest.split_first(), self.nodes.kind(entry.value))
                    {
                        // `exit: standard` becomes the mapping it stands for.
                        let span = self.nodes.span(entry.value).range();
                        return Ok((span.start, span.len(), format!("{{{main}: {}, {}}}", &self.text[span], pair(next, rest, value))));
                    }
                    self.below(entry.value, rest, value, column)
                }
                None => self.add(node, &pair(first, rest, value), &block(path, value, self.inner_column(node, depth)), depth),
            },
            (Kind::List(items), At::Item(id)) => match items.iter().find(|item| self.has_id(**item, id)) {
                Some(item) => self.below(*item, rest, value, depth),
                None => self.add(node, &flow(path, value), &format!("- {}", flow(path, value)), depth),
            },
            _ => Err("something else stands where this belongs".to_owned()),
        }
    }

    fn replace(&self, node: NodeId, value: &str) -> Result<Change, String> {
        let span = self.nodes.span(node).range();
        let is_simple =
            matches!(self.nodes.kind(node), Kind::Scalar { .. }) && !self.text[span.clone()].starts_with(['*', '&', '|', '>', '!']);
        if is_simple {
            Ok((span.start, span.len(), value.to_owned()))
        } else {
            Err("the value is written in a way a program cannot replace".to_owned())
        }
    }

    /// Adds an entry to a mapping or an item to a list, in its own form.
    fn add(&self, node: NodeId, in_line: &str, on_lines: &str, depth: usize) -> Result<Change, String> {
        let span = self.nodes.span(node).range();
        let last = match self.nodes.kind(node) {
            Kind::Map(entries) => {
                entries.last().map(|entry| if self.is_empty(entry.value) { entry.key_span.end as usize } else { self.end_of(entry.value) })
            }
            Kind::List(items) => items.last().map(|item| self.end_of(*item)),
            _ => None,
        };
        if self.is_flow(node) {
            return Ok(match last {
                Some(at) => (at, 0, format!(", {in_line}")),
                None => (span.start + 1, 0, in_line.to_owned()),
            });
        }
        let column = self.inner_column(node, depth);
        let at = last.unwrap_or(span.end);
        let at = self.text[at..self.end].find('\n').map_or(self.end, |n| at + n + 1);
        Ok((at, 0, line(column, on_lines)))
    }

    /// What follows the colon of a key that has no value yet.
    fn filled(&self, rest: &[At<'_>], value: &str, column: usize, in_flow: bool) -> String {
        match rest.first() {
            None => format!(" {value}"),
            Some(At::Item(_)) if in_flow => format!(" [{}]", flow(rest, value)),
            Some(At::Key { .. }) if in_flow => format!(" {}", flow(rest, value)),
            Some(At::Item(_)) => format!("\n{}- {}", " ".repeat(column + 2), flow(rest, value)),
            Some(At::Key { .. }) => format!("\n{}{}", " ".repeat(column + 2), block(rest, value, column + 2)),
        }
    }

    fn is_flow(&self, node: NodeId) -> bool {
        self.text[self.nodes.span(node).range()].starts_with(['{', '['])
    }

    fn is_empty(&self, node: NodeId) -> bool {
        matches!(self.nodes.kind(node), Kind::Scalar { text, plain: true } if matches!(text.as_ref(), "" | "~" | "null"))
    }

    fn has_id(&self, item: NodeId, id: &str) -> bool {
        let Kind::Map(entries) = self.nodes.kind(item) else { return false };
        let is_it = |node| matches!(self.nodes.kind(node), Kind::Scalar { text, .. } if text.eq_ignore_ascii_case(id));
        entries.iter().any(|entry| entry.key == "id" && is_it(entry.value))
    }

    /// Where a value really ends: a block ends with its last item, not at the line after it.
    fn end_of(&self, node: NodeId) -> usize {
        let span = self.nodes.span(node).range();
        span.start + self.text[span].trim_end().len()
    }

    /// The column at which the entries of a block stand.
    fn inner_column(&self, node: NodeId, depth: usize) -> usize {
        match self.nodes.kind(node) {
            Kind::Map(entries) => entries.first().map_or(depth, |entry| self.column(entry.key_span.start as usize)),
            _ => {
                let span = self.nodes.span(node).range();
                self.column(span.start)
            }
        }
    }

    fn column(&self, at: usize) -> usize {
        at - self.text[..at].rfind('\n').map_or(0, |n| n + 1)
    }

    fn after_colon(&self, key_end: usize) -> Result<usize, String> {
        let line_end = self.text[key_end..self.end].find('\n').map_or(self.end, |n| key_end + n);
        self.text[key_end..line_end].find(':').map(|n| key_end + n + 1).ok_or_else(|| "a key has no colon behind it".to_owned())
    }
}

fn line(column: usize, text: &str) -> String {
    format!("{}{text}\n", " ".repeat(column))
}

/// `key: value`, with whatever lies between them in braces.
fn pair(first: &At<'_>, rest: &[At<'_>], value: &str) -> String {
    match first {
        At::Key { key, .. } if rest.is_empty() => format!("{key}: {value}"),
        At::Key { key, .. } if matches!(rest[0], At::Item(_)) => format!("{key}: [{}]", flow(rest, value)),
        At::Key { key, .. } => format!("{key}: {}", flow(rest, value)),
        At::Item(_) => flow(&[&[*first], rest].concat(), value),
    }
}

/// A path and its value in one line: `{id: P1, done: 2026-11-09}`.
fn flow(path: &[At<'_>], value: &str) -> String {
    match path.split_first() {
        None => value.to_owned(),
        Some((first @ At::Key { .. }, rest)) => format!("{{{}}}", pair(first, rest, value)),
        Some((At::Item(id), rest)) => match rest.split_first() {
            Some((first, rest)) => format!("{{id: {}, {}}}", scalar(id), pair(first, rest, value)),
            None => scalar(id),
        },
    }
}

/// A path and its value on lines of their own, but for the first line's indent.
fn block(path: &[At<'_>], value: &str, column: usize) -> String {
    match path {
        [At::Key { key, .. }] => format!("{key}: {value}"),
        [At::Key { key, .. }, rest @ ..] if matches!(rest[0], At::Item(_)) => {
            format!("{key}:\n{}- {}", " ".repeat(column + 2), flow(rest, value))
        }
        [At::Key { key, .. }, rest @ ..] => format!("{key}:\n{}{}", " ".repeat(column + 2), block(rest, value, column + 2)),
        _ => flow(path, value),
    }
}
