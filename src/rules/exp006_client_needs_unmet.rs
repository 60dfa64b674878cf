use super::facts::same;
use super::words::{day, name, quoted, said};
use super::{Case, Report};
use crate::schema::{Access, Field, Status, Value};

rule! {
    /// Looks for something a service needs from you that nobody on your side provides, and for a promise of yours whose day has passed without a `done`. It looks at vendors from onboarding to exiting.
    ///
    /// ## Why it matters
    ///
    /// A vendor can only be as good as what it is given. Picture an advertiser without access to your figures, asked why the figures are not better. Promise it by its own line under `of_client`, list the access that covers it, or decide to do that part yourself. The source is Bonterms Professional Services Agreement, section 3.2.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// services: [{name: Cleaning, needs: [alarm code]}]
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// services: [{name: Cleaning, needs: [alarm code]}]
    /// expectations:
    ///   of_vendor:
    ///     - {topic: timeframe, text: Done before 7:00, agreed: 2026-01-12}
    ///     - {topic: accuracy, text: Every room on the list, agreed: 2026-01-12}
    ///     - {topic: delivery, text: A note of what was done, agreed: 2026-01-12}
    ///   of_client:
    ///     - {topic: access, text: The code is told in person, provides: alarm code, agreed: 2026-01-12}
    /// ```
    EXP006 "client-needs-unmet" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(Status::is_current)?;
    let ours = case.playbook.expectations.get().map(|both| &both.of_client);
    let can_tell = !case.playbook.expectations.is_broken() && !ours.is_some_and(Field::is_unsure) && !case.playbook.access.is_unsure();
    let promises = ours.map_or(&[][..], |list| list.items());
    let meets = |need: &str| {
        let promised = promises.iter().any(|one| one.provides.is_broken() || one.provides.get().is_some_and(|given| same(&given.0, need)));
        let may_reach = |access: &&Access| access.revoked.is_broken() || access.is_live(case.as_of);
        let reachable = case.playbook.access.items().iter().filter(may_reach).any(|access| {
            access.system.text().is_some_and(|system| same(system, need)) || access.identity().is_some_and(|(id, _)| same(&id, need))
        });
        promised || reachable
    };
    for (n, service) in case.playbook.services.items().iter().enumerate() {
        for (k, need) in service.needs.items().iter().enumerate() {
            if can_tell && !meets(&need.value) {
                report
                    .at(need.at, format!("services[{n}].needs[{k}]"), format!("{} needs {}, and nobody on your side owes it.", name(case.name()), said(&need.value)))
                    .help(format!("Promise it in `of_client`: `{{text: ..., provides: {}}}`; or do this part yourself.", quoted(&need.value)));
            }
        }
    }
    for (n, one) in promises.iter().enumerate() {
        let Some((due, at)) = one.due.given_at().filter(|(due, _)| **due < case.as_of) else { continue };
        let is_done = one.done.is_broken() || one.done.copied().is_some_and(|done| done <= case.as_of);
        if !is_done {
            let text = one.text.text().map_or("This".to_owned(), said);
            report
                .at(at, format!("expectations.of_client[{n}].due"), format!("{} was due from your side on {}, and is not marked as done.", text, day(*due)))
                .help("Provide it and add the day: `done: ...`; or agree on a new `due` with them.");
        }
    }
    Some(())
}
