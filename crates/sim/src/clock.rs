//! The clocks: all run with virtual time, each a little wrong.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use baton_core::Timestamp;
use baton_engine::Clock;
use tokio::time::Instant;

use crate::pulse::Pulse;

/// When every run begins: a Monday morning.
const BEGIN: Timestamp = Timestamp(1_800_262_800_000);

/// Virtual time as it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Time(Instant);

impl Time {
    pub(crate) fn begin() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn now(self) -> Timestamp {
        BEGIN + self.0.elapsed()
    }

    pub(crate) fn seconds(self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}

/// One engine's clock.
pub(crate) struct EngineClock {
    pub(crate) time: Time,
    pub(crate) wrong_by_ms: Arc<AtomicI64>,
    pub(crate) pulse: Arc<Pulse>,
}

impl Clock for EngineClock {
    fn now(&self) -> Timestamp {
        let now = self.time.now();
        self.pulse.step(now.0);
        Timestamp(now.0 + self.wrong_by_ms.load(Ordering::Relaxed))
    }
}
