//! Estimated waits from this deployment's own handoffs.
//!
//! `QLm`, the exact queue-length predictor of the M/M/s+M model: with `n` ahead, `s` servers, handle rate `μ` and
//! patience rate `α`, the wait of one who stays has mean `Σᵢ₌₀ⁿ 1/(sμ + iα)` and variance `Σᵢ₌₀ⁿ 1/(sμ + iα)²`; a gamma
//! distribution with these two gives the quantile. Where nobody abandons, `α` is 0 and both are those of the Erlang
//! distribution.
//!
//! `μ` is one over the mean of the observed handle times. `α` is the number of the observed who abandoned over the time
//! that all observed have waited: the likeliest rate when those who were accepted are taken as censored.
//! That `μ` is itself an estimate from `m` observations widens the interval: `mean² / m` is added to the variance.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use baton_core::{QueueId, Timestamp, WaitEstimate};

use crate::gamma;

/// Observations kept for a queue, of each kind; the oldest go first.
pub const OBSERVATIONS_MAX: usize = 200;
/// Handle times without which there is no ground for an estimate.
pub const HANDLE_TIMES_MIN: usize = 5;
/// Handle times that ended longer before the latest one than this are forgotten.
pub const WINDOW: Duration = Duration::from_hours(14 * 24);
/// An estimate that could exceed this is no help to anybody and is withheld.
pub const WAIT_MAX: Duration = Duration::from_hours(8);
/// The share of comparable waits that are shorter than `at_most_s`.
const AT_MOST: f64 = 0.9;

/// What was observed of each queue, in bounded memory.
#[derive(Debug, Clone, Default)]
pub struct Waits {
    queues: BTreeMap<QueueId, Observed>,
}

#[derive(Debug, Clone, Default)]
struct Observed {
    handled: VecDeque<(Timestamp, Duration)>,
    waited: VecDeque<Waited>,
}

#[derive(Debug, Clone, Copy)]
struct Waited {
    span: Duration,
    abandoned: bool,
}

/// Mean and variance of a wait, in seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    pub mean: f64,
    pub variance: f64,
}

impl Waits {
    pub fn new() -> Self {
        Self::default()
    }

    /// A handoff of this queue was accepted after this wait.
    pub fn accepted(&mut self, queue: &QueueId, waited: Duration) {
        self.wait_ended(queue, Waited { span: waited, abandoned: false });
    }

    /// A customer left this queue after this wait.
    pub fn abandoned(&mut self, queue: &QueueId, waited: Duration) {
        self.wait_ended(queue, Waited { span: waited, abandoned: true });
    }

    /// A slot was held this long for a handoff of this queue, wrap-up included, until `at`.
    pub fn handled(&mut self, queue: &QueueId, handle: Duration, at: Timestamp) {
        let handled = &mut self.queues.entry(queue.clone()).or_default().handled;
        keep(handled, (at, handle));
        let latest = handled.iter().map(|(at, _)| *at).max().unwrap_or(at);
        handled.retain(|(at, _)| latest.since(*at) <= WINDOW);
    }

    /// The wait with so many ahead who need an agent first, and so many slots that serve this queue, all of them busy.
    ///
    /// `None` when there is no ground for one: no slot, fewer than [`HANDLE_TIMES_MIN`] handle times in the
    /// [`WINDOW`], or a wait beyond [`WAIT_MAX`]. Rounded up, to 5 seconds below a minute and to 30 above.
    pub fn estimate(&self, queue: &QueueId, ahead: u32, servers: u32) -> Option<WaitEstimate> {
        let observed = self.queues.get(queue)?;
        let count = observed.handled.len();
        if count < HANDLE_TIMES_MIN || servers == 0 {
            return None;
        }
        let busy: f64 = observed.handled.iter().map(|(_, handle)| handle.as_secs_f64()).sum();
        let number = f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        // Handle times of nothing at all would promise a wait of nothing at all.
        let handle_rate = number / busy.max(number);
        let exact = queue_length(ahead, servers, handle_rate, observed.patience_rate());
        let widened = Moments { variance: exact.variance + exact.mean * exact.mean / number, ..exact };
        let at_most = widened.quantile(AT_MOST);
        if at_most > WAIT_MAX.as_secs_f64() {
            return None;
        }
        Some(WaitEstimate { likely_s: round_up(exact.mean), at_most_s: round_up(at_most.max(exact.mean)) })
    }

    fn wait_ended(&mut self, queue: &QueueId, waited: Waited) {
        keep(&mut self.queues.entry(queue.clone()).or_default().waited, waited);
    }
}

impl Observed {
    /// Abandonments per second of waiting; 0 when nobody abandoned.
    fn patience_rate(&self) -> f64 {
        let abandoned = self.waited.iter().filter(|waited| waited.abandoned).count();
        let waited: f64 = self.waited.iter().map(|waited| waited.span.as_secs_f64()).sum();
        // Nobody's patience is counted as shorter than a second, which also keeps an empty record at 0.
        f64::from(u32::try_from(abandoned).unwrap_or(u32::MAX)) / waited.max(1.0)
    }
}

/// `QLm`: the wait behind `ahead` others, in the units of the rates.
pub fn queue_length(ahead: u32, servers: u32, handle_rate: f64, patience_rate: f64) -> Moments {
    let mut moments = Moments { mean: 0.0, variance: 0.0 };
    for number in 0..=ahead {
        let step = 1.0 / (f64::from(servers) * handle_rate + f64::from(number) * patience_rate);
        moments.mean += step;
        moments.variance += step * step;
    }
    moments
}

impl Moments {
    /// The wait that this share of comparable waits is below, with a gamma distribution of this mean and variance.
    pub fn quantile(self, share: f64) -> f64 {
        if self.mean <= 0.0 || self.variance <= 0.0 {
            return self.mean.max(0.0);
        }
        let scale = self.variance / self.mean;
        scale * gamma::quantile(self.mean / scale, share)
    }
}

fn keep<T>(observations: &mut VecDeque<T>, observation: T) {
    if observations.len() == OBSERVATIONS_MAX {
        observations.pop_front();
    }
    observations.push_back(observation);
}

fn round_up(seconds: f64) -> u32 {
    let step = if seconds < 60.0 { 5.0 } else { 30.0 };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between one step and WAIT_MAX")]
    let rounded = ((seconds / step).ceil().max(1.0) * step) as u32;
    rounded
}

#[cfg(test)]
mod tests;
