//! What of the configuration cannot be meant, though each value by itself could.

use std::collections::BTreeMap;

use super::{Handbook, SOURCES};
use crate::calendar::Date;
use crate::diagnostic::{Findings, codes, quoted};

/// The calendars to count by, where they are configured.
pub fn calendars(handbook: &Handbook, holidays: &BTreeMap<String, Vec<Date>>, findings: &mut Findings) -> Vec<String> {
    let list = || holidays.keys().cloned().collect::<Vec<_>>().join(", ");
    match handbook.calendar.given_at() {
        Some((names, at)) => {
            for name in names.0.iter().filter(|name| !holidays.contains_key(*name)) {
                let help =
                    if holidays.is_empty() { "Add its days under `holidays`.".to_owned() } else { format!("Configured: {}.", list()) };
                findings
                    .add(&codes::CFG008, at, format!("The calendar {} has no holidays configured.", quoted(name)))
                    .help(help)
                    .field("calendar");
            }
            names.0.to_vec()
        }
        None if holidays.len() > 1 => {
            let at = handbook.holidays.span().unwrap_or_default();
            findings
                .add(&codes::CFG002, at, "Several holiday calendars are configured, and `calendar` does not say which to count by.")
                .help(format!("Add for example `calendar: [{}]`.", list()))
                .field("calendar");
            Vec::new()
        }
        None => holidays.keys().cloned().collect(),
    }
}

/// Hours that leave no time open.
pub fn hours(handbook: &Handbook, findings: &mut Findings) {
    let Some((hours, at)) = handbook.business_hours.given_at() else {
        return;
    };
    if let (Some(start), Some(end)) = (hours.start.copied(), hours.end.copied())
        && start >= end
    {
        findings
            .add(&codes::CFG004, at, format!("Business hours end at {end} and start at {start}, so no hour is left."))
            .help("Write the later time under `end`, for example `end: \"17:30\"`.")
            .field("business_hours");
    }
}

/// An output in which something of the project could be lost. `build` refuses more, which only shows on the disk.
pub fn out(handbook: &Handbook, findings: &mut Findings) {
    let Some((out, at)) = handbook.out.given_at() else { return };
    let mut parts: Vec<&str> = Vec::new();
    for part in out.split(['/', '\\']).filter(|part| !matches!(*part, "" | ".")) {
        let goes_back = part == ".." && parts.last().is_some_and(|last| *last != "..");
        if goes_back {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    let holds_project = parts.iter().all(|part| *part == "..");
    let is_source = parts.first().is_some_and(|first| SOURCES.contains(first)) && !out.starts_with('/');
    if holds_project || is_source {
        let why = if is_source { "lies among the project's sources" } else { "holds the project itself" };
        findings
            .add(&codes::CFG004, at, format!("{} {why}, so no site is written there.", quoted(out)))
            .help("Name a folder of its own, for example `out: site`.")
            .field("out");
    }
}
