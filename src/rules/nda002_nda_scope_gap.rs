use super::facts::{live, system};
use super::words::said;
use super::{Case, Report};
use crate::schema::{Item, Nda, NdaKind, Status};

rule! {
    /// Looks for information you want protected, or that an access reaches, and that the confidentiality agreement does not cover.
    ///
    /// ## Why it matters
    ///
    /// An agreement protects only what it names. The gap usually shows when somebody has already left. Picture floor plans in the hands of a former cleaner, and a contract that speaks of customer lists alone. Ask for an amendment now: while you work together, it is a friendly letter; after notice, it is a negotiation. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// nda:
    ///   kind: mutual
    ///   signed: 2026-01-05
    ///   covers: [client list]
    ///   must_protect: [client list, floor plans]
    ///   confidentiality: {lasts: 3y, from: termination}
    ///   return: destroy
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// nda:
    ///   kind: mutual
    ///   signed: 2026-01-05
    ///   covers: [client list, floor plans]
    ///   must_protect: [client list, floor plans]
    ///   confidentiality: {lasts: 3y, from: termination}
    ///   return: destroy
    /// ```
    NDA002 "nda-scope-gap" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(|status| status != Status::Ended)?;
    let nda = case.playbook.nda.get()?;
    let is_hidden = |cover: &crate::schema::Cover| cover.id.is_broken() || cover.item.is_broken();
    if nda.kind.is_broken() || nda.covers.is_unsure() || nda.covers.items().iter().any(is_hidden) || nda.kind.copied() == Some(NdaKind::None) {
        return None;
    }
    for (n, item) in nda.must_protect.items().iter().enumerate() {
        if !nda.includes(&item.value) {
            tell(nda, item, &format!("nda.must_protect[{n}]"), "has to be protected", report);
        }
    }
    for (n, access) in live(case) {
        for (k, item) in access.data.items().iter().enumerate() {
            if !nda.includes(&item.value) {
                tell(nda, item, &format!("access[{n}].data[{k}]"), &format!("can be reached ({})", system(access)), report);
            }
        }
    }
    Some(())
}

fn tell(nda: &Nda, item: &Item<String>, path: &str, why: &str, report: &mut Report<'_>) {
    let line = super::words::quoted(&item.value);
    let add = nda.covers.span().and_then(|list| report.push(list, &line));
    report
        .at(item.at, path, format!("{} {why}, and the NDA does not cover it.", said(&item.value)))
        .help(format!("Amend the NDA before anyone gives notice, then add to `covers`: `{line}`."))
        .patch(add);
}
