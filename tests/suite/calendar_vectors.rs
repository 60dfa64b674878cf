//! Worked dates, one a line: id, function, input, expected.

use partwell::calendar::terms::{self, EndsOn, Input, Notice, Renews, Terms};
use partwell::calendar::{Date, Duration, Offset, Roll, Workdays};

use crate::bundle::repository;

#[test]
fn every_vector_comes_out() {
    let text = std::fs::read_to_string(repository().join("tests/dates/vectors.csv")).unwrap();
    let mut failures = Vec::new();
    let mut count = 0;
    for line in text.lines().skip(1).filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split(',').collect();
        let [id, function, input, expected] = cells[..] else { panic!("not four cells: {line}") };
        let actual = work_out(function, input);
        count += 1;
        if actual != expected {
            failures.push(format!("{id}: {function}({input}) is {actual}, expected {expected}"));
        }
    }
    assert!(count > 60, "only {count} vectors were read");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"))
}

fn duration(text: &str) -> Duration {
    Duration::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"))
}

/// The calendars of the vectors.
fn calendar(name: &str) -> Workdays {
    let uk = ["2026-12-25", "2026-12-28", "2027-01-01"].map(date);
    let us = ["2026-11-26", "2026-12-25", "2027-01-01"].map(date);
    let satsun = Workdays::new([false, false, false, false, false, true, true]);
    match name {
        "uk" => satsun.with_calendar("uk", uk),
        "us" => satsun.with_calendar("us", us),
        "both" => satsun.with_calendar("uk", uk).with_calendar("us", us),
        "none" => satsun,
        "frisat" => Workdays::new([false, false, false, false, true, true, false]),
        other => panic!("no calendar {other}"),
    }
}

fn contract(end: Option<Date>, notice: Duration, clear: bool, deemed: Option<Duration>, to: EndsOn) -> Terms {
    Terms {
        start: Input::Absent,
        end: end.map_or(Input::Absent, Input::Given),
        term: Input::Absent,
        renews: Input::Given(Renews::Auto),
        renewal_term: Input::Given(duration("12mo")),
        renewal_max: Input::Absent,
        minimum_until: Input::Absent,
        notice: Input::Given(Notice {
            length: notice,
            clear_days: Input::Given(clear),
            deemed: deemed.map_or(Input::Absent, Input::Given),
            to: Input::Given(to),
        }),
    }
}

/// The day before rolling and the day after it are both asked for, so received-by is told apart by calendar.
fn work_out(function: &str, input: &str) -> String {
    let parts: Vec<&str> = input.split(';').collect();
    let open_all_week = Workdays::new([false; 7]);
    let cal =
        function.rsplit('_').next().filter(|name| ["uk", "us", "both", "none", "frisat"].contains(name)).map_or(open_all_week, calendar);
    let result = match function {
        "add" => date(parts[0]).plus(duration(parts[1])),
        "sub" => date(parts[0]).minus(duration(parts[1])),
        "term_end" => terms::term_end(date(parts[0]), duration(parts[1])),
        name if name.starts_with("received_by") || name.starts_with("send_by") => {
            let deemed = parts.get(2).map(|text| duration(text.trim_start_matches("deemed=")));
            let end = date(parts[0]);
            let contract = contract(Some(end), duration(parts[1]), name.contains("clear"), deemed, EndsOn::Any);
            let clock = terms::clock(&contract, &cal, end);
            if name.starts_with("send_by") { clock.send_by.date().unwrap() } else { clock.received_by.date().unwrap() }
        }
        name if name.starts_with("earliest_end") => {
            let to = match parts.get(2).copied() {
                Some("to=month_end") => EndsOn::MonthEnd,
                Some("to=quarter_end") => EndsOn::QuarterEnd,
                _ => EndsOn::Any,
            };
            let contract = contract(None, duration(parts[1]), name.contains("clear"), None, to);
            terms::clock(&contract, &cal, date(parts[0])).earliest_end.date().unwrap()
        }
        name if name.starts_with("bd_") => cal.offset(date(parts[0]), Offset::parse(parts[1]).unwrap()),
        name if name.starts_with("roll_prev") => cal.roll(date(parts[0]), Roll::Previous),
        name if name.starts_with("roll_next") => cal.roll(date(parts[0]), Roll::Next),
        name if name.starts_with("step_") => {
            let offset = Offset::parse(parts[1]).unwrap();
            cal.roll(cal.offset(date(parts[0]), offset), if offset.back { Roll::Previous } else { Roll::Next })
        }
        "claim_by" => Date::parse(&format!("{}-01", parts[0])).unwrap().end_of_month().plus(duration(parts[1])),
        "protection_end" => {
            let anchor = parts[0].split('=').next_back().unwrap();
            date(anchor).plus(duration(parts[1]))
        }
        other => panic!("no function {other}"),
    };
    result.to_string()
}
