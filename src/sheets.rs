//! What each printed sheet says: the exit pack, sheet by sheet, and the working sheets of a relationship.
//! One sheet is one file and one line in [`SHEETS`]; formats lay them out.

mod access;
mod brief;
mod check_in;
mod checklist;
mod complaint;
mod cover;
mod debrief;
mod facts;
mod habits;
mod kick_off;
mod nda;
mod notice;
mod offers;
mod pre_contract;
mod receipt;
mod scorecard;
mod sign_off;
mod successor;
mod thank_you;

use crate::calendar::Date;
use crate::config::{Config, PdfFor};
use crate::exit::{self, Basis, ExitPlan, PlanStep};
use crate::library::{Facts, Made, NoticeDays, Vendor, routes};
use crate::paper::{self, Block, Pack, Sheet, Text};
use crate::schema::{Anchor, Role, Side, Status};

pub use checklist::{Counts, counts, overdue};

/// One kind of sheet.
#[derive(Debug)]
pub struct Kind {
    /// Its name in addresses and on the command line.
    pub name: &'static str,
    /// Its letter in the pack, which names it on the command line too.
    pub letter: Option<char>,
    pub title: &'static str,
    /// What it is for, in a few words.
    pub purpose: &'static str,
    pub copies: &'static [&'static str],
    pub layout: Layout,
    /// Who brings it: the first of ours with the role, else the owner.
    pub carrier: Role,
    pub place: Place,
    make: fn(&Desk<'_>) -> Vec<Block>,
}

impl Kind {
    pub fn is_of_pack(&self) -> bool {
        matches!(self.place, Place::Pack)
    }

    /// True for a sheet of an ending, false for one of ordinary days.
    pub fn is_of_exit(&self) -> bool {
        matches!(self.place, Place::Pack | Place::BesidePack)
    }
}

/// How a sheet lies on the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    Portrait,
    Landscape,
    /// Portrait, and set close, so that it fits one page if it can.
    Tight,
}

/// Where a sheet belongs.
#[derive(Debug, Clone, Copy)]
pub enum Place {
    /// The exit pack.
    Pack,
    /// Beside the pack: drafts and briefs around an ending.
    BesidePack,
    /// The working sheets of a vendor with one of these statuses.
    Working(&'static [Status]),
}

/// What a sheet is made from.
pub struct Desk<'a> {
    pub vendor: &'a Vendor,
    pub plan: &'a ExitPlan,
    pub config: &'a Config,
    pub as_of: Date,
    /// Said on every sheet of an ending before anything else: that it is a rehearsal.
    pub notes: Vec<String>,
}

/// Kept by us and never handed over.
const OURS: &[&str] = &["OUR COPY – do not hand over"];
/// One for each side.
const BOTH: &[&str] = &["COPY 1 OF 2", "COPY 2 OF 2"];
/// Sheets without a mark.
const PLAIN: &[&str] = &[""];

/// Every sheet, the pack first and in the order in which it is printed.
pub static SHEETS: &[&Kind] = &[
    &cover::SHEET,
    &brief::SHEET,
    &checklist::SHEET,
    &access::SHEET,
    &receipt::SHEET,
    &nda::SHEET,
    &sign_off::SHEET,
    &debrief::SHEET,
    &notice::SHEET,
    &thank_you::SHEET,
    &successor::SHEET,
    &pre_contract::SHEET,
    &kick_off::SHEET,
    &check_in::SHEET,
    &scorecard::SHEET,
    &complaint::SHEET,
    &habits::SHEET,
];

/// The sheet that every vendor has, whatever its status.
pub static CHECKLIST: &[&Kind] = &[&checklist::SHEET];

/// The sheets of the exit pack, in the order of print.
pub fn pack_kinds() -> impl Iterator<Item = &'static Kind> {
    SHEETS.iter().copied().filter(|kind| kind.is_of_pack())
}

/// The sheets that have a page of their own below a vendor's exit: the pack's, and those beside it.
pub fn exit_kinds() -> impl Iterator<Item = &'static Kind> {
    SHEETS.iter().copied().filter(|kind| kind.is_of_exit())
}

/// The working sheets for a vendor where it stands.
pub fn working_kinds(vendor: &Facts) -> impl Iterator<Item = &'static Kind> {
    let status = vendor.status();
    let fits = move |kind: &&Kind| matches!(kind.place, Place::Working(when) if status.is_some_and(|status| when.contains(&status)));
    SHEETS.iter().copied().filter(fits)
}

/// A sheet by its name or its letter.
pub fn find(name: &str) -> Option<&'static Kind> {
    let by_letter = |kind: &Kind| kind.letter.is_some_and(|letter| name.len() == 1 && name.starts_with(letter));
    SHEETS.iter().copied().find(|kind| kind.name == name || by_letter(kind))
}

/// The pages and files of a vendor's sheets and calendars: their addresses, and the places in each.
pub fn pages_of(vendor: &Facts, config: &Config) -> Vec<Made> {
    let page = |kind: &Kind| (routes::sheet_page(&vendor.slug, kind.name), vec![kind.name.to_owned()]);
    let names = |kinds: &mut dyn Iterator<Item = &'static Kind>| kinds.map(|kind| kind.name.to_owned()).collect::<Vec<_>>();
    let mut pages: Vec<Made> = exit_kinds().filter(|kind| has_pack(vendor) || kind.name == "checklist").map(page).collect();
    if has_pack(vendor) {
        pages.push((routes::pack_page(&vendor.slug), names(&mut pack_kinds())));
    }
    if has_pdf(vendor, config) {
        pages.push((routes::pack_pdf(&vendor.slug), Vec::new()));
    }
    pages.push((routes::vendor_calendar(&vendor.slug), Vec::new()));
    if vendor.is_leaving() {
        pages.push((routes::exit_calendar(&vendor.slug), Vec::new()));
    }
    let working = names(&mut working_kinds(vendor));
    if !working.is_empty() {
        pages.push((routes::working_page(&vendor.slug), working));
    }
    pages
}

/// True for a vendor that is at risk or leaving: the whole pack stands ready.
pub fn has_pack(vendor: &Facts) -> bool {
    vendor.status() == Some(Status::AtRisk) || vendor.is_leaving()
}

/// True where the site holds a vendor's pack as a PDF.
pub fn has_pdf(vendor: &Facts, config: &Config) -> bool {
    match config.pdf {
        PdfFor::None => false,
        PdfFor::Leaving => has_pack(vendor),
        PdfFor::All => true,
    }
}

impl Desk<'_> {
    /// These sheets, in their frame. What a playbook marks as not for the vendor stands on our own copies alone.
    pub fn pack(&self, title: &str, kinds: impl Iterator<Item = &'static Kind>) -> Pack {
        let vendor = self.vendor.for_its_own();
        let plan = vendor.as_ref().map(|vendor| exit::plan(vendor, self.as_of));
        let shared = vendor.as_ref().zip(plan.as_ref());
        let shared = shared.map(|(vendor, plan)| Desk { vendor, plan, config: self.config, as_of: self.as_of, notes: self.notes.clone() });
        let desk = |kind: &Kind| if kind.copies == OURS { self } else { shared.as_ref().unwrap_or(self) };
        Pack {
            title: format!("{title}: {}", self.vendor.name()),
            client: self.client().to_owned(),
            vendor: self.vendor.name().to_owned(),
            revision: self.vendor.revision.clone(),
            as_of: self.as_of,
            language: self.config.language.clone(),
            footer: self.config.footer.clone().unwrap_or_default(),
            sheets: kinds.map(|kind| desk(kind).sheet(kind)).collect(),
        }
    }

    fn sheet(&self, kind: &'static Kind) -> Sheet {
        let mut blocks = (kind.make)(self);
        paper::tell_apart(&mut blocks);
        Sheet {
            name: kind.name,
            letter: kind.letter,
            title: kind.title.to_owned(),
            copies: kind.copies,
            is_landscape: kind.layout == Layout::Landscape,
            is_tight: kind.layout == Layout::Tight,
            dates: if kind.is_of_pack() { checklist::key_dates(self) } else { Vec::new() },
            warnings: self.warnings(kind),
            blocks,
        }
    }

    fn warnings(&self, kind: &Kind) -> Vec<String> {
        let errors = match self.vendor.errors() {
            0 => None,
            1 => Some("1 error: do not rely on these dates.".to_owned()),
            n => Some(format!("{n} errors: do not rely on these dates.")),
        };
        let supposed = "Nobody is leaving. These days only show what would follow if notice were given today.".to_owned();
        let of_exit = Some(supposed).filter(|_| self.plan.basis == Basis::IfToday).into_iter().chain(self.notes.iter().cloned());
        errors.into_iter().chain(of_exit.filter(|_| kind.is_of_exit())).collect()
    }

    /// Whose paper it is.
    pub fn client(&self) -> &str {
        let own = self.vendor.playbook.client.get().and_then(|client| client.name.text());
        own.or(self.config.client.as_deref()).unwrap_or("Our side")
    }

    /// The last day: as written, or as it would be if notice were given today.
    fn last_day(&self) -> Option<Date> {
        match self.plan.basis {
            Basis::Leaving => self.vendor.derived.termination,
            Basis::IfToday => self.vendor.derived.clock.end_if_today.date(),
        }
    }

    /// The day of a step, as written or as it would be.
    fn due(&self, step: &str) -> Option<Date> {
        self.step(step).and_then(|step| step.due.or(step.if_today))
    }

    /// The day of a step in a line of text: a blank where there is none, and words where it cannot be read.
    fn day_of(&self, step: &str, label: &str) -> Text {
        match self.step(step) {
            Some(step) if step.why.is_some() => Text::plain(facts::UNREADABLE),
            _ => Text::default().day_or_blank(self.due(step), label),
        }
    }

    fn step(&self, id: &str) -> Option<&PlanStep> {
        self.plan.steps.iter().find(|known| known.id == id)
    }

    /// The last day in a line of text, a blank where it is not set.
    fn last_day_text(&self) -> Text {
        match exit::unreadable(self.vendor, self.plan.basis, Anchor::Termination) {
            Some(_) => Text::plain(facts::UNREADABLE),
            None => Text::default().day_or_blank(self.last_day(), "last day"),
        }
    }

    /// The days of notice, as every page names them.
    fn notice(&self) -> &NoticeDays {
        &self.vendor.derived.notice
    }

    /// True once notice was given, by either side.
    fn notice_was_given(&self) -> bool {
        self.exit().is_some_and(|exit| exit.notice_given.copied().is_some_and(|day| day <= self.as_of))
    }

    /// True where the vendor gives notice, or gave it.
    fn is_their_notice(&self) -> bool {
        self.notice().by == Side::Vendor
    }
}
