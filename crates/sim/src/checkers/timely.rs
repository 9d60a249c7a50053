//! Nothing lies for ever, even while things go wrong: offers expire, wrap-ups end, silent bots are noticed, and nobody
//! waits on an agent who is gone. The bound is wide: engines die, stand still and have wrong clocks meanwhile.

use std::collections::BTreeMap;
use std::time::Duration;

use baton_core::{AgentId, Controller, ConversationId, Timestamp};

use crate::checkers::Checker;
use crate::config::{DISCONNECT_GRACE, limits};
use crate::judge::{Seen, Standing};

/// How long something may lie beyond its time while faults are at work.
const SLACK: Duration = Duration::from_mins(2);

#[derive(Default)]
pub(crate) struct Timely {
    /// Since when what is held for whom: a supervisor can give something to somebody who has long been gone.
    held: BTreeMap<(ConversationId, AgentId), Timestamp>,
}

impl Checker for Timely {
    fn name(&self) -> &'static str {
        "timely"
    }

    fn appended(&mut self, seen: &Seen) -> Result<(), String> {
        let (id, holders) = (seen.after.id, seen.after.held_slots());
        self.held.retain(|(of, agent), _| *of != id || holders.iter().any(|(holder, _)| holder == agent));
        let at = seen.events.last().map_or(Timestamp(0), |recorded| recorded.at);
        for (agent, _) in holders {
            self.held.entry((id, agent)).or_insert(at);
        }
        Ok(())
    }

    fn tick(&mut self, standing: &Standing<'_>) -> Result<(), String> {
        let late = |due| standing.now > due + SLACK;
        for fold in standing.folds.values() {
            let id = fold.id;
            if let Controller::Offered { offer, .. } = &fold.controller
                && late(offer.expires_at)
            {
                return Err(format!("{id} still rings with {} long after the offer expired", offer.agent));
            }
            if let Some(wrap_up) = fold.wrap_ups.iter().find(|wrap_up| late(wrap_up.until)) {
                return Err(format!("{id}: the wrap-up of {} does not end", wrap_up.agent));
            }
            let turn = fold.bot_turns.first().filter(|turn| late(turn.since + limits().bot_turn));
            if let Some(turn) = turn.filter(|_| matches!(fold.controller, Controller::Bot)) {
                return Err(format!("{id}: nobody notices that the bot does not answer message {}", turn.message.0));
            }
            for (agent, _) in fold.held_slots() {
                let held = self.held.get(&(id, agent.clone())).copied().unwrap_or(standing.now);
                if standing.gone.get(&agent).is_some_and(|gone| late(held.max(*gone) + DISCONNECT_GRACE)) {
                    return Err(format!("{id} is held for {agent}, who has been gone for long"));
                }
            }
        }
        Ok(())
    }
}
