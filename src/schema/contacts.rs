use super::*;
use crate::calendar::Date;
use crate::calendar::terms::Input;
use crate::{choice, section};

section! {
    /// A person on either side. Two direct lines matter most: to the one who manages the account and to
    /// the one who does the work.
    Contact, main "name", id name {
        /// Id to refer to the person by. Made from the name where it is left out.
        id: Id, Vendor, Optional, "ivy";
        /// The person's name.
        name: String, Vendor, Required, "Ivy Cole";
        /// What the person is to this relationship. One person may hold several roles.
        role: OneOrMany<Role>, Vendor, Advised, "account_manager";
        /// Vendor or client. Default: vendor.
        side: Side, Vendor, Optional, "vendor";
        /// E-mail address.
        email: String, Vendor, Optional, "ivy@northgate.example";
        /// Telephone number.
        phone: String, Vendor, Optional, "\"+44 20 7946 0321\"";
        /// Where the person's clock stands.
        timezone: Zone, Vendor, Optional, "Europe/London";
        /// Who stands in: a contact's id or a name.
        backup: Person, Vendor, Optional, "tom";
        /// What to ask this person about.
        knows: List<Item<String>>, Vendor, Optional, "[scope, invoices]";
        /// The day on which the person left.
        left: Date, Client, Optional, "2026-08-31";
    }
}

impl Contact {
    /// True where a person field means this contact: by its id, or by its name but for case and the spaces around.
    pub fn is(&self, person: &str) -> bool {
        let same = |name: &str| name.trim().to_lowercase() == person.trim().to_lowercase();
        Section::identity(self).is_some_and(|(id, _)| id == person) || self.name.text().is_some_and(same)
    }

    /// Whether somebody is still there on a day; the day on which one leaves is the last of them.
    pub fn is_there(&self, as_of: Date) -> Input<bool> {
        self.left.input().map(|left| left >= as_of).or_else(|| Input::Given(true))
    }

    /// True for somebody who is known to have left.
    pub fn is_gone(&self, as_of: Date) -> bool {
        self.is_there(as_of) == Input::Given(false)
    }
}

choice! {
    /// What a person is to a relationship.
    Role {
        /// Looks after the account on the vendor's side.
        AccountManager = "account_manager",
        /// Does the work.
        Practitioner = "practitioner",
        /// Answers for the relationship on the client's side.
        Owner = "owner",
        /// Approves decisions and money.
        Approver = "approver",
        /// The next one up when something is stuck.
        Escalation = "escalation",
        /// Looks after systems and access.
        It = "it" as "IT",
        /// Looks after invoices.
        Finance = "finance",
        /// Looks after contracts.
        Legal = "legal",
        /// Looks after security.
        Security = "security",
        /// Stands above it all.
        Executive = "executive",
        /// Anything else.
        Other = "other",
    }
}

choice! {
    /// Which side a person is on.
    Side {
        /// The vendor's.
        Vendor = "vendor",
        /// Ours.
        Client = "client",
    }
}
