//! `handbook.json`: every vendor with its fields, derived dates, exit plan and findings. Version 1; keys
//! are only ever added. Written vendor by vendor, so a large handbook is never held whole.

mod lines;

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::{Context, Format, Pieces, Sink};
use crate::book::Book;
use crate::calendar::{Date, Known};
use crate::diagnostic::{Diagnostic, Lines};
use crate::exit::{self, Anchors, Basis, ExitPlan, PlanStep, State, Words};
use crate::library::{NoticeDays, Protection, Vendor};
use crate::schema::{Section, When};

pub struct Json;

const NAME: &str = "json";
const PATH: &str = "handbook.json";

impl Format for Json {
    fn name(&self) -> &'static str {
        NAME
    }

    fn emit(&self, book: &Book, cx: &Context<'_>, out: &dyn Sink) {
        cx.of_everything(self.name(), out, &mut |out| out.stream(PATH, &mut |file| lines::write(book, cx, out, file)));
    }

    fn emit_one(&self, path: &str, book: &Book, cx: &Context<'_>, out: &dyn Sink) {
        if path == PATH {
            self.emit(book, cx, out);
        }
    }

    fn pieces(&self, path: &str, book: &Arc<Book>) -> Option<Pieces> {
        (path == PATH).then(|| -> Pieces { Box::new(lines::pieces(book.clone())) })
    }
}

#[derive(Serialize)]
struct VendorJson<'a> {
    slug: &'a str,
    path: &'a str,
    revision: &'a str,
    fields: Value,
    derived: DerivedJson<'a>,
    readiness: ReadinessJson,
    exit: ExitJson<'a>,
    findings: Vec<FindingJson<'a>>,
    waived: Vec<FindingJson<'a>>,
}

fn text(vendor: &Vendor, as_of: Date) -> serde_json::Result<Vec<u8>> {
    let plan = exit::plan(vendor, as_of);
    let lines = Lines::of(&vendor.text);
    // About as long as it comes out: nothing is moved while it grows.
    let mut out = Vec::with_capacity(vendor.text.len() * 2 + (24 << 10));
    let vendor = VendorJson {
        slug: &vendor.slug,
        path: &vendor.file,
        revision: &vendor.revision,
        fields: vendor.playbook.to_json(),
        derived: derived(vendor, as_of),
        readiness: readiness(vendor, as_of),
        exit: exit_json(&plan, &vendor.derived.notice),
        findings: findings(&vendor.findings, &lines),
        waived: findings(&vendor.waived, &lines),
    };
    serde_json::to_writer(&mut out, &vendor)?;
    Ok(out)
}

#[derive(Serialize)]
struct DerivedJson<'a> {
    term_end: Option<Date>,
    received_by: Option<Date>,
    send_by: Option<Date>,
    next_end: Option<Date>,
    earliest_end: Option<Date>,
    deadline: Option<Date>,
    deadline_kind: Option<&'static str>,
    days_left: Option<i64>,
    protection_end: Option<Cow<'static, str>>,
    last_heard: Option<Date>,
    how: Told<'a>,
    why: Told<'a>,
}

/// Words by the fact that they are about.
#[derive(Default)]
struct Told<'a>(Vec<(&'static str, &'a str)>);

impl Serialize for Told<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

fn derived(vendor: &Vendor, as_of: Date) -> DerivedJson<'_> {
    let derived = &vendor.derived;
    let clock = &derived.clock;
    let (mut how, mut why) = (Told::default(), Told::default());
    note("term_end", &clock.term_end, &mut how, &mut why);
    note("received_by", &clock.received_by, &mut how, &mut why);
    note("send_by", &clock.send_by, &mut how, &mut why);
    note("next_end", &clock.next_end, &mut how, &mut why);
    note("earliest_end", &clock.earliest_end, &mut how, &mut why);
    note("deadline", &derived.deadline, &mut how, &mut why);
    note("protection_end", &derived.protection, &mut how, &mut why);
    note("last_heard", &derived.last_heard, &mut how, &mut why);
    let deadline = derived.deadline.value();
    DerivedJson {
        term_end: clock.term_end.date(),
        received_by: clock.received_by.date(),
        send_by: clock.send_by.date(),
        next_end: clock.next_end.date(),
        earliest_end: clock.earliest_end.date(),
        deadline: deadline.map(|deadline| deadline.date),
        deadline_kind: deadline.map(|deadline| deadline.kind.word()),
        days_left: derived.days_left(as_of),
        protection_end: derived.protection.value().map(|protection| match protection {
            Protection::Through(date) => date.to_string().into(),
            Protection::Perpetual => "perpetual".into(),
        }),
        last_heard: derived.last_heard.date(),
        how,
        why,
    }
}

/// The arithmetic of a fact, or the reason why it is null.
fn note<'a, T>(name: &'static str, fact: &'a Known<T>, how: &mut Told<'a>, why: &mut Told<'a>) {
    match fact {
        Known::Yes { how: words, .. } => how.0.push((name, words)),
        Known::No { why: words } => why.0.push((name, words)),
    }
}

#[derive(Serialize)]
struct ReadinessJson {
    exit: ReadyJson,
    levels: Vec<LevelJson>,
}

#[derive(Serialize)]
struct ReadyJson {
    met: usize,
    of: usize,
    missing: Vec<MissingJson>,
}

#[derive(Serialize)]
struct MissingJson {
    check: &'static str,
    field: String,
    rule: &'static str,
}

#[derive(Serialize)]
struct LevelJson {
    level: &'static str,
    met: usize,
    of: usize,
    missing: Vec<&'static str>,
}

/// What is met of the points of an exit and of each level, and the fields that are still to be filled.
fn readiness(vendor: &Vendor, as_of: Date) -> ReadinessJson {
    let exit = crate::readiness::exit(vendor, as_of);
    let missing = exit.gaps.into_iter().flat_map(|gap| {
        let (check, rule) = (gap.name, gap.rule);
        gap.fields.into_iter().map(move |field| MissingJson { check, field, rule })
    });
    let levels = crate::readiness::LEVELS.iter().map(|level| {
        let (met, of, missing) = level.of(vendor, as_of);
        LevelJson { level: level.name, met, of, missing }
    });
    ReadinessJson { exit: ReadyJson { met: exit.met, of: exit.of, missing: missing.collect() }, levels: levels.collect() }
}

#[derive(Serialize)]
struct ExitJson<'a> {
    basis: &'static str,
    notice: NoticeJson,
    anchors: AnchorsJson,
    steps: Vec<StepJson<'a>>,
}

#[derive(Serialize)]
struct NoticeJson {
    send_by: Option<Date>,
    received_by: Option<Date>,
    by: &'static str,
    counted_from: &'static str,
}

#[derive(Serialize)]
struct AnchorsJson {
    termination: Option<Date>,
    notice: Option<Date>,
    meeting: Option<Date>,
    decision: Option<Date>,
    successor: Option<Date>,
    invoice: Option<Date>,
}

#[derive(Serialize)]
struct StepJson<'a> {
    id: &'a str,
    title: &'a str,
    phase: &'static str,
    due: Option<Date>,
    if_today: Option<Date>,
    why: Option<&'a str>,
    anchor: &'static str,
    offset: Option<String>,
    moved_from: Option<Date>,
    /// Nothing where it cannot be read.
    side: Option<&'static str>,
    owner: Option<&'a str>,
    with: &'a [String],
    evidence: Option<&'a str>,
    after: &'a [Words],
    state: &'static str,
    done: Option<Date>,
    done_by: Option<&'a str>,
    skip: Option<&'a str>,
    overdue_days: Option<i64>,
}

fn exit_json<'a>(plan: &'a ExitPlan, notice: &NoticeDays) -> ExitJson<'a> {
    let basis = match plan.basis {
        Basis::Leaving => "leaving",
        Basis::IfToday => "if_today",
    };
    let notice = NoticeJson {
        send_by: notice.send_by.date(),
        received_by: notice.received_by.date(),
        by: notice.by.word(),
        counted_from: if notice.is_from_last_day { "last_day" } else { "term_end" },
    };
    let Anchors { termination, notice: noticed, meeting, decision, successor, invoice, .. } = plan.anchors;
    let anchors = AnchorsJson { termination, notice: noticed, meeting, decision, successor, invoice };
    ExitJson { basis, notice, anchors, steps: plan.steps.iter().map(step).collect() }
}

fn step(step: &PlanStep) -> StepJson<'_> {
    StepJson {
        id: &step.id,
        title: &step.title,
        phase: step.phase.word(),
        due: step.due,
        if_today: step.if_today,
        why: step.why.as_deref(),
        anchor: step.anchor.word(),
        offset: step.when.and_then(|when| match when {
            When::Offset(offset) => Some(offset.to_string()),
            When::Date(_) => None,
        }),
        moved_from: step.moved_from,
        side: step.side.map(crate::schema::StepSide::word),
        owner: step.owner.as_ref().given().map(String::as_str),
        with: &step.with,
        evidence: step.evidence.as_deref(),
        after: &step.after,
        state: step.state.word(),
        done: match step.state {
            State::Done(date) => date,
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
#[derive(Serialize)]
pub struct FindingJson<'a> {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    message: String,
    help: Option<&'a str>,
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    field: Option<&'a str>,
    vendor: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    patch: Option<PatchJson<'a>>,
}

#[derive(Serialize)]
struct PatchJson<'a> {
    says: &'a str,
    safe: bool,
    text: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

fn findings<'a>(list: &'a [Diagnostic], lines: &Lines<'_>) -> Vec<FindingJson<'a>> {
    list.iter().map(|one| finding(one, lines)).collect()
}

pub fn finding<'a>(finding: &'a Diagnostic, lines: &Lines<'_>) -> FindingJson<'a> {
    let (start, end) = (lines.position(finding.span.start), lines.position(finding.span.end));
    let patch = finding.patch.as_ref().map(|patch| {
        let (start, end) = (lines.position(patch.span.start), lines.position(patch.span.end));
        PatchJson {
            says: &patch.says,
            safe: patch.is_safe,
            text: &patch.text,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    });
    FindingJson {
        code: finding.code.id,
        name: finding.code.name,
        severity: finding.severity.word(),
        message: crate::diagnostic::visible(&finding.message),
        help: finding.help.as_deref(),
        path: &finding.file,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        field: finding.field.as_deref(),
        vendor: finding.vendor.as_deref(),
        patch,
    }
}
