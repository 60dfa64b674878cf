//! `handbook.json`: every vendor with its fields, derived dates, exit plan and findings. Version 1; keys
//! are only ever added. Written vendor by vendor, so a large handbook is never held whole.

use std::io::{self, Write};

use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{Context, Format, Sink};
use crate::book::Book;
use crate::calendar::{Date, Known};
use crate::diagnostic::{Diagnostic, Lines};
use crate::exit::{self, Anchors, Basis, ExitPlan, PlanStep, State};
use crate::library::{NoticeDays, Protection, Vendor};
use crate::schema::{Section, When};

pub struct Json;

const PATH: &str = "handbook.json";

/// Vendors that are put into words at once, before they are written one after another.
const AT_ONCE: usize = 64;

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn emit(&self, book: &Book, _: &Context<'_>, out: &dyn Sink) {
        out.stream(PATH, &mut |file| write(book, file));
    }

    fn emit_one(&self, path: &str, book: &Book, cx: &Context<'_>, out: &dyn Sink) {
        if path == PATH {
            self.emit(book, cx, out);
        }
    }
}

fn write(book: &Book, file: &mut dyn Write) -> io::Result<()> {
    let config = &book.config;
    let head = json!({
        "version": 1,
        "handbook": {"id": config.id, "title": config.title, "client": config.client, "revision": book.revision},
        "as_of": book.as_of().to_string(),
        "audience": "internal",
    });
    let head = head.to_string();
    write!(file, "{},\"vendors\":[", head.trim_end_matches('}'))?;
    let mut between = "\n";
    for some in book.library.vendors.chunks(AT_ONCE) {
        let texts: Vec<_> = some.par_iter().map(|one| text(one, book.as_of())).collect();
        for text in texts {
            file.write_all(between.as_bytes())?;
            file.write_all(text?.as_bytes())?;
            between = ",\n";
        }
    }
    file.write_all(b"\n]}\n")
}

#[derive(Serialize)]
struct VendorJson<'a> {
    slug: &'a str,
    path: &'a str,
    revision: &'a str,
    fields: Value,
    derived: Value,
    readiness: Value,
    exit: ExitJson<'a>,
    findings: Vec<Value>,
    waived: Vec<Value>,
}

#[derive(Serialize)]
struct ExitJson<'a> {
    basis: &'static str,
    notice: Value,
    anchors: Value,
    steps: Vec<StepJson<'a>>,
}

#[derive(Serialize)]
struct StepJson<'a> {
    id: &'a str,
    title: &'a str,
    phase: &'static str,
    due: Option<String>,
    if_today: Option<String>,
    why: Option<&'a str>,
    anchor: &'static str,
    offset: Option<String>,
    moved_from: Option<String>,
    side: &'static str,
    owner: Option<&'a str>,
    with: &'a [String],
    evidence: Option<&'a str>,
    after: &'a [String],
    state: &'static str,
    done: Option<String>,
    done_by: Option<&'a str>,
    skip: Option<&'a str>,
    overdue_days: Option<i64>,
}

fn text(vendor: &Vendor, as_of: Date) -> serde_json::Result<String> {
    let plan = exit::plan(vendor, as_of);
    serde_json::to_string(&VendorJson {
        slug: &vendor.slug,
        path: &vendor.file,
        revision: &vendor.revision,
        fields: vendor.playbook.to_json(),
        derived: derived(vendor, as_of),
        readiness: readiness(vendor, as_of),
        exit: exit_json(&plan, &vendor.derived.notice),
        findings: findings(vendor, &vendor.findings),
        waived: findings(vendor, &vendor.waived),
    })
}

fn findings(vendor: &Vendor, list: &[Diagnostic]) -> Vec<Value> {
    if list.is_empty() {
        return Vec::new();
    }
    let lines = Lines::of(&vendor.text);
    list.iter().map(|one| finding(one, &lines)).collect()
}

/// What is met of the points of an exit and of each level, and the fields that are still to be filled.
fn readiness(vendor: &Vendor, as_of: Date) -> Value {
    let exit = crate::readiness::exit(vendor, as_of);
    let gap = |gap: &crate::readiness::Gap| {
        gap.fields.iter().map(|field| json!({"check": gap.name, "field": field, "rule": gap.rule})).collect::<Vec<_>>()
    };
    let missing: Vec<Value> = exit.gaps.iter().flat_map(gap).collect();
    let levels = crate::readiness::LEVELS.iter().map(|level| {
        let (met, of, missing) = level.of(vendor, as_of);
        json!({"level": level.name, "met": met, "of": of, "missing": missing})
    });
    json!({"exit": {"met": exit.met, "of": exit.of, "missing": missing}, "levels": levels.collect::<Vec<_>>()})
}

fn derived(vendor: &Vendor, as_of: Date) -> Value {
    let derived = &vendor.derived;
    let clock = &derived.clock;
    let mut values = Map::new();
    let mut how = Map::new();
    let mut why = Map::new();
    let dates = [
        ("term_end", &clock.term_end),
        ("received_by", &clock.received_by),
        ("send_by", &clock.send_by),
        ("next_end", &clock.next_end),
        ("earliest_end", &clock.earliest_end),
    ];
    for (name, fact) in dates {
        values.insert(name.into(), day(fact.date()));
        note(name, fact, &mut how, &mut why);
    }
    let deadline = derived.deadline.value();
    values.insert("deadline".into(), day(deadline.map(|deadline| deadline.date)));
    values.insert("deadline_kind".into(), deadline.map_or(Value::Null, |deadline| deadline.kind.word().into()));
    values.insert("days_left".into(), derived.days_left(as_of).into());
    note("deadline", &derived.deadline, &mut how, &mut why);
    let protection = match derived.protection.value() {
        Some(Protection::Through(date)) => date.to_string().into(),
        Some(Protection::Perpetual) => "perpetual".into(),
        None => Value::Null,
    };
    values.insert("protection_end".into(), protection);
    note("protection_end", &derived.protection, &mut how, &mut why);
    values.insert("last_heard".into(), day(derived.last_heard));
    values.insert("how".into(), Value::Object(how));
    values.insert("why".into(), Value::Object(why));
    Value::Object(values)
}

/// The arithmetic of a fact, or the reason why it is null.
fn note<T>(name: &str, fact: &Known<T>, how: &mut Map<String, Value>, why: &mut Map<String, Value>) {
    match fact {
        Known::Yes { how: words, .. } => how.insert(name.into(), words.as_str().into()),
        Known::No { why: words } => why.insert(name.into(), words.as_str().into()),
    };
}

fn day(date: Option<Date>) -> Value {
    date.map_or(Value::Null, |date| date.to_string().into())
}

fn exit_json<'a>(plan: &'a ExitPlan, notice: &NoticeDays) -> ExitJson<'a> {
    let basis = match plan.basis {
        Basis::Leaving => "leaving",
        Basis::IfToday => "if_today",
    };
    let notice = json!({
        "send_by": day(notice.send_by.date()),
        "received_by": day(notice.received_by.date()),
        "by": notice.by.word(),
        "counted_from": if notice.is_from_last_day { "last_day" } else { "term_end" },
    });
    ExitJson { basis, notice, anchors: anchors(&plan.anchors), steps: plan.steps.iter().map(step).collect() }
}

fn anchors(anchors: &Anchors) -> Value {
    json!({
        "termination": day(anchors.termination),
        "notice": day(anchors.notice),
        "meeting": day(anchors.meeting),
        "decision": day(anchors.decision),
        "successor": day(anchors.successor),
        "invoice": day(anchors.invoice),
    })
}

fn step(step: &PlanStep) -> StepJson<'_> {
    let written = |date: Option<Date>| date.map(|date| date.to_string());
    StepJson {
        id: &step.id,
        title: &step.title,
        phase: step.phase.word(),
        due: written(step.due),
        if_today: written(step.if_today),
        why: step.why.as_deref(),
        anchor: step.anchor.word(),
        offset: step.when.and_then(|when| match when {
            When::Offset(offset) => Some(offset.to_string()),
            When::Date(_) => None,
        }),
        moved_from: written(step.moved_from),
        side: step.side.word(),
        owner: step.owner.as_deref(),
        with: &step.with,
        evidence: step.evidence.as_deref(),
        after: &step.after,
        state: step.state.word(),
        done: match step.state {
            State::Done(date) => written(date),
            _ => None,
        },
        done_by: step.done_by.as_deref(),
        skip: match &step.state {
            State::Skipped(reason) => Some(reason),
            _ => None,
        },
        overdue_days: step.overdue_days,
    }
}

/// A finding as `check --format json` and `handbook.json` tell it.
pub fn finding(finding: &Diagnostic, lines: &Lines<'_>) -> Value {
    let start = lines.position(finding.span.start);
    let end = lines.position(finding.span.end);
    let mut told = json!({
        "code": finding.code.id,
        "name": finding.code.name,
        "severity": finding.severity.word(),
        "message": crate::diagnostic::visible(&finding.message),
        "help": finding.help,
        "path": &*finding.file,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "field": finding.field,
        "vendor": finding.vendor.as_deref(),
    });
    if let Some(patch) = &finding.patch {
        let (start, end) = (lines.position(patch.span.start), lines.position(patch.span.end));
        told["patch"] = json!({
            "says": patch.says,
            "safe": patch.is_safe,
            "text": patch.text,
            "line": start.line,
            "column": start.column,
            "end_line": end.line,
            "end_column": end.column,
        });
    }
    told
}
