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
