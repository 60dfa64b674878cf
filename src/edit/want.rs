//! What is to be written into a playbook: values by their places, and their YAML.

use std::collections::HashMap;

use serde_json::Value;

/// One step on the way to a value.
#[derive(Debug, Clone, Copy)]
pub enum At<'a> {
    /// A field. `main` is the field that a bare value stands for, where there is one: `exit: standard`.
    Key { key: &'a str, main: Option<&'a str> },
    /// The item of a list with this id, compared without case. It is added where there is none.
    Item(&'a str),
}

/// The field that everything about an ending stands under. It may be no more than the name of a template.
pub const EXIT: At<'static> = At::Key { key: "exit", main: Some("template") };

/// A field without a short form.
pub const fn key(key: &str) -> At<'_> {
    At::Key { key, main: None }
}

/// What is to stand at a place: a value, or something at places below it.
#[derive(Debug)]
pub enum Want<'a> {
    /// YAML for a single line.
    Value(&'a str),
    Below(Vec<(At<'a>, Want<'a>)>),
}

/// A value and its place.
type Placed<'a> = (&'a [At<'a>], &'a str);

impl<'a> Want<'a> {
    /// All values by their places, those of one place together, in the order in which each place is first named.
    pub fn all(values: &'a [(Vec<At<'a>>, String)]) -> Want<'a> {
        let refs: Vec<Placed<'a>> = values.iter().map(|(path, value)| (path.as_slice(), value.as_str())).collect();
        Want::of(refs)
    }

    fn of(values: Vec<Placed<'a>>) -> Want<'a> {
        if let Some((_, value)) = values.iter().rev().find(|(path, _)| path.is_empty()) {
            return Want::Value(value);
        }
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut groups: Vec<(At<'a>, Vec<Placed<'a>>)> = Vec::new();
        for (path, value) in values {
            let Some((first, rest)) = path.split_first() else { continue };
            let n = *places.entry(first.name()).or_insert_with(|| {
                groups.push((*first, Vec::new()));
                groups.len() - 1
            });
            groups[n].1.push((rest, value));
        }
        Want::Below(groups.into_iter().map(|(first, below)| (first, Want::of(below))).collect())
    }

    fn below(&self) -> &[(At<'a>, Want<'a>)] {
        match self {
            Want::Value(_) => &[],
            Want::Below(below) => below,
        }
    }
}

impl At<'_> {
    /// Equal for the same place of one node.
    pub fn name(&self) -> String {
        match self {
            At::Key { key, .. } => (*key).to_owned(),
            At::Item(id) => id.to_ascii_lowercase(),
        }
    }
}

/// The tree with what another one has at the wanted places: all else has to be as it was.
pub fn with(tree: Value, want: &Want<'_>, after: &Value) -> Value {
    let Want::Below(below) = want else { return after.clone() };
    let is_list = matches!(below.first(), Some((At::Item(_), _)));
    if is_list { with_items(tree, below, after) } else { with_fields(tree, below, after) }
}

fn with_fields(tree: Value, below: &[(At<'_>, Want<'_>)], after: &Value) -> Value {
    let mut fields = if let Value::Object(fields) = tree { fields } else { serde_json::Map::new() };
    for (at, want) in below {
        let At::Key { key, main } = at else { continue };
        let old = fields.get(*key).cloned().unwrap_or(Value::Null);
        let old = match main.filter(|_| matches!(old, Value::String(_)) && matches!(want, Want::Below(_))) {
            Some(main) => Value::Object(serde_json::Map::from_iter([(main.to_owned(), old)])),
            None => old,
        };
        fields.insert((*key).to_owned(), with(old, want, after.get(*key).unwrap_or(&Value::Null)));
    }
    Value::Object(fields)
}

fn with_items(tree: Value, below: &[(At<'_>, Want<'_>)], after: &Value) -> Value {
    let id_of = |item: &Value| item.get("id").and_then(Value::as_str).map(str::to_ascii_lowercase);
    let by_id = |items: &[Value]| -> HashMap<String, usize> {
        items.iter().enumerate().rev().filter_map(|(n, item)| Some((id_of(item)?, n))).collect()
    };
    let mut items = if let Value::Array(items) = tree { items } else { Vec::new() };
    let (known, now) = (by_id(&items), after.as_array().map(Vec::as_slice).unwrap_or_default());
    let found = by_id(now);
    for (at, want) in below {
        let At::Item(id) = at else { continue };
        let new = found.get(&at.name()).map_or(&Value::Null, |n| &now[*n]);
        match known.get(&at.name()) {
            Some(n) => items[*n] = with(items[*n].take(), want, new),
            None => {
                let id = Value::Object(serde_json::Map::from_iter([("id".to_owned(), Value::String((*id).to_owned()))]));
                items.push(with(id, want, new));
            }
        }
    }
    Value::Array(items)
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

/// What follows the colon of a key that has no value yet.
pub fn filled(want: &Want<'_>, column: usize, in_flow: bool) -> String {
    match want {
        Want::Value(value) => format!(" {value}"),
        Want::Below(_) if in_flow => format!(" {}", flow(want)),
        Want::Below(_) => format!("\n{}{}", " ".repeat(column + 2), block(want, column + 2)),
    }
}

/// What is wanted in one line: `{id: P1, done: 2026-11-09}`, `[{id: P1}]`.
fn flow(want: &Want<'_>) -> String {
    match want {
        Want::Value(value) => (*value).to_owned(),
        Want::Below(below) if matches!(below.first(), Some((At::Item(_), _))) => format!("[{}]", flow_all(below)),
        Want::Below(below) => format!("{{{}}}", flow_all(below)),
    }
}

pub fn flow_all(below: &[(At<'_>, Want<'_>)]) -> String {
    below.iter().map(|(at, want)| entry_in_flow(at, want)).collect::<Vec<_>>().join(", ")
}

/// `done: 2026-11-09` for a field, `{id: P1, done: 2026-11-09}` for an item.
pub fn entry_in_flow(at: &At<'_>, want: &Want<'_>) -> String {
    match (at, want) {
        (At::Key { key, .. }, want) => format!("{key}: {}", flow(want)),
        (At::Item(id), Want::Below(below)) => format!("{{id: {}, {}}}", scalar(id), flow_all(below)),
        (At::Item(id), Want::Value(_)) => scalar(id),
    }
}

/// What is wanted on lines of their own, but for the first line's indent.
pub fn block(want: &Want<'_>, column: usize) -> String {
    let entries = want.below().iter().map(|(at, want)| entry_in_block(at, want, column));
    entries.collect::<Vec<_>>().join(&format!("\n{}", " ".repeat(column)))
}

pub fn entry_in_block(at: &At<'_>, want: &Want<'_>, column: usize) -> String {
    match (at, want) {
        (At::Item(_), want) => format!("- {}", entry_in_flow(at, want)),
        (At::Key { key, .. }, want) => format!("{key}:{}", filled(want, column, false)),
    }
}
