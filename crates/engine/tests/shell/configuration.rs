//! The configuration under those who wait: tried out before, applied beside, and gone back from.

use std::time::Duration;

use baton_core::{Controller, Event, MoveReason, Needs, NobodyReason, QueueId, Staffing, Timestamp};
use baton_engine::config::versions::Applying;
use baton_engine::{EngineError, plan_in_store};
use baton_store::{SqliteOptions, Store};

use crate::house::{CONFIG, Customer, House, agent, events, is_queued};

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

    let plan = house.engine.plan(&without_technical()).await.unwrap();
    assert_eq!((plan.against, plan.waiting, plan.effects.len()), (1, 1, 1));
    let effect = &plan.effects[0];
    assert_eq!((effect.before.queue.as_str(), effect.before.staffed), ("technical", false));
    assert_eq!((effect.after.queue.as_str(), effect.after.position), ("general", 1));
    assert_eq!(effect.before.offered_to, None);
    assert!(plan.changes.iter().any(|change| change.section == "queues" && change.key.as_deref() == Some("technical")));
    assert_eq!(house.engine.deployment().version, 1);

    // The database alone says the same of who moves.
    let stored = plan_in_store(house.engine.store(), &without_technical(), house.engine.now()).await.unwrap();
    assert_eq!((stored.against, stored.waiting), (1, 1));
    assert_eq!(stored.effects[0].after.queue.as_str(), "general");
}

/// A customer asks for what only the queue that is about to go serves, after one who waits in the general queue.
async fn two_wait(house: &House) -> (Customer, Customer) {
    let (mut general, mut technical) = (house.customer().await, house.customer().await);
    technical.writes("my server is down, let me talk to a human please").await;
    technical.until("waiting", is_queued).await;
    general.writes("agent please").await;
    general.until("waiting", is_queued).await;
    (general, technical)
}

/// The move is the log's: an event with its reason, and the place is kept.
async fn assert_moved(customer: &mut Customer, since: Timestamp) {
    let in_general = |controller: &Controller| match controller {
        Controller::Queued { handoff } => handoff.queue.as_str() == "general",
        Controller::Bot | Controller::Offered { .. } | Controller::Agent { .. } | Controller::Closed => false,
    };
    let snapshot = customer.until("moved", in_general).await;
    let handoff = snapshot.conversation.handoff().unwrap();
    assert_eq!(handoff.since, since, "whoever is moved keeps the place");
    assert_eq!(snapshot.place.map_or(1, |place| place.position), 1, "who came first is first in the new queue");
    let log = customer.log().await;
    let moves: Vec<_> = events(&log).filter(|event| matches!(event, Event::HandoffMoved { .. })).collect();
    let [Event::HandoffMoved { queue, reason: MoveReason::QueueRemoved, .. }] = moves[..] else { panic!("{moves:?}") };
    assert_eq!(queue.as_str(), "general");
    let row = customer.engine.store().read({
        let id = handoff.id;
        move |tx| tx.handoff(id)
    });
    assert_eq!(row.await.unwrap().unwrap().queue.as_str(), "general", "reports count it where it waits");
}

// A real disk takes real time.
#[tokio::test]
async fn who_waits_in_a_queue_that_is_removed_is_moved_on_record_and_keeps_the_place() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_sqlite(&folder.path().join("baton.db"), &SqliteOptions::default()).unwrap();
    let house = House::open_with(CONFIG, store).await;
    let (_general, mut technical) = two_wait(&house).await;
    let since = technical.snapshot().await.conversation.handoff().unwrap().since;
    house.engine.apply(&without_technical(), &Applying::by("agent:sam")).await.unwrap();
    assert_moved(&mut technical, since).await;
}

// A real disk takes real time.
#[tokio::test]
async fn an_engine_that_starts_without_a_queue_moves_those_who_waited_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("baton.db");
    let store = Store::open_sqlite(&path, &SqliteOptions::default()).unwrap();
    let house = House::open_with(CONFIG, store).await;
    let (_general, mut technical) = two_wait(&house).await;
    let since = technical.snapshot().await.conversation.handoff().unwrap().since;
    house.engine.stop().await;
    let store = Store::open_sqlite(&path, &SqliteOptions::default()).unwrap();
    let changed = without_technical();
    store.write(move |tx| tx.put_config(1, Timestamp(5), "command line", None, &changed)).await.unwrap();
    let house = House::reopen(store).await;
    technical.comes_back_to(&house);
    assert_moved(&mut technical, since).await;
}

#[tokio::test(start_paused = true)]
async fn a_day_with_hours_of_its_own_closes_a_queue_that_the_week_says_is_open() {
    // The clock begins on 2027-01-15, a Friday, at 08:00 in UTC.
    let closed = CONFIG.replace(
        "general: {name: General, ring_s: 20}",
        "general: {name: General, ring_s: 20, hours: \"Mo-Fr 07:00-18:00\", time_zone: UTC, \
         exceptional_days: {\"2027-01-15\": \"07:00-08:30\"}}",
    );
    let mut house = House::open_with(&closed, Store::in_memory()).await;
    house.arrives("ana").await;
    let needs = Needs { queue: Some(QueueId::new("general").unwrap()), ..Needs::default() };
    let open = house.engine.availability(&needs);
    assert!(matches!(open.admission.staffing, Staffing::Staffed { .. }), "{open:?}");
    tokio::time::sleep(Duration::from_mins(31)).await;
    let closed = house.engine.availability(&needs).admission.staffing;
    let Staffing::Nobody { reason: NobodyReason::Closed, opens_at: Some(opens_at) } = closed else {
        panic!("{closed:?}")
    };
    // Monday, 2027-01-18, 07:00.
    assert_eq!(opens_at, Timestamp(1_800_000_000_000) + Duration::from_hours(71));
}

#[tokio::test(start_paused = true)]
async fn whoever_leaves_the_configuration_with_a_customer_is_named_before() {
    let mut house = House::open().await;
    house.arrives("jonas").await;
    let _customer = house.asks_for_a_person().await;
    house.accepts("jonas").await;
    let gone: String = CONFIG.lines().filter(|line| !line.contains("jonas:")).collect::<Vec<_>>().join("\n");
    let plan = house.engine.plan(&gone).await.unwrap();
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
