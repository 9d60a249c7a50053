use super::*;

/// A moment as people write it, with its offset: `2026-03-27T17:00+01:00`.
fn at(moment: &str) -> Timestamp {
    Timestamp(moment.parse::<jiff::Timestamp>().unwrap().as_millisecond())
}

fn hours(osm: &str, zone: &str) -> Hours {
    Hours::parse(osm, zone, &[]).unwrap()
}

/// Every change between the two moments: when, and whether it opens.
fn changes(hours: &Hours, from: &str, to: &str) -> Vec<(Timestamp, bool)> {
    let mut changes = Vec::new();
    let mut now = at(from);
    while let Some(change) = hours.next_change(now).filter(|change| *change < at(to)) {
        assert!(change > now);
        assert_ne!(hours.is_open(change), hours.is_open(Timestamp(change.0 - 1)), "nothing changes at {change:?}");
        changes.push((change, hours.is_open(change)));
        now = change;
    }
    changes
}

#[test]
fn a_shop_in_berlin_opens_at_nine_on_the_wall_before_and_after_the_clock_goes_forward() {
    let hours = hours("Mo-Su 09:00-17:00", "Europe/Berlin");
    assert_eq!(
        changes(&hours, "2026-03-28T00:00+01:00", "2026-03-30T00:00+02:00"),
        [
            (at("2026-03-28T09:00+01:00"), true),
            (at("2026-03-28T17:00+01:00"), false),
            (at("2026-03-29T09:00+02:00"), true),
            (at("2026-03-29T17:00+02:00"), false),
        ]
    );
}

#[test]
fn a_shop_in_berlin_opens_at_nine_on_the_wall_before_and_after_the_clock_goes_back() {
    let hours = hours("Mo-Su 09:00-17:00", "Europe/Berlin");
    assert_eq!(
        changes(&hours, "2026-10-24T00:00+02:00", "2026-10-26T00:00+01:00"),
        [
            (at("2026-10-24T09:00+02:00"), true),
            (at("2026-10-24T17:00+02:00"), false),
            (at("2026-10-25T09:00+01:00"), true),
            (at("2026-10-25T17:00+01:00"), false),
        ]
    );
}

#[test]
fn what_opens_in_the_hour_that_is_skipped_opens_when_the_clock_has_skipped_it() {
    let hours = hours("02:30-04:00", "Europe/Berlin");
    assert_eq!(
        changes(&hours, "2026-03-29T00:00+01:00", "2026-03-29T12:00+02:00"),
        [(at("2026-03-29T03:00+02:00"), true), (at("2026-03-29T04:00+02:00"), false)]
    );
}

#[test]
fn what_lies_in_the_skipped_hour_alone_does_not_open_that_night() {
    let hours = hours("02:10-02:50", "Europe/Berlin");
    assert_eq!(changes(&hours, "2026-03-29T00:00+01:00", "2026-03-29T23:00+02:00"), []);
    assert_eq!(hours.opens_at(at("2026-03-29T00:00+01:00")), Some(at("2026-03-30T02:10+02:00")));
}

#[test]
fn what_opens_in_the_hour_that_comes_twice_is_open_twice_as_the_wall_shows_it() {
    let hours = hours("02:30-04:00", "Europe/Berlin");
    assert_eq!(
        changes(&hours, "2026-10-25T00:00+02:00", "2026-10-25T12:00+01:00"),
        [
            (at("2026-10-25T02:30+02:00"), true),
            (at("2026-10-25T02:00+01:00"), false),
            (at("2026-10-25T02:30+01:00"), true),
            (at("2026-10-25T04:00+01:00"), false),
        ]
    );
}

#[test]
fn a_night_shift_lasts_an_hour_less_and_an_hour_more_in_the_nights_of_the_shifts() {
    let hours = hours("22:00-06:00", "America/New_York");
    let lasts = |open: &str| {
        let close = hours.next_change(at(open)).unwrap();
        assert!(hours.is_open(at(open)) && !hours.is_open(close));
        close.since(at(open)).as_secs() / 3600
    };
    assert_eq!(lasts("2026-03-06T22:00-05:00"), 8);
    assert_eq!(lasts("2026-03-07T22:00-05:00"), 7, "the clock goes forward on 8 March");
    assert_eq!(lasts("2026-10-30T22:00-04:00"), 8);
    assert_eq!(lasts("2026-10-31T22:00-04:00"), 9, "the clock goes back on 1 November");
}

#[test]
fn new_york_opens_at_nine_on_the_wall_on_both_sides_of_both_shifts() {
    let hours = hours("Mo-Su 09:00-17:00", "America/New_York");
    let opens = |moment: &str| hours.opens_at(at(moment)).unwrap();
    assert_eq!(opens("2026-03-07T00:00-05:00"), at("2026-03-07T09:00-05:00"));
    assert_eq!(opens("2026-03-08T00:00-05:00"), at("2026-03-08T09:00-04:00"));
    assert_eq!(opens("2026-10-31T00:00-04:00"), at("2026-10-31T09:00-04:00"));
    assert_eq!(opens("2026-11-01T00:00-04:00"), at("2026-11-01T09:00-05:00"));
}

#[test]
fn after_hours_on_friday_it_opens_on_monday() {
    let hours = hours("Mo-Fr 09:00-17:00", "Europe/Berlin");
    let friday_evening = at("2026-03-27T17:00+01:00");
    assert!(!hours.is_open(friday_evening), "the end does not belong to it");
    assert!(hours.is_open(Timestamp(friday_evening.0 - 1)));
    assert_eq!(hours.opens_at(friday_evening), Some(at("2026-03-30T09:00+02:00")));
    assert_eq!(hours.opens_at(at("2026-03-27T12:00+01:00")), None, "it is open");
}

#[test]
fn on_a_holiday_it_is_closed_unless_the_expression_says_what_holds_then() {
    let christmas = [jiff::civil::date(2026, 12, 25)];
    let noon = at("2026-12-25T12:00+01:00");
    let plain = Hours::parse("Mo-Fr 09:00-17:00", "Europe/Berlin", &christmas).unwrap();
    assert!(!plain.is_open(noon));
    assert_eq!(plain.opens_at(noon), Some(at("2026-12-28T09:00+01:00")));
    let short = Hours::parse("Mo-Fr 09:00-17:00; PH 11:00-13:00", "Europe/Berlin", &christmas).unwrap();
    assert!(short.is_open(noon));
    assert_eq!(short.next_change(noon), Some(at("2026-12-25T13:00+01:00")));
    assert!(hours("Mo-Fr 09:00-17:00", "Europe/Berlin").is_open(noon), "no holidays are listed");
    let always = Hours::parse("24/7", "Europe/Berlin", &christmas).unwrap();
    assert_eq!(
        changes(&always, "2026-12-20T00:00+01:00", "2027-01-01T00:00+01:00"),
        [(at("2026-12-25T00:00+01:00"), false), (at("2026-12-26T00:00+01:00"), true)]
    );
}

#[test]
fn on_an_exceptional_day_nothing_else_holds() {
    let days = |days: &[(i8, i8, &str)]| -> Vec<_> {
        days.iter().map(|(month, day, times)| (jiff::civil::date(2026, *month, *day), (*times).to_owned())).collect()
    };
    let holidays = [jiff::civil::date(2026, 12, 24), jiff::civil::date(2026, 12, 25)];
    let exceptional = days(&[(12, 24, "09:00-12:00"), (12, 28, "off"), (12, 27, "10:00-11:00, 13:00-14:00")]);
    let hours = Hours::parse_with("Mo-Fr 09:00-17:00", "Europe/Berlin", &holidays, &exceptional).unwrap();
    assert_eq!(
        changes(&hours, "2026-12-24T00:00+01:00", "2026-12-30T00:00+01:00"),
        [
            (at("2026-12-24T09:00+01:00"), true),
            (at("2026-12-24T12:00+01:00"), false),
            (at("2026-12-27T10:00+01:00"), true),
            (at("2026-12-27T11:00+01:00"), false),
            (at("2026-12-27T13:00+01:00"), true),
            (at("2026-12-27T14:00+01:00"), false),
            (at("2026-12-29T09:00+01:00"), true),
            (at("2026-12-29T17:00+01:00"), false),
        ]
    );
    let always = Hours::parse_with("24/7", "UTC", &[], &days(&[(6, 1, "off")])).unwrap();
    assert_eq!(
        changes(&always, "2026-05-30T00:00Z", "2026-06-05T00:00Z"),
        [(at("2026-06-01T00:00Z"), false), (at("2026-06-02T00:00Z"), true)]
    );
    for wrong in ["9 to 12", "09:00-12:00; Mo-Su 00:00-24:00", "", "Mo 09:00-12:00", "25:00-99:00"] {
        let said = Hours::parse_with("24/7", "UTC", &[], &days(&[(6, 1, wrong)])).unwrap_err().to_string();
        assert!(said.contains("exceptional day 2026-06-01"), "{said}");
    }
}

#[test]
fn what_never_changes_has_no_next_change() {
    for (osm, open) in [("24/7", true), ("24/7 closed", false), ("Mo-Fr 09:00-17:00 unknown", false)] {
        let hours = hours(osm, "Europe/Berlin");
        let now = at("2026-10-25T02:30+02:00");
        assert_eq!((hours.is_open(now), hours.next_change(now), hours.opens_at(now)), (open, None, None), "{osm}");
    }
}

#[test]
fn a_comment_or_an_unknown_stretch_is_not_a_change() {
    let hours = hours("Mo-Fr 09:00-12:00 \"phone\", Mo-Fr 12:00-15:00 \"chat\", Mo-Fr 15:00-16:00 unknown", "UTC");
    assert_eq!(
        changes(&hours, "2026-06-01T00:00Z", "2026-06-02T00:00Z"),
        [(at("2026-06-01T09:00Z"), true), (at("2026-06-01T15:00Z"), false)]
    );
}

#[test]
fn moments_outside_the_calendar_are_closed() {
    for moment in [Timestamp(i64::MIN), Timestamp(i64::MAX)] {
        let hours = hours("24/7", "Europe/Berlin");
        assert_eq!((hours.is_open(moment), hours.next_change(moment)), (false, None));
    }
}

#[test]
fn errors_say_what_is_wrong_and_how_to_mend_it() {
    let said = |osm: &str, zone: &str| Hours::parse(osm, zone, &[]).unwrap_err().to_string();
    let weekday = said("Mo-Fri 09:00-17:00", "UTC");
    assert!(weekday.contains("`Mo-Fri 09:00-17:00`") && weekday.contains("column 6"), "{weekday}");
    assert!(weekday.contains("write them like"), "{weekday}");
    assert!(said("", "UTC").contains("write them like"));
    assert!(said("09:00-25:99", "UTC").contains("09:00-25:99"));
    assert!(said("sunrise-sunset", "UTC").contains("write clock times"));
    assert!(said("SH 09:00-12:00", "UTC").contains("write the dates"));
    assert!(said("24/7", "Berlin/Europe").contains("no time zone `Berlin/Europe`"));
    assert!(said(&"Mo,".repeat(400), "UTC").contains("too long"));
    let holidays = vec![jiff::civil::date(2026, 1, 1); HOLIDAYS_MAX + 1];
    assert!(Hours::parse("24/7", "UTC", &holidays).unwrap_err().to_string().contains("at most 2000"));
}

#[test]
fn the_next_change_is_the_first_minute_that_differs() {
    // Against a walk over every minute of the days around all four shifts of 2026.
    let expressions =
        ["Mo-Su 09:00-17:00", "22:00-06:00", "01:30-02:15", "02:00-03:00", "00:00-02:30,02:45-03:15", "Su 01:00-05:00"];
    let shifts = ["2026-03-29T00:00Z", "2026-10-25T00:00Z", "2026-03-08T06:00Z", "2026-11-01T05:00Z"];
    for (osm, shift) in expressions.iter().flat_map(|osm| shifts.map(|shift| (osm, shift))) {
        for zone in ["Europe/Berlin", "America/New_York"] {
            let hours = hours(osm, zone);
            let minutes: Vec<_> = (-1500..1500).map(|minute| Timestamp(at(shift).0 + minute * 60_000)).collect();
            let walked = minutes.windows(2).filter(|pair| hours.is_open(pair[0]) != hours.is_open(pair[1]));
            let walked: Vec<_> = walked.map(|pair| pair[1]).collect();
            let mut asked = Vec::new();
            let mut now = minutes[0];
            while let Some(change) = hours.next_change(now).filter(|change| change <= minutes.last().unwrap()) {
                asked.push(change);
                now = change;
            }
            assert_eq!(asked, walked, "{osm} in {zone} around {shift}");
        }
    }
}
