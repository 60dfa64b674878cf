//! Every code a stage can give a finding, with its manual page; the codes of rules stand with the rules. A
//! code is permanent: it is never given a new meaning.
//!
//! A manual page is Markdown: what it looks for, why it matters, an example that fires and the same put right.

use super::Severity;

/// The identity of a kind of finding.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    pub id: &'static str,
    /// Reads as "allow ...".
    pub name: &'static str,
    pub severity: Severity,
    /// True where nothing is published while such a finding stands.
    pub blocking: bool,
    /// The manual page.
    pub docs: &'static str,
}

/// Declares the codes of one family, sorted by id.
macro_rules! codes {
    ($( $(#[doc = $doc:literal])+ $id:ident $name:literal $severity:ident $($blocking:ident)? ; )+) => {
        $(
            $(#[doc = $doc])+
            pub static $id: super::Code = super::Code {
                id: stringify!($id),
                name: $name,
                severity: crate::diagnostic::Severity::$severity,
                blocking: codes!(@blocking $($blocking)?),
                docs: concat!($($doc, "\n"),+),
            };
        )+
        /// The codes of this family.
        pub(super) static FAMILY: &[&super::Code] = &[$(&$id),+];
    };
    (@blocking) => { false };
    (@blocking blocking) => { true };
}

/// One line a family, in the order of their codes.
macro_rules! families {
    ($($family:ident)+) => {
        $( mod $family; pub use $family::*; )+
        /// Every code of a stage, sorted by id.
        pub fn all() -> impl Iterator<Item = &'static Code> {
            [$($family::FAMILY),+].into_iter().flatten().copied()
        }
    };
}

families! {
    waivers
    audiences
    configuration
    files
    links
    structure
    themes
}

impl Code {
    /// What a family of codes is about.
    pub fn family(&self) -> &'static str {
        match &self.id[..3] {
            "ACC" => "Access",
            "ALW" => "Waivers",
            "AUD" => "Audience marks",
            "CFG" => "Configuration",
            "COM" => "Communication",
            "CON" => "Contract and notice",
            "DEL" => "Deliverables",
            "EXI" => "Exit",
            "EXP" => "Expectations",
            "FIL" => "Files",
            "LNK" => "Links",
            "NDA" => "Confidentiality",
            "POR" => "Across vendors",
            "REV" => "Reviews",
            "SLA" => "Service levels",
            "STR" => "Shape of a playbook",
            "THM" => "Theme",
            other => other,
        }
    }

    /// The manual page without the sign that a comment leaves before each line.
    pub fn manual(&self) -> String {
        self.docs.lines().map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect()
    }
}
