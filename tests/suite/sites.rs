//! Small projects and what their pages have to say: each line of an `expect PAGE` part stands in that page,
//! a line that begins with `!` does not.

use partwell::calendar::Date;
use partwell::formats::Collected;
use partwell::theme::Theme;
use partwell::{pipeline, source};

use crate::bundle::{Bundle, for_each};

#[test]
fn pages_say_what_they_should() {
    for_each("sites", |bundle| {
        let files = build(bundle)?;
        let mut missed = Vec::new();
        for part in bundle.parts.iter().filter(|part| part.name.starts_with("expect ")) {
            let name = part.name.trim_start_matches("expect ");
            let Some(page) = files.get(name) else {
                missed.push(format!("there is no {name}"));
                continue;
            };
            let page = String::from_utf8_lossy(page);
            for line in part.text.lines().filter(|line| !line.is_empty()) {
                let (wanted, there) = line.strip_prefix('!').map_or((line, true), |unwanted| (unwanted, false));
                if page.contains(wanted) != there {
                    missed.push(format!("{name}: {}: {wanted}", if there { "missing" } else { "not wanted" }));
                }
            }
        }
        if missed.is_empty() { Ok(()) } else { Err(format!("{}:\n{}\n", bundle.source.display(), missed.join("\n"))) }
    });
}

fn build(bundle: &Bundle) -> Result<std::collections::BTreeMap<String, Vec<u8>>, String> {
    let folder = bundle.unpack();
    let project = source::read(folder.path()).map_err(|broken| broken.to_string())?;
    let as_of = project.config.as_of.unwrap_or_else(|| Date::parse("2026-11-21").unwrap());
    let theme = Theme::load(&project.theme, &project.config).value;
    let library = pipeline::analyze(&project, as_of).value;
    let book = pipeline::compile(&project, library);
    let out = Collected::default();
    pipeline::emit(&book, &project, &theme, &out);
    let failed: Vec<String> = out.failed.into_inner().unwrap().iter().map(ToString::to_string).collect();
    if failed.is_empty() { Ok(out.files.into_inner().unwrap()) } else { Err(failed.join("\n")) }
}

#[test]
fn a_long_register_is_many_tables() {
    let mut text = "Many vendors.\n-- handbook.yaml --\ntitle: T\n".to_owned();
    for n in 0..700 {
        let name = if n < 600 { format!("Alder {n}") } else { format!("{n} Birch") };
        text.push_str(&format!("-- content/vendors/v{n}.md --\n---\ntitle: T\nvendor: {name}\nstatus: prospect\nowner: Ana\n---\n"));
    }
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("many.txt");
    std::fs::write(&source, text).unwrap();
    let files = build(&Bundle::read(&source)).unwrap();
    let page = String::from_utf8_lossy(&files["register.html"]);
    let count = |what: &str| page.matches(what).count();
    assert_eq!(count("<tr><th scope=\"row\">"), 700, "every vendor stands there once");
    assert_eq!(count("class=\"table wide part\""), 4, "one part for what begins with a number, three for A");
    assert!(page.contains("<caption>501 to 600 of 600 under A</caption>") && page.contains("<caption>100 under #</caption>"));
    assert!(page.contains("<a href=\"#letter-1\">A</a> <span class=\"num\">600</span>") && page.contains("<h2 id=\"letter-1\">A</h2>"));
}
