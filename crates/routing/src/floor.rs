//! The live state: who is there with which slots held, who waits where, and who is not to be asked again yet.
//!
//! Nothing here looks at a clock or at chance; every collection is ordered, so the same calls give the same floor.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use baton_core::{AgentId, ConversationId, HandoffId, Needs, QueueId, Timestamp};

use crate::class::{Class, Place};
use crate::plan::{AgentPlan, Plan};

/// An agent at this moment, as the shell knows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AgentPresence {
    pub connected: bool,
    pub available: bool,
    /// Slots taken: by assignments, wrap-ups and open offers.
    pub held: BTreeSet<u8>,
    /// When something was last given to them or ended for them; the smallest is asked first.
    pub idle_since: Timestamp,
}

/// A handoff in a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub handoff: HandoffId,
    pub conversation: ConversationId,
    pub queue: QueueId,
    pub since: Timestamp,
    /// When it came into this queue: needs relax, and the longest wait counts, from here.
    pub queued_at: Timestamp,
    pub needs: Needs,
    /// Given to this person by name. While they are there it waits for them alone; when they declined, did not answer
    /// or left, it is everybody's.
    pub reserved_for: Option<AgentId>,
    /// Rings with somebody: it keeps its place but is not matched.
    pub offered: bool,
}

/// The floor of one deployment.
#[derive(Debug, Clone)]
pub struct Floor {
    pub(crate) plan: Arc<Plan>,
    pub(crate) agents: BTreeMap<AgentId, AgentPresence>,
    /// Who works where, by the plan.
    pub(crate) members: BTreeMap<QueueId, BTreeSet<AgentId>>,
    /// Who has a free slot and may be asked, whatever the queue.
    pub(crate) free: BTreeSet<AgentId>,
    /// The same by queue, so that a queue whose agents are busy costs nothing.
    pub(crate) free_in: BTreeMap<QueueId, BTreeSet<AgentId>>,
    pub(crate) waiting: BTreeMap<HandoffId, Waiting>,
    /// Everybody's place, offered or not.
    pub(crate) places: BTreeMap<QueueId, BTreeSet<Place>>,
    /// Who can be matched, by what they ask of an agent. No line is empty.
    pub(crate) lines: BTreeMap<Class, BTreeSet<Place>>,
    pub(crate) excluded: BTreeMap<HandoffId, BTreeMap<AgentId, Timestamp>>,
}

impl Floor {
    pub fn new(plan: Arc<Plan>) -> Self {
        let members = members_of(&plan);
        Self {
            plan,
            agents: BTreeMap::new(),
            members,
            free: BTreeSet::new(),
            free_in: BTreeMap::new(),
            waiting: BTreeMap::new(),
            places: BTreeMap::new(),
            lines: BTreeMap::new(),
            excluded: BTreeMap::new(),
        }
    }

    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Takes a changed configuration. Agents who are in it keep their presence, everybody who waits keeps `since`.
    ///
    /// Who waited in a queue that is gone waits in the default queue, and is in the answer so that it can be recorded.
    pub fn replace_plan(&mut self, plan: Arc<Plan>) -> Vec<HandoffId> {
        let mut old = std::mem::replace(self, Self::new(plan));
        for (agent, presence) in old.agents {
            if self.plan.agents.contains_key(&agent) {
                self.set_agent(&agent, presence);
            }
        }
        let mut moved = Vec::new();
        for (handoff, waiting) in old.waiting {
            let queue = waiting.queue.clone();
            self.enqueue(waiting);
            if self.waiting.get(&handoff).is_some_and(|waiting| waiting.queue != queue) {
                moved.push(handoff);
            }
        }
        for excluded in old.excluded.values_mut() {
            excluded.retain(|agent, _| self.plan.agents.contains_key(agent));
        }
        old.excluded.retain(|_, excluded| !excluded.is_empty());
        self.excluded = old.excluded;
        moved
    }

    /// Says how an agent is. One whom the plan does not know is remembered and never asked.
    pub fn set_agent(&mut self, agent: &AgentId, presence: AgentPresence) {
        self.agents.insert(agent.clone(), presence);
        let free = self.free_slots(agent).next().is_some() && self.is_there(agent);
        if free {
            self.free.insert(agent.clone());
        } else {
            self.free.remove(agent);
        }
        for queue in self.plan.agents.get(agent).into_iter().flat_map(|plan| &plan.queues) {
            if free {
                self.free_in.entry(queue.clone()).or_default().insert(agent.clone());
            } else if let Some(others) = self.free_in.get_mut(queue) {
                others.remove(agent);
            }
        }
    }

    pub fn agent(&self, agent: &AgentId) -> Option<&AgentPresence> {
        self.agents.get(agent)
    }

    /// Puts a handoff into its queue, or into the default queue when the plan does not know it; the same handoff again
    /// replaces what was there.
    pub fn enqueue(&mut self, mut waiting: Waiting) {
        self.take_out(waiting.handoff);
        if !self.plan.queues.contains_key(&waiting.queue) {
            waiting.queue = self.plan.default_queue.clone();
        }
        let place = self.place_of(&waiting);
        self.places.entry(waiting.queue.clone()).or_default().insert(place);
        if !waiting.offered {
            self.lines.entry(self.class_of(&waiting)).or_default().insert(place);
        }
        self.waiting.insert(waiting.handoff, waiting);
    }

    /// Takes a handoff out for good, with who was not to be asked for it.
    pub fn dequeue(&mut self, handoff: HandoffId) -> Option<Waiting> {
        self.excluded.remove(&handoff);
        self.take_out(handoff)
    }

    /// Says whether it rings with somebody; it keeps its place either way.
    pub fn set_offered(&mut self, handoff: HandoffId, offered: bool) {
        if let Some(mut waiting) = self.take_out(handoff) {
            waiting.offered = offered;
            self.enqueue(waiting);
        }
    }

    /// Does not ask this agent again for this handoff before `until`, after a decline or an offer that expired.
    ///
    /// The handoff always moves: when everybody who is there and could take it is excluded, the free one whose
    /// exclusion ends first is asked at once (see [`crate::Reason::AskedAgain`]); while somebody who is not excluded
    /// could take it and is busy, it waits for them or for the end of an exclusion, whichever comes first. A handoff
    /// that does not wait excludes nobody.
    pub fn exclude(&mut self, handoff: HandoffId, agent: &AgentId, until: Timestamp) {
        if self.waiting.contains_key(&handoff) {
            self.excluded.entry(handoff).or_default().insert(agent.clone(), until);
        }
    }

    pub fn waiting(&self, handoff: HandoffId) -> Option<&Waiting> {
        self.waiting.get(&handoff)
    }

    /// Everybody in a queue, in order: priority (the handoff's and the queue's together), `since`, id.
    pub fn queue_waiting<'a>(&'a self, queue: &QueueId) -> impl Iterator<Item = &'a Waiting> + use<'a> {
        let places = self.places.get(queue).into_iter().flatten();
        places.filter_map(|place| self.waiting.get(&place.handoff))
    }

    /// The place in its queue; 1 is next. Those who ring with somebody keep theirs and are counted.
    pub fn position(&self, handoff: HandoffId) -> Option<u32> {
        let waiting = self.waiting.get(&handoff)?;
        let place = self.place_of(waiting);
        let ahead = self.places.get(&waiting.queue)?.range(..place).count();
        Some(u32::try_from(ahead).unwrap_or(u32::MAX).saturating_add(1))
    }

    /// When this floor could decide or promise otherwise without anything happening on it: an exclusion ends, or a
    /// queue opens or closes.
    pub fn next_due(&self, now: Timestamp) -> Option<Timestamp> {
        let exclusions = self.excluded.values().flat_map(BTreeMap::values).copied().filter(|until| *until > now);
        let hours = self.plan.queues.values().filter_map(|queue| queue.hours.as_ref()?.next_change(now));
        exclusions.chain(hours).min()
    }

    /// The slots an agent has left, lowest first. Held slots above a capacity that was lowered count against it.
    pub(crate) fn free_slots(&self, agent: &AgentId) -> impl Iterator<Item = u8> {
        let capacity = self.plan.agents.get(agent).map_or(0, |plan| plan.capacity);
        let held = self.agents.get(agent).map(|presence| &presence.held);
        let left = usize::from(capacity).saturating_sub(held.map_or(0, BTreeSet::len));
        (0..capacity).filter(move |slot| !held.is_some_and(|held| held.contains(slot))).take(left)
    }

    /// Whether an agent is connected and available.
    pub(crate) fn is_there(&self, agent: &AgentId) -> bool {
        self.agents.get(agent).is_some_and(|presence| presence.connected && presence.available)
    }

    pub(crate) fn class_of(&self, waiting: &Waiting) -> Class {
        let queue = self.plan.queues.get(&waiting.queue);
        Class::of(&waiting.queue, queue, &waiting.needs, waiting.reserved_for.as_ref())
    }

    pub(crate) fn place_of(&self, waiting: &Waiting) -> Place {
        Place::of(self.plan.queues.get(&waiting.queue), &waiting.needs, waiting.since, waiting.handoff)
    }

    /// Whoever is there, has capacity and could take handoffs of this class, busy or not; excluded or not.
    pub(crate) fn could_serve<'a>(&'a self, class: &'a Class) -> impl Iterator<Item = (&'a AgentId, &'a AgentPlan)> {
        self.members_and_reserved(class).filter_map(|agent| {
            let (agent, plan) = self.plan.agents.get_key_value(agent)?;
            let fits = plan.capacity > 0 && self.is_there(agent) && class.fits(agent, plan).is_ok();
            fits.then_some((agent, plan))
        })
    }

    /// The queue's agents by key, before them the one it is reserved for, who need not be of the queue.
    pub(crate) fn members_and_reserved<'a>(&'a self, class: &'a Class) -> impl Iterator<Item = &'a AgentId> {
        let reserved = class.reserved_for.as_ref();
        let members = self.members.get(&class.queue).into_iter().flatten();
        reserved.into_iter().chain(members.filter(move |member| Some(*member) != reserved))
    }

    fn take_out(&mut self, handoff: HandoffId) -> Option<Waiting> {
        let waiting = self.waiting.remove(&handoff)?;
        let place = self.place_of(&waiting);
        if let Some(places) = self.places.get_mut(&waiting.queue) {
            places.remove(&place);
        }
        let class = self.class_of(&waiting);
        if let Some(line) = self.lines.get_mut(&class) {
            line.remove(&place);
            if line.is_empty() {
                self.lines.remove(&class);
            }
        }
        Some(waiting)
    }
}

fn members_of(plan: &Plan) -> BTreeMap<QueueId, BTreeSet<AgentId>> {
    let mut members: BTreeMap<QueueId, BTreeSet<AgentId>> = BTreeMap::new();
    for (agent, of) in &plan.agents {
        for queue in &of.queues {
            members.entry(queue.clone()).or_default().insert(agent.clone());
        }
    }
    members
}
