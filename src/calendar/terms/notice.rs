//! Notice, counted back from a term's end and forward from today, in words.

use super::{EndsOn, Input, Notice, Term, TermEnds, Terms, broken, client_notice};
use crate::calendar::{Date, Duration, Known, Roll, Unit, Workdays};

/// Counting back and forth over open days, in words.
pub struct Counting<'a> {
    pub days: &'a Workdays,
    pub as_of: Date,
}

impl Counting<'_> {
    fn less_notice(&self, end: Date, notice: Notice, clear: bool) -> Date {
        match (clear, notice.length.unit) {
            (false, _) => self.days.minus(end, notice.length),
            (true, Unit::BusinessDay) => self.days.count(end, notice.length.count + 1, true),
            (true, _) => self.days.minus(end, notice.length).plus_days(-1),
        }
    }

    fn plus_notice(&self, from: Date, notice: Notice, clear: bool) -> Date {
        match (clear, notice.length.unit) {
            (false, _) => self.days.plus(from, notice.length),
            (true, Unit::BusinessDay) => self.days.count(from, notice.length.count + 1, false),
            (true, _) => self.days.plus(from, notice.length).plus_days(1),
        }
    }

    pub fn received_by(&self, end: Date, notice: Notice) -> Known<Date> {
        let Some(clear) = clear(notice) else {
            return Known::no(broken("contract.notice.clear_days"));
        };
        let raw = self.less_notice(end, notice, clear);
        let rolled = self.days.roll(raw, Roll::Previous);
        let year = rolled.year();
        let mut how = format!("term ends {}, less {} is {}", end.long(), notice_words(notice, clear), raw.beside(year));
        if rolled != raw {
            how.push_str(&format!(", back to a working day {}", rolled.beside(year)));
        }
        how.push_str(&self.caution(rolled, end));
        Known::yes(rolled, how)
    }

    pub fn send_by(&self, end: Date, notice: Notice) -> Known<Date> {
        let Some(clear) = clear(notice) else {
            return Known::no(broken("contract.notice.clear_days"));
        };
        let raw = self.less_notice(end, notice, clear);
        let received = self.days.roll(raw, Roll::Previous);
        let deemed = match notice.deemed {
            Input::Broken => return Known::no(broken("contract.notice.deemed")),
            Input::Absent => Duration::new(0, Unit::Day),
            Input::Given(deemed) => deemed,
        };
        let left = if deemed.count == 0 { received } else { self.days.minus(received, deemed) };
        let send = self.days.roll(left, Roll::Previous);
        let year = send.year();
        let mut how = format!("term ends {}, less {} is {}", end.long(), notice_words(notice, clear), raw.beside(year));
        if received != raw {
            how.push_str(&format!(", back to a working day {}", received.beside(year)));
        }
        if deemed.count > 0 {
            how.push_str(&format!(", less {} for delivery", deemed.words()));
        }
        if send != left {
            how.push_str(&format!(" is {}, back to a working day", left.beside(year)));
        }
        how.push_str(&self.caution(send, end));
        Known::yes(send, how)
    }

    /// Says when the count had to do without holidays.
    fn caution(&self, a: Date, b: Date) -> String {
        if self.days.only_weekends() {
            return "; only weekends are counted, no holidays are configured".into();
        }
        let years: Vec<String> = self.days.unknown_years(a, b).into_iter().map(|(name, year)| format!("{name} {year}")).collect();
        if years.is_empty() { String::new() } else { format!("; no holidays are configured for {}", years.join(", ")) }
    }
}

fn clear(notice: Notice) -> Option<bool> {
    match notice.clear_days {
        Input::Broken => None,
        other => Some(other.given().unwrap_or(false)),
    }
}

fn notice_words(notice: Notice, clear: bool) -> String {
    let words = notice.length.words();
    match (clear, notice.length.unit) {
        (false, _) => words,
        (true, Unit::Day | Unit::BusinessDay) => words.replacen(' ', " clear ", 1),
        (true, _) => format!("{words} and a clear day"),
    }
}

/// The first day on which the contract can end if notice leaves today. Not rolled.
pub fn earliest_end(terms: &Terms, ends: Result<&TermEnds, &String>, current: Result<&Term, &String>, count: &Counting) -> Known<Date> {
    let notice = match client_notice(terms) {
        Ok(notice) => notice,
        Err(why) => return Known::no(why),
    };
    let (Some(clear), false) = (clear(notice), terms.minimum_until.is_broken()) else {
        return Known::no(broken(if terms.minimum_until.is_broken() { "contract.minimum_until" } else { "contract.notice.clear_days" }));
    };
    let deemed = match notice.deemed {
        Input::Broken => return Known::no(broken("contract.notice.deemed")),
        other => other.given().filter(|deemed| deemed.count > 0),
    };
    let received = deemed.map_or(count.as_of, |deemed| count.days.plus(count.as_of, deemed));
    let notice_over = count.plus_notice(received, notice, clear);
    let minimum = terms.minimum_until.given().filter(|minimum| *minimum > notice_over);
    let free = minimum.unwrap_or(notice_over);
    let year = count.as_of.year();
    let mut how = format!("notice sent {}", count.as_of.long());
    if deemed.is_some() {
        how.push_str(&format!(", received {}", received.beside(year)));
    }
    how.push_str(&format!(", plus {} is {}", notice_words(notice, clear), notice_over.beside(year)));
    if let Some(minimum) = minimum {
        how.push_str(&format!(", not before the minimum term ends {}", minimum.beside(year)));
    }
    let end = match notice.to {
        Input::Broken => return Known::no(broken("contract.notice.to")),
        Input::Absent | Input::Given(EndsOn::Any) => free,
        Input::Given(EndsOn::MonthEnd) => free.end_of_month(),
        Input::Given(EndsOn::QuarterEnd) => free.end_of_quarter(),
        Input::Given(EndsOn::TermEnd) => match (ends, current) {
            (Ok(ends), Ok(term)) => match ends.from(term).find(|end| *end >= free) {
                Some(end) => end,
                None => {
                    return Known::no(format!("notice would run past the last term end, {}", term.end.long()));
                }
            },
            (Err(why), _) | (_, Err(why)) => return Known::no(why.clone()),
        },
    };
    let to = match notice.to.given() {
        Some(EndsOn::TermEnd) => "the end of a term",
        Some(EndsOn::MonthEnd) => "the end of the month",
        Some(EndsOn::QuarterEnd) => "the end of the quarter",
        _ => "",
    };
    if end != free {
        how.push_str(&format!(", carried to {to} {}", end.beside(year)));
    }
    how.push_str(&if notice.length.unit == Unit::BusinessDay || deemed.is_some_and(|d| d.unit == Unit::BusinessDay) {
        count.caution(count.as_of, end)
    } else {
        String::new()
    });
    Known::yes(end, how)
}

/// For notice to a term's end, the safe reading is the first term whose send-by day is still ahead.
pub fn end_if_today(
    terms: &Terms,
    ends: Result<&TermEnds, &String>,
    current: Result<&Term, &String>,
    count: &Counting,
    earliest: &Known<Date>,
) -> Known<Date> {
    let (Input::Given(notice), Ok(ends), Ok(term)) = (terms.notice, ends, current) else {
        return earliest.clone();
    };
    if notice.to != Input::Given(EndsOn::TermEnd) || earliest.date().is_none() {
        return earliest.clone();
    }
    let minimum = terms.minimum_until.given();
    let in_time = |end: &Date| {
        count.send_by(*end, notice).date().is_some_and(|send| send >= count.as_of) && minimum.is_none_or(|minimum| *end >= minimum)
    };
    match ends.from(term).find(in_time) {
        Some(end) => Known::yes(end, format!("the first term whose send-by day is not past ends {}", end.long())),
        None => Known::no("the last send-by day has passed"),
    }
}
