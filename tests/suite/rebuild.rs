//! Building over a site that stands there leaves what is the same alone, and never leaves what is not.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use partwell::calendar::Date;
use partwell::formats::{Earlier, Sink};
use partwell::memo::Digest;
use partwell::pipeline::{self, Memo};
use partwell::publish::{Output, Published, Publisher};
use partwell::source::{self, Broken};
use partwell::theme::Theme;
use proptest::prelude::*;
use proptest::test_runner::{Config as Runs, TestRunner};
use walkdir::WalkDir;

use crate::edits::{apply, edits, fresh, start, vendor, write};

fn day() -> Date {
    Date::parse("2026-11-21").unwrap()
}

/// Hands everything on, and counts how often something had to be made.
struct Counting<'p> {
    inner: &'p Publisher,
    made: AtomicUsize,
}

impl Sink for Counting<'_> {
    fn put(&self, path: &str, bytes: &[u8]) {
        self.inner.put(path, bytes);
    }

    fn stream(&self, path: &str, write: &mut dyn FnMut(&mut (dyn Write + Send)) -> io::Result<()>) {
        self.inner.stream(path, write);
    }

    fn made_from(&self, name: &str, from: &Digest, make: &mut dyn FnMut(&dyn Sink)) {
        self.inner.made_from(name, from, &mut |out| {
            self.made.fetch_add(1, Ordering::Relaxed);
            make(out);
        });
    }

    fn note(&self, note: String) {
        self.inner.note(note);
    }

    fn fail(&self, broken: Broken) {
        self.inner.fail(broken);
    }

    fn earlier(&self) -> Option<&dyn Earlier> {
        self.inner.earlier()
    }
}

/// Builds over what stands there, as a program would; nothing where the content does not let it.
fn build(root: &Path, program: u8) -> Option<(Published, usize)> {
    let project = source::read(root).unwrap();
    let theme = Theme::load(&project.theme, &project.config).value;
    let analysis = pipeline::examine(&project, day(), &Memo::default());
    if pipeline::misconfigured(&project).is_some() || pipeline::is_blocked(analysis.findings()) {
        return None;
    }
    let frame = analysis.frame;
    let book = pipeline::compile(&project, analysis.library);
    let bases = pipeline::bases(&book, &project, &[program; 32], &frame);
    let publisher = Publisher::begin(&root.join("site"), root, None, "internal", Output::Site, || {}).unwrap();
    let counting = Counting { inner: &publisher, made: AtomicUsize::new(0) };
    pipeline::emit_new(&book, &project, &theme, &bases, &counting, &|_, make| make());
    let made = counting.made.into_inner();
    Some((publisher.finish().unwrap(), made))
}

/// The files of the site, but for the manifest.
fn standing(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let site = root.join("site");
    let files = WalkDir::new(&site).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let named =
        files.map(|entry| (entry.path().strip_prefix(&site).unwrap().to_str().unwrap().to_owned(), fs::read(entry.path()).unwrap()));
    named.filter(|(name, _)| !name.starts_with(".partwell")).collect()
}

/// What somebody may do to the site between two builds.
fn tamper(root: &Path, seed: usize) {
    let files = standing(root);
    let Some((name, bytes)) = files.iter().nth(seed * 7 % files.len().max(1)) else { return };
    let path = root.join("site").join(name);
    match seed % 4 {
        0 => fs::write(path, [&bytes[..], b"more"].concat()).unwrap(),
        1 => fs::write(path, bytes.iter().map(|byte| byte ^ 1).collect::<Vec<u8>>()).unwrap(),
        2 => fs::remove_file(path).unwrap(),
        _ => {}
    }
}

/// After any edits of the content, and of the site itself, building over it gives what a fresh build gives.
#[test]
fn nothing_that_stands_there_is_stale() {
    let mut runner = TestRunner::new(Runs { cases: 40, max_shrink_iters: 40, failure_persistence: None, ..Runs::default() });
    let result = runner.run(&(edits(), proptest::collection::vec(0..40usize, 8)), |(edits, seeds)| {
        let root = start();
        build(root.path(), 0);
        for (edit, seed) in edits.iter().zip(seeds) {
            apply(root.path(), edit);
            tamper(root.path(), seed);
            if build(root.path(), (seed % 11 / 10) as u8).is_none() {
                continue;
            }
            let (stands, fresh) = (standing(root.path()), fresh(root.path(), day()));
            for (path, bytes) in &fresh {
                prop_assert!(stands.get(path) == Some(bytes), "after {edit:?} and {seed}, {path} is not what a fresh build makes");
            }
            prop_assert_eq!(stands.len(), fresh.len());
        }
        Ok(())
    });
    result.unwrap();
}

/// Words and texts of the search that are taken from the scripts of the last time are those that would be made, whatever
/// was saved, and whatever became of the scripts.
#[test]
fn what_is_read_back_of_the_search_is_what_would_be_made() {
    let root = tempfile::tempdir().unwrap();
    let file = |n: usize| format!("content/vendors/v{n:03}.md");
    let words = |n: usize, more: &str| (0..400).map(|k| format!("w{}x{} ", (n * 7 + k * 13) % 2_999, k % 17)).collect::<String>() + more;
    write(root.path(), "handbook.yaml", "title: Many\n");
    write(root.path(), "content/guide.md", "# Guide\n\nWords of a guide.\n");
    (0..130).for_each(|n| write(root.path(), &file(n), &vendor(n + 10, ["active", "ended"][n % 2], &words(n, ""))));
    build(root.path(), 0).unwrap();
    let scripts = |letter: &str| {
        let files = standing(root.path()).into_keys().filter(|name| name.starts_with(&format!("assets/search/{letter}")));
        files.map(|name| root.path().join("site").join(name)).collect::<Vec<_>>()
    };
    assert!(scripts("w").len() > 3, "words are cut into several files");
    let steps: [(&str, &dyn Fn()); 9] = [
        ("a word comes", &|| write(root.path(), &file(40), &vendor(50, "active", &words(40, "zebra Ünïcode 漢字")))),
        ("it goes", &|| write(root.path(), &file(40), &vendor(50, "active", &words(40, "")))),
        ("a name changes", &|| write(root.path(), &file(0), &vendor(500, "active", "Few words."))),
        ("the last block changes", &|| write(root.path(), &file(129), &vendor(139, "at_risk", "Few words."))),
        ("a page changes", &|| write(root.path(), "content/guide.md", "# Guide\n\nOther words.\n")),
        ("a script is changed by hand", &|| {
            let script = &scripts("w")[1];
            fs::write(script, fs::read_to_string(script).unwrap().replace("w1", "q1")).unwrap();
            write(root.path(), &file(70), &vendor(80, "active", "Few words."));
        }),
        ("a script is gone", &|| {
            fs::remove_file(&scripts("t")[2]).unwrap();
            write(root.path(), &file(71), &vendor(81, "active", "Few words."));
        }),
        ("a vendor comes", &|| write(root.path(), "content/vendors/a.md", &vendor(3, "active", "Few words."))),
        ("one goes", &|| fs::remove_file(root.path().join(file(64))).unwrap()),
    ];
    for (what, step) in steps {
        step();
        build(root.path(), 0).unwrap();
        let (stands, fresh) = (standing(root.path()), fresh(root.path(), day()));
        let differ: Vec<&String> = fresh.iter().filter(|(path, bytes)| stands.get(*path) != Some(bytes)).map(|(path, _)| path).collect();
        assert!(differ.is_empty() && stands.len() == fresh.len(), "{what}: {differ:?}");
    }
}

/// One saved body among two hundred is one vendor made anew, and what may show the prose of all; nothing saved is nothing.
#[test]
fn only_what_changed_is_made() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "handbook.yaml", "title: Many\n");
    (0..200).for_each(|n| write(root.path(), &format!("content/vendors/v{n}.md"), &vendor(n + 10, "active", "Text.")));
    let (first, made) = build(root.path(), 0).unwrap();
    assert_eq!((first.written, made), (first.files, 204));
    let (second, made) = build(root.path(), 0).unwrap();
    assert_eq!((second.written, second.files, made), (0, first.files, 0));

    write(root.path(), "content/vendors/v7.md", &vendor(17, "active", "Other text."));
    let (third, made) = build(root.path(), 0).unwrap();
    assert!(third.written > 0 && third.written < 20, "{} files", third.written);
    assert_eq!((third.files, made), (first.files, 4));

    fs::write(root.path().join("site/vendors/v9.html"), "by hand").unwrap();
    let (fourth, made) = build(root.path(), 0).unwrap();
    assert_eq!((fourth.written, made), (1, 1));

    let (fifth, made) = build(root.path(), 1).unwrap();
    assert_eq!((fifth.written, made), (0, 204), "another program makes everything, and finds it the same");
}
