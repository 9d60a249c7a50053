//! What carries hints between engines, badly.

use std::sync::{Arc, Mutex, PoisonError};

use baton_engine::{Hint, Hints};
use tokio::sync::mpsc;

use crate::world::World;

/// Hints that wait for an engine; beyond it they are lost.
const WAITING_MAX: usize = 256;

#[derive(Clone)]
pub(crate) struct Bus {
    world: Arc<World>,
    /// Who hears, by the engine's place; a dead one hears nothing.
    ears: Arc<Mutex<Vec<Option<mpsc::Sender<Hint>>>>>,
}

impl Bus {
    pub(crate) fn new(world: &Arc<World>, engines: usize) -> Self {
        Self { world: Arc::clone(world), ears: Arc::new(Mutex::new(vec![None; engines])) }
    }

    /// The ends for an engine that starts.
    pub(crate) fn join(&self, engine: usize) -> Hints {
        let (tell, mut told) = mpsc::channel(WAITING_MAX);
        let (ear, heard) = mpsc::channel(WAITING_MAX);
        self.ears.lock().unwrap_or_else(PoisonError::into_inner)[engine] = Some(ear);
        let bus = self.clone();
        tokio::spawn(async move {
            while let Some(hint) = told.recv().await {
                bus.carry(engine, hint);
            }
        });
        Hints { tell, heard }
    }

    fn carry(&self, from: usize, hint: Hint) {
        let ears = self.ears.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (world, faults) = (&self.world, &self.world.faults);
        for (_, ear) in ears.into_iter().enumerate().filter(|(to, _)| *to != from) {
            let Some(ear) = ear else { continue };
            if world.strikes("hint lost", faults.hint_lost) {
                continue;
            }
            if world.strikes("hint doubled", faults.hint_doubled) {
                let _ = ear.try_send(hint);
            }
            if world.strikes("hint late, so out of order", faults.hint_late) {
                let late = world.dice().between(1, 4_000);
                tokio::spawn(async move {
                    tokio::time::sleep(late).await;
                    let _ = ear.try_send(hint);
                });
            } else {
                let _ = ear.try_send(hint);
            }
        }
    }
}
