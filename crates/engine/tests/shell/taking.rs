//! Queues that show their handoffs to everybody, queues that are pulled from, and needs that relax.

use std::time::Duration;

use baton_core::{Alternative, ChannelId, ConversationId, CustomerId, Event, HandoffId, Needs, NobodyReason, Notice};
use baton_core::{Rejection, Staffing};
use baton_engine::{Change, Contact, EngineError, Listener, Start, Subscriber};
use baton_store::Store;
use serde_json::Map;
use uuid::Uuid;

use crate::house::{CONFIG, House, agent, events, is_offered, is_queued};

async fn house_with(general: &str) -> House {
    let config =
        CONFIG.replace("general: {name: General, ring_s: 20}", &format!("general: {{name: General, {general}}}"));
    House::open_with(&config, Store::in_memory()).await
}

fn listens(house: &House, key: &str) -> Subscriber {
    house.engine.connect(Listener::Staff { agent: agent(key), queues: None })
}

async fn hears<T>(ear: &mut Subscriber, pick: impl Fn(&Change) -> Option<T>) -> T {
    let heard = async {
        loop {
            let change = ear.next().await.expect("still listening");
            if let Some(picked) = pick(&change) {
                return picked;
            }
        }
    };
    tokio::time::timeout(Duration::from_hours(1), heard).await.expect("it is heard")
}

fn shown(change: &Change) -> Option<HandoffId> {
    if let Change::Takeable(info) = change { Some(info.handoff) } else { None }
}

fn gone(change: &Change) -> Option<HandoffId> {
    if let Change::TakeableGone { handoff } = change { Some(*handoff) } else { None }
}

fn is_not_waiting(refused: &EngineError) -> bool {
    matches!(refused, EngineError::Rejected(Rejection::NotWaiting))
}

#[tokio::test(start_paused = true)]
async fn a_handoff_that_is_shown_to_everybody_belongs_to_the_first_who_takes_it() {
    let mut house = house_with("delivery: broadcast").await;
    house.arrives("ana").await;
    house.arrives("jonas").await;
    let (mut ana, mut jonas) = (listens(&house, "ana"), listens(&house, "jonas"));
    let customer = house.asks_for_a_person().await;
    let handoff = customer.handoff().await;
    assert_eq!(hears(&mut ana, shown).await, handoff);
    assert_eq!(hears(&mut jonas, shown).await, handoff);
    assert!(house.engine.offers_of(&agent("ana")).await.unwrap().is_empty(), "nobody's slot is held meanwhile");

    let listed = house.engine.takeable(&agent("ana")).await.unwrap();
    assert_eq!((listed.len(), listed[0].broadcast), (1, true));
    let taken = house.engine.take_handoff(agent("jonas"), handoff).await.unwrap();
    assert_eq!(taken.conversation.agent(), Some(&agent("jonas")));
    assert_eq!(hears(&mut ana, gone).await, handoff);
    assert!(is_not_waiting(&house.engine.take_handoff(agent("ana"), handoff).await.unwrap_err()));
    house.engine.take_handoff(agent("jonas"), handoff).await.unwrap();
    let log = customer.log().await;
    assert_eq!(
        events(&log).filter(|event| matches!(event, Event::HandoffTaken { .. })).count(),
        1,
        "taking twice is once"
    );
}

#[tokio::test(start_paused = true)]
async fn of_a_queue_that_is_pulled_from_agents_take_what_they_choose() {
    let mut house = house_with("delivery: pull").await;
    house.arrives("ana").await;
    let first = house.asks_for_a_person().await;
    let second = house.asks_for_a_person().await;
    tokio::time::sleep(Duration::from_mins(1)).await;
    assert!(house.engine.offers_of(&agent("ana")).await.unwrap().is_empty());
    let listed = house.engine.takeable(&agent("ana")).await.unwrap();
    assert_eq!(listed.iter().map(|one| one.conversation).collect::<Vec<_>>(), [first.id, second.id]);
    house.engine.take_handoff(agent("ana"), listed[1].handoff).await.unwrap();
    assert_eq!(second.snapshot().await.conversation.agent(), Some(&agent("ana")));
    // Who is not there, and who never could, take nothing.
    let refused = house.engine.take_handoff(agent("jonas"), listed[0].handoff).await.unwrap_err();
    assert!(matches!(&refused, EngineError::Invalid { field, .. } if field == "availability"), "{refused}");
    let absent = house.engine.take_handoff(agent("ana"), HandoffId(Uuid::now_v7())).await.unwrap_err();
    assert!(is_not_waiting(&absent), "{absent}");
}

#[tokio::test(start_paused = true)]
async fn a_heavy_handoff_takes_its_slots_together_and_gives_them_back_together() {
    let config = CONFIG.replace("{title: Test, bot: slow}", "{title: Test, bot: slow, weight: 2}");
    let mut house = House::open_with(&config, Store::in_memory()).await;
    house.arrives("jonas").await;
    let mut customer = house.asks_for_a_person().await;
    customer.until("waiting", is_queued).await;
    tokio::time::sleep(Duration::from_mins(1)).await;
    assert!(house.engine.offers_of(&agent("jonas")).await.unwrap().is_empty(), "jonas has one slot");
    house.arrives("ana").await;
    let (_, taken) = house.accepts("ana").await;
    assert_eq!(taken.conversation.held_slots().len(), 2);
    assert_eq!(house.engine.agent_state(&agent("ana")).unwrap().load, 2);
    let closed = baton_core::ClosedBy::Supervisor(agent("sam"));
    house.engine.close(customer.id, closed, baton_core::Disposition::new("answered").ok()).await.unwrap();
    assert_eq!(house.engine.agent_state(&agent("ana")).unwrap().load, 0);
}

#[tokio::test(start_paused = true)]
async fn what_is_needed_relaxes_in_time_and_the_record_says_so() {
    let config = CONFIG.replace(
        "skills: {technical: 2}}",
        "skills: {technical: 5}, relax: [{after_s: 60, levels_at_most: 4}, {after_s: 120, levels_at_most: 3}]}",
    );
    // The expert whom it needs works here and is not in today.
    let kim = "  kim: {name: Kim, email: kim@example.org, queues: [technical], skills: {technical: 5}}\n  sam:";
    let config = config.replace("  sam:", kim);
    let mut house = House::open_with(&config, Store::in_memory()).await;
    house.arrives("ana").await;
    let mut customer = house.customer().await;
    customer.writes("my server is down, let me talk to a human please").await;
    let asked_at = house.engine.now();
    let handoff = customer.handoff().await;
    let before = house.engine.explain(handoff).await.unwrap();
    let waiting = before.waiting.expect("it waits");
    let relaxes: Vec<_> = waiting.relaxes.iter().map(|(_, words)| words.as_str()).collect();
    assert_eq!(relaxes, ["level 4 is enough", "level 3 is enough"]);
    assert_eq!(waiting.now.unwrap().considered[0].1.as_deref(), Some("has technical at level 3, and 5 is needed"));
    house.rings("ana").await;
    let waited = house.engine.now().since(asked_at);
    assert!(waited >= Duration::from_mins(2) && waited < Duration::from_secs(125), "{waited:?}");
    let decisions = house.engine.decisions(handoff).await.unwrap();
    let made = decisions.last().unwrap();
    assert_eq!((made.chosen.as_ref(), made.step), (Some(&agent("ana")), 2));
    assert_eq!(made.needed.as_ref().unwrap().skills["technical"], 3);
}

#[tokio::test(start_paused = true)]
async fn whoever_waits_too_long_is_offered_a_call_and_is_still_answered() {
    let mut house = house_with("ring_s: 20, longest_wait: {after_s: 90, offer: callback}").await;
    let (first, mut second) = house.one_is_served_and_one_waits().await;
    let long = Event::NoticePosted { notice: Notice::LongWait { alternative: Alternative::Callback } };
    while !events(&second.log().await).any(|event| *event == long) {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    let wrong = Contact::Phone("call me".to_owned());
    assert!(house.engine.leave_contact(second.id, wrong, String::new()).await.is_err());
    let phone = Contact::Phone("+34 600 000 000".to_owned());
    house.engine.leave_contact(second.id, phone, String::new()).await.unwrap();
    tokio::time::sleep(Duration::from_hours(1)).await;
    let story = second.log().await;
    assert_eq!(events(&story).filter(|event| **event == long).count(), 1, "said once");
    let by = baton_core::ClosedBy::Supervisor(agent("sam"));
    house.engine.close(first.id, by, baton_core::Disposition::new("answered").ok()).await.unwrap();
    second.until("it rings for who left a number", is_offered).await;
}

#[tokio::test(start_paused = true)]
async fn a_full_queue_says_so_before_anybody_joins_it() {
    let mut house = house_with("ring_s: 20, limit: 1").await;
    let (_first, mut second) = house.one_is_served_and_one_waits().await;
    second.until("waiting", is_queued).await;
    let asked = house.engine.availability(&Needs::default());
    assert!(matches!(asked.admission.staffing, Staffing::Nobody { reason: NobodyReason::Full, .. }), "{asked:?}");
    let third = house.asks_for_a_person().await;
    let log = third.log().await;
    let told = events(&log).any(|event| {
        matches!(
            event,
            Event::NoticePosted { notice: Notice::NobodyAvailable { reason: Some(NobodyReason::Full), .. } }
        )
    });
    assert!(told, "{log:?}");
}

#[tokio::test(start_paused = true)]
async fn a_customer_who_comes_again_gets_the_agent_they_know() {
    let mut house = House::open().await;
    house.arrives("jonas").await;
    house.arrives("ana").await;
    let customer = CustomerId(Uuid::now_v7());
    let begin = async |house: &House| {
        let id = ConversationId(Uuid::now_v7());
        let channel = ChannelId::new("website").unwrap();
        let start = Start { id, channel, customer, language: None, page: None, attributes: Map::new() };
        house.engine.start_conversation(start).await.unwrap();
        house.engine.post_customer_message(id, "c1".to_owned(), "agent please".to_owned()).await.unwrap();
        id
    };
    let first = begin(&house).await;
    // Both have been idle since they came; jonas came first.
    house.accepts("jonas").await;
    let by = baton_core::ClosedBy::Supervisor(agent("sam"));
    house.engine.close(first, by, baton_core::Disposition::new("answered").ok()).await.unwrap();
    // Now ana is idle longer, and the customer knows jonas.
    begin(&house).await;
    house.rings("jonas").await;
}
