//! The house: several engines on one store, which start, stop and die, and the clocks on their walls.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use baton_bots::Bot;
use baton_core::{BotId, Timestamp};
use baton_engine::{Engine, Options};

use crate::bot::SimBot;
use crate::bus::Bus;
use crate::clock::EngineClock;
use crate::passage::{SILENCE, Way};
use crate::world::{SeededIds, World};

/// An engine that runs, and how to take it away.
#[derive(Clone)]
pub(crate) struct Running {
    pub(crate) place: usize,
    pub(crate) engine: Engine,
    dead: Arc<AtomicBool>,
    silent: Arc<AtomicBool>,
}

impl Running {
    pub(crate) fn lives(&self) -> bool {
        !self.dead.load(Ordering::Relaxed)
    }
}

pub(crate) struct House {
    world: Arc<World>,
    bus: Bus,
    places: Mutex<Vec<Option<Running>>>,
    clocks: Vec<Arc<AtomicI64>>,
    bots: BTreeMap<BotId, Bot>,
    /// Every engine that there ever was.
    everyone: Mutex<Vec<Engine>>,
}

impl House {
    /// Puts the configuration into the store and starts every engine.
    pub(crate) async fn open(world: &Arc<World>, engines: usize, config: String) -> Arc<Self> {
        let put = config.clone();
        world
            .store
            .write(move |tx| tx.put_config(0, Timestamp(0), "simulation", None, &put))
            .await
            .expect("the configuration is kept");
        let bot = Bot::Own(Arc::new(SimBot { world: Arc::clone(world) }));
        let house = Arc::new(Self {
            world: Arc::clone(world),
            bus: Bus::new(world, engines),
            places: Mutex::new(vec![None; engines]),
            clocks: (0..engines).map(|_| Arc::default()).collect(),
            everyone: Mutex::default(),
            bots: BTreeMap::from([(BotId::new("called").expect("a key"), bot)]),
        });
        for place in 0..engines {
            house.set_clock(place);
            house.start(place).await;
        }
        house
    }

    fn places(&self) -> MutexGuard<'_, Vec<Option<Running>>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn everyone(&self) -> MutexGuard<'_, Vec<Engine>> {
        self.everyone.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Appends that were decided anew because somebody else was first, of all engines.
    pub(crate) fn conflicts(&self) -> u64 {
        self.everyone().iter().map(|engine| engine.measures().counts.conflicts).sum()
    }

    /// Counts when more than one engine takes itself for the one that leads.
    pub(crate) fn who_leads(&self) {
        if self.all().iter().filter(|running| running.engine.leads()).count() > 1 {
            self.world.count("two routers that lead, seconds");
        }
    }

    /// Any engine that somebody who connects now would reach.
    pub(crate) fn any(&self) -> Option<Running> {
        let living: Vec<Running> = self.places().iter().flatten().filter(|running| running.lives()).cloned().collect();
        (!living.is_empty()).then(|| self.world.dice().one_of(&living).clone())
    }

    /// Waits until there is one.
    pub(crate) async fn reach(&self) -> Running {
        loop {
            if let Some(running) = self.any() {
                return running;
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }

    pub(crate) fn all(&self) -> Vec<Running> {
        self.places().iter().flatten().filter(|running| running.lives()).cloned().collect()
    }

    async fn start(&self, place: usize) {
        loop {
            let began = self.world.time.now();
            let (dead, silent) = (Arc::default(), Arc::default());
            let way = Way {
                world: Arc::clone(&self.world),
                engine: place,
                dead: Arc::clone(&dead),
                silent: Arc::clone(&silent),
            };
            let options = Options {
                clock: Arc::new(EngineClock {
                    time: self.world.time,
                    wrong_by_ms: Arc::clone(&self.clocks[place]),
                    pulse: Arc::clone(&self.world.pulse),
                }),
                ids: Arc::new(SeededIds(Arc::clone(&self.world))),
                hints: Some(self.bus.join(place)),
                bots: self.bots.clone(),
                ..Options::default()
            };
            let started = Engine::start(self.world.store.through(Arc::new(way)), options);
            // A start that the store refuses is tried again, as whatever keeps processes running does.
            if let Ok(Ok(engine)) = tokio::time::timeout(Duration::from_secs(20), started).await {
                self.world.tell(format!("engine {place} starts"));
                self.world.judge().engine_started(began, self.world.time.now());
                self.everyone().push(engine.clone());
                self.places()[place] = Some(Running { place, engine, dead, silent });
                return;
            }
            dead.store(true, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    fn set_clock(&self, place: usize) {
        let most = self.world.faults.clocks_ms;
        if most > 0 {
            let wrong = self.world.dice().below(usize::try_from(2 * most + 1).unwrap_or(1));
            let wrong = i64::try_from(wrong).unwrap_or(0) - i64::try_from(most).unwrap_or(0);
            self.clocks[place].store(wrong, Ordering::Relaxed);
            self.world.count("clocks that disagree");
        }
    }

    /// What goes wrong with engines, second by second, until it is calm.
    pub(crate) async fn trouble(self: Arc<Self>) {
        let faults = self.world.faults.clone();
        let places = self.clocks.len();
        while !self.world.is_calm() {
            tokio::time::sleep(Duration::from_secs(1)).await;
            for place in 0..places {
                let Some(running) = self.places()[place].clone() else { continue };
                if !running.lives() || self.world.strikes("engine killed", faults.crash) {
                    self.world.tell(format!("engine {place} is gone"));
                    running.dead.store(true, Ordering::Relaxed);
                    self.world.judge().engine_died(self.world.time.now());
                    self.places()[place] = None;
                    self.comes_back(place, 200, 9_000);
                } else if self.world.strikes("engine restarted", faults.restart) {
                    self.world.tell(format!("engine {place} stops"));
                    self.world.judge().engine_died(self.world.time.now());
                    self.places()[place] = None;
                    let house = Arc::clone(&self);
                    tokio::spawn(async move {
                        let stopped = tokio::time::timeout(Duration::from_secs(20), running.engine.stop()).await;
                        running.dead.store(true, Ordering::Relaxed);
                        if stopped.is_err() {
                            house.world.tell(format!("engine {place} had to be killed"));
                        }
                        house.start(place).await;
                    });
                } else if self.world.strikes("engine stands still", faults.silent) {
                    self.world.tell(format!("engine {place} stands still"));
                    running.silent.store(true, Ordering::Relaxed);
                    tokio::spawn(async move {
                        tokio::time::sleep(SILENCE).await;
                        running.silent.store(false, Ordering::Relaxed);
                    });
                }
                if self.world.strikes("clock jumps", faults.jump) {
                    let jump = i64::try_from(self.world.dice().below(40_001)).unwrap_or(0) - 20_000;
                    self.clocks[place].store(jump, Ordering::Relaxed);
                    self.world.tell(format!("the clock of engine {place} jumps to be {jump} ms wrong"));
                }
            }
        }
        // Clocks are set, and whoever died after the last append comes back.
        for place in 0..places {
            self.clocks[place].store(0, Ordering::Relaxed);
            let running = self.places()[place].clone();
            if let Some(running) = running {
                running.silent.store(false, Ordering::Relaxed);
                if !running.lives() {
                    self.places()[place] = None;
                    self.comes_back(place, 200, 2_000);
                }
            }
        }
    }

    fn comes_back(self: &Arc<Self>, place: usize, least_ms: u64, most_ms: u64) {
        let house = Arc::clone(self);
        tokio::spawn(async move {
            house.world.pause(least_ms, most_ms).await;
            house.start(place).await;
        });
    }
}
