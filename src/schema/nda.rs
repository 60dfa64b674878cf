use super::*;
use crate::calendar::Date;
use crate::{choice, section};

section! {
    /// Confidentiality: what is covered, for how long, and what happens to your information at the end.
    Nda, main "kind" {
        /// What kind of agreement it is.
        kind: NdaKind, Vendor, FromOnboarding, "mutual";
        /// Your reference.
        reference: String, Vendor, Optional, "NDA-2026-02";
        /// The day of the last signature.
        signed: Date, Vendor, Advised, "2026-01-05";
        /// First day in force. Default: the day it was signed.
        effective: Date, Vendor, Optional, "2026-01-05";
        /// How long the agreement runs.
        term: AgreementTerm, Vendor, Optional, "until_terminated";
        /// What the information may be used for.
        purpose: String, Vendor, Optional, "Delivering the SEO services";
        /// Where the agreement is kept.
        url: String, Vendor, Optional, "https://files.harborpine.example/nda.pdf";
        /// How long confidentiality lasts.
        confidentiality: Box<Confidentiality>, Vendor, FromActive, "{lasts: 3y, from: termination}";
        /// What is covered. A bare value is the item.
        covers: List<Cover>, Vendor, Advised, "[client list, diary]";
        /// What has to be covered, so that a gap shows.
        must_protect: List<Item<String>>, Client, Optional, "[client list]";
        /// What is not confidential. Default: the four usual exclusions.
        exclusions: List<Item<String>>, Vendor, Optional, "[already public]";
        /// Who on their side may know.
        permitted_recipients: List<Item<String>>, Vendor, Optional, "[their auditors]";
        /// What happens to your information at the end. A bare value is the action.
        returns as "return": Box<ReturnOrDestroy>, Vendor, FromActive, "destroy";
    }
}

impl Nda {
    /// True where an item is covered.
    pub fn includes(&self, item: &str) -> bool {
        self.cover(item).is_some()
    }

    /// True where something may be covered that cannot be read.
    pub fn hides_covers(&self) -> bool {
        self.covers.is_unsure() || self.covers.items().iter().any(|cover| cover.id.is_broken() || cover.item.is_broken())
    }

    /// The entry that covers an item: by its id, its text, or the id made from its text.
    pub fn cover(&self, item: &str) -> Option<&Cover> {
        let same = |a: &str| a.trim().to_lowercase() == item.trim().to_lowercase();
        self.covers.items().iter().find(|cover| {
            let by_id = cover.id.get().is_some_and(|id| same(&id.0));
            by_id || cover.item.text().is_some_and(|text| same(text) || same(&slug(text)))
        })
    }
}

choice! {
    /// What kind of confidentiality agreement it is.
    NdaKind {
        /// Both sides are bound.
        Mutual = "mutual",
        /// One side is bound.
        OneWay = "one_way",
        /// A clause of the contract.
        Clause = "clause",
        /// There is none.
        None = "none",
    }
}

section! {
    /// How long confidentiality lasts.
    Confidentiality, main "lasts", say confidentiality_words {
        /// How long.
        lasts: Lasting, Vendor, FromActive, "3y";
        /// From which day.
        from: ProtectionFrom, Vendor, FromActive, "termination";
        /// How long trade secrets are protected.
        trade_secrets: SecretTerm, Vendor, Optional, "while_secret";
    }
}

choice! {
    /// The day from which confidentiality is counted.
    ProtectionFrom {
        /// The day the agreement took effect.
        Effective = "effective",
        /// The last day of the relationship.
        Termination = "termination",
        /// The last day on which information was shared: counted from the end of the relationship.
        Disclosure = "disclosure",
    }
}

section! {
    /// One kind of information that is covered.
    Cover, main "item", id item {
        /// Id to refer to it by. Made from the item where it is left out.
        id: Id, Vendor, Optional, "clients";
        /// What it is.
        item: String, Vendor, Required, "client list";
        /// What sort of information it is.
        class: CoverClass, Vendor, Optional, "customer";
    }
}

choice! {
    /// A sort of information.
    CoverClass {
        /// How you work.
        Process = "process",
        /// Data.
        Data = "data",
        /// Keys and passwords.
        Credential = "credential",
        /// Customers.
        Customer = "customer",
        /// Money.
        Financial = "financial",
        /// Designs and texts.
        Creative = "creative",
    }
}

section! {
    /// What happens to your information at the end.
    ReturnOrDestroy, main "action" {
        /// What they do with it.
        action: ReturnAction, Vendor, FromActive, "destroy";
        /// How soon after the last day. Default: 30d.
        within: Days, Vendor, Optional, "30d";
        /// True where they confirm it in writing.
        certificate: bool, Vendor, Optional, "true";
        /// What happens to backups.
        backups: Backups, Vendor, Optional, "retained_protected";
    }
}

choice! {
    /// What the vendor does with your information.
    ReturnAction {
        /// Give it back.
        Return = "return",
        /// Destroy it.
        Destroy = "destroy",
        /// Either, as you choose.
        Either = "either",
    }
}

choice! {
    /// What happens to copies in backups.
    Backups {
        /// They are kept by routine, and stay protected.
        RetainedProtected = "retained_protected",
        /// There are none.
        None = "none",
    }
}

/// `3 years from termination; trade secrets while secret`.
fn confidentiality_words(terms: &Confidentiality, names: &Names) -> Option<String> {
    let Shown::Text(lasts) = terms.lasts.get()?.show(names) else { return None };
    let from = terms.from.copied().map_or(String::new(), |from| match from {
        ProtectionFrom::Effective => " from the day it took effect".to_owned(),
        ProtectionFrom::Termination => " from the last day".to_owned(),
        ProtectionFrom::Disclosure => " from the last disclosure".to_owned(),
    });
    let secrets = match terms.trade_secrets.get().map(|term| term.show(names)) {
        Some(Shown::Text(term)) => format!("; trade secrets {term}"),
        _ => String::new(),
    };
    let broken = terms.from.is_broken() || terms.trade_secrets.is_broken();
    (!broken).then(|| format!("{lasts}{from}{secrets}"))
}
