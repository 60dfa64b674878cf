//! Measured service levels: which figure is the newest, and whether it is as agreed.

use super::Vendor;
use crate::calendar::Date;
use crate::schema::{Actual, Op, Period, Sla};

/// The newest actual that ended by a day, whatever the order they are written in. Of two for one period a miss counts.
pub fn newest(sla: &Sla, as_of: Date) -> Option<&Actual> {
    let last_day = |actual: &Actual| actual.period.get().and_then(Period::last_day);
    let ended = sla.actuals.items().iter().filter(|actual| last_day(actual).is_some_and(|day| day <= as_of));
    ended.max_by_key(|actual| (last_day(actual), meets(sla, actual) == Some(false)))
}

/// Whether an actual meets its objective; nothing where that cannot be told. With `target_percent` an actual
/// is the share of cases that met it; without, it is compared with the value, or the gentler target of the
/// early days.
pub fn meets(sla: &Sla, actual: &Actual) -> Option<bool> {
    let value = actual.value.copied()?;
    let objective = sla.objective.get()?;
    if objective.target_percent.is_broken() {
        return None;
    }
    if let Some(percent) = objective.target_percent.copied() {
        return Some(value >= percent);
    }
    let target = number(sla, actual)?;
    Some(match objective.op.copied()? {
        Op::Gte => value >= target,
        Op::Lte => value <= target,
        Op::Gt => value > target,
        Op::Lt => value < target,
    })
}

/// The last day on which the credit for a miss can be claimed, while it lies ahead. It never rolls.
pub fn claim_by(sla: &Sla, actual: &Actual, vendor: &Vendor, as_of: Date) -> Option<Date> {
    let within = sla.credit.get()?.claim_within.copied()?;
    let last = actual.period.get()?.last_day().filter(|last| *last <= as_of)?;
    let is_missed = meets(sla, actual) == Some(false);
    Some(vendor.workdays.plus(last, within.0)).filter(|day| is_missed && *day >= as_of)
}

/// What an actual is judged by, in words: `at least 95 %`.
pub fn target(sla: &Sla, actual: &Actual) -> Option<String> {
    let objective = sla.objective.get()?;
    if let Some(percent) = objective.target_percent.copied() {
        return Some(format!("at least {percent} %"));
    }
    let how = match objective.op.copied()? {
        Op::Gte => "at least",
        Op::Lte => "at most",
        Op::Gt => "more than",
        Op::Lt => "less than",
    };
    let unit = objective.unit.copied().map_or(String::new(), |unit| match unit {
        crate::schema::SlaUnit::Percent => " %".to_owned(),
        unit => format!(" {}", words(unit)).trim_end().to_owned(),
    });
    Some(format!("{how} {}{unit}", number(sla, actual)?))
}

/// What a service level counts, as it follows a number.
pub fn words(unit: crate::schema::SlaUnit) -> &'static str {
    use crate::schema::SlaUnit::{BusinessDays, BusinessHours, Count, Days, Hours, Minutes, Percent, Score};
    match unit {
        Percent => "%",
        Minutes => "minutes",
        Hours => "hours",
        BusinessHours => "business hours",
        Days => "days",
        BusinessDays => "business days",
        Count => "",
        Score => "points",
    }
}

/// The number to reach in the period of an actual.
fn number(sla: &Sla, actual: &Actual) -> Option<f64> {
    let objective = sla.objective.get()?;
    let last = actual.period.get()?.last_day()?;
    if sla.grace_until.is_broken() || sla.grace_target.is_broken() {
        return None;
    }
    let is_early = sla.grace_until.copied().is_some_and(|until| last <= until);
    let gentle = sla.grace_target.copied().filter(|_| is_early);
    gentle.or(objective.value.copied())
}

/// The kind of a period (month, quarter or week) and its number in a row, for counting neighbours.
pub fn ordinal(period: &Period) -> Option<(char, i64)> {
    let last = period.last_day()?;
    let months = 12 * i64::from(last.year()) + i64::from(last.month());
    let (_, part) = period.0.split_once('-')?;
    match part.as_bytes().first()? {
        b'Q' => Some(('Q', months / 3)),
        b'W' => Date::new(1900, 1, 7).map(|first| ('W', first.days_until(last) / 7)),
        _ => Some(('M', months)),
    }
}
