//! The rule book: reads a playbook the way an experienced vendor manager would, and says what is missing or
//! risky, at its line, with what to write.
//!
//! A rule is one file in this folder: its manual page, its severity and the function that looks for it. It
//! is registered by one line in the list below; `explain`, the reference pages, the severities of
//! `handbook.yaml`, waivers and tests follow from that.
//!
//! A rule is silent about what it cannot know: a field that is written and cannot be read has its own
//! finding, and is neither missing nor wrong here.

mod facts;
mod prose;
mod report;
mod waivers;
mod words;

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::calendar::Date;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Findings, Severity, codes};
use crate::exit::{self, ExitPlan};
use crate::library::Vendor;
use crate::schema::{Playbook, Status, Step};

pub(crate) use facts::contact;
pub use report::Report;
pub use waivers::apply as waive;

/// Months after which an access should be checked again.
pub const ACCESS_CHECK_MONTHS: i64 = 6;

/// The day of the next check-in by the rhythm that was agreed, of a vendor that is not over yet.
pub fn next_check_in(vendor: &Vendor, config: &Config, as_of: Date) -> Option<Date> {
    let case = Case::of(vendor, config, as_of);
    case.only(Status::is_current)?;
    let rhythm = facts::rhythm(&case)?;
    Some(vendor.workdays.plus(rhythm.last, rhythm.every?))
}

pub(crate) use words::and;

/// One rule: who it is, and the function that looks for it.
#[derive(Debug)]
pub struct Rule {
    pub code: Code,
    pub check: Check,
}

/// What a rule looks at. A vendor's check may give up early where something it needs is not there.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    Vendor(fn(&Case<'_>, &mut Report<'_>) -> Option<()>),
    Library(fn(&Portfolio<'_>, &mut Across)),
}

/// Declares the rule of a file: its manual page, code, name, severity and check.
macro_rules! rule {
    ($(#[doc = $doc:literal])+ $id:ident $name:literal $severity:ident, $kind:ident $check:ident) => {
        $(#[doc = $doc])+
        pub static RULE: $crate::rules::Rule = $crate::rules::Rule {
            code: $crate::diagnostic::Code {
                id: stringify!($id),
                name: $name,
                severity: $crate::diagnostic::Severity::$severity,
                blocking: false,
                docs: concat!($($doc, "\n"),+),
            },
            check: $crate::rules::Check::$kind($check),
        };
    };
}

/// One line a rule, in the order of their codes.
macro_rules! rules {
    ($($file:ident)+) => {
        $( mod $file; )+
        /// Every rule, sorted by code.
        pub static RULES: &[&Rule] = &[$(&$file::RULE),+];
    };
}

rules! {
    acc001_no_client_revoker
    acc002_shared_secret_not_rotated
    acc003_access_after_end
    acc004_vendor_held_asset
    acc005_inventory_unconfirmed
    acc006_access_expires_soon
    com001_direct_lines_missing
    com002_cadence_too_thin
    com003_gone_silent
    com004_complaint_meeting_incomplete
    com005_business_change_unshared
    com006_all_criticism
    com007_feedback_not_actionable
    com008_micromanagement_signal
    con001_dates_out_of_order
    con002_no_contract_on_record
    con003_notice_missing
    con004_renewal_incomplete
    con005_notice_window_open
    con006_notice_window_missed
    con007_term_end_mismatch
    con008_critical_service_gaps
    del001_handover_format_missing
    del002_rights_or_acceptance_missing
    del003_turnover_incomplete
    exi001_exiting_without_date
    exi002_exit_plan_missing
    exi003_step_graph_invalid
    exi004_termination_too_early
    exi005_step_overdue
    exi006_step_unassigned
    exi007_required_step_missing
    exi008_revoke_before_handover
    exi009_decision_without_dialogue
    exi010_closure_incomplete
    exi011_bridge_burning_language
    exi012_exit_reason_missing
    exi013_step_before_dependency
    exi014_retention_passed
    exp001_one_sided_expectations
    exp002_core_topics_uncovered
    exp003_success_undefined
    exp004_vague_or_unagreed
    exp005_perfection_expected
    exp006_client_needs_unmet
    nda001_nda_missing_or_late
    nda002_nda_scope_gap
    nda003_return_or_destroy_missing
    nda004_confidentiality_ends_early
    nda005_personal_data_without_dpa
    nda006_confidentiality_ends_soon_after
    por001_one_owner_for_all_strategic
    por002_renewals_bunched
    por003_shared_contact
    por004_shared_subcontractor
    por005_vendor_churn
    por006_left_but_in_charge
    por007_successor_circle
    rev001_playbook_review_due
    rev002_review_action_overdue
    sla001_objective_impossible
    sla002_sla_not_operational
    sla003_sla_missed
    sla004_sla_exit_right_reached
    sla005_speed_without_quality
}

/// One vendor in front of a rule.
pub struct Case<'a> {
    pub vendor: &'a Vendor,
    pub playbook: &'a Playbook,
    pub config: &'a Config,
    pub as_of: Date,
    plan: OnceCell<ExitPlan>,
    own_steps: OnceCell<HashMap<String, usize>>,
}

impl<'a> Case<'a> {
    pub fn of(vendor: &'a Vendor, config: &'a Config, as_of: Date) -> Case<'a> {
        Case { vendor, playbook: &vendor.playbook, config, as_of, plan: OnceCell::new(), own_steps: OnceCell::new() }
    }

    /// The exit plan, made when the first rule asks for it.
    pub fn plan(&self) -> &ExitPlan {
        self.plan.get_or_init(|| exit::plan(self.vendor, self.as_of))
    }

    /// The plan for keeps.
    pub fn into_plan(self) -> ExitPlan {
        self.plan.into_inner().unwrap_or_else(|| exit::plan(self.vendor, self.as_of))
    }

    /// The step that the playbook itself writes about under an id, and its place in the list.
    pub fn own_step(&self, id: &str) -> Option<(usize, &'a Step)> {
        let own = self.playbook.exit.get()?.steps.items();
        let places = self.own_steps.get_or_init(|| {
            let ids = own.iter().enumerate().filter_map(|(n, step)| Some((step.id.get()?.0.to_lowercase(), n)));
            // Of two with one id, which is a finding, the first counts.
            ids.rev().collect()
        });
        places.get(&id.to_lowercase()).map(|n| (*n, &own[*n]))
    }

    /// Gives up where the status is unreadable or does not fit.
    pub fn only(&self, fits: fn(Status) -> bool) -> Option<Status> {
        self.vendor.status().filter(|status| fits(*status))
    }

    pub fn name(&self) -> &str {
        self.vendor.name()
    }
}

/// The whole library in front of a rule.
pub struct Portfolio<'a> {
    pub vendors: &'a [Vendor],
    pub as_of: Date,
}

/// Collects what a rule notices across vendors: each finding belongs to one of them, by its place in the list.
pub struct Across {
    code: &'static Code,
    found: Vec<(usize, Diagnostic)>,
}

impl Across {
    /// A finding in the playbook of the n-th vendor.
    pub fn at(
        &mut self,
        portfolio: &Portfolio<'_>,
        n: usize,
        span: crate::diagnostic::Span,
        field: &str,
        message: String,
    ) -> &mut Diagnostic {
        let mut findings = Findings::new(&portfolio.vendors[n].file);
        findings.add(self.code, span, message).field(field);
        self.found.extend(findings.into_list().into_iter().map(|finding| (n, finding)));
        let last = self.found.len() - 1;
        &mut self.found[last].1
    }
}

/// What every rule that is not switched off finds in one playbook.
pub fn check_case(case: &Case<'_>) -> Vec<Diagnostic> {
    run(case, RULES.iter().copied().filter(|rule| is_on(rule, case.config)))
}

/// What shows only across vendors: each finding with its vendor's place in the list.
pub fn across(vendors: &[Vendor], config: &Config, as_of: Date) -> Vec<(usize, Diagnostic)> {
    let found = RULES.par_iter().filter(|rule| is_on(rule, config)).filter_map(|rule| {
        let Check::Library(check) = rule.check else { return None };
        let mut found = Across { code: &rule.code, found: Vec::new() };
        check(&Portfolio { vendors, as_of }, &mut found);
        Some(found.found)
    });
    found.flatten_iter().collect()
}

/// What some rules find in one playbook.
pub fn check(vendor: &Vendor, config: &Config, as_of: Date, rules: &[&'static Rule]) -> Vec<Diagnostic> {
    run(&Case::of(vendor, config, as_of), rules.iter().copied())
}

fn run(case: &Case<'_>, rules: impl Iterator<Item = &'static Rule>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if case.vendor.is_unreadable() {
        return found;
    }
    for rule in rules {
        if let Check::Vendor(check) = rule.check {
            let mut report = Report::new(case.vendor, &rule.code);
            check(case, &mut report);
            found.append(&mut report.into_list());
        }
    }
    found
}

fn is_on(rule: &Rule, config: &Config) -> bool {
    config.severity(rule.code.id, Severity::Warning).is_some()
}

/// Rules whose findings run out of time, the most pressing first.
const PRESSING: &[&str] = &["STR009", "ACC003", "CON005", "CON006", "EXI001", "EXI004", "EXI005", "DEL003", "SLA003", "COM004", "COM005"];

/// The place of a code among those that run out of time; all others come after them.
pub fn pressing(code: &Code) -> usize {
    PRESSING.iter().position(|id| *id == code.id).unwrap_or(PRESSING.len())
}

/// Every code a finding can carry, of rules and of stages, sorted by id.
pub fn all_codes() -> &'static [&'static Code] {
    static ALL: OnceLock<Vec<&'static Code>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all: Vec<&'static Code> = codes::all().chain(RULES.iter().map(|rule| &rule.code)).collect();
        all.sort_by_key(|code| code.id);
        all
    })
}

/// Looks a code up by its id or its name, without regard to case.
pub fn find(word: &str) -> Option<&'static Code> {
    let word = word.trim();
    all_codes().iter().find(|code| code.id.eq_ignore_ascii_case(word) || code.name.eq_ignore_ascii_case(word)).copied()
}

/// The levels that `handbook.yaml` sets for codes that do not exist.
pub fn unknown_levels(config: &Config) -> Vec<Diagnostic> {
    let mut findings = Findings::new(&config.file);
    for (code, at) in config.levels() {
        if all_codes().iter().any(|known| known.id == code) {
            continue;
        }
        let ids = all_codes().iter().map(|known| known.id);
        let help = match words::nearest_code(code, ids) {
            Some(near) => format!("Did you mean `{near}`? `partwell explain` lists all codes."),
            None => "`partwell explain` lists all codes.".to_owned(),
        };
        let message = format!("No finding has the code {}, so this line changes nothing.", crate::diagnostic::quoted(code));
        findings.add(&codes::CFG007, at, message).help(help).field("rules");
    }
    findings.into_list()
}
