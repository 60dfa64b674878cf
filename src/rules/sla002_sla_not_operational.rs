use super::facts::item;
use super::words::{and, said};
use super::{Case, Report};
use crate::schema::{Sla, Status};

rule! {
    /// Looks for a service level that is a wish rather than a promise: without a window, without someone who counts or a source for the number, or without anything that follows from a miss.
    ///
    /// ## Why it matters
    ///
    /// If nobody counts, a target is only decoration, and the first quarrel is about the number itself. Picture two spreadsheets with two results for the same October. Say over which span, who counts from what, and what follows: a credit, somebody to call, or a way out. Commission Delegated Regulation (EU) 2024/1773, Article 9(1), and Regulation (EU) 2022/2554, Article 30(3)(a), ask for measures to follow and for service levels described in full.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// slas:
    ///   - id: first-time
    ///     kind: quality
    ///     objective: {op: gte, value: 95, unit: percent}
    ///     measured_by: client
    ///     source: weekly walk
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// slas:
    ///   - id: first-time
    ///     kind: quality
    ///     objective: {op: gte, value: 95, unit: percent}
    ///     window: 1mo
    ///     measured_by: client
    ///     source: weekly walk
    ///     escalation: [kim]
    /// ```
    SLA002 "sla-not-operational" Warning, Vendor check
}

fn check(case: &Case<'_>, report: &mut Report<'_>) -> Option<()> {
    case.only(|status| status != Status::Ended)?;
    for (n, sla) in case.playbook.slas.items().iter().enumerate() {
        let missing = missing(sla);
        if let Some((_, write)) = missing.first() {
            let what: Vec<&str> = missing.iter().map(|(what, _)| *what).collect();
            let id = sla.id.get().map_or("without an id".to_owned(), |id| said(&id.0));
            let add = report.add(&sla.base, write).filter(|_| missing.len() == 1);
            let many = missing.len() > 2;
            let lines: Vec<String> = missing.iter().map(|(_, write)| format!("`{}`", if many { write.split(':').next().unwrap_or(write) } else { write })).collect();
            report
                .at(item(sla.base.at), format!("slas[{n}]"), format!("The service level {id} cannot be enforced: it does not say {}.", and(&what)))
                .help(format!("Add for example {}.", and(&lines)))
                .patch(add);
        }
    }
    Some(())
}

/// What is not there, with a line to write.
fn missing(sla: &Sla) -> Vec<(&'static str, &'static str)> {
    let mut missing = Vec::new();
    if sla.window.is_absent() {
        missing.push(("over which time", "window: 1mo"));
    }
    if sla.measured_by.is_absent() {
        missing.push(("who counts", "measured_by: client"));
    }
    if sla.source.is_absent() {
        missing.push(("from what", "source: ticket system"));
    }
    if sla.credit.is_absent() && sla.escalation.is_absent() && sla.exit_right.is_absent() {
        missing.push(("what follows a miss", "exit_right: {misses: 2, of: 3}"));
    }
    missing
}
