//! The offboarding checklist of one vendor: made for paper and pen.

use serde::Serialize;

use super::Book;
use super::vendor::overdue;
use crate::calendar::{Date, zone};
use crate::exit::{Basis, ExitPlan, PlanStep, State};
use crate::html::{self, Html, date, facts, sub};
use crate::library::Vendor;
use crate::schema::{Side, StepPhase, StepSide};

/// One row, as the template lays it out.
pub struct Row {
    pub id: String,
    /// The id with places where it may break.
    pub id_html: Html,
    pub title: String,
    pub class: &'static str,
    pub details: Html,
    pub due: Html,
    pub side: &'static str,
    pub owner: Html,
    pub done: Html,
    pub is_done: bool,
    pub is_skipped: bool,
}

pub struct Phase {
    pub id: &'static str,
    pub title: &'static str,
    pub rows: Vec<Row>,
}

/// Small facts that a template reads as they are.
#[derive(Debug, Serialize)]
pub struct Counts {
    pub steps: usize,
    pub done: usize,
    pub skipped: usize,
    pub open: usize,
    pub overdue: usize,
}

pub fn counts(plan: &ExitPlan) -> Counts {
    Counts {
        steps: plan.steps.len(),
        done: plan.count("done"),
        skipped: plan.count("skipped"),
        open: plan.count("open"),
        overdue: plan.overdue(),
    }
}

pub fn phases(vendor: &Vendor, plan: &ExitPlan) -> Vec<Phase> {
    let title = |phase: StepPhase| match phase {
        StepPhase::Prepare => "Prepare",
        StepPhase::Notice => "Say it",
        StepPhase::Knowledge => "Pass on knowledge",
        StepPhase::Handover => "Hand over",
        StepPhase::Access => "Close access",
        StepPhase::Close => "Settle and close",
        StepPhase::Goodwill => "Part well",
    };
    let phase = |phase: &StepPhase| {
        let rows: Vec<Row> = plan.phase(*phase).map(|step| row(step, vendor, plan)).collect();
        (!rows.is_empty()).then(|| Phase { id: phase.word(), title: title(*phase), rows })
    };
    StepPhase::ALL.iter().filter_map(phase).collect()
}

fn row(step: &PlanStep, vendor: &Vendor, plan: &ExitPlan) -> Row {
    let names = &vendor.names;
    let owner = step.owner.as_deref().map_or_else(|| html::blank("name"), |owner| Html::text(names.person(owner)));
    let class = match (&step.state, step.overdue_days, step.compiled) {
        (State::Done(_), _, _) => "done",
        (State::Skipped(_), _, _) => "skipped",
        (State::Open, Some(_), _) => "late",
        (State::Open, None, true) => "part",
        (State::Open, None, false) | (State::Unknown, ..) => "",
    };
    let id = crate::markdown::escape(&step.id).replace('.', ".<wbr>");
    Row {
        id_html: Html::made(id),
        id: step.id.clone(),
        title: step.title.clone(),
        class,
        details: details(step, vendor),
        due: due(step, plan, vendor),
        side: match step.side {
            StepSide::Client => "C",
            StepSide::Vendor => "V",
            StepSide::Both => "B",
        },
        owner,
        done: match &step.state {
            State::Done(day) => {
                let when = day.map_or_else(|| Html::text("done"), date);
                step.done_by.as_deref().map_or(when.clone(), |by| when.and(sub(Html::text(&format!("by {}", names.person(by))))))
            }
            State::Skipped(_) => Html::text("skipped"),
            State::Open => Html::default(),
            State::Unknown => html::unknown(),
        },
        is_done: matches!(step.state, State::Done(_)),
        is_skipped: matches!(step.state, State::Skipped(_)),
    }
}

/// Proof, what comes first, who helps; or the reason why it is left out.
fn details(step: &PlanStep, vendor: &Vendor) -> Html {
    if let State::Skipped(reason) = &step.state {
        return sub(Html::text(&format!("skipped: {reason}")));
    }
    let mut parts = Vec::new();
    parts.extend(step.evidence.as_ref().map(|evidence| format!("Proof: {evidence}")));
    if !step.after.is_empty() {
        parts.push(format!("after {}", step.after.join(", ")));
    }
    if !step.with.is_empty() {
        let people: Vec<&str> = step.with.iter().map(|person| vendor.names.person(person)).collect();
        parts.push(format!("with {}", people.join(", ")));
    }
    if parts.is_empty() { Html::default() } else { sub(Html::text(&parts.join("; "))) }
}

fn due(step: &PlanStep, plan: &ExitPlan, vendor: &Vendor) -> Html {
    let label = step.offset_label().map_or(Html::default(), |label| sub(Html::text(&label)));
    if plan.basis == Basis::IfToday {
        let word = match step.if_today {
            _ if step.do_now => Html::text("now"),
            Some(day) => date(day),
            None => html::blank("date"),
        };
        return word.and(label);
    }
    if step.compiled && step.when.is_none() && step.id.starts_with("C9.") {
        return Html::text("no end date");
    }
    let Some(day) = step.due else {
        return html::blank("date").and(label);
    };
    let late = step.overdue_days.map_or(Html::default(), |days| Html::made("<br>".into()).and(html::mark("warn", &overdue(days))));
    let now = if step.do_now { sub(Html::text("due before the decision: do it now")) } else { Html::default() };
    let moved = step.moved_from.map_or(Html::default(), |from| sub(Html::text(&format!("(moved from {})", from.beside(day.year())))));
    let limit = vendor.derived.clock.send_by.date().filter(|_| step.id == "N2" && step.state == State::Open);
    let limit = limit.map_or(Html::default(), |limit| sub(Html::text("at the latest ").and(date(limit))));
    date(day).and(late).and(now).and(label).and(moved).and(limit)
}

/// The four dates at the head of the sheet, each with its weekday; a blank where one is not known.
pub fn key_dates(vendor: &Vendor, plan: &ExitPlan) -> Vec<(&'static str, Html)> {
    let clock = &vendor.derived.clock;
    let or_blank = |day: Option<Date>, label: &str| day.map_or_else(|| html::blank(label), date);
    let meeting = vendor.playbook.exit.get().and_then(|exit| exit.meeting.get());
    let hour = meeting.map_or(Html::default(), |meeting| {
        let parts = [meeting.time.copied().map(|time| time.to_string()), meeting.timezone.get().map(|zone| zone.0.clone())];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() { Html::default() } else { sub(Html::text(&parts.join(" "))) }
    });
    let given = vendor.playbook.exit.get().and_then(|exit| exit.notice_given.copied()).filter(|_| plan.basis == Basis::Leaving);
    let send = match given {
        Some(day) => ("Notice given", date(day)),
        None => ("Send notice by", or_blank(clock.send_by.date(), "date")),
    };
    let last = match plan.basis {
        Basis::Leaving => ("Last day (T)", or_blank(vendor.derived.termination, "last day")),
        Basis::IfToday => ("Last day (T), if notice were given today", or_blank(clock.end_if_today.date(), "last day")),
    };
    vec![
        ("Meeting", or_blank(meeting.and_then(|meeting| meeting.date.copied()), "date").and(hour)),
        send,
        ("Notice received by", or_blank(clock.received_by.date(), "date")),
        last,
    ]
}

/// Who is who, and how to read the sheet.
pub fn who(vendor: &Vendor, book: &Book) -> Html {
    let people = |side: Side| {
        let contacts = vendor
            .playbook
            .contacts
            .items()
            .iter()
            .filter(|contact| contact.side.copied().unwrap_or(Side::Vendor) == side && contact.left.is_absent());
        let named = contacts.filter_map(|contact| {
            let role = contact.role.get().and_then(|roles| roles.0.first()).map_or(String::new(), |role| format!(" ({})", role.label()));
            contact.name.text().map(|name| format!("{name}{role}"))
        });
        named.collect::<Vec<_>>().join(", ")
    };
    let client = vendor.playbook.client.get().and_then(|client| client.name.text()).or(book.config.client.as_deref()).unwrap_or("Our side");
    let with = |name: &str, people: String| Html::text(&if people.is_empty() { name.to_owned() } else { format!("{name}: {people}") });
    let mut rows = vec![
        ("Client (C)".to_owned(), with(client, people(Side::Client))),
        ("Vendor (V)".to_owned(), with(vendor.name(), people(Side::Vendor))),
    ];
    if let Some(successor) = vendor.playbook.successor.get() {
        let name = Html::text(successor.name.text().unwrap_or("the successor"));
        rows.push(("Next".to_owned(), successor.start.copied().map_or(name.clone(), |day| name.and_text(", from ").and(date(day)))));
    }
    rows.extend(access_off(vendor, book).map(|text| ("Access closes".to_owned(), text)));
    rows.push((
        "How to read it".to_owned(),
        Html::text("C is ours, V is theirs, B is both. T is the last day; bd is a business day; d is a calendar day."),
    ));
    facts(rows)
}

/// The hour at which access closes, in our zone and on the clock of each person who will notice.
fn access_off(vendor: &Vendor, book: &Book) -> Option<Html> {
    let last = vendor.derived.termination?;
    let off = vendor.playbook.exit.get().and_then(|exit| exit.access_off.get());
    let time = off.and_then(|off| off.time.copied()).unwrap_or(zone::Time::END_OF_DAY);
    let here = off.and_then(|off| off.timezone.get()).map_or(book.config.timezone.as_str(), |zone| &zone.0);
    let mut text = date(last).and_text(&format!(" at {time}, {here}"));
    let mut zones: Vec<&str> = vendor
        .playbook
        .contacts
        .items()
        .iter()
        .filter_map(|contact| contact.timezone.get())
        .map(|zone| zone.0.as_str())
        .filter(|zone| *zone != here)
        .collect();
    zones.sort_unstable();
    zones.dedup();
    for there in zones {
        if let Some((day, hour)) = zone::convert(last, time, here, there) {
            text = text.and(sub(date(day).and_text(&format!(" at {hour}, {there}"))));
        }
    }
    Some(text)
}

/// The sentence that says how the dates came about, or that they are a rehearsal.
pub fn basis(vendor: &Vendor, plan: &ExitPlan) -> Html {
    let clock = &vendor.derived.clock;
    let mut lines = Vec::new();
    if plan.basis == Basis::IfToday {
        lines.push(Html::text("This vendor is not leaving. The dates are those it would have if notice were given today."));
        let how = clock.end_if_today.how().map(|how| format!("Last day: {how}."));
        lines.push(Html::text(
            &how.unwrap_or_else(|| format!("The last day cannot be worked out: {}.", clock.end_if_today.why().unwrap_or("not known"))),
        ));
    } else {
        if let (Some(day), Some(how)) = (clock.send_by.date(), clock.send_by.how()) {
            lines.push(Html::text(&format!("Send by {}: {how}.", day.long())));
        }
        if vendor.derived.termination.is_none() {
            lines.push(Html::text("The last day is not set yet, so dates that are counted from it are left blank."));
        }
    }
    html::join(lines.into_iter().map(|line| line.with_class("p", "how")), "\n")
}
