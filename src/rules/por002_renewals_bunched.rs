use super::words::{day, name, some};
use super::{Across, Portfolio};
use crate::calendar::Date;
use crate::schema::{RenewalKind, Status};

rule! {
    /// Looks for three or more contracts that come up for renewal with ends up to 14 days apart. It looks at vendors from onboarding to exiting that have no last day yet.
    ///
    /// ## Why it matters
    ///
    /// Each decision takes a talk, a look at the numbers and a letter in time. Three of them in one fortnight mean that two are decided by the calendar. Picture it in the week before Christmas. Begin earlier with one of them, or agree on another end for it the next time it renews. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// # floors.md
    /// title: Floors
    /// contract: {type: standalone, start: 2026-01-12, term: 24mo, renewal: {kind: auto, term: 12mo}, notice: 30d}
    /// # windows.md
    /// title: Windows
    /// contract: {type: standalone, start: 2026-01-15, term: 24mo, renewal: {kind: auto, term: 12mo}, notice: 30d}
    /// # stairs.md
    /// title: Stairs
    /// contract: {type: standalone, start: 2026-01-19, term: 24mo, renewal: {kind: auto, term: 12mo}, notice: 30d}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// # floors.md
    /// title: Floors
    /// contract: {type: standalone, start: 2026-01-12, term: 24mo, renewal: {kind: auto, term: 12mo}, notice: 30d}
    /// # windows.md
    /// title: Windows
    /// contract: {type: standalone, start: 2026-01-15, term: 24mo, renewal: {kind: auto, term: 12mo}, notice: 30d}
    /// # stairs.md
    /// title: Stairs
    /// contract: {type: standalone, start: 2026-07-01, term: 24mo, renewal: {kind: auto, term: 12mo}, notice: 30d}
    /// ```
    POR002 "renewals-bunched" Info, Library check
}

/// Two weeks in which three contracts want a decision are too few for a careful one.
const FORTNIGHT: i64 = 14;
const MANY: usize = 3;

fn check(portfolio: &Portfolio<'_>, found: &mut Across) {
    let mut renewals: Vec<(Date, usize)> = Vec::new();
    for (n, vendor) in portfolio.vendors.iter().enumerate() {
        let kind = vendor.playbook.contract.get().and_then(|contract| contract.renewal.get()).and_then(|renewal| renewal.kind.copied());
        let clock = &vendor.derived.clock;
        let renews = match kind {
            Some(RenewalKind::Auto) => clock.next_end.date().is_some(),
            Some(RenewalKind::Option) => true,
            _ => false,
        };
        let runs = vendor.status().is_some_and(Status::is_current) && vendor.derived.termination.is_none() && !is_under_notice(vendor, portfolio.as_of);
        renewals.extend(clock.term_end.date().filter(|end| renews && runs && *end >= portfolio.as_of).map(|end| (end, n)));
    }
    renewals.sort_unstable();
    let mut from = 0;
    while from < renewals.len() {
        let until = renewals[from].0.plus_days(FORTNIGHT);
        let bunch = renewals[from..].iter().take_while(|(end, _)| *end <= until).count();
        if bunch < MANY {
            from += 1;
            continue;
        }
        tell(portfolio, &renewals[from..from + bunch], found);
        from += bunch;
    }
}

/// One finding a bunch, in the playbook whose term ends first.
fn tell(portfolio: &Portfolio<'_>, bunch: &[(Date, usize)], found: &mut Across) {
    let (first, n) = bunch[0];
    let last = bunch[bunch.len() - 1].0;
    let Some(at) = portfolio.vendors[n].playbook.contract.get().and_then(|contract| contract.renewal.span()) else { return };
    let names: Vec<String> = bunch.iter().map(|(_, n)| name(portfolio.vendors[*n].title())).collect();
    let when = if first == last { format!("on {}", day(first)) } else { format!("between {} and {}", day(first), day(last)) };
    let message = format!("{} contracts come up for renewal {when}: {}.", bunch.len(), some(&names));
    found.at(portfolio, n, at, "contract.renewal", message).help("Begin early with each, and agree on another end for one when it renews.");
}

/// True where notice has been given, so that nothing is left to decide.
fn is_under_notice(vendor: &crate::library::Vendor, as_of: Date) -> bool {
    vendor.playbook.exit.get().and_then(|exit| exit.notice_given.copied()).is_some_and(|given| given <= as_of)
}
