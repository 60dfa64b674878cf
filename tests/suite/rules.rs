//! The rule book: each rule's cases in `tests/rules`, and the examples of every manual page.

use std::fs;
use std::path::Path;

use partwell::calendar::Date;
use partwell::diagnostic::{Diagnostic, Lines};
use partwell::{pipeline, rules, source};
use tempfile::TempDir;

use crate::bundle::{files, repository};
use crate::cases::{Case, base, cases, playbook};
use crate::registry::unkind;

const AS_OF: &str = "2026-11-21";

/// Everything found in a project made of a configuration and some playbooks.
fn findings(handbook: &str, playbooks: &[(String, String)], as_of: &str) -> Vec<Diagnostic> {
    let folder = TempDir::new().unwrap();
    let vendors = folder.path().join("content/vendors");
    fs::create_dir_all(&vendors).unwrap();
    fs::write(folder.path().join("handbook.yaml"), handbook).unwrap();
    for (name, text) in playbooks {
        fs::write(vendors.join(name), text).unwrap();
    }
    let project = source::read(folder.path()).unwrap();
    match pipeline::misconfigured(&project) {
        Some(findings) => findings,
        None => pipeline::analyze(&project, Date::parse(as_of).unwrap()).diagnostics,
    }
}

fn run(code: &str, case: &Case) -> Result<(), String> {
    let (text, marked) = playbook(case)?;
    let handbook = match &case.handbook {
        Some(keys) => format!("{{title: T, {}\n", keys.trim_start_matches('{')),
        None => "title: T\n".to_owned(),
    };
    let found = findings(&handbook, &[("a.md".to_owned(), text.clone())], case.as_of.as_deref().unwrap_or(AS_OF));
    if let Some(odd) = found.iter().find(|finding| finding.file.starts_with("handbook") && finding.code.id != "CFG009") {
        return Err(format!("handbook.yaml: {}", odd.message));
    }
    if let Some(unkind) = found.iter().find_map(unkind) {
        return Err(unkind);
    }
    patches_settle(code, &handbook, &text, case, &found)?;
    let lines = Lines::of(&text);
    let mut told: Vec<usize> =
        found.iter().filter(|finding| finding.code.id == code).map(|finding| lines.position(finding.span.start).line).collect();
    told.sort_unstable();
    if told == marked { Ok(()) } else { Err(format!("expected on lines {marked:?}, told on {told:?}")) }
}

#[test]
fn each_rule_speaks_where_it_should_and_only_there() {
    let mut wrong = Vec::new();
    let mut seen = Vec::new();
    for path in files("rules") {
        let code = path.file_stem().unwrap().to_string_lossy().into_owned();
        let cases = cases(&fs::read_to_string(&path).unwrap());
        let fires = cases.iter().filter(|case| playbook(case).is_ok_and(|(_, marked)| !marked.is_empty())).count();
        let near = |case: &&Case| case.base == "full" && playbook(case).is_ok_and(|(_, marked)| marked.is_empty());
        if fires < 2 || cases.iter().filter(near).count() < 2 {
            wrong.push(format!(
                "{code}: {fires} of {} cases fire, {} near misses of the full example",
                cases.len(),
                cases.iter().filter(near).count()
            ));
        }
        for case in &cases {
            if let Err(why) = run(&code, case) {
                wrong.push(format!("{code} == {}: {why}", case.name));
            }
        }
        seen.push(code);
    }
    let of_vendors = rules::RULES.iter().filter(|rule| matches!(rule.check, rules::Check::Vendor(_)));
    for rule in of_vendors.filter(|rule| !seen.iter().any(|code| code == rule.code.id)) {
        wrong.push(format!("{} has no cases in tests/rules", rule.code.id));
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The change a finding suggests settles it, and breaks nothing else.
fn patches_settle(code: &str, handbook: &str, text: &str, case: &Case, found: &[Diagnostic]) -> Result<(), String> {
    let count = |found: &[Diagnostic]| found.iter().filter(|finding| finding.code.id == code).count();
    let broken = |found: &[Diagnostic]| found.iter().filter(|finding| finding.code.id.starts_with("STR")).count();
    for finding in found.iter().filter(|finding| finding.code.id == code) {
        let Some(patch) = finding.patch.as_ref().filter(|patch| !patch.text.contains("...")) else { continue };
        let (before, after) = (&text[..patch.span.start as usize], &text[patch.span.end as usize..]);
        let changed = format!("{before}{}{after}", patch.text);
        let then = findings(handbook, &[("a.md".to_owned(), changed.clone())], case.as_of.as_deref().unwrap_or(AS_OF));
        if broken(&then) > broken(found) || count(&then) >= count(found) {
            return Err(format!("the change {:?} does not settle it: {changed}", patch.says));
        }
    }
    Ok(())
}

/// A fenced block of a manual page: its heading, what the fence says, and its text.
struct Block {
    heading: String,
    fence: String,
    text: String,
}

fn blocks(manual: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let (mut heading, mut open) = (String::new(), false);
    for line in manual.lines() {
        if let Some(fence) = line.strip_prefix("```") {
            if !open {
                blocks.push(Block { heading: heading.clone(), fence: fence.trim().to_owned(), text: String::new() });
            }
            open = !open;
        } else if open {
            blocks.last_mut().unwrap().text.push_str(&format!("{line}\n"));
        } else if let Some(title) = line.strip_prefix("## ") {
            heading = title.to_owned();
        }
    }
    blocks
}

/// The top-level parts of a text of YAML: each key with all its lines.
fn parts(yaml: &str) -> Vec<(String, String)> {
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in yaml.lines() {
        let begins = !line.starts_with([' ', '-', '#', '\t', '}', ']']) && line.contains(':');
        match parts.last_mut() {
            Some((_, text)) if !begins => text.push_str(&format!("{line}\n")),
            _ => parts.push((line.split(':').next().unwrap_or_default().to_owned(), format!("{line}\n"))),
        }
    }
    parts
}

/// The calm base with the parts of a block laid over it, key by key.
fn laid_over(block: &str) -> String {
    let calm = base("calm");
    let inside = calm.trim_start_matches("---\n").trim_end_matches("---\n");
    let without: Vec<&str> = block.lines().filter_map(|line| line.strip_prefix("# without ")).collect();
    let mut all = parts(inside);
    all.retain(|(key, _)| !without.contains(&key.as_str()));
    for (key, text) in
        parts(&block.lines().filter(|line| !line.starts_with("# without ")).map(|line| format!("{line}\n")).collect::<String>())
    {
        match all.iter_mut().find(|(known, _)| *known == key) {
            Some(known) => known.1 = text,
            None => all.push((key, text)),
        }
    }
    format!("---\n{}---\n", all.into_iter().map(|(_, text)| text).collect::<String>())
}

/// What a block of a manual page gives; nothing where it cannot be run.
fn run_block(block: &Block) -> Option<Vec<Diagnostic>> {
    let calm = || vec![("a.md".to_owned(), base("calm"))];
    match block.fence.as_str() {
        "yaml handbook" => {
            let keys = parts(&block.text);
            let title = if keys.iter().any(|(key, _)| key == "title") { "" } else { "title: T\n" };
            Some(findings(&format!("{title}{}", block.text), &calm(), AS_OF))
        }
        "markdown" => Some(findings("title: T\n", &[("a.md".to_owned(), format!("{}\n{}", base("calm"), block.text))], AS_OF)),
        "yaml" => {
            let mut several: Vec<(String, String)> = Vec::new();
            for line in block.text.lines() {
                match (line.strip_prefix("# ").filter(|name| name.ends_with(".md")), several.last_mut()) {
                    (Some(name), _) => several.push((name.to_owned(), String::new())),
                    (None, Some((_, text))) => text.push_str(&format!("{line}\n")),
                    (None, None) => several.push(("a.md".to_owned(), format!("{line}\n"))),
                }
            }
            let playbooks: Vec<(String, String)> = several.into_iter().map(|(name, text)| (name, laid_over(&text))).collect();
            Some(findings("title: T\n", &playbooks, AS_OF))
        }
        _ => None,
    }
}

#[test]
fn the_examples_of_every_manual_page_do_what_they_say() {
    let mut wrong = Vec::new();
    let mut ran = 0;
    for code in rules::all_codes() {
        let manual = code.manual();
        let headings: Vec<&str> = manual.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        if headings != ["Why it matters", "Fires", "Put right"] {
            wrong.push(format!("{}: its headings are {headings:?}", code.id));
        }
        for block in blocks(&manual) {
            let Some(found) = run_block(&block) else { continue };
            ran += 1;
            let told: Vec<&str> = found.iter().map(|finding| finding.code.id).collect();
            let right = match block.heading.as_str() {
                "Fires" => !told.is_empty() && told.iter().all(|id| *id == code.id),
                _ => told.is_empty(),
            };
            if !right {
                let said: Vec<String> = found.iter().map(|finding| format!("{} {}", finding.code.id, finding.message)).collect();
                wrong.push(format!("{} {}: {said:?}", code.id, block.heading));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(ran > 2 * rules::RULES.len() - 4, "only {ran} examples ran");
}

#[test]
fn the_bases_are_as_they_are_said_to_be() {
    let codes = |name: &str| {
        let found = findings("title: T\n", &[("a.md".to_owned(), base(name))], AS_OF);
        found.iter().map(|finding| finding.code.id).collect::<Vec<_>>()
    };
    assert_eq!(codes("calm"), Vec::<&str>::new());
    assert_eq!(codes("minimal"), Vec::<&str>::new());
    assert_eq!(codes("full"), ["CON005", "ACC004"]);
}

#[test]
fn a_rule_is_one_file_in_order() {
    let ids: Vec<&str> = rules::RULES.iter().map(|rule| rule.code.id).collect();
    assert!(ids.is_sorted() && ids.len() >= 60);
    let folder = repository().join("src/rules");
    for rule in rules::RULES {
        let stem = format!("{}_{}", rule.code.id, rule.code.name.replace('-', "_")).to_lowercase();
        assert!(Path::new(&folder).join(format!("{stem}.rs")).is_file(), "{stem}.rs");
    }
}
