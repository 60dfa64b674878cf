use super::{Texts, for_each_place, headline};
use crate::diagnostic::Diagnostic;

/// One line each: `path:line:column: CODE: message`.
pub fn write(findings: &[Diagnostic], texts: &Texts) -> String {
    let mut out = String::new();
    for_each_place(findings, texts, |finding, _, lines| out.push_str(&(headline(finding, lines, false) + "\n")));
    out
}
