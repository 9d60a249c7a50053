//! Arrival rates that follow the clock on the wall, and the Poisson arrivals that come of them.

use baton_core::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::chance::Chance;

const HOUR_MS: f64 = 3_600_000.0;

/// Arrivals per hour over the day and the week.
#[derive(Debug, Clone, PartialEq)]
pub struct Rates {
    /// From this second of the day on, so many an hour; in order, the last holds over midnight until the first.
    pub steps: Vec<(u32, f64)>,
    /// Times this, Monday first.
    pub weekdays: [f64; 7],
    pub swing: Option<Swing>,
}

/// The rate times `1 + by · sin(2πt / every)`, `t` from the beginning of the run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Swing {
    pub by: f64,
    pub every_s: f64,
}

impl Rates {
    pub fn constant(per_hour: f64) -> Self {
        Self { steps: vec![(0, per_hour)], weekdays: [1.0; 7], swing: None }
    }

    /// Arrivals per hour at this second of this weekday (0 is Monday), the swing aside.
    pub fn per_hour(&self, weekday: usize, second: u32) -> f64 {
        let step = self.steps.iter().rev().find(|(from, _)| *from <= second).or(self.steps.last());
        step.map_or(0.0, |(_, per_hour)| *per_hour) * self.weekdays.get(weekday).copied().unwrap_or(1.0)
    }

    /// The rates of the run as stretches of time: from when, and arrivals per millisecond.
    fn stretches(&self, zone: &TimeZone, from: Timestamp, until: Timestamp) -> Vec<(i64, f64)> {
        let mut stretches = Vec::new();
        for date in days(zone, from, until) {
            let weekday = weekday(date);
            let seconds = std::iter::once(0).chain(self.steps.iter().map(|(second, _)| *second).filter(|at| *at > 0));
            for second in seconds {
                let at = moment(zone, date, second);
                stretches.push((at, self.per_hour(weekday, second) / HOUR_MS));
            }
        }
        stretches
    }
}

/// 0 is Monday.
pub(crate) fn weekday(date: Date) -> usize {
    usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())
}

/// Every date that the wall shows between two moments.
pub(crate) fn days(zone: &TimeZone, from: Timestamp, until: Timestamp) -> impl Iterator<Item = Date> {
    let first = date_of(zone, from);
    let last = date_of(zone, until);
    std::iter::successors(Some(first), |date| date.tomorrow().ok()).take_while(move |date| *date <= last)
}

pub(crate) fn date_of(zone: &TimeZone, at: Timestamp) -> Date {
    jiff::Timestamp::from_millisecond(at.0).map_or(Date::MAX, |at| zone.to_datetime(at).date())
}

/// When the wall shows this second of this day, in milliseconds; what the clock skips is taken after the skip.
pub(crate) fn moment(zone: &TimeZone, date: Date, second: u32) -> i64 {
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    let wall = date.at(hour as i8, minute as i8, second as i8, 0);
    zone.to_timestamp(wall).map_or(i64::MAX, jiff::Timestamp::as_millisecond)
}

/// The arrivals of one stream, one after another.
#[derive(Debug, Clone)]
pub(crate) struct Poisson {
    stretches: Vec<(i64, f64)>,
    swing: Option<Swing>,
    began: f64,
    /// Where the process has come to, in milliseconds.
    at: f64,
    stretch: usize,
    chance: Chance,
}

impl Poisson {
    pub(crate) fn new(rates: &Rates, zone: &TimeZone, from: Timestamp, until: Timestamp, chance: Chance) -> Self {
        let stretches = rates.stretches(zone, from, until);
        let stretch = stretches.iter().rposition(|(start, _)| *start <= from.0).unwrap_or(0);
        Self { stretches, swing: rates.swing, began: from.0 as f64, at: from.0 as f64, stretch, chance }
    }

    /// The next arrival; `None` when the rates bring nobody any more.
    pub(crate) fn next(&mut self) -> Option<Timestamp> {
        loop {
            // The work of an exponential with mean 1 is used up at the rates of the stretches it spans.
            let mut left = self.chance.exponential();
            loop {
                let (_, rate) = *self.stretches.get(self.stretch)?;
                let rate = rate * (1.0 + self.swing.map_or(0.0, |swing| swing.by));
                let end = self.stretches.get(self.stretch + 1).map_or(f64::INFINITY, |(next, _)| *next as f64);
                let needed = if rate > 0.0 { left / rate } else { f64::INFINITY };
                if self.at + needed < end {
                    self.at += needed;
                    break;
                }
                if end.is_infinite() {
                    return None;
                }
                left -= (end - self.at) * rate;
                self.at = end;
                self.stretch += 1;
            }
            let Some(swing) = self.swing else { return Some(Timestamp(self.at as i64)) };
            let wave = (std::f64::consts::TAU * (self.at - self.began) / 1000.0 / swing.every_s).sin();
            if self.chance.happens((1.0 + swing.by * wave) / (1.0 + swing.by)) {
                return Some(Timestamp(self.at as i64));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MONDAY: Timestamp = Timestamp(1_795_392_000_000); // 2026-11-23T00:00Z

    fn counts(rates: &Rates, days: usize) -> Vec<[u32; 24]> {
        let until = Timestamp(MONDAY.0 + days as i64 * 86_400_000);
        let mut poisson = Poisson::new(rates, &TimeZone::UTC, MONDAY, until, Chance::of(1, &[]));
        let mut counts = vec![[0; 24]; days];
        while let Some(at) = poisson.next().filter(|at| *at < until) {
            let hour = (at.0 - MONDAY.0) / 3_600_000;
            counts[hour as usize / 24][hour as usize % 24] += 1;
        }
        counts
    }

    #[test]
    fn arrivals_come_at_the_rates_of_the_hour_and_the_weekday() {
        let mut weekdays = [1.0; 7];
        weekdays[5] = 0.5;
        weekdays[6] = 0.0;
        let rates = Rates { steps: vec![(8 * 3600, 200.0), (18 * 3600, 10.0)], weekdays, swing: None };
        let counts = counts(&rates, 70);
        let mean = |day: usize, hours: std::ops::Range<usize>| {
            let all: u32 = counts.iter().skip(day).step_by(7).flat_map(|day| &day[hours.clone()]).sum();
            f64::from(all) / (10.0 * hours.len() as f64)
        };
        assert!((mean(0, 8..18) - 200.0).abs() < 6.0, "{}", mean(0, 8..18));
        assert!((mean(0, 18..24) - 10.0).abs() < 1.5, "{}", mean(0, 18..24));
        assert!((mean(0, 0..8) - 10.0).abs() < 1.5, "the last step holds over midnight: {}", mean(0, 0..8));
        assert!((mean(5, 8..18) - 100.0).abs() < 5.0, "{}", mean(5, 8..18));
        assert!(mean(6, 0..24) == 0.0);
    }

    #[test]
    fn a_swing_lifts_the_first_half_and_lowers_the_second() {
        let swing = Some(Swing { by: 0.5, every_s: 86_400.0 });
        let counts = counts(&Rates { swing, ..Rates::constant(100.0) }, 50);
        let half = |hours: std::ops::Range<usize>| {
            f64::from(counts.iter().flat_map(|day| &day[hours.clone()]).sum::<u32>()) / (50.0 * hours.len() as f64)
        };
        // The mean of sin over its first half is 2/π.
        assert!((half(0..12) - 131.8).abs() < 2.0, "{}", half(0..12));
        assert!((half(12..24) - 68.2).abs() < 2.0, "{}", half(12..24));
    }
}
