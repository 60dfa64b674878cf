//! Waivers: what a playbook's `allow` holds back, and what is the matter with the waivers themselves.

use super::words::{day, nearest_code};
use super::{all_codes, find};
use crate::calendar::Date;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Findings, Severity, codes, quoted};
use crate::library::Vendor;

/// Moves waived findings out of a vendor's list and hands them back, and adds what is to be said about its waivers.
pub fn apply(vendor: &Vendor, findings: &mut Vec<Diagnostic>, config: &Config, as_of: Date) -> Vec<Diagnostic> {
    if vendor.playbook.allow.items().is_empty() {
        return Vec::new();
    }
    let mut found = Findings::new(&vendor.file);
    let mut waived = Vec::new();
    // A value that cannot be read may hide what a waiver is for.
    let is_sure =
        findings.iter().all(|finding| finding.severity != Severity::Error || super::RULES.iter().any(|rule| rule.code == *finding.code));
    for (n, allow) in vendor.playbook.allow.items().iter().enumerate() {
        let Some((word, at)) = allow.rule.given_at() else { continue };
        let field = format!("allow[{n}]");
        let code = match find(word) {
            None => {
                let near = nearest_code(word, all_codes().iter().map(|code| code.id));
                let help = near.map_or("`partwell explain` lists all codes.".to_owned(), |near| format!("Did you mean `{near}`?"));
                found
                    .add(&codes::ALW001, at, format!("No rule has the code {}, so nothing is waived.", quoted(word)))
                    .help(help)
                    .field(field);
                continue;
            }
            Some(code) if !can_be_waived(code) => {
                let message = format!("{} cannot be waived: while it stands, the handbook may be unreadable or unsafe.", code.id);
                found.add(&codes::ALW001, at, message).help("Settle that finding, and take this waiver out.").field(field);
                continue;
            }
            Some(code) => code,
        };
        if let Some((until, at)) = allow.until.given_at().filter(|(until, _)| **until < as_of) {
            let message = format!("The waiver of {} ended on {}, so its findings are shown again.", code.id, day(*until));
            let is_needed = findings.iter().any(|finding| finding.code == code);
            let help = if is_needed {
                "Decide again: put it right, or write a later `until`."
            } else {
                "It has no finding any more: take the waiver out."
            };
            found.add(&codes::ALW002, at, message).help(help).field(format!("{field}.until"));
            continue;
        }
        // Without a readable reason and end, a waiver holds nothing back.
        if allow.reason.text().is_none() || allow.until.is_broken() {
            continue;
        }
        let before = findings.len();
        let (held, kept): (Vec<Diagnostic>, Vec<Diagnostic>) =
            std::mem::take(findings).into_iter().partition(|finding| finding.code == code && !finding.blocking);
        *findings = kept;
        let is_off = config.severity(code.id, code.severity).is_none();
        let is_twice = waived.iter().any(|finding: &Diagnostic| finding.code == code);
        if findings.len() == before && is_sure && !is_off && !is_twice {
            let message = format!("{} finds nothing in this playbook, so this waiver does nothing.", code.id);
            found.add(&codes::ALW003, at, message).help("Take it out, so that it cannot hide a new finding.").field(field);
        }
        waived.extend(held);
    }
    findings.extend(found.into_list().into_iter().map(|finding| Diagnostic { vendor: Some(vendor.slug.clone()), ..finding }));
    waived
}

/// Advice can be waived. What keeps a playbook readable, a secret in or a site whole cannot.
fn can_be_waived(code: &Code) -> bool {
    let is_shape = ["STR", "ALW", "AUD", "CFG", "FIL", "THM"].iter().any(|family| code.id.starts_with(family));
    !code.blocking && !is_shape
}
