//! The whole shell under simulation: several real engines on virtual time over one store in memory, with customers, bots,
//! agents and a supervisor, while requests are slow, refused or answered without an answer, engines die between an append
//! and its hint, hints are lost, doubled and late, and clocks disagree. After every append separate checkers hold what is
//! in the store against the invariants of the design. Everything that chance decides comes from the seed: the same seed
//! is the same run, byte for byte. Never shipped.

// A checker looks at the few events that it is about; a new one must not make it silent about those.
#![allow(clippy::wildcard_enum_match_arm)]

mod agent;
mod bot;
mod bus;
mod checkers;
mod clock;
mod config;
mod customer;
mod dice;
mod faults;
mod house;
mod judge;
mod passage;
mod pulse;
mod supervisor;
mod trace;
mod world;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

pub use checkers::Failure;

use agent::Agent;
use house::House;
use world::World;

/// How long customers keep coming and faults strike.
const TROUBLE: Duration = Duration::from_mins(3);
/// How long everything may take to be served after that.
const CALM: Duration = Duration::from_mins(15);
/// Looks of the judge at what time alone brings.
const TICK: Duration = Duration::from_secs(1);

/// What one run came to.
#[derive(Debug, Clone)]
pub struct Run {
    pub seed: u64,
    pub failure: Option<Failure>,
    /// A number over everything that happened.
    pub hash: u64,
    /// The last of it in words.
    pub trace: Vec<String>,
    pub handoffs: u64,
    pub events: u64,
    pub appends: u64,
    /// Steps at the busiest moment, and in all: how far the run stayed from what is taken for no end.
    pub steps: (u64, u64),
    pub faults: BTreeMap<&'static str, u64>,
    /// Virtual time until everything was served.
    pub seconds: f64,
}

/// Runs one seed from the first customer to the last.
pub fn run(seed: u64) -> Run {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().expect("a runtime");
    runtime.block_on(simulate(seed))
}

/// The same with a fault planted into the program. A panic counts as caught: an assertion saw it.
#[cfg(feature = "planted")]
pub fn run_with(fault: baton_core::planted::Fault, seed: u64) -> Option<Failure> {
    baton_core::planted::plant(Some(fault));
    let caught = std::panic::catch_unwind(|| run(seed));
    baton_core::planted::plant(None);
    match caught {
        Ok(run) => run.failure,
        Err(_) => Some(Failure { checker: "assertion", what: "the program's own assertion".to_owned() }),
    }
}

async fn simulate(seed: u64) -> Run {
    let world = World::new(seed);
    let (document, agents) = config::document(&mut world.dice());
    let engines = 1 + world.dice().below(3);
    let customers = 52 + world.dice().below(17);
    let house = House::open(&world, engines, document).await;
    for id in &agents {
        let agent =
            Agent { world: Arc::clone(&world), house: Arc::clone(&house), id: id.clone(), colleagues: agents.clone() };
        tokio::spawn(agent.works());
    }
    tokio::spawn(Arc::clone(&house).trouble());
    tokio::spawn(supervisor::interferes(Arc::clone(&world), Arc::clone(&house), agents));
    tokio::spawn(customer::arrive(Arc::clone(&world), Arc::clone(&house), customers, TROUBLE));

    lasts(&world, &house, TROUBLE, || false).await;
    world.be_calm();
    let judged = Arc::clone(&world);
    lasts(&world, &house, CALM, || judged.judge().unfinished().is_none()).await;
    finish(&world, &house);

    let (hash, trace) = {
        let trace = world.trace();
        (trace.hash(), trace.last())
    };
    world.count_many("conflict in an append", house.conflicts());
    let judge = world.judge();
    Run {
        seed,
        failure: judge.failure().cloned(),
        hash,
        trace,
        handoffs: judge.handoffs,
        events: judge.events,
        appends: judge.appends,
        steps: world.pulse.steps(),
        faults: world.struck(),
        seconds: world.time.seconds(),
    }
}

/// Lets time pass until it is over, something was found, or `done`.
async fn lasts(world: &Arc<World>, house: &House, span: Duration, done: impl Fn() -> bool) {
    let end = tokio::time::Instant::now() + span;
    while tokio::time::Instant::now() < end && !world.failed() && !done() {
        tokio::time::sleep(TICK).await;
        world.judge().tick(world.time.now());
        world.moves();
        house.who_leads();
    }
}

/// Everything is served, everybody sees it, and every engine agrees.
fn finish(world: &Arc<World>, house: &House) {
    if world.failed() {
        return;
    }
    let left = world.judge().unfinished();
    if let Some(left) = left {
        world.judge().fail("served", left);
    }
    for running in house.all() {
        let floor = running.engine.floor();
        let busy = floor.agents.iter().find(|agent| agent.load > 0);
        if let Some(busy) = busy {
            let what = format!("engine {} thinks that {} has {}", running.place, busy.agent, busy.load);
            world.judge().fail("served", what);
        }
    }
    world.judge().close(world);
}
