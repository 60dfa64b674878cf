//! A small handbook that is edited at random, and what a fresh build makes of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use partwell::calendar::Date;
use partwell::formats::Collected;
use partwell::theme::Theme;
use partwell::{pipeline, source};
use proptest::prelude::*;
use tempfile::TempDir;

pub fn write(root: &Path, name: &str, text: &str) {
    let path = root.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

pub fn vendor(n: usize, status: &str, prose: &str) -> String {
    let next = if n < 4 { format!("kind: vendor, playbook: v{}", n + 1) } else { "kind: in_house".to_owned() };
    format!(
        "---\ntitle: Vendor {n}\nvendor: Firm {n}\nstatus: {status}\nowner: dana\ncontacts:\n  \
         - {{id: dana, name: Dana Reyes, role: owner, side: client, email: dana@harbor.example}}\n  \
         - {{name: Kim {n}, role: account_manager, email: kim@firm.example}}\n\
         contract: {{type: standalone, start: 2026-01-12, term: 12mo, renewal: {{kind: auto, term: 12mo}}, notice: 30d}}\n\
         successor: {{{next}}}\n---\n\n## Notes\n\n{prose}\n"
    )
}

/// One thing a person may do to the files of a handbook.
#[derive(Debug, Clone)]
pub enum Edit {
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

pub fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let one = prop_oneof![
        (0..5usize, 0..4u8).prop_map(|(n, word)| Edit::Body(n, word)),
        (0..5usize, 0..4usize).prop_map(|(n, status)| Edit::Status(n, status)),
        (0..5usize).prop_map(Edit::Break),
        (0..5usize).prop_map(Edit::Remove),
        (0..5usize).prop_map(Edit::Alias),
        (0..4u8).prop_map(Edit::Page),
        (0..4u8).prop_map(Edit::PageTitle),
        any::<bool>().prop_map(Edit::Rename),
        (0..CONFIGURED.len()).prop_map(Edit::Configure),
        (0..3u8).prop_map(Edit::Theme),
        (0..3u8).prop_map(Edit::Picture),
    ];
    proptest::collection::vec(one, 1..8)
}

/// What else the configuration may say, so that everything it can change is changed.
const CONFIGURED: [&str; 12] = [
    "",
    "rules: {COM001: off}\n",
    "pdf: all\n",
    "client: Harbor\ntheme: ours\n",
    "calendar: uk\nholidays: {uk: [{date: 2026-12-10, name: Day}, {date: 2027-12-10, name: Day}]}\n",
    "weekend: [fri, sat]\n",
    "notice_alert: 700d\n",
    "scorecard: {quality: 40, timeliness: 60}\nbusiness_hours: {start: \"09:00\", end: \"17:00\"}\n",
    "id: other\nlanguage: de\ntimezone: Europe/London\n",
    "brand: {colour: \"#245a4a\", footer: Ours alone}\npaper: Letter\n",
    "as_of: 2026-11-20\nout: elsewhere\n",
    "x-own: 1\nrules: {CON005: error, EXP004: info}\n",
];

pub fn apply(root: &Path, edit: &Edit) {
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
            write(root, "handbook.yaml", &format!("title: Few\n{}", CONFIGURED[*n]));
        }
        Edit::Theme(n) => write(root, "themes/ours/site.css", &format!("body {{ margin: {n}px }}\n")),
        Edit::Picture(n) => write(root, "content/p.svg", &format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{n}\"/>")),
    }
}

/// The handbook before anything was edited.
pub fn start() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "handbook.yaml", "title: Few\ntheme: ours\n");
    write(root.path(), "content/index.md", "# Home\n");
    write(root.path(), "content/findings.md", "---\ntitle: Findings\nshows: findings\n---\n");
    (0..5).for_each(|n| write(root.path(), &format!("content/vendors/v{n}.md"), &vendor(n, "active", "Text.")));
    write(root.path(), "themes/ours/site.css", "body {}\n");
    root
}

/// Every file of a fresh build.
pub fn fresh(root: &Path, as_of: Date) -> BTreeMap<String, Vec<u8>> {
    let project = source::read(root).unwrap();
    let theme = Theme::load(&project.theme, &project.config).value;
    let library = pipeline::analyze(&project, as_of).value;
    let book = pipeline::compile(&project, library);
    let out = Collected::default();
    pipeline::emit(&book, &project, &theme, &out);
    out.files.into_inner().unwrap()
}
