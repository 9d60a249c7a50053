//! When a supervisor is to be alerted: a queue as it stands against its thresholds.

use std::time::Duration;

use crate::measure::Share;

/// The thresholds of a queue; what is absent alerts nobody.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Thresholds {
    pub waiting: Option<u32>,
    pub longest_wait: Option<Duration>,
    /// From 0 to 1.
    pub service_level: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AlertKind {
    Waiting,
    LongestWait,
    ServiceLevel,
}

/// A threshold that is passed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alert {
    pub kind: AlertKind,
    /// A count, seconds, or a share.
    pub value: f64,
    pub threshold: f64,
}

impl Thresholds {
    /// What is passed: more wait than may, somebody waits longer, the service level of today is below. A day of which
    /// nothing is decided yet has no service level.
    pub fn passed(&self, waiting: u32, longest: Option<Duration>, today: Share) -> Vec<Alert> {
        let above = |kind, value: f64, threshold: f64| (value > threshold).then_some(Alert { kind, value, threshold });
        let waiting = self.waiting.and_then(|most| above(AlertKind::Waiting, f64::from(waiting), f64::from(most)));
        let longest = self.longest_wait.zip(longest);
        let longest = longest
            .and_then(|(most, longest)| above(AlertKind::LongestWait, longest.as_secs_f64(), most.as_secs_f64()));
        let level = self.service_level.zip(today.ratio());
        let level = level.and_then(|(least, level)| {
            (level < least).then_some(Alert { kind: AlertKind::ServiceLevel, value: level, threshold: least })
        });
        [waiting, longest, level].into_iter().flatten().collect()
    }
}
