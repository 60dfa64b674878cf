use super::*;
use crate::calendar::Date;
use crate::{choice, section};

section! {
    /// Something the vendor makes for you.
    Deliverable, main "name", id name {
        /// Id to refer to it by. Made from the name where it is left out.
        id: Id, Vendor, Optional, "reports";
        /// What it is.
        name: String, Vendor, Required, "Monthly report";
        /// The format in which it is handed over. Agree on it now, not at the end.
        format: String, Vendor, Advised, "PDF";
        /// Where it is.
        location: String, Vendor, Optional, "shared drive/reports";
        /// How often it comes.
        frequency: String, Vendor, Optional, "monthly";
        /// The day it is due.
        due: Date, Vendor, Optional, "2026-12-01";
        /// Who owns the rights in it.
        owner_of_rights: RightsOwner, Vendor, Advised, "client";
        /// How it is accepted.
        acceptance: Box<Acceptance>, Vendor, Advised, "{criteria: opens and has 5 columns, within: 5bd}";
        /// Where it stands.
        state: DeliverableState, Vendor, Optional, "in_progress";
        /// How it comes over at the end.
        handover: Box<Handover>, Vendor, Optional, "{due: 2027-01-04, to: sam}";
        /// Accesses that are needed to hand it over.
        access: List<Item<AccessRef>>, Vendor, Optional, "[shop]";
    }
}

choice! {
    /// Who owns the rights in a deliverable.
    RightsOwner {
        /// Us.
        Client = "client",
        /// The vendor.
        Vendor = "vendor",
        /// Both.
        Joint = "joint",
        /// The vendor, with a licence for us.
        Licence = "licence",
    }
}

choice! {
    /// Where a deliverable stands.
    DeliverableState {
        /// Not begun.
        Planned = "planned",
        /// Being made.
        InProgress = "in_progress",
        /// Handed over.
        Delivered = "delivered",
        /// Handed over, checked and accepted.
        Accepted = "accepted",
    }
}

section! {
    /// How a deliverable is accepted.
    Acceptance, main "criteria", say acceptance_words {
        /// What it has to satisfy.
        criteria: String, Vendor, Advised, "opens and has 5 agreed columns";
        /// How soon you say so.
        within: Days, Vendor, Optional, "5bd";
    }
}

section! {
    /// How a deliverable comes over at the end.
    Handover, main "due", say handover_words {
        /// The day it is due. A date, so it never moves.
        due: Date, Vendor, Optional, "2027-01-04";
        /// Who receives it.
        to: Person, Vendor, Optional, "sam";
        /// The day it was received.
        received: Date, Vendor, Optional, "2027-01-05";
    }
}

section! {
    /// Something that has to be learnt before the vendor leaves.
    KnowledgeTransfer, main "topic" {
        /// What it is about.
        topic: String, Client, Advised, "Outreach sequence";
        /// Who knows it.
        from: Person, Client, Advised, "marco";
        /// Who learns it.
        to: Person, Client, Advised, "sam";
        /// How.
        how: TransferHow, Client, Optional, "reverse_shadow";
        /// By when.
        due: Date, Client, Optional, "2027-01-04";
        /// The day on which the learner did it alone.
        verified: Date, Client, Optional, "2027-01-05";
    }
}

choice! {
    /// How knowledge is passed on.
    TransferHow {
        /// In writing.
        Document = "document",
        /// In a meeting.
        Session = "session",
        /// As a recording.
        Recording = "recording",
        /// The learner watches.
        Shadow = "shadow",
        /// The learner does it and is watched.
        ReverseShadow = "reverse_shadow",
    }
}

/// `opens and has 5 columns; within 5 business days`.
fn acceptance_words(acceptance: &Acceptance, _: &Names) -> Option<String> {
    let within = acceptance.within.copied().map(|days| format!("within {}", days.0.words()));
    let parts: Vec<String> = acceptance.criteria.text().map(str::to_owned).into_iter().chain(within).collect();
    (!parts.is_empty() && !acceptance.within.is_broken()).then(|| parts.join("; "))
}

/// `by Mon 4 Jan 2027, to Sam Osei; received Tue 5 Jan 2027`.
fn handover_words(handover: &Handover, names: &Names) -> Option<String> {
    let due = handover.due.copied().map(|day| format!("by {}", day.long()));
    let to = handover.to.get().map(|person| format!("to {}", names.person(&person.0)));
    let received = handover.received.copied().map(|day| format!("; received {}", day.long())).unwrap_or_default();
    let parts: Vec<String> = due.into_iter().chain(to).collect();
    let broken = handover.due.is_broken() || handover.received.is_broken();
    let silent = parts.is_empty() && received.is_empty();
    (!(broken || silent)).then(|| format!("{}{received}", parts.join(", ")).trim_start_matches("; ").to_owned())
}
