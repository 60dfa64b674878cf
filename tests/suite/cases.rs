//! Cases written as changes to a playbook of `tests/bases`.

use std::fs;

use crate::bundle::repository;

/// Says that a finding of the file's code is expected on this line.
const MARK: &str = " #~";

pub fn base(name: &str) -> String {
    fs::read_to_string(repository().join("tests/bases").join(format!("{name}.md"))).unwrap()
}

/// One case of a rule's file.
#[derive(Default)]
pub struct Case {
    pub name: String,
    pub base: String,
    pub as_of: Option<String>,
    pub handbook: Option<String>,
    at_fence: usize,
    edits: Vec<(Vec<String>, Vec<String>)>,
    /// Lines that say what else is expected.
    pub more: Vec<String>,
}

pub fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("== ") {
            cases.push(Case { name: name.to_owned(), ..Case::default() });
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        if let Some(value) = line.strip_prefix("base: ") {
            case.base = value.trim().to_owned();
        } else if let Some(value) = line.strip_prefix("as of: ") {
            case.as_of = Some(value.trim().to_owned());
        } else if let Some(value) = line.strip_prefix("handbook: ") {
            case.handbook = Some(value.trim().to_owned());
        } else if line.trim() == "at the fence" {
            case.at_fence += 1;
        } else if let Some(old) = line.strip_prefix("- ").or((line == "-").then_some("")) {
            if case.edits.last().is_none_or(|(_, new)| !new.is_empty()) {
                case.edits.push((Vec::new(), Vec::new()));
            }
            case.edits.last_mut().unwrap().0.push(old.to_owned());
        } else if let Some(new) = line.strip_prefix("+ ").or((line == "+").then_some("")) {
            if case.edits.is_empty() {
                case.edits.push((Vec::new(), Vec::new()));
            }
            case.edits.last_mut().unwrap().1.push(new.to_owned());
        } else {
            case.more.extend(Some(line.trim().to_owned()).filter(|line| !line.is_empty()));
        }
    }
    cases
}

/// The playbook of a case without its marks, and the lines that carry one.
pub fn playbook(case: &Case) -> Result<(String, Vec<usize>), String> {
    let mut text = if case.base == "none" { String::new() } else { base(&case.base) };
    for (old, new) in &case.edits {
        let (old, new) = (old.join("\n"), new.join("\n"));
        if case.base == "none" {
            text = format!("{new}\n");
            continue;
        }
        if text.matches(&old).count() != 1 {
            return Err(format!("{:?} occurs {} times", old, text.matches(&old).count()));
        }
        text = text.replacen(&old, &new, 1);
    }
    let mut marked = vec![1; case.at_fence];
    let mut plain = String::new();
    for (n, line) in text.lines().enumerate() {
        let mut line = line;
        while let Some(rest) = line.strip_suffix(MARK) {
            marked.push(n + 1);
            line = rest;
        }
        plain.push_str(line);
        plain.push('\n');
    }
    marked.sort_unstable();
    Ok((plain, marked))
}
