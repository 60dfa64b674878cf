//! What of the configuration playbooks are read by.

use super::Config;
use crate::diagnostic::Span;

impl Config {
    /// The same without what only pages show, and without places in the file: a playbook's dates and findings depend
    /// on nothing else, so that they stay when a title or a colour changes.
    pub fn for_reading(&self) -> Config {
        Config {
            title: String::new(),
            client: None,
            id: String::new(),
            as_of: None,
            timezone: String::new(),
            language: String::new(),
            theme: None,
            logo: None,
            colour: None,
            fonts: Vec::new(),
            footer: None,
            paper: None,
            scorecard: Vec::new(),
            out: None,
            rules: self.rules.iter().map(|(code, (level, _))| (code.clone(), (*level, Span::default()))).collect(),
            holidays_at: Span::default(),
            ..self.clone()
        }
    }
}
