use super::*;
use crate::calendar::{Date, Duration};
use crate::{choice, section};

section! {
    /// How you talk to each other.
    Communication {
        /// Check-ins: weekly in the first weeks, at least monthly afterwards.
        cadence: List<Cadence>, Vendor, FromOnboarding, "[{phase: ramp_up, every: 1w}, {phase: steady, every: 1mo}]";
        /// Where you write to each other, and for what.
        channels: List<Channel>, Vendor, Optional, "[{name: \"#seo on Slack\", for: daily questions, reply_within: 4bh}]";
        /// The language you use.
        language: String, Vendor, Optional, "English";
        /// The zone in which times are meant.
        timezone: Zone, Vendor, Optional, "Europe/London";
        /// What is reported, how often.
        reporting: String, Vendor, Optional, "one page every Friday";
        /// Whom to call when something is stuck.
        escalation: List<EscalationLevel>, Vendor, Optional, "[{level: 1, who: priya, after: 2bd}]";
        /// How a complaint is handled.
        complaint: Complaint, Vendor, Optional, "{within: 5bd}";
        /// Changes in our business that the vendor needs to know about.
        business_changes: List<BusinessChange>, Vendor, Optional, "[{date: 2026-09-01, change: New product line, shared: 2026-09-03}]";
    }
}

section! {
    /// A regular meeting.
    Cadence {
        /// In which phase of the relationship.
        phase: Phase, Vendor, Advised, "steady";
        /// How often.
        every: Length, Vendor, Advised, "1mo";
        /// What it is.
        what: String, Vendor, Optional, "Monthly review";
        /// Who takes part.
        with: List<Item<Person>>, Vendor, Optional, "[dana, priya]";
        /// What is on the agenda.
        agenda: List<Item<String>>, Vendor, Optional, "[what changed, what went right]";
        /// Until when it is held.
        until: Date, Vendor, Optional, "2026-04-12";
    }
}

choice! {
    /// A phase of the relationship.
    Phase {
        /// The first weeks.
        RampUp = "ramp_up",
        /// Afterwards.
        Steady = "steady",
        /// The way out.
        Exit = "exit",
    }
}

section! {
    /// A place where you write to each other.
    Channel, main "name" {
        /// Its name.
        name: String, Vendor, Advised, "\"#seo on Slack\"";
        /// What it is for.
        purpose as "for": String, Vendor, Optional, "daily questions";
        /// How soon someone answers.
        reply_within: Duration, Vendor, Optional, "4bh";
    }
}

section! {
    /// One step up.
    EscalationLevel {
        /// Its number, from 1.
        level: u32, Vendor, Advised, "1";
        /// Who it is.
        who: Person, Vendor, Advised, "priya";
        /// After how long without an answer.
        after: Duration, Vendor, Optional, "2bd";
    }
}

section! {
    /// How a complaint is handled: those who manage, those who do the work and the owner sit down together.
    Complaint, main "within" {
        /// Who sits down. Default: account manager, practitioner and owner.
        attendees: List<Item<Person>>, Vendor, Optional, "[dana, priya, marco]";
        /// How soon. Default: 5bd.
        within: Days, Vendor, Optional, "5bd";
    }
}

section! {
    /// A change in our business.
    BusinessChange {
        /// When it happens.
        date: Date, Vendor, Required, "2026-09-01";
        /// What changes.
        change: String, Vendor, Advised, "Social media joins the brief";
        /// The day on which the vendor was told.
        shared: Date, Vendor, Advised, "2026-09-03";
    }
}
