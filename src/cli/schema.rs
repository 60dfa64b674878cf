use clap::Args;

use super::{Exit, hand_out};
use crate::schema::json_schema;

/// Print the JSON Schema of a playbook's front matter, for editors
///
/// Save it as a file and put `# yaml-language-server: $schema=playbook.schema.json` below the first line
/// of a playbook, or let your editor apply it to content/vendors/*.md.
#[derive(Debug, Args)]
pub struct Schema {}

impl Schema {
    pub fn run(self) -> Exit {
        hand_out(&format!("{:#}\n", json_schema::schema())).map_or_else(|exit| exit, |()| Exit::Clean)
    }
}
