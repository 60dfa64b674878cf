use super::words::day;
use super::{Case, Report};
use crate::calendar::{Duration, Unit};
use crate::schema::Status;

rule! {
    /// Looks for playbooks of vendors from onboarding to exiting that nobody has read through for longer than `review_every`, twelve months unless you say otherwise. Without `reviewed` it stays silent.
    ///
    /// ## Why it matters
    ///
    /// A playbook ages quietly: people leave, prices change, the alarm code gets a new keeper. The page still looks tidy, and that makes it worse. Picture ringing the number on it in a flood, and reaching somebody who retired. Read it through once with the person who works with the vendor, put right what is old, and set the day. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// reviewed: 2025-10-01
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// reviewed: 2026-11-16
    /// ```
    REV001 "playbook-review-due" Info, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(Status::is_current)?;
    let (reviewed, at) = case.playbook.reviewed.given_at()?;
    if case.playbook.review_every.is_broken() {
        return None;
    }
    let every = case.playbook.review_every.copied().map_or(Duration::new(12, Unit::Month), |days| days.0);
    let due = case.vendor.workdays.plus(*reviewed, every);
    if due >= case.as_of {
        return None;
    }
    let patch = report.replace(at, case.as_of.to_string());
    report
        .at(at, "reviewed", format!("This playbook was last read through on {}; the next reading was due on {}.", day(*reviewed), day(due)))
        .help(format!("Read it with its owner, put right what changed, then write `reviewed: {}`.", case.as_of))
        .patch(patch);
    Some(())
}
