//! Keys that are not known, and keys that are not there.

use super::{Decoder, Segment};
use crate::diagnostic::{Patch, quoted};
use crate::schema::dialect::{nearest, only_near};
use crate::schema::{Need, Section, SectionInfo};
use crate::yaml::Entry;

impl Decoder<'_> {
    /// A key that is nearly a known one: what it was meant to say counts as unreadable, not as missing.
    pub(super) fn unknown_key<S: Section>(&mut self, section: &mut S, entry: &Entry<'_>) {
        let info = S::info();
        let known = info.fields.iter().map(|field| field.key).chain(["visibility"]);
        let own = format!("Use `x-{}` for your own data.", entry.key.trim_start_matches('-'));
        let near = nearest(&entry.key, known.clone());
        let help = match near {
            Some(near) => format!("Did you mean `{near}`? {own}"),
            None => {
                let few: Vec<&str> = known.clone().take(8).collect();
                let more = if info.fields.len() > few.len() { ", …" } else { "" };
                format!("Known here: {}{more}. {own}", few.join(", "))
            }
        };
        let is_written = |key: &str| {
            let mut written = false;
            section.each(&mut |info, field| written |= info.key == key && field.is_written());
            written
        };
        let patch = only_near(&entry.key, known).filter(|key| !is_written(key)).map(|key| Patch::spelling(entry.key_span, key));
        section.spoil(near.unwrap_or_default(), entry.key_span);
        self.report(self.dialect.unknown_key, entry.key_span, format!("{} is not a known field.", quoted(&entry.key)))
            .help(help)
            .patch(patch);
    }

    /// Reports every required field of a section of which nothing could be read.
    pub fn missing_all(&mut self, info: &SectionInfo) {
        if self.findings.is_empty() {
            self.report_missing(info, &[]);
        }
    }

    pub(super) fn report_missing(&mut self, info: &SectionInfo, entries: &[Entry<'_>]) {
        for field in info.fields.iter().filter(|field| field.need == Need::Required) {
            if entries.iter().any(|entry| entry.key == field.key) {
                continue;
            }
            self.path.push(Segment::Key(field.key));
            let (at, path) = (self.parent, self.path());
            self.report(self.dialect.missing, at, format!("`{path}` is missing."))
                .help(format!("Add for example `{}: {}`.", field.key, field.example));
            self.path.pop();
        }
    }
}
