//! The contract clock: when the current term ends, the last day on which notice can arrive and be sent,
//! and how soon the contract can end. Each answer carries its arithmetic in words.

mod notice;

use super::{Date, Duration, Known, Workdays, is_unreadable};
use notice::Counting;

/// One input of the clock, as good as the playbook has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input<T> {
    Absent,
    /// Written, but unreadable: whatever hangs on it is not known.
    Broken,
    Given(T),
}

impl<T> Input<T> {
    pub fn given(self) -> Option<T> {
        match self {
            Input::Given(value) => Some(value),
            _ => None,
        }
    }

    pub fn is_broken(&self) -> bool {
        matches!(self, Input::Broken)
    }

    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Input<U> {
        match self {
            Input::Absent => Input::Absent,
            Input::Broken => Input::Broken,
            Input::Given(value) => Input::Given(f(value)),
        }
    }

    /// This one, and where nothing is written another.
    pub fn or_else(self, other: impl FnOnce() -> Input<T>) -> Input<T> {
        if matches!(self, Input::Absent) { other() } else { self }
    }

    pub fn as_ref(&self) -> Input<&T> {
        match self {
            Input::Absent => Input::Absent,
            Input::Broken => Input::Broken,
            Input::Given(value) => Input::Given(value),
        }
    }
}

/// What happens at the end of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renews {
    No,
    Auto,
    Option,
    Evergreen,
}

/// On which days a contract can end once notice has run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndsOn {
    Any,
    TermEnd,
    MonthEnd,
    QuarterEnd,
}

/// The dates and rules of one contract.
#[derive(Debug, Clone)]
pub struct Terms {
    pub start: Input<Date>,
    /// Last day in force, inclusive. Where it disagrees with `start` + `term`, it counts.
    pub end: Input<Date>,
    pub term: Input<Duration>,
    pub renews: Input<Renews>,
    pub renewal_term: Input<Duration>,
    pub renewal_max: Input<u32>,
    pub minimum_until: Input<Date>,
    /// None where the playbook has no usable notice for our side.
    pub notice: Input<Notice>,
}

/// The notice one side owes the other.
#[derive(Debug, Clone, Copy)]
pub struct Notice {
    pub length: Duration,
    /// Neither the day of arrival nor the last day counts: one more unit.
    pub clear_days: Input<bool>,
    /// How long after sending it counts as received.
    pub deemed: Input<Duration>,
    pub to: Input<EndsOn>,
}

/// All answers of the clock as of one day.
#[derive(Debug, Clone)]
pub struct Clock {
    pub term_end: Known<Date>,
    /// The end of the term that follows if nobody gives notice.
    pub next_end: Known<Date>,
    /// The last open day on which notice for the current term can arrive.
    pub received_by: Known<Date>,
    /// The last open day on which it can be sent.
    pub send_by: Known<Date>,
    /// The first day on which the contract can end if notice leaves today.
    pub earliest_end: Known<Date>,
    /// The last day to plan with if notice were given today.
    pub end_if_today: Known<Date>,
}

/// The last day of a term: `x = start + n months`; if the month was too short for the day, that clamped
/// day, else the day before. Terms in days or weeks end on their last day.
pub fn term_end(start: Date, term: Duration) -> Date {
    match term.months() {
        Some(months) => months_end(start, months),
        None => start.plus(term).plus_days(-1),
    }
}

fn months_end(start: Date, months: i64) -> Date {
    let x = start.plus_months(months);
    if x.day() < start.day() { x } else { x.plus_days(-1) }
}

/// Works out every answer as of a day, counting by the given open days.
pub fn clock(terms: &Terms, days: &Workdays, as_of: Date) -> Clock {
    let ends = TermEnds::of(terms);
    let current = ends.as_ref().map_err(Clone::clone).and_then(|ends| ends.current(as_of));
    let count = Counting { days, as_of };
    let term = match &current {
        Ok(term) => Known::yes(term.end, term.how.clone()),
        Err(why) => Known::no(why.clone()),
    };
    let next = match (&ends, &current) {
        (Ok(ends), Ok(term)) => ends.following(term),
        (_, Err(why)) | (Err(why), _) => Known::no(why.clone()),
    };
    let (received, sent) = match (&term, client_notice(terms)) {
        (Known::No { why }, _) => (Known::no(why.clone()), Known::no(why.clone())),
        (_, Err(why)) => (Known::no(why.clone()), Known::no(why)),
        (Known::Yes { value, .. }, Ok(notice)) => (count.received_by(*value, notice), count.send_by(*value, notice)),
    };
    let earliest = notice::earliest_end(terms, ends.as_ref(), current.as_ref(), &count);
    let today = notice::end_if_today(terms, ends.as_ref(), current.as_ref(), &count, &earliest);
    Clock { term_end: term, next_end: next, received_by: received, send_by: sent, earliest_end: earliest, end_if_today: today }
}

/// The last term end up to a day. Absent where the contract is over before that day, has no end, or its first term runs
/// longer; where it renews by itself and nobody wrote for how long, its first end: the safe one.
pub fn end_up_to(terms: &Terms, last: Date) -> Input<Date> {
    let ends = match TermEnds::of(terms) {
        Ok(ends) => ends,
        Err(why) => return if is_unreadable(&why) { Input::Broken } else { Input::Absent },
    };
    match ends.renews {
        _ if ends.first == last => return Input::Given(last),
        _ if ends.first > last => return Input::Absent,
        Input::Broken => return Input::Broken,
        Input::Given(Renews::Auto) if ends.renewal.is_broken() || ends.max.is_broken() => return Input::Broken,
        Input::Given(Renews::Auto) if ends.renewal.given().is_none_or(|renewal| renewal.count == 0) => return Input::Given(ends.first),
        Input::Given(Renews::Auto) => {}
        Input::Absent | Input::Given(_) => return Input::Absent,
    }
    let mut found = Input::Absent;
    for end in ends.from(&Term { k: 0, end: ends.first, how: String::new() }) {
        if end >= last {
            return if end == last { Input::Given(end) } else { found };
        }
        found = Input::Given(end);
    }
    Input::Absent
}

fn client_notice(terms: &Terms) -> Result<Notice, String> {
    match terms.notice {
        Input::Given(notice) => Ok(notice),
        Input::Absent => Err("no notice period is recorded".into()),
        Input::Broken => Err(broken("contract.notice")),
    }
}

fn broken(field: &str) -> String {
    format!("not known: see the finding on `{field}`")
}

/// One term: the k-th renewal (0 is the first term) and its last day.
#[derive(Debug, Clone)]
struct Term {
    k: u32,
    end: Date,
    how: String,
}

/// All term ends of a contract, each worked out from the start, never from the one before.
struct TermEnds {
    first: Date,
    how: String,
    /// Start and months of the first term, where renewals add up with it.
    from_start: Option<(Date, i64)>,
    renews: Input<Renews>,
    renewal: Input<Duration>,
    max: Input<u32>,
}

impl TermEnds {
    fn of(terms: &Terms) -> Result<TermEnds, String> {
        let computed = match (terms.start, terms.term) {
            (Input::Given(start), Input::Given(term)) => Some((start, term, term_end(start, term))),
            _ => None,
        };
        let (first, how) = match (terms.end, computed) {
            (Input::Broken, _) => return Err(broken("contract.end")),
            (Input::Given(end), _) => (end, "as written in the contract".to_owned()),
            (Input::Absent, Some((start, term, end))) => {
                (end, format!("starts {}, runs {}, the last day included", start.long(), term.words()))
            }
            (Input::Absent, None) => return Err(why_no_end(terms)),
        };
        let from_start = computed.filter(|(_, _, end)| *end == first).and_then(|(start, term, _)| Some((start, term.months()?)));
        Ok(TermEnds { first, how, from_start, renews: terms.renews, renewal: terms.renewal_term, max: terms.renewal_max })
    }

    /// The last day of the k-th renewed term.
    fn end(&self, k: u32, renewal: Duration) -> Date {
        if k == 0 {
            return self.first;
        }
        match (self.from_start, renewal.months()) {
            (Some((start, months)), Some(more)) => months_end(start, months + i64::from(k) * more),
            _ => {
                let count = renewal.count.saturating_mul(k);
                term_end(self.first.plus_days(1), Duration::new(count, renewal.unit))
            }
        }
    }

    fn current(&self, as_of: Date) -> Result<Term, String> {
        if self.first >= as_of {
            return Ok(Term { k: 0, end: self.first, how: self.how.clone() });
        }
        match self.renews {
            Input::Broken => Err(broken("contract.renewal")),
            Input::Given(Renews::Evergreen) => Err("it runs on until one side gives notice".into()),
            Input::Absent | Input::Given(Renews::No | Renews::Option) => Ok(Term { k: 0, end: self.first, how: self.how.clone() }),
            Input::Given(Renews::Auto) => self.renewed(as_of),
        }
    }

    fn renewed(&self, as_of: Date) -> Result<Term, String> {
        if self.max.is_broken() {
            return Err(broken("contract.renewal.max"));
        }
        let renewal = match self.renewal {
            Input::Given(renewal) if renewal.count > 0 => renewal,
            Input::Broken => return Err(broken("contract.renewal.term")),
            _ => return Err("the first term is over and no renewal term is recorded".into()),
        };
        let most = self.max.given().unwrap_or(u32::MAX);
        let (mut k, mut end) = (0, self.first);
        while end < as_of && k < most {
            let next = self.end(k + 1, renewal);
            if next <= end {
                break;
            }
            (k, end) = (k + 1, next);
        }
        let times = if k == 1 { "once".to_owned() } else { format!("{k} times") };
        let how = if k == 0 { self.how.clone() } else { format!("{}, renewed {times} by {}", self.how, renewal.words()) };
        Ok(Term { k, end, how })
    }

    /// The end of the term after this one, where the contract renews by itself.
    fn following(&self, term: &Term) -> Known<Date> {
        match (self.renews, self.renewal) {
            (Input::Given(Renews::Auto), Input::Given(renewal)) if renewal.count > 0 => {
                if self.max.is_broken() {
                    return Known::no(broken("contract.renewal.max"));
                }
                if self.max.given().is_some_and(|max| term.k >= max) {
                    return Known::no("its renewals are used up");
                }
                Known::yes(self.end(term.k + 1, renewal), format!("it renews for {}", renewal.words()))
            }
            (Input::Given(Renews::Auto), Input::Absent | Input::Given(_)) => Known::no("no renewal term is recorded"),
            (Input::Broken, _) | (_, Input::Broken) => Known::no(broken("contract.renewal")),
            (Input::Given(Renews::Evergreen), _) => Known::no("it runs on until one side gives notice"),
            (Input::Given(Renews::No | Renews::Option), _) => Known::no("it does not renew by itself"),
            (Input::Absent, _) => Known::no("no renewal is recorded"),
        }
    }

    /// Term ends from the current one on, as far as the contract renews by itself.
    fn from(&self, term: &Term) -> impl Iterator<Item = Date> + '_ {
        let renewal = self.renewal.given().filter(|r| r.count > 0 && self.renews == Input::Given(Renews::Auto) && !self.max.is_broken());
        let most = self.max.given().unwrap_or(u32::MAX);
        let (k, end) = (term.k, term.end);
        // A renewal each day for ten years is more than any notice reaches.
        std::iter::once(end).chain((k + 1..k.saturating_add(4000)).map_while(move |k| {
            let renewal = renewal?;
            (k <= most).then(|| self.end(k, renewal))
        }))
    }
}

fn why_no_end(terms: &Terms) -> String {
    match (terms.start, terms.term, terms.renews) {
        (Input::Broken, ..) => broken("contract.start"),
        (_, Input::Broken, _) => broken("contract.term"),
        (_, _, Input::Given(Renews::Evergreen)) => "it has no end: it runs until one side gives notice".into(),
        (Input::Absent, Input::Absent, _) => "no contract dates are recorded".into(),
        (Input::Absent, ..) => "no contract start is recorded".into(),
        _ => "neither an end nor a term is recorded".into(),
    }
}
