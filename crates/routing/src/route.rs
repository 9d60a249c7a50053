//! Matching: the next handoff of every line against the agents who are free.
//!
//! Who gets it: agents of the queue who are connected and available, have a free slot, the skills at their level and,
//! where the queue requires it, the language, and are not excluded. Of these the preferred agent first, then those who
//! speak the customer's language, then who was given least in this batch, then the longest idle, then by key. Handoffs
//! go by priority, then `since`, then id, over all queues.
//!
//! Opening hours play no part here: they say when somebody may be *promised*. Who came in time and still waits at
//! closing time, or waits because a person chose to stay available, is served.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use baton_core::{AgentId, Timestamp};

use crate::class::{Class, Place};
use crate::decision::{CONSIDERED_MAX, Choice, Considered, Decision, Needed, Proposal, Reason, Routed, WhyNot};
use crate::floor::{Floor, Waiting};

impl Floor {
    /// Who is to be offered what. One proposal a handoff and a free slot; carrying out all of them is consistent.
    ///
    /// Handoffs for which there is nobody are not in the answer; [`Floor::explain`] says why. With nobody free this
    /// costs nothing, and a line whose agents are all busy costs one look, however long it is.
    pub fn route(&mut self, now: Timestamp) -> Routed {
        let decisions = Batch::new(self, now).run();
        let offers = decisions.into_iter().filter_map(|decision| {
            let Decision { handoff, conversation, chosen, reason, step, .. } = decision;
            Some(Proposal { handoff, conversation, choice: chosen?, reason, step })
        });
        Routed { offers: offers.collect(), announcements: Vec::new() }
    }

    /// The records of what [`Floor::route`] proposed, on the floor as it stood then.
    pub fn records(&self, proposals: &[Proposal], now: Timestamp) -> Vec<Decision> {
        let all = Batch::new(self, now).run();
        let wanted = |one: &Decision| proposals.iter().any(|proposal| proposal.handoff == one.handoff);
        all.into_iter().filter(wanted).collect()
    }

    /// What [`Floor::route`] decides for this handoff, or why there is nobody for it.
    pub fn explain(&self, handoff: baton_core::HandoffId, now: Timestamp) -> Option<Decision> {
        let waiting = self.waiting(handoff)?;
        let mut batch = Batch::new(self, now);
        if let Some(decision) = batch.run().into_iter().find(|decision| decision.handoff == handoff) {
            return Some(decision);
        }
        let class = self.class_of(waiting);
        let reason = batch.why_nobody(waiting, &class);
        Some(batch.record(waiting, &class, None, reason))
    }

    /// The moment until which the agent is not asked for the handoff; `None` when they may be asked.
    fn excluded_until(&self, waiting: &Waiting, agent: &AgentId, now: Timestamp) -> Option<Timestamp> {
        self.excluded.get(&waiting.handoff)?.get(agent).copied().filter(|until| *until > now)
    }

    /// The agent whom it waits for: the one it is reserved for, while they are there and have not declined.
    pub(crate) fn waits_for<'a>(&self, waiting: &Waiting, class: &'a Class, now: Timestamp) -> Option<&'a AgentId> {
        let reserved = class.reserved_for.as_ref()?;
        let takes_any = self.plan.agents.get(reserved).is_some_and(|plan| plan.capacity > 0);
        let holds = takes_any && self.is_there(reserved) && self.excluded_until(waiting, reserved, now).is_none();
        holds.then_some(reserved)
    }

    /// Those of `could_serve` who have a free slot.
    fn candidates<'a>(&'a self, class: &'a Class) -> Vec<&'a AgentId> {
        let reserved = class.reserved_for.as_ref();
        let free = self.free_in.get(&class.queue).into_iter().flatten();
        let also = reserved.into_iter().filter(|agent| self.free.contains(*agent));
        also.chain(free.filter(|agent| Some(*agent) != reserved))
            .filter(|agent| self.plan.agents.get(*agent).is_some_and(|plan| class.fits(agent, plan).is_ok()))
            .collect()
    }
}

/// One round of matching, with the slots it has given away.
struct Batch<'a> {
    floor: &'a Floor,
    now: Timestamp,
    given: BTreeMap<&'a AgentId, usize>,
}

/// The handoffs of one class that are still to be looked at, and who could take them.
struct Line<'a, I> {
    class: &'a Class,
    rest: I,
    candidates: Option<Vec<&'a AgentId>>,
}

impl<'a> Batch<'a> {
    fn new(floor: &'a Floor, now: Timestamp) -> Self {
        Self { floor, now, given: BTreeMap::new() }
    }

    fn run(&mut self) -> Vec<Decision> {
        let floor = self.floor;
        let mut decisions = Vec::new();
        if floor.free.is_empty() {
            return decisions;
        }
        let mut heads: BinaryHeap<Reverse<(Place, usize)>> = BinaryHeap::new();
        let mut lines = Vec::with_capacity(floor.lines.len());
        for (class, places) in &floor.lines {
            let mut rest = places.iter().copied();
            heads.extend(rest.next().map(|head| Reverse((head, lines.len()))));
            lines.push(Line { class, rest, candidates: None });
        }
        while let Some(Reverse((place, index))) = heads.pop() {
            let line = &mut lines[index];
            let candidates = line.candidates.get_or_insert_with(|| floor.candidates(line.class));
            candidates.retain(|agent| self.next_slot(agent).is_some());
            // Nobody is left who could take any of this line: slots only become fewer within a batch.
            if candidates.is_empty() {
                continue;
            }
            if let Some(waiting) = floor.waiting.get(&place.handoff)
                && let Some((agent, reason)) = self.choose(waiting, line.class, candidates)
            {
                decisions.push(self.record(waiting, line.class, Some(agent), reason));
                *self.given.entry(agent).or_default() += 1;
            }
            heads.extend(line.rest.next().map(|next| Reverse((next, index))));
        }
        decisions
    }

    /// The lowest slot of the agent that this batch has not given away.
    fn next_slot(&self, agent: &AgentId) -> Option<u8> {
        self.floor.free_slots(agent).nth(self.given.get(agent).copied().unwrap_or(0))
    }

    fn choose(&self, waiting: &Waiting, class: &Class, candidates: &[&'a AgentId]) -> Option<(&'a AgentId, Reason)> {
        if let Some(reserved) = self.floor.waits_for(waiting, class, self.now) {
            let agent = candidates.iter().find(|agent| **agent == reserved)?;
            return Some((agent, Reason::Reserved));
        }
        let asked_again = |agent: &&&'a AgentId| self.excluded_until(waiting, agent);
        let open = || candidates.iter().copied().filter(|agent| self.excluded_until(waiting, agent).is_none());
        if let Some(best) = open().min_by_key(|agent| self.rank(waiting, class, agent)) {
            let reason = if waiting.needs.preferred_agent.as_ref() == Some(best) {
                Reason::Preferred
            } else if open().nth(1).is_none() {
                Reason::OnlyOne
            } else if self.speaks(class, best) && open().any(|agent| !self.speaks(class, agent)) {
                Reason::SpeaksLanguage
            } else {
                Reason::LongestIdle
            };
            return Some((best, reason));
        }
        if self.others_could_serve(waiting, class) {
            return None;
        }
        let first = candidates.iter().min_by_key(|agent| (asked_again(agent), **agent))?;
        Some((first, Reason::AskedAgain))
    }

    /// The smallest is chosen.
    fn rank<'b>(&self, waiting: &Waiting, class: &Class, agent: &'b AgentId) -> impl Ord + use<'b> {
        let preferred = waiting.needs.preferred_agent.as_ref() == Some(agent);
        let given = self.given.get(agent).copied().unwrap_or(0);
        let idle_since = self.floor.agents.get(agent).map(|presence| presence.idle_since);
        (!preferred, !self.speaks(class, agent), given, idle_since, agent)
    }

    fn speaks(&self, class: &Class, agent: &AgentId) -> bool {
        self.floor.plan.agents.get(agent).is_some_and(|plan| class.spoken_by(plan))
    }

    fn excluded_until(&self, waiting: &Waiting, agent: &AgentId) -> Option<Timestamp> {
        self.floor.excluded_until(waiting, agent, self.now)
    }

    /// Whether somebody who is there could take it and has not declined; they may be busy.
    fn others_could_serve(&self, waiting: &Waiting, class: &Class) -> bool {
        self.floor.could_serve(class).any(|(agent, _)| self.excluded_until(waiting, agent).is_none())
    }

    /// Asked after the batch has run, when everybody who could be given something was.
    fn why_nobody(&self, waiting: &Waiting, class: &Class) -> Reason {
        if waiting.offered {
            return Reason::Offered;
        }
        if self.floor.could_serve(class).next().is_none() {
            return Reason::NobodyCouldServe;
        }
        if let Some(reserved) = self.floor.waits_for(waiting, class, self.now) {
            return Reason::WaitsForReserved { agent: reserved.clone() };
        }
        let candidates = self.floor.candidates(class);
        let left = candidates.iter().filter(|agent| self.next_slot(agent).is_some());
        if let Some(until) = left.filter_map(|agent| self.excluded_until(waiting, agent)).min() {
            return Reason::WaitsForOthers { until };
        }
        if candidates.is_empty() { Reason::AllBusy } else { Reason::BehindEarlier }
    }

    fn record(&self, waiting: &Waiting, class: &Class, chosen: Option<&AgentId>, reason: Reason) -> Decision {
        let floor = self.floor;
        let named = [chosen, class.reserved_for.as_ref(), waiting.needs.preferred_agent.as_ref()];
        let mut listed: Vec<&AgentId> = Vec::with_capacity(CONSIDERED_MAX);
        let members = floor.members.get(&class.queue);
        for agent in named.into_iter().flatten().chain(members.into_iter().flatten()) {
            if waiting.offered || listed.len() == CONSIDERED_MAX {
                break;
            }
            let repeated = named.iter().flatten().any(|name| *name == agent) && listed.contains(&agent);
            if !repeated && floor.plan.agents.contains_key(agent) {
                listed.push(agent);
            }
        }
        let of_the_queue = listed.iter().filter(|agent| members.is_some_and(|all| all.contains(**agent))).count();
        let not_listed = members.map_or(0, |all| all.len() - of_the_queue);
        let considered = listed.into_iter().map(|agent| {
            let verdict =
                if Some(agent) == chosen { Ok(()) } else { Err(self.why_not(waiting, class, agent, &reason)) };
            Considered { agent: agent.clone(), verdict }
        });
        let ring = floor.plan.queues.get(&waiting.queue).map(|queue| queue.ring).unwrap_or_default();
        let choice =
            chosen.and_then(|agent| Some(Choice { agent: agent.clone(), slots: vec![self.next_slot(agent)?], ring }));
        Decision {
            handoff: waiting.handoff,
            conversation: waiting.conversation,
            plan_version: floor.plan.version,
            needed: Needed {
                skills: class.skills.clone(),
                language: class.language,
                language_required: class.language_required,
                weight: waiting.needs.weight,
                urgent: false,
            },
            step: 0,
            queues: vec![waiting.queue.clone()],
            choose: floor.plan.queues.get(&waiting.queue).map(|queue| queue.choose).unwrap_or_default(),
            considered: considered.collect(),
            chosen: choice,
            not_listed: u32::try_from(not_listed).unwrap_or(u32::MAX),
            reason,
        }
    }

    /// The first thing that stands between this agent and the handoff.
    fn why_not(&self, waiting: &Waiting, class: &Class, agent: &AgentId, reason: &Reason) -> WhyNot {
        let floor = self.floor;
        if let Some(Err(why_not)) = floor.plan.agents.get(agent).map(|plan| class.fits(agent, plan)) {
            return why_not;
        }
        if !floor.agents.get(agent).is_some_and(|presence| presence.connected) {
            return WhyNot::Offline;
        }
        if !floor.is_there(agent) {
            return WhyNot::Away;
        }
        if floor.waits_for(waiting, class, self.now).is_some_and(|reserved| reserved != agent) {
            return WhyNot::ReservedForAnother;
        }
        if let Some(until) = self.excluded_until(waiting, agent) {
            return WhyNot::Excluded { until };
        }
        if floor.free_slots(agent).next().is_none() {
            return WhyNot::Full;
        }
        if self.next_slot(agent).is_none() {
            return WhyNot::GivenToEarlier;
        }
        match reason {
            Reason::Preferred => WhyNot::NotPreferred,
            Reason::SpeaksLanguage if !self.speaks(class, agent) => WhyNot::NotSpeaker,
            Reason::SpeaksLanguage
            | Reason::LongestIdle
            | Reason::OnlyOne
            | Reason::Reserved
            | Reason::AskedAgain
            | Reason::Offered
            | Reason::NobodyCouldServe
            | Reason::AllBusy
            | Reason::WaitsForReserved { .. }
            | Reason::WaitsForOthers { .. }
            | Reason::BehindEarlier => WhyNot::NotLongestIdle,
        }
    }
}
