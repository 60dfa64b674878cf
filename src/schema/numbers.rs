//! Numbers, money and scores.

use serde_json::{Value as Json, json};

use super::values::is_currency;
use super::{Decoder, Names, Shape, Shown, Value};
use crate::yaml::NodeId;

impl Value for bool {
    fn shape() -> Shape {
        Shape::Bool
    }

    fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
        match cx.plain(node, "true or false, without quotes", "true")? {
            "true" | "True" | "TRUE" => Some(true),
            "false" | "False" | "FALSE" => Some(false),
            _ => {
                cx.expected(node, "true or false", "true");
                None
            }
        }
    }

    fn json(&self) -> Json {
        (*self).into()
    }

    fn show(&self, _: &Names) -> Shown {
        Shown::Text(if *self { "yes" } else { "no" }.to_owned())
    }
}

/// Whole numbers from 0 to 1,000,000.
impl Value for u32 {
    fn shape() -> Shape {
        Shape::Int { min: 0, max: 1_000_000 }
    }

    fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
        let expected = "a whole number from 0 to 1,000,000, without quotes";
        let text = cx.plain(node, expected, "3")?;
        let canonical = text == "0" || !text.starts_with('0');
        match text.parse::<u32>().ok().filter(|n| canonical && *n <= 1_000_000 && !text.starts_with('+')) {
            Some(number) => Some(number),
            None => {
                cx.expected(node, expected, "3");
                None
            }
        }
    }

    fn json(&self) -> Json {
        (*self).into()
    }

    fn show(&self, _: &Names) -> Shown {
        Shown::Text(self.to_string())
    }
}

/// Finite numbers with up to fifteen digits.
impl Value for f64 {
    fn shape() -> Shape {
        Shape::Number { least: None, most: None }
    }

    fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
        let expected = "a number, without quotes or units";
        let text = cx.plain(node, expected, "99.5")?;
        let digits = text.strip_prefix('-').unwrap_or(text);
        let simple = digits.starts_with(|c: char| c.is_ascii_digit()) && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        match text.parse::<f64>().ok().filter(|n| simple && n.abs() < 1e15) {
            Some(number) => Some(number),
            None => {
                cx.expected(node, expected, "99.5");
                None
            }
        }
    }

    fn json(&self) -> Json {
        number(*self)
    }

    fn show(&self, _: &Names) -> Shown {
        Shown::Text(number(*self).to_string())
    }
}

/// A number that is not below zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity(pub f64);

impl Value for Quantity {
    fn shape() -> Shape {
        Shape::Number { least: Some(0), most: None }
    }

    fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
        limited(node, cx, 1e15, "a number that is not below zero", "900").map(Quantity)
    }

    fn json(&self) -> Json {
        self.0.json()
    }

    fn show(&self, names: &Names) -> Shown {
        self.0.show(names)
    }
}

/// So many of a hundred.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Percent(pub f64);

impl Value for Percent {
    fn shape() -> Shape {
        Shape::Number { least: Some(0), most: Some(100) }
    }

    fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
        limited(node, cx, 100.0, "a number from 0 to 100, in percent", "5").map(Percent)
    }

    fn json(&self) -> Json {
        self.0.json()
    }

    fn show(&self, names: &Names) -> Shown {
        self.0.show(names)
    }
}

fn limited(node: NodeId, cx: &mut Decoder<'_>, most: f64, expected: &str, example: &str) -> Option<f64> {
    let number = f64::decode(node, cx)?;
    if (0.0..=most).contains(&number) {
        return Some(number);
    }
    cx.expected(node, expected, example);
    None
}

/// A number as JSON, without a fraction where it has none.
fn number(n: f64) -> Json {
    if n.fract() == 0.0 { json!(n as i64) } else { json!(n) }
}

/// An amount in a currency, written `{amount: 200, currency: GBP}` or `GBP 200`.
#[derive(Debug, Clone, PartialEq)]
pub struct Money {
    pub amount: f64,
    pub currency: String,
}

impl Value for Money {
    fn shape() -> Shape {
        Shape::Text { called: "money", pattern: "^[A-Z]{3} [0-9]+(\\.[0-9]+)?$" }
    }

    fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
        if cx.is_map(node) {
            let parts = cx.section::<super::Amount>(node)?;
            return Some(Money { amount: parts.amount.copied()?.0, currency: parts.currency.get()?.0.clone() });
        }
        let text = cx.text(node, "money", "GBP 200")?;
        let parsed = text.split_once(' ').and_then(|(currency, amount)| {
            let digits = amount.bytes().all(|b| b.is_ascii_digit() || b == b'.');
            let amount = amount.parse::<f64>().ok().filter(|n| digits && *n < 1e15)?;
            is_currency(currency).then(|| Money { amount, currency: currency.to_owned() })
        });
        if parsed.is_none() {
            cx.expected(node, "a currency and an amount", "GBP 200");
        }
        parsed
    }

    fn json(&self) -> Json {
        json!({"amount": number(self.amount), "currency": self.currency})
    }

    fn show(&self, _: &Names) -> Shown {
        Shown::Text(self.to_string())
    }
}

/// `GBP 200`.
impl std::fmt::Display for Money {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.currency, number(self.amount))
    }
}

/// Scores from 1 to 5 by criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scores(pub Vec<(String, u32)>);

impl Value for Scores {
    fn shape() -> Shape {
        Shape::Map(Box::new(Shape::Int { min: 1, max: 5 }))
    }

    fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
        let found = cx.map::<Score>(node, "scores by criterion", "{quality: 4, timeliness: 5}")?;
        Some(Scores(found.into_iter().map(|(name, _, score)| (name, score.0)).collect()))
    }

    fn json(&self) -> Json {
        Json::Object(self.0.iter().map(|(name, score)| (name.clone(), (*score).into())).collect())
    }

    fn show(&self, _: &Names) -> Shown {
        let parts: Vec<String> = self.0.iter().map(|(name, score)| format!("{} {score}", name.replace('_', " "))).collect();
        Shown::Text(parts.join(", "))
    }
}

/// One score from 1 to 5.
struct Score(u32);

impl Value for Score {
    fn shape() -> Shape {
        Shape::Int { min: 1, max: 5 }
    }

    fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
        let text = cx.plain(node, "a score from 1 to 5", "4")?;
        let score = text.parse().ok().filter(|n| (1..=5).contains(n) && text.len() == 1);
        if score.is_none() {
            cx.expected(node, "a score from 1 to 5", "4");
        }
        score.map(Score)
    }

    fn json(&self) -> Json {
        self.0.into()
    }

    fn show(&self, _: &Names) -> Shown {
        Shown::Text(self.0.to_string())
    }
}
