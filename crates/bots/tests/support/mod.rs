//! What the tests of this crate share: a turn, the way out to this machine, and a server that answers as told.
#![allow(dead_code)] // Every test file uses its part.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use baton_bots::{BotLine, BotLineAuthor, BotTurn, Clock, Egress, EgressSettings};
use baton_core::{BotId, ChannelId, ConversationId, Epoch, Language, Seq, Timestamp};

pub(crate) fn turn(text: &str) -> BotTurn {
    BotTurn {
        conversation: ConversationId("0190f5a0-0000-7000-8000-000000000001".parse().unwrap()),
        channel: ChannelId::new("website").unwrap(),
        bot: BotId::new("helper").unwrap(),
        epoch: Epoch(3),
        message: Seq(41),
        text: text.to_owned(),
        language: Language::ENGLISH,
        history: Vec::new(),
        attributes: BTreeMap::new(),
        handback: None,
        suggest_person: false,
    }
}

pub(crate) fn language(code: &str) -> Language {
    Language::new(code).unwrap()
}

/// Lines of a transcript, numbered from 1.
pub(crate) fn history(lines: &[(BotLineAuthor, &str)]) -> Vec<BotLine> {
    (1..)
        .zip(lines)
        .map(|(seq, (author, text))| BotLine { seq: Seq(seq), author: author.clone(), text: (*text).to_owned() })
        .collect()
}

pub(crate) fn egress(allow: &[&str]) -> Egress {
    Egress::new(&EgressSettings { allow_hosts: allow.iter().map(|&host| host.to_owned()).collect() }).unwrap()
}

/// The real moment, since the receiving side compares it with its own clock.
#[allow(clippy::disallowed_methods)] // A test is a shell.
pub(crate) fn clock() -> Clock {
    Arc::new(|| {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        Timestamp(i64::try_from(since.as_millis()).unwrap())
    })
}

/// What a server was sent.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Received {
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

type Answer = dyn Fn() -> Response + Send + Sync;

/// A server on this machine that answers every request in the same way and remembers what it was sent.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    answer: Arc<Answer>,
    hangs: bool,
}

impl Server {
    pub(crate) async fn answering(status: u16, body: &str) -> Self {
        let body = body.to_owned();
        Self::start(false, move || Response::builder().status(status).body(Body::from(body.clone())).unwrap()).await
    }

    pub(crate) async fn answering_with(answer: impl Fn() -> Response + Send + Sync + 'static) -> Self {
        Self::start(false, answer).await
    }

    /// Takes requests and never answers.
    pub(crate) async fn silent() -> Self {
        Self::start(true, || Response::new(Body::empty())).await
    }

    async fn start(hangs: bool, answer: impl Fn() -> Response + Send + Sync + 'static) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = Self { address, received: Arc::default(), answer: Arc::new(answer), hangs };
        let app = Router::new().fallback(receive).with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        server
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn host(&self) -> String {
        self.address.to_string()
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }
}

async fn receive(State(server): State<Server>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    server.received.lock().unwrap().push(Received { uri, headers, body });
    if server.hangs {
        std::future::pending::<()>().await;
    }
    (server.answer)()
}
