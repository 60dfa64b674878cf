//! `handbook.json`: every vendor with its fields, derived dates, exit plan and findings. Version 1; keys
//! are only ever added. Written vendor by vendor, so a large handbook is never held whole.

use serde_json::{Map, Value, json};

use super::{Context, Format, Sink};
use crate::book::Book;
use crate::calendar::{Date, Known};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Position;
use crate::exit::{self, Anchors, Basis, ExitPlan, PlanStep, State};
use crate::library::{Protection, Vendor};
use crate::schema::{Section, When};

pub struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn emit(&self, book: &Book, _: &Context<'_>, out: &dyn Sink) {
        let config = &book.config;
        let head = json!({
            "version": 1,
            "handbook": {"id": config.id, "title": config.title, "client": config.client, "revision": book.revision},
            "as_of": book.as_of().to_string(),
            "audience": "internal",
        });
        let mut text = head.to_string();
        text.pop();
        text.push_str(",\"vendors\":[");
        for (n, one) in book.library.vendors.iter().enumerate() {
            text.push_str(if n > 0 { ",\n" } else { "\n" });
            text.push_str(&vendor(one, book.as_of()).to_string());
        }
        text.push_str("\n]}\n");
        out.put("handbook.json", text.as_bytes());
    }
}

fn vendor(vendor: &Vendor, as_of: Date) -> Value {
    let plan = exit::plan(vendor, as_of);
    json!({
        "slug": &*vendor.slug,
        "path": &*vendor.file,
        "revision": Book::revision_of(&vendor.text),
        "fields": vendor.playbook.to_json(),
        "derived": derived(vendor, as_of),
        "exit": exit_json(&plan),
        "findings": vendor.findings.iter().map(|finding| self::finding(finding, &vendor.text)).collect::<Vec<_>>(),
    })
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

fn exit_json(plan: &ExitPlan) -> Value {
    let basis = match plan.basis {
        Basis::Leaving => "leaving",
        Basis::IfToday => "if_today",
    };
    json!({"basis": basis, "anchors": anchors(&plan.anchors), "steps": plan.steps.iter().map(step).collect::<Vec<_>>()})
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

fn step(step: &PlanStep) -> Value {
    let offset = match step.when {
        Some(When::Offset(offset)) => offset.to_string().into(),
        _ => Value::Null,
    };
    let (done, reason) = match &step.state {
        State::Done(date) => (day(*date), Value::Null),
        State::Skipped(reason) => (Value::Null, reason.as_str().into()),
        State::Open => (Value::Null, Value::Null),
    };
    json!({
        "id": step.id,
        "title": step.title,
        "phase": step.phase.word(),
        "due": day(step.due),
        "if_today": day(step.if_today),
        "anchor": step.anchor.word(),
        "offset": offset,
        "moved_from": day(step.moved_from),
        "side": step.side.word(),
        "owner": step.owner,
        "with": step.with,
        "evidence": step.evidence,
        "after": step.after,
        "state": step.state.word(),
        "done": done,
        "done_by": step.done_by,
        "skip": reason,
        "overdue_days": step.overdue_days,
    })
}

/// A finding as `check --format json` and `handbook.json` tell it.
pub fn finding(finding: &Diagnostic, text: &str) -> Value {
    let start = Position::of(text, finding.span.start);
    let end = Position::of(text, finding.span.end);
    json!({
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
    })
}
