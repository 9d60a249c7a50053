//! How far waits fall from what was predicted for them: conformal intervals that are learned online.
//!
//! The ratio of the wait to its prediction is counted in cells of its logarithm, apart for predictions of different
//! length, and the counts fade: the quantiles of what is remembered are the interval (split conformal prediction on the
//! ratio; Vovk). Neighbouring lengths share their observations, so that the interval has no steps. Until a length has
//! its own observations the gamma distribution of the prediction stands in for some of them.
//!
//! What is remembered is always a little late. The two levels asked for are therefore moved by every wait that falls
//! outside, and back by every one that does not (adaptive conformal inference; Gibbs & Candès 2021): whatever changes,
//! the share of waits below each end returns to what it should be.

use super::classical::Moments;

/// The share of comparable waits below each end of the interval.
pub(crate) const LEVELS: [f64; 2] = [0.1, 0.9];
/// Half octaves of predicted seconds, from one second to more than eight hours.
pub(crate) const LENGTHS: usize = 30;
/// Cells of the ratio, eight to an octave, from 2⁻⁷ to 2⁵.
pub(crate) const CELLS: usize = 96;
const CELLS_PER_OCTAVE: f64 = 8.0;
const OCTAVE_MIN: f64 = -7.0;
/// About so many observations of one length count.
const MEMORY: f64 = 3_000.0;
/// How many observations the gamma distribution is worth.
const PRIOR: f64 = 40.0;
/// With so many observations it is no longer asked.
const ENOUGH: f64 = 2_000.0;
/// How far one wait moves the levels.
const MOVES: f64 = 0.004;

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Spread {
    pub(crate) lengths: Vec<Counts>,
    pub(crate) levels: [f64; 2],
}

/// How often each ratio was seen for predictions of one length.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Counts {
    pub(crate) cells: [f32; CELLS],
    pub(crate) sum: f32,
}

impl Spread {
    pub(crate) fn new() -> Self {
        Self { lengths: vec![Counts { cells: [0.0; CELLS], sum: 0.0 }; LENGTHS], levels: LEVELS }
    }

    /// The interval around a prediction with these moments by theory.
    pub(crate) fn interval(&self, predicted: Moments) -> (f64, f64) {
        let [low, high] = self.levels.map(|level| self.quantile(predicted, level));
        (low.min(predicted.mean), high.max(low))
    }

    /// What a wait teaches for which this was predicted, and which interval was promised.
    pub(crate) fn learn(&mut self, predicted: f64, promised: (f64, f64), wait: f64) {
        let cell = cell(wait / predicted.max(0.1));
        for (length, share) in lengths(predicted) {
            if let Some(counts) = self.lengths.get_mut(length) {
                counts.learn(cell, share);
            }
        }
        let outside = [wait < promised.0, wait < promised.1];
        for ((level, is_below), share) in self.levels.iter_mut().zip(outside).zip(LEVELS) {
            *level += MOVES * (share - f64::from(u8::from(is_below)));
            *level = level.clamp((share - 0.08).max(0.01), (share + 0.08).min(0.99));
        }
    }

    fn quantile(&self, predicted: Moments, level: f64) -> f64 {
        let mut seen = 0.0;
        let mut ratio = 0.0;
        for (length, share) in lengths(predicted.mean) {
            if let Some(counts) = self.lengths.get(length).filter(|counts| counts.sum > 0.0) {
                let weight = share * f64::from(counts.sum);
                seen += weight;
                ratio += weight * counts.quantile(level);
            }
        }
        if seen >= ENOUGH {
            return predicted.mean * (ratio / seen).exp2();
        }
        let theory = (predicted.quantile(level) / predicted.mean.max(1e-9)).max(1e-6).log2();
        predicted.mean * ((ratio + PRIOR * theory) / (seen + PRIOR)).exp2()
    }
}

impl Counts {
    fn learn(&mut self, cell: usize, share: f64) {
        #[expect(clippy::cast_possible_truncation, reason = "a weight")]
        let (keep, share) = ((1.0 - share / MEMORY) as f32, share as f32);
        self.sum = 0.0;
        for (number, count) in self.cells.iter_mut().enumerate() {
            *count = *count * keep + if number == cell { share } else { 0.0 };
            self.sum += *count;
        }
    }

    /// The binary logarithm of the ratio that this share of observations is below.
    fn quantile(&self, level: f64) -> f64 {
        let asked = f64::from(self.sum) * level;
        let mut below = 0.0;
        for (number, count) in (0_u32..).zip(&self.cells) {
            let count = f64::from(*count);
            if below + count >= asked && count > 0.0 {
                let inside = (asked - below) / count;
                return OCTAVE_MIN + (f64::from(number) + inside) / CELLS_PER_OCTAVE;
            }
            below += count;
        }
        0.0
    }
}

fn cell(ratio: f64) -> usize {
    let place = (ratio.max(1e-9).log2() - OCTAVE_MIN) * CELLS_PER_OCTAVE;
    index(place, CELLS)
}

/// The two lengths between which a prediction lies, and how much it is of each.
fn lengths(predicted: f64) -> [(usize, f64); 2] {
    let place = (predicted.max(1.0).log2() * 2.0).min(29.0);
    let lower = place.floor();
    let upper_share = place - lower;
    [(index(lower, LENGTHS), 1.0 - upper_share), (index(lower + 1.0, LENGTHS), upper_share)]
}

fn index(place: f64, count: usize) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast saturates, and count bounds it"
    )]
    let place = place.max(0.0) as usize;
    place.min(count - 1)
}
