//! Large parts of a playbook, kept apart from it: where one is absent, it takes no room.

use serde_json::Value as Json;

use super::{AnyField, Base, Decoder, FieldInfo, Names, Section, SectionInfo, Shape, Shown, Value, Visibility};
use crate::diagnostic::Span;
use crate::yaml::NodeId;

impl<T: Value> Value for Box<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
        T::decode(node, cx).map(Box::new)
    }

    fn json(&self) -> Json {
        T::json(self)
    }

    fn show(&self, names: &Names) -> Shown {
        T::show(self, names)
    }

    fn identity(&self) -> Option<(String, Span)> {
        T::identity(self)
    }

    fn open_to(self, audience: Visibility) -> Option<Self> {
        T::open_to(*self, audience).map(Box::new)
    }

    fn texts<'a>(&'a self, at: Span, visit: &mut dyn FnMut(&'a str, Span)) {
        T::texts(self, at, visit);
    }
}

impl<S: Section> Section for Box<S> {
    fn info() -> &'static SectionInfo {
        S::info()
    }

    fn set(&mut self, key: &str, node: NodeId, cx: &mut Decoder<'_>) -> bool {
        S::set(self, key, node, cx)
    }

    fn spoil(&mut self, key: &str, at: Span) {
        S::spoil(self, key, at);
    }

    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'static FieldInfo, &'a dyn AnyField)) {
        S::each(self, visit);
    }

    fn base(&self) -> &Base {
        S::base(self)
    }

    fn base_mut(&mut self) -> &mut Base {
        S::base_mut(self)
    }

    fn identity(&self) -> Option<(String, Span)> {
        S::identity(self)
    }
}
