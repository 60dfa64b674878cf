//! Calendar files, line by line, whatever the names in them.

use std::fs;

use partwell::calendar::Date;
use partwell::formats::calendar::lines;
use partwell::formats::{Collected, Context, FORMATS, Kept};
use partwell::theme::Theme;
use partwell::{pipeline, source};
use proptest::prelude::*;
use tempfile::TempDir;

/// Any text of one line, with wide characters at every place a line could end.
fn line() -> impl Strategy<Value = String> {
    let wide = proptest::sample::select(vec!["é", "ß", "€", "漢", "😀", "👩\u{200d}🚀", "a", " ", "\u{301}", "שלום"]);
    let mixed = proptest::collection::vec(wide, 0..160).prop_map(|parts| parts.concat());
    let any = proptest::collection::vec(any::<char>().prop_filter("no ends of lines", |c| !c.is_control()), 0..200);
    prop_oneof![mixed, any.prop_map(|chars| chars.into_iter().collect())]
}

fn longest(text: &str) -> usize {
    text.split("\r\n").map(str::len).max().unwrap_or_default()
}

proptest! {
    #[test]
    fn no_line_is_longer_than_75_octets_and_nothing_is_lost(lines in proptest::collection::vec(line(), 1..6)) {
        let mut out = String::new();
        lines.iter().for_each(|line| lines::push(&mut out, &format!("SUMMARY:{line}")));
        prop_assert!(longest(&out) <= 75, "{} octets in {out:?}", longest(&out));
        let whole: String = lines.iter().map(|line| format!("SUMMARY:{line}\r\n")).collect();
        prop_assert_eq!(out.replace("\r\n ", ""), whole);
    }

    #[test]
    fn a_calendar_of_any_vendor_keeps_to_75_octets(names in proptest::collection::vec(line(), 24)) {
        let folder = TempDir::new().unwrap();
        let vendors = folder.path().join("content/vendors");
        fs::create_dir_all(&vendors).unwrap();
        fs::write(folder.path().join("handbook.yaml"), "{title: T, as_of: 2026-11-21}").unwrap();
        for (n, name) in names.iter().enumerate() {
            let name = serde_json::to_string(&format!("V {name}")).unwrap();
            let matter = format!("title: {name}\nvendor: {name}\nstatus: exiting\nowner: Ana Lee\nexit: {{termination_date: 2026-12-31, reason: mutual}}");
            fs::write(vendors.join(format!("v{n}.md")), format!("---\n{matter}\n---\n")).unwrap();
        }
        let project = source::read(folder.path()).unwrap();
        let library = pipeline::analyze(&project, Date::parse("2026-11-21").unwrap()).value;
        let book = pipeline::compile(&project, library);
        let theme = Theme::load(&project.theme, &project.config).value;
        let out = Collected::default();
        FORMATS.iter().find(|format| format.name() == "calendar").unwrap().emit(&book, &Context::new(&theme, &project.assets, &Kept::default()), &out);
        let files = out.files.lock().unwrap();
        prop_assert!(files.len() > 20);
        for (path, bytes) in files.iter() {
            let text = std::str::from_utf8(bytes).unwrap();
            prop_assert!(longest(text) <= 75, "{} octets in {path}", longest(text));
        }
    }
}
