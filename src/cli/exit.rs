use std::path::PathBuf;

use clap::Args;
use rayon::prelude::*;

use super::files::{difference, write_back};
use super::{Exit, Opened, Where, analyze, disk, hand_out, parse_date, record, refused, say, show, waits};
use crate::book::Book;
use crate::calendar::{Date, Known};
use crate::diagnostic::{Diagnosed, Diagnostic, Severity};
use crate::ending::{self, Ending};
use crate::exit;
use crate::formats::{self, Context};
use crate::library::{Library, Vendor, routes};
use crate::pipeline;
use crate::publish::{Output, Publisher};
use crate::readiness;
use crate::report::plural;
use crate::schema::{ExitReason, ExitTemplate, Side, Status};
use crate::sheets::{self, Desk, Kind};
use crate::source::Project;
use crate::theme::Theme;

/// Print the exit pack of a vendor, or rehearse an ending
///
/// For a vendor that is leaving: its pack, as it stands. For any other, or with --on, --reason, --notice or
/// --template: a rehearsal, with every date, what is too late, the first clean last day, and what is missing.
/// Nothing is written to the playbook unless you say --write.
#[derive(Debug, Args)]
pub struct ExitPack {
    /// The vendor, by its page name, like brightleaf
    #[arg(required_unless_present_any = ["all", "status"])]
    slug: Option<String>,
    /// The last day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    on: Option<Date>,
    /// Why it ends, like needs_changed
    #[arg(long, value_parser = |word: &str| ExitReason::from_word(word).ok_or_else(|| choices(ExitReason::ALL.iter().map(|reason| reason.word()))))]
    reason: Option<ExitReason>,
    /// The day notice is given
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    notice: Option<Date>,
    /// The list of steps: standard, light, regulated or none
    #[arg(long, value_parser = |word: &str| ExitTemplate::from_word(word).ok_or_else(|| choices(ExitTemplate::ALL.iter().map(|template| template.word()))))]
    template: Option<ExitTemplate>,
    /// Only these sheets, by letter or name, like b,c or kick-off
    #[arg(long, value_name = "SHEETS", value_delimiter = ',', value_parser = known_sheet)]
    sheet: Vec<&'static Kind>,
    /// A PDF as well, made without any other program
    #[arg(long)]
    pdf: bool,
    /// The folder to print into; default: exit-SLUG/ in the project's folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write the rehearsed ending into the playbook
    #[arg(long, conflicts_with_all = ["all", "status", "record"])]
    write: bool,
    /// Show what --write or --record would change in the playbook, and change nothing
    #[arg(long, conflicts_with_all = ["write", "all", "status"])]
    diff: bool,
    /// File the ticks that a sheet exported into the playbook's steps
    #[arg(long, value_name = "FILE", conflicts_with_all = ["all", "status", "on", "reason", "notice", "template", "sheet", "pdf", "out"])]
    record: Option<PathBuf>,
    /// The packs of all vendors in one run
    #[arg(long, conflicts_with_all = ["slug", "status", "on", "reason", "notice", "template"])]
    all: bool,
    /// The packs of all vendors with this status in one run
    #[arg(long, value_name = "STATUS", conflicts_with_all = ["slug", "on", "reason", "notice", "template"], value_parser = |word: &str| Status::from_word(word).ok_or_else(|| choices(Status::ALL.iter().map(|status| status.word()))))]
    status: Option<Status>,
    #[command(flatten)]
    place: Where,
}

fn choices<'w>(words: impl Iterator<Item = &'w str>) -> String {
    format!("use one of {}", words.collect::<Vec<_>>().join(", "))
}

fn known_sheet(name: &str) -> Result<&'static Kind, String> {
    sheets::find(name).ok_or_else(|| choices(sheets::SHEETS.iter().map(|kind| kind.name)))
}

impl ExitPack {
    pub fn run(self) -> Exit {
        let Opened { mut project, texts, as_of } = match self.place.open() {
            Ok(opened) => opened,
            Err((exit, findings, texts)) => {
                show(&findings, &texts);
                return exit;
            }
        };
        let Diagnosed { value: library, diagnostics: findings } = analyze(&project, as_of);
        if pipeline::is_blocked(&findings) {
            let blocking: Vec<_> =
                findings.iter().filter(|finding| finding.blocking && finding.severity == Severity::Error).cloned().collect();
            show(&blocking, &texts);
            say("Nothing was printed. Put these right first.");
            return Exit::Findings;
        }
        let Some(slug) = self.slug.as_deref() else { return self.many(&project, library, as_of) };
        let Some(vendor) = library.vendor(slug) else { return unknown(slug, &library) };
        if vendor.is_unreadable() {
            show(&vendor.findings, &texts);
            say(&format!("partwell: nothing of {} can be read, so there is nothing to print.", vendor.file));
            return Exit::Findings;
        }
        if let Some(file) = &self.record {
            return record::record(file, self.diff, &self.place.root, vendor, &project, as_of);
        }
        let asked = Ending { on: self.on, reason: self.reason, notice: self.notice, template: self.template };
        let is_asked = asked.on.is_some() || asked.reason.is_some() || asked.notice.is_some() || asked.template.is_some();
        let is_of_exit = self.sheet.is_empty() || self.sheet.iter().any(|kind| kind.is_of_exit());
        if (vendor.is_leaving() || !is_of_exit) && !is_asked {
            if self.write || self.diff {
                say(
                    "partwell: which ending to write is not said. Say it with --on, --reason, --notice or --template. Nothing was changed.",
                );
                return Exit::Usage;
            }
            return self.print(&project, library, slug, as_of, Vec::new(), None);
        }
        if self.write && asked.on.or(vendor.derived.termination).is_none() {
            say("partwell: --write needs the last day: say it with --on. Nothing was changed.");
            return Exit::Usage;
        }
        let before: Vec<Box<str>> = vendor.findings.iter().map(|finding| finding.message.clone()).collect();
        let (file, old) = (vendor.file.clone(), vendor.text.clone());
        let given = vendor.playbook.exit.get().and_then(|exit| exit.notice_given.copied());
        let earliest = ending::earliest(vendor, self.notice.or(given).unwrap_or(as_of));
        let new = asked.with_last_day(vendor, as_of).map_err(|why| format!("the last day cannot be worked out ({why}); say it with --on"));
        let new =
            match new.and_then(|ending| ending.write_into(&old).map_err(|why| format!("{file} cannot be changed by a program: {why}"))) {
                Ok(new) => new,
                Err(why) => {
                    say(&format!("partwell: {why}."));
                    return Exit::Usage;
                }
            };
        if let Some(held) = project.files.iter_mut().find(|held| held.path == file) {
            held.text = new.as_str().into();
        }
        let library = analyze(&project, as_of).value;
        let Some(vendor) = library.vendor(slug) else { return unknown(slug, &library) };
        outlook(vendor, &earliest, &before, as_of);
        if self.diff {
            say("Nothing was changed or printed.");
            return hand_out(&difference(&file, &old, &new)).map_or_else(|exit| exit, |()| Exit::Clean);
        }
        let notes = if self.write { Vec::new() } else { vec!["A rehearsal. Nothing here is decided or announced.".to_owned()] };
        let change = Change { root: &self.place.root, file: &file, old: &old, new: &new };
        let printed = self.print(&project, library, slug, as_of, notes, Some(change).filter(|_| self.write));
        if !self.write && is_printed(printed) {
            say("The playbook is as it was. Add --write to put this ending into it.");
        }
        printed
    }

    /// Prints the pack, or the sheets that were asked for, of one vendor.
    /// The playbook's own change comes first, so that no paper is there for an ending that could not be kept.
    fn print(&self, project: &Project, library: Library, slug: &str, as_of: Date, notes: Vec<String>, change: Option<Change<'_>>) -> Exit {
        let out = self.out.clone().unwrap_or_else(|| self.place.root.join(format!("exit-{slug}")));
        let wanted = |vendor: &Vendor| *vendor.slug == *slug;
        let job = Job { out: &out, what: Output::Pack(slug.to_owned()), wanted: &wanted, notes, change };
        let made = self.publish(project, library, job, as_of);
        if is_printed(made) {
            say(&format!("Open {}", out.join(routes::pack_page(slug)).display()));
            if self.pdf {
                say(&format!("Or  {}", out.join(routes::pack_pdf(slug)).display()));
            }
        }
        made
    }

    /// The packs of many vendors, as they stand.
    fn many(&self, project: &Project, library: Library, as_of: Date) -> Exit {
        let out = self.out.clone().unwrap_or_else(|| self.place.root.join("exit-packs"));
        let wanted = |vendor: &Vendor| !vendor.is_unreadable() && (self.status.is_none() || vendor.status() == self.status);
        let count = library.vendors.iter().filter(|vendor| wanted(vendor)).count();
        if count == 0 {
            say("No vendor has this status. Nothing was printed.");
            return Exit::Clean;
        }
        let job = Job { out: &out, what: Output::Packs, wanted: &wanted, notes: Vec::new(), change: None };
        let made = self.publish(project, library, job, as_of);
        if is_printed(made) {
            say(&format!("The packs of {} stand in {}", plural(count, "vendor"), out.join("exit").display()));
        }
        made
    }

    fn publish(&self, project: &Project, library: Library, job: Job<'_>, as_of: Date) -> Exit {
        let Diagnosed { value: mut theme, diagnostics: mut faults } = Theme::load(&project.theme, &project.config);
        let Diagnosed { value: library, diagnostics } = pipeline::try_theme_on(library, project, &mut theme);
        faults.extend(diagnostics);
        faults.retain(|fault| fault.severity == Severity::Error);
        show(&faults, &pipeline::texts(project));
        let home = std::env::home_dir();
        let publisher = match Publisher::begin(job.out, &self.place.root, home.as_deref(), "internal", job.what, waits) {
            Ok(publisher) => publisher,
            Err(refusal) => {
                let exit = refused(refusal);
                job.change.iter().for_each(|_| say("The playbook is as it was."));
                return exit;
            }
        };
        if let Some(Change { root, file, old, new }) = job.change {
            if let Err(exit) = write_back(root, file, old, new) {
                say("Nothing was printed.");
                return exit;
            }
            match old == new {
                true => say(&format!("{file} says so already.")),
                false => say(&format!("Wrote the ending into {file}. When people may know, change `status` to exiting.")),
            }
        }
        let book: Book = pipeline::compile(project, library);
        let kept = formats::Kept::default();
        let cx = Context::new(&theme, &project.assets, &kept);
        let site = formats::site::Site::alone(&book, &cx, &publisher);
        site.assets();
        site.logo();
        let mut kinds: Vec<&'static Kind> = Vec::new();
        for kind in &self.sheet {
            if !kinds.iter().any(|known| known.name == kind.name) {
                kinds.push(kind);
            }
        }
        if kinds.is_empty() {
            kinds.extend(sheets::exit_kinds());
        }
        book.library.vendors.par_iter().filter(|vendor| (job.wanted)(vendor)).for_each(|vendor| {
            let plan = exit::plan(vendor, as_of);
            let desk = Desk { vendor, plan: &plan, config: &book.config, as_of, notes: job.notes.clone() };
            formats::sheets::pack(&site, &desk, &kinds, self.pdf);
        });
        match publisher.finish() {
            Ok(published) => {
                published.notes.iter().for_each(|note| say(&format!("Note: {note}.")));
                let printed = || book.library.vendors.iter().filter(|vendor| (job.wanted)(vendor));
                for vendor in printed().filter(|vendor| vendor.errors() > 0) {
                    let errors = plural(vendor.errors(), "error");
                    say(&format!("{errors} in {}: do not rely on its dates. `partwell check` tells what to write.", vendor.file));
                }
                let is_sound = faults.is_empty() && printed().all(|vendor| vendor.errors() == 0);
                if is_sound { Exit::Clean } else { Exit::Findings }
            }
            Err(broken) => {
                let exit = disk(&broken);
                if let Some(change) = job.change {
                    say(&format!("The ending stands in {}, and the pack was not printed.", change.file));
                }
                exit
            }
        }
    }
}

/// True where the paper is there, though something on it may be wrong.
fn is_printed(made: Exit) -> bool {
    matches!(made, Exit::Clean | Exit::Findings)
}

/// What is printed, and where.
struct Job<'a> {
    out: &'a std::path::Path,
    what: Output,
    wanted: &'a (dyn Fn(&Vendor) -> bool + Sync),
    /// Said on every sheet.
    notes: Vec<String>,
    /// What is written before anything is printed.
    change: Option<Change<'a>>,
}

/// A playbook's file with its old and its new text.
#[derive(Clone, Copy)]
struct Change<'a> {
    root: &'a std::path::Path,
    file: &'a str,
    old: &'a str,
    new: &'a str,
}

fn unknown(slug: &str, library: &Library) -> Exit {
    let shown = crate::diagnostic::visible(slug);
    let near = library.vendors.iter().map(|vendor| (strsim::damerau_levenshtein(&vendor.slug, slug), &vendor.slug)).min();
    let near = near.filter(|(distance, _)| *distance <= 3).map_or(String::new(), |(_, near)| format!(" Did you mean {near}?"));
    say(&format!(
        "partwell: there is no vendor `{shown}`.{near} A vendor is named by its page, like brightleaf for content/vendors/brightleaf.md."
    ));
    Exit::Usage
}

/// What a rehearsed ending comes to, for the person at the terminal.
fn outlook(vendor: &Vendor, earliest: &Known<Date>, before: &[Box<str>], as_of: Date) {
    let plan = exit::plan(vendor, as_of);
    let days = |day: Date| crate::book::days_words(as_of.days_until(day));
    let last = vendor.derived.termination.map_or("not set".to_owned(), Date::long);
    say(&format!("If {} ended on {last}:", crate::diagnostic::visible(vendor.name())));
    let notice = &vendor.derived.notice;
    let they = if notice.by == Side::Vendor { "they " } else { "" };
    let given = vendor.playbook.exit.get().and_then(|exit| exit.notice_given.copied());
    let too_late = earliest.date().zip(vendor.derived.termination).filter(|(clean, last)| clean > last).map(|(clean, _)| clean);
    match (notice.send_by.date(), notice.received_by.date()) {
        (Some(_), _) if given.is_some() && earliest.date().is_some() && too_late.is_none() => {
            say(&format!("  notice given on {} is in time for it", given.map_or_else(String::new, Date::long)));
        }
        // The safe day lies on an open day, and before every other reading; the contract alone may leave a little more.
        (Some(send), Some(received)) if send < as_of && earliest.date().is_some() && too_late.is_none() && given.is_none() => {
            say(&format!("  {they}send notice today: {} was the safe day, to arrive by {}", send.long(), received.long()));
        }
        (Some(send), Some(received)) => {
            say(&format!("  {they}send notice by {} ({}), so that it arrives by {}", send.long(), days(send), received.long()));
        }
        _ => say(&format!("  the notice day is not known: {}", notice.send_by.why().unwrap_or("not recorded"))),
    }
    if let Some(clean) = too_late {
        let sent = given.map_or("sent today".to_owned(), |day| format!("given on {}", day.long()));
        say(&format!("  TOO LATE: with notice {sent} it can end on {} at the earliest", clean.long()));
    }
    match earliest {
        Known::Yes { value, how } => say(&format!("  the first clean last day is {}: {how}", value.long())),
        Known::No { why } => say(&format!("  the first clean last day is not known: {why}")),
    }
    for (id, title, day) in ending::past(&plan, as_of) {
        say(&format!("  PAST: {id} was due {}: {title}", day.long()));
    }
    // What is told of an ending belongs here, whether the playbook has it already or not.
    let is_told = |finding: &&Diagnostic| {
        let is_new = finding.code.id.starts_with("EXI") || !before.contains(&finding.message);
        finding.severity != Severity::Info && finding.code.id != "EXI005" && is_new
    };
    for finding in vendor.findings.iter().filter(is_told) {
        say(&format!("  {} {}: {}", finding.severity.word(), finding.code.id, finding.message));
    }
    let ready = readiness::exit(vendor, as_of);
    say(&format!("  {} of {} points of a clean end are there", ready.met, ready.of));
    for gap in &ready.gaps {
        say(&format!("  MISSING: {}: {}", gap.name, gap.fields.join(", ")));
    }
}
