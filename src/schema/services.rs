use super::*;
use crate::section;

section! {
    /// One thing the vendor does.
    Service, main "name", id name {
        /// Id to refer to the service by. Made from the name where it is left out.
        id: Id, Vendor, Optional, "seo";
        /// What it is called.
        name: String, Vendor, Required, "Telephone answering";
        /// What it is, in a sentence.
        description: String, Vendor, Optional, "Takes calls outside opening hours";
        /// What belongs to it.
        in_scope: List<Item<String>>, Vendor, Advised, "[calls, diary entries]";
        /// What does not, so that nobody wonders.
        out_of_scope: List<Item<String>>, Vendor, Optional, "[sales calls]";
        /// What the vendor needs from us to do it.
        needs: List<Item<String>>, Vendor, Optional, "[diary access]";
        /// What we miss in it.
        gaps: List<Item<String>>, Client, Optional, "[weekend cover]";
        /// True where personal data is handled.
        personal_data: bool, Vendor, Advised, "true";
        /// Countries where data rests or is worked on.
        data_location: List<Country>, Vendor, Optional, "[GB, IE]";
        /// Kind of ICT service, for a register that asks for it.
        ict_type: IctType, Client, Optional, "S01";
    }
}
