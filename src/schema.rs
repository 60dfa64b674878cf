//! The schema: every field declared once, with its type, who may see it, an example and its description.
//! From a declaration come the Rust field, the decoder with its findings, the reference page, the JSON
//! Schema, the page's rows and the JSON of `handbook.json`.
//!
//! To add a field, add one line to its section below; everything else follows.

mod access;
mod boxed;
mod communication;
mod contacts;
mod contract;
mod control;
mod debrief;
mod decode;
mod deliverables;
mod dialect;
mod exit;
mod expectations;
mod feedback;
mod field;
pub mod json_schema;
mod lists;
mod nda;
mod numbers;
mod page;
mod playbook;
mod refs;
mod regulatory;
mod section;
mod services;
mod slas;
mod times;
mod values;

pub use access::*;
pub use communication::*;
pub use contacts::*;
pub use contract::*;
pub use control::*;
pub use debrief::*;
pub use decode::Decoder;
pub use deliverables::*;
pub use dialect::{Dialect, HANDBOOK, PLAYBOOK, nearest};
pub use exit::*;
pub use expectations::*;
pub use feedback::*;
pub use field::{AnyField, Audience, Field, FieldInfo, Names, Need, SectionInfo, Shape, Shown, Value};
pub use lists::{Item, List, OneOrMany, Whole};
pub use nda::*;
pub use numbers::*;
pub use page::*;
pub use playbook::*;
pub use refs::{Known, Target, Use};
pub use regulatory::*;
pub(crate) use section::plain;
pub use section::{Base, Section};
pub use services::*;
pub use slas::*;
pub use times::*;
pub use values::*;

/// Declares one section: its fields in the order in which they are shown.
///
/// ```text
/// section! {
///     /// What the section is.
///     Notice, main "client" {
///         /// What the field is.
///         client: Days, Vendor, FromActive, "30d";
///         /// A key that is a Rust word gets another name: `kind as "type"`.
///         kind as "type": ContractType, Vendor, Optional, "sow";
///     }
/// }
/// ```
///
/// After the type: who may see it at most, from which status it is advised, an example.
/// `main` names the field that a bare value stands for, `id` the field an id is made from, `say` a function
/// that puts the section into one sentence.
#[macro_export]
macro_rules! section {
    (
        $(#[doc = $doc:literal])+
        $name:ident $(, main $main:literal)? $(, id $ident:ident)? $(, say $say:ident)? {
            $(
                $(#[doc = $fdoc:literal])+
                $field:ident $(as $key:literal)? : $ty:ty, $who:ident, $need:ident, $example:literal;
            )+
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Default)]
        pub struct $name {
            $( $(#[doc = $fdoc])+ pub $field: $crate::schema::Field<$ty>, )+
            pub base: $crate::schema::Base,
        }

        impl $crate::schema::Section for $name {
            fn info() -> &'static $crate::schema::SectionInfo {
                static INFO: $crate::schema::SectionInfo = $crate::schema::SectionInfo {
                    name: stringify!($name),
                    docs: concat!($($doc, "\n"),+),
                    main: $crate::section!(@option $($main)?),
                    fields: &[
                        $( $crate::schema::FieldInfo {
                            key: $crate::section!(@key $field $($key)?),
                            docs: concat!($($fdoc, "\n"),+),
                            audience: $crate::schema::Audience::$who,
                            need: $crate::schema::Need::$need,
                            example: $example,
                            shape: <$ty as $crate::schema::Value>::shape,
                        }, )+
                    ],
                };
                &INFO
            }

            fn set(&mut self, key: &str, node: $crate::yaml::NodeId, cx: &mut $crate::schema::Decoder<'_>) -> bool {
                match key {
                    $( _ if key == $crate::section!(@key $field $($key)?) => self.$field = $crate::schema::Field::decode(node, cx), )+
                    _ => return false,
                }
                true
            }

            fn spoil(&mut self, key: &str, at: $crate::diagnostic::Span) {
                $( if key == $crate::section!(@key $field $($key)?) && self.$field.is_absent() {
                    self.$field = $crate::schema::Field::Broken(at);
                } )+
            }

            fn each<'a>(&'a self, visit: &mut dyn FnMut(&'static $crate::schema::FieldInfo, &'a dyn $crate::schema::AnyField)) {
                let mut info = Self::info().fields.iter();
                $( if let Some(info) = info.next() { visit(info, &self.$field); } )+
            }

            fn base(&self) -> &$crate::schema::Base {
                &self.base
            }

            fn base_mut(&mut self) -> &mut $crate::schema::Base {
                &mut self.base
            }

            $(
                fn identity(&self) -> Option<(String, $crate::diagnostic::Span)> {
                    $crate::section!(@identity self $ident)
                }
            )?
        }

        impl $crate::schema::Value for $name {
            fn shape() -> $crate::schema::Shape {
                $crate::schema::Shape::Section(<$name as $crate::schema::Section>::info())
            }

            fn decode(node: $crate::yaml::NodeId, cx: &mut $crate::schema::Decoder<'_>) -> Option<Self> {
                cx.section(node)
            }

            fn json(&self) -> serde_json::Value {
                $crate::schema::Section::to_json(self)
            }

            fn show(&self, names: &$crate::schema::Names) -> $crate::schema::Shown {
                $( if let Some(said) = $say(self, names) { return $crate::schema::Shown::Text(said); } )?
                $crate::schema::Section::to_shown(self, names)
            }

            fn identity(&self) -> Option<(String, $crate::diagnostic::Span)> {
                $crate::schema::Section::identity(self)
            }

            fn open_to(self, audience: $crate::schema::Visibility) -> Option<Self> {
                let is_open = self.base.visibility.is_none_or(|own| own >= audience);
                is_open.then(|| $name { $( $field: self.$field.open_to(audience), )+ base: self.base })
            }

            fn texts<'a>(&'a self, _: $crate::diagnostic::Span, visit: &mut dyn FnMut(&'a str, $crate::diagnostic::Span)) {
                $crate::schema::Section::each(self, &mut |_, field| field.texts(visit));
            }
        }
    };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
    (@option) => { None };
    (@option $value:literal) => { Some($value) };
    (@identity $self:ident id) => {
        $self.id.given_at().map(|(id, at)| (id.to_string(), at))
    };
    (@identity $self:ident $from:ident) => {
        $self.id.given_at().map(|(id, at)| (id.to_string(), at))
            .or_else(|| $self.$from.given_at().map(|(name, at)| ($crate::schema::slug(name), at)))
    };
}

/// Declares a choice between words, each with what it means.
#[macro_export]
macro_rules! choice {
    (
        $(#[doc = $doc:literal])+
        $name:ident { $( $(#[doc = $vdoc:literal])+ $variant:ident = $word:literal $(as $label:literal)?, )+ }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $( $(#[doc = $vdoc])+ $variant, )+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            const WORDS: &'static [(&'static str, &'static str)] = &[$(($word, concat!($($vdoc, "\n"),+))),+];

            /// The word as it is written in a playbook.
            pub fn word(self) -> &'static str {
                Self::WORDS[self as usize].0
            }

            /// The word as a person reads it.
            pub fn label(self) -> String {
                const LABELS: &[Option<&str>] = &[$($crate::section!(@option $($label)?)),+];
                LABELS[self as usize].map_or_else(|| self.word().replace('_', " "), str::to_owned)
            }

            pub fn from_word(word: &str) -> Option<$name> {
                Self::WORDS.iter().position(|(known, _)| *known == word).map(|n| Self::ALL[n])
            }
        }

        impl $crate::schema::Value for $name {
            fn shape() -> $crate::schema::Shape {
                $crate::schema::Shape::Choice(Self::WORDS)
            }

            fn decode(node: $crate::yaml::NodeId, cx: &mut $crate::schema::Decoder<'_>) -> Option<Self> {
                cx.choice(node, Self::WORDS).map(|n| Self::ALL[n])
            }

            fn json(&self) -> serde_json::Value {
                self.word().into()
            }

            fn show(&self, _: &$crate::schema::Names) -> $crate::schema::Shown {
                $crate::schema::Shown::Text(self.label())
            }
        }
    };
}

/// An id made from a name: ASCII, small letters, digits and single hyphens, at most 63 characters.
pub fn slug(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in deunicode::deunicode_with_tofu_cow(name, "[?]").chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') && c != '\'' {
            out.push('-');
        }
    }
    out.truncate(63);
    out.trim_end_matches('-').to_owned()
}
