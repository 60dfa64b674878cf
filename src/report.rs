//! Findings for people, in lines for editors, and as JSON for programs.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::json;

use crate::calendar::Date;
use crate::diagnostic::{Diagnostic, FileId, Lines, Severity, Span, codes, visible};
use crate::formats::json::finding;

/// Source texts by file.
pub type Texts = BTreeMap<FileId, Arc<str>>;

/// Each finding with its place, the line it stands on and what to write instead.
pub fn human(findings: &[Diagnostic], texts: &Texts, colour: bool) -> String {
    let secrets = secrets(findings);
    let mut out = String::new();
    for_each_place(findings, texts, |finding, text, lines| {
        let _ = writeln!(out, "{}", headline(finding, lines, colour));
        let hidden = secrets.iter().any(|(file, span)| **file == finding.file && touches(text, *span, finding.span));
        if !text.is_empty() && !hidden {
            out.push_str(&snippet(finding, text, lines, colour));
        }
        if let Some(help) = &finding.help {
            let _ = writeln!(out, "  = help: {}", visible(help));
        }
        out.push('\n');
    });
    out
}

/// One line each: `path:line:column: CODE: message`.
pub fn short(findings: &[Diagnostic], texts: &Texts) -> String {
    let mut out = String::new();
    for_each_place(findings, texts, |finding, _, lines| out.push_str(&(headline(finding, lines, false) + "\n")));
    out
}

/// Hands on each finding with its file's text and lines, which are looked up once for a run of one file.
fn for_each_place(findings: &[Diagnostic], texts: &Texts, mut with: impl FnMut(&Diagnostic, &str, &Lines<'_>)) {
    for run in findings.chunk_by(|a, b| a.file == b.file) {
        let text = texts.get(&run[0].file).map_or("", |text| text);
        let lines = Lines::of(text);
        run.iter().for_each(|finding| with(finding, text, &lines));
    }
}

/// For programs. Version 1; keys are only ever added.
pub fn json(findings: &[Diagnostic], texts: &Texts, as_of: Option<Date>) -> String {
    let mut list = Vec::new();
    for_each_place(findings, texts, |one, _, lines| list.push(finding(one, lines)));
    format!("{:#}\n", json!({"version": 1, "as_of": as_of.map(|day| day.to_string()), "findings": list}))
}

/// `2 errors, 1 warning`, or `no findings`.
pub fn summary(findings: &[Diagnostic]) -> String {
    let count = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let words = [(count(Severity::Error), "error"), (count(Severity::Warning), "warning"), (count(Severity::Info), "note")];
    let parts: Vec<String> = words.into_iter().filter(|(n, _)| *n > 0).map(|(n, word)| plural(n, word)).collect();
    if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") }
}

/// `1 page`, `2 pages`.
pub fn plural(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}

fn headline(finding: &Diagnostic, lines: &Lines<'_>, colour: bool) -> String {
    let place = lines.position(finding.span.start);
    let kind = match finding.severity {
        Severity::Error => "",
        Severity::Warning => "warning: ",
        Severity::Info => "note: ",
    };
    let paint = match finding.severity {
        Severity::Error => "\u{1b}[1;31m",
        Severity::Warning => "\u{1b}[1;33m",
        Severity::Info => "\u{1b}[1;36m",
    };
    let code = if colour { format!("{paint}{}\u{1b}[0m", finding.code.id) } else { finding.code.id.to_owned() };
    format!("{}:{}:{}: {code}: {kind}{}", visible(&finding.file), place.line, place.column, visible(&finding.message))
}

/// The lines a finding stands on, the value underlined.
fn snippet(finding: &Diagnostic, text: &str, places: &Lines<'_>, colour: bool) -> String {
    let lines = lines_of(text, finding.span);
    let shown: String = text[lines.clone()].chars().map(|c| if crate::diagnostic::is_deceptive(c) { '?' } else { c }).collect();
    if shown.len() > 400 || shown.len() != lines.len() {
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
