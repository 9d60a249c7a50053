//! How far waits fall from what was predicted for them: conformal intervals that are learned online.
//!
//! A wait is scored by how unlikely theory thinks it: its gamma distribution, made nearly normal by the cube root of wait
//! over prediction (Wilson & Hilferty 1931), so that a long queue, whose wait is nearly certain, and a short one speak the
//! same language. The scores are counted in cells, apart for predictions of different length, and the counts fade: the
//! quantiles of what is remembered, turned back into time, are the interval (normalised split conformal prediction; Vovk,
//! Gammerman & Shafer 2005). Neighbouring lengths share their observations, and what a length has not seen for itself is
//! taken from all lengths, and before that from theory.
//!
//! What is remembered is always a little late. The two levels asked for are therefore moved by every wait that falls
//! outside, and back by every one that does not (adaptive conformal inference; Gibbs & Candès 2021), apart for each band of
//! load: whatever changes, the share of waits below each end returns to what it should be, when it is quiet and when it is
//! crowded.

use super::classical::Moments;

/// The share of comparable waits below each end of the interval.
pub(crate) const LEVELS: [f64; 2] = [0.1, 0.9];
/// Half octaves of predicted seconds, from one second to more than eight hours.
pub(crate) const LENGTHS: usize = 30;
/// Cells of the score, twelve to a standard deviation, from four below to four above.
pub(crate) const CELLS: usize = 96;
const CELLS_PER_DEVIATION: f64 = 12.0;
const SCORE_MIN: f64 = -4.0;
/// About so many observations of one length count.
const MEMORY: f64 = 8_000.0;
/// How many observations of its own length those of all lengths are worth, and how many of those theory is.
const PRIOR: f64 = 60.0;
/// With so many observations theory is no longer asked.
const ENOUGH: f64 = 3_000.0;
/// Bands of load: the interval holds in each of them. The edges are where a band begins, in people before it for every
/// slot; below the first nobody stands before it.
pub(crate) const BANDS: usize = 7;
const BAND_EDGES: [f64; BANDS - 1] = [1e-9, 0.125, 0.25, 0.5, 1.0, 2.0];
/// How far one wait moves the levels of its band, at least; the first ones move them further.
const MOVES: f64 = 0.000_5;
const MOVES_FIRST: f64 = 0.15;
const FIRST: f64 = 100.0;
/// How far a level may move, so that the two together stay between 0 and 1.
const MOVED_MAX: f64 = 0.045;

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Spread {
    pub(crate) lengths: Vec<Counts>,
    pub(crate) all: Counts,
    /// By the load of all lines around it, and by that of its own.
    pub(crate) bands: [[Band; BANDS]; 2],
}

/// How far the two levels have moved in one band of load, and how many waits moved them.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Band {
    pub(crate) moved: [f64; 2],
    pub(crate) seen: u32,
}

/// Those who stand before it for every slot: in all lines with all slots around it, in its own with those that serve it.
pub(crate) type Crowd = [f64; 2];

/// How often each score was seen.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Counts {
    pub(crate) cells: [f32; CELLS],
    pub(crate) sum: f32,
}

impl Spread {
    pub(crate) fn new() -> Self {
        Self { lengths: vec![Counts::NONE; LENGTHS], all: Counts::NONE, bands: [[Band::default(); BANDS]; 2] }
    }

    /// The interval around a prediction with these moments by theory.
    pub(crate) fn interval(&self, predicted: Moments, crowd: Crowd) -> (f64, f64) {
        let mut levels = LEVELS;
        for (bands, crowd) in self.bands.iter().zip(crowd) {
            let moved = bands.get(band(crowd)).map_or([0.0; 2], |band| band.moved);
            levels.iter_mut().zip(moved).for_each(|(level, moved)| *level += moved);
        }
        let [low, high] = levels.map(|level| self.quantile(predicted, level));
        (low.min(predicted.mean), high.max(predicted.mean))
    }

    /// What a wait teaches for which this was predicted, and which interval was promised.
    pub(crate) fn learn(&mut self, predicted: Moments, crowd: Crowd, promised: (f64, f64), wait: f64) {
        let cell = cell(score(predicted, wait));
        for (length, share) in lengths(predicted.mean) {
            if let Some(counts) = self.lengths.get_mut(length) {
                counts.learn(cell, share);
            }
        }
        self.all.learn(cell, 1.0);
        let below = [wait < promised.0, wait <= promised.1];
        for (bands, crowd) in self.bands.iter_mut().zip(crowd) {
            if let Some(band) = bands.get_mut(band(crowd)) {
                band.learn(below);
            }
        }
    }

    fn quantile(&self, predicted: Moments, level: f64) -> f64 {
        let theory = || predicted.quantile(level);
        let seen = f64::from(self.all.sum);
        if seen <= 0.0 {
            return theory();
        }
        let mut asked = self.all.quantile(level);
        if seen < ENOUGH {
            asked = (asked * seen + PRIOR * score(predicted, theory())) / (seen + PRIOR);
        }
        let (mut own, mut weights) = (asked * PRIOR, PRIOR);
        for (length, share) in lengths(predicted.mean) {
            if let Some(counts) = self.lengths.get(length).filter(|counts| counts.sum > 0.0) {
                let weight = share * f64::from(counts.sum);
                weights += weight;
                own += weight * counts.quantile(level);
            }
        }
        wait(predicted, own / weights)
    }
}

impl Band {
    fn learn(&mut self, below: [bool; 2]) {
        let moves = MOVES.max(MOVES_FIRST / (FIRST + f64::from(self.seen)));
        self.seen = self.seen.saturating_add(1);
        for ((moved, is_below), share) in self.moved.iter_mut().zip(below).zip(LEVELS) {
            *moved += moves * (share - f64::from(u8::from(is_below)));
            *moved = moved.clamp(-MOVED_MAX, MOVED_MAX);
        }
    }
}

impl Counts {
    const NONE: Self = Self { cells: [0.0; CELLS], sum: 0.0 };

    fn learn(&mut self, cell: usize, share: f64) {
        #[expect(clippy::cast_possible_truncation, reason = "a weight")]
        let (keep, share) = ((1.0 - share / MEMORY) as f32, share as f32);
        self.sum = 0.0;
        for (number, count) in self.cells.iter_mut().enumerate() {
            *count = *count * keep + if number == cell { share } else { 0.0 };
            self.sum += *count;
        }
    }

    /// The score that this share of observations is below.
    fn quantile(&self, level: f64) -> f64 {
        let asked = f64::from(self.sum) * level;
        let mut below = 0.0;
        for (number, count) in (0_u32..).zip(&self.cells) {
            let count = f64::from(*count);
            if below + count >= asked && count > 0.0 {
                let inside = (asked - below) / count;
                return SCORE_MIN + (f64::from(number) + inside) / CELLS_PER_DEVIATION;
            }
            below += count;
        }
        0.0
    }
}

/// Standard deviations above what is likely.
fn score(predicted: Moments, wait: f64) -> f64 {
    let (middle, deviation) = root(predicted);
    ((wait.max(0.0) / predicted.mean.max(0.1)).cbrt() - middle) / deviation
}

/// The wait of this score.
fn wait(predicted: Moments, score: f64) -> f64 {
    let (middle, deviation) = root(predicted);
    predicted.mean * (middle + deviation * score).max(0.0).powi(3)
}

/// Mean and deviation of the cube root of a gamma variable of mean 1.
fn root(predicted: Moments) -> (f64, f64) {
    let relative = (predicted.variance / (predicted.mean * predicted.mean).max(1e-9)).clamp(1e-4, 4.0) / 9.0;
    (1.0 - relative, relative.sqrt())
}

fn cell(score: f64) -> usize {
    index((score - SCORE_MIN) * CELLS_PER_DEVIATION, CELLS)
}

/// The two lengths between which a prediction lies, and how much it is of each.
fn lengths(predicted: f64) -> [(usize, f64); 2] {
    let place = (predicted.max(1.0).log2() * 2.0).min(29.0);
    let lower = place.floor();
    let upper_share = place - lower;
    [(index(lower, LENGTHS), 1.0 - upper_share), (index(lower + 1.0, LENGTHS), upper_share)]
}

fn band(crowd: f64) -> usize {
    BAND_EDGES.iter().filter(|edge| crowd >= **edge).count()
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
