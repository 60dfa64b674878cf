use clap::Args;

use super::{Exit, hand_out, say};
use crate::diagnostic::Code;
use crate::{report, rules};

/// Say what a finding means, why it matters and how to put it right
///
/// Without a code, all codes are listed. A code or its name gives its page, the beginning of a code like CON
/// the list of that family.
#[derive(Debug, Args)]
pub struct Explain {
    /// A code like CON005, a name like notice-window-open, or a family like CON
    code: Option<String>,
}

impl Explain {
    pub fn run(self) -> Exit {
        let Some(word) = self.code else { return print(&report::list(rules::all_codes())) };
        if let Some(code) = rules::find(&word) {
            return print(&report::page(code));
        }
        let family: Vec<&Code> = rules::all_codes().iter().copied().filter(|code| is_of(code, word.trim())).collect();
        if family.is_empty() {
            say(&format!(
                "partwell: no finding has the code `{}`. `partwell explain` lists all of them.",
                crate::diagnostic::visible(&word)
            ));
            return Exit::Usage;
        }
        print(&report::list(&family))
    }
}

/// True where the word is the letters that a code begins with.
fn is_of(code: &Code, word: &str) -> bool {
    !word.is_empty() && code.id.to_lowercase().starts_with(&word.to_lowercase())
}

fn print(text: &str) -> Exit {
    hand_out(text).map_or_else(|exit| exit, |()| Exit::Clean)
}
