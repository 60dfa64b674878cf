//! Applies the changes that cannot change what the author meant: spelling, quoting, the form of a date. All
//! other bytes stay as they are.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calendar::Date;
use crate::diagnostic::{Diagnostic, FileId, Patch, Severity};
use crate::pipeline;
use crate::source::Project;

/// Rounds after which nothing more is put right: one slip can hide another, but not many.
const ROUNDS: usize = 8;

/// A text that was put right.
#[derive(Debug)]
pub struct Fixed {
    pub file: FileId,
    pub before: Arc<str>,
    pub after: Arc<str>,
    /// How many changes were made.
    pub changes: usize,
}

/// Puts right what can be, in the project as it is held in memory, and gives back the files that changed.
/// `wanted` says which findings to put right. A change after which no less is unreadable is not made.
pub fn all(project: &mut Project, as_of: Date, wanted: &dyn Fn(&Diagnostic) -> bool) -> Vec<Fixed> {
    let mut fixed: BTreeMap<FileId, Fixed> = BTreeMap::new();
    let mut refused: Vec<FileId> = Vec::new();
    let mut found = pipeline::analyze(project, as_of).diagnostics;
    for _ in 0..ROUNDS {
        let mut patches: BTreeMap<FileId, Vec<&Patch>> = BTreeMap::new();
        for finding in found.iter().filter(|finding| wanted(finding) && !refused.contains(&finding.file)) {
            if let Some(patch) = finding.patch.as_ref().filter(|patch| patch.is_safe) {
                patches.entry(finding.file.clone()).or_default().push(patch);
            }
        }
        let mut changed = Vec::new();
        for (name, patches) in patches {
            let Some(file) = project.files.iter_mut().find(|file| file.path == name) else { continue };
            let (text, changes) = apply(&file.text, patches);
            if changes > 0 {
                changed.push((name, std::mem::replace(&mut file.text, text.into()), changes));
            }
        }
        if changed.is_empty() {
            break;
        }
        let after = pipeline::analyze(project, as_of).diagnostics;
        for (name, before, changes) in changed {
            let Some(file) = project.files.iter_mut().find(|file| file.path == name) else { continue };
            if slips(&after, &name) >= slips(&found, &name) {
                file.text = before;
                refused.push(name);
                continue;
            }
            let entry = fixed.entry(name.clone()).or_insert(Fixed { file: name, before, after: file.text.clone(), changes: 0 });
            entry.after = file.text.clone();
            entry.changes += changes;
        }
        found = pipeline::analyze(project, as_of).diagnostics;
    }
    fixed.into_values().collect()
}

/// Errors in how a file is written. What it says may be an error for the first time once it can be read.
fn slips(findings: &[Diagnostic], file: &FileId) -> usize {
    let is_slip =
        |finding: &&Diagnostic| finding.file == *file && finding.severity == Severity::Error && finding.code.id.starts_with("STR");
    findings.iter().filter(is_slip).count()
}

/// Marks the changes that [`all`] would not make as ones to look at first, so that nobody is promised them.
pub fn promise_what_is_done(project: &Project, as_of: Date, findings: &mut [Diagnostic]) {
    let mut promised: Vec<(&FileId, &str, &mut Patch)> = findings
        .iter_mut()
        .filter_map(|finding| Some((&finding.file, &*finding.message, finding.patch.as_deref_mut().filter(|patch| patch.is_safe)?)))
        .collect();
    if promised.is_empty() {
        return;
    }
    let mut tried = project.clone();
    all(&mut tried, as_of, &|_| true);
    let left = pipeline::analyze(&tried, as_of).diagnostics;
    for (file, message, patch) in &mut promised {
        patch.is_safe = !left.iter().any(|finding| finding.file == **file && *finding.message == **message);
    }
}

/// The text with its patches, those that overlap an earlier one left out, and how many were made.
fn apply(text: &str, mut patches: Vec<&Patch>) -> (String, usize) {
    patches.sort_by_key(|patch| patch.span);
    let (mut out, mut at, mut made) = (String::with_capacity(text.len()), 0, 0);
    for patch in patches {
        let range = patch.span.range();
        // A value of several lines is left alone, so that lines stay what they are on disk.
        if range.start < at || text.get(range.clone()).is_none_or(|old| old.contains('\n')) || patch.text.contains('\n') {
            continue;
        }
        out.push_str(&text[at..range.start]);
        out.push_str(&patch.text);
        at = range.end;
        made += 1;
    }
    out.push_str(&text[at..]);
    (out, made)
}

/// What a file on disk becomes: the new lines with the old line ends, and the byte order mark if it had one.
/// Lines that are added end as the first line does. Nothing where the file is no longer the one that was read.
pub fn on_disk(raw: &str, before: &str, after: &str) -> Option<String> {
    let (mark, body) = match raw.strip_prefix('\u{FEFF}') {
        Some(body) => ("\u{FEFF}", body),
        None => ("", raw),
    };
    let old: Vec<(&str, &str)> = lines(body);
    let plain: Vec<&str> = before.split('\n').collect();
    if old.len() != plain.len() || old.iter().zip(&plain).any(|((line, _), plain)| line != plain) {
        return None;
    }
    let new: Vec<&str> = after.split('\n').collect();
    let usual = old.first().map_or("\n", |(_, end)| end);
    let mut out = mark.to_owned();
    for change in similar::capture_diff_slices(similar::Algorithm::Patience, &plain, &new) {
        let (_, from, to) = change.as_tag_tuple();
        for (n, at) in to.clone().enumerate() {
            // A line that stands where one stood ends as that one did.
            let end = if n < from.len() {
                old[from.start + n].1
            } else if at + 1 == new.len() {
                ""
            } else {
                usual
            };
            out.push_str(new[at]);
            out.push_str(end);
        }
    }
    Some(out)
}

/// Each line and the sign that ends it, as reading takes them: `\r\n`, `\n`, `\r`, or nothing for the last.
fn lines(text: &str) -> Vec<(&str, &str)> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\r', '\n']) {
        let length = if rest[at..].starts_with("\r\n") { 2 } else { 1 };
        lines.push((&rest[..at], &rest[at..at + length]));
        rest = &rest[at + length..];
    }
    lines.push((rest, ""));
    lines
}
