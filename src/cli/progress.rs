//! What a long run is doing, for the person who waits for it.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::formats::{Earlier, Sink};
use crate::memo::Digest;
use crate::source::Broken;

/// How often the line is written anew, and how long a run has to take to be worth one.
const EVERY: Duration = Duration::from_millis(200);

/// Counts the vendors whose pages are done, on the way to another sink.
pub struct Counting<'s> {
    inner: &'s dyn Sink,
    vendors: AtomicUsize,
}

impl<'s> Counting<'s> {
    pub fn new(inner: &'s dyn Sink) -> Counting<'s> {
        Counting { inner, vendors: AtomicUsize::new(0) }
    }

    /// Works, and meanwhile tells a terminal how many of the vendors are done. Nothing is told elsewhere.
    pub fn telling<T>(&self, total: usize, work: impl FnOnce() -> T) -> T {
        if !io::stderr().is_terminal() {
            return work();
        }
        std::thread::scope(|scope| {
            let (stop, stopped) = channel::<()>();
            let told = move || {
                let mut is_told = false;
                while stopped.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
                    let done = self.vendors.load(Ordering::Relaxed);
                    let doing =
                        if done < total { format!("Making pages: {done} of {total} vendors") } else { "Making what spans vendors".into() };
                    let _ = write!(io::stderr(), "\r\u{1b}[K{doing}");
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
    stages: Vec<(&'static str, Duration)>,
}

impl Timings {
    pub fn begin() -> Timings {
        Timings { last: Instant::now(), stages: Vec::new() }
    }

    /// A stage is over, and the next one begins.
    pub fn done(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.stages.push((stage, now - self.last));
        self.last = now;
    }

    /// A line for each stage.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        self.stages.iter().map(|(stage, took)| format!("{stage:<10} {:>9.1} ms", took.as_secs_f64() * 1e3))
    }
}
