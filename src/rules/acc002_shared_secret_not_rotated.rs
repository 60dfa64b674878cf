use super::facts::{item, live, system};
use super::{Case, Report};
use crate::schema::Field;

rule! {
    /// Looks for shared logins and keys for programs where nobody has decided that the secret changes at the end.
    ///
    /// ## Why it matters
    ///
    /// Taking a person off the list changes nothing about what that person knows. A code that five people share stays open until it is a new code. Picture the old four digits on the alarm, two cleaning firms later. The step that changes the secret (A3) is on the checklist for every shared login and key anyway; `rotate: true` is your decision that it will really be done. Source: NIST SP 800-53 Rev. 5, control PS-4.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// access:
    ///   - {system: Alarm panel, kind: shared_login, holder: jo, admin: sam, granted: 2026-01-12, checked: 2026-10-01}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// access:
    ///   - system: Alarm panel
    ///     kind: shared_login
    ///     holder: jo
    ///     admin: sam
    ///     granted: 2026-01-12
    ///     checked: 2026-10-01
    ///     revoke: {when: 0d, how: Set a new code at the panel, rotate: true}
    /// ```
    ACC002 "shared-secret-not-rotated" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    for (n, access) in live(case) {
        if !access.is_shared() {
            continue;
        }
        let (at, add) = match &access.revoke {
            Field::Broken(_) => continue,
            Field::Absent => (item(access.base.at), report.add(&access.base, "revoke: {rotate: true}")),
            Field::Given(revoke, _) => match &revoke.rotate {
                Field::Absent => (revoke.base.key, report.add(&revoke.base, "rotate: true")),
                Field::Given(false, at) => (*at, Some(report.replace(*at, "true"))),
                _ => continue,
            },
        };
        report
            .at(at, format!("access[{n}].revoke.rotate"), format!("{} opens for anyone who knows its secret: taking one person off does not close it.", system(access)))
            .help("Plan a new secret for the last day, under `revoke`: `rotate: true`.")
            .patch(add);
    }
    Some(())
}
