use super::*;
use crate::{choice, section};

section! {
    /// The front matter of a page of your own. All of it may be left out.
    PageMatter {
        /// The heading. Default: the first heading of the text.
        title: String, Internal, Optional, "How we work";
        /// One sentence for lists of pages.
        summary: String, Internal, Optional, "Who does what around here.";
        /// Its place among its neighbours; smaller comes first.
        order: u32, Internal, Optional, "10";
        /// Fields, findings and sheets the page is about; their own pages then link here.
        about: List<Item<String>>, Internal, Optional, "[contract.notice, STR005, checklist]";
        /// Earlier addresses of the page, which then lead here.
        aliases: List<Item<String>>, Internal, Optional, "[how.html]";
        /// Something Partwell makes, to stand below the text.
        shows: Generated, Internal, Optional, "fields";
    }
}

choice! {
    /// Something Partwell makes for a page.
    Generated {
        /// The reference of all fields.
        Fields = "fields",
        /// The reference of all findings. Their codes then have pages too, and each finding links to its own.
        Findings = "findings",
        /// The reference of what `handbook.yaml` and the pages of your own can say.
        Settings = "settings",
    }
}
