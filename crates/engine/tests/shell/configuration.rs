//! The configuration under those who wait: tried out before, applied beside, and gone back from.

use std::time::Duration;

use baton_core::Timestamp;
use baton_engine::config::versions::Applying;
use baton_engine::{EngineError, plan_in_store};

use crate::house::{CONFIG, House, agent, is_queued};

fn without_technical() -> String {
    let lines = CONFIG.lines().filter(|line| !line.trim_start().starts_with("technical: {name"));
    lines.collect::<Vec<_>>().join("\n").replace("queues: [general, technical]", "queues: [general]")
}

#[tokio::test(start_paused = true)]
async fn a_plan_says_who_moves_and_who_is_asked_and_changes_nothing() {
    let mut house = House::open().await;
    house.arrives("jonas").await;
    let mut customer = house.customer().await;
    customer.writes("my server is down, let me talk to a human please").await;
    let queued = customer.until("waiting", is_queued).await;
    assert_eq!(queued.conversation.handoff().unwrap().queue.as_str(), "technical");

    let plan = house.engine.plan(&without_technical()).unwrap();
    assert_eq!((plan.against, plan.waiting, plan.effects.len()), (1, 1, 1));
    let effect = &plan.effects[0];
    assert_eq!((effect.now.queue.as_str(), effect.now.staffed), ("technical", false));
    assert_eq!((effect.then.queue.as_str(), effect.then.place), ("general", 1));
    assert_eq!(effect.now.asked, None);
    assert!(plan.changes.iter().any(|change| change.section == "queues" && change.key.as_deref() == Some("technical")));
    assert_eq!(house.engine.deployment().version, 1);

    // The database alone says the same of who moves.
    let stored = plan_in_store(house.engine.store(), &without_technical(), house.engine.now()).await.unwrap();
    assert_eq!((stored.against, stored.waiting), (1, 1));
    assert_eq!(stored.effects[0].then.queue.as_str(), "general");
}

#[tokio::test(start_paused = true)]
async fn whoever_leaves_the_configuration_with_a_customer_is_named_before() {
    let mut house = House::open().await;
    house.arrives("jonas").await;
    let _customer = house.asks_for_a_person().await;
    house.accepts("jonas").await;
    let gone: String = CONFIG.lines().filter(|line| !line.contains("jonas:")).collect::<Vec<_>>().join("\n");
    let plan = house.engine.plan(&gone).unwrap();
    assert_eq!(plan.returned, [(agent("jonas"), 1)]);
}

#[tokio::test(start_paused = true)]
async fn a_configuration_that_somebody_else_applied_is_noticed() {
    let house = House::open().await;
    let renamed = CONFIG.replace("organisation: Test", "organisation: Renamed");
    let store = house.engine.store();
    store.write(move |tx| tx.put_config(1, Timestamp(5), "another process", None, &renamed)).await.unwrap();
    while house.engine.deployment().version == 1 {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(house.engine.deployment().organisation(), "Renamed");
}

#[tokio::test(start_paused = true)]
async fn going_back_is_a_step_forward_and_a_race_has_one_winner() {
    let house = House::open().await;
    let engine = &house.engine;
    let renamed = CONFIG.replace("organisation: Test", "organisation: Renamed");
    let applied = engine.apply(&renamed, &Applying::by("agent:sam")).await.unwrap();
    assert_eq!(applied, (2, true));
    assert_eq!(engine.apply(&renamed, &Applying::by("agent:sam")).await.unwrap(), (2, false));
    assert_eq!(engine.roll_back(None, &Applying::by("agent:sam")).await.unwrap(), (3, true));
    assert_eq!(engine.deployment().organisation(), "Test");
    let late = Applying { expected: Some(2), ..Applying::by("agent:ana") };
    let refused = engine.apply(&renamed, &late).await.unwrap_err();
    assert!(matches!(refused, EngineError::VersionConflict { expected: 2, current: 3 }), "{refused}");
    let refused = engine.roll_back(Some(9), &Applying::by("agent:sam")).await.unwrap_err();
    assert!(matches!(refused, EngineError::Invalid { .. }), "{refused}");
    let long = Applying { note: Some("x".repeat(501)), ..Applying::by("agent:sam") };
    assert!(engine.apply(&renamed, &long).await.is_err());
}
