//! Reads a project again and again. What the disk says has not changed is not opened a second time.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::walk::{by_name, is_left_out, portable, walk};
use super::{Asset, Broken, Project, SourceFile, broken, text};
use crate::config::{self, Config};
use crate::diagnostic::{Diagnosed, Diagnostic, FileId, Findings, Span, codes, quoted, visible};

/// Times the folders are walked again where a file went away between being listed and being read.
const TRIES: usize = 3;

/// A file that changed less than this many nanoseconds before it was looked at may change again without its
/// times showing it: clocks of disks are coarse.
const UNSURE: i128 = 2_000_000_000;

/// Files that are copied, by their path below `content/`.
type Assets = BTreeMap<String, Asset>;

/// What the disk says of a file without its being opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    size: u64,
    /// Nanoseconds since 1970, of the content and of the entry.
    changed: (i128, i128),
    inode: u64,
}

impl Stamp {
    #[cfg(unix)]
    fn of(meta: &Metadata) -> Stamp {
        use std::os::unix::fs::MetadataExt;
        let time = |seconds: i64, nanos: i64| i128::from(seconds) * 1_000_000_000 + i128::from(nanos);
        let changed = (time(meta.mtime(), meta.mtime_nsec()), time(meta.ctime(), meta.ctime_nsec()));
        Stamp { size: meta.len(), changed, inode: meta.ino() }
    }

    #[cfg(not(unix))]
    fn of(meta: &Metadata) -> Stamp {
        Stamp { size: meta.len(), changed: (i128::MAX, i128::MAX), inode: 0 }
    }

    /// True where a later change would show.
    fn is_settled(&self, now: i128) -> bool {
        let newest = self.changed.0.max(self.changed.1);
        newest != i128::MAX && newest <= now.saturating_sub(UNSURE)
    }
}

/// Reads one project as often as it is asked to.
#[derive(Debug)]
pub struct Reader {
    root: PathBuf,
    /// What was read the last time, sorted by path.
    seen: Vec<Seen>,
    folders: Vec<PathBuf>,
    has_content: bool,
}

/// A file as it was read.
#[derive(Debug, Clone)]
struct Seen {
    /// None where the file was too young to be sure.
    stamp: Option<Stamp>,
    file: SourceFile,
    findings: Arc<[Diagnostic]>,
}

impl Reader {
    pub fn new(root: &Path) -> Reader {
        Reader { root: root.to_owned(), seen: Vec::new(), folders: Vec::new(), has_content: true }
    }

    /// The folders in which something can change, as of the last reading.
    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// False where the last reading found no folder `content`.
    pub fn has_content(&self) -> bool {
        self.has_content
    }

    /// Reads the project as it is now, `now` being nanoseconds since 1970. Where the configuration has errors nothing
    /// else is read.
    pub fn read(&mut self, now: i128) -> Result<Project, Broken> {
        let (Diagnosed { value: config, diagnostics: noticed }, config_text) = read_config(&self.root)?;
        let mut project = Project { config, files: Vec::new(), assets: BTreeMap::new(), theme: BTreeMap::new(), noticed, config_text };
        self.folders = vec![self.root.clone()];
        let is_misconfigured = project.is_misconfigured();
        project.theme = self.read_theme(&project.config, &mut project.noticed)?;
        if is_misconfigured {
            return Ok(project);
        }
        let canonical = self.root.canonicalize().map_err(broken(&self.root))?;
        let (folders, read, assets) = self.files(&canonical, &mut project.noticed, now)?;
        project.noticed.extend(read.iter().flat_map(|one| one.findings.iter().cloned()));
        project.files = read.iter().map(|one| one.file.clone()).collect();
        self.seen = read;
        project.assets = assets;
        self.has_content = !folders.is_empty();
        self.folders.extend(folders);
        project.noticed.extend(missing_logo(&project.config, &project.assets));
        Ok(project)
    }

    /// Lists folders, reads the pages and looks at all other files. Where one goes away in between, all of it is done
    /// once more.
    fn files(&self, root: &Path, noticed: &mut Vec<Diagnostic>, now: i128) -> Result<(Vec<PathBuf>, Vec<Seen>, Assets), Broken> {
        let before = noticed.len();
        let mut tries = 0;
        loop {
            let attempt = walk(root, noticed).and_then(|mut found| {
                found.pages.sort();
                let pages = found.pages.par_iter().enumerate();
                let read = pages.map(|(n, (path, disk))| self.page(n, path, disk, now)).collect::<Result<Vec<_>, _>>()?;
                let assets = found.assets.into_iter().map(|(name, on_disk)| Ok((name, asset(on_disk)?))).collect::<Result<_, _>>()?;
                Ok((found.folders, read, assets))
            });
            tries += 1;
            match attempt {
                Err(gone) if gone.error.kind() == io::ErrorKind::NotFound && tries < TRIES => noticed.truncate(before),
                attempt => return attempt.map_err(Broken::while_read),
            }
        }
    }

    /// A file as it was read the last time, most likely at the same place of the list.
    fn known(&self, n: usize, path: &FileId) -> Option<&Seen> {
        let there = self.seen.get(n).filter(|known| known.file.path == *path);
        there.or_else(|| self.seen.binary_search_by(|known| known.file.path.cmp(path)).ok().map(|n| &self.seen[n]))
    }

    fn page(&self, n: usize, path: &FileId, disk: &Path, now: i128) -> Result<Seen, Broken> {
        let meta = fs::metadata(disk).map_err(broken(disk))?;
        let stamp = Stamp::of(&meta);
        let known = self.known(n, path);
        if let Some(known) = known.filter(|known| known.stamp == Some(stamp)) {
            return Ok(known.clone());
        }
        let mut seen = read_page(path, disk, &meta)?;
        seen.stamp = Some(stamp).filter(|stamp| stamp.is_settled(now));
        // The same text stays the same value, so that whatever was made from it can be told by it.
        if let Some(known) = known.filter(|known| known.file.text == seen.file.text) {
            seen.file.text = known.file.text.clone();
        }
        Ok(seen)
    }

    fn read_theme(&mut self, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> Result<BTreeMap<String, Vec<u8>>, Broken> {
        let mut files = BTreeMap::new();
        let Some((name, at)) = &config.theme else {
            return Ok(files);
        };
        let themes = self.root.join("themes");
        let folder = themes.join(name);
        self.folders.extend(Some(themes).filter(|themes| themes.is_dir()));
        let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        if !plain || !folder.is_dir() {
            if name != "default" {
                let mut findings = Findings::new(&config.file);
                findings
                    .add(&codes::CFG008, *at, format!("There is no theme folder `themes/{}`.", visible(name)))
                    .help("Create it, or take `theme` out to use the built-in one.")
                    .field("theme");
                diagnostics.extend(findings.into_list());
            }
            return Ok(files);
        }
        let root = self.root.canonicalize().map_err(broken(&self.root))?;
        if !folder.canonicalize().is_ok_and(|real| real.starts_with(root)) {
            let mut findings = Findings::new(&config.file);
            findings
                .add(&codes::CFG008, *at, format!("`themes/{name}` is a link that leads out of the project."))
                .help("Copy the theme into its place.")
                .field("theme");
            diagnostics.extend(findings.into_list());
            return Ok(files);
        }
        let is_read = |entry: &DirEntry| entry.depth() == 0 || !is_left_out(entry.file_name());
        for entry in WalkDir::new(&folder).sort_by(by_name).into_iter().filter_entry(is_read).filter_map(Result::ok) {
            if entry.file_type().is_dir() || entry.depth() == 0 {
                self.folders.push(entry.path().to_owned());
            }
            if entry.file_type().is_file() {
                let relative = portable(entry.path().strip_prefix(&folder).unwrap_or(entry.path()));
                files.insert(relative, fs::read(entry.path()).map_err(broken(entry.path()))?);
            }
        }
        Ok(files)
    }
}

/// What is to be said where the logo is none of the handbook's files, or none that a browser shows.
fn missing_logo(config: &Config, assets: &Assets) -> Vec<Diagnostic> {
    const PICTURES: [&str; 7] = ["svg", "png", "jpg", "jpeg", "webp", "gif", "avif"];
    let mut findings = Findings::new(&config.file);
    let is_picture = |name: &str| name.rsplit_once('.').is_some_and(|(_, ending)| PICTURES.contains(&&*ending.to_ascii_lowercase()));
    if let Some((name, at)) = config.logo.as_ref().filter(|(name, _)| assets.contains_key(name) && !is_picture(name)) {
        findings
            .add(&codes::THM002, *at, format!("{} is no picture by its ending, so pages show none.", quoted(&format!("content/{name}"))))
            .help(format!("Take one that ends in {}.", PICTURES.join(", ")))
            .field("brand.logo");
    }
    if let Some((name, at)) = config.logo.as_ref().filter(|(name, _)| !assets.contains_key(name)) {
        findings
            .add(&codes::THM002, *at, format!("There is no file {}, so pages and paper have no logo.", quoted(&format!("content/{name}"))))
            .help("Put the logo into `content/`, and name it here as it is called from there.")
            .field("brand.logo");
    }
    findings.into_list()
}

fn read_page(path: &FileId, disk: &Path, meta: &Metadata) -> Result<Seen, Broken> {
    if meta.len() > text::LARGEST {
        let file = SourceFile { path: path.clone(), text: "".into(), is_sound: false };
        return Ok(Seen { stamp: None, file, findings: text::too_large(path, meta.len()).into() });
    }
    let bytes = fs::read(disk).map_err(broken(disk))?;
    let (text, is_sound, findings) = text::decode(path, bytes, &codes::FIL001);
    Ok(Seen { stamp: None, file: SourceFile { path: path.clone(), text: text.into(), is_sound }, findings: findings.into() })
}

fn asset(on_disk: PathBuf) -> Result<Asset, Broken> {
    let meta = fs::metadata(&on_disk).map_err(broken(&on_disk))?;
    Ok(Asset { stamp: Stamp::of(&meta), on_disk })
}

/// Reads `handbook.yaml`.
fn read_config(root: &Path) -> Result<(Diagnosed<Config>, Arc<str>), Broken> {
    let path = root.join(config::FILE);
    if fs::metadata(&path).is_ok_and(|meta| !meta.is_file()) {
        return Err(Broken { path, error: io::Error::other("this is not an ordinary file, so it was not opened") });
    }
    match fs::read(&path) {
        Ok(bytes) => {
            let (text, is_sound, findings) = text::decode(&config::FILE.into(), bytes, &codes::CFG001);
            let mut read = Config::read(if is_sound { &text } else { "title: Vendor handbook" });
            read.diagnostics.extend(findings);
            Ok((read, text.into()))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound && root.is_dir() => {
            let mut findings = Findings::new(&config::FILE.into());
            findings
                .add(&codes::CFG001, Span::at(0), "There is no handbook.yaml in this folder, so it is not a handbook yet.")
                .help("Run `partwell init .` to begin one, or name the folder with `--root`.");
            let config = Config::read("title: Vendor handbook").value;
            Ok((Diagnosed { value: config, diagnostics: findings.into_list() }, "".into()))
        }
        Err(error) if !root.is_dir() => {
            let why = "there is no such folder; --root names the one that holds handbook.yaml";
            Err(Broken { path: root.to_owned(), error: io::Error::new(error.kind(), why) })
        }
        Err(error) => Err(Broken { path, error }),
    }
}
