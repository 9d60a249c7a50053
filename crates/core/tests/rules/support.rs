//! One helper a boundary: a conversation that takes commands and keeps what came of them.

use std::time::Duration;

use baton_core::{
    Admission, AgentId, BotId, ChannelId, Command, Conversation, ConversationId, CustomerId, Epoch, Event, HandoffId,
    Language, Limits, Needs, OfferId, QueueId, Recorded, Rejection, Seq, Slot, Staffing, Timestamp, Trigger, Verdict,
    VerdictKind,
};
use uuid::Uuid;

pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp(seconds * 1000)
}

pub(crate) fn ana() -> AgentId {
    AgentId::new("ana").unwrap()
}

pub(crate) fn jonas() -> AgentId {
    AgentId::new("jonas").unwrap()
}

pub(crate) fn billing() -> QueueId {
    QueueId::new("billing").unwrap()
}

pub(crate) fn handoff(number: u128) -> HandoffId {
    HandoffId(Uuid::from_u128(number))
}

pub(crate) fn offer(number: u128) -> OfferId {
    OfferId(Uuid::from_u128(number))
}

pub(crate) fn staffed() -> Admission {
    Admission { queue: billing(), needs: Needs::default(), staffing: Staffing::Staffed { position: 1, wait: None } }
}

pub(crate) fn nobody() -> Admission {
    Admission {
        staffing: Staffing::Nobody { reason: baton_core::NobodyReason::NobodyAvailable, opens_at: None },
        ..staffed()
    }
}

pub(crate) fn verdict(kind: VerdictKind) -> Box<Verdict> {
    let triggers = if kind == VerdictKind::HandOff { vec![Trigger::ExplicitRequest] } else { Vec::new() };
    Box::new(Verdict { kind, triggers, ..Verdict::keep(Language::ENGLISH) })
}

/// A conversation with its log.
pub(crate) struct Talk {
    pub(crate) now: Timestamp,
    pub(crate) limits: Limits,
    pub(crate) state: Conversation,
    pub(crate) log: Vec<Recorded>,
}

impl Talk {
    /// A customer opened the widget at second 0.
    pub(crate) fn started() -> Self {
        let id = ConversationId(Uuid::from_u128(1));
        let mut talk = Self { now: at(0), limits: Limits::default(), state: Conversation::empty(id), log: Vec::new() };
        talk.must(Command::Start {
            channel: ChannelId::new("website").unwrap(),
            bot: BotId::new("support").unwrap(),
            customer: CustomerId(Uuid::from_u128(2)),
            language: Language::ENGLISH,
        });
        talk
    }

    pub(crate) fn when(&mut self, seconds: i64) -> &mut Self {
        self.now = at(seconds);
        self
    }

    pub(crate) fn order(&mut self, command: &Command) -> Result<Vec<Event>, Rejection> {
        let events = self.state.decide(self.now, &self.limits, command)?;
        for event in &events {
            self.state.apply(self.now, event);
            self.log.push(Recorded {
                conversation: self.state.id,
                seq: self.state.seq,
                at: self.now,
                event: event.clone(),
            });
        }
        Ok(events)
    }

    pub(crate) fn must(&mut self, command: Command) -> Vec<Event> {
        match self.order(&command) {
            Ok(events) => events,
            Err(rejection) => panic!("{command:?} was refused: {rejection}"),
        }
    }

    pub(crate) fn epoch(&self) -> Epoch {
        self.state.epoch
    }

    pub(crate) fn customer_writes(&mut self, kind: VerdictKind) -> Seq {
        self.customer_writes_to(kind, staffed())
    }

    pub(crate) fn customer_writes_to(&mut self, kind: VerdictKind, admission: Admission) -> Seq {
        let before = self.state.seq;
        let handoff = handoff(1000 + u128::from(before.0));
        self.must(Command::PostCustomerMessage { body_bytes: 10, verdict: verdict(kind), handoff, admission });
        before.next()
    }

    pub(crate) fn bot_answers(epoch: Epoch, in_reply_to: Seq) -> Command {
        Command::PostBotMessage { epoch, in_reply_to: Some(in_reply_to), body_bytes: 5, knew: true, promise: None }
    }

    /// The customer asked for a person at the present second.
    pub(crate) fn asked_for_a_person(&mut self) -> HandoffId {
        self.customer_writes(VerdictKind::HandOff);
        self.state.handoff().expect("a handoff is under way").id
    }

    pub(crate) fn offered_to(&mut self, agent: &AgentId, number: u128, expires: i64) -> OfferId {
        let id = offer(number);
        let handoff = self.state.handoff().expect("a handoff is under way").id;
        self.must(Command::MakeOffer {
            offer: id,
            handoff,
            agent: agent.clone(),
            slots: vec![Slot(0)],
            expires_at: at(expires),
        });
        id
    }

    pub(crate) fn accepted_by(&mut self, agent: &AgentId, number: u128) {
        let expires = self.now.0 / 1000 + 20;
        let offer = self.offered_to(agent, number, expires);
        self.must(Command::AcceptOffer { offer, agent: agent.clone() });
    }

    pub(crate) fn hand_back(&mut self, agent: &AgentId) {
        let epoch = self.epoch();
        self.must(Command::HandBack { agent: agent.clone(), epoch, wrap_up: Duration::from_mins(2), survey: true });
    }
}
