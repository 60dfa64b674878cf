//! What is still missing for an ending that goes well, and how complete the playbook is.

use super::{Pages, block, titled};
use crate::book::attention::code_link;
use crate::book::{Block, Book};
use crate::diagnostic::capital;
use crate::html::{self, Html, Table, facts, join};
use crate::library::routes;
use crate::readiness::{self, Gap, LEVELS};
use crate::rules;
use crate::schema::Generated;

impl Pages<'_> {
    pub(super) fn readiness(&self) -> Block {
        let page = routes::vendor_page(&self.vendor.slug);
        let ready = readiness::exit(self.vendor, self.book.as_of());
        let said = Html::text(&format!("{} of {} points for a good ending are known or agreed.", ready.met, ready.of)).in_tag("p");
        let rows = ready.gaps.iter().map(|gap| {
            let rule = rules::find(gap.rule).map_or_else(|| Html::text(gap.rule), |code| code_link(code, self.book, &page));
            vec![Html::text(gap.name), fields(gap, self.book, &page), rule]
        });
        let rows: Vec<Vec<Html>> = rows.collect();
        let heads = ["What is missing", "Field to fill", "Rule"].map(str::to_owned).into();
        let gaps = match rows.is_empty() {
            true => Html::default(),
            false => Table { caption: "Still missing".to_owned(), heads, rows }.html(),
        };
        let levels = LEVELS.iter().map(|level| {
            let (met, of, missing) = level.of(self.vendor, self.book.as_of());
            let words = format!("{met} of {of}");
            let open = missing.iter().map(|path| field(path, self.book, &page));
            let open = if missing.is_empty() { Html::default() } else { Html::text(", not yet: ").and(join(open, ", ")) };
            (capital(level.name), Html::text(&words).and(open))
        });
        block("readiness", "Readiness", "", vec![said, gaps, titled("How complete this playbook is", facts(levels.collect()))])
    }
}

/// The first few fields of a gap; a long list says how many more.
fn fields(gap: &Gap, book: &Book, page: &str) -> Html {
    let shown = join(gap.fields.iter().take(4).map(|path| field(path, book, page)), ", ");
    match gap.fields.len().saturating_sub(4) {
        0 => shown,
        more => shown.and_text(&format!(" and {more} more")),
    }
}

/// The path of a field, as a link to its description where the handbook has the reference of fields.
fn field(path: &str, book: &Book, page: &str) -> Html {
    let plain: String = {
        let mut depth = 0;
        let outside = |c: &char| {
            depth += i32::from(*c == '[');
            let keep = depth == 0;
            depth -= i32::from(*c == ']');
            keep
        };
        path.chars().filter(outside).collect()
    };
    let code = Html::text(path).in_tag("code");
    let target = plain.split(':').next().unwrap_or(&plain);
    let reference = book.library.pages.iter().find(|page| page.matter.shows.copied() == Some(Generated::Fields));
    match reference.filter(|_| crate::schema::json_schema::paths().iter().any(|known| known == target)) {
        Some(reference) => {
            let address = format!("{}#{target}", routes::encode(&routes::relative(page, &reference.route)));
            html::link(&address, path).in_tag("code")
        }
        None => code,
    }
}
