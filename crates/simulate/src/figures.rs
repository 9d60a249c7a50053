//! The figures of a run, by name, and what several replications come to.

/// What is reported of a queue and of all together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// Handoffs that joined a queue.
    Offered,
    Answered,
    Abandoned,
    /// Over those who were answered.
    MeanWait,
    WaitP50,
    WaitP90,
    WaitP99,
    /// Accepted within the queue's threshold ÷ (accepted + left after the threshold).
    ServiceLevel,
    /// Slots held ÷ slots of the agents who are there, over time.
    Occupancy,
    /// The root of the mean squared error of the likely wait ÷ the mean wait, over those who waited and were answered.
    EstimateRrase,
    /// The share of their waits that the 80 % interval held.
    EstimateCoverage80,
    EstimateMeanWidth,
    /// The interval score (Winkler): width, and ten times what a wait lay outside.
    EstimateWinkler,
}

impl Figure {
    pub const ALL: [Self; 13] = [
        Self::Offered,
        Self::Answered,
        Self::Abandoned,
        Self::MeanWait,
        Self::WaitP50,
        Self::WaitP90,
        Self::WaitP99,
        Self::ServiceLevel,
        Self::Occupancy,
        Self::EstimateRrase,
        Self::EstimateCoverage80,
        Self::EstimateMeanWidth,
        Self::EstimateWinkler,
    ];

    /// Its name in JSON; those of the estimate stand in an object of that name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Answered => "answered",
            Self::Abandoned => "abandoned",
            Self::MeanWait => "mean_wait_s",
            Self::WaitP50 => "wait_p50_s",
            Self::WaitP90 => "wait_p90_s",
            Self::WaitP99 => "wait_p99_s",
            Self::ServiceLevel => "service_level",
            Self::Occupancy => "occupancy",
            Self::EstimateRrase => "rrase",
            Self::EstimateCoverage80 => "coverage_80",
            Self::EstimateMeanWidth => "mean_width_s",
            Self::EstimateWinkler => "winkler_s",
        }
    }

    pub fn is_of_estimate(self) -> bool {
        match self {
            Self::EstimateRrase | Self::EstimateCoverage80 | Self::EstimateMeanWidth | Self::EstimateWinkler => true,
            Self::Offered
            | Self::Answered
            | Self::Abandoned
            | Self::MeanWait
            | Self::WaitP50
            | Self::WaitP90
            | Self::WaitP99
            | Self::ServiceLevel
            | Self::Occupancy => false,
        }
    }
}

/// One value a figure; `None` where there was nothing to take it from.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Figures([Option<f64>; 13]);

impl Figures {
    pub(crate) fn set(&mut self, figure: Figure, value: Option<f64>) {
        self.0[figure as usize] = value.filter(|value| value.is_finite());
    }

    pub fn get(&self, figure: Figure) -> Option<f64> {
        self.0[figure as usize]
    }
}

/// A mean with the interval that holds the true one in 95 of 100 cases.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimated {
    pub mean: f64,
    /// `None` with fewer than two replications.
    pub interval: Option<(f64, f64)>,
}

/// The mean of replications with its interval by Student's distribution; `None` when none has a value.
pub fn over_replications(values: impl IntoIterator<Item = Option<f64>>) -> Option<Estimated> {
    let values: Vec<f64> = values.into_iter().flatten().collect();
    let count = values.len() as f64;
    if values.is_empty() {
        return None;
    }
    let mean = values.iter().sum::<f64>() / count;
    if values.len() < 2 {
        return Some(Estimated { mean, interval: None });
    }
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1.0);
    let half = student(values.len() - 1) * (variance / count).sqrt();
    Some(Estimated { mean, interval: Some((mean - half, mean + half)) })
}

/// The 97.5 % quantile of Student's distribution with so many degrees of freedom.
fn student(degrees: usize) -> f64 {
    const FIRST: [f64; 30] = [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
        2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
    ];
    // Beyond the table the first terms of its expansion around the normal distribution are exact to three digits.
    let (normal, degrees_of) = (1.959_964_f64, degrees as f64);
    let expanded = normal
        + (normal.powi(3) + normal) / (4.0 * degrees_of)
        + (5.0 * normal.powi(5) + 16.0 * normal.powi(3) + 3.0 * normal) / (96.0 * degrees_of * degrees_of);
    degrees.checked_sub(1).and_then(|index| FIRST.get(index)).copied().unwrap_or(expanded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_replication_has_no_interval_and_five_have_students() {
        assert_eq!(over_replications([None, Some(3.0)]), Some(Estimated { mean: 3.0, interval: None }));
        assert_eq!(over_replications([None]), None);
        let five = over_replications([1.0, 2.0, 3.0, 4.0, 5.0].map(Some)).unwrap();
        let (low, high) = five.interval.unwrap();
        // Standard deviation √2.5, t = 2.776 with four degrees of freedom.
        assert!((five.mean - 3.0).abs() < 1e-12 && (high - 4.963).abs() < 1e-3 && (low - 1.037).abs() < 1e-3);
    }

    #[test]
    fn the_table_goes_over_into_the_expansion() {
        assert!((student(31) - 2.040).abs() < 1e-3 && (student(100_000) - 1.960).abs() < 1e-3);
    }
}
