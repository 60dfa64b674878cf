use super::facts::{has_other_ground, notice_is_in_time, renews_by_itself};
use super::words::{day, name};
use super::{Case, Report};
use crate::library::contract_terms;
use crate::calendar::terms;
use crate::schema::{Field, RenewalKind, Status, TerminationBy};

rule! {
    /// Looks for a notice day that has gone by although the term still runs, with no notice on record, and, where the vendor is active or at risk, for a contract that has run out while the work goes on.
    ///
    /// ## Why it matters
    ///
    /// In the first case you are bound for another term, in the second nobody is bound at all. Picture learning in December that the letter was due in November. It is rarely hopeless: look at the termination rights, or ask whether both sides would agree to an earlier end. If the letter did go out, write down the day. If you stay on purpose, say so in a waiver (`allow`) with the reason, until the end of the term. Common Paper Cloud Service Agreement, standard terms, section 5.1, describes how a term renews when nobody writes in time.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// contract: {type: standalone, start: 2025-12-15, term: 12mo, renewal: {kind: auto, term: 12mo}, notice: 30d}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// contract: {type: standalone, start: 2025-12-15, term: 12mo, renewal: {kind: auto, term: 12mo}, notice: 30d}
    /// exit: {template: standard, notice_given: 2026-11-10}
    /// ```
    CON006 "notice-window-missed" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    let clock = &case.vendor.derived.clock;
    let contract = case.playbook.contract.get()?;
    let end = clock.term_end.date()?;
    let is_used_up = clock.next_end.why().is_some_and(|why| why.contains("used up"));
    let kind = contract.renewal.get().and_then(|renewal| renewal.kind.copied());
    let ends_by_itself = kind == Some(RenewalKind::None) || kind == Some(RenewalKind::Auto) && is_used_up;
    if ends_by_itself {
        case.only(|status| matches!(status, Status::Active | Status::AtRisk)).filter(|_| end < case.as_of)?;
        let at = contract.end.span().or(contract.term.span()).or(contract.renewal.span())?;
        report
            .at(at, "contract.end", format!("The contract ended on {} and does not renew, so the work goes on without terms.", day(end)))
            .help(format!("Write the new `end: ...` under `contract`; or, if work with {} stops, `status: exiting` or `status: ended`.", name(case.name())));
        return Some(());
    }
    let (send_by, received_by) = (clock.send_by.date()?, clock.received_by.date()?);
    let is_missed = send_by < case.as_of && case.as_of <= end;
    if !renews_by_itself(case) || !is_missed || notice_is_in_time(case, received_by) {
        return None;
    }
    let (notice_days, last) = (&case.vendor.derived.notice, case.vendor.derived.termination);
    if notice_days.lets_renew(end, last) || last.is_some_and(|last| last <= end) && has_other_ground(case) {
        return None;
    }
    let notice = contract.notice.get()?;
    // The next chance is the send-by day of the term that begins then.
    let after = end.plus_days(1);
    let days = case.vendor.knows_workdays.then_some(&*case.vendor.workdays)?;
    let next = terms::clock(&contract_terms(case.playbook), days, after).send_by.date();
    let next = next.map_or(String::new(), |next| format!("; the next chance is {}", day(next)));
    let given = case.playbook.exit.get().and_then(|exit| exit.notice_given.copied()).filter(|given| *given <= case.as_of);
    let message = match given {
        Some(given) => format!("Notice was given on {}, and the last day to send it was {}, so the contract renews on {}{next}.", day(given), day(send_by), day(after)),
        None => format!("The last day to send notice was {}, so the contract renews on {}{next}.", day(send_by), day(after)),
    };
    report.at(notice.client.span()?, "contract.notice", message).help(way_out(contract, given.is_some()));
    Some(())
}

/// A right to end early, where one is recorded.
fn way_out(contract: &crate::schema::Contract, is_given: bool) -> String {
    let ours = |right: &&crate::schema::TerminationRight| !matches!(right.by.copied(), Some(TerminationBy::Vendor));
    let rights = contract.termination_rights.items().iter().filter(ours).filter_map(|right| {
        let clause = match &right.clause {
            Field::Given(clause, _) => format!(" (clause {})", name(clause)),
            _ => String::new(),
        };
        Some(format!("{}{clause}", right.ground.copied()?.label()))
    });
    let rights: Vec<String> = rights.take(2).collect();
    if rights.is_empty() {
        return if is_given { "Agree on an ending in writing.".to_owned() } else { "If it was sent, add `notice_given: ...` under `exit`; else agree on an ending in writing.".to_owned() };
    }
    format!("The contract may also end for {}; or agree on an ending in writing.", super::words::or(&rights))
}
