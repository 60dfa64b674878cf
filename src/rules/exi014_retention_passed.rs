use super::words::{day, said};
use super::{Case, Report};

rule! {
    /// Looks for something kept after the end whose `until` has passed.
    ///
    /// ## Why it matters
    ///
    /// What nobody deletes stays for ever, and with it the duty to look after it. Picture a box of recordings that turns up in the cellar, two years after the last day it was allowed to be there. Delete what can go, and take the line out; if it is still needed, write the new date. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// status: ended
    /// exit:
    ///   template: none
    ///   reason: mutual
    ///   termination_date: 2026-03-31
    ///   steps:
    ///     - {id: P3, done: 2026-02-02}
    ///     - {id: P4, done: 2026-02-02}
    ///     - {id: H2, done: 2026-03-24}
    ///     - {id: A2, done: 2026-03-31}
    ///     - {id: C6, done: 2026-04-08}
    ///   retention: [{what: Camera recordings, where: office safe, until: 2026-10-31}]
    /// debrief: {date: 2026-04-08, work_summary: Two years of cleaning, lessons: [Agree on the rooms first], would_reengage: yes}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// status: ended
    /// exit:
    ///   template: none
    ///   reason: mutual
    ///   termination_date: 2026-03-31
    ///   steps:
    ///     - {id: P3, done: 2026-02-02}
    ///     - {id: P4, done: 2026-02-02}
    ///     - {id: H2, done: 2026-03-24}
    ///     - {id: A2, done: 2026-03-31}
    ///     - {id: C6, done: 2026-04-08}
    ///   retention: [{what: Camera recordings, where: office safe, until: 2027-03-31}]
    /// debrief: {date: 2026-04-08, work_summary: Two years of cleaning, lessons: [Agree on the rooms first], would_reengage: yes}
    /// ```
    EXI014 "retention-passed" Info, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    for (n, kept) in case.playbook.exit.get()?.retention.items().iter().enumerate() {
        let Some((until, at)) = kept.until.given_at().filter(|(until, _)| **until < case.as_of) else { continue };
        let what = kept.what.text().map_or("Something".to_owned(), said);
        report
            .at(at, format!("exit.retention[{n}].until"), format!("{what} was to be kept until {}, and that day has passed.", day(*until)))
            .help("Delete it and take the entry out; or, if it is still needed, write a later `until: ...`.");
    }
    Some(())
}
