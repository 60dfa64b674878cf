//! The only place where stages meet. `check`, `build` and everything else that shows a handbook call the
//! same functions and differ in what they do with the result.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use crate::book::Book;
use crate::calendar::Date;
use crate::diagnostic::{Diagnosed, Diagnostic, FileId, Findings, Severity, Span, codes};
use crate::exit;
use crate::formats::{Context, FORMATS, Sink};
use crate::library::{self, Elsewhere, Library, Vendor};
use crate::rules;
use crate::secrets;
use crate::sheets;
use crate::source::Project;
use crate::theme::Theme;

/// What stands in the way of doing anything at all: errors of the configuration.
pub fn misconfigured(project: &Project) -> Option<Vec<Diagnostic>> {
    let levels = rules::unknown_levels(&project.config);
    if !project.is_misconfigured() && levels.is_empty() {
        return None;
    }
    let mut findings: Vec<Diagnostic> = project.noticed.iter().cloned().chain(levels).collect();
    sort(&mut findings);
    Some(findings)
}

/// All that `check` needs: the library, and every finding, sorted by place.
pub fn analyze(project: &Project, as_of: Date) -> Diagnosed<Library> {
    let Diagnosed { value: mut library, diagnostics } = library::read(project, as_of, &elsewhere());
    for vendor in &mut library.vendors {
        let slug = vendor.slug.clone();
        let steps = exit::check_references(vendor).into_iter().map(|finding| Diagnostic { vendor: Some(slug.clone()), ..finding });
        vendor.findings.extend(steps);
    }
    let of_file: HashMap<FileId, usize> = library.vendors.iter().enumerate().map(|(n, vendor)| (vendor.file.clone(), n)).collect();
    let mut elsewhere = Vec::new();
    for finding in project.noticed.iter().cloned().chain(diagnostics) {
        match of_file.get(&finding.file).and_then(|n| library.vendors.get_mut(*n)) {
            Some(vendor) => {
                let slug = vendor.slug.clone();
                vendor.findings.push(Diagnostic { vendor: Some(slug), ..finding });
            }
            None => elsewhere.push(finding),
        }
    }
    rules::run(&mut library, &project.config);
    elsewhere.extend(missing_holidays(&library, project));
    let texts = texts(project);
    let secrets = secrets_of(elsewhere.iter().chain(library.vendors.iter().flat_map(|vendor| &vendor.findings)));
    let weigh = |finding: Diagnostic| {
        let finding = masked(finding, &secrets, &texts);
        let fixed = finding.blocking || finding.code.id.starts_with("CFG");
        let severity = if fixed { Some(finding.severity) } else { project.config.severity(finding.code.id, finding.severity) };
        severity.map(|severity| Diagnostic { severity, ..finding })
    };
    let mut all: Vec<Diagnostic> = elsewhere.into_iter().filter_map(weigh).collect();
    for vendor in &mut library.vendors {
        vendor.findings = std::mem::take(&mut vendor.findings).into_iter().filter_map(weigh).collect();
        vendor.waived = std::mem::take(&mut vendor.waived).into_iter().map(|finding| masked(finding, &secrets, &texts)).collect();
        sort(&mut vendor.findings);
        sort(&mut vendor.waived);
        all.extend(vendor.findings.iter().cloned());
    }
    sort(&mut all);
    Diagnosed { value: library, diagnostics: all }
}

/// What the stages below the library make.
pub fn elsewhere() -> Elsewhere {
    Elsewhere { codes: rules::all_codes(), pages_of: sheets::pages_of }
}

/// Where secrets stand, by file.
fn secrets_of<'a>(findings: impl Iterator<Item = &'a Diagnostic>) -> HashMap<FileId, Vec<Span>> {
    let mut secrets: HashMap<FileId, Vec<Span>> = HashMap::new();
    for finding in findings.filter(|finding| finding.code == &codes::STR009) {
        secrets.entry(finding.file.clone()).or_default().push(finding.span);
    }
    secrets
}

/// The finding without any secret of its file in its words.
fn masked(mut finding: Diagnostic, secrets: &HashMap<FileId, Vec<Span>>, texts: &BTreeMap<FileId, Arc<str>>) -> Diagnostic {
    let (Some(spans), Some(text)) = (secrets.get(&finding.file), texts.get(&finding.file)) else { return finding };
    finding.message = secrets::mask(&finding.message, text, spans);
    finding.help = finding.help.map(|help| secrets::mask(&help, text, spans));
    finding.field = finding.field.map(|field| secrets::mask(&field, text, spans));
    finding
}

/// By file, place and code.
pub fn sort(findings: &mut [Diagnostic]) {
    findings.sort_by(|a, b| (&a.file, a.span.start, a.code.id).cmp(&(&b.file, b.span.start, b.code.id)));
}

/// The immutable handbook that pages are made from.
pub fn compile(project: &Project, library: Library) -> Book {
    Book::new(project.config.clone(), library)
}

/// Makes every file of the site.
pub fn emit(book: &Book, project: &Project, theme: &Theme, out: &dyn Sink) {
    let cx = Context::new(theme, &project.assets);
    for format in FORMATS {
        format.emit(book, &cx, out);
    }
}

/// True where something stands in the way of publishing anything.
pub fn is_blocked(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|finding| finding.blocking && finding.severity == Severity::Error)
}

/// The years in use for which a calendar names no holiday: told once each.
fn missing_holidays(library: &Library, project: &Project) -> Vec<Diagnostic> {
    let counting = library.vendors.par_iter().filter(|vendor| !vendor.workdays.only_weekends());
    let missing: BTreeSet<(String, i16)> = counting.flat_map_iter(|vendor| unknown_years(vendor, library.as_of)).collect();
    let mut years: BTreeMap<String, Vec<i16>> = BTreeMap::new();
    for (calendar, year) in missing {
        years.entry(calendar).or_default().push(year);
    }
    let mut findings = Findings::new(&project.config.file);
    for (calendar, years) in years {
        let mut shown: Vec<String> = years.iter().take(3).map(i16::to_string).collect();
        if years.len() > shown.len() {
            shown.push(format!("{} more years", years.len() - shown.len()));
        }
        let shown = crate::rules::and(&shown);
        findings
            .add(
                &codes::CFG009,
                project.config.holidays_at,
                format!("The calendar `{calendar}` names no holiday in {shown}, and dates there are in use: only weekends are counted."),
            )
            .help(format!("Add the holidays of these years under `holidays.{calendar}`."))
            .field("holidays");
    }
    findings.into_list()
}

/// Calendars and years a vendor's dates are counted in without a holiday being known.
fn unknown_years(vendor: &Vendor, as_of: Date) -> Vec<(String, i16)> {
    let clock = &vendor.derived.clock;
    let mut days: Vec<Date> = [clock.send_by.date(), clock.received_by.date(), clock.term_end.date()].into_iter().flatten().collect();
    let moves = |step: &&exit::PlanStep| {
        matches!(step.when, Some(crate::schema::When::Offset(_))) && step.roll != Some(crate::calendar::Roll::None)
    };
    days.extend(exit::plan(vendor, as_of).steps.iter().filter(moves).filter_map(|step| step.due.or(step.if_today)));
    match (days.iter().min(), days.iter().max()) {
        (Some(first), Some(last)) => vendor.workdays.unknown_years(*first, *last),
        _ => Vec::new(),
    }
}

/// Sources by file, for showing findings in place.
pub fn texts(project: &Project) -> BTreeMap<FileId, Arc<str>> {
    let config = (project.config.file.clone(), project.config_text.clone());
    project.files.iter().map(|file| (file.path.clone(), file.text.clone())).chain([config]).collect()
}
