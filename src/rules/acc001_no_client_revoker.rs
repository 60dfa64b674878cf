use super::facts::{contact, item, live, our_it, system};
use super::words::name;
use super::{Case, Report};
use crate::schema::{Field, Side};

rule! {
    /// Looks for open access without an `admin`: nobody on your side is named who can switch it off.
    ///
    /// ## Why it matters
    ///
    /// On the last day there is no time to find out who has the keys to what. Picture a shop whose alarm only the departed cleaner can reprogram. Name one person for every access; it is often the same one, and that is fine. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// access:
    ///   - {system: Alarm panel, kind: account, holder: jo, granted: 2026-01-12, checked: 2026-10-01}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// access:
    ///   - {system: Alarm panel, kind: account, holder: jo, admin: sam, granted: 2026-01-12, checked: 2026-10-01}
    /// ```
    ACC001 "no-client-revoker" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    let ours = our_it(case.vendor, case.as_of);
    let line = ours.as_deref().map_or("admin: ...".to_owned(), |id| format!("admin: {id}"));
    for (n, access) in live(case) {
        let path = format!("access[{n}].admin");
        match &access.admin {
            Field::Broken(_) => {}
            Field::Absent => {
                let add = report.add(&access.base, &line).filter(|_| ours.is_some());
                report
                    .at(item(access.base.at), path, format!("{} has nobody named on your side to switch it off.", system(access)))
                    .help(format!("Name one person: `{line}`."))
                    .patch(add);
            }
            Field::Given(person, at) => {
                let theirs = contact(case.vendor, &access.admin).filter(|one| one.side.copied().unwrap_or(Side::Vendor) == Side::Vendor && !one.side.is_broken());
                if theirs.is_some() {
                    let patch = ours.as_ref().map(|id| report.replace(*at, id));
                    report
                        .at(*at, path, format!("{} can be switched off only by {}, who is on the vendor's side.", system(access), name(case.vendor.names.person(&person.0))))
                        .help(format!("Name someone on yours: `{line}`."))
                        .patch(patch);
                }
            }
        }
    }
    Some(())
}
