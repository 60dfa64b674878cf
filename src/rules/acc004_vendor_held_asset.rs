use super::facts::{live, system};
use super::words::{day, name};
use super::{Case, Report};
use crate::exit::Basis;

rule! {
    /// Looks for accounts, domains, advertising accounts and social media accounts of yours that stand in the vendor's name.
    ///
    /// ## Why it matters
    ///
    /// Whoever owns the account decides who comes in. As long as you get on, nobody notices; on the day you part, your own address on the web may be a bargaining chip. Picture ten years of reviews on a page you cannot log in to. Ask for the transfer before any notice is given: it is a small favour among people who work together. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// access:
    ///   - {system: Booking calendar, kind: account, holder: kim, admin: sam, held_by: vendor, granted: 2026-01-12, checked: 2026-10-01}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// access:
    ///   - {system: Booking calendar, kind: account, holder: kim, admin: sam, held_by: client, granted: 2026-01-12, checked: 2026-10-01}
    /// ```
    ACC004 "vendor-held-asset" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    for (n, access) in live(case) {
        let Some(at) = access.held_by.span().filter(|_| access.is_asset_of_vendor()) else { continue };
        let plan = case.plan();
        let h1 = plan.steps.iter().find(|step| step.id == "H1").and_then(|step| step.due).filter(|_| plan.basis == Basis::Leaving);
        let latest = h1.map_or(String::new(), |date| format!(", at the latest by {}", day(date)));
        report
            .at(at, format!("access[{n}].held_by"), format!("{} belongs to {}, not to you.", system(access), name(case.name())))
            .help(format!("Move it to an account you own, before notice if you can{latest}; then write `held_by: client`."));
    }
    Some(())
}
