//! What stands in a project's folders: names, kinds and links are judged before anything is opened.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::Broken;
use crate::diagnostic::{Diagnostic, FileId, Findings, Span, codes, visible};

/// What stands below `content/`.
#[derive(Default)]
pub struct Found {
    /// Markdown files, in order.
    pub pages: Vec<(FileId, PathBuf)>,
    pub assets: BTreeMap<String, PathBuf>,
    /// Every folder that was looked into, and those that links lead into.
    pub folders: Vec<PathBuf>,
}

/// The order of the entries of one folder. Their paths differ in the name alone, and are compared in a fraction of the
/// time that it takes to cut the names off.
pub fn by_name(a: &DirEntry, b: &DirEntry) -> Ordering {
    a.path().as_os_str().cmp(b.path().as_os_str())
}

/// Lists everything below `content/`; what may not stand there is a finding.
pub fn walk(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Result<Found, Broken> {
    let mut found = Found::default();
    let content = root.join("content");
    if !own_folder(root, &content)? {
        return Ok(found);
    }
    let vendors = content.join("vendors");
    if own_folder(root, &vendors)? && vendors.is_symlink() {
        let error = io::Error::other("this is a link, and links to folders below `content/` are not read: put the folder in its place");
        return Err(Broken { path: vendors, error });
    }
    let walker =
        WalkDir::new(&content).sort_by(by_name).into_iter().filter_entry(|entry| entry.depth() == 0 || !is_left_out(entry.file_name()));
    for entry in walker {
        let entry = entry.map_err(|error| Broken {
            path: error.path().unwrap_or(&content).to_owned(),
            error: error.into_io_error().unwrap_or_else(|| io::Error::other("the folders form a loop")),
        })?;
        // `content/` may be a link to a folder of the project.
        if entry.file_type().is_dir() || entry.depth() == 0 {
            found.folders.push(entry.path().to_owned());
        }
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
            true => {
                let target = entry.path().canonicalize().ok();
                found.folders.extend(target.filter(|target| target.starts_with(root)).and_then(|target| Some(target.parent()?.to_owned())));
                link_target(root, entry.path(), &path, &mut findings)
            }
        };
        match target {
            Some((true, _)) if page => found.pages.push((path, entry.path().to_owned())),
            Some((true, _)) if is_nearly_a_page(&path) => {
                findings
                    .add(
                        &codes::FIL010,
                        Span::at(0),
                        format!("`{path}` is not read: only names that end with `.md`, in small letters, are playbooks and pages."),
                    )
                    .help("Rename it so that it ends with `.md`.");
            }
            Some((true, _)) => {
                let name = path.trim_start_matches("content/").to_owned();
                found.assets.insert(name, entry.path().to_owned());
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

/// True for other endings that Markdown goes by: `Alder.MD`, `alder.markdown`.
fn is_nearly_a_page(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(ending.as_deref(), Some("md" | "markdown" | "mdown" | "mkd"))
}

/// True for a folder that is there, false where nothing has its name. Anything else in its place is refused: a handbook
/// without vendors would come of it.
fn own_folder(root: &Path, folder: &Path) -> Result<bool, Broken> {
    let why = match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(Broken { path: folder.to_owned(), error }),
        Ok(meta) => match folder.canonicalize() {
            // It went away in between.
            Err(error) if !meta.is_symlink() && error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(_) => "this link leads nowhere, or in a circle: put the folder in its place".to_owned(),
            Ok(target) if !target.starts_with(root) => {
                format!("this link leads out of the project, to {}: put the folder in its place", target.display())
            }
            Ok(_) if meta.is_dir() => return Ok(true),
            Ok(target) if !target.is_dir() => "this is no folder, and has the name of one that playbooks stand in".to_owned(),
            Ok(_) => return Ok(true),
        },
    };
    Err(Broken { path: folder.to_owned(), error: io::Error::other(why) })
}

/// True for what is never read and never copied: hidden files, what editors leave behind, and keys.
pub fn is_left_out(name: &OsStr) -> bool {
    const ENDINGS: [&str; 13] = ["bak", "orig", "swo", "swp", "tmp", "pem", "key", "p12", "pfx", "jks", "keystore", "kdbx", "ppk"];
    let name = name.to_string_lossy().to_ascii_lowercase();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let is_key = matches!(&*name, "id_rsa" | "id_dsa" | "id_ecdsa" | "id_ed25519");
    is_key || name.starts_with(['.', '#']) || name.ends_with('~') || ending.is_some_and(|ending| ENDINGS.contains(&ending))
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
    if target.strip_prefix(root).is_ok_and(|inside| inside.iter().any(is_left_out)) {
        findings
            .add(&codes::FIL005, Span::at(0), format!("The link `{path}` leads to a hidden file, a backup or a key; these are not read."))
            .help("Put a file with another name in its place, if it may be seen.");
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

/// A path with `/`, as text.
pub fn portable(path: &Path) -> String {
    path.components().map(|part| show_name(part.as_os_str())).collect::<Vec<_>>().join("/")
}

/// A file name as text; bytes that are not UTF-8 show as `\xNN`.
fn show_name(name: &OsStr) -> String {
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
pub fn unportable(name: &OsStr) -> Option<String> {
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
        let shown = if c.is_control() { format!("U+{:04X}", u32::from(c)) } else { format!("`{}`", visible(&c.to_string())) };
        return Some(format!("holds the character {shown}, which not every disk takes"));
    }
    if stem.ends_with(' ') || name.ends_with([' ', '.']) || name.starts_with(' ') {
        return Some("begins or ends with a space or a dot".into());
    }
    if name.len() > 200 {
        return Some("is longer than 200 bytes".into());
    }
    None
}
