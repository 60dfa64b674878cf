//! The same input gives the same bytes, whatever the number of threads and the order of things.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use partwell::calendar::Date;
use partwell::formats::{Collected, Kept};
use partwell::theme::Theme;
use partwell::{pipeline, source};

use crate::bundle::repository;

fn build(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let project = source::read(root).unwrap();
    let theme = Theme::load(&project.theme, &project.config).value;
    let library = pipeline::analyze(&project, Date::parse("2026-11-21").unwrap()).value;
    let book = pipeline::compile(&project, library);
    let out = Collected::default();
    pipeline::emit(&book, &project, &theme, &out);
    out.files.into_inner().unwrap()
}

#[test]
fn threads_do_not_change_a_byte() {
    let root = repository();
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap().install(|| build(&root));
    let many = rayon::ThreadPoolBuilder::new().num_threads(7).build().unwrap().install(|| build(&root));
    assert!(alone.len() > 40);
    assert_eq!(alone.keys().collect::<Vec<_>>(), many.keys().collect::<Vec<_>>());
    for (name, bytes) in &alone {
        assert!(many[name] == *bytes, "{name} differs");
    }
}

#[test]
fn nothing_of_the_machine_shows() {
    let root = repository();
    let here = root.to_string_lossy().into_owned();
    for (name, bytes) in build(&root) {
        assert!(!String::from_utf8_lossy(&bytes).contains(&here), "{name} holds the path of the project");
    }
}

/// A file made by itself is the file of the whole build, and a path that is not in the site makes nothing.
#[test]
fn one_file_is_the_same_as_in_the_whole() {
    let examples = fs::read_dir(repository().join("examples")).unwrap().map(|entry| entry.unwrap().path());
    for root in examples.chain([repository()]) {
        let project = source::read(&root).unwrap();
        let theme = Theme::load(&project.theme, &project.config).value;
        let library = pipeline::analyze(&project, Date::parse("2026-11-21").unwrap()).value;
        let book = pipeline::compile(&project, library);
        let kept = Kept::default();
        let one = |path: &str| {
            let out = Collected::default();
            pipeline::emit_one(path, &book, &project, &theme, &kept, &out);
            out.files.into_inner().unwrap().remove(path)
        };
        let all = build(&root);
        let wrong: Vec<&String> = all.iter().filter(|(path, bytes)| one(path).as_ref() != Some(bytes)).map(|(path, _)| path).collect();
        assert!(wrong.is_empty(), "{}: {wrong:?}", root.display());
        for path in ["vendors/nobody.html", "exit/nobody/index.html", "exit/x", "calendar/exit-.ics", "", "/", "nothing.html", "assets/no"]
        {
            assert!(one(path).is_none(), "{path}");
        }
    }
}
