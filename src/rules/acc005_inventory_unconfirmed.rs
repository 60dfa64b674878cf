use super::facts::{item, live, system};
use super::words::{day, name};
use super::{Case, Report};
use crate::schema::{Field, Status};

rule! {
    /// Looks for vendors, active, at risk or exiting, without a list of what they can reach, and for lists with an access that nobody has checked for more than six months. One that was never checked counts as checked on the day it was granted.
    ///
    /// ## Why it matters
    ///
    /// Access grows quietly: a key here, a login there, for just one afternoon. Without a list, the last day is guesswork. Picture finding an old account in the logs and not knowing whose it is. Go through the list twice a year; if there is nothing to reach, write `access: []`, so that it is known. Source: ISO/IEC 27001:2022, Annex A 5.18.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// access:
    ///   - {system: Alarm panel, kind: account, holder: jo, admin: sam, granted: 2026-01-12, checked: 2026-02-02}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// access:
    ///   - {system: Alarm panel, kind: account, holder: jo, admin: sam, granted: 2026-01-12, checked: 2026-11-16}
    /// ```
    ACC005 "inventory-unconfirmed" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(Status::is_active)?;
    if case.playbook.access.is_absent() {
        let fence = report.fence();
        report
            .at(fence, "access", format!("What {} can reach is not listed, so nobody would know what to close.", name(case.name())))
            .help("List it under `access`, or confirm that there is nothing: `access: []`.");
        return Some(());
    }
    let checked = live(case).filter_map(|(n, access)| {
        let (date, at) = match (&access.checked, &access.granted) {
            (Field::Broken(_), _) => return None,
            (Field::Given(date, at), _) if *date <= case.as_of => (*date, *at),
            // A day that is still to come is planned, and nothing was checked by it.
            (Field::Given(..) | Field::Absent, Field::Given(date, _)) => (*date, item(access.base.at)),
            _ => return None,
        };
        Some((date, at, n, access))
    });
    let (date, at, n, access) = checked.min_by_key(|(date, ..)| *date)?;
    if date.plus_months(super::ACCESS_CHECK_MONTHS) >= case.as_of {
        return None;
    }
    report
        .at(at, format!("access[{n}].checked"), format!("{} has not been checked since {}, more than six months ago.", system(access), day(date)))
        .help(format!("Go through the access list, then note the day on each: `checked: {}`.", case.as_of));
    Some(())
}
