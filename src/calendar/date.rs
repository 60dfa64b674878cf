use std::fmt;

use jiff::{ToSpan, civil};
use serde::{Serialize, Serializer};

use super::{Duration, Unit};

/// A calendar day between 1900-01-01 and 9999-12-31. Arithmetic that would leave that range stops at its end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

const FIRST: civil::Date = civil::date(1900, 1, 1);
const LAST: civil::Date = civil::date(9999, 12, 31);

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Digits and hyphens as text.
fn iso(digits: &[u8; 10]) -> &str {
    std::str::from_utf8(digits).unwrap_or_default()
}

impl Date {
    /// Reads strictly `YYYY-MM-DD`. The error says what is wrong with the text, as the end of a sentence.
    pub fn parse(text: &str) -> Result<Date, String> {
        let bytes = text.as_bytes();
        let digits = |range: std::ops::Range<usize>| bytes[range].iter().all(u8::is_ascii_digit);
        let shaped = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-' && digits(0..4) && digits(5..7) && digits(8..10);
        if !shaped {
            return Err("dates are written year-month-day, like 2026-02-28".into());
        }
        let number = |range: std::ops::Range<usize>| text[range].parse::<i16>().unwrap_or(0);
        let (year, month, day) = (number(0..4), number(5..7), number(8..10));
        if year < 1900 {
            return Err(format!("the year {year:04} lies outside 1900 to 9999"));
        }
        if !(1..=12).contains(&month) {
            return Err(format!("there is no month {month:02}"));
        }
        civil::Date::new(year, month as i8, day as i8).map(Date).map_err(|_| {
            let first = civil::date(year, month as i8, 1);
            format!("{} has {} days", first.strftime("%B %Y"), first.days_in_month())
        })
    }

    /// The day with these numbers, where there is one in range.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Date> {
        civil::Date::new(year, month, day).ok().filter(|date| (FIRST..=LAST).contains(date)).map(Date)
    }

    pub fn year(self) -> i16 {
        self.0.year()
    }

    pub fn month(self) -> i8 {
        self.0.month()
    }

    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> usize {
        self.0.weekday().to_monday_zero_offset() as usize
    }

    pub fn plus_days(self, days: i64) -> Date {
        self.shifted(self.0.checked_add(days.clamp(-4_000_000, 4_000_000).days()), days < 0)
    }

    /// The same day number that many months on, or the last day of the month where it has no such day.
    pub fn plus_months(self, months: i64) -> Date {
        self.shifted(self.0.checked_add(months.clamp(-120_000, 120_000).months()), months < 0)
    }

    /// Adds calendar units. Business days count as days here: they need [`super::Workdays`].
    pub fn plus(self, duration: Duration) -> Date {
        self.calendar_shift(duration, 1)
    }

    /// Takes calendar units off, months from this day as the anchor.
    pub fn minus(self, duration: Duration) -> Date {
        self.calendar_shift(duration, -1)
    }

    fn calendar_shift(self, duration: Duration, sign: i64) -> Date {
        let count = sign * i64::from(duration.count);
        match duration.unit {
            Unit::Week => self.plus_days(7 * count),
            Unit::Month => self.plus_months(count),
            Unit::Year => self.plus_months(12 * count),
            Unit::Day | Unit::BusinessDay => self.plus_days(count),
            Unit::Minute | Unit::Hour | Unit::BusinessHour => self,
        }
    }

    /// Days from this day to the other: positive when the other is later.
    pub fn days_until(self, other: Date) -> i64 {
        i64::from(self.0.until(other.0).map_or(0, |span| span.get_days()))
    }

    pub fn end_of_month(self) -> Date {
        Date(self.0.last_of_month())
    }

    /// The last day of the calendar quarter (March, June, September, December).
    pub fn end_of_quarter(self) -> Date {
        let month = (self.month() + 2) / 3 * 3;
        Date::new(self.year(), month, 1).map_or(self, Date::end_of_month)
    }

    /// `Thu 10 Dec 2026`, the form used on every page and sheet.
    pub fn long(self) -> String {
        let mut out = String::with_capacity(15);
        self.push_long(&mut out);
        out
    }

    /// `Thu 10 Dec`, for places where the year was just said.
    pub fn short(self) -> String {
        let mut out = String::with_capacity(10);
        self.push_short(&mut out);
        out
    }

    /// Adds [`Date::long`] to a text.
    pub fn push_long(self, out: &mut String) {
        self.push_short(out);
        out.push(' ');
        out.push_str(&iso(&self.iso_digits())[..4]);
    }

    /// Adds `2026-12-10` to a text.
    pub fn push_iso(self, out: &mut String) {
        out.push_str(iso(&self.iso_digits()));
    }

    fn iso_digits(self) -> [u8; 10] {
        let digit = |number: i16| b'0' + (number % 10).unsigned_abs() as u8;
        let (year, month, day) = (self.year(), i16::from(self.month()), i16::from(self.day()));
        [
            digit(year / 1000),
            digit(year / 100),
            digit(year / 10),
            digit(year),
            b'-',
            digit(month / 10),
            digit(month),
            b'-',
            digit(day / 10),
            digit(day),
        ]
    }

    fn push_short(self, out: &mut String) {
        out.push_str(WEEKDAYS[self.weekday()]);
        out.push(' ');
        out.push_str(iso(&self.iso_digits())[8..].trim_start_matches('0'));
        out.push(' ');
        out.push_str(MONTHS[self.month().unsigned_abs() as usize - 1]);
    }

    /// [`Date::short`] where the year is the given one, else [`Date::long`].
    pub fn beside(self, year: i16) -> String {
        if self.year() == year { self.short() } else { self.long() }
    }

    /// `December 2026`.
    pub fn month_name(self) -> String {
        self.0.strftime("%B %Y").to_string()
    }

    pub(super) fn civil(self) -> civil::Date {
        self.0
    }

    pub(super) fn from_civil(date: civil::Date) -> Date {
        Date(date.clamp(FIRST, LAST))
    }

    fn shifted(self, result: Result<civil::Date, jiff::Error>, back: bool) -> Date {
        Date(result.unwrap_or(if back { FIRST } else { LAST }).clamp(FIRST, LAST))
    }
}

/// `2026-12-10`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(iso(&self.iso_digits()))
    }
}

/// As [`Display`](fmt::Display) writes it.
impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(iso(&self.iso_digits()))
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
