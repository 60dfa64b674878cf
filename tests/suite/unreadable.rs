//! What the pages and the sheets of a full playbook say once one value of it cannot be read: that it is not known, and
//! not what is written of somebody or something else. The cases stand in `tests/unreadable`.

use std::collections::BTreeMap;

use crate::bundle::{repository, site_of, words};

/// A case is what to write instead of what (`- FROM`, `+ TO`), and below it pages (`PAGE:`) with what stands in each and
/// what does not (`!`). Of a page only the words are looked at.
#[test]
fn an_unreadable_value_is_not_known_on_any_page() {
    let full = std::fs::read_to_string(repository().join("tests/bases/full.md")).unwrap();
    let mut missed = Vec::new();
    for file in std::fs::read_dir(repository().join("tests/unreadable")).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for case in text.split("\n\n") {
            let mut playbook = full.clone();
            let (mut from, mut pages, mut page) = ("", BTreeMap::new(), String::new());
            for line in case.lines().filter(|line| !line.starts_with('#')) {
                if let Some(old) = line.strip_prefix("- ") {
                    assert_eq!(playbook.matches(old).count(), 1, "{old}");
                    from = old;
                } else if let Some(new) = line.strip_prefix("+ ") {
                    playbook = playbook.replace(from, &new.replace("\\n", "\n"));
                } else if let Some(name) = line.strip_suffix(':').filter(|name| name.ends_with(".html") || name.ends_with(".json")) {
                    if pages.is_empty() {
                        pages = build(&playbook);
                    }
                    page = pages.get(name).unwrap_or_else(|| panic!("{case}: no {name}")).clone();
                } else {
                    let (wanted, there) = line.strip_prefix('!').map_or((line, true), |unwanted| (unwanted, false));
                    if page.contains(wanted) != there {
                        missed.push(format!(
                            "{}: {}: {wanted}",
                            case.lines().take(3).collect::<Vec<_>>().join(" "),
                            if there { "missing" } else { "not wanted" }
                        ));
                    }
                }
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// The words of every page that holds words.
fn build(playbook: &str) -> BTreeMap<String, String> {
    let files = site_of(playbook).into_iter();
    let is_read = |name: &str| name.ends_with(".html") || name == "handbook.json";
    files
        .filter(|(name, _)| is_read(name))
        .map(|(name, bytes)| {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let text = if name.ends_with(".html") { words(&text) } else { text };
            (name, text)
        })
        .collect()
}
