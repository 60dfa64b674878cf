//! Ticks taken on a sheet, as a browser hands them out, filed into the steps of a playbook.

use serde::Deserialize;

use crate::calendar::Date;
use crate::edit::{self, At, key};
use crate::exit::{ExitPlan, State};
use crate::library::Vendor;
use crate::schema::Section;

/// The file a sheet exports.
#[derive(Debug, Deserialize)]
pub struct Ticks {
    version: u32,
    pub handbook: String,
    pub vendor: String,
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
        Ok(ticks)
    }

    /// Files every tick into the text of its playbook. Steps that are done already keep what they say.
    pub fn file(&self, vendor: &Vendor, plan: &ExitPlan, text: &str) -> Result<Filed, String> {
        let mut filed = Filed { text: text.to_owned(), steps: Vec::new(), left: Vec::new() };
        for tick in &self.steps {
            let Some(step) = plan.steps.iter().find(|step| step.id.eq_ignore_ascii_case(&tick.id)) else {
                filed.left.push(format!("{}: the plan has no such step", crate::diagnostic::visible(&tick.id)));
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
                    filed.text = tick.file(&step.id, done, vendor, &filed.text, &mut filed.left)?;
                    filed.steps.push(step.id.clone());
                }
            }
        }
        Ok(filed)
    }
}

impl Tick {
    fn file(&self, id: &str, done: Date, vendor: &Vendor, text: &str, left: &mut Vec<String>) -> Result<String, String> {
        let path = |field| [At::Key { key: "exit", main: Some("template") }, key("steps"), At::Item(id), key(field)];
        let mut text = edit::set(text, &path("done"), &done.to_string())?;
        match who(self.done_by.trim(), vendor) {
            Ok(None) => {}
            Ok(Some(who)) => text = edit::set(&text, &path("done_by"), &edit::scalar(&who))?,
            Err(why) => left.push(format!("{id}: {why}")),
        }
        let evidence = self.evidence.trim();
        if evidence.chars().count() > LONGEST || evidence.chars().any(crate::diagnostic::is_deceptive) {
            left.push(format!("{id}: its proof is too long or holds signs that cannot be seen"));
        } else if !evidence.is_empty() {
            text = edit::set(&text, &path("evidence"), &edit::scalar(evidence))?;
        }
        Ok(text)
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
    if is_id || said.chars().count() > LONGEST || said.chars().any(crate::diagnostic::is_deceptive) {
        return Err(format!("no contact is called `{}`; write the full name", crate::diagnostic::visible(said)));
    }
    Ok(Some(said.to_owned()))
}
