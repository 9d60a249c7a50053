//! What became of the promises: the record by which estimates are published, and withheld.

use std::collections::VecDeque;

/// Promises that "recent" means.
pub const RECENT_MAX: usize = 100;
/// With fewer there is no ground to withhold.
const RECENT_MIN: usize = 24;
/// Fewer recent waits than this within "at most" and the estimate is withheld; it should be 0.9. Those who wait
/// at the same time wait for the same people, so a promise is seldom broken alone: a smaller shortfall is chance.
const KEPT_MIN: f64 = 0.6;
/// Once withheld, so many are asked for until it is given again.
const KEPT_AGAIN: f64 = 0.75;
/// The chance of falling outside of the interval, for the Winkler score.
const OUTSIDE: f64 = 0.2;

/// What became of the promises made to those who joined one line.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Promises {
    pub(crate) kept: Coverage,
    /// Whether each of the latest waits ended within "at most".
    pub(crate) recent: VecDeque<bool>,
    pub(crate) withheld: bool,
}

/// Of the promises whose wait is known by now, how many held: what reports and metrics publish.
///
/// A promise counts whether it was shown or withheld, so that withholding cannot make the figures look better. Those who
/// left are told apart: how long they would have waited is not known, only that some had waited longer already than the
/// most they were promised.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Coverage {
    /// Waits that ended with an agent.
    pub promises: u64,
    /// Of these, waits inside the 80 % interval, and waits of no more than "at most".
    pub inside: u64,
    pub at_most: u64,
    /// Customers who left, and those of them who had waited longer than "at most" already.
    pub left: u64,
    pub left_too_late: u64,
    pub width_sum_s: f64,
    pub winkler_sum_s: f64,
    pub wait_sum_s: f64,
    pub error_sum_s: f64,
    pub squared_error_sum: f64,
}

impl Coverage {
    pub(crate) fn count(&mut self, likely: f64, low: f64, high: f64, wait: f64) {
        self.promises += 1;
        self.inside += u64::from(wait >= low && wait <= high);
        self.at_most += u64::from(wait <= high);
        self.width_sum_s += high - low;
        self.winkler_sum_s += high - low + 2.0 / OUTSIDE * ((low - wait).max(0.0) + (wait - high).max(0.0));
        self.wait_sum_s += wait;
        self.error_sum_s += likely - wait;
        self.squared_error_sum += (likely - wait).powi(2);
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.promises += other.promises;
        self.inside += other.inside;
        self.at_most += other.at_most;
        self.left += other.left;
        self.left_too_late += other.left_too_late;
        self.width_sum_s += other.width_sum_s;
        self.winkler_sum_s += other.winkler_sum_s;
        self.wait_sum_s += other.wait_sum_s;
        self.error_sum_s += other.error_sum_s;
        self.squared_error_sum += other.squared_error_sum;
    }

    /// The share of waits inside the 80 % interval.
    pub fn coverage(&self) -> Option<f64> {
        self.mean(whole(self.inside))
    }

    /// The share of waits of no more than "at most"; it is made to be 0.9.
    pub fn coverage_at_most(&self) -> Option<f64> {
        self.mean(whole(self.at_most))
    }

    pub fn mean_width_s(&self) -> Option<f64> {
        self.mean(self.width_sum_s)
    }

    /// Mean width plus ten times the mean distance of the waits outside: lower is better (Winkler 1972).
    pub fn winkler_s(&self) -> Option<f64> {
        self.mean(self.winkler_sum_s)
    }

    /// How much longer was said than it took, on average.
    pub fn bias_s(&self) -> Option<f64> {
        self.mean(self.error_sum_s)
    }

    /// The root of the mean squared error over the mean wait.
    pub fn rrase(&self) -> Option<f64> {
        let wait = self.mean(self.wait_sum_s).filter(|wait| *wait > 0.0)?;
        Some(self.mean(self.squared_error_sum)?.sqrt() / wait)
    }

    fn mean(&self, sum: f64) -> Option<f64> {
        (self.promises > 0).then(|| sum / whole(self.promises))
    }
}

impl Promises {
    pub(crate) fn ended(&mut self, likely: f64, low: f64, high: f64, wait: f64) {
        self.kept.count(likely, low, high, wait);
        self.remember(wait <= high);
    }

    /// The customer left: only a promise that was broken by then says anything about its quality.
    pub(crate) fn left(&mut self, high: f64, wait: f64) {
        self.kept.left += 1;
        if wait > high {
            self.kept.left_too_late += 1;
            self.remember(false);
        }
    }

    fn remember(&mut self, held: bool) {
        if self.recent.len() == RECENT_MAX {
            self.recent.pop_front();
        }
        self.recent.push_back(held);
        let held = self.recent.iter().filter(|held| **held).count();
        let least = if self.withheld { KEPT_AGAIN } else { KEPT_MIN };
        self.withheld = self.recent.len() >= RECENT_MIN && count(held) < least * count(self.recent.len());
    }
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

#[expect(clippy::cast_precision_loss, reason = "more promises than 2⁵³ are not made")]
fn whole(number: u64) -> f64 {
    number as f64
}
