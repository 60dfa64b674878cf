//! The printed sheets: what stands on each, by the cases of `tests/sheets`.

use std::fs;

use partwell::calendar::Date;
use partwell::ending::Ending;
use partwell::paper::{Block, Body, Column, Pack, Piece, Row, Sheet, Table, Text};
use partwell::schema::{ExitReason, ExitTemplate};
use partwell::sheets::{self, Desk};
use partwell::source::Project;
use partwell::{exit, pipeline, source};
use tempfile::TempDir;

use crate::bundle::{files, repository};
use crate::cases::{Case, cases, playbook};

const HANDBOOK: &str = "{title: T, client: Harbor & Pine, timezone: Europe/London, holidays: {uk: [{date: 2026-12-25, name: Christmas Day}, {date: 2026-12-28, name: Boxing Day}, {date: 2027-01-01, name: New Year's Day}]}}";

fn project(handbook: &str, text: &str) -> Project {
    let folder = TempDir::new().unwrap();
    let vendors = folder.path().join("content/vendors");
    fs::create_dir_all(&vendors).unwrap();
    fs::write(folder.path().join("handbook.yaml"), handbook).unwrap();
    fs::write(vendors.join("a.md"), text).unwrap();
    source::read(folder.path()).unwrap()
}

/// A line of text as it reads: boxes and blanks as signs.
fn line(text: &Text) -> String {
    let pieces = text.pieces.iter().map(|piece| match piece {
        Piece::Plain(text) | Piece::Strong(text) => text.clone(),
        Piece::Date(day) => day.long(),
        Piece::Alert(word) => format!("▲ {word}"),
        Piece::Link { text, .. } => text.clone(),
        Piece::Blank(_) | Piece::Rule(_) => "____".to_owned(),
        Piece::Box { is_ticked: true, .. } => "☑".to_owned(),
        Piece::Box { is_ticked: false, .. } => "☐".to_owned(),
    });
    pieces.collect()
}

fn lines(texts: &[Text]) -> String {
    texts.iter().map(line).collect::<Vec<_>>().join(" ")
}

/// The cells of a row; an empty one is a place to write, and of a step's two boxes the first counts.
fn cells(cells: &[Vec<Text>], columns: &[Column]) -> String {
    let cell = |(cell, column): (&Vec<Text>, &Column)| match (cell.as_slice(), column.title) {
        ([], _) => "____".to_owned(),
        ([done, ..], "Tick") => line(done).replace(" done", ""),
        (texts, _) => lines(texts),
    };
    cells.iter().zip(columns).map(cell).collect::<Vec<_>>().join(" | ")
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(title) => title.clone(),
        Block::Paragraph(text) | Block::Boxed(text) => line(text),
        Block::Facts { rows, .. } => rows.iter().map(|(label, value)| format!("{label} {}", lines(value))).collect::<Vec<_>>().join(" "),
        Block::List { items, .. } | Block::Steps(items) => lines(items),
        Block::Lines(n) => "____ ".repeat(*n),
        Block::Table(table) => {
            let mut parts: Vec<String> = vec![table.columns.iter().map(|column| column.title).collect::<Vec<_>>().join(" | ")];
            for body in &table.bodies {
                parts.push(body.title.clone());
                parts.extend(body.rows.iter().map(|row| cells(&row.cells, &table.columns)));
                parts.extend(body.gate.as_ref().map(line));
            }
            parts.join(" ")
        }
        Block::Signatures(places) => {
            let of = |place: &partwell::paper::Signature| {
                format!(
                    "{} {} {}",
                    place.title,
                    place.statement.as_ref().map(line).unwrap_or_default(),
                    place.lines.join(" ____ ") + " ____"
                )
            };
            places.iter().map(of).collect::<Vec<_>>().join(" ")
        }
    }
}

/// All that stands on a sheet, as one line with single spaces.
pub fn flat(pack: &Pack, sheet: &Sheet) -> String {
    let dates: Vec<String> = sheet.dates.iter().map(|(label, value)| format!("{label} {}", line(value))).collect();
    let blocks: Vec<String> = sheet.blocks.iter().map(block).collect();
    let foot = format!("Playbook revision {}, as of {}. Planning aid, not legal advice.", pack.revision, pack.as_of.long());
    let copy = |copy: &&'static str| {
        let head = [pack.client.as_str(), &pack.vendor, &sheet.title, copy].map(str::to_owned);
        [&head[..], &dates, &sheet.warnings, &blocks, std::slice::from_ref(&foot)].concat().join(" ")
    };
    let all: Vec<String> = sheet.copies.iter().map(copy).collect();
    all.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn ending(words: &str) -> Ending {
    let mut ending = Ending::default();
    let mut words = words.split_whitespace();
    while let (Some(flag), Some(value)) = (words.next(), words.next()) {
        match flag {
            "--on" => ending.on = Some(Date::parse(value).unwrap()),
            "--notice" => ending.notice = Some(Date::parse(value).unwrap()),
            "--reason" => ending.reason = Some(ExitReason::from_word(value).unwrap()),
            "--template" => ending.template = Some(ExitTemplate::from_word(value).unwrap()),
            other => panic!("what is {other}?"),
        }
    }
    ending
}

fn run(case: &Case) -> Result<(), String> {
    let (text, _) = playbook(case)?;
    let handbook = case.handbook.as_deref().unwrap_or(HANDBOOK);
    let handbook =
        if handbook.contains("title:") { handbook.to_owned() } else { format!("{{title: T, {}", handbook.trim_start_matches('{')) };
    let mut project = project(&handbook, &text);
    let as_of = Date::parse(case.as_of.as_deref().unwrap_or("2026-11-21")).unwrap();
    let said = |key: &str| case.more.iter().find_map(|line| line.strip_prefix(key)).map(str::trim);
    let mut library = pipeline::analyze(&project, as_of).value;
    if let Some(words) = said("exit:") {
        let ending = ending(words).with_last_day(&library.vendors[0], as_of)?;
        let text = ending.write_into(&library.vendors[0].text)?;
        project.files.iter_mut().find(|file| file.path.ends_with("a.md")).unwrap().text = text.into();
        library = pipeline::analyze(&project, as_of).value;
    }
    let vendor = &library.vendors[0];
    let plan = exit::plan(vendor, as_of);
    let kind = sheets::find(said("sheet:").ok_or("no sheet is named")?).ok_or("there is no such sheet")?;
    let desk = Desk { vendor, plan: &plan, config: &project.config, as_of, notes: Vec::new() };
    let pack = desk.pack(kind.title, std::iter::once(kind));
    let flat = flat(&pack, &pack.sheets[0]);
    let mut at = 0;
    for line in &case.more {
        let wanted = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(text) = line.strip_prefix("> ").map(wanted) {
            match flat[at..].find(&text) {
                Some(found) => at += found + text.len(),
                None if flat.contains(&text) => return Err(format!("{text:?} stands before what was named before it:\n    {flat}")),
                None => return Err(format!("{text:?} is missing:\n    {flat}")),
            }
        } else if let Some(text) = line.strip_prefix("! ").map(wanted) {
            if flat.contains(&text) {
                return Err(format!("{text:?} stands there:\n    {flat}"));
            }
        } else if !line.starts_with("exit:") && !line.starts_with("sheet:") {
            return Err(format!("what is {line:?}?"));
        }
    }
    Ok(())
}

#[test]
fn each_sheet_says_what_it_should_and_nothing_else() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for path in files("sheets") {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        for case in cases(&fs::read_to_string(&path).unwrap()) {
            seen += 1;
            if let Err(why) = run(&case) {
                wrong.push(format!("{name} == {}: {why}", case.name));
            }
        }
    }
    assert!(seen > 150, "only {seen} cases were found");
    assert!(wrong.is_empty(), "{} of {seen}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_sheet_has_a_case() {
    let named: Vec<String> = files("sheets").iter().map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    let missing: Vec<&str> = sheets::SHEETS.iter().map(|kind| kind.name).filter(|name| !named.iter().any(|known| known == name)).collect();
    assert!(missing.is_empty(), "no cases for {missing:?}");
}

/// The names of all boxes of a sheet, in reading order.
fn boxes(blocks: &[Block]) -> Vec<String> {
    let texts = |block: &Block| -> Vec<Text> {
        match block {
            Block::Heading(_) | Block::Lines(_) => Vec::new(),
            Block::Paragraph(text) | Block::Boxed(text) => vec![text.clone()],
            Block::Facts { rows, .. } => rows.iter().flat_map(|(_, values)| values.clone()).collect(),
            Block::List { items, .. } | Block::Steps(items) => items.clone(),
            Block::Table(table) => {
                let of = |body: &Body| body.rows.iter().flat_map(|row| row.cells.concat()).chain(body.gate.clone()).collect::<Vec<_>>();
                table.bodies.iter().flat_map(of).collect()
            }
            Block::Signatures(places) => places.iter().filter_map(|place| place.statement.clone()).collect(),
        }
    };
    let names = blocks.iter().flat_map(texts).flat_map(|text| text.pieces).filter_map(|piece| match piece {
        Piece::Box { name, .. } => Some(name),
        _ => None,
    });
    names.collect()
}

/// A box is known by its name: to those who hear the sheet, and to the browser that keeps its tick.
#[test]
fn every_box_of_every_example_has_a_name_of_its_own() {
    let mut projects: Vec<_> = fs::read_dir(repository().join("examples")).unwrap().map(|entry| entry.unwrap().path()).collect();
    projects.push(repository());
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for root in projects {
        let project = source::read(&root).unwrap();
        let as_of = project.config.as_of.unwrap_or_else(|| Date::parse("2026-11-21").unwrap());
        for vendor in &pipeline::analyze(&project, as_of).value.vendors {
            let plan = exit::plan(vendor, as_of);
            let desk = Desk { vendor, plan: &plan, config: &project.config, as_of, notes: Vec::new() };
            for sheet in desk.pack("All", sheets::SHEETS.iter().copied()).sheets {
                let names = boxes(&sheet.blocks);
                seen += names.len();
                let is_poor = |n: usize| names[n].chars().count() < 3 || names[n].ends_with(" (2)") || names[..n].contains(&names[n]);
                let poor: Vec<&String> = (0..names.len()).filter(|n| is_poor(*n)).map(|n| &names[n]).collect();
                if !poor.is_empty() {
                    wrong.push(format!("{}, {}: {poor:?}", vendor.slug, sheet.name));
                }
            }
        }
    }
    assert!(seen > 3_000, "only {seen} boxes were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whatever a playbook repeats, and even without a name.
#[test]
fn boxes_that_would_be_called_the_same_are_numbered() {
    let tick = |name: &str| Text::default().tick_box(name, false);
    let row = Row { cells: vec![vec![tick("there"), tick(" there ")]], ..Row::default() };
    let table = Table {
        caption: String::new(),
        columns: vec![Column::head("What", 1)],
        bodies: vec![Body { rows: vec![row], gate: Some(tick("there (2)")), ..Body::default() }],
    };
    let mut blocks =
        vec![Block::Paragraph(tick("")), Block::List { items: vec![tick(""), tick("other")], columns: 1 }, Block::Table(table)];
    partwell::paper::tell_apart(&mut blocks);
    assert_eq!(boxes(&blocks), ["box", "box (2)", "other", "there", "there (2)", "there (2) (2)"]);
}
