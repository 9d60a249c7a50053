//! The second opinion of a language model, asked over real HTTP on this machine: what it reads, what its answer may do,
//! and that nobody ever waits for it. Time is real here, since the endpoint is; nothing sleeps.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use baton_core::{Event, Trigger, VerdictKind};
use baton_store::Store;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{Notify, mpsc};

use crate::house::{CONFIG, Customer, House, events, is_bot, is_queued};

/// Longer than anything takes; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(30);
const UNDECIDED: &str = "the answer was disappointing, mail me at tom.reader@mail.example or call +34 600 123 456";

/// How the endpoint behaves.
#[derive(Clone)]
enum Says {
    Content(String),
    Raw(String),
    Fails,
    /// When it is told to; then as said.
    Late(Arc<Notify>, String),
    Never,
}

struct Endpoint {
    says: Says,
    asked: mpsc::UnboundedSender<String>,
}

fn completion(content: &str) -> Response {
    Json(json!({"choices": [{"message": {"role": "assistant", "content": content}}]})).into_response()
}

async fn answer(State(endpoint): State<Arc<Endpoint>>, body: String) -> Response {
    let _ = endpoint.asked.send(body);
    match &endpoint.says {
        Says::Content(content) => completion(content),
        Says::Raw(raw) => raw.clone().into_response(),
        Says::Fails => (StatusCode::INTERNAL_SERVER_ERROR, "out of order").into_response(),
        Says::Late(told, content) => {
            told.notified().await;
            completion(content)
        }
        Says::Never => std::future::pending().await,
    }
}

/// A deployment with an endpoint that behaves so, and the questions it was asked.
async fn house(says: Says, time_limit_s: u32) -> (House, mpsc::UnboundedReceiver<String>) {
    let (asked, questions) = mpsc::unbounded_channel();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router =
        Router::new().route("/v1/chat/completions", post(answer)).with_state(Arc::new(Endpoint { says, asked }));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let config = format!(
        "{CONFIG}second_opinion: {{base_url: 'http://{address}/v1', model: small-judge, time_limit_s: {time_limit_s}}}\n\
         egress: {{allow_hosts: ['{address}']}}\n"
    );
    (House::open_with(&config, Store::in_memory()).await, questions)
}

async fn question(questions: &mut mpsc::UnboundedReceiver<String>) -> Value {
    let asked = tokio::time::timeout(PATIENCE, questions.recv()).await.expect("the model is asked").unwrap();
    serde_json::from_str(&asked).unwrap()
}

fn opinions(log: &[baton_engine::StoredEvent]) -> usize {
    events(log).filter(|event| matches!(event, Event::OpinionGiven { .. })).count()
}

/// What the model wrote to was taken in: the opinion stands in the log, or the conversation is no longer the bot's.
async fn opinion_of(customer: &Customer) -> usize {
    for _ in 0..200_000 {
        let given = opinions(&customer.log().await);
        if given > 0 {
            return given;
        }
        tokio::task::yield_now().await;
    }
    0
}

#[tokio::test]
async fn a_model_that_sees_that_a_person_is_needed_brings_one_and_says_why() {
    let wise = r#"{"verdict":"hand_off","reason":"The bot's answer did not help and cannot."}"#;
    let (house, mut questions) = house(Says::Content(wise.to_owned()), 20).await;
    let mut customer = house.customer().await;
    let posted = customer.writes(UNDECIDED).await;
    let queued = customer.until("the opinion hands off", is_queued).await;
    assert_eq!(queued.conversation.handoff().unwrap().triggers, [Trigger::SecondOpinion]);
    let log = customer.log().await;
    let given = log.iter().find(|stored| matches!(stored.recorded.event, Event::OpinionGiven { .. })).unwrap();
    assert!(given.recorded.seq > posted.seq, "it comes after the message that it is about");
    assert_eq!(given.body.as_ref().unwrap().text, "The bot's answer did not help and cannot.");

    // What it read: no personal data, and the customer's words as data.
    let asked = question(&mut questions).await;
    assert_eq!(asked["model"], "small-judge");
    let read = asked.to_string();
    assert!(read.contains("the answer was disappointing") && read.contains("[email 1]"), "{read}");
    for personal in ["tom.reader", "mail.example", "600 123 456"] {
        assert!(!read.contains(personal), "the model read {personal}: {read}");
    }
    assert!(asked["tools"].is_null(), "it has nothing to act with");
    assert!(questions.try_recv().is_err(), "it is asked once");
}

#[tokio::test]
async fn a_model_that_would_keep_the_bot_is_on_record_and_changes_nothing() {
    let calm = r#"{"verdict":"keep","reason":"The bot can still find the page."}"#;
    let (house, mut questions) = house(Says::Content(calm.to_owned()), 20).await;
    let mut customer = house.customer().await;
    customer.writes(UNDECIDED).await;
    question(&mut questions).await;
    assert_eq!(opinion_of(&customer).await, 1);
    let snapshot = customer.snapshot().await;
    assert!(is_bot(&snapshot.conversation.controller));
    assert_eq!(snapshot.conversation.last_verdict, Some(VerdictKind::Suggest), "the verdict stands");
}

#[tokio::test]
async fn whatever_else_a_model_answers_changes_nothing() {
    let orders = r#"{"verdict":"hand_off","reason":"x","then":"refund 100 euros"}"#;
    let wrong = [
        Says::Content("hand_off".to_owned()),
        Says::Content("Sure! {\"verdict\":\"hand_off\",\"reason\":\"x\"}".to_owned()),
        Says::Content(orders.to_owned()),
        Says::Content(r#"{"verdict":"close_everything","reason":"x"}"#.to_owned()),
        Says::Content("x".repeat(200_000)),
        Says::Raw("<html>not for you</html>".to_owned()),
        Says::Raw("{\"choices\":[]}".to_owned()),
        Says::Raw("y".repeat(8 << 20)),
        Says::Fails,
    ];
    for says in wrong {
        let (house, mut questions) = house(says, 20).await;
        let mut customer = house.customer().await;
        customer.writes(UNDECIDED).await;
        question(&mut questions).await;
        // A second turn comes and goes as if nobody had been asked; it asks for itself.
        customer.writes(UNDECIDED).await;
        question(&mut questions).await;
        let snapshot = customer.snapshot().await;
        assert!(is_bot(&snapshot.conversation.controller));
        assert_eq!(opinions(&customer.log().await), 0);
    }
}

#[tokio::test]
async fn nobody_waits_for_a_model_that_never_answers() {
    let (house, mut questions) = house(Says::Never, 1).await;
    let mut customer = house.customer().await;
    // Ten turns are answered while none of the questions is; a person who is asked for comes at once.
    for _ in 0..10 {
        customer.writes(UNDECIDED).await;
    }
    for _ in 0..10 {
        question(&mut questions).await;
    }
    customer.writes("I want to talk to a person").await;
    assert!(customer.snapshot().await.conversation.handoff().is_some());
    assert_eq!(opinions(&customer.log().await), 0);
}

#[tokio::test]
async fn an_opinion_that_comes_after_a_person_was_asked_for_is_worth_nothing() {
    let told = Arc::new(Notify::new());
    let late = r#"{"verdict":"hand_off","reason":"Too late."}"#;
    let (house, mut questions) = house(Says::Late(Arc::clone(&told), late.to_owned()), 20).await;
    let mut customer = house.customer().await;
    customer.writes(UNDECIDED).await;
    question(&mut questions).await;
    customer.writes("I want to talk to a person").await;
    let before = customer.snapshot().await.conversation.handoff().unwrap().triggers.clone();
    told.notify_one();
    for _ in 0..20_000 {
        tokio::task::yield_now().await;
    }
    let snapshot = customer.snapshot().await;
    assert_eq!((snapshot.conversation.handoffs, opinions(&customer.log().await)), (1, 0));
    assert_eq!(snapshot.conversation.handoff().unwrap().triggers, before);
}

#[tokio::test]
async fn a_decided_turn_asks_nobody() {
    let (house, mut questions) = house(Says::Never, 1).await;
    let mut customer = house.customer().await;
    customer.writes("I want to talk to a person").await;
    for _ in 0..1_000 {
        tokio::task::yield_now().await;
    }
    assert!(questions.try_recv().is_err());
}
