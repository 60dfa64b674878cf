//! What a field is: its declaration, its state in a playbook, and the trait of everything a field can hold.

use serde_json::Value as Json;

use super::{Decoder, List, Section, Visibility};
use crate::calendar::{Date, terms::Input};
use crate::diagnostic::{Span, capital};
use crate::yaml::NodeId;

/// Who may see a field at most. A `visibility` key narrows it, nothing widens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    Internal,
    Client,
    Vendor,
}

impl Audience {
    pub fn label(self) -> &'static str {
        match self {
            Audience::Internal => "internal only",
            Audience::Client => "client and internal",
            Audience::Vendor => "vendor, client and internal",
        }
    }
}

/// From which status on a field is expected. Only `Required` is a matter of shape; the rest is advice,
/// and the rules give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    Required,
    FromOnboarding,
    FromActive,
    FromExiting,
    WhenEnded,
    WhenCritical,
    Advised,
    Optional,
}

impl Need {
    pub fn label(self) -> &'static str {
        match self {
            Need::Required => "required",
            Need::FromOnboarding => "advised from onboarding on",
            Need::FromActive => "advised from active on",
            Need::FromExiting => "advised when exiting",
            Need::WhenEnded => "advised once ended",
            Need::WhenCritical => "advised for critical vendors",
            Need::Advised => "advised",
            Need::Optional => "optional",
        }
    }
}

/// The declaration of one field.
#[derive(Debug)]
pub struct FieldInfo {
    pub key: &'static str,
    pub docs: &'static str,
    pub audience: Audience,
    pub need: Need,
    pub example: &'static str,
    pub shape: fn() -> Shape,
}

impl FieldInfo {
    /// The key as a person reads it: `owner_of_rights` is "Owner of rights".
    pub fn label(&self) -> String {
        const SPELLED: &[(&str, &str)] = &[
            ("nda", "NDA"),
            ("slas", "Service levels"),
            ("lei", "LEI"),
            ("euid", "EUID"),
            ("vat", "VAT number"),
            ("duns", "D-U-N-S number"),
            ("company_no", "Company number"),
            ("ids", "Registered as"),
            ("url", "Link"),
            ("ict_type", "ICT service type"),
            ("rto_h", "Hours a stop may last"),
            ("rpo_h", "Hours of data that may be lost"),
            ("deemed", "Counts as received after"),
            ("exit_right", "We may leave"),
            ("held_by", "In whose name"),
            ("if_asked", "If they ask"),
            ("positive", "Thank them for"),
            ("dora", "For a register of ICT services"),
        ];
        if let Some((_, spelled)) = SPELLED.iter().find(|(key, _)| *key == self.key) {
            return (*spelled).to_owned();
        }
        capital(&self.key.replace('_', " "))
    }
}

/// The declaration of one section.
#[derive(Debug)]
pub struct SectionInfo {
    pub name: &'static str,
    pub docs: &'static str,
    /// The field a bare value stands for.
    pub main: Option<&'static str>,
    pub fields: &'static [FieldInfo],
}

/// What a value looks like when written, for the reference and the JSON Schema.
#[derive(Debug, Clone)]
pub enum Shape {
    /// A scalar: what people call it, and the pattern of its text, or "" for any text.
    Text {
        called: &'static str,
        pattern: &'static str,
    },
    Bool,
    Int {
        min: i64,
        max: i64,
    },
    /// Any number, from the least to the most where these are given.
    Number {
        least: Option<u8>,
        most: Option<u8>,
    },
    Choice(&'static [(&'static str, &'static str)]),
    List(Box<Shape>),
    OneOrMany(Box<Shape>),
    /// Names to values.
    Map(Box<Shape>),
    /// Either a word of the choice, or the other shape.
    Or(Box<Shape>, Box<Shape>),
    Section(&'static SectionInfo),
    /// A list item that may be written out to carry `visibility`.
    Item(Box<Shape>),
}

/// A value as a page shows it.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    Text(String),
    Date(Date),
    Link {
        text: String,
        href: String,
    },
    List(Vec<Shown>),
    Facts(Vec<(String, Shown)>),
    /// Written, but not readable.
    Unknown,
}

/// The names behind ids, for showing references.
#[derive(Debug, Clone, Default)]
pub struct Names {
    pub people: Vec<(String, String)>,
}

impl Names {
    pub fn person<'a>(&'a self, id: &'a str) -> &'a str {
        self.people.iter().find(|(known, _)| known == id).map_or(id, |(_, name)| name)
    }
}

/// Anything a field can hold.
pub trait Value: Sized + 'static {
    fn shape() -> Shape;
    /// Reads a node that is neither null nor broken. Reports what is wrong and then gives nothing.
    fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self>;
    /// The normalised value, for `handbook.json`.
    fn json(&self) -> Json;
    fn show(&self, names: &Names) -> Shown;
    /// The id of a list item, and where it is written.
    fn identity(&self) -> Option<(String, Span)> {
        None
    }
    /// What readers of an audience may see of the value; nothing where all of it is closed to them.
    fn open_to(self, _audience: Visibility) -> Option<Self> {
        Some(self)
    }
    /// Hands on every piece of free text in the value, with the place it is written at.
    fn texts<'a>(&'a self, _at: Span, _visit: &mut dyn FnMut(&'a str, Span)) {}
}

/// The state of a field in one playbook.
#[derive(Debug, Clone, Default)]
pub enum Field<T> {
    #[default]
    Absent,
    /// Written, but unreadable: its finding is told, and nothing may be derived from it.
    Broken(Span),
    Given(T, Span),
}

impl<T> Field<T> {
    pub fn get(&self) -> Option<&T> {
        match self {
            Field::Given(value, _) => Some(value),
            _ => None,
        }
    }

    pub fn given_at(&self) -> Option<(&T, Span)> {
        match self {
            Field::Given(value, span) => Some((value, *span)),
            _ => None,
        }
    }

    pub fn span(&self) -> Option<Span> {
        match self {
            Field::Absent => None,
            Field::Broken(span) | Field::Given(_, span) => Some(*span),
        }
    }

    pub fn is_absent(&self) -> bool {
        matches!(self, Field::Absent)
    }

    pub fn is_broken(&self) -> bool {
        matches!(self, Field::Broken(_))
    }
}

impl<T: Clone> Field<T> {
    /// The field as an input of date arithmetic.
    pub fn input(&self) -> Input<T> {
        match self {
            Field::Absent => Input::Absent,
            Field::Broken(_) => Input::Broken,
            Field::Given(value, _) => Input::Given(value.clone()),
        }
    }
}

impl<T: Copy> Field<T> {
    pub fn copied(&self) -> Option<T> {
        self.get().copied()
    }
}

impl<T> Field<List<T>> {
    /// True where some of it is written and cannot be read, so that nothing is known to be missing.
    pub fn is_unsure(&self) -> bool {
        self.is_broken() || self.get().is_some_and(|list| list.1 == super::Whole::No)
    }

    /// The items, none where the field is absent or broken.
    pub fn items(&self) -> &[T] {
        self.get().map_or(&[], |list| &list.0)
    }
}

impl Field<String> {
    pub fn text(&self) -> Option<&str> {
        self.get().map(String::as_str)
    }
}

impl<T: Value> Field<T> {
    /// What readers of an audience may see of the field: it is absent where all of it is closed to them.
    pub(crate) fn open_to(self, audience: Visibility) -> Field<T> {
        match self {
            Field::Given(value, at) => value.open_to(audience).map_or(Field::Absent, |value| Field::Given(value, at)),
            other => other,
        }
    }

    pub(crate) fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Field<T> {
        match cx.value::<T>(node) {
            Some(value) => Field::Given(value, cx.span(node)),
            None => Field::Broken(cx.span(node)),
        }
    }
}

impl<S: Section> Field<S> {
    /// Takes the mark off the section as a whole; those inside stay.
    pub(crate) fn unmark(&mut self) {
        if let Field::Given(section, _) = self {
            section.base_mut().visibility = None;
        }
    }
}

/// A field without its type, for walking over a section.
pub trait AnyField {
    /// True where it is written and cannot be read.
    fn is_unread(&self) -> bool;
    fn is_written(&self) -> bool;
    /// Null where the field is broken, nothing where it is absent.
    fn json(&self) -> Option<Json>;
    fn show(&self, names: &Names) -> Option<Shown>;
    /// Every piece of free text in it, with its place.
    fn texts<'a>(&'a self, visit: &mut dyn FnMut(&'a str, Span));
}

impl<T: Value> AnyField for Field<T> {
    fn is_unread(&self) -> bool {
        self.is_broken()
    }

    fn is_written(&self) -> bool {
        !self.is_absent()
    }

    fn json(&self) -> Option<Json> {
        match self {
            Field::Absent => None,
            Field::Broken(_) => Some(Json::Null),
            Field::Given(value, _) => Some(value.json()),
        }
    }

    fn show(&self, names: &Names) -> Option<Shown> {
        match self {
            Field::Absent => None,
            Field::Broken(_) => Some(Shown::Unknown),
            Field::Given(value, _) => Some(value.show(names)),
        }
    }

    fn texts<'a>(&'a self, visit: &mut dyn FnMut(&'a str, Span)) {
        if let Field::Given(value, at) = self {
            value.texts(*at, visit);
        }
    }
}
