//! The search: words, places, and what an edit changes. The browser's half is tried in `tests/browser`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use partwell::calendar::Date;
use partwell::formats::Collected;
use partwell::search::{Catalogue, Index, fold, plain};
use partwell::theme::Theme;
use partwell::{pipeline, source};

use crate::bundle::{Bundle, repository};

fn words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    fold::words(text, &mut |word| found.push(String::from_utf8(word.to_vec()).unwrap()));
    found
}

fn book(root: &Path) -> partwell::book::Book {
    let project = source::read(root).unwrap();
    let library = pipeline::analyze(&project, Date::parse("2026-11-21").unwrap()).value;
    pipeline::compile(&project, library)
}

fn site(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let project = source::read(root).unwrap();
    let library = pipeline::analyze(&project, Date::parse("2026-11-21").unwrap()).value;
    let theme = Theme::load(&project.theme, &project.config).value;
    let out = Collected::default();
    pipeline::emit(&pipeline::compile(&project, library), &project, &theme, &out);
    out.files.into_inner().unwrap()
}

fn index(catalogue: &Catalogue<'_>) -> Index {
    Index::of(&catalogue.blocks(&|_, _| {}, None), catalogue.entries.len())
}

/// The same vectors are tried in the browser.
#[test]
fn words_are_as_the_vectors_say() {
    use unicode_normalization::UnicodeNormalization;
    let vectors = std::fs::read_to_string(repository().join("tests/search/words.txt")).unwrap();
    let mut count = 0;
    for line in vectors.lines().skip(1) {
        let (text, expected) = line.split_once('\t').unwrap();
        // Hangul and kana come apart into what they are made of.
        let expected: Vec<String> = expected.split_whitespace().map(|word| word.nfkd().collect()).collect();
        assert_eq!(words(text), expected, "{text}");
        count += 1;
    }
    assert!(count > 40);
}

/// The quick reading of a body has the words of a whole parse.
#[test]
fn bodies_are_read_as_a_parser_reads_them() {
    use pulldown_cmark::{Event, Options, Parser};
    let root = repository();
    let mut bodies: Vec<(String, String)> = Vec::new();
    for project in [".", "examples/team", "examples/consultant", "examples/minimal"] {
        let book = book(&root.join(project));
        bodies.extend(book.library.vendors.iter().map(|vendor| (vendor.file.to_string(), vendor.body_text().to_owned())));
        bodies.extend(book.library.pages.iter().map(|page| (page.file.to_string(), page.text[page.body..].to_owned())));
    }
    bodies.extend(partwell::rules::all_codes().iter().map(|code| (code.id.to_owned(), code.manual())));
    bodies.push((
        "forms".into(),
        "Title\n=====\n\nUnder\nlined\n---\n\na `b*c` **d**e_f_ g_h ![i](j.png) [k](l.md \"m\") <https://n.example> &amp; \\* ~~o~~\n\n\
         - [x] p\n1. q\n\n| r | s |\n|---|--:|\n| t | u `v` |\n\n[w]: https://x.example\n[y][w] z[^1]\n\n[^1]: foot\n\n~~~sh\necho # $A_B\n~~~\n> quoted\n"
            .into(),
    ));
    assert!(bodies.len() > 100);
    for (name, body) in bodies {
        let mut quick = BTreeSet::new();
        plain::lines(&body, &mut |_, text| quick.extend(words(text)));
        let mut whole = BTreeSet::new();
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
        let mut text = String::new();
        for event in Parser::new_ext(&body, options) {
            match event {
                Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => text.push_str(&words),
                Event::SoftBreak | Event::HardBreak | Event::End(pulldown_cmark::TagEnd::TableCell) => text.push(' '),
                Event::End(end)
                    if !matches!(
                        end,
                        pulldown_cmark::TagEnd::Emphasis
                            | pulldown_cmark::TagEnd::Strong
                            | pulldown_cmark::TagEnd::Strikethrough
                            | pulldown_cmark::TagEnd::Link
                    ) =>
                {
                    text.push('\n')
                }
                _ => {}
            }
        }
        whole.extend(words(&text.replace(":::", "")));
        let audience = ["internal", "client", "vendor"];
        let missing: Vec<_> = whole.difference(&quick).filter(|word| !audience.contains(&word.as_str())).collect();
        let extra: Vec<_> = quick.difference(&whole).collect();
        assert!(missing.is_empty() && extra.is_empty(), "{name}: missing {missing:?}, extra {extra:?}");
    }
}

/// What `serve` would make on request is what a build writes.
#[test]
fn one_script_alone_is_the_one_of_the_whole() {
    let built = site(&repository());
    let book = book(&repository());
    let catalogue = Catalogue::of(&book);
    let index = index(&catalogue);
    let files = catalogue.files(&index);
    let written: Vec<&String> = built.keys().filter(|path| path.starts_with("assets/search/")).collect();
    let mut named: Vec<&String> = files.iter().collect();
    named.sort();
    assert_eq!(named, written);
    for path in &files {
        assert!(catalogue.make(path, || &index).unwrap() == built[path], "{path} differs");
    }
    // Block by block, as after an edit.
    let blocks: Vec<_> = (0..catalogue.entries.len().div_ceil(32)).map(|n| catalogue.block(n)).collect();
    let again = Index::of(&blocks, catalogue.entries.len());
    assert!(files.iter().all(|path| catalogue.make(path, || &again) == catalogue.make(path, || &index)));
    for odd in ["assets/search/t01.js", "assets/search/t999.js", "assets/search/wzz.js", "assets/search/", "assets/site.css"] {
        assert!(catalogue.make(odd, || &index).is_none(), "{odd}");
    }
}

/// Four hundred vendors with many words, so that files are cut.
fn many(edit: &str) -> tempfile::TempDir {
    let folder = tempfile::TempDir::new().unwrap();
    let vendors = folder.path().join("content/vendors");
    std::fs::create_dir_all(&vendors).unwrap();
    std::fs::write(folder.path().join("handbook.yaml"), "title: T\nas_of: 2026-11-21\n").unwrap();
    for n in 0..400 {
        let body: String = (0..60).map(|k| format!("word{}x{k} stone{} ", n * 7 % 400, n * 60 + k)).collect();
        let edit = if n == 200 { edit } else { "" };
        let text = format!("---\ntitle: Vendor {n:03}\nvendor: V{n:03}\nstatus: active\nowner: Dana Reyes\n---\n\n{body}{edit}\n");
        std::fs::write(vendors.join(format!("v{n:03}.md")), text).unwrap();
    }
    folder
}

#[test]
fn an_edit_rewrites_few_files_and_the_files_stay_small() {
    let before = site(many("").path());
    let after = site(many("vanadium rhenium").path());
    assert!(before.keys().eq(after.keys()));
    let scripts = |name: &&String| name.starts_with("assets/search/");
    let changed: Vec<&String> = before.keys().filter(scripts).filter(|name| before[*name] != after[*name]).collect();
    let words = changed.iter().filter(|name| name.starts_with("assets/search/w")).count();
    assert!(before.keys().filter(scripts).filter(|name| name.contains("/w")).count() > 8);
    assert!((1..=2).contains(&words) && changed.len() == words + 1, "{changed:?}");
    for name in before.keys().filter(|name| name.starts_with("assets/search/w")) {
        assert!(before[name].len() < 120_000, "{name}: {}", before[name].len());
    }
    assert!(before.contains_key("search.html"));
}

#[test]
fn every_name_stands_under_its_letter() {
    let files = site(many("").path());
    let page = String::from_utf8_lossy(&files["search.html"]).into_owned();
    for n in 0..400 {
        assert!(page.contains(&format!("vendors/v{n:03}.html\">Vendor {n:03}<")), "{n}");
    }
    let text = "-- handbook.yaml --\ntitle: T\n".to_owned()
        + &["Zebra", "Äpfel", "1st", "Ωmega", "東京", "...", "zoo"]
            .iter()
            .enumerate()
            .map(|(n, title)| format!("-- content/vendors/v{n}.md --\n---\ntitle: \"{title}\"\nvendor: V\nstatus: active\nowner: O\n---\n"))
            .collect::<String>();
    let folder = tempfile::TempDir::new().unwrap();
    let bundle = folder.path().join("names.txt");
    std::fs::write(&bundle, text).unwrap();
    let files = site(Bundle::read(&bundle).unpack().path());
    let page = String::from_utf8_lossy(&files["search.html"]).into_owned();
    let at: Vec<usize> = [
        "letter-digits",
        "1st",
        "letter-a\"",
        "Äpfel",
        "letter-z",
        "Zebra",
        "zoo",
        "letter-u03c9",
        "Ωmega",
        "letter-other",
        "東京",
        "letter-signs",
        "...<",
    ]
    .iter()
    .map(|part| page.rfind(part).unwrap_or_else(|| panic!("{part}")))
    .collect();
    assert!(at.is_sorted(), "{at:?}");
}

/// Whatever a name holds, a script is a call with data, and the data says the name.
#[test]
fn odd_names_stay_data() {
    let odd = "</script><img src=x onerror=alert(1)>\\\" \u{2028} ${1} `";
    let text = format!(
        "-- handbook.yaml --\ntitle: T\n-- content/vendors/v.md --\n---\ntitle: {title}\nvendor: V\nstatus: active\nowner: {title}\npurpose: {title}\n---\n\n# {odd}\n",
        title = serde_json::to_string(odd).unwrap(),
    );
    let folder = tempfile::TempDir::new().unwrap();
    let bundle = folder.path().join("odd.txt");
    std::fs::write(&bundle, text).unwrap();
    let files = site(Bundle::read(&bundle).unpack().path());
    let data = |name: &str| -> serde_json::Value {
        let script = String::from_utf8(files[name].clone()).unwrap();
        let json = script.strip_prefix("partwellSearch(").and_then(|rest| rest.strip_suffix(");\n")).unwrap();
        serde_json::from_str(&format!("[{json}]")).unwrap()
    };
    let shown = odd.split_whitespace().collect::<Vec<_>>().join(" ");
    let titles = &data("assets/search/titles.js")[3]["titles"];
    assert_eq!(titles.as_str().unwrap().lines().next(), Some(shown.as_str()));
    assert_eq!(data("assets/search/titles.js")[3]["owners"][0], odd);
    assert!(data("assets/search/t0.js")[3][0].as_str().unwrap().contains("<img src=x onerror=alert(1)>"));
    assert!(data("assets/search/w.js")[3].as_str().unwrap().contains("onerror "));
}

/// The program's own names for places, found again in a script.
#[test]
fn words_come_with_their_places() {
    let files = site(&repository());
    let all: String = files
        .iter()
        .filter(|(name, _)| name.starts_with("assets/search/w"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).replace("\\n", "\n"))
        .collect();
    let places = |word: &str| -> Vec<char> {
        let line = all
            .lines()
            .find(|line| line.trim_start_matches("partwellSearch(").split('"').next_back().unwrap_or(line).starts_with(&format!("{word} ")))
            .unwrap_or_else(|| panic!("{word} is not there"));
        line.split(' ').skip(1).map(|list| list.chars().next().unwrap()).collect()
    };
    let holds = |word: &str, place: u8| places(word).iter().any(|c| *c as u8 == b'0' + place || *c as u8 == b'a' + place);
    assert!(holds("brightleaf", 0) && holds("priya", 1) && holds("analytics", 2) && holds("seo", 3) && holds("web", 4));
    assert!(holds("con005", 0) && holds("exiting", 5) && holds("practitioner", 5));
}

/// Names are also found by who leaves their apostrophes out; prose is not.
#[test]
fn names_are_found_without_their_apostrophes() {
    let contact = "{id: sean, name: Seán O'Brien, side: vendor, role: Lead}";
    let text = format!(
        "-- handbook.yaml --\ntitle: T\n-- content/vendors/v.md --\n---\ntitle: D’Arcy Couriers\nvendor: D’Arcy\nstatus: active\nowner: O\ncontacts:\n  - {contact}\n---\n\nThey don't answer.\n",
    );
    let folder = tempfile::TempDir::new().unwrap();
    let bundle = folder.path().join("names.txt");
    std::fs::write(&bundle, text).unwrap();
    let files = site(Bundle::read(&bundle).unpack().path());
    let words = String::from_utf8_lossy(&files["assets/search/w.js"]).replace("\\n", "\n");
    let lines = |word: &str| words.lines().filter(|line| line.split(' ').next() == Some(word)).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(lines("darcy"), ["darcy aB"]);
    assert_eq!(lines("obrien"), ["obrien bB"]);
    assert_eq!((lines("brien").len(), lines("don").len(), lines("dont").len()), (1, 1, 0));
}
