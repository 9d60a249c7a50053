//! The live state: who is there with which slots held, who waits where, and who is not to be asked again yet.
//!
//! Nothing here looks at a clock or at chance, and nothing depends on the order of an unordered collection, so the same
//! calls give the same floor.
//!
//! Whatever happens is noted where it matters: an agent who may have become able to take something, a handoff that may
//! have become able to be taken. Outside these notes nobody who is free could take anybody who waits, so
//! [`Floor::route`] looks at nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use baton_core::{AgentId, ConversationId, HandoffId, Needs, QueueId, Timestamp};

use crate::bits::{Changing, Hits};
use crate::class::{Class, Place};
use crate::lines::{Asked, Lines};
use crate::open::Openings;
use crate::plan::{AgentPlan, Plan};
use crate::ranked::Ranked;
use crate::round::{LookedAt, Scratch};
use crate::seat::Seat;
use crate::staff::{Lookup, Staff};
use crate::standing::{Entry, Spot};

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
    pub(crate) staff: Arc<Staff>,
    pub(crate) seats: Vec<Seat>,
    /// Since when each is idle, close together: many are compared for one who is chosen.
    pub(crate) idle_since: Vec<Timestamp>,
    /// Agents whom the plan does not know.
    pub(crate) strangers: BTreeMap<AgentId, AgentPresence>,
    /// Who works where, by the plan.
    pub(crate) members: BTreeMap<QueueId, BTreeSet<AgentId>>,
    /// Who is there, and has capacity.
    pub(crate) there: Changing,
    /// Who is there and has an ordinary slot free.
    pub(crate) free: Changing,
    /// Who is there and has urgent slots free alone.
    pub(crate) interruptible: Changing,
    /// Who may be asked, the longest idle first.
    pub(crate) idle: BTreeSet<(u32, Timestamp, u32)>,
    /// The same, the least occupied first, where a queue chooses so.
    pub(crate) occupied: Option<BTreeSet<(u32, Timestamp, u32)>>,
    pub(crate) entries: Vec<Option<Entry>>,
    pub(crate) vacant: Vec<u32>,
    pub(crate) numbers: Lookup<HandoffId, u32>,
    /// Everybody's place, offered or not.
    pub(crate) places: BTreeMap<QueueId, Ranked>,
    pub(crate) lines: Lines,
    /// By profile: the lines whose handoffs its agents may take, as far as they were looked at.
    pub(crate) served: Vec<Served>,
    /// When something is due by time alone: a need relaxes, an exclusion or the wait for a preferred agent ends.
    pub(crate) timers: BTreeSet<(Timestamp, u32)>,
    /// When somebody will have waited too long.
    pub(crate) overdue: BTreeSet<(Timestamp, u32)>,
    /// Handoffs that somebody declined or did not answer.
    pub(crate) declined: BTreeSet<u32>,
    /// How many handoffs that take several slots wait for one agent alone.
    pub(crate) heavy_alone: usize,
    pub(crate) agents_noted: BTreeSet<u32>,
    pub(crate) handoffs_noted: BTreeSet<u32>,
    /// The latest moment this floor was looked at.
    pub(crate) clock: Timestamp,
    pub(crate) openings: Openings,
    pub(crate) scratch: Scratch,
    pub(crate) looked_at: LookedAt,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Served {
    lines: Vec<u32>,
    seen: usize,
}

impl Floor {
    pub fn new(plan: Arc<Plan>) -> Self {
        let staff = Staff::of(&plan);
        let seat = |of: &AgentPlan| Seat { capacity: of.capacity, urgent: of.urgent_slots, ..Seat::default() };
        let by_occupancy = plan.queues.values().any(|queue| queue.choose == crate::Choose::LeastOccupied);
        Self {
            seats: plan.agents.values().map(seat).collect(),
            idle_since: vec![Timestamp(0); staff.agents.len()],
            strangers: BTreeMap::new(),
            members: members_of(&plan),
            there: Changing::of(staff.agents.len()),
            free: Changing::of(staff.agents.len()),
            interruptible: Changing::of(staff.agents.len()),
            idle: BTreeSet::new(),
            occupied: by_occupancy.then(BTreeSet::new),
            entries: Vec::new(),
            vacant: Vec::new(),
            numbers: Lookup::default(),
            places: plan.queues.keys().map(|queue| (queue.clone(), Ranked::default())).collect(),
            lines: Lines::default(),
            served: vec![Served::default(); staff.profile_count],
            timers: BTreeSet::new(),
            overdue: BTreeSet::new(),
            declined: BTreeSet::new(),
            heavy_alone: 0,
            agents_noted: BTreeSet::new(),
            handoffs_noted: BTreeSet::new(),
            clock: Timestamp(i64::MIN),
            openings: Openings::of(&plan),
            scratch: Scratch::default(),
            looked_at: LookedAt::default(),
            staff: Arc::new(staff),
            plan,
        }
    }

    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What [`Floor::route`] has looked at so far.
    pub fn looked_at(&self) -> LookedAt {
        self.looked_at
    }

    /// Takes a changed configuration. Agents who are in it keep their presence, everybody who waits keeps `since`.
    ///
    /// Who waited in a queue that is gone waits in the default queue, and is in the answer so that it can be recorded.
    pub fn replace_plan(&mut self, plan: Arc<Plan>) -> Vec<HandoffId> {
        let old = std::mem::replace(self, Self::new(plan));
        (self.clock, self.looked_at) = (old.clock, old.looked_at);
        for (agent, seat) in old.staff.agents.iter().zip(old.seats) {
            if self.staff.number(agent).is_some() {
                self.set_agent(agent, seat.presence);
            }
        }
        for (agent, presence) in old.strangers {
            if self.staff.number(&agent).is_some() {
                self.set_agent(&agent, presence);
            }
        }
        let mut moved = Vec::new();
        let mut entries: Vec<_> = old.entries.into_iter().flatten().collect();
        entries.sort_unstable_by_key(|entry| entry.waiting.handoff);
        for entry in entries {
            let (handoff, queue) = (entry.waiting.handoff, entry.waiting.queue.clone());
            self.enqueue(entry.waiting);
            if self.waiting(handoff).is_some_and(|waiting| waiting.queue != queue) {
                moved.push(handoff);
            }
            for (agent, until) in entry.excluded {
                self.exclude(handoff, &old.staff.agents[agent as usize], until);
            }
        }
        moved
    }

    /// Says how an agent is. One whom the plan does not know is remembered and never asked.
    pub fn set_agent(&mut self, agent: &AgentId, presence: AgentPresence) {
        let Some(number) = self.staff.number(agent) else {
            self.strangers.insert(agent.clone(), presence);
            return;
        };
        let seat = &mut self.seats[number as usize];
        if seat.presence == presence {
            return;
        }
        let was_there = seat.there;
        let (was_idle, was_occupied) = (seat.idle_key(number), seat.occupied_key(number));
        self.idle_since[number as usize] = presence.idle_since;
        seat.take(presence);
        let (is_idle, is_occupied) = (seat.idle_key(number), seat.occupied_key(number));
        let (there, able) = (seat.there, seat.left > 0 || seat.urgent_left > 0);
        let (free, interruptible) = (seat.left > 0, seat.left == 0 && seat.urgent_left > 0);
        self.there.put(number, there);
        self.free.put(number, free);
        self.interruptible.put(number, interruptible);
        move_key(&mut self.idle, was_idle, is_idle);
        if let Some(occupied) = &mut self.occupied {
            move_key(occupied, was_occupied, is_occupied);
        }
        if able {
            self.agents_noted.insert(number);
        } else {
            self.agents_noted.remove(&number);
        }
        if was_there != there {
            self.came_or_went(number, there);
        }
    }

    pub fn agent(&self, agent: &AgentId) -> Option<&AgentPresence> {
        match self.staff.number(agent) {
            Some(number) => {
                Some(&self.seats[number as usize].presence).filter(|known| **known != AgentPresence::default())
            }
            None => self.strangers.get(agent),
        }
    }

    /// Puts a handoff into its queue, or into the default queue when the plan does not know it; the same handoff again
    /// replaces what was there, and who is not to be asked for it stays so.
    pub fn enqueue(&mut self, mut waiting: Waiting) {
        if self.lines.are_stale() {
            self.replace_plan(Arc::clone(&self.plan));
        }
        let before = self.numbers.get(&waiting.handoff).copied();
        let told = before.is_some_and(|number| self.was_told_overdue(number, &waiting));
        let excluded = before.map(|number| self.take_out(number).excluded).unwrap_or_default();
        if !self.plan.queues.contains_key(&waiting.queue) {
            waiting.queue = self.plan.default_queue.clone();
        }
        let number = before.or_else(|| self.vacant.pop()).unwrap_or_else(|| {
            self.entries.push(None);
            u32::try_from(self.entries.len() - 1).unwrap_or(u32::MAX)
        });
        let queue = self.plan.queues.get(&waiting.queue);
        let place = self.place_of(&waiting).numbered(number);
        let prefers = queue.is_some_and(|queue| !queue.prefer_for.is_zero());
        let longest = queue.and_then(|queue| queue.longest_wait).map(|longest| waiting.queued_at + longest.after);
        let reserved = waiting.reserved_for.as_ref().and_then(|agent| self.staff.number(agent));
        let preferred = waiting.needs.preferred_agent.as_ref().and_then(|agent| self.staff.number(agent));
        for named in reserved.into_iter().chain(preferred.filter(|_| prefers)) {
            self.seats[named as usize].named.insert(number);
        }
        self.places.entry(waiting.queue.clone()).or_default().insert(place);
        self.overdue.extend(longest.filter(|_| !told).map(|at| (at, number)));
        if !excluded.is_empty() {
            self.declined.insert(number);
        }
        self.numbers.insert(waiting.handoff, number);
        self.entries[number as usize] = Some(Entry {
            waiting,
            place,
            line: u32::MAX,
            step: 0,
            spot: Spot::Nowhere,
            excluded,
            reserved,
            preferred,
            due: None,
            ring: queue.map(|queue| queue.ring).unwrap_or_default(),
            proposed_to: None,
        });
        self.find_spot(number);
    }

    /// Takes a handoff out for good, with who was not to be asked for it.
    pub fn dequeue(&mut self, handoff: HandoffId) -> Option<Waiting> {
        let number = self.numbers.remove(&handoff)?;
        let entry = self.take_out(number);
        self.vacant.push(number);
        Some(entry.waiting)
    }

    /// Says whether it rings with somebody; it keeps its place either way.
    pub fn set_offered(&mut self, handoff: HandoffId, offered: bool) {
        let Some(number) = self.numbers.get(&handoff).copied() else { return };
        let Some(entry) = self.entries[number as usize].as_mut() else { return };
        if entry.waiting.offered != offered {
            entry.waiting.offered = offered;
            self.find_spot(number);
        }
    }

    /// Does not ask this agent again for this handoff before `until`, after a decline or an offer that expired.
    ///
    /// The handoff always moves: when everybody who is there and could take it is excluded, the free one whose
    /// exclusion ends first is asked at once (see [`crate::Reason::AskedAgain`]); while somebody who is not excluded
    /// could take it and is busy, it waits for them or for the end of an exclusion, whichever comes first. A handoff
    /// that does not wait excludes nobody.
    pub fn exclude(&mut self, handoff: HandoffId, agent: &AgentId, until: Timestamp) {
        let Some(number) = self.numbers.get(&handoff).copied() else { return };
        let Some(agent) = self.staff.number(agent) else { return };
        let Some(entry) = self.entries[number as usize].as_mut() else { return };
        entry.excluded.retain(|(excluded, _)| *excluded != agent);
        entry.excluded.push((agent, until));
        self.declined.insert(number);
        self.find_spot(number);
        // They keep no slots free for it any longer.
        self.note_if_able(agent);
    }

    pub fn waiting(&self, handoff: HandoffId) -> Option<&Waiting> {
        self.entry(handoff).map(|entry| &entry.waiting)
    }

    /// Everybody in a queue, in order (see [`crate::order_key`]).
    pub fn queue_waiting<'a>(&'a self, queue: &QueueId) -> impl Iterator<Item = &'a Waiting> + use<'a> {
        let places = self.places.get(queue).into_iter().flat_map(Ranked::iter);
        places.filter_map(|place| self.entries[place.number as usize].as_ref()).map(|entry| &entry.waiting)
    }

    /// The place in its queue; 1 is next. Those who ring with somebody keep theirs and are counted.
    pub fn position(&self, handoff: HandoffId) -> Option<u32> {
        let entry = self.entry(handoff)?;
        let ahead = self.places.get(&entry.waiting.queue)?.before(&entry.place);
        Some(u32::try_from(ahead).unwrap_or(u32::MAX).saturating_add(1))
    }

    /// When this floor could decide or promise otherwise without anything happening on it: a need relaxes, an exclusion
    /// or the wait for a preferred agent ends, somebody will have waited too long, or a queue opens or closes.
    pub fn next_due(&self, now: Timestamp) -> Option<Timestamp> {
        let timer = self.timers.first().map(|(at, _)| *at);
        let overdue = self.overdue.first().map(|(at, _)| *at);
        let hours = self.openings.next_change(&self.plan, now);
        [timer, overdue, hours].into_iter().flatten().filter(|at| *at > now).min()
    }

    pub(crate) fn entry(&self, handoff: HandoffId) -> Option<&Entry> {
        self.entries[*self.numbers.get(&handoff)? as usize].as_ref()
    }

    /// Lets the time that has passed have its effect.
    pub(crate) fn advance(&mut self, now: Timestamp) {
        if now <= self.clock {
            return;
        }
        self.clock = now;
        self.openings.refresh(&self.plan, now);
        while let Some((at, number)) = self.timers.first().copied().filter(|(at, _)| *at <= now) {
            self.timers.remove(&(at, number));
            if let Some(entry) = self.entries[number as usize].as_mut() {
                entry.due = None;
                self.find_spot(number);
            }
        }
    }

    /// Whether something became due that this floor has not yet taken in.
    pub(crate) fn is_behind(&self, now: Timestamp) -> bool {
        self.timers.first().is_some_and(|(at, _)| *at <= now)
    }

    /// The slots an agent has left, lowest first. Held slots above a capacity that was lowered count against it.
    pub(crate) fn free_slots(&self, agent: &AgentId) -> impl Iterator<Item = u8> {
        let seat = self.staff.number(agent).map(|number| &self.seats[number as usize]);
        seat.into_iter().flat_map(Seat::ordinary_free)
    }

    pub(crate) fn class_of(&self, waiting: &Waiting) -> Class {
        let step = self.entry(waiting.handoff).map_or(0, |entry| usize::from(entry.step));
        Class::relaxed(&self.plan, &waiting.queue, &waiting.needs, waiting.reserved_for.as_ref(), step)
    }

    pub(crate) fn place_of(&self, waiting: &Waiting) -> Place {
        let queue = self.plan.queues.get(&waiting.queue);
        Place::of(&self.plan, queue, &waiting.needs, waiting.since, waiting.handoff)
    }

    /// Whoever is there, has capacity and could take handoffs of this class, busy or not; excluded or not.
    pub(crate) fn could_serve<'a>(
        &'a self,
        class: &Class,
    ) -> impl Iterator<Item = (&'a AgentId, &'a AgentPlan)> + use<'a> {
        let mut hits = Hits::default();
        if let Some(queue) = self.staff.queue_number(&class.queue) {
            Asked::of(&self.staff, queue, class).among_all(&self.staff, &self.there, &mut hits);
        }
        let reserved = class.reserved_for.as_ref().and_then(|agent| self.staff.number(agent));
        if let Some(reserved) = reserved.filter(|reserved| self.there.has(*reserved)) {
            hits.add(reserved);
        }
        let agents: Vec<u32> = hits.agents().collect();
        agents.into_iter().filter_map(|agent| self.plan.agents.get_key_value(&self.staff.agents[agent as usize]))
    }

    /// The agent whom it waits for alone: the one it is reserved for, while they are there and have not declined; or
    /// the preferred one, while they are there and the time for it lasts.
    pub(crate) fn waits_for(&self, waiting: &Waiting) -> Option<&AgentId> {
        let alone = self.alone(self.entry(waiting.handoff)?)?;
        Some(&self.staff.agents[alone as usize])
    }

    /// Finds the lines whose handoffs an agent may take, among those that came since the last time.
    pub(crate) fn look_up_lines_of(&mut self, agent: u32) {
        let served = &mut self.served[self.staff.profiles[agent as usize] as usize];
        self.lines.served_by(&self.staff, agent, served.seen, &mut served.lines);
        served.seen = self.lines.all.len();
    }

    /// Those lines; `None` when they were not looked up since the last line came.
    pub(crate) fn lines_known(&self, agent: u32) -> Option<&[u32]> {
        let served = &self.served[self.staff.profiles[agent as usize] as usize];
        (served.seen == self.lines.all.len()).then_some(&served.lines)
    }
}

fn move_key<K: Ord>(keys: &mut BTreeSet<K>, from: Option<K>, to: Option<K>) {
    if from == to {
        return;
    }
    if let Some(from) = from {
        keys.remove(&from);
    }
    keys.extend(to);
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
