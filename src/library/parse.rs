//! One file into a playbook or page, with every finding that can be told from that file alone.

use std::sync::Arc;

use super::{Derived, Facts, Page, Vendor, revision, unknown_calendar};
use crate::calendar::{Date, Workdays};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Findings, Span, codes, is_deceiving, is_deceptive, lines_at, visible};
use crate::markdown;
use crate::schema::{Decoder, Known, Names, OneOrMany, PLAYBOOK, PageMatter, Playbook, Section, Target, Use, slug};
use crate::secrets;
use crate::source::SourceFile;
use crate::yaml::{self, Source};

/// Front matter that is longer is not read.
const LONGEST: usize = 1 << 20;

/// Anchors of a vendor page's sections; headings of a body make way for them.
pub const SECTIONS: &[&str] = &[
    "attention",
    "why",
    "headlines",
    "brief",
    "contacts",
    "services",
    "contract",
    "expectations",
    "service-levels",
    "rhythm",
    "decisions",
    "nda",
    "access",
    "deliverables",
    "feedback",
    "exit",
    "survival",
    "readiness",
    "debrief",
    "notes",
    "waivers",
    "main",
    "contents",
];

/// A playbook, and the other playbooks it refers to.
pub fn playbook(file: &SourceFile, config: &Config, shared: &Arc<Workdays>, as_of: Date) -> (Vendor, Vec<Use>) {
    let mut findings = Findings::new(&file.path);
    secrets::scan(&file.text, &mut findings);
    let is_sound = !report_conflict(&file.text, &mut findings) && file.is_sound;
    let front = if is_sound { front_matter(file, &mut findings) } else { None };
    if front.is_none() && is_sound {
        missing_front_matter(&file.text, &mut findings);
    }
    let text = front.as_ref().map_or_else(|| file.text.clone(), |front| front.text.clone());
    let body = front.as_ref().map_or(text.len(), |front| front.body);
    let (playbook, uses) = front.map_or_else(Default::default, |front| decode::<Playbook>(&front, &mut findings));
    let (playbook_refs, step_refs) = check_references(&playbook, uses, &mut findings);
    let (workdays, knows_workdays) = workdays(&playbook, config, shared, &mut findings);
    let mut outline = markdown::outline(&text, body, playbook.base().visibility, SECTIONS, &mut findings);
    // It is kept for as long as the handbook.
    outline.headings.shrink_to_fit();
    outline.links.shrink_to_fit();
    report_nul(&text, body, &mut findings);
    let slug: Arc<str> = stem_slug(&file.path, &mut findings).into();
    let names = names(&playbook);
    let derived = Derived::of(&playbook, Some(&*workdays).filter(|_| knows_workdays), as_of);
    let findings = of_vendor(findings, Some(&slug));
    let facts = Facts {
        slug,
        file: file.path.clone(),
        playbook,
        revision: revision(&text),
        text,
        body,
        outline,
        names,
        workdays,
        knows_workdays,
        derived,
        step_refs,
    };
    (Vendor::new(facts).with(findings.into(), Arc::default()), playbook_refs)
}

pub fn page(file: &SourceFile) -> (Page, Vec<Diagnostic>) {
    let mut findings = Findings::new(&file.path);
    let file = &if file.is_sound { file.clone() } else { SourceFile { text: "".into(), ..file.clone() } };
    secrets::scan(&file.text, &mut findings);
    report_conflict(&file.text, &mut findings);
    let front = if file.text.starts_with("---") { front_matter(file, &mut findings) } else { None };
    let text = front.as_ref().map_or_else(|| file.text.clone(), |front| front.text.clone());
    let body = front.as_ref().map_or(0, |front| front.body);
    let (matter, _) = front.map_or_else(Default::default, |front| decode::<PageMatter>(&front, &mut findings));
    let outline = markdown::outline(&text, body, matter.base().visibility, &["main", "contents"], &mut findings);
    report_nul(&text, body, &mut findings);
    let inner = file.path.trim_start_matches("content/").trim_end_matches(".md");
    let heading = outline.headings.first().map(|heading| heading.text.clone());
    let title = matter.title.text().map(str::to_owned).or(heading).unwrap_or_else(|| inner.rsplit('/').next().unwrap_or(inner).to_owned());
    let page =
        Page { file: file.path.clone(), route: format!("{inner}.html"), matter, title, revision: revision(&text), text, body, outline };
    (page, of_vendor(findings, None))
}

struct Front {
    text: Arc<str>,
    yaml: std::ops::Range<usize>,
    body: usize,
}

/// Finds the block between the two `---` lines.
fn front_matter(file: &SourceFile, findings: &mut Findings) -> Option<Front> {
    let text = &file.text;
    let first = text.find('\n').map_or(text.len(), |n| n + 1);
    if text[..first].trim_end() != "---" {
        return None;
    }
    let mut at = first;
    for line in text[first..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            let yaml = first..at;
            if yaml.len() > LONGEST {
                findings
                    .add(&codes::FIL008, Span::at(first), "The front matter is longer than 1 MiB, so it was not read.")
                    .help("Move prose into the body.");
                return None;
            }
            let text = without_deception(text, &yaml, findings);
            return Some(Front { text, yaml, body: at + line.len() });
        }
        at += line.len();
    }
    findings
        .add(&codes::STR001, Span::new(0, 3), "The front matter begins here and does not end.")
        .help("Add a line `---` after its last field.");
    None
}

fn missing_front_matter(text: &str, findings: &mut Findings) {
    if text.starts_with("---") && !findings.is_empty() {
        return;
    }
    let help =
        "Begin the file with a line `---`, then `title: ...`, and close with `---`. `partwell new vendor \"Name\"` writes one for you.";
    findings
        .add(
            &codes::STR001,
            Span::new(0, text.find('\n').unwrap_or(text.len())),
            "A playbook begins with a line `---` and its front matter; there is none here.",
        )
        .help(help);
}

/// Signs that lie about the text around them are told, and replaced, so that no page carries them on.
fn without_deception(text: &Arc<str>, yaml: &std::ops::Range<usize>, findings: &mut Findings) -> Arc<str> {
    if !is_deceiving(&text[yaml.clone()]) {
        return text.clone();
    }
    let mut clean = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if yaml.contains(&at) && is_deceptive(c) {
            findings
                .add(
                    &codes::FIL006,
                    Span::at(clean.len()),
                    format!("The character {} stands here. It can make text read differently from what it says.", visible(&c.to_string())),
                )
                .help("Delete it, or type the value again.");
            clean.push('\u{FFFD}');
        } else {
            clean.push(c);
        }
    }
    // Bytes moved where a short sign became a longer one: the fences are found again by the caller's rule.
    if clean.len() == text.len() { clean.into() } else { same_length(text, yaml) }
}

/// The text with each deceptive sign replaced by as many question marks as it has bytes.
fn same_length(text: &str, yaml: &std::ops::Range<usize>) -> Arc<str> {
    text.char_indices()
        .map(|(at, c)| if yaml.contains(&at) && is_deceptive(c) { "?".repeat(c.len_utf8()) } else { c.to_string() })
        .collect::<String>()
        .into()
}

fn decode<S: Section>(front: &Front, findings: &mut Findings) -> (S, Vec<Use>) {
    let source = Source { text: &front.text, start: front.yaml.start, end: front.yaml.end };
    let (nodes, root) = yaml::parse(source, PLAYBOOK.unreadable, findings);
    secrets::in_fields(&nodes, &front.text, findings);
    let mut decoder = Decoder::new(&nodes, &front.text, &PLAYBOOK, findings);
    let section = match root {
        Some(root) => decoder.section::<S>(root).unwrap_or_default(),
        None => {
            decoder.missing_all(S::info());
            S::default()
        }
    };
    (section, decoder.uses)
}

/// Resolves references inside the playbook; gives back those to other playbooks, and those to exit steps.
fn check_references(playbook: &Playbook, uses: Vec<Use>, findings: &mut Findings) -> (Vec<Use>, Vec<Use>) {
    let ids = known_ids(playbook);
    let has_needs = ids.iter().any(|(target, _)| *target == Target::Need);
    let lists = [
        (playbook.contacts.is_broken(), Target::Contact),
        (playbook.services.is_broken(), Target::Service),
        (playbook.services.is_broken(), Target::Need),
        (playbook.access.is_broken(), Target::Access),
        (playbook.deliverables.is_broken(), Target::Deliverable),
    ];
    let unreadable = lists.into_iter().filter(|(broken, _)| *broken).map(|(_, target)| target);
    let known = unreadable.fold(Known::of(ids), Known::without);
    let (mut playbooks, mut steps) = (Vec::new(), Vec::new());
    for used in uses {
        match used.target {
            Target::Playbook => playbooks.push(used),
            Target::Step => steps.push(used),
            Target::Need if !has_needs => {}
            Target::Need => known.check(&Use { id: used.id.trim().to_owned(), ..used }, findings),
            _ => known.check(&used, findings),
        }
    }
    steps.shrink_to_fit();
    (playbooks, steps)
}

fn known_ids(playbook: &Playbook) -> Vec<(Target, String)> {
    fn ids<S: Section>(target: Target, items: &[S]) -> impl Iterator<Item = (Target, String)> {
        items.iter().filter_map(move |item| item.identity().map(|(id, _)| (target, id)))
    }
    let mut known: Vec<(Target, String)> = Vec::new();
    known.extend(ids(Target::Contact, playbook.contacts.items()));
    known.extend(ids(Target::Service, playbook.services.items()));
    known.extend(ids(Target::Access, playbook.access.items()));
    known.extend(ids(Target::Deliverable, playbook.deliverables.items()));
    let needs = playbook.services.items().iter().flat_map(|service| super::texts(&service.needs));
    known.extend(needs.map(|need| (Target::Need, need.trim().to_owned())));
    known
}

/// The open days the playbook counts by, and whether that could be read.
fn workdays(playbook: &Playbook, config: &Config, shared: &Arc<Workdays>, findings: &mut Findings) -> (Arc<Workdays>, bool) {
    let Some(OneOrMany(names, _)) = playbook.calendar.get() else { return (shared.clone(), !playbook.calendar.is_broken()) };
    let unknown = names.iter().filter(|name| !config.has_calendar(&name.value));
    let mut all_known = true;
    for name in unknown {
        let (message, help) = unknown_calendar(&name.value, config);
        findings.add(&codes::STR008, name.at, message).help(help).field("calendar");
        all_known = false;
    }
    let names: Vec<String> = names.iter().map(|name| name.value.clone()).collect();
    (Arc::new(config.counting(&names)), all_known)
}

fn names(playbook: &Playbook) -> Names {
    let people = playbook.contacts.items().iter().filter_map(|contact| Some((contact.identity()?.0, contact.name.text()?.to_owned())));
    Names { people: people.collect() }
}

fn stem_slug(path: &str, findings: &mut Findings) -> String {
    let stem = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md");
    let slug = slug(stem);
    if slug.is_empty() {
        findings
            .add(&codes::FIL002, Span::at(0), format!("The name of `{path}` has no letter or digit to make a page name from."))
            .help("Rename the file.");
        return "unnamed".to_owned();
    }
    slug
}

/// Reports a merge that was not finished; true where there is one.
fn report_conflict(text: &str, findings: &mut Findings) -> bool {
    let mut lines = lines_at(text);
    let begins = if text.contains("<<<<<<< ") { lines.find(|(_, line)| line.starts_with("<<<<<<< ")) } else { None };
    let is_one =
        begins.is_some() && lines.any(|(_, line)| line.trim_end() == "=======") && lines.any(|(_, line)| line.starts_with(">>>>>>> "));
    if let Some((at, line)) = begins.filter(|_| is_one) {
        findings
            .add(
                &codes::FIL009,
                Span::new(at, at + line.trim_end().len()),
                "Two versions of this file stand here side by side: a merge was not finished.",
            )
            .help("Keep one of the two, and take the lines `<<<<<<<`, `=======` and `>>>>>>>` out.");
    }
    is_one
}

fn report_nul(text: &str, body: usize, findings: &mut Findings) {
    if let Some(at) = text[body..].find('\0') {
        findings
            .add(&codes::FIL007, Span::at(body + at), "A NUL character stands here; the page shows a replacement sign.")
            .help("Delete it.");
    }
}

/// The findings, each with the vendor it is about.
fn of_vendor(findings: Findings, vendor: Option<&Arc<str>>) -> Vec<Diagnostic> {
    let mut list = findings.into_list();
    list.iter_mut().for_each(|finding| finding.vendor = vendor.cloned());
    list
}
