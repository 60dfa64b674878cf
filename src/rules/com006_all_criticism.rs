use super::{Case, Report};
use crate::schema::{FeedbackKind, Status};

rule! {
    /// Looks for three or more concerns within the last 90 days, complaints among them, and not a single word of praise.
    ///
    /// ## Why it matters
    ///
    /// People who only hear what is wrong cannot know what to keep doing. After a while they stop trying, or stop telling you things. Picture a year of perfect windows that nobody mentioned, and one smear that everybody did. Find one thing that is done well, say it, and log it. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// feedback:
    ///   - {date: 2026-09-14, kind: concern, text: Bins left full, example: Mon 14 Sep, process_change: Bins come first}
    ///   - {date: 2026-10-05, kind: concern, text: Note missing, example: Mon 5 Oct, process_change: Pad hangs on the door}
    ///   - {date: 2026-11-09, kind: concern, text: Light left on, example: Mon 9 Nov, process_change: Switch added to the list}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// feedback:
    ///   - {date: 2026-09-14, kind: concern, text: Bins left full, example: Mon 14 Sep, process_change: Bins come first}
    ///   - {date: 2026-10-05, kind: concern, text: Note missing, example: Mon 5 Oct, process_change: Pad hangs on the door}
    ///   - {date: 2026-11-09, kind: concern, text: Light left on, example: Mon 9 Nov, process_change: Switch added to the list}
    ///   - {date: 2026-11-16, kind: praise, text: The windows have never looked better}
    /// ```
    COM006 "all-criticism" Info, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(|status| status != Status::Ended)?;
    let (entries, at) = case.playbook.feedback.given_at()?;
    let from = case.as_of.plus_days(-90);
    let lately = |entry: &&crate::schema::Feedback| entry.date.copied().is_some_and(|date| (from..=case.as_of).contains(&date));
    let count = |kinds: &[FeedbackKind]| {
        entries.0.iter().filter(lately).filter(|entry| entry.kind.copied().is_some_and(|kind| kinds.contains(&kind))).count()
    };
    if case.playbook.feedback.is_unsure() || entries.0.iter().any(|entry| entry.date.copied().is_none() || entry.kind.is_broken() && lately(&entry)) {
        return None;
    }
    let concerns = count(&[FeedbackKind::Concern, FeedbackKind::Complaint]);
    if concerns < 3 || count(&[FeedbackKind::Praise]) > 0 {
        return None;
    }
    let at = report.key("feedback", at);
    report
        .at(at, "feedback", format!("{concerns} concerns in 90 days and no praise: they cannot know what to keep doing."))
        .help(format!("Tell them one thing they do right, then add to `feedback`: `- {{date: {}, kind: praise, text: ...}}`.", case.as_of));
    Some(())
}
