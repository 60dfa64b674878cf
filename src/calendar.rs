//! Calendar dates and what contracts count with them. No clock, no time of day, no input or output.
//!
//! A date here is a civil date: the day printed on paper. The day of an event is not counted and the
//! day of effect is (the reading of *Lester v Garland* and *Dodds v Walker*, 1981). Months are always
//! added to the anchor and clamp to the last day of a shorter month; nothing sticks to a month's end.
//!
//! - [`Date`]: a day, strictly `YYYY-MM-DD`.
//! - [`Duration`], [`Offset`]: `30d 10bd 4w 3mo 1y 4bh`, and the same with a sign.
//! - [`Workdays`]: which days are open, from a weekend and holiday calendars.
//! - [`terms`]: term ends, renewals, notice days, the earliest end, with the arithmetic in words.

mod date;
mod duration;
pub mod terms;
mod workdays;
pub mod zone;

pub use date::Date;
pub use duration::{Duration, Offset, Unit};
pub use workdays::{Roll, Workdays};

/// A fact that was worked out, with its arithmetic in words, or the reason why it is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known<T> {
    /// The value, and how it came about, for the reader who asks "why the 10th?".
    Yes { value: T, how: String },
    /// Why there is no value. Never a guess.
    No { why: String },
}

/// What stands in the place of whatever hangs on a value that is written and cannot be read.
pub const UNREADABLE: &str = "not known: see finding";

/// True for the reason of a fact that hangs on something written that cannot be read.
pub fn is_unreadable(why: &str) -> bool {
    why.starts_with("not known")
}

impl<T> Known<T> {
    pub fn yes(value: T, how: impl Into<String>) -> Self {
        Known::Yes { value, how: how.into() }
    }

    pub fn no(why: impl Into<String>) -> Self {
        Known::No { why: why.into() }
    }

    pub fn value(&self) -> Option<&T> {
        match self {
            Known::Yes { value, .. } => Some(value),
            Known::No { .. } => None,
        }
    }

    /// True where it hangs on something written that cannot be read.
    pub fn is_unreadable(&self) -> bool {
        self.why().is_some_and(is_unreadable)
    }

    pub fn how(&self) -> Option<&str> {
        match self {
            Known::Yes { how, .. } => Some(how),
            Known::No { .. } => None,
        }
    }

    pub fn why(&self) -> Option<&str> {
        match self {
            Known::Yes { .. } => None,
            Known::No { why } => Some(why),
        }
    }
}

impl Known<Date> {
    pub fn date(&self) -> Option<Date> {
        self.value().copied()
    }
}
