//! What the floor answers: who is to be offered what, what may be taken, and what is due.
//!
//! Who gets it: agents of the queue (and of others, once that relaxes) who are connected and available, have the slots,
//! the skills at their level and, where the queue requires it, the language, and are not excluded. Of these the
//! preferred agent first; then, for urgent handoffs, who need not be interrupted; then those who speak the customer's
//! language; then those of the queue itself; then as the queue chooses, the longest idle before others, and by key.
//! Handoffs go in their order (see [`crate::order_key`]) over all queues.
//!
//! Opening hours play no part here: they say when somebody may be *promised*. Who came in time and still waits at
//! closing time, or waits because a person chose to stay available, is served.

use baton_core::{AgentId, Alternative, ConversationId, HandoffId, QueueId, Timestamp};

use crate::decision::{Choice, Routed, Takeable, WhyNot};
use crate::floor::{Floor, Waiting};
use crate::plan::Delivery;
use crate::round::{MANY_AGENTS, Round};
use crate::standing::Spot;

/// Somebody who has waited too long in a queue that then offers something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overdue {
    pub handoff: HandoffId,
    pub conversation: ConversationId,
    pub queue: QueueId,
    pub due_at: Timestamp,
    pub offer: Alternative,
}

impl Floor {
    /// Who is to be offered what, and what is to be announced to whom.
    ///
    /// Proposals come again with every call until they are carried out (the agent's slots are taken and the handoff
    /// rings or is gone) or do not hold any more; announcements come once. Only what has changed since the last call is
    /// looked at: where nothing has, this costs nothing. Handoffs for which there is nobody are not in the answer;
    /// [`Floor::explain`] says why.
    pub fn route(&mut self, now: Timestamp) -> Routed {
        self.advance(now);
        self.note_declined_ones_reserved_for_the_noted();
        if self.agents_noted.len() <= MANY_AGENTS {
            let mut next = self.agents_noted.first().copied();
            while let Some(agent) = next {
                self.look_up_lines_of(agent);
                next = self.agents_noted.range(agent + 1..).next().copied();
            }
        }
        let scratch = std::mem::take(&mut self.scratch);
        let mut round = Round::of(self, now);
        round.scratch = scratch;
        let routed = round.run();
        let Round { proposed, scratch, looked_at, .. } = round;
        self.scratch = scratch;
        self.looked_at.lines += looked_at.lines;
        self.looked_at.handoffs += looked_at.handoffs;
        self.looked_at.agents += looked_at.agents;
        self.agents_noted.clear();
        self.handoffs_noted.clear();
        for (number, agent) in proposed {
            if let Some(entry) = self.entries[number as usize].as_mut() {
                // Until it is carried out either may come to be matched otherwise, and leave room for somebody else.
                entry.proposed_to = Some(agent);
                self.handoffs_noted.insert(number);
                self.agents_noted.insert(agent);
            }
        }
        routed
    }

    /// What an agent may take by themselves, first come first, at most so many.
    ///
    /// In queues that broadcast or are pulled from, everybody who could serve it may; in others, agents who are
    /// permitted to ([`crate::AgentPlan::pull`]). What rings with somebody or waits for somebody else alone is not
    /// there to be taken; what the agent themselves declined is.
    pub fn takeable(&self, agent: &AgentId, most: usize) -> Vec<Takeable> {
        let Some(number) = self.staff.number(agent) else { return Vec::new() };
        let seat = &self.seats[number as usize];
        if !seat.there {
            return Vec::new();
        }
        let pulls = self.plan.agents.get(agent).is_some_and(|plan| plan.pull);
        let lines = self.lines.all.iter().filter(|line| {
            (pulls || line.delivery != Delivery::Offer)
                && !line.places.is_empty()
                && line.asked.fits(&self.staff, number)
        });
        let mut places: Vec<_> = lines.flat_map(|line| line.places.iter().take(most)).chain(&seat.own).collect();
        places.sort_unstable();
        let entries = places.into_iter().filter_map(|place| self.entries[place.number as usize].as_ref());
        let takeable =
            entries.filter(|entry| self.may_take(agent, entry.waiting.handoff).is_ok()).map(|entry| Takeable {
                handoff: entry.waiting.handoff,
                conversation: entry.waiting.conversation,
                queue: entry.waiting.queue.clone(),
                since: entry.waiting.since,
                step: entry.step,
            });
        takeable.take(most).collect()
    }

    /// Whether an agent may take this handoff by themselves, and with which slots; `None` when it does not wait here.
    pub fn may_take(&self, agent: &AgentId, handoff: HandoffId) -> Result<Choice, WhyNot> {
        let entry = self.entry(handoff).ok_or(WhyNot::NotWaiting)?;
        let number = self.staff.number(agent).ok_or(WhyNot::NotInQueue)?;
        let plan = self.plan.agents.get(agent).ok_or(WhyNot::NotInQueue)?;
        self.class_of(&entry.waiting).fits(agent, plan)?;
        let presence = &self.seats[number as usize].presence;
        if !presence.connected {
            return Err(WhyNot::Offline);
        }
        if !presence.available {
            return Err(WhyNot::Away);
        }
        match entry.spot {
            Spot::Ringing | Spot::Nowhere => return Err(WhyNot::NotWaiting),
            Spot::Own(alone) if alone != number => return Err(WhyNot::ReservedForAnother),
            Spot::Own(_) | Spot::Line => {}
        }
        let line = &self.lines.all[entry.line as usize];
        if line.delivery == Delivery::Offer && !plan.pull {
            return Err(WhyNot::MayNotTake);
        }
        let round = Round::of(self, self.clock);
        if !round.slots_for(number, line.asked.weight, line.asked.urgent) {
            return Err(if round.has_any_slot(number) { WhyNot::TooFewSlots } else { WhyNot::Full });
        }
        Ok(round.choice(number, entry))
    }

    /// Everybody who has waited too long by then, the longest due first; again with every call until
    /// [`Floor::told_overdue`]. They keep their place: offering something else closes nothing.
    pub fn overdue(&self, now: Timestamp) -> Vec<Overdue> {
        let due = self.overdue.iter().take_while(|(at, _)| *at <= now);
        due.filter_map(|(at, number)| {
            let waiting = &self.entries[*number as usize].as_ref()?.waiting;
            let offer = self.plan.queues.get(&waiting.queue)?.longest_wait?.offer;
            let Waiting { handoff, conversation, queue, .. } = waiting;
            Some(Overdue { handoff: *handoff, conversation: *conversation, queue: queue.clone(), due_at: *at, offer })
        })
        .collect()
    }

    /// The customer was offered something else: it is not due again while they wait in this queue.
    pub fn told_overdue(&mut self, handoff: HandoffId) {
        if let Some(number) = self.numbers.get(&handoff).copied()
            && let Some(entry) = self.entries[number as usize].as_ref()
            && let Some(longest) = self.plan.queues.get(&entry.waiting.queue).and_then(|queue| queue.longest_wait)
        {
            self.overdue.remove(&(entry.waiting.queued_at + longest.after, number));
        }
    }
}
