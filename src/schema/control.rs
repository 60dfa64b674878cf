use super::*;
use crate::{choice, section};

section! {
    /// Who decides what. You hold the goals; their way of working is theirs.
    Control {
        /// Decisions, and who takes them.
        decisions: List<Decision>, Vendor, Advised, "[{what: How outreach is run, kind: method, decides: vendor}]";
        /// Where we keep our hands off while they work.
        hands_off: OneOrMany<Item<String>>, Client, Optional, "[We do not answer in their threads]";
        /// What is good enough.
        good_enough: String, Client, Optional, "Correct and on brand beats worded my way.";
        /// What holds once the work is handed back.
        hand_back: String, Client, Optional, "After hand-back we may change anything.";
    }
}

section! {
    /// One kind of decision.
    Decision, main "what" {
        /// What is decided.
        what: String, Vendor, Advised, "Which keywords to target";
        /// What kind of decision it is.
        kind: DecisionKind, Vendor, Advised, "outcome";
        /// Who decides.
        decides: Decides, Vendor, Advised, "joint";
        /// Who is asked first.
        consulted: List<Item<Person>>, Vendor, Optional, "[marco]";
        /// Who is told afterwards.
        informed: List<Item<Person>>, Vendor, Optional, "[lee]";
    }
}

choice! {
    /// What kind of decision it is.
    DecisionKind {
        /// What is to be reached.
        Outcome = "outcome",
        /// How the work is done.
        Method = "method",
        /// What is spent.
        Spend = "spend",
        /// How it looks and sounds.
        Brand = "brand",
        /// Who can reach what.
        Access = "access",
    }
}

choice! {
    /// Who decides.
    Decides {
        /// Our side.
        Client = "client",
        /// The vendor.
        Vendor = "vendor",
        /// Both together.
        Joint = "joint",
    }
}
