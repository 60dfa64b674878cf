use super::words::name;
use super::{Case, Report};
use crate::diagnostic::Span;
use crate::schema::{Expectation, Expectations, Field, List, Status, Whole};

rule! {
    /// Looks for expectations that stand on one side only: what you want from the vendor without what the vendor may count on from you, or the other way round.
    ///
    /// ## Why it matters
    ///
    /// Good work needs both halves. A vendor that waits for keys, answers or a budget cannot deliver, and both sides grow cross about it. Picture a cleaner in front of a locked door while you wonder why the floor is dirty. Ask them what they need from you, and write down the answer. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// expectations:
    ///   of_vendor:
    ///     - {topic: timeframe, text: Done before 7:00, agreed: 2026-01-12}
    ///     - {topic: accuracy, text: Every room on the list, agreed: 2026-01-12}
    ///     - {topic: delivery, text: A note of what was done, agreed: 2026-01-12}
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
    ///   of_client:
    ///     - {topic: access, text: Keys are handed over in person, agreed: 2026-01-12}
    /// ```
    EXP001 "one-sided-expectations" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(Status::is_started)?;
    let vendor = name(case.name());
    let theirs = empty(case, report, |both| &both.of_vendor);
    let ours = empty(case, report, |both| &both.of_client);
    let (at, field, message, help) = match (theirs, ours) {
        (None, None) => return None,
        (Some(at), Some(_)) => (
            at,
            "expectations",
            format!("Nothing is written yet about what you and {vendor} expect of each other."),
            "Begin with one line a side: `expectations: {of_vendor: [...], of_client: [...]}`.",
        ),
        (None, Some(at)) => (
            at,
            "expectations.of_client",
            format!("Only {vendor}'s duties are written. What do they need from you?"),
            "Add access, answers or budget: `of_client: [Answer questions within 2 business days]`.",
        ),
        (Some(at), None) => (
            at,
            "expectations.of_vendor",
            format!("Only your own duties are written. What do you expect of {vendor}?"),
            "Add what, by when and how well: `of_vendor: [Monthly report by the 3rd business day]`.",
        ),
    };
    report.at(at, field, message).help(help);
    Some(())
}

/// Where one side's list is missing or empty.
fn empty(case: &Case<'_>, report: &Report<'_>, side: fn(&Expectations) -> &Field<List<Expectation>>) -> Option<Span> {
    let missing = report.missing(&case.playbook.expectations, side);
    let written = case.playbook.expectations.get().and_then(|both| side(both).given_at());
    missing.or_else(|| written.filter(|(list, _)| list.0.is_empty() && list.1 == Whole::Yes).map(|(_, at)| at))
}
