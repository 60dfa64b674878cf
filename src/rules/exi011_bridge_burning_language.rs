use super::prose::{find, place};
use super::words::said;
use super::{Case, Report};
use crate::diagnostic::Span;
use crate::schema::Section;

rule! {
    /// Looks for words that burn bridges: words of blame, a key message of more than 40 words, more than three examples, or needs put as what the last one did not do. It searches feedback (also of vendors that stay) and the texts on exit, debrief and successor, except `do_not_discuss` and `exit.clarity`.
    ///
    /// ## Why it matters
    ///
    /// What you write is read again, often by the people it is about. Picture a farewell note on a table, and the person you will need next year walking past. Say what you want, once and briefly. You may well meet again, and today's bad fit can be next year's good one. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// status: exiting
    /// exit:
    ///   template: light
    ///   reason: not_renewed
    ///   termination_date: 2028-01-11
    ///   meeting: {key_message: We will not renew because the last months were terrible.}
    /// successor: {kind: in_house}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// status: exiting
    /// exit:
    ///   template: light
    ///   reason: not_renewed
    ///   termination_date: 2028-01-11
    ///   meeting: {key_message: We will not renew when the term ends on 11 January. Thank you for two years of good work.}
    /// successor: {kind: in_house}
    /// ```
    EXI011 "bridge-burning-language" Info, Vendor check
}

/// Words that put a label on people, or look for someone to blame.
const BLAME: &[&str] = &[
    "incompetent", "incompetence", "lazy", "laziness", "useless", "fault", "terrible", "stupid", "hopeless", "worthless", "pathetic",
    "clueless", "idiot", "idiots", "unprofessional", "sloppy", "awful", "blame",
];

/// A message can be said in one breath.
const WORDS: usize = 40;
const EXAMPLES: usize = 3;

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    for (text, at, section) in texts(case) {
        if let Some((word, _)) = place(text, BLAME) {
            let at = inside(case, at, word);
            report
                .at(at, section, format!("“{word}” in {} may be read one day by the people it is about.", said(text)))
                .help("Say what happened and what you want, without a word about the person.");
        }
    }
    meeting(case, report);
    let needs = case.playbook.successor.get()?.needs.items();
    for (n, need) in needs.iter().enumerate() {
        let first = need.value.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        if find(first, &["no", "not", "stop"]).is_some() {
            report
                .at(need.at, format!("successor.needs[{n}]"), format!("{} says what went wrong last time.", said(&need.value)))
                .help("Write it as a wish: what you want to see instead.");
        }
    }
    Some(())
}

fn meeting(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    let meeting = case.playbook.exit.get()?.meeting.get()?;
    if let Some((message, at)) = meeting.key_message.given_at() {
        let words = message.split_whitespace().count();
        if words > WORDS {
            report
                .at(at, "exit.meeting.key_message", format!("The key message has {words} words, and after {WORDS} it sounds like an argument."))
                .help("Keep the decision, the last day and thanks. Leave the reasons out.");
        }
    }
    let examples = meeting.if_asked.items();
    if let Some(extra) = examples.get(EXAMPLES) {
        report
            .at(extra.at, format!("exit.meeting.if_asked[{EXAMPLES}]"), format!("{} examples are more than anyone can hear in that room.", examples.len()))
            .help("Keep the three that help them most.");
    }
    Some(())
}

/// All text about the ending, but what has no place in the room and the private note on what is not working.
fn texts<'a>(case: &Case<'a>) -> Vec<(&'a str, Span, &'static str)> {
    let mut found: Vec<(&'a str, Span, &'static str)> = Vec::new();
    let playbook = case.playbook;
    if let Some(exit) = playbook.exit.get() {
        exit.each(&mut |info, field| match info.key {
            "clarity" | "meeting" => {}
            _ => field.texts(&mut |text, at| found.push((text, at, "exit"))),
        });
        if let Some(meeting) = exit.meeting.get() {
            meeting.each(&mut |info, field| {
                if info.key != "do_not_discuss" {
                    field.texts(&mut |text, at| found.push((text, at, "exit.meeting")));
                }
            });
        }
    }
    playbook.feedback.items().iter().for_each(|entry| entry.each(&mut |_, field| field.texts(&mut |text, at| found.push((text, at, "feedback")))));
    if let Some(debrief) = playbook.debrief.get() {
        debrief.each(&mut |_, field| field.texts(&mut |text, at| found.push((text, at, "debrief"))));
    }
    if let Some(successor) = playbook.successor.get() {
        successor.each(&mut |_, field| field.texts(&mut |text, at| found.push((text, at, "successor"))));
    }
    found
}

/// The word inside its value, where it can be found in the source as it is.
fn inside(case: &Case<'_>, at: Span, word: &str) -> Span {
    let source = case.vendor.text.get(at.range()).unwrap_or_default();
    match place(source, &[word]) {
        Some((_, n)) if source.is_ascii() => Span::new(at.start as usize + n, at.start as usize + n + word.len()),
        _ => at,
    }
}
