//! Opening hours as a picture: day by day, on the wall's clock.

use baton_core::Timestamp;
use baton_routing::Hours;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::problem::Problem;
use crate::wire::{DrawHours, HoursDayView, HoursView};

/// Days that are drawn.
const DAYS: i64 = 14;
/// Holidays that are listed.
const HOLIDAYS: usize = 8;
/// Changes of one day that are drawn.
const CHANGES_MAX: usize = 48;

pub(crate) fn hours_view(asked: &DrawHours, now: Timestamp) -> Result<HoursView, Problem> {
    let mut holidays = Vec::new();
    for (index, day) in asked.holidays.iter().enumerate() {
        holidays.push(date(day, &format!("holidays.{index}"))?);
    }
    let mut exceptional = Vec::new();
    for (day, times) in &asked.exceptional_days {
        exceptional.push((date(day, &format!("exceptional_days.{day}"))?, times.clone()));
    }
    let hours = Hours::parse_with(&asked.hours, &asked.time_zone, &holidays, &exceptional)
        .map_err(|error| Problem::invalid_field("hours", error.to_string()))?;
    let zone = TimeZone::get(&asked.time_zone).unwrap_or(TimeZone::UTC);
    let today = wall(now, &zone).date();
    holidays.sort_unstable();
    let days = (0..DAYS).map(|ahead| {
        let date = today.saturating_add(ahead.days());
        HoursDayView {
            date: date.to_string(),
            holiday: holidays.contains(&date),
            exceptional: exceptional.iter().any(|(day, _)| *day == date),
            open: open_on(&hours, date, &zone),
        }
    });
    let days = days.collect();
    let next = holidays.iter().filter(|day| **day >= today).take(HOLIDAYS).map(ToString::to_string).collect();
    Ok(HoursView { days, holidays: next })
}

fn date(text: &str, field: &str) -> Result<Date, Problem> {
    text.parse().map_err(|_| Problem::invalid_field(field, format!("`{text}` is not a day; write it as 2026-12-25")))
}

fn wall(at: Timestamp, zone: &TimeZone) -> jiff::civil::DateTime {
    let at = jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    at.to_zoned(zone.clone()).datetime()
}

fn midnight(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    date.to_zoned(zone.clone()).ok().map(|zoned| Timestamp(zoned.timestamp().as_millisecond()))
}

fn open_on(hours: &Hours, date: Date, zone: &TimeZone) -> Vec<(u32, u32)> {
    let tomorrow = date.saturating_add(1.day());
    let Some((starts, ends)) = midnight(date, zone).zip(midnight(tomorrow, zone)) else { return Vec::new() };
    let minute = |at: Timestamp| {
        let clock = wall(at, zone);
        if clock.date() > date {
            24 * 60
        } else {
            u32::try_from(clock.hour()).unwrap_or(0) * 60 + u32::try_from(clock.minute()).unwrap_or(0)
        }
    };
    let mut spans = Vec::new();
    let (mut at, mut open) = (starts, hours.is_open(starts));
    for _ in 0..CHANGES_MAX {
        let next = hours.next_change(at).filter(|next| *next < ends);
        if open {
            spans.push((minute(at), next.map_or(24 * 60, minute)));
        }
        let Some(next) = next else { break };
        (at, open) = (next, !open);
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_with_a_holiday_is_drawn_day_by_day() {
        let noon = "2026-12-24T12:00:00Z".parse::<jiff::Timestamp>().unwrap();
        let asked = DrawHours {
            hours: "Mo-Fr 09:00-13:00,14:00-18:00".to_owned(),
            time_zone: "Europe/Madrid".to_owned(),
            holidays: vec!["2026-12-25".to_owned(), "2026-01-06".to_owned()],
            exceptional_days: [("2026-12-31".to_owned(), "09:00-12:00".to_owned())].into(),
        };
        let view = hours_view(&asked, Timestamp(noon.as_millisecond())).unwrap();
        assert_eq!(
            (view.days[0].date.as_str(), view.days[0].open.as_slice()),
            ("2026-12-24", &[(540, 780), (840, 1080)][..])
        );
        assert!(view.days[1].holiday && view.days[1].open.is_empty());
        assert!(view.days[7].exceptional && view.days[7].open == [(540, 720)]);
        assert_eq!(view.holidays, ["2026-12-25"]);
        let wrong = DrawHours { hours: "9 to 5".to_owned(), ..asked };
        assert_eq!(hours_view(&wrong, Timestamp(0)).unwrap_err().field.as_deref(), Some("hours"));
    }
}
