//! Where a link leads, and why it leads nowhere.

use std::borrow::Cow;
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use super::{Nearby, Routes, encode, find, relative, slugs_of};
use crate::diagnostic::{Code, Diagnostic, FileId, Findings, codes, quoted};
use crate::markdown::{Link, Outline};
use crate::source::is_left_out;

/// Where a link leads, as it is written into a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Href {
    /// Another page or a place in this one, relative to the page it stands in.
    Page(String),
    /// A file that is copied into the site: its path below `content/`, and the relative address.
    Asset { name: String, href: String },
    /// Somewhere else.
    Outside(String),
}

impl Href {
    pub fn address(&self) -> &str {
        match self {
            Href::Page(href) | Href::Outside(href) | Href::Asset { href, .. } => href,
        }
    }
}

/// Why a link leads nowhere.
#[derive(Debug)]
pub struct Fault {
    pub code: &'static Code,
    pub message: String,
    pub help: String,
    /// True where it only follows from a playbook that cannot be read, which has findings of its own.
    pub follows: bool,
    /// The source file that is not there. What may have been meant is looked for only where it is told.
    missing: Option<String>,
}

impl Fault {
    fn new(code: &'static Code, message: String, help: impl Into<String>) -> Fault {
        Fault { code, message, help: help.into(), follows: false, missing: None }
    }
}

impl Routes {
    /// Where a link in a source file, on its way into a page, leads.
    /// A picture is shown only where it is a file of the handbook: pages load nothing from the network.
    pub fn resolve(&self, file: &str, page: &str, target: &str, is_picture: bool) -> Result<Href, Fault> {
        let href = self.lead(file, page, target)?;
        match &href {
            Href::Outside(address) if is_picture => Err(Fault::new(
                &codes::LNK006,
                format!("The picture at {} is not shown: pages load nothing from the network.", quoted(address)),
                "Put the file into `content/` and name it here, or write a link: without the `!`.",
            )),
            Href::Page(_) if is_picture => Err(Fault::new(
                &codes::LNK006,
                format!("{} is a page, and is not shown as a picture.", quoted(target)),
                "Name a picture, or write a link: without the `!`.",
            )),
            _ => Ok(href),
        }
    }

    fn lead(&self, file: &str, page: &str, target: &str) -> Result<Href, Fault> {
        let is_left_out = |c: char| matches!(c, '\t' | '\n' | '\r');
        let target = if target.contains(is_left_out) { Cow::Owned(target.replace(is_left_out, "")) } else { Cow::Borrowed(target) };
        let target = target.trim_matches(|c: char| c.is_whitespace() || c.is_control());
        if let Some(outside) = scheme(target)? {
            return Ok(Href::Outside(outside));
        }
        let (path, fragment) = target.split_once('#').map_or((target, None), |(path, fragment)| (path, Some(fragment)));
        let path = path.split('?').next().unwrap_or(path);
        let decoded = percent_decode_str(path).decode_utf8_lossy();
        let to = if decoded.is_empty() { page.to_owned() } else { self.target_page(file, page, &decoded)? };
        if let Some(name) = to.strip_prefix("asset:") {
            return Ok(Href::Asset { name: name.to_owned(), href: encode(&relative(page, name)) });
        }
        let mut href = if to == page { String::new() } else { encode(&relative(page, &to)) };
        if let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty()) {
            let fragment = percent_decode_str(fragment).decode_utf8_lossy();
            self.check_anchor(&to, &fragment)?;
            href.push('#');
            href.push_str(&encode(&fragment));
        } else if href.is_empty() {
            href.push_str(page.rsplit('/').next().unwrap_or(page));
        }
        Ok(Href::Page(href))
    }

    /// The page or asset a path leads to: a source file, a file beside it, or a page Partwell makes.
    fn target_page(&self, file: &str, page: &str, path: &str) -> Result<String, Fault> {
        let (base, rest) = match path.strip_prefix('/') {
            Some(rest) => ("content/", rest),
            None => (&file[..file.rfind('/').map_or(0, |n| n + 1)], path),
        };
        let Some(source) = join(base, rest).filter(|source| source.starts_with("content/") || source == "content") else {
            return Err(Fault::new(
                &codes::FIL004,
                format!("{} leads out of `content/`, which is all that a handbook is made from.", quoted(path)),
                "Copy the file into `content/` and link it there.",
            ));
        };
        if let Some(there) = self.there(&source) {
            return Ok(there);
        }
        let from_page = &page[..page.rfind('/').map_or(0, |n| n + 1)];
        let made = join(from_page, rest.trim_start_matches('/')).unwrap_or_default();
        if self.places(&made).is_some() {
            return Ok(made);
        }
        if let Some(real) = self.unfolded(&source) {
            // Accents may be written in two ways that look the same, and disks do not agree on one.
            if let Some(there) = self.there(real).filter(|_| real.nfc().eq(source.nfc())) {
                return Ok(there);
            }
            return Err(Fault::new(
                &codes::LNK004,
                format!("{} differs in upper and lower case from the file `{real}`.", quoted(path)),
                "Write it exactly as the file is named.",
            ));
        }
        if source.split('/').any(|part| is_left_out(part.as_ref())) {
            return Err(Fault::new(
                &codes::LNK001,
                format!("{} leads to `{source}`, which is never copied: it is named like a hidden file, a backup or a key.", quoted(path)),
                "If it may be seen, give it another name.",
            ));
        }
        let fault = Fault::new(
            &codes::LNK001,
            format!("{} leads to `{source}`, and there is no such file.", quoted(path)),
            "Links go by file path, from the file they stand in.",
        );
        // Which sheets a vendor has hangs on its status.
        let follows = slugs_of(&made).filter_map(|slug| find(&self.vendors, slug)).any(|vendor| vendor.status().is_none());
        Err(Fault { follows, missing: Some(source), ..fault })
    }

    /// The page or copied file that a source becomes.
    fn there(&self, source: &str) -> Option<String> {
        let name = source.trim_start_matches("content/");
        self.page_of(source).or_else(|| self.assets.contains(name).then(|| format!("asset:{name}")))
    }

    /// Every link of a body that leads nowhere.
    pub fn check(&self, file: &FileId, page: &str, outline: &Outline) -> Arc<[Diagnostic]> {
        let mut findings = Findings::new(file);
        for Link { target, at, is_image } in &outline.links {
            if let Err(fault) = self.resolve(file, page, target, *is_image)
                && !fault.follows
            {
                let nearby = || self.nearby.get_or_init(|| Nearby::of(self.sources.keys()));
                let near = fault.missing.as_ref().and_then(|missing| nearby().find(missing));
                let help = near.map_or(fault.help, |near| format!("Did you mean `{near}`?"));
                findings.add(fault.code, *at, fault.message).help(help);
            }
        }
        findings.into_list().into()
    }

    fn check_anchor(&self, page: &str, fragment: &str) -> Result<(), Fault> {
        let Some(anchors) = self.places(page) else {
            return Ok(());
        };
        if anchors.iter().any(|known| known == fragment) {
            return Ok(());
        }
        let near = crate::schema::nearest(fragment, anchors.iter().map(String::as_str));
        let list = anchors.iter().take(8).cloned().collect::<Vec<_>>().join(", ");
        let help = match near {
            Some(near) => format!("Did you mean `#{near}`?"),
            None if list.is_empty() => "Link to the page without a place in it.".to_owned(),
            None => format!("Places there: {list}."),
        };
        Err(Fault::new(&codes::LNK002, format!("The page `{page}` has no place called {}.", quoted(fragment)), help))
    }
}

/// Joins a folder and a relative path; nothing where it climbs above the root.
fn join(base: &str, path: &str) -> Option<String> {
    let mut joined = String::with_capacity(base.len() + path.len());
    joined.push_str(base.trim_end_matches('/'));
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if joined.is_empty() => return None,
            ".." => joined.truncate(joined.rfind('/').unwrap_or(0)),
            part => {
                if !joined.is_empty() {
                    joined.push('/');
                }
                joined.push_str(part);
            }
        }
    }
    Some(joined)
}

/// An address outside the site, as it is, if its scheme is one of the harmless four.
fn scheme(target: &str) -> Result<Option<String>, Fault> {
    let refused = |what: String| Fault::new(&codes::LNK003, what, "Use a relative path, or https, http, mailto or tel.");
    if target.starts_with("//") {
        return Err(refused(format!("{} leads to another site and does not say https or http.", quoted(target))));
    }
    let Some((scheme, _)) = target.split_once(':').filter(|(scheme, _)| is_scheme(scheme)) else {
        return Ok(None);
    };
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" | "mailto" | "tel" => Ok(Some(target.to_owned())),
        other => Err(refused(format!("A link with `{other}:` is not made; its text is shown."))),
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'.' | b'-'))
}
