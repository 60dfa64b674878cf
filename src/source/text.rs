//! Bytes as text.

use crate::diagnostic::{Diagnostic, FileId, Findings, Lines, Span, codes};

/// Larger files are not read.
pub const LARGEST: u64 = 16 << 20;

/// Says that a file is too large.
pub fn too_large(path: &FileId, size: u64) -> Vec<Diagnostic> {
    let mut findings = Findings::new(path);
    findings.add(&codes::FIL008, Span::at(0), format!("The file has {} MiB; files up to 16 MiB are read.", size >> 20)).help("Split it.");
    findings.into_list()
}

/// Bytes as text: UTF-8 without its byte order mark, line ends unified; and whether they are sound.
pub fn decode(path: &FileId, bytes: Vec<u8>, code: &'static crate::diagnostic::Code) -> (String, bool, Vec<Diagnostic>) {
    let mut findings = Findings::new(path);
    let mut bytes = bytes;
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.drain(..3);
    }
    let utf16 = is_utf16(&bytes);
    match String::from_utf8(bytes) {
        Ok(text) if utf16 => {
            findings.add(code, Span::at(0), "The text is not UTF-8. It looks like UTF-16.").help("Save the file as UTF-8.");
            (text, false, findings.into_list())
        }
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

/// True where a mark says so, or every second byte of the beginning is zero.
fn is_utf16(bytes: &[u8]) -> bool {
    let is_marked = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let pairs: Vec<[bool; 2]> = bytes.chunks_exact(2).take(32).map(|pair| [pair[0] == 0, pair[1] == 0]).collect();
    is_marked || (pairs.len() > 1 && (pairs.iter().all(|pair| *pair == [false, true]) || pairs.iter().all(|pair| *pair == [true, false])))
}
