//! Broken projects and every finding each has to give, at its place. What the rules say about one playbook
//! is left out here: it has its own cases in `tests/rules`.

use partwell::calendar::Date;
use partwell::{pipeline, report, rules, source};

use crate::bundle::for_each;
use crate::registry::unkind;

#[test]
fn every_finding_stands_where_it_belongs() {
    for_each("findings", |bundle| {
        let folder = bundle.unpack();
        let project = source::read(folder.path()).map_err(|broken| format!("{}: {broken}", bundle.source.display()))?;
        let mut findings = match pipeline::misconfigured(&project) {
            Some(findings) => findings,
            None => pipeline::analyze(&project, Date::parse("2026-11-21").unwrap()).diagnostics,
        };
        let unkind: Vec<String> = findings.iter().filter_map(unkind).collect();
        if !unkind.is_empty() {
            return Err(format!("{}: {}", bundle.source.display(), unkind.join("\n")));
        }
        findings.retain(|finding| !is_advice(finding.code.id));
        pipeline::sort(&mut findings);
        let mut texts = pipeline::texts(&project);
        if let Some(config) = bundle.part("handbook.yaml") {
            texts.insert("handbook.yaml".into(), config.into());
        }
        let mut told = Vec::new();
        report::short(&findings, &texts, &mut told).unwrap();
        bundle.settle("expected", &String::from_utf8(told).unwrap())
    });
}

fn is_advice(code: &str) -> bool {
    rules::RULES.iter().any(|rule| rule.code.id == code && matches!(rule.check, rules::Check::Vendor(_)))
}
