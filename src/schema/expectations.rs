use super::*;
use crate::calendar::Date;
use crate::{choice, section};

section! {
    /// What each side expects of the other. Both columns matter: most trouble starts in the one that was
    /// never written.
    Expectations {
        /// What we expect of the vendor.
        of_vendor: List<Expectation>, Vendor, FromOnboarding, "[{topic: success, text: Callers reach a person}]";
        /// What the vendor may expect of us.
        of_client: List<Expectation>, Vendor, FromOnboarding, "[Send diary changes by 17:00]";
    }
}

section! {
    /// One expectation. A bare value is its text.
    Expectation, main "text" {
        /// What it is about. Default: general.
        topic: Topic, Vendor, Advised, "timeframe";
        /// The expectation, in one sentence.
        text: String, Vendor, Required, "Monthly report";
        /// How anyone can tell whether it was met.
        measure: String, Vendor, Advised, "by the 3rd business day";
        /// The day by which it is due.
        due: Date, Vendor, Optional, "2026-02-01";
        /// What is forgiven in the early days.
        leeway: String, Vendor, Optional, "5 fixes until April";
        /// The need of a service that it meets, word for word.
        provides: NeedRef, Vendor, Optional, "analytics access";
        /// The day on which both sides agreed on it.
        agreed: Date, Vendor, Advised, "2026-01-14";
        /// False where you already doubt it.
        realistic: bool, Client, Optional, "true";
        /// The day on which it was met, where it is met once.
        done: Date, Vendor, Optional, "2026-01-13";
    }
}

choice! {
    /// What an expectation is about.
    Topic {
        /// By when.
        Timeframe = "timeframe",
        /// How exact.
        Accuracy = "accuracy",
        /// In which form it arrives.
        Delivery = "delivery",
        /// What it looks and feels like when it works.
        Success = "success",
        /// How you talk.
        Communication = "communication",
        /// What is provided.
        Resources = "resources",
        /// What can be reached.
        Access = "access",
        /// What may be spent.
        Budget = "budget",
        /// How quickly and how plainly you answer.
        Feedback = "feedback",
        /// Who decides, and by when.
        Decisions = "decisions",
        /// Anything else.
        General = "general",
    }
}
