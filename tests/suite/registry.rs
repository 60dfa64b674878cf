//! The lists of the product are data, and tested as data.

use std::collections::BTreeSet;

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

#[test]
fn messages_are_short_and_kind() {
    for path in files("findings") {
        let text = std::fs::read_to_string(&path).unwrap();
        let expected = text.split("-- expected --").nth(1).unwrap_or_default();
        for line in expected.lines() {
            let message = line.splitn(5, ": ").skip(2).collect::<Vec<_>>().join(": ");
            for word in ["invalid", "must", "illegal", "error:"] {
                assert!(
                    !message.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|part| part == word),
                    "{}: {message}",
                    path.display()
                );
            }
            assert!(message.split_whitespace().count() <= 40, "{}: {message}", path.display());
        }
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
