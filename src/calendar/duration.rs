use std::fmt;

/// What a duration counts in. `m` is refused everywhere: it could mean minutes or months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    Minute,
    Hour,
    BusinessHour,
    Day,
    BusinessDay,
    Week,
    Month,
    Year,
}

impl Unit {
    const ALL: [(Unit, &'static str, &'static str); 8] = [
        (Unit::Minute, "min", "minute"),
        (Unit::Hour, "h", "hour"),
        (Unit::BusinessHour, "bh", "business hour"),
        (Unit::Day, "d", "day"),
        (Unit::BusinessDay, "bd", "business day"),
        (Unit::Week, "w", "week"),
        (Unit::Month, "mo", "month"),
        (Unit::Year, "y", "year"),
    ];

    pub fn suffix(self) -> &'static str {
        self.row().1
    }

    pub fn word(self) -> &'static str {
        self.row().2
    }

    fn row(self) -> (Unit, &'static str, &'static str) {
        Self::ALL.into_iter().find(|row| row.0 == self).unwrap_or(Self::ALL[3])
    }

    fn from_suffix(text: &str) -> Option<Unit> {
        Self::ALL.into_iter().find(|row| row.1 == text).map(|row| row.0)
    }
}

/// A length of time, never negative: `30d`, `10bd`, `4w`, `3mo`, `1y`, `4bh`; also ISO 8601 (`P30D`, `P3M`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Duration {
    pub count: u32,
    pub unit: Unit,
}

/// Nobody agrees on more; a larger number is a slip of the hand.
const MOST: u32 = 99_999;
const MOST_YEARS: f64 = 200.0;

impl Duration {
    pub const fn new(count: u32, unit: Unit) -> Duration {
        Duration { count, unit }
    }

    /// Reads the text; the error says what is wrong with it, as the end of a sentence.
    pub fn parse(text: &str) -> Result<Duration, String> {
        if let Some(rest) = text.strip_prefix('P') {
            return iso(rest).ok_or_else(|| "of the ISO forms, those with one unit work, like P30D or P3M".to_owned())?.limited();
        }
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (digits, unit) = text.split_at(end);
        if text.starts_with('-') {
            return Err("a length of time has no sign here".into());
        }
        if digits.is_empty() {
            return Err("it starts with a number, like 30d".into());
        }
        let count = digits.parse::<u32>().ok().filter(|count| *count <= MOST);
        let count = count.ok_or_else(|| format!("{digits} is more than {MOST}"))?;
        match unit {
            "" => Err("it needs a unit: 30d, 10bd, 4w, 3mo or 1y".into()),
            "m" | "M" => Err("`m` could mean minutes or months: write min or mo".into()),
            _ if unit.starts_with('.') || unit.starts_with(',') => Err("it counts in whole numbers".into()),
            _ => Unit::from_suffix(unit)
                .map(|unit| Duration { count, unit })
                .ok_or_else(|| format!("`{unit}` is not a unit: use d, bd, w, mo, y, h, bh or min"))?
                .limited(),
        }
    }

    fn limited(self) -> Result<Duration, String> {
        match self.rough_days() > MOST_YEARS * 365.0 {
            true => Err(format!("it is more than {MOST_YEARS} years")),
            false => Ok(self),
        }
    }

    /// True where it counts whole days or longer, so that a date can be worked out from it.
    pub fn counts_days(self) -> bool {
        !matches!(self.unit, Unit::Minute | Unit::Hour | Unit::BusinessHour)
    }

    /// The months in it, where it is made of months or years.
    pub fn months(self) -> Option<i64> {
        match self.unit {
            Unit::Month => Some(i64::from(self.count)),
            Unit::Year => Some(12 * i64::from(self.count)),
            _ => None,
        }
    }

    /// A length in days for comparing two durations; months count 30.4 days, years 365.
    pub fn rough_days(self) -> f64 {
        f64::from(self.count)
            * match self.unit {
                Unit::Minute => 1.0 / 1440.0,
                Unit::Hour => 1.0 / 24.0,
                Unit::BusinessHour => 1.0 / 8.0,
                Unit::Day => 1.0,
                Unit::BusinessDay => 1.4,
                Unit::Week => 7.0,
                Unit::Month => 30.4,
                Unit::Year => 365.0,
            }
    }

    /// `30 days`, `1 business day`.
    pub fn words(self) -> String {
        let plural = if self.count == 1 { "" } else { "s" };
        format!("{} {}{plural}", self.count, self.unit.word())
    }
}

fn iso(text: &str) -> Option<Duration> {
    let (clock, text) = match text.strip_prefix('T') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let digits = text.get(..text.len().checked_sub(1)?)?;
    let unit = match (clock, text.chars().last()?) {
        (false, 'D') => Unit::Day,
        (false, 'W') => Unit::Week,
        (false, 'M') => Unit::Month,
        (false, 'Y') => Unit::Year,
        (true, 'H') => Unit::Hour,
        (true, 'M') => Unit::Minute,
        _ => return None,
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().filter(|count| *count <= MOST).map(|count| Duration { count, unit })
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.count, self.unit.suffix())
    }
}

/// A duration before or after an anchor day: `-10bd`, `0d`, `+30d`. The sign is kept, because `-0bd` rolls
/// back and `0bd` forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Offset {
    pub back: bool,
    pub duration: Duration,
}

impl Offset {
    pub const fn before(count: u32, unit: Unit) -> Offset {
        Offset { back: true, duration: Duration::new(count, unit) }
    }

    pub const fn after(count: u32, unit: Unit) -> Offset {
        Offset { back: false, duration: Duration::new(count, unit) }
    }

    /// Reads a duration with an optional sign; without one it counts forward.
    pub fn parse(text: &str) -> Result<Offset, String> {
        let (back, rest) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let duration = Duration::parse(rest)?;
        if !duration.counts_days() {
            return Err(format!("`{}` does not reach a whole day: count in d, bd, w, mo or y", duration.unit.suffix()));
        }
        Ok(Offset { back, duration })
    }

    pub fn is_zero(self) -> bool {
        self.duration.count == 0
    }
}

/// `-10bd`, `0d`, `+30d`; a backward zero keeps its sign.
impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.back {
            "-"
        } else if self.is_zero() {
            ""
        } else {
            "+"
        };
        write!(f, "{sign}{}", self.duration)
    }
}
