//! Two engines that do not agree about who is there.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use baton_core::Event;
use baton_engine::{Availability, Engine, Ids, Options};
use baton_store::{EngineRow, Store};
use uuid::Uuid;

use crate::house::{CONFIG, House, VirtualClock, agent, events};

/// An engine's own id is the first that it makes.
struct KnownFirst(Mutex<Option<Uuid>>);

impl Ids for KnownFirst {
    fn make(&self) -> Uuid {
        self.0.lock().unwrap().take().unwrap_or_else(Uuid::now_v7)
    }
}

#[tokio::test(start_paused = true)]
async fn a_handoff_is_not_passed_to_and_fro_between_an_engine_that_sees_an_agent_and_one_that_does_not() {
    let store = Store::in_memory();
    let house = House::open_with(CONFIG, store.clone()).await;
    let other = Uuid::now_v7();
    let options = Options {
        clock: Arc::new(VirtualClock::begin()),
        ids: Arc::new(KnownFirst(Mutex::new(Some(other)))),
        ..Options::default()
    };
    let engine = Engine::start(store.clone(), options).await.unwrap();
    let connection = engine.agent_connected(&agent("ana"));
    engine.set_availability(&agent("ana"), Availability::Available, None).await.unwrap();
    tokio::time::sleep(Duration::from_secs(5)).await;
    drop(connection);
    tokio::time::sleep(Duration::from_mins(1)).await;
    let customer = house.asks_for_a_person().await;

    // The other engine's row is one from when Ana was still there, as if it had stood still since; it knows better.
    let row = EngineRow { engine: other, beat: 1_000, agents: BTreeSet::from([agent("ana")]) };
    store.write(move |tx| tx.put_engine(&row)).await.unwrap();
    tokio::time::sleep(Duration::from_secs(30)).await;

    let log = customer.log().await;
    let made = events(&log).filter(|event| matches!(event, Event::OfferMade { .. })).count();
    assert!((1..=3).contains(&made), "{made} offers");
}
