//! What a long run is doing, for the person who waits for it.

use std::cmp::Reverse;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use terminal_size::{Width, terminal_size_of};

use crate::diagnostic::beginning;
use crate::formats::{Earlier, Sink};
use crate::memo::Digest;
use crate::source::Broken;

/// How often the line is written anew, and how long a stage has to take to be worth one.
const EVERY: Duration = Duration::from_millis(200);

/// Works, and meanwhile tells a terminal what is being done, in a line that goes away. Nothing is told elsewhere.
pub fn telling<T>(doing: impl Fn() -> String + Send, work: impl FnOnce() -> T) -> T {
    let is_plain = std::env::var_os("TERM").is_some_and(|name| name == "dumb");
    if is_plain || !io::stderr().is_terminal() {
        return work();
    }
    std::thread::scope(|scope| {
        let (stop, stopped) = channel::<()>();
        let told = move || {
            let mut is_told = false;
            while stopped.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
                let _ = write!(io::stderr(), "\r\u{1b}[K{}", fitting(&doing()));
                is_told = true;
            }
            if is_told {
                let _ = write!(io::stderr(), "\r\u{1b}[K");
            }
        };
        // Without another thread nothing is told, and the work is done all the same.
        let _ = std::thread::Builder::new().spawn_scoped(scope, told);
        let done = work();
        drop(stop);
        done
    })
}

/// As much of a line as fits: one that goes on in the next row could not be taken back.
fn fitting(line: &str) -> &str {
    let width = terminal_size_of(io::stderr()).map_or(80, |(Width(width), _)| usize::from(width));
    beginning(line, width.saturating_sub(1))
}

/// Counts the vendors whose pages are done, on the way to another sink.
pub struct Counting<'s> {
    inner: &'s dyn Sink,
    vendors: AtomicUsize,
}

impl<'s> Counting<'s> {
    pub fn new(inner: &'s dyn Sink) -> Counting<'s> {
        Counting { inner, vendors: AtomicUsize::new(0) }
    }

    /// How many of the vendors are done.
    pub fn doing(&self, total: usize) -> String {
        let done = self.vendors.load(Ordering::Relaxed);
        if done < total { format!("Making pages: {done} of {total} vendors") } else { "Making what spans vendors".to_owned() }
    }
}

impl Sink for Counting<'_> {
    fn put(&self, path: &str, bytes: &[u8]) {
        self.inner.put(path, bytes);
    }

    fn stream(&self, path: &str, write: &mut dyn FnMut(&mut (dyn Write + Send)) -> io::Result<()>) {
        self.inner.stream(path, write);
    }

    fn made_from(&self, name: &str, from: &Digest, make: &mut dyn FnMut(&dyn Sink)) {
        self.inner.made_from(name, from, make);
        if name.starts_with("vendors/") {
            self.vendors.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn note(&self, note: String) {
        self.inner.note(note);
    }

    fn fail(&self, broken: Broken) {
        self.inner.fail(broken);
    }

    fn earlier(&self) -> Option<&dyn Earlier> {
        self.inner.earlier()
    }
}

/// How long each stage of a run took.
pub struct Timings {
    last: Instant,
    stages: Mutex<Vec<Stage>>,
}

struct Stage {
    name: String,
    took: Duration,
}

impl Timings {
    pub fn begin() -> Timings {
        Timings { last: Instant::now(), stages: Mutex::default() }
    }

    /// A stage is over, and the next one begins.
    pub fn done(&mut self, name: &str) {
        let now = Instant::now();
        self.add(name, now - self.last);
        self.last = now;
    }

    /// The same for a stage that was done in parts, side by side.
    pub fn done_by(&mut self, name: &str, parts: Timings) {
        self.done(name);
        let mut parts = parts.stages.into_inner().unwrap_or_else(PoisonError::into_inner);
        parts.sort_by_key(|part| Reverse(part.took));
        parts.into_iter().for_each(|part| self.add(&format!("  {}", part.name), part.took));
    }

    /// Does the work of one part of a stage.
    pub fn time(&self, name: &str, work: impl FnOnce()) {
        let begun = Instant::now();
        work();
        self.add(name, begun.elapsed());
    }

    fn add(&self, name: &str, took: Duration) {
        self.lock().push(Stage { name: name.to_owned(), took });
    }

    /// A line for each stage.
    pub fn lines(&self) -> Vec<String> {
        self.lock().iter().map(|stage| format!("{:<12} {:>9.1} ms", stage.name, stage.took.as_secs_f64() * 1e3)).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Stage>> {
        self.stages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
