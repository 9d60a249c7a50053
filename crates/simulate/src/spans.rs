//! How long things take: handle times, patience, the time to accept.

use std::sync::Arc;

use crate::chance::Chance;

/// A distribution of spans, in seconds.
#[derive(Debug, Clone, PartialEq)]
pub enum Spans {
    Constant(f64),
    Exponential {
        mean: f64,
    },
    /// By its own mean and coefficient of variation (standard deviation ÷ mean), not those of the logarithm.
    Lognormal {
        mean: f64,
        variation: f64,
    },
    /// What was observed; each is as likely. An empty list is 0.
    Empirical(Arc<[f64]>),
}

impl Spans {
    pub fn mean(&self) -> f64 {
        match self {
            Self::Constant(mean) | Self::Exponential { mean } | Self::Lognormal { mean, .. } => *mean,
            Self::Empirical(observed) if observed.is_empty() => 0.0,
            Self::Empirical(observed) => observed.iter().sum::<f64>() / observed.len() as f64,
        }
    }

    pub(crate) fn draw(&self, chance: &mut Chance) -> f64 {
        match self {
            Self::Constant(mean) => *mean,
            Self::Exponential { mean } => mean * chance.exponential(),
            Self::Lognormal { mean, variation } => {
                let variance = (1.0 + variation * variation).ln();
                (mean.ln() - variance / 2.0 + variance.sqrt() * chance.normal()).exp()
            }
            Self::Empirical(observed) if observed.is_empty() => 0.0,
            Self::Empirical(observed) => observed[chance.below(observed.len())],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_the_mean_and_the_spread_that_it_says() {
        let cases = [
            (Spans::Constant(30.0), 30.0, 0.0),
            (Spans::Exponential { mean: 200.0 }, 200.0, 1.0),
            (Spans::Lognormal { mean: 300.0, variation: 1.0 }, 300.0, 1.0),
            (Spans::Lognormal { mean: 300.0, variation: 0.4 }, 300.0, 0.4),
            (Spans::Empirical(Arc::from([10.0, 20.0, 60.0])), 30.0, 0.72),
        ];
        for (spans, mean, variation) in cases {
            let mut chance = Chance::of(1, &[]);
            let draws: Vec<f64> = (0..400_000).map(|_| spans.draw(&mut chance)).collect();
            let found = draws.iter().sum::<f64>() / draws.len() as f64;
            let variance = draws.iter().map(|draw| (draw - found).powi(2)).sum::<f64>() / draws.len() as f64;
            assert!((found - mean).abs() <= 0.01 * mean, "{spans:?}: {found}");
            assert!((variance.sqrt() / found - variation).abs() < 0.02, "{spans:?}: {}", variance.sqrt() / found);
            assert!((spans.mean() - mean).abs() < 1e-9);
        }
    }
}
