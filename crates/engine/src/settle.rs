//! After an append: everybody is told, and what must happen next is set going. All of it can be derived from the log
//! again, so a process that dies here loses nothing but time.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use baton_core::planted::{Fault, planted};
use baton_core::{
    AbandonReason, AgentId, BotPromise, Controller, Conversation, Event, HandoffId, Recorded, RescindReason, Timestamp,
};

use crate::config::Role;
use crate::hub::{AppendedChange, Change, StoredEvent};
use crate::shell::{Loaded, Shell};

/// How long whoever was found to be gone is not asked for the same handoff again. Engines that do not agree about who is
/// there, because one of them stood still, would pass it to and fro as fast as the store writes until they do.
const GONE_PAUSE: Duration = Duration::from_secs(3);

/// Who appended what is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// This process: it also sets going what must happen next.
    Here,
    /// Perhaps this process, which did not learn that it was kept.
    InDoubt,
    /// Another engine, which sets going what must happen next.
    Elsewhere,
}

impl Shell {
    pub(crate) fn settle(
        self: &Arc<Self>,
        before: &Conversation,
        loaded: &Loaded,
        events: Vec<StoredEvent>,
        deadline: Option<Timestamp>,
        origin: Origin,
    ) {
        let after = &loaded.conversation;
        if let Some(last) = events.last() {
            self.witness(last.recorded.at);
        }
        if let Some(deadline) = deadline
            && deadline.0 < self.earliest.load(Ordering::Acquire)
        {
            self.due.notify_one();
        }
        let moved =
            before.epoch != after.epoch || before.wrap_ups != after.wrap_ups || before.handoff() != after.handoff();
        if moved {
            let now = self.now();
            let mut floor = self.floor();
            floor.settle(after, now);
            for event in &events {
                self.learn(&mut floor, before, after, &event.recorded, now);
            }
            drop(floor);
            self.route.notify_one();
        }
        if origin == Origin::Here {
            let mut counts = self.counts();
            for StoredEvent { recorded, .. } in &events {
                counts.count(before, after, &recorded.event, recorded.at);
            }
        }
        for event in &events {
            self.announce(&event.recorded.event);
        }
        self.unshow(before, after);
        let denied = events
            .iter()
            .any(|event| matches!(event.recorded.event, Event::PromiseMade { promise: BotPromise::Cannot, .. }));
        // The conversation itself first: whoever reads it is not to wait for everybody's lists.
        if self.hub.followed(after.id) {
            self.hub.to_followers(
                after.id,
                Change::Appended(AppendedChange {
                    conversation: after.id,
                    snapshot: self.snapshot_of(loaded),
                    events,
                    rendered: Default::default(),
                }),
            );
        }
        if moved || !matches!(after.controller, Controller::Bot) {
            self.tell_staff(before, loaded, moved);
        }
        match origin {
            Origin::Here => self.begin_bot_turns(before, loaded),
            Origin::InDoubt => self.begin_bot_turns(&Conversation::empty(after.id), loaded),
            Origin::Elsewhere => {}
        }
        if denied && matches!(origin, Origin::Here | Origin::InDoubt) {
            self.answer_denial(loaded);
        }
        if before.offered_to() != after.offered_to() && after.offered_to().is_some() {
            self.ring(loaded.clone());
        }
        if let Some(handoff) = after.handoff().filter(|handoff| before.handoff().map(|old| old.id) != Some(handoff.id))
        {
            match origin {
                Origin::Here | Origin::InDoubt => self.write_summary(after.id, handoff.id),
                Origin::Elsewhere => {}
            }
        }
    }

    /// What the waits, the misses and the exclusions learn from an event.
    fn learn(
        &self,
        floor: &mut crate::floor::FloorState,
        before: &Conversation,
        after: &Conversation,
        recorded: &Recorded,
        now: Timestamp,
    ) {
        let habits = self.deployment.load().habits;
        let at = recorded.at;
        match &recorded.event {
            Event::OfferAccepted { agent, .. } | Event::HandoffTaken { agent, .. } => {
                floor.forgive(agent);
                if let Some(handoff) = after.handoff().filter(|handoff| handoff.accepted_at == Some(at)) {
                    floor.waits.accepted(handoff.id, &handoff.queue, at.since(handoff.since), now);
                }
            }
            Event::OfferDeclined { agent, .. } => {
                if let Some(handoff) = after.handoff() {
                    floor.floor.exclude(handoff.id, agent, now + habits.decline_pause);
                    floor.rest(handoff.id, now);
                }
            }
            Event::OfferExpired { agent, .. } => {
                if let Some(handoff) = after.handoff() {
                    floor.floor.exclude(handoff.id, agent, now + habits.decline_pause);
                    floor.rest(handoff.id, now);
                }
                floor.miss(agent, habits.misses_until_away);
            }
            Event::OfferRescinded { agent, reason: RescindReason::AgentGone, .. }
            | Event::HandoffReturned { agent, .. } => {
                if let Some(handoff) = after.handoff().filter(|_| !planted(Fault::GoneAskedAtOnce)) {
                    floor.floor.exclude(handoff.id, agent, now + GONE_PAUSE);
                    floor.rest(handoff.id, now);
                }
            }
            Event::HandoffAbandoned { reason, .. } => {
                if let (AbandonReason::Left | AbandonReason::StayedWithBot, Some(handoff)) = (reason, before.handoff())
                {
                    floor.waits.abandoned(handoff.id, &handoff.queue, at.since(handoff.since), now);
                }
            }
            Event::HandedBack { .. } | Event::ConversationClosed { .. } => {
                if let (Controller::Agent { handoff, .. }, Some(accepted)) =
                    (&before.controller, before.handoff().and_then(|handoff| handoff.accepted_at))
                {
                    floor.waits.handled(&handoff.queue, at.since(accepted), at);
                }
            }
            Event::HandoffRequested { .. } => {
                if let Some(handoff) = after.handoff()
                    && let Some(snapshot) = floor.floor.snapshot(handoff.id, now)
                {
                    floor.waits.joined(handoff.id, &snapshot);
                }
            }
            Event::HandoffTransferred { .. } | Event::HandoffMoved { .. } | Event::HandoffAssigned { .. } => {
                // Another wait begins, or this one was cut short; what was promised can no longer be judged.
                if let Some(handoff) = after.handoff() {
                    floor.waits.forget(handoff.id);
                }
            }
            Event::ConversationStarted { .. }
            | Event::MessagePosted { .. }
            | Event::NotePosted { .. }
            | Event::TurnAssessed { .. }
            | Event::BotTurnFailed { .. }
            | Event::SuggestionDeclined { .. }
            | Event::PromiseMade { .. }
            | Event::PromiseBroken { .. }
            | Event::OpinionGiven { .. }
            | Event::TimingMarked { .. }
            | Event::AnswerRated { .. }
            | Event::StaffingChanged { .. }
            | Event::NoticePosted { .. }
            | Event::OfferMade { .. }
            | Event::OfferRescinded { .. }
            | Event::AlternativeOffered { .. }
            | Event::PriorityChanged { .. }
            | Event::ContactLeft { .. }
            | Event::WrapUpEnded { .. }
            | Event::SurveyOffered { .. }
            | Event::SurveyAnswered { .. } => {}
        }
    }

    /// Stops the ringing of an offer that is over.
    fn announce(&self, event: &Event) {
        let (offer, agent, reason) = match event {
            Event::OfferAccepted { offer, agent, .. } => (*offer, agent, "accepted"),
            Event::OfferDeclined { offer, agent, .. } => (*offer, agent, "declined"),
            Event::OfferExpired { offer, agent } => (*offer, agent, "expired"),
            Event::OfferRescinded { offer, agent, reason } => (
                *offer,
                agent,
                match reason {
                    RescindReason::CustomerLeft => "customer_left",
                    RescindReason::AgentGone => "agent_gone",
                    RescindReason::Reassigned => "reassigned",
                },
            ),
            Event::ConversationStarted { .. }
            | Event::MessagePosted { .. }
            | Event::NotePosted { .. }
            | Event::TurnAssessed { .. }
            | Event::BotTurnFailed { .. }
            | Event::SuggestionDeclined { .. }
            | Event::PromiseMade { .. }
            | Event::PromiseBroken { .. }
            | Event::OpinionGiven { .. }
            | Event::TimingMarked { .. }
            | Event::AnswerRated { .. }
            | Event::HandoffRequested { .. }
            | Event::StaffingChanged { .. }
            | Event::NoticePosted { .. }
            | Event::OfferMade { .. }
            | Event::HandoffAssigned { .. }
            | Event::HandoffTaken { .. }
            | Event::AlternativeOffered { .. }
            | Event::HandoffReturned { .. }
            | Event::HandoffMoved { .. }
            | Event::HandoffTransferred { .. }
            | Event::PriorityChanged { .. }
            | Event::ContactLeft { .. }
            | Event::HandedBack { .. }
            | Event::HandoffAbandoned { .. }
            | Event::WrapUpEnded { .. }
            | Event::SurveyOffered { .. }
            | Event::SurveyAnswered { .. }
            | Event::ConversationClosed { .. } => return,
        };
        let whom = agent.clone();
        self.hub.to_staff(Change::OfferGone { agent: whom.clone(), offer, reason }, |listener, _| *listener == whom);
    }

    /// Refreshes the lists of the staff who had or have it in view. Once an agent has it, a message that moves nothing
    /// stands in that agent's list and in those who supervise, not in the waiting list of everybody else.
    fn tell_staff(&self, before: &Conversation, loaded: &Loaded, moved: bool) {
        let after = &loaded.conversation;
        let queues: Vec<_> =
            [before, after.as_ref()].iter().filter_map(|state| state.handoff()).map(|handoff| &handoff.queue).collect();
        let mut people: Vec<&AgentId> = Vec::new();
        for state in [before, after.as_ref()] {
            people.extend(state.agent());
            people.extend(state.offered_to());
            people.extend(&state.last_agent);
            people.extend(state.wrap_ups.iter().map(|wrap_up| &wrap_up.agent));
        }
        let everybody = moved || after.agent().is_none();
        let deployment = self.deployment.load();
        let supervises = |agent: &AgentId| deployment.agent(agent).is_some_and(|agent| agent.role != Role::Agent);
        let snapshot = self.snapshot_of(loaded);
        self.hub.to_staff(Change::Summary { snapshot }, |agent, seen| {
            people.contains(&agent)
                || ((everybody || supervises(agent))
                    && seen.is_none_or(|seen| queues.iter().any(|queue| seen.contains(*queue))))
        });
    }

    /// Rings the agent who is asked, with the brief as the conversation stands.
    fn ring(self: &Arc<Self>, loaded: Loaded) {
        let shell = Arc::clone(self);
        tokio::spawn(async move {
            match shell.offer_info(&loaded).await {
                Ok(Some(info)) => {
                    let agent = info.agent.clone();
                    shell.hub.to_staff(Change::Offer(Box::new(info)), |listener, _| *listener == agent);
                }
                Ok(None) => {}
                Err(error) => tracing::error!(conversation = %loaded.conversation.id, %error, "ring the agent"),
            }
        });
    }

    fn write_summary(self: &Arc<Self>, conversation: baton_core::ConversationId, handoff: HandoffId) {
        if self.deployment.load().summary.is_none() {
            return;
        }
        let shell = Arc::clone(self);
        tokio::spawn(async move {
            if let Err(error) = shell.model_summary(conversation, handoff).await {
                tracing::warn!(%handoff, %error, "summary by the model; the extractive one stands");
            }
        });
    }
}
