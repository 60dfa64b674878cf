//! Every code a finding can carry, with its manual page. A code is permanent: it is never given a new meaning.

use super::Severity;

/// The identity of a kind of finding. `docs` is Markdown: what it looks for, why it matters, what to do.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    pub id: &'static str,
    /// Reads as "allow ...".
    pub name: &'static str,
    pub severity: Severity,
    /// True where nothing is published while such a finding stands.
    pub blocking: bool,
    pub docs: &'static str,
}

macro_rules! codes {
    ($( $(#[doc = $doc:literal])+ $id:ident $name:literal $severity:ident $($blocking:ident)? ; )+) => {
        $(
            $(#[doc = $doc])+
            pub static $id: Code = Code {
                id: stringify!($id),
                name: $name,
                severity: Severity::$severity,
                blocking: codes!(@blocking $($blocking)?),
                docs: concat!($($doc, "\n"),+),
            };
        )+
        /// All codes, sorted by id.
        pub static CODES: &[&Code] = &[$(&$id),+];
    };
    (@blocking) => { false };
    (@blocking blocking) => { true };
}

codes! {
    /// An audience mark that is not one of `internal`, `client`, `vendor`.
    ///
    /// A misspelt mark is never read as "everybody". Nothing is published until it is put right.
    AUD001 "audience-unknown" Error blocking;
    /// A part of a body opened with `::: internal` and never closed with `:::`.
    AUD002 "audience-block-open" Error blocking;
    /// A part of a body marked for more people than the part around it. Nesting only narrows.
    AUD003 "audience-widened" Error blocking;

    /// The configuration file is missing, or it is not readable as YAML.
    ///
    /// `handbook.yaml` stands at the root of the project and needs one line: `title: Vendor handbook`.
    CFG001 "configuration-unreadable" Error;
    /// A key of the configuration that has to be there is missing.
    CFG002 "configuration-key-missing" Error;
    /// A key of the configuration that Partwell does not know.
    ///
    /// A misspelt key would be ignored silently, and the handbook would be wrong in a place nobody looks at.
    CFG003 "configuration-key-unknown" Error;
    /// A value of the configuration that does not fit its key.
    CFG004 "configuration-value" Error;
    /// A date of the configuration that is not a day of the calendar.
    CFG005 "configuration-date" Error;
    /// A duration of the configuration without a clear unit.
    CFG006 "configuration-duration" Error;
    /// The configuration refers to something that does not exist, such as a holiday calendar or a theme.
    CFG008 "configuration-reference" Error;
    /// A year in use for which a holiday calendar names no day.
    ///
    /// Business days in that year are counted by weekends alone, so a date may be a day too late. Partwell
    /// says so instead of guessing. Add that year's holidays to `holidays` in `handbook.yaml`.
    CFG009 "holidays-missing-for-year" Info;

    /// A file that is not UTF-8 text.
    ///
    /// Save it as UTF-8: in most editors, "Save with encoding".
    FIL001 "file-not-utf-8" Error;
    /// A file name that cannot stand on every disk: reserved words of Windows, trailing spaces or dots,
    /// characters such as `:`, names that are too long, or a name without any letter or digit.
    FIL002 "file-name-not-portable" Error blocking;
    /// Two sources that would be written to one path. Rename one of them.
    FIL003 "two-sources-for-one-path" Error blocking;
    /// A link, image or symbolic link that leaves the project. Copy the file into `content/` instead.
    FIL004 "path-leaves-project" Error blocking;
    /// A file that is not an ordinary file (a pipe, a device, a folder named like a page). It is not opened.
    FIL005 "not-a-file" Error;
    /// A control character or one that changes the direction of text, in the front matter.
    ///
    /// Such a character can make a line read differently from what it says.
    FIL006 "deceptive-character" Error;
    /// A NUL character in a body. It is shown as a replacement sign.
    FIL007 "nul-in-body" Warning;
    /// A file larger than Partwell reads: 1 MiB of front matter, 16 MiB in all.
    FIL008 "file-too-large" Error;

    /// A link to a page or file that is not there.
    ///
    /// Links go by file path, from the file they stand in: `[Parcelway](parcelway.md)`.
    LNK001 "link-target-missing" Error;
    /// A link to a heading that the page does not have. Every page's headings are listed in the help.
    LNK002 "link-anchor-missing" Error;
    /// A link or image that is neither relative nor one of `https`, `http`, `mailto`, `tel`.
    ///
    /// Other schemes can run programs on the reader's machine. The link is shown as plain text.
    LNK003 "link-scheme-refused" Warning;
    /// A link whose path differs from the file's name only in upper and lower case.
    ///
    /// It works on some disks and breaks on others, and on the web.
    LNK004 "link-differs-in-case" Error;
    /// A page names a field, finding or sheet in `about` that does not exist.
    LNK005 "about-unknown" Error;

    /// The front matter cannot be read: no `---` on the first line, a slip in the YAML, or a key written twice.
    ///
    /// Quote values that contain `: ` or ` #` or begin with a special sign, and indent with spaces, not tabs.
    /// Where one part is broken, the other parts are still read.
    STR001 "front-matter-unreadable" Error;
    /// A field that every playbook needs is missing: `title`, `vendor`, `status`, `owner`, and the main
    /// field of each item in a list.
    STR002 "required-field-missing" Error;
    /// A key that is not part of the schema.
    ///
    /// A misspelt key would lose what you wrote. Keys that begin with `x-` are yours and are never touched.
    STR003 "unknown-field" Error;
    /// A value of the wrong kind, an unknown choice, a number out of range, or nothing at all.
    ///
    /// A value that begins with `#` is a comment to YAML: put it in quotes.
    STR004 "bad-value" Error;
    /// A date that is not written `YYYY-MM-DD`, or a day that does not exist.
    STR005 "bad-date" Error;
    /// A length of time without a clear unit. `m` could mean minutes or months, so neither is guessed.
    STR006 "bad-duration" Error;
    /// The same id twice in a list, or two playbooks with one page name.
    ///
    /// Items without an `id` get one from their name; two items of the same name need an `id` each.
    STR007 "duplicate-id" Error;
    /// A reference to a person, step, service, access or playbook that is not there.
    ///
    /// A word of small letters, digits and hyphens is read as an id. A person's name, `Dana Reyes`, is
    /// fine as it is.
    STR008 "unknown-reference" Error;
    /// Something that looks like a password, key, token or card number.
    ///
    /// Playbooks are copied, printed and sent. Remove it, change it at its source, and write down only where
    /// it is kept. It is never repeated in any output.
    STR009 "secret-in-playbook" Error blocking;

    /// A template of your theme that cannot be read. The built-in theme stands in for it.
    THM001 "theme-template" Error;
}

/// Looks a code up by its id, without regard to case.
pub fn find(id: &str) -> Option<&'static Code> {
    CODES.iter().find(|code| code.id.eq_ignore_ascii_case(id)).copied()
}
