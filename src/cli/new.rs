use clap::{Args, Subcommand};

use super::{Exit, Opened, Where, analyze, say, show, write_new};
use crate::diagnostic::{Diagnosed, capital};
use crate::schema::{Person, slug};
use crate::source::unportable;

/// Write something new
#[derive(Debug, Args)]
pub struct New {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Vendor(NewVendor),
}

/// Write a playbook for a vendor: valid at once, with the next things to fill in
#[derive(Debug, Args)]
struct NewVendor {
    /// The vendor's name
    name: String,
    /// Who answers for the relationship; default: who answers for most playbooks so far
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    #[command(flatten)]
    place: Where,
}

impl New {
    pub fn run(self) -> Exit {
        match self.what {
            What::Vendor(vendor) => vendor.run(),
        }
    }
}

impl NewVendor {
    fn run(self) -> Exit {
        let name = self.name.trim();
        let file = slug(name);
        if file.is_empty() || name.chars().any(|c| c.is_control() || crate::diagnostic::is_deceptive(c)) {
            say("partwell: the name needs a letter or a digit, and no control characters.");
            return Exit::Usage;
        }
        if let Some(why) = unportable(format!("{file}.md").as_ref()) {
            say(&format!("partwell: a file `{file}.md` {why}. Add a word to the name."));
            return Exit::Usage;
        }
        let Opened { project, as_of, .. } = match self.place.open() {
            Ok(opened) => opened,
            Err((exit, findings, texts)) => {
                show(&findings, &texts);
                return exit;
            }
        };
        let Diagnosed { value: library, .. } = analyze(&project, as_of);
        if let Some(twin) = library.vendor(&file) {
            say(&format!("partwell: {} is already the playbook of that name, and is left as it is.", twin.file));
            return Exit::Usage;
        }
        let owner = self.owner.clone().or_else(|| usual_owner(&library)).unwrap_or_else(|| "Name of one person".to_owned());
        let path = self.place.root.join("content/vendors").join(format!("{file}.md"));
        let known = library.vendors.iter().find_map(|vendor| vendor.contact(&owner)?.name.text());
        if let Err(exit) = write_new(&path, &playbook(name, &owner, known, &as_of.to_string())) {
            return exit;
        }
        say(&format!("Wrote {}. Open it, fill in what you know, and run `partwell check`.", path.display()));
        Exit::Clean
    }
}

/// The owner of most playbooks, by name.
fn usual_owner(library: &crate::library::Library) -> Option<String> {
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    for owner in library.vendors.iter().filter_map(|vendor| vendor.person(&vendor.playbook.owner)) {
        *counts.entry(owner).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, n)| *n).map(|(name, _)| name)
}

/// A value in double quotes, as YAML reads it.
fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The playbook a new vendor begins with: what has to be there, and the rest to uncomment line by line. An owner who is
/// named by an id is a contact, with the name that other playbooks know.
pub fn playbook(name: &str, owner: &str, known: Option<&str>, today: &str) -> String {
    let contact = Person(owner.to_owned()).is_id().then(|| {
        let person = known.map_or_else(|| owner.split('-').map(capital).collect::<Vec<_>>().join(" "), str::to_owned);
        format!("\n  - {{id: {owner}, name: {}, role: owner, side: client}}", quote(&person))
    });
    let contacts = contact.map_or("# contacts:".to_owned(), |contact| format!("contacts:{contact}"));
    let (name, owner) = (quote(name), quote(owner));
    format!(
        r#"---
title: {name}
vendor: {name}
status: prospect          # prospect, onboarding, active, at_risk, exiting, ended
owner: {owner}

# Take the `#` off a line when you know what to write. `partwell check` tells you what is still missing.

# Before you sign: why, and what your gut says.
# purpose: What should be better in a year
# fit: {{gut: good, notes: What made you think so}}

# The two direct lines: who manages the account, and who does the work.
{contacts}
#   - {{name: First Last, role: account_manager, email: first@example.com}}
#   - {{name: First Last, role: practitioner, email: first@example.com}}

# The contract. A notice of 30d means: tell them 30 days before the last day.
# contract:
#   type: standalone
#   start: {today}
#   term: 12mo
#   renewal: {{kind: auto, term: 12mo}}
#   notice: {{client: 30d, to: term_end, method: [email]}}

# What each side expects of the other. Both lists matter.
# expectations:
#   of_vendor: [{{topic: success, text: What it looks like when it works}}]
#   of_client: [What they need from you]

# Weekly at first, monthly later.
# communication: {{cadence: [{{phase: ramp_up, every: 1w}}, {{phase: steady, every: 1mo}}]}}

# What stays confidential, and what happens to it at the end.
# nda: {{kind: clause, covers: [client list], return: destroy}}

# Everything they can reach. An empty list says: confirmed, nothing.
# access:
#   - {{system: Web shop, level: edit, holder: First Last, admin: Your colleague}}

# The way out, planned before you need it.
exit: {{template: standard}}
---

Notes about working together go here, in Markdown.
"#
    )
}
