use super::*;
use crate::calendar::Date;
use crate::yaml::NodeId;
use crate::{choice, section};

section! {
    /// The contract. Its dates drive the whole calendar, so they are worth ten careful minutes.
    Contract {
        /// What kind of contract it is. `none` says openly that nothing is written down.
        kind as "type": ContractType, Vendor, FromOnboarding, "standalone";
        /// Your reference number.
        reference: String, Vendor, Optional, "HP-2026-004";
        /// Reference of the master contract this one stands under.
        parent: String, Vendor, Optional, "HP-2024-001";
        /// The day of the last signature.
        signed: Date, Vendor, Optional, "2026-01-05";
        /// First day in force.
        start: Date, Vendor, FromOnboarding, "2026-01-12";
        /// Last day in force, inclusive. Give `end` or `term`; if both disagree, `end` counts.
        end: Date, Vendor, Optional, "2027-01-11";
        /// Length of the first term. 12mo from 2026-01-12 ends on 2027-01-11.
        term: Length, Vendor, Optional, "12mo";
        /// What happens at the end of a term.
        renewal: Box<Renewal>, Vendor, FromActive, "{kind: auto, term: 12mo}";
        /// How much notice each side gives. A bare value is the client's notice.
        notice: Box<Notice>, Vendor, FromActive, "30d";
        /// Ways out before the term is over.
        termination_rights: List<TerminationRight>, Vendor, Optional, "[{by: either, ground: breach, cure: 30d}]";
        /// What it costs.
        value: Box<Price>, Vendor, Optional, "{amount: 900, currency: GBP, per: month}";
        /// How long after an invoice it is paid.
        payment_terms: Days, Vendor, Optional, "30d";
        /// The day up to which fees are already paid.
        prepaid_until: Date, Vendor, Optional, "2026-12-31";
        /// The day before which it cannot end, whatever the notice.
        minimum_until: Date, Vendor, Optional, "2026-12-31";
        /// True where you may not use anybody else meanwhile.
        exclusivity: bool, Vendor, Optional, "false";
        /// The country whose law applies.
        governing_law: Country, Vendor, Optional, "GB";
        /// What goes on after the end.
        survival: List<Item<String>>, Vendor, Optional, "[confidentiality, payment of open invoices]";
        /// Where the papers are.
        documents: List<Document>, Vendor, Optional, "[{title: Data processing agreement, kind: dpa}]";
        /// The vendor's help with moving on.
        transition: Box<Transition>, Vendor, WhenCritical, "{assistance: true, period: 3mo}";
    }
}

choice! {
    /// What kind of contract it is.
    ContractType {
        /// A contract of its own.
        Standalone = "standalone",
        /// A frame that other contracts stand under.
        Master = "master",
        /// A statement of work under a master contract.
        Sow = "sow" as "statement of work",
        /// Nothing in writing. A notice then says how you intend to end it.
        None = "none",
    }
}

section! {
    /// What happens at the end of a term.
    Renewal, main "kind" {
        /// How it renews.
        kind: RenewalKind, Vendor, FromActive, "auto";
        /// Length of each further term.
        term: Length, Vendor, Advised, "12mo";
        /// How many times at most.
        max: u32, Vendor, Optional, "3";
    }
}

choice! {
    /// How a contract renews.
    RenewalKind {
        /// It ends.
        None = "none" as "ends",
        /// It goes on for another term unless someone gives notice in time.
        Auto = "auto" as "renews by itself",
        /// It goes on if someone asks for it.
        Option = "option" as "renews on request",
        /// It goes on without an end until someone gives notice.
        Evergreen = "evergreen" as "runs on until notice",
    }
}

section! {
    /// Notice: how long, how it travels, and on which days the contract can end.
    Notice, main "client" {
        /// Notice our side gives. Write 0d if none is needed.
        client: Days, Vendor, FromActive, "30d";
        /// Notice the vendor gives.
        vendor: Days, Vendor, Optional, "30d";
        /// On which days the contract can end. Default: any.
        to: NoticeTo, Vendor, Optional, "term_end";
        /// `business` reads days as business days. Default: as the unit says.
        counting: NoticeCounting, Vendor, Optional, "calendar";
        /// True where neither the day it arrives nor the last day counts: one day more.
        clear_days: bool, Vendor, Optional, "false";
        /// Ways in which it may be sent.
        method: List<NoticeMethod>, Vendor, Optional, "[email, courier]";
        /// How long after sending it counts as received. Default: 0d.
        deemed: Days, Vendor, Optional, "1bd";
        /// Where it is sent.
        address: String, Vendor, Optional, "legal@northgate.example";
        /// The zone in which the day of arrival is judged.
        timezone: Zone, Vendor, Optional, "Europe/London";
    }
}

choice! {
    /// On which days a contract can end.
    NoticeTo {
        /// On any day.
        Any = "any",
        /// At the end of a term.
        TermEnd = "term_end",
        /// At the end of a month.
        MonthEnd = "month_end",
        /// At the end of a quarter.
        QuarterEnd = "quarter_end",
    }
}

choice! {
    /// How days of notice are counted.
    NoticeCounting {
        /// Every day.
        Calendar = "calendar",
        /// Business days only.
        Business = "business",
    }
}

choice! {
    /// A way in which notice may be sent.
    NoticeMethod {
        /// By e-mail.
        Email = "email",
        /// By courier.
        Courier = "courier",
        /// By registered post.
        RegisteredPost = "registered_post",
        /// By hand.
        Hand = "hand",
        /// Through the vendor's portal.
        Portal = "portal",
    }
}

section! {
    /// A way out before the term is over.
    TerminationRight {
        /// Who has it.
        by: TerminationBy, Vendor, Advised, "either";
        /// On which ground.
        ground: TerminationGround, Vendor, Advised, "breach";
        /// With how much notice.
        notice: Days, Vendor, Optional, "30d";
        /// How long the other side has to put things right first.
        cure: Days, Vendor, Optional, "30d";
        /// What it costs.
        fee: String, Vendor, Optional, "one monthly fee";
        /// The clause of the contract.
        clause: String, Vendor, Optional, "\"9.2\"";
    }
}

choice! {
    /// Who may end a contract.
    TerminationBy {
        /// Our side.
        Client = "client",
        /// The vendor.
        Vendor = "vendor",
        /// Either side.
        Either = "either",
    }
}

choice! {
    /// On which ground a contract may end early.
    TerminationGround {
        /// For no reason at all.
        Convenience = "convenience",
        /// The other side broke it.
        Breach = "breach",
        /// The other side cannot pay.
        Insolvency = "insolvency",
        /// Events nobody controls.
        ForceMajeure = "force_majeure",
        /// The other side was sold.
        ChangeOfControl = "change_of_control",
        /// Service levels were missed too often.
        SlaFailure = "sla_failure" as "missed service levels",
        /// A regulator asks for it.
        Regulator = "regulator",
    }
}

section! {
    /// What the contract costs.
    ContractValue {
        /// The amount, a plain number.
        amount: Quantity, Vendor, Advised, "900";
        /// The currency.
        currency: Currency, Vendor, Advised, "GBP";
        /// For what span or piece.
        per: Per, Vendor, Advised, "month";
    }
}

choice! {
    /// What an amount is paid for.
    Per {
        /// Each month.
        Month = "month",
        /// Each quarter.
        Quarter = "quarter",
        /// Each year.
        Year = "year",
        /// The whole project.
        Project = "project",
        /// Each hour.
        Hour = "hour",
    }
}

/// What a contract costs: a mapping, or money alone, like `GBP 200`.
#[derive(Debug, Clone)]
pub struct Price(pub ContractValue);

impl std::ops::Deref for Price {
    type Target = ContractValue;

    fn deref(&self) -> &ContractValue {
        &self.0
    }
}

impl Value for Price {
    fn shape() -> Shape {
        Shape::Or(Box::new(Money::shape()), Box::new(ContractValue::shape()))
    }

    fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
        if cx.is_map(node) {
            return cx.section(node).map(Price);
        }
        let money = Money::decode(node, cx)?;
        let at = cx.span(node);
        let (amount, currency) = (Field::Given(Quantity(money.amount), at), Field::Given(Currency(money.currency), at));
        Some(Price(ContractValue { amount, currency, ..ContractValue::default() }))
    }

    fn json(&self) -> serde_json::Value {
        self.0.json()
    }

    fn show(&self, names: &Names) -> Shown {
        self.0.show(names)
    }
}

section! {
    /// An amount of money.
    Amount {
        /// The amount, a plain number.
        amount: Quantity, Vendor, Required, "200";
        /// The currency.
        currency: Currency, Vendor, Required, "GBP";
    }
}

section! {
    /// A paper that belongs to the contract.
    Document, main "title" {
        /// Its title.
        title: String, Vendor, Advised, "Data processing agreement";
        /// Where it is kept.
        url: String, Vendor, Optional, "https://files.harborpine.example/dpa.pdf";
        /// What kind of paper it is.
        kind: DocumentKind, Vendor, Optional, "dpa";
        /// The day it was signed.
        signed: Date, Vendor, Optional, "2026-01-05";
    }
}

choice! {
    /// What kind of paper it is.
    DocumentKind {
        /// Master services agreement.
        Msa = "msa" as "master agreement",
        /// Statement of work.
        Sow = "sow" as "statement of work",
        /// Non-disclosure agreement.
        Nda = "nda" as "NDA",
        /// Data-processing agreement.
        Dpa = "dpa" as "data processing agreement",
        /// Service level agreement.
        Sla = "sla" as "service level agreement",
        /// Certificate of insurance.
        Insurance = "insurance",
        /// Anything else.
        Other = "other",
    }
}

section! {
    /// The vendor's help with moving the work elsewhere.
    Transition, main "period" {
        /// True where the vendor has agreed to help.
        assistance: bool, Vendor, Advised, "true";
        /// For how long.
        period: Days, Vendor, Optional, "3mo";
        /// At what cost.
        cost: String, Vendor, Optional, "at the usual day rate";
    }
}
