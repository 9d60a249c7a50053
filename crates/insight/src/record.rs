//! What a report is made from: one record a handoff, one a conversation.

use std::time::Duration;

use baton_core::{HandoffId, QueueId, Timestamp, Trigger};

/// How a handoff ended, or that it has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Back to the bot.
    HandedBack,
    /// The conversation was closed.
    Closed,
    /// The customer left while waiting.
    Abandoned,
    /// The customer left a message instead of waiting on.
    MessageLeft,
    /// It waits or is being handled.
    Open,
}

/// One handoff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoffRecord {
    pub handoff: HandoffId,
    /// The queue it was last in.
    pub queue: QueueId,
    pub requested_at: Timestamp,
    /// When an agent first accepted it.
    pub accepted_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub outcome: Outcome,
    pub triggers: Vec<Trigger>,
    /// 1 to 5, as the customer answered; anything else is not counted.
    pub rating: Option<u8>,
    /// How long slots were held for it, wrap-up included.
    pub handle: Option<Duration>,
}

/// One conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConversationRecord {
    /// Whether a person was ever asked for, whatever became of it.
    pub had_handoff: bool,
    pub closed: bool,
    /// Whether the bot's last answer was one it stood behind; `None` when it never answered.
    pub last_bot_knew: Option<bool>,
}

impl HandoffRecord {
    /// Request to first accept.
    pub fn speed_of_answer(&self) -> Option<Duration> {
        self.accepted_at.map(|accepted| accepted.since(self.requested_at))
    }

    /// How long the customer has waited for an agent: until the accept, the end, or `now`.
    pub fn waited(&self, now: Timestamp) -> Duration {
        self.accepted_at.or(self.ended_at).unwrap_or(now).since(self.requested_at)
    }
}
