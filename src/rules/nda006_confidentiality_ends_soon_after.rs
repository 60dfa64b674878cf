use super::facts::protection;
use super::words::day;
use super::{Case, Report};

rule! {
    /// Looks for confidentiality that outlasts the work by less than a year.
    ///
    /// ## Why it matters
    ///
    /// Most of what a vendor knows about you is still fresh six months later: prices, plans, the names of your best customers. Picture the people who wrote your autumn campaign writing a rival's spring one. Ask for more when you next amend the agreement; two or three years are common, and trade secrets can be kept for as long as they are secret. Common Paper Mutual Non-Disclosure Agreement, cover page, is where the term of confidentiality is chosen.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// nda: {kind: mutual, signed: 2026-01-05, covers: [client list], confidentiality: {lasts: 6mo, from: termination}, return: destroy}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// nda: {kind: mutual, signed: 2026-01-05, covers: [client list], confidentiality: {lasts: 3y, from: termination}, return: destroy}
    /// ```
    NDA006 "confidentiality-ends-soon-after" Info, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    let (until, work, at) = protection(case)?;
    if until < work || until >= work.plus_months(12) {
        return None;
    }
    report
        .at(at, "nda.confidentiality.lasts", format!("Confidentiality ends on {}, less than a year after the work ends on {}.", day(until), day(work)))
        .help("Consider longer, for example `confidentiality: {lasts: 3y, from: termination}`.");
    Some(())
}
