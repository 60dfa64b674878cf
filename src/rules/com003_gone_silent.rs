use super::facts::{ramp_up_end, shortest};
use super::words::{day, days, name};
use super::{Case, Report};
use crate::calendar::{Date, Duration};
use crate::diagnostic::Span;
use crate::schema::{Phase, Status};

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
    if case.playbook.reviews.is_unsure() || case.playbook.feedback.is_unsure() || rhythm_is_unsure(case) {
        return None;
    }
    let is_dated = |date: &crate::schema::Field<Date>| !date.is_broken();
    let reviews_are = case.playbook.reviews.items().iter().all(|review| is_dated(&review.date));
    if !reviews_are || !case.playbook.feedback.items().iter().all(|entry| is_dated(&entry.date)) {
        return None;
    }
    let heard = last_entry(case);
    let start = || case.playbook.contract.get().and_then(|contract| contract.start.copied());
    let last = heard.map(|(date, _)| date).or_else(start)?;
    let is_early = ramp_up_end(case).is_some_and(|until| case.as_of <= until);
    let every = Some(Phase::RampUp).filter(|_| is_early).and_then(|phase| shortest(case, phase)).or_else(|| shortest(case, Phase::Steady));
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

/// The newest review or feedback that has happened, and where its date stands.
fn last_entry(case: &Case<'_>) -> Option<(Date, Span)> {
    let reviews = case.playbook.reviews.items().iter().filter_map(|review| review.date.given_at());
    let feedback = case.playbook.feedback.items().iter().filter_map(|entry| entry.date.given_at());
    reviews.chain(feedback).map(|(date, at)| (*date, at)).filter(|(date, _)| *date <= case.as_of).max_by_key(|(date, _)| *date)
}

/// True where a rhythm is written and cannot be read.
fn rhythm_is_unsure(case: &Case<'_>) -> bool {
    let talk = &case.playbook.communication;
    let is_hidden = |entry: &crate::schema::Cadence| entry.every.is_broken() || entry.phase.is_broken() || entry.until.is_broken();
    talk.is_broken() || talk.get().is_some_and(|talk| talk.cadence.is_unsure() || talk.cadence.items().iter().any(is_hidden))
}
