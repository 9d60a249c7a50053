//! What was observed of one queue: handle times, waits, patience. Bounded by days, not by a number of observations, so
//! that a busy queue knows its rates well and a quiet one forgets nothing that it needs.

use std::collections::VecDeque;
use std::time::Duration;

use baton_core::Timestamp;

/// Observations that ended longer before the latest one than this are forgotten.
pub const WINDOW: Duration = Duration::from_hours(14 * 24);
/// Handle times that are enough: with so many in the latest days, older ones are left alone. A mean of so many is off
/// by some two per cent.
pub const ENOUGH: u32 = 4096;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Waits that the moving average is of.
const LAST: usize = 10;

/// One queue's past.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Observed {
    /// By day, the latest first; at most one more than [`WINDOW`] has.
    pub(crate) days: VecDeque<Day>,
    pub(crate) last: VecDeque<f64>,
}

/// One day's sums, in seconds.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Day {
    pub(crate) number: i64,
    pub(crate) handled: u32,
    pub(crate) handle: f64,
    pub(crate) waits: u32,
    pub(crate) waited: f64,
    pub(crate) abandoned: u32,
}

/// What the recent days say, in seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rates {
    pub(crate) handled: u32,
    pub(crate) handle: f64,
    /// Abandonments per second of waiting; 0 when nobody abandoned. The likeliest rate when those who were served are
    /// taken as censored: they would have left some time later, nobody knows when.
    pub(crate) patience: f64,
}

impl Observed {
    pub(crate) fn accepted(&mut self, waited: Duration, at: Timestamp) {
        let waited = waited.as_secs_f64();
        if self.last.len() == LAST {
            self.last.pop_front();
        }
        self.last.push_back(waited);
        if let Some(day) = self.day(at) {
            day.waits = day.waits.saturating_add(1);
            day.waited += waited;
        }
    }

    pub(crate) fn abandoned(&mut self, waited: Duration, at: Timestamp) {
        if let Some(day) = self.day(at) {
            day.waits = day.waits.saturating_add(1);
            day.abandoned = day.abandoned.saturating_add(1);
            day.waited += waited.as_secs_f64();
        }
    }

    pub(crate) fn handled(&mut self, handle: Duration, at: Timestamp) {
        if let Some(day) = self.day(at) {
            day.handled = day.handled.saturating_add(1);
            day.handle += handle.as_secs_f64();
        }
    }

    /// `None` when there are fewer handle times than `least`.
    pub(crate) fn rates(&self, least: u32) -> Option<Rates> {
        let (mut handled, mut handle) = (0_u32, 0.0);
        let (mut waits, mut waited, mut abandoned) = (0_u32, 0.0, 0_u32);
        for day in &self.days {
            if handled < ENOUGH {
                handled = handled.saturating_add(day.handled);
                handle += day.handle;
            }
            if waits < ENOUGH {
                waits = waits.saturating_add(day.waits);
                abandoned = abandoned.saturating_add(day.abandoned);
                waited += day.waited;
            }
        }
        (handled >= least.max(1)).then(|| Rates {
            handled,
            // Handle times of nothing at all would promise a wait of nothing at all.
            handle: (handle / f64::from(handled)).max(1.0),
            // Nobody's patience is counted as shorter than a second, which also keeps an empty record at 0.
            patience: f64::from(abandoned) / waited.max(1.0),
        })
    }

    /// The wait of the last one who was accepted, and the mean of the last ten.
    pub(crate) fn last_waits(&self) -> (f64, f64) {
        let count = f64::from(u32::try_from(self.last.len().max(1)).unwrap_or(1));
        (self.last.back().copied().unwrap_or(0.0), self.last.iter().sum::<f64>() / count)
    }

    /// The sums of a day; `None` when it is forgotten already.
    fn day(&mut self, at: Timestamp) -> Option<&mut Day> {
        let number = at.0.div_euclid(DAY_MS);
        let kept = i64::try_from(WINDOW.as_millis()).unwrap_or(i64::MAX) / DAY_MS;
        let latest = self.days.front().map_or(number, |day| day.number.max(number));
        self.days.retain(|day| latest - day.number <= kept);
        if latest - number > kept {
            return None;
        }
        // Observations come nearly in order: the day is the first, or close to it.
        let place = self.days.iter().position(|day| day.number <= number).unwrap_or(self.days.len());
        if self.days.get(place).is_none_or(|day| day.number != number) {
            self.days.insert(place, Day { number, ..Day::default() });
        }
        self.days.get_mut(place)
    }
}
