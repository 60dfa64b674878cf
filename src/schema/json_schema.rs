//! The schema as data: every path with its declaration, and the JSON Schema for editors.

use std::sync::LazyLock;

use serde_json::{Map, Value as Json, json};

use super::{FieldInfo, PageMatter, Playbook, Section, SectionInfo, Shape, Value, Visibility};

/// One field at its place in a playbook.
#[derive(Debug)]
pub struct Entry {
    /// Its path without list brackets: `contacts.role`.
    pub path: String,
    /// How deep it stands: 0 at the top.
    pub depth: usize,
    pub info: &'static FieldInfo,
    /// The section below it, where it holds one.
    pub section: Option<&'static SectionInfo>,
}

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| entries_of(Playbook::info(), ""));

static PAGE: LazyLock<Vec<Entry>> = LazyLock::new(|| entries_of(PageMatter::info(), "page"));

static PATHS: LazyLock<Vec<String>> = LazyLock::new(|| ENTRIES.iter().map(|entry| entry.path.clone()).collect());

/// Every field of a playbook, in the order of the declarations.
pub fn entries() -> &'static [Entry] {
    &ENTRIES
}

/// Every field of a page of the author's own, each with its path below `page`.
pub fn page_entries() -> &'static [Entry] {
    &PAGE
}

/// The path of every field.
pub fn paths() -> &'static [String] {
    &PATHS
}

/// Every field of a section and of what stands in it, each with its path below `prefix`.
pub fn entries_of(section: &'static SectionInfo, prefix: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    walk(section, prefix, 0, &mut entries);
    entries
}

fn walk(section: &'static SectionInfo, prefix: &str, depth: usize, entries: &mut Vec<Entry>) {
    for info in section.fields {
        let path = if prefix.is_empty() { info.key.to_owned() } else { format!("{prefix}.{}", info.key) };
        let below = section_in(&(info.shape)());
        entries.push(Entry { path: path.clone(), depth, info, section: below });
        if let Some(below) = below {
            walk(below, &path, depth + 1, entries);
        }
    }
}

fn section_in(shape: &Shape) -> Option<&'static SectionInfo> {
    match shape {
        Shape::Section(section) => Some(section),
        Shape::List(inner) | Shape::OneOrMany(inner) | Shape::Map(inner) | Shape::Item(inner) | Shape::Or(_, inner) => section_in(inner),
        _ => None,
    }
}

impl Shape {
    /// What people call it.
    pub fn called(&self) -> String {
        match self {
            Shape::Text { called, .. } => (*called).to_owned(),
            Shape::Bool => "true or false".to_owned(),
            Shape::Int { min, max } => format!("a whole number from {min} to {max}"),
            Shape::Number { least: Some(least), most: Some(most) } => format!("a number from {least} to {most}"),
            Shape::Number { least: Some(least), .. } => format!("a number, {least} or more"),
            Shape::Number { .. } => "a number".to_owned(),
            Shape::Choice(_) => "one word".to_owned(),
            Shape::List(inner) => format!("a list: {}", inner.called()),
            Shape::OneOrMany(inner) => format!("{}, or a list of them", inner.called()),
            Shape::Map(inner) => format!("names, each with {}", inner.called()),
            Shape::Or(a, b) => format!("{}, or {}", a.called(), b.called()),
            Shape::Section(section) => match section.main {
                Some(main) => format!("a mapping, or its `{main}` alone"),
                None => "a mapping".to_owned(),
            },
            Shape::Item(inner) => inner.called(),
        }
    }

    /// The words that can be chosen from, with what they mean.
    pub fn choices(&self) -> Vec<(&'static str, &'static str)> {
        match self {
            Shape::Choice(words) => words.to_vec(),
            Shape::List(inner) | Shape::OneOrMany(inner) | Shape::Item(inner) | Shape::Map(inner) => inner.choices(),
            Shape::Or(a, b) => a.choices().into_iter().chain(b.choices()).collect(),
            _ => Vec::new(),
        }
    }

    fn json(&self) -> Json {
        match self {
            Shape::Text { pattern: "", .. } => json!({"type": ["string", "number", "boolean"]}),
            Shape::Text { pattern, called } => {
                json!({"type": "string", "pattern": pattern, "description": called})
            }
            Shape::Bool => json!({"type": "boolean"}),
            Shape::Int { min, max } => json!({"type": "integer", "minimum": min, "maximum": max}),
            Shape::Number { least, most } => {
                let limits = [("minimum", least), ("maximum", most)];
                let limits = limits.into_iter().filter_map(|(key, limit)| Some((key.to_owned(), Json::from((*limit)?))));
                Json::Object(std::iter::once(("type".to_owned(), "number".into())).chain(limits).collect())
            }
            Shape::Choice(words) => {
                let numeric = words.iter().filter_map(|(word, _)| word.parse::<i64>().ok()).map(Json::from);
                let all: Vec<Json> = words.iter().map(|(word, _)| Json::from(*word)).chain(numeric).collect();
                json!({"enum": all})
            }
            Shape::List(inner) => json!({"type": "array", "items": inner.json()}),
            Shape::OneOrMany(inner) => {
                json!({"oneOf": [inner.json(), {"type": "array", "items": inner.json()}]})
            }
            Shape::Map(inner) => json!({"type": "object", "additionalProperties": inner.json()}),
            Shape::Or(a, b) => json!({"anyOf": [a.json(), b.json()]}),
            Shape::Item(inner) => json!({"anyOf": [inner.json(), {
                "type": "object",
                "properties": {"text": inner.json(), "id": inner.json(), "visibility": Visibility::shape().json()},
                "patternProperties": {"^x-": {}},
                "additionalProperties": false,
            }]}),
            Shape::Section(section) => {
                let reference = json!({"$ref": format!("#/definitions/{}", section.name)});
                match section.main {
                    None => reference,
                    Some(main) => {
                        let bare = section.fields.iter().find(|field| field.key == main).map(|field| (field.shape)().json());
                        json!({"anyOf": [reference, bare]})
                    }
                }
            }
        }
    }
}

/// The JSON Schema (draft-07) of a playbook's front matter, with every description.
pub fn schema() -> Json {
    let mut definitions = Map::new();
    let top = object(Playbook::info());
    for section in ENTRIES.iter().filter_map(|entry| entry.section) {
        definitions.entry(section.name).or_insert_with(|| object(section));
    }
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), "http://json-schema.org/draft-07/schema#".into());
    schema.insert("title".to_owned(), "Partwell playbook".into());
    if let Json::Object(top) = top {
        schema.extend(top);
    }
    schema.insert("definitions".to_owned(), Json::Object(definitions));
    Json::Object(schema)
}

fn object(section: &SectionInfo) -> Json {
    let mut properties = Map::new();
    for field in section.fields {
        let mut shape = (field.shape)().json();
        let reference = shape.get("$ref").is_some();
        if reference {
            // Draft-07 ignores everything beside a reference, so it gets a wrapper to carry the description.
            shape = json!({"allOf": [shape]});
        }
        if let Json::Object(map) = &mut shape {
            map.insert("description".to_owned(), description(field).into());
            map.insert("examples".to_owned(), json!([field.example]));
        }
        properties.insert(field.key.to_owned(), shape);
    }
    let mut visibility = Visibility::shape().json();
    visibility["description"] = "Who may see this part at most: internal, client or vendor.".into();
    properties.insert("visibility".to_owned(), visibility);
    let required: Vec<&str> = section.fields.iter().filter(|field| field.need == super::Need::Required).map(|field| field.key).collect();
    let mut object = json!({
        "type": "object",
        "description": section.docs.split_whitespace().collect::<Vec<_>>().join(" "),
        "properties": properties,
        "patternProperties": {"^x-": {}},
        "additionalProperties": false,
    });
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    object
}

fn description(field: &FieldInfo) -> String {
    let words = (field.shape)().choices();
    let text = field.docs.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = words.iter().map(|(word, means)| format!("\n- {word}: {}", means.split_whitespace().collect::<Vec<_>>().join(" ")));
    std::iter::once(text).chain(lines).collect()
}
