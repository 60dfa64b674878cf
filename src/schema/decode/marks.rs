//! Marks that say who may see a part. They only narrow.

use super::{Decoder, Visibility, nearest};
use crate::diagnostic::{codes, quoted};
use crate::yaml::{Entry, Kind, NodeId};

impl Decoder<'_> {
    /// The mark of a part, which holds from here to the end of that part.
    pub(super) fn visibility(&mut self, node: NodeId) -> Option<Visibility> {
        let span = self.span(node);
        match self.nodes.kind(node) {
            Kind::Scalar { text, .. } => match Visibility::from_word(text) {
                Some(own) => {
                    if let Some(around) = self.marked.filter(|around| own > *around) {
                        let (own, around) = (own.word(), around.word());
                        self.report(
                            &codes::AUD003,
                            span,
                            format!("This part is for {own} readers, inside a part for {around} readers only."),
                        )
                        .help("Marks only narrow. Take this one out, or the one around it.");
                    }
                    self.marked = Some(self.marked.map_or(own, |around| around.min(own)));
                    Some(own)
                }
                None => {
                    let near = nearest(text, Visibility::ALL.iter().map(|v| v.word()));
                    let help = near.map_or("Write internal, client or vendor.".to_owned(), |near| format!("Did you mean `{near}`?"));
                    self.report(&codes::AUD001, span, format!("{} is not an audience, so nothing is published.", quoted(text))).help(help);
                    None
                }
            },
            _ => {
                self.report(&codes::AUD001, span, "An audience is one word.").help("Write internal, client or vendor.");
                None
            }
        }
    }
}

/// A mark holds for the whole part, wherever in it it stands.
pub(super) fn marks_first<'a>(entries: &'a [Entry<'a>]) -> impl Iterator<Item = &'a Entry<'a>> {
    let is_mark = |entry: &&Entry<'_>| entry.key == "visibility";
    entries.iter().filter(is_mark).chain(entries.iter().filter(move |entry| !is_mark(entry)))
}
