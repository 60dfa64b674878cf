//! The preview remembers what it can, and never shows what a fresh build would not.

use std::fs;
use std::path::Path;

use partwell::calendar::Date;
use partwell::config::Config;
use partwell::formats::Collected;
use partwell::preview::Preview;
use partwell::theme::Theme;
use partwell::{pipeline, source};
use proptest::prelude::*;
use proptest::test_runner::{Config as Runs, TestRunner};

/// Long after anything was written: what the disk says can be relied on.
const LATER: i128 = i128::MAX;

fn day(_: &Config) -> Date {
    Date::parse("2026-11-21").unwrap()
}

fn write(root: &Path, name: &str, text: &str) {
    let path = root.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn vendor(n: usize, status: &str, prose: &str) -> String {
    let next = if n < 4 { format!("kind: vendor, playbook: v{}", n + 1) } else { "kind: in_house".to_owned() };
    format!(
        "---\ntitle: Vendor {n}\nvendor: Firm {n}\nstatus: {status}\nowner: dana\ncontacts:\n  \
         - {{id: dana, name: Dana Reyes, role: owner, side: client, email: dana@harbor.example}}\n  \
         - {{name: Kim {n}, role: account_manager, email: kim@firm.example}}\n\
         contract: {{type: standalone, start: 2026-01-12, term: 12mo, renewal: {{kind: auto, term: 12mo}}, notice: 30d}}\n\
         successor: {{{next}}}\n---\n\n## Notes\n\n{prose}\n"
    )
}

/// One saved body among ten thousand is one decoded file, and a page that does not show it is not made again.
#[test]
fn a_save_costs_its_own_file() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "handbook.yaml", "title: Many\n");
    for n in 0..10_000 {
        write(
            root.path(),
            &format!("content/vendors/v{n}.md"),
            &format!("---\ntitle: V{n}\nvendor: Firm {n}\nstatus: prospect\nowner: Dana\n---\n\nText.\n"),
        );
    }
    let mut preview = Preview::new(root.path());
    let first = preview.look(LATER, day).unwrap();
    assert!(first.file("vendors/v1.html").unwrap().is_ok() && first.file("vendors/v7000.html").unwrap().is_ok());
    let (decoded, made) = preview.work();
    assert_eq!((decoded, made), (10_000, 2));

    write(
        root.path(),
        "content/vendors/v7000.md",
        "---\ntitle: V7000\nvendor: Firm 7000\nstatus: prospect\nowner: Dana\n---\n\nOther text.\n",
    );
    let second = preview.look(LATER, day).unwrap();
    assert!(second.number > first.number);
    let other = second.file("vendors/v7000.html").unwrap().unwrap();
    assert!(String::from_utf8_lossy(&other.bytes).contains("Other text."));
    assert!(second.file("vendors/v1.html").unwrap().is_ok());
    assert_eq!(preview.work(), (decoded + 1, made + 1), "one file is decoded and one page made");

    let third = preview.look(LATER, day).unwrap();
    assert_eq!(third.number, second.number, "nothing has changed, and nothing is made");
    assert_eq!(preview.work(), (decoded + 1, made + 1));
}

/// One thing a person may do to the files of a handbook.
#[derive(Debug, Clone)]
enum Edit {
    Body(usize, u8),
    Status(usize, usize),
    Break(usize),
    Remove(usize),
    Alias(usize),
    Page(u8),
    PageTitle(u8),
    Rename(bool),
    Configure(usize),
    Theme(u8),
    Picture(u8),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let one = prop_oneof![
        (0..5usize, 0..4u8).prop_map(|(n, word)| Edit::Body(n, word)),
        (0..5usize, 0..4usize).prop_map(|(n, status)| Edit::Status(n, status)),
        (0..5usize).prop_map(Edit::Break),
        (0..5usize).prop_map(Edit::Remove),
        (0..5usize).prop_map(Edit::Alias),
        (0..4u8).prop_map(Edit::Page),
        (0..4u8).prop_map(Edit::PageTitle),
        any::<bool>().prop_map(Edit::Rename),
        (0..4usize).prop_map(Edit::Configure),
        (0..3u8).prop_map(Edit::Theme),
        (0..3u8).prop_map(Edit::Picture),
    ];
    proptest::collection::vec(one, 1..8)
}

fn apply(root: &Path, edit: &Edit) {
    let file = |n: usize| format!("content/vendors/v{n}.md");
    let body = |word: u8| {
        format!("Word {word}. See [the next](v2.md#place-{word}) and ![it](../p.svg).\n\n### Place {word}\n\n```bash\necho {word}\n```")
    };
    match edit {
        Edit::Body(n, word) => write(root, &file(*n), &vendor(*n, "active", &body(*word))),
        Edit::Status(n, status) => write(root, &file(*n), &vendor(*n, ["prospect", "active", "at_risk", "ended"][*status], "Text.")),
        Edit::Break(n) => write(root, &file(*n), "---\ntitle: [\n---\n"),
        Edit::Remove(n) => drop(fs::remove_file(root.join(file(*n)))),
        Edit::Alias(n) => write(root, &file(*n), &vendor(*n, "active", "Text.").replace("\ntitle", "\naliases: [vendors/old.html]\ntitle")),
        Edit::Page(word) => write(root, "content/guide.md", &format!("# Guide\n\nWord {word}, [one](vendors/v1.md).\n")),
        Edit::PageTitle(word) => {
            write(root, "content/guide.md", &format!("---\ntitle: Guide {word}\nabout: [contract]\norder: {word}\n---\nText.\n"))
        }
        Edit::Rename(away) => {
            let (from, to) =
                if *away { ("content/guide.md", "content/more/guide.md") } else { ("content/more/guide.md", "content/guide.md") };
            fs::create_dir_all(root.join("content/more")).unwrap();
            let _ = fs::rename(root.join(from), root.join(to));
        }
        Edit::Configure(n) => {
            let more = ["", "rules: {COM001: off}\n", "pdf: all\n", "client: Harbor\ntheme: ours\n"][*n];
            write(root, "handbook.yaml", &format!("title: Few\n{more}"));
        }
        Edit::Theme(n) => write(root, "themes/ours/site.css", &format!("body {{ margin: {n}px }}\n")),
        Edit::Picture(n) => write(root, "content/p.svg", &format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{n}\"/>")),
    }
}

/// Every file of a fresh build is the file the preview shows, byte for byte, whatever was edited before.
#[test]
fn nothing_remembered_is_stale() {
    let mut runner = TestRunner::new(Runs { cases: 40, max_shrink_iters: 40, failure_persistence: None, ..Runs::default() });
    let result = runner.run(&edits(), |edits| {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "handbook.yaml", "title: Few\ntheme: ours\n");
        write(root.path(), "content/index.md", "# Home\n");
        write(root.path(), "content/findings.md", "---\ntitle: Findings\nshows: findings\n---\n");
        (0..5).for_each(|n| write(root.path(), &format!("content/vendors/v{n}.md"), &vendor(n, "active", "Text.")));
        write(root.path(), "themes/ours/site.css", "body {}\n");
        let mut preview = Preview::new(root.path());
        preview.look(LATER, day).unwrap();
        for edit in &edits {
            apply(root.path(), edit);
            let edition = preview.look(LATER, day).unwrap();
            if edition.is_held {
                continue;
            }
            for (path, bytes) in fresh(root.path()) {
                let shown = edition.file(&path).map(|made| made.map(|made| made.bytes.to_vec()));
                prop_assert!(shown == Some(Ok(bytes)), "after {edit:?}, {path} is not what a fresh build makes");
            }
        }
        Ok(())
    });
    result.unwrap();
}

/// Pages of the whole site, but for the manual pages of the codes, which are many and all alike.
fn fresh(root: &Path) -> Vec<(String, Vec<u8>)> {
    let project = source::read(root).unwrap();
    let theme = Theme::load(&project.theme, &project.config).value;
    let library = pipeline::analyze(&project, day(&project.config)).value;
    let book = pipeline::compile(&project, library);
    let out = Collected::default();
    pipeline::emit(&book, &project, &theme, &out);
    let files = out.files.into_inner().unwrap().into_iter();
    files.filter(|(path, _)| !path.starts_with("findings/") || path.ends_with("con001.html")).collect()
}

/// What is broken keeps its last good page, the rest goes on, and mending it brings everything back.
#[test]
fn what_is_broken_keeps_its_last_good_page() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "handbook.yaml", "title: Few\n");
    (0..5).for_each(|n| write(root.path(), &format!("content/vendors/v{n}.md"), &vendor(n, "active", "First words.")));
    let mut preview = Preview::new(root.path());
    preview.look(LATER, day).unwrap();
    let page = |edition: &partwell::preview::Edition, path: &str| {
        String::from_utf8_lossy(&edition.file(path).unwrap().unwrap().bytes).into_owned()
    };
    for broken in ["", "---\n", "---\ntitle: Half", "---\ntitle: [\n---\n", "no front matter"] {
        write(root.path(), "content/vendors/v1.md", broken);
        write(root.path(), "content/vendors/v2.md", &vendor(2, "active", &format!("Now {}.", broken.len())));
        let edition = preview.look(LATER, day).unwrap();
        assert!(edition.is_held, "{broken:?}");
        assert!(page(&edition, "vendors/v1.html").contains("First words."), "{broken:?}");
        assert!(page(&edition, "vendors/v2.html").contains(&format!("Now {}.", broken.len())), "{broken:?}");
        let told: Vec<&str> = edition.urgent.iter().map(|problem| problem.path.as_str()).collect();
        assert!(!told.is_empty() && told.iter().all(|path| *path == "content/vendors/v1.md"), "{broken:?}: {told:?}");
    }
    let secret = vendor(1, "active", &format!("AKIA{}", "IOSFODNN7EXAMPLQ"));
    write(root.path(), "content/vendors/v1.md", &secret);
    let edition = preview.look(LATER, day).unwrap();
    assert!(edition.is_held && page(&edition, "vendors/v1.html").contains("First words."), "{:?}", edition.urgent);

    write(root.path(), "handbook.yaml", "title: [\n");
    assert!(page(&preview.look(LATER, day).unwrap(), "vendors/v0.html").contains("First words."));
    write(root.path(), "handbook.yaml", "title: Few\n");
    write(root.path(), "content/vendors/v1.md", &vendor(1, "active", "Mended."));
    let edition = preview.look(LATER, day).unwrap();
    assert!(!edition.is_held && edition.urgent.is_empty(), "{:?}", edition.urgent);
    assert!(page(&edition, "vendors/v1.html").contains("Mended."));
}

/// A handbook that cannot be shown yet is waited for.
#[test]
fn a_preview_starts_on_broken_content() {
    let root = tempfile::tempdir().unwrap();
    let mut preview = Preview::new(root.path());
    let edition = preview.look(LATER, day).unwrap();
    assert!(!edition.is_shown() && edition.urgent.len() == 1 && edition.file("index.html").is_none());
    write(root.path(), "handbook.yaml", "title: T\n");
    write(root.path(), "content/vendors/a.md", "---\ntitle: [\n---\n");
    let edition = preview.look(LATER, day).unwrap();
    assert!(edition.is_shown() && !edition.is_held && !edition.urgent.is_empty(), "{:?}", edition.urgent);
    assert!(edition.file("index.html").unwrap().is_ok());
}
