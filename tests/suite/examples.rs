//! The handbook of this repository and every example: read, checked and built whole.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use crate::bundle::repository;

fn projects() -> Vec<PathBuf> {
    let examples = repository().join("examples");
    let mut all: Vec<PathBuf> = fs::read_dir(examples).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.sort();
    assert!(all.len() >= 3);
    all.push(repository());
    all
}

fn partwell(arguments: &[&str]) -> (i32, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_partwell")).args(arguments).env("NO_COLOR", "1").env_remove("SOURCE_DATE_EPOCH").output().unwrap();
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn every_project_checks_and_builds() {
    for project in projects() {
        let root = project.to_string_lossy().into_owned();
        let (code, said) = partwell(&["check", "--root", &root]);
        assert_eq!(code, 0, "{root}: {said}");
        let out = TempDir::new().unwrap();
        let site = out.path().join("site");
        let (code, said) = partwell(&["build", "--root", &root, "--out", &site.to_string_lossy()]);
        assert_eq!(code, 0, "{root}: {said}");
        let playbooks = fs::read_dir(site.join("vendors")).unwrap().count();
        assert!(playbooks > 0 && site.join("handbook.json").is_file());
    }
}

/// The examples have no finding; the handbook has those it shows on purpose, and says so on its first page.
#[test]
fn findings_are_there_only_on_purpose() {
    for project in projects() {
        let root = project.to_string_lossy().into_owned();
        let out = Command::new(env!("CARGO_BIN_EXE_partwell")).args(["check", "--root", &root, "--format", "json"]).output().unwrap();
        let told: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
        let mut codes: Vec<String> = told["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| format!("{} {}", one["vendor"].as_str().unwrap_or_default(), one["code"].as_str().unwrap()))
            .collect();
        codes.sort();
        if project != repository() {
            assert!(codes.is_empty(), "{root}: {codes:?}");
            continue;
        }
        let expected = [
            "brightleaf ACC004",
            "brightleaf CON005",
            "fernhill ACC005",
            "fernhill COM001",
            "fernhill COM002",
            "fernhill COM003",
            "fernhill EXP001",
            "fernhill EXP002",
            "packright COM004",
            "packright SLA003",
            "packright SLA004",
        ];
        assert_eq!(codes, expected);
        let home = fs::read_to_string(repository().join("content/index.md")).unwrap();
        for line in expected {
            let (vendor, code) = line.split_once(' ').unwrap();
            assert!(home.lines().any(|line| line.contains(&format!("{vendor}.md")) && line.contains(code)), "{line}");
        }
    }
}

/// The dates printed in the handbook's full example, worked out by hand.
#[test]
fn the_full_example_has_its_dates() {
    let out = TempDir::new().unwrap();
    let site = out.path().join("site");
    let root = repository().to_string_lossy().into_owned();
    let (code, said) = partwell(&["build", "--root", &root, "--out", &site.to_string_lossy(), "--as-of", "2026-11-21"]);
    assert_eq!(code, 0, "{said}");
    let handbook: serde_json::Value = serde_json::from_slice(&fs::read(site.join("handbook.json")).unwrap()).unwrap();
    let vendor = handbook["vendors"].as_array().unwrap().iter().find(|vendor| vendor["slug"] == "brightleaf").unwrap();
    let derived = [
        ("term_end", "2027-01-11"),
        ("received_by", "2026-12-11"),
        ("send_by", "2026-12-10"),
        ("next_end", "2028-01-11"),
        ("protection_end", "2030-01-11"),
    ];
    for (name, day) in derived {
        assert_eq!(vendor["derived"][name], day, "{name}");
    }
    let steps = vendor["exit"]["steps"].as_array().unwrap();
    let due = |id: &str| {
        steps.iter().find(|step| step["id"] == id).unwrap_or_else(|| panic!("no step {id}"))["due"].as_str().unwrap_or("none").to_owned()
    };
    let expected = fs::read_to_string(repository().join("tests/dates/exit-example.csv")).unwrap();
    let mut count = 0;
    for line in expected.lines().skip(1) {
        let (id, day) = line.split_once(',').unwrap();
        assert_eq!(due(id), day, "{id}");
        count += 1;
    }
    assert!(count > 36);
}

#[test]
fn a_new_handbook_and_a_new_playbook_have_no_findings() {
    let folder = TempDir::new().unwrap();
    let root = folder.path().join("book").to_string_lossy().into_owned();
    assert_eq!(partwell(&["init", &root]).0, 0);
    assert_eq!(partwell(&["new", "vendor", "Zoë \"Q\" O'Hara: Söhne & Co", "--root", &root, "--owner", "Ana: Lee"]).0, 0);
    let (code, said) = partwell(&["check", "--strict", "--root", &root]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("Checked 2 playbooks"), "{said}");
    assert_eq!(partwell(&["build", "--root", &root]).0, 0);
    assert_eq!(partwell(&["init", &root]).0, 2);
    assert_eq!(partwell(&["new", "vendor", "Zoe Q Ohara Sohne Co", "--root", &root]).0, 2);
}
