use serde_json::json;

use super::{Texts, each_in_place};
use crate::calendar::Date;
use crate::diagnostic::Diagnostic;
use crate::formats::json::finding;

/// For programs. Version 1; keys are only ever added.
pub fn write(findings: &[Diagnostic], texts: &Texts, as_of: Option<Date>) -> String {
    let list = each_in_place(findings, texts, |one, _, lines| json!(finding(one, lines)));
    format!("{:#}\n", json!({"version": 1, "as_of": as_of, "findings": list}))
}
