//! What a round has given away, kept beside the floor: slots that are promised are not there for the next handoff.

use crate::decision::{Choice, Proposal, Reason};
use crate::round::Round;
use crate::standing::Entry;

/// What a round has given to an agent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) handoffs: u8,
    pub(crate) ordinary: u8,
    urgent: u8,
}

impl Round<'_> {
    pub(crate) fn given(&self, agent: u32) -> Given {
        if self.given.is_empty() {
            return Given::default();
        }
        self.given.get(&agent).copied().unwrap_or_default()
    }

    pub(crate) fn has_any_slot(&self, agent: u32) -> bool {
        self.slots_for(agent, 1, true)
    }

    /// Whether so many slots are left that this round has not given away.
    pub(crate) fn slots_for(&self, agent: u32, weight: u8, urgent: bool) -> bool {
        let (seat, given) = (&self.floor.seats[agent as usize], self.given(agent));
        let more = if urgent { seat.urgent_left.saturating_sub(given.urgent) } else { 0 };
        seat.left.saturating_sub(given.ordinary).saturating_add(more) >= weight
    }

    /// Writes down what is given; whether the agent has nothing left.
    pub(crate) fn give(&mut self, agent: u32, entry: &Entry, reason: Reason, offers: &mut Vec<Proposal>) -> bool {
        let slots = self.slots(agent, entry);
        self.propose(agent, entry, reason, slots, offers);
        self.note(agent, entry)
    }

    pub(crate) fn propose(
        &mut self,
        agent: u32,
        entry: &Entry,
        reason: Reason,
        slots: Vec<u8>,
        offers: &mut Vec<Proposal>,
    ) {
        self.proposed.push((entry.place.number, agent));
        let choice = Choice { agent: self.floor.staff.agents[agent as usize].clone(), slots, ring: entry.ring };
        offers.push(Proposal {
            handoff: entry.waiting.handoff,
            conversation: entry.waiting.conversation,
            choice,
            reason,
            step: entry.step,
        });
    }

    /// Takes the slots of one more handoff from what an agent has left.
    pub(crate) fn note(&mut self, agent: u32, entry: &Entry) -> bool {
        let floor = self.floor;
        let asked = &floor.lines.all[entry.line as usize].asked;
        let before = [self.row_key(false, agent), self.row_key(true, agent)];
        let seat = &floor.seats[agent as usize];
        let given = self.given.entry(agent).or_default();
        let ordinary = asked.weight.min(seat.left - given.ordinary.min(seat.left));
        given.handoffs = given.handoffs.saturating_add(1);
        given.ordinary += ordinary;
        given.urgent += asked.weight - ordinary;
        let given = *given;
        let no_ordinary = given.ordinary >= seat.left;
        let exhausted = no_ordinary && given.urgent >= seat.urgent_left;
        for (number, row) in [&mut self.idle, &mut self.occupied].into_iter().enumerate() {
            if let Some(row) = row {
                row.remove(&before[number]);
            }
        }
        if !exhausted {
            let after = [self.row_key(false, agent), self.row_key(true, agent)];
            for (number, row) in [&mut self.idle, &mut self.occupied].into_iter().enumerate() {
                if let Some(row) = row {
                    row.insert(after[number]);
                }
            }
        }
        if no_ordinary {
            self.free.get_or_insert_with(|| floor.free.clone()).put(agent, false);
            if seat.urgent_left > 0 {
                let interruptible = self.interruptible.get_or_insert_with(|| floor.interruptible.clone());
                interruptible.put(agent, !exhausted);
            }
        }
        exhausted
    }

    /// The lowest slots of the agent that this round has not given away, as a choice.
    pub(crate) fn choice(&self, agent: u32, entry: &Entry) -> Choice {
        let slots = self.slots(agent, entry);
        Choice { agent: self.floor.staff.agents[agent as usize].clone(), slots, ring: entry.ring }
    }

    fn slots(&self, agent: u32, entry: &Entry) -> Vec<u8> {
        let floor = self.floor;
        let (seat, given) = (&floor.seats[agent as usize], self.given(agent));
        let asked = &floor.lines.all[entry.line as usize].asked;
        let ordinary = seat.ordinary_free().skip(given.ordinary.into());
        let urgent = seat.urgent_free().skip(given.urgent.into());
        if asked.urgent {
            ordinary.chain(urgent).take(asked.weight.into()).collect()
        } else {
            ordinary.take(asked.weight.into()).collect()
        }
    }
}
