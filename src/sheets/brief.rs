use super::facts::{UNREADABLE, between, fact, heading, list, name, roles};
use super::offers::{hides_offers, offers, offers_of};
use super::{Desk, Kind, Layout, OURS, Place, checklist};
use crate::library::inside;
use crate::paper::{Block, Body, Column, Piece, Row, RowKind, Table, Text};
use crate::schema::{
    ContractType, ExitReason, Feedback, FeedbackKind, Field, GoodwillKind, NoticeTo, Role, TerminationBy, TerminationGround, Value,
};

/// The talk track: what to know, what to say and what not to, on one page.
pub static SHEET: Kind = Kind {
    name: "brief",
    letter: Some('a'),
    title: "Meeting brief",
    purpose: "what to say, and what not to",
    copies: OURS,
    layout: Layout::Tight,
    carrier: Role::Owner,
    place: Place::Pack,
    make,
};

fn make(desk: &Desk<'_>) -> Vec<Block> {
    let mut blocks = vec![
        heading("The facts"),
        Block::Facts { rows: when_and_where(desk), columns: 2 },
        Block::Facts { rows: vec![("Who".to_owned(), attendees(desk))], columns: 1 },
        Block::Facts {
            rows: vec![
                fact("Contract", desk.reference()),
                fact("Ground", ground(desk)),
                ("Notice".to_owned(), notice(desk)),
                fact("Last day", desk.last_day_text()),
            ],
            columns: 2,
        },
        heading("Before we walk in"),
        Block::List {
            items: [
                "Contract and NDA read",
                "Our own part reviewed",
                "IT and finance told",
                "Successor or cover named",
                "Access list up to date",
                "Goodwill approved",
                match (desk.is_their_notice(), desk.notice_was_given()) {
                    (true, _) => "Receipt of notice confirmed",
                    (false, true) => "Proof of notice at hand",
                    (false, false) => "Notice ready to send",
                },
            ]
            .map(Text::tick)
            .into(),
            columns: 4,
        },
        heading("Say"),
    ];
    blocks.extend(say(desk));
    blocks.push(heading("Do not"));
    blocks.extend(do_not(desk));
    blocks.push(heading("Only if they ask for feedback"));
    blocks.push(if_asked(desk));
    blocks.push(heading("If they say, we say"));
    blocks.push(if_they_say(desk));
    blocks.push(give_and_take(desk));
    blocks.push(heading("Agreed in the room"));
    blocks.extend(agreed(desk));
    blocks
}

fn when_and_where(desk: &Desk<'_>) -> Vec<(String, Vec<Text>)> {
    let meeting = desk.exit().and_then(|exit| exit.meeting.get());
    let hour = desk.value(meeting.map(|meeting| &meeting.time), "hour");
    let zone = meeting.and_then(|meeting| meeting.timezone.get()).map_or(String::new(), |zone| format!(" {}", zone.0));
    vec![
        fact("When", desk.day(meeting.map(|meeting| &meeting.date), "date").and(", ").join(hour).and(zone)),
        fact("Where", desk.value(meeting.map(|meeting| &meeting.place), "place")),
    ]
}

/// Those who come, each with a box; and the two who belong there, where they are not invited yet.
fn attendees(desk: &Desk<'_>) -> Vec<Text> {
    let invited = desk.exit().and_then(|exit| exit.meeting.get()).map(|meeting| &meeting.attendees);
    if invited.is_some_and(Field::is_broken) {
        return vec![Text::plain(UNREADABLE)];
    }
    let contacts = desk.vendor.playbook.contacts.items();
    let ids: Vec<&str> = invited.map_or(&[][..], |invited| invited.items()).iter().map(|person| person.value.0.as_str()).collect();
    let coming = ids.iter().map(|id| {
        let contact = contacts.iter().find(|contact| contact.identity().is_some_and(|(known, _)| known == *id));
        let name = desk.named(id, None);
        Text::default().tick_box(format!("{name} is here"), false).and(format!(" {name}{}", contact.map(roles).unwrap_or_default()))
    });
    let mut lines = vec![between(coming, "  ")];
    for (role, called) in [(Role::AccountManager, "their account manager"), (Role::Practitioner, "the one who does the work")] {
        let there = contacts.iter().any(|contact| {
            let is_invited = contact.identity().is_some_and(|(id, _)| ids.contains(&id.as_str()));
            is_invited && !contact.is_gone(desk.as_of) && contact.role.get().is_some_and(|roles| roles.0.contains(&role))
        });
        if !there {
            let name = name(desk.theirs(role));
            lines.push(Text::default().tick_box(format!("{called} is invited"), false).and(format!(" Invite {called} too: ")).join(name));
        }
    }
    lines.retain(|line| !line.pieces.is_empty());
    lines
}

/// On what the ending rests, with the clause where it is known.
fn ground(desk: &Desk<'_>) -> Text {
    let reason = desk.exit().and_then(|exit| exit.reason.copied());
    let wanted = match reason {
        Some(ExitReason::Breach) => TerminationGround::Breach,
        Some(ExitReason::Regulator) => TerminationGround::Regulator,
        _ => TerminationGround::Convenience,
    };
    let theirs = desk.is_their_notice();
    let side = if theirs { TerminationBy::Vendor } else { TerminationBy::Client };
    let ours = |by: Option<TerminationBy>| by == Some(side) || by == Some(TerminationBy::Either);
    let rights = desk.contract().map_or(&[][..], |contract| contract.termination_rights.items());
    let right = rights.iter().find(|right| right.ground.copied() == Some(wanted) && ours(right.by.copied()));
    let clause = right.map(|right| desk.value(Some(&right.clause), "clause")).unwrap_or_else(|| Text::blank("clause"));
    let words = match (reason, wanted) {
        (Some(ExitReason::VendorLeft), _) => "their own notice".to_owned(),
        (Some(ExitReason::Mutual), _) => return Text::plain("by agreement of both sides"),
        (_, TerminationGround::Breach | TerminationGround::Regulator) => wanted.label().to_lowercase(),
        _ if desk.contract().and_then(|contract| contract.kind.copied()) == Some(ContractType::None) => {
            return Text::plain("no written terms: as we decided");
        }
        _ => match desk.contract().and_then(|contract| contract.notice.get()) {
            Some(notice) => match (if theirs { notice.vendor.copied() } else { notice.client.copied() }, notice.to.copied()) {
                (Some(days), to) => {
                    let notice = if theirs { "their notice" } else { "notice" };
                    format!("{notice} of {}{}", days.0.words(), to.map_or("", to_what))
                }
                (None, _) => return Text::blank("ground").and(", clause ").join(clause),
            },
            None => return Text::blank("ground").and(", clause ").join(clause),
        },
    };
    Text::plain(format!("{words}, clause ")).join(clause)
}

/// On which days notice ends a contract, as the end of a phrase.
fn to_what(to: NoticeTo) -> &'static str {
    match to {
        NoticeTo::Any => "",
        NoticeTo::TermEnd => " to the end of a term",
        NoticeTo::MonthEnd => " to the end of a month",
        NoticeTo::QuarterEnd => " to the end of a quarter",
    }
}

/// Whether notice has gone out, goes out today, or has to.
fn notice(desk: &Desk<'_>) -> Vec<Text> {
    let methods = desk.contract().and_then(|contract| contract.notice.get()).map(|notice| &notice.method);
    let by = match methods.map(|methods| methods.items()) {
        Some(items) if !items.is_empty() => {
            Text::plain(items.iter().map(|method| method.label().to_lowercase()).collect::<Vec<_>>().join(" or "))
        }
        _ => Text::blank("how"),
    };
    let given = desk.exit().map(|exit| &exit.notice_given);
    let last = checklist::known(&desk.notice().send_by);
    match given {
        Some(Field::Broken(_)) => vec![Text::plain(UNREADABLE)],
        Some(Field::Given(day, _)) if desk.is_their_notice() && *day <= desk.as_of => vec![Text::plain("they gave it on ").day(*day)],
        Some(Field::Given(day, _)) if desk.is_their_notice() => vec![Text::plain("they plan to give it on ").day(*day)],
        _ if desk.is_their_notice() => {
            let arrived = Text::default().tick_box("their notice has arrived", false);
            vec![arrived.and(" it has arrived; they send it by ").join(last).and(", by ").join(by)]
        }
        Some(Field::Given(day, _)) if *day <= desk.as_of => vec![Text::plain("sent ").day(*day).and(" by ").join(by)],
        Some(Field::Given(day, _)) => vec![Text::plain("planned for ").day(*day).and(", by ").join(by)],
        _ => {
            let send = Text::default().tick_box("notice is sent", false).and(" send by ").join(last).and(", by ").join(by);
            vec![Text::tick("hand over today"), send]
        }
    }
}

fn say(desk: &Desk<'_>) -> Vec<Block> {
    let meeting = desk.exit().and_then(|exit| exit.meeting.get());
    let message = desk.value(meeting.map(|meeting| &meeting.key_message), "the decision, in at most 40 words");
    let line = |label: &str| Text::strong(format!("{label}: "));
    // The next time they speak lies after the meeting, or after today where none is set.
    let from = meeting.and_then(|meeting| meeting.date.copied()).unwrap_or(desk.as_of);
    let is_unsure = inside(&desk.vendor.playbook.exit, |exit| inside(&exit.meeting, |meeting| meeting.date.input())).is_broken();
    let is_ahead = |step: &&&str| desk.due(step).is_some_and(|day| day > from);
    let next = ["N3", "K1", "H2", "C6"].iter().find(is_ahead).copied().unwrap_or("N3");
    let next = match desk.due(next) {
        _ if is_unsure => Text::plain(UNREADABLE),
        Some(day) if day <= from => Text::blank("date"),
        _ => desk.day_of(next, "date"),
    };
    let offers = offers(desk);
    let offer = if offers.is_empty() {
        Text::plain("what stands below under We can offer, and nothing else")
    } else {
        between(offers.into_iter(), "; ")
    };
    vec![
        list([line("Thank them").join(desk.value(meeting.map(|meeting| &meeting.positive), "what was good"))]),
        Block::Boxed(message),
        list([
            line("Last day").join(desk.last_day_text()).and(". Until then work goes on as agreed."),
            line("Then").and("“Here is the checklist. Let us go through the days together.”"),
            line("Offer").join(offer),
            line("Close").and("“Thank you. We will speak again on ").join(next).and(".”"),
        ]),
    ]
}

fn do_not(desk: &Desk<'_>) -> Vec<Block> {
    let topics: Vec<&str> = desk
        .exit()
        .and_then(|exit| exit.meeting.get())
        .map_or(Vec::new(), |meeting| crate::library::texts(&meeting.do_not_discuss).collect());
    let topics = if topics.is_empty() { "who was at fault".to_owned() } else { topics.join("; ") };
    let mut lines = vec![
        Block::Paragraph(
            Text::plain("Reasons and arguments · whose fault it was · what is settled · promises beyond We can offer · other vendors. ")
                .and_strong("Say it once. Then stop, and listen."),
        ),
        Block::Paragraph(Text::strong("Not in this room: ").and(topics)),
    ];
    let open = |entry: &&Feedback| {
        entry.is_open(desk.as_of) && matches!(entry.kind.copied(), Some(FeedbackKind::Concern | FeedbackKind::Complaint))
    };
    let open: Vec<&str> = desk.vendor.playbook.feedback.items().iter().filter(open).filter_map(|entry| entry.text.text()).collect();
    if !open.is_empty() {
        lines.push(Block::Paragraph(Text::strong("Still open, and not for today: ").and(open.join("; "))));
    }
    lines
}

fn if_asked(desk: &Desk<'_>) -> Block {
    let meeting = desk.exit().and_then(|exit| exit.meeting.get());
    let examples: Vec<Text> =
        meeting.map_or(Vec::new(), |meeting| crate::library::texts(&meeting.if_asked).take(3).map(Text::tick).collect());
    if examples.is_empty() {
        return list([Text::default()
            .tick_box("asked for feedback", false)
            .and(" “Let me think about it and write to you by ")
            .and_blank("date")
            .and(".”")]);
    }
    list(examples)
}

const EXCHANGE: &[Column] = &[Column::head("They say", 25), Column::new("We say", 75)];

fn if_they_say(desk: &Desk<'_>) -> Block {
    let payment = desk.due("C4").map_or(desk.as_of, |due| due.max(desk.as_of));
    let finance = name(desk.ours_on(Role::Finance, payment));
    let paid = |text: Text| text.join(desk.day_of("C4", "date"));
    let praise = offers_of(desk, &[GoodwillKind::Testimonial, GoodwillKind::Referral]);
    let reference = match praise.into_iter().next() {
        Some(_) => Text::plain("“Gladly.” (see We can offer)"),
        None => Text::plain("“Let me come back to you by ").and_blank("date").and(".”"),
    };
    let said = |they: &'static str, we: &str| (they, Text::plain(we));
    let (first, second) = if desk.is_their_notice() {
        (
            said("“Let us explain”", "“Thank you. You have decided, and I would rather use today for a good handover.”"),
            said("“We could still stay”", "“Thank you for offering. Let us plan with the last day for now.”"),
        )
    } else {
        (
            said("“Why?”", "“It is a business decision. I would rather use today for a good handover.”"),
            said("“Can we fix it?”", "“Thank you for offering. It is decided.”"),
        )
    };
    let rows = [
        first,
        second,
        (
            "“You owe us …”",
            paid(Text::plain("“Please send the final invoice to ").join(finance).and(". What we both agree on is paid by ")).and(".”"),
        ),
        (
            "“Pay first, then accounts”",
            Text::plain("“Handover follows clause ")
                .and_blank("clause")
                .and(", payment clause ")
                .and_blank("clause")
                .and(". Let us note both dates.”"),
        ),
        ("“A reference?”", reference),
        ("Loud voices", Text::plain("“Let us take five minutes.”")),
    ];
    let rows = rows.map(|(they, we)| Row { cells: vec![vec![Text::plain(they)], vec![we]], ..Row::default() });
    Block::Table(Table {
        caption: "If they say, we say".to_owned(),
        columns: EXCHANGE.to_vec(),
        bodies: vec![Body { rows: rows.into(), ..Body::default() }],
    })
}

/// What we ask for and what we can give, side by side.
fn give_and_take(desk: &Desk<'_>) -> Block {
    let meeting = desk.exit().and_then(|exit| exit.meeting.get());
    let mut needs: Vec<Text> = meeting.map_or(Vec::new(), |meeting| {
        crate::library::texts(&meeting.asks).map(|ask| Text::tick(ask).and(", by ").and_blank("date")).collect()
    });
    if needs.is_empty() {
        needs = [
            ("All deliverables, whatever their state", "H2"),
            ("Accounts in their name transferred", "H1"),
            if desk.is_their_notice() { ("Their notice in writing", "N2") } else { ("Receipt of notice confirmed", "N3") },
        ]
        .map(|(what, step)| Text::tick(what).and(", by ").join(desk.day_of(step, "date")))
        .into();
    }
    let mut offers = offers(desk);
    if hides_offers(desk) {
        offers.push(Text::plain("What else is approved is ").and(UNREADABLE));
    } else if offers.is_empty() {
        offers.push(Text::plain("Nothing is approved yet, so please promise nothing today. ").and_blank("offer"));
    }
    let [first, second] = shares(letters(&needs), letters(&offers));
    let row = Row { cells: vec![needs, offers], ..Row::default() };
    Block::Table(Table {
        caption: "We need, we can offer".to_owned(),
        columns: vec![Column::new("We need", first), Column::new("We can offer", second)],
        bodies: vec![Body { rows: vec![row], ..Body::default() }],
    })
}

/// Of two columns, the one that says more is the wider one: on this sheet every line counts.
fn shares(first: usize, second: usize) -> [u8; 2] {
    let share = (100 * first / (first + second).max(1)).clamp(36, 64);
    let share = u8::try_from(share).unwrap_or(50);
    [share, 100 - share]
}

/// About how many letters a column of texts takes: a blank as many as a date, a box a few.
fn letters(texts: &[Text]) -> usize {
    let piece = |piece: &Piece| match piece {
        Piece::Plain(words) | Piece::Strong(words) | Piece::Alert(words) | Piece::Link { text: words, .. } => words.chars().count(),
        Piece::Date(_) => 15,
        Piece::Blank(_) | Piece::Rule(_) => 9,
        Piece::Box { .. } => 4,
    };
    texts.iter().flat_map(|text| &text.pieces).map(piece).sum()
}

const AGREED: &[Column] = &[Column::head("Who", 20), Column::new("What", 46), Column::new("By when", 20), Column::new("Initials", 14)];

fn agreed(desk: &Desk<'_>) -> Vec<Block> {
    let row = Row { kind: RowKind::Spare, cells: vec![Vec::new(); AGREED.len()], step: None };
    let table = Table {
        caption: "Agreed in the room".to_owned(),
        columns: AGREED.to_vec(),
        bodies: vec![Body { rows: vec![row; 6], ..Body::default() }],
    };
    let leave = Text::strong("Leave with: ")
        .join(Text::tick("receipt of notice signed, or confirmed by e-mail"))
        .and("  ")
        .join(Text::tick("sheets c to e walked through"))
        .and("  ")
        .piece(Piece::Box { name: "debrief date agreed".to_owned(), is_ticked: false })
        .and(" debrief on ")
        .join(desk.day_of("C6", "date"));
    vec![Block::Table(table), Block::Paragraph(leave)]
}
