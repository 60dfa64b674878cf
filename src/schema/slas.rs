use super::*;
use crate::calendar::{Date, Duration};
use crate::{choice, section};

section! {
    /// A service level: a promise with a number, a window and someone who counts.
    Sla, id id {
        /// Id to refer to it by.
        id: Id, Vendor, Required, "report-on-time";
        /// What it is called.
        name: String, Vendor, Advised, "Report on time";
        /// What it measures.
        kind: SlaKind, Vendor, Advised, "timeliness";
        /// The service it belongs to.
        service: ServiceRef, Vendor, Optional, "seo";
        /// The number to reach. "95 % within 4 business hours" is lte 4 bh with target_percent 95.
        objective: Objective, Vendor, Advised, "{op: lte, value: 4, unit: bh, target_percent: 95}";
        /// The span over which it is measured.
        window: Box<Window>, Vendor, Advised, "1mo";
        /// Who counts.
        measured_by: String, Vendor, Advised, "client";
        /// Where the number comes from.
        source: String, Vendor, Advised, "e-mail timestamp";
        /// What does not count.
        excludes: List<Item<String>>, Vendor, Optional, "[announced maintenance]";
        /// Until when the gentler target counts.
        grace_until: Date, Vendor, Optional, "2026-04-12";
        /// The gentler target of the early days.
        grace_target: f64, Vendor, Optional, "90";
        /// What you get back after a miss.
        credit: Box<Credit>, Vendor, Optional, "{percent: 5, cap_percent: 8, claim_within: 7d}";
        /// After how many misses you may leave.
        exit_right: Box<ExitRight>, Vendor, Optional, "{misses: 2, of: 3}";
        /// Whom to call after a miss, in order.
        escalation: List<Item<Person>>, Vendor, Optional, "[priya]";
        /// What was measured.
        actuals: List<Actual>, Vendor, Optional, "[{period: 2026-10, value: 97.2}]";
    }
}

choice! {
    /// What a service level measures.
    SlaKind {
        /// Whether it came on time.
        Timeliness = "timeliness",
        /// Whether it was right.
        Quality = "quality",
        /// Whether it was there.
        Availability = "availability",
        /// Whether you were kept informed.
        Reporting = "reporting",
        /// How soon someone answered.
        Response = "response",
        /// How much was done.
        Volume = "volume",
        /// How happy people were.
        Satisfaction = "satisfaction",
    }
}

section! {
    /// The number to reach.
    Objective {
        /// How to compare. Words are used because `>=` is a special sign in YAML.
        op: Op, Vendor, Advised, "gte";
        /// The number.
        value: f64, Vendor, Advised, "99.5";
        /// What it counts.
        unit: SlaUnit, Vendor, Advised, "percent";
        /// Share of cases in which it has to be met, in percent.
        target_percent: f64, Vendor, Optional, "95";
    }
}

choice! {
    /// How an actual is compared with the objective.
    Op {
        /// At least.
        Gte = "gte",
        /// At most.
        Lte = "lte",
        /// More than.
        Gt = "gt",
        /// Less than.
        Lt = "lt",
    }
}

choice! {
    /// What a service level counts.
    SlaUnit {
        /// Percent.
        Percent = "percent",
        /// Minutes.
        Minutes = "min",
        /// Hours.
        Hours = "h",
        /// Business hours.
        BusinessHours = "bh",
        /// Days.
        Days = "d",
        /// Business days.
        BusinessDays = "bd",
        /// Pieces.
        Count = "count",
        /// Points.
        Score = "score",
    }
}

section! {
    /// The span over which a service level is measured.
    Window, main "duration", say window_words {
        /// Its length.
        duration: Duration, Vendor, Advised, "1mo";
        /// Calendar or rolling. Default: calendar.
        kind: WindowKind, Vendor, Optional, "calendar";
    }
}

choice! {
    /// How a span moves.
    WindowKind {
        /// From month to month, quarter to quarter.
        Calendar = "calendar",
        /// The last so many days, every day anew.
        Rolling = "rolling",
    }
}

section! {
    /// What you get back after a miss.
    Credit, main "percent", say credit_words {
        /// Percent of the fee.
        percent: Percent, Vendor, Advised, "5";
        /// At most this percent of the fee.
        cap_percent: Percent, Vendor, Optional, "8";
        /// How long after the window you can claim it.
        claim_within: Days, Vendor, Optional, "7d";
    }
}

section! {
    /// After how many misses you may leave.
    ExitRight, say exit_right_words {
        /// Number of misses ...
        misses: u32, Vendor, Advised, "2";
        /// ... in so many windows in a row.
        of: u32, Vendor, Advised, "3";
    }
}

section! {
    /// What was measured in one window.
    Actual {
        /// The window: a month, quarter or week.
        period: Period, Vendor, Advised, "2026-10";
        /// The number.
        value: f64, Vendor, Advised, "97.2";
        /// What there is to say about it.
        note: String, Vendor, Optional, "two days of storm";
    }
}

/// `3 months, rolling`.
fn window_words(window: &Window, _: &Names) -> Option<String> {
    let kind = if window.kind.copied() == Some(WindowKind::Rolling) { ", rolling" } else { "" };
    window.duration.copied().filter(|_| !window.kind.is_broken()).map(|length| format!("{}{kind}", length.words()))
}

/// `5 %, at most 8 %, to be claimed within 7 days`.
fn credit_words(credit: &Credit, _: &Names) -> Option<String> {
    let percent = credit.percent.copied()?.0;
    let cap = credit.cap_percent.copied().map_or(String::new(), |cap| format!(", at most {} %", cap.0));
    let claim = credit.claim_within.copied().map_or(String::new(), |days| format!(", to be claimed within {}", days.0.words()));
    Some(format!("{percent} %{cap}{claim}"))
}

/// `after 2 misses in 3 windows in a row`.
fn exit_right_words(right: &ExitRight, _: &Names) -> Option<String> {
    Some(format!("after {} misses in {} windows in a row", right.misses.copied()?, right.of.copied()?))
}
