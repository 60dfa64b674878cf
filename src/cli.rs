//! The commands. The clock and the environment are read here and nowhere else.

mod build;
mod check;
mod exit;
mod explain;
mod files;
mod init;
mod new;
mod progress;
mod record;
mod schema;
mod serve;

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::Ordering;

use clap::{Args, Parser, Subcommand};
use rayon::ThreadPoolBuilder;

use crate::calendar::Date;
use crate::config::Config;
use crate::diagnostic::{Diagnosed, Diagnostic, Severity};
use crate::library::Library;
use crate::pipeline::{self, Analysis, Memo};
use crate::publish::Refusal;
use crate::report::{self, Texts};
use crate::source::{self, Broken, Project};

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Nothing worse than a warning.
    Clean = 0,
    /// Errors in the content.
    Findings = 1,
    /// The command, the configuration or a path is not right.
    Usage = 2,
    /// The disk, a lock or a port stood in the way.
    Environment = 3,
    /// A fault of ours.
    Bug = 70,
    /// Stopped by Ctrl-C.
    Interrupted = 130,
    /// Stopped by the system.
    Terminated = 143,
}

const ABOUT: &str = "Vendor playbooks into a checked handbook and dated exit checklists";

const LONG_ABOUT: &str = "\
Partwell reads playbooks of vendor relationships (Markdown with YAML front matter), says what is missing \
or wrong at its line, and makes a handbook that works offline: who owns each vendor, what was agreed, which \
notice day comes next, and a printable, dated checklist for the way out.

A project is a folder with `handbook.yaml`, playbooks in `content/vendors/` and pages of your own anywhere \
else in `content/`.";

const EXAMPLES: &str = "\
Begin:
  partwell init handbook            a small handbook to begin with
  cd handbook
  partwell new vendor \"Northgate\"   a playbook that leads you on
  partwell build                    open site/index.html

Every day:
  partwell serve                    in the browser while you write; follows every save
  partwell check                    what is wrong or missing, at its line
  partwell explain CON005           what a finding means and what to do
  partwell build --as-of 2027-01-04 the same handbook as of another day
When it ends:
  partwell exit brightleaf --pdf    the exit pack, to print and carry
  partwell exit northgate --on 2027-03-31   what an ending on that day would take

Exit codes: 0 nothing worse than a warning, 1 errors in the content, 2 usage or configuration,
3 disk or lock, 70 a fault of Partwell, 130 and 143 stopped by Ctrl-C or by the system.";

#[derive(Debug, Parser)]
#[command(name = "partwell", version, about = ABOUT, long_about = LONG_ABOUT, after_help = EXAMPLES, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Init),
    New(new::New),
    Check(check::Check),
    Explain(explain::Explain),
    Build(build::Build),
    Serve(serve::Serve),
    Exit(exit::ExitPack),
    Schema(schema::Schema),
}

/// Options that every command shares.
#[derive(Debug, Args)]
struct Where {
    /// The project's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// The day to work with; default: `as_of` of handbook.yaml, else SOURCE_DATE_EPOCH, else today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    as_of: Option<Date>,
}

fn parse_date(text: &str) -> Result<Date, String> {
    Date::parse(text)
}

/// Runs the command line and says how it ended. A panic is a bug of ours: nothing is published then.
pub fn run() -> ExitCode {
    let exit = std::panic::catch_unwind(|| {
        let cli = match Cli::try_parse() {
            Ok(cli) => cli,
            Err(error) => {
                let _ = error.print();
                return if error.use_stderr() { Exit::Usage } else { Exit::Clean };
            }
        };
        if let Err(error) = ThreadPoolBuilder::new().build_global() {
            say(&format!("partwell: the system allows no more threads ({error})."));
            return Exit::Environment;
        }
        match cli.command {
            Command::Init(init) => init.run(),
            Command::New(new) => new.run(),
            Command::Check(check) => check.run(),
            Command::Explain(explain) => explain.run(),
            Command::Build(build) => build.run(),
            Command::Serve(serve) => serve.run(),
            Command::Exit(exit) => exit.run(),
            Command::Schema(schema) => schema.run(),
        }
    });
    let exit = exit.unwrap_or_else(|_| {
        say("This is a fault of Partwell, not of your files. Nothing was published.");
        Exit::Bug
    });
    ExitCode::from(exit as u8)
}

/// Writes a line for the person at the terminal. A reader that went away is no reason to fail.
fn say(line: &str) {
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// Writes to standard output, for programs. A reader that went away is no failure; a full disk is one.
fn hand_out(text: &str) -> Result<(), Exit> {
    hand_out_by(|out| out.write_all(text.as_bytes()))
}

/// The same, for what is too large to be held whole.
fn hand_out_by(write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<(), Exit> {
    // What is for programs has no colours to take out.
    let mut out = BufWriter::with_capacity(64 << 10, std::io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            say(&format!("partwell: standard output: {error}"));
            Err(Exit::Environment)
        }
        _ => Ok(()),
    }
}

/// A project that was read.
struct Opened {
    project: Project,
    texts: Texts,
    as_of: Date,
}

impl Where {
    /// For which day a handbook with a configuration is made: asked anew each time, because days end.
    fn day(&self) -> impl Fn(&Config) -> Date + Send + 'static {
        let said = self.as_of;
        move |config| said.unwrap_or_else(|| day_of(config))
    }

    /// Reads the project. Configuration errors and a broken disk end here, told and counted.
    fn open(&self) -> Result<Opened, (Exit, Vec<Diagnostic>, Texts)> {
        let project = progress::telling(|| "Reading files".to_owned(), || source::read(&self.root)).map_err(|broken| {
            say(&format!("partwell: {broken}"));
            (Exit::Environment, Vec::new(), Texts::new())
        })?;
        let texts = pipeline::texts(&project);
        if let Some(findings) = pipeline::misconfigured(&project) {
            return Err((Exit::Usage, findings, texts));
        }
        let as_of = self.as_of.unwrap_or_else(|| default_day(&project.config));
        Ok(Opened { project, texts, as_of })
    }
}

/// Every playbook on its own and together; a terminal is told how far that has come.
fn examine(project: &Project, as_of: Date) -> Analysis {
    let memo = Memo::default();
    let playbooks = project.files.iter().filter(|file| file.path.starts_with("content/vendors/")).count();
    let doing = || match memo.examined.load(Ordering::Relaxed) {
        done if done < playbooks => format!("Checking: {done} of {playbooks} playbooks"),
        _ => "Checking what spans playbooks".to_owned(),
    };
    progress::telling(doing, || pipeline::examine(project, as_of, &memo))
}

/// The library, and every finding, sorted by place.
fn analyze(project: &Project, as_of: Date) -> Diagnosed<Library> {
    pipeline::diagnosed(examine(project, as_of))
}

/// The configured day, else SOURCE_DATE_EPOCH, else today in the handbook's zone. A configured day that lies well
/// back is told.
fn default_day(config: &Config) -> Date {
    let today = crate::calendar::zone::day_of(now(), &config.timezone);
    let behind = config.as_of.map_or(0, |day| day.days_until(today));
    if let Some(day) = config.as_of.filter(|_| behind > 31 && epoch().is_none()) {
        say(&format!("Note: handbook.yaml pins the day to {day}, {behind} days ago. Use --as-of for another day."));
    }
    day_of(config)
}

fn day_of(config: &Config) -> Date {
    let seconds = || epoch().unwrap_or_else(now);
    config.as_of.unwrap_or_else(|| crate::calendar::zone::day_of(seconds(), &config.timezone))
}

fn epoch() -> Option<i64> {
    std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.trim().parse().ok())
}

/// Seconds since 1970.
fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs().try_into().unwrap_or(i64::MAX))
}

/// Shows findings to the person at the terminal, in colour where the terminal wants it.
fn show(findings: &[Diagnostic], texts: &Texts) {
    let mut out = BufWriter::with_capacity(64 << 10, anstream::stderr().lock());
    let _ = report::human(findings, texts, true, &mut out).and_then(|()| out.flush());
}

fn worst(findings: &[Diagnostic]) -> Exit {
    if findings.iter().any(|finding| finding.severity == Severity::Error) { Exit::Findings } else { Exit::Clean }
}

fn refused(refusal: Refusal) -> Exit {
    match refusal {
        Refusal::Unsafe(why) => {
            say(&format!("partwell: {why}. Nothing was written. Name another folder with --out."));
            Exit::Usage
        }
        Refusal::Broken(broken) => disk(&broken),
    }
}

/// Says that the run goes on once another has ended.
fn waits() {
    say("Another build works beside this output; this one begins when it ends. Ctrl-C stops waiting.");
}

fn disk(broken: &Broken) -> Exit {
    say(&format!("partwell: {broken}. Nothing was published, and what was there before is untouched."));
    Exit::Environment
}

/// Writes a file that is not there yet; never over one that is.
fn write_new(path: &Path, text: &str) -> Result<(), Exit> {
    let failed = |error: std::io::Error| {
        say(&format!("partwell: {}: {error}", path.display()));
        Exit::Environment
    };
    path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(failed)?;
    let mut file = std::fs::File::create_new(path).map_err(|error| {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            say(&format!("partwell: {} is already there, and is left as it is.", path.display()));
            return Exit::Usage;
        }
        failed(error)
    })?;
    file.write_all(text.as_bytes()).map_err(|error| {
        // Half a file would only stand in the way of the next try.
        let _ = std::fs::remove_file(path);
        failed(error)
    })
}
