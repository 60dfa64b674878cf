//! The blocks of a sheet as HTML: boxes are real inputs with names, blanks are ruled, tables repeat their head.

use std::fmt::Write;

use crate::html::{self, Html};
use crate::markdown::escape;
use crate::paper::{Block, Body, Pack, Piece, Row, RowKind, Sheet, Signature, Table, Text};

/// Rows from which on a table may run over a page, so that its head says which sheet it belongs to. Across the paper
/// there is less room, and even rows to write on go over to the next.
const LONG: usize = 7;
const LONG_ACROSS: usize = 6;

/// All blocks of one copy of a sheet.
pub fn html(sheet: &Sheet, copy: &str, pack: &Pack) -> Html {
    let mut out = String::new();
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
    let _ = match block {
        Block::Heading(title) => writeln!(out, "<h3>{}</h3>", escape(title)),
        Block::Paragraph(line) => writeln!(out, "<p{}>{}</p>", small(line), text(line).as_str()),
        Block::Boxed(line) => writeln!(out, "<p class=\"say\">{}</p>", text(line).as_str()),
        Block::Facts { rows, columns } => {
            let _ = writeln!(out, "<dl class=\"facts c{columns}\">");
            for (label, lines) in rows {
                let _ = writeln!(out, "<div><dt>{}</dt><dd>{}</dd></div>", escape(label), stacked(lines));
            }
            writeln!(out, "</dl>")
        }
        Block::List { items, columns } => list(out, "ul", items, *columns),
        Block::Steps(items) => list(out, "ol", items, 1),
        Block::Table(table) => {
            write_table(out, table, running);
            Ok(())
        }
        Block::Lines(n) => {
            let line = "<span></span>".repeat(*n);
            writeln!(out, "<p class=\"lines\" role=\"img\" aria-label=\"room to write\">{line}</p>")
        }
        Block::Signatures(places) => {
            let places: String = places.iter().map(signature).collect();
            writeln!(out, "<div class=\"sign\">{places}</div>")
        }
    };
}

fn small(line: &Text) -> &'static str {
    if line.is_small { " class=\"sub\"" } else { "" }
}

fn list(out: &mut String, tag: &str, items: &[Text], columns: usize) -> std::fmt::Result {
    let is_ticks = items.iter().any(|item| matches!(item.pieces.first(), Some(Piece::Box { .. })));
    let class = if is_ticks { "ticks" } else { "plain" };
    let _ = writeln!(out, "<{tag} class=\"{class} c{columns}\">");
    for item in items {
        let _ = writeln!(out, "<li>{}</li>", text(item).as_str());
    }
    writeln!(out, "</{tag}>")
}

fn signature(place: &Signature) -> String {
    let mut out = format!("<div><h4>{}</h4>", escape(&place.title));
    if let Some(statement) = &place.statement {
        let _ = write!(out, "<p class=\"statement\">{}</p>", text(statement).as_str());
    }
    for line in place.lines {
        let _ = write!(out, "<p>{line} <span class=\"blank\"></span></p>");
    }
    out.push_str("</div>");
    out
}

/// A line of text. Where it begins with a box, all of it names the box.
pub fn text(line: &Text) -> Html {
    let mut out = String::new();
    let is_label = matches!(line.pieces.first(), Some(Piece::Box { .. }))
        && line.pieces.iter().filter(|piece| matches!(piece, Piece::Box { .. })).count() == 1;
    if is_label {
        out.push_str("<label class=\"box\">");
    }
    for piece in &line.pieces {
        let _ = match piece {
            Piece::Plain(text) => write!(out, "{}", escape(text)),
            Piece::Strong(text) => write!(out, "<b>{}</b>", escape(text)),
            Piece::Date(day) => write!(out, "{}", html::date(*day).as_str()),
            Piece::Alert(word) => write!(out, "{}", html::mark("warn", word).as_str()),
            Piece::Link { text, href } => write!(out, "{}", html::link(href, text).as_str()),
            Piece::Blank(label) => write!(out, "{}", html::blank(label).as_str()),
            Piece::Rule(label) => {
                write!(out, "<span class=\"blank long\" role=\"img\" aria-label=\"{} to fill in\"></span>", escape(label))
            }
            Piece::Box { name, is_ticked } => {
                let ticked = if *is_ticked { " checked" } else { "" };
                write!(out, "<input type=\"checkbox\" aria-label=\"{}\"{ticked}>", escape(name))
            }
        };
    }
    if is_label {
        out.push_str("</label>");
    }
    Html::made(out)
}

/// Lines one below the other; remarks small.
fn stacked(lines: &[Text]) -> String {
    let mut out = String::new();
    for (n, line) in lines.iter().enumerate() {
        let piece = text(line);
        if line.is_small {
            out.push_str(html::sub(piece).as_str());
            continue;
        }
        // A label is a line of its own already.
        let follows_line = n > 0 && !lines[n - 1].is_small && !piece.as_str().starts_with("<label");
        if follows_line {
            out.push_str("<br>");
        }
        out.push_str(piece.as_str());
    }
    out
}

fn write_table(out: &mut String, table: &Table, running: &Running<'_>) {
    let columns = &table.columns;
    let shares: u32 = columns.iter().map(|column| u32::from(column.share)).sum::<u32>().max(1);
    let rows: usize = table.bodies.iter().map(|body| body.rows.len()).sum();
    let is_long = rows >= if running.sheet.is_landscape { LONG_ACROSS } else { LONG };
    let _ = write!(
        out,
        "<div class=\"table steps\"><table{}>\n<caption>{}</caption>\n<colgroup>",
        if is_long { "" } else { " class=\"short\"" },
        escape(&table.caption)
    );
    for column in columns {
        let _ = write!(out, "<col class=\"w{}\">", (u32::from(column.share) * 100 + shares / 2) / shares);
    }
    out.push_str("</colgroup>\n<thead>\n");
    if is_long {
        let Running { sheet, copy, pack } = running;
        let copy = if copy.is_empty() { String::new() } else { format!(" <span class=\"copy\">{}</span>", escape(copy)) };
        let _ = writeln!(
            out,
            "<tr class=\"sheet\"><th scope=\"colgroup\" colspan=\"{}\"><b>{}</b> <span>{}</span>{copy} <span class=\"sub\">Revision <span class=\"num\">{}</span>, as of {}</span></th></tr>",
            columns.len(),
            escape(&sheet.title),
            escape(&pack.vendor),
            pack.revision,
            html::date(pack.as_of).as_str(),
        );
    }
    out.push_str("<tr>");
    for column in columns {
        let _ = write!(out, "<th scope=\"col\">{}</th>", escape(column.title));
    }
    out.push_str("</tr>\n</thead>\n");
    for body in &table.bodies {
        write_body(out, body, table);
    }
    out.push_str("</table></div>\n");
}

fn write_body(out: &mut String, body: &Body, table: &Table) {
    let is_spare = body.rows.iter().all(|row| row.kind == RowKind::Spare);
    out.push_str(if is_spare { "<tbody class=\"spare\">\n" } else { "<tbody>\n" });
    let span = table.columns.len();
    if !body.title.is_empty() {
        let _ = writeln!(out, "<tr class=\"phase\"><th scope=\"rowgroup\" colspan=\"{span}\">{}</th></tr>", escape(&body.title));
    }
    for row in &body.rows {
        write_row(out, row, table);
    }
    if let Some(gate) = &body.gate {
        let _ = writeln!(out, "<tr class=\"gate\"><td colspan=\"{span}\">{}</td></tr>", text(gate).as_str());
    }
    out.push_str("</tbody>\n");
}

fn write_row(out: &mut String, row: &Row, table: &Table) {
    let class = match row.kind {
        RowKind::Plain | RowKind::Spare => "",
        RowKind::Done => " class=\"done\"",
        RowKind::Skipped => " class=\"skipped\"",
        RowKind::Late => " class=\"late\"",
        RowKind::Part => " class=\"part\"",
    };
    let step = row.step.as_ref().map_or(String::new(), |step| format!(" data-step=\"{}\"", escape(step)));
    let _ = write!(out, "<tr{class}{step}>");
    for (column, cell) in table.columns.iter().zip(&row.cells) {
        // An empty heading of a row would name nothing.
        if column.is_head && !cell.is_empty() {
            let _ = write!(out, "<th scope=\"row\">{}</th>", stacked(cell));
        } else {
            let fill = if cell.is_empty() { " class=\"fill\"" } else { "" };
            let _ = write!(out, "<td{fill} data-label=\"{}\">{}</td>", escape(column.title), stacked(cell));
        }
    }
    out.push_str("</tr>\n");
}
