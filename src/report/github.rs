//! Annotations in the log of a workflow, which the host shows beside the changed lines.

use std::io::{self, Write};

use super::{Texts, each_in_place};
use crate::diagnostic::{Diagnostic, Lines, Severity, visible};

/// One command a line: `::warning file=...,line=...::message`.
pub fn write(findings: &[Diagnostic], texts: &Texts, out: &mut dyn Write) -> io::Result<()> {
    let command = |finding: &Diagnostic, _: &str, lines: &Lines<'_>| {
        let (start, end) = (lines.position(finding.span.start), lines.position(finding.span.end));
        let level = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        // The host takes columns only where the finding stands on one line.
        let columns = match end.line == start.line {
            true => format!(",col={},endColumn={}", start.column, end.column),
            false => String::new(),
        };
        let help = finding.help.as_deref().map_or(String::new(), |help| format!(" {}", visible(help)));
        format!(
            "::{level} file={},line={},endLine={}{columns},title={}::{}\n",
            property(&finding.file),
            start.line,
            end.line,
            property(&format!("{} {}", finding.code.id, finding.code.name)),
            data(&format!("{}{help}", visible(&finding.message))),
        )
    };
    each_in_place(findings, texts, command, |command| out.write_all(command.as_bytes()))
}

/// Text after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
