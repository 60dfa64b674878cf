use std::io::{self, Write};

use super::{Texts, each_in_place, headline};
use crate::diagnostic::Diagnostic;

/// One line each: `path:line:column: CODE: message`.
pub fn write(findings: &[Diagnostic], texts: &Texts, out: &mut dyn Write) -> io::Result<()> {
    each_in_place(findings, texts, |finding, _, lines| headline(finding, lines, false), |line| writeln!(out, "{line}"))
}
