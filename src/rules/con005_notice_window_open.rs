use super::facts::{has_other_ground, notice_is_in_time, renews_by_itself};
use super::words::day;
use super::{Case, Report};
use crate::schema::Status;

rule! {
    /// Looks for a contract that renews by itself and whose last day to send notice is close: within 60 days. That number is our default, and `notice_alert` in `handbook.yaml` changes it.
    ///
    /// ## Why it matters
    ///
    /// After that day the decision has been made for you. Picture opening the invoice for another year on the morning you meant to say goodbye. Use the time: look at the reviews, ask the people who work with the vendor, and decide. If you leave, plan the exit and record `exit.notice_given`; if you stay, write a waiver with the reason. It holds back the finding, not the calendar. Once the day has passed, CON006 speaks instead: put a waiver of that one in its place, until the term ends. Source: Common Paper Cloud Service Agreement, standard terms, section 5.1.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// contract: {type: standalone, start: 2026-01-12, term: 12mo, renewal: {kind: auto, term: 12mo}, notice: 30d}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// contract: {type: standalone, start: 2026-01-12, term: 12mo, renewal: {kind: auto, term: 12mo}, notice: 30d}
    /// allow: [{rule: CON005, reason: Decided at the November review to stay another year, until: 2026-12-11}]
    /// ```
    CON005 "notice-window-open" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    let clock = &case.vendor.derived.clock;
    let (send_by, received_by, end) = (clock.send_by.date()?, clock.received_by.date()?, clock.term_end.date()?);
    let is_used_up = clock.next_end.why().is_some_and(|why| why.contains("used up"));
    let is_open = case.as_of <= send_by && send_by <= case.as_of.plus(case.config.notice_alert);
    if !renews_by_itself(case) || is_used_up || !is_open || notice_is_in_time(case, received_by) {
        return None;
    }
    let (notice_days, last) = (&case.vendor.derived.notice, case.vendor.derived.termination);
    if notice_days.lets_renew(end, last) || last.is_some_and(|last| last <= end) && has_other_ground(case) {
        return None;
    }
    let notice = case.playbook.contract.get()?.notice.get()?;
    let renews = clock.next_end.date().map_or("the contract renews".to_owned(), |next| format!("the contract renews until {}", day(next)));
    let verb = if case.vendor.status() == Some(Status::Exiting) { "Send notice" } else { "Decide" };
    let help = match case.vendor.status() {
        Some(Status::Exiting) => "Send it, keep the proof, and add the day under `exit`: `notice_given: ...`.",
        _ => "To end it, send notice and add `notice_given: ...` under `exit`. To keep it, say so in `allow`.",
    };
    report
        .at(notice.client.span()?, "contract.notice", format!("{verb} by {}: notice has to arrive by {}, or {renews}.", day(send_by), day(received_by)))
        .help(help);
    Some(())
}
