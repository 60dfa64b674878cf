//! What a rule noticed in one playbook, and the text that would settle it.

use crate::diagnostic::{Code, Diagnostic, Findings, Patch, Span};
use crate::library::Vendor;
use crate::schema::{Base, Field, Section};

/// Collects the findings of one rule in one playbook.
pub struct Report<'a> {
    vendor: &'a Vendor,
    code: &'static Code,
    findings: Findings,
}

impl<'a> Report<'a> {
    pub fn new(vendor: &'a Vendor, code: &'static Code) -> Report<'a> {
        Report { vendor, code, findings: Findings::new(&vendor.file) }
    }

    /// A finding about a value. The result takes help and patch.
    pub fn at(&mut self, span: Span, field: impl Into<Box<str>>, message: impl Into<Box<str>>) -> &mut Diagnostic {
        let finding = self.findings.add(self.code, span, message).field(field);
        finding.vendor = Some(self.vendor.slug.clone());
        finding
    }

    pub fn into_list(self) -> Vec<Diagnostic> {
        self.findings.into_list()
    }

    /// The opening `---`, where a missing field of the top is told.
    pub fn fence(&self) -> Span {
        self.vendor.playbook.base.key
    }

    /// Where a field of a section is missing: at the section's key, or the fence where the section is missing
    /// as well. Nothing where the field is written, or the section cannot be read.
    pub fn missing<S: Section, T>(&self, section: &Field<S>, field: impl Fn(&S) -> &Field<T>) -> Option<Span> {
        match section {
            Field::Absent => Some(self.fence()),
            Field::Broken(_) => None,
            Field::Given(section, _) => field(section).is_absent().then(|| section.base().key),
        }
    }

    /// The key a value stands under, found by looking back from the value.
    pub fn key(&self, key: &str, value: Span) -> Span {
        let before = &self.vendor.text[..value.start as usize];
        let is_key = |at: &usize| {
            let rest = before[at + key.len()..].trim_start_matches(['"', '\'']).trim_start();
            rest.starts_with(':')
        };
        let found = before.rmatch_indices(key).map(|(at, _)| at).find(is_key);
        found.map_or(value, |at| Span::new(at, at + key.len()))
    }

    /// The change that adds a line like `admin: sam` to a mapping; nothing where the mapping is a bare value.
    pub fn add(&self, base: &Base, line: &str) -> Option<Patch> {
        let text = &*self.vendor.text;
        let at = base.at.start as usize;
        let inside = text.get(base.at.range())?;
        let says = format!("add: {line}");
        if let Some(rest) = inside.strip_prefix('{') {
            let gap = if rest.trim_start().starts_with('}') { "" } else { ", " };
            return Some(Patch { span: Span::at(at + 1), text: format!("{line}{gap}"), says, is_safe: false });
        }
        let begin = text[..at].rfind('\n').map_or(0, |n| n + 1);
        let is_mapping = inside.lines().next().is_some_and(|first| first.contains(": ") || first.trim_end().ends_with(':'));
        let indent: String = text[begin..at].chars().map(|_| ' ').collect();
        is_mapping.then(|| Patch { span: Span::at(at), text: format!("{line}\n{indent}"), says, is_safe: false })
    }

    /// The change that puts other text in place of a value.
    pub fn replace(&self, span: Span, text: impl Into<String>) -> Patch {
        let text = text.into();
        Patch { span, says: format!("write: {text}"), text, is_safe: false }
    }

    /// The change that adds an item to a list; nothing where the list's end cannot be seen.
    pub fn push(&self, list: Span, item: &str) -> Option<Patch> {
        let inside = self.vendor.text.get(list.range())?;
        let body = inside.strip_prefix('[')?.strip_suffix(']')?;
        let gap = if body.trim().is_empty() { "" } else { ", " };
        Some(Patch { span: Span::at(list.end as usize - 1), text: format!("{gap}{item}"), says: format!("add: {item}"), is_safe: false })
    }
}
