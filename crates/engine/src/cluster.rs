//! The other engines on this database: who of them lives, who is connected to them, and whether this one leads.
//!
//! An engine writes a beat that grows. The others compare it with what they saw before, each by its own sense of how
//! much time has passed, so that clocks which disagree do no harm. The oldest that lives leads: it acts at once, the
//! others only on what has been left lying. Two that both think they lead collide in the store and nowhere else.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use baton_core::AgentId;
use baton_store::EngineRow;
use tokio::time::Instant;
use uuid::Uuid;

/// How often an engine gives a sign of life.
const BEAT: Duration = Duration::from_secs(2);
/// An engine whose beat stands still for so long is taken for dead: its agents are not connected any more.
const LEASE: Duration = Duration::from_secs(10);
/// How long something lies before an engine that does not lead does it.
const LAG: Duration = Duration::from_secs(3);
/// A transaction that took its place in the log earlier may become visible so much later than others.
const TRAIL: Duration = Duration::from_secs(5);
/// How often everything that is open is compared, whatever the log said.
const WHOLE_LOOK: Duration = Duration::from_secs(30);
/// A dead engine's row is forgotten after this long.
const FORGET: Duration = Duration::from_mins(10);

struct Other {
    beat: u64,
    /// When the beat was last seen to grow.
    seen: Instant,
    agents: BTreeSet<AgentId>,
    alive: bool,
}

struct Known {
    beat: u64,
    beaten: Option<Instant>,
    told_agents: BTreeSet<AgentId>,
    others: BTreeMap<Uuid, Other>,
    /// How far the log had come when, the oldest first.
    trail: VecDeque<(Instant, u64)>,
    whole_look: Instant,
}

/// What the engines' rows say.
pub(crate) struct Seen {
    /// Who is connected to another engine that lives.
    pub(crate) elsewhere: BTreeSet<AgentId>,
    /// Whether one has died since the last look.
    pub(crate) one_died: bool,
    /// Rows that nobody stands behind any more.
    pub(crate) forgotten: Vec<(Uuid, u64)>,
}

pub(crate) struct Cluster {
    me: Uuid,
    /// Whether there can be others at all.
    shared: bool,
    known: Mutex<Known>,
    /// Something was said of the others; look before the next turn is due.
    look: AtomicBool,
}

impl Cluster {
    pub(crate) fn new(me: Uuid, shared: bool) -> Self {
        let known = Known {
            beat: 0,
            beaten: None,
            told_agents: BTreeSet::new(),
            others: BTreeMap::new(),
            trail: VecDeque::new(),
            whole_look: Instant::now(),
        };
        Self { me, shared, known: Mutex::new(known), look: AtomicBool::new(false) }
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        // Every change of it is whole before anything can panic.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn me(&self) -> Uuid {
        self.me
    }

    pub(crate) fn shared(&self) -> bool {
        self.shared
    }

    pub(crate) fn look_soon(&self) {
        self.look.store(true, Ordering::Release);
    }

    /// Whether somebody asked for a look since the last one.
    pub(crate) fn take_look(&self) -> bool {
        self.look.swap(false, Ordering::AcqRel)
    }

    /// Whether no older engine lives.
    pub(crate) fn leads(&self) -> bool {
        !self.shared || !self.known().others.iter().any(|(engine, other)| other.alive && *engine < self.me)
    }

    /// How long this engine leaves things to the one that leads.
    pub(crate) fn patience(&self) -> Duration {
        if self.leads() { Duration::ZERO } else { LAG }
    }

    /// The sign of life to write, when it is time or somebody came or went.
    pub(crate) fn beat(&self, agents: &BTreeSet<AgentId>) -> Option<EngineRow> {
        let (mut known, now) = (self.known(), Instant::now());
        let due = known.beaten.is_none_or(|at| now.duration_since(at) >= BEAT);
        if !due && known.told_agents == *agents {
            return None;
        }
        known.beat += 1;
        known.beaten = Some(now);
        known.told_agents.clone_from(agents);
        Some(EngineRow { engine: self.me, beat: known.beat, agents: agents.clone() })
    }

    /// A beat that could not be written is written at the next look.
    pub(crate) fn beat_failed(&self) {
        self.known().beaten = None;
    }

    /// Takes in what the rows say.
    pub(crate) fn see(&self, rows: Vec<EngineRow>) -> Seen {
        let (mut known, now) = (self.known(), Instant::now());
        let rows: BTreeMap<Uuid, EngineRow> =
            rows.into_iter().filter(|row| row.engine != self.me).map(|row| (row.engine, row)).collect();
        // One that stopped took its row away.
        known.others.retain(|engine, _| rows.contains_key(engine));
        let mut one_died = false;
        for (engine, row) in rows {
            let other = known.others.entry(engine).or_insert(Other {
                beat: row.beat,
                seen: now,
                agents: BTreeSet::new(),
                alive: true,
            });
            if other.beat != row.beat {
                (other.beat, other.seen, other.alive) = (row.beat, now, true);
            }
            other.agents = row.agents;
            if other.alive && now.duration_since(other.seen) >= LEASE {
                (other.alive, one_died) = (false, true);
            }
        }
        let living = known.others.values().filter(|other| other.alive);
        let elsewhere = living.flat_map(|other| other.agents.iter().cloned()).collect();
        let gone = known.others.iter().filter(|(_, other)| now.duration_since(other.seen) >= FORGET);
        Seen { elsewhere, one_died, forgotten: gone.map(|(engine, other)| (*engine, other.beat)).collect() }
    }

    /// From where to ask what changed: a little further back than what was seen.
    pub(crate) fn position(&self) -> u64 {
        self.known().trail.front().map_or(0, |(_, position)| *position)
    }

    /// The log was seen up to here.
    pub(crate) fn reached(&self, position: u64) {
        let (mut known, now) = (self.known(), Instant::now());
        known.trail.push_back((now, position));
        while known.trail.get(1).is_some_and(|(at, _)| now.duration_since(*at) >= TRAIL) {
            known.trail.pop_front();
        }
    }

    /// Whether it is time to compare everything that is open.
    pub(crate) fn whole_look_is_due(&self) -> bool {
        self.known().whole_look.elapsed() >= WHOLE_LOOK
    }

    pub(crate) fn looked_at_all(&self) {
        self.known().whole_look = Instant::now();
    }
}

/// Things that somebody else is expected to do, and since when they lie there.
pub(crate) struct Lying<K>(BTreeMap<K, Instant>);

impl<K> Default for Lying<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord + Copy> Lying<K> {
    /// Those of `keys` that have lain there for `patience`; what is not among them does not lie there any more.
    pub(crate) fn ripe(&mut self, keys: impl Iterator<Item = K>, patience: Duration) -> BTreeSet<K> {
        let now = Instant::now();
        let mut lying = BTreeMap::new();
        for key in keys {
            lying.insert(key, self.0.get(&key).copied().unwrap_or(now));
        }
        self.0 = lying;
        self.0.iter().filter(|(_, since)| now.duration_since(**since) >= patience).map(|(key, _)| *key).collect()
    }

    /// When the next of them will have lain there long enough.
    pub(crate) fn next(&self, patience: Duration) -> Option<Duration> {
        let now = Instant::now();
        let left = self.0.values().map(|since| patience.saturating_sub(now.duration_since(*since)));
        left.filter(|left| !left.is_zero()).min()
    }
}
