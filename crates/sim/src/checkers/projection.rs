//! The rows beside the log say what the log says.

use baton_core::{Controller, Event};
use baton_store::ControllerKind;

use crate::checkers::Checker;
use crate::config::limits;
use crate::judge::Seen;

pub(crate) struct Projection;

impl Checker for Projection {
    fn name(&self) -> &'static str {
        "projection"
    }

    fn appended(&mut self, seen: &Seen) -> Result<(), String> {
        let (fold, head) = (&seen.after, &seen.head);
        let (kind, agent) = match &fold.controller {
            Controller::Bot => (ControllerKind::Bot, None),
            Controller::Queued { .. } => (ControllerKind::Queued, None),
            Controller::Offered { offer, .. } => (ControllerKind::Offered, Some(&offer.agent)),
            Controller::Agent { agent, .. } => (ControllerKind::Agent, Some(agent)),
            Controller::Closed => (ControllerKind::Closed, None),
        };
        let owes = kind == ControllerKind::Bot && !fold.bot_turns.is_empty();
        let same = head.seq == fold.seq
            && head.controller == kind
            && head.agent.as_ref() == agent
            && head.handoff == fold.handoff().map(|handoff| handoff.id)
            && head.queue.as_ref() == fold.handoff().map(|handoff| &handoff.queue)
            && head.last_message_at == fold.last_message_at
            && head.bot_owes == owes
            && head.wrapping_up != fold.wrap_ups.is_empty();
        if !same {
            return Err(format!("the head says {head:?} and the log {:?}", fold.controller));
        }
        let deadline = fold.deadline(&limits()).map(|(at, _)| at);
        if head.deadline != deadline {
            return Err(format!("the head is due at {:?} and the log at {deadline:?}", head.deadline));
        }
        let open = seen.rows.iter().filter(|row| row.ended_at.is_none()).count();
        if open != usize::from(fold.handoff().is_some()) {
            return Err(format!("{open} handoffs are open by their rows"));
        }
        for recorded in &seen.events {
            if let Event::OfferAccepted { handoff, agent, .. } = &recorded.event {
                let row = seen.rows.iter().find(|row| row.handoff == *handoff);
                if row.is_none_or(|row| row.accepted_at.is_none() || row.agent.is_none()) {
                    return Err(format!("{agent} took handoff {handoff} and its row does not say so"));
                }
            }
        }
        Ok(())
    }
}
