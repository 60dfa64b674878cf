//! What may be offered on the way out.

use super::Desk;
use crate::calendar::terms::Input;
use crate::library::inside;
use crate::paper::Text;
use crate::schema::{Goodwill, GoodwillKind, Shown, Value};

/// What may be offered: what the meeting lists, and goodwill with its approver.
pub fn offers(desk: &Desk<'_>) -> Vec<Text> {
    use GoodwillKind::{Bonus, KeepInTouch, Referral, Testimonial, ThankYou};
    let listed = desk
        .exit()
        .and_then(|exit| exit.meeting.get())
        .map_or(Vec::new(), |meeting| crate::library::texts(&meeting.offers).map(Text::plain).collect());
    listed.into_iter().chain(offers_of(desk, &[Bonus, Testimonial, Referral, KeepInTouch, ThankYou])).collect()
}

/// True where something may be approved that cannot be read.
pub fn hides_offers(desk: &Desk<'_>) -> bool {
    let is_hidden = |entry: &Goodwill| {
        let fields = [entry.kind.is_broken(), entry.approved_by.is_broken(), entry.amount.is_broken(), entry.text.is_broken()];
        fields.contains(&true)
    };
    let goodwill = &desk.vendor.playbook.goodwill;
    let listed = inside(&desk.vendor.playbook.exit, |exit| {
        inside(&exit.meeting, |meeting| if meeting.offers.is_unsure() { Input::Broken } else { Input::Given(()) })
    });
    goodwill.is_unsure() || goodwill.items().iter().any(is_hidden) || listed.is_broken()
}

pub fn offers_of(desk: &Desk<'_>, kinds: &[GoodwillKind]) -> Vec<Text> {
    let approved = |entry: &&Goodwill| entry.kind.copied().is_some_and(|kind| kinds.contains(&kind)) && entry.approved_by.get().is_some();
    desk.vendor.playbook.goodwill.items().iter().filter(approved).map(|entry| offer(entry, desk)).collect()
}

fn offer(entry: &Goodwill, desk: &Desk<'_>) -> Text {
    let kind = entry.kind.copied().map_or(String::new(), |kind| kind.label().to_lowercase());
    let amount = match entry.amount.get().map(|amount| amount.show(desk.names())) {
        Some(Shown::Text(amount)) => format!(" {amount}"),
        _ => String::new(),
    };
    let text = entry.text.text().map_or(String::new(), |text| format!(": {text}"));
    Text::plain(format!("{kind}{amount}{text} (approved by {})", desk.vendor.person(&entry.approved_by).unwrap_or_default()))
}
