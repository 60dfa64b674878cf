use super::words::and;
use super::{Case, Report};
use crate::schema::{Expectation, Field, Status, Topic};

rule! {
    /// Looks for vendors that are active, at risk or exiting and whose expectations say nothing about time, accuracy or the way in which work arrives.
    ///
    /// ## Why it matters
    ///
    /// By when, how exact and in which form: these three are where relationships usually begin to crumble, because everybody finds their own answer obvious. Picture a report that is right, a week late, and in a format nobody can open. One line for each topic is enough to begin the talk, on either side. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// expectations:
    ///   of_vendor: [{topic: success, text: Nobody has to think of it, measure: no reminders in a month, agreed: 2026-01-12}]
    ///   of_client: [{topic: access, text: Keys are handed over in person, agreed: 2026-01-12}]
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// expectations:
    ///   of_vendor:
    ///     - {topic: timeframe, text: Done before 7:00, agreed: 2026-01-12}
    ///     - {topic: accuracy, text: Every room on the list, agreed: 2026-01-12}
    ///     - {topic: delivery, text: A note of what was done, agreed: 2026-01-12}
    ///   of_client: [{topic: access, text: Keys are handed over in person, agreed: 2026-01-12}]
    /// ```
    EXP002 "core-topics-uncovered" Info, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(Status::is_active)?;
    let (at, items): (_, Vec<&Expectation>) = match &case.playbook.expectations {
        Field::Broken(_) => return None,
        Field::Absent => (report.fence(), Vec::new()),
        Field::Given(both, _) if both.of_vendor.is_unsure() || both.of_client.is_unsure() => return None,
        Field::Given(both, _) => (both.base.key, both.of_vendor.items().iter().chain(both.of_client.items()).collect()),
    };
    if items.iter().any(|item| item.topic.is_broken() || item.text.is_absent()) {
        return None;
    }
    let covered = |topic: Topic| items.iter().any(|item| item.topic.copied() == Some(topic));
    let missing: Vec<&str> =
        [Topic::Timeframe, Topic::Accuracy, Topic::Delivery].into_iter().filter(|topic| !covered(*topic)).map(Topic::word).collect();
    let first = missing.first()?;
    report
        .at(at, "expectations", format!("Nothing is said yet about {}. This is where relationships usually crumble.", and(&missing)))
        .help(format!("Add a line for each to `of_vendor`, like `{{topic: {first}, text: {}}}`.", example(first)));
    Some(())
}

fn example(topic: &str) -> &'static str {
    match topic {
        "timeframe" => "Report by the 3rd business day",
        "accuracy" => "At most 2 fixes per 50 pages",
        _ => "Work arrives as CSV in the shared drive",
    }
}
