//! Says when something in a set of folders may have changed. What the system reports is only a hint: whoever is
//! woken looks for himself.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// How long it has to be quiet before a change counts as done.
const QUIET: Duration = Duration::from_millis(8);
/// How long is waited for that at most.
const LONGEST: Duration = Duration::from_millis(40);
/// How often is looked where the system does not report changes.
const POLL: Duration = Duration::from_millis(300);
/// How often is asked whether the folders at the top are the same: a disk that is taken away, or a link that leads
/// elsewhere now, is reported by nobody.
const GLANCE: Duration = Duration::from_secs(1);

/// A file that was open for writing is closed.
const WRITTEN: AccessKind = AccessKind::Close(AccessMode::Write);

/// Watches folders, each by itself: a file that is watched is lost when an editor puts another in its place.
pub struct Watch {
    watcher: Option<RecommendedWatcher>,
    hints: Receiver<Hint>,
    /// Kept so that waiting never ends because nobody is left to report.
    _keep: Sender<Hint>,
    /// With what stood at each path when it was watched: another folder may have its name by now.
    watched: HashMap<PathBuf, Identity>,
    /// Folders that have gone since they were watched.
    gone: Vec<PathBuf>,
    /// The folder that the others lie in, as it was named, and without links.
    top: [PathBuf; 2],
}

/// What tells a folder from another of the same name; nothing where none is there.
type Identity = Option<(u64, u64)>;

#[cfg(unix)]
fn identity(folder: &Path) -> Identity {
    use std::os::unix::fs::MetadataExt;
    folder.metadata().ok().map(|meta| (meta.dev(), meta.ino()))
}

#[cfg(not(unix))]
fn identity(folder: &Path) -> Identity {
    let made = folder.metadata().ok()?.created().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some((made.as_secs(), u64::from(made.subsec_nanos())))
}

/// Something happened; these paths are not what they were.
type Hint = Vec<PathBuf>;

impl Watch {
    /// Begins to watch. The sentence says why changes are looked for now and then instead, where they are.
    pub fn new(poll: bool, first: &Path) -> (Watch, Option<String>) {
        let (send, hints) = channel();
        let keep = send.clone();
        let made = if poll { None } else { Some(notify::recommended_watcher(move |event| report(&send, event))) };
        let (watcher, why) = match made {
            None => (None, None),
            Some(Ok(_)) if crate::publish::is_far(first) => (None, Some("the files are on a network disk".to_owned())),
            Some(Ok(watcher)) => (Some(watcher), None),
            Some(Err(error)) => (None, Some(reason(&error))),
        };
        (
            Watch { watcher, hints, _keep: keep, watched: HashMap::new(), gone: Vec::new(), top: [first.to_owned(), first.to_owned()] },
            why.map(|why| polling(&why)),
        )
    }

    /// Watches these folders and no others. True where one of them is new: what has happened in it before has to be
    /// looked for. The sentence says that changes are looked for now and then from here on.
    pub fn follow(&mut self, folders: &[PathBuf]) -> (bool, Option<String>) {
        let Some(watcher) = &mut self.watcher else { return (false, None) };
        self.top[1] = self.top[0].canonicalize().unwrap_or_else(|_| self.top[0].clone());
        let wanted: HashSet<&PathBuf> = folders.iter().collect();
        // With a folder that goes, what is watched below it is lost as well, even where all of it comes back.
        let gone: HashSet<PathBuf> = self.gone.drain(..).collect();
        let is_lost = |folder: &PathBuf| !gone.is_empty() && folder.ancestors().any(|above| gone.contains(above));
        let stays = |folder: &PathBuf, was: Identity| wanted.contains(folder) && !is_lost(folder) && identity(folder) == was;
        // A folder that is watched by two names is let go by both: the system knows it once.
        let dropped: HashSet<Identity> = self.watched.iter().filter(|(folder, was)| !stays(folder, **was)).map(|(_, was)| *was).collect();
        self.watched.retain(|folder, was| {
            let stays = !dropped.contains(was);
            if !stays {
                let _ = watcher.unwatch(folder);
            }
            stays
        });
        let mut is_new = false;
        for folder in wanted {
            if self.watched.contains_key(folder) {
                continue;
            }
            // Asked before it is watched: what takes its place in between is seen as another the next time.
            let is = identity(folder);
            match watcher.watch(folder, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    self.watched.insert(folder.clone(), is);
                    is_new = true;
                }
                // It has gone, and may be back by now; the next look tells.
                Err(error) if is_missing(&error) || !folder.is_dir() => is_new = true,
                Err(error) => {
                    let why = polling(&reason(&error));
                    self.watcher = None;
                    self.watched.clear();
                    return (false, Some(why));
                }
            }
        }
        (is_new, None)
    }

    /// The folders at the top, and those at which another disk begins, where something else stands by now.
    fn others(&self) -> Vec<PathBuf> {
        let is_top = |folder: &Path| self.top.iter().any(|top| top == folder);
        let disk = |is: Identity| is.map(|(disk, _)| disk);
        let begins = |above: &Path, is: Identity| self.watched.get(above).is_some_and(|above| disk(*above) != disk(is));
        let is_asked =
            |folder: &Path, is: Identity| is_top(folder) || folder.parent().is_some_and(|above| is_top(above) || begins(above, is));
        let asked = self.watched.iter().filter(|(folder, is)| is_asked(folder, **is));
        asked.filter(|(folder, was)| identity(folder) != **was).map(|(folder, _)| folder.clone()).collect()
    }

    /// Waits until something may have changed and it has been quiet for a moment, or until the time is over; false
    /// then.
    pub fn wait(&mut self, at_most: Duration) -> bool {
        if self.watcher.is_none() {
            let _ = self.hints.recv_timeout(POLL.min(at_most));
            return true;
        }
        let begun = Instant::now();
        loop {
            let left = at_most.saturating_sub(begun.elapsed());
            match self.hints.recv_timeout(left.min(GLANCE)) {
                Ok(gone) => self.gone.extend(gone),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) if left <= GLANCE => return false,
                Err(_) => {
                    let others = self.others();
                    if others.is_empty() {
                        continue;
                    }
                    self.gone.extend(others);
                }
            }
            break;
        }
        let first = Instant::now();
        while first.elapsed() < LONGEST
            && let Ok(gone) = self.hints.recv_timeout(QUIET)
        {
            self.gone.extend(gone);
        }
        true
    }
}

/// Hands on that something happened. Reading a file is nothing that happened.
fn report(send: &Sender<Hint>, event: notify::Result<Event>) {
    let gone = match event {
        // What is written through a memory map shows by nothing but that the file is closed.
        Ok(event) if matches!(event.kind, EventKind::Access(kind) if kind != WRITTEN) && !event.need_rescan() => return,
        Ok(event) if matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))) => event.paths,
        _ => Vec::new(),
    };
    let _ = send.send(gone);
}

fn is_missing(error: &notify::Error) -> bool {
    use std::io::ErrorKind::{NotADirectory, NotFound};
    match &error.kind {
        notify::ErrorKind::PathNotFound => true,
        notify::ErrorKind::Io(error) => matches!(error.kind(), NotFound | NotADirectory),
        _ => false,
    }
}

fn reason(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => "the system watches no more folders".to_owned(),
        _ => error.to_string(),
    }
}

fn polling(why: &str) -> String {
    format!("Changes are looked for {} times a second: {why}.", 1000 / POLL.as_millis())
}
