//! Changes to a playbook's front matter that keep everything else as the author wrote it: comments, order,
//! quotes, blank lines. What is added is written in the form of what it is added to.

mod want;

use std::collections::HashMap;

use serde_json::Value;

use want::{Want, block, entry_in_block, entry_in_flow, filled, flow_all, with};

use crate::diagnostic::{FileId, Findings, codes};
use crate::yaml::{self, Kind, NodeId, Nodes, Source};

pub use want::{At, EXIT, key, scalar};

/// The text with every value set, in one pass. A value is YAML for a single line, as [`scalar`] writes it.
///
/// The error says, as the end of a sentence, why this text cannot be changed by a program.
pub fn set_all(text: &str, values: &[(Vec<At<'_>>, String)]) -> Result<String, String> {
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
    let want = Want::all(values);
    let mut edit = Edit { text, nodes: &nodes, end, changes: Vec::new() };
    match root {
        Some(root) => edit.below(root, &want, 0)?,
        None => edit.changes.push((end, 0, lines(0, &block(&want, 0)))),
    }
    let changed = edit.changed().ok_or("two changes would stand in each other's way")?;
    let before = root.map_or(Value::Null, |root| tree(&nodes, root));
    match read(&changed) {
        Some(after) if after == with(before, &want, &after) && text[end..] == changed[changed.len() - (text.len() - end)..] => Ok(changed),
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
    /// What was inside comes before what is around it, where both stand at one place.
    changes: Vec<Change>,
}

impl Edit<'_> {
    /// The text with every change in it; nothing where two of them overlap.
    fn changed(mut self) -> Option<String> {
        self.changes.sort_by_key(|(at, _, _)| *at);
        let mut text = String::with_capacity(self.text.len());
        let mut done = 0;
        for (at, old, new) in &self.changes {
            text.push_str(self.text.get(done..*at)?);
            text.push_str(new);
            done = at + old;
        }
        text.push_str(self.text.get(done..)?);
        Some(text)
    }

    fn below(&mut self, node: NodeId, want: &Want<'_>, depth: usize) -> Result<(), String> {
        let below = match want {
            Want::Value(value) => return self.replace(node, value),
            Want::Below(below) => below,
        };
        let nodes = self.nodes;
        let mut new: Vec<&(At<'_>, Want<'_>)> = Vec::new();
        match nodes.kind(node) {
            Kind::Map(entries) => {
                for wanted in below {
                    let At::Key { key, .. } = wanted.0 else { return Err("something else stands where this belongs".to_owned()) };
                    match entries.iter().find(|entry| entry.key == key) {
                        Some(entry) => self.field(node, entry, wanted)?,
                        None => new.push(wanted),
                    }
                }
            }
            Kind::List(items) => {
                let known: HashMap<String, NodeId> =
                    items.iter().rev().filter_map(|item| Some((self.id_of(*item)?.to_ascii_lowercase(), *item))).collect();
                for wanted in below {
                    let At::Item(_) = wanted.0 else { return Err("something else stands where this belongs".to_owned()) };
                    match known.get(&wanted.0.name()) {
                        Some(item) => self.below(*item, &wanted.1, depth)?,
                        None => new.push(wanted),
                    }
                }
            }
            _ => return Err("something else stands where this belongs".to_owned()),
        }
        if !new.is_empty() {
            self.add(node, &new, depth);
        }
        Ok(())
    }

    /// What is wanted in a field that stands there already.
    fn field(&mut self, node: NodeId, entry: &yaml::Entry<'_>, (at, want): &(At<'_>, Want<'_>)) -> Result<(), String> {
        let column = self.column(entry.key_span.start as usize);
        if self.is_empty(entry.value) {
            let after = self.after_colon(entry.key_span.end as usize)?;
            let old = self.nodes.span(entry.value).range();
            let length = if old.is_empty() { 0 } else { old.end - after };
            self.changes.push((after, length, filled(want, column, self.is_flow(node))));
            return Ok(());
        }
        if let (At::Key { main: Some(main), .. }, Want::Below(below), Kind::Scalar { .. }) = (at, want, self.nodes.kind(entry.value)) {
            // `exit: standard` becomes the mapping it stands for.
            let span = self.nodes.span(entry.value).range();
            self.changes.push((span.start, span.len(), format!("{{{main}: {}, {}}}", &self.text[span], flow_all(below))));
            return Ok(());
        }
        self.below(entry.value, want, column)
    }

    fn replace(&mut self, node: NodeId, value: &str) -> Result<(), String> {
        let span = self.nodes.span(node).range();
        let is_simple =
            matches!(self.nodes.kind(node), Kind::Scalar { .. }) && !self.text[span.clone()].starts_with(['*', '&', '|', '>', '!']);
        if is_simple {
            self.changes.push((span.start, span.len(), value.to_owned()));
            Ok(())
        } else {
            Err("the value is written in a way a program cannot replace".to_owned())
        }
    }

    /// Adds entries to a mapping or items to a list, in its own form.
    fn add(&mut self, node: NodeId, new: &[&(At<'_>, Want<'_>)], depth: usize) {
        let span = self.nodes.span(node).range();
        let last = match self.nodes.kind(node) {
            Kind::Map(entries) => {
                entries.last().map(|entry| if self.is_empty(entry.value) { entry.key_span.end as usize } else { self.end_of(entry.value) })
            }
            Kind::List(items) => items.last().map(|item| self.end_of(*item)),
            _ => None,
        };
        if self.is_flow(node) {
            let added = new.iter().map(|(at, want)| entry_in_flow(at, want)).collect::<Vec<_>>().join(", ");
            self.changes.push(match last {
                Some(at) => (at, 0, format!(", {added}")),
                None => (span.start + 1, 0, added),
            });
            return;
        }
        let column = self.inner_column(node, depth);
        let at = last.unwrap_or(span.end);
        let at = self.text[at..self.end].find('\n').map_or(self.end, |n| at + n + 1);
        let added: String = new.iter().map(|(at, want)| lines(column, &entry_in_block(at, want, column))).collect();
        self.changes.push((at, 0, added));
    }

    fn is_flow(&self, node: NodeId) -> bool {
        self.text[self.nodes.span(node).range()].starts_with(['{', '['])
    }

    fn is_empty(&self, node: NodeId) -> bool {
        matches!(self.nodes.kind(node), Kind::Scalar { text, plain: true } if matches!(text.as_ref(), "" | "~" | "null"))
    }

    fn id_of(&self, item: NodeId) -> Option<&str> {
        let Kind::Map(entries) = self.nodes.kind(item) else { return None };
        match self.nodes.kind(entries.iter().find(|entry| entry.key == "id")?.value) {
            Kind::Scalar { text, .. } => Some(text.as_ref()),
            _ => None,
        }
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

fn lines(column: usize, text: &str) -> String {
    format!("{}{text}\n", " ".repeat(column))
}
