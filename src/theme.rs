//! Templates, styles and branding: built in, or a folder of `themes/` whose files replace the built-in
//! ones by name. Every template escapes what it is given; only [`Html`](crate::html::Html) passes as it is.

use std::collections::BTreeMap;

use tera::{Context, Tera, Value};

use crate::config::Config;
use crate::diagnostic::{Diagnosed, Diagnostic, Findings, Lines, Span, codes};

/// The files of the default theme.
const BUILT_IN: &[(&str, &str)] = &[
    ("frame.html", include_str!("../themes/default/frame.html")),
    ("home.html", include_str!("../themes/default/home.html")),
    ("vendor.html", include_str!("../themes/default/vendor.html")),
    ("register.html", include_str!("../themes/default/register.html")),
    ("calendar.html", include_str!("../themes/default/calendar.html")),
    ("sheet.html", include_str!("../themes/default/sheet.html")),
    ("page.html", include_str!("../themes/default/page.html")),
    ("search.html", include_str!("../themes/default/search.html")),
    ("redirect.html", include_str!("../themes/default/redirect.html")),
    ("site.css", include_str!("../themes/default/site.css")),
    ("sheets.css", include_str!("../themes/default/sheets.css")),
    ("ticks.js", include_str!("../themes/default/ticks.js")),
    ("search.js", include_str!("../themes/default/search.js")),
    ("search-find.js", include_str!("../themes/default/search-find.js")),
    ("search-query.js", include_str!("../themes/default/search-query.js")),
    ("search-rank.js", include_str!("../themes/default/search-rank.js")),
    ("search-excerpt.js", include_str!("../themes/default/search-excerpt.js")),
    ("search-view.js", include_str!("../themes/default/search-view.js")),
    ("search-window.js", include_str!("../themes/default/search-window.js")),
];

/// The faces that PDFs are printed with: regular, bold, signs.
pub const FONTS: &[&[u8]] = &[
    include_bytes!("../themes/default/fonts/NotoSans-Regular.ttf"),
    include_bytes!("../themes/default/fonts/NotoSans-Bold.ttf"),
    include_bytes!("../themes/default/fonts/Symbols.ttf"),
];

/// Everything that shapes pages without being content.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    /// Files copied into the site's `assets/`.
    pub assets: BTreeMap<String, Vec<u8>>,
}

impl Theme {
    /// Puts the built-in theme and the project's files together. A template that cannot be read is told,
    /// and the built-in one stands in for it.
    pub fn load(own: &BTreeMap<String, Vec<u8>>, config: &Config) -> Diagnosed<Theme> {
        let mut findings = Vec::new();
        let mut templates: BTreeMap<String, String> = BTreeMap::new();
        let mut assets = BTreeMap::new();
        for (name, text) in BUILT_IN {
            if name.ends_with(".html") {
                templates.insert((*name).to_owned(), (*text).to_owned());
            } else {
                assets.insert((*name).to_owned(), text.as_bytes().to_vec());
            }
        }
        for (name, bytes) in own {
            if name.ends_with(".html") {
                templates.insert(name.clone(), String::from_utf8_lossy(bytes).into_owned());
            } else {
                assets.insert(name.clone(), bytes.clone());
            }
        }
        let tera = compile(&templates).unwrap_or_else(|error| {
            findings.extend(fault(&error.to_string(), "read", own, config));
            built_in()
        });
        Diagnosed { value: Theme { tera, assets }, diagnostics: findings }
    }

    /// The built-in templates stand in for those of the project.
    pub fn fall_back(&mut self) {
        self.tera = built_in();
    }

    /// Lays a view out, behind what is written already. An error names the template and what it missed.
    pub fn render(&self, template: &str, view: &View, out: &mut Vec<u8>) -> Result<(), tera::Error> {
        self.tera.render_to(template, &view.0, out)
    }
}

/// A finding about a template, at the place that an error of the template engine names after `-->`.
pub fn fault(error: &str, what: &str, own: &BTreeMap<String, Vec<u8>>, config: &Config) -> Vec<Diagnostic> {
    let folder = config.theme_folder();
    let (said, place) = error.split_once("-->").unwrap_or((error, ""));
    let mut place = place.split_whitespace().next().unwrap_or_default().rsplitn(3, ':');
    let (column, line, name) = (place.next(), place.next(), place.next().unwrap_or_default());
    let number = |part: Option<&str>| part.and_then(|part| part.parse::<usize>().ok()).unwrap_or(1);
    let (file, at) = match own.get(name) {
        Some(bytes) => (format!("{folder}/{name}"), Lines::of(&String::from_utf8_lossy(bytes)).offset(number(line), number(column))),
        None => (folder, 0),
    };
    let said = said.rsplit_once("error:").map_or(said, |(_, said)| said).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut list = Findings::new(&file.into());
    list.add(&codes::THM001, Span::at(at), format!("A template of the theme cannot be {what}: {}.", said.trim_end_matches('.')))
        .help("Put the template right. Until then the built-in theme stands in, and the preview keeps its last good state.");
    list.into_list()
}

fn built_in() -> Tera {
    let templates = BUILT_IN.iter().filter(|(name, _)| name.ends_with(".html"));
    compile(&templates.map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()).unwrap_or_default()
}

fn compile(templates: &BTreeMap<String, String>) -> Result<Tera, tera::Error> {
    let mut tera = Tera::new();
    // Every name ends in nothing: escaping is on for every template, whatever it is called.
    tera.autoescape_on(vec![""]);
    tera.add_raw_templates(templates.iter().map(|(name, text)| (name.as_str(), text.as_str())))?;
    Ok(tera)
}

/// What a template is given.
#[derive(Debug, Default, Clone)]
pub struct View(Context);

impl View {
    pub fn set(&mut self, key: &'static str, value: impl Into<Value>) -> &mut View {
        self.0.insert_value(key, value.into());
        self
    }
}

/// A mapping for a template.
pub fn map<const N: usize>(pairs: [(&'static str, Value); N]) -> Value {
    Value::from(BTreeMap::from(pairs))
}
