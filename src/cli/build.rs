use std::fs::File;
use std::path::PathBuf;
use std::thread;
use std::time::Instant;

use clap::Args;

use super::progress::{Counting, Timings, telling};
use super::{Exit, Opened, Where, disk, examine, refused, say, show, waits, worst};
use crate::diagnostic::{Diagnosed, Diagnostic, Severity, capital};
use crate::memo::{Digest, digest, print};
use crate::pipeline;
use crate::publish::{Output, Publisher};
use crate::report::{self, plural};
use crate::theme::Theme;

/// Build the handbook into a folder
///
/// The site works by double click, from a web server, and from a zip file. What is broken in a playbook is
/// told and left open on its page; the rest is published. Only files that Partwell wrote itself are ever
/// replaced or removed.
#[derive(Debug, Args)]
pub struct Build {
    #[command(flatten)]
    place: Where,
    /// The output folder; default: `out` of handbook.yaml, else site/
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Say how long each stage took
    #[arg(long)]
    timings: bool,
}

impl Build {
    pub fn run(self) -> Exit {
        let started = Instant::now();
        let print = thread::Builder::new().spawn(program);
        let mut timings = Timings::begin();
        let Opened { project, texts, as_of } = match self.place.open() {
            Ok(opened) => opened,
            Err((exit, findings, texts)) => {
                show(&findings, &texts);
                return exit;
            }
        };
        timings.done("read");
        let out = self.out.clone().unwrap_or_else(|| self.place.root.join(project.config.out.as_deref().unwrap_or("site")));
        let (Diagnosed { value: mut theme, diagnostics: of_theme }, mut analysis) =
            rayon::join(|| Theme::load(&project.theme, &project.config), || examine(&project, as_of));
        analysis.elsewhere.extend(of_theme);
        let Diagnosed { value: library, diagnostics } = pipeline::try_theme_on(analysis.library, &project, &mut theme);
        analysis.library = library;
        if !diagnostics.is_empty() {
            // Other templates make other pages, of the same files.
            analysis.frame = digest([&analysis.frame[..], b"built in"]);
        }
        analysis.elsewhere.extend(diagnostics);
        timings.done("examine");
        let is_urgent = |finding: &&Diagnostic| finding.severity == Severity::Error || finding.code.id.starts_with("CFG");
        let mut urgent: Vec<_> = analysis.findings().filter(is_urgent).cloned().collect();
        pipeline::sort(&mut urgent);
        show(&urgent, &texts);
        let summary = report::summary(analysis.findings());
        if pipeline::is_blocked(&urgent) {
            say(&format!("Nothing was published: {summary}. {}", report::blocking(&urgent, &texts)));
            return Exit::Findings;
        }
        let found = analysis.findings().count();
        let (library, frame) = (analysis.library, analysis.frame);
        let home = std::env::home_dir();
        let (vendors, pages) = (library.vendors.len(), library.pages.len());
        let book = pipeline::compile(&project, library);
        let print = print.map_or_else(|_| program(), |print| print.join().unwrap_or_else(|_| unknown()));
        let (publisher, bases) = telling(
            || "Looking at what stands there".to_owned(),
            || {
                rayon::join(
                    || Publisher::begin(&out, &self.place.root, home.as_deref(), "internal", Output::Site, waits),
                    || pipeline::bases(&book, &project, &print, &frame),
                )
            },
        );
        let publisher = match publisher {
            Ok(publisher) => publisher,
            Err(refusal) => return refused(refusal),
        };
        timings.done("prepare");
        let counting = Counting::new(&publisher);
        let formats = Timings::begin();
        telling(
            || counting.doing(vendors),
            || pipeline::emit_new(&book, &project, &theme, &bases, &counting, &|format, make| formats.time(format, make)),
        );
        timings.done_by("make", formats);
        let published = match telling(|| "Putting the site in place".to_owned(), || publisher.finish()) {
            Ok(published) => published,
            Err(broken) => return disk(&broken),
        };
        timings.done("publish");
        published.notes.iter().for_each(|note| say(&format!("Note: {note}.")));
        if vendors == 0 {
            say("BUILT 0 PLAYBOOKS. Playbooks are Markdown files in content/vendors/. Is this the right folder?");
        }
        say(&format!(
            "Built {} and {} as of {as_of}: {} written, {} as before, {} removed. {}. {:.2} s.",
            plural(vendors, "playbook"),
            plural(pages, "page"),
            plural(published.written, "file"),
            published.files - published.written,
            published.deleted,
            capital(&summary),
            started.elapsed().as_secs_f64(),
        ));
        if self.timings {
            timings.lines().iter().for_each(|line| say(line));
        }
        if found > urgent.len() {
            say("`partwell check` tells every finding, with what to write.");
        }
        if !published.foreign.is_empty() {
            let names: Vec<String> =
                published.foreign.iter().take(5).map(|name| crate::diagnostic::visible(&name.to_string_lossy())).collect();
            let more = published.foreign.len().saturating_sub(names.len());
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            say(&format!("Not ours, and kept as they were: {}{more}.", names.join(", ")));
        }
        say(&format!("Open {}", out.join("index.html").display()));
        // The program ends here: giving back ten thousand vendors piece by piece would only make the person wait.
        std::mem::forget((book, project, texts));
        worst(&urgent)
    }
}

/// What tells this program from every other, also from the next one of the same version. Where it cannot be read,
/// nothing that stands there counts as made by it.
fn program() -> Digest {
    let print = std::env::current_exe().and_then(File::open).and_then(|file| print(file, &mut vec![0; 256 << 10]));
    print.map_or_else(|_| unknown(), |print| digest([&print.to_le_bytes()[..]]))
}

fn unknown() -> Digest {
    digest([&std::process::id().to_le_bytes()[..]])
}
