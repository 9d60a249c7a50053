//! Whether a run moves: how much is done at one moment, and in all. Something that is done again and again while no time
//! passes, or far too often in a run, is a failure with a seed and a trace, never a run without an end.

use std::sync::Mutex;
use std::sync::PoisonError;

/// Most steps at one moment of virtual time.
const AT_ONCE_MAX: u64 = 100_000;
/// Most steps of one run; the longest of five hundred had a seventeenth of it.
const STEPS_MAX: u64 = 2_000_000;
/// Most events of one run.
const EVENTS_MAX: u64 = 100_000;

#[derive(Debug, Clone, Copy, Default)]
struct Steps {
    at_ms: i64,
    here: u64,
    most_at_once: u64,
    all: u64,
}

/// Counts requests to the store and looks at a clock: whoever does anything does one of the two.
#[derive(Debug, Default)]
pub(crate) struct Pulse(Mutex<Steps>);

impl Pulse {
    /// One step at this moment. Past twice the bound there is no way to go on but to break off whoever does it.
    pub(crate) fn step(&self, at_ms: i64) {
        let here = {
            let mut steps = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if steps.at_ms != at_ms {
                (steps.at_ms, steps.here) = (at_ms, 0);
            }
            steps.here += 1;
            steps.all += 1;
            steps.most_at_once = steps.most_at_once.max(steps.here);
            steps.here
        };
        assert!(here <= 2 * AT_ONCE_MAX, "this goes round in circles");
    }

    /// Why the run cannot be let go on, if it cannot.
    pub(crate) fn stuck(&self) -> Option<String> {
        let steps = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if steps.most_at_once > AT_ONCE_MAX {
            return Some(format!("{} steps and no time passes", steps.most_at_once));
        }
        (steps.all > STEPS_MAX).then(|| format!("{} steps and no end", steps.all))
    }

    /// The same for what was written.
    pub(crate) fn too_many(events: u64) -> Option<String> {
        (events > EVENTS_MAX).then(|| format!("{events} events and no end"))
    }

    /// Steps at the busiest moment, and in all.
    pub(crate) fn steps(&self) -> (u64, u64) {
        let steps = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (steps.most_at_once, steps.all)
    }
}
