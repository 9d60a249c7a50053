//! What everybody in a run shares: chance, faults, the trace, the judge, the store as it really is.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use baton_engine::Ids;
use baton_store::Store;
use uuid::Uuid;

use crate::clock::Time;
use crate::dice::Dice;
use crate::faults::{Faults, Struck};
use crate::judge::Judge;
use crate::pulse::Pulse;
use crate::trace::Trace;

/// A request that is not answered within this time is asked again, elsewhere.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);

pub(crate) struct World {
    pub(crate) time: Time,
    /// The store without any fault on the way.
    pub(crate) store: Store,
    pub(crate) faults: Faults,
    pub(crate) pulse: Arc<Pulse>,
    dice: Mutex<Dice>,
    trace: Mutex<Trace>,
    judge: Mutex<Judge>,
    struck: Mutex<Struck>,
    /// No more faults, and nobody new comes.
    calm: AtomicBool,
    went_home: AtomicBool,
}

impl World {
    pub(crate) fn new(seed: u64) -> Arc<Self> {
        let mut dice = Dice::new(seed);
        let faults = Faults::draw(&mut dice);
        Arc::new(Self {
            time: Time::begin(),
            store: Store::in_memory(),
            faults,
            pulse: Arc::default(),
            dice: Mutex::new(dice),
            trace: Mutex::default(),
            judge: Mutex::new(Judge::new()),
            struck: Mutex::default(),
            calm: AtomicBool::new(false),
            went_home: AtomicBool::new(false),
        })
    }

    pub(crate) fn dice(&self) -> MutexGuard<'_, Dice> {
        self.dice.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn trace(&self) -> MutexGuard<'_, Trace> {
        self.trace.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn judge(&self) -> MutexGuard<'_, Judge> {
        self.judge.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn is_calm(&self) -> bool {
        self.calm.load(Ordering::Relaxed)
    }

    pub(crate) fn somebody_went_home(&self) -> bool {
        self.went_home.load(Ordering::Relaxed)
    }

    pub(crate) fn goes_home(&self) -> bool {
        !self.went_home.swap(true, Ordering::Relaxed)
    }

    pub(crate) fn be_calm(&self) {
        self.calm.store(true, Ordering::Relaxed);
        self.tell("-- faults stop");
    }

    /// Whether a fault of this kind strikes now.
    pub(crate) fn strikes(&self, kind: &'static str, rate: u32) -> bool {
        let strikes = rate > 0 && !self.is_calm() && self.dice().hits(rate);
        if strikes {
            self.count(kind);
        }
        strikes
    }

    pub(crate) fn count(&self, kind: &'static str) {
        *self.struck.lock().unwrap_or_else(PoisonError::into_inner).entry(kind).or_default() += 1;
    }

    pub(crate) fn count_many(&self, kind: &'static str, times: u64) {
        *self.struck.lock().unwrap_or_else(PoisonError::into_inner).entry(kind).or_default() += times;
    }

    pub(crate) fn struck(&self) -> Struck {
        self.struck.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn tell(&self, what: impl std::fmt::Display) {
        let line = format!("{:9.3} {what}", self.time.seconds());
        self.trace().line(line);
    }

    /// Waits between two moments, by chance.
    pub(crate) async fn pause(&self, least_ms: u64, most_ms: u64) {
        let span = self.dice().between(least_ms, most_ms);
        tokio::time::sleep(span).await;
    }

    pub(crate) fn id(&self) -> Uuid {
        let (high, low) = {
            let mut dice = self.dice();
            (dice.next(), dice.next())
        };
        let mut chance = [0; 10];
        chance[..8].copy_from_slice(&high.to_le_bytes());
        chance[8..].copy_from_slice(&low.to_le_bytes()[..2]);
        let now = u64::try_from(self.time.now().0).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(now, &chance).into_uuid()
    }

    /// Whether it still does; if not, that is what is found.
    pub(crate) fn moves(&self) -> bool {
        let events = self.judge().events;
        let stuck = self.pulse.stuck().or_else(|| Pulse::too_many(events));
        let moves = stuck.is_none();
        if let Some(stuck) = stuck {
            self.judge().fail("moves", stuck);
        }
        moves
    }

    pub(crate) fn failed(&self) -> bool {
        self.judge().failure().is_some()
    }
}

/// The ids of an engine come from the run's chance.
pub(crate) struct SeededIds(pub(crate) Arc<World>);

impl Ids for SeededIds {
    fn make(&self) -> Uuid {
        self.0.id()
    }
}

/// Asks, and gives up when nobody answers.
pub(crate) async fn asked<T>(
    request: impl Future<Output = Result<T, baton_engine::EngineError>>,
) -> Option<Result<T, baton_engine::EngineError>> {
    tokio::time::timeout(PATIENCE, request).await.ok()
}
