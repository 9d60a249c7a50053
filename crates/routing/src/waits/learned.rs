//! The model of one line: what theory says, corrected by what this deployment's own waits showed.
//!
//! The correction is a ridge regression on what is known when somebody joins (the state-dependent predictors of Thiongane,
//! Chan & L'Ecuyer 2020: queue lengths, the waits of those before, the time of day). It is used as far as it would have
//! helped so far: its share is the regression of the errors of theory on the corrections that were proposed before the
//! wait was known.

use std::f64::consts::TAU;

use super::classical::Moments;
use super::ridge::{INPUTS, Ridge};
use super::spread::{Crowd, Spread};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// How fast the record of the correction's worth fades.
const MEMORY: f64 = 4_000.0;
/// So many waits in which the correction was no better are assumed before the first one.
const DOUBT: f64 = 20.0;

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Learned {
    pub(crate) ridge: Ridge,
    pub(crate) spread: Spread,
    /// Σ correction², Σ correction · error of theory, Σ error² of theory, Σ 1; all fading.
    pub(crate) worth: [f64; 4],
}

/// What is known at the moment of an estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Known {
    pub(crate) inputs: [f64; INPUTS],
    pub(crate) cold: Moments,
    pub(crate) crowd: Crowd,
}

/// The answer, in seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Answer {
    pub(crate) likely: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
    /// What the regression would add to theory.
    pub(crate) correction: f64,
}

/// What the inputs are made of, in seconds and numbers of people.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) cold: Moments,
    pub(crate) ahead: f64,
    pub(crate) ahead_in_all: f64,
    pub(crate) head_waited: f64,
    pub(crate) last: f64,
    pub(crate) last_ten: f64,
    pub(crate) waited: f64,
    pub(crate) crowd: Crowd,
    pub(crate) at_ms: i64,
}

impl Known {
    pub(crate) fn of(seen: &Seen) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of a day")]
        let day = TAU * seen.at_ms.rem_euclid(DAY_MS) as f64 / DAY_MS as f64;
        let cold = seen.cold.mean;
        let (sine, cosine) = day.sin_cos();
        let (sine_2, cosine_2) = (2.0 * sine * cosine, 1.0 - 2.0 * sine * sine);
        let (sine_3, cosine_3) = (sine_2 * cosine + cosine_2 * sine, cosine_2 * cosine - sine_2 * sine);
        let inputs = [
            1.0,
            cold,
            seen.ahead,
            seen.ahead_in_all,
            seen.head_waited,
            seen.last,
            seen.last_ten,
            (cold * seen.head_waited).sqrt(),
            seen.waited,
            sine,
            cosine,
            sine_2,
            cosine_2,
            sine_3,
            cosine_3,
            0.0,
        ];
        Self { inputs, cold: seen.cold, crowd: seen.crowd }
    }

    /// Another mean, as uneven as theory thinks the wait to be.
    fn like_theory(&self, mean: f64) -> Moments {
        Moments { mean, variance: self.cold.variance * (mean / self.cold.mean.max(1e-9)).powi(2) }
    }
}

impl Learned {
    pub(crate) fn new() -> Self {
        Self { ridge: Ridge::new(), spread: Spread::new(), worth: [0.0; 4] }
    }

    /// Theory's answer when nothing was learned.
    pub(crate) fn answer(&self, known: &Known) -> Answer {
        let cold = known.cold.mean;
        // However far the inputs lie from all that was seen, theory is not wrong by more than this.
        let correction = self.ridge.predict(&known.inputs).clamp(-0.9 * cold, 3.0 * cold);
        let [squares, products, _, number] = self.worth;
        let doubt = DOUBT * if number > 0.0 { squares / number } else { 1.0 };
        let share = if number > 0.0 { (products / (squares + doubt).max(1e-9)).clamp(0.0, 1.0) } else { 0.0 };
        let likely = cold + share * correction;
        let (low, high) = self.spread.interval(known.like_theory(likely), known.crowd);
        Answer { likely, low, high, correction }
    }

    /// The wait is known for which this was answered.
    pub(crate) fn learn(&mut self, known: &Known, answer: &Answer, wait: f64) {
        let error = wait - known.cold.mean;
        let keep = 1.0 - 1.0 / MEMORY;
        let now = [answer.correction * answer.correction, answer.correction * error, error * error, 1.0];
        for (sum, now) in self.worth.iter_mut().zip(now) {
            *sum = *sum * keep + now;
        }
        self.ridge.learn(&known.inputs, error);
        self.spread.learn(known.like_theory(answer.likely), known.crowd, (answer.low, answer.high), wait);
    }
}
