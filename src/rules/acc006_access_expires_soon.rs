use super::facts::{live, system};
use super::words::day;
use super::{Case, Report};
use crate::schema::Status;

rule! {
    /// Looks for open access that ends by itself today or within the next 30 days. It looks at vendors from onboarding to exiting.
    ///
    /// ## Why it matters
    ///
    /// An access that runs out unnoticed stops the work on an ordinary morning. Picture Jo in front of the alarm panel at six, with a code that ended at midnight. Extend it while somebody is there to do it, or let it end and note the day; both are fine once they are decided. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// access:
    ///   - {system: Alarm panel, kind: account, holder: jo, admin: sam, granted: 2026-01-12, checked: 2026-10-01, expires: 2026-12-05}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// access:
    ///   - {system: Alarm panel, kind: account, holder: jo, admin: sam, granted: 2026-01-12, checked: 2026-10-01, expires: 2027-11-30}
    /// ```
    ACC006 "access-expires-soon" Info, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(Status::is_current)?;
    for (n, access) in live(case) {
        let soon = case.as_of..=case.as_of.plus_days(30);
        if let Some((date, at)) = access.expires.given_at().filter(|(date, _)| soon.contains(*date)) {
            report
                .at(at, format!("access[{n}].expires"), format!("{} ends by itself on {}; work that needs it stops then.", system(access), day(*date)))
                .help("Extend it in the system and write the new `expires: ...`; or let it end, then add `revoked: ...`.");
        }
    }
    Some(())
}
