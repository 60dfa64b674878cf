use super::*;
use crate::calendar::{Date, zone::Time};
use crate::{choice, section};

section! {
    /// How it ends. `exit: {template: standard}` is enough to begin with; dates come when the day comes.
    Exit, main "template" {
        /// Why it ends.
        reason: ExitReason, Client, FromExiting, "needs_changed";
        /// What is not working, and where, before anyone decides.
        clarity: Box<Clarity>, Client, Optional, "{what: Scope, where: Not performance, our_part: We told them late}";
        /// The day it was decided.
        decided: Date, Client, FromExiting, "2026-11-16";
        /// Who decided: a contact's id or a name.
        decided_by: Person, Client, FromExiting, "dana";
        /// What has to be protected.
        protect: List<Item<String>>, Client, Optional, "[search rankings]";
        /// What would make you leave.
        triggers: List<Item<String>>, Client, Optional, "[two missed quarters]";
        /// The last day, inclusive. Every date of the checklist is counted from it.
        termination_date: Date, Vendor, FromExiting, "2027-01-11";
        /// The day notice was given.
        notice_given: Date, Vendor, Optional, "2026-11-30";
        /// Which side gave it. Default: client.
        notice_by: Side, Vendor, Optional, "client";
        /// The day from which the vendor may know.
        announced: Date, Client, Optional, "2026-11-30";
        /// The list of steps to begin with. Default: standard.
        template: ExitTemplate, Client, Optional, "standard";
        /// The day the exit plan was last tried out.
        tested: Date, Client, WhenCritical, "2026-05-20";
        /// When access closes on the last day.
        access_off: Box<AccessOff>, Vendor, Optional, "{time: \"17:00\", timezone: Europe/London}";
        /// The meeting in which you say it.
        meeting: Box<Meeting>, Client, Optional, "{date: 2026-11-30, time: \"10:00\"}";
        /// Your own steps, and what became of the template's, merged by id.
        steps: List<Step>, Vendor, Optional, "[{id: P1, done: 2026-11-09}]";
        /// How the work goes on meanwhile.
        continuity: String, Client, Optional, "Sam covers requests for two weeks";
        /// Who else could do it.
        alternatives: List<Item<String>>, Client, WhenCritical, "[Tidewell Studio]";
        /// What is kept after the end.
        retention: List<Retention>, Client, Optional, "[{what: Invoices, keep: 6y}]";
        /// The last invoice.
        final_invoice: Box<FinalInvoice>, Client, Optional, "{due: 2027-01-25, amount: GBP 900}";
    }
}

choice! {
    /// Why a relationship ends.
    ExitReason {
        /// The contract is not renewed.
        NotRenewed = "not_renewed",
        /// Our business changed.
        BusinessChange = "business_change",
        /// Our needs changed.
        NeedsChanged = "needs_changed",
        /// The vendor no longer offers it.
        ServiceDiscontinued = "service_discontinued",
        /// Our own people take over.
        InHouse = "in_house",
        /// The work was not good enough.
        Performance = "performance",
        /// The contract was broken.
        Breach = "breach",
        /// Security was at risk.
        Security = "security",
        /// A regulator asked for it.
        Regulator = "regulator",
        /// The vendor ended it.
        VendorLeft = "vendor_left",
        /// Both agreed.
        Mutual = "mutual",
        /// Something else.
        Other = "other",
    }
}

section! {
    /// What is not working, written down before anyone decides.
    Clarity, main "what" {
        /// What is not working.
        what: String, Client, Advised, "We need SEO and social in one pair of hands";
        /// Where it breaks down.
        location as "where": String, Client, Advised, "Scope rather than performance";
        /// Your own part in it.
        our_part: String, Client, Advised, "We told them about the new need late";
    }
}

choice! {
    /// The list of steps an exit begins with.
    ExitTemplate {
        /// Every step most endings need.
        Standard = "standard",
        /// Fourteen steps, for small and friendly endings.
        Light = "light",
        /// Standard, and what a regulator expects.
        Regulated = "regulated",
        /// No steps but your own and those made from the facts.
        None = "none",
    }
}

section! {
    /// The meeting in which you say it. Never leaves the house.
    Meeting {
        /// The day.
        date: Date, Client, Advised, "2026-11-30";
        /// The hour.
        time: Time, Client, Optional, "\"10:00\"";
        /// Whose clock.
        timezone: Zone, Client, Optional, "Europe/London";
        /// Where.
        place: String, Client, Optional, "Video call";
        /// Who takes part.
        attendees: List<Item<Person>>, Client, Optional, "[dana, priya, marco]";
        /// The tone.
        tone: Tone, Client, Optional, "warm";
        /// The decision, in at most 40 words. Say it once.
        key_message: String, Client, Advised, "We will not renew when the term ends. Thank you for a year of good work.";
        /// What was good, said first.
        positive: String, Client, Advised, "The outreach opened doors.";
        /// Examples that help them, if they ask. Three at most.
        if_asked: List<Item<String>>, Client, Optional, "[Offer a bundle with social media]";
        /// What has no place in this room.
        do_not_discuss: List<Item<String>>, Client, Optional, "[who was at fault]";
        /// What you ask for.
        asks: List<Item<String>>, Client, Optional, "[The contact list as CSV]";
        /// What you can offer.
        offers: List<Item<String>>, Client, Optional, "[A testimonial]";
    }
}

choice! {
    /// The tone of the meeting.
    Tone {
        /// Warm.
        Warm = "warm",
        /// Neutral.
        Neutral = "neutral",
        /// Formal.
        Formal = "formal",
    }
}

section! {
    /// A step of the way out: one of your own, or what became of one of the template's.
    Step, id id {
        /// Its id. The template's id changes that step; any other adds one.
        id: StepId, Vendor, Required, "P1";
        /// What is done.
        title: String, Vendor, Advised, "Tell the warehouse";
        /// The phase it belongs to.
        phase: StepPhase, Vendor, Optional, "handover";
        /// When: an offset from the anchor, or a date, which never moves.
        when: When, Vendor, Advised, "-10bd";
        /// What the offset is counted from. Default: termination.
        anchor: Anchor, Vendor, Optional, "termination";
        /// Which way it moves off a closed day. Default: back when counted back, else forward.
        roll: RollTo, Vendor, Optional, "previous";
        /// Which side does it.
        side: StepSide, Vendor, Optional, "client";
        /// Who answers for it: a contact's id or a name.
        owner: Person, Vendor, Optional, "sam";
        /// Who helps.
        with: List<Item<Person>>, Vendor, Optional, "[lee]";
        /// What proves that it is done.
        evidence: String, Vendor, Optional, "signed receipt";
        /// Steps that come first.
        depends_on: List<Item<StepRef>>, Vendor, Optional, "[P5]";
        /// The day it was done.
        done: Date, Vendor, Optional, "2026-11-09";
        /// Who did it.
        done_by: Person, Vendor, Optional, "dana";
        /// Why it is left out.
        skip: String, Client, Optional, "nothing to put right";
    }
}

choice! {
    /// A phase of the way out, in order.
    StepPhase {
        /// Getting ready, quietly.
        Prepare = "prepare",
        /// Saying it.
        Notice = "notice",
        /// Passing on what they know.
        Knowledge = "knowledge",
        /// Passing on what they made and hold.
        Handover = "handover",
        /// Closing doors.
        Access = "access",
        /// Settling what is open.
        Close = "close",
        /// Parting well.
        Goodwill = "goodwill",
    }
}

choice! {
    /// The day a step is counted from.
    Anchor {
        /// The last day.
        Termination = "termination",
        /// The day of notice.
        Notice = "notice",
        /// The day of the meeting.
        Meeting = "meeting",
        /// The day of the decision.
        Decision = "decision",
        /// The successor's first day.
        Successor = "successor",
        /// The day of the final invoice.
        Invoice = "invoice",
    }
}

choice! {
    /// Which way a date moves off a closed day.
    RollTo {
        /// To the open day before.
        Previous = "previous",
        /// To the next open day.
        Next = "next",
        /// It stays.
        None = "none",
    }
}

choice! {
    /// Which side does a step.
    StepSide {
        /// Ours.
        Client = "client",
        /// The vendor's.
        Vendor = "vendor",
        /// Both.
        Both = "both",
    }
}

section! {
    /// Something that is kept after the end.
    Retention, main "what" {
        /// What is kept.
        what: String, Client, Advised, "Invoices";
        /// Where.
        location as "where": String, Client, Optional, "finance archive";
        /// How long after the last day.
        keep: Days, Client, Advised, "6y";
        /// Until which day, where that is known.
        until: Date, Client, Optional, "2033-01-11";
    }
}

section! {
    /// The last invoice.
    FinalInvoice, main "due" {
        /// The day it is due to arrive.
        due: Date, Client, Optional, "2027-01-25";
        /// Its amount.
        amount: Money, Client, Optional, "GBP 900";
    }
}

section! {
    /// Something you do to part on good terms.
    Goodwill {
        /// What it is.
        kind: GoodwillKind, Client, Advised, "thank_you";
        /// When: an offset from the last day, or a date.
        when: When, Client, Optional, "+2d";
        /// What it says.
        text: String, Client, Optional, "Thank you for a year of good work";
        /// What it costs.
        amount: Money, Client, Optional, "GBP 200";
        /// Who approved it.
        approved_by: Person, Client, Optional, "dana";
        /// The day it was done.
        done: Date, Client, Optional, "2027-01-13";
    }
}

choice! {
    /// What you do to part on good terms.
    GoodwillKind {
        /// Say thank you.
        ThankYou = "thank_you",
        /// Pay a bonus.
        Bonus = "bonus",
        /// Write a testimonial.
        Testimonial = "testimonial",
        /// Recommend them.
        Referral = "referral",
        /// Stay in touch.
        KeepInTouch = "keep_in_touch",
    }
}
