//! No agent has more than they can have, and a slot belongs to one conversation.

use std::collections::{BTreeMap, BTreeSet};

use baton_core::{AgentId, ConversationId};

use crate::checkers::Checker;
use crate::config::capacities;
use crate::judge::Seen;

pub(crate) struct Capacity {
    capacities: BTreeMap<AgentId, u8>,
    held: BTreeMap<(AgentId, u8), ConversationId>,
}

impl Default for Capacity {
    fn default() -> Self {
        Self { capacities: capacities(), held: BTreeMap::new() }
    }
}

impl Checker for Capacity {
    fn name(&self) -> &'static str {
        "capacity"
    }

    fn appended(&mut self, seen: &Seen) -> Result<(), String> {
        let id = seen.after.id;
        self.held.retain(|_, holder| *holder != id);
        for (agent, slot) in seen.after.held_slots() {
            let most = self.capacities.get(&agent).copied().unwrap_or(0);
            if slot.0 >= most {
                return Err(format!("{agent} has {most} slots and number {} was taken", slot.0));
            }
            if let Some(other) = self.held.insert((agent.clone(), slot.0), id) {
                return Err(format!("slot {} of {agent} is held here and by {other}", slot.0));
            }
        }
        let stored: BTreeSet<_> = seen.slots.iter().map(|(agent, slot, of)| (agent.clone(), slot.0, *of)).collect();
        let held: BTreeSet<_> = self.held.iter().map(|((agent, slot), of)| (agent.clone(), *slot, *of)).collect();
        match stored.symmetric_difference(&held).next() {
            None => Ok(()),
            Some(apart) => Err(format!("the log and the slots do not agree about {apart:?}")),
        }
    }
}
