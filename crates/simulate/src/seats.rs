//! The people during a run: who is there, what they hold, and how the floor is told.

use std::collections::BTreeSet;
use std::time::Duration;

use baton_core::{AgentId, Timestamp};
use baton_routing::{AgentPresence, Floor, Plan};

use crate::load::{Desk, Desks, Shift};
use crate::tally::{Meter, Window};

/// One agent.
#[derive(Debug)]
pub(crate) struct Seat {
    pub(crate) agent: AgentId,
    pub(crate) desk: Desk,
    pub(crate) misses: u32,
    /// Will look at what there is to take.
    pub(crate) looks: bool,
    capacity: u32,
    /// Places of their queues in the plan's order.
    queues: Vec<usize>,
    /// Their shift is on.
    on: bool,
    /// Set away for not answering.
    away: bool,
    held: BTreeSet<u8>,
    idle_since: Timestamp,
    /// What the meters have of them: slots held, slots there.
    metered: (u32, u32),
}

/// Everybody, and the time that is counted of them.
pub(crate) struct Seats {
    pub(crate) all: Vec<Seat>,
    /// One for every queue in the plan's order, then one for all.
    pub(crate) meters: Vec<Meter>,
}

impl Seats {
    pub(crate) fn new(plan: &Plan, desks: &Desks, from: Timestamp) -> Self {
        let seats = plan.agents.iter().map(|(agent, of)| Seat {
            agent: agent.clone(),
            desk: desks.desk(agent).clone(),
            misses: 0,
            looks: false,
            capacity: u32::from(of.capacity),
            queues: plan
                .queues
                .keys()
                .enumerate()
                .filter(|(_, key)| of.queues.contains(*key))
                .map(|(at, _)| at)
                .collect(),
            on: false,
            away: false,
            held: BTreeSet::new(),
            idle_since: from,
            metered: (0, 0),
        });
        Self { all: seats.collect(), meters: vec![Meter::new(from); plan.queues.len() + 1] }
    }

    /// The place of an agent in the list.
    pub(crate) fn place(&self, agent: &AgentId) -> Option<usize> {
        self.all.binary_search_by(|seat| seat.agent.cmp(agent)).ok()
    }

    pub(crate) fn take(&mut self, floor: &mut Floor, window: &Window, now: Timestamp, place: usize, slots: &[u8]) {
        self.all[place].held.extend(slots);
        self.tell(floor, window, now, place);
    }

    pub(crate) fn release(&mut self, floor: &mut Floor, window: &Window, now: Timestamp, place: usize, slots: &[u8]) {
        let seat = &mut self.all[place];
        seat.held.retain(|slot| !slots.contains(slot));
        seat.idle_since = now;
        self.tell(floor, window, now, place);
    }

    /// Looks whether the shift is on; gives when that changes next.
    pub(crate) fn shift(
        &mut self,
        floor: &mut Floor,
        window: &Window,
        now: Timestamp,
        place: usize,
    ) -> Option<Timestamp> {
        let seat = &mut self.all[place];
        let (on, next) = seat.desk.shift.at(&seat.agent, floor.plan(), now);
        if on && !seat.on {
            // Whoever comes goes to the end of the row of the idle.
            seat.idle_since = now;
            seat.away = false;
            seat.misses = 0;
        }
        seat.on = on;
        self.tell(floor, window, now, place);
        next
    }

    /// Sets somebody away who does not answer, or back.
    pub(crate) fn set_away(&mut self, floor: &mut Floor, window: &Window, now: Timestamp, place: usize, away: bool) {
        let seat = &mut self.all[place];
        if seat.away && !away {
            seat.idle_since = now;
        }
        seat.away = away;
        seat.misses = 0;
        self.tell(floor, window, now, place);
    }

    fn tell(&mut self, floor: &mut Floor, window: &Window, now: Timestamp, place: usize) {
        let seat = &mut self.all[place];
        let presence = AgentPresence {
            connected: seat.on,
            available: !seat.away,
            held: seat.held.clone(),
            idle_since: seat.idle_since,
        };
        floor.set_agent(&seat.agent, presence);
        let held = seat.held.len() as u32;
        // Who is gone and finishes what they hold is there for as much as that.
        let there = if seat.on && !seat.away { seat.capacity.max(held) } else { held };
        let (busy, was_there) = std::mem::replace(&mut seat.metered, (held, there));
        let (busy, there) = (held.cast_signed() - busy.cast_signed(), there.cast_signed() - was_there.cast_signed());
        if (busy, there) == (0, 0) {
            return;
        }
        let all = self.meters.len() - 1;
        for index in seat.queues.iter().copied().chain([all]) {
            self.meters[index].staff(window, now, busy, there);
        }
    }
}

impl Shift {
    /// Whether it is on, and when that changes next.
    fn at(&self, agent: &AgentId, plan: &Plan, now: Timestamp) -> (bool, Option<Timestamp>) {
        match self {
            Self::Hours(hours) => (hours.is_open(now), hours.next_change(now)),
            Self::Recorded(spans) => {
                let present = spans.get(spans.partition_point(|(_, until)| *until <= now));
                let on = present.is_some_and(|(from, _)| *from <= now);
                (on, present.map(|(from, until)| if on { *until } else { *from }))
            }
            Self::QueueHours => {
                let of = plan.agents.get(agent).into_iter().flat_map(|of| &of.queues);
                let queues: Vec<_> = of.filter_map(|queue| plan.queues.get(queue)).collect();
                let on = queues.is_empty() || queues.iter().any(|queue| queue.is_open(now));
                let changes = queues.iter().filter_map(|queue| queue.hours.as_ref()?.next_change(now));
                (on, changes.min())
            }
        }
    }
}

impl Desk {
    pub(crate) fn back_after(&self) -> Duration {
        Duration::from_secs_f64(self.back_after_s.max(1.0))
    }
}
