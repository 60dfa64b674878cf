use super::facts::{closing_day, contact, item, live, system};
use super::words::{day, days, name};
use super::{Case, Report};
use crate::calendar::Date;
use crate::schema::Access;

rule! {
    /// Looks for access that is still open after the day on which it was to close: after the last day, after its `expires`, or after its holder has left.
    ///
    /// ## Why it matters
    ///
    /// An open door is most dangerous when nobody thinks of it any more. Picture a login that belongs to nobody and still works in spring. Close it today, then write down the day under `revoked`; if it is meant to stay open, extend `expires` and say who holds it. Source: NIST SP 800-53 Rev. 5, control PS-7.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// access:
    ///   - {system: Alarm panel, kind: account, holder: jo, admin: sam, granted: 2026-01-12, checked: 2026-10-01, expires: 2026-10-31}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// access:
    ///   - {system: Alarm panel, kind: account, holder: jo, admin: sam, granted: 2026-01-12, checked: 2026-10-01, expires: 2026-10-31, revoked: 2026-11-20}
    /// ```
    ACC003 "access-after-end" Error, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    for (n, access) in live(case) {
        let Some((date, why)) = should_be_closed(case, access) else { continue };
        let late = date.days_until(case.as_of);
        report
            .at(item(access.base.at), format!("access[{n}].revoked"), format!("{} is still open, {} after {} ({why}).", system(access), days(late), day(date)))
            .help(format!("Revoke it now, then record the day: `revoked: {}`.", case.as_of));
    }
    Some(())
}

/// The earliest day after which it should have been closed, and why.
fn should_be_closed(case: &Case<'_>, access: &Access) -> Option<(Date, String)> {
    let last = closing_day(case, access).map(|date| (date, "the day it was to close".to_owned()));
    let left = contact(case.vendor, &access.holder).and_then(|holder| {
        let who = name(holder.name.text().unwrap_or("the holder"));
        holder.left.copied().map(|left| (left, format!("the day {who} left")))
    });
    let expired = access.expires.copied().map(|date| (date, "the day it was to expire".to_owned()));
    [last, left, expired].into_iter().flatten().filter(|(date, _)| *date < case.as_of).min_by_key(|(date, _)| *date)
}
