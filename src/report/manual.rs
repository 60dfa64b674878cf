//! The manual page of a code, for a terminal.

use std::fmt::Write;

use crate::diagnostic::{Code, Severity};

/// The page of one code: headings plain, examples indented.
pub fn page(code: &Code) -> String {
    let mut out = format!("{} {} ({}, {})\n\n", code.id, code.name, word(code.severity), code.family().to_lowercase());
    let mut inside = false;
    for line in code.manual().lines() {
        if line.starts_with("```") {
            inside = !inside;
        } else if inside {
            let _ = writeln!(out, "    {line}");
        } else {
            let _ = writeln!(out, "{}", line.trim_start_matches("## "));
        }
    }
    let written = out.trim_end().len();
    out.truncate(written);
    out.push('\n');
    out
}

/// One line a code, grouped by what they are about.
pub fn list(codes: &[&Code]) -> String {
    let mut out = String::new();
    for family in codes.chunk_by(|a, b| a.family() == b.family()) {
        let _ = writeln!(out, "{}", family[0].family());
        for code in family {
            let _ = writeln!(out, "  {}  {:<8} {}", code.id, word(code.severity), code.name);
        }
        out.push('\n');
    }
    out
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "note",
        other => other.word(),
    }
}
