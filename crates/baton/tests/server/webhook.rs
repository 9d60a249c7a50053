//! A bot of the deployment's own behind a signed webhook: slow, late, down or broken, and never over a person.

use std::collections::HashMap;
use std::net::TcpListener as Port;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use baton_api::wire::{
    AuthorKind, BotKeyView, CreateBotKey, EventKind, EventView, HandbackView, NeedsView, NoticeKind, PostMessage,
    Posted, RequestHandoff,
};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use standardwebhooks::Webhook;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::time::sleep;
use uuid::Uuid;

use crate::agent::Agent;
use crate::client::refused;
use crate::customer::Customer;
use crate::document::{Document, Folder, PEOPLE};
use crate::program::{Server, passwords, run};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
/// Customers of the late bot.
const CUSTOMERS: u64 = 24;
/// How late it is at most, and how late they ask for a person. Half a minute is tested on virtual time in the engine.
const LATE_MS: u64 = 1_500;

/// What the bot does with a turn.
#[derive(Clone, Copy)]
enum Manner {
    /// Answers after a random while.
    Late,
    /// Says 202, and answers when it likes.
    Later,
    /// Says that it is broken.
    Broken,
}

/// A turn as it came in.
#[derive(Debug, Clone)]
struct Turn {
    webhook_id: String,
    body: Value,
}

/// A bot as its developer runs it: it believes nothing that is not signed.
struct Bot {
    manner: Manner,
    turns: mpsc::UnboundedSender<Turn>,
    chance: Mutex<StdRng>,
    answered: AtomicUsize,
    forged: AtomicUsize,
}

struct Running {
    bot: Arc<Bot>,
    turns: mpsc::UnboundedReceiver<Turn>,
    address: String,
}

impl Running {
    async fn start(manner: Manner) -> Self {
        let (tell, turns) = mpsc::unbounded_channel();
        let bot = Arc::new(Bot {
            manner,
            turns: tell,
            chance: Mutex::new(StdRng::seed_from_u64(11)),
            answered: AtomicUsize::new(0),
            forged: AtomicUsize::new(0),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let router = Router::new().route("/turns", post(turn)).with_state(Arc::clone(&bot));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { bot, turns, address }
    }

    async fn turn(&mut self) -> Turn {
        tokio::time::timeout(crate::program::PATIENCE, self.turns.recv()).await.unwrap().unwrap()
    }
}

async fn turn(State(bot): State<Arc<Bot>>, headers: HeaderMap, body: Bytes) -> Response {
    if Webhook::new(SECRET).unwrap().verify(&body, &headers).is_err() {
        bot.forged.fetch_add(1, Ordering::SeqCst);
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let webhook_id = headers["webhook-id"].to_str().unwrap().to_owned();
    let body: Value = serde_json::from_slice(&body).unwrap();
    let answer = format!("You asked: {}", body["text"].as_str().unwrap());
    bot.turns.send(Turn { webhook_id, body }).unwrap();
    let response = match bot.manner {
        Manner::Late => {
            let late = bot.chance.lock().unwrap().random_range(0..LATE_MS);
            sleep(Duration::from_millis(late)).await;
            Json(json!({ "text": answer })).into_response()
        }
        Manner::Later => StatusCode::ACCEPTED.into_response(),
        Manner::Broken => (StatusCode::INTERNAL_SERVER_ERROR, "out of ideas").into_response(),
    };
    bot.answered.fetch_add(1, Ordering::SeqCst);
    response
}

/// A server whose bot is at an address.
async fn served(folder: &Folder) -> Server {
    let database = folder.database();
    run(&["apply", &folder.config(), "--database", &database]).well();
    passwords(&database, &PEOPLE);
    Server::start(&database, &[]).await
}

fn document(address: &str, capacity: u8) -> Document {
    Document {
        bots: format!(
            "helper: {{kind: webhook, name: Helper, url: \"http://{address}/turns\", secret: {SECRET}, time_limit_s: 10}}"
        ),
        more: format!("egress: {{allow_hosts: [\"{address}\"]}}"),
        capacity,
        ..Document::default()
    }
}

/// The numbers of the bot's messages, and of the requests for a person.
fn bot_and_requests(log: &[EventView]) -> (Vec<u64>, Vec<u64>) {
    let (mut spoke, mut requested) = (Vec::new(), Vec::new());
    for event in log {
        if matches!(&event.what, EventKind::MessagePosted(said) if said.author.kind == AuthorKind::Bot) {
            spoke.push(event.seq);
        }
        if matches!(&event.what, EventKind::HandoffRequested(_)) {
            requested.push(event.seq);
        }
    }
    (spoke, requested)
}

#[tokio::test]
async fn a_late_bot_is_never_heard_after_the_handoff() {
    let mut bot = Running::start(Manner::Late).await;
    let folder = Folder::with(&document(&bot.address, 24));
    let server = served(&folder).await;
    let mut ana = Agent::arrives(&server.site, "ana").await;
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..CUSTOMERS {
        let site = server.site.clone();
        tasks.spawn(async move {
            let mut chance = StdRng::seed_from_u64(number);
            let mut customer = Customer::arrives(&site).await;
            customer.writes("What does a lost card cost?").await;
            sleep(Duration::from_millis(chance.random_range(0..LATE_MS))).await;
            if number % 2 == 0 {
                customer.writes("I want to talk to a human").await;
            } else {
                let request = RequestHandoff { handoff: Uuid::now_v7(), epoch: None, needs: NeedsView::default() };
                let _: Value = site.post(&customer.path("/handoff"), &customer.token, &request).await.unwrap();
            }
            customer
        });
    }
    let customers = tasks.join_all().await;
    for customer in &customers {
        let taken = ana.takes(customer.id).await;
        ana.writes(&taken, "I am here now").await.unwrap();
    }
    // Every turn was signed and asked once, and every answer was given, however late; a last customer is answered after
    // all of them.
    let mut asked = HashMap::new();
    for _ in 0..CUSTOMERS {
        let turn = bot.turn().await;
        *asked.entry(turn.webhook_id).or_insert(0) += 1;
    }
    assert_eq!(asked.len(), customers.len());
    let mut last = Customer::arrives(&server.site).await;
    loop {
        last.writes("Is that all?").await;
        last.socket.message(last.id, "an answer", |said| said.author.kind == AuthorKind::Bot).await;
        let answered = bot.bot.answered.load(Ordering::SeqCst);
        if answered > customers.len() && answered > asked.len() {
            break;
        }
    }
    let (mut heard, mut unheard) = (0, 0);
    for customer in &customers {
        let (spoke, requested) = bot_and_requests(&customer.log().await);
        assert_eq!(requested.len(), 1);
        assert!(spoke.iter().all(|spoke| *spoke < requested[0]), "the bot talked over a person");
        if spoke.is_empty() { unheard += 1 } else { heard += 1 }
    }
    assert!(heard > 2 && unheard > 2, "both happened: {heard} were in time, {unheard} too late");
    assert_eq!(bot.bot.forged.load(Ordering::SeqCst), 0);
    server.stop().await;
}

#[tokio::test]
async fn a_bot_that_is_down_is_a_reason_for_a_person() {
    // A port where nobody listens.
    let address = Port::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let folder = Folder::with(&document(&address, 3));
    let server = served(&folder).await;
    let mut ana = Agent::arrives(&server.site, "ana").await;
    let mut tom = Customer::arrives(&server.site).await;
    let asked = tom.writes("What does a lost card cost?").await;
    tom.told(NoticeKind::Queued).await;
    let offer = ana.rings(tom.id).await;
    assert_eq!(offer.brief.why[0].code, "bot_down");
    let taken = ana.accepts(&offer).await;
    let log = server.site.log(tom.id, &ana.token).await.unwrap();
    let failure = log.iter().find_map(|event| {
        let EventKind::BotTurnFailed(failed) = &event.what else { return None };
        Some((failed.message, failed.failure.clone()))
    });
    assert_eq!(failure, Some((asked, "unreachable".to_owned())));
    assert_eq!(taken.epoch, ana.view(tom.id).await.epoch);
    server.stop().await;
}

#[tokio::test]
async fn a_bot_that_is_broken_is_a_reason_for_a_person() {
    let bot = Running::start(Manner::Broken).await;
    let folder = Folder::with(&document(&bot.address, 3));
    let server = served(&folder).await;
    let mut ana = Agent::arrives(&server.site, "ana").await;
    let mut tom = Customer::arrives(&server.site).await;
    tom.writes("What does a lost card cost?").await;
    assert_eq!(ana.rings(tom.id).await.brief.why[0].code, "bot_down");
    // The administrator reads what it said.
    assert!(server.log().contains("out of ideas"), "{}", server.log());
    server.stop().await;
}

#[tokio::test]
async fn a_bot_that_answers_later_does_so_with_its_key() {
    let mut bot = Running::start(Manner::Later).await;
    let folder = Folder::with(&document(&bot.address, 3));
    let server = served(&folder).await;
    let sam = server.site.sign_in("sam").await;
    let create = CreateBotKey { bot: "helper".to_owned(), label: "mine".to_owned() };
    let key: BotKeyView = server.site.post("/v1/bot-keys", &sam, &create).await.unwrap();
    let key = key.secret.expect("it is shown once");

    let mut tom = Customer::arrives(&server.site).await;
    let asked = tom.writes("What does a lost card cost?").await;
    let turn = bot.turn().await.body;
    assert_eq!((turn["type"].as_str(), turn["bot"].as_str()), (Some("bot.turn"), Some("helper")));
    assert_eq!((turn["message"].as_u64(), turn["language"].as_str()), (Some(asked), Some("en")));
    assert_eq!((&turn["conversation"], &turn["handback"]), (&json!(tom.id), &Value::Null));
    let answer = |turn: &Value, client_id: &str| PostMessage {
        epoch: turn["epoch"].as_u64(),
        in_reply_to: turn["message"].as_u64(),
        ..PostMessage::of_text(client_id, "Four euros.")
    };
    let posted: Posted = server.site.post(&tom.path("/messages"), &key, &answer(&turn, "later-1")).await.unwrap();
    let (seq, heard) = tom.socket.message(tom.id, "the answer", |said| said.author.kind == AuthorKind::Bot).await;
    assert_eq!((seq, heard.text.as_str()), (posted.seq, "Four euros."));

    // The next one comes after a person was asked for: refused, and after the handback still.
    let mut ana = Agent::arrives(&server.site, "ana").await;
    tom.writes("And for children?").await;
    let late = bot.turn().await.body;
    assert_eq!(late["history"].as_array().unwrap().last().unwrap()["text"], "Four euros.");
    tom.writes("I want to talk to a human").await;
    let path = tom.path("/messages");
    refused(server.site.post::<Posted>(&path, &key, &answer(&late, "later-2")).await, 409, "stale_epoch");
    let taken = ana.takes(tom.id).await;
    refused(server.site.post::<Posted>(&path, &key, &answer(&late, "later-2")).await, 409, "stale_epoch");
    let facts = HandbackView { promises: vec!["a card for free".to_owned()], ..HandbackView::default() };
    ana.hands_back(&taken, facts, Some("answered")).await.unwrap();
    refused(server.site.post::<Posted>(&path, &key, &answer(&late, "later-2")).await, 409, "stale_epoch");

    // The bot's next turn knows what was promised, and that a person was there.
    tom.writes("When can I have it?").await;
    let next = bot.turn().await.body;
    assert_eq!(next["handback"]["promises"], json!(["a card for free"]));
    let authors: Vec<_> =
        next["history"].as_array().unwrap().iter().map(|line| line["author"].as_str().unwrap()).collect();
    assert!(authors.contains(&"system") && authors.contains(&"bot"), "{authors:?}");
    server.site.post::<Posted>(&path, &key, &answer(&next, "later-3")).await.unwrap();
    server.stop().await;
}
