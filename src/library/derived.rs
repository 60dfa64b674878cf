//! The dates that follow from a playbook, each with its arithmetic or the reason why it is not known.

use crate::calendar::terms::{self, Clock, EndsOn, Input, Notice, Renews, Terms};
use crate::calendar::{Date, Duration, Known, Unit, Workdays, is_unreadable};
use crate::schema::{Field, Lasting, NoticeCounting, NoticeTo, Playbook, ProtectionFrom, RenewalKind, Side};

/// Until when confidentiality holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    Through(Date),
    Perpetual,
}

/// The day that matters most: the last day once it is set, else the send-by day, else the term's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    pub kind: DeadlineKind,
    pub date: Date,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeadlineKind {
    Termination,
    SendBy,
    TermEnd,
}

impl DeadlineKind {
    pub fn word(self) -> &'static str {
        match self {
            DeadlineKind::Termination => "termination",
            DeadlineKind::SendBy => "send_by",
            DeadlineKind::TermEnd => "term_end",
        }
    }

    /// As a label on a page.
    pub fn label(self) -> &'static str {
        match self {
            DeadlineKind::Termination => "Last day",
            DeadlineKind::SendBy => "Send notice by",
            DeadlineKind::TermEnd => "Term ends",
        }
    }
}

/// The last days on which notice can be sent and received, each with its arithmetic: what pages and paper name.
#[derive(Debug, Clone)]
pub struct NoticeDays {
    pub send_by: Known<Date>,
    pub received_by: Known<Date>,
    /// The side that gives it.
    pub by: Side,
    /// The end of the term they are counted for; nothing where they are counted from the last day, or it is not known.
    pub until: Option<Date>,
    /// True where they are counted back from the last day, false where from the end of a term.
    pub is_from_last_day: bool,
    /// True where they are days of a planned ending, which not everybody may know of, and not of the contract alone.
    pub is_of_ending: bool,
}

#[derive(Debug, Clone)]
pub struct Derived {
    pub clock: Clock,
    pub notice: NoticeDays,
    /// The last day, where the playbook sets it.
    pub termination: Option<Date>,
    pub deadline: Known<Deadline>,
    pub protection: Known<Protection>,
    /// The newest review or feedback by the day the handbook is for.
    pub last_heard: Known<Date>,
}

impl Derived {
    /// `days` is none where it is not known which calendars count.
    pub fn of(playbook: &Playbook, days: Option<&Workdays>, as_of: Date) -> Derived {
        let terms = contract_terms(playbook);
        let mut clock = terms::clock(&terms, days.unwrap_or(&Workdays::default()), as_of);
        if days.is_none() {
            for counted in [&mut clock.received_by, &mut clock.send_by, &mut clock.earliest_end, &mut clock.end_if_today] {
                *counted = Known::no("not known: see the finding on `calendar`");
            }
        }
        let last_day = inside(&playbook.exit, |exit| exit.termination_date.input());
        let termination = last_day.given();
        let deadline = if last_day.is_broken() {
            Known::no("not known: see the finding on `exit.termination_date`")
        } else {
            deadline(&terms, &clock, termination)
        };
        let protection = protection(playbook, &clock, last_day);
        let notice = NoticeDays::of(playbook, days, &clock, termination, as_of);
        Derived { deadline, protection, termination, last_heard: last_heard(playbook, as_of), clock, notice }
    }

    /// Days from a day to the deadline; negative once it has passed.
    pub fn days_left(&self, as_of: Date) -> Option<i64> {
        self.deadline.value().map(|deadline| as_of.days_until(deadline.date))
    }
}

impl NoticeDays {
    /// Those of the current term, or of the one at whose end the vendor leaves. Where it leaves on another day, or its
    /// contract has no end to count from, those of the last day; but where notice may have to keep the contract from
    /// renewing before that, those of that renewal: the safe ones. The notice is that of the side that gives it.
    fn of(playbook: &Playbook, days: Option<&Workdays>, clock: &Clock, last: Option<Date>, as_of: Date) -> NoticeDays {
        let unknown = |field: &str| {
            let day = || Known::no(format!("not known: see the finding on `{field}`"));
            NoticeDays { send_by: day(), received_by: day(), by: Side::Client, until: None, is_from_last_day: false, is_of_ending: false }
        };
        if playbook.exit.is_broken() {
            return unknown("exit");
        }
        let by = match inside(&playbook.exit, |exit| exit.notice_by.input()) {
            Input::Given(side) => side,
            Input::Broken => return unknown("exit.notice_by"),
            Input::Absent => Side::Client,
        };
        if inside(&playbook.exit, |exit| exit.termination_date.input()).is_broken() {
            return NoticeDays { by, ..unknown("exit.termination_date") };
        }
        let terms = terms_for(playbook, by);
        let counted = |terms: &Terms, on: Date| terms::clock(terms, days.unwrap_or(&Workdays::default()), on);
        let clock = match (by, days) {
            (Side::Vendor, Some(_)) => counted(&terms, as_of),
            _ => clock.clone(),
        };
        let theirs = by == Side::Vendor;
        let until = clock.term_end.date();
        let of_term = move |clock: Clock, until: Option<Date>, is_of_ending: bool| {
            let Clock { send_by, received_by, .. } = clock;
            NoticeDays { send_by, received_by, by, until, is_from_last_day: false, is_of_ending }
        };
        let Some(last) = last.filter(|_| !clock.send_by.is_unreadable()) else { return of_term(clock, until, theirs) };
        let to = match terms.notice {
            Input::Given(notice) => notice.to,
            _ => Input::Absent,
        };
        match terms::end_up_to(&terms, last) {
            Input::Broken => return NoticeDays { by, ..unknown("contract.renewal") },
            Input::Given(end) if end != last && to.is_broken() => return NoticeDays { by, ..unknown("contract.notice.to") },
            // Where nobody wrote when notice may end it, it may have to keep the contract from renewing.
            Input::Given(end) if end == last || matches!(to, Input::Absent | Input::Given(EndsOn::TermEnd)) => {
                return if until == Some(end) { of_term(clock, until, theirs) } else { of_term(counted(&terms, end), Some(end), true) };
            }
            Input::Given(_) | Input::Absent => {}
        }
        let Clock { send_by, received_by, .. } = counted(&ending_on(terms, last), last);
        let (send_by, received_by) = (of_last_day(send_by), of_last_day(received_by));
        NoticeDays { send_by, received_by, by, until: None, is_from_last_day: true, is_of_ending: true }
    }

    /// The send-by day as a label on a page.
    pub fn label(&self) -> &'static str {
        if self.by == Side::Vendor { "They send notice by" } else { "Send notice by" }
    }

    /// True where the vendor means to stay for longer than the term that ends on a day: then nothing has to keep the
    /// contract from renewing on it.
    pub fn lets_renew(&self, end: Date, last: Option<Date>) -> bool {
        last.is_some_and(|last| last > end) && self.until != Some(end)
    }
}

/// The same contract, ending on a day.
fn ending_on(terms: Terms, last: Date) -> Terms {
    Terms { start: Input::Absent, end: Input::Given(last), renews: Input::Given(Renews::No), ..terms }
}

fn of_last_day(known: Known<Date>) -> Known<Date> {
    match known {
        Known::Yes { value, how } => Known::yes(value, how.replacen("term ends", "last day", 1)),
        unknown => unknown,
    }
}

fn deadline(terms: &Terms, clock: &Clock, termination: Option<Date>) -> Known<Deadline> {
    if let Some(date) = termination {
        return Known::yes(Deadline { kind: DeadlineKind::Termination, date }, "as written in the exit plan");
    }
    if clock.send_by.is_unreadable() {
        return Known::no(clock.send_by.why().unwrap_or_default());
    }
    let ends_by_itself = matches!(terms.renews, Input::Given(Renews::No | Renews::Option));
    if let (Known::Yes { value, how }, false) = (&clock.send_by, ends_by_itself) {
        return Known::yes(Deadline { kind: DeadlineKind::SendBy, date: *value }, how.clone());
    }
    match &clock.term_end {
        Known::Yes { value, how } => Known::yes(Deadline { kind: DeadlineKind::TermEnd, date: *value }, how.clone()),
        Known::No { why } => Known::no(why.clone()),
    }
}

/// A field of a section that may itself be absent or broken.
pub(crate) fn inside<S, T>(section: &Field<S>, field: impl FnOnce(&S) -> Input<T>) -> Input<T> {
    match section {
        Field::Absent => Input::Absent,
        Field::Broken(_) => Input::Broken,
        Field::Given(section, _) => field(section),
    }
}

/// The contract of a playbook as the clock reads it.
pub fn contract_terms(playbook: &Playbook) -> Terms {
    terms_for(playbook, Side::Client)
}

/// The contract of a playbook, with the notice that one side gives.
pub fn terms_for(playbook: &Playbook, side: Side) -> Terms {
    let contract = &playbook.contract;
    Terms {
        start: inside(contract, |c| c.start.input()),
        end: inside(contract, |c| c.end.input()),
        term: inside(contract, |c| c.term.input()).map(|days| days.0),
        renews: inside(contract, |c| inside(&c.renewal, |r| r.kind.input())).map(|kind| match kind {
            RenewalKind::None => Renews::No,
            RenewalKind::Auto => Renews::Auto,
            RenewalKind::Option => Renews::Option,
            RenewalKind::Evergreen => Renews::Evergreen,
        }),
        renewal_term: inside(contract, |c| inside(&c.renewal, |r| r.term.input())).map(|days| days.0),
        renewal_max: inside(contract, |c| inside(&c.renewal, |r| r.max.input())),
        minimum_until: inside(contract, |c| c.minimum_until.input()),
        notice: inside(contract, |c| inside(&c.notice, |notice| notice_of(notice, side))),
    }
}

fn notice_of(notice: &crate::schema::Notice, side: Side) -> Input<Notice> {
    let business = match notice.counting.input() {
        Input::Broken => return Input::Broken,
        counting => counting == Input::Given(NoticeCounting::Business),
    };
    let length = if side == Side::Vendor { &notice.vendor } else { &notice.client };
    length.input().map(|days| Notice {
        length: if business { as_business(days.0) } else { days.0 },
        clear_days: notice.clear_days.input(),
        deemed: notice.deemed.input().map(|days| days.0),
        to: notice.to.input().map(|to| match to {
            NoticeTo::Any => EndsOn::Any,
            NoticeTo::TermEnd => EndsOn::TermEnd,
            NoticeTo::MonthEnd => EndsOn::MonthEnd,
            NoticeTo::QuarterEnd => EndsOn::QuarterEnd,
        }),
    })
}

fn as_business(length: Duration) -> Duration {
    match length.unit {
        Unit::Day => Duration::new(length.count, Unit::BusinessDay),
        _ => length,
    }
}

/// Confidentiality runs through anchor + length, the last day included, clamped, no day taken off.
fn protection(playbook: &Playbook, clock: &Clock, last_day: Input<Date>) -> Known<Protection> {
    let nda = match &playbook.nda {
        Field::Absent => return Known::no("no confidentiality agreement is recorded"),
        Field::Broken(_) => return Known::no("not known: see the finding on `nda`"),
        Field::Given(nda, _) => nda,
    };
    let terms = match &nda.confidentiality {
        Field::Absent => return Known::no("how long confidentiality lasts is not recorded"),
        Field::Broken(_) => {
            return Known::no("not known: see the finding on `nda.confidentiality`");
        }
        Field::Given(terms, _) => terms,
    };
    let lasts = match terms.lasts {
        Field::Given(Lasting::Perpetual, _) => {
            return Known::yes(Protection::Perpetual, "it never ends");
        }
        Field::Given(Lasting::For(days), _) => days.0,
        Field::Absent => return Known::no("how long confidentiality lasts is not recorded"),
        Field::Broken(_) => {
            return Known::no("not known: see the finding on `nda.confidentiality.lasts`");
        }
    };
    let last_day = || match (last_day, &clock.term_end) {
        (Input::Broken, _) => Err("not known: see the finding on `exit.termination_date`"),
        (Input::Given(date), _) => Ok((date, "the last day")),
        (Input::Absent, Known::Yes { value, .. }) => Ok((*value, "the end of the current term")),
        (Input::Absent, Known::No { why }) if is_unreadable(why) => Err(why.as_str()),
        (Input::Absent, Known::No { .. }) => Err("the last day is not set, and the current term has no known end"),
    };
    let anchor = match terms.from {
        Field::Absent => Err("from which day confidentiality is counted is not recorded"),
        Field::Broken(_) => Err("not known: see the finding on `nda.confidentiality.from`"),
        Field::Given(ProtectionFrom::Effective, _) => match (nda.effective.input(), nda.signed.input()) {
            (Input::Given(date), _) | (Input::Absent, Input::Given(date)) => Ok((date, "the day the agreement took effect")),
            (Input::Broken, _) => Err("not known: see the finding on `nda.effective`"),
            (Input::Absent, Input::Broken) => Err("not known: see the finding on `nda.signed`"),
            (Input::Absent, Input::Absent) => Err("the day the agreement took effect is not recorded"),
        },
        Field::Given(ProtectionFrom::Termination | ProtectionFrom::Disclosure, _) => last_day(),
    };
    match anchor {
        Err(why) => Known::no(why),
        Ok((date, called)) => {
            let end = date.plus(lasts);
            Known::yes(Protection::Through(end), format!("{called}, {}, plus {}", date.long(), lasts.words()))
        }
    }
}

/// Where one of the dates cannot be read, it may be the newest.
fn last_heard(playbook: &Playbook, as_of: Date) -> Known<Date> {
    let (reviews, feedback) = (&playbook.reviews, &playbook.feedback);
    if reviews.is_unsure() || reviews.items().iter().any(|review| review.date.is_broken()) {
        return Known::no("not known: see the finding on `reviews`");
    }
    if feedback.is_unsure() || feedback.items().iter().any(|entry| entry.date.is_broken()) {
        return Known::no("not known: see the finding on `feedback`");
    }
    let reviews = reviews.items().iter().filter_map(|review| review.date.copied());
    let feedback = feedback.items().iter().filter_map(|entry| entry.date.copied());
    match reviews.chain(feedback).filter(|date| *date <= as_of).max() {
        Some(date) => Known::yes(date, "the newest review or feedback"),
        None => Known::no("no review and no feedback is recorded up to that day"),
    }
}
