use super::facts::protection;
use super::words::day;
use super::{Case, Report};

rule! {
    /// Looks for confidentiality that runs out before the work does: before the last day, or before the end of the current term.
    ///
    /// ## Why it matters
    ///
    /// Many forms count one year from the day of signing. If you work together for two, the second year is unprotected, and nobody notices, because nothing happens. Picture sharing next season's prices under a promise that ended in January. Count from the end of the relationship instead, and ask for an amendment. Common Paper Mutual Non-Disclosure Agreement, cover page, is where both terms are filled in.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// nda: {kind: mutual, signed: 2026-01-05, covers: [client list], confidentiality: {lasts: 1y, from: effective}, return: destroy}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// nda: {kind: mutual, signed: 2026-01-05, covers: [client list], confidentiality: {lasts: 3y, from: termination}, return: destroy}
    /// ```
    NDA004 "confidentiality-ends-early" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    let (until, work, at) = protection(case)?;
    if until >= work {
        return None;
    }
    report
        .at(at, "nda.confidentiality.lasts", format!("Confidentiality ends on {}, before the work ends on {}.", day(until), day(work)))
        .help("Agree on a longer time, counted from the last day: `confidentiality: {lasts: 3y, from: termination}`.");
    Some(())
}
