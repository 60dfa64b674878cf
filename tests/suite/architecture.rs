//! What holds for the source itself.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::bundle::repository;

fn sources() -> BTreeMap<String, String> {
    let root = repository().join("src");
    let mut found = BTreeMap::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
                found.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}

/// The top-level module a file belongs to.
fn module(file: &str) -> String {
    Path::new(file).components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

#[test]
fn imports_run_one_way() {
    let sources = sources();
    let order: Vec<&str> = sources["lib.rs"].lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert!(order.len() > 10, "the map was not read");
    let place = |name: &str| order.iter().position(|known| *known == name);
    // A macro's own paths name the crate from wherever it is used.
    let mut wrong = Vec::new();
    for (file, text) in &sources {
        let here = module(file);
        let Some(own) = place(&here) else { continue };
        for (n, line) in text.lines().enumerate() {
            let used = line.match_indices("crate::").filter(|(at, _)| !line[..*at].ends_with('$')).filter_map(|(at, _)| {
                let rest = &line[at + 7..];
                let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                place(&rest[..end])
            });
            for other in used.filter(|other| *other > own) {
                wrong.push(format!("{file}:{}: {here} uses {}, which stands below it", n + 1, order[other]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_world_is_touched_only_at_the_ends() {
    let doors: &[(&str, &[&str])] = &[
        ("std::fs", &["source", "publish", "cli"]),
        ("std::env", &["cli"]),
        ("SystemTime", &["cli"]),
        ("Instant::now", &["cli", "watch"]),
        ("Timestamp::now", &[]),
        ("Zoned::now", &[]),
        ("std::net", &["serve", "cli"]),
        ("println!", &[]),
        ("unsafe ", &[]),
    ];
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        for (word, allowed) in doors {
            if text.contains(word) && !allowed.contains(&module(&file).as_str()) {
                wrong.push(format!("{file} uses {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_stay_small_and_finished() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let lines = text.lines().count();
        if lines > 400 {
            wrong.push(format!("{file} has {lines} lines"));
        }
        for word in ["TODO", "FIXME", "todo!", "unimplemented!", "dbg!", ".unwrap()", ".expect("] {
            if text.contains(word) {
                wrong.push(format!("{file} holds {word}"));
            }
        }
    }
    assert!(sources()["main.rs"].lines().count() < 30);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn templates_never_switch_escaping_off() {
    let mut seen = 0;
    for entry in fs::read_dir(repository().join("themes/default")).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "html") {
            let text = fs::read_to_string(&path).unwrap();
            seen += 1;
            assert!(!text.contains("safe") && !text.contains("autoescape"), "{}", path.display());
            // Scripts come from files of the theme, never from a page.
            let inline = text.matches("<script").count() - text.matches("<script defer src=\"{{ ").count();
            assert!(inline == 0 && !text.contains("style=\""), "{}", path.display());
        }
    }
    assert!(seen > 5);
}
