//! The lists of the product are data, and tested as data.

use std::collections::BTreeSet;

use partwell::diagnostic::Diagnostic;
use partwell::formats::FORMATS;
use partwell::rules::{self, all_codes};
use partwell::schema::json_schema;

use crate::bundle::files;

#[test]
fn codes_are_unique_sorted_and_documented() {
    let ids: Vec<&str> = all_codes().iter().map(|code| code.id).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(ids, sorted);
    let names: BTreeSet<&str> = all_codes().iter().map(|code| code.name).collect();
    assert_eq!(names.len(), all_codes().len());
    for code in all_codes() {
        assert!(code.docs.split_whitespace().count() >= 8, "{} says too little", code.id);
    }
}

#[test]
fn every_code_is_seen_in_a_fixture() {
    let fixtures: String =
        ["findings", "cli"].iter().flat_map(|folder| files(folder)).map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let of_vendor = |id: &&str| rules::RULES.iter().any(|rule| rule.code.id == *id && matches!(rule.check, rules::Check::Vendor(_)));
    let ids = all_codes().iter().map(|code| code.id).filter(|id| !of_vendor(id));
    let unseen: Vec<&str> = ids.filter(|id| !fixtures.contains(&format!(": {id}: "))).collect();
    assert!(unseen.is_empty(), "no fixture shows {unseen:?}");
}

/// What is wrong with the words of a finding: message and help together are read once, on a hard day.
pub fn unkind(finding: &Diagnostic) -> Option<String> {
    let words = format!("{} {}", finding.message, finding.help.as_deref().unwrap_or_default());
    let harsh = ["invalid", "must", "illegal"];
    // What stands in backticks is the author's or the schema's.
    let ours: String = words.split('`').step_by(2).collect();
    let spoken: Vec<&str> = words.split_whitespace().collect();
    let harsh = harsh.into_iter().find(|harsh| ours.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| word == *harsh));
    match (harsh, spoken.len()) {
        (Some(harsh), _) => Some(format!("{} says “{harsh}”: {words}", finding.code.id)),
        (None, count) if count > 40 => Some(format!("{} has {count} words: {words}", finding.code.id)),
        _ => None,
    }
}

#[test]
fn every_field_is_documented_with_an_example() {
    let paths: BTreeSet<&str> = json_schema::entries().iter().map(|entry| entry.path.as_str()).collect();
    assert_eq!(paths.len(), json_schema::entries().len());
    assert!(paths.len() > 250);
    for entry in json_schema::entries() {
        assert!(entry.info.docs.trim().ends_with('.'), "{}: {}", entry.path, entry.info.docs);
        assert!(!entry.info.example.is_empty(), "{}", entry.path);
    }
}

#[test]
fn formats_have_names_of_their_own() {
    let names: BTreeSet<&str> = FORMATS.iter().map(|format| format.name()).collect();
    assert_eq!(names.len(), FORMATS.len());
}

#[test]
fn the_examples_of_the_schema_decode() {
    let mut yaml = String::from("---\n");
    for entry in json_schema::entries().iter().filter(|entry| entry.depth == 0 && entry.path != "successor" && entry.path != "calendar") {
        yaml.push_str(&format!("{}: {}\n", entry.path, entry.info.example));
    }
    yaml.push_str("---\n");
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::create_dir_all(folder.path().join("content/vendors")).unwrap();
    std::fs::write(folder.path().join("handbook.yaml"), "title: T\n").unwrap();
    std::fs::write(folder.path().join("content/vendors/a.md"), yaml).unwrap();
    let project = partwell::source::read(folder.path()).unwrap();
    let findings = partwell::pipeline::analyze(&project, partwell::calendar::Date::parse("2026-11-21").unwrap()).diagnostics;
    let shape: Vec<_> = findings.iter().filter(|finding| finding.code.id.starts_with("STR") && finding.code.id != "STR008").collect();
    assert!(shape.is_empty(), "{shape:#?}");
}

#[test]
fn the_printed_schema_is_whole() {
    let schema = json_schema::schema();
    let properties = schema["properties"].as_object().unwrap();
    assert_eq!(properties["title"]["description"].as_str(), Some("The heading of the page."));
    assert!(schema["definitions"]["Notice"]["properties"]["deemed"]["description"].is_string());
}
