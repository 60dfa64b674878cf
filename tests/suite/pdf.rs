//! Packs as PDF: whatever is written, a document comes out that keeps the rules, and the same one each time.

use partwell::calendar::Date;
use partwell::paper::{Block, Body, Column, Pack, Piece, Row, RowKind, Sheet, Signature, Table, Text};
use partwell::pdf::{Fonts, Made, PageSize, render};

fn fonts() -> Fonts {
    let (fonts, refused) = Fonts::new(partwell::theme::FONTS, Vec::new());
    assert!(refused.is_empty(), "{refused:?}");
    fonts
}

fn made(pack: &Pack) -> Made {
    let made = render(pack, PageSize::A4, &fonts()).expect("a document");
    assert!(made.bytes.starts_with(b"%PDF-1.7"));
    made
}

fn day() -> Date {
    Date::new(2026, 11, 21).expect("a day")
}

fn sheet(blocks: Vec<Block>) -> Sheet {
    Sheet {
        name: "brief",
        letter: Some('a'),
        title: "Meeting brief".into(),
        copies: &["OUR COPY"],
        is_landscape: false,
        is_tight: false,
        dates: vec![("last day".into(), Text::date(day())), ("meeting".into(), Text::blank("meeting"))],
        warnings: vec!["REHEARSAL".into()],
        blocks,
    }
}

fn pack(blocks: Vec<Block>) -> Pack {
    Pack {
        title: "Exit pack".into(),
        client: "Harbor & Pine".into(),
        vendor: "Adler & Finch".into(),
        revision: "1a2b3c4d".into(),
        as_of: day(),
        language: "en-GB".into(),
        footer: String::new(),
        sheets: vec![sheet(blocks)],
    }
}

fn paragraphs(texts: &[&str]) -> Pack {
    pack(texts.iter().map(|text| Block::Paragraph(Text::plain(*text))).collect())
}

fn table(rows: usize, cells: impl Fn(usize) -> Vec<Vec<Text>>) -> Block {
    let rows = (0..rows).map(|index| Row { step: None, kind: RowKind::Plain, cells: cells(index) }).collect();
    let gate = Some(Text::tick("all done?"));
    let columns = vec![Column::head("id", 1), Column::new("step", 5), Column::new("done", 2)];
    Block::Table(Table {
        caption: "Steps".into(),
        columns,
        bodies: vec![Body { title: "Prepare".into(), rows, gate }, Body::spare("Added", 6, 3)],
    })
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides.max(1)
    }

    fn letter(&mut self) -> char {
        const ODD: [char; 34] = [
            '\0',
            '\u{1}',
            '\t',
            '\n',
            '\r',
            '\u{85}',
            '\u{AD}',
            '\u{200B}',
            '\u{200C}',
            '\u{200D}',
            '\u{200E}',
            '\u{200F}',
            '\u{202A}',
            '\u{202E}',
            '\u{2066}',
            '\u{2069}',
            '\u{2028}',
            '\u{2029}',
            '\u{FE0F}',
            '\u{FEFF}',
            '\u{FFFD}',
            '\u{FFFE}',
            '\u{FFFF}',
            '\u{E000}',
            '\u{F8FF}',
            '\u{10FFFD}',
            '\u{301}',
            '\u{323}',
            '\u{20E3}',
            '\u{1F468}',
            '\u{1F3FD}',
            '\u{1F1EC}',
            '☐',
            '\u{34F}',
        ];
        let range = match self.roll(12) {
            0 | 1 => return ODD[self.roll(ODD.len() as u64) as usize],
            2 | 3 => 0x20..0x7F,
            4 => 0x300..0x370,
            5 => 0xA0..0x600,
            6 => 0x590..0x700,
            7 => 0x900..0x1200,
            8 => 0x1AB0..0x2200,
            9 => 0x2190..0x2C00,
            10 => 0x3000..0xFFFF,
            _ => 0x10000..0x11_0000,
        };
        char::from_u32((range.start + self.roll(range.end - range.start)) as u32).unwrap_or(' ')
    }

    fn text(&mut self) -> String {
        let length = self.roll(40);
        (0..length).map(|_| self.letter()).collect()
    }

    fn piece(&mut self) -> Piece {
        match self.roll(9) {
            0 => Piece::Strong(self.text()),
            1 => Piece::Date(day()),
            2 => Piece::Alert(self.text()),
            3 => Piece::Link { text: self.text(), href: self.text() },
            4 => Piece::Blank(self.text()),
            5 => Piece::Rule(self.text()),
            6 => Piece::Box { name: self.text(), is_ticked: self.roll(2) == 0 },
            _ => Piece::Plain(self.text()),
        }
    }

    fn line(&mut self) -> Text {
        let pieces = (0..self.roll(6)).map(|_| self.piece()).collect();
        Text { pieces, is_small: self.roll(4) == 0 }
    }

    fn lines(&mut self) -> Vec<Text> {
        (0..self.roll(4)).map(|_| self.line()).collect()
    }

    fn block(&mut self) -> Block {
        const KINDS: [RowKind; 6] = [RowKind::Plain, RowKind::Done, RowKind::Skipped, RowKind::Late, RowKind::Part, RowKind::Spare];
        match self.roll(9) {
            0 => Block::Heading(self.text()),
            1 => Block::Boxed(self.line()),
            2 => Block::Facts { rows: (0..self.roll(4)).map(|_| (self.text(), self.lines())).collect(), columns: self.roll(4) as usize },
            3 => Block::List { items: self.lines(), columns: self.roll(4) as usize },
            4 => Block::Steps(self.lines()),
            5 => {
                let columns = (0..self.roll(14))
                    .map(|index| Column { title: "forwarding/recovery", share: index as u8, is_head: index == 1 })
                    .collect();
                let rows = (0..self.roll(5)).map(|index| Row {
                    step: None,
                    kind: KINDS[index as usize],
                    cells: (0..self.roll(14)).map(|_| self.lines()).collect(),
                });
                let rows = rows.collect();
                Block::Table(Table {
                    caption: self.text(),
                    columns,
                    bodies: vec![Body { title: self.text(), rows, gate: Some(self.line()) }],
                })
            }
            6 => Block::Lines(self.roll(5) as usize),
            7 => Block::Signatures(
                (0..self.roll(5))
                    .map(|_| Signature { title: self.text(), statement: Some(self.line()), lines: &["Name", "Date"] })
                    .collect(),
            ),
            _ => Block::Paragraph(self.line()),
        }
    }
}

#[test]
fn any_text_whatever_makes_a_document() {
    let fonts = fonts();
    for seed in 1..=150 {
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seed));
        let mut pack = pack((0..12).map(|_| dice.block()).collect());
        pack.title = dice.text();
        pack.client = dice.text();
        pack.vendor = dice.text();
        pack.language = dice.text();
        pack.revision = dice.text();
        pack.footer = dice.text();
        pack.sheets[0].warnings = vec![dice.text(), dice.text()];
        pack.sheets[0].dates = (0..dice.roll(6)).map(|_| (dice.text(), dice.line())).collect();
        pack.sheets[0].title = dice.text();
        pack.sheets[0].is_landscape = dice.roll(2) == 0;
        pack.sheets[0].is_tight = dice.roll(2) == 0;
        let made = render(&pack, PageSize::Letter, &fonts);
        assert!(made.is_ok(), "seed {seed}: {:?}", made.err());
    }
}

#[test]
fn what_is_long_is_broken() {
    let word = "w".repeat(10_000);
    let arabic = "م".repeat(3_000);
    let one = made(&paragraphs(&[&word, &arabic, ""]));
    assert!(one.pages > 1, "{} pages", one.pages);
    let many =
        made(&pack(vec![table(2_500, |index| vec![vec![Text::plain(format!("P{index}"))], vec![Text::plain("Write it down")], vec![]])]));
    assert!(many.pages > 60, "{} pages", many.pages);
    let tall = made(&pack(vec![table(2, |_| vec![vec![], (0..400).map(|line| Text::plain(format!("line {line}"))).collect(), vec![]])]));
    assert!(tall.pages > 10, "{} pages", tall.pages);
    let head = Block::Heading("long heading ".repeat(900));
    assert!(made(&pack(vec![head, Block::Boxed(Text::plain("in a frame ".repeat(3_000)))])).pages > 3);
    let mut pack = paragraphs(&["x"]);
    (pack.client, pack.vendor, pack.title) = (word.clone(), word.clone(), word.repeat(5));
    (pack.sheets[0].warnings, pack.footer) = (vec![word.clone()], word.clone());
    (pack.sheets[0].title, pack.sheets[0].dates) = (word.clone(), vec![(word.clone(), Text::plain(word.clone()))]);
    pack.sheets[0].blocks.push(Block::Paragraph(Text::default().piece(Piece::Link { text: word.clone(), href: word.repeat(4) })));
    pack.sheets[0].blocks.push(Block::Paragraph(Text::default().tick_box(word.repeat(4), false).and_blank(&word.repeat(4))));
    made(&pack);
}

#[test]
fn what_no_font_has_is_told_once() {
    let made = made(&paragraphs(&[
        "王小明 李雷 (Chinese)",
        "again: 王小明 李雷",
        "Nguyễn Ọlásúnkànmí Ольга Αθηνά e\u{301} ☐ ☑ ▲ → ✓ −",
        "soft\u{AD}hyphen\u{FEFF}",
    ]));
    assert_eq!(made.substituted, ["王小明 李雷"]);
}

#[test]
fn the_same_pack_gives_the_same_bytes_on_any_thread() {
    let pack =
        pack(vec![table(40, |index| vec![vec![Text::plain(format!("P{index}"))], vec![Text::date(day())], vec![]]), Block::Lines(4)]);
    let fonts = fonts();
    let expected = made(&pack).bytes;
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..3 {
                    assert!(render(&pack, PageSize::A4, &fonts).expect("a document").bytes == expected);
                }
            });
        }
    });
}

#[test]
fn a_font_that_cannot_be_used_is_refused_by_name() {
    let own = vec![
        ("notes.ttf".to_owned(), b"not a font".to_vec()),
        ("Noto.ttf".to_owned(), partwell::theme::FONTS[0].to_vec()),
        ("empty.otf".to_owned(), Vec::new()),
    ];
    let (fonts, refused) = Fonts::new(partwell::theme::FONTS, own);
    let names: Vec<&str> = refused.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["notes.ttf", "empty.otf"]);
    assert!(render(&paragraphs(&["x"]), PageSize::A4, &fonts).is_ok());
    let (none, _) = Fonts::new(&[], Vec::new());
    assert!(render(&paragraphs(&["x"]), PageSize::A4, &none).is_err());
}

#[test]
fn each_copy_begins_on_a_page_of_its_own() {
    let mut pack = paragraphs(&["x"]);
    pack.sheets[0].copies = &["COPY 1 OF 2", "COPY 2 OF 2"];
    let mut second = sheet(Vec::new());
    (second.copies, second.is_landscape) = (&[""], true);
    pack.sheets.push(second);
    assert_eq!(made(&pack).pages, 3);
    pack.sheets.clear();
    assert!(render(&pack, PageSize::A4, &fonts()).is_err());
}

#[test]
fn a_tight_sheet_takes_fewer_pages() {
    let blocks = || {
        (0..9)
            .flat_map(|_| [Block::Heading("Part".into()), Block::Paragraph(Text::plain("Say it once, stop, listen."))])
            .collect::<Vec<_>>()
    };
    let mut pack = pack(blocks());
    let airy = made(&pack).pages;
    pack.sheets[0].is_tight = true;
    assert!(made(&pack).pages < airy || airy == 1);
}
