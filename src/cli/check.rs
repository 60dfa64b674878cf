use clap::{Args, ValueEnum};

use super::{Exit, Opened, Where, hand_out, say, show, worst};
use crate::diagnostic::{Diagnosed, Diagnostic, Severity};
use crate::pipeline;
use crate::report::{self, Texts, plural};
use crate::schema::Status;
use crate::theme::Theme;

/// Check every playbook and page, and write nothing
///
/// Every finding is told in one run, each with file, line, column, a permanent code and what to write
/// instead. People read standard error; the other formats go to standard output.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    place: Where,
    /// Only these files, by path from the project's folder
    files: Vec<String>,
    /// Let warnings fail the run too
    #[arg(long)]
    strict: bool,
    /// Only these codes or families, like STR,LNK001
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    only: Vec<String>,
    /// Only vendors with this status
    #[arg(long, value_name = "STATUS", value_parser = |word: &str| Status::from_word(word).ok_or("use prospect, onboarding, active, at_risk, exiting or ended"))]
    status: Option<Status>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Short,
    Json,
}

impl Check {
    pub fn run(self) -> Exit {
        let Opened { project, texts, as_of } = match self.place.open() {
            Ok(opened) => opened,
            Err((exit, findings, texts)) => {
                return self.write(&findings, &texts, None).map_or_else(|exit| exit, |()| exit);
            }
        };
        let mut findings = Theme::load(&project.theme, &project.config).diagnostics;
        let known = |file: &&String| texts.keys().any(|known| **known == *file.trim_start_matches("./"));
        if let Some(unknown) = self.files.iter().find(|file| !known(file)) {
            say(&format!(
                "partwell: there is no playbook or page `{unknown}`. Name files from the project's folder, like content/vendors/name.md."
            ));
            return Exit::Usage;
        }
        let Diagnosed { value: library, diagnostics } = pipeline::analyze(&project, as_of);
        findings.extend(diagnostics);
        pipeline::sort(&mut findings);
        let of_status: Vec<&str> = library
            .vendors
            .iter()
            .filter(|vendor| self.status.is_none() || vendor.status() == self.status)
            .map(|vendor| &*vendor.slug)
            .collect();
        findings.retain(|finding| self.wants(finding, &of_status));
        if let Err(exit) = self.write(&findings, &texts, Some(as_of)) {
            return exit;
        }
        let vendors = library.vendors.len();
        if vendors == 0 {
            say("CHECKED 0 PLAYBOOKS. Playbooks are Markdown files in content/vendors/. Is this the right folder?");
        } else {
            say(&format!(
                "Checked {} and {} as of {as_of}: {}.",
                plural(vendors, "playbook"),
                plural(library.pages.len(), "page"),
                report::summary(&findings)
            ));
        }
        let strict = self.strict && findings.iter().any(|finding| finding.severity == Severity::Warning);
        if strict { Exit::Findings } else { worst(&findings) }
    }

    fn wants(&self, finding: &Diagnostic, of_status: &[&str]) -> bool {
        let file = self.files.is_empty() || self.files.iter().any(|file| file.trim_start_matches("./") == &*finding.file);
        let code = self.only.is_empty() || self.only.iter().any(|code| finding.code.id.starts_with(code.trim().to_uppercase().as_str()));
        let status = self.status.is_none() || finding.vendor.as_deref().is_some_and(|vendor| of_status.contains(&vendor));
        file && code && status
    }

    fn write(&self, findings: &[Diagnostic], texts: &Texts, as_of: Option<crate::calendar::Date>) -> Result<(), Exit> {
        match self.format {
            Format::Human => {
                show(findings, texts);
                Ok(())
            }
            Format::Short => hand_out(&report::short(findings, texts)),
            Format::Json => hand_out(&report::json(findings, texts, as_of)),
        }
    }
}
