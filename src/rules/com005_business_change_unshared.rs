use super::facts::item;
use super::words::{day, name, said};
use super::{Case, Report};
use crate::schema::{Field, Status};

rule! {
    /// Looks for a change in your business that the vendor has not been told about, although it has happened or is at most two weeks away. It looks at vendors from onboarding to exiting.
    ///
    /// ## Why it matters
    ///
    /// They plan with the picture of you that they have. If it is out of date, they work carefully on the wrong thing. Picture a cleaning round booked for a Sunday on which the shop is now full of customers. One message is enough; write down the day you sent it under `shared`. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// communication:
    ///   cadence: [{phase: ramp_up, every: 1w}, {phase: steady, every: 1mo}]
    ///   business_changes: [{date: 2026-11-29, change: The shop opens on Sundays}]
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// communication:
    ///   cadence: [{phase: ramp_up, every: 1w}, {phase: steady, every: 1mo}]
    ///   business_changes: [{date: 2026-11-29, change: The shop opens on Sundays, shared: 2026-11-18}]
    /// ```
    COM005 "business-change-unshared" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(Status::is_current)?;
    let talk = case.playbook.communication.get()?;
    for (n, entry) in talk.business_changes.items().iter().enumerate() {
        let Some(date) = entry.date.copied().filter(|date| *date <= case.as_of.plus_days(14)) else { continue };
        let at = match &entry.shared {
            Field::Broken(_) => continue,
            Field::Given(told, at) if *told > case.as_of => *at,
            Field::Given(..) => continue,
            Field::Absent => item(entry.base.at),
        };
        let change = entry.change.text().map_or("A change in your business".to_owned(), said);
        let help = match date >= case.as_of {
            true => format!("Tell them by {}, then add the day: `shared: {}`.", day(date), case.as_of),
            false => format!("It began on {}: tell them now, then add the day: `shared: {}`.", day(date), case.as_of),
        };
        report
            .at(at, format!("communication.business_changes[{n}].shared"), format!("{change} has not been shared with {}, so they plan without it.", name(case.name())))
            .help(help);
    }
    Some(())
}
