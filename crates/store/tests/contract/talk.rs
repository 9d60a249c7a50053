//! A conversation that people have: commands are decided by the rules and appended, as the shell does it.

use std::time::Duration;

use baton_core::{
    Admission, AgentId, Command, Conversation, ConversationId, CustomerId, HandoffId, Language, Limits, Needs, OfferId,
    Recorded, Requester, Seq, Slot, Staffing, Timestamp, Trigger, Verdict,
};
use baton_store::{Append, Appended, Body, Store, StoreError, Tx};
use uuid::Uuid;

pub(crate) const SECOND: i64 = 1_000;
/// When all stories begin.
pub(crate) const START: i64 = 1_795_500_000_000;

pub(crate) fn key<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

pub(crate) fn agent(name: &str) -> AgentId {
    key(name)
}

pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp(START + seconds * SECOND)
}

pub(crate) struct Talk {
    pub(crate) store: Store,
    pub(crate) fold: Conversation,
    pub(crate) now: Timestamp,
}

impl Talk {
    /// A customer opens the widget.
    pub(crate) fn begins(store: &Store) -> Self {
        Self::begins_as(store, CustomerId(Uuid::now_v7()), "website", at(0))
    }

    pub(crate) fn begins_as(store: &Store, customer: CustomerId, channel: &str, now: Timestamp) -> Self {
        let id = ConversationId(Uuid::now_v7());
        let mut talk = Self { store: store.clone(), fold: Conversation::empty(id), now };
        let start =
            Command::Start { channel: key(channel), bot: key("support"), customer, language: Language::ENGLISH };
        talk.does(&start);
        talk
    }

    pub(crate) fn id(&self) -> ConversationId {
        self.fold.id
    }

    pub(crate) fn waits(&mut self, seconds: i64) -> &mut Self {
        self.now = Timestamp(self.now.0 + seconds * SECOND);
        self
    }

    /// Does what must succeed.
    pub(crate) fn does(&mut self, command: &Command) -> &mut Self {
        assert_eq!(self.tries(command, None), Appended::Done, "{command:?}");
        self
    }

    /// Decides and appends; the fold goes on only when it was written.
    pub(crate) fn tries(&mut self, command: &Command, client_id: Option<&str>) -> Appended {
        let prepared = self.prepare(command, client_id);
        let appended = prepared.append(&self.store).unwrap();
        if appended == Appended::Done {
            self.fold = prepared.after;
        }
        appended
    }

    pub(crate) fn prepare(&self, command: &Command, client_id: Option<&str>) -> Prepared {
        let events = self.fold.decide(self.now, &Limits::default(), command).unwrap();
        Prepared::new(&self.fold, self.now, events, client_id)
    }

    pub(crate) fn says(&mut self, text: &str) -> &mut Self {
        self.says_as(text, None);
        self
    }

    /// The customer writes, with a client's id.
    pub(crate) fn says_as(&mut self, text: &str, client_id: Option<&str>) -> Appended {
        let mut prepared = self.prepare(&customer_message(text), client_id);
        prepared.bodies = vec![Body {
            seq: self.fold.seq.next(),
            text: text.to_owned(),
            extra: serde_json::json!({ "typed_ms": 12 }),
        }];
        let appended = prepared.append(&self.store).unwrap();
        if appended == Appended::Done {
            self.fold = prepared.after;
        }
        appended
    }

    pub(crate) fn asks_for_a_person(&mut self, queue: &str) -> HandoffId {
        let handoff = HandoffId(Uuid::now_v7());
        self.does(&Command::RequestHandoff {
            handoff,
            by: Requester::Customer,
            epoch: None,
            triggers: vec![Trigger::ExplicitRequest, Trigger::Rule(key("legal"))],
            admission: staffed(queue),
        });
        handoff
    }

    pub(crate) fn is_offered_to(&mut self, name: &str, slot: u8) -> OfferId {
        let offer = OfferId(Uuid::now_v7());
        let command = self.offer(offer, name, slot);
        self.does(&command);
        offer
    }

    pub(crate) fn offer(&self, offer: OfferId, name: &str, slot: u8) -> Command {
        let handoff = self.fold.handoff().unwrap().id;
        let expires_at = self.now + Duration::from_secs(30);
        Command::MakeOffer { offer, handoff, agent: agent(name), slots: vec![Slot(slot)], expires_at }
    }

    /// From the request to a person who answers.
    pub(crate) fn is_taken_by(&mut self, name: &str, slot: u8) -> HandoffId {
        let handoff = self.asks_for_a_person("general");
        let offer = self.is_offered_to(name, slot);
        self.does(&Command::AcceptOffer { offer, agent: agent(name) });
        handoff
    }
}

pub(crate) fn staffed(queue: &str) -> Admission {
    Admission { queue: key(queue), needs: Needs::default(), staffing: Staffing::Staffed { position: 1, wait: None } }
}

pub(crate) fn nobody(queue: &str) -> Admission {
    Admission {
        queue: key(queue),
        needs: Needs::default(),
        staffing: Staffing::Nobody { reason: baton_core::NobodyReason::NobodyAvailable, opens_at: None },
    }
}

pub(crate) fn customer_message(text: &str) -> Command {
    Command::PostCustomerMessage {
        body_bytes: u32::try_from(text.len()).unwrap(),
        verdict: Box::new(Verdict::keep(Language::ENGLISH)),
        handoff: HandoffId(Uuid::now_v7()),
        admission: staffed("general"),
    }
}

/// What is ready to be appended, again and again if need be.
#[derive(Clone)]
pub(crate) struct Prepared {
    pub(crate) at: Timestamp,
    pub(crate) client_id: Option<String>,
    pub(crate) events: Vec<baton_core::Event>,
    pub(crate) bodies: Vec<Body>,
    pub(crate) before: Conversation,
    pub(crate) after: Conversation,
}

impl Prepared {
    pub(crate) fn new(
        before: &Conversation,
        at: Timestamp,
        events: Vec<baton_core::Event>,
        client_id: Option<&str>,
    ) -> Self {
        let mut after = before.clone();
        for event in &events {
            after.apply(at, event);
        }
        let client_id = client_id.map(str::to_owned);
        Self { at, client_id, events, bodies: Vec::new(), before: before.clone(), after }
    }

    pub(crate) fn within(&self, tx: &mut dyn Tx) -> Result<Appended, StoreError> {
        tx.append(&Append {
            conversation: self.before.id,
            client_id: self.client_id.as_deref(),
            at: self.at,
            events: &self.events,
            bodies: &self.bodies,
            before: &self.before,
            after: &self.after,
            deadline: self.after.deadline(&Limits::default()).map(|(at, _)| at),
        })
    }

    pub(crate) fn append(&self, store: &Store) -> Result<Appended, StoreError> {
        let own = self.clone();
        store.write_blocking(move |tx| own.within(tx))
    }
}

/// The whole log of a conversation, as it stands.
pub(crate) fn log_of(store: &Store, id: ConversationId) -> Vec<Recorded> {
    store.read_blocking(move |tx| tx.events(id, Seq(0), 10_000)).unwrap()
}
