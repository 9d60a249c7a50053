//! When a conversation next needs attention. Timers are derived from the state, never stored.

use crate::command::Limits;
use crate::conversation::{Controller, Conversation};
use crate::event::Seq;
use crate::ids::{AgentId, HandoffId, OfferId};
use crate::planted::{Fault, planted};
use crate::time::Timestamp;

/// What is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    /// The bot promised a person in this message and asked for none; the shell answers it by `BreakPromise`.
    Promise(Seq),
    /// The bot has been silent for too long on this message; the shell asks for a handoff with an admission.
    BotTurn(Seq),
    OfferExpiry(OfferId),
    WrapUpLimit(HandoffId, AgentId),
    /// Nobody was there and the customer has chosen nothing.
    NobodyChoice,
    Idle,
}

impl Conversation {
    /// The earliest thing that will be due, if any.
    pub fn deadline(&self, limits: &Limits) -> Option<(Timestamp, Due)> {
        let wrap_ups = self
            .wrap_ups
            .iter()
            .filter(|_| !planted(Fault::WrapUpNeverEnds))
            .map(|wrap_up| (wrap_up.until, Due::WrapUpLimit(wrap_up.handoff, wrap_up.agent.clone())));
        wrap_ups.chain(self.controller_deadline(limits)).min_by_key(|(at, _)| *at)
    }

    fn controller_deadline(&self, limits: &Limits) -> Option<(Timestamp, Due)> {
        match &self.controller {
            Controller::Bot if !self.started() => None,
            Controller::Bot => {
                let answer = match self.bot_turns.first() {
                    Some(turn) => (turn.since + limits.bot_turn, Due::BotTurn(turn.message)),
                    None => (self.last_message_at + limits.idle, Due::Idle),
                };
                let promise = self.promised.zip(limits.promise);
                let promise = promise.map(|((message, at), limit)| (at + limit, Due::Promise(message)));
                promise.into_iter().chain([answer]).min_by_key(|(at, _)| *at)
            }
            // A customer who left an address is answered later, however long it takes.
            Controller::Queued { handoff } => (!handoff.staffed && !handoff.contact_left)
                .then(|| (handoff.unstaffed_since + limits.nobody_choice, Due::NobodyChoice)),
            Controller::Offered { offer, .. } => Some((offer.expires_at, Due::OfferExpiry(offer.id))),
            Controller::Agent { .. } | Controller::Closed => None,
        }
    }
}
