//! Shares, spans and ratings: numbers that carry what they were taken from.

use std::time::Duration;

/// A share with its denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    pub part: u64,
    pub whole: u64,
}

impl Share {
    /// `part / whole`; `None` when there is nothing to take a share of.
    pub fn ratio(self) -> Option<f64> {
        (self.whole > 0).then(|| as_f64(self.part) / as_f64(self.whole))
    }

    pub(crate) fn count(&mut self, belongs: bool) {
        self.whole += 1;
        self.part += u64::from(belongs);
    }
}

/// What spans of time come to. Percentiles are by nearest rank: the smallest observed span that at least this share of
/// all are not above.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spans {
    pub count: u64,
    /// The sum divided by `count`.
    pub mean: Option<Duration>,
    pub p50: Option<Duration>,
    pub p90: Option<Duration>,
}

impl Spans {
    pub(crate) fn of(mut spans: Vec<Duration>) -> Self {
        spans.sort_unstable();
        let count = spans.len();
        let rank = |percent: usize| spans.get((count * percent).div_ceil(100).saturating_sub(1)).copied();
        let sum = spans.iter().map(Duration::as_millis).sum::<u128>();
        let mean = u128::try_from(count).ok().and_then(|count| sum.checked_div(count));
        Self {
            count: u64::try_from(count).unwrap_or(u64::MAX),
            mean: mean.map(|mean| Duration::from_millis(u64::try_from(mean).unwrap_or(u64::MAX))),
            p50: rank(50),
            p90: rank(90),
        }
    }
}

/// The customers' answers to the survey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ratings {
    /// How many gave 1, 2, 3, 4, 5.
    pub histogram: [u64; 5],
}

impl Ratings {
    pub fn count(&self) -> u64 {
        self.histogram.iter().sum()
    }

    /// `Σ rating × its count / count`; `None` when nobody answered.
    pub fn mean(&self) -> Option<f64> {
        let sum: u64 = (1..).zip(self.histogram).map(|(rating, count)| rating * count).sum();
        (self.count() > 0).then(|| as_f64(sum) / as_f64(self.count()))
    }

    pub(crate) fn add(&mut self, rating: u8) {
        if let Some(count) = usize::from(rating).checked_sub(1).and_then(|place| self.histogram.get_mut(place)) {
            *count += 1;
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn as_f64(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(numbers: &[u64]) -> Vec<Duration> {
        numbers.iter().map(|number| Duration::from_secs(*number)).collect()
    }

    #[test]
    fn of_ten_waits_the_ninth_is_the_ninetieth_percentile() {
        let spans = Spans::of(seconds(&[10, 1, 9, 2, 8, 3, 7, 4, 6, 5]));
        assert_eq!((spans.count, spans.mean), (10, Some(Duration::from_millis(5_500))));
        assert_eq!((spans.p50, spans.p90), (Some(Duration::from_secs(5)), Some(Duration::from_secs(9))));
    }

    #[test]
    fn one_wait_is_every_percentile_and_none_is_nothing() {
        let one = Some(Duration::from_secs(7));
        assert_eq!(Spans::of(seconds(&[7])), Spans { count: 1, mean: one, p50: one, p90: one });
        assert_eq!(Spans::of(Vec::new()), Spans::default());
        assert_eq!(Share::default().ratio(), None);
        assert_eq!(Ratings::default().mean(), None);
    }

    #[test]
    fn ratings_outside_one_to_five_are_not_counted() {
        let mut ratings = Ratings::default();
        for rating in [0, 1, 5, 5, 6, 255] {
            ratings.add(rating);
        }
        assert_eq!((ratings.histogram, ratings.count()), ([1, 0, 0, 0, 2], 3));
        assert!((ratings.mean().unwrap() - 11.0 / 3.0).abs() < 1e-12);
    }
}
