//! The preview remembers what it can, and never shows what a fresh build would not.

use partwell::calendar::Date;
use partwell::config::Config;
use partwell::preview::Preview;
use partwell::serve::Names;
use proptest::prelude::*;
use proptest::test_runner::{Config as Runs, TestRunner};

use crate::edits::{apply, edits, fresh, start, vendor, write};

/// Long after anything was written: what the disk says can be relied on.
const LATER: i128 = i128::MAX;

fn today() -> Date {
    Date::parse("2026-11-21").unwrap()
}

fn day(_: &Config) -> Date {
    today()
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

    write(root.path(), "handbook.yaml", "title: A great many\nbrand: {footer: Ours}\n");
    let fourth = preview.look(LATER, day).unwrap();
    let page = fourth.file("vendors/v1.html").unwrap().unwrap();
    assert!(String::from_utf8_lossy(&page.bytes).contains("A great many"));
    assert_eq!(preview.work(), (decoded + 1, made + 2), "what only pages show decodes nothing");

    write(root.path(), "handbook.yaml", "title: A great many\nweekend: [fri, sat]\n");
    preview.look(LATER, day).unwrap();
    assert_eq!(preview.work(), (2 * decoded + 1, made + 2), "what dates are counted by decodes everything");
}

/// Every file of a fresh build is the file the preview shows, byte for byte, whatever was edited before.
#[test]
fn nothing_remembered_is_stale() {
    let mut runner = TestRunner::new(Runs { cases: 40, max_shrink_iters: 40, failure_persistence: None, ..Runs::default() });
    let result = runner.run(&edits(), |edits| {
        let root = start();
        let mut preview = Preview::new(root.path());
        preview.look(LATER, day).unwrap();
        for edit in &edits {
            apply(root.path(), edit);
            let edition = preview.look(LATER, day).unwrap();
            if edition.is_held {
                continue;
            }
            let files = fresh(root.path(), today()).into_iter();
            // The manual pages of the codes are many, and all alike.
            for (path, bytes) in files.filter(|(path, _)| !path.starts_with("findings/") || path.ends_with("con001.html")) {
                let shown = edition.file(&path).map(|made| made.map(|made| made.bytes.to_vec()));
                let streamed = edition.stream(&path).map(|pieces| pieces.collect::<Vec<_>>().concat());
                prop_assert!(streamed.is_none_or(|streamed| streamed == bytes), "after {edit:?}, {path} is streamed otherwise");
                prop_assert!(shown == Some(Ok(bytes)), "after {edit:?}, {path} is not what a fresh build makes");
            }
        }
        Ok(())
    });
    result.unwrap();
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

/// Clients leave out the port of the web, and no other.
#[test]
fn it_answers_as_clients_name_it() {
    let known = |port: u16, host: &str| Names::new("127.0.0.1", port, &[], false).knows(host);
    assert!(known(80, "localhost") && known(80, "LOCALHOST:80") && known(80, "[::1]") && known(4280, "localhost:4280"));
    assert!(!known(4280, "localhost") && !known(80, "localhost:4280") && !known(80, "book.example"));
}
