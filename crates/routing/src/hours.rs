//! When a queue is open: OpenStreetMap's opening-hours syntax in a time zone, with holidays.
//!
//! Hours are what a clock on the wall in that zone shows. A queue that is open `02:30-04:00` is open whenever that
//! clock reads so: in the night when an hour is skipped it opens at 03:00, in the night when an hour comes twice the
//! stretch before 03:00 comes twice as well.

use std::fmt;
use std::sync::Arc;

use baton_core::Timestamp;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use compact_calendar::CompactCalendar;
use jiff::tz::TimeZone;
use opening_hours::{Context, ContextHolidays, OpeningHours};
use opening_hours_syntax::rules::day::{HolidayKind, WeekDayRange};
use opening_hours_syntax::rules::time::Time;
use opening_hours_syntax::rules::{OpeningHoursExpression, RuleSequence};

/// Longest expression, in bytes.
pub const HOURS_BYTES_MAX: usize = 1_000;
/// Most holidays of one calendar.
pub const HOLIDAYS_MAX: usize = 2_000;
/// Most exceptional days.
pub const EXCEPTIONAL_DAYS_MAX: usize = 400;
/// A change further ahead than this is not looked for: to a customer it is never.
const HORIZON_DAYS: i64 = 2 * 366;
/// Steps through clock shifts and changes that leave open open (a comment ends) before giving up.
const STEPS_MAX: usize = 1_000;

/// Opening hours that were understood.
#[derive(Clone)]
pub struct Hours {
    text: Arc<str>,
    zone: TimeZone,
    rules: OpeningHours,
}

/// Why opening hours were not understood, and how to mend them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    #[error(
        "opening hours `{text}` cannot be read from column {column} on: write them like `Mo-Fr 09:00-17:00; Sa 10:00-14:00; PH off`"
    )]
    Syntax { text: String, column: usize },
    #[error("opening hours `{text}` cannot be kept: {problem}")]
    Rule { text: String, problem: String },
    #[error(
        "opening hours of {bytes} bytes are too long: say it in at most {HOURS_BYTES_MAX}, and put holidays into the list of holidays"
    )]
    TooLong { bytes: usize },
    #[error("{count} holidays are too many: list at most {HOLIDAYS_MAX}, and drop those that are past")]
    TooManyHolidays { count: usize },
    #[error(
        "opening hours `{text}` name sunrise, sunset, dawn or dusk, but a queue has no place on the map: write clock times"
    )]
    SunTimes { text: String },
    #[error(
        "opening hours `{text}` name school holidays (SH), which are not known here: write the dates, as in `Jul 15-Aug 31 off`"
    )]
    SchoolHolidays { text: String },
    #[error(
        "on the exceptional day {day} the hours are `{times}`, which cannot be read: write them like `09:00-12:00`, or `off`"
    )]
    ExceptionalDay { day: jiff::civil::Date, times: String },
    #[error("{count} exceptional days are too many: list at most {EXCEPTIONAL_DAYS_MAX}, and drop those that are past")]
    TooManyExceptionalDays { count: usize },
    #[error("there is no time zone `{name}`: use an IANA name such as `Europe/Berlin`, `America/New_York` or `UTC`")]
    TimeZone { name: String },
}

impl Hours {
    /// Understands `osm` (`Mo-Fr 09:00-17:00`) in the zone with this IANA name.
    ///
    /// On `holidays` it is closed, unless the expression itself says what holds then (`PH 10:00-14:00`). `unknown` and
    /// comments do not promise anybody: only what is plainly open is open.
    pub fn parse(osm: &str, time_zone: &str, holidays: &[jiff::civil::Date]) -> Result<Self, HoursError> {
        Self::parse_with(osm, time_zone, holidays, &[])
    }

    /// The same with exceptional days, each with its hours (`09:00-12:00`, `off`). On such a day nothing else holds,
    /// whatever the weekday and whether it is a holiday or not.
    pub fn parse_with(
        osm: &str,
        time_zone: &str,
        holidays: &[jiff::civil::Date],
        exceptional: &[(jiff::civil::Date, String)],
    ) -> Result<Self, HoursError> {
        if osm.len() > HOURS_BYTES_MAX {
            return Err(HoursError::TooLong { bytes: osm.len() });
        }
        if holidays.len() > HOLIDAYS_MAX {
            return Err(HoursError::TooManyHolidays { count: holidays.len() });
        }
        let zone = TimeZone::get(time_zone)
            .map_err(|_| HoursError::TimeZone { name: time_zone.chars().take(80).collect() })?;
        let rules = read(osm)?;
        let expression = rules.get_expression();
        if expression.rules.iter().any(names_the_sun) {
            return Err(HoursError::SunTimes { text: osm.to_owned() });
        }
        if names_holidays(&expression, HolidayKind::School) {
            return Err(HoursError::SchoolHolidays { text: osm.to_owned() });
        }
        let mut all = osm.to_owned();
        if !names_holidays(&expression, HolidayKind::Public) {
            all.push_str("; PH off");
        }
        if exceptional.len() > EXCEPTIONAL_DAYS_MAX {
            return Err(HoursError::TooManyExceptionalDays { count: exceptional.len() });
        }
        for (day, times) in exceptional {
            all.push_str("; ");
            all.push_str(&on_that_day(*day, times)?);
        }
        let rules = read(&all)?;
        let public: CompactCalendar = holidays.iter().filter_map(|date| day(*date)).collect();
        let context = Context::default()
            .with_holidays(ContextHolidays::new(Arc::new(public), Arc::default()))
            .approx_bound_interval_size(chrono::TimeDelta::days(HORIZON_DAYS));
        Ok(Self { text: Arc::from(osm), zone, rules: rules.with_context(context) })
    }

    /// Whether it is open at this moment.
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.wall(at).is_some_and(|wall| self.rules.is_open(wall))
    }

    /// The first moment after `at` when open turns into closed or closed into open; `None` when that is not within two
    /// years.
    pub fn next_change(&self, at: Timestamp) -> Option<Timestamp> {
        let start = jiff::Timestamp::from_millisecond(at.0).ok()?;
        let open = self.is_open(at);
        let mut shifts = self.zone.following(start).map(|shift| Timestamp(shift.timestamp().as_millisecond()));
        let mut shift = shifts.next();
        let mut from = at;
        // Between two shifts of the clock the wall and the world run alike, so a span on the wall is a span of time.
        for _ in 0..STEPS_MAX {
            let wall = self.wall(from)?;
            let change =
                self.rules.next_change(wall).map(|change| Timestamp(from.0 + (change - wall).num_milliseconds()));
            let next = match (change, shift) {
                (Some(change), Some(shift)) => change.min(shift),
                (Some(change), None) => change,
                // The wall knows no further change, but when the clock goes back it shows once more what has been.
                (None, Some(shift)) if self.wall(shift).is_some_and(|again| again <= wall) => shift,
                (None, Some(_) | None) => return None,
            };
            if self.is_open(next) != open {
                return Some(next);
            }
            from = next;
            while shift.is_some_and(|shift| shift <= from) {
                shift = shifts.next();
            }
        }
        None
    }

    /// When it opens, seen from a moment when it is closed; `None` when it is open already or does not open within two
    /// years.
    pub fn opens_at(&self, at: Timestamp) -> Option<Timestamp> {
        if self.is_open(at) { None } else { self.next_change(at) }
    }

    /// The expression as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What a clock on the wall shows.
    fn wall(&self, at: Timestamp) -> Option<NaiveDateTime> {
        let at = jiff::Timestamp::from_millisecond(at.0).ok()?;
        let civil = self.zone.to_datetime(at);
        let millis = u32::from(civil.millisecond().unsigned_abs());
        let time = NaiveTime::from_hms_milli_opt(
            u32::from(civil.hour().unsigned_abs()),
            u32::from(civil.minute().unsigned_abs()),
            u32::from(civil.second().unsigned_abs()),
            millis,
        )?;
        Some(day(civil.date())?.and_time(time))
    }
}

impl fmt::Debug for Hours {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Hours({} in {})", self.text, self.zone.iana_name().unwrap_or("?"))
    }
}

impl PartialEq for Hours {
    fn eq(&self, other: &Self) -> bool {
        self.rules == other.rules && self.zone == other.zone
    }
}

impl Eq for Hours {}

fn read(osm: &str) -> Result<OpeningHours, HoursError> {
    let text = osm.to_owned();
    osm.parse::<OpeningHours>().map_err(|error| {
        if let opening_hours_syntax::Error::Syntax(error) = &error {
            return HoursError::Syntax { text, column: column_of(&error.to_string()).unwrap_or(1) };
        }
        HoursError::Rule { text, problem: error.to_string() }
    })
}

/// The rule for one day of the calendar: clock times or `off`, and nothing that would reach beyond the day.
fn on_that_day(day: jiff::civil::Date, times: &str) -> Result<String, HoursError> {
    let unreadable = || HoursError::ExceptionalDay { day, times: times.chars().take(80).collect() };
    let plain = |letter: char| letter.is_ascii_digit() || matches!(letter, ':' | '-' | ',' | ' ');
    let times = times.trim();
    let closed = matches!(times, "off" | "closed");
    if !(closed || times.contains(':') && times.chars().all(plain)) || times.len() > HOURS_BYTES_MAX {
        return Err(unreadable());
    }
    let month = MONTHS[usize::from(day.month().unsigned_abs()) - 1];
    let rule = format!("{:04} {month} {:02} {times}", day.year(), day.day());
    read(&rule).map_err(|_| unreadable())?;
    Ok(rule)
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The parser says the place as `--> line:column`, and an expression has one line.
fn column_of(said: &str) -> Option<usize> {
    let place = said.split_once("--> ")?.1.split_once(':')?.1;
    place.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

fn day(date: jiff::civil::Date) -> Option<NaiveDate> {
    let (month, day) = (u32::from(date.month().unsigned_abs()), u32::from(date.day().unsigned_abs()));
    NaiveDate::from_ymd_opt(i32::from(date.year()), month, day)
}

fn names_holidays(expression: &OpeningHoursExpression, wanted: HolidayKind) -> bool {
    let mut days = expression.rules.iter().flat_map(|rule| &rule.day_selector.weekday);
    days.any(|day| matches!(day, WeekDayRange::Holiday { kind, .. } if *kind == wanted))
}

fn names_the_sun(rule: &RuleSequence) -> bool {
    let moves = |time: &Time| matches!(time, Time::Variable(_));
    rule.time_selector.spans.iter().any(|span| moves(&span.range.start) || moves(&span.range.end))
}

#[cfg(test)]
mod tests;
