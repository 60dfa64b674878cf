use super::words::day;
use super::{Case, Report};
use crate::calendar::terms;

rule! {
    /// Looks for a contract whose `end` differs from the end that its start and term give.
    ///
    /// ## Why it matters
    ///
    /// Twelve months from 12 January end on 11 January, not on the 12th: the first day counts. A date that is one day late can carry a notice past its limit. Picture a letter that arrives on the last possible day, which was yesterday. Look at the signed paper; if its end date is right, leave out `term`. Until then every calculation uses `end`. This is our own rule, because two answers to one question leave nobody certain.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// contract: {type: standalone, start: 2026-01-12, end: 2028-01-12, term: 24mo, renewal: {kind: none}, notice: 30d}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// contract: {type: standalone, start: 2026-01-12, end: 2028-01-11, term: 24mo, renewal: {kind: none}, notice: 30d}
    /// ```
    CON007 "term-end-mismatch" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    let contract = case.playbook.contract.get()?;
    let (end, at) = contract.end.given_at()?;
    let (start, term) = (contract.start.copied()?, contract.term.copied()?.0);
    let computed = terms::term_end(start, term);
    if computed == *end {
        return None;
    }
    let patch = report.replace(at, computed.to_string());
    report
        .at(at, "contract.end", format!("A term of {} from {} ends on {}, not on {}; a wrong end makes notice late.", term.words(), day(start), day(computed), day(*end)))
        .help(format!("Write `end: {computed}`; or, if the contract itself names the date you wrote, take `term` out."))
        .patch(patch);
    Some(())
}
