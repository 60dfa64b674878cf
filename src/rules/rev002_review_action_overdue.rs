use super::words::{day, name, said};
use super::{Case, Report};
use crate::schema::Status;

rule! {
    /// Looks for something promised in a review whose day has passed without a `done`.
    ///
    /// ## Why it matters
    ///
    /// A promise that is forgotten once is believed less the next time, whichever side made it. Picture the third monthly review with the same key tags on the list. Do it, give it a new day together, or let it go aloud; any of these is better than carrying it along. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// reviews:
    ///   - date: 2026-11-05
    ///     kind: monthly
    ///     actions: [{what: Order new key tags, who: dana, due: 2026-11-12}]
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// reviews:
    ///   - date: 2026-11-05
    ///     kind: monthly
    ///     actions: [{what: Order new key tags, who: dana, due: 2026-11-12, done: 2026-11-11}]
    /// ```
    REV002 "review-action-overdue" Info, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(|status| status != Status::Ended)?;
    for (n, review) in case.playbook.reviews.items().iter().enumerate() {
        for (k, action) in review.actions.items().iter().enumerate() {
            let Some((due, at)) = action.due.given_at().filter(|(due, _)| **due < case.as_of) else { continue };
            let is_done = action.done.is_broken() || action.done.copied().is_some_and(|done| done <= case.as_of);
            if is_done {
                continue;
            }
            let what = action.what.text().map_or("An action".to_owned(), said);
            let who = action.who.get().map_or(String::new(), |person| format!(" by {}", name(case.vendor.names.person(&person.0))));
            report
                .at(at, format!("reviews[{n}].actions[{k}].due"), format!("{what} was promised{who} for {}, and is not marked as done.", day(*due)))
                .help("Do it and add the day: `done: ...`; or agree on a new `due`.");
        }
    }
    Some(())
}
