//! Whether a right reaches a target.

use std::collections::BTreeSet;

use baton_core::{AgentId, ChannelId, Conversation, QueueId};

use super::{Act, Scope, scope};
use crate::principal::Principal;

/// What an act is about.
#[derive(Debug, Clone, Copy)]
pub enum Target<'a> {
    /// The principal itself, a list that is filtered for it, or the deployment.
    Nothing,
    Channel(&'a ChannelId),
    Conversation(&'a Conversation),
    /// A conversation with the queues and the agents of its past handoffs, which its state does not keep.
    Remembered {
        conversation: &'a Conversation,
        last_queue: Option<&'a QueueId>,
        agents: &'a BTreeSet<AgentId>,
    },
}

/// The matrix's answer.
pub fn allow(principal: &Principal, act: Act, target: Target<'_>) -> bool {
    match scope(act, principal.kind()) {
        Scope::Denied => false,
        Scope::All => true,
        Scope::Themselves => matches!(target, Target::Nothing),
        Scope::Own => is_own(principal, target),
        Scope::Channel => is_in_channel(principal, target),
        Scope::Queues | Scope::Controlling => is_in_queues(principal, target),
    }
}

fn is_own(principal: &Principal, target: Target<'_>) -> bool {
    match (principal, target) {
        (
            Principal::Customer { customer, .. },
            Target::Conversation(conversation) | Target::Remembered { conversation, .. },
        ) => conversation.customer == Some(*customer),
        (Principal::Customer { .. }, Target::Nothing | Target::Channel(_))
        | (
            Principal::Bot { .. } | Principal::Agent { .. } | Principal::Supervisor { .. } | Principal::Admin { .. },
            Target::Nothing | Target::Channel(_) | Target::Conversation(_) | Target::Remembered { .. },
        ) => false,
    }
}

fn is_in_channel(principal: &Principal, target: Target<'_>) -> bool {
    let Principal::Bot { bot, channels } = principal else { return false };
    match target {
        Target::Nothing => true,
        Target::Channel(channel) => channels.contains(channel),
        // One bot answers a conversation, from its start: the one of its channel at that time.
        Target::Conversation(conversation) | Target::Remembered { conversation, .. } => {
            conversation.bot.as_ref() == Some(bot)
        }
    }
}

fn is_in_queues(principal: &Principal, target: Target<'_>) -> bool {
    let (agent, queues) = match principal {
        // A supervisor without a list of queues supervises all of them.
        Principal::Supervisor { queues, .. } if queues.is_empty() => return true,
        Principal::Agent { agent, queues } | Principal::Supervisor { agent, queues } => (agent, queues),
        Principal::Customer { .. } | Principal::Bot { .. } | Principal::Admin { .. } => return false,
    };
    match target {
        Target::Nothing => true,
        Target::Channel(_) => false,
        Target::Conversation(conversation) => serves(agent, queues, conversation),
        Target::Remembered { conversation, last_queue, agents } => {
            serves(agent, queues, conversation)
                || agents.contains(agent)
                || (conversation.handoff().is_none() && last_queue.is_some_and(|queue| queues.contains(queue)))
        }
    }
}

/// By the conversation's state alone.
fn serves(agent: &AgentId, queues: &BTreeSet<QueueId>, conversation: &Conversation) -> bool {
    conversation.handoff().is_some_and(|handoff| queues.contains(&handoff.queue))
        || conversation.agent() == Some(agent)
        || conversation.offered_to() == Some(agent)
        || conversation.last_agent.as_ref() == Some(agent)
        || conversation.wrap_ups.iter().any(|wrap_up| wrap_up.agent == *agent)
}
