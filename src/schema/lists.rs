//! Lists, and items of lists.

use serde_json::Value as Json;

use super::{Decoder, Names, Shape, Shown, Value, Visibility};
use crate::diagnostic::Span;
use crate::yaml::NodeId;

/// A list. Items that cannot be read are left out, each with its finding.
#[derive(Debug, Clone)]
pub struct List<T>(pub Box<[T]>, pub Whole);

/// Whether every item of a list could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    Yes,
    No,
}

/// The items that are open to an audience.
fn open<T: Value>(items: Box<[T]>, audience: Visibility) -> Box<[T]> {
    items.into_iter().filter_map(|item| item.open_to(audience)).collect()
}

impl<T: Value> Value for List<T> {
    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }

    fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
        let items = cx.list(node)?;
        let whole = if cx.items(node) == items.len() { Whole::Yes } else { Whole::No };
        Some(List(items.into(), whole))
    }

    fn json(&self) -> Json {
        self.0.iter().map(Value::json).collect()
    }

    fn show(&self, names: &Names) -> Shown {
        Shown::List(self.0.iter().map(|item| item.show(names)).chain((self.1 == Whole::No).then_some(Shown::Unknown)).collect())
    }

    fn open_to(self, audience: Visibility) -> Option<Self> {
        Some(List(open(self.0, audience), self.1))
    }

    fn texts<'a>(&'a self, at: Span, visit: &mut dyn FnMut(&'a str, Span)) {
        self.0.iter().for_each(|item| item.texts(at, visit));
    }
}

/// A list that may be written as one bare value.
#[derive(Debug, Clone)]
pub struct OneOrMany<T>(pub Box<[T]>, pub Whole);

impl<T: Value> Value for OneOrMany<T> {
    fn shape() -> Shape {
        Shape::OneOrMany(Box::new(T::shape()))
    }

    fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
        if !cx.is_list(node) {
            return cx.value(node).map(|one| OneOrMany(Box::new([one]), Whole::Yes));
        }
        List::decode(node, cx).map(|List(items, whole)| OneOrMany(items, whole))
    }

    fn json(&self) -> Json {
        match &*self.0 {
            [one] => one.json(),
            many => many.iter().map(Value::json).collect(),
        }
    }

    fn show(&self, names: &Names) -> Shown {
        Shown::List(self.0.iter().map(|item| item.show(names)).chain((self.1 == Whole::No).then_some(Shown::Unknown)).collect())
    }

    fn open_to(self, audience: Visibility) -> Option<Self> {
        Some(OneOrMany(open(self.0, audience), self.1))
    }

    fn texts<'a>(&'a self, at: Span, visit: &mut dyn FnMut(&'a str, Span)) {
        self.0.iter().for_each(|item| item.texts(at, visit));
    }
}

/// One value of a list of plain values. Written out as `{text: ..., visibility: internal}` it can be
/// narrowed like any other part.
#[derive(Debug, Clone)]
pub struct Item<T> {
    pub value: T,
    pub at: Span,
    pub visibility: Option<Visibility>,
}

impl<T: Value> Value for Item<T> {
    fn shape() -> Shape {
        Shape::Item(Box::new(T::shape()))
    }

    fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
        cx.item(node)
    }

    fn json(&self) -> Json {
        match self.visibility {
            None => self.value.json(),
            Some(visibility) => serde_json::json!({"text": self.value.json(), "visibility": visibility.word()}),
        }
    }

    fn show(&self, names: &Names) -> Shown {
        self.value.show(names)
    }

    fn open_to(self, audience: Visibility) -> Option<Self> {
        self.visibility.is_none_or(|own| own >= audience).then_some(self)
    }

    fn texts<'a>(&'a self, _: Span, visit: &mut dyn FnMut(&'a str, Span)) {
        self.value.texts(self.at, visit);
    }
}
