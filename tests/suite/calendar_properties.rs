//! What holds for all dates, tried on many.

use partwell::calendar::terms::{self, EndsOn, Input, Notice, Renews, Terms};
use partwell::calendar::{Date, Duration, Offset, Roll, Unit, Workdays};
use proptest::prelude::*;

fn any_date() -> impl Strategy<Value = Date> {
    (2000i16..2080, 1i8..=12, 1i8..=31).prop_filter_map("a day of the calendar", |(year, month, day)| Date::new(year, month, day))
}

fn months() -> impl Strategy<Value = u32> {
    1u32..60
}

fn holidays() -> impl Strategy<Value = Workdays> {
    proptest::collection::vec(any_date(), 0..40)
        .prop_map(|days| Workdays::new([false, false, false, false, false, true, true]).with_calendar("x", days))
}

fn contract(start: Date, term: u32, renewal: u32, notice: Notice) -> Terms {
    Terms {
        start: Input::Given(start),
        end: Input::Absent,
        term: Input::Given(Duration::new(term, Unit::Month)),
        renews: Input::Given(Renews::Auto),
        renewal_term: Input::Given(Duration::new(renewal, Unit::Month)),
        renewal_max: Input::Absent,
        minimum_until: Input::Absent,
        notice: Input::Given(notice),
    }
}

fn plain_notice(days: u32, to: EndsOn) -> Notice {
    Notice { length: Duration::new(days, Unit::Day), clear_days: Input::Absent, deemed: Input::Absent, to: Input::Given(to) }
}

proptest! {
    #[test]
    fn dates_survive_being_written(day in any_date()) {
        prop_assert_eq!(Date::parse(&day.to_string()), Ok(day));
    }

    #[test]
    fn a_term_that_starts_the_day_after_a_term_end_leaves_no_gap(start in any_date(), term in months(), renewal in months()) {
        let terms = contract(start, term, renewal, plain_notice(30, EndsOn::Any));
        let days = Workdays::default();
        let mut day = start;
        for _ in 0..4 {
            let clock = terms::clock(&terms, &days, day);
            let (end, next) = (clock.term_end.date().unwrap(), clock.next_end.date().unwrap());
            prop_assert!(end >= day && next > end);
            // The day after a term's end belongs to the term that ends at `next`.
            let after = terms::clock(&terms, &days, end.plus_days(1));
            prop_assert_eq!(after.term_end.date(), Some(next));
            day = end.plus_days(1);
        }
    }

    #[test]
    fn a_term_end_never_depends_on_the_day_one_looks(start in any_date(), term in months(), renewal in months(), look in 0i64..4000) {
        let terms = contract(start, term, renewal, plain_notice(30, EndsOn::Any));
        let clock = terms::clock(&terms, &Workdays::default(), start.plus_days(look));
        let end = clock.term_end.date().unwrap();
        let again = terms::clock(&terms, &Workdays::default(), end);
        prop_assert_eq!(again.term_end.date(), Some(end));
    }

    #[test]
    fn notice_sent_on_the_send_by_day_is_in_time(start in any_date(), notice in 1u32..120, deemed in 0u32..6, cal in holidays()) {
        let notice = Notice { deemed: Input::Given(Duration::new(deemed, Unit::BusinessDay)), ..plain_notice(notice, EndsOn::TermEnd) };
        let terms = contract(start, 24, 12, notice);
        let clock = terms::clock(&terms, &cal, start);
        let (send, received, end) = (clock.send_by.date().unwrap(), clock.received_by.date().unwrap(), clock.term_end.date().unwrap());
        prop_assert!(send <= received && received < end);
        prop_assert!(cal.is_open(send) && cal.is_open(received));
        prop_assert!(received.plus(notice.length) <= end);
        let arrives = if deemed == 0 { send } else { cal.count(send, deemed, false) };
        prop_assert!(arrives <= received);
    }

    #[test]
    fn the_earliest_end_never_comes_sooner_with_more_notice(day in any_date(), less in 1u32..100, more in 1u32..100) {
        let end = |days| terms::clock(&contract(day, 12, 12, plain_notice(days, EndsOn::MonthEnd)), &Workdays::default(), day).earliest_end.date().unwrap();
        prop_assert!(end(less) <= end(less + more));
    }

    #[test]
    fn rolling_lands_on_an_open_day_and_only_moves_its_way(day in any_date(), cal in holidays()) {
        let (back, on) = (cal.roll(day, Roll::Previous), cal.roll(day, Roll::Next));
        prop_assert!(cal.is_open(back) && back <= day);
        prop_assert!(cal.is_open(on) && on >= day);
        prop_assert_eq!(cal.roll(day, Roll::None), day);
    }

    #[test]
    fn business_days_there_and_back(day in any_date(), n in 1u32..60, cal in holidays()) {
        let start = cal.roll(day, Roll::Next);
        prop_assert_eq!(cal.count(cal.count(start, n, false), n, true), start);
        let open = (1..=start.days_until(cal.count(start, n, false))).filter(|k| cal.is_open(start.plus_days(*k))).count();
        prop_assert_eq!(open, n as usize);
    }

    #[test]
    fn months_clamp_and_come_from_the_anchor(day in any_date(), n in 0i64..240) {
        let later = day.plus_months(n);
        prop_assert!(later.day() == day.day() || later == later.end_of_month());
        prop_assert!(later.day() <= day.day());
    }

    #[test]
    fn durations_and_offsets_survive_being_written(count in 0u32..9999, unit in 0usize..8, back in any::<bool>()) {
        let unit = [Unit::Minute, Unit::Hour, Unit::BusinessHour, Unit::Day, Unit::BusinessDay, Unit::Week, Unit::Month, Unit::Year][unit];
        let duration = Duration::new(count, unit);
        prop_assume!(duration.rough_days() <= 73_000.0);
        prop_assert_eq!(Duration::parse(&duration.to_string()), Ok(duration));
        if duration.counts_days() {
            let offset = Offset { back, duration };
            prop_assert_eq!(Offset::parse(&offset.to_string()), Ok(offset));
        }
    }

    #[test]
    fn no_text_makes_a_parser_fall_over(text in "\\PC{0,12}") {
        let _ = (Date::parse(&text), Duration::parse(&text), Offset::parse(&text));
    }
}
