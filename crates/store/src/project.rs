//! The projections of a conversation, computed from its fold: the head row, the slots, the handoff rows. Pure, and the
//! same for every database and the model.

use std::collections::BTreeSet;

use baton_core::{
    AgentId, Controller, Conversation, Event, HandoffId, OfferId, Recorded, Slot, Timestamp, TimingMark, Trigger,
};

use crate::{Append, ControllerKind, HandoffRow, Head, StoreError};

impl ControllerKind {
    pub(crate) const ALL: [Self; 5] = [Self::Bot, Self::Queued, Self::Offered, Self::Agent, Self::Closed];

    /// As it is written in the database and shown to people.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bot => "bot",
            Self::Queued => "queued",
            Self::Offered => "offered",
            Self::Agent => "agent",
            Self::Closed => "closed",
        }
    }

    fn of(controller: &Controller) -> Self {
        match controller {
            Controller::Bot => Self::Bot,
            Controller::Queued { .. } => Self::Queued,
            Controller::Offered { .. } => Self::Offered,
            Controller::Agent { .. } => Self::Agent,
            Controller::Closed => Self::Closed,
        }
    }

    /// Whether a handoff is under way, and so a queue is named.
    pub(crate) fn in_handoff(self) -> bool {
        match self {
            Self::Queued | Self::Offered | Self::Agent => true,
            Self::Bot | Self::Closed => false,
        }
    }
}

impl Head {
    /// The row for a conversation that has begun.
    pub(crate) fn of(conversation: &Conversation, deadline: Option<Timestamp>) -> Result<Self, StoreError> {
        let (Some(channel), Some(bot), Some(customer)) =
            (conversation.channel.clone(), conversation.bot.clone(), conversation.customer)
        else {
            return Err(StoreError::bug(format!("conversation {} does not begin with its start", conversation.id)));
        };
        let handoff = conversation.handoff();
        Ok(Self {
            conversation: conversation.id,
            seq: conversation.seq,
            channel,
            bot,
            customer,
            controller: ControllerKind::of(&conversation.controller),
            agent: conversation.agent().or(conversation.offered_to()).cloned(),
            queue: handoff.map(|handoff| handoff.queue.clone()),
            handoff: handoff.map(|handoff| handoff.id),
            since: handoff.map(|handoff| handoff.since),
            started_at: conversation.started_at,
            last_message_at: conversation.last_message_at,
            deadline,
            bot_owes: matches!(conversation.controller, Controller::Bot) && !conversation.bot_turns.is_empty(),
            wrapping_up: !conversation.wrap_ups.is_empty(),
        })
    }

    /// Whether nobody has to do anything.
    pub(crate) fn at_rest(&self) -> bool {
        !self.controller.in_handoff() && !self.bot_owes && !self.wrapping_up
    }
}

pub(crate) fn open_offer(conversation: &Conversation) -> Option<OfferId> {
    match &conversation.controller {
        Controller::Offered { offer, .. } => Some(offer.id),
        Controller::Bot | Controller::Queued { .. } | Controller::Agent { .. } | Controller::Closed => None,
    }
}

/// What an append lets go and what it takes, each slot once.
pub(crate) struct SlotChanges {
    pub(crate) released: Vec<(AgentId, Slot)>,
    pub(crate) taken: Vec<(AgentId, Slot)>,
}

impl SlotChanges {
    pub(crate) fn between(before: &Conversation, after: &Conversation) -> Self {
        let held_before: BTreeSet<_> = before.held_slots().into_iter().collect();
        let held_after: BTreeSet<_> = after.held_slots().into_iter().collect();
        Self {
            released: held_before.difference(&held_after).cloned().collect(),
            taken: held_after.difference(&held_before).cloned().collect(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.released.is_empty() && self.taken.is_empty()
    }
}

/// The events of an append as they will stand in the log.
pub(crate) fn recorded(append: &Append<'_>) -> impl Iterator<Item = Recorded> {
    let (conversation, at) = (append.conversation, append.at);
    let mut seq = append.before.seq;
    append.events.iter().cloned().map(move |event| {
        seq = seq.next();
        Recorded { conversation, seq, at, event }
    })
}

/// The handoff rows that an append changes; `load` gives a row as it stands.
pub(crate) fn handoff_rows(
    append: &Append<'_>,
    mut load: impl FnMut(HandoffId) -> Result<Option<HandoffRow>, StoreError>,
) -> Result<Vec<HandoffRow>, StoreError> {
    if append.events.iter().all(|event| !concerns_a_handoff_row(event)) {
        return Ok(Vec::new());
    }
    let mut changed: Vec<HandoffRow> = Vec::new();
    let mut fold = append.before.clone();
    for event in append.events {
        if let Event::HandoffRequested { handoff, triggers, queue, .. } = event {
            changed.push(HandoffRow {
                handoff: *handoff,
                conversation: append.conversation,
                queue: queue.clone(),
                requested_at: append.at,
                accepted_at: None,
                ended_at: None,
                outcome: "open".to_owned(),
                triggers: triggers.iter().map(trigger_code).collect::<Vec<_>>().join(","),
                agent: None,
                disposition: None,
                rating: None,
                wrap_up_ended_at: None,
                timing: None,
            });
        } else if let Some(id) = concerned(event, &fold) {
            let place = if let Some(place) = changed.iter().position(|row| row.handoff == id) {
                place
            } else {
                let row = load(id)?.ok_or_else(|| StoreError::corrupt(format!("handoff {id} has no row")))?;
                changed.push(row);
                changed.len() - 1
            };
            advance(&mut changed[place], append.at, event, &fold);
        }
        fold.apply(append.at, event);
    }
    Ok(changed)
}

/// The handoff whose row an event changes. `fold` is the state before the event.
fn concerned(event: &Event, fold: &Conversation) -> Option<HandoffId> {
    match event {
        Event::OfferAccepted { handoff, .. }
        | Event::HandoffAssigned { handoff, .. }
        | Event::HandoffTaken { handoff, .. }
        | Event::HandoffMoved { handoff, .. }
        | Event::HandoffTransferred { handoff, .. }
        | Event::HandedBack { handoff, .. }
        | Event::HandoffAbandoned { handoff, .. }
        | Event::WrapUpEnded { handoff, .. }
        | Event::SurveyAnswered { handoff, .. }
        | Event::TimingMarked { handoff, .. }
        | Event::HandoffRequested { handoff, .. } => Some(*handoff),
        Event::ConversationClosed { .. } => fold.handoff().map(|handoff| handoff.id),
        Event::ConversationStarted { .. }
        | Event::MessagePosted { .. }
        | Event::NotePosted { .. }
        | Event::TurnAssessed { .. }
        | Event::BotTurnFailed { .. }
        | Event::SuggestionDeclined { .. }
        | Event::AnswerRated { .. }
        | Event::PromiseMade { .. }
        | Event::PromiseBroken { .. }
        | Event::OpinionGiven { .. }
        | Event::StaffingChanged { .. }
        | Event::NoticePosted { .. }
        | Event::OfferMade { .. }
        | Event::OfferDeclined { .. }
        | Event::OfferExpired { .. }
        | Event::OfferRescinded { .. }
        | Event::AlternativeOffered { .. }
        | Event::HandoffReturned { .. }
        | Event::PriorityChanged { .. }
        | Event::ContactLeft { .. }
        | Event::SurveyOffered { .. } => None,
    }
}

/// A quick look, so that ordinary messages do not copy the fold.
fn concerns_a_handoff_row(event: &Event) -> bool {
    matches!(event, Event::ConversationClosed { .. })
        || concerned(event, &Conversation::empty(baton_core::ConversationId(uuid::Uuid::nil()))).is_some()
}

fn advance(row: &mut HandoffRow, at: Timestamp, event: &Event, fold: &Conversation) {
    match event {
        Event::OfferAccepted { agent, .. }
        | Event::HandoffAssigned { agent, .. }
        | Event::HandoffTaken { agent, .. } => {
            row.accepted_at.get_or_insert(at);
            row.agent = Some(agent.clone());
        }
        Event::HandoffTransferred { to, .. } => {
            row.queue = match to {
                baton_core::TransferTarget::Queue(queue) | baton_core::TransferTarget::Agent { queue, .. } => {
                    queue.clone()
                }
            };
        }
        Event::HandoffMoved { queue, .. } => row.queue = queue.clone(),
        Event::HandedBack { agent, .. } => {
            row.agent = Some(agent.clone());
            end(row, at, "handed_back");
        }
        Event::HandoffAbandoned { .. } => end(row, at, without_a_person(fold, "abandoned")),
        Event::ConversationClosed { disposition, .. } => {
            let waited = fold.agent().is_none();
            end(row, at, without_a_person(fold, if waited { "abandoned" } else { "closed" }));
            row.disposition = disposition.as_ref().map(ToString::to_string).or(row.disposition.take());
        }
        Event::WrapUpEnded { disposition, .. } => {
            row.wrap_up_ended_at = Some(at);
            row.disposition = disposition.as_ref().map(ToString::to_string).or(row.disposition.take());
        }
        Event::SurveyAnswered { rating, .. } => row.rating = Some(rating.get()),
        Event::TimingMarked { timing, .. } => row.timing = timing.map(|timing| timing_code(timing).to_owned()),
        Event::HandoffRequested { .. }
        | Event::ConversationStarted { .. }
        | Event::MessagePosted { .. }
        | Event::NotePosted { .. }
        | Event::TurnAssessed { .. }
        | Event::BotTurnFailed { .. }
        | Event::SuggestionDeclined { .. }
        | Event::AnswerRated { .. }
        | Event::PromiseMade { .. }
        | Event::PromiseBroken { .. }
        | Event::OpinionGiven { .. }
        | Event::StaffingChanged { .. }
        | Event::NoticePosted { .. }
        | Event::OfferMade { .. }
        | Event::OfferDeclined { .. }
        | Event::OfferExpired { .. }
        | Event::OfferRescinded { .. }
        | Event::AlternativeOffered { .. }
        | Event::HandoffReturned { .. }
        | Event::PriorityChanged { .. }
        | Event::ContactLeft { .. }
        | Event::SurveyOffered { .. } => {}
    }
}

/// A mark as reports count it.
fn timing_code(timing: TimingMark) -> &'static str {
    match timing {
        TimingMark::TooLate => "too_late",
        TimingMark::NotNeeded => "not_needed",
    }
}

fn end(row: &mut HandoffRow, at: Timestamp, outcome: &str) {
    row.ended_at = Some(at);
    outcome.clone_into(&mut row.outcome);
}

/// A customer who left an address and was never reached counts as a message, not as somebody who gave up.
fn without_a_person(fold: &Conversation, otherwise: &'static str) -> &'static str {
    let left_a_message = fold.handoff().is_some_and(|handoff| handoff.contact_left && handoff.accepted_at.is_none());
    if left_a_message { "message_left" } else { otherwise }
}

/// A trigger as reports count it: its code, and who asked when it was an agent.
fn trigger_code(trigger: &Trigger) -> String {
    let code = trigger.code();
    if let Trigger::Agent(agent) = trigger { format!("{code}:{agent}") } else { code }
}
