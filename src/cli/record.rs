//! `partwell exit SLUG --record FILE`: ticks that a sheet exported, filed into the playbook.

use std::path::Path;

use super::files::{difference, write_back};
use super::{Exit, hand_out, say};
use crate::calendar::Date;
use crate::diagnostic::visible;
use crate::exit;
use crate::library::Vendor;
use crate::report::plural;
use crate::source::Project;
use crate::ticks::Ticks;

pub fn record(path: &Path, only_shown: bool, root: &Path, vendor: &Vendor, project: &Project, as_of: Date) -> Exit {
    let ticks = std::fs::read_to_string(path).map_err(|error| error.to_string()).and_then(|text| Ticks::read(&text));
    let ticks = match ticks {
        Ok(ticks) => ticks,
        Err(why) => {
            say(&format!("partwell: {}: {why}. The playbook is as it was.", path.display()));
            return Exit::Usage;
        }
    };
    if ticks.vendor != *vendor.slug || ticks.handbook != project.config.id {
        let (theirs, book) = (visible(&ticks.vendor), visible(&ticks.handbook));
        say(&format!(
            "partwell: these ticks are for {theirs} of the handbook {book}, not for {} of {}. Nothing was changed.",
            vendor.slug, project.config.id
        ));
        return Exit::Usage;
    }
    if let Some(why) = other_ending(&ticks, vendor) {
        say(&format!("partwell: {}: {why} Nothing was changed.", path.display()));
        return Exit::Usage;
    }
    let plan = exit::plan(vendor, as_of);
    let filed = match ticks.file(vendor, &plan, &vendor.text, as_of) {
        Ok(filed) => filed,
        Err(why) => {
            say(&format!("partwell: {} cannot be changed by a program: {why}.", vendor.file));
            return Exit::Usage;
        }
    };
    if let Err(exit) = hand_out(&difference(&vendor.file, &vendor.text, &filed.text)) {
        return exit;
    }
    for left in &filed.left {
        say(&format!("Left as it is: {left}."));
    }
    if only_shown || filed.steps.is_empty() {
        say(&format!("{} to file. Nothing was changed.", plural(filed.steps.len(), "tick")));
        return Exit::Clean;
    }
    if let Err(exit) = write_back(root, &vendor.file, &vendor.text, &filed.text) {
        return exit;
    }
    say(&format!("Filed {} into {}: {}.", plural(filed.steps.len(), "tick"), vendor.file, filed.steps.join(", ")));
    Exit::Clean
}

/// Why ticks belong to another ending, with how to go on. An older file does not say to which it belongs.
fn other_ending(ticks: &Ticks, vendor: &Vendor) -> Option<String> {
    let theirs = ticks.last_day.as_deref().filter(|day| !day.is_empty())?;
    let ours = vendor.derived.termination;
    if ours.is_some_and(|ours| ours.to_string() == theirs) {
        return None;
    }
    let theirs = visible(theirs);
    let (says, write) = match ours {
        Some(ours) => (format!("the playbook has {ours}"), format!("write `\"last_day\": \"{ours}\"` into the file")),
        None => ("the playbook sets none".to_owned(), "take `last_day` out of the file".to_owned()),
    };
    Some(format!(
        "these ticks were taken for the last day {theirs}, and {says}: they belong to another ending. If they hold all the same, {write} and record it again."
    ))
}
