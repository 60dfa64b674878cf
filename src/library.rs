//! Every playbook and page of the project, references resolved and dates worked out. Nothing here is
//! missing because something else is broken: an unreadable playbook stands under its file name.

mod assemble;
mod derived;
pub mod measures;
mod parse;
pub mod routes;

use std::sync::Arc;

use crate::calendar::terms::Input;
use crate::calendar::{Date, Workdays};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, FileId, Severity, Span, quoted};
use crate::markdown::Outline;
use crate::memo::{Digest, digest};
use crate::schema::{
    Contact, Field, Item, Names, PageMatter, Person, Playbook, RenewalKind, Role, Section, Side, Status, Visibility, Whole,
};

pub use assemble::{Assembled, Draft, Elsewhere, Links, Made, PageDraft, assemble, draft, draft_page};
pub(crate) use derived::inside;
pub use derived::{Deadline, DeadlineKind, Derived, NoticeDays, Protection};
pub use derived::{contract_terms, terms_for};
pub use routes::{Href, Routes};

/// One playbook: the facts of its file, and what was found in it. A copy is cheap: the facts are shared.
#[derive(Debug, Clone)]
pub struct Vendor {
    facts: Arc<Facts>,
    /// Its findings, sorted by place.
    pub findings: Arc<[Diagnostic]>,
    /// What its waivers hold back.
    pub waived: Arc<[Diagnostic]>,
    errors: usize,
}

/// Everything that one file says, with what can be worked out from it and the configuration alone.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The page name: the file's stem, small ASCII letters.
    pub slug: Arc<str>,
    pub file: FileId,
    pub playbook: Playbook,
    pub text: Arc<str>,
    /// Eight digits that change when the text does.
    pub revision: String,
    /// Where the Markdown body begins in the text.
    pub body: usize,
    pub outline: Outline,
    pub names: Names,
    pub workdays: Arc<Workdays>,
    /// False where the calendars to count by could not be read: then nothing that rolls has a date.
    pub knows_workdays: bool,
    pub derived: Derived,
    /// References to exit steps, which only the plan can resolve.
    pub step_refs: Vec<crate::schema::Use>,
}

impl std::ops::Deref for Vendor {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.facts
    }
}

/// A page of the author's own.
#[derive(Debug)]
pub struct Page {
    pub file: FileId,
    /// Its address in the site, like `guides/ending-well.html`.
    pub route: String,
    pub matter: PageMatter,
    pub title: String,
    pub text: Arc<str>,
    /// Eight digits that change when the text does.
    pub revision: String,
    pub body: usize,
    pub outline: Outline,
}

/// Everything that was read, in stable order.
#[derive(Debug)]
pub struct Library {
    /// Sorted by slug.
    pub vendors: Vec<Vendor>,
    /// Sorted by address.
    pub pages: Vec<Arc<Page>>,
    pub routes: Routes,
    pub as_of: Date,
}

impl Vendor {
    fn new(facts: Facts) -> Vendor {
        Vendor { facts: Arc::new(facts), findings: Arc::default(), waived: Arc::default(), errors: 0 }
    }

    /// The same playbook with these findings.
    pub fn with(&self, findings: Arc<[Diagnostic]>, waived: Arc<[Diagnostic]>) -> Vendor {
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        Vendor { facts: self.facts.clone(), findings, waived, errors }
    }

    /// The vendor as its own people may see it: without the entries that a mark closes to them. A mark on the whole
    /// contract, NDA or exit does not count, since the papers of an ending are about these. Nothing where no mark
    /// closes anything.
    pub fn for_its_own(&self) -> Option<Vendor> {
        // Without the word there is no mark.
        if !self.text[..self.body].contains("visibility") {
            return None;
        }
        let mut facts = Facts::clone(&self.facts);
        let Playbook { contract, nda, exit, .. } = &mut facts.playbook;
        contract.unmark();
        nda.unmark();
        exit.unmark();
        facts.playbook.base.visibility = None;
        facts.playbook = crate::schema::Value::open_to(facts.playbook, Visibility::Vendor)?;
        Some(Vendor { facts: Arc::new(facts), ..self.clone() })
    }

    pub fn errors(&self) -> usize {
        self.errors
    }

    /// Changes when its front matter does, or what can be read of it.
    pub fn front_digest(&self) -> Digest {
        digest([self.file.as_bytes(), self.text[..self.body].as_bytes(), &[u8::from(self.is_unreadable())]])
    }

    /// Changes when its text does, or what was found in it. `front` is the digest of its front matter.
    pub fn digest(&self, front: &Digest) -> Digest {
        let all = || self.findings.iter().chain(self.waived.iter());
        let places = all().flat_map(|finding| [finding.span.start, finding.span.end]);
        let places: Vec<u8> = places.chain([self.findings.len() as u32]).flat_map(u32::to_le_bytes).collect();
        let findings = all().flat_map(|finding| {
            let field = finding.field.as_deref().unwrap_or_default();
            [finding.code.id, finding.severity.word(), &finding.message, finding.help.as_deref().unwrap_or_default(), field]
        });
        let pieces: [&[u8]; 3] = [front, self.body_text().as_bytes(), &places];
        digest(pieces.into_iter().chain(findings.map(str::as_bytes)))
    }

    /// True where two are the same reading of the same file, with the same findings.
    pub fn is_same(&self, other: &Vendor) -> bool {
        Arc::ptr_eq(&self.facts, &other.facts) && Arc::ptr_eq(&self.findings, &other.findings) && Arc::ptr_eq(&self.waived, &other.waived)
    }
}

impl Facts {
    /// The last day of a contract that runs out without anybody giving notice; nothing where it goes on, or nobody knows.
    pub fn own_end(&self) -> Option<Date> {
        let clock = &self.derived.clock;
        let renewal = self.playbook.contract.get().and_then(|contract| contract.renewal.get());
        let kind = renewal.and_then(|renewal| renewal.kind.copied());
        let is_used_up = clock.next_end.why().is_some_and(|why| why.contains("used up"));
        let runs_out = matches!(kind, Some(RenewalKind::None | RenewalKind::Option)) || kind == Some(RenewalKind::Auto) && is_used_up;
        clock.term_end.date().filter(|_| runs_out)
    }

    /// The heading of its page.
    pub fn title(&self) -> &str {
        self.playbook.title.text().unwrap_or_else(|| self.name())
    }

    /// The name everybody uses; its file's name where none is readable.
    pub fn name(&self) -> &str {
        self.playbook.vendor.get().and_then(|card| card.name.text()).unwrap_or(&self.slug)
    }

    pub fn status(&self) -> Option<Status> {
        self.playbook.status.copied()
    }

    /// True where the last day is set, or the status says that it is ending or over.
    pub fn is_leaving(&self) -> bool {
        matches!(self.status(), Some(Status::Exiting | Status::Ended)) || self.derived.termination.is_some()
    }

    /// The name behind a person field.
    pub fn person(&self, field: &Field<Person>) -> Option<String> {
        field.get().map(|person| self.names.person(&person.0).to_owned())
    }

    /// The first contact of a side (any, where none is named) with a role who is still there on a day, as id and name;
    /// broken where somebody who cannot be read may be the one.
    pub fn contact_with(&self, role: Role, side: Option<Side>, as_of: Date) -> Input<(String, String)> {
        let contacts = &self.playbook.contacts;
        if contacts.is_unsure() {
            return Input::Broken;
        }
        let here = contacts.items().iter().filter(|contact| !contact.is_gone(as_of));
        let Some((contact, is_sure)) = here.into_iter().find_map(|contact| Some((contact, fits(contact, role, side)?))) else {
            return Input::Absent;
        };
        match (contact.identity(), contact.name.text()) {
            _ if !is_sure || contact.name.is_broken() || contact.id.is_broken() => Input::Broken,
            (Some((id, _)), Some(name)) => Input::Given((id, name.to_owned())),
            _ => Input::Absent,
        }
    }

    /// The contact that a person is, by id or name.
    pub fn contact(&self, person: &str) -> Option<&Contact> {
        self.playbook.contacts.items().iter().find(|contact| contact.is(person))
    }

    /// Who owns the relationship, as written; nothing where that is somebody who has left.
    pub fn owner_there(&self, as_of: Date) -> Input<String> {
        match self.playbook.owner.input().map(|person| person.0) {
            Input::Given(owner) if self.contact(&owner).is_some_and(|contact| contact.is_gone(as_of)) => Input::Absent,
            owner => owner,
        }
    }

    /// True where nothing of the front matter could be read.
    pub fn is_unreadable(&self) -> bool {
        self.playbook.base.key == Span::default()
    }

    /// The part of the text that is the Markdown body.
    pub fn body_text(&self) -> &str {
        &self.text[self.body..]
    }
}

impl Library {
    pub fn vendor(&self, slug: &str) -> Option<&Vendor> {
        self.vendors.binary_search_by(|vendor| (*vendor.slug).cmp(slug)).ok().map(|n| &self.vendors[n])
    }
}

/// Whether somebody has a role on a side: nothing where not, and false where it may be so.
fn fits(contact: &Contact, role: Role, side: Option<Side>) -> Option<bool> {
    let its_side = match contact.side.input() {
        Input::Broken => None,
        given => Some(given.given().unwrap_or(Side::Vendor)),
    };
    let (holds, may_hold) = match &contact.role {
        Field::Absent => (false, false),
        Field::Broken(_) => (false, true),
        Field::Given(roles, _) => (roles.0.contains(&role), roles.1 == Whole::No),
    };
    let is_on_it = side.is_none() || side == its_side;
    let may_be_on_it = is_on_it || its_side.is_none();
    ((holds || may_hold) && may_be_on_it).then_some(holds && is_on_it && !contact.left.is_broken())
}

/// Eight digits that change when a text does.
fn revision(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..8].to_owned()
}

/// The texts of a list of plain items.
pub fn texts(field: &Field<crate::schema::List<Item<String>>>) -> impl Iterator<Item = &str> {
    field.items().iter().map(|item| item.value.as_str())
}

/// A calendar a playbook names without its being configured.
fn unknown_calendar(name: &str, config: &Config) -> (String, String) {
    let names: Vec<&str> = config.calendar_names().collect();
    let known = if names.is_empty() {
        "No calendar is configured yet: add one under `holidays` in handbook.yaml.".to_owned()
    } else {
        format!("Configured: {}.", names.join(", "))
    };
    (format!("`calendar` points to {}, which handbook.yaml does not configure.", quoted(name)), known)
}
