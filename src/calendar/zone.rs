//! Time zones, for the two places where the hour matters: when access closes, and whether a message sent
//! late in the evening arrives on the day that counts. The zone rules are built in, so results do not
//! depend on the machine.

use jiff::{civil, tz::TimeZone};

use super::Date;

/// A time of day, `17:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time {
    pub hour: i8,
    pub minute: i8,
}

impl Time {
    /// The last minute of a day: the hour at which access closes when none is given.
    pub const END_OF_DAY: Time = Time { hour: 23, minute: 59 };

    /// Reads `HH:MM`, 00:00 to 23:59.
    pub fn parse(text: &str) -> Option<Time> {
        let (hour, minute) = text.split_once(':')?;
        let number = |part: &str| (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<i8>().ok()).flatten();
        let time = Time { hour: number(hour)?, minute: number(minute)? };
        (time.hour < 24 && time.minute < 60).then_some(time)
    }
}

impl std::fmt::Display for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

/// True where the name is a time zone, like `Europe/London` or `UTC`.
pub fn is_zone(name: &str) -> bool {
    TimeZone::get(name).is_ok()
}

/// The day and time in one zone, read on a wall in another. None where a zone is unknown.
pub fn convert(date: Date, time: Time, from: &str, to: &str) -> Option<(Date, Time)> {
    let from = TimeZone::get(from).ok()?;
    let to = TimeZone::get(to).ok()?;
    let local = date.civil().to_datetime(civil::time(time.hour, time.minute, 0, 0));
    let there = local.to_zoned(from).ok()?.with_time_zone(to).datetime();
    Some((Date::from_civil(there.date()), Time { hour: there.hour(), minute: there.minute() }))
}

/// The day it is in a zone, so many seconds after the beginning of 1970.
pub fn day_of(seconds: i64, zone: &str) -> Date {
    let instant = jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    Date::from_civil(instant.to_zoned(zone).date())
}
