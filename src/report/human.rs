//! Findings for the person at a terminal.

use std::fmt::Write;
use std::io;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Texts, each_in_place, headline};
use crate::diagnostic::{Diagnostic, FileId, Lines, Severity, Span, codes, visible};

/// Lines longer than this are not shown.
const LONGEST: usize = 400;

/// Each finding with its place, the line it stands on and what to write instead.
pub fn write(findings: &[Diagnostic], texts: &Texts, colour: bool, out: &mut dyn io::Write) -> io::Result<()> {
    let secrets = secrets(findings);
    let words = |finding: &Diagnostic, text: &str, lines: &Lines<'_>| {
        let mut out = String::new();
        let _ = writeln!(out, "{}", headline(finding, lines, colour));
        let hidden = secrets.iter().any(|(file, span)| **file == finding.file && touches(text, *span, finding.span));
        if !text.is_empty() && !hidden {
            out.push_str(&snippet(finding, text, lines, colour));
        }
        if let Some(help) = &finding.help {
            let _ = writeln!(out, "  = help: {}", visible(help));
        }
        if let Some(patch) = finding.patch.as_ref().filter(|_| !hidden) {
            let by_itself = if patch.is_safe { " (`--fix` does it)" } else { "" };
            let _ = writeln!(out, "  = {}{by_itself}", visible(&patch.says));
        }
        out.push('\n');
        out
    };
    each_in_place(findings, texts, words, |told| out.write_all(told.as_bytes()))
}

/// The lines a finding stands on, the value underlined.
fn snippet(finding: &Diagnostic, text: &str, places: &Lines<'_>, colour: bool) -> String {
    let lines = lines_of(text, finding.span);
    if lines.len() > LONGEST {
        return String::new();
    }
    let shown: String = text[lines.clone()].chars().map(|c| if crate::diagnostic::is_deceptive(c) { '?' } else { c }).collect();
    if shown.len() != lines.len() {
        return String::new();
    }
    let border = |at: usize| (at..=shown.len()).find(|at| shown.is_char_boundary(*at)).unwrap_or(shown.len());
    let start = border((finding.span.start as usize - lines.start).min(shown.len()));
    let end = border((finding.span.end as usize).min(lines.end).saturating_sub(lines.start)).max(start);
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let first = places.position(finding.span.start).line;
    let snippet = Snippet::source(shown).line_start(first).fold(false).annotation(AnnotationKind::Primary.span(start..end));
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let group: Group<'_> = Group::with_level(level).element(snippet);
    renderer.render(&[group]) + "\n"
}

/// The whole lines of a span, the first two of a long one.
fn lines_of(text: &str, span: Span) -> std::ops::Range<usize> {
    let start = (span.start as usize).min(text.len());
    let begin = text[..start].rfind('\n').map_or(0, |n| n + 1);
    let end = text[start..].find('\n').map_or(text.len(), |n| start + n);
    begin..end
}

fn secrets(findings: &[Diagnostic]) -> Vec<(&FileId, Span)> {
    findings.iter().filter(|finding| finding.code == &codes::STR009).map(|finding| (&finding.file, finding.span)).collect()
}

/// True where a finding's lines show part of a secret.
fn touches(text: &str, secret: Span, span: Span) -> bool {
    let lines = lines_of(text, span);
    (secret.start as usize) <= lines.end && lines.start <= secret.end as usize
}
