use super::words::day;
use super::{Case, Report};
use crate::calendar::Date;
use crate::diagnostic::Span;

rule! {
    /// Looks for dates that contradict each other: a contract that starts after it ends or after the last day (`exit.termination_date`), confidentiality that begins after the last day, a decision dated after the last day, or a minimum term that runs past the end.
    ///
    /// ## Why it matters
    ///
    /// Every date in the handbook is worked out from these few. If one of them is a slip of the keyboard, the send-by day is wrong as well, and nobody sees it. Picture a start typed as 2028 instead of 2026: the register shows a contract that ends before it begins. This is our own rule, because a date that contradicts another cannot be trusted. One of the two is usually a typing slip; the signed paper tells you which.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// contract: {type: standalone, start: 2028-01-12, end: 2028-01-11, renewal: {kind: none}, notice: 30d}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// contract: {type: standalone, start: 2026-01-12, end: 2028-01-11, renewal: {kind: none}, notice: 30d}
    /// ```
    CON001 "dates-out-of-order" Error, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    let contract = case.playbook.contract.get();
    let exit = case.playbook.exit.get();
    let of = |field: Option<(&Date, Span)>| field.map(|(date, at)| (*date, at));
    let last = exit.and_then(|exit| of(exit.termination_date.given_at()));
    let end = contract.and_then(|contract| of(contract.end.given_at()));
    let start = contract.and_then(|contract| of(contract.start.given_at()));
    let minimum = contract.and_then(|contract| of(contract.minimum_until.given_at()));
    let effective = case.playbook.nda.get().and_then(|nda| of(nda.effective.given_at()));
    let decided = exit.and_then(|exit| of(exit.decided.given_at()));
    let pairs = [
        ("contract.start", start, "contract.end", end),
        ("contract.start", start, "exit.termination_date", last),
        ("contract.minimum_until", minimum, "contract.end", end),
        ("nda.effective", effective, "exit.termination_date", last),
        ("exit.decided", decided, "exit.termination_date", last),
    ];
    for (earlier, first, later, second) in pairs {
        let (Some((first, here)), Some((second, there))) = (first, second) else { continue };
        if first > second {
            // A start is settled by the signature; what was written to fit it is the likelier slip.
            let (at, field) = if earlier == "contract.start" { (there, later) } else { (here, earlier) };
            report
                .at(at, field, format!("`{earlier}` ({}) is after `{later}` ({}).", day(first), day(second)))
                .help("Check both dates: one of them is probably a slip in the year or month.");
        }
    }
    Some(())
}
