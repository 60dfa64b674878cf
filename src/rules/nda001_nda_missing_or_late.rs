use super::facts::{live, system};
use super::words::{day, name};
use super::{Case, Report};
use crate::schema::{Field, NdaKind, Status};

rule! {
    /// Looks for access or information to protect where no confidentiality agreement is on record, and for access that was opened before the agreement was signed.
    ///
    /// ## Why it matters
    ///
    /// What has been seen cannot be unseen. A promise made afterwards may not reach back to the first weeks. Picture a customer list sent across on Monday and a signature that arrives on Friday, or never. Sign first, then open the door; where it is too late for that, agree in writing that the earlier days count too. Source: ISO/IEC 27001:2022, Annex A 6.6.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// status: onboarding
    /// nda: {kind: none}
    /// access:
    ///   - {system: Alarm panel, kind: account, holder: jo, admin: sam, granted: 2026-11-16, checked: 2026-11-16}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// status: onboarding
    /// nda: {kind: mutual, signed: 2026-11-12, covers: [client list], return: destroy}
    /// access:
    ///   - {system: Alarm panel, kind: account, holder: jo, admin: sam, granted: 2026-11-16, checked: 2026-11-16}
    /// ```
    NDA001 "nda-missing-or-late" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(Status::is_started)?;
    let reaches = live(case).next().is_some();
    let help = "Sign one, then write under `nda`: `kind: mutual, signed: ..., covers: [...]`. If the contract has a clause: `kind: clause`.";
    let nda = match &case.playbook.nda {
        Field::Broken(_) => return None,
        Field::Absent => {
            if reaches {
                let fence = report.fence();
                report.at(fence, "nda", format!("{} can reach your systems, and no confidentiality agreement is on record.", name(case.name()))).help(help);
            }
            return None;
        }
        Field::Given(nda, _) => nda,
    };
    if let Some((NdaKind::None, at)) = nda.kind.given_at().map(|(kind, at)| (*kind, at)) {
        if reaches || !nda.must_protect.items().is_empty() {
            report.at(at, "nda.kind", format!("Your systems or information are open to {}, and no confidentiality agreement is on record.", name(case.name()))).help(help);
        }
        return None;
    }
    let signed = nda.signed.copied()?;
    for (n, access) in live(case) {
        if let Some((granted, at)) = access.granted.given_at().filter(|(granted, _)| **granted < signed) {
            report
                .at(at, format!("access[{n}].granted"), format!("{} was opened on {}, before the NDA was signed on {}.", system(access), day(*granted), day(signed)))
                .help("Check both dates. If they are right, have the NDA cover the days between, and say so in `allow`.");
        }
    }
    Some(())
}
