//! What many noisy samples say: medians, percentiles, and which rounds count at all.

/// Load below this many runnable processes is a quiet machine, however it moves.
const QUIET_LOAD: f64 = 2.0;
/// A round is void when the machine changed by this factor in it.
const MOVED: f64 = 2.0;

/// The middle of the values; the mean of the two in the middle when their number is even. 0 of none.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => 0.0,
        odd if odd % 2 == 1 => sorted[odd / 2],
        even => f64::midpoint(sorted[even / 2 - 1], sorted[even / 2]),
    }
}

/// The smallest value that at least `percent` of a hundred are not above (nearest rank). 0 of none.
pub(crate) fn percentile(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or(0.0)
}

/// How the machine was at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Conditions {
    /// Processes that ran or wanted to, over the last minute.
    pub(crate) load: f64,
    /// Median time of an append with a flush.
    pub(crate) flush_us: f64,
}

impl Conditions {
    /// Whether what was measured between the two is void.
    pub(crate) fn moved(self, after: Self) -> bool {
        twofold(self.load.max(QUIET_LOAD), after.load.max(QUIET_LOAD)) || twofold(self.flush_us, after.flush_us)
    }
}

fn twofold(one: f64, other: f64) -> bool {
    one.max(other) >= MOVED * one.min(other)
}

/// The rounds that count, and how many did not.
pub(crate) struct Rounds<T> {
    pub(crate) counted: Vec<T>,
    pub(crate) voided: usize,
}

impl<T> Rounds<T> {
    pub(crate) fn new() -> Self {
        Self { counted: Vec::new(), voided: 0 }
    }

    /// Takes a round in, or voids it.
    pub(crate) fn add(&mut self, before: Conditions, after: Conditions, round: T) {
        if before.moved(after) {
            self.voided += 1;
        } else {
            self.counted.push(round);
        }
    }

    /// The median of one figure over the rounds that count.
    pub(crate) fn median(&self, figure: impl Fn(&T) -> f64) -> f64 {
        median(&self.counted.iter().map(figure).collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALM: Conditions = Conditions { load: 0.3, flush_us: 200.0 };

    #[test]
    #[allow(clippy::float_cmp)] // The values are taken as they are, not computed.
    fn the_median_is_the_middle_whatever_the_order() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 3.0, 2.0]), 2.5);
        assert_eq!(median(&[1_000.0, 1.0, 1.0]), 1.0);
        assert_eq!(median(&[]), 0.0);
    }

    #[test]
    #[allow(clippy::float_cmp)]
    fn a_percentile_is_a_value_that_was_seen() {
        let hundred: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(percentile(&hundred, 50), 50.0);
        assert_eq!(percentile(&hundred, 99), 99.0);
        assert_eq!(percentile(&hundred, 100), 100.0);
        assert_eq!(percentile(&[7.0], 99), 7.0);
        assert_eq!(percentile(&[1.0, 2.0], 51), 2.0);
        assert_eq!(percentile(&[], 99), 0.0);
    }

    #[test]
    fn a_round_is_void_when_flushes_took_twice_as_long_after_it_or_half() {
        let busy_disk = Conditions { flush_us: 400.0, ..CALM };
        assert!(CALM.moved(busy_disk));
        assert!(busy_disk.moved(CALM));
        assert!(!CALM.moved(Conditions { flush_us: 399.0, ..CALM }));
    }

    #[test]
    fn load_counts_only_above_what_the_machine_can_do_at_once() {
        assert!(!CALM.moved(Conditions { load: 1.9, ..CALM }), "our own load is no disturbance");
        assert!(CALM.moved(Conditions { load: 4.0, ..CALM }));
        assert!(!Conditions { load: 6.0, ..CALM }.moved(Conditions { load: 9.0, ..CALM }));
    }

    #[test]
    #[allow(clippy::float_cmp)]
    fn void_rounds_are_counted_and_have_no_say() {
        let mut rounds = Rounds::new();
        rounds.add(CALM, CALM, 10.0);
        rounds.add(CALM, Conditions { flush_us: 2_000.0, ..CALM }, 1.0);
        rounds.add(CALM, CALM, 20.0);
        assert_eq!((rounds.counted.len(), rounds.voided), (2, 1));
        assert_eq!(rounds.median(|round| *round), 15.0);
    }
}
