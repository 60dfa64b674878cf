//! The blocks of a sheet as HTML: boxes are real inputs with names, blanks are ruled, tables repeat their head.

use crate::html::{self, Html, push};
use crate::markdown::{escape, escape_into};
use crate::paper::{Block, Body, Pack, Piece, Row, RowKind, Sheet, Signature, Table, Text};

/// Rows from which on a table may run over a page, so that its head says which sheet it belongs to. Across the paper
/// there is less room, and even rows to write on go over to the next.
const LONG: usize = 7;
const LONG_ACROSS: usize = 6;

/// All blocks of one copy of a sheet.
pub fn html(sheet: &Sheet, copy: &str, pack: &Pack) -> Html {
    // Most sheets come out at between 4 and 40 kB.
    let mut out = String::with_capacity(16 << 10);
    for block in &sheet.blocks {
        write_block(&mut out, block, &Running { sheet, copy, pack });
    }
    Html::made(out)
}

/// What the head of a table that runs over pages says.
struct Running<'a> {
    sheet: &'a Sheet,
    copy: &'a str,
    pack: &'a Pack,
}

fn write_block(out: &mut String, block: &Block, running: &Running<'_>) {
    match block {
        Block::Heading(title) => tagged(out, "<h3>", title, "</h3>\n"),
        Block::Paragraph(line) => {
            out.push_str(if line.is_small { "<p class=\"sub\">" } else { "<p>" });
            push_line(out, line);
            out.push_str("</p>\n");
        }
        Block::Boxed(line) => {
            out.push_str("<p class=\"say\">");
            push_line(out, line);
            out.push_str("</p>\n");
        }
        Block::Facts { rows, columns } => {
            push(out, &["<dl class=\"facts c", &columns.to_string(), "\">\n"]);
            for (label, lines) in rows {
                tagged(out, "<div><dt>", label, "</dt><dd>");
                stacked(out, lines);
                out.push_str("</dd></div>\n");
            }
            out.push_str("</dl>\n");
        }
        Block::List { items, columns } => list(out, "ul", items, *columns),
        Block::Steps(items) => list(out, "ol", items, 1),
        Block::Table(table) => write_table(out, table, running),
        Block::Lines(n) => {
            let line = "<span></span>".repeat(*n);
            push(out, &["<p class=\"lines\" role=\"img\" aria-label=\"room to write\">", &line, "</p>\n"]);
        }
        Block::Signatures(places) => {
            out.push_str("<div class=\"sign\">");
            places.iter().for_each(|place| signature(out, place));
            out.push_str("</div>\n");
        }
    }
}

/// A text between what opens and closes it.
fn tagged(out: &mut String, open: &str, text: &str, close: &str) {
    out.push_str(open);
    escape_into(out, text);
    out.push_str(close);
}

fn list(out: &mut String, tag: &str, items: &[Text], columns: usize) {
    let is_ticks = items.iter().any(|item| matches!(item.pieces.first(), Some(Piece::Box { .. })));
    let class = if is_ticks { "ticks" } else { "plain" };
    push(out, &["<", tag, " class=\"", class, " c", &columns.to_string(), "\">\n"]);
    for item in items {
        out.push_str("<li>");
        push_line(out, item);
        out.push_str("</li>\n");
    }
    push(out, &["</", tag, ">\n"]);
}

fn signature(out: &mut String, place: &Signature) {
    tagged(out, "<div><h4>", &place.title, "</h4>");
    if let Some(statement) = &place.statement {
        out.push_str("<p class=\"statement\">");
        push_line(out, statement);
        out.push_str("</p>");
    }
    for line in place.lines {
        push(out, &["<p>", line, " <span class=\"blank\"></span></p>"]);
    }
    out.push_str("</div>");
}

/// A line of text.
pub fn text(line: &Text) -> Html {
    let mut out = String::new();
    push_line(&mut out, line);
    Html::made(out)
}

/// True where a line has one box, at its beginning: all of it names the box then.
fn is_label(line: &Text) -> bool {
    let is_box = |piece: &Piece| matches!(piece, Piece::Box { .. });
    line.pieces.first().is_some_and(is_box) && !line.pieces[1..].iter().any(is_box)
}

fn push_line(out: &mut String, line: &Text) {
    let is_label = is_label(line);
    if is_label {
        out.push_str("<label class=\"box\">");
    }
    for piece in &line.pieces {
        match piece {
            Piece::Plain(text) => escape_into(out, text),
            Piece::Strong(text) => tagged(out, "<b>", text, "</b>"),
            Piece::Date(day) => html::push_date(out, *day),
            Piece::Alert(word) => html::push_mark(out, "warn", word),
            Piece::Link { text, href } => html::push_link(out, href, text),
            Piece::Blank(label) => html::push_blank(out, "short", label),
            Piece::Rule(label) => html::push_blank(out, "long", label),
            Piece::Box { name, is_ticked } => {
                tagged(out, "<input type=\"checkbox\" aria-label=\"", name, if *is_ticked { "\" checked>" } else { "\">" });
            }
        }
    }
    if is_label {
        out.push_str("</label>");
    }
}

/// Lines one below the other; remarks small.
fn stacked(out: &mut String, lines: &[Text]) {
    for (n, line) in lines.iter().enumerate() {
        if line.is_small {
            out.push_str("<span class=\"sub\">");
            push_line(out, line);
            out.push_str("</span>");
            continue;
        }
        // A label is a line of its own already.
        let follows_line = n > 0 && !lines[n - 1].is_small && !is_label(line);
        if follows_line {
            out.push_str("<br>");
        }
        push_line(out, line);
    }
}

fn write_table(out: &mut String, table: &Table, running: &Running<'_>) {
    let columns = &table.columns;
    let shares: u32 = columns.iter().map(|column| u32::from(column.share)).sum::<u32>().max(1);
    let rows: usize = table.bodies.iter().map(|body| body.rows.len()).sum();
    let is_long = rows >= if running.sheet.is_landscape { LONG_ACROSS } else { LONG };
    out.push_str(if is_long { "<div class=\"table steps\"><table>\n" } else { "<div class=\"table steps\"><table class=\"short\">\n" });
    tagged(out, "<caption>", &table.caption, "</caption>\n<colgroup>");
    for column in columns {
        let share = (u32::from(column.share) * 100 + shares / 2) / shares;
        push(out, &["<col class=\"w", &share.to_string(), "\">"]);
    }
    out.push_str("</colgroup>\n<thead>\n");
    if is_long {
        running.head(out, columns.len());
    }
    out.push_str("<tr>");
    for column in columns {
        tagged(out, "<th scope=\"col\">", column.title, "</th>");
    }
    out.push_str("</tr>\n</thead>\n");
    let labels: Vec<String> = columns.iter().map(|column| escape(column.title)).collect();
    for body in &table.bodies {
        write_body(out, body, table, &labels);
    }
    out.push_str("</table></div>\n");
}

impl Running<'_> {
    /// The first row of the head, which stands on every page that the table runs over.
    fn head(&self, out: &mut String, columns: usize) {
        let Running { sheet, copy, pack } = self;
        push(out, &["<tr class=\"sheet\"><th scope=\"colgroup\" colspan=\"", &columns.to_string(), "\">"]);
        tagged(out, "<b>", &sheet.title, "</b> ");
        tagged(out, "<span>", &pack.vendor, "</span>");
        if !copy.is_empty() {
            tagged(out, " <span class=\"copy\">", copy, "</span>");
        }
        push(out, &[" <span class=\"sub\">Revision <span class=\"num\">", &pack.revision, "</span>, as of "]);
        html::push_date(out, pack.as_of);
        out.push_str("</span></th></tr>\n");
    }
}

fn write_body(out: &mut String, body: &Body, table: &Table, labels: &[String]) {
    let is_spare = body.rows.iter().all(|row| row.kind == RowKind::Spare);
    out.push_str(if is_spare { "<tbody class=\"spare\">\n" } else { "<tbody>\n" });
    let span = table.columns.len().to_string();
    if !body.title.is_empty() {
        push(out, &["<tr class=\"phase\"><th scope=\"rowgroup\" colspan=\"", &span, "\">"]);
        tagged(out, "", &body.title, "</th></tr>\n");
    }
    if is_spare {
        // Nothing is read from rows that are filled in by hand, and no screen shows them.
        let row = format!("<tr>{}</tr>\n", "<td></td>".repeat(table.columns.len()));
        out.push_str(&row.repeat(body.rows.len()));
    } else {
        body.rows.iter().for_each(|row| write_row(out, row, table, labels));
    }
    if let Some(gate) = &body.gate {
        push(out, &["<tr class=\"gate\"><td colspan=\"", &span, "\">"]);
        push_line(out, gate);
        out.push_str("</td></tr>\n");
    }
    out.push_str("</tbody>\n");
}

fn write_row(out: &mut String, row: &Row, table: &Table, labels: &[String]) {
    out.push_str(match row.kind {
        RowKind::Plain | RowKind::Spare => "<tr",
        RowKind::Done => "<tr class=\"done\"",
        RowKind::Skipped => "<tr class=\"skipped\"",
        RowKind::Late => "<tr class=\"late\"",
        RowKind::Part => "<tr class=\"part\"",
    });
    if let Some(step) = &row.step {
        tagged(out, " data-step=\"", step, "\"");
    }
    out.push('>');
    for ((column, label), cell) in table.columns.iter().zip(labels).zip(&row.cells) {
        // An empty heading of a row would name nothing.
        let is_head = column.is_head && !cell.is_empty();
        if is_head {
            out.push_str("<th scope=\"row\">");
        } else {
            push(out, &[if cell.is_empty() { "<td class=\"fill\" data-label=\"" } else { "<td data-label=\"" }, label, "\">"]);
        }
        stacked(out, cell);
        out.push_str(if is_head { "</th>" } else { "</td>" });
    }
    out.push_str("</tr>\n");
}
