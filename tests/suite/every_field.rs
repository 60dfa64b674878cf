//! A field that no page shows would be a promise nobody keeps: a playbook with every text field filled by a
//! word of its own is built, and each word has to stand on the vendor's page or checklist.

use partwell::calendar::Date;
use partwell::formats::Collected;
use partwell::schema::{FieldInfo, Playbook, Section, SectionInfo, Shape};
use partwell::theme::Theme;
use partwell::{pipeline, source};

#[test]
fn every_text_field_is_shown() {
    let mut words = Vec::new();
    let yaml = section(Playbook::info(), "", &mut words);
    assert!(words.len() > 100, "only {} fields were filled", words.len());
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::create_dir_all(folder.path().join("content/vendors")).unwrap();
    std::fs::write(folder.path().join("handbook.yaml"), "title: T\nholidays: {word: [2026-12-25]}\n").unwrap();
    std::fs::write(folder.path().join("content/vendors/a.md"), format!("---\n{yaml}\n---\n")).unwrap();
    let project = source::read(folder.path()).unwrap();
    let library = pipeline::analyze(&project, Date::parse("2026-11-21").unwrap()).value;
    let book = pipeline::compile(&project, library);
    let theme = Theme::load(&project.theme, &project.config).value;
    let out = Collected::default();
    pipeline::emit(&book, &project, &theme, &out);
    let files = out.files.into_inner().unwrap();
    let pages = ["vendors/a.html", "exit/a/checklist.html", "handbook.json"].map(|name| String::from_utf8_lossy(&files[name]).into_owned());
    let hidden: Vec<&String> = words.iter().filter(|word| !pages[0].contains(*word) && !pages[1].contains(*word)).collect();
    assert!(hidden.is_empty(), "no page shows {hidden:?}");
    let lost: Vec<&String> = words.iter().filter(|word| !pages[2].contains(*word)).collect();
    assert!(lost.is_empty(), "handbook.json lacks {lost:?}");
}

/// A section in flow style, every text field a word made from its path, other fields by their example.
fn section(info: &'static SectionInfo, path: &str, words: &mut Vec<String>) -> String {
    let fields = info.fields.iter().filter(|field| !skipped(path, field));
    let lines: Vec<String> = fields.map(|field| format!("\"{}\": {}", field.key, value(field, path, words))).collect();
    format!("{{{}}}", lines.join(", "))
}

/// Addresses of a page show nowhere on it; a skipped step shows its reason and not its owner.
fn skipped(path: &str, field: &FieldInfo) -> bool {
    field.key == "aliases" || (path == "exit.steps" && field.key == "skip")
}

fn value(field: &FieldInfo, path: &str, words: &mut Vec<String>) -> String {
    let path = if path.is_empty() { field.key.to_owned() } else { format!("{path}.{}", field.key) };
    shaped(&(field.shape)(), &path, field.example, words)
}

fn shaped(shape: &Shape, path: &str, example: &str, words: &mut Vec<String>) -> String {
    match shape {
        Shape::Text { pattern: "", .. } if path == "calendar" => "word".to_owned(),
        Shape::Text { pattern: "", .. } => {
            // A name, not an id: references to it need no target.
            let word = format!("Word {}", path.replace(['.', '_'], " "));
            words.push(word.clone());
            format!("\"{word}\"")
        }
        Shape::Section(info) => section(info, path, words),
        Shape::List(inner) => match inner.as_ref() {
            inner @ (Shape::Section(_) | Shape::Text { pattern: "", .. }) => {
                format!("[{}]", shaped(inner, path, example, words))
            }
            Shape::Item(item) if matches!(item.as_ref(), Shape::Text { pattern: "", .. }) => {
                format!("[{}]", shaped(item, path, example, words))
            }
            _ => example.to_owned(),
        },
        Shape::OneOrMany(inner) => shaped(inner, path, example, words),
        Shape::Item(inner) => shaped(inner, path, example, words),
        _ => example.to_owned(),
    }
}
