//! One engine's way to the store: where its requests are slow, refused, kept without an answer, and where it dies.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use baton_store::{Asked, Passage, Passing, StoreError};

use crate::judge;
use crate::world::World;

pub(crate) struct Way {
    pub(crate) world: Arc<World>,
    pub(crate) engine: usize,
    /// A dead engine's requests go nowhere and nobody answers them.
    pub(crate) dead: Arc<AtomicBool>,
    /// A process that stands still for a moment.
    pub(crate) silent: Arc<AtomicBool>,
}

/// How long an engine that stands still does so.
pub(crate) const SILENCE: Duration = Duration::from_secs(14);

impl Way {
    fn lives(&self) -> bool {
        !self.dead.load(Ordering::Relaxed)
    }

    fn unavailable(what: &str) -> Passing {
        let error = StoreError::Unavailable { doing: "simulate".to_owned(), why: what.to_owned() };
        Box::pin(std::future::ready(Err(error)))
    }

    fn after(&self, span: Option<Duration>) -> Passing {
        match span {
            None => Box::pin(std::future::ready(Ok(()))),
            Some(span) => {
                let dead = Arc::clone(&self.dead);
                Box::pin(async move {
                    tokio::time::sleep(span).await;
                    if dead.load(Ordering::Relaxed) { std::future::pending().await } else { Ok(()) }
                })
            }
        }
    }
}

impl Passage for Way {
    fn there(&self, _: Asked) -> Passing {
        let (world, faults) = (&self.world, &self.world.faults);
        world.pulse.step(world.time.now().0);
        if !self.lives() || !world.moves() {
            return Box::pin(std::future::pending());
        }
        if self.silent.load(Ordering::Relaxed) && !world.is_calm() {
            return self.after(Some(SILENCE));
        }
        if world.strikes("store refused", faults.refused) {
            return Self::unavailable("the request was refused");
        }
        let slow = world.strikes("store slow", faults.slow);
        self.after(slow.then(|| world.dice().between(1, 3_000)))
    }

    fn back(&self, asked: Asked, kept: bool) -> Passing {
        let (world, faults) = (&self.world, &self.world.faults);
        let appended = asked == Asked::Write && kept && judge::look(world, self.engine);
        if appended && world.strikes("crash between append and hint", faults.crash_after_append) {
            world.tell(format!("engine {} dies between append and hint", self.engine));
            self.dead.store(true, Ordering::Relaxed);
            world.judge().engine_died(world.time.now());
        }
        if !self.lives() {
            return Box::pin(std::future::pending());
        }
        if asked == Asked::Write && kept && world.strikes("outcome not known", faults.unknown) {
            return Self::unavailable("the answer was lost");
        }
        let stale = world.strikes("answer late, so stale", faults.stale);
        self.after(stale.then(|| world.dice().between(1, 3_000)))
    }
}
