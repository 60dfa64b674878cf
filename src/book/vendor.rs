//! The page of one vendor: its sections in the order in which people read them.

use super::{Block, Book, ago, days_words, labelled, says_something};
use crate::calendar::Known;
use crate::exit::{Basis, ExitPlan, State};
use crate::html::{self, Html, Table, chip, date, facts, fields, heading, join, list, mark, sub, table};
use crate::library::{DeadlineKind, Protection, Vendor, routes, texts};
use crate::schema::{DecisionKind, Decides, Expectation, FeedbackKind, Names, Phase, Role, Section, Side, SlaUnit, Status, Topic};

/// The rows of the strip under the heading: label, value, small line below, and whether it is the key date.
pub struct Strip {
    pub label: &'static str,
    pub value: Html,
    pub below: String,
    pub is_key: bool,
}

pub fn strip(vendor: &Vendor, book: &Book) -> Vec<Strip> {
    let as_of = book.as_of();
    let row = |label, value, below: String| Strip { label, value, below, is_key: false };
    let mut rows = vec![row("Status", badge(vendor), String::new())];
    rows.push(row("Owner", vendor.person(&vendor.playbook.owner).map_or_else(|| missing(&vendor.playbook.owner), |name| Html::text(&name)), String::new()));
    let deadline = vendor.derived.deadline.value();
    let given = vendor.playbook.exit.get().is_some_and(|exit| exit.notice_given.copied().is_some_and(|day| day <= as_of));
    let leaving = deadline.is_some_and(|deadline| deadline.kind == DeadlineKind::Termination);
    if let Some(send_by) = vendor.derived.clock.send_by.date().filter(|_| leaving && !given && vendor.status() != Some(Status::Ended)) {
        rows.push(Strip { is_key: true, ..row("Send notice by", date(send_by), days_words(as_of.days_until(send_by))) });
    }
    match &vendor.derived.deadline {
        Known::Yes { value, .. } => {
            let days = as_of.days_until(value.date);
            let words = if days < 0 && value.kind == DeadlineKind::Termination { ago(-days) } else { days_words(days) };
            rows.push(Strip { is_key: true, ..row(value.kind.label(), date(value.date), words) });
        }
        Known::No { why } if why.starts_with("not known") => rows.push(row("Next notice day", html::unknown(), String::new())),
        Known::No { why } => rows.push(row("Next notice day", Html::text("none"), why.clone())),
    }
    let heard = vendor.derived.last_heard;
    rows.push(row("Last heard", heard.map_or_else(html::dash, date), heard.map_or_else(String::new, |day| ago(day.days_until(as_of)))));
    let tier = vendor.playbook.tier.copied().map_or("operational".to_owned(), |tier| tier.label());
    let critical = if vendor.playbook.critical.copied() == Some(true) { "critical" } else { "not critical" };
    rows.push(row("Tier", Html::text(&tier), critical.to_owned()));
    rows
}

/// A field that says nothing: broken, or not written.
fn missing<T>(field: &crate::schema::Field<T>) -> Html {
    if field.is_broken() { html::unknown() } else { html::dash() }
}

pub fn badge(vendor: &Vendor) -> Html {
    match vendor.status() {
        Some(status) => Html::text(&status.label()).with_class("span", &format!("badge {}", status.word())),
        None => missing(&vendor.playbook.status),
    }
}

/// All sections. While a vendor is leaving, its exit stands first.
pub fn sections(vendor: &Vendor, plan: &ExitPlan, book: &Book, body: Html) -> Vec<Block> {
    let page = Pages { vendor, plan, book, names: &vendor.names };
    let mut blocks = vec![
        page.why(),
        page.headlines(),
        page.brief(),
        page.contacts(),
        page.services(),
        page.contract(),
        page.expectations(),
        page.service_levels(),
        page.rhythm(),
        page.decisions(),
        page.nda(),
        page.access(),
        page.deliverables(),
        page.feedback(),
        page.exit(),
        page.debrief(),
        Block { id: "notes", title: "Notes", body, hint: "anything that is worth writing down" },
        page.waivers(),
    ];
    if vendor.is_leaving() {
        let at = blocks.iter().position(|block| block.id == "exit").unwrap_or_default();
        let exit = blocks.remove(at);
        blocks.insert(0, exit);
    }
    blocks
}

struct Pages<'a> {
    vendor: &'a Vendor,
    plan: &'a ExitPlan,
    book: &'a Book,
    names: &'a Names,
}

fn block(id: &'static str, title: &'static str, hint: &'static str, parts: Vec<Html>) -> Block {
    Block { id, title, hint, body: join(parts.into_iter().filter(|part| !part.is_empty()), "\n") }
}

impl Pages<'_> {
    fn why(&self) -> Block {
        let playbook = &self.vendor.playbook;
        let purpose = playbook.purpose.text().map_or_else(Html::default, |text| Html::text(text).in_tag("p"));
        let commitment = playbook.commitment.get().map_or_else(Vec::new, |section| fields(section, self.names, &[]));
        let fit = playbook.fit.get().map_or_else(Vec::new, |section| fields(section, self.names, &[]));
        let tags: Vec<&str> = texts(&playbook.tags).collect();
        let critical = [("critical_reason", "Why it is critical"), ("critical_assessed", "Judged on")];
        let mut rows = Vec::new();
        playbook.each(&mut |info, field| {
            if let Some((_, label)) = critical.iter().find(|(key, _)| *key == info.key)
                && let Some(value) = field.show(self.names)
            {
                rows.push(((*label).to_owned(), html::shown(&value)));
            }
        });
        if !tags.is_empty() {
            rows.push(("Tags".to_owned(), join(tags.into_iter().map(chip), " ")));
        }
        let card = playbook.vendor.get().map_or_else(Vec::new, |card| fields(card, self.names, &["name"]));
        let client = playbook.client.get().map_or_else(Vec::new, |card| fields(card, self.names, &[]));
        block("why", "Why we work together", "the purpose, in one or two sentences", vec![
            purpose,
            note("Our commitment", commitment),
            note("First impressions", fit),
            facts(rows),
            titled("Who they are", facts(card)),
            titled("For", facts(client)),
        ])
    }

    fn headlines(&self) -> Block {
        let playbook = &self.vendor.playbook;
        let (theirs, ours) = playbook.expectations.get().map_or((&[][..], &[][..]), |both| (both.of_vendor.items(), both.of_client.items()));
        let topics = [Topic::Timeframe, Topic::Accuracy, Topic::Delivery, Topic::Success];
        let covered = topics.iter().filter(|topic| theirs.iter().chain(ours).any(|item| item.topic.copied() == Some(**topic))).count();
        let kind = if covered == topics.len() { "ok" } else { "info" };
        let expectations = vec![
            mark(kind, &format!("{covered} of {} core topics covered", topics.len())),
            Html::text(&format!("{} from them, {} from us", theirs.len(), ours.len())),
        ];
        let line = |role| self.vendor.contact_with(role, Some(Side::Vendor)).is_some();
        let lines = usize::from(line(Role::AccountManager)) + usize::from(line(Role::Practitioner));
        let rhythm = playbook.communication.get().map_or(&[][..], |talk| talk.cadence.items()).iter().find(|entry| entry.phase.copied() == Some(Phase::Steady));
        let mut communication = vec![mark(if lines == 2 { "ok" } else { "info" }, &format!("{lines} of 2 direct lines open"))];
        communication.extend(rhythm.and_then(|entry| entry.every.copied()).map(|every| Html::text(&format!("A check-in every {}", every.0.words()))));
        communication.extend(self.vendor.derived.last_heard.map(|day| Html::text("Last heard ").and(date(day))));
        let decisions = playbook.control.get().map_or(&[][..], |control| control.decisions.items());
        let methods = decisions.iter().filter(|entry| entry.kind.copied() == Some(DecisionKind::Method));
        let by_us = methods.filter(|entry| entry.decides.copied() == Some(Decides::Client)).count();
        let control = vec![
            match (decisions.is_empty(), by_us) {
                (true, _) => mark("none", "no decisions recorded yet"),
                (false, 0) => mark("ok", "they choose how they work"),
                (false, n) => mark("info", &format!("we decide {n} of their methods")),
            },
            Html::text(&format!("{} decisions written down", decisions.len())),
        ];
        let panel = |title: &str, items: Vec<Html>| heading(title).and(list(items)).with_class("div", "panel");
        let three = [panel("Expectations", expectations), panel("Communication", communication), panel("Control", control)];
        block("headlines", "How it stands", "", vec![join(three, "\n").with_class("div", "three")])
    }

    fn brief(&self) -> Block {
        let playbook = &self.vendor.playbook;
        let mut rows = playbook.brief.get().map_or_else(Vec::new, |section| fields(section, self.names, &[]));
        if let Some(onboarding) = playbook.onboarding.get() {
            rows.extend(fields(onboarding, self.names, &[]).into_iter().map(|(label, value)| (format!("First weeks: {}", label.to_lowercase()), value)));
        }
        block("brief", "Brief for the vendor", "goals, audience, priorities, tone", vec![facts(rows)])
    }

    fn contacts(&self) -> Block {
        let contacts = self.vendor.playbook.contacts.items();
        if contacts.is_empty() {
            return block("contacts", "Contacts", "the two direct lines: who manages the account, and who does the work", Vec::new());
        }
        let lines = [(Role::AccountManager, "Day to day"), (Role::Practitioner, "Doing the work")].map(|(role, title)| {
            let contact = contacts.iter().find(|contact| contact.role.get().is_some_and(|roles| roles.0.contains(&role)) && contact.side.copied() != Some(Side::Client));
            let body = match contact {
                None => Html::text("Nobody is named yet.").with_class("p", "empty"),
                Some(contact) => {
                    let name = contact.name.text().map_or_else(html::unknown, |name| Html::text(name).in_tag("b"));
                    let mut body = name.and_text(&format!(", {}", role.label())).in_tag("p");
                    if let Some(email) = contact.email.text() {
                        body = body.and(mail(email).in_tag("p"));
                    }
                    let knows: Vec<&str> = texts(&contact.knows).collect();
                    if !knows.is_empty() {
                        body = body.and(Html::text(&format!("Ask about {}", knows.join(", "))).with_class("p", "sub"));
                    }
                    body
                }
            };
            heading(title).and(body).with_class("div", "panel")
        });
        let everyone = table("Everyone", contacts, self.names, "name", &["role", "side", "email", "phone"]);
        block("contacts", "Contacts", "", vec![join(lines, "\n").with_class("div", "two"), everyone])
    }

    fn services(&self) -> Block {
        let services = self.vendor.playbook.services.items();
        let parts = services.iter().map(|service| {
            let name = service.name.text().unwrap_or("A service");
            heading(name).and(facts(fields(service, self.names, &["id", "name"])))
        });
        block("services", "Services", "what is in scope, what is not, and what they need from us", parts.collect())
    }

    fn contract(&self) -> Block {
        let Some(contract) = self.vendor.playbook.contract.get() else {
            return block("contract", "Contract", "its dates and notice, from which every other date follows", broken_or_nothing(&self.vendor.playbook.contract));
        };
        let as_of = self.book.as_of();
        let clock = &self.vendor.derived.clock;
        let mut rows = Vec::new();
        if let Some(day) = clock.send_by.date() {
            let how = html::how(&format!("Send by {}: {}.", day.long(), clock.send_by.how().unwrap_or_default()));
            rows.push(("Send notice by".to_owned(), date(day).in_tag("b").and_text(&format!(", {}", days_words(as_of.days_until(day)))).and(how)));
        } else if let Some(why) = clock.send_by.why() {
            rows.push(("Send notice by".to_owned(), why_not(why)));
        }
        rows.extend(clock.received_by.date().map(|day| ("Received by".to_owned(), date(day))));
        rows.push(("Current term".to_owned(), known(&clock.term_end, "ends")));
        if let Some(day) = clock.next_end.date() {
            rows.push(("If nobody gives notice".to_owned(), Html::text("it renews, and ends ").and(date(day))));
        }
        rows.push(("If notice were given today".to_owned(), known(&clock.earliest_end, "it can end")));
        let none = contract.kind.copied() == Some(crate::schema::ContractType::None);
        let badge = if none { mark("info", "no written terms").in_tag("p") } else { Html::default() };
        let separate = ["notice", "renewal", "termination_rights", "documents", "value", "transition"];
        rows.extend(fields(contract, self.names, &separate));
        if let Some(value) = contract.value.get() {
            let part = |text: Option<String>| text.unwrap_or_else(|| "…".to_owned());
            let amount = value.amount.copied().map(money);
            let currency = value.currency.get().map(|currency| currency.0.clone());
            let per = value.per.copied().map(|per| per.label());
            rows.push(("Value".to_owned(), Html::text(&format!("{} {} for each {}", part(currency), part(amount), part(per)))));
        }
        for (label, section) in [("Renewal", contract.renewal.get().map(|s| fields(s, self.names, &[]))), ("Transition", contract.transition.get().map(|s| fields(s, self.names, &[])))] {
            rows.extend(section.into_iter().flatten().map(|(key, value)| (format!("{label}: {}", key.to_lowercase()), value)));
        }
        let notice = contract.notice.get().map_or_else(Vec::new, |notice| fields(notice, self.names, &[]));
        block("contract", "Contract", "", vec![
            badge,
            facts(rows),
            titled("Notice", facts(notice)),
            table("Other ways out", contract.termination_rights.items(), self.names, "ground", &["by", "notice", "cure", "fee", "clause"]),
            table("Papers", contract.documents.items(), self.names, "title", &["kind", "signed", "url"]),
        ])
    }

    fn expectations(&self) -> Block {
        let (theirs, ours) = self.vendor.playbook.expectations.get().map_or((&[][..], &[][..]), |both| (both.of_vendor.items(), both.of_client.items()));
        if theirs.is_empty() && ours.is_empty() {
            return block("expectations", "Expectations", "what each side expects of the other", broken_or_nothing(&self.vendor.playbook.expectations));
        }
        let column = |title: &str, items: &[Expectation]| {
            let body = if items.is_empty() {
                Html::text("Nothing is written down yet.").with_class("p", "empty")
            } else {
                let items = items.iter().map(|item| {
                    let topic = item.topic.copied().unwrap_or(Topic::General);
                    let text = item.text.text().map_or_else(html::unknown, Html::text);
                    let rest = fields(item, self.names, &["topic", "text"]).into_iter().map(|(label, value)| Html::text(&format!("{label}: ")).and(value));
                    let rest = join(rest, ". ");
                    let line = chip(&topic.label()).and_text(" ").and(text);
                    if rest.is_empty() { line } else { line.and(sub(rest)) }
                });
                Html::made(list(items).as_str().replacen("<ul>", "<ul class=\"expect\">", 1))
            };
            heading(title).and(body).in_tag("div")
        };
        let two = [column("What we expect of them", theirs), column("What they expect of us", ours)];
        block("expectations", "Expectations", "", vec![join(two, "\n").with_class("div", "two")])
    }

    fn service_levels(&self) -> Block {
        let slas = self.vendor.playbook.slas.items();
        if slas.is_empty() {
            return block("service-levels", "Service levels", "measured promises, if there are any", broken_or_nothing(&self.vendor.playbook.slas));
        }
        let rows = slas.iter().map(|sla| {
            let name = sla.name.text().or(sla.id.get().map(|id| id.0.as_str())).map_or_else(html::unknown, Html::text);
            let apart = ["id", "name", "objective", "actuals"];
            let rest = fields(sla, self.names, &apart).into_iter().map(|(label, value)| sub(Html::text(&format!("{label}: ")).and(value)));
            let target = sla.objective.get().map_or_else(|| missing(&sla.objective), |objective| Html::text(&target(objective)));
            let last = sla.actuals.items().iter().rev().take(6).rev().map(|actual| {
                let period = actual.period.get().map_or("?", |period| &period.0);
                let value = actual.value.copied().map_or("not known".to_owned(), money);
                let note = actual.note.text().map_or(Html::default(), |note| sub(Html::text(note)));
                Html::text(&format!("{period}: {value}")).and(note)
            });
            let last: Vec<Html> = last.collect();
            vec![join(std::iter::once(name).chain(rest), ""), target, if last.is_empty() { html::dash() } else { list(last) }]
        });
        let heads = ["Measure", "Target", "Last periods"].map(str::to_owned).into();
        let table = Table { caption: "What was promised, and what was measured".to_owned(), heads, rows: rows.collect() };
        block("service-levels", "Service levels", "", vec![table.html()])
    }

    fn rhythm(&self) -> Block {
        let Some(talk) = self.vendor.playbook.communication.get() else {
            return block("rhythm", "Rhythm", "how often you talk, and where", broken_or_nothing(&self.vendor.playbook.communication));
        };
        let apart = ["cadence", "channels", "escalation", "business_changes", "complaint"];
        let complaint = talk.complaint.get().map_or_else(Vec::new, |section| fields(section, self.names, &[]));
        block("rhythm", "Rhythm", "", vec![
            table("When we talk", talk.cadence.items(), self.names, "what", &["phase", "every", "with", "until"]),
            table("Where we write", talk.channels.items(), self.names, "name", &["for", "reply_within"]),
            facts(fields(talk, self.names, &apart)),
            table("If it is stuck", talk.escalation.items(), self.names, "level", &["who", "after"]),
            titled("A complaint", facts(complaint)),
            table("Changes on our side", talk.business_changes.items(), self.names, "change", &["date", "shared"]),
        ])
    }

    fn decisions(&self) -> Block {
        let Some(control) = self.vendor.playbook.control.get() else {
            return block("decisions", "Decision rights", "who decides what, and where we keep our hands off", broken_or_nothing(&self.vendor.playbook.control));
        };
        block("decisions", "Decision rights", "", vec![
            table("Who decides", control.decisions.items(), self.names, "what", &["kind", "decides", "consulted", "informed"]),
            facts(fields(control, self.names, &["decisions"])),
        ])
    }

    fn nda(&self) -> Block {
        let Some(nda) = self.vendor.playbook.nda.get() else {
            return block("nda", "Confidentiality", "what stays confidential, and for how long", broken_or_nothing(&self.vendor.playbook.nda));
        };
        let protects = match &self.vendor.derived.protection {
            Known::Yes { value: Protection::Through(day), how } => Html::text("through ").and(date(*day)).and(html::how(how)),
            Known::Yes { value: Protection::Perpetual, .. } => Html::text("without end"),
            Known::No { why } => why_not(why),
        };
        let mut rows = vec![("Protects".to_owned(), protects)];
        rows.extend(fields(nda, self.names, &["covers", "must_protect", "return"]));
        if let Some(returns) = nda.returns.get() {
            rows.extend(fields(returns, self.names, &[]).into_iter().map(|(label, value)| (format!("At the end: {}", label.to_lowercase()), value)));
        }
        let covered: Vec<String> = nda.covers.items().iter().flat_map(|cover| [cover.identity().map(|(id, _)| id), cover.item.text().map(str::to_owned)]).flatten().map(|name| name.trim().to_lowercase()).collect();
        let is_covered = |name: &str| covered.contains(&name.trim().to_lowercase()) || covered.contains(&crate::schema::slug(name));
        let gaps: Vec<Html> = texts(&nda.must_protect).filter(|name| !is_covered(name)).map(|name| Html::text(name).and_text(" ").and(mark("warn", "not covered"))).collect();
        let gaps = if gaps.is_empty() { Html::default() } else { heading("Gaps").and(list(gaps)) };
        let wanted: Vec<&str> = texts(&nda.must_protect).collect();
        let protect = if wanted.is_empty() { Html::default() } else { labelled("To be protected", Html::text(&wanted.join(", "))).in_tag("p") };
        block("nda", "Confidentiality", "", vec![facts(rows), table("What is covered", nda.covers.items(), self.names, "item", &["class"]), protect, gaps])
    }

    fn access(&self) -> Block {
        let field = &self.vendor.playbook.access;
        let items = field.items();
        let live = items.iter().filter(|access| access.revoked.is_absent()).count();
        let body = match (field.get(), items.is_empty()) {
            (Some(_), true) => Html::text("Confirmed: they can reach nothing of ours.").in_tag("p"),
            (None, _) => return block("access", "Access", "everything they can reach", broken_or_nothing(field)),
            _ => table(&format!("{live} open, {} closed", items.len() - live), items, self.names, "system", &["kind", "level", "holder", "admin", "data", "checked"]),
        };
        block("access", "Access", "", vec![body])
    }

    fn deliverables(&self) -> Block {
        let field = &self.vendor.playbook.deliverables;
        let body = table("What they make for us", field.items(), self.names, "name", &["format", "state", "owner_of_rights", "acceptance", "handover"]);
        block("deliverables", "Deliverables", "what they make for us, in which format it comes over", if body.is_empty() { broken_or_nothing(field) } else { vec![body] })
    }

    fn feedback(&self) -> Block {
        let playbook = &self.vendor.playbook;
        let (closed, open): (Vec<_>, Vec<_>) = playbook.feedback.items().iter().partition(|entry| !entry.closed.is_absent());
        let log = |mut entries: Vec<&crate::schema::Feedback>| {
            // What was done right comes first.
            entries.sort_by_key(|entry| (entry.kind.copied() != Some(FeedbackKind::Praise), std::cmp::Reverse(entry.date.copied())));
            let items = entries.iter().map(|entry| {
                let day = entry.date.copied().map_or_else(html::unknown, date);
                let kind = entry.kind.copied().map_or("note".to_owned(), |kind| kind.label());
                let text = entry.text.text().map_or_else(|| missing(&entry.text), Html::text);
                let rest = fields(*entry, self.names, &["date", "kind", "text"]).into_iter().map(|(label, value)| sub(Html::text(&format!("{label}: ")).and(value)));
                day.and(chip(&kind).and_text(" ").and(text).and(join(rest, "")).in_tag("div"))
            });
            Html::made(list(items).as_str().replacen("<ul>", "<ul class=\"log\">", 1))
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

    fn exit(&self) -> Block {
        let (vendor, plan) = (self.vendor, self.plan);
        let playbook = &vendor.playbook;
        let from = routes::vendor_page(&vendor.slug);
        let checklist = html::link(&routes::encode(&routes::relative(&from, &routes::checklist_page(&vendor.slug))), "Offboarding checklist");
        let links = Html::made(list([checklist]).as_str().replacen("<ul>", "<ul class=\"links\">", 1));
        let mut rows = Vec::new();
        if plan.basis == Basis::Leaving {
            rows.push(("Steps".to_owned(), Html::text(&format!("{} done, {} skipped, {} open, {} overdue", plan.count("done"), plan.count("skipped"), plan.count("open"), plan.overdue()))));
            rows.push(("Last day".to_owned(), vendor.derived.termination.map_or_else(|| html::blank("last day"), date)));
        } else {
            rows.push(("If notice were given today".to_owned(), known(&vendor.derived.clock.end_if_today, "the last day would be")));
        }
        let mut parts = vec![links];
        let Some(exit) = playbook.exit.get() else {
            parts.push(facts(rows));
            parts.push(Html::text("No exit is planned yet. The checklist shows what it would take.").with_class("p", "empty"));
            return block("exit", "Exit plan", "", parts);
        };
        let apart = ["termination_date", "clarity", "meeting", "steps", "retention", "access_off", "final_invoice"];
        rows.extend(fields(exit, self.names, &apart));
        rows.extend(exit.access_off.get().map(|off| ("Access closes".to_owned(), join(fields(off, self.names, &[]).into_iter().map(|(_, value)| value), " "))));
        rows.extend(exit.final_invoice.get().map(|invoice| ("Final invoice".to_owned(), join(fields(invoice, self.names, &[]).into_iter().map(|(_, value)| value), ", "))));
        parts.push(facts(rows));
        if let Some(meeting) = exit.meeting.get() {
            let say = meeting.key_message.text().map_or(Html::default(), |text| Html::text(text).with_class("p", "say"));
            parts.push(titled("The meeting", facts(fields(meeting, self.names, &["key_message"])).and(say)));
        }
        if let Some(clarity) = exit.clarity.get() {
            parts.push(titled("What changed, and our part", facts(fields(clarity, self.names, &[]))));
        }
        parts.push(self.next_steps());
        parts.push(table("Knowledge to pass on", playbook.knowledge_transfer.items(), self.names, "topic", &["from", "to", "how", "due", "verified"]));
        parts.push(table("Goodwill", playbook.goodwill.items(), self.names, "kind", &["when", "amount", "approved_by", "done"]));
        parts.push(table("What we keep", exit.retention.items(), self.names, "what", &["where", "keep", "until"]));
        if let Some(successor) = playbook.successor.get() {
            parts.push(titled("Who comes next", self.successor(successor)));
        }
        if let Some(regulatory) = playbook.regulatory.get() {
            for (title, section) in [("For a register of ICT services", regulatory.dora.get().map(|s| fields(s, self.names, &[]))), ("For a register of outsourcing", regulatory.eba.get().map(|s| fields(s, self.names, &[])))] {
                parts.push(titled(title, facts(section.unwrap_or_default())));
            }
        }
        let mut block = block("exit", "Exit plan", "", parts);
        if plan.basis == Basis::IfToday && says_something(exit) {
            block.body = Html::text("The plan, should it come to that").in_tag("summary").and(block.body).with_class("details", "fold");
        }
        block
    }

    fn successor(&self, successor: &crate::schema::Successor) -> Html {
        let mut rows = fields(successor, self.names, &["playbook"]);
        if let Some(next) = successor.playbook.get().and_then(|next| self.book.library.vendor(&next.0)) {
            rows.push(("Playbook".to_owned(), super::vendor_link(&routes::vendor_page(&self.vendor.slug), next)));
        } else if let Some(next) = successor.playbook.get() {
            rows.push(("Playbook".to_owned(), Html::text(&next.0)));
        }
        facts(rows)
    }

    /// The open steps that come next, while the vendor is leaving.
    fn next_steps(&self) -> Html {
        if self.plan.basis != Basis::Leaving {
            return Html::default();
        }
        let mut open: Vec<_> = self.plan.steps.iter().filter(|step| step.state == State::Open && step.due.is_some()).collect();
        open.sort_by_key(|step| step.due);
        if open.is_empty() {
            return Html::default();
        }
        let rows = open.iter().take(8).map(|step| {
            let owner = step.owner.as_deref().map_or_else(html::dash, |owner| Html::text(self.names.person(owner)));
            let late = step.overdue_days.map_or(Html::default(), |days| Html::made("<br>".into()).and(mark("warn", &overdue(days))));
            vec![Html::text(&step.id), Html::text(&step.title), step.due.map_or_else(html::dash, date).and(late), owner]
        });
        let heads = ["Step", "What", "Due", "Owner"].map(str::to_owned).into();
        Table { caption: "Next steps".to_owned(), heads, rows: rows.collect() }.html()
    }

    fn debrief(&self) -> Block {
        let body = self.vendor.playbook.debrief.get().map_or_else(Vec::new, |section| fields(section, self.names, &[]));
        block("debrief", "Debrief", "the summary of the work, what worked, lessons", vec![facts(body)])
    }

    fn waivers(&self) -> Block {
        let playbook = &self.vendor.playbook;
        let mut rows: Vec<(String, Html)> = Vec::new();
        playbook.each(&mut |info, field| {
            let here = ["reviewed", "review_every", "calendar", "schema"].contains(&info.key);
            if let Some(value) = field.show(self.names).filter(|_| here) {
                rows.push((info.label(), html::shown(&value)));
            }
        });
        rows.extend(playbook.base.own.iter().map(|(key, value)| (key.clone(), Html::text(value.as_str().unwrap_or(&value.to_string())))));
        rows.push(("Source".to_owned(), Html::text(&self.vendor.file).with_class("span", "place")));
        rows.push(("Revision".to_owned(), Html::text(&self.book.revision).with_class("span", "num")));
        block("waivers", "Record", "", vec![facts(rows), table("Waived rules", playbook.allow.items(), self.names, "rule", &["reason", "until"])])
    }
}

pub fn overdue(days: i64) -> String {
    if days == 1 { "OVERDUE 1 day".to_owned() } else { format!("OVERDUE {days} days") }
}

fn mail(address: &str) -> Html {
    if address.contains('@') && !address.contains(char::is_whitespace) { html::link(&format!("mailto:{address}"), address) } else { Html::text(address) }
}

fn note(label: &str, rows: Vec<(String, Html)>) -> Html {
    if rows.is_empty() {
        return Html::default();
    }
    let text = join(rows.into_iter().map(|(key, value)| Html::text(&format!("{key}: ")).and(value)), "; ");
    let body = labelled(label, text).in_tag("p");
    Html::made(format!("<aside class=\"note\" aria-label=\"{label}\">{}</aside>", body.as_str()))
}

fn titled(title: &str, body: Html) -> Html {
    if body.is_empty() { body } else { heading(title).and(body) }
}

/// A section that is not there says so elsewhere; one that is broken says so here.
fn broken_or_nothing<T>(field: &crate::schema::Field<T>) -> Vec<Html> {
    if field.is_broken() { vec![html::unknown().in_tag("p")] } else { Vec::new() }
}

fn why_not(why: &str) -> Html {
    if why.starts_with("not known") { html::unknown() } else { Html::text(&format!("none: {why}")) }
}

fn known(fact: &Known<crate::calendar::Date>, verb: &str) -> Html {
    match fact {
        Known::Yes { value, how } => Html::text(verb).and_text(" ").and(date(*value)).and(html::how(how)),
        Known::No { why } => why_not(why),
    }
}

/// A number as people write it, with a separator between thousands.
pub fn money(amount: f64) -> String {
    let text = if amount.fract() == 0.0 { format!("{amount:.0}") } else { format!("{amount}") };
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let digits: Vec<char> = whole.chars().collect();
    let grouped: String = digits.iter().enumerate().map(|(n, c)| if n > 0 && (digits.len() - n) % 3 == 0 && digits[n - 1].is_ascii_digit() { format!(",{c}") } else { c.to_string() }).collect();
    rest.map_or(grouped.clone(), |rest| format!("{grouped}.{rest}"))
}

fn target(objective: &crate::schema::Objective) -> String {
    let op = match objective.op.copied() {
        Some(crate::schema::Op::Gte) => "at least",
        Some(crate::schema::Op::Lte) => "at most",
        Some(crate::schema::Op::Gt) => "more than",
        Some(crate::schema::Op::Lt) => "less than",
        None => "…",
    };
    let value = objective.value.copied().map_or("…".to_owned(), money);
    let unit = match objective.unit.copied() {
        Some(SlaUnit::Percent) => " %".to_owned(),
        Some(SlaUnit::Minutes) => " minutes".to_owned(),
        Some(SlaUnit::Hours) => " hours".to_owned(),
        Some(SlaUnit::BusinessHours) => " business hours".to_owned(),
        Some(SlaUnit::Days) => " days".to_owned(),
        Some(SlaUnit::BusinessDays) => " business days".to_owned(),
        Some(SlaUnit::Score) => " points".to_owned(),
        Some(SlaUnit::Count) | None => String::new(),
    };
    let share = objective.target_percent.copied().map_or(String::new(), |percent| format!(", in {} % of cases", money(percent)));
    format!("{op} {value}{unit}{share}")
}
