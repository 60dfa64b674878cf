use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use tokio::sync::watch;

use super::progress::telling;
use super::{Exit, Where, now, say};
use crate::config::Config;
use crate::preview::{Edition, Preview, Problem};
use crate::report::plural;
use crate::serve::{self, Names, Served};
use crate::watch::Watch;

/// How often the day is looked at, and how long a look that failed waits for the next.
const BEAT: Duration = Duration::from_secs(60);
const AGAIN: Duration = Duration::from_millis(500);
/// Times new folders are followed at once; those that still come and go then are looked at again after a moment.
const ROUNDS: usize = 8;

/// Show the handbook in a browser while you edit it
///
/// Pages follow every save. Nothing is written to disk. What is broken is listed on the page, which keeps its last
/// good state until it is put right. Only programs on this machine can read the preview.
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    place: Where,
    /// The port; default: 4280, or the next free one
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
    /// Open the handbook in the browser
    #[arg(long)]
    open: bool,
    /// Look for changes now and then, where the system does not report them
    #[arg(long)]
    poll: bool,
    /// Make each place of a finding a link into your editor, like vscode://file/{path}:{line}:{column}
    #[arg(long, value_name = "TEMPLATE", value_parser = editor)]
    editor: Option<String>,
    /// The address to listen on; another than this machine's own needs --expose
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1", value_parser = address)]
    host: IpAddr,
    /// Let other machines read the preview
    #[arg(long)]
    expose: bool,
    /// A name under which a proxy in front of the preview is asked for it
    #[arg(long, value_name = "NAME", value_parser = host_name)]
    allow_host: Vec<String>,
}

impl Serve {
    pub fn run(self) -> Exit {
        if !self.host.is_loopback() && !self.expose {
            say(&format!("partwell: other machines could read the handbook at {}. Say --expose if they may.", self.host));
            return Exit::Usage;
        }
        let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
            Ok(runtime) => runtime,
            Err(error) => return environment(&format!("the server could not be started: {error}")),
        };
        let ended = runtime.block_on(self.serve());
        // A thread may still wait for the next change of a file.
        runtime.shutdown_background();
        ended
    }

    async fn serve(self) -> Exit {
        let listener = match serve::listen(self.host, self.port) {
            Ok(listener) => listener,
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
                return environment(&format!("port {} is busy. Name another with --port", self.port.unwrap_or(serve::PORT)));
            }
            Err(error) if error.kind() == std::io::ErrorKind::AddrNotAvailable => {
                return environment(&format!("this machine has no address {}. Leave --host out, or name one that it has", self.host));
            }
            Err(error) => return environment(&format!("{}, port {}: {error}", self.host, self.port.unwrap_or(serve::PORT))),
        };
        let port = listener.local_addr().map_or(serve::PORT, |address| address.port());
        let names = Names::new(&self.host.to_string(), port, &self.allow_host, self.expose);
        let mut preview = Preview::new(&self.place.root);
        let root = self.place.root.canonicalize().unwrap_or_else(|_| self.place.root.clone());
        let day = self.place.day();
        let first = match telling(|| "Reading and checking playbooks".to_owned(), || preview.look(nanoseconds(), &day)) {
            Ok(first) => first,
            Err(broken) => return environment(&broken.to_string()),
        };
        let (mut watch, why) = Watch::new(self.poll, &self.place.root);
        why.iter().for_each(|why| say(&format!("Note: {why}")));
        let (_, stopped_watching) = watch.follow(preview.reader().folders());
        stopped_watching.iter().for_each(|why| say(&format!("Note: {why}")));
        tell(&first, None);
        let address = match self.host {
            host if host == IpAddr::V4(Ipv4Addr::LOCALHOST) || host.is_unspecified() => format!("http://localhost:{port}/"),
            host => format!("http://{}/", SocketAddr::new(host, port)),
        };
        say(&format!("Serving {} at {address}", what(&first)));
        if self.expose && !self.host.is_loopback() {
            say("WARNING: whoever reaches this machine can read the whole handbook, and nothing asks for a password.");
            if self.allow_host.is_empty() {
                say("Others reach it by this machine's address. Under a name it answers with --allow-host NAME.");
            }
        }
        say("Every save shows by itself. Press Ctrl-C to stop.");
        let (send, editions) = watch::channel(first);
        std::thread::spawn(move || follow(&mut preview, &mut watch, &send, &day));
        if self.open {
            open(&address);
        }
        let editor = self.editor.map(|template| Arc::new((template, root.to_string_lossy().replace('\\', "/"))));
        let served = Served { editions, names: Arc::new(names), editor };
        tokio::select! {
            () = serve::answer(listener, served) => Exit::Environment,
            exit = stopped() => {
                say("Stopped.");
                exit
            }
        }
    }
}

fn address(host: &str) -> Result<IpAddr, &'static str> {
    match host.trim_start_matches('[').trim_end_matches(']') {
        "localhost" => Ok(Ipv4Addr::LOCALHOST.into()),
        host => host.parse().map_err(|_| "write an address, like 127.0.0.1, ::1 or 0.0.0.0"),
    }
}

fn editor(template: &str) -> Result<String, &'static str> {
    match template.contains("{path}") && template.contains(':') {
        true => Ok(template.to_owned()),
        false => Err("write an address with the place in it, like vscode://file/{path}:{line}:{column}"),
    }
}

fn host_name(name: &str) -> Result<String, &'static str> {
    let is_plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let is_address = name.starts_with('[') && name[1..].trim_end_matches(']').parse::<IpAddr>().is_ok();
    match is_plain || is_address {
        true => Ok(name.to_owned()),
        false => Err("write the name alone, like book.example, without http:// and without a port"),
    }
}

/// Makes editions for as long as somebody shows them.
fn follow(preview: &mut Preview, watch: &mut Watch, send: &watch::Sender<Arc<Edition>>, day: &impl Fn(&Config) -> crate::calendar::Date) {
    // Why nothing can be read, in words, where it is so.
    let mut lost: Option<String> = None;
    loop {
        // What happened in a new folder before it was watched is seen by looking once more.
        let mut is_unsure = false;
        for _ in 0..ROUNDS {
            match preview.look(nanoseconds(), day) {
                Ok(edition) => {
                    if lost.take().is_some() {
                        say("The files are back.");
                    }
                    let before = send.borrow().clone();
                    if edition.number != before.number {
                        tell(&edition, Some(&before));
                        send.send_replace(edition);
                    }
                }
                Err(broken) => {
                    let why = broken.to_string();
                    if lost.as_ref() != Some(&why) {
                        say(&format!("partwell: {why}. The last good state stays until the files are back."));
                        lost = Some(why);
                        send.send_replace(preview.lost(&broken));
                    }
                }
            }
            let (is_new, why) = watch.follow(preview.reader().folders());
            why.iter().for_each(|why| say(&format!("Note: {why}")));
            is_unsure = is_new;
            if !is_unsure {
                break;
            }
        }
        if send.is_closed() {
            return;
        }
        watch.wait(if lost.is_some() || is_unsure { AGAIN } else { BEAT });
    }
}

/// Says in a line what has changed, and lists errors that were not there before.
fn tell(edition: &Edition, before: Option<&Edition>) {
    let known = |problem: &&Problem| before.is_none_or(|before| !before.urgent.contains(problem));
    for problem in edition.urgent.iter().filter(known).take(20) {
        say(&format!("{}:{}:{}: {}: {}", problem.path, problem.line, problem.column, problem.code, problem.message));
    }
    if let Some(before) = before {
        let errors = match edition.urgent.len() {
            0 if before.urgent.is_empty() => String::new(),
            0 => ", put right".to_owned(),
            n => format!(", {}", plural(n, "error")),
        };
        let held = if edition.is_held { "; the last good state is shown" } else { "" };
        say(&format!("Edition {}{errors}{held}.", edition.number));
    }
}

fn what(edition: &Edition) -> String {
    let (vendors, pages) = edition.counts();
    if !edition.is_shown() {
        return "a handbook that cannot be shown yet".to_owned();
    }
    format!("{} ({} and {})", crate::diagnostic::visible(edition.title()), plural(vendors, "playbook"), plural(pages, "page"))
}

/// Waits until the person or the system says stop.
async fn stopped() -> Exit {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut ended) = signal(SignalKind::terminate()) {
            return tokio::select! {
                _ = tokio::signal::ctrl_c() => Exit::Interrupted,
                _ = ended.recv() => Exit::Terminated,
            };
        }
    }
    let _ = tokio::signal::ctrl_c().await;
    Exit::Interrupted
}

/// Opens an address with the program the system has for it.
fn open(address: &str) {
    let (program, arguments): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/C", "start"]),
        _ => ("xdg-open", &[]),
    };
    let quiet = std::process::Stdio::null;
    let started = std::process::Command::new(program).args(arguments).arg(address).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn();
    if started.is_err() {
        say(&format!("No browser could be opened. The address is {address}"));
    }
}

fn environment(why: &str) -> Exit {
    say(&format!("partwell: {why}."));
    Exit::Environment
}

fn nanoseconds() -> i128 {
    i128::from(now()) * 1_000_000_000
}
