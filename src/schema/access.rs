use super::*;
use crate::calendar::{Date, Offset, zone::Time};
use crate::{choice, section};

section! {
    /// One thing the vendor can reach. Each becomes a line of its own on the offboarding checklist.
    Access, main "system", id system {
        /// Id to refer to it by. Made from the system where it is left out.
        id: Id, Vendor, Optional, "shop";
        /// The system, place or thing.
        system: String, Vendor, Required, "Web shop";
        /// What kind of access it is.
        kind: AccessKind, Vendor, Advised, "account";
        /// How far it goes.
        level: AccessLevel, Vendor, Advised, "edit";
        /// Who holds it on their side.
        holder: Person, Vendor, Advised, "marco";
        /// Which covered information it reaches.
        data: List<Item<String>>, Vendor, Optional, "[client list]";
        /// Who on our side can switch it off.
        admin: Person, Vendor, Advised, "sam";
        /// Whom it belongs to. Default: client.
        held_by: HeldBy, Vendor, Optional, "client";
        /// True where several people use one login.
        shared: bool, Vendor, Optional, "false";
        /// The day it was opened.
        granted: Date, Vendor, Optional, "2026-01-13";
        /// The day it ends by itself.
        expires: Date, Vendor, Optional, "2026-12-31";
        /// The day someone last checked that it is still right.
        checked: Date, Vendor, Advised, "2026-10-01";
        /// How it is closed.
        revoke: Box<Revoke>, Vendor, Optional, "{when: 0d, how: Change password in the vault, rotate: true}";
        /// The day it was closed.
        revoked: Date, Vendor, Optional, "2027-01-11";
    }
}

impl Access {
    /// True until the day on which it is closed. One whose day cannot be read counts as closed: its finding is
    /// told, and nothing more can be said.
    pub fn is_live(&self, as_of: Date) -> bool {
        match &self.revoked {
            Field::Absent => true,
            Field::Broken(_) => false,
            Field::Given(day, _) => *day > as_of,
        }
    }

    /// True where the vendor holds something that is rightly the client's: a domain, an account.
    pub fn is_asset_of_vendor(&self) -> bool {
        self.is_asset() && self.held_by.copied() == Some(HeldBy::Vendor)
    }

    /// True for what is rightly the client's, whoever holds it.
    pub fn is_asset(&self) -> bool {
        matches!(self.kind.copied(), Some(AccessKind::Domain | AccessKind::AdAccount | AccessKind::Social | AccessKind::Account))
    }

    /// True where removing a person is not enough, because more than one knows the secret or the playbook says so.
    pub fn needs_new_secret(&self) -> bool {
        self.is_shared() || self.revoke.get().is_some_and(|revoke| revoke.rotate.copied() == Some(true))
    }

    /// True where that may be so, since what would say it cannot be read.
    pub fn may_need_new_secret(&self) -> bool {
        let is_hidden = self.revoke.is_broken() || self.revoke.get().is_some_and(|revoke| revoke.rotate.is_broken());
        !self.needs_new_secret() && (is_hidden || self.shared.is_broken() || self.kind.is_broken())
    }

    /// True where taking one person off does not close it, because others know the secret.
    pub fn is_shared(&self) -> bool {
        self.shared.copied() == Some(true) || matches!(self.kind.copied(), Some(AccessKind::ApiKey | AccessKind::SharedLogin))
    }
}

choice! {
    /// What kind of access it is.
    AccessKind {
        /// A person's account.
        Account = "account",
        /// Membership of a group.
        Group = "group",
        /// A key for programs.
        ApiKey = "api_key" as "API key",
        /// A permission given to an app.
        Oauth = "oauth" as "OAuth permission",
        /// One login used by several people.
        SharedLogin = "shared_login",
        /// A domain name.
        Domain = "domain",
        /// An advertising account.
        AdAccount = "ad_account",
        /// A social media account.
        Social = "social",
        /// A mailbox.
        Mailbox = "mailbox",
        /// A device.
        Device = "device",
        /// A badge or key to a building.
        Badge = "badge",
        /// A payment card.
        Card = "card",
    }
}

choice! {
    /// How far an access goes.
    AccessLevel {
        /// Look.
        Read = "read",
        /// Change.
        Edit = "edit",
        /// Change settings and people.
        Admin = "admin",
        /// Own.
        Owner = "owner",
    }
}

choice! {
    /// Whom an account belongs to.
    HeldBy {
        /// Us.
        Client = "client",
        /// The vendor. It has to come over to us before the end.
        Vendor = "vendor",
    }
}

section! {
    /// How an access is closed.
    Revoke, main "when", say revoke_words {
        /// When, counted from the last day. Never moved by weekends. Default: 0d.
        when: Offset, Vendor, Optional, "0d";
        /// What to do.
        how: String, Vendor, Optional, "Change password in the vault";
        /// True where the secret itself has to be changed, because more than one person knows it.
        rotate: bool, Vendor, Optional, "true";
    }
}

section! {
    /// The hour at which access closes on the last day.
    AccessOff, main "time" {
        /// The time of day. Default: the end of the day.
        time: Time, Vendor, Optional, "\"17:00\"";
        /// Whose clock. Default: the handbook's zone.
        timezone: Zone, Vendor, Optional, "Europe/London";
    }
}

/// `on the last day: Change password in the vault; new secret afterwards`.
fn revoke_words(revoke: &Revoke, names: &Names) -> Option<String> {
    let when = revoke.when.copied().unwrap_or(Offset::after(0, crate::calendar::Unit::Day));
    let Shown::Text(when) = when.show(names) else { return None };
    let how = revoke.how.text().map_or(String::new(), |how| format!(": {how}"));
    let rotate = if revoke.rotate.copied() == Some(true) { "; new secret afterwards" } else { "" };
    (!revoke.when.is_broken() && !revoke.rotate.is_broken()).then(|| format!("{when}{how}{rotate}"))
}
