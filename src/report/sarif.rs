//! SARIF 2.1.0 (OASIS Standard, "Static Analysis Results Interchange Format"), for code scanning.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::{InPlace, Texts};
use crate::diagnostic::{Code, Diagnostic, Lines, Patch, Severity, Span, visible};
use crate::library::routes::encode;

#[derive(Serialize)]
struct Log<R> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<R>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<R> {
    tool: Value,
    column_kind: &'static str,
    results: R,
}

pub fn write(findings: &[Diagnostic], texts: &Texts, out: &mut dyn Write) -> io::Result<()> {
    let mut codes: Vec<&'static Code> = findings.iter().map(|finding| finding.code).collect();
    codes.sort_unstable_by_key(|code| code.id);
    codes.dedup();
    let places: BTreeMap<&str, usize> = codes.iter().enumerate().map(|(n, code)| (code.id, n)).collect();
    let driver = json!({
        "name": "Partwell",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": codes.into_iter().map(rule).collect::<Vec<_>>(),
    });
    let words = |finding: &Diagnostic, _: &str, lines: &Lines<'_>| result(finding, places[finding.code.id], lines);
    let results = InPlace { findings, texts, words };
    let run = Run { tool: json!({"driver": driver}), column_kind: "unicodeCodePoints", results };
    let log = Log { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn rule(code: &'static Code) -> Value {
    let manual = code.manual();
    let what: Vec<&str> = manual.lines().take_while(|line| !line.trim().is_empty()).collect();
    json!({
        "id": code.id,
        "name": code.name,
        "shortDescription": {"text": what.join(" ")},
        "help": {"text": super::manual::page(code), "markdown": manual},
        "defaultConfiguration": {"level": level(code.severity)},
    })
}

fn result(finding: &Diagnostic, rule: usize, lines: &Lines<'_>) -> Value {
    let text = match &finding.help {
        Some(help) => format!("{} {help}", finding.message),
        None => finding.message.to_string(),
    };
    let uri = json!({"uri": encode(&finding.file), "uriBaseId": "%SRCROOT%"});
    let mut result = json!({
        "ruleId": finding.code.id,
        "ruleIndex": rule,
        "level": level(finding.severity),
        "message": {"text": visible(&text)},
        "locations": [{"physicalLocation": {"artifactLocation": uri, "region": region(finding.span, lines)}}],
        "partialFingerprints": {"partwell/v1": fingerprint(finding)},
        "properties": {"field": finding.field, "vendor": finding.vendor.as_deref()},
    });
    if let Some(patch) = &finding.patch {
        result["fixes"] = json!([fix(patch, &uri, lines)]);
    }
    result
}

fn fix(patch: &Patch, uri: &Value, lines: &Lines<'_>) -> Value {
    let replacement = json!({"deletedRegion": region(patch.span, lines), "insertedContent": {"text": patch.text}});
    json!({"description": {"text": visible(&patch.says)}, "artifactChanges": [{"artifactLocation": uri, "replacements": [replacement]}]})
}

fn region(span: Span, lines: &Lines<'_>) -> Value {
    let (start, end) = (lines.position(span.start), lines.position(span.end));
    json!({"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column})
}

/// What stays the same when lines move: the file, the code and the field.
fn fingerprint(finding: &Diagnostic) -> String {
    let field = finding.field.as_deref().unwrap_or_default();
    blake3::hash(format!("{}\n{}\n{field}", finding.file, finding.code.id).as_bytes()).to_hex()[..16].to_owned()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}
