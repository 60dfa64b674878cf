use super::facts::item;
use super::words::said;
use super::{Case, Report};
use crate::schema::{Expectation, Status};

rule! {
    /// Looks for expectations nobody can check or nobody agreed to: soft words such as soon, nice or as needed without a `measure`, no `agreed` date a month after the start, or a line you marked as not realistic.
    ///
    /// ## Why it matters
    ///
    /// Soft words mean something else to everybody who reads them. Picture "soon": on Tuesday for you, before the month is out for them. Both keep their word, and both are annoyed. Say how anyone could tell, talk it over, and note the day on which you agreed. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// expectations:
    ///   of_vendor:
    ///     - {topic: timeframe, text: Done as soon as the shop is empty, agreed: 2026-01-12}
    ///     - {topic: accuracy, text: Every room on the list, agreed: 2026-01-12}
    ///     - {topic: delivery, text: A note of what was done, agreed: 2026-01-12}
    ///   of_client: [{topic: access, text: Keys are handed over in person, agreed: 2026-01-12}]
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// expectations:
    ///   of_vendor:
    ///     - {topic: timeframe, text: Done before 7:00, measure: alarm log, agreed: 2026-01-12}
    ///     - {topic: accuracy, text: Every room on the list, agreed: 2026-01-12}
    ///     - {topic: delivery, text: A note of what was done, agreed: 2026-01-12}
    ///   of_client: [{topic: access, text: Keys are handed over in person, agreed: 2026-01-12}]
    /// ```
    EXP004 "vague-or-unagreed" Info, Vendor check
}

/// Words that two people read in two ways.
const VAGUE: &[&str] = &["asap", "nice", "nicely", "soon", "as needed", "good", "perfect"];

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(|status| status != Status::Ended)?;
    let both = case.playbook.expectations.get()?;
    let start = case.playbook.contract.get().and_then(|contract| contract.start.copied());
    let agreed_by_now = start.is_some_and(|start| start.plus_days(30) <= case.as_of);
    for (side, list) in [("of_vendor", &both.of_vendor), ("of_client", &both.of_client)] {
        for (n, one) in list.items().iter().enumerate() {
            look(one, &format!("expectations.{side}[{n}]"), agreed_by_now, report);
        }
    }
    Some(())
}

fn look(one: &Expectation, path: &str, agreed_by_now: bool, report: &mut Report<'_>) -> Option<()> {
    let (text, at) = one.text.given_at()?;
    let vague = super::prose::find(text, VAGUE).filter(|_| one.measure.is_absent());
    if let Some(word) = vague {
        report
            .at(at, format!("{path}.measure"), format!("{} cannot be checked: two people read “{word}” in two ways.", said(text)))
            .help("Add how anyone can tell, and when you both agreed: `measure: ..., agreed: ...`.");
    } else if let Some((false, at)) = one.realistic.given_at().map(|(sure, at)| (*sure, at)) {
        report
            .at(at, format!("{path}.realistic"), format!("{} is marked `realistic: false`, so nobody can count on it.", said(text)))
            .help("Talk about it, write what you both believe in, and take `realistic` out.");
    } else if agreed_by_now && one.agreed.is_absent() {
        report
            .at(item(one.base.at), format!("{path}.agreed"), format!("When both sides agreed on {} is not recorded; each may remember it differently.", said(text)))
            .help("Bring it up at the next check-in, then add the day: `agreed: ...`.");
    }
    Some(())
}
