//! The floor as this process knows it: presence, what agents declared, slots held, and the routing engine's live state.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use baton_core::planted::{Fault, planted};
use baton_core::{
    AgentId, Controller, Conversation, ConversationId, Handoff, HandoffId, QueueId, ReturnReason, Slot, Staffing,
    Timestamp, Weight,
};
use baton_routing::{AgentPresence, Delivery, Floor, Plan, QueueAvailability, REST, Waiting, Waits};
use baton_store::AgentState;

use crate::config::Role;
use crate::deployment::{Deployment, Habits};
use crate::hub::Place;

/// What an agent declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Availability {
    Available,
    Away,
    Offline,
}

impl Availability {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Away => "away",
            Self::Offline => "offline",
        }
    }

    /// An unknown word is taken for offline: nobody is offered anything by mistake.
    pub(crate) fn from_word(word: &str) -> Self {
        match word {
            "available" => Self::Available,
            "away" => Self::Away,
            _ => Self::Offline,
        }
    }
}

/// One agent as the console shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentInfo {
    pub agent: AgentId,
    pub name: String,
    pub role: Role,
    pub connected: bool,
    pub availability: Availability,
    pub reason: Option<String>,
    /// Since when it is so.
    pub since: Timestamp,
    pub load: u32,
    pub capacity: u32,
    /// Slots beside `capacity` for urgent handoffs alone.
    pub urgent_slots: u32,
    /// Whether they may take from their queues themselves where handoffs are offered.
    pub pull: bool,
    pub queues: BTreeSet<QueueId>,
}

/// One queue as the console shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueInfo {
    pub availability: QueueAvailability,
    pub longest_since: Option<Timestamp>,
    pub service_level: std::time::Duration,
    pub delivery: Delivery,
    /// Most who may wait.
    pub limit: Option<u32>,
    /// Open or closed until a moment, whatever the hours say.
    pub exception: Option<(bool, Timestamp)>,
}

/// The floor at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct FloorInfo {
    pub at: Timestamp,
    pub queues: Vec<QueueInfo>,
    pub agents: Vec<AgentInfo>,
}

/// An agent as this process knows them.
#[derive(Debug, Clone)]
struct Present {
    connections: u32,
    /// When the last connection was lost.
    lost_at: Timestamp,
    availability: Availability,
    reason: Option<String>,
    changed_at: Timestamp,
    idle_since: Timestamp,
    /// Slots, and by which conversation. What other engines wrote is heard in any order, so that one conversation may
    /// have taken a slot here before the one that had it is known to have let go.
    held: BTreeSet<(u8, ConversationId)>,
    /// Connected to another engine that lives.
    elsewhere: bool,
    /// Offers in a row that they let expire.
    misses: u32,
}

/// Somebody whose work returns to the queue, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gone {
    pub(crate) agent: AgentId,
    pub(crate) reason: ReturnReason,
    pub(crate) holds: Vec<ConversationId>,
}

/// Cloned only to try out another configuration.
#[derive(Clone)]
pub(crate) struct FloorState {
    /// Since when this process knows the floor.
    since: Timestamp,
    pub(crate) floor: Floor,
    pub(crate) waits: Waits,
    people: BTreeMap<AgentId, Present>,
    /// Agents who missed so many offers that they are to be set away.
    pub(crate) missed_out: BTreeSet<AgentId>,
    pub(crate) changed: bool,
    /// Handoffs whose queue is gone from the configuration: they wait in the default queue, and the log is to say so.
    pub(crate) strays: BTreeMap<HandoffId, ConversationId>,
    /// Who was shown a handoff that they may take.
    pub(crate) shown: BTreeMap<HandoffId, BTreeSet<AgentId>>,
    /// What each conversation holds and where it waits, so that letting go needs no look at what was before.
    standing: BTreeMap<ConversationId, Standing>,
    /// How often agents have declared something here.
    declared: u64,
    /// Handoffs that were just declined or not answered: the same agent is not rung again at once, even when nobody
    /// else is there.
    rests: BTreeMap<HandoffId, Timestamp>,
}

#[derive(Clone, Default)]
struct Standing {
    held: Vec<(AgentId, u8)>,
    waits: Option<HandoffId>,
    /// Whether the customer was last told that somebody is there.
    staffed: bool,
}

impl Present {
    fn connected(&self) -> bool {
        self.connections > 0 || self.elsewhere
    }

    fn slots(&self) -> BTreeSet<u8> {
        self.held.iter().map(|(slot, _)| *slot).collect()
    }

    fn conversations(&self) -> BTreeSet<ConversationId> {
        self.held.iter().map(|(_, conversation)| *conversation).collect()
    }
}

impl FloorState {
    pub(crate) fn new(deployment: &Deployment, now: Timestamp) -> Self {
        Self {
            since: now,
            floor: Floor::new(Arc::clone(&deployment.plan)),
            waits: Waits::new(),
            people: BTreeMap::new(),
            missed_out: BTreeSet::new(),
            changed: true,
            strays: BTreeMap::new(),
            shown: BTreeMap::new(),
            standing: BTreeMap::new(),
            declared: 0,
            rests: BTreeMap::new(),
        }
    }

    /// Takes what agents had declared before the start. Nobody is connected yet.
    pub(crate) fn remember(&mut self, states: Vec<AgentState>, now: Timestamp) {
        for state in states {
            let person = self.person(&state.agent, now);
            person.availability = Availability::from_word(&state.availability);
            person.reason = state.reason;
            person.changed_at = state.changed_at;
            person.idle_since = state.idle_since;
            self.refresh(&state.agent);
        }
    }

    fn person(&mut self, agent: &AgentId, now: Timestamp) -> &mut Present {
        self.people.entry(agent.clone()).or_insert(Present {
            connections: 0,
            lost_at: now,
            availability: Availability::Offline,
            reason: None,
            changed_at: now,
            idle_since: now,
            held: BTreeSet::new(),
            elsewhere: false,
            misses: 0,
        })
    }

    fn refresh(&mut self, agent: &AgentId) {
        self.changed = true;
        if let Some(person) = self.people.get(agent) {
            let presence = AgentPresence {
                connected: person.connected(),
                available: person.availability == Availability::Available,
                held: person.slots(),
                idle_since: person.idle_since,
            };
            self.floor.set_agent(agent, presence);
        }
    }

    pub(crate) fn connected(&mut self, agent: &AgentId, now: Timestamp) {
        self.person(agent, now).connections += 1;
        self.refresh(agent);
    }

    pub(crate) fn disconnected(&mut self, agent: &AgentId, now: Timestamp) {
        let person = self.person(agent, now);
        person.connections = person.connections.saturating_sub(1);
        person.lost_at = now;
        self.refresh(agent);
    }

    /// Who is connected to this engine.
    pub(crate) fn connected_here(&self) -> BTreeSet<AgentId> {
        self.people.iter().filter(|(_, person)| person.connections > 0).map(|(agent, _)| agent.clone()).collect()
    }

    /// Takes in who is connected to the other engines; says whether that changed anything.
    pub(crate) fn elsewhere(&mut self, agents: &BTreeSet<AgentId>, now: Timestamp) -> bool {
        for agent in agents {
            self.person(agent, now);
        }
        let turned: Vec<AgentId> = self
            .people
            .iter()
            .filter(|(agent, person)| person.elsewhere != agents.contains(*agent))
            .map(|(agent, _)| agent.clone())
            .collect();
        for agent in &turned {
            let person = self.person(agent, now);
            person.elsewhere = !person.elsewhere;
            if !person.connected() {
                person.lost_at = now;
            }
            self.refresh(agent);
        }
        !turned.is_empty()
    }

    pub(crate) fn declared(&self) -> u64 {
        self.declared
    }

    /// Takes in what agents declared to whatever engine, as the store has it; says whether that changed anything.
    /// `declared` is from before it was read: what was declared here since is not undone by an older row.
    pub(crate) fn adopt(&mut self, states: Vec<AgentState>, declared: u64, now: Timestamp) -> bool {
        if self.declared != declared {
            return false;
        }
        let mut changed = false;
        for state in states {
            let availability = Availability::from_word(&state.availability);
            let person = self.person(&state.agent, now);
            let same = person.availability == availability
                && person.changed_at == state.changed_at
                && person.reason == state.reason;
            if same {
                continue;
            }
            changed = true;
            person.availability = availability;
            person.reason = state.reason;
            person.changed_at = state.changed_at;
            person.idle_since = person.idle_since.max(state.idle_since);
            person.misses = 0;
            self.refresh(&state.agent);
        }
        changed
    }

    /// The conversations that hold or wait for something here.
    pub(crate) fn known(&self) -> BTreeSet<ConversationId> {
        self.standing.keys().copied().collect()
    }

    pub(crate) fn knows(&self, conversation: ConversationId) -> bool {
        self.standing.contains_key(&conversation)
    }

    /// The conversations about which this floor and the store's slots do not agree.
    pub(crate) fn slots_apart(&self, slots: Vec<(AgentId, Slot, ConversationId)>) -> BTreeSet<ConversationId> {
        let stored: BTreeSet<_> = slots.into_iter().map(|(agent, Slot(slot), id)| (agent, slot, id)).collect();
        let here: BTreeSet<_> = self
            .people
            .iter()
            .flat_map(|(agent, person)| person.held.iter().map(|(slot, id)| (agent.clone(), *slot, *id)))
            .collect();
        stored.symmetric_difference(&here).map(|(_, _, conversation)| *conversation).collect()
    }

    pub(crate) fn declare(
        &mut self,
        agent: &AgentId,
        availability: Availability,
        reason: Option<String>,
        now: Timestamp,
    ) -> AgentState {
        let person = self.person(agent, now);
        if person.availability != availability {
            person.changed_at = now;
            if availability == Availability::Available {
                // Whoever comes back goes to the end of the row of the idle.
                person.idle_since = now;
            }
        }
        person.availability = availability;
        person.reason = reason;
        person.misses = 0;
        self.declared += 1;
        let person = self.person(agent, now);
        let state = AgentState {
            agent: agent.clone(),
            availability: availability.as_str().to_owned(),
            reason: person.reason.clone(),
            changed_at: person.changed_at,
            idle_since: person.idle_since,
        };
        self.refresh(agent);
        state
    }

    /// The agent accepted: earlier misses no longer count.
    pub(crate) fn forgive(&mut self, agent: &AgentId) {
        if let Some(person) = self.people.get_mut(agent) {
            person.misses = 0;
        }
    }

    /// Somebody said no to this handoff, or nothing.
    pub(crate) fn rest(&mut self, handoff: HandoffId, now: Timestamp) {
        self.rests.insert(handoff, now + REST);
    }

    /// Until when a handoff rests, if it does.
    pub(crate) fn resting(&self, handoff: HandoffId, now: Timestamp) -> Option<Timestamp> {
        self.rests.get(&handoff).copied().filter(|until| *until > now)
    }

    pub(crate) fn end_rests(&mut self, now: Timestamp) {
        self.rests.retain(|_, until| *until > now);
    }

    pub(crate) fn miss(&mut self, agent: &AgentId, most: u32) {
        if let Some(person) = self.people.get_mut(agent) {
            person.misses += 1;
            if person.misses >= most && person.availability == Availability::Available {
                self.missed_out.insert(agent.clone());
            }
        }
    }

    /// Brings the floor to what a conversation has become.
    pub(crate) fn settle(&mut self, after: &Conversation, now: Timestamp) {
        self.changed = true;
        let old = self.standing.remove(&after.id).unwrap_or_default();
        let held: Vec<_> = after.held_slots().into_iter().map(|(agent, Slot(slot))| (agent, slot)).collect();
        for (agent, slot) in old.held.iter().filter(|known| !held.contains(known)) {
            let person = self.person(agent, now);
            if person.held.remove(&(*slot, after.id)) {
                person.idle_since = now;
            }
            self.refresh(agent);
        }
        for (agent, slot) in held.iter().filter(|known| !old.held.contains(known)) {
            self.person(agent, now).held.insert((*slot, after.id));
            self.refresh(agent);
        }
        let waits = match &after.controller {
            Controller::Queued { handoff } => Some((handoff, false)),
            Controller::Offered { handoff, .. } => Some((handoff, true)),
            Controller::Bot | Controller::Agent { .. } | Controller::Closed => None,
        };
        if let Some(gone) = old.waits.filter(|known| waits.is_none_or(|(handoff, _)| handoff.id != *known)) {
            self.floor.dequeue(gone);
            self.strays.remove(&gone);
        }
        if let Some((handoff, offered)) = waits {
            self.wait(after.id, handoff, offered);
        }
        let staffed = waits.is_some_and(|(handoff, _)| handoff.staffed);
        let waits = waits.map(|(handoff, _)| handoff.id);
        if !held.is_empty() || waits.is_some() {
            self.standing.insert(after.id, Standing { held, waits, staffed });
        }
    }

    /// Whether a customer who waits was last told that somebody is there.
    pub(crate) fn was_told_staffed(&self, conversation: ConversationId) -> Option<bool> {
        self.standing.get(&conversation).filter(|standing| standing.waits.is_some()).map(|standing| standing.staffed)
    }

    /// Runs by another configuration. Who waited in a queue that is gone is a stray until the log says where they wait.
    pub(crate) fn replace_plan(&mut self, plan: Arc<Plan>) {
        for handoff in self.floor.replace_plan(plan) {
            if let Some(waiting) = self.floor.waiting(handoff) {
                self.strays.insert(handoff, waiting.conversation);
            }
        }
        self.changed = true;
    }

    fn wait(&mut self, conversation: ConversationId, handoff: &Handoff, offered: bool) {
        if self.floor.plan().queues.contains_key(&handoff.queue) {
            self.strays.remove(&handoff.id);
        } else {
            self.strays.insert(handoff.id, conversation);
        }
        let unchanged = self.floor.waiting(handoff.id).is_some_and(|waiting| {
            waiting.queue == handoff.queue
                && waiting.needs == handoff.needs
                && waiting.reserved_for == handoff.reserved_for
                && waiting.queued_at == handoff.queued_at
        });
        if unchanged {
            self.floor.set_offered(handoff.id, offered);
        } else {
            self.floor.enqueue(Waiting {
                handoff: handoff.id,
                conversation,
                queue: handoff.queue.clone(),
                since: handoff.since,
                queued_at: handoff.queued_at,
                needs: handoff.needs.clone(),
                reserved_for: handoff.reserved_for.clone(),
                offered,
            });
        }
    }

    /// The lowest slots of an agent that nothing holds, as many as asked for; none when there are fewer.
    pub(crate) fn free_slots(&self, agent: &AgentId, capacity: u8, weight: Weight) -> Option<Vec<Slot>> {
        let held = self.people.get(agent).map(Present::slots).unwrap_or_default();
        let free = (0..capacity).filter(|slot| !held.contains(slot));
        let slots: Vec<Slot> = free.take(usize::from(weight.get())).map(Slot).collect();
        (slots.len() == usize::from(weight.get())).then_some(slots)
    }

    /// Where a handoff stands, while it waits and somebody is there for it.
    pub(crate) fn place(&self, handoff: &Handoff, now: Timestamp) -> Option<Place> {
        handoff.accepted_at.is_none().then_some(())?;
        match self.floor.staffing(handoff.id, now, &self.waits)? {
            Staffing::Staffed { position, wait } => Some(Place { position, wait }),
            Staffing::Nobody { .. } => None,
        }
    }

    /// Who has been gone for longer than the grace period and holds or is offered something, and when the next one will be.
    pub(crate) fn gone(
        &self,
        habits: &Habits,
        deployment: &Deployment,
        now: Timestamp,
    ) -> (Vec<Gone>, Option<Timestamp>) {
        let mut gone = Vec::new();
        let mut next: Option<Timestamp> = None;
        for (agent, person) in
            self.people.iter().filter(|(_, person)| !person.held.is_empty() && !planted(Fault::WorkKeptByTheGone))
        {
            let lost =
                (!person.connected()).then(|| (person.lost_at + habits.disconnect_grace, ReturnReason::Disconnected));
            let away = (person.availability != Availability::Available)
                .then(|| (person.changed_at + habits.away_grace, ReturnReason::Away));
            let removed = deployment.agent(agent).is_none().then_some((now, ReturnReason::Removed));
            let earliest = [lost, away, removed].into_iter().flatten().min_by_key(|(at, _)| *at);
            match earliest {
                Some((at, reason)) if at <= now => {
                    let holds = person.conversations().into_iter().collect();
                    gone.push(Gone { agent: agent.clone(), reason, holds });
                }
                Some((at, _)) => next = Some(next.map_or(at, |known| known.min(at))),
                None => {}
            }
        }
        (gone, next)
    }

    /// Agents whom this deployment does not know and who hold something, with how many conversations.
    pub(crate) fn holders_outside(&self, deployment: &Deployment) -> Vec<(AgentId, u32)> {
        let outside = self.people.iter().filter(|(agent, _)| deployment.agent(agent).is_none());
        outside
            .map(|(agent, person)| (agent.clone(), person.conversations().len()))
            .filter(|(_, held)| *held > 0)
            .map(|(agent, held)| (agent, u32::try_from(held).unwrap_or(u32::MAX)))
            .collect()
    }

    pub(crate) fn agent(&self, deployment: &Deployment, agent: &AgentId) -> Option<AgentInfo> {
        let config = deployment.agent(agent)?;
        let person = self.people.get(agent);
        Some(AgentInfo {
            agent: agent.clone(),
            name: config.name.clone(),
            role: config.role,
            connected: person.is_some_and(Present::connected),
            availability: person.map_or(Availability::Offline, |person| person.availability),
            reason: person.and_then(|person| person.reason.clone()),
            since: person.map_or(self.since, |person| person.changed_at),
            load: person.map_or(0, |person| u32::try_from(person.slots().len()).unwrap_or(u32::MAX)),
            capacity: u32::from(config.capacity),
            urgent_slots: u32::from(config.urgent_slots),
            pull: config.pull,
            queues: config.queues.clone(),
        })
    }

    pub(crate) fn info(&self, deployment: &Deployment, now: Timestamp) -> FloorInfo {
        let queues = self
            .floor
            .plan()
            .queues
            .iter()
            .filter_map(|(queue, config)| {
                let needs = baton_core::Needs { queue: Some(queue.clone()), ..baton_core::Needs::default() };
                let availability = self.floor.availability(&needs, now, &self.waits).queues.into_iter().next()?;
                let longest_since = self.floor.queue_waiting(queue).map(|waiting| waiting.since).min();
                Some(QueueInfo {
                    availability,
                    longest_since,
                    service_level: config.service_level,
                    delivery: config.delivery,
                    limit: config.limit,
                    exception: config
                        .exception
                        .filter(|exception| now < exception.until)
                        .map(|exception| (exception.open, exception.until)),
                })
            })
            .collect();
        let agents = deployment.agents().keys().filter_map(|agent| self.agent(deployment, agent)).collect();
        FloorInfo { at: now, queues, agents }
    }
}
