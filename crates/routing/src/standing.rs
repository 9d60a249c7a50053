//! Where each handoff stands: in a line, before one agent alone, or nowhere while it rings; and what has to be looked at
//! again when that changes.

use std::time::Duration;

use baton_core::Timestamp;

use crate::bits::Hits;
use crate::class::{Class, Place};
use crate::floor::{Floor, Waiting};
use crate::lines::Asked;
use crate::plan::{Delivery, Plan};

/// A handoff with what the floor keeps of it.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) waiting: Waiting,
    pub(crate) place: Place,
    pub(crate) line: u32,
    /// Steps of relaxation that hold.
    pub(crate) step: u8,
    pub(crate) spot: Spot,
    pub(crate) excluded: Vec<(u32, Timestamp)>,
    pub(crate) reserved: Option<u32>,
    pub(crate) preferred: Option<u32>,
    pub(crate) due: Option<Timestamp>,
    /// How long an offer of it rings.
    pub(crate) ring: Duration,
    /// Whom it was last proposed to, without it being carried out yet.
    pub(crate) proposed_to: Option<u32>,
}

/// Where a handoff stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spot {
    Nowhere,
    Line,
    /// It waits for this agent alone.
    Own(u32),
    Ringing,
}

impl Floor {
    pub(crate) fn alone(&self, entry: &Entry) -> Option<u32> {
        let open = |agent: &u32| self.there.has(*agent) && entry.excluded_until(*agent).is_none();
        if let Some(reserved) = entry.reserved.filter(open) {
            return Some(reserved);
        }
        let preferred = entry.preferred.filter(open)?;
        let queue = self.plan.queues.get(&entry.waiting.queue).filter(|queue| !queue.prefer_for.is_zero())?;
        let lasts = self.clock < entry.waiting.queued_at + queue.prefer_for;
        let line = self.lines.all.get(entry.line as usize)?;
        (lasts && line.asked.fits(&self.staff, preferred)).then_some(preferred)
    }

    pub(crate) fn came_or_went(&mut self, agent: u32, there: bool) {
        let named: Vec<u32> = self.seats[agent as usize].named.iter().copied().collect();
        for number in named {
            self.find_spot(number);
        }
        if there {
            return;
        }
        // With them goes perhaps the last one who had not declined.
        let declined: Vec<u32> = self.declined.iter().copied().collect();
        for number in declined {
            let Some(entry) = self.entries[number as usize].as_ref() else { continue };
            if entry.spot == Spot::Line && self.lines.all[entry.line as usize].asked.fits(&self.staff, agent) {
                self.handoffs_noted.insert(number);
            }
        }
    }

    /// What was reserved for an agent who declined it stands in a line that they need not be of, and is theirs again
    /// when nobody else could take it.
    pub(crate) fn note_declined_ones_reserved_for_the_noted(&mut self) {
        for number in &self.declined {
            if let Some(entry) = self.entries[*number as usize].as_ref()
                && entry.spot == Spot::Line
                && entry.reserved.is_some_and(|agent| self.agents_noted.contains(&agent))
            {
                self.handoffs_noted.insert(*number);
            }
        }
    }

    /// Finds out where a handoff stands and puts it there, with its next timer.
    pub(crate) fn find_spot(&mut self, number: u32) {
        let Some(mut entry) = self.entries[number as usize].take() else { return };
        let clock = self.clock;
        let ended = entry.excluded.iter().any(|(_, until)| *until <= clock);
        if ended {
            entry.excluded.retain(|(_, until)| *until > clock);
            if entry.excluded.is_empty() {
                self.declined.remove(&number);
            }
        }
        let queue = self.plan.queues.get(&entry.waiting.queue);
        let relax = queue.map_or(&[][..], |queue| &queue.relax);
        let queued_at = entry.waiting.queued_at;
        let steps = relax.iter().take_while(|step| queued_at + step.after <= clock).count();
        let steps = u8::try_from(steps).unwrap_or(u8::MAX);
        let mut line = entry.line;
        if line == u32::MAX || steps != entry.step {
            let of = &entry.waiting;
            let class = Class::relaxed(&self.plan, &of.queue, &of.needs, of.reserved_for.as_ref(), steps.into());
            if let Some(queue) = self.staff.queue_number(&of.queue) {
                let asked = Asked::of(&self.staff, queue, &class);
                let line_before = std::mem::replace(&mut line, self.lines.number(&self.plan, &class, asked));
                if line_before != u32::MAX && line_before != line {
                    self.unstand(&entry);
                    entry.spot = Spot::Nowhere;
                }
            }
        }
        (entry.line, entry.step) = (line, steps);
        let spot = if entry.waiting.offered {
            Spot::Ringing
        } else if line == u32::MAX {
            // Not even a default queue: nobody could be asked.
            Spot::Nowhere
        } else if let Some(agent) = self.alone(&entry) {
            Spot::Own(agent)
        } else {
            Spot::Line
        };
        if spot != entry.spot {
            self.unstand(&entry);
            entry.spot = spot;
            match spot {
                Spot::Line => self.lines.stand(line, entry.place),
                Spot::Own(agent) => {
                    self.seats[agent as usize].own.insert(entry.place);
                    self.heavy_alone += usize::from(entry.waiting.needs.weight.get() > 1);
                }
                Spot::Nowhere | Spot::Ringing => {}
            }
        }
        self.note_whom_it_was_proposed_to(&mut entry);
        let matched = match spot {
            Spot::Line => self.lines.all[line as usize].delivery != Delivery::Pull,
            Spot::Own(_) => true,
            Spot::Nowhere | Spot::Ringing => false,
        };
        if matched {
            self.handoffs_noted.insert(number);
        } else {
            self.handoffs_noted.remove(&number);
        }
        let relaxes = relax_due(&self.plan, &entry);
        let prefers = entry.preferred.and(self.plan.queues.get(&entry.waiting.queue));
        let prefers = prefers.filter(|queue| !queue.prefer_for.is_zero()).map(|queue| queued_at + queue.prefer_for);
        let exclusions = entry.excluded.iter().map(|(_, until)| *until);
        let due = exclusions.chain(relaxes).chain(prefers.filter(|at| *at > clock)).min();
        if due != entry.due {
            self.timers.extend(due.map(|at| (at, number)));
            if let Some(old) = std::mem::replace(&mut entry.due, due) {
                self.timers.remove(&(old, number));
            }
        }
        self.entries[number as usize] = Some(entry);
    }

    /// Whether the customer was offered something else already, and waits on.
    pub(crate) fn was_told_overdue(&self, number: u32, waiting: &Waiting) -> bool {
        let Some(before) = self.entries[number as usize].as_ref().map(|entry| &entry.waiting) else { return false };
        let longest = self.plan.queues.get(&before.queue).and_then(|queue| queue.longest_wait);
        let due = longest.map(|longest| (before.queued_at + longest.after, number));
        let same = before.queue == waiting.queue && before.queued_at == waiting.queued_at;
        same && due.is_some_and(|due| !self.overdue.contains(&due))
    }

    /// Whoever it was proposed to may take another after all.
    pub(crate) fn note_whom_it_was_proposed_to(&mut self, entry: &mut Entry) {
        if let Some(agent) = entry.proposed_to.take() {
            self.note_if_able(agent);
        }
    }

    /// Those who may have kept slots free for a handoff that takes several, and need not any longer.
    pub(crate) fn keepers_for(&self, entry: &Entry) -> Vec<u32> {
        let asked = &self.lines.all[entry.line as usize].asked;
        if asked.weight == 1 || self.clock < entry.waiting.queued_at + crate::round::PASSED_MAX {
            return Vec::new();
        }
        let (mut ordinary, mut urgent) = (Hits::default(), Hits::default());
        asked.among_all(&self.staff, &self.free, &mut ordinary);
        asked.among_all(&self.staff, &self.interruptible, &mut urgent);
        ordinary.agents().chain(urgent.agents()).collect()
    }

    pub(crate) fn note_if_able(&mut self, agent: u32) {
        if self.free.has(agent) || self.interruptible.has(agent) {
            self.agents_noted.insert(agent);
        }
    }

    /// Takes it from where it stands to be matched.
    pub(crate) fn unstand(&mut self, entry: &Entry) {
        match entry.spot {
            Spot::Line => {
                self.lines.leave(entry.line, entry.place);
                let keepers = self.keepers_for(entry);
                self.agents_noted.extend(keepers);
            }
            Spot::Own(agent) => {
                self.seats[agent as usize].own.remove(&entry.place);
                self.heavy_alone -= usize::from(entry.waiting.needs.weight.get() > 1);
                self.note_if_able(agent);
            }
            Spot::Nowhere | Spot::Ringing => {}
        }
    }

    /// Takes everything back that the floor keeps of a handoff but its number.
    pub(crate) fn take_out(&mut self, number: u32) -> Entry {
        let mut entry =
            self.entries[number as usize].take().unwrap_or_else(|| unreachable!("a number without a handoff"));
        self.unstand(&entry);
        self.note_whom_it_was_proposed_to(&mut entry);
        for named in [entry.reserved, entry.preferred].into_iter().flatten() {
            self.seats[named as usize].named.remove(&number);
        }
        if let Some(places) = self.places.get_mut(&entry.waiting.queue) {
            places.remove(&entry.place);
        }
        if let Some(due) = entry.due {
            self.timers.remove(&(due, number));
        }
        let queue = self.plan.queues.get(&entry.waiting.queue);
        if let Some(longest) = queue.and_then(|queue| queue.longest_wait) {
            self.overdue.remove(&(entry.waiting.queued_at + longest.after, number));
        }
        self.declined.remove(&number);
        self.handoffs_noted.remove(&number);
        entry
    }
}

impl Entry {
    /// The moment until which the agent is not asked for it; `None` when they may be asked.
    pub(crate) fn excluded_until(&self, agent: u32) -> Option<Timestamp> {
        self.excluded.iter().find(|(excluded, _)| *excluded == agent).map(|(_, until)| *until)
    }
}

/// When the next step of relaxation is due.
fn relax_due(plan: &Plan, entry: &Entry) -> Option<Timestamp> {
    let step = plan.queues.get(&entry.waiting.queue)?.relax.get(usize::from(entry.step))?;
    Some(entry.waiting.queued_at + step.after)
}
