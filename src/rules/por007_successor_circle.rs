use std::collections::HashMap;

use super::{Across, Portfolio};

rule! {
    /// Looks for successors that lead back to where they began: a vendor that follows itself, directly or through others.
    ///
    /// ## Why it matters
    ///
    /// A successor is where the work goes. Picture two people, each sure that the other vendor takes over, on the day both contracts are gone. Most often it is a slip: a playbook copied from its neighbour, or an old link left behind when a vendor came back. If a vendor does come back, give the new contract a playbook of its own. This is our own rule: a circle has no end to hand anything over to.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// # alder.md
    /// successor: {kind: vendor, playbook: birch}
    /// # birch.md
    /// successor: {kind: vendor, playbook: alder}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// # alder.md
    /// successor: {kind: vendor, playbook: birch}
    /// # birch.md
    /// title: Birch
    /// ```
    POR007 "successor-circle" Error, Library check
}

fn check(portfolio: &Portfolio<'_>, found: &mut Across) {
    let place: HashMap<&str, usize> = portfolio.vendors.iter().enumerate().map(|(n, vendor)| (&*vendor.slug, n)).collect();
    let next = |n: usize| {
        let playbook = portfolio.vendors[n].playbook.successor.get()?.playbook.get()?;
        place.get(playbook.0.to_lowercase().as_str()).copied()
    };
    let mut done = vec![false; portfolio.vendors.len()];
    for start in 0..portfolio.vendors.len() {
        let mut way: Vec<usize> = Vec::new();
        let mut here = Some(start);
        while let Some(n) = here.filter(|n| !done[*n]) {
            done[n] = true;
            way.push(n);
            here = next(n);
        }
        // The way ran into one of its own stations: from there on it is a circle.
        let Some(circle) = here.and_then(|n| way.iter().position(|seen| *seen == n)).map(|from| &way[from..]) else { continue };
        tell(portfolio, circle, found);
    }
}

/// One finding a circle, at the last successor that closes it.
fn tell(portfolio: &Portfolio<'_>, circle: &[usize], found: &mut Across) -> Option<()> {
    let last = *circle.last()?;
    let at = portfolio.vendors[last].playbook.successor.get()?.playbook.span()?;
    let mut names: Vec<&str> = circle.iter().take(5).map(|n| &*portfolio.vendors[*n].slug).collect();
    if circle.len() > names.len() {
        names.push("…");
    }
    names.push(&portfolio.vendors[circle[0]].slug);
    let message = format!("These successors lead round in a circle, so nobody takes over: {}.", names.join(" → "));
    found.at(portfolio, last, at, "successor.playbook", message).help("Name the vendor that really follows, or take `playbook` out.");
    Some(())
}
