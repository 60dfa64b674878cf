//! What needs attention at a vendor: its findings, and what its facts and dates say.

use super::register::{meets, newest};
use super::vendor::money;
use super::{Book, days_words};
use crate::calendar::Date;
use crate::diagnostic::{Lines, Severity};
use crate::exit::ExitPlan;
use crate::html::{self, Html, date, mark};
use crate::library::Vendor;
use crate::schema::{FeedbackKind, Generated, Status};

/// One line: a word with a shape, what is the matter, and where it is written, if it is about a place.
pub struct Line {
    kind: &'static str,
    word: &'static str,
    text: Html,
    place: String,
}

/// Everything about one vendor, the gravest first. `page` is where it will stand.
pub fn lines(vendor: &Vendor, plan: Option<&ExitPlan>, book: &Book, page: &str) -> Vec<Line> {
    let mut lines = findings(vendor, book, page);
    let as_of = book.as_of();
    let mut say = |kind, word, text| lines.push(Line { kind, word, text, place: String::new() });
    match plan.map_or(0, ExitPlan::overdue) {
        0 => {}
        1 => say("warn", "Overdue", Html::text("1 step of the exit is overdue.")),
        n => say("warn", "Overdue", Html::text(&format!("{n} steps of the exit are overdue."))),
    }
    if let Some(day) = notice_pending(vendor, as_of).filter(|day| *day <= as_of.plus(book.config.notice_alert)) {
        let left = format!(", {}, or the contract renews.", days_words(as_of.days_until(day)));
        say("warn", "Notice", Html::text("Send notice by ").and(date(day)).and_text(&left));
    }
    if vendor.status() != Some(Status::Ended) {
        for sla in vendor.playbook.slas.items() {
            let Some(actual) = newest(sla, as_of).filter(|actual| meets(sla, actual) == Some(false)) else { continue };
            let name = sla.name.text().or(sla.id.get().map(|id| id.0.as_str())).unwrap_or("A service level");
            let value = actual.value.copied().map_or(String::new(), money);
            let period = actual.period.get().map_or("", |period| &period.0);
            say("warn", "Missed", Html::text(&format!("{name}: {value} in {period}, which is below what was agreed.")));
        }
        for entry in vendor
            .playbook
            .feedback
            .items()
            .iter()
            .filter(|entry| entry.kind.copied() == Some(FeedbackKind::Complaint) && entry.closed.is_absent())
        {
            let day = entry.date.copied().map_or(Html::default(), |day| Html::text(" of ").and(date(day)));
            say("warn", "Open", Html::text("The complaint").and(day).and_text(" is not settled yet."));
        }
    }
    lines
}

fn findings(vendor: &Vendor, book: &Book, page: &str) -> Vec<Line> {
    if vendor.findings.is_empty() {
        return Vec::new();
    }
    let places = Lines::of(&vendor.text);
    let reference = book.library.pages.iter().find(|page| page.matter.shows.copied() == Some(Generated::Findings));
    let mut findings: Vec<_> = vendor.findings.iter().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let line = |finding: &&crate::diagnostic::Diagnostic| {
        let (kind, word) = match finding.severity {
            Severity::Error => ("bad", "Error"),
            Severity::Warning => ("warn", "Warning"),
            Severity::Info => ("info", "Note"),
        };
        let code = finding.code.id;
        let code = match reference {
            Some(reference) => {
                html::link(&format!("{}#{code}", super::routes::encode(&super::routes::relative(page, &reference.route))), code)
            }
            None => Html::text(code),
        };
        let help = finding.help.as_deref().unwrap_or_default();
        let place = places.position(finding.span.start);
        Line {
            kind,
            word,
            text: Html::text(&format!("{} {help} ", crate::diagnostic::visible(&finding.message))).and(code),
            place: format!("{}:{}:{}", finding.file, place.line, place.column),
        }
    };
    findings.iter().map(line).collect()
}

/// The lines as a list; on a page about many vendors each begins with the vendor's name.
pub fn list<'a>(lines: impl IntoIterator<Item = (Option<Html>, &'a Line)>) -> Html {
    let items = lines.into_iter().map(|(vendor, line)| {
        let text = vendor.map_or(line.text.clone(), |vendor| vendor.and_text(": ").and(line.text.clone()));
        let place = if line.place.is_empty() { Html::default() } else { Html::text(&line.place).with_class("p", "place") };
        mark(line.kind, line.word).and(text.in_tag("p").and(place).in_tag("div"))
    });
    html::list(items).of_class("findings")
}

/// The send-by day that is still ahead, where missing it would renew the contract.
fn notice_pending(vendor: &Vendor, as_of: Date) -> Option<Date> {
    let over = matches!(vendor.status(), Some(Status::Ended | Status::Prospect));
    let given = vendor.playbook.exit.get().is_some_and(|exit| exit.notice_given.copied().is_some_and(|day| day <= as_of));
    let renews = vendor.derived.clock.next_end.date().is_some();
    vendor.derived.clock.send_by.date().filter(|day| !over && !given && renews && *day >= as_of)
}
