//! The page of one vendor: its sections in the order in which people read them.

mod agreement;
mod ending;
mod practice;
mod ready;
pub mod survival;

use super::{Block, Book, ago, days_words, labelled};
use crate::calendar::terms::Input;
use crate::calendar::{Date, Duration, Known, is_unreadable};
use crate::exit::ExitPlan;
use crate::html::{self, Html, date, heading, join};
use crate::library::{DeadlineKind, Vendor, inside};
use crate::readiness;
use crate::schema::{Cadence, Field, Names, Phase, Status, Tier};

/// The rows of the strip under the heading: label, value, small line below, and whether it is the key date.
pub struct Strip {
    pub label: &'static str,
    pub value: Html,
    pub below: String,
    pub is_key: bool,
}

pub fn strip(vendor: &Vendor, book: &Book) -> Vec<Strip> {
    let as_of = book.as_of();
    let row = |label, value, below: String| Strip { label, value, below, is_key: false };
    let mut rows = vec![row("Status", badge(vendor), String::new())];
    rows.push(row(
        "Owner",
        vendor.person(&vendor.playbook.owner).map_or_else(|| missing(&vendor.playbook.owner), |name| Html::text(&name)),
        String::new(),
    ));
    let deadline = vendor.derived.deadline.value();
    let given = vendor.playbook.exit.get().is_some_and(|exit| exit.notice_given.copied().is_some_and(|day| day <= as_of));
    let leaving = deadline.is_some_and(|deadline| deadline.kind == DeadlineKind::Termination);
    let notice = &vendor.derived.notice;
    if let Some(send_by) = notice.send_by.date().filter(|_| leaving && !given && vendor.status() != Some(Status::Ended)) {
        rows.push(Strip { is_key: true, ..row(notice.label(), date(send_by), days_words(as_of.days_until(send_by))) });
    }
    let starts = inside(&vendor.playbook.contract, |contract| contract.start.input());
    match &vendor.derived.deadline {
        _ if vendor.status() == Some(Status::Prospect) => {
            let below = starts.given().map(|day| as_of.days_until(day)).filter(|days| *days > 0);
            let below = below.map_or(String::new(), |days| format!("in {days} days"));
            let day = if starts == Input::Absent { Html::text("not agreed yet") } else { said(starts, date) };
            rows.push(row("Starts", day, below));
        }
        Known::Yes { value, .. } => {
            let days = as_of.days_until(value.date);
            let words = if days < 0 && value.kind == DeadlineKind::Termination { ago(-days) } else { days_words(days) };
            rows.push(Strip { is_key: true, ..row(value.kind.label(), date(value.date), words) });
        }
        Known::No { why } if is_unreadable(why) => rows.push(row("Next notice day", html::unknown(), String::new())),
        Known::No { .. } if vendor.derived.clock.earliest_end.date().is_some() => {
            let earliest = vendor.derived.clock.earliest_end.date().map_or(String::new(), |day| format!("earliest end {}", day.long()));
            rows.push(row("Give notice", Html::text("any day"), earliest));
        }
        Known::No { why } => rows.push(row("Next notice day", Html::text("not known"), why.clone())),
    }
    let heard = &vendor.derived.last_heard;
    rows.push(row("Last heard", known_day(heard), heard.date().map_or_else(String::new, |day| ago(day.days_until(as_of)))));
    let ready = readiness::exit(vendor, as_of);
    rows.push(row("Exit readiness", Html::text(&format!("{} of {}", ready.met, ready.of)), "points known or agreed".to_owned()));
    let critical = match &vendor.playbook.critical {
        Field::Given(true, _) => "critical",
        Field::Broken(_) => "whether it is critical is not known: see finding",
        Field::Given(false, _) | Field::Absent => "not critical",
    };
    rows.push(row("Tier", tier(vendor), critical.to_owned()));
    rows
}

/// How much hangs on a vendor; operational, where nobody says otherwise.
pub fn tier(vendor: &Vendor) -> Html {
    match &vendor.playbook.tier {
        Field::Absent => Html::text(&Tier::Operational.label()),
        tier => tier.get().map_or_else(html::unknown, |tier| Html::text(&tier.label())),
    }
}

/// How often the two sides speak once everything runs: the shortest rhythm of those days.
pub fn rhythm(vendor: &Vendor) -> Input<Duration> {
    inside(&vendor.playbook.communication, |talk| {
        let is_hidden = |entry: &Cadence| entry.phase.is_broken() || entry.every.is_broken();
        if talk.cadence.is_unsure() || talk.cadence.items().iter().any(is_hidden) {
            return Input::Broken;
        }
        let steady = talk.cadence.items().iter().filter(|entry| entry.phase.copied() == Some(Phase::Steady));
        let often = steady.filter_map(|entry| entry.every.copied()).map(|every| every.0);
        often.min_by(|a, b| a.rough_days().total_cmp(&b.rough_days())).map_or(Input::Absent, Input::Given)
    })
}

/// A field that says nothing: broken, or not written.
pub fn missing<T>(field: &Field<T>) -> Html {
    if field.is_broken() { html::unknown() } else { html::dash() }
}

/// What a field says: a dash where nothing is written, and that it is not known where that cannot be read.
pub fn said<T>(field: Input<T>, show: impl FnOnce(T) -> Html) -> Html {
    match field {
        Input::Absent => html::dash(),
        Input::Broken => html::unknown(),
        Input::Given(value) => show(value),
    }
}

/// A day, a dash where there is none, and that it is not known where something it hangs on cannot be read.
pub fn known_day(day: &Known<Date>) -> Html {
    match day {
        Known::Yes { value, .. } => date(*value),
        Known::No { why } if is_unreadable(why) => html::unknown(),
        Known::No { .. } => html::dash(),
    }
}

pub fn badge(vendor: &Vendor) -> Html {
    match vendor.status() {
        Some(status) => Html::text(&status.label()).with_class("span", &format!("badge {}", status.word())),
        None => missing(&vendor.playbook.status),
    }
}

/// All sections. While a vendor is leaving, its exit stands first.
pub fn sections(vendor: &Vendor, plan: &ExitPlan, book: &Book, body: Html) -> Vec<Block> {
    let page = Pages { vendor, plan, book, names: &vendor.names };
    let mut blocks = vec![
        page.why(),
        page.headlines(),
        page.brief(),
        page.contacts(),
        page.services(),
        page.contract(),
        page.expectations(),
        page.service_levels(),
        page.rhythm(),
        page.decisions(),
        page.nda(),
        page.access(),
        page.deliverables(),
        page.feedback(),
        page.exit(),
        page.survival(),
        page.readiness(),
        page.debrief(),
        Block { id: "notes", title: "Notes", body, hint: "anything that is worth writing down" },
        page.waivers(),
    ];
    if vendor.is_leaving() {
        let at = blocks.iter().position(|block| block.id == "exit").unwrap_or_default();
        let ending: Vec<Block> = blocks.drain(at..at + 2).collect();
        blocks.splice(0..0, ending);
    } else {
        blocks.retain(|block| block.id != "survival");
    }
    blocks
}

struct Pages<'a> {
    vendor: &'a Vendor,
    plan: &'a ExitPlan,
    book: &'a Book,
    names: &'a Names,
}

fn block(id: &'static str, title: &'static str, hint: &'static str, parts: Vec<Html>) -> Block {
    Block { id, title, hint, body: join(parts.into_iter().filter(|part| !part.is_empty()), "\n") }
}

pub use crate::sheets::overdue;

pub(super) fn mail(address: &str) -> Html {
    if address.contains('@') && !address.contains(char::is_whitespace) {
        html::link(&format!("mailto:{address}"), address)
    } else {
        Html::text(address)
    }
}

pub(super) fn note(label: &str, text: Html) -> Html {
    if text.is_empty() {
        return text;
    }
    let body = labelled(label, text).in_tag("p");
    Html::made(format!("<aside class=\"note\" aria-label=\"{label}\">{}</aside>", body.as_str()))
}

pub(super) fn titled(title: &str, body: Html) -> Html {
    if body.is_empty() { body } else { heading(title).and(body) }
}

/// A section that is not there says so elsewhere; one that is broken says so here.
pub(super) fn broken_or_nothing<T>(field: &Field<T>) -> Vec<Html> {
    if field.is_broken() { vec![html::unknown().in_tag("p")] } else { Vec::new() }
}

pub(super) fn why_not(why: &str) -> Html {
    if is_unreadable(why) { html::unknown() } else { Html::text(why) }
}

pub(super) fn known(fact: &Known<Date>, verb: &str) -> Html {
    match fact {
        Known::Yes { value, how } => Html::text(verb).and_text(" ").and(date(*value)).and(html::how(how)),
        Known::No { why } => why_not(why),
    }
}

/// A number as people write it, with a separator between thousands.
pub fn money(amount: f64) -> String {
    let text = if amount.fract() == 0.0 { format!("{amount:.0}") } else { format!("{amount}") };
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let digits: Vec<char> = whole.chars().collect();
    let grouped: String =
        digits
            .iter()
            .enumerate()
            .map(|(n, c)| {
                if n > 0 && (digits.len() - n).is_multiple_of(3) && digits[n - 1].is_ascii_digit() {
                    format!(",{c}")
                } else {
                    c.to_string()
                }
            })
            .collect();
    rest.map_or(grouped.clone(), |rest| format!("{grouped}.{rest}"))
}
