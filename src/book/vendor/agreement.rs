//! What was agreed: purpose, brief, people, services, contract, expectations.

use super::{Pages, block, broken_or_nothing, known, mail, money, note, rhythm, said, titled, why_not};
use crate::book::{Block, days_words};
use crate::calendar::terms::Input;
use crate::calendar::{Known, UNREADABLE, is_unreadable};
use crate::html::{self, Html, Table, chip, date, facts, fields, fields_in_line, heading, join, list, mark, sub, table};
use crate::library::{inside, texts};
use crate::schema::{Contact, Decides, Decision, DecisionKind, Expectation, Field, List, Role, Section, Side, Status, Topic, Whole};

/// Counts are not told where something that counts cannot be read.
fn or_unknown(is_unsure: bool, said: Vec<Html>) -> Vec<Html> {
    if is_unsure { vec![html::unknown()] } else { said }
}

impl Pages<'_> {
    pub(super) fn why(&self) -> Block {
        let playbook = &self.vendor.playbook;
        let purpose = playbook.purpose.text().map_or_else(Html::default, |text| Html::text(text).in_tag("p"));
        let commitment = playbook.commitment.get().map_or_else(Html::default, |promise| {
            let statement = promise.statement.text().map_or_else(Html::default, Html::text);
            promise.until.copied().map_or(statement.clone(), |day| statement.and_text(" Until ").and(date(day)).and_text("."))
        });
        let fit = playbook.fit.get().map_or_else(Html::default, |fit| {
            let gut = fit.gut.copied().map_or(String::new(), |gut| format!("{}. ", gut.label()));
            Html::text(&format!("{gut}{}", fit.notes.text().unwrap_or_default()))
        });
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
        block(
            "why",
            "Why we work together",
            "the purpose, in one or two sentences",
            vec![
                purpose,
                note("Our commitment", commitment),
                note("First impressions", fit),
                facts(rows),
                titled("Who they are", facts(card)),
                titled("For", facts(client)),
            ],
        )
    }

    pub(super) fn headlines(&self) -> Block {
        let playbook = &self.vendor.playbook;
        let (theirs, ours) =
            playbook.expectations.get().map_or((&[][..], &[][..]), |both| (both.of_vendor.items(), both.of_client.items()));
        let topics = [Topic::Timeframe, Topic::Accuracy, Topic::Delivery, Topic::Success];
        let covered = topics.iter().filter(|topic| theirs.iter().chain(ours).any(|item| item.topic.copied() == Some(**topic))).count();
        let kind = if covered == topics.len() { "ok" } else { "info" };
        let is_unsure = inside(&playbook.expectations, |both| {
            let all = [&both.of_vendor, &both.of_client];
            let is_hidden = |side: &&Field<List<Expectation>>| side.is_unsure() || side.items().iter().any(|item| item.topic.is_broken());
            if all.iter().any(is_hidden) { Input::Broken } else { Input::Given(()) }
        })
        .is_broken();
        let expectations = or_unknown(
            is_unsure,
            vec![
                mark(kind, &format!("{covered} of {} core topics covered", topics.len())),
                Html::text(&format!("{} from them, {} from us", theirs.len(), ours.len())),
            ],
        );
        let found =
            [Role::AccountManager, Role::Practitioner].map(|role| self.vendor.contact_with(role, Some(Side::Vendor), self.book.as_of()));
        let is_unsure = self.may_hide_contacts() || found.iter().any(Input::is_broken);
        let lines = found.into_iter().filter_map(Input::given).count();
        let mut communication = or_unknown(
            is_unsure && lines < 2,
            vec![mark(if lines == 2 { "ok" } else { "info" }, &format!("{lines} of 2 direct lines open"))],
        );
        match rhythm(self.vendor) {
            Input::Given(every) => communication.push(Html::text(&format!("A check-in every {}", every.words()))),
            Input::Broken => communication.push(Html::text("Check-ins: ").and(html::unknown())),
            Input::Absent => {}
        }
        match &self.vendor.derived.last_heard {
            Known::Yes { value, .. } => communication.push(Html::text("Last heard ").and(date(*value))),
            Known::No { why } if is_unreadable(why) => communication.push(Html::text("Last heard ").and(html::unknown())),
            Known::No { .. } => {}
        }
        let decisions = playbook.control.get().map_or(&[][..], |control| control.decisions.items());
        let methods = decisions.iter().filter(|entry| entry.kind.copied() == Some(DecisionKind::Method));
        let by_us = methods.filter(|entry| entry.decides.copied() == Some(Decides::Client)).count();
        let is_hidden = |entry: &Decision| entry.kind.is_broken() || entry.decides.is_broken();
        let is_unsure = inside(&playbook.control, |control| {
            if control.decisions.is_unsure() || control.decisions.items().iter().any(is_hidden) { Input::Broken } else { Input::Given(()) }
        })
        .is_broken();
        let control = or_unknown(
            is_unsure,
            vec![
                match (decisions.is_empty(), by_us) {
                    (true, _) => mark("none", "no decisions recorded yet"),
                    (false, 0) => mark("ok", "they choose how they work"),
                    (false, n) => mark("info", &format!("we decide {n} of their methods")),
                },
                Html::text(&format!("{} decisions written down", decisions.len())),
            ],
        );
        let panel = |title: &str, items: Vec<Html>| heading(title).and(list(items)).with_class("div", "panel");
        let three = [panel("Expectations", expectations), panel("Communication", communication), panel("Control", control)];
        block("headlines", "How it stands", "", vec![join(three, "\n").with_class("div", "three")])
    }

    pub(super) fn brief(&self) -> Block {
        let playbook = &self.vendor.playbook;
        let mut rows = playbook.brief.get().map_or_else(Vec::new, |section| fields(section, self.names, &[]));
        if let Some(onboarding) = playbook.onboarding.get() {
            rows.extend(
                fields(onboarding, self.names, &[])
                    .into_iter()
                    .map(|(label, value)| (format!("First weeks: {}", label.to_lowercase()), value)),
            );
        }
        block("brief", "Brief for the vendor", "goals, audience, priorities, tone", vec![facts(rows)])
    }

    /// True where somebody may be named who cannot be read.
    fn may_hide_contacts(&self) -> bool {
        let contacts = &self.vendor.playbook.contacts;
        let is_hidden = |contact: &Contact| {
            let roles = contact.role.is_broken() || contact.role.get().is_some_and(|roles| roles.1 == Whole::No);
            roles || contact.name.is_broken() || contact.side.is_broken() || contact.left.is_broken()
        };
        contacts.is_unsure() || contacts.items().iter().any(is_hidden)
    }

    /// Says that part of a list cannot be read.
    fn unread(is_unsure: bool) -> Vec<Html> {
        if is_unsure { vec![html::unknown().in_tag("p")] } else { Vec::new() }
    }

    pub(super) fn contacts(&self) -> Block {
        let contacts = self.vendor.playbook.contacts.items();
        if contacts.is_empty() {
            return block(
                "contacts",
                "Contacts",
                "the two direct lines: who manages the account, and who does the work",
                Self::unread(self.vendor.playbook.contacts.is_unsure()),
            );
        }
        let lines = [(Role::AccountManager, "Day to day"), (Role::Practitioner, "Doing the work")].map(|(role, title)| {
            let contact = contacts.iter().find(|contact| {
                let has_role = contact.role.get().is_some_and(|roles| roles.0.contains(&role));
                has_role && contact.side.copied() != Some(Side::Client) && !contact.is_gone(self.book.as_of())
            });
            let is_hidden = self.vendor.contact_with(role, Some(Side::Vendor), self.book.as_of()).is_broken();
            let body = match contact.filter(|contact| !is_hidden || contact.name.is_broken() && !contact.side.is_broken()) {
                None if is_hidden || self.may_hide_contacts() => html::unknown().in_tag("p"),
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
        let rows = contacts.iter().map(|contact| {
            let apart = ["id", "name", "role", "side", "email"];
            let name = contact.name.text().map_or_else(html::unknown, Html::text);
            let rest = fields_in_line(contact, self.names, &apart)
                .into_iter()
                .map(|(label, value)| sub(Html::text(&format!("{label}: ")).and(value)));
            let role = said(contact.role.input(), |roles| {
                let unread = (roles.1 == Whole::No).then(html::unknown);
                join(roles.0.iter().map(|role| Html::text(&role.label())).chain(unread), ", ")
            });
            let side = match contact.side.input() {
                Input::Broken => html::unknown(),
                Input::Given(Side::Client) => Html::text("ours"),
                Input::Given(Side::Vendor) | Input::Absent => Html::text("theirs"),
            };
            vec![join(std::iter::once(name).chain(rest), ""), role, side, said(contact.email.input(), |email| mail(&email))]
        });
        let heads = ["Name", "Role", "Side", "Email"].map(str::to_owned).into();
        let everyone = Table { caption: "Everyone".to_owned(), heads, rows }.html();
        block("contacts", "Contacts", "", vec![join(lines, "\n").with_class("div", "two"), everyone])
    }

    pub(super) fn services(&self) -> Block {
        let unread = Self::unread(self.vendor.playbook.services.is_unsure());
        let services = self.vendor.playbook.services.items();
        let parts = services.iter().map(|service| {
            let name = service.name.text().unwrap_or("A service");
            heading(name).and(facts(fields(service, self.names, &["id", "name"])))
        });
        block("services", "Services", "what is in scope, what is not, and what they need from us", parts.chain(unread).collect())
    }

    pub(super) fn contract(&self) -> Block {
        let Some(contract) = self.vendor.playbook.contract.get() else {
            return block(
                "contract",
                "Contract",
                "its dates and notice, from which every other date follows",
                broken_or_nothing(&self.vendor.playbook.contract),
            );
        };
        let as_of = self.book.as_of();
        let clock = &self.vendor.derived.clock;
        let mut rows = Vec::new();
        let running = !matches!(self.vendor.status(), Some(Status::Ended | Status::Prospect));
        let given = self.vendor.playbook.exit.get().and_then(|exit| exit.notice_given.copied()).filter(|day| *day <= as_of);
        let pending = running && given.is_none();
        rows.extend(given.map(|day| ("Notice given".to_owned(), date(day))));
        let notice = &self.vendor.derived.notice;
        if let Some(day) = notice.send_by.date().filter(|_| pending) {
            let how = html::how(&format!("Send by {}: {}.", day.long(), notice.send_by.how().unwrap_or_default()));
            rows.push((
                notice.label().to_owned(),
                date(day).in_tag("b").and_text(&format!(", {}", days_words(as_of.days_until(day)))).and(how),
            ));
        } else if let Some(why) = notice.send_by.why().filter(|_| pending) {
            rows.push((notice.label().to_owned(), why_not(why)));
        }
        rows.extend(notice.received_by.date().filter(|_| pending).map(|day| ("Received by".to_owned(), date(day))));
        rows.push(("Current term".to_owned(), known(&clock.term_end, "ends")));
        if let Some(day) = clock.next_end.date().filter(|_| pending) {
            rows.push(("If nobody gives notice".to_owned(), Html::text("it renews, and ends ").and(date(day))));
        }
        if pending {
            rows.push(("If notice were given today".to_owned(), known(&clock.earliest_end, "it can end")));
        }
        let none = contract.kind.copied() == Some(crate::schema::ContractType::None);
        let badge = if none { mark("info", "no written terms").in_tag("p") } else { Html::default() };
        let separate = ["notice", "renewal", "termination_rights", "documents", "value", "transition"];
        rows.extend(fields(contract, self.names, &separate));
        let hidden = [
            ("Value", contract.value.is_broken()),
            ("Renewal", contract.renewal.is_broken()),
            ("Transition", contract.transition.is_broken()),
        ];
        rows.extend(hidden.into_iter().filter(|(_, is_hidden)| *is_hidden).map(|(label, _)| (label.to_owned(), html::unknown())));
        if let Some(value) = contract.value.get() {
            let part = |text: Input<String>| match text {
                Input::Given(text) => text,
                Input::Broken => UNREADABLE.to_owned(),
                Input::Absent => "…".to_owned(),
            };
            let amount = value.amount.input().map(|amount| money(amount.0));
            let currency = value.currency.input().map(|currency| currency.0);
            let per = value.per.input().map(|per| per.label());
            rows.push(("Value".to_owned(), Html::text(&format!("{} {} for each {}", part(currency), part(amount), part(per)))));
        }
        for (label, section) in [
            ("Renewal", contract.renewal.get().map(|s| fields(s, self.names, &[]))),
            ("Transition", contract.transition.get().map(|s| fields(s, self.names, &[]))),
        ] {
            rows.extend(section.into_iter().flatten().map(|(key, value)| (format!("{label}: {}", key.to_lowercase()), value)));
        }
        let notice = contract.notice.get().map_or_else(Vec::new, |notice| fields(notice, self.names, &[]));
        block(
            "contract",
            "Contract",
            "",
            vec![
                badge,
                facts(rows),
                titled("Notice", facts(notice)),
                table(
                    "Other ways out",
                    contract.termination_rights.items(),
                    self.names,
                    "ground",
                    &["by", "notice", "cure", "fee", "clause"],
                ),
                table("Papers", contract.documents.items(), self.names, "title", &["kind", "signed", "url"]),
            ],
        )
    }

    pub(super) fn expectations(&self) -> Block {
        let (theirs, ours) =
            self.vendor.playbook.expectations.get().map_or((&[][..], &[][..]), |both| (both.of_vendor.items(), both.of_client.items()));
        if theirs.is_empty() && ours.is_empty() {
            return block(
                "expectations",
                "Expectations",
                "what each side expects of the other",
                broken_or_nothing(&self.vendor.playbook.expectations),
            );
        }
        let column = |title: &str, items: &[Expectation]| {
            let body = if items.is_empty() {
                Html::text("Nothing is written down yet.").with_class("p", "empty")
            } else {
                let items = items.iter().map(|item| {
                    let topic = match item.topic.input() {
                        Input::Broken => html::unknown(),
                        topic => chip(&topic.given().unwrap_or(Topic::General).label()),
                    };
                    let text = item.text.text().map_or_else(html::unknown, Html::text);
                    let rest = fields_in_line(item, self.names, &["topic", "text"])
                        .into_iter()
                        .map(|(label, value)| Html::text(&format!("{label}: ")).and(value));
                    let rest = join(rest, ". ");
                    let line = topic.and_text(" ").and(text);
                    if rest.is_empty() { line } else { line.and(sub(rest)) }
                });
                list(items).of_class("expect")
            };
            heading(title).and(body).in_tag("div")
        };
        let two = [column("What we expect of them", theirs), column("What they expect of us", ours)];
        block("expectations", "Expectations", "", vec![join(two, "\n").with_class("div", "two")])
    }
}
