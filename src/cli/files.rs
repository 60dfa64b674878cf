//! Writing a file of the author's back: one change shown, one file swapped.

use std::path::Path;

use super::{Exit, say};
use crate::fix;

/// The change of one file as a unified diff.
pub fn difference(file: &str, before: &str, after: &str) -> String {
    let name = crate::diagnostic::visible(file);
    let diff = similar::TextDiff::from_lines(before, after);
    diff.unified_diff().context_radius(1).header(&format!("a/{name}"), &format!("b/{name}")).to_string()
}

/// Writes a file anew beside its old self and swaps them, so that an interrupted run loses nothing.
pub fn write_back(root: &Path, file: &str, before: &str, after: &str) -> Result<(), Exit> {
    let path = root.join(file);
    let failed = |error: std::io::Error| {
        say(&format!("partwell: {}: {error}. It was left as it is.", path.display()));
        Exit::Environment
    };
    let is_link = std::fs::symlink_metadata(&path).map_err(failed)?.is_symlink();
    let path = if is_link { std::fs::canonicalize(&path).map_err(failed)? } else { path.clone() };
    let raw = std::fs::read_to_string(&path).map_err(failed)?;
    let Some(text) = fix::on_disk(&raw, before, after) else {
        say(&format!("partwell: {} changed while it was read, and was left as it is.", path.display()));
        return Err(Exit::Environment);
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let beside = path.with_file_name(format!(".{name}.{}.partwell-fix", std::process::id()));
    let permissions = std::fs::metadata(&path).map_err(failed)?.permissions();
    // Made anew: whatever has that name already, a link above all, is not followed and not written to.
    let written = std::fs::File::create_new(&beside)
        .and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()))
        .and_then(|()| std::fs::set_permissions(&beside, permissions))
        .and_then(|()| std::fs::File::open(&beside)?.sync_all())
        .and_then(|()| std::fs::rename(&beside, &path));
    written.map_err(|error| {
        if error.kind() != std::io::ErrorKind::AlreadyExists {
            let _ = std::fs::remove_file(&beside);
        }
        failed(error)
    })
}
