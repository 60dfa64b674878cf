use super::facts::{UNREADABLE, name};
use super::{Desk, Kind, Layout, Place};
use crate::calendar::terms::Input;
use crate::paper::{Block, Text};
use crate::schema::Role;

/// A draft of the thank-you mail.
pub static SHEET: Kind = Kind {
    name: "thank-you",
    letter: None,
    title: "Thank you",
    purpose: "a draft of the mail",
    copies: &["DRAFT – make it yours"],
    layout: Layout::Portrait,
    carrier: Role::Owner,
    place: Place::BesidePack,
    make,
};

fn make(desk: &Desk<'_>) -> Vec<Block> {
    let found = [Role::AccountManager, Role::Practitioner].map(|role| desk.theirs(role));
    let is_unsure = found.iter().any(Input::is_broken);
    let names = found.into_iter().filter_map(Input::given).chain(is_unsure.then(|| UNREADABLE.to_owned()));
    let mut unique: Vec<String> = Vec::new();
    for name in names {
        if !unique.contains(&name) {
            unique.push(name);
        }
    }
    let to = if unique.is_empty() { Text::blank("names") } else { Text::plain(unique.join(" and ")) };
    let positive = desk.exit().and_then(|exit| exit.meeting.get()).map(|meeting| &meeting.positive);
    let owner = name(desk.ours(Role::Owner));
    vec![
        Block::Paragraph(
            Text::plain("Send it by ").join(desk.day_of("G1", "date")).and(". Put in one thing that only you would remember."),
        ),
        Block::Paragraph(Text::strong("Subject: Thank you")),
        Block::Paragraph(Text::plain("Dear ").join(to).and(",")),
        Block::Paragraph(Text::plain("thank you for the time we worked together. ").join(desk.value(positive, "what was good"))),
        Block::Paragraph(Text::plain("I remember especially ").piece(crate::paper::Piece::Rule("one thing they did".to_owned()))),
        Block::Paragraph(Text::plain("Thank you also for the handover. I wish you and your team well, and hope our paths cross again.")),
        Block::Paragraph(Text::plain("Kind regards,")),
        Block::Paragraph(owner),
    ]
}
