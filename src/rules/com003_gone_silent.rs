use super::facts::{Rhythm, rhythm};
use super::words::{day, days, name};
use super::{Case, Report};
use crate::calendar::Duration;
use crate::schema::Status;

rule! {
    /// Looks for a vendor, active or at risk, from whom nothing has been logged for a long time: no review and no feedback for more than 45 days and more than twice the agreed rhythm.
    ///
    /// ## Why it matters
    ///
    /// Relationships rarely break with a bang; more often both sides stop talking. After eight to twelve months of silence people come back to something that no longer fits, because the business has moved on and nobody said so. Picture a firm that still writes for customers you left a year ago. Book one short call, and log it. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// reviews: [{date: 2026-08-03, kind: monthly}]
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// reviews: [{date: 2026-08-03, kind: monthly}, {date: 2026-11-19, kind: check_in}]
    /// ```
    COM003 "gone-silent" Warning, Vendor check
}

/// From this many days on, drift has usually set in (eight months).
const DRIFT: i64 = 240;

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(|status| matches!(status, Status::Active | Status::AtRisk))?;
    let Rhythm { heard, last, every } = rhythm(case)?;
    let twice = every.map(|every| Duration::new(every.count.saturating_mul(2), every.unit));
    let by = twice.map_or(last, |twice| case.vendor.workdays.plus(last, twice)).max(last.plus_days(45));
    if case.as_of <= by {
        return None;
    }
    let silent = last.days_until(case.as_of);
    let nothing = || case.playbook.reviews.span().unwrap_or(report.fence());
    let at = heard.map_or_else(nothing, |(_, at)| at);
    let since = if heard.is_some() { format!("since {}", day(last)) } else { format!("since the start on {}", day(last)) };
    let vendor = name(case.name());
    let message = match silent >= DRIFT {
        true => format!("No contact with {vendor} is on record {since}, {} ago. After 8 months of silence, relationships drift unnoticed.", days(silent)),
        false => format!("No contact with {vendor} is on record {since}, {} ago.", days(silent)),
    };
    report.at(at, "reviews", message).help(format!("Book a check-in, then add to `reviews`: `- {{date: {}, kind: check_in}}`.", case.as_of));
    Some(())
}
