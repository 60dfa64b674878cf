//! Ticks taken on a sheet, as a browser hands them out, filed into the steps of a playbook.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use crate::calendar::Date;
use crate::calendar::terms::Input;
use crate::diagnostic::{Span, is_deceiving, visible};
use crate::edit::{self, At, EXIT, key};
use crate::exit::{ExitPlan, PlanStep, State};
use crate::library::{Vendor, inside};
use crate::schema::Section;
use crate::secrets;

/// The file a sheet exports.
#[derive(Debug, Deserialize)]
pub struct Ticks {
    version: u32,
    pub handbook: String,
    pub vendor: String,
    /// The last day of the ending whose sheet it was; nothing where none was set.
    #[serde(default)]
    pub last_day: Option<String>,
    #[serde(default)]
    steps: Vec<Tick>,
}

/// One step that was ticked.
#[derive(Debug, Deserialize)]
struct Tick {
    id: String,
    #[serde(default)]
    done: String,
    #[serde(default)]
    done_by: String,
    #[serde(default)]
    evidence: String,
}

/// A playbook with ticks filed into it.
#[derive(Debug)]
pub struct Filed {
    pub text: String,
    /// Ids of the steps that were filed.
    pub steps: Vec<String>,
    /// What was left as it is, each with why.
    pub left: Vec<String>,
}

/// Longer notes are left out of a playbook.
const LONGEST: usize = 500;

impl Ticks {
    /// Reads the file. The error says what is wrong with it, as the end of a sentence.
    pub fn read(text: &str) -> Result<Ticks, String> {
        let ticks: Ticks = serde_json::from_str(text.trim_start_matches('\u{FEFF}'))
            .map_err(|error| format!("it is not what a sheet exports: {error}"))?;
        if ticks.version != 1 {
            return Err(format!("it has version {}, and only version 1 is known", ticks.version));
        }
        let mut seen = HashSet::new();
        for tick in &ticks.steps {
            let texts = [&tick.id, &tick.done, &tick.done_by, &tick.evidence];
            if let Some(what) = texts.into_iter().find_map(|text| secrets::seen_in(text)) {
                let step = if secrets::seen_in(&tick.id).is_some() { "a step" } else { &visible(&tick.id) };
                return Err(format!("what it says of {step} looks like {what}; write only where that is kept"));
            }
            if !seen.insert(tick.id.to_ascii_lowercase()) {
                return Err(format!("the step {} stands in it twice; keep the tick that is right", visible(&tick.id)));
            }
        }
        Ok(ticks)
    }

    /// Files every tick into the text of its playbook. Steps that are done already keep what they say.
    pub fn file(&self, vendor: &Vendor, plan: &ExitPlan, text: &str, as_of: Date) -> Result<Filed, String> {
        let known: HashMap<String, &PlanStep> = plan.steps.iter().rev().map(|step| (step.id.to_ascii_lowercase(), step)).collect();
        let mut values = Vec::new();
        let mut filed = Filed { text: String::new(), steps: Vec::new(), left: Vec::new() };
        for tick in &self.steps {
            let Some(step) = known.get(&tick.id.to_ascii_lowercase()) else {
                filed.left.push(format!("{}: the plan has no such step", visible(&tick.id)));
                continue;
            };
            let why = match &step.state {
                State::Done(Some(day)) if day.to_string() == tick.done => continue,
                State::Done(Some(day)) => Some(format!("the playbook says done on {day}")),
                State::Done(None) => Some("the playbook says done".to_owned()),
                State::Skipped(_) => Some("the playbook leaves it out".to_owned()),
                State::Unknown => Some("what the playbook says about it cannot be read".to_owned()),
                State::Open => None,
            };
            let done = Date::parse(&tick.done);
            match (why, done) {
                (Some(why), _) | (None, Err(why)) => filed.left.push(format!("{}: {why}", step.id)),
                (None, Ok(done)) => {
                    let path = |field| vec![EXIT, key("steps"), At::Item(&step.id), key(field)];
                    let said = tick.values(done, vendor, &step.id, &mut filed.left);
                    values.extend(said.into_iter().map(|(field, value)| (path(field), value)));
                    match fact(&step.id, vendor, as_of) {
                        Ok(fact) => values.extend(fact.map(|path| (path, done.to_string()))),
                        Err(field) => filed
                            .left
                            .push(format!("{}: the step is filed; its entry has no `id`, so write `{field}: {done}` there", step.id)),
                    }
                    filed.steps.push(step.id.to_string());
                }
            }
        }
        filed.text = edit::set_all(text, &values)?;
        Ok(filed)
    }
}

impl Tick {
    /// The fields of its step, each with its YAML; what cannot be filed goes to `left`.
    fn values(&self, done: Date, vendor: &Vendor, id: &str, left: &mut Vec<String>) -> Vec<(&'static str, String)> {
        let mut values = vec![("done", done.to_string())];
        match who(self.done_by.trim(), vendor) {
            Ok(None) => {}
            Ok(Some(who)) => values.push(("done_by", edit::scalar(&who))),
            Err(why) => left.push(format!("{id}: {why}")),
        }
        let evidence = self.evidence.trim();
        if evidence.chars().count() > LONGEST || is_deceiving(evidence) {
            left.push(format!("{id}: its proof is too long or holds signs that cannot be seen"));
        } else if !evidence.is_empty() {
            values.push(("evidence", edit::scalar(evidence)));
        }
        values
    }
}

/// Where a playbook says itself what a step is about: notice given, an access closed, a deliverable received. Sheets and
/// rules look there. Nothing for other steps, and where it has happened by what stands there: a day to come is a plan, and
/// gives way. The field that cannot be written where its entry has no id to find it by.
fn fact<'a>(step: &'a str, vendor: &Vendor, as_of: Date) -> Result<Option<Vec<At<'a>>>, &'static str> {
    let is_free = |day: Input<Date>| day == Input::Absent || day.given().is_some_and(|day| day > as_of);
    if step == "N2" {
        let given = inside(&vendor.playbook.exit, |exit| exit.notice_given.input());
        return Ok(is_free(given).then(|| vec![EXIT, key("notice_given")]));
    }
    let Some((step, id)) = step.split_once('.') else { return Ok(None) };
    let is_it = |identity: Option<(String, Span)>| identity.is_some_and(|(known, _)| known == id);
    let access = vendor.playbook.access.items().iter().find(|access| is_it(access.identity()) && is_free(access.revoked.input()));
    let made = vendor
        .playbook
        .deliverables
        .items()
        .iter()
        .find(|made| is_it(made.identity()) && is_free(inside(&made.handover, |handover| handover.received.input())));
    match (step, access, made) {
        ("A2", Some(access), _) if access.id.is_absent() => Err("revoked"),
        ("A2", Some(_), _) => Ok(Some(vec![key("access"), At::Item(id), key("revoked")])),
        ("H2", _, Some(made)) if made.id.is_absent() => Err("received"),
        ("H2", _, Some(_)) => {
            Ok(Some(vec![key("deliverables"), At::Item(id), At::Key { key: "handover", main: Some("due") }, key("received")]))
        }
        _ => Ok(None),
    }
}

/// The contact's id behind a name or an id, else the name as it is. A word that looks like an id and is none would
/// lead nowhere.
fn who(said: &str, vendor: &Vendor) -> Result<Option<String>, String> {
    if said.is_empty() {
        return Ok(None);
    }
    let contacts = vendor.playbook.contacts.items();
    let named = contacts.iter().find(|contact| {
        let by_name = contact.name.text().is_some_and(|name| name.eq_ignore_ascii_case(said));
        by_name || contact.identity().is_some_and(|(id, _)| id.eq_ignore_ascii_case(said))
    });
    if let Some((id, _)) = named.and_then(Section::identity) {
        return Ok(Some(id));
    }
    let is_id = said.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if is_id || said.chars().count() > LONGEST || is_deceiving(said) {
        return Err(format!("no contact is called `{}`; write the full name", visible(said)));
    }
    Ok(Some(said.to_owned()))
}
