//! A model that writes the summary of the brief: it never sees personal data, it signs what it wrote, and nobody waits
//! for it.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use baton_api::wire::{AuthorKind, BriefView, OfferView, ServerFrame};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::agent::Agent;
use crate::customer::Customer;
use crate::document::{Document, Folder, PEOPLE};
use crate::program::{PATIENCE, Server, passwords, run};

const EMAIL: &str = "tom.reader@mail.example";
const PHONE: &str = "+34 600 123 456";

/// What the endpoint hears of.
#[derive(Debug)]
enum Heard {
    Asked(String),
    /// Whoever asked went away without an answer.
    LeftAlone,
}

struct Endpoint {
    heard: mpsc::UnboundedSender<Heard>,
    hangs: bool,
}

/// Says that nobody waits any more.
struct Waiting(mpsc::UnboundedSender<Heard>);

impl Drop for Waiting {
    fn drop(&mut self) {
        let _ = self.0.send(Heard::LeftAlone);
    }
}

/// A model that repeats what it must not know by its marker, as models do.
async fn complete(State(endpoint): State<Arc<Endpoint>>, body: String) -> Response {
    let asked: Value = serde_json::from_str(&body).unwrap();
    endpoint.heard.send(Heard::Asked(body)).unwrap();
    if endpoint.hangs {
        let _waiting = Waiting(endpoint.heard.clone());
        std::future::pending::<()>().await;
    }
    assert_eq!(asked["model"], "small-scribe");
    let content = json!({
        "issue": "The customer lost a card.",
        "sentences": [{"text": "They can be reached at [email 1].", "messages": [2]}],
    });
    Json(json!({"choices": [{"message": {"role": "assistant", "content": content.to_string()}}]})).into_response()
}

async fn endpoint(hangs: bool) -> (String, mpsc::UnboundedReceiver<Heard>) {
    let (heard, hear) = mpsc::unbounded_channel();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let state = Arc::new(Endpoint { heard, hangs });
    let router = Router::new().route("/v1/chat/completions", post(complete)).with_state(state);
    tokio::spawn(async move { axum::serve(listener, router).await });
    (address, hear)
}

async fn served(folder: &Folder) -> Server {
    let database = folder.database();
    run(&["apply", &folder.config(), "--database", &database]).well();
    passwords(&database, &PEOPLE);
    Server::start(&database, &["--articles", &folder.articles()]).await
}

fn document(address: &str) -> Document {
    Document {
        more: format!(
            "summary: {{base_url: \"http://{address}/v1\", model: small-scribe, time_limit_s: 2}}\n\
             egress: {{allow_hosts: [\"{address}\"]}}"
        ),
        ..Document::default()
    }
}

/// A customer who told everything about themselves and then asks for a person.
async fn asks(server: &Server) -> Customer {
    let mut tom = Customer::arrives(&server.site).await;
    tom.writes(&format!("I lost my card, write me at {EMAIL} or call {PHONE} please")).await;
    tom.socket.message(tom.id, "the bot", |said| said.author.kind == AuthorKind::Bot).await;
    tom.writes("I want to talk to a person").await;
    tom
}

async fn hear(heard: &mut mpsc::UnboundedReceiver<Heard>) -> Heard {
    tokio::time::timeout(PATIENCE, heard.recv()).await.expect("it is asked").expect("the endpoint lives")
}

#[tokio::test]
async fn a_model_writes_the_summary_without_seeing_who_it_is_about() {
    let (address, mut heard) = endpoint(false).await;
    let folder = Folder::with(&document(&address));
    let server = served(&folder).await;
    let mut ana = Agent::arrives(&server.site, "ana").await;
    let tom = asks(&server).await;
    let offer = written_by(&mut ana, &tom, "small-scribe").await;
    assert_eq!(offer.brief.issue.text, "The customer lost a card.");
    // The agent may know what the model did not.
    assert_eq!(offer.brief.summary[0].text, format!("They can be reached at {EMAIL}."));
    assert_eq!(offer.brief.summary[0].messages, [2]);

    let Heard::Asked(body) = hear(&mut heard).await else { panic!("it was asked first") };
    assert!(body.contains("I lost my card") && body.contains("[email 1]"), "{body}");
    for personal in [EMAIL, "tom.reader", PHONE, "600 123 456"] {
        assert!(!body.contains(personal), "the model read {personal}: {body}");
    }
    // It stays after a restart, and is asked for once.
    let taken = ana.accepts(&offer).await;
    server.stop().await;
    let server = Server::start(&folder.database(), &["--articles", &folder.articles()]).await;
    ana.returns(&server.site).await;
    let brief: BriefView = server.site.get(&tom.path("/brief"), &ana.token).await.unwrap();
    assert_eq!((brief.written_by.as_str(), brief.summary), ("small-scribe", offer.brief.summary));
    assert_eq!(ana.view(tom.id).await.epoch, taken.epoch);
    assert!(heard.try_recv().is_err());
    server.stop().await;
}

#[tokio::test]
async fn a_model_that_hangs_keeps_nobody_waiting() {
    let (address, mut heard) = endpoint(true).await;
    let folder = Folder::with(&document(&address));
    let server = served(&folder).await;
    let mut ana = Agent::arrives(&server.site, "ana").await;
    let tom = asks(&server).await;
    let offer = ana.rings(tom.id).await;
    assert_eq!(offer.brief.written_by, "extractive");
    assert!(!offer.brief.summary.is_empty());
    ana.accepts(&offer).await;
    assert!(matches!(hear(&mut heard).await, Heard::Asked(_)));
    assert!(matches!(hear(&mut heard).await, Heard::LeftAlone), "its time is limited");
    let brief: BriefView = server.site.get(&tom.path("/brief"), &ana.token).await.unwrap();
    assert_eq!((brief.written_by.as_str(), brief.issue), ("extractive", offer.brief.issue));
    server.stop().await;
}

/// Waits for the ring whose brief was written by somebody.
async fn written_by(ana: &mut Agent, tom: &Customer, writer: &str) -> OfferView {
    ana.socket
        .until(&format!("a brief by {writer}"), |frame| {
            let ServerFrame::Offer(ring) = frame else { return None };
            let right = ring.offer.conversation == tom.id && ring.offer.brief.written_by == writer;
            right.then(|| ring.offer.clone())
        })
        .await
}
