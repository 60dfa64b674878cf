use std::collections::BTreeSet;

use super::{Date, Duration, Offset, Unit};

/// Which way a date moves when it falls on a closed day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Roll {
    Previous,
    Next,
    None,
}

/// The days that are open for business: neither in the weekend nor a holiday of any calendar in use.
#[derive(Debug, Clone, Default)]
pub struct Workdays {
    weekend: [bool; 7],
    holidays: BTreeSet<Date>,
    /// Names of the calendars counted by, and the years in which each names at least one holiday.
    calendars: Vec<(String, BTreeSet<i16>)>,
}

impl Workdays {
    /// `weekend` starts at Monday. At least one day of the week stays open.
    pub fn new(weekend: [bool; 7]) -> Workdays {
        let weekend = if weekend.iter().all(|closed| *closed) { [false; 7] } else { weekend };
        Workdays { weekend, holidays: BTreeSet::new(), calendars: Vec::new() }
    }

    /// Adds a holiday calendar; a day closed in any calendar is closed.
    pub fn with_calendar(mut self, name: &str, holidays: impl IntoIterator<Item = Date>) -> Workdays {
        let days: Vec<Date> = holidays.into_iter().collect();
        self.calendars.push((name.to_owned(), days.iter().map(|day| day.year()).collect()));
        self.holidays.extend(days);
        self
    }

    pub fn is_open(&self, date: Date) -> bool {
        !self.weekend[date.weekday()] && !self.holidays.contains(&date)
    }

    /// True where no holiday calendar is in use, so only weekends are counted.
    pub fn only_weekends(&self) -> bool {
        self.calendars.is_empty()
    }

    /// Calendar and year pairs between two days for which no holiday is known.
    pub fn unknown_years(&self, a: Date, b: Date) -> Vec<(String, i16)> {
        let (from, to) = if a <= b { (a.year(), b.year()) } else { (b.year(), a.year()) };
        let missing = |(name, years): &(String, BTreeSet<i16>)| {
            (from..=to).filter(|year| !years.contains(year)).map(|year| (name.clone(), year)).collect::<Vec<_>>()
        };
        self.calendars.iter().flat_map(missing).collect()
    }

    pub fn roll(&self, date: Date, roll: Roll) -> Date {
        match roll {
            Roll::None => date,
            Roll::Previous => self.walk(date, -1, 0),
            Roll::Next => self.walk(date, 1, 0),
        }
    }

    /// The n-th open day after (or before) a day, the day itself not counted. Zero rolls in that direction.
    pub fn count(&self, date: Date, days: u32, back: bool) -> Date {
        self.walk(date, if back { -1 } else { 1 }, days)
    }

    /// The date plus a duration, counting open days where it counts business days. Does not roll.
    pub fn plus(&self, date: Date, duration: Duration) -> Date {
        match duration.unit {
            Unit::BusinessDay => self.count(date, duration.count, false),
            _ => date.plus(duration),
        }
    }

    /// The date less a duration, counting open days where it counts business days. Does not roll.
    pub fn minus(&self, date: Date, duration: Duration) -> Date {
        match duration.unit {
            Unit::BusinessDay => self.count(date, duration.count, true),
            _ => date.minus(duration),
        }
    }

    /// An anchor day moved by an offset. Does not roll, but a zero of business days does.
    pub fn offset(&self, anchor: Date, offset: Offset) -> Date {
        if offset.back { self.minus(anchor, offset.duration) } else { self.plus(anchor, offset.duration) }
    }

    fn walk(&self, from: Date, step: i64, open_days: u32) -> Date {
        let mut date = from;
        let mut left = open_days;
        while left > 0 {
            let next = date.plus_days(step);
            if next == date {
                return date;
            }
            date = next;
            left -= u32::from(self.is_open(date));
        }
        while !self.is_open(date) {
            let next = date.plus_days(step);
            if next == date {
                return date;
            }
            date = next;
        }
        date
    }
}
