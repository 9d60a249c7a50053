//! Suggestions, promises, shadows and marks, told through the whole engine.

use std::time::Duration;

use baton_core::{BotPromise, Event, HandoffId, Rejection, TimingMark, Trigger, VerdictKind};
use baton_engine::config::versions::Applying;
use baton_engine::{BotMessage, EngineError, Lever, Trial};
use baton_store::Store;
use uuid::Uuid;

use crate::house::{CONFIG, Customer, House, agent, events, is_queued};

const ANNOYED: &str = "the answer was disappointing";

async fn bot_says(customer: &Customer, text: &str) {
    let epoch = customer.snapshot().await.conversation.epoch;
    let said =
        BotMessage { epoch, in_reply_to: None, text: text.to_owned(), parts: baton_bots::Parts::default(), knew: true };
    customer.engine.post_bot_message(customer.id, format!("b-{}", Uuid::now_v7()), said).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_customer_who_says_yes_to_a_person_gets_one_with_what_led_to_the_question() {
    let mut house = House::open().await;
    house.arrives("ana").await;
    let mut customer = house.customer().await;
    customer.writes(ANNOYED).await;
    let suggested = customer.snapshot().await.conversation.suggestion.clone().expect("a person is suggested");
    let handoff = HandoffId(Uuid::now_v7());
    let accepted = house.engine.accept_suggestion(customer.id, suggested.message, handoff).await.unwrap();
    let waiting = accepted.conversation.handoff().unwrap();
    assert_eq!(waiting.triggers, [Trigger::Suggestion, Trigger::Frustration]);
    let again = house.engine.accept_suggestion(customer.id, suggested.message, handoff).await.unwrap();
    assert_eq!(again.conversation.handoffs, 1, "yes twice is once");
    house.accepts("ana").await;
}

#[tokio::test(start_paused = true)]
async fn after_a_no_nobody_asks_again_until_the_cool_down_is_over() {
    let config = format!("{CONFIG}policy: {{cool_down: {{turns: 1, minutes: 30}}}}\n");
    let house = House::open_with(&config, Store::in_memory()).await;
    let mut customer = house.customer().await;
    customer.writes(ANNOYED).await;
    let message = customer.snapshot().await.conversation.suggestion.clone().unwrap().message;
    house.engine.decline_suggestion(customer.id, message).await.unwrap();
    house.engine.decline_suggestion(customer.id, message).await.unwrap();
    assert_eq!(
        events(&customer.log().await).filter(|event| matches!(event, Event::SuggestionDeclined { .. })).count(),
        1
    );
    customer.writes("that page was disappointing too").await;
    assert_eq!(customer.snapshot().await.conversation.last_verdict, Some(VerdictKind::Keep));
    customer.writes(ANNOYED).await;
    assert!(customer.snapshot().await.conversation.suggestion.is_some());
    let late = house.engine.decline_suggestion(customer.id, baton_core::Seq(1)).await;
    assert!(matches!(late, Err(EngineError::Rejected(Rejection::NoSuggestion))));
}

#[tokio::test(start_paused = true)]
async fn a_bot_that_promises_a_person_and_asks_for_none_has_its_word_kept() {
    let house = House::open().await;
    let mut customer = house.customer().await;
    customer.writes("how do I change the address").await;
    bot_says(&customer, "One moment, I'm connecting you to a colleague now.").await;
    let queued = customer.until("the promise is kept", is_queued).await;
    assert_eq!(queued.conversation.handoff().unwrap().triggers, [Trigger::BrokenPromise]);
    let log = customer.log().await;
    assert!(events(&log).any(|event| matches!(event, Event::PromiseMade { promise: BotPromise::Connecting, .. })));
    assert!(events(&log).any(|event| matches!(event, Event::PromiseBroken { .. })));
}

#[tokio::test(start_paused = true)]
async fn by_another_configuration_a_broken_promise_is_only_noted() {
    let config = format!("{CONFIG}promises: {{broken: notice, after_s: 5}}\n");
    let house = House::open_with(&config, Store::in_memory()).await;
    let mut customer = house.customer().await;
    customer.writes("how do I change the address").await;
    bot_says(&customer, "I'm connecting you to a colleague now.").await;
    for _ in 0..1_000 {
        if events(&customer.log().await).any(|event| matches!(event, Event::PromiseBroken { .. })) {
            assert!(customer.snapshot().await.conversation.handoff().is_none());
            return;
        }
        tokio::time::advance(Duration::from_millis(50)).await;
        tokio::task::yield_now().await;
    }
    panic!("the promise is never noted as broken");
}

#[tokio::test(start_paused = true)]
async fn a_shadow_records_what_it_would_have_done_and_does_nothing() {
    let config = format!("{CONFIG}shadows:\n  keener: {{frustration_threshold: 0.5}}\n");
    let house = House::open_with(&config, Store::in_memory()).await;
    let mut customer = house.customer().await;
    customer.writes("hello").await;
    let posted = customer.writes(ANNOYED).await;
    for _ in 0..1_000 {
        let examples = house.engine.shadow_examples("keener".to_owned(), 10).await.unwrap();
        let turns: u64 = house.engine.shadow_counts().await.unwrap().iter().map(|count| count.turns).sum();
        if let ([example], 2) = (examples.as_slice(), turns) {
            assert_eq!(
                (example.message, example.live, example.would),
                (posted.seq, VerdictKind::Suggest, VerdictKind::HandOff)
            );
            assert!(customer.snapshot().await.conversation.handoff().is_none());
            return;
        }
        tokio::task::yield_now().await;
        tokio::time::advance(Duration::from_millis(5)).await;
    }
    panic!("the shadow recorded nothing");
}

#[tokio::test(start_paused = true)]
async fn marks_suggest_a_threshold_that_is_tried_in_shadow_and_adopted_with_a_reason() {
    let mut house = House::open().await;
    house.arrives("ana").await;
    for _ in 0..3 {
        let mut customer = house.customer().await;
        customer.writes(ANNOYED).await;
        customer.writes("I want to talk to a person").await;
        let handoff = customer.handoff().await;
        let marked = house.engine.mark_timing(handoff, agent("ana"), Some(TimingMark::TooLate)).await.unwrap();
        assert_eq!(marked.conversation.timing_marks, [(handoff, TimingMark::TooLate)]);
        house.engine.mark_timing(handoff, agent("ana"), Some(TimingMark::TooLate)).await.unwrap();
    }
    let (advice, marked) = house.engine.advice().await.unwrap();
    assert_eq!(marked, 3);
    let advice = advice.first().expect("three late handoffs are ground enough");
    assert_eq!(advice.lever.key(), "frustration_threshold");
    assert_eq!((advice.sooner.of, advice.sooner.all), (3, 3));

    let why = Applying { note: Some("three came too late".to_owned()), ..Applying::by("agent:sam") };
    house.engine.turn_lever(advice.lever, Some(advice.to), Some("sooner"), &why).await.unwrap();
    assert_eq!(house.engine.shadows(), ["sooner"]);
    let trial = Trial { text: ANNOYED.to_owned(), history: Vec::new(), language: None, channel: None, tier: None };
    let tried = house.engine.assess(&trial).unwrap();
    assert_eq!((tried.verdict.kind, tried.shadows[0].1.kind), (VerdictKind::Suggest, VerdictKind::HandOff));

    house.engine.turn_lever(advice.lever, Some(advice.to), None, &why).await.unwrap();
    assert_eq!(house.engine.assess(&trial).unwrap().verdict.kind, VerdictKind::HandOff);
    let stands = house.engine.levers().into_iter().find(|lever| lever.lever == advice.lever).unwrap();
    assert!((stands.value.unwrap() - advice.to).abs() < 0.01);
    let refused = house.engine.turn_lever(Lever::all().nth(3).unwrap(), Some(0.2), None, &why).await;
    assert!(refused.is_err(), "a handoff below its suggestion is refused as in any configuration");
}
