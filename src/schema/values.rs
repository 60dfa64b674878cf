//! Text values: plain text, and text with a form of its own, ids and references among them.

use serde_json::Value as Json;

use super::refs::Target;
use super::{Decoder, Names, Shape, Shown, Value};
use crate::calendar::{Date, zone};
use crate::choice;
use crate::yaml::NodeId;

choice! {
    /// Who may see a part of a playbook. It narrows what the part's fields allow, and never widens it.
    Visibility {
        /// Only our own people.
        Internal = "internal",
        /// Our own people and the client.
        Client = "client",
        /// Our own people, the client and this vendor.
        Vendor = "vendor",
    }
}

/// Declares a text value with a form of its own.
macro_rules! text_value {
    ($(#[doc = $doc:literal])+ $name:ident, $called:literal, $pattern:literal, $example:literal, $check:expr) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(pub String);

        impl Value for $name {
            fn shape() -> Shape {
                Shape::Text { called: $called, pattern: $pattern }
            }

            fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
                let text = cx.text(node, $called, $example)?;
                let check: fn(&str) -> bool = $check;
                if !check(text) {
                    cx.expected(node, $called, $example);
                    return None;
                }
                Some($name(text.to_owned()))
            }

            fn json(&self) -> Json {
                self.0.as_str().into()
            }

            fn show(&self, _: &Names) -> Shown {
                Shown::Text(self.0.clone())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_value! {
    /// A country by its two-letter code of ISO 3166-1.
    Country, "a two-letter country code of ISO 3166-1", "^[A-Z]{2}$", "GB", is_country
}
text_value! {
    /// A currency by its three-letter code of ISO 4217.
    Currency, "a three-letter currency code", "^[A-Z]{3}$", "GBP", is_currency
}
text_value! {
    /// A legal entity identifier: twenty capital letters and digits (ISO 17442).
    Lei, "an LEI of 20 capital letters and digits", "^[A-Z0-9]{20}$", "5493001KJTIIGC8Y1R12",
    |text| text.len() == 20 && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}
text_value! {
    /// An id: small letters, digits and hyphens, at most 63.
    Id, "an id of small letters, digits and hyphens", "^[a-z0-9-]{1,63}$", "front-desk", is_id
}
text_value! {
    /// The id of an exit step: letters, digits and hyphens. A compiled step carries its fact behind a dot: `A2.shop`.
    StepId, "a step id of letters, digits and hyphens", "^[A-Za-z0-9-]{1,63}(\\.[a-z0-9-]{1,63})?$", "P1", is_step_id
}
text_value! {
    /// A time zone by its name in the IANA database.
    Zone, "a time zone such as Europe/London", "^[A-Za-z0-9_+/-]+$", "Europe/London", zone::is_zone
}
text_value! {
    /// A colour as six hexadecimal digits.
    Colour, "a colour such as #1f5c4d, in quotes", "^#[0-9A-Fa-f]{6}$", "\"#1f5c4d\"",
    |text| text.len() == 7 && text.starts_with('#') && text[1..].bytes().all(|b| b.is_ascii_hexdigit())
}
text_value! {
    /// A month, quarter or week: `2026-10`, `2026-Q4`, `2026-W41`.
    Period, "a period such as 2026-10, 2026-Q4 or 2026-W41", "^[0-9]{4}-(0[1-9]|1[0-2]|Q[1-4]|W[0-5][0-9])$", "2026-10", is_period
}
text_value! {
    /// A kind of ICT service, `S01` to `S19`.
    IctType, "a service type S01 to S19", "^S(0[1-9]|1[0-9])$", "S01",
    |text| text.strip_prefix('S').is_some_and(|n| n.len() == 2 && n.parse::<u8>().is_ok_and(|n| (1..=19).contains(&n)))
}

pub(super) fn is_currency(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase())
}

pub(super) fn is_id(text: &str) -> bool {
    (1..=63).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn is_step_id(text: &str) -> bool {
    let (step, fact) = text.split_once('.').map_or((text, None), |(step, fact)| (step, Some(fact)));
    (1..=63).contains(&step.len()) && step.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') && fact.is_none_or(is_id)
}

fn is_period(text: &str) -> bool {
    let Some((year, part)) = text.split_once('-') else {
        return false;
    };
    let in_range = |digits: &str, from: u8, to: u8| {
        digits.bytes().all(|b| b.is_ascii_digit()) && digits.parse::<u8>().is_ok_and(|n| (from..=to).contains(&n))
    };
    let part_fits = match part.as_bytes() {
        [b'Q', _] => in_range(&part[1..], 1, 4),
        [b'W', _, _] => in_range(&part[1..], 1, 53),
        [_, _] => in_range(part, 1, 12),
        _ => false,
    };
    year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) && part_fits
}

impl Period {
    /// The last day of the period; weeks are those of ISO 8601.
    pub fn last_day(&self) -> Option<Date> {
        let (year, part) = self.0.split_once('-')?;
        let year: i16 = year.parse().ok()?;
        if let Some(quarter) = part.strip_prefix('Q') {
            return Date::new(year, 3 * quarter.parse::<i8>().ok()?, 1).map(Date::end_of_month);
        }
        if let Some(week) = part.strip_prefix('W') {
            let fourth = Date::new(year, 1, 4)?;
            let monday = fourth.plus_days(-(fourth.weekday() as i64));
            return Some(monday.plus_days(7 * week.parse::<i64>().ok()? - 1));
        }
        Date::new(year, part.parse().ok()?, 1).map(Date::end_of_month)
    }
}

/// The officially assigned codes of ISO 3166-1 alpha-2.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

fn is_country(text: &str) -> bool {
    text.len() == 2 && COUNTRIES.split(' ').any(|code| code == text)
}

impl Value for String {
    fn shape() -> Shape {
        Shape::Text { called: "text", pattern: "" }
    }

    fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
        cx.text(node, "text", "a few words").map(str::to_owned)
    }

    fn json(&self) -> Json {
        self.as_str().into()
    }

    fn texts<'a>(&'a self, at: crate::diagnostic::Span, visit: &mut dyn FnMut(&'a str, crate::diagnostic::Span)) {
        visit(self, at);
    }

    fn show(&self, _: &Names) -> Shown {
        let one_word = !self.contains(char::is_whitespace);
        let address = |href: String| Shown::Link { text: self.clone(), href };
        match self.split_once('@') {
            Some((name, host)) if one_word && !name.is_empty() && host.contains('.') && !host.contains(['@', ':', '/']) => {
                address(format!("mailto:{self}"))
            }
            _ if one_word && (self.starts_with("https://") || self.starts_with("http://")) => address(self.clone()),
            _ => Shown::Text(self.clone()),
        }
    }
}

/// A person: the id of a contact of this playbook, or a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person(pub String);

impl Person {
    /// True where it is an id, which then has to be one of the contacts.
    pub fn is_id(&self) -> bool {
        is_id(&self.0)
    }
}

impl Value for Person {
    fn shape() -> Shape {
        Shape::Text { called: "a contact's id, or a person's name", pattern: "" }
    }

    fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
        let person = Person(cx.text(node, "a contact's id, or a person's name", "dana")?.to_owned());
        if person.is_id() {
            cx.refer(Target::Contact, &person.0, cx.span(node));
        }
        Some(person)
    }

    fn json(&self) -> Json {
        self.0.as_str().into()
    }

    fn show(&self, names: &Names) -> Shown {
        Shown::Text(names.person(&self.0).to_owned())
    }
}

/// Declares a reference to one kind of thing.
macro_rules! reference {
    ($(#[doc = $doc:literal])+ $name:ident, $target:ident, $called:literal, $example:literal) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(pub String);

        impl Value for $name {
            fn shape() -> Shape {
                Shape::Text { called: $called, pattern: "" }
            }

            fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
                let id = cx.text(node, $called, $example)?;
                cx.refer(Target::$target, id, cx.span(node));
                Some($name(id.to_owned()))
            }

            fn json(&self) -> Json {
                self.0.as_str().into()
            }

            fn show(&self, _: &Names) -> Shown {
                Shown::Text(self.0.clone())
            }
        }
    };
}

reference! {
    /// The id of a service of this playbook.
    ServiceRef, Service, "the id of a service", "seo"
}
reference! {
    /// The id of an access of this playbook.
    AccessRef, Access, "the id of an access", "shop"
}
reference! {
    /// The id of an exit step, of the template or the playbook's own.
    StepRef, Step, "the id of an exit step", "H2"
}
reference! {
    /// The page name of another playbook.
    PlaybookRef, Playbook, "the page name of a playbook", "tidewell"
}
reference! {
    /// An entry under a service's `needs`, word for word.
    NeedRef, Need, "an entry under a service's needs", "analytics access"
}
