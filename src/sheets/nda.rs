use super::facts::{UNREADABLE, fact, facts, heading, list};
use super::{BOTH, Desk, Kind, Layout, Place};
use crate::calendar::terms::Input;
use crate::library::{Protection, inside};
use crate::paper::{Block, Signature, Text};
use crate::schema::{Backups, Field, NdaKind, ReturnAction, Role, SecretTerm};

/// What stays confidential after the last day, said kindly. The vendor keeps one copy.
pub static SHEET: Kind = Kind {
    name: "nda",
    letter: Some('e'),
    title: "What stays confidential",
    purpose: "the promises that go on",
    copies: BOTH,
    layout: Layout::Tight,
    carrier: Role::Owner,
    place: Place::Pack,
    make,
};

/// The usual exclusions, in our words; our default where the agreement's own are not recorded.
const EXCLUSIONS: [&str; 4] = [
    "what is public, or becomes public without your doing",
    "what you knew before, without a promise to keep it private",
    "what someone else gives you, and was free to give",
    "what you worked out by yourselves, without it",
];

fn make(desk: &Desk<'_>) -> Vec<Block> {
    let nda = desk.nda();
    let is_unread = desk.vendor.playbook.nda.is_broken();
    let or_unread = |text: Text| if is_unread { Text::plain(UNREADABLE) } else { text };
    let since = nda.map(|nda| if nda.effective.is_absent() { &nda.signed } else { &nda.effective });
    let mut blocks = vec![
        Block::Paragraph(Text::strong("Thank you. A few promises go on after ").join(desk.last_day_text()).and(".")),
        facts(vec![
            fact("Agreement", or_unread(agreement(desk))),
            fact("In force since", or_unread(desk.day(since, "date"))),
            fact("Purpose", or_unread(desk.value(nda.map(|nda| &nda.purpose), "purpose"))),
        ]),
        heading("What stays confidential"),
    ];
    let covers: Vec<Text> =
        nda.map_or(&[][..], |nda| nda.covers.items()).iter().filter_map(|cover| cover.item.text()).map(Text::plain).collect();
    let hidden =
        is_unread || nda.is_some_and(|nda| nda.covers.is_unsure() || nda.covers.items().iter().any(|cover| cover.item.is_broken()));
    let covers: Vec<Text> = covers.into_iter().chain(hidden.then(|| Text::plain(UNREADABLE))).collect();
    blocks.push(if covers.is_empty() { Block::Lines(2) } else { list(covers) });
    blocks.push(heading("Until when"));
    blocks.push(Block::Paragraph(until(desk)));
    blocks.push(heading("What this means"));
    blocks.push(Block::Paragraph(Text::plain("Please do not use it for anything else, do not pass it on, and keep no copies.")));
    if nda.and_then(|nda| nda.kind.copied()) == Some(NdaKind::Mutual) {
        blocks.push(Block::Paragraph(Text::plain("We keep what we learnt from you in the same way.")));
    }
    blocks.push(heading("What is not confidential"));
    let own: Vec<&str> = nda.map_or(Vec::new(), |nda| crate::library::texts(&nda.exclusions).collect());
    blocks.push(list(if own.is_empty() {
        EXCLUSIONS.map(Text::plain).into()
    } else {
        own.into_iter().map(Text::plain).collect::<Vec<_>>()
    }));
    blocks.push(heading("Return or destroy"));
    blocks.extend(returns(desk));
    blocks.push(heading("What else continues"));
    blocks.push(survivors(desk));
    blocks.push(Block::Paragraph(
        Text::plain("If you are in doubt, or a court or an authority asks for it, please talk to us first: ").join(contact(desk)).and("."),
    ));
    blocks.push(heading("Acknowledged"));
    blocks.push(Block::Signatures(vec![
        Signature {
            title: format!("For {}", desk.vendor.name()),
            statement: Some(Text::plain("We have read this and keep to it.")),
            lines: &["Name, role", "Date", "Signature"],
        },
        Signature {
            title: format!("For {}", desk.client()),
            statement: Some(Text::plain("Handed over and talked through.")),
            lines: &["Name, role", "Date", "Signature"],
        },
    ]));
    blocks
}

fn agreement(desk: &Desk<'_>) -> Text {
    let Some(nda) = desk.nda() else { return Text::blank("agreement") };
    let kind = desk.value(Some(&nda.kind), "kind");
    let reference = nda.reference.text().map_or(String::new(), |reference| format!(", {reference}"));
    match nda.signed.copied() {
        Some(day) => kind.and(format!("{reference}, signed ")).day(day),
        None => kind.and(reference),
    }
}

/// `through Fri 11 Jan 2030; trade secrets for as long as they are secret`.
fn until(desk: &Desk<'_>) -> Text {
    let protection = &desk.vendor.derived.protection;
    let until = match protection.value() {
        Some(Protection::Through(day)) if desk.last_day().is_some_and(|last| *day < last) => {
            let ends = if *day < desk.as_of { "ended" } else { "ends" };
            Text::plain(format!("By the agreement it {ends} on ")).day(*day).and(", before the last day")
        }
        Some(Protection::Through(day)) => Text::plain("Through ").day(*day),
        Some(Protection::Perpetual) => Text::plain("Without end"),
        None if protection.is_unreadable() => Text::plain(UNREADABLE),
        None => Text::plain("Through ").and_blank("date"),
    };
    let secrets = desk.nda().and_then(|nda| nda.confidentiality.get()).and_then(|terms| terms.trade_secrets.get());
    let until = match secrets {
        Some(SecretTerm::WhileSecret) => until.and("; trade secrets for as long as they are secret"),
        Some(SecretTerm::For(days)) => until.and(format!("; trade secrets for {}", days.0.words())),
        None => until,
    };
    until.and(".")
}

fn returns(desk: &Desk<'_>) -> Vec<Block> {
    let returns = desk.nda().and_then(|nda| nda.returns.get());
    let action = match returns.and_then(|returns| returns.action.copied()) {
        Some(ReturnAction::Return) => "Please give it back by ",
        Some(ReturnAction::Destroy) => "Please destroy it by ",
        Some(ReturnAction::Either) | None => "Please give it back or destroy it by ",
    };
    let by = Text::plain(action).join(desk.day_of("C1", "date"));
    // Only what the agreement itself says: this paper asks for no more.
    let certificate = inside(&desk.vendor.playbook.nda, |nda| inside(&nda.returns, |returns| returns.certificate.input()));
    let by = match certificate {
        Input::Given(true) => by.and(", and confirm it in writing."),
        Input::Broken => by.and(". Whether to confirm it in writing is ").and(UNREADABLE).and("."),
        Input::Given(false) | Input::Absent => by.and("."),
    };
    let mut items = vec![Text::tick("returned"), Text::tick("destroyed")];
    if returns.and_then(|returns| returns.backups.copied()) != Some(Backups::None) {
        items.push(Text::tick("backups kept by routine, and still protected"));
    }
    let line = Text::plain("What: ").and_blank("what").and("  By whom: ").and_blank("by whom").and("  On: ").and_blank("date");
    vec![Block::Paragraph(by), Block::List { columns: items.len(), items }, Block::Paragraph(line)]
}

fn survivors(desk: &Desk<'_>) -> Block {
    match desk.contract().map(|contract| &contract.survival) {
        Some(Field::Broken(_)) => Block::Paragraph(Text::plain(UNREADABLE)),
        Some(Field::Given(items, _)) if !items.0.is_empty() => {
            // This sheet itself is what goes on of confidentiality.
            let others = items.0.iter().filter(|item| !crate::exit::tells_of_confidentiality(&item.value));
            let others: Vec<Text> = others.map(|item| Text::plain(&item.value)).collect();
            if others.is_empty() { Block::Paragraph(Text::plain("Nothing else that we know of.")) } else { list(others) }
        }
        _ => Block::Paragraph(
            Text::plain("Payment of open invoices, rights in the work, and whatever else the contract names: ").and_blank("clauses"),
        ),
    }
}

/// Whom to ask: the one for contracts, else the owner.
fn contact(desk: &Desk<'_>) -> Text {
    let name = match desk.ours(Role::Legal) {
        Input::Absent => return Text::blank("name and address"),
        Input::Broken => return Text::plain(UNREADABLE),
        Input::Given(name) => name,
    };
    let contact = desk.vendor.playbook.contacts.items().iter().find(|contact| contact.name.text() == Some(&name));
    Text::plain(format!("{name}, ")).join(match contact.map(|contact| &contact.email) {
        Some(email @ (Field::Given(..) | Field::Broken(_))) => Text::plain(email.text().unwrap_or(UNREADABLE)),
        Some(Field::Absent) | None => Text::blank("address"),
    })
}
