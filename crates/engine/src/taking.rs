//! Handoffs that agents take themselves: shown to many at once, or there to be pulled from the queue. Of all who try the
//! first has it, by the one append that takes the slots.

use std::collections::BTreeSet;
use std::sync::Arc;

use baton_core::{AgentId, Command, Controller, Conversation, ConversationId, HandoffId, Language, QueueId, Rejection};
use baton_core::{Slot, Timestamp};
use baton_routing::{Announcement, Delivery, Takeable, WhyNot};

use crate::Engine;
use crate::briefs::BriefInfo;
use crate::error::EngineError;
use crate::hub::{Change, Snapshot};
use crate::shell::{Order, Shell};

/// Most handoffs listed at once for an agent to take.
const TAKEABLE_MAX: usize = 50;

/// Something an agent may take, with its brief.
#[derive(Debug, Clone)]
pub struct TakeableInfo {
    pub handoff: HandoffId,
    pub conversation: ConversationId,
    pub queue: QueueId,
    pub since: Timestamp,
    /// How many steps of relaxation let this agent take it.
    pub step: u8,
    /// Shown to everybody who could take it, as it came; otherwise it is there to be pulled.
    pub broadcast: bool,
    pub language: Language,
    pub brief: BriefInfo,
}

impl Shell {
    /// Shows a handoff to everybody who could take it.
    pub(crate) fn show(self: &Arc<Self>, announcement: Announcement) {
        let shell = Arc::clone(self);
        tokio::spawn(async move {
            let Announcement { handoff, conversation, agents, step } = announcement;
            let agents: BTreeSet<AgentId> = agents.into_iter().collect();
            let Some(waiting) = shell.floor().floor.waiting(handoff).cloned() else { return };
            let takeable = Takeable { handoff, conversation, queue: waiting.queue, since: waiting.since, step };
            match shell.takeable_info(takeable).await {
                Ok(info) => {
                    shell.floor().shown.entry(handoff).or_default().extend(agents.iter().cloned());
                    shell.hub.to_staff(Change::Takeable(Box::new(info)), |listener, _| agents.contains(listener));
                }
                Err(error) => tracing::error!(%conversation, %error, "show a handoff to those who may take it"),
            }
        });
    }

    /// Takes a handoff that waits no more off the screens that show it.
    pub(crate) fn unshow(&self, before: &Conversation, after: &Conversation) {
        let Controller::Queued { handoff } = &before.controller else { return };
        let waits = after.handoff().is_some_and(|now| now.id == handoff.id) && after.agent().is_none();
        if waits && matches!(after.controller, Controller::Queued { .. }) {
            return;
        }
        let Some(agents) = self.floor().shown.remove(&handoff.id) else { return };
        let gone = Change::TakeableGone { handoff: handoff.id };
        self.hub.to_staff(gone, |listener, _| agents.contains(listener));
    }

    async fn takeable_info(self: &Arc<Self>, takeable: Takeable) -> Result<TakeableInfo, EngineError> {
        let loaded = self.load(takeable.conversation).await?;
        let delivery = self.deployment.load().plan.queues.get(&takeable.queue).map(|queue| queue.delivery);
        Ok(TakeableInfo {
            handoff: takeable.handoff,
            conversation: takeable.conversation,
            queue: takeable.queue,
            since: takeable.since,
            step: takeable.step,
            broadcast: delivery == Some(Delivery::Broadcast),
            language: loaded.conversation.language,
            brief: self.brief_of(takeable.handoff).await?,
        })
    }
}

impl Engine {
    /// What an agent may take right now, first come first.
    pub async fn takeable(&self, agent: &AgentId) -> Result<Vec<TakeableInfo>, EngineError> {
        let listed = self.shell.floor().floor.takeable(agent, TAKEABLE_MAX);
        let mut takeable = Vec::with_capacity(listed.len());
        for one in listed {
            takeable.push(self.shell.takeable_info(one).await?);
        }
        Ok(takeable)
    }

    /// Takes a handoff from the queue. Taking twice by the same agent is once; of many agents one gets it.
    ///
    /// One that is gone, that is not theirs to take, or that never was are the same answer.
    pub async fn take_handoff(&self, agent: AgentId, handoff: HandoffId) -> Result<Snapshot, EngineError> {
        let row = self.shell.store.read(move |tx| tx.handoff(handoff)).await?;
        let conversation = row.ok_or(Rejection::NotWaiting)?.conversation;
        let shell = Arc::clone(&self.shell);
        let taken = self
            .act(conversation, move |loaded, _| {
                // Whoever has it already is asked for nothing more.
                let slots = if loaded.conversation.agent() == Some(&agent) {
                    Vec::new()
                } else {
                    let choice = shell.floor().floor.may_take(&agent, handoff);
                    choice.map_err(|why| not_taken(&agent, &why))?.slots.into_iter().map(Slot).collect()
                };
                Ok(Order::from(Command::TakeHandoff { handoff, agent: agent.clone(), slots }))
            })
            .await;
        if let Err(EngineError::AgentFull { .. }) = &taken {
            // Another process may have taken a slot that this one believed free.
            self.shell.reread_slots().await?;
        }
        taken
    }
}

fn not_taken(agent: &AgentId, why: &WhyNot) -> EngineError {
    match why {
        WhyNot::Full | WhyNot::TooFewSlots | WhyNot::SavesSlots | WhyNot::GivenToEarlier => {
            EngineError::AgentFull { agent: agent.clone() }
        }
        WhyNot::Offline | WhyNot::Away => {
            EngineError::invalid("availability", "say that you are available first; whoever is away takes nothing")
        }
        WhyNot::NotInQueue
        | WhyNot::MissingSkill { .. }
        | WhyNot::Language
        | WhyNot::Excluded { .. }
        | WhyNot::ReservedForAnother
        | WhyNot::WaitsForPreferred
        | WhyNot::MayTake
        | WhyNot::MayNotTake
        | WhyNot::NotWaiting
        | WhyNot::NotPreferred
        | WhyNot::NotSpeaker
        | WhyNot::WouldBeInterrupted
        | WhyNot::OtherQueue
        | WhyNot::NotLeastOccupied
        | WhyNot::NotBestSkill
        | WhyNot::NotLongestIdle => EngineError::Rejected(Rejection::NotWaiting),
    }
}
