//! Boxes by name: who cannot see a box hears its name, and a browser keeps its tick by it. On one sheet no two
//! boxes may be called the same, whatever a playbook repeats.

use foldhash::{HashSet, HashSetExt};

use super::{Block, Piece, Text};

/// Gives each box of a sheet a name of its own. The sheets name their boxes; where a playbook says the same twice,
/// or nothing, the later ones are numbered in the order in which they are read.
pub fn tell_apart(blocks: &mut [Block]) {
    let mut names = Vec::new();
    each_box(blocks, &mut |name| names.push(std::mem::take(name)));
    if !are_apart(&names) {
        let mut taken = HashSet::new();
        for name in &mut names {
            *name = free(name.trim(), &taken);
            taken.insert(name.clone());
        }
    }
    let mut names = names.into_iter();
    each_box(blocks, &mut |name| *name = names.next().unwrap_or_default());
}

/// True where each name stands as it is.
fn are_apart(names: &[String]) -> bool {
    let mut seen = HashSet::with_capacity(names.len());
    names.iter().all(|name| !name.is_empty() && name.trim() == name && seen.insert(name.as_str()))
}

/// The name, or the first numbered one nobody has.
fn free(name: &str, taken: &HashSet<String>) -> String {
    let name = if name.is_empty() { "box" } else { name };
    let numbered = (2..).map(|n| format!("{name} ({n})"));
    std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or_default()
}

/// The name of every box, in reading order.
fn each_box(blocks: &mut [Block], see: &mut impl FnMut(&mut String)) {
    each_text(blocks, &mut |text| {
        for piece in &mut text.pieces {
            if let Piece::Box { name, .. } = piece {
                see(name);
            }
        }
    });
}

/// Every text of the blocks, in reading order.
fn each_text(blocks: &mut [Block], see: &mut impl FnMut(&mut Text)) {
    for block in blocks {
        match block {
            Block::Heading(_) | Block::Lines(_) => {}
            Block::Paragraph(text) | Block::Boxed(text) => see(text),
            Block::Facts { rows, .. } => rows.iter_mut().flat_map(|(_, values)| values).for_each(&mut *see),
            Block::List { items, .. } | Block::Steps(items) => items.iter_mut().for_each(&mut *see),
            Block::Table(table) => {
                for body in &mut table.bodies {
                    body.rows.iter_mut().flat_map(|row| &mut row.cells).flatten().for_each(&mut *see);
                    body.gate.iter_mut().for_each(&mut *see);
                }
            }
            Block::Signatures(places) => places.iter_mut().filter_map(|place| place.statement.as_mut()).for_each(&mut *see),
        }
    }
}
