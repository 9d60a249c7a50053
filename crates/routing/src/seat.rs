//! An agent of the plan at this moment: who is there, and with which slots.

use std::collections::BTreeSet;

use baton_core::Timestamp;

use crate::class::Place;
use crate::floor::AgentPresence;

/// An agent of the plan.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seat {
    pub(crate) presence: AgentPresence,
    /// Connected, available, and with any capacity at all.
    pub(crate) there: bool,
    /// Ordinary slots free.
    pub(crate) left: u8,
    pub(crate) urgent_left: u8,
    pub(crate) capacity: u8,
    pub(crate) urgent: u8,
    /// Handoffs that wait for this agent alone.
    pub(crate) own: BTreeSet<Place>,
    /// Handoffs that name this agent, and may come to wait for them alone.
    pub(crate) named: BTreeSet<u32>,
}

impl Seat {
    pub(crate) fn take(&mut self, presence: AgentPresence) {
        self.there = presence.connected && presence.available && self.capacity > 0;
        self.presence = presence;
        let all = self.capacity.saturating_add(self.urgent);
        let held = &self.presence.held;
        let urgent_held = held.range(self.capacity..all).count();
        // Held slots above what there is count against the ordinary ones.
        let left = usize::from(self.capacity).saturating_sub(held.len() - urgent_held);
        let urgent_left = usize::from(all - self.capacity).saturating_sub(urgent_held);
        let open = |left: usize| if self.there { u8::try_from(left).unwrap_or(u8::MAX) } else { 0 };
        (self.left, self.urgent_left) = (open(left), open(urgent_left));
    }

    /// Free ordinary slots, lowest first, there or not.
    pub(crate) fn ordinary_free(&self) -> impl Iterator<Item = u8> {
        let held = &self.presence.held;
        let all = self.capacity.saturating_add(self.urgent);
        let against = held.len() - held.range(self.capacity..all).count();
        let left = usize::from(self.capacity).saturating_sub(against);
        (0..self.capacity).filter(|slot| !held.contains(slot)).take(left)
    }

    /// Free urgent slots, lowest first.
    pub(crate) fn urgent_free(&self) -> impl Iterator<Item = u8> {
        let held = &self.presence.held;
        (self.capacity..self.capacity.saturating_add(self.urgent)).filter(|slot| !held.contains(slot))
    }

    fn is_able(&self) -> bool {
        self.left > 0 || self.urgent_left > 0
    }

    pub(crate) fn idle_key(&self, number: u32) -> Option<(u32, Timestamp, u32)> {
        self.is_able().then_some((0, self.presence.idle_since, number))
    }

    pub(crate) fn occupied_key(&self, number: u32) -> Option<(u32, Timestamp, u32)> {
        self.is_able().then(|| (self.occupancy(0), self.presence.idle_since, number))
    }

    /// The share of ordinary slots taken, these more included; equal shares are equal numbers.
    pub(crate) fn occupancy(&self, more: u8) -> u32 {
        let taken = u32::from(self.capacity - self.left.min(self.capacity)) + u32::from(more);
        (taken << 16) / u32::from(self.capacity).max(1)
    }
}
