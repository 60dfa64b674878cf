//! References between parts of a playbook, resolved once the whole file is read.

use std::collections::HashSet;

use super::dialect::nearest;
use crate::diagnostic::{Findings, Span, codes, quoted};

/// What a reference points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    Contact,
    Service,
    Access,
    Deliverable,
    Step,
    Playbook,
    Need,
}

impl Target {
    fn noun(self) -> &'static str {
        match self {
            Target::Contact => "contact",
            Target::Service => "service",
            Target::Access => "access",
            Target::Deliverable => "deliverable",
            Target::Step => "step",
            Target::Playbook => "playbook",
            Target::Need => "entry under a service's `needs`",
        }
    }
}

/// One place that refers to something by id.
#[derive(Debug, Clone)]
pub struct Use {
    pub target: Target,
    pub id: String,
    pub at: Span,
    pub path: String,
}

/// The ids a reference can find.
#[derive(Debug, Default)]
pub struct Known {
    ids: Vec<(Target, String)>,
    folded: HashSet<(Target, String)>,
    /// Lists that could not be read: whether a reference into one is right cannot be known.
    unreadable: Vec<Target>,
}

impl Known {
    pub fn of(ids: Vec<(Target, String)>) -> Known {
        let folded = ids.iter().map(|(target, id)| (*target, id.to_lowercase())).collect();
        Known { ids, folded, unreadable: Vec::new() }
    }

    /// Leaves references to such things unchecked.
    pub fn without(mut self, target: Target) -> Known {
        self.unreadable.push(target);
        self
    }

    fn all(&self, target: Target) -> impl Iterator<Item = &str> {
        self.ids.iter().filter(move |(kind, _)| *kind == target).map(|(_, id)| id.as_str())
    }

    /// Reports the reference where nothing has that id. Ids are compared without case.
    pub fn check(&self, used: &Use, findings: &mut Findings) {
        let found = self.folded.contains(&(used.target, used.id.to_lowercase()));
        if found || self.unreadable.contains(&used.target) {
            return;
        }
        let noun = used.target.noun();
        let shown: Vec<&str> = self.all(used.target).take(12).collect();
        let near = nearest(&used.id, self.all(used.target));
        let help = match (near, shown.is_empty()) {
            (Some(near), _) => format!("Did you mean `{near}`?"),
            (None, true) => format!("There is no {noun} here yet: add one."),
            (None, false) => format!("Known: {}.", shown.join(", ")),
        };
        findings
            .add(&codes::STR008, used.at, format!("`{}` points to {}, and there is no such {noun}.", used.path, quoted(&used.id)))
            .help(help)
            .field(used.path.clone());
    }
}
