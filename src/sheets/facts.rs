//! What several sheets ask of a playbook. What is not known is a blank to fill in by hand; what is written and
//! cannot be read says so.

use super::Desk;
use crate::calendar::terms::Input;
use crate::calendar::{Date, zone};
use crate::exit::{self, Basis, PlanStep};
use crate::library::inside;
use crate::paper::{Block, Body, Column, Piece, Row, RowKind, Table, Text};
use crate::schema::{Access, Anchor, Contact, Contract, Exit, Field, List, Names, Nda, Person, Role, Shown, Side, Value, Whole};

/// What stands where a field cannot be read.
pub use crate::calendar::UNREADABLE;

impl<'a> Desk<'a> {
    pub(super) fn exit(&self) -> Option<&'a Exit> {
        self.vendor.playbook.exit.get()
    }

    pub(super) fn contract(&self) -> Option<&'a Contract> {
        self.vendor.playbook.contract.get()
    }

    pub(super) fn nda(&self) -> Option<&'a Nda> {
        self.vendor.playbook.nda.get()
    }

    pub(super) fn names(&self) -> &'a Names {
        &self.vendor.names
    }

    /// The first of ours with a role, else the owner, by name.
    pub(super) fn ours(&self, role: Role) -> Input<String> {
        self.ours_on(role, self.as_of)
    }

    /// The same of those who will be there on a day.
    pub(super) fn ours_on(&self, role: Role, day: Date) -> Input<String> {
        let named = self.vendor.contact_with(role, Some(Side::Client), day).map(|(_, name)| name);
        named.or_else(|| self.vendor.owner_there(day).map(|owner| self.names().person(&owner).to_owned()))
    }

    /// The first of theirs with a role, by name.
    pub(super) fn theirs(&self, role: Role) -> Input<String> {
        self.vendor.contact_with(role, Some(Side::Vendor), self.as_of).map(|(_, name)| name)
    }

    /// Who answers for a step.
    pub(super) fn owner(&self, step: &PlanStep) -> Text {
        name(step.owner.as_ref().map(|owner| self.named(owner, step.due.or(step.if_today))))
    }

    /// The name of a person whom the playbook names for something that is due on a day, with a word on it where they will
    /// not be there.
    pub(super) fn named(&self, person: &str, due: Option<Date>) -> String {
        let name = self.names().person(person);
        let left = self.vendor.contact(person).and_then(|contact| contact.left.copied());
        match left {
            Some(left) if left < self.as_of => format!("{name} (has left)"),
            Some(left) if due.is_some_and(|due| left < due) => format!("{name} (leaves {})", left.long()),
            _ => name.to_owned(),
        }
    }

    /// The people of a side who are still there, each with what they are: `Priya Nair (account manager)`. An owner who
    /// is named by the playbook and is no contact is the first of ours.
    pub fn people(&self, side: Side) -> Vec<String> {
        let owner = self.vendor.playbook.owner.get().filter(|owner| side == Side::Client && self.vendor.contact(&owner.0).is_none());
        let owner = owner.map(|owner| format!("{} (owner)", self.names().person(&owner.0)));
        owner.into_iter().chain(self.contacts(side).filter_map(with_roles)).collect()
    }

    /// The same in one line, which says so where somebody cannot be read.
    pub(super) fn listed(&self, side: Side) -> String {
        let is_unsure = self.vendor.playbook.contacts.is_unsure() || self.contacts(side).any(|contact| contact.name.is_broken());
        let hidden = is_unsure.then(|| UNREADABLE.to_owned());
        self.people(side).into_iter().chain(hidden).collect::<Vec<_>>().join(", ")
    }

    /// The people of whom nobody can tell whether they are ours or theirs.
    pub(super) fn of_no_side(&self) -> Vec<String> {
        let contacts = self.vendor.playbook.contacts.items().iter();
        contacts.filter(|contact| contact.side.is_broken() && !contact.is_gone(self.as_of)).filter_map(with_roles).collect()
    }

    pub(super) fn contacts(&self, side: Side) -> impl Iterator<Item = &'a Contact> + use<'a> {
        let as_of = self.as_of;
        let of_side = move |contact: &&Contact| {
            let its_side = contact.side.copied().unwrap_or(Side::Vendor);
            its_side == side && !contact.side.is_broken() && !contact.is_gone(as_of)
        };
        self.vendor.playbook.contacts.items().iter().filter(of_side)
    }

    /// A day of a field.
    pub(super) fn day(&self, field: Option<&Field<Date>>, label: &str) -> Text {
        match field {
            Some(Field::Broken(_)) => Text::plain(UNREADABLE),
            Some(Field::Given(day, _)) => Text::date(*day),
            Some(Field::Absent) | None => Text::blank(label),
        }
    }

    /// A field as it reads on a page.
    pub(super) fn value<T: Value>(&self, field: Option<&Field<T>>, label: &str) -> Text {
        match field {
            Some(Field::Broken(_)) => Text::plain(UNREADABLE),
            Some(Field::Given(value, _)) => shown(&value.show(self.names())),
            Some(Field::Absent) | None => Text::blank(label),
        }
    }

    pub(super) fn person(&self, field: &Field<Person>, label: &str) -> Text {
        match field {
            Field::Broken(_) => Text::plain(UNREADABLE),
            Field::Given(person, _) => Text::plain(self.named(&person.0, None)),
            Field::Absent => Text::blank(label),
        }
    }

    /// The contract's reference, or a blank.
    pub(super) fn reference(&self) -> Text {
        self.value(self.contract().map(|contract| &contract.reference), "contract reference")
    }

    /// What the vendor can still reach, and what was closed in the course of this exit.
    pub(super) fn accesses(&self) -> impl Iterator<Item = &'a Access> + use<'a> {
        let (vendor, as_of) = (self.vendor, self.as_of);
        let counts = move |access: &&Access| !access.revoked.copied().is_some_and(|day| day <= as_of && exit::closed_before(day, vendor));
        self.vendor.playbook.access.items().iter().filter(counts)
    }

    /// The hour at which access closes, in the zone it is meant in.
    pub(super) fn access_hour(&self) -> (zone::Time, &'a str)
    where
        Self: 'a,
    {
        let off = self.exit().and_then(|exit| exit.access_off.get());
        let time = off.and_then(|off| off.time.copied()).unwrap_or(zone::Time::END_OF_DAY);
        let config: &'a crate::config::Config = self.config;
        (time, off.and_then(|off| off.timezone.get()).map_or(config.timezone.as_str(), |zone| zone.0.as_str()))
    }

    /// The hour at which access closes, on our clock and on the clock of each person who will notice.
    pub(super) fn access_off(&self) -> Vec<Text> {
        let (time, here) = self.access_hour();
        let off = inside(&self.vendor.playbook.exit, |exit| {
            inside(&exit.access_off, |off| match (off.time.input(), off.timezone.input()) {
                (Input::Broken, _) | (_, Input::Broken) => Input::Broken,
                _ => Input::Given(()),
            })
        });
        if off.is_broken() || exit::unreadable(self.vendor, self.plan.basis, Anchor::Termination).is_some() {
            return vec![Text::plain(UNREADABLE)];
        }
        let Some(last) = self.last_day() else { return vec![Text::blank("day and hour")] };
        let mut zones: Vec<&str> =
            self.vendor.playbook.contacts.items().iter().filter_map(|contact| contact.timezone.get()).map(|zone| zone.0.as_str()).collect();
        zones.sort_unstable();
        zones.dedup();
        let elsewhere = zones.into_iter().filter(|there| *there != here).filter_map(|there| {
            let (day, hour) = zone::convert(last, time, here, there)?;
            Some(Text::date(day).and(format!(" at {hour}, {there}")).as_small())
        });
        std::iter::once(Text::date(last).and(format!(" at {time}, {here}"))).chain(elsewhere).collect()
    }

    /// True where the dates are those of an ending that is planned, not of one that might be.
    pub(super) fn is_leaving(&self) -> bool {
        self.plan.basis == Basis::Leaving
    }
}

/// Says that a list is longer than what stands here, where part of it cannot be read.
pub fn cut_short<T>(list: &Field<List<T>>) -> Option<Block> {
    let alert = || Text::default().piece(Piece::Alert("Part of this list cannot be read: see the finding on its page.".to_owned()));
    list.is_unsure().then(|| Block::Paragraph(alert()))
}

/// A name, or a blank for it.
pub fn name(name: Input<String>) -> Text {
    match name {
        Input::Absent => Text::blank("name"),
        Input::Broken => Text::plain(UNREADABLE),
        Input::Given(name) => Text::plain(name),
    }
}

/// `Priya Nair (account manager)`.
fn with_roles(contact: &Contact) -> Option<String> {
    let is_there = if contact.left.is_broken() { format!(", still there {UNREADABLE}") } else { String::new() };
    Some(format!("{}{}{is_there}", contact.name.text()?, roles(contact)))
}

/// ` (account manager)`, ` (account manager, practitioner)`, or nothing.
pub fn roles(contact: &Contact) -> String {
    let known = contact.role.get().map_or(&[][..], |roles| &roles.0);
    let is_unsure = contact.role.is_broken() || contact.role.get().is_some_and(|roles| roles.1 == Whole::No);
    let label = |role: &Role| if *role == Role::It { "IT".to_owned() } else { role.label().to_lowercase() };
    let labels: Vec<String> = known.iter().map(label).chain(is_unsure.then(|| UNREADABLE.to_owned())).collect();
    if labels.is_empty() { String::new() } else { format!(" ({})", labels.join(", ")) }
}

/// A field in a cell, which stays empty for writing where the field is.
pub fn written<T>(field: &Field<T>, words: impl FnOnce(&T) -> String) -> Vec<Text> {
    match field {
        Field::Broken(_) => vec![Text::plain(UNREADABLE)],
        Field::Given(value, _) => vec![Text::plain(words(value))],
        Field::Absent => Vec::new(),
    }
}

/// A value in one line of text.
pub fn shown(value: &Shown) -> Text {
    match value {
        Shown::Text(text) => Text::plain(text),
        Shown::Date(day) => Text::date(*day),
        Shown::Link { text, href } => Text::default().piece(Piece::Link { text: text.clone(), href: href.clone() }),
        Shown::Unknown => Text::plain(UNREADABLE),
        Shown::List(items) => between(items.iter().map(shown), ", "),
        Shown::Facts(facts) => between(facts.iter().map(|(label, value)| Text::plain(format!("{label}: ")).join(shown(value))), "; "),
    }
}

/// Texts in one line with something between them.
pub fn between(texts: impl Iterator<Item = Text>, between: &str) -> Text {
    texts.enumerate().fold(Text::default(), |line, (n, text)| if n == 0 { text } else { line.and(between).join(text) })
}

/// Boxes to tick, one below the other.
pub fn ticks<'t>(labels: impl IntoIterator<Item = &'t str>) -> Block {
    list(labels.into_iter().map(Text::tick))
}

pub fn list(items: impl IntoIterator<Item = Text>) -> Block {
    Block::List { items: items.into_iter().collect(), columns: 1 }
}

pub fn heading(text: &str) -> Block {
    Block::Heading(text.to_owned())
}

pub fn facts(rows: Vec<(String, Vec<Text>)>) -> Block {
    Block::Facts { rows, columns: 1 }
}

/// A row of facts.
pub fn fact(label: &str, value: Text) -> (String, Vec<Text>) {
    (label.to_owned(), vec![value])
}

/// A table of rows and as many empty ones to fill in.
pub fn table(caption: &str, columns: &[Column], rows: Vec<Vec<Vec<Text>>>, spare: usize) -> Block {
    let rows: Vec<Row> = rows.into_iter().map(|cells| Row { cells, ..Row::default() }).collect();
    let written = Body { rows, ..Body::default() };
    let bodies = [written, Body::spare("", spare, columns.len())].into_iter().filter(|body| !body.rows.is_empty()).collect();
    Block::Table(Table { caption: caption.to_owned(), columns: columns.to_vec(), bodies })
}

/// Several boxes to tick in one cell, one below the other.
pub fn boxes(names: &[&str], of: &str, is_ticked: bool) -> Vec<Text> {
    names.iter().map(|name| Text::default().tick_box([of, ": ", name].concat(), is_ticked).and([" ", name].concat())).collect()
}

/// The kind of a row by what became of it.
pub fn kind(is_done: bool) -> RowKind {
    if is_done { RowKind::Done } else { RowKind::Plain }
}
