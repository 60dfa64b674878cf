//! Reads a project from the disk, and is the only module that does. Nothing is opened that is not an
//! ordinary file below the project's folder.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::config::{self, Config};
use crate::diagnostic::{Diagnosed, Diagnostic, FileId, Findings, Lines, Severity, Span, codes, visible};

/// Larger files are not read.
const LARGEST: u64 = 16 << 20;

/// Something in the world that is not as it should be: a folder that cannot be read, a full disk.
#[derive(Debug)]
pub struct Broken {
    pub path: PathBuf,
    pub error: io::Error,
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.error)
    }
}

/// One text file of the project. The byte order mark is gone and line ends are `\n`.
#[derive(Debug, Clone)]
pub struct SourceFile {
    pub path: FileId,
    pub text: Arc<str>,
    /// False where the file could not be read as text; it is then listed, and nothing is made of it.
    pub is_sound: bool,
}

/// Everything a compilation may look at. Later stages touch no disk, clock or environment.
#[derive(Debug)]
pub struct Project {
    pub config: Config,
    /// Markdown files below `content/`, sorted by path.
    pub files: Vec<SourceFile>,
    /// The other files below `content/`, by path without `content/`. Their bytes are read when published.
    pub assets: BTreeMap<String, Asset>,
    /// Files of the chosen theme, by path without `themes/<name>/`.
    pub theme: BTreeMap<String, Vec<u8>>,
    /// What was noticed while reading: about the configuration, file names and encodings.
    pub noticed: Vec<Diagnostic>,
    /// The text of the configuration, for showing findings in place.
    pub config_text: Arc<str>,
}

impl Project {
    /// True where the configuration has errors, so that nothing can be built.
    pub fn is_misconfigured(&self) -> bool {
        self.noticed.iter().any(|finding| finding.code.id.starts_with("CFG") && finding.severity == Severity::Error)
    }
}

/// A file that may be copied into the site.
#[derive(Debug, Clone)]
pub struct Asset {
    on_disk: PathBuf,
}

impl Asset {
    pub fn read(&self) -> Result<Vec<u8>, Broken> {
        fs::read(&self.on_disk).map_err(broken(&self.on_disk))
    }
}

/// Reads the whole project. Where the configuration has errors nothing else is read.
pub fn read(root: &Path) -> Result<Project, Broken> {
    let (Diagnosed { value: config, diagnostics: noticed }, config_text) = read_config(root)?;
    let mut project = Project { config, files: Vec::new(), assets: BTreeMap::new(), theme: BTreeMap::new(), noticed, config_text };
    if project.is_misconfigured() {
        return Ok(project);
    }
    let canonical = root.canonicalize().map_err(broken(root))?;
    let found = walk(&canonical, &mut project.noticed)?;
    let texts: Vec<_> = found.pages.par_iter().map(|(path, disk)| read_text(path, disk)).collect::<Result<_, _>>()?;
    for (file, findings) in texts {
        project.noticed.extend(findings);
        project.files.push(file);
    }
    project.assets = found.assets;
    project.theme = read_theme(root, &project.config, &mut project.noticed)?;
    Ok(project)
}

fn broken(path: &Path) -> impl FnOnce(io::Error) -> Broken + use<> {
    let path = path.to_owned();
    move |error| Broken { path, error }
}

fn read_config(root: &Path) -> Result<(Diagnosed<Config>, Arc<str>), Broken> {
    let path = root.join(config::FILE);
    if fs::metadata(&path).is_ok_and(|meta| !meta.is_file()) {
        return Err(Broken { path, error: io::Error::other("this is not an ordinary file, so it was not opened") });
    }
    match fs::read(&path) {
        Ok(bytes) => {
            let (text, is_sound, findings) = decode(&config::FILE.into(), bytes, &codes::CFG001);
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
        Err(error) => Err(Broken { path, error }),
    }
}

#[derive(Default)]
struct Found {
    pages: Vec<(FileId, PathBuf)>,
    assets: BTreeMap<String, Asset>,
}

fn walk(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Result<Found, Broken> {
    let mut found = Found::default();
    let content = root.join("content");
    if !content.is_dir() {
        return Ok(found);
    }
    let hidden = |name: &std::ffi::OsStr| {
        let name = name.to_string_lossy();
        name.starts_with('.') || name.starts_with('#') || name.ends_with('~') || name.ends_with(".swp")
    };
    let walker =
        WalkDir::new(&content).sort_by_file_name().into_iter().filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name()));
    for entry in walker {
        let entry = entry.map_err(|error| Broken {
            path: error.path().unwrap_or(&content).to_owned(),
            error: error.into_io_error().unwrap_or_else(|| io::Error::other("the folders form a loop")),
        })?;
        if entry.depth() == 0 {
            continue;
        }
        let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let path: FileId = portable(relative).into();
        let mut findings = Findings::new(&path);
        if let Some(why) = unportable(entry.file_name()) {
            findings
                .add(&codes::FIL002, Span::at(0), format!("The name of `{}` {why}.", visible(&path)))
                .help("Rename it with letters, digits and hyphens.");
            diagnostics.extend(findings.into_list());
            continue;
        }
        let page = path.ends_with(".md");
        let kind = entry.file_type();
        let target = match kind.is_symlink() {
            false => Some((kind.is_file(), kind.is_dir())),
            true => link_target(root, entry.path(), &path, &mut findings),
        };
        match target {
            Some((true, _)) if page => found.pages.push((path, entry.path().to_owned())),
            Some((true, _)) => {
                let name = path.trim_start_matches("content/").to_owned();
                found.assets.insert(name, Asset { on_disk: entry.path().to_owned() });
            }
            Some((_, true)) if page => {
                findings
                    .add(&codes::FIL005, Span::at(0), format!("`{path}` is a folder with the name of a page."))
                    .help("Rename the folder.");
            }
            Some((_, true)) | None => {}
            Some(_) => {
                findings
                    .add(&codes::FIL005, Span::at(0), format!("`{path}` is not an ordinary file, so it was not opened."))
                    .help("Move it out of `content/`.");
            }
        }
        diagnostics.extend(findings.into_list());
    }
    Ok(found)
}

/// Follows a symbolic link to an ordinary file inside the project; anything else is a finding.
fn link_target(root: &Path, link: &Path, path: &str, findings: &mut Findings) -> Option<(bool, bool)> {
    let target = match link.canonicalize() {
        Ok(target) => target,
        Err(_) => {
            findings
                .add(&codes::FIL005, Span::at(0), format!("The link `{path}` leads nowhere, or in a circle."))
                .help("Remove the link, or put the file in its place.");
            return None;
        }
    };
    if !target.starts_with(root) {
        let named = fs::read_link(link).unwrap_or_else(|_| target.clone());
        findings
            .add(
                &codes::FIL004,
                Span::at(0),
                format!("The link `{path}` leads out of the project, to `{}`.", visible(&named.to_string_lossy())),
            )
            .help("Copy the file into `content/` instead.");
        return None;
    }
    let meta = target.metadata().ok()?;
    if meta.is_dir() {
        findings
            .add(&codes::FIL005, Span::at(0), format!("The link `{path}` leads to a folder; linked folders are not read."))
            .help("Move the folder into `content/`.");
        return None;
    }
    Some((meta.is_file(), false))
}

fn portable(path: &Path) -> String {
    path.components().map(|part| show_name(part.as_os_str())).collect::<Vec<_>>().join("/")
}

/// A file name as text; bytes that are not UTF-8 show as `\xNN`.
fn show_name(name: &std::ffi::OsStr) -> String {
    match name.to_str() {
        Some(name) => name.to_owned(),
        None => {
            let bytes = name.as_encoded_bytes();
            bytes
                .utf8_chunks()
                .map(|chunk| chunk.valid().to_owned() + &chunk.invalid().iter().map(|b| format!("\\x{b:02X}")).collect::<String>())
                .collect()
        }
    }
}

/// Why a name cannot stand on every disk, as the end of a sentence.
fn unportable(name: &std::ffi::OsStr) -> Option<String> {
    let Some(name) = name.to_str() else {
        return Some("is not UTF-8".into());
    };
    let stem = name.split('.').next().unwrap_or(name);
    let reserved = ["con", "prn", "aux", "nul"].iter().any(|word| stem.eq_ignore_ascii_case(word))
        || (stem.len() == 4
            && stem.is_ascii()
            && ["com", "lpt"].iter().any(|word| stem[..3].eq_ignore_ascii_case(word))
            && stem.as_bytes()[3].is_ascii_digit());
    let bad = name
        .chars()
        .find(|c| matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\') || crate::diagnostic::is_deceptive(*c) || c.is_control());
    if reserved {
        return Some("is a reserved word on Windows".into());
    }
    if let Some(c) = bad {
        return Some(format!("holds the character `{}`, which not every disk takes", visible(&c.to_string())));
    }
    if stem.ends_with(' ') || name.ends_with([' ', '.']) || name.starts_with(' ') {
        return Some("begins or ends with a space or a dot".into());
    }
    if name.len() > 200 {
        return Some("is longer than 200 bytes".into());
    }
    None
}

fn read_text(path: &FileId, disk: &Path) -> Result<(SourceFile, Vec<Diagnostic>), Broken> {
    let size = fs::metadata(disk).map_err(broken(disk))?.len();
    if size > LARGEST {
        let mut findings = Findings::new(path);
        findings
            .add(&codes::FIL008, Span::at(0), format!("The file has {} MiB; files up to 16 MiB are read.", size >> 20))
            .help("Split it.");
        return Ok((SourceFile { path: path.clone(), text: "".into(), is_sound: false }, findings.into_list()));
    }
    let bytes = fs::read(disk).map_err(broken(disk))?;
    let (text, is_sound, findings) = decode(path, bytes, &codes::FIL001);
    Ok((SourceFile { path: path.clone(), text: text.into(), is_sound }, findings))
}

/// Bytes as text: UTF-8 without its byte order mark, line ends unified; and whether they are sound.
fn decode(path: &FileId, bytes: Vec<u8>, code: &'static crate::diagnostic::Code) -> (String, bool, Vec<Diagnostic>) {
    let mut findings = Findings::new(path);
    let mut bytes = bytes;
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.drain(..3);
    }
    let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    match String::from_utf8(bytes) {
        Ok(text) if text.contains('\r') => (text.replace("\r\n", "\n").replace('\r', "\n"), true, findings.into_list()),
        Ok(text) => (text, true, findings.into_list()),
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let before = String::from_utf8_lossy(&error.as_bytes()[..offset]).into_owned();
            let place = Lines::of(&before).position(offset as u32);
            let what = if utf16 { "It looks like UTF-16." } else { "It looks like an older encoding." };
            findings
                .add(
                    code,
                    Span::at(offset),
                    format!("The text is not UTF-8 from byte {offset} on (line {}, column {}). {what}", place.line, place.column),
                )
                .help("Save the file as UTF-8.");
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), false, findings.into_list())
        }
    }
}

fn read_theme(root: &Path, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> Result<BTreeMap<String, Vec<u8>>, Broken> {
    let mut files = BTreeMap::new();
    let Some(name) = &config.theme else {
        return Ok(files);
    };
    let folder = root.join("themes").join(name);
    let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if !plain || !folder.is_dir() {
        if name != "default" {
            let mut findings = Findings::new(&config.file);
            findings
                .add(&codes::CFG008, Span::at(0), format!("There is no theme folder `themes/{}`.", visible(name)))
                .help("Create it, or take `theme` out to use the built-in one.")
                .field("theme");
            diagnostics.extend(findings.into_list());
        }
        return Ok(files);
    }
    for entry in WalkDir::new(&folder).sort_by_file_name().into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() && !entry.file_name().to_string_lossy().starts_with('.') {
            let relative = portable(entry.path().strip_prefix(&folder).unwrap_or(entry.path()));
            files.insert(relative, fs::read(entry.path()).map_err(broken(entry.path()))?);
        }
    }
    Ok(files)
}
