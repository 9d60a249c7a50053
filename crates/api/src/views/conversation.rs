//! A conversation's state, its row in a list, and marks.

use baton_core::{Action, Actor, Controller, Conversation, Handoff, Timestamp};
use baton_engine::{Place, Snapshot};
use baton_store::{Customer, Marks};

use super::event::wait_view;
use super::verdict::{timing_name, triggers_view};
use super::{Audience, Viewer};
use crate::matrix::{Kind, Scope, act_of, scope};
use crate::principal::Principal;
use crate::wire::{
    ActionName, ControllerName, ControllerView, ConversationSummary, ConversationView, CustomerView, HandoffView,
    MarksView, PlaceView, TimingMarkView, WrapUpView,
};

/// Longest text of a last message in a list, in characters.
const LAST_TEXT_CHARS: usize = 160;

impl Viewer<'_> {
    /// The state, with what `principal` can do.
    pub(crate) fn conversation(&self, snapshot: &Snapshot, principal: &Principal, now: Timestamp) -> ConversationView {
        let can = self.can(&snapshot.conversation, &principal.actor(), principal.kind(), now);
        self.conversation_that_can(snapshot, can)
    }

    pub(crate) fn can(
        &self,
        conversation: &Conversation,
        actor: &Actor,
        kind: Kind,
        now: Timestamp,
    ) -> Vec<ActionName> {
        let actions = conversation.can(now, self.deployment.limits(), actor);
        actions.into_iter().filter(|action| scope(act_of(*action), kind) != Scope::Denied).map(action_name).collect()
    }

    /// The state without knowing who exactly reads.
    pub(crate) fn conversation_that_can(&self, snapshot: &Snapshot, can: Vec<ActionName>) -> ConversationView {
        let conversation = &*snapshot.conversation;
        let staff = self.audience.is_staff();
        let bot_controls = matches!(conversation.controller, Controller::Bot);
        ConversationView {
            id: conversation.id.0,
            seq: conversation.seq.0,
            epoch: conversation.epoch.0,
            channel: conversation.channel.as_ref().map(ToString::to_string).unwrap_or_default(),
            language: conversation.language.to_string(),
            started_at: conversation.started_at.0,
            last_message_at: conversation.last_message_at.0,
            controller: self.controller(&conversation.controller),
            handoff: conversation.handoff().map(|handoff| self.handoff(handoff)),
            place: snapshot.place.map(place_view),
            wrap_ups: conversation
                .wrap_ups
                .iter()
                .filter(|_| staff)
                .map(|wrap_up| WrapUpView {
                    handoff: wrap_up.handoff.0,
                    agent: wrap_up.agent.to_string(),
                    until: wrap_up.until.0,
                })
                .collect(),
            surveys: conversation
                .surveys
                .iter()
                .filter(|_| self.audience != Audience::Bot)
                .map(|handoff| handoff.0)
                .collect(),
            suggest_person: bot_controls && conversation.suggestion.is_some(),
            suggested_at: conversation.suggestion.as_ref().filter(|_| bot_controls).map(|open| open.message.0),
            timing_marks: conversation
                .timing_marks
                .iter()
                .filter(|_| staff)
                .map(|(handoff, timing)| TimingMarkView { handoff: handoff.0, timing: timing_name(*timing) })
                .collect(),
            bot_owes: bot_controls && !conversation.bot_turns.is_empty(),
            can,
            customer: self.audience.staff(customer_view(&snapshot.customer)),
        }
    }

    fn controller(&self, controller: &Controller) -> ControllerView {
        let plain = |kind| ControllerView { kind, agent: None, agent_name: None, offer: None, offer_expires_at: None };
        match controller {
            Controller::Bot => plain(ControllerName::Bot),
            Controller::Closed => plain(ControllerName::Closed),
            Controller::Agent { agent, .. } => ControllerView {
                agent: self.agent_key(agent),
                agent_name: Some(self.agent_name(agent)),
                ..plain(ControllerName::Agent)
            },
            Controller::Offered { offer, .. } if self.audience.is_staff() => ControllerView {
                kind: ControllerName::Offered,
                agent: Some(offer.agent.to_string()),
                agent_name: Some(self.agent_name(&offer.agent)),
                offer: Some(offer.id.0),
                offer_expires_at: Some(offer.expires_at.0),
            },
            // Who is being asked is the staff's affair; the customer waits.
            Controller::Queued { .. } | Controller::Offered { .. } => plain(ControllerName::Queued),
        }
    }

    fn handoff(&self, handoff: &Handoff) -> HandoffView {
        let staff = self.audience;
        HandoffView {
            id: handoff.id.0,
            since: handoff.since.0,
            staffed: handoff.staffed,
            contact_left: handoff.contact_left,
            accepted_at: handoff.accepted_at.map(|at| at.0),
            queue: staff.staff(handoff.queue.to_string()),
            queue_name: staff.staff(self.deployment.queue_name(&handoff.queue).to_owned()),
            triggers: staff.staff(triggers_view(&handoff.triggers)).unwrap_or_default(),
            priority: staff.staff(handoff.needs.priority.get()),
            topic: handoff.needs.topic.as_ref().filter(|_| staff.is_staff()).map(ToString::to_string),
        }
    }

    pub(crate) fn summary(&self, snapshot: &Snapshot, marks: Marks) -> ConversationSummary {
        let conversation = &*snapshot.conversation;
        let handoff = conversation.handoff();
        let queue = handoff.map(|handoff| &handoff.queue).filter(|_| self.audience.is_staff());
        let last = snapshot.last.as_deref();
        ConversationSummary {
            id: conversation.id.0,
            seq: conversation.seq.0,
            channel: conversation.channel.as_ref().map(ToString::to_string).unwrap_or_default(),
            controller: self.controller(&conversation.controller),
            queue: queue.map(ToString::to_string),
            queue_name: queue.map(|queue| self.deployment.queue_name(queue).to_owned()),
            handoff: handoff.map(|handoff| handoff.id.0),
            since: handoff.map(|handoff| handoff.since.0),
            started_at: conversation.started_at.0,
            last_message_at: conversation.last_message_at.0,
            customer_name: snapshot.customer.name.clone().filter(|_| self.audience.is_staff()),
            wrapping_up: self.audience.is_staff() && !conversation.wrap_ups.is_empty(),
            agents: if self.audience.is_staff() { agents_of(conversation) } else { Vec::new() },
            last_text: last.map(|last| last.text.chars().take(LAST_TEXT_CHARS).collect()),
            last_author: last.map(|last| self.author(&last.author, &snapshot.customer, &self.bot_name(conversation))),
            unread: self.unread(snapshot, marks),
        }
    }

    /// The other side's messages after what this side has read.
    fn unread(&self, snapshot: &Snapshot, marks: Marks) -> u64 {
        match self.audience {
            Audience::Customer => snapshot.unread_by_customer(marks.customer_read),
            Audience::Bot | Audience::Staff => snapshot.unread_by_staff(marks.staff_read),
        }
    }

    pub(super) fn bot_name(&self, conversation: &Conversation) -> String {
        conversation.bot.as_ref().map(|bot| self.deployment.bot_name(bot).to_owned()).unwrap_or_default()
    }
}

fn agents_of(conversation: &Conversation) -> Vec<String> {
    let mut agents: Vec<String> =
        conversation.held_slots().into_iter().map(|(agent, _)| agent.as_str().to_owned()).collect();
    agents.sort_unstable();
    agents.dedup();
    agents
}

pub(crate) fn customer_view(customer: &Customer) -> CustomerView {
    CustomerView {
        id: customer.id.0,
        identified: customer.subject.is_some(),
        name: customer.name.clone(),
        email: customer.email.clone(),
        tier: customer.tier.clone(),
        attributes: customer.attributes.clone(),
    }
}

pub(crate) fn place_view(place: Place) -> PlaceView {
    PlaceView { position: place.position, wait: place.wait.map(wait_view) }
}

pub(crate) fn marks_view(marks: Marks) -> MarksView {
    MarksView {
        customer_delivered: marks.customer_delivered.0,
        customer_read: marks.customer_read.0,
        staff_delivered: marks.staff_delivered.0,
        staff_read: marks.staff_read.0,
    }
}

fn action_name(action: Action) -> ActionName {
    match action {
        Action::PostMessage => ActionName::PostMessage,
        Action::PostNote => ActionName::PostNote,
        Action::RequestHandoff => ActionName::RequestHandoff,
        Action::CancelHandoff => ActionName::CancelHandoff,
        Action::LeaveContact => ActionName::LeaveContact,
        Action::AcceptOffer => ActionName::AcceptOffer,
        Action::DeclineOffer => ActionName::DeclineOffer,
        Action::Assign => ActionName::Assign,
        Action::Transfer => ActionName::Transfer,
        Action::ChangePriority => ActionName::ChangePriority,
        Action::HandBack => ActionName::HandBack,
        Action::Close => ActionName::Close,
        Action::EndWrapUp => ActionName::EndWrapUp,
        Action::AnswerSurvey => ActionName::AnswerSurvey,
        Action::AnswerSuggestion => ActionName::AnswerSuggestion,
    }
}
