//! The eight steps, through the engine.

use baton_bots::HandbackFacts;
use baton_core::{
    ClosedBy, Controller, DeclineReason, Event, HandoffId, Needs, Notice, Rating, Rejection, Requester, Trigger,
};
use baton_engine::{BotMessage, Contact, EngineError, HandoffRequest, TransferTo};
use uuid::Uuid;

use crate::house::{House, agent, events, is_bot, is_offered, is_queued};

#[tokio::test(start_paused = true)]
async fn a_customer_is_handed_to_a_person_and_back_twice() {
    let mut house = House::open().await;
    house.arrives("ana").await;
    let mut customer = house.customer().await;
    for round in 0..2 {
        let question = customer.writes(&format!("how do opening hours work {round}")).await;
        let epoch = customer.snapshot().await.conversation.epoch;
        let answer = BotMessage {
            epoch,
            in_reply_to: Some(question.seq),
            text: "Like this.".into(),
            parts: baton_bots::Parts::default(),
            knew: true,
        };
        house.engine.post_bot_message(customer.id, format!("b{round}"), answer).await.unwrap();
        customer.writes("please let me talk to a real person").await;
        let offer = house.rings("ana").await;
        assert!(!offer.brief.brief.issue.text.is_empty());
        assert_eq!(offer.brief.brief.why, [Trigger::ExplicitRequest]);
        let (_, taken) = house.accepts("ana").await;
        let epoch = taken.conversation.epoch;
        house
            .engine
            .post_agent_message(customer.id, agent("ana"), epoch, format!("a{round}"), "Hello".into())
            .await
            .unwrap();
        let handback =
            HandbackFacts { outcome: "solved".into(), facts: vec!["plan is gold".into()], ..HandbackFacts::default() };
        let back = house.engine.hand_back(customer.id, agent("ana"), epoch, handback, None).await.unwrap();
        assert!(is_bot(&back.conversation.controller));
        let open = *back.conversation.surveys.last().unwrap();
        house.engine.answer_survey(customer.id, open, Rating::new(5).unwrap(), Some("quick".into())).await.unwrap();
        house.engine.end_wrap_up(customer.id, agent("ana"), None).await.unwrap();
    }
    assert_eq!(customer.snapshot().await.conversation.handoffs, 2);
}

#[tokio::test(start_paused = true)]
async fn sending_the_same_message_twice_is_once_even_after_the_conversation_moved_on() {
    let house = House::open().await;
    let customer = house.customer().await;
    let send = || house.engine.post_customer_message(customer.id, "same".into(), "I need a human".into());
    let first = send().await.unwrap();
    house.engine.close(customer.id, ClosedBy::Customer, None).await.unwrap();
    let second = send().await.unwrap();
    assert_eq!(first.seq, second.seq);
    assert!(first.created && !second.created);
}

#[tokio::test(start_paused = true)]
async fn a_declined_offer_goes_to_the_next_agent_and_the_place_is_kept() {
    let mut house = House::open().await;
    house.arrives("ana").await;
    house.arrives("jonas").await;
    let mut customer = house.asks_for_a_person().await;
    let snapshot = customer.until("offered", is_offered).await;
    let first = snapshot.conversation.offered_to().unwrap().clone();
    let since = snapshot.conversation.handoff().unwrap().since;
    let offer = house.rings(first.as_str()).await;
    house.engine.decline_offer(first.clone(), offer.offer, DeclineReason::Busy).await.unwrap();
    let second = customer
        .until(
            "offered to the other",
            |controller| matches!(controller, Controller::Offered { offer, .. } if offer.agent != first),
        )
        .await;
    assert_eq!(second.conversation.handoff().unwrap().since, since);
    let gone = house.engine.accept_offer(first, offer.offer).await;
    assert!(matches!(gone, Err(EngineError::Rejected(Rejection::OfferGone))));
}

#[tokio::test(start_paused = true)]
async fn accepting_twice_is_once() {
    let mut house = House::open().await;
    house.arrives("ana").await;
    let _customer = house.asks_for_a_person().await;
    let (offer, first) = house.accepts("ana").await;
    let again = house.engine.accept_offer(agent("ana"), offer).await.unwrap();
    assert_eq!(first.conversation.seq, again.conversation.seq);
}

#[tokio::test(start_paused = true)]
async fn asking_again_with_the_same_id_after_it_is_over_is_no_second_handoff() {
    let mut house = House::open().await;
    house.arrives("ana").await;
    let customer = house.customer().await;
    let request = HandoffRequest {
        handoff: HandoffId(uuid::Uuid::now_v7()),
        by: Requester::Customer,
        epoch: None,
        needs: baton_core::Needs::default(),
    };
    house.engine.request_handoff(customer.id, request.clone()).await.unwrap();
    house.engine.cancel_handoff(customer.id).await.unwrap();
    // The first answer was lost on the way: the client asks again.
    let again = house.engine.request_handoff(customer.id, request).await.unwrap();
    assert!(matches!(again.conversation.controller, Controller::Bot));
    assert_eq!(again.conversation.handoffs, 1);
}

#[tokio::test(start_paused = true)]
async fn an_agent_whose_connection_is_lost_gives_back_what_they_hold_after_the_grace_period() {
    let mut house = House::open().await;
    house.arrives("ana").await;
    let mut customer = house.customer().await;
    customer.writes("I want to speak to an agent").await;
    let (_, taken) = house.accepts("ana").await;
    let since = taken.conversation.handoff().unwrap().since;
    house.everybody_loses_the_connection();
    let waiting = customer.until("waiting again", is_queued).await;
    assert_eq!(waiting.conversation.handoff().unwrap().since, since);
    house.arrives("jonas").await;
    customer.until("offered to Jonas", is_offered).await;
    assert_eq!(customer.snapshot().await.conversation.offered_to(), Some(&agent("jonas")));
}

#[tokio::test(start_paused = true)]
async fn nobody_available_is_told_at_once_and_somebody_coming_is_too() {
    let mut house = House::open().await;
    let mut customer = house.customer().await;
    customer.writes("can I speak to a human").await;
    let log = customer.log().await;
    assert!(events(&log).any(|event| matches!(event, Event::NoticePosted { notice: Notice::NobodyAvailable { .. } })));
    house.engine.leave_contact(customer.id, Contact::Email("me@example.org".into()), "call me".into()).await.unwrap();
    house.arrives("ana").await;
    let offer = house.rings("ana").await;
    let known: Vec<_> = offer.brief.brief.known.iter().map(|known| known.value.as_str()).collect();
    assert!(known.contains(&"me@example.org"), "{known:?}");
    house.accepts("ana").await;
}

#[tokio::test(start_paused = true)]
async fn a_rule_sends_legal_matters_to_people_with_priority() {
    let mut house = House::open().await;
    let mut customer = house.customer().await;
    customer.writes("my lawyer will hear of this").await;
    let snapshot = customer.snapshot().await;
    let handoff = snapshot.conversation.handoff().expect("handed off by the rule");
    assert!(handoff.triggers.iter().any(|trigger| matches!(trigger, Trigger::Rule(rule) if rule.as_str() == "legal")));
    assert_eq!(handoff.needs.priority.get(), 5);
    house.arrives("ana").await;
    house.accepts("ana").await;
}

#[tokio::test(start_paused = true)]
async fn the_topic_chooses_the_queue_and_the_skill() {
    let mut house = House::open().await;
    house.arrives("jonas").await;
    let mut customer = house.customer().await;
    customer.writes("our database server is down, let me talk to a person").await;
    let snapshot = customer.until("waiting", is_queued).await;
    assert_eq!(snapshot.conversation.handoff().unwrap().queue.as_str(), "technical");
    house.arrives("ana").await;
    house.accepts("ana").await;
    let decisions = house.engine.decisions(customer.handoff().await).await.unwrap();
    assert_eq!(decisions.last().unwrap().chosen, Some(agent("ana")));
    assert!(decisions.first().unwrap().chosen.is_none(), "why nobody was there is on record too");
}

#[tokio::test(start_paused = true)]
async fn a_transfer_carries_the_note_to_the_agent_who_is_named() {
    let mut house = House::open().await;
    house.arrives("ana").await;
    let mut customer = house.customer().await;
    customer.writes("a person please").await;
    let (_, taken) = house.accepts("ana").await;
    house.arrives("jonas").await;
    let epoch = Some(taken.conversation.epoch);
    house
        .engine
        .transfer(
            customer.id,
            agent("ana"),
            epoch,
            TransferTo::Agent(agent("jonas")),
            Needs::default(),
            Some("knows billing".into()),
        )
        .await
        .unwrap();
    let offer = house.rings("jonas").await;
    assert_eq!(offer.brief.transfer_note.as_deref(), Some("knows billing"));
    house.accepts("jonas").await;
}

#[tokio::test(start_paused = true)]
async fn a_handoff_under_way_survives_a_restart() {
    let store = baton_store::Store::in_memory();
    let mut house = House::open_with(crate::house::CONFIG, store.clone()).await;
    house.arrives("ana").await;
    let mut customer = house.customer().await;
    let id = customer.id;
    customer.writes("human please").await;
    house.accepts("ana").await;
    house.engine.stop().await;
    drop((house, customer));
    let mut house = House::reopen(store).await;
    let snapshot = house.engine.snapshot(id).await.unwrap();
    assert_eq!(snapshot.conversation.agent(), Some(&agent("ana")));
    house.arrives("ana").await;
    let epoch = snapshot.conversation.epoch;
    house.engine.post_agent_message(id, agent("ana"), epoch, "again".into(), "Still here".into()).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn no_agent_is_ever_above_capacity_whoever_assigns() {
    let mut house = House::open().await;
    house.arrives("jonas").await;
    let mut customers = Vec::new();
    for _ in 0..6 {
        customers.push(house.customer().await);
    }
    let mut tasks = Vec::new();
    for customer in &customers {
        let (engine, id) = (house.engine.clone(), customer.id);
        tasks.push(tokio::spawn(async move { engine.assign(id, agent("jonas"), agent("sam")).await.is_ok() }));
    }
    let mut assigned = 0;
    for task in tasks {
        assigned += usize::from(task.await.unwrap());
    }
    assert!(assigned <= 1, "capacity is one and {assigned} were assigned");
    let slots = house.engine.store().read(|tx| tx.slots()).await.unwrap();
    assert!(slots.len() <= 1);
}

#[tokio::test(start_paused = true)]
async fn asking_with_the_same_id_twice_is_one_handoff() {
    let mut house = House::open().await;
    house.arrives("ana").await;
    let customer = house.customer().await;
    let request = HandoffRequest {
        handoff: HandoffId(Uuid::now_v7()),
        by: Requester::Customer,
        epoch: None,
        needs: baton_core::Needs::default(),
    };
    house.engine.request_handoff(customer.id, request.clone()).await.unwrap();
    house.engine.request_handoff(customer.id, request).await.unwrap();
    assert_eq!(customer.snapshot().await.conversation.handoffs, 1);
}
