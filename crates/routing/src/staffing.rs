//! What may be promised: which queue, whether somebody is there, the place and the wait.

use std::collections::BTreeMap;

use baton_core::{Admission, HandoffId, Needs, NobodyReason, QueueId, Staffing, Timestamp, WaitEstimate};

use crate::class::{Class, Place, skills_in};
use crate::floor::{Floor, Waiting};
use crate::ranked::Ranked;
use crate::snapshots::{Around, Walk};
use crate::waits::{Snapshot, Waits};

/// The floor's whole answer to "could somebody help with this", before anything is promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Availability {
    /// What would hold if the handoff were requested at this moment.
    pub admission: Admission,
    /// Every queue that could serve it, best first.
    pub queues: Vec<QueueAvailability>,
}

/// One queue as it stands for these needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueAvailability {
    pub queue: QueueId,
    pub name: String,
    pub open: bool,
    /// When it opens next, if it is closed and its hours say so.
    pub opens_at: Option<Timestamp>,
    /// Agents of the queue who are connected.
    pub agents_connected: u32,
    /// Those of them who are available and could serve these needs, busy or not.
    pub agents_available: u32,
    /// Those of them who have a free slot.
    pub agents_free: u32,
    /// Handoffs in the queue, those that ring included.
    pub waiting: u32,
    /// As in [`Staffing::Staffed`]; withheld when nobody is there or it is closed.
    pub wait: Option<WaitEstimate>,
}

/// The people who could serve a class.
#[derive(Clone, Copy, Default)]
struct Servers {
    agents: u32,
    agents_free: u32,
}

impl Floor {
    /// Chooses the queue, adds what it requires to the needs, and says what may be promised if it joined now.
    ///
    /// Where the best queue is full or closes too soon, the next best takes it that is open and has the people; where
    /// there is none, the best says why nobody is promised.
    ///
    /// The needs keep their own priority: the queue's is added where handoffs are put in order, so that admitting
    /// twice raises nothing.
    pub fn admit(&self, needs: &Needs, now: Timestamp, waits: &Waits) -> Admission {
        self.admission(self.queue_for(&self.plan.queues_for(needs, now), needs, now), needs, now, waits)
    }

    fn queue_for<'a>(&'a self, keys: &[&'a QueueId], needs: &Needs, now: Timestamp) -> &'a QueueId {
        let best = keys.first().copied().unwrap_or(&self.plan.default_queue);
        if self.turns_away(best, now).is_none() {
            return best;
        }
        let takes = |key: &&&QueueId| {
            let has_people =
                || self.plan.queues.get(**key).is_some_and(|queue| self.plan.has_people_for(key, queue, needs));
            self.openings.is_open(&self.plan, key, now) && self.turns_away(key, now).is_none() && has_people()
        };
        keys.iter().find(takes).copied().unwrap_or(best)
    }

    /// Why nobody may be promised in an open queue who would only join it: it is full, or closes too soon.
    fn turns_away(&self, key: &QueueId, now: Timestamp) -> Option<Staffing> {
        let queue = self.plan.queues.get(key)?;
        if !queue.last_admission.is_zero()
            && self.openings.is_open(&self.plan, key, now)
            && let Some(closes_at) = self.openings.changes_at(&self.plan, key, now)
            && closes_at.since(now) <= queue.last_admission
        {
            return Some(Staffing::Nobody { reason: NobodyReason::ClosingSoon, opens_at: queue.opens_at(closes_at) });
        }
        let waiting = self.places.get(key).map_or(0, Ranked::len);
        let full = queue.limit.is_some_and(|limit| waiting >= limit as usize);
        full.then_some(Staffing::Nobody { reason: NobodyReason::Full, opens_at: None })
    }

    /// What may be promised to one who waits; `None` when it does not wait here.
    ///
    /// Nobody is promised in a closed queue, even while an agent of it is still available and may take the handoff.
    pub fn staffing(&self, handoff: HandoffId, now: Timestamp, waits: &Waits) -> Option<Staffing> {
        let waiting = self.waiting(handoff)?;
        let class = self.class_of(waiting);
        let ahead = self.ahead_of(&waiting.queue, &self.place_of(waiting));
        let (servers, around) = (self.servers(&class), self.around(&class));
        Some(self.promise_to(waiting, &class, (servers, &around), ahead, now, waits))
    }

    /// [`Floor::staffing`] of everybody in a queue, in order, in one walk: for refreshing what all of them are told.
    ///
    /// With what each finds before them, for [`Waits::watched`], when there is ground for a wait.
    pub fn queue_staffing(
        &self,
        queue: &QueueId,
        now: Timestamp,
        waits: &Waits,
    ) -> Vec<(HandoffId, Staffing, Option<Snapshot>)> {
        let mut classes: BTreeMap<Class, (Option<Staffing>, Around)> = BTreeMap::new();
        for waiting in self.queue_waiting(queue) {
            let of = |class: &Class| (self.nobody(queue, self.servers(class), now), self.around(class));
            classes.entry(self.class_of(waiting)).or_insert_with_key(of);
        }
        let mut walks: BTreeMap<&Class, Walk<'_>> =
            classes.iter().map(|(class, (_, around))| (class, around.walk())).collect();
        let told = self.queue_waiting(queue).zip(1..).filter_map(|(waiting, position)| {
            let class = self.class_of(waiting);
            let nobody = &classes.get(&class)?.0;
            if let Some(nobody) = nobody {
                return Some((waiting.handoff, nobody.clone(), None));
            }
            let ground = !waiting.offered && self.waits_for(waiting).is_none();
            let walk = walks.get_mut(&class).filter(|_| ground);
            let snapshot = walk.and_then(|walk| walk.to(self, &self.place_of(waiting), waiting.since, now));
            let wait = snapshot.as_ref().and_then(|snapshot| waits.estimate(snapshot));
            Some((waiting.handoff, Staffing::Staffed { position, wait }, snapshot))
        });
        told.collect()
    }

    /// Of everybody in a queue, in order, why they may not be promised anything; `None` for those who may.
    ///
    /// What [`Floor::queue_staffing`] says without the waits, for a fraction of it.
    pub fn queue_promises(&self, queue: &QueueId, now: Timestamp) -> Vec<(HandoffId, Option<Staffing>)> {
        // Those who stand in one line and are nobody's by name ask the same.
        let mut known: BTreeMap<(u32, u8, Option<u32>), Option<Staffing>> = BTreeMap::new();
        let entries = self.places.get(queue).into_iter().flat_map(Ranked::iter);
        let entries = entries.filter_map(|place| self.entries[place.number as usize].as_ref());
        let told = entries.map(|entry| {
            let of = || self.nobody(queue, self.servers(&self.class_of(&entry.waiting)), now);
            let nobody = known.entry((entry.line, entry.step, entry.reserved)).or_insert_with(of);
            (entry.waiting.handoff, nobody.clone())
        });
        told.collect()
    }

    /// What holds in every queue that could serve these needs.
    pub fn availability(&self, needs: &Needs, now: Timestamp, waits: &Waits) -> Availability {
        let keys = self.plan.queues_for(needs, now);
        let first = self.queue_for(&keys, needs, now);
        Availability {
            admission: self.admission(first, needs, now, waits),
            queues: keys.into_iter().filter_map(|key| self.queue_availability(key, needs, now, waits)).collect(),
        }
    }

    fn admission(&self, key: &QueueId, needs: &Needs, now: Timestamp, waits: &Waits) -> Admission {
        let queue = self.plan.queues.get(key);
        let class = Class::of(&self.plan, key, needs, None);
        let place = self.last_place(key, needs, now);
        let wait = || self.around(&class).before(self, &place, now, now);
        let promised = || self.promise(key, self.servers(&class), self.ahead_of(key, &place), now, waits, wait);
        let turned_away = self.turns_away(key, now).filter(|_| self.openings.is_open(&self.plan, key, now));
        let staffing = turned_away.unwrap_or_else(promised);
        let skills = skills_in(queue, needs);
        Admission { queue: key.clone(), needs: Needs { queue: Some(key.clone()), skills, ..needs.clone() }, staffing }
    }

    fn queue_availability(
        &self,
        key: &QueueId,
        needs: &Needs,
        now: Timestamp,
        waits: &Waits,
    ) -> Option<QueueAvailability> {
        let queue = self.plan.queues.get(key)?;
        let class = Class::of(&self.plan, key, needs, None);
        let servers = self.servers(&class);
        let members = self.members.get(key).into_iter().flatten();
        let connected = members.filter(|agent| self.agent(agent).is_some_and(|presence| presence.connected));
        let place = self.last_place(key, needs, now);
        let wait = || self.around(&class).before(self, &place, now, now);
        let promised = || self.promise(key, servers, self.ahead_of(key, &place), now, waits, wait);
        let turned_away = self.turns_away(key, now).filter(|_| self.openings.is_open(&self.plan, key, now));
        let staffing = turned_away.unwrap_or_else(promised);
        Some(QueueAvailability {
            queue: key.clone(),
            name: queue.name.clone(),
            open: self.openings.is_open(&self.plan, key, now),
            opens_at: queue.opens_at(now),
            agents_connected: count(connected.count()),
            agents_available: servers.agents,
            agents_free: servers.agents_free,
            waiting: count(self.places.get(key).map_or(0, Ranked::len)),
            wait: match staffing {
                Staffing::Staffed { wait, .. } => wait,
                Staffing::Nobody { .. } => None,
            },
        })
    }

    fn promise_to(
        &self,
        waiting: &Waiting,
        class: &Class,
        (servers, around): (Servers, &Around),
        ahead: u32,
        now: Timestamp,
        waits: &Waits,
    ) -> Staffing {
        // While it rings, or waits for one person alone, the queue's own pace says nothing.
        let no_ground = waiting.offered || self.waits_for(waiting).is_some();
        let before = || around.before(self, &self.place_of(waiting), waiting.since, now).filter(|_| !no_ground);
        self.promise(&class.queue, servers, ahead, now, waits, before)
    }

    fn promise(
        &self,
        key: &QueueId,
        servers: Servers,
        ahead: u32,
        now: Timestamp,
        waits: &Waits,
        before: impl FnOnce() -> Option<Snapshot>,
    ) -> Staffing {
        if let Some(nobody) = self.nobody(key, servers, now) {
            return nobody;
        }
        // With a slot for everybody ahead and this one nobody has to become free: what remains is the time to accept,
        // and for that there is no estimate.
        Staffing::Staffed {
            position: ahead.saturating_add(1),
            wait: before().and_then(|before| waits.estimate(&before)),
        }
    }

    /// Why nobody may be promised to one who waits in this queue.
    fn nobody(&self, key: &QueueId, servers: Servers, now: Timestamp) -> Option<Staffing> {
        if !self.openings.is_open(&self.plan, key, now) {
            let opens_at = self.openings.changes_at(&self.plan, key, now);
            return Some(Staffing::Nobody { reason: NobodyReason::Closed, opens_at });
        }
        let nobody = Staffing::Nobody { reason: NobodyReason::NobodyAvailable, opens_at: None };
        (servers.agents == 0).then_some(nobody)
    }

    fn servers(&self, class: &Class) -> Servers {
        let mut servers = Servers::default();
        for (agent, _) in self.could_serve(class) {
            let free = count(self.free_slots(agent).count());
            servers.agents += 1;
            servers.agents_free += u32::from(free > 0);
        }
        servers
    }

    pub(crate) fn has_waiting(&self, queue: &QueueId) -> bool {
        self.places.get(queue).is_some_and(|places| !places.is_empty())
    }

    fn ahead_of(&self, queue: &QueueId, place: &Place) -> u32 {
        count(self.places.get(queue).map_or(0, |places| places.before(place)))
    }

    /// The place of one who joins at this moment, behind everybody who came in the same millisecond.
    fn last_place(&self, key: &QueueId, needs: &Needs, now: Timestamp) -> Place {
        Place::of(&self.plan, self.plan.queues.get(key), needs, now, HandoffId(uuid::Uuid::max()))
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
