//! Findings for people, for editors, for programs and for code hosts.
//!
//! A form is one file in this folder and one line in [`Form`].

mod github;
mod human;
mod json;
mod manual;
mod sarif;
mod short;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::calendar::Date;
use crate::diagnostic::{Diagnostic, FileId, Lines, Severity, visible};
use crate::rules;

pub use human::write as human;
pub use manual::{list, page};
pub use short::write as short;

/// Source texts by file.
pub type Texts = BTreeMap<FileId, Arc<str>>;

/// How findings are written for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One line each: `path:line:column: CODE: message`.
    Short,
    /// `{version, as_of, findings}`.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations for workflow logs.
    Github,
}

/// The findings in a form, for standard output.
pub fn write(form: Form, findings: &[Diagnostic], texts: &Texts, as_of: Option<Date>) -> String {
    match form {
        Form::Short => short::write(findings, texts),
        Form::Json => json::write(findings, texts, as_of),
        Form::Sarif => sarif::write(findings, texts),
        Form::Github => github::write(findings, texts),
    }
}

/// Puts each finding into words with its file's text and lines, which are looked up once for a run of one
/// file; the runs at once, the words in order.
fn each_in_place<T: Send>(findings: &[Diagnostic], texts: &Texts, words: impl Fn(&Diagnostic, &str, &Lines<'_>) -> T + Sync) -> Vec<T> {
    let runs: Vec<&[Diagnostic]> = findings.chunk_by(|a, b| a.file == b.file).collect();
    let said = runs.into_par_iter().flat_map_iter(|run| {
        let text = texts.get(&run[0].file).map_or("", |text| text);
        let lines = Lines::of(text);
        run.iter().map(|finding| words(finding, text, &lines)).collect::<Vec<T>>()
    });
    said.collect()
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

/// `2 errors, 1 warning`, or `no findings`.
pub fn summary<'f>(findings: impl IntoIterator<Item = &'f Diagnostic>) -> String {
    let mut counts = [0; 3];
    findings.into_iter().for_each(|finding| counts[finding.severity as usize] += 1);
    let [info, warnings, errors] = counts;
    let words = [(errors, "error"), (warnings, "warning"), (info, "note")];
    let parts: Vec<String> = words.into_iter().filter(|(n, _)| *n > 0).map(|(n, word)| plural(n, word)).collect();
    if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") }
}

/// What to do first, in one or two lines; nothing where there is nothing to do.
pub fn first(findings: &[Diagnostic], texts: &Texts) -> Option<String> {
    let rank = |finding: &&Diagnostic| (!finding.blocking, std::cmp::Reverse(finding.severity), rules::pressing(finding.code));
    let first = findings.iter().min_by_key(rank)?;
    let text = texts.get(&first.file).map_or("", |text| text);
    let place = Lines::of(text).position(first.span.start);
    let mut said =
        format!("Do first: {}:{}, {}. Why: `partwell explain {}`.", visible(&first.file), place.line, first.code.id, first.code.id);
    let safe = findings.iter().filter(|finding| finding.patch.as_ref().is_some_and(|patch| patch.is_safe)).count();
    if safe > 0 {
        said.push_str(&format!("\n`partwell check --fix` can put {} right; `--diff` shows how.", plural(safe, "slip")));
    }
    Some(said)
}

/// `1 page`, `2 pages`.
pub fn plural(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}
