//! The record of a decision: built when it is asked for, never on the way to an offer.

use baton_core::{AgentId, HandoffId, Timestamp};

use crate::bits::Hits;
use crate::class::Class;
use crate::decision::{CONSIDERED_MAX, Choice, Considered, Decision, Proposal, Reason, WhyNot};
use crate::floor::Floor;
use crate::plan::{Choose, Delivery};
use crate::round::Round;
use crate::standing::{Entry, Spot};

impl Floor {
    /// The records of what [`Floor::route`] has just proposed, on the floor as it stands, in the same order.
    ///
    /// Ask before the proposals are carried out.
    pub fn records(&self, proposals: &[Proposal], now: Timestamp) -> Vec<Decision> {
        let mut round = Round::of(self, now);
        let mut records = Vec::with_capacity(proposals.len());
        for proposal in proposals {
            let Some(entry) = self.entry(proposal.handoff) else { continue };
            records.push(self.record(&round, entry, Some(&proposal.choice), proposal.reason.clone()));
            if let Some(agent) = self.staff.number(&proposal.choice.agent) {
                round.note(agent, entry);
            }
        }
        records
    }

    /// What [`Floor::route`] decides for this handoff, or why there is nobody for it.
    pub fn explain(&self, handoff: HandoffId, now: Timestamp) -> Option<Decision> {
        if self.is_behind(now) {
            let mut caught_up = self.clone();
            caught_up.advance(now);
            return caught_up.explain(handoff, now);
        }
        let entry = self.entry(handoff)?;
        let mut round = Round::of(self, now);
        let proposals = round.run().offers;
        if let Some(index) = proposals.iter().position(|proposal| proposal.handoff == handoff) {
            return self.records(&proposals[..=index], now).pop();
        }
        let reason = self.why_nobody(&mut round, entry);
        Some(self.record(&round, entry, None, reason))
    }

    /// Asked after the round has run, when everybody who could be given something was.
    fn why_nobody(&self, round: &mut Round<'_>, entry: &Entry) -> Reason {
        let name = |agent: u32| self.staff.agents[agent as usize].clone();
        let delivery = self.lines.all.get(entry.line as usize).map(|line| line.delivery).unwrap_or_default();
        match entry.spot {
            Spot::Ringing => return Reason::Offered,
            Spot::Own(agent) if entry.reserved == Some(agent) => {
                return Reason::WaitsForReserved { agent: name(agent) };
            }
            Spot::Own(agent) => {
                let queue = self.plan.queues.get(&entry.waiting.queue);
                let until = entry.waiting.queued_at + queue.map(|queue| queue.prefer_for).unwrap_or_default();
                return Reason::WaitsForPreferred { agent: name(agent), until };
            }
            Spot::Nowhere => return Reason::NobodyCouldServe,
            Spot::Line => {}
        }
        let class = self.class_of(&entry.waiting);
        if self.could_serve(&class).next().is_none() {
            return Reason::NobodyCouldServe;
        }
        match delivery {
            Delivery::Broadcast => return Reason::Announced,
            Delivery::Pull => return Reason::ToBeTaken,
            Delivery::Offer => {}
        }
        let left = round.who_may_take(entry);
        if let Some(until) = left.iter().filter_map(|agent| entry.excluded_until(*agent)).min() {
            return Reason::WaitsForOthers { until };
        }
        let weight = class.weight.get();
        let at_all = |agent: &u32| Round::of(self, round.now()).slots_for(*agent, weight, class.urgent);
        let mut hits = Hits::default();
        self.lines.all[entry.line as usize].asked.among_all(&self.staff, &self.there, &mut hits);
        if hits.agents().any(|agent| at_all(&agent)) { Reason::BehindEarlier } else { Reason::AllBusy }
    }

    fn record(&self, round: &Round<'_>, entry: &Entry, chosen: Option<&Choice>, reason: Reason) -> Decision {
        let waiting = &entry.waiting;
        let class = self.class_of(waiting);
        let chosen_agent = chosen.map(|choice| &choice.agent);
        let named = [chosen_agent, waiting.reserved_for.as_ref(), waiting.needs.preferred_agent.as_ref()];
        let mut listed: Vec<&AgentId> = Vec::with_capacity(CONSIDERED_MAX);
        let queues = std::iter::once(&class.queue).chain(&class.also);
        let members = queues.clone().filter_map(|queue| self.members.get(queue)).flatten();
        let mut of_the_queues = 0;
        let is_member = |agent: &AgentId| queues.clone().any(|queue| self.works_in(agent, queue));
        for (index, agent) in named.into_iter().flatten().chain(members).enumerate() {
            if waiting.offered || listed.len() == CONSIDERED_MAX {
                break;
            }
            // Who is named stands in the queue again, and who works in several of the queues in each of them.
            let repeats = index < named.len() || !class.also.is_empty() || named.contains(&Some(agent));
            if self.staff.number(agent).is_some() && !(repeats && listed.contains(&agent)) {
                of_the_queues += usize::from(is_member(agent));
                listed.push(agent);
            }
        }
        let not_listed = self.members_of(&class) - of_the_queues;
        let considered = listed.into_iter().map(|agent| {
            let is_chosen = Some(agent) == chosen_agent;
            let verdict = if is_chosen { Ok(()) } else { Err(self.why_not(round, entry, &class, agent, &reason)) };
            Considered { agent: agent.clone(), verdict }
        });
        Decision {
            handoff: waiting.handoff,
            conversation: waiting.conversation,
            plan_version: self.plan.version,
            considered: considered.collect(),
            chosen: chosen.cloned(),
            needed: class.needed(),
            step: entry.step,
            queues: queues.cloned().collect(),
            choose: self.plan.queues.get(&waiting.queue).map(|queue| queue.choose).unwrap_or_default(),
            not_listed: u32::try_from(not_listed).unwrap_or(u32::MAX),
            reason,
        }
    }

    /// How many agents work in the queues of a class.
    fn members_of(&self, class: &Class) -> usize {
        if class.also.is_empty() {
            return self.members.get(&class.queue).map_or(0, std::collections::BTreeSet::len);
        }
        let queues = std::iter::once(&class.queue).chain(&class.also);
        let masks: Vec<_> = queues
            .filter_map(|queue| self.staff.queue_number(queue))
            .map(|queue| self.staff.mask(self.staff.of_queue(queue)))
            .collect();
        let words = self.staff.agents.len().div_ceil(64);
        let union = (0..words).map(|word| masks.iter().fold(0, |all, mask| all | mask.word(word)));
        union.map(|word| word.count_ones() as usize).sum()
    }

    fn works_in(&self, agent: &AgentId, queue: &baton_core::QueueId) -> bool {
        self.plan.agents.get(agent).is_some_and(|plan| plan.queues.contains(queue))
    }

    /// The first thing that stands between this agent and the handoff.
    fn why_not(&self, round: &Round<'_>, entry: &Entry, class: &Class, agent: &AgentId, reason: &Reason) -> WhyNot {
        let (Some(number), Some(plan)) = (self.staff.number(agent), self.plan.agents.get(agent)) else {
            return WhyNot::NotInQueue;
        };
        if let Err(why_not) = class.fits(agent, plan) {
            return why_not;
        }
        let seat = &self.seats[number as usize];
        if !seat.presence.connected {
            return WhyNot::Offline;
        }
        if !seat.presence.available {
            return WhyNot::Away;
        }
        if let Spot::Own(alone) = entry.spot
            && alone != number
        {
            return if entry.reserved == Some(alone) { WhyNot::ReservedForAnother } else { WhyNot::WaitsForPreferred };
        }
        if let Some(until) = entry.excluded_until(number).filter(|until| *until > round.now()) {
            return WhyNot::Excluded { until };
        }
        let (weight, urgent) = (class.weight.get(), class.urgent);
        let before = Round::of(self, round.now());
        if !before.slots_for(number, weight, urgent) {
            return if before.slots_for(number, 1, urgent) { WhyNot::TooFewSlots } else { WhyNot::Full };
        }
        if !round.slots_for(number, weight, urgent) {
            return WhyNot::GivenToEarlier;
        }
        if round.saves(number, entry) {
            return WhyNot::SavesSlots;
        }
        let speaks = class.spoken_by(plan);
        match reason {
            Reason::Preferred => WhyNot::NotPreferred,
            Reason::SpeaksLanguage if !speaks => WhyNot::NotSpeaker,
            Reason::Announced | Reason::ToBeTaken => WhyNot::MayTake,
            Reason::LongestIdle | Reason::LeastOccupied | Reason::BestSkill | Reason::SpeaksLanguage => {
                if !round.slots_for(number, weight, false) {
                    WhyNot::WouldBeInterrupted
                } else if !class.also.is_empty() && !plan.queues.contains(&class.queue) {
                    WhyNot::OtherQueue
                } else {
                    match self.plan.queues.get(&class.queue).map(|queue| queue.choose).unwrap_or_default() {
                        Choose::LongestIdle => WhyNot::NotLongestIdle,
                        Choose::LeastOccupied => WhyNot::NotLeastOccupied,
                        Choose::BestSkill if class.skills.is_empty() => WhyNot::NotLongestIdle,
                        Choose::BestSkill => WhyNot::NotBestSkill,
                    }
                }
            }
            Reason::OnlyOne
            | Reason::Reserved
            | Reason::AskedAgain
            | Reason::Offered
            | Reason::NobodyCouldServe
            | Reason::AllBusy
            | Reason::WaitsForReserved { .. }
            | Reason::WaitsForPreferred { .. }
            | Reason::WaitsForOthers { .. }
            | Reason::BehindEarlier => WhyNot::NotLongestIdle,
        }
    }
}
