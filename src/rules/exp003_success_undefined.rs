use super::words::name;
use super::{Case, Report};
use crate::schema::{Field, Status, Topic};

rule! {
    /// Looks for vendors, active, at risk or exiting, without a word on what success would be: neither a `purpose` nor an expectation with `topic: success`.
    ///
    /// ## Why it matters
    ///
    /// If nobody has said what working well looks and feels like, nobody can tell whether it does. Picture a yearly review at which both sides are proud of different things. One honest sentence settles it: what should be easier, safer or better because this vendor is there? This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// # without purpose
    /// expectations:
    ///   of_vendor:
    ///     - {topic: timeframe, text: Done before 7:00, measure: alarm log, agreed: 2026-01-12}
    ///     - {topic: accuracy, text: Every room on the list, measure: weekly walk, agreed: 2026-01-12}
    ///     - {topic: delivery, text: A note of what was done, measure: note on the door, agreed: 2026-01-12}
    ///   of_client: [{topic: access, text: Keys are handed over in person, agreed: 2026-01-12}]
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// purpose: A clean shop every morning, without anyone having to think of it.
    /// ```
    EXP003 "success-undefined" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(Status::is_active)?;
    if !case.playbook.purpose.is_absent() {
        return None;
    }
    let at = match &case.playbook.expectations {
        Field::Broken(_) => return None,
        Field::Absent => report.fence(),
        Field::Given(both, _) => {
            let items = || both.of_vendor.items().iter().chain(both.of_client.items());
            let may_say = |item: &crate::schema::Expectation| item.topic.is_broken() || item.topic.copied() == Some(Topic::Success);
            if both.of_vendor.is_unsure() || both.of_client.is_unsure() || items().any(may_say) {
                return None;
            }
            both.base.key
        }
    };
    report
        .at(at, "expectations", format!("What success with {} looks and feels like is not written down, so nobody can tell.", name(case.name())))
        .help("Add to `of_vendor`: `{topic: success, text: ...}`; or, at the top level, `purpose: ...`.");
    Some(())
}
