//! How it goes: service levels, rhythm, decisions, confidentiality, access, deliverables, feedback, record.

use super::{Pages, block, broken_or_nothing, missing, money, titled, why_not};
use crate::book::attention::{code_link, words};
use crate::book::{Block, labelled};
use crate::calendar::terms::Input;
use crate::calendar::{Known, UNREADABLE};
use crate::html::{self, Html, Table, chip, date, facts, fields, fields_in_line, heading, join, list, mark, sub, table};
use crate::library::measures::meets;
use crate::library::{Protection, routes, texts};
use crate::schema::{FeedbackKind, Section, SlaUnit, plain};

impl Pages<'_> {
    pub(super) fn service_levels(&self) -> Block {
        let slas = self.vendor.playbook.slas.items();
        if slas.is_empty() {
            return block(
                "service-levels",
                "Service levels",
                "measured promises, if there are any",
                broken_or_nothing(&self.vendor.playbook.slas),
            );
        }
        let rows = slas.iter().map(|sla| {
            let name = sla.name.text().or(sla.id.get().map(|id| id.0.as_str())).map_or_else(html::unknown, Html::text);
            let apart = ["id", "name", "objective", "actuals"];
            let rest =
                fields_in_line(sla, self.names, &apart).into_iter().map(|(label, value)| sub(Html::text(&format!("{label}: ")).and(value)));
            let target = sla.objective.get().map_or_else(|| missing(&sla.objective), |objective| Html::text(&target(objective)));
            let last = sla.actuals.items().iter().rev().take(6).rev().map(|actual| {
                let period = actual.period.get().map_or("?", |period| &period.0);
                let unit = sla.objective.get().map_or(String::new(), unit_of);
                let value = actual.value.copied().map_or("not known ".to_owned(), |value| format!("{}{unit} ", money(value)));
                let state = match meets(sla, actual) {
                    Some(true) => mark("ok", "met"),
                    Some(false) => mark("bad", "missed"),
                    None => Html::default(),
                };
                let note = actual.note.text().map_or(Html::default(), |note| sub(Html::text(note)));
                Html::text(&format!("{period}: {value}")).and(state).and(note)
            });
            let last: Vec<Html> = last.collect();
            vec![join(std::iter::once(name).chain(rest), ""), target, if last.is_empty() { html::dash() } else { list(last) }]
        });
        let heads = ["Measure", "Target", "Last periods"].map(str::to_owned).into();
        let table = Table { caption: "What was promised, and what was measured".to_owned(), heads, rows };
        block("service-levels", "Service levels", "", vec![table.html()])
    }

    pub(super) fn rhythm(&self) -> Block {
        let Some(talk) = self.vendor.playbook.communication.get() else {
            return block("rhythm", "Rhythm", "how often you talk, and where", broken_or_nothing(&self.vendor.playbook.communication));
        };
        let apart = ["cadence", "channels", "escalation", "business_changes", "complaint"];
        let complaint = talk.complaint.get().map_or_else(Vec::new, |section| fields(section, self.names, &[]));
        block(
            "rhythm",
            "Rhythm",
            "",
            vec![
                table("When we talk", talk.cadence.items(), self.names, "what", &["phase", "every", "with", "until"]),
                table("Where we write", talk.channels.items(), self.names, "name", &["for", "reply_within"]),
                facts(fields(talk, self.names, &apart)),
                table("If it is stuck", talk.escalation.items(), self.names, "level", &["who", "after"]),
                titled("A complaint", facts(complaint)),
                table("Changes on our side", talk.business_changes.items(), self.names, "change", &["date", "shared"]),
            ],
        )
    }

    pub(super) fn decisions(&self) -> Block {
        let Some(control) = self.vendor.playbook.control.get() else {
            return block(
                "decisions",
                "Decision rights",
                "who decides what, and where we keep our hands off",
                broken_or_nothing(&self.vendor.playbook.control),
            );
        };
        block(
            "decisions",
            "Decision rights",
            "",
            vec![
                table("Who decides", control.decisions.items(), self.names, "what", &["kind", "decides", "consulted", "informed"]),
                facts(fields(control, self.names, &["decisions"])),
            ],
        )
    }

    pub(super) fn nda(&self) -> Block {
        let Some(nda) = self.vendor.playbook.nda.get() else {
            return block(
                "nda",
                "Confidentiality",
                "what stays confidential, and for how long",
                broken_or_nothing(&self.vendor.playbook.nda),
            );
        };
        let protects = match &self.vendor.derived.protection {
            Known::Yes { value: Protection::Through(day), how } => Html::text("through ").and(date(*day)).and(html::how(how)),
            Known::Yes { value: Protection::Perpetual, .. } => Html::text("without end"),
            Known::No { why } => why_not(why),
        };
        let mut rows = vec![("Protects".to_owned(), protects)];
        rows.extend(fields(nda, self.names, &["covers", "must_protect", "return"]));
        if let Some(returns) = nda.returns.get() {
            rows.extend(
                fields(returns, self.names, &[]).into_iter().map(|(label, value)| (format!("At the end: {}", label.to_lowercase()), value)),
            );
        }
        let covered: Vec<String> = nda
            .covers
            .items()
            .iter()
            .flat_map(|cover| [cover.identity().map(|(id, _)| id), cover.item.text().map(str::to_owned)])
            .flatten()
            .map(|name| name.trim().to_lowercase())
            .collect();
        let is_covered = |name: &str| covered.contains(&name.trim().to_lowercase()) || covered.contains(&crate::schema::slug(name));
        let gaps: Vec<Html> = texts(&nda.must_protect)
            .filter(|name| !is_covered(name))
            .map(|name| {
                let said = if nda.hides_covers() { html::unknown() } else { mark("warn", "not covered") };
                Html::text(name).and_text(" ").and(said)
            })
            .collect();
        let gaps = if gaps.is_empty() { Html::default() } else { heading("Gaps").and(list(gaps)) };
        let wanted: Vec<&str> = texts(&nda.must_protect).collect();
        let protect =
            if wanted.is_empty() { Html::default() } else { labelled("To be protected", Html::text(&wanted.join(", "))).in_tag("p") };
        block(
            "nda",
            "Confidentiality",
            "",
            vec![facts(rows), table("What is covered", nda.covers.items(), self.names, "item", &["class"]), protect, gaps],
        )
    }

    pub(super) fn access(&self) -> Block {
        let field = &self.vendor.playbook.access;
        let items = field.items();
        let live = items.iter().filter(|access| access.revoked.is_absent()).count();
        let body = match (field.get(), items.is_empty()) {
            (Some(_), true) => Html::text("Confirmed: they can reach nothing of ours.").in_tag("p"),
            (None, _) => {
                return block("access", "Access", "everything they can reach", broken_or_nothing(field));
            }
            _ => table(
                &format!("{live} open, {} closed", items.len() - live),
                items,
                self.names,
                "system",
                &["kind", "level", "holder", "admin", "data", "checked"],
            ),
        };
        block("access", "Access", "", vec![body])
    }

    pub(super) fn deliverables(&self) -> Block {
        let field = &self.vendor.playbook.deliverables;
        let body = table(
            "What they make for us",
            field.items(),
            self.names,
            "name",
            &["format", "state", "owner_of_rights", "acceptance", "handover"],
        );
        block(
            "deliverables",
            "Deliverables",
            "what they make for us, in which format it comes over",
            if body.is_empty() { broken_or_nothing(field) } else { vec![body] },
        )
    }

    pub(super) fn feedback(&self) -> Block {
        let playbook = &self.vendor.playbook;
        let (closed, open): (Vec<_>, Vec<_>) = playbook.feedback.items().iter().partition(|entry| !entry.closed.is_absent());
        let log = |mut entries: Vec<&crate::schema::Feedback>| {
            // What was done right comes first.
            entries.sort_by_key(|entry| (entry.kind.copied() != Some(FeedbackKind::Praise), std::cmp::Reverse(entry.date.copied())));
            let items = entries.iter().map(|entry| {
                let day = entry.date.copied().map_or_else(html::unknown, date);
                let kind = match entry.kind.input() {
                    Input::Absent => chip("note"),
                    Input::Broken => html::unknown(),
                    Input::Given(kind) => chip(&kind.label()),
                };
                let text = entry.text.text().map_or_else(|| missing(&entry.text), Html::text);
                let rest = fields_in_line(*entry, self.names, &["date", "kind", "text"])
                    .into_iter()
                    .map(|(label, value)| sub(Html::text(&format!("{label}: ")).and(value)));
                day.and(kind.and_text(" ").and(text).and(join(rest, "")).in_tag("div"))
            });
            list(items).of_class("log")
        };
        let settled = match closed.len() {
            0 => Html::default(),
            n => {
                let title = if n == 1 { "1 settled item".to_owned() } else { format!("{n} settled items") };
                Html::text(&title).in_tag("summary").and(log(closed)).with_class("details", "fold")
            }
        };
        let reviews = table("Reviews", playbook.reviews.items(), self.names, "date", &["kind", "scores", "went_right", "improve"]);
        let now = if open.is_empty() { Html::default() } else { log(open) };
        block("feedback", "Feedback and reviews", "praise first, then what could be better", vec![now, settled, reviews])
    }

    pub(super) fn debrief(&self) -> Block {
        let body = self.vendor.playbook.debrief.get().map_or_else(Vec::new, |section| fields(section, self.names, &[]));
        block("debrief", "Debrief", "the summary of the work, what worked, lessons", vec![facts(body)])
    }

    pub(super) fn waivers(&self) -> Block {
        let playbook = &self.vendor.playbook;
        let mut rows: Vec<(String, Html)> = Vec::new();
        playbook.each(&mut |info, field| {
            let here = ["reviewed", "review_every", "calendar", "schema"].contains(&info.key);
            if here && let Some(value) = field.show(self.names) {
                rows.push((info.label(), html::shown(&value)));
            }
        });
        rows.extend(playbook.base.own().iter().map(|(key, value)| (key.clone(), Html::text(&plain(value)))));
        rows.push(("Source".to_owned(), Html::text(&self.vendor.file).with_class("span", "place")));
        rows.push(("Revision".to_owned(), Html::text(&self.vendor.revision).with_class("span", "num")));
        block(
            "waivers",
            "Record",
            "",
            vec![facts(rows), table("Waived rules", playbook.allow.items(), self.names, "rule", &["reason", "until"]), self.held_back()],
        )
    }
}

impl Pages<'_> {
    /// What the waivers keep out of the list of findings.
    fn held_back(&self) -> Html {
        let page = routes::vendor_page(&self.vendor.slug);
        let items = self.vendor.waived.iter().map(|finding| words(finding).and_text(" ").and(code_link(finding.code, self.book, &page)));
        if self.vendor.waived.is_empty() { Html::default() } else { titled("What they hold back", list(items)) }
    }
}

fn target(objective: &crate::schema::Objective) -> String {
    let op = match objective.op.copied() {
        Some(crate::schema::Op::Gte) => "at least",
        Some(crate::schema::Op::Lte) => "at most",
        Some(crate::schema::Op::Gt) => "more than",
        Some(crate::schema::Op::Lt) => "less than",
        None if objective.op.is_broken() => UNREADABLE,
        None => "…",
    };
    let value = match objective.value.input() {
        Input::Given(value) => money(value),
        Input::Broken => UNREADABLE.to_owned(),
        Input::Absent => "…".to_owned(),
    };
    let unit = unit_words(objective);
    let share = match objective.target_percent.input() {
        Input::Given(percent) => format!(", in {} % of cases", money(percent)),
        Input::Broken => format!(", in how many cases {UNREADABLE}"),
        Input::Absent => String::new(),
    };
    format!("{op} {value}{unit}{share}")
}

fn unit_words(objective: &crate::schema::Objective) -> String {
    match objective.unit.copied() {
        None if objective.unit.is_broken() => format!(" {UNREADABLE}"),
        Some(SlaUnit::Percent) => " %".to_owned(),
        Some(SlaUnit::Minutes) => " minutes".to_owned(),
        Some(SlaUnit::Hours) => " hours".to_owned(),
        Some(SlaUnit::BusinessHours) => " business hours".to_owned(),
        Some(SlaUnit::Days) => " days".to_owned(),
        Some(SlaUnit::BusinessDays) => " business days".to_owned(),
        Some(SlaUnit::Score) => " points".to_owned(),
        Some(SlaUnit::Count) | None => String::new(),
    }
}

/// What an actual counts: a share of cases where the objective asks for one, else the objective's unit.
fn unit_of(objective: &crate::schema::Objective) -> String {
    if objective.target_percent.is_absent() { unit_words(objective) } else { " %".to_owned() }
}
