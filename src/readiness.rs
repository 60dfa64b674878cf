//! How ready a relationship is for its end, and how complete its playbook is: named points, each met or not,
//! said as "n of m" and never as a score. A point that is not met names the field to fill.
//!
//! A point asks the facts, whatever the status: rules advise when it is time, readiness says what is there.

use crate::calendar::Date;
use crate::calendar::terms::Input;
use crate::library::{Protection, Vendor};
use crate::rules::contact;
use crate::schema::{Access, Contact, Field, HeldBy, List, Role, Side};

/// One thing that has to be known or agreed before an ending can go well.
#[derive(Debug)]
pub struct Point {
    /// What is there when it is met.
    pub name: &'static str,
    /// The code of the rule behind it.
    pub rule: &'static str,
    check: fn(&Vendor, Date) -> State,
}

/// How one point stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    Met,
    /// The fields to fill.
    Missing(Vec<String>),
    /// There is nothing it could be about.
    NotNeeded,
}

/// A point that is not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    pub name: &'static str,
    pub rule: &'static str,
    pub fields: Vec<String>,
}

/// What is met of what there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readiness {
    pub met: usize,
    pub of: usize,
    pub gaps: Vec<Gap>,
}

/// The points of an exit, in the order in which they are best filled.
pub static POINTS: &[Point] = &[
    Point { name: "Your notice is known", rule: "CON003", check: notice },
    Point { name: "The last notice day can be worked out", rule: "CON004", check: notice_day },
    Point { name: "There is an exit plan", rule: "EXI002", check: plan },
    Point { name: "Direct lines to those who manage and do the work", rule: "COM001", check: lines },
    Point { name: "A confidentiality agreement", rule: "NDA001", check: nda },
    Point { name: "It covers what has to be protected", rule: "NDA002", check: covered },
    Point { name: "Return or destruction is agreed", rule: "NDA003", check: returns },
    Point { name: "Confidentiality outlasts the work", rule: "NDA004", check: outlasts },
    Point { name: "What the vendor can reach is listed", rule: "ACC005", check: listed },
    Point { name: "Each access has someone of yours to close it", rule: "ACC001", check: admins },
    Point { name: "Shared secrets are changed at the end", rule: "ACC002", check: rotated },
    Point { name: "Nothing is in the vendor's name", rule: "ACC004", check: owned },
    Point { name: "Deliverables have an agreed format", rule: "DEL001", check: formats },
    Point { name: "Rights and acceptance are agreed", rule: "DEL002", check: rights },
    Point { name: "A data processing agreement", rule: "NDA005", check: dpa },
    Point { name: "Someone else could do it", rule: "CON008", check: alternatives },
    Point { name: "The plan was tried out within a year", rule: "CON008", check: tested },
];

/// How ready a vendor is for its end, as of a day.
pub fn exit(vendor: &Vendor, as_of: Date) -> Readiness {
    let mut readiness = Readiness { met: 0, of: 0, gaps: Vec::new() };
    for point in POINTS {
        match (point.check)(vendor, as_of) {
            State::NotNeeded => continue,
            State::Met => readiness.met += 1,
            State::Missing(fields) => readiness.gaps.push(Gap { name: point.name, rule: point.rule, fields }),
        }
        readiness.of += 1;
    }
    readiness
}

/// Whether a playbook has a field.
type IsThere = fn(&Vendor, Date) -> bool;

/// A level of disclosure: what one fills once the level before is there.
#[derive(Debug)]
pub struct Level {
    pub name: &'static str,
    fields: &'static [(&'static str, IsThere)],
}

/// The four levels, from the first fifteen lines to what a regulator asks about. An empty higher level is
/// never a fault.
pub static LEVELS: &[Level] = &[
    Level {
        name: "minimal",
        fields: &[
            ("title", |v, _| given(&v.playbook.title)),
            ("vendor", |v, _| given(&v.playbook.vendor)),
            ("status", |v, _| given(&v.playbook.status)),
            ("owner", |v, _| given(&v.playbook.owner)),
        ],
    },
    Level {
        name: "working",
        fields: &[
            ("contract.start", |v, _| v.playbook.contract.get().is_some_and(|contract| given(&contract.start))),
            ("contract.notice", |v, _| v.playbook.contract.get().is_some_and(|contract| given(&contract.notice))),
            ("expectations.of_vendor", |v, _| v.playbook.expectations.get().is_some_and(|both| filled(&both.of_vendor))),
            ("expectations.of_client", |v, _| v.playbook.expectations.get().is_some_and(|both| filled(&both.of_client))),
            ("contacts", |v, as_of| missing_lines(v, as_of).is_empty()),
            ("communication.cadence", |v, _| v.playbook.communication.get().is_some_and(|talk| filled(&talk.cadence))),
            ("nda", |v, _| given(&v.playbook.nda)),
            ("access", |v, _| given(&v.playbook.access)),
        ],
    },
    Level {
        name: "managed",
        fields: &[
            ("slas", |v, _| filled(&v.playbook.slas)),
            ("control.decisions", |v, _| v.playbook.control.get().is_some_and(|control| filled(&control.decisions))),
            ("deliverables", |v, _| filled(&v.playbook.deliverables)),
            ("feedback", |v, _| filled(&v.playbook.feedback)),
            ("reviews", |v, _| filled(&v.playbook.reviews)),
            ("goodwill", |v, _| filled(&v.playbook.goodwill)),
        ],
    },
    Level {
        name: "regulated",
        fields: &[
            ("critical", |v, _| given(&v.playbook.critical)),
            ("regulatory", |v, _| given(&v.playbook.regulatory)),
            ("exit.tested", |v, _| v.playbook.exit.get().is_some_and(|exit| given(&exit.tested))),
            ("exit.alternatives", |v, _| v.playbook.exit.get().is_some_and(|exit| filled(&exit.alternatives))),
            ("regulatory.dora.subcontractors", |v, _| {
                let dora = v.playbook.regulatory.get().and_then(|regulatory| regulatory.dora.get());
                dora.is_some_and(|dora| given(&dora.subcontractors))
            }),
        ],
    },
];

impl Level {
    /// How many of its fields are filled, how many there are, and which are not.
    pub fn of(&self, vendor: &Vendor, as_of: Date) -> (usize, usize, Vec<&'static str>) {
        let missing: Vec<&str> = self.fields.iter().filter(|(_, is_there)| !is_there(vendor, as_of)).map(|(field, _)| *field).collect();
        (self.fields.len() - missing.len(), self.fields.len(), missing)
    }
}

fn given<T>(field: &Field<T>) -> bool {
    field.get().is_some()
}

fn filled<T>(field: &Field<List<T>>) -> bool {
    !field.items().is_empty()
}

fn met_if(is_met: bool, field: &str) -> State {
    if is_met { State::Met } else { State::Missing(vec![field.to_owned()]) }
}

fn met_without(fields: Vec<String>) -> State {
    if fields.is_empty() { State::Met } else { State::Missing(fields) }
}

fn notice(vendor: &Vendor, _: Date) -> State {
    let notice = vendor.playbook.contract.get().and_then(|contract| contract.notice.get());
    met_if(notice.is_some_and(|notice| given(&notice.client)), "contract.notice")
}

/// Known, or known not to exist: a contract that runs on, or ends by itself, needs none.
fn notice_day(vendor: &Vendor, _: Date) -> State {
    use crate::schema::RenewalKind::{Auto, Evergreen, None as Ends, Option};
    let contract = vendor.playbook.contract.get();
    let kind = contract.and_then(|contract| contract.renewal.get()).and_then(|renewal| renewal.kind.copied());
    let clock = &vendor.derived.clock;
    // A date that hangs on an unreadable field names that field.
    let unreadable = [&clock.send_by, &clock.term_end, &clock.earliest_end]
        .into_iter()
        .find_map(|fact| fact.why()?.strip_prefix("not known: see the finding on `"));
    if let Some(field) = unreadable {
        return State::Missing(vec![field.trim_end_matches('`').to_owned()]);
    }
    let needed = if contract.is_none_or(|contract| contract.renewal.is_absent()) { "contract.renewal" } else { "contract.term" };
    match kind {
        Some(Evergreen) => met_if(clock.earliest_end.date().is_some(), "contract.notice"),
        Some(Ends | Option) => met_if(clock.term_end.date().is_some(), needed),
        Some(Auto) => met_if(
            clock.send_by.date().is_some() && clock.next_end.why().is_none_or(|why| !why.contains("no renewal term")),
            "contract.renewal.term",
        ),
        None => met_if(false, needed),
    }
}

fn plan(vendor: &Vendor, _: Date) -> State {
    met_if(given(&vendor.playbook.exit), "exit")
}

fn missing_lines(vendor: &Vendor, as_of: Date) -> Vec<String> {
    let contacts = vendor.playbook.contacts.items().iter();
    let theirs = |contact: &&Contact| matches!(contact.side.input(), Input::Absent | Input::Given(Side::Vendor));
    let lines: Vec<&Contact> = contacts.filter(|contact| theirs(contact) && contact.is_there(as_of) == Input::Given(true)).collect();
    let has = |role: Role| lines.iter().any(|contact| contact.role.get().is_some_and(|roles| roles.0.contains(&role)));
    let is_person = vendor.playbook.vendor.get().and_then(|card| card.kind.copied()) == Some(crate::schema::VendorKind::Individual);
    let missing: Vec<String> = [Role::AccountManager, Role::Practitioner]
        .into_iter()
        .filter(|role| !has(*role))
        .map(|role| format!("contacts: {}", role.word()))
        .collect();
    if is_person && missing.len() == 1 { Vec::new() } else { missing }
}

fn lines(vendor: &Vendor, as_of: Date) -> State {
    met_without(missing_lines(vendor, as_of))
}

fn is_bound(vendor: &Vendor) -> bool {
    vendor.playbook.nda.get().is_some_and(|nda| nda.kind.copied() != Some(crate::schema::NdaKind::None))
}

fn nda(vendor: &Vendor, as_of: Date) -> State {
    let reaches = vendor.playbook.access.items().iter().any(|access| access.is_live(as_of));
    let protects = vendor.playbook.nda.get().is_some_and(|nda| !nda.must_protect.items().is_empty());
    // Where nothing is open and nothing has to be protected, none is needed.
    if given(&vendor.playbook.access) && !reaches && !protects && !is_bound(vendor) {
        return State::NotNeeded;
    }
    let is_sure = vendor.playbook.nda.get().is_some_and(|nda| !nda.kind.is_broken());
    met_if(is_bound(vendor) && is_sure, "nda")
}

fn covered(vendor: &Vendor, as_of: Date) -> State {
    let Some(nda) = vendor.playbook.nda.get().filter(|_| is_bound(vendor)) else { return State::NotNeeded };
    let protect = nda.must_protect.items().iter().enumerate().map(|(n, item)| (format!("nda.must_protect[{n}]"), &item.value));
    let open = vendor.playbook.access.items().iter().enumerate().filter(|(_, access)| access.is_live(as_of));
    let reached = open.flat_map(|(n, access)| {
        access.data.items().iter().enumerate().map(move |(k, item)| (format!("access[{n}].data[{k}]"), &item.value))
    });
    let named: Vec<(String, &String)> = protect.chain(reached).collect();
    if named.is_empty() {
        return State::NotNeeded;
    }
    let missing: Vec<String> = named.into_iter().filter(|(_, item)| !nda.includes(item)).map(|(path, _)| path).collect();
    // What is missing from a list that cannot be read may stand there.
    if nda.hides_covers() && !missing.is_empty() { State::Missing(vec!["nda.covers".to_owned()]) } else { met_without(missing) }
}

fn returns(vendor: &Vendor, _: Date) -> State {
    met_if(vendor.playbook.nda.get().is_some_and(|nda| given(&nda.returns)), "nda.return")
}

fn outlasts(vendor: &Vendor, _: Date) -> State {
    let field = "nda.confidentiality";
    if vendor.derived.protection.is_unreadable() {
        return met_if(false, field);
    }
    match vendor.derived.protection.value() {
        Some(Protection::Perpetual) => State::Met,
        Some(Protection::Through(until)) => {
            let work = vendor.derived.termination.or(vendor.derived.clock.term_end.date());
            met_if(work.is_none_or(|work| *until >= work), field)
        }
        // Counted from an end that is not set yet, it is agreed all the same.
        None => met_if(vendor.playbook.nda.get().and_then(|nda| nda.confidentiality.get()).is_some_and(|terms| given(&terms.lasts)), field),
    }
}

fn listed(vendor: &Vendor, _: Date) -> State {
    met_if(given(&vendor.playbook.access), "access")
}

/// The fields of open accesses for which something is missing; not needed where there is none to ask about.
fn of_access(vendor: &Vendor, as_of: Date, field: &str, concerns: fn(&Access) -> bool, is_met: impl Fn(&Access) -> bool) -> State {
    let list = &vendor.playbook.access;
    if list.is_unsure() {
        return met_if(false, "access");
    }
    // One of which nobody can tell whether it is closed may be open.
    let is_open = |access: &Access| access.is_live(as_of) || access.revoked.is_broken();
    let asked: Vec<(usize, &Access)> = list.items().iter().enumerate().filter(|(_, access)| is_open(access) && concerns(access)).collect();
    if asked.is_empty() {
        return State::NotNeeded;
    }
    met_without(asked.into_iter().filter(|(_, access)| !is_met(access)).map(|(n, _)| format!("access[{n}].{field}")).collect())
}

fn admins(vendor: &Vendor, as_of: Date) -> State {
    let is_ours = |access: &Access| {
        let theirs = contact(vendor, &access.admin).is_some_and(|one| one.side.copied().unwrap_or(Side::Vendor) == Side::Vendor);
        given(&access.admin) && !theirs
    };
    of_access(vendor, as_of, "admin", |_| true, is_ours)
}

fn rotated(vendor: &Vendor, as_of: Date) -> State {
    of_access(vendor, as_of, "revoke.rotate", may_be_shared, |access| {
        access.revoke.get().is_some_and(|revoke| revoke.rotate.copied() == Some(true))
    })
}

fn owned(vendor: &Vendor, as_of: Date) -> State {
    of_access(
        vendor,
        as_of,
        "held_by",
        |_| true,
        |access| {
            let is_held = access.held_by.is_broken() || access.held_by.copied() == Some(HeldBy::Vendor);
            !access.is_asset_of_vendor() && !(is_held && (access.kind.is_broken() || access.is_asset()))
        },
    )
}

fn may_be_shared(access: &Access) -> bool {
    access.is_shared() || access.shared.is_broken() || access.kind.is_broken()
}

fn of_deliverables(vendor: &Vendor, field: &str, is_met: fn(&crate::schema::Deliverable) -> bool) -> State {
    if vendor.playbook.deliverables.is_unsure() {
        return met_if(false, "deliverables");
    }
    let all = vendor.playbook.deliverables.items();
    if all.is_empty() {
        return State::NotNeeded;
    }
    met_without(all.iter().enumerate().filter(|(_, one)| !is_met(one)).map(|(n, _)| format!("deliverables[{n}].{field}")).collect())
}

fn formats(vendor: &Vendor, _: Date) -> State {
    of_deliverables(vendor, "format", |one| given(&one.format))
}

fn rights(vendor: &Vendor, _: Date) -> State {
    let State::Missing(mut fields) = of_deliverables(vendor, "owner_of_rights", |one| given(&one.owner_of_rights)) else {
        return of_deliverables(vendor, "acceptance", |one| given(&one.acceptance));
    };
    if let State::Missing(more) = of_deliverables(vendor, "acceptance", |one| given(&one.acceptance)) {
        fields.extend(more);
    }
    State::Missing(fields)
}

fn dpa(vendor: &Vendor, _: Date) -> State {
    let handles = vendor.playbook.services.items().iter().any(|service| service.personal_data.copied() == Some(true));
    let documents = vendor.playbook.contract.get().map_or(&[][..], |contract| contract.documents.items());
    let has = documents.iter().any(|document| document.kind.copied() == Some(crate::schema::DocumentKind::Dpa));
    let services = &vendor.playbook.services;
    let may_handle = services.is_unsure() || services.items().iter().any(|service| service.personal_data.is_broken());
    match (handles, may_handle) {
        (true, _) => met_if(has, "contract.documents"),
        (false, true) => met_if(has, "services"),
        (false, false) => State::NotNeeded,
    }
}

fn if_critical(vendor: &Vendor, is_met: bool, field: &str) -> State {
    match &vendor.playbook.critical {
        Field::Given(true, _) => met_if(is_met, field),
        Field::Broken(_) => met_if(is_met, "critical"),
        Field::Given(false, _) | Field::Absent => State::NotNeeded,
    }
}

fn alternatives(vendor: &Vendor, _: Date) -> State {
    if_critical(vendor, vendor.playbook.exit.get().is_some_and(|exit| filled(&exit.alternatives)), "exit.alternatives")
}

fn tested(vendor: &Vendor, as_of: Date) -> State {
    let fresh = |day: Date| day <= as_of && day.plus_months(12) >= as_of;
    if_critical(vendor, vendor.playbook.exit.get().and_then(|exit| exit.tested.copied()).is_some_and(fresh), "exit.tested")
}
