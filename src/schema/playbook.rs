use super::*;
use crate::calendar::Date;
use crate::{choice, section};

section! {
    /// A playbook: everything two parties agreed, how they work together, and how they part. One file
    /// holds one contract; several contracts with one vendor are several playbooks.
    Playbook {
        /// The version of the schema. There is one so far: 1.
        schema: SchemaVersion, Vendor, Optional, "1";
        /// The heading of the page.
        title: String, Vendor, Required, "Northgate Telephone Answering";
        /// One sentence under the heading.
        summary: String, Client, Optional, "Answers the phone when the shop is closed.";
        /// Who the vendor is. A bare value is its name.
        vendor: Box<VendorCard>, Vendor, Required, "Northgate Answering Ltd";
        /// Who the client is, where it is not the client of the whole handbook.
        client: Box<ClientCard>, Vendor, Optional, "Harbor & Pine";
        /// Where the relationship stands.
        status: Status, Vendor, Required, "onboarding";
        /// How much hangs on the vendor. Default: operational.
        tier: Tier, Client, Optional, "tactical";
        /// True where a stop would stop us. Default: false.
        critical: bool, Client, Optional, "false";
        /// Why it is critical.
        critical_reason: String, Client, WhenCritical, "No parcel leaves without them";
        /// The day on which that was last judged.
        critical_assessed: Date, Client, WhenCritical, "2026-03-02";
        /// The one person on the client's side who answers for this relationship: a contact's id or a name.
        owner: Person, Vendor, Required, "Dana Reyes";
        /// The day on which the playbook was last read through and found true.
        reviewed: Date, Client, Optional, "2026-11-16";
        /// How often that should happen. Default: 12mo.
        review_every: Length, Client, Optional, "6mo";
        /// Holiday calendars this playbook counts by, instead of the handbook's.
        calendar: OneOrMany<Item<String>>, Vendor, Optional, "uk";
        /// Why you work together, in one or two sentences.
        purpose: String, Client, Advised, "Free six hours a week of the owner's time.";
        /// Words to find the vendor by.
        tags: List<Item<String>>, Client, Optional, "[marketing, web]";
        /// First impressions, before you sign. Never leaves the house.
        fit: Box<Fit>, Internal, Optional, "{gut: good, notes: Asked about our customers first}";
        /// What you promise to put into it.
        commitment: Box<Commitment>, Client, Optional, "{statement: We answer within two days, until: 2026-04-12}";
        /// What the vendor needs to know about your business.
        brief: Box<Brief>, Vendor, Advised, "{audience: Gift buyers}";
        /// The people on both sides.
        contacts: List<Contact>, Vendor, FromOnboarding, "[{name: Ivy Cole, role: account_manager}]";
        /// What the vendor does, and what not.
        services: List<Service>, Vendor, Advised, "[{name: Telephone answering}]";
        /// The first weeks.
        onboarding: Box<Onboarding>, Client, Optional, "{until: 2026-04-12, hours_per_week: 3}";
        /// The contract, and how it ends.
        contract: Contract, Vendor, FromOnboarding, "{type: standalone, start: 2026-11-02, notice: 30d}";
        /// What each side expects of the other.
        expectations: Expectations, Vendor, FromOnboarding, "{of_vendor: [Callers reach a person]}";
        /// Service levels: measured promises.
        slas: List<Sla>, Vendor, Optional, "[{id: uptime, objective: {op: gte, value: 99.5, unit: percent}}]";
        /// How you talk to each other.
        communication: Box<Communication>, Vendor, FromOnboarding, "{cadence: [{phase: steady, every: 1mo}]}";
        /// Who decides what, and where you keep your hands off.
        control: Box<Control>, Vendor, Optional, "{hand_back: We may change anything after hand-back}";
        /// What stays confidential, and for how long.
        nda: Nda, Vendor, FromOnboarding, "{kind: mutual, covers: [client list]}";
        /// Everything the vendor can reach. An empty list says: confirmed, nothing.
        access: List<Access>, Vendor, FromActive, "[{system: Web shop, admin: sam}]";
        /// What the vendor makes for you, and how it comes over at the end.
        deliverables: List<Deliverable>, Vendor, Optional, "[{name: Monthly report, format: PDF}]";
        /// Praise, concerns, complaints and ideas, as they happen.
        feedback: List<Feedback>, Client, Optional, "[{date: 2026-10-05, kind: praise, text: Calls end with a summary}]";
        /// Check-ins and reviews that were held.
        reviews: List<Review>, Client, Optional, "[{date: 2026-11-05, kind: monthly}]";
        /// How it ends: planned from the first day, dated when the day comes.
        exit: Exit, Vendor, FromOnboarding, "{template: standard}";
        /// What has to be learnt from the vendor before it leaves.
        knowledge_transfer: List<KnowledgeTransfer>, Client, Optional, "[{topic: Call scripts, from: tom, to: sam, how: session}]";
        /// What you do to part on good terms.
        goodwill: List<Goodwill>, Client, Optional, "[{kind: thank_you, when: +2d}]";
        /// What you learnt, once it is over.
        debrief: Box<Debrief>, Client, WhenEnded, "{would_reengage: yes}";
        /// Who or what comes after.
        successor: Box<Successor>, Client, FromExiting, "{kind: vendor, name: Tidewell Studio}";
        /// What a regulator asks about.
        regulatory: Box<Regulatory>, Client, Optional, "{dora: {substitutability: medium}}";
        /// Rules waived for this playbook, each with a reason.
        allow: List<Allow>, Internal, Optional, "[{rule: EXI004, reason: Agreed in writing}]";
        /// Earlier addresses of the page, which then lead here.
        aliases: List<Item<String>>, Internal, Optional, "[vendors/northgate-answering.html]";
    }
}

choice! {
    /// The version of the schema.
    SchemaVersion {
        /// The only one so far.
        One = "1",
    }
}

choice! {
    /// Where a relationship stands.
    Status {
        /// Being looked at; nothing is signed.
        Prospect = "prospect",
        /// Signed, in its first weeks.
        Onboarding = "onboarding",
        /// Running.
        Active = "active",
        /// Running, and in trouble.
        AtRisk = "at_risk",
        /// Ending: the last day is set or being set.
        Exiting = "exiting",
        /// Over. Some duties go on.
        Ended = "ended",
    }
}

impl Status {
    /// Signed, however far it has come: every status but prospect.
    pub fn is_started(self) -> bool {
        self != Status::Prospect
    }

    /// Running, in whatever shape: active, at risk or exiting.
    pub fn is_active(self) -> bool {
        matches!(self, Status::Active | Status::AtRisk | Status::Exiting)
    }

    /// Signed and not over yet.
    pub fn is_current(self) -> bool {
        self == Status::Onboarding || self.is_active()
    }
}

choice! {
    /// How much hangs on a vendor.
    Tier {
        /// The business is built on it.
        Strategic = "strategic",
        /// Important, and replaceable with effort.
        Tactical = "tactical",
        /// Needed every day, replaceable.
        Operational = "operational",
        /// One of many.
        Commodity = "commodity",
    }
}

section! {
    /// Who the vendor is.
    VendorCard, main "name" {
        /// The name everybody uses.
        name: String, Vendor, Required, "Northgate Answering Ltd";
        /// The name in the register of companies.
        legal_name: String, Vendor, Optional, "Northgate Answering Limited";
        /// Its website.
        website: String, Vendor, Optional, "https://northgate.example";
        /// Its postal address.
        address: String, Vendor, Optional, "4 Mill Lane, York";
        /// The country it is based in, by its two-letter code.
        country: Country, Vendor, Optional, "GB";
        /// The company that owns it.
        parent: String, Vendor, Optional, "Calls Group plc";
        /// Company or individual. For an individual one direct line is enough.
        kind: VendorKind, Vendor, Optional, "company";
        /// Registration numbers.
        ids: Box<VendorIds>, Vendor, Optional, "{company_no: \"01234567\"}";
    }
}

choice! {
    /// What kind of vendor it is.
    VendorKind {
        /// A company.
        Company = "company",
        /// One person.
        Individual = "individual",
    }
}

section! {
    /// Registration numbers of the vendor.
    VendorIds {
        /// Legal entity identifier.
        lei: Lei, Vendor, Optional, "5493001KJTIIGC8Y1R12";
        /// European unique identifier of a company.
        euid: String, Vendor, Optional, "DEK1101R.HRB116737";
        /// VAT number.
        vat: String, Vendor, Optional, "GB123456789";
        /// D-U-N-S number.
        duns: String, Vendor, Optional, "\"150483782\"";
        /// Number in the national register.
        company_no: String, Vendor, Optional, "\"01234567\"";
    }
}

section! {
    /// Who the client is.
    ClientCard, main "name" {
        /// The name everybody uses.
        name: String, Vendor, Required, "Harbor & Pine";
        /// The name in the register of companies.
        legal_name: String, Vendor, Optional, "Harbor & Pine Trading Ltd";
        /// Legal entity identifier.
        lei: Lei, Vendor, Optional, "5493001KJTIIGC8Y1R12";
    }
}

section! {
    /// First impressions. They stay in the house whatever the audience.
    Fit, main "gut" {
        /// What your gut says.
        gut: Gut, Internal, Optional, "good";
        /// What it was about them.
        notes: String, Internal, Optional, "Asked about our customers before the price";
    }
}

choice! {
    /// What your gut says.
    Gut {
        /// Yes.
        Good = "good",
        /// Something is off.
        Unsure = "unsure",
        /// No. A strong dislike at the start rarely turns into a good working relationship.
        Bad = "bad",
    }
}

section! {
    /// What you promise to put into it. An experiment without effort teaches nothing.
    Commitment, main "statement" {
        /// The promise, in one sentence.
        statement: String, Client, Optional, "We train and answer questions as for a new hire.";
        /// Until when at least.
        until: Date, Client, Optional, "2026-04-12";
    }
}

section! {
    /// What the vendor needs to know about your business to do good work. Nobody reads minds.
    Brief, main "context" {
        /// What the business is after.
        goals: List<Item<String>>, Vendor, Optional, "[Grow organic revenue]";
        /// Whom you serve.
        audience: String, Vendor, Optional, "Gift buyers, upper-middle budget";
        /// What comes first when not everything can.
        priorities: List<Item<String>>, Vendor, Optional, "[Tableware before furniture]";
        /// How you sound.
        tone: String, Vendor, Optional, "Warm and plain";
        /// Anything else that helps.
        context: String, Vendor, Optional, "Half the year's orders come in December";
    }
}

section! {
    /// The first weeks, when training costs time and mistakes are forgiven.
    Onboarding, main "until" {
        /// The last day of the early time. Default: the contract's start plus 90 days.
        until: Date, Client, Optional, "2026-04-12";
        /// Hours a week you set aside for it.
        hours_per_week: Quantity, Client, Optional, "3";
        /// What you teach.
        training: List<Item<String>>, Client, Optional, "[Brand tour]";
    }
}

section! {
    /// A rule waived for this playbook. Waivers are listed on the page.
    Allow {
        /// The code of the rule.
        rule: String, Internal, Required, "EXI004";
        /// Why it does not apply here.
        reason: String, Internal, Required, "Both sides agreed the earlier date in writing";
        /// The last day of the waiver.
        until: Date, Internal, Optional, "2027-01-31";
    }
}

section! {
    /// Who or what comes after this vendor.
    Successor, main "name" {
        /// What kind of solution it is.
        kind: SuccessorKind, Client, FromExiting, "vendor";
        /// Its name.
        name: String, Client, Optional, "Tidewell Studio";
        /// Its playbook, by page name.
        playbook: PlaybookRef, Client, Optional, "tidewell";
        /// Its first day.
        start: Date, Client, Optional, "2027-01-04";
        /// How long both work side by side.
        overlap: Days, Client, Optional, "5bd";
        /// What you want from it, said as a wish and not as a complaint.
        needs: List<Item<String>>, Client, Optional, "[Weekly drafts in our brand voice]";
    }
}

choice! {
    /// What comes after a vendor.
    SuccessorKind {
        /// Another vendor.
        Vendor = "vendor",
        /// Our own people.
        InHouse = "in_house",
        /// Nobody: the work stops.
        Discontinued = "discontinued",
        /// Not decided.
        Undecided = "undecided",
    }
}
