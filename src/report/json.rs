use std::io::{self, Write};

use serde::Serialize;

use super::{InPlace, Texts};
use crate::calendar::Date;
use crate::diagnostic::{Diagnostic, Lines};
use crate::formats::json::finding;

/// For programs. Version 1; keys are only ever added.
pub fn write(findings: &[Diagnostic], texts: &Texts, as_of: Option<Date>, out: &mut dyn Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct Report<F> {
        version: u32,
        as_of: Option<Date>,
        findings: F,
    }
    let findings = InPlace { findings, texts, words: |one, _: &str, lines: &Lines<'_>| finding(one, lines) };
    serde_json::to_writer_pretty(&mut *out, &Report { version: 1, as_of, findings })?;
    writeln!(out)
}
