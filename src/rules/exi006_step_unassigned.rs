use super::facts::{place_of_step, steps_are_unsure};
use super::words::{and, title};
use super::{Case, Report};
use crate::exit::State;
use crate::calendar::terms::Input;
use crate::schema::{Field, Status, Whole};

rule! {
    /// Looks for a step of a vendor on its way out that nobody owns, or without a word on what proves that it is done.
    ///
    /// ## Why it matters
    ///
    /// What belongs to everybody is done by nobody, and "I think so" is no proof. Picture three people who each saw the keys on somebody else's desk. Name one person, and one thing to keep: a signed list, a reply, a picture of the screen. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// status: exiting
    /// exit:
    ///   template: light
    ///   reason: not_renewed
    ///   termination_date: 2028-01-11
    ///   steps:
    ///     - {id: H5, title: Count the keys, when: -2bd, owner: sam}
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
    ///   steps:
    ///     - {id: H5, title: Count the keys, when: -2bd, owner: sam, evidence: signed key list}
    /// successor: {kind: in_house}
    /// ```
    EXI006 "step-unassigned" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(|status| status == Status::Exiting)?;
    let exit = case.playbook.exit.get()?;
    let is_hidden = |contact: &crate::schema::Contact| contact.name.is_broken() || contact.name.is_absent() || contact.role.is_broken() || contact.side.is_broken() || contact.role.get().is_some_and(|roles| roles.1 == Whole::No);
    let unsure = case.playbook.contacts.is_unsure() || case.playbook.contacts.items().iter().any(is_hidden) || case.playbook.owner.is_broken();
    if unsure || steps_are_unsure(exit) {
        return None;
    }
    for step in case.plan().steps.iter().filter(|step| step.state == State::Open && !step.compiled) {
        let own = case.own_step(&step.id);
        let is_broken = |field: fn(&crate::schema::Step) -> bool| own.is_some_and(|(_, own)| field(own));
        let mut missing = Vec::new();
        if matches!(step.owner, Input::Absent) && !is_broken(|own| own.owner.is_broken()) {
            missing.push("owner");
        }
        if step.evidence.is_none() && !is_broken(|own| matches!(own.evidence, Field::Broken(_))) {
            missing.push("evidence");
        }
        if missing.is_empty() {
            continue;
        }
        let (at, field) = place_of_step(case, step, report);
        let write: Vec<&str> = missing.iter().map(|what| if *what == "owner" { "`owner: ...`" } else { "`evidence: ...`" }).collect();
        report
            .at(at, field, format!("{} {} has no {}, so nobody can say that it is done.", step.id, title(&step.title), missing.join(" and no ")))
            .help(format!("Write it at `id: {}` in `exit.steps`: {}.", step.id, and(&write)));
    }
    Some(())
}
