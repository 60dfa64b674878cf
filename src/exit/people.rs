//! Who answers for a step, and who helps: found by role, and not known where somebody who cannot be read may be meant.

use crate::calendar::Date;
use crate::calendar::terms::Input;
use crate::library::Vendor;
use crate::schema::{Role, Side, StepSide};

/// The first contact with the role, else the playbook's owner for our side, the account manager for theirs.
pub fn owner(role: Role, side: StepSide, vendor: &Vendor, as_of: Date) -> Input<String> {
    let side = side_of(role, side);
    let found = vendor.contact_with(role, side, as_of).map(|(id, _)| id);
    found.or_else(|| match side {
        Some(Side::Vendor) => vendor.contact_with(Role::AccountManager, Some(Side::Vendor), as_of).map(|(id, _)| id),
        _ => vendor.owner_there(as_of),
    })
}

/// The first contact with each role, and whether one of them is not known.
pub fn helpers(roles: &[Role], side: StepSide, vendor: &Vendor, as_of: Date) -> (Vec<String>, bool) {
    let found: Vec<_> = roles.iter().map(|role| vendor.contact_with(*role, side_of(*role, side), as_of)).collect();
    let is_unsure = found.iter().any(Input::is_broken);
    (found.into_iter().filter_map(Input::given).map(|(id, _)| id).collect(), is_unsure)
}

/// The side on which to look for a role; for a step of both sides, the side where that role is at home.
fn side_of(role: Role, side: StepSide) -> Option<Side> {
    match (side, role) {
        (StepSide::Client, _) => Some(Side::Client),
        (StepSide::Vendor, _) | (StepSide::Both, Role::AccountManager | Role::Practitioner) => Some(Side::Vendor),
        (StepSide::Both, _) => Some(Side::Client),
    }
}
