//! What is counted in one replication: of every customer, and over time.

use baton_core::Timestamp;
use baton_routing::Interval;

use crate::figures::{Figure, Figures};

/// Stretches of the day in the picture.
pub const STRETCHES: usize = 96;
pub(crate) const STRETCH_MS: i64 = 15 * 60_000;

/// What became of the customers of a queue who came in the measured time.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    pub offered: u64,
    pub answered: u64,
    pub abandoned: u64,
    /// Told at the beginning that nobody is there, that it is closed or that it is full, and left; not in `offered`.
    pub turned_away: u64,
    /// Took the call-back or the message that the queue offers after its longest wait.
    pub took_alternative: u64,
    /// Neither answered nor gone when the run ended.
    pub unfinished: u64,
    pub(crate) within: u64,
    pub(crate) late: u64,
    pub(crate) declined: u64,
    pub(crate) rang_out: u64,
    /// Those who were not answered in the moment they came.
    pub(crate) waited: u64,
    pub(crate) waits_ms: Vec<u32>,
    pub(crate) score: Score,
    pub(crate) day: Day,
}

/// Who came in each stretch of the day.
#[derive(Debug, Clone)]
pub(crate) struct Day(pub(crate) Vec<Came>);

impl Default for Day {
    fn default() -> Self {
        Self(vec![Came::default(); STRETCHES])
    }
}

/// Who came in one stretch of the day, over all days.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Came {
    pub(crate) offered: u64,
    pub(crate) answered: u64,
    pub(crate) abandoned: u64,
    pub(crate) within: u64,
    pub(crate) late: u64,
    pub(crate) waited_ms: u64,
}

impl Came {
    pub(crate) fn add(&mut self, other: &Self) {
        self.offered += other.offered;
        self.answered += other.answered;
        self.abandoned += other.abandoned;
        self.within += other.within;
        self.late += other.late;
        self.waited_ms += other.waited_ms;
    }
}

/// How good the estimates were that were given at joining, over those who waited and were answered.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Score {
    count: u64,
    squares: f64,
    waited: f64,
    covered: u64,
    widths: f64,
    winkler: f64,
    /// Of those that counted and those that could not be made.
    pub(crate) withheld: u64,
}

/// Levels that hold over time, added up over the measured time.
#[derive(Debug, Clone)]
pub(crate) struct Meter {
    since: Timestamp,
    length: u32,
    busy: u32,
    there: u32,
    pub(crate) stretches: Vec<Held>,
}

/// Customer-milliseconds of waiting, slot-milliseconds held and there, and milliseconds looked at.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Held {
    pub(crate) length: f64,
    pub(crate) busy: f64,
    pub(crate) there: f64,
    pub(crate) span: f64,
}

impl Held {
    pub(crate) fn add(&mut self, other: &Self) {
        self.length += other.length;
        self.busy += other.busy;
        self.there += other.there;
        self.span += other.span;
    }
}

/// Which moments are measured, and which stretch of the day each is in.
#[derive(Debug, Clone)]
pub(crate) struct Window {
    pub(crate) from: Timestamp,
    pub(crate) until: Timestamp,
    /// When each day of the run begins.
    pub(crate) midnights: Vec<i64>,
}

impl Window {
    pub(crate) fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }

    /// The stretch of the day, and when it ends.
    pub(crate) fn stretch(&self, at: Timestamp) -> (usize, i64) {
        let day = self.midnights.partition_point(|midnight| *midnight <= at.0).saturating_sub(1);
        let midnight = self.midnights.get(day).copied().unwrap_or(0);
        let stretch = ((at.0 - midnight) / STRETCH_MS).max(0);
        let tomorrow = self.midnights.get(day + 1).copied().unwrap_or(i64::MAX);
        // A day of 25 hours ends in its last stretch.
        ((stretch as usize).min(STRETCHES - 1), (midnight + (stretch + 1) * STRETCH_MS).min(tomorrow))
    }
}

impl Meter {
    pub(crate) fn new(from: Timestamp) -> Self {
        Self { since: from, length: 0, busy: 0, there: 0, stretches: vec![Held::default(); STRETCHES] }
    }

    pub(crate) fn lengthen(&mut self, window: &Window, now: Timestamp, by: i32) {
        self.settle(window, now);
        self.length = self.length.saturating_add_signed(by);
    }

    pub(crate) fn staff(&mut self, window: &Window, now: Timestamp, busy: i32, there: i32) {
        self.settle(window, now);
        self.busy = self.busy.saturating_add_signed(busy);
        self.there = self.there.saturating_add_signed(there);
    }

    /// Adds up the levels until `now`.
    pub(crate) fn settle(&mut self, window: &Window, now: Timestamp) {
        let mut at = self.since.max(window.from);
        let until = now.min(window.until);
        while at < until {
            let (stretch, end) = window.stretch(at);
            let next = Timestamp(end).min(until);
            let span = (next.0 - at.0) as f64;
            let held = &mut self.stretches[stretch];
            held.length += f64::from(self.length) * span;
            held.busy += f64::from(self.busy) * span;
            held.there += f64::from(self.there) * span;
            held.span += span;
            at = next;
        }
        self.since = now;
    }

    fn occupancy(&self) -> Option<f64> {
        let (busy, there) = self.stretches.iter().fold((0.0, 0.0), |sum, held| (sum.0 + held.busy, sum.1 + held.there));
        (there > 0.0).then(|| busy / there)
    }
}

impl Score {
    /// Somebody who was told this waited so many seconds. It counts whether it was shown or withheld.
    pub(crate) fn count(&mut self, told: &Interval, waited: f64) {
        // An interval of 80 % misses one in five: 2 ÷ 0.2.
        const PENALTY: f64 = 10.0;
        let Interval { likely_s, low_s, high_s, withheld } = *told;
        self.count += 1;
        self.squares += (likely_s - waited).powi(2);
        self.waited += waited;
        self.covered += u64::from((low_s..=high_s).contains(&waited));
        self.widths += high_s - low_s;
        self.winkler += high_s - low_s + PENALTY * ((low_s - waited).max(0.0) + (waited - high_s).max(0.0));
        self.withheld += u64::from(withheld);
    }

    fn add(&mut self, other: &Self) {
        self.count += other.count;
        self.squares += other.squares;
        self.waited += other.waited;
        self.covered += other.covered;
        self.widths += other.widths;
        self.winkler += other.winkler;
        self.withheld += other.withheld;
    }

    fn mean(&self, sum: f64) -> Option<f64> {
        (self.count > 0).then(|| sum / self.count as f64)
    }
}

impl Tally {
    pub(crate) fn answered(&mut self, stretch: usize, waited_ms: u64, within: bool) {
        self.answered += 1;
        self.within += u64::from(within);
        self.late += u64::from(!within);
        self.waited += u64::from(waited_ms > 0);
        self.waits_ms.push(u32::try_from(waited_ms).unwrap_or(u32::MAX));
        let came = &mut self.day.0[stretch];
        came.answered += 1;
        came.within += u64::from(within);
        came.late += u64::from(!within);
        came.waited_ms += waited_ms;
    }

    pub(crate) fn offered(&mut self, stretch: usize) {
        self.offered += 1;
        self.day.0[stretch].offered += 1;
    }

    /// Who leaves before the threshold decides nothing about the service level.
    pub(crate) fn left(&mut self, stretch: usize, late: bool, for_alternative: bool) {
        if for_alternative {
            self.took_alternative += 1;
        } else {
            self.abandoned += 1;
            self.day.0[stretch].abandoned += 1;
        }
        self.late += u64::from(late);
        self.day.0[stretch].late += u64::from(late);
    }

    /// How many had to wait, answered in the end or not.
    pub fn waited(&self) -> u64 {
        self.waited + self.abandoned
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.offered += other.offered;
        self.answered += other.answered;
        self.abandoned += other.abandoned;
        self.turned_away += other.turned_away;
        self.took_alternative += other.took_alternative;
        self.unfinished += other.unfinished;
        self.within += other.within;
        self.late += other.late;
        self.waited += other.waited;
        self.declined += other.declined;
        self.rang_out += other.rang_out;
        self.waits_ms.extend(&other.waits_ms);
        self.score.add(&other.score);
        for (own, other) in self.day.0.iter_mut().zip(&other.day.0) {
            own.add(other);
        }
    }

    /// Sorts the waits on the way.
    pub(crate) fn figures(&mut self, meter: &Meter) -> Figures {
        self.waits_ms.sort_unstable();
        let count = self.waits_ms.len();
        let rank = |percent: usize| {
            let place = (count * percent).div_ceil(100).saturating_sub(1);
            self.waits_ms.get(place).map(|wait| f64::from(*wait) / 1000.0)
        };
        let sum: f64 = self.waits_ms.iter().map(|wait| f64::from(*wait)).sum();
        let decided = self.within + self.late;
        let score = &self.score;
        let mut figures = Figures::default();
        figures.set(Figure::Offered, Some(self.offered as f64));
        figures.set(Figure::Answered, Some(self.answered as f64));
        figures.set(Figure::Abandoned, Some(self.abandoned as f64));
        figures.set(Figure::MeanWait, (count > 0).then(|| sum / count as f64 / 1000.0));
        figures.set(Figure::WaitP50, rank(50));
        figures.set(Figure::WaitP90, rank(90));
        figures.set(Figure::WaitP99, rank(99));
        figures.set(Figure::ServiceLevel, (decided > 0).then(|| self.within as f64 / decided as f64));
        figures.set(Figure::Occupancy, meter.occupancy());
        let mean_wait = score.mean(score.waited).filter(|mean| *mean > 0.0);
        let rrase = mean_wait.and_then(|mean| Some(score.mean(score.squares)?.sqrt() / mean));
        figures.set(Figure::EstimateRrase, rrase);
        figures.set(Figure::EstimateCoverage80, score.mean(score.covered as f64));
        figures.set(Figure::EstimateMeanWidth, score.mean(score.widths));
        figures.set(Figure::EstimateWinkler, score.mean(score.winkler));
        figures
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_added_up_inside_the_window_alone_and_split_at_the_quarter_hours() {
        let quarter = STRETCH_MS;
        let window = Window { from: Timestamp(quarter), until: Timestamp(4 * quarter), midnights: vec![0, 86_400_000] };
        let mut meter = Meter::new(Timestamp(0));
        meter.staff(&window, Timestamp(0), 1, 2);
        meter.lengthen(&window, Timestamp(2 * quarter + quarter / 2), 3);
        meter.settle(&window, Timestamp(10 * quarter));
        let held = |index: usize| meter.stretches[index];
        assert!(held(0).span == 0.0 && held(4).span == 0.0);
        assert!(held(1).busy == quarter as f64 && held(1).there == 2.0 * quarter as f64);
        assert!(held(2).length == 1.5 * quarter as f64 && held(3).length == 3.0 * quarter as f64);
        assert_eq!(meter.occupancy(), Some(0.5));
    }

    #[test]
    fn an_interval_that_misses_costs_ten_times_the_distance() {
        let mut score = Score::default();
        let told = Interval { likely_s: 100.0, low_s: 50.0, high_s: 150.0, withheld: false };
        score.count(&told, 120.0);
        score.count(&told, 160.0);
        assert_eq!(score.mean(score.winkler), Some(150.0));
        assert_eq!(score.mean(score.covered as f64), Some(0.5));
    }
}
