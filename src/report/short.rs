use super::{Texts, each_in_place, headline};
use crate::diagnostic::Diagnostic;

/// One line each: `path:line:column: CODE: message`.
pub fn write(findings: &[Diagnostic], texts: &Texts) -> String {
    each_in_place(findings, texts, |finding, _, lines| headline(finding, lines, false) + "\n").concat()
}
