//! A sheet of paper before it is a page or a PDF: blocks, tables, boxes to tick, lines to write on. What a
//! sheet says is decided once, in the room of the sheets; how it looks is decided by each format.

mod names;

use crate::calendar::Date;

pub use names::tell_apart;

/// Sheets that belong together, and the frame that stands around each of them.
#[derive(Debug, Clone)]
pub struct Pack {
    /// The title of the whole, for bookmarks and the document's properties.
    pub title: String,
    /// Whose paper it is.
    pub client: String,
    pub vendor: String,
    /// Eight digits that change when the playbook does.
    pub revision: String,
    pub as_of: Date,
    /// The language tag of the document.
    pub language: String,
    /// The handbook's own line in the footer; empty where it has none.
    pub footer: String,
    pub sheets: Vec<Sheet>,
}

/// One sheet. It begins on a new page, once for each of its copies.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Its name in addresses and on the command line: `brief`.
    pub name: &'static str,
    /// Its letter in the pack: `a`. Sheets outside the pack have none.
    pub letter: Option<char>,
    pub title: String,
    /// The mark of each copy that is printed: `OUR COPY – do not hand over`, or `COPY 1 OF 2` and `COPY 2 OF 2`.
    /// An empty mark is not shown.
    pub copies: &'static [&'static str],
    pub is_landscape: bool,
    /// True for a sheet that has to fit on one page if it can: narrower margins, less air between its parts.
    pub is_tight: bool,
    /// The four dates at its head, each with its label; none on a sheet outside an ending.
    pub dates: Vec<(String, Text)>,
    /// What has to be said before anything else: a rehearsal, or dates that are not to be relied on.
    pub warnings: Vec<String>,
    pub blocks: Vec<Block>,
}

/// A part of a sheet, from top to bottom.
#[derive(Debug, Clone)]
pub enum Block {
    /// A heading of a part of the sheet; what follows stays with it.
    Heading(String),
    Paragraph(Text),
    /// One sentence that stands out: large, in a frame.
    Boxed(Text),
    /// Labels with their values, each value one or more lines; in so many columns side by side, read row by row.
    Facts {
        rows: Vec<(String, Vec<Text>)>,
        columns: usize,
    },
    /// Items one below the other, or in so many columns. An item that begins with a [`Piece::Box`] is a box to
    /// tick.
    List {
        items: Vec<Text>,
        columns: usize,
    },
    /// Items in order, with numbers.
    Steps(Vec<Text>),
    Table(Table),
    /// Ruled lines to write on.
    Lines(usize),
    /// Places to sign, side by side.
    Signatures(Vec<Signature>),
}

/// A line of text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Text {
    pub pieces: Vec<Piece>,
    /// True for a remark in smaller print.
    pub is_small: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    Plain(String),
    Strong(String),
    Date(Date),
    /// A word that stands out by shape and weight, never by colour alone: `OVERDUE 3 days` with a triangle.
    Alert(String),
    Link {
        text: String,
        href: String,
    },
    /// A ruled blank to fill in by hand, with what belongs there for those who cannot see it.
    Blank(String),
    /// A ruled blank as wide as what is left of the line.
    Rule(String),
    /// A box to tick, with its name for those who cannot see it, and whether it is ticked already. On its sheet
    /// nothing else has this name: see [`tell_apart`].
    Box {
        name: String,
        is_ticked: bool,
    },
}

/// A table whose head repeats on each page and whose rows are never split.
#[derive(Debug, Clone)]
pub struct Table {
    /// What the table is, in a few words.
    pub caption: String,
    pub columns: Vec<Column>,
    pub bodies: Vec<Body>,
}

#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub title: &'static str,
    /// Its share of the width, relative to the others.
    pub share: u8,
    /// True for the column that names the row.
    pub is_head: bool,
}

/// Rows that belong together.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// The line above the rows; empty for none.
    pub title: String,
    pub rows: Vec<Row>,
    /// The line below the rows: `all done?`.
    pub gate: Option<Text>,
}

#[derive(Debug, Clone, Default)]
pub struct Row {
    /// The step this row ticks off, where it is one of the plan's.
    pub step: Option<String>,
    pub kind: RowKind,
    /// One for each column, each of one or more lines. An empty cell is a place to write.
    pub cells: Vec<Vec<Text>>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RowKind {
    #[default]
    Plain,
    Done,
    Skipped,
    Late,
    /// A line that belongs to the step above it.
    Part,
    /// Nothing but places to write.
    Spare,
}

/// A place to sign.
#[derive(Debug, Clone)]
pub struct Signature {
    /// `For Harbor & Pine`.
    pub title: String,
    /// What is signed, where it is not said above.
    pub statement: Option<Text>,
    /// The labels of the ruled lines: `Name`, `Date`, `Signature`.
    pub lines: &'static [&'static str],
}

impl Text {
    pub fn plain(text: impl Into<String>) -> Text {
        Text::default().and(text)
    }

    pub fn strong(text: impl Into<String>) -> Text {
        Text::default().piece(Piece::Strong(text.into()))
    }

    pub fn date(date: Date) -> Text {
        Text::default().day(date)
    }

    pub fn small(text: impl Into<String>) -> Text {
        Text::plain(text).as_small()
    }

    /// A ruled blank: what is not known is filled in by hand.
    pub fn blank(label: &str) -> Text {
        Text::default().piece(Piece::Blank(label.to_owned()))
    }

    /// A box to tick and what it is for.
    pub fn tick(label: impl Into<String>) -> Text {
        let label = label.into();
        let said = [" ", &label].concat();
        Text::default().tick_box(label, false).and(said)
    }

    pub fn tick_box(self, name: impl Into<String>, is_ticked: bool) -> Text {
        self.piece(Piece::Box { name: name.into(), is_ticked })
    }

    pub fn and(self, text: impl Into<String>) -> Text {
        let text = text.into();
        if text.is_empty() { self } else { self.piece(Piece::Plain(text)) }
    }

    pub fn and_strong(self, text: impl Into<String>) -> Text {
        self.piece(Piece::Strong(text.into()))
    }

    pub fn day(self, date: Date) -> Text {
        self.piece(Piece::Date(date))
    }

    pub fn and_blank(self, label: &str) -> Text {
        self.piece(Piece::Blank(label.to_owned()))
    }

    /// A date, or a blank where it is not known.
    pub fn day_or_blank(self, date: Option<Date>, label: &str) -> Text {
        match date {
            Some(date) => self.day(date),
            None => self.and_blank(label),
        }
    }

    pub fn join(mut self, other: Text) -> Text {
        self.pieces.extend(other.pieces);
        self
    }

    pub fn as_small(mut self) -> Text {
        self.is_small = true;
        self
    }

    pub fn piece(mut self, piece: Piece) -> Text {
        self.pieces.push(piece);
        self
    }
}

impl Body {
    /// Empty rows to write on, as wide as the table.
    pub fn spare(title: &str, rows: usize, columns: usize) -> Body {
        let row = Row { kind: RowKind::Spare, cells: vec![Vec::new(); columns], step: None };
        Body { title: title.to_owned(), rows: vec![row; rows], gate: None }
    }
}

impl Column {
    pub const fn new(title: &'static str, share: u8) -> Column {
        Column { title, share, is_head: false }
    }

    pub const fn head(title: &'static str, share: u8) -> Column {
        Column { title, share, is_head: true }
    }
}
