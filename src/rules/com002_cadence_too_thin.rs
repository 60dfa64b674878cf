use super::facts::at_most_days;
use super::{Case, Report};
use crate::schema::{Field, Length, Phase, Status};

rule! {
    /// Looks for check-ins that are missing or too rare: less than weekly in the first weeks, or less than monthly afterwards.
    ///
    /// ## Why it matters
    ///
    /// Small questions stay small when there is a fixed moment to ask them. Without one they wait, and they come back as complaints. Picture twelve weeks in which both sides meant to ring and neither did. Ten minutes are enough; that they come regularly matters more. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// communication: {cadence: [{phase: ramp_up, every: 1w}, {phase: steady, every: 3mo}]}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// communication: {cadence: [{phase: ramp_up, every: 1w}, {phase: steady, every: 1mo}]}
    /// ```
    COM002 "cadence-too-thin" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(Status::is_started)?;
    let talk = &case.playbook.communication;
    let empty = talk.get().and_then(|talk| talk.cadence.given_at()).filter(|(list, _)| list.0.is_empty()).map(|(_, at)| at);
    if let Some(at) = report.missing(talk, |talk| &talk.cadence).or(empty) {
        report
            .at(at, "communication.cadence", "No check-ins are planned, so small questions wait until they are complaints.")
            .help("Add `cadence: [{phase: ramp_up, every: 1w}, {phase: steady, every: 1mo}]` under `communication`.");
        return Some(());
    }
    let cadence = talk.get()?.cadence.items();
    // Where there are several rhythms the quickest counts, and one that cannot be read may be that.
    let is_met = |phase: Phase, most: i64| {
        let quick = |every: &Field<Length>| every.is_broken() || every.copied().is_some_and(|every| at_most_days(every.0) <= most);
        cadence.iter().any(|entry| entry.phase.copied() == Some(phase) && quick(&entry.every))
    };
    for (n, entry) in cadence.iter().enumerate() {
        let (Some(phase), Some((every, at))) = (entry.phase.copied(), entry.every.given_at()) else { continue };
        let (most, aim, when) = match phase {
            Phase::RampUp => (7, "1w", "in the first weeks"),
            Phase::Steady => (31, "1mo", "in steady times"),
            Phase::Exit => continue,
        };
        if !is_met(phase, most) {
            let patch = report.replace(at, aim);
            report
                .at(at, format!("communication.cadence[{n}].every"), format!("Check-ins {} apart {when} are rare; small questions grow meanwhile.", every.0.words()))
                .help(format!("Meet at least every {}: `every: {aim}`.", if aim == "1w" { "week" } else { "month" }))
                .patch(patch);
        }
    }
    Some(())
}
