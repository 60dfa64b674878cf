use std::path::PathBuf;

use clap::Args;

use super::{Exit, default_day, new, say, write_new};
use crate::config::Config;

/// Begin a handbook: a folder that builds at once
#[derive(Debug, Args)]
pub struct Init {
    /// The folder; it is made where it is not there
    #[arg(value_name = "DIR")]
    dir: PathBuf,
}

const HANDBOOK: &str = "\
# The handbook. What stands behind a `#` is there for you to take over.
title: Vendor handbook
# client: Your company
# timezone: Europe/London

# Holidays make business days right. List every year you have dates in.
# calendar: uk
# holidays:
#   uk:
#     - {date: 2026-12-25, name: Christmas Day}

# Vendors at risk or leaving get their exit pack as a PDF. The paper you print on: A4 or Letter.
pdf: leaving
# paper: A4
";

const INDEX: &str = "\
---
title: Vendor handbook
summary: Who works with us, what was agreed, and which day comes next.
---

Each vendor has a page and a checklist for the way out. Write one with `partwell new vendor \"Name\"`.
";

impl Init {
    pub fn run(self) -> Exit {
        let today = default_day(&Config::read(HANDBOOK).value).to_string();
        let files = [
            (crate::config::FILE.to_owned(), HANDBOOK.to_owned()),
            ("content/index.md".to_owned(), INDEX.to_owned()),
            ("content/vendors/first-vendor.md".to_owned(), new::playbook("First Vendor", "Your name", None, &today)),
            (".gitignore".to_owned(), "/site\n/exit-*\n.*.partwell-*\n".to_owned()),
        ];
        if self.dir.is_file() {
            say(&format!("partwell: {} is a file. Name a folder, one that is there or a new one.", self.dir.display()));
            return Exit::Usage;
        }
        if let Some((taken, _)) = files.iter().find(|(name, _)| self.dir.join(name).exists()) {
            say(&format!("partwell: {} is already there, and is left as it is.", self.dir.join(taken).display()));
            return Exit::Usage;
        }
        for (name, text) in files {
            if let Err(exit) = write_new(&self.dir.join(name), &text) {
                return exit;
            }
        }
        let dir = self.dir.display();
        say(&format!("A handbook stands in {dir}. Next: cd {dir}, then `partwell build`, and open site/index.html."));
        Exit::Clean
    }
}
