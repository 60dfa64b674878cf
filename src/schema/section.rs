//! Mappings with declared fields.

use serde_json::{Map, Value as Json};

use super::field::AnyField;
use super::{Decoder, FieldInfo, Names, SectionInfo, Shown, Visibility};
use crate::diagnostic::Span;
use crate::yaml::NodeId;

/// What every section has besides its own fields.
#[derive(Debug, Clone, Default)]
pub struct Base {
    /// The whole mapping.
    pub at: Span,
    /// The key the mapping stands under, the first byte of a list item, or the opening fence: where a missing
    /// field is told.
    pub key: Span,
    pub visibility: Option<Visibility>,
    /// The author's own `x-` keys. Few have any, so that they take as little room as can be.
    own: Option<Box<Own>>,
}

#[derive(Debug, Clone, Default)]
struct Own(Vec<(String, Json)>);

impl Base {
    /// The author's own `x-` keys.
    pub fn own(&self) -> &[(String, Json)] {
        self.own.as_ref().map_or(&[], |own| &own.0)
    }

    pub(crate) fn add_own(&mut self, key: String, value: Json) {
        self.own.get_or_insert_default().0.push((key, value));
    }
}

/// A mapping with declared fields.
pub trait Section: Default + 'static {
    fn info() -> &'static SectionInfo;
    /// Decodes the value of a declared key; false where the key is not declared.
    fn set(&mut self, key: &str, node: NodeId, cx: &mut Decoder<'_>) -> bool;
    /// Marks a field that is not written under its own key as unreadable.
    fn spoil(&mut self, key: &str, at: Span);
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'static FieldInfo, &'a dyn AnyField));
    fn base(&self) -> &Base;
    fn base_mut(&mut self) -> &mut Base;
    fn identity(&self) -> Option<(String, Span)> {
        None
    }

    fn to_json(&self) -> Json {
        let mut written = 0;
        self.each(&mut |_, field| written += usize::from(field.is_written()));
        let mut map = Map::with_capacity(written + 2);
        self.each(&mut |info, field| {
            if let Some(json) = field.json() {
                map.insert(info.key.to_owned(), json);
            }
        });
        if let Some(visibility) = self.base().visibility {
            map.insert("visibility".to_owned(), visibility.word().into());
        }
        // An id that is made from a name is written too, because steps and people refer to it.
        if let Some((id, _)) = self.identity().filter(|_| !map.contains_key("id")) {
            map.insert("id".to_owned(), id.into());
        }
        map.extend(self.base().own().iter().cloned());
        Json::Object(map)
    }

    fn to_shown(&self, names: &Names) -> Shown {
        let mut facts = Vec::new();
        self.each(&mut |info, field| {
            if let Some(shown) = field.show(names) {
                facts.push((info.label(), shown));
            }
        });
        facts.extend(self.base().own().iter().map(|(key, value)| (key.clone(), Shown::Text(plain(value)))));
        Shown::Facts(facts)
    }
}

/// An author's own value as a person reads it.
pub(crate) fn plain(json: &Json) -> String {
    match json {
        Json::String(text) => text.clone(),
        Json::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
