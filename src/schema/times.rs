//! Dates, lengths of time and what is counted from them.

use serde_json::Value as Json;

use super::{Decoder, Names, Shape, Shown, Value};
use crate::calendar::{Date, Duration, Offset, zone};
use crate::choice;
use crate::yaml::NodeId;

impl Value for Date {
    fn shape() -> Shape {
        Shape::Text { called: "a date", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }
    }

    fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
        let text = cx.text(node, "a date", "2026-02-28")?;
        match Date::parse(text) {
            Ok(date) => Some(date),
            Err(why) => {
                let shown = crate::diagnostic::quoted(text);
                let (code, at) = (cx.dialect.date, cx.span(node));
                let patch = in_order(text).and_then(|date| cx.respelt(node, &date.to_string()));
                cx.report(code, at, format!("{shown} is not a date: {why}."))
                    .help("Write the day you mean, for example `2026-02-28`.")
                    .patch(patch);
                None
            }
        }
    }

    fn json(&self) -> Json {
        self.to_string().into()
    }

    fn show(&self, _: &Names) -> Shown {
        Shown::Date(*self)
    }
}

/// The date behind `2026-2-3` or `2026/02/03`: year, month, day, in that order alone.
fn in_order(text: &str) -> Option<Date> {
    let sign = if text.contains('/') { '/' } else { '-' };
    let parts: Vec<&str> = text.split(sign).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let digits = |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let fits = year.len() == 4 && digits(year, 4) && digits(month, 2) && digits(day, 2);
    fits.then(|| Date::parse(&format!("{year}-{month:0>2}-{day:0>2}")).ok()).flatten()
}

fn duration<T>(node: NodeId, cx: &mut Decoder<'_>, parse: fn(&str) -> Result<T, String>, example: &str) -> Option<T> {
    let text = cx.text(node, "a length of time", example)?;
    match parse(text) {
        Ok(value) => Some(value),
        Err(why) => {
            let shown = crate::diagnostic::quoted(text);
            let (code, at) = (cx.dialect.duration, cx.span(node));
            cx.report(code, at, format!("{shown} is not a length of time: {why}."))
                .help(format!("Write for example `{example}`: d, bd (business days), w, mo or y."));
            None
        }
    }
}

impl Value for Duration {
    fn shape() -> Shape {
        Shape::Text { called: "a duration", pattern: "^([0-9]+(min|h|bh|d|bd|w|mo|y)|P[0-9]+[DWMY]|PT[0-9]+[HM])$" }
    }

    fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
        duration(node, cx, Duration::parse, "4bh")
    }

    fn json(&self) -> Json {
        self.to_string().into()
    }

    fn show(&self, _: &Names) -> Shown {
        Shown::Text(self.words())
    }
}

/// A duration of whole days or longer, from which a date can be worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days(pub Duration);

impl Value for Days {
    fn shape() -> Shape {
        Shape::Text { called: "a duration in days or longer", pattern: "^([0-9]+(d|bd|w|mo|y)|P[0-9]+[DWMY])$" }
    }

    fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
        duration(node, cx, |text| days(text).map(Days), "30d")
    }

    fn json(&self) -> Json {
        self.0.json()
    }

    fn show(&self, names: &Names) -> Shown {
        self.0.show(names)
    }
}

fn days(text: &str) -> Result<Duration, String> {
    let duration = Duration::parse(text)?;
    let short = format!("`{}` does not reach a whole day: count in d, bd, w, mo or y", duration.unit.suffix());
    if duration.counts_days() { Ok(duration) } else { Err(short) }
}

/// A duration of whole days or longer, and not of none: how long something runs, or how often it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length(pub Duration);

impl Value for Length {
    fn shape() -> Shape {
        Shape::Text { called: "a duration of a day or longer", pattern: "^(0*[1-9][0-9]*(d|bd|w|mo|y)|P0*[1-9][0-9]*[DWMY])$" }
    }

    fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
        let period = |text: &str| match days(text)? {
            none if none.count == 0 => Err("it is none at all".to_owned()),
            duration => Ok(Length(duration)),
        };
        duration(node, cx, period, "12mo")
    }

    fn json(&self) -> Json {
        self.0.json()
    }

    fn show(&self, names: &Names) -> Shown {
        self.0.show(names)
    }
}

impl Value for Offset {
    fn shape() -> Shape {
        Shape::Text { called: "an offset", pattern: "^[-+]?([0-9]+(d|bd|w|mo|y)|P[0-9]+[DWMY])$" }
    }

    fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
        duration(node, cx, Offset::parse, "-10bd")
    }

    fn json(&self) -> Json {
        self.to_string().into()
    }

    fn show(&self, _: &Names) -> Shown {
        let way = if self.back { "before" } else { "after" };
        Shown::Text(if self.is_zero() { "on the last day".to_owned() } else { format!("{} {way} the last day", self.duration.words()) })
    }
}

/// When a step is due: an offset from its anchor, or a date, which never rolls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Offset(Offset),
    Date(Date),
}

impl Value for When {
    fn shape() -> Shape {
        Shape::Or(Box::new(Offset::shape()), Box::new(Date::shape()))
    }

    fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
        let text = cx.text(node, "an offset or a date", "-10bd")?;
        let dated = text.len() >= 8 && text[..4.min(text.len())].bytes().all(|b| b.is_ascii_digit()) && text[4..].starts_with(['-', '/']);
        if dated { Date::decode(node, cx).map(When::Date) } else { Offset::decode(node, cx).map(When::Offset) }
    }

    fn json(&self) -> Json {
        match self {
            When::Offset(offset) => offset.json(),
            When::Date(date) => date.json(),
        }
    }

    fn show(&self, names: &Names) -> Shown {
        match self {
            When::Offset(offset) => offset.show(names),
            When::Date(date) => date.show(names),
        }
    }
}

impl Value for zone::Time {
    fn shape() -> Shape {
        Shape::Text { called: "a time of day", pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$" }
    }

    fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
        let text = cx.text(node, "a time of day", "\"17:00\"")?;
        let time = zone::Time::parse(text);
        if time.is_none() {
            cx.expected(node, "a time of day, 00:00 to 23:59", "\"17:00\"");
        }
        time
    }

    fn json(&self) -> Json {
        self.to_string().into()
    }

    fn show(&self, _: &Names) -> Shown {
        Shown::Text(self.to_string())
    }
}

/// A duration, or a word that stands for no end to be counted.
macro_rules! duration_or_word {
    ($(#[doc = $doc:literal])+ $name:ident, $words:ident { $(#[doc = $wdoc:literal])+ $variant:ident = $word:literal }) => {
        choice! { $(#[doc = $doc])+ $words { $(#[doc = $wdoc])+ $variant = $word, } }

        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            For(Days),
            $variant,
        }

        impl Value for $name {
            fn shape() -> Shape {
                Shape::Or(Box::new(Days::shape()), Box::new($words::shape()))
            }

            fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
                let text = cx.text(node, concat!("a duration or `", $word, "`"), "3y")?;
                if text == $word { return Some($name::$variant) }
                if text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | 'P')) {
                    return Days::decode(node, cx).map($name::For);
                }
                cx.expected(node, concat!("a duration or `", $word, "`"), "3y");
                None
            }

            fn json(&self) -> Json {
                match self {
                    $name::For(days) => days.json(),
                    $name::$variant => $word.into(),
                }
            }

            fn show(&self, names: &Names) -> Shown {
                match self {
                    $name::For(days) => days.show(names),
                    $name::$variant => Shown::Text($words::$variant.label()),
                }
            }
        }
    };
}

duration_or_word! {
    /// How long confidentiality lasts.
    Lasting, LastingWord {
        /// It never ends.
        Perpetual = "perpetual"
    }
}
duration_or_word! {
    /// How long an agreement runs.
    AgreementTerm, AgreementTermWord {
        /// Until one side ends it.
        UntilTerminated = "until_terminated"
    }
}
duration_or_word! {
    /// How long trade secrets are protected.
    SecretTerm, SecretTermWord {
        /// For as long as they are secret.
        WhileSecret = "while_secret"
    }
}
