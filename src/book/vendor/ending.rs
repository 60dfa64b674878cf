//! The way out, as the vendor's page tells it.

use super::{Pages, block, known, overdue, said, titled};
use crate::book::{Block, labelled, says_something, vendor_link};
use crate::calendar::UNREADABLE;
use crate::calendar::terms::Input;
use crate::exit::{Basis, State};
use crate::html::{self, Html, Table, date, facts, fields, join, list, mark, table};
use crate::library::{inside, routes};
use crate::schema::Status;
use crate::sheets;

impl Pages<'_> {
    pub(super) fn exit(&self) -> Block {
        let (vendor, plan) = (self.vendor, self.plan);
        let playbook = &vendor.playbook;
        let from = routes::vendor_page(&vendor.slug);
        let to = |target: &str, words: &str| html::link(&routes::encode(&routes::relative(&from, target)), words);
        let mut links = Vec::new();
        if sheets::has_pack(vendor) {
            links.push(to(&routes::pack_page(&vendor.slug), "Exit pack"));
            links.extend(sheets::has_pdf(vendor, &self.book.config).then(|| to(&routes::pack_pdf(&vendor.slug), "Exit pack as PDF")));
        }
        links.push(to(&routes::checklist_page(&vendor.slug), "Offboarding checklist"));
        if sheets::working_kinds(vendor).next().is_some() {
            links.push(to(&routes::working_page(&vendor.slug), "Working sheets"));
        }
        links.push(to(&routes::vendor_calendar(&vendor.slug), "Dates for your calendar"));
        if vendor.is_leaving() {
            links.push(to(&routes::exit_calendar(&vendor.slug), "The way out for your calendar"));
        }
        let links = list(links).of_class("links");
        let mut rows = Vec::new();
        if plan.basis == Basis::Leaving {
            let unknown = match plan.count("unknown") {
                0 => String::new(),
                n => format!(", {n} {UNREADABLE}"),
            };
            rows.push((
                "Steps".to_owned(),
                Html::text(&format!(
                    "{} done, {} left out, {} open, {} overdue{unknown}",
                    plan.count("done"),
                    plan.count("skipped"),
                    plan.count("open"),
                    plan.overdue()
                )),
            ));
            rows.push((
                "Last day".to_owned(),
                match inside(&playbook.exit, |exit| exit.termination_date.input()) {
                    Input::Absent => html::blank("last day"),
                    last => said(last, date),
                },
            ));
        } else {
            if vendor.status() != Some(Status::Prospect) {
                rows.push(("If notice were given today".to_owned(), known(&vendor.derived.clock.end_if_today, "the last day would be")));
            }
        }
        let mut parts = vec![links];
        let Some(exit) = playbook.exit.get() else {
            parts.push(facts(rows));
            parts.push(Html::text("No exit is planned yet. The checklist shows what it would take.").with_class("p", "empty"));
            return block("exit", "Exit plan", "", parts);
        };
        let apart = ["termination_date", "clarity", "meeting", "steps", "retention", "access_off", "final_invoice"];
        rows.extend(fields(exit, self.names, &apart));
        rows.extend(
            exit.access_off
                .get()
                .map(|off| ("Access closes".to_owned(), join(fields(off, self.names, &[]).into_iter().map(|(_, value)| value), " "))),
        );
        rows.extend(
            exit.final_invoice.get().map(|invoice| {
                ("Final invoice".to_owned(), join(fields(invoice, self.names, &[]).into_iter().map(|(_, value)| value), ", "))
            }),
        );
        parts.push(facts(rows));
        if let Some(meeting) = exit.meeting.get() {
            let say = meeting.key_message.text().map_or(Html::default(), |text| {
                labelled("Say this, once", Html::default()).in_tag("p").and(Html::text(text).with_class("p", "say"))
            });
            parts.push(titled("The meeting", say.and(facts(fields(meeting, self.names, &["key_message"])))));
        }
        if let Some(clarity) = exit.clarity.get() {
            parts.push(titled("What changed, and our part", facts(fields(clarity, self.names, &[]))));
        }
        parts.push(self.next_steps());
        parts.push(table(
            "Knowledge to pass on",
            playbook.knowledge_transfer.items(),
            self.names,
            "topic",
            &["from", "to", "how", "due", "verified"],
        ));
        parts.push(table("Goodwill", playbook.goodwill.items(), self.names, "kind", &["when", "amount", "approved_by", "done"]));
        parts.push(table("What we keep", exit.retention.items(), self.names, "what", &["where", "keep", "until"]));
        if let Some(successor) = playbook.successor.get() {
            parts.push(titled("Who comes next", self.successor(successor)));
        }
        if let Some(regulatory) = playbook.regulatory.get() {
            for (title, section) in [
                ("For a register of ICT services", regulatory.dora.get().map(|s| fields(s, self.names, &[]))),
                ("For a register of outsourcing", regulatory.eba.get().map(|s| fields(s, self.names, &[]))),
            ] {
                parts.push(titled(title, facts(section.unwrap_or_default())));
            }
        }
        let mut block = block("exit", "Exit plan", "", parts);
        if plan.basis == Basis::IfToday && says_something(exit) {
            block.body = Html::text("The plan, should it come to that").in_tag("summary").and(block.body).with_class("details", "fold");
        }
        block
    }

    pub(super) fn successor(&self, successor: &crate::schema::Successor) -> Html {
        let mut rows = fields(successor, self.names, &["playbook"]);
        if let Some(next) = successor.playbook.get().and_then(|next| self.book.library.vendor(&next.0)) {
            rows.push(("Playbook".to_owned(), vendor_link(&routes::vendor_page(&self.vendor.slug), next)));
        } else if let Some(next) = successor.playbook.get() {
            rows.push(("Playbook".to_owned(), Html::text(&next.0)));
        }
        facts(rows)
    }

    /// The open steps that come next, while the vendor is leaving.
    pub(super) fn next_steps(&self) -> Html {
        if self.plan.basis != Basis::Leaving {
            return Html::default();
        }
        let mut open: Vec<_> = self.plan.steps.iter().filter(|step| step.state == State::Open && step.due.is_some()).collect();
        open.sort_by_key(|step| step.due);
        if open.is_empty() {
            return Html::default();
        }
        let rows = open.iter().take(8).map(|step| {
            let owner = said(step.owner.as_ref(), |owner| Html::text(self.names.person(owner)));
            let late = step.overdue_days.map_or(Html::default(), |days| Html::made("<br>".into()).and(mark("warn", &overdue(days))));
            vec![Html::text(&step.id), Html::text(&step.title), step.due.map_or_else(html::dash, date).and(late), owner]
        });
        let heads = ["Step", "What", "Due", "Owner"].map(str::to_owned).into();
        Table { caption: "Next steps".to_owned(), heads, rows }.html()
    }
}
