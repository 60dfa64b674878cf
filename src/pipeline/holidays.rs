//! Calendars that are counted by in years for which they name no holiday.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{Date, Known, Roll};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Findings, codes};
use crate::exit::{ExitPlan, PlanStep};
use crate::library::Vendor;
use crate::schema::When;

/// A calendar and a year.
pub type Year = (String, i16);

/// Calendars and years a vendor's dates are counted in without a holiday being known.
pub fn unknown_years(vendor: &Vendor, plan: impl FnOnce() -> ExitPlan) -> Vec<Year> {
    if vendor.workdays.only_weekends() {
        return Vec::new();
    }
    let (clock, notice) = (&vendor.derived.clock, &vendor.derived.notice);
    let counted = [&clock.send_by, &clock.received_by, &clock.term_end, &notice.send_by, &notice.received_by];
    let mut days: Vec<Date> = counted.into_iter().filter_map(Known::date).collect();
    let moves = |step: &&PlanStep| matches!(step.when, Some(When::Offset(_))) && step.roll != Some(Roll::None);
    days.extend(plan().steps.iter().filter(moves).filter_map(|step| step.due.or(step.if_today)));
    match (days.iter().min(), days.iter().max()) {
        (Some(first), Some(last)) => vendor.workdays.unknown_years(*first, *last),
        _ => Vec::new(),
    }
}

/// Told once for each calendar.
pub fn missing<'y>(unknown: impl Iterator<Item = &'y Year>, config: &Config) -> Vec<Diagnostic> {
    let missing: BTreeSet<&Year> = unknown.collect();
    let mut years: BTreeMap<&str, Vec<i16>> = BTreeMap::new();
    for (calendar, year) in missing {
        years.entry(calendar).or_default().push(*year);
    }
    let mut findings = Findings::new(&config.file);
    for (calendar, years) in years {
        let mut shown: Vec<String> = years.iter().take(3).map(i16::to_string).collect();
        if years.len() > shown.len() {
            shown.push(format!("{} more years", years.len() - shown.len()));
        }
        let shown = crate::rules::and(&shown);
        findings
            .add(
                &codes::CFG009,
                config.holidays_at,
                format!("The calendar `{calendar}` names no holiday in {shown}, and dates there are in use: only weekends are counted."),
            )
            .help(format!("Add the holidays of these years under `holidays.{calendar}`."))
            .field("holidays");
    }
    findings.into_list()
}
