//! Nothing that stands in a file makes Partwell fall over, and nothing hostile costs more than its size.

use partwell::calendar::Date;
use partwell::formats::Collected;
use partwell::theme::Theme;
use partwell::{pipeline, source};
use proptest::prelude::*;

use crate::bundle::repository;

/// Reads and builds a project of one playbook; gives the number of findings.
fn run(playbook: &str) -> usize {
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::create_dir_all(folder.path().join("content/vendors")).unwrap();
    std::fs::write(folder.path().join("handbook.yaml"), "title: T\n").unwrap();
    std::fs::write(folder.path().join("content/vendors/a.md"), playbook).unwrap();
    let project = source::read(folder.path()).unwrap();
    let analyzed = pipeline::analyze(&project, Date::parse("2026-11-21").unwrap());
    let book = pipeline::compile(&project, analyzed.value);
    let theme = Theme::load(&project.theme, &project.config).value;
    let out = Collected::default();
    pipeline::emit(&book, &project, &theme, &out);
    assert!(out.failed.into_inner().unwrap().is_empty());
    assert!(out.files.into_inner().unwrap().contains_key("vendors/a.html"));
    let texts = pipeline::texts(&project);
    partwell::report::human(&analyzed.diagnostics, &texts, true, &mut std::io::sink()).unwrap();
    analyzed.diagnostics.len()
}

fn full_example() -> String {
    std::fs::read_to_string(repository().join("content/vendors/brightleaf.md")).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_is_answered(text in "\\PC{0,200}") {
        run(&text);
        run(&format!("---\n{text}\n---\n{text}"));
    }

    /// The full example with a piece cut out, doubled or replaced somewhere.
    #[test]
    fn any_slip_of_the_hand_is_answered(at in 0usize..9000, length in 0usize..40, with in "[\\PC\\n]{0,6}") {
        let text = full_example();
        let border = |n: usize| (n..text.len()).find(|n| text.is_char_boundary(*n)).unwrap_or(text.len());
        let (start, end) = (border(at.min(text.len())), border((at + length).min(text.len())));
        run(&format!("{}{with}{}", &text[..start], &text[end..]));
    }
}

#[test]
fn every_value_may_be_of_the_wrong_kind() {
    let text = full_example();
    let front = text.split("\n---").next().unwrap();
    let keys: Vec<(usize, &str)> = front.lines().enumerate().filter(|(_, line)| line.contains(": ")).collect();
    assert!(keys.len() > 60);
    for (n, line) in keys {
        for wrong in ["[[]]", "{a: {b: []}}", "~", "\"\"", "-1", "99999999999999999999", "2026-02-30", ".nan", "!!binary x", "*no", "'"] {
            let key = line.split(": ").next().unwrap();
            let changed: Vec<String> =
                front.lines().enumerate().map(|(m, other)| if m == n { format!("{key}: {wrong}") } else { other.to_owned() }).collect();
            run(&format!("{}\n---\n", changed.join("\n")));
        }
    }
}

#[test]
fn hostile_yaml_is_answered() {
    let laughs: String = (0..30)
        .map(|n| format!("a{}: &a{} [{}]\n", n, n, if n == 0 { "x".to_owned() } else { vec![format!("*a{}", n - 1); 9].join(", ") }))
        .collect();
    let hostile = [
        format!("---\nx-bomb:\n  {}\n---\n", laughs.replace('\n', "\n  ")),
        format!("---\ntitle: {}\n---\n", "[".repeat(100_000)),
        format!("---\n{}\n---\n", (0..66).map(|n| format!("{}a:", " ".repeat(n))).collect::<Vec<_>>().join("\n")),
        "---\ntitle: &a [*a]\n---\n".to_owned(),
        format!("---\n{}---\n", (0..60_000).map(|n| format!("x-{n}: &n{n} 1\n")).collect::<String>()),
    ];
    for text in hostile {
        assert!(run(&text) > 0);
    }
}

#[test]
fn long_bodies_are_answered() {
    let bodies = [
        "# h\n\n".repeat(20_000),
        "> ".repeat(20_000),
        format!("|{}\n|{}\n", "a|".repeat(3_000), "-|".repeat(3_000)),
        "[^1] ".repeat(5_000),
        "x".repeat(2_000_000),
    ];
    for body in bodies {
        run(&format!("---\ntitle: T\nvendor: V\nstatus: active\nowner: Ana Lee\n---\n{body}"));
    }
}
