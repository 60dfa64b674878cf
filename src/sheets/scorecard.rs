use super::facts::{fact, facts, heading, table};
use super::{Desk, Kind, Layout, PLAIN, Place};
use crate::library::measures;
use crate::paper::{Block, Body, Column, Row, Table, Text};
use crate::schema::{Role, Status};

/// Scores and trends of a quarter, with the weights of the handbook.
pub static SHEET: Kind = Kind {
    name: "scorecard",
    letter: None,
    title: "Quarterly scorecard",
    purpose: "scores, trends, what to change",
    copies: PLAIN,
    layout: Layout::Portrait,
    carrier: Role::Owner,
    place: Place::Working(&[Status::Active, Status::AtRisk]),
    make,
};

/// What is scored where the handbook names nothing else: our default, equal weights.
const CRITERIA: [&str; 5] = ["quality", "timeliness", "communication", "responsiveness", "value"];

pub const LEVELS: &[Column] =
    &[Column::head("Service level", 30), Column::new("Agreed", 24), Column::new("Newest figure", 24), Column::new("Remark", 22)];

fn make(desk: &Desk<'_>) -> Vec<Block> {
    let newest =
        desk.vendor.playbook.reviews.items().iter().filter_map(|review| review.date.copied()).filter(|day| *day <= desk.as_of).max();
    vec![
        facts(vec![
            fact("Quarter", Text::blank("quarter")),
            fact("Last review", Text::default().day_or_blank(newest, "date")),
            fact("Filled in by", Text::blank("names")),
        ]),
        heading("Scores, 1 (poor) to 5 (excellent)"),
        scores(desk),
        heading("Service levels"),
        table("Service levels", LEVELS, levels(desk), 2),
        heading("What went right"),
        Block::Lines(3),
        heading("What we change, on both sides"),
        table("What we change", &[Column::head("What", 50), Column::new("Who", 25), Column::new("By when", 25)], Vec::new(), 4),
    ]
}

/// The criteria with their weights and five boxes each; the newest scores stand beside them.
pub fn scores(desk: &Desk<'_>) -> Block {
    const COLUMNS: &[Column] = &[
        Column::head("Criterion", 26),
        Column::new("Weight", 12),
        Column::new("Last time", 12),
        Column::new("1", 7),
        Column::new("2", 7),
        Column::new("3", 7),
        Column::new("4", 7),
        Column::new("5", 7),
        Column::new("Example", 22),
    ];
    let weights: Vec<(String, f64)> =
        if desk.config.scorecard.is_empty() { CRITERIA.map(|name| (name.to_owned(), 20.0)).into() } else { desk.config.scorecard.clone() };
    let reviews = desk.vendor.playbook.reviews.items().iter();
    let scored = reviews.filter(|review| review.date.copied().is_some_and(|day| day <= desk.as_of) && review.scores.get().is_some());
    let last = scored.max_by_key(|review| review.date.copied()).and_then(|review| review.scores.get());
    let rows = weights.into_iter().map(|(name, weight)| {
        let before =
            last.and_then(|scores| scores.0.iter().find(|(known, _)| *known == name)).map(|(_, score)| Text::plain(score.to_string()));
        let mut cells =
            vec![vec![Text::plain(&name)], vec![Text::plain(format!("{weight} %"))], vec![before.unwrap_or_else(|| Text::plain("–"))]];
        cells.extend((1..=5).map(|n| vec![Text::default().tick_box(format!("{name}: {n}"), false)]));
        cells.push(Vec::new());
        Row { cells, ..Row::default() }
    });
    Block::Table(Table {
        caption: "Scores".to_owned(),
        columns: COLUMNS.to_vec(),
        bodies: vec![Body { rows: rows.collect(), ..Body::default() }],
    })
}

/// Each service level with its newest figure.
pub fn levels(desk: &Desk<'_>) -> Vec<Vec<Vec<Text>>> {
    let rows = desk.vendor.playbook.slas.items().iter().map(|sla| {
        let newest = measures::newest(sla, desk.as_of);
        let name = sla.name.text().or(sla.id.get().map(|id| id.0.as_str())).unwrap_or_default();
        let agreed = newest.and_then(|actual| measures::target(sla, actual)).map(Text::plain);
        let figure = newest.map(|actual| {
            let word = match measures::meets(sla, actual) {
                Some(true) => ", met",
                Some(false) => ", missed",
                None => "",
            };
            desk.value(Some(&actual.value), "figure").and(" in ").join(desk.value(Some(&actual.period), "period")).and(word)
        });
        vec![vec![Text::plain(name)], agreed.into_iter().collect(), figure.into_iter().collect(), Vec::new()]
    });
    rows.collect()
}
