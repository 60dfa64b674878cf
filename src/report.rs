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
use std::io::{self, Write};
use std::sync::Arc;

use rayon::prelude::*;
use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

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

/// Writes the findings in a form, piece by piece.
pub fn write(form: Form, findings: &[Diagnostic], texts: &Texts, as_of: Option<Date>, out: &mut dyn Write) -> io::Result<()> {
    match form {
        Form::Short => short::write(findings, texts, out),
        Form::Json => json::write(findings, texts, as_of, out),
        Form::Sarif => sarif::write(findings, texts, out),
        Form::Github => github::write(findings, texts, out),
    }
}

/// Files whose findings are put into words at once, before they are written one after another.
const FILES_AT_ONCE: usize = 64;

/// Puts each finding into words with its file's text and lines, which are looked up once for a run of one file, and
/// hands them on in order.
fn each_in_place<'f, T: Send, E>(
    findings: &'f [Diagnostic],
    texts: &Texts,
    words: impl Fn(&'f Diagnostic, &str, &Lines<'_>) -> T + Sync,
    take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let words = &words;
    let in_words = |run: &&'f [Diagnostic]| {
        let text = texts.get(&run[0].file).map_or("", |text| text);
        let lines = Lines::of(text);
        run.iter().map(|finding| words(finding, text, &lines)).collect::<Vec<T>>()
    };
    let runs: Vec<&[Diagnostic]> = findings.chunk_by(|a, b| a.file == b.file).collect();
    runs.chunks(FILES_AT_ONCE).flat_map(|some| some.par_iter().flat_map_iter(in_words).collect::<Vec<T>>()).try_for_each(take)
}

/// Findings as a list, each made when it is written.
struct InPlace<'f, W> {
    findings: &'f [Diagnostic],
    texts: &'f Texts,
    words: W,
}

impl<'f, T: Serialize + Send, W: Fn(&'f Diagnostic, &str, &Lines<'_>) -> T + Sync> Serialize for InPlace<'f, W> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        each_in_place(self.findings, self.texts, &self.words, |one| list.serialize_element(&one))?;
        list.end()
    }
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

/// Which findings keep everything from being published, and where.
pub fn blocking(findings: &[Diagnostic], texts: &Texts) -> String {
    const MOST: usize = 5;
    let blocking: Vec<&Diagnostic> = findings.iter().filter(|finding| finding.blocking && finding.severity == Severity::Error).collect();
    let place = |finding: &&Diagnostic| {
        let text = texts.get(&finding.file).map_or("", |text| text);
        format!("{}:{} ({})", visible(&finding.file), Lines::of(text).position(finding.span.start).line, finding.code.id)
    };
    let mut told: Vec<String> = blocking.iter().take(MOST).map(place).collect();
    let rest = blocking.len().saturating_sub(MOST);
    told.extend((rest > 0).then(|| format!("{rest} more")));
    format!("Put right first what blocks it: {}.", told.join(", "))
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
