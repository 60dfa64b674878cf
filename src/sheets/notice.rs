use super::facts::{heading, name};
use super::{Desk, Kind, Layout, Place};
use crate::paper::{Block, Signature, Text};
use crate::schema::Role;

/// A draft of the written notice.
pub static SHEET: Kind = Kind {
    name: "notice",
    letter: None,
    title: "Notice",
    purpose: "a draft of the letter",
    copies: &["DRAFT – check against the contract"],
    layout: Layout::Portrait,
    carrier: Role::Owner,
    place: Place::BesidePack,
    make,
};

const TOGETHER: &str = "Until then everything we agreed holds. We will send you a list of what is handed over, returned and closed, and by when, and go through it with you.";

fn make(desk: &Desk<'_>) -> Vec<Block> {
    let card = desk.vendor.playbook.vendor.get();
    let legal = card.and_then(|card| card.legal_name.text()).unwrap_or(desk.vendor.name());
    let notice = desk.contract().and_then(|contract| contract.notice.get());
    let address = desk.value(notice.map(|notice| &notice.address), "address for notices");
    let client = desk.vendor.playbook.client.get().and_then(|client| client.legal_name.text()).unwrap_or(desk.client());
    let given = desk.exit().and_then(|exit| exit.notice_given.copied());
    let started = desk.contract().map(|contract| if contract.signed.is_absent() { &contract.start } else { &contract.signed });
    let manager = name(desk.theirs(Role::AccountManager));
    let contact = name(desk.ours(Role::Owner));
    let signed = vec![Signature { title: format!("For {client}"), statement: None, lines: &["Name, role", "Date", "Signature"] }];
    if desk.is_their_notice() {
        let given = desk.day(desk.exit().map(|exit| &exit.notice_given), "date");
        return vec![
            Block::Paragraph(
                Text::strong("They give notice, so this letter only confirms it. ")
                    .and("Before you send it: is the last day the one the contract allows, and do you have their notice in writing?"),
            ),
            Block::Paragraph(Text::plain(legal).and(", ").join(address)),
            Block::Paragraph(Text::blank("date")),
            heading("Your notice has arrived"),
            Block::Paragraph(Text::plain("Dear ").join(manager).and(",")),
            Block::Paragraph(
                Text::plain(format!("{client} confirms that your notice of "))
                    .join(given)
                    .and(" has arrived. It ends our contract ")
                    .join(desk.reference())
                    .and(" of ")
                    .join(desk.day(started, "date"))
                    .and(". The last day is ")
                    .join(desk.last_day_text())
                    .and("."),
            ),
            Block::Paragraph(Text::plain(TOGETHER)),
            Block::Paragraph(Text::plain("If you have questions, please ask ").join(contact).and(". Thank you for your work with us.")),
            Block::Signatures(signed),
        ];
    }
    vec![
        Block::Paragraph(
            Text::strong("Before you send it: ")
                .and("is this the address, the way and the day the contract asks for? Please leave reasons out."),
        ),
        Block::Paragraph(Text::plain(legal).and(", ").join(address)),
        Block::Paragraph(Text::default().day_or_blank(given, "date")),
        heading("Notice of the end of our contract"),
        Block::Paragraph(Text::plain("Dear ").join(manager).and(",")),
        Block::Paragraph(
            Text::plain(format!("{client} gives notice under clause "))
                .and_blank("clause")
                .and(" of our contract ")
                .join(desk.reference())
                .and(" of ")
                .join(desk.day(started, "date"))
                .and(". The contract ends on ")
                .join(desk.last_day_text())
                .and("."),
        ),
        Block::Paragraph(Text::plain("Please confirm in writing that you have received this, and that this is the last day.")),
        Block::Paragraph(Text::plain(TOGETHER)),
        Block::Paragraph(Text::plain("If you have questions, please ask ").join(contact).and(". Thank you for your work with us.")),
        Block::Signatures(signed),
    ]
}
