//! Waiting: the place, how it changes, and agents who do not answer.

use std::time::Duration;

use baton_core::{Controller, DeclineReason, Event};
use baton_engine::{Availability, Change};

use crate::house::{House, agent, events, is_offered, is_queued};

#[tokio::test(start_paused = true)]
async fn the_place_in_the_queue_is_told_as_it_changes() {
    let mut house = House::open().await;
    let (_first, second) = house.one_is_served_and_one_waits().await;
    let mut third = house.asks_for_a_person().await;
    third.until("waiting", is_queued).await;
    let place = |change: &Change| if let Change::Place { place, .. } = change { Some(place.position) } else { None };
    assert_eq!(third.snapshot().await.place.unwrap().position, 2);
    house.engine.cancel_handoff(second.id).await.unwrap();
    loop {
        if third.hears(place).await == 1 {
            break;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_agent_who_declines_and_is_alone_is_not_rung_again_at_once() {
    let mut house = House::open().await;
    house.arrives("jonas").await;
    let _customer = house.asks_for_a_person().await;
    let offer = house.rings("jonas").await;
    house.engine.decline_offer(agent("jonas"), offer.offer, DeclineReason::Busy).await.unwrap();
    let declined_at = house.engine.now();
    let again = house.rings("jonas").await;
    assert_ne!(again.offer, offer.offer);
    assert!(house.engine.now().since(declined_at) >= Duration::from_secs(10));
}

#[tokio::test(start_paused = true)]
async fn an_agent_who_misses_two_offers_is_set_away_and_the_customer_is_told_the_truth() {
    let mut house = House::open().await;
    house.arrives("jonas").await;
    let mut customer = house.asks_for_a_person().await;
    customer.until("rings once", is_offered).await;
    customer
        .until("nobody is there", |controller| matches!(controller, Controller::Queued { handoff } if !handoff.staffed))
        .await;
    let log = customer.log().await;
    let expired = events(&log).filter(|event| matches!(event, Event::OfferExpired { .. })).count();
    assert_eq!(expired, 2);
    assert_eq!(house.engine.agent_state(&agent("jonas")).unwrap().availability, Availability::Away);
}

#[tokio::test(start_paused = true)]
async fn an_agent_who_goes_away_keeps_the_conversation_for_the_grace_period_only() {
    let mut house = House::open().await;
    house.arrives("ana").await;
    let mut customer = house.asks_for_a_person().await;
    house.accepts("ana").await;
    house.engine.set_availability(&agent("ana"), Availability::Away, Some("lunch".into())).await.unwrap();
    tokio::time::sleep(Duration::from_secs(10)).await;
    assert_eq!(customer.snapshot().await.conversation.agent(), Some(&agent("ana")));
    customer.until("waiting again", is_queued).await;
}

#[tokio::test(start_paused = true)]
async fn a_customer_who_waits_long_enough_with_nobody_there_gets_the_bot_back() {
    let house = House::open().await;
    let mut customer = house.asks_for_a_person().await;
    customer.until("back with the bot", |controller| matches!(controller, Controller::Bot)).await;
}
