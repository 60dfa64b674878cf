//! Several files in one text: `-- path --` begins a file. `-- path bytes --` begins one in which `\xNN`,
//! `\r`, `\t` and `\0` stand for bytes, for inputs that a text file cannot hold.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use partwell::calendar::Date;
use partwell::formats::Collected;
use partwell::theme::Theme;
use partwell::{pipeline, source};
use tempfile::TempDir;

pub struct Bundle {
    pub source: PathBuf,
    pub parts: Vec<Part>,
}

pub struct Part {
    pub name: String,
    pub is_bytes: bool,
    pub text: String,
}

/// Parts that are not files of the project.
const EXPECTATIONS: &[&str] = &["expected", "run"];

impl Bundle {
    pub fn read(source: &Path) -> Bundle {
        let text = fs::read_to_string(source).unwrap();
        let mut parts: Vec<Part> = Vec::new();
        for line in text.split_inclusive('\n') {
            let head = line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"));
            match (head, parts.last_mut()) {
                (Some(head), _) => {
                    let (name, is_bytes) = head.strip_suffix(" bytes").map_or((head, false), |name| (name, true));
                    parts.push(Part { name: name.to_owned(), is_bytes, text: String::new() });
                }
                (None, Some(part)) => part.text.push_str(line),
                // What stands before the first part says what the test is about.
                (None, None) => {}
            }
        }
        Bundle { source: source.to_owned(), parts }
    }

    pub fn part(&self, name: &str) -> Option<&str> {
        self.parts.iter().find(|part| part.name == name).map(|part| part.text.as_str())
    }

    /// Writes the project's files into a folder of their own.
    pub fn unpack(&self) -> TempDir {
        let folder = TempDir::new().unwrap();
        for part in self.parts.iter().filter(|part| !EXPECTATIONS.contains(&part.name.as_str()) && !part.name.starts_with("expect ")) {
            let path = folder.path().join(&part.name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let bytes = if part.is_bytes { unescape(part.text.trim_end_matches('\n')) } else { part.text.clone().into_bytes() };
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    /// Compares with what the file expects, or writes it there when asked to.
    pub fn settle(&self, part: &str, actual: &str) -> Result<(), String> {
        let expected = self.part(part).unwrap_or_default();
        if expected.trim_end() == actual.trim_end() {
            return Ok(());
        }
        if std::env::var_os("PARTWELL_RENEW").is_some() {
            let text = fs::read_to_string(&self.source).unwrap();
            let marker = format!("-- {part} --\n");
            let kept = text.find(&marker).map_or(text.clone(), |at| text[..at].to_owned());
            fs::write(&self.source, format!("{kept}{marker}{}\n", actual.trim_end())).unwrap();
            return Ok(());
        }
        Err(format!("{}:\n--- expected\n{}\n--- came out\n{}\n", self.source.display(), expected.trim_end(), actual.trim_end()))
    }
}

fn unescape(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (length, bytes) = match rest.as_bytes() {
            [b'\\', b'x', a, b, ..] => (4, vec![u8::from_str_radix(std::str::from_utf8(&[*a, *b]).unwrap(), 16).unwrap()]),
            [b'\\', b'r', ..] => (2, vec![b'\r']),
            [b'\\', b't', ..] => (2, vec![b'\t']),
            [b'\\', b'0', ..] => (2, vec![0]),
            [b'\\', b'\\', ..] => (2, vec![b'\\']),
            _ => (c.len_utf8(), c.to_string().into_bytes()),
        };
        out.extend(bytes);
        rest = &rest[length..];
    }
    out
}

/// The folder of the repository.
pub fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of a folder below `tests/`, sorted; none would be a test that cannot fail.
pub fn files(folder: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        fs::read_dir(repository().join("tests").join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    assert!(!found.is_empty(), "no files in tests/{folder}");
    found
}

/// Runs a check over every file of a folder and tells all that failed.
pub fn for_each(folder: &str, check: impl Fn(&Bundle) -> Result<(), String>) {
    let failures: Vec<String> = files(folder).iter().filter_map(|path| check(&Bundle::read(path)).err()).collect();
    assert!(failures.is_empty(), "{} failed:\n{}", failures.len(), failures.join("\n"));
}

/// Every file of a site of one playbook, `content/vendors/a.md`, but for PDFs.
pub fn site_of(playbook: &str) -> BTreeMap<String, Vec<u8>> {
    let folder = TempDir::new().unwrap();
    fs::create_dir_all(folder.path().join("content/vendors")).unwrap();
    fs::write(folder.path().join("handbook.yaml"), "title: T\npdf: none\n").unwrap();
    fs::write(folder.path().join("content/vendors/a.md"), playbook).unwrap();
    let project = source::read(folder.path()).unwrap();
    let library = pipeline::analyze(&project, Date::parse("2026-11-21").unwrap()).value;
    let out = Collected::default();
    let theme = Theme::load(&project.theme, &project.config).value;
    pipeline::emit(&pipeline::compile(&project, library), &project, &theme, &out);
    out.files.into_inner().unwrap()
}

/// A piece of a page without its tags.
pub fn words(html: &str) -> String {
    let text: String = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
