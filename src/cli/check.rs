use clap::{Args, ValueEnum};

use super::files::{difference, write_back};
use super::{Exit, Opened, Where, analyze, hand_out, hand_out_by, say, show, worst};
use crate::calendar::Date;
use crate::diagnostic::{Diagnosed, Diagnostic, Severity, codes};
use crate::fix::{self, Fixed};
use crate::pipeline;
use crate::report::{self, Form, Texts, plural};
use crate::schema::Status;
use crate::source::Project;
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
    /// Only these codes or families, like CON,EXI005
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = known_codes)]
    only: Vec<String>,
    /// Only vendors with this status
    #[arg(long, value_name = "STATUS", value_parser = |word: &str| Status::from_word(word).ok_or("use prospect, onboarding, active, at_risk, exiting or ended"))]
    status: Option<Status>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Put right what cannot change the meaning: spelling of keys and words, quotes, the form of a date
    #[arg(long)]
    fix: bool,
    /// Show what --fix would change, and change nothing
    #[arg(long, conflicts_with_all = ["fix", "format"])]
    diff: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Short,
    Json,
    Sarif,
    Github,
}

/// A code, a family or a name, as the letters and digits a code begins with.
fn known_codes(word: &str) -> Result<String, String> {
    if let Some(code) = crate::rules::find(word) {
        return Ok(code.id.to_owned());
    }
    let start = word.trim().to_uppercase();
    let is_family = !start.is_empty() && crate::rules::all_codes().iter().any(|code| code.id.starts_with(&start));
    if is_family { Ok(start) } else { Err("no finding has a code like this; `partwell explain` lists all of them".to_owned()) }
}

impl Check {
    pub fn run(self) -> Exit {
        let Opened { mut project, mut texts, as_of } = match self.place.open() {
            Ok(opened) => opened,
            Err((exit, findings, texts)) => {
                return self.write(&findings, &texts, None).map_or_else(|exit| exit, |()| exit);
            }
        };
        let known = |file: &&String| texts.keys().any(|known| **known == *file.trim_start_matches("./"));
        if let Some(unknown) = self.files.iter().find(|file| !known(file)) {
            say(&format!(
                "partwell: there is no playbook or page `{unknown}`. Name files from the project's folder, like content/vendors/name.md."
            ));
            return Exit::Usage;
        }
        if self.diff {
            return self.show_fixes(&mut project, as_of);
        }
        if self.fix {
            if let Err(exit) = self.put_right(&mut project, as_of) {
                return exit;
            }
            texts = pipeline::texts(&project);
        }
        let Diagnosed { value: mut theme, diagnostics: mut findings } = Theme::load(&project.theme, &project.config);
        let Diagnosed { value: library, diagnostics } = analyze(&project, as_of);
        findings.extend(diagnostics);
        let Diagnosed { value: library, diagnostics } = pipeline::try_theme_on(library, &project, &mut theme);
        findings.extend(diagnostics);
        pipeline::sort(&mut findings);
        let of_status: Vec<&str> = library
            .vendors
            .iter()
            .filter(|vendor| self.status.is_none() || vendor.status() == self.status)
            .map(|vendor| &*vendor.slug)
            .collect();
        findings.retain(|finding| self.wants(finding, &of_status));
        fix::promise_what_is_done(&project, as_of, &mut findings);
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
            if let Some(first) = report::first(&findings, &texts) {
                say(&first);
            }
        }
        let strict = self.strict && findings.iter().any(|finding| finding.severity == Severity::Warning);
        if strict { Exit::Findings } else { worst(&findings) }
    }

    fn wants(&self, finding: &Diagnostic, of_status: &[&str]) -> bool {
        let status = self.status.is_none() || finding.vendor.as_deref().is_some_and(|vendor| of_status.contains(&vendor));
        self.names(finding) && status
    }

    /// True where the finding is of a file and a code the command line names.
    fn names(&self, finding: &Diagnostic) -> bool {
        let file = self.files.is_empty() || self.files.iter().any(|file| file.trim_start_matches("./") == &*finding.file);
        file && (self.only.is_empty() || self.only.iter().any(|code| finding.code.id.starts_with(code.as_str())))
    }

    /// What can be put right, of the files, codes and vendors that the command line names.
    fn fixes(&self, project: &mut Project, as_of: Date) -> Vec<Fixed> {
        let library = analyze(project, as_of).value;
        let of_status: Vec<String> =
            library.vendors.iter().filter(|vendor| vendor.status() == self.status).map(|vendor| vendor.slug.to_string()).collect();
        let of_status: Vec<&str> = of_status.iter().map(String::as_str).collect();
        fix::all(project, as_of, &|finding| self.wants(finding, &of_status))
    }

    fn put_right(&self, project: &mut Project, as_of: Date) -> Result<(), Exit> {
        let fixed = self.fixes(project, as_of);
        for one in &fixed {
            write_back(&self.place.root, &one.file, &one.before, &one.after)?;
        }
        let changes: usize = fixed.iter().map(|one| one.changes).sum();
        if changes > 0 {
            say(&format!("Put {} right in {}.", plural(changes, "slip"), plural(fixed.len(), "file")));
        }
        Ok(())
    }

    /// Shows every change as a diff. A file that holds a secret is named and not shown.
    fn show_fixes(&self, project: &mut Project, as_of: Date) -> Exit {
        let findings = analyze(project, as_of).diagnostics;
        let fixed = self.fixes(project, as_of);
        let holds_secret = |fixed: &&Fixed| findings.iter().any(|finding| finding.code == &codes::STR009 && finding.file == fixed.file);
        let (hidden, shown): (Vec<&Fixed>, Vec<&Fixed>) = fixed.iter().partition(holds_secret);
        if let Err(exit) =
            hand_out(&shown.into_iter().map(|fixed| difference(&fixed.file, &fixed.before, &fixed.after)).collect::<String>())
        {
            return exit;
        }
        for fixed in hidden {
            say(&format!(
                "{}: {} not shown, because the file holds a secret.",
                crate::diagnostic::visible(&fixed.file),
                plural(fixed.changes, "change")
            ));
        }
        let changes: usize = fixed.iter().map(|one| one.changes).sum();
        say(&format!("{} in {} can be put right by --fix. Nothing was changed.", plural(changes, "slip"), plural(fixed.len(), "file")));
        if changes > 0 { Exit::Findings } else { Exit::Clean }
    }

    fn write(&self, findings: &[Diagnostic], texts: &Texts, as_of: Option<Date>) -> Result<(), Exit> {
        let form = match self.format {
            Format::Human => {
                show(findings, texts);
                return Ok(());
            }
            Format::Short => Form::Short,
            Format::Json => Form::Json,
            Format::Sarif => Form::Sarif,
            Format::Github => Form::Github,
        };
        hand_out_by(|out| report::write(form, findings, texts, as_of, out))
    }
}
