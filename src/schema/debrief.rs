use super::*;
use crate::calendar::Date;
use crate::{choice, section};

section! {
    /// What you learnt. Facts and examples, no labels for people.
    Debrief, main "work_summary" {
        /// The day it was written.
        date: Date, Client, WhenEnded, "2026-10-07";
        /// What was done, in a form the next one can use.
        work_summary: String, Client, WhenEnded, "Twelve monthly reports, 40 pages reworked";
        /// What worked.
        worked: List<Item<String>>, Client, Optional, "[quick answers]";
        /// What did not.
        did_not: List<Item<String>>, Client, Optional, "[late briefs]";
        /// What was behind it.
        causes: List<DebriefCause>, Client, Optional, "[expectations]";
        /// Your own part.
        our_part: String, Client, Optional, "Briefs came too late";
        /// What you do differently next time.
        lessons: List<Item<String>>, Vendor, WhenEnded, "[Brief two weeks ahead]";
        /// What the next one should know.
        for_successor: List<Item<String>>, Client, Optional, "[The style guide is on the drive]";
        /// Whether you would work together again.
        would_reengage: Reengage, Client, WhenEnded, "yes";
        /// On which conditions.
        conditions: String, Client, Optional, "With a longer lead time";
        /// Introductions and people to stay in touch with.
        network: String, Client, Optional, "Introduced us to a print shop";
    }
}

choice! {
    /// What was behind it.
    DebriefCause {
        /// Something was expected and never said.
        Expectations = "expectations",
        /// Too little was said.
        Communication = "communication",
        /// Too much or too little was held on to.
        Control = "control",
        /// The business changed.
        Change = "change",
    }
}

choice! {
    /// Whether you would work together again.
    Reengage {
        /// Yes.
        Yes = "yes",
        /// On conditions.
        Maybe = "maybe",
        /// No.
        No = "no",
    }
}
