//! Whatever is written into a configuration as opening hours is answered, never a panic.

use baton_core::Timestamp;
use baton_routing::Hours;
use proptest::prelude::*;

const PIECES: [&str; 40] = [
    "Mo",
    "Fr",
    "Su",
    "-",
    ",",
    ";",
    " ",
    " ",
    " ",
    "||",
    "09:00",
    "17:00",
    "26:30",
    "24:00",
    "00:00",
    "PH",
    "off",
    "open",
    "unknown",
    "closed",
    "Jan",
    "Feb 29",
    "Dec 25",
    "easter",
    "week",
    "53",
    "01",
    "2026",
    "9999",
    "1900",
    "+",
    "/",
    "[1]",
    "[-1]",
    "24/7",
    "\"note\"",
    "+2 days",
    "-1 day",
    "Mo-Fr 09:00-17:00",
    "10:00-16:00",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn hours_are_understood_or_refused(
        pieces in prop::collection::vec(prop::sample::select(PIECES.as_slice()), 1..9),
        day in 0..40_000_i64,
    ) {
        let text = pieces.concat();
        match Hours::parse(&text, "Europe/Berlin", &[jiff::civil::date(2026, 12, 25)]) {
            Ok(hours) => {
                let now = Timestamp(day * 86_400_000);
                let change = hours.next_change(now);
                prop_assert!(change.is_none_or(|change| change > now && hours.is_open(change) != hours.is_open(now)));
                prop_assert_eq!(hours.opens_at(now).is_some(), !hours.is_open(now) && change.is_some());
            }
            Err(error) => prop_assert!(error.to_string().contains(&text)),
        }
    }
}
