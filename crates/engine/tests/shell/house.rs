//! One helper a boundary: a running engine with a configuration, its people, and what to wait for.

use std::sync::Arc;
use std::time::Duration;

use baton_core::{
    AgentId, ChannelId, Controller, ConversationId, CustomerId, Event, HandoffId, OfferId, Seq, Timestamp,
};
use baton_engine::{
    Availability, Change, Clock, Connected, Engine, Listener, OfferInfo, Options, Posted, Snapshot, Start, StoredEvent,
    Subscriber,
};
use baton_store::Store;
use serde_json::Map;
use uuid::Uuid;

/// The runtime's own time: with a paused runtime it jumps to whatever is due next.
pub(crate) struct VirtualClock(tokio::time::Instant);

impl VirtualClock {
    pub(crate) fn begin() -> Self {
        Self(tokio::time::Instant::now())
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Timestamp {
        Timestamp(1_800_000_000_000) + self.0.elapsed()
    }
}

pub(crate) const CONFIG: &str = r#"
organisation: Test
settings: {wrap_up_s: 30, away_grace_s: 20, disconnect_grace_s: 10, bot_turn_s: 60, nobody_choice_s: 600}
channels:
  website: {title: Test, bot: slow}
bots:
  slow: {kind: api, name: Slow bot}
default_queue: general
queues:
  general: {name: General, ring_s: 20}
  technical: {name: Technical, topics: [technical], skills: {technical: 2}}
topics:
  technical: {phrases: [server, database]}
  legal: {phrases: [lawyer]}
rules:
  legal: {when: 'topic == "legal"', then: hand_off, priority: 5}
agents:
  ana: {name: Ana, email: ana@example.org, queues: [general, technical], skills: {technical: 3}, languages: [en, es], capacity: 2}
  jonas: {name: Jonas, email: jonas@example.org, queues: [general], languages: [en], capacity: 1}
  sam: {name: Sam, email: sam@example.org, role: admin}
dispositions: {answered: Answered}
"#;

pub(crate) struct House {
    pub(crate) engine: Engine,
    /// While these live the agents are connected.
    connections: Vec<Connected>,
}

pub(crate) fn agent(key: &str) -> AgentId {
    AgentId::new(key).unwrap()
}

impl House {
    pub(crate) async fn open() -> Self {
        Self::open_with(CONFIG, Store::in_memory()).await
    }

    pub(crate) async fn open_with(config: &str, store: Store) -> Self {
        let document = config.to_owned();
        store.write(move |tx| tx.put_config(0, Timestamp(0), "test", None, &document)).await.unwrap();
        Self::reopen(store).await
    }

    pub(crate) async fn reopen(store: Store) -> Self {
        let clock = Arc::new(VirtualClock::begin());
        let engine = Engine::start(store, Options { clock, ..Options::default() }).await.unwrap();
        Self { engine, connections: Vec::new() }
    }

    /// The agent opens the console and is available.
    pub(crate) async fn arrives(&mut self, key: &str) {
        self.connections.push(self.engine.agent_connected(&agent(key)));
        self.engine.set_availability(&agent(key), Availability::Available, None).await.unwrap();
    }

    /// Every console is closed at once.
    pub(crate) fn everybody_loses_the_connection(&mut self) {
        self.connections.clear();
    }

    /// A customer opens the widget.
    pub(crate) async fn customer(&self) -> Customer {
        let id = ConversationId(Uuid::now_v7());
        let start = Start {
            id,
            channel: ChannelId::new("website").unwrap(),
            customer: CustomerId(Uuid::now_v7()),
            language: None,
            page: None,
            attributes: Map::new(),
        };
        self.engine.start_conversation(start).await.unwrap();
        let mut changes = self.engine.connect(Listener::Customer);
        changes.subscribe(id);
        let _ = &mut changes;
        Customer { engine: self.engine.clone(), id, changes, number: 0 }
    }

    /// A new customer who asks for a person with the first message.
    pub(crate) async fn asks_for_a_person(&self) -> Customer {
        let mut customer = self.customer().await;
        customer.writes("agent please").await;
        customer
    }

    /// Jonas, who has one slot, serves the first customer; the second waits.
    pub(crate) async fn one_is_served_and_one_waits(&mut self) -> (Customer, Customer) {
        self.arrives("jonas").await;
        let first = self.asks_for_a_person().await;
        self.accepts("jonas").await;
        (first, self.asks_for_a_person().await)
    }

    /// The next offer that rings for an agent.
    pub(crate) async fn rings(&self, key: &str) -> OfferInfo {
        for _ in 0..10_000 {
            if let Some(offer) = self.engine.offers_of(&agent(key)).await.unwrap().into_iter().next() {
                return offer;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("nothing rings for {key}");
    }

    pub(crate) async fn accepts(&self, key: &str) -> (OfferId, Snapshot) {
        let offer = self.rings(key).await.offer;
        (offer, self.engine.accept_offer(agent(key), offer).await.unwrap())
    }
}

pub(crate) struct Customer {
    pub(crate) engine: Engine,
    pub(crate) id: ConversationId,
    changes: Subscriber,
    number: u32,
}

impl Customer {
    pub(crate) async fn writes(&mut self, text: &str) -> Posted {
        self.number += 1;
        let client_id = format!("c{}", self.number);
        self.engine.post_customer_message(self.id, client_id, text.to_owned()).await.unwrap()
    }

    /// After a restart.
    pub(crate) fn comes_back_to(&mut self, house: &House) {
        self.engine = house.engine.clone();
        self.changes = self.engine.connect(Listener::Customer);
        self.changes.subscribe(self.id);
    }

    pub(crate) async fn snapshot(&self) -> Snapshot {
        self.engine.snapshot(self.id).await.unwrap()
    }

    pub(crate) async fn handoff(&self) -> HandoffId {
        self.snapshot().await.conversation.handoff().expect("a handoff is under way").id
    }

    pub(crate) async fn log(&self) -> Vec<StoredEvent> {
        self.engine.events(self.id, Seq(0), 1_000).await.unwrap()
    }

    /// Waits until the conversation is as asked, by its own changes.
    pub(crate) async fn until(&mut self, what: &str, is: impl Fn(&Controller) -> bool) -> Snapshot {
        let waited = async {
            loop {
                let snapshot = self.snapshot().await;
                if is(&snapshot.conversation.controller) {
                    return snapshot;
                }
                self.changes.next().await.expect("still listening");
            }
        };
        match tokio::time::timeout(Duration::from_hours(2), waited).await {
            Ok(snapshot) => snapshot,
            Err(elapsed) => {
                panic!("{elapsed}: {what}; {:?}", self.snapshot().await.conversation.controller)
            }
        }
    }

    /// The next change that `pick` takes.
    pub(crate) async fn hears<T>(&mut self, pick: impl Fn(&Change) -> Option<T>) -> T {
        let heard = async {
            loop {
                let change = self.changes.next().await.expect("still listening");
                if let Some(picked) = pick(&change) {
                    return picked;
                }
            }
        };
        tokio::time::timeout(Duration::from_hours(2), heard).await.expect("it is heard")
    }
}

pub(crate) fn is_queued(controller: &Controller) -> bool {
    matches!(controller, Controller::Queued { .. })
}

pub(crate) fn is_offered(controller: &Controller) -> bool {
    matches!(controller, Controller::Offered { .. })
}

pub(crate) fn is_bot(controller: &Controller) -> bool {
    matches!(controller, Controller::Bot)
}

pub(crate) fn events(log: &[StoredEvent]) -> impl Iterator<Item = &Event> {
    log.iter().map(|stored| &stored.recorded.event)
}
