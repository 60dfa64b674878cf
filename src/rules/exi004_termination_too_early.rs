use super::facts::has_other_ground;
use super::words::{day, name};
use super::{Case, Report};
use crate::calendar::{Duration, terms};
use crate::library::terms_for;
use crate::schema::{Side, Status};

rule! {
    /// Looks for a last day that comes sooner than the notice period allows. It is silent for the reasons `mutual`, `breach`, `security`, `regulator` and `vendor_left`, and where the contract simply runs out by that day.
    ///
    /// ## Why it matters
    ///
    /// If notice is longer than you planned, you pay for two vendors, or argue about it. Picture a farewell on Friday and an invoice for three weeks more. Move the last day; or, where the earlier one has been agreed in writing, write that day and the reason into a waiver (`allow`). The source is Bonterms Professional Services Agreement, section 11.2; what holds for you stands in your own contract.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// status: exiting
    /// exit:
    ///   template: none
    ///   reason: not_renewed
    ///   notice_given: 2026-11-20
    ///   termination_date: 2026-12-04
    ///   steps:
    ///     - {id: P3, done: 2026-11-09}
    ///     - {id: P4, done: 2026-11-09}
    ///     - {id: H2}
    ///     - {id: A2}
    ///     - {id: C6}
    /// successor: {kind: in_house}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// status: exiting
    /// exit:
    ///   template: none
    ///   reason: not_renewed
    ///   notice_given: 2026-11-20
    ///   termination_date: 2026-12-20
    ///   steps:
    ///     - {id: P3, done: 2026-11-09}
    ///     - {id: P4, done: 2026-11-09}
    ///     - {id: H2}
    ///     - {id: A2}
    ///     - {id: C6}
    /// successor: {kind: in_house}
    /// ```
    EXI004 "termination-too-early" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(Status::is_current)?;
    let exit = case.playbook.exit.get()?;
    let (last, at) = exit.termination_date.given_at()?;
    if has_other_ground(case) || exit.reason.is_broken() {
        return None;
    }
    let side = if exit.notice_by.is_broken() { return None } else { exit.notice_by.copied().unwrap_or(Side::Client) };
    let given = exit.notice_given.copied().filter(|given| *given <= case.as_of);
    let from = given.or_else(|| case.plan().anchors.notice.map(|notice| notice.max(case.as_of)))?;
    let days = case.vendor.knows_workdays.then_some(&*case.vendor.workdays)?;
    let earliest = terms::clock(&terms_for(case.playbook, side), days, from).earliest_end.date()?;
    let own_end = case.vendor.own_end();
    if *last >= earliest || own_end.is_some_and(|end| *last >= end) {
        return None;
    }
    if let Some(end) = own_end.filter(|end| *end < earliest) {
        report
            .at(at, "exit.termination_date", format!("{} is too soon: the contract runs until {}, and ends by itself then.", day(*last), day(end)))
            .help(format!("Write `termination_date: {end}`; or agree on the earlier day in writing and say so in `allow`."));
        return Some(());
    }
    let notice = length(case, side)?;
    let whose = if side == Side::Vendor { format!("{}'s notice of {}", name(case.name()), notice.words()) } else { format!("your notice of {}", notice.words()) };
    report
        .at(at, "exit.termination_date", format!("{} is too soon: with {whose} from {}, the earliest last day is {}.", day(*last), day(from), day(earliest)))
        .help(format!("Write `termination_date: {earliest}`; or agree on the earlier day in writing and say so in `allow`."));
    Some(())
}

fn length(case: &Case<'_>, side: Side) -> Option<Duration> {
    let notice = case.playbook.contract.get()?.notice.get()?;
    let length = if side == Side::Vendor { &notice.vendor } else { &notice.client };
    length.copied().map(|days| days.0)
}
