//! YAML text into an arena of nodes with spans. Not one syntax slip hides the rest: where the whole cannot
//! be read, each top-level part is read on its own. Limits keep hostile input cheap.

mod quoting;
mod salvage;
mod words;

use std::borrow::Cow;
use std::cell::LazyCell;
use std::collections::HashMap;

use granit_parser::{Event, Options, Parser, ScalarStyle};

use crate::diagnostic::{Code, Findings, Lines, Span, quoted};

/// Nesting that no playbook needs.
const DEPTH: usize = 64;
/// Nodes after aliases are expanded.
const NODES: u64 = 250_000;
/// Values that are named with `&` to be repeated.
const NAMED: usize = 1_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NodeId(u32);

#[derive(Debug)]
pub enum Kind<'a> {
    /// `plain` is true for a scalar without quotes, which may then be a number, a bool or null.
    Scalar {
        text: Cow<'a, str>,
        plain: bool,
    },
    List(Vec<NodeId>),
    Map(Vec<Entry<'a>>),
    /// A part that could not be read; its finding is already told.
    Broken,
}

#[derive(Debug)]
pub struct Entry<'a> {
    pub key: Cow<'a, str>,
    pub key_span: Span,
    pub value: NodeId,
}

#[derive(Debug)]
struct Node<'a> {
    span: Span,
    kind: Kind<'a>,
    /// Nodes below and including this one, aliases expanded.
    weight: u64,
}

/// All nodes of one YAML text. Spans count from the start of the file the text stands in.
#[derive(Debug, Default)]
pub struct Nodes<'a> {
    nodes: Vec<Node<'a>>,
}

impl<'a> Nodes<'a> {
    pub fn kind(&self, id: NodeId) -> &Kind<'a> {
        &self.nodes[id.0 as usize].kind
    }

    pub fn span(&self, id: NodeId) -> Span {
        self.nodes[id.0 as usize].span
    }

    /// Every entry of every mapping.
    pub fn entries(&self) -> impl Iterator<Item = &Entry<'a>> {
        self.nodes.iter().flat_map(|node| match &node.kind {
            Kind::Map(entries) => entries.as_slice(),
            _ => &[],
        })
    }

    /// Every scalar, with its place.
    pub fn all_scalars(&self) -> impl Iterator<Item = (&str, Span)> {
        self.nodes.iter().filter_map(|node| match &node.kind {
            Kind::Scalar { text, .. } => Some((text.as_ref(), node.span)),
            _ => None,
        })
    }

    /// The scalar that a node is, or those of its list.
    pub fn plain_values(&self, id: NodeId) -> impl Iterator<Item = (&str, Span)> {
        let ids: Vec<NodeId> = match self.kind(id) {
            Kind::List(items) => items.clone(),
            _ => vec![id],
        };
        ids.into_iter().filter_map(|id| match self.kind(id) {
            Kind::Scalar { text, .. } => Some((text.as_ref(), self.span(id))),
            _ => None,
        })
    }

    fn weight(&self, id: NodeId) -> u64 {
        self.nodes[id.0 as usize].weight
    }

    fn push(&mut self, span: Span, kind: Kind<'a>) -> NodeId {
        let below: u64 = match &kind {
            Kind::List(items) => items.iter().map(|id| self.weight(*id)).sum(),
            Kind::Map(entries) => entries.iter().map(|entry| self.weight(entry.value)).sum(),
            Kind::Scalar { .. } | Kind::Broken => 0,
        };
        self.nodes.push(Node { span, kind, weight: 1 + below });
        NodeId((self.nodes.len() - 1) as u32)
    }
}

/// Where a YAML text stands: the file's text and the range of it that is YAML.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    pub text: &'a str,
    pub start: usize,
    pub end: usize,
}

/// Reads a mapping. Every slip is reported with the given code; what can be read is returned, at worst nothing.
pub fn parse<'a>(source: Source<'a>, code: &'static Code, findings: &mut Findings) -> (Nodes<'a>, Option<NodeId>) {
    // About as many values as a text of that length holds.
    let mut nodes = Nodes { nodes: Vec::with_capacity((source.end - source.start) / 16) };
    let whole = Builder::new(source, &mut nodes).run();
    let root = match whole {
        Ok(root) => root,
        Err(slip) => salvage::parts(source, &mut nodes, slip, code, findings),
    };
    if let Some(root) = root {
        report_duplicates(&mut nodes, source, code, findings);
        if !matches!(nodes.kind(root), Kind::Map(_)) {
            findings
                .add(code, Span::at(nodes.span(root).start as usize), "This is not a list of `key: value` lines, so nothing can be read.")
                .help("Begin with `title: ...` on a line of its own.");
            return (nodes, None);
        }
    }
    (nodes, root)
}

/// A place where reading stopped, and why, in our words.
struct Slip {
    at: Span,
    message: String,
    help: String,
}

/// A key that stands twice counts for nothing: which of the two is meant cannot be known.
fn report_duplicates(nodes: &mut Nodes<'_>, source: Source<'_>, code: &'static Code, findings: &mut Findings) {
    let lines = LazyCell::new(|| Lines::of(source.text));
    let mut doubtful = Vec::new();
    for node in &mut nodes.nodes {
        let Kind::Map(entries) = &mut node.kind else { continue };
        let few = entries.len() <= 32;
        if few && (1..entries.len()).all(|n| entries[..n].iter().all(|entry| entry.key != entries[n].key)) {
            continue;
        }
        let mut seen: HashMap<String, (Span, NodeId)> = HashMap::with_capacity(entries.len());
        entries.retain(|entry| match seen.get(entry.key.as_ref()) {
            Some((first, value)) => {
                let first = lines.position(first.start);
                findings
                    .add(
                        code,
                        entry.key_span,
                        format!(
                            "{} is written twice; the first stands at line {}, column {}.",
                            quoted(&entry.key),
                            first.line,
                            first.column
                        ),
                    )
                    .help("Keep one of the two. Until then neither counts.");
                doubtful.push(*value);
                false
            }
            None => {
                seen.insert(entry.key.to_string(), (entry.key_span, entry.value));
                true
            }
        });
    }
    for id in doubtful {
        nodes.nodes[id.0 as usize].kind = Kind::Broken;
    }
}

/// A collection whose end has not been seen yet.
struct Open<'a> {
    start: usize,
    anchor: usize,
    items: Vec<NodeId>,
    entries: Vec<Entry<'a>>,
    key: Option<(Cow<'a, str>, Span)>,
    is_map: bool,
}

struct Builder<'a, 'n> {
    source: Source<'a>,
    nodes: &'n mut Nodes<'a>,
    open: Vec<Open<'a>>,
    anchors: Vec<(usize, NodeId)>,
    root: Option<NodeId>,
}

impl<'a, 'n> Builder<'a, 'n> {
    fn new(source: Source<'a>, nodes: &'n mut Nodes<'a>) -> Self {
        Builder { source, nodes, open: Vec::new(), anchors: Vec::new(), root: None }
    }

    fn run(mut self) -> Result<Option<NodeId>, Slip> {
        let mut options = Options::default();
        options.flow_nesting_limit = DEPTH;
        options.block_nesting_limit = DEPTH;
        let text = &self.source.text[self.source.start..self.source.end];
        let mut parser = Parser::new_from_str_with_options(text, options);
        let mut documents = 0;
        while let Some(next) = parser.next_event() {
            let (event, place) = next.map_err(|error| self.in_our_words(&error))?;
            let at = |marker: granit_parser::Marker| self.source.start + marker.byte_offset().unwrap_or_default();
            let span = Span::new(at(place.start), at(place.end));
            match event {
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents > 1 {
                        return Err(self.slip(span, "A second YAML document begins here.", "Keep one block between the two `---` lines."));
                    }
                }
                Event::Scalar(text, style, anchor, tag) => {
                    self.check_tag(tag.as_deref(), span)?;
                    let plain = style == ScalarStyle::Plain && tag.is_none();
                    self.scalar(text, plain, anchor, span)?;
                }
                Event::SequenceStart(_, anchor, tag) => {
                    self.check_tag(tag.as_deref(), span)?;
                    self.begin(span, anchor, false)?;
                }
                Event::MappingStart(_, anchor, tag) => {
                    self.check_tag(tag.as_deref(), span)?;
                    self.begin(span, anchor, true)?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.end(span)?,
                Event::Alias(anchor) => self.alias(anchor, span)?,
                _ => {}
            }
        }
        Ok(self.root)
    }

    fn scalar(&mut self, text: Cow<'a, str>, plain: bool, anchor: usize, span: Span) -> Result<(), Slip> {
        if let Some(map) = self.open.last_mut().filter(|open| open.is_map && open.key.is_none()) {
            if text == "<<" {
                return Err(self.slip(span, "`<<` copies fields from elsewhere, which hides what counts here.", "Write the fields out."));
            }
            map.key = Some((text, span));
            return Ok(());
        }
        let id = self.nodes.push(span, Kind::Scalar { text, plain });
        self.place(id, anchor, span)
    }

    fn begin(&mut self, span: Span, anchor: usize, is_map: bool) -> Result<(), Slip> {
        if self.open.last().is_some_and(|open| open.is_map && open.key.is_none()) {
            return Err(self.slip(span, "A list or mapping stands where a key is expected.", "Keys are plain words, like `title`."));
        }
        if self.open.len() >= DEPTH {
            return Err(self.slip(span, "This is nested more than 64 levels deep.", "Write it flatter."));
        }
        self.open.push(Open { start: span.start as usize, anchor, items: Vec::new(), entries: Vec::new(), key: None, is_map });
        Ok(())
    }

    fn end(&mut self, span: Span) -> Result<(), Slip> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let last = if open.is_map { open.entries.last().map(|entry| entry.value) } else { open.items.last().copied() };
        let inner = last.map_or(0, |id| self.nodes.span(id).end);
        // A block collection has no closing sign: it ends where its last item ends.
        let end = if span.start < span.end { span.end } else { inner };
        let kind = if open.is_map { Kind::Map(open.entries) } else { Kind::List(open.items) };
        let full = Span::new(open.start, end as usize);
        let id = self.nodes.push(full, kind);
        self.place(id, open.anchor, full)
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Slip> {
        let target = self.anchors.iter().rev().find(|(id, _)| *id == anchor).map(|(_, node)| *node);
        let Some(target) = target else {
            return Err(self.slip(span, "This `*name` points to itself.", "Write the value out."));
        };
        self.place(target, 0, span)
    }

    /// Hands a finished node to the collection it stands in.
    fn place(&mut self, id: NodeId, anchor: usize, span: Span) -> Result<(), Slip> {
        if anchor > 0 {
            self.anchors.push((anchor, id));
        }
        if self.anchors.len() > NAMED {
            return Err(self.slip(span, "More than 1,000 values are named with `&` here.", "Write the values out."));
        }
        let expanded = self.nodes.weight(id);
        if self.nodes.nodes.len() as u64 > NODES || expanded > NODES {
            return Err(self.slip(span, "This holds more than 250,000 values.", "Split the playbook, or write `*name` values out."));
        }
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(id);
            return Ok(());
        };
        if !parent.is_map {
            parent.items.push(id);
        } else if let Some((key, key_span)) = parent.key.take() {
            parent.entries.push(Entry { key, key_span, value: id });
        } else {
            return Err(self.slip(span, "`*name` stands where a key is expected.", "Write the key out."));
        }
        Ok(())
    }

    fn check_tag(&self, tag: Option<&granit_parser::Tag>, span: Span) -> Result<(), Slip> {
        match tag {
            Some(tag) if !tag.is_yaml_core_schema_tag("str") => {
                let before = &self.source.text[self.source.start..span.start as usize];
                let start = before.rfind('!').map_or(span.start as usize, |n| self.source.start + n);
                let start = if self.source.text[..start].ends_with('!') { start - 1 } else { start };
                let shown = quoted(tag.original().trim());
                Err(self.slip(
                    Span::new(start, span.end as usize),
                    format!("{shown} is a tag, and tags are not used here."),
                    "Remove the word that begins with `!`, or put the value in quotes.",
                ))
            }
            _ => Ok(()),
        }
    }

    fn slip(&self, at: Span, message: impl Into<String>, help: impl Into<String>) -> Slip {
        Slip { at, message: message.into(), help: help.into() }
    }
}
