use super::words::{name, said};
use super::{Case, Report};
use crate::library::measures::{meets, ordinal};
use crate::schema::{Actual, Sla, Status, TerminationGround};

rule! {
    /// Looks for as many misses in a row of windows as the contract names for a way out, such as two out of any three months.
    ///
    /// ## Why it matters
    ///
    /// From that point you may be free to leave early, and often only for a while. Picture a right that was there in spring and had lapsed when you asked about it in autumn. Read the clause, talk to the vendor, and decide on purpose. If you choose to stay, write down why in a waiver with an end. Only what is written counts, and an old run of misses goes on firing until it is waived with a reason, or the right is used and the vendor has left. Source: Common Paper Service Level Agreement, section 3.4.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// slas:
    ///   - id: first-time
    ///     kind: quality
    ///     objective: {op: gte, value: 95, unit: percent}
    ///     window: 1mo
    ///     measured_by: client
    ///     source: weekly walk
    ///     escalation: [kim]
    ///     exit_right: {misses: 2, of: 3}
    ///     actuals: [{period: 2026-08, value: 91}, {period: 2026-09, value: 92}, {period: 2026-10, value: 97}]
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// slas:
    ///   - id: first-time
    ///     kind: quality
    ///     objective: {op: gte, value: 95, unit: percent}
    ///     window: 1mo
    ///     measured_by: client
    ///     source: weekly walk
    ///     escalation: [kim]
    ///     exit_right: {misses: 2, of: 3}
    ///     actuals: [{period: 2026-08, value: 91}, {period: 2026-09, value: 92}, {period: 2026-10, value: 97}]
    /// allow: [{rule: SLA004, reason: Read clause 9 together and gave it until March, until: 2027-03-31}]
    /// ```
    SLA004 "sla-exit-right-reached" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(|status| status != Status::Ended)?;
    for (n, sla) in case.playbook.slas.items().iter().enumerate() {
        look(case, sla, n, report);
    }
    Some(())
}

fn look(case: &Case<'_>, sla: &Sla, n: usize, report: &mut Report<'_>) -> Option<()> {
    let right = sla.exit_right.get()?;
    let (misses, of) = (right.misses.copied()?, right.of.copied()?);
    let (actual, count) = reached(sla, case.as_of, misses, of)?;
    let (_, at) = actual.value.given_at()?;
    let k = sla.actuals.items().iter().position(|other| std::ptr::eq(other, actual)).unwrap_or_default();
    let level = said(sla.name.text().or(sla.id.get().map(|id| id.0.as_str()))?);
    let rights = case.playbook.contract.get().map_or(&[][..], |contract| contract.termination_rights.items());
    let clause = rights.iter().find(|right| right.ground.copied() == Some(TerminationGround::SlaFailure)).and_then(|right| right.clause.text());
    let clause = clause.map_or("your contract".to_owned(), |clause| format!("clause {}", name(clause)));
    let period = &actual.period.get()?.0;
    report
        .at(at, format!("slas[{n}].actuals[{k}].value"), format!("{level} missed {count} of {of} periods in a row up to {period}: you may be entitled to end the contract."))
        .help(format!("Read {clause}, then decide. If you stay, say why in `allow`, with an `until`."));
    Some(())
}

/// The last miss of the latest run of periods with enough misses, and how many there are. A period without a
/// figure takes a place and is neither missed nor met.
fn reached(sla: &Sla, as_of: crate::calendar::Date, misses: u32, of: u32) -> Option<(&Actual, usize)> {
    let ended = |actual: &&Actual| actual.period.get().and_then(|period| period.last_day()).is_some_and(|last| last <= as_of);
    let mut missed: Vec<(char, i64, &Actual)> = Vec::new();
    for actual in sla.actuals.items().iter().filter(ended).filter(|actual| meets(sla, actual) == Some(false)) {
        let (kind, at) = ordinal(actual.period.get()?)?;
        missed.push((kind, at, actual));
    }
    missed.sort_by_key(|(kind, at, _)| (*kind, *at));
    let enough = usize::try_from(misses).ok().filter(|misses| *misses > 0)?;
    let run = |last: &usize| {
        let (kind, at, _) = missed[*last];
        missed[..=*last].iter().filter(|(other, place, _)| *other == kind && at - place < i64::from(of)).count()
    };
    let last = (0..missed.len()).rev().find(|last| run(last) >= enough)?;
    Some((missed[last].2, run(&last)))
}
