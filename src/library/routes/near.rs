//! The source file that a broken link may have meant.

use crate::diagnostic::FileId;

/// More slips than this are no slip any more.
const SLIPS: usize = 3;

/// Source files by name, each with how often it has which letter: one slip changes two of these at most, so most names
/// are passed over without being compared.
#[derive(Debug)]
pub struct Nearby {
    names: Vec<([u8; 32], FileId)>,
}

impl Nearby {
    pub fn of<'f>(names: impl Iterator<Item = &'f FileId>) -> Nearby {
        let mut names: Vec<([u8; 32], FileId)> = names.map(|name| (letters(name), name.clone())).collect();
        names.sort_unstable_by(|a, b| a.1.cmp(&b.1));
        Nearby { names }
    }

    /// The first of those that are the fewest slips away.
    pub fn find(&self, wanted: &str) -> Option<&FileId> {
        let of_wanted = letters(wanted);
        let may_be = |of_name: &[u8; 32]| {
            let apart: u32 = of_name.iter().zip(&of_wanted).map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
            apart <= 2 * SLIPS as u32
        };
        let mut found = None;
        let mut most = SLIPS;
        for (_, name) in self.names.iter().filter(|(of_name, _)| may_be(of_name)) {
            let slips = strsim::damerau_levenshtein(name, wanted);
            if slips <= most {
                found = Some(name);
                if slips <= 1 {
                    break;
                }
                most = slips - 1;
            }
        }
        found
    }
}

/// How often each letter stands in a name, told apart by the lowest five bits of its number.
fn letters(name: &str) -> [u8; 32] {
    let mut counts = [0u8; 32];
    for letter in name.chars() {
        let count = &mut counts[letter as usize % 32];
        *count = count.saturating_add(1);
    }
    counts
}
