//! What can be read of a text that cannot be read as a whole.

use std::borrow::Cow;

use super::{Builder, Entry, Kind, NodeId, Nodes, Slip, Source, quoting};
use crate::diagnostic::{Code, Findings, Span};

/// Reads each top-level part on its own and reports the ones that cannot be read.
pub(super) fn parts<'a>(
    source: Source<'a>,
    nodes: &mut Nodes<'a>,
    whole: Slip,
    code: &'static Code,
    findings: &mut Findings,
) -> Option<NodeId> {
    let mut report = |slip: Slip, patch| {
        findings.add(code, slip.at, slip.message).help(slip.help).patch(patch);
    };
    let mut entries = Vec::new();
    let mut told = 0;
    nodes.nodes.clear();
    for part in top_level_parts(source) {
        let before = nodes.nodes.len();
        match Builder::new(part, nodes).run() {
            Ok(None) => {}
            Ok(Some(root)) => match std::mem::replace(&mut nodes.nodes[root.0 as usize].kind, Kind::Broken) {
                Kind::Map(found) => entries.extend(found),
                other => nodes.nodes[root.0 as usize].kind = other,
            },
            Err(slip) => {
                // A name that another part gives is not seen from here.
                if !is_named_elsewhere(source, &slip) {
                    told += 1;
                    let patch = quoting::fix(part, &slip);
                    report(slip, patch);
                }
                nodes.nodes.truncate(before);
                if let Some((key, key_span)) = leading_key(part) {
                    let value = nodes.push(key_span, Kind::Broken);
                    entries.push(Entry { key: Cow::Borrowed(key), key_span, value });
                }
            }
        }
    }
    if told == 0 {
        report(whole, None);
    }
    (!entries.is_empty()).then(|| nodes.push(Span::new(source.start, source.end), Kind::Map(entries)))
}

/// True at a `*name` whose `&name` stands somewhere in the text.
fn is_named_elsewhere(source: Source<'_>, slip: &Slip) -> bool {
    let text = &source.text[source.start..source.end];
    let alias = source.text.get(slip.at.start as usize..source.end).and_then(|rest| rest.strip_prefix('*'));
    let name =
        alias.map(|rest| rest.split(|c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}')).next().unwrap_or_default());
    name.is_some_and(|name| !name.is_empty() && text.contains(&format!("&{name}")))
}

/// Cuts the text before each line that begins with something other than space, a comment or a list dash.
fn top_level_parts(source: Source<'_>) -> Vec<Source<'_>> {
    let mut cuts = vec![source.start];
    let mut at = source.start;
    for line in source.text[source.start..source.end].split_inclusive('\n') {
        if at > source.start && line.starts_with(|c: char| !c.is_whitespace() && !matches!(c, '#' | '-' | ']' | '}')) {
            cuts.push(at);
        }
        at += line.len();
    }
    cuts.push(source.end);
    cuts.windows(2).map(|pair| Source { start: pair[0], end: pair[1], ..source }).collect()
}

fn leading_key(part: Source<'_>) -> Option<(&str, Span)> {
    let text = &part.text[part.start..part.end];
    let end = text.find(':')?;
    let key = &text[..end];
    let plain = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    plain.then(|| (key, Span::new(part.start, part.start + end)))
}
