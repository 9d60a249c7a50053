//! A developer's own bot behind a webhook: what it receives, and what becomes of each way to answer.

#![allow(clippy::unwrap_used)] // Where a test unwraps, it fails, which is what it is for.

mod support;

use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use baton_bots::{
    Bot, BotAnswer, BotFailure, BotLineAuthor, BotReply, BotTurn, HandbackFacts, Parts, SigningSecret, SourceLink,
    WebhookBot, WebhookSettings,
};
use baton_core::{Epoch, Seq};
use serde_json::json;

use support::{Server, clock, egress, history, turn};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fn bot_at(url: &str, allow: &[&str]) -> Bot {
    let settings = WebhookSettings {
        url: url.to_owned(),
        secret: SigningSecret::new(SECRET).unwrap(),
        time_limit: Duration::from_secs(10),
    };
    Bot::Webhook(WebhookBot::new(settings, egress(allow), clock()).unwrap())
}

fn bot(server: &Server) -> Bot {
    bot_at(&server.url("/turn?token=path-secret"), &[&server.host()])
}

async fn answered(status: u16, body: &str) -> Result<BotReply, BotFailure> {
    let server = Server::answering(status, body).await;
    bot(&server).answer(&turn("Where is my parcel?")).await
}

#[tokio::test]
async fn the_bot_receives_the_whole_turn_signed_and_its_answer_is_taken() {
    let answer = json!({
        "text": " It is on its way. ",
        "sources": [{"title": "Shipping", "slug": "shipping", "extra": 1}],
        "knew": true
    });
    let server = Server::answering(200, &answer.to_string()).await;
    let ask = BotTurn {
        history: history(&[
            (BotLineAuthor::Customer, "Hi"),
            (BotLineAuthor::Agent("Ana".to_owned()), "I looked it up"),
            (BotLineAuthor::System, "Ana left"),
        ]),
        attributes: [("plan".to_owned(), "pro".to_owned())].into(),
        handback: Some(HandbackFacts { promises: vec!["A call on Friday".to_owned()], ..HandbackFacts::default() }),
        suggest_person: true,
        ..turn("Where is my parcel?")
    };

    let reply = bot(&server).answer(&ask).await.unwrap();

    let sources = vec![SourceLink { title: "Shipping".to_owned(), slug: "shipping".to_owned() }];
    assert_eq!(
        reply,
        BotReply::Answer(BotAnswer {
            text: "It is on its way.".to_owned(),
            parts: Parts::of_sources(sources),
            knew: true
        })
    );
    let [received] = &server.received()[..] else { panic!("asked once") };
    standardwebhooks::Webhook::new(SECRET).unwrap().verify(&received.body, &received.headers).unwrap();
    let forged = [&received.body[..], b" "].concat();
    assert!(standardwebhooks::Webhook::new(SECRET).unwrap().verify(&forged, &received.headers).is_err());
    assert_eq!(received.headers["content-type"], "application/json");
    assert_eq!(
        received.json(),
        json!({
            "type": "bot.turn",
            "conversation": "0190f5a0-0000-7000-8000-000000000001",
            "channel": "website",
            "bot": "helper",
            "epoch": 3,
            "message": 41,
            "text": "Where is my parcel?",
            "language": "en",
            "history": [
                {"seq": 1, "author": "customer", "text": "Hi"},
                {"seq": 2, "author": "agent", "name": "Ana", "text": "I looked it up"},
                {"seq": 3, "author": "system", "text": "Ana left"}
            ],
            "attributes": {"plan": "pro"},
            "handback": {"outcome": "", "facts": [], "promises": ["A call on Friday"], "open_items": [], "note": ""},
            "suggest_person": true
        })
    );
}

#[tokio::test]
async fn a_turn_that_is_asked_again_after_a_crash_has_the_same_id_and_another_turn_has_another() {
    let server = Server::answering(202, "").await;
    let (first, later) = (turn("Hello?"), BotTurn { message: Seq(42), ..turn("Hello?") });
    let after_handback = BotTurn { epoch: Epoch(5), ..turn("Hello?") };
    for ask in [&first, &first, &later, &after_handback] {
        bot(&server).answer(ask).await.unwrap();
    }
    let ids: Vec<_> = server.received().iter().map(|received| received.headers["webhook-id"].clone()).collect();
    assert_eq!(ids[0], ids[1]);
    assert!(ids[0] != ids[2] && ids[0] != ids[3] && ids[2] != ids[3]);
}

#[tokio::test]
async fn the_bot_may_ask_for_a_person_or_answer_later() {
    let ask = r#"{"ask_person": {"reason": "needs a refund", "say": "A colleague takes over.", "topic": "billing"}}"#;
    let BotReply::AskPerson { say, reason, topic } = answered(200, ask).await.unwrap() else { panic!("a person") };
    assert_eq!((say.as_deref(), reason.as_str()), (Some("A colleague takes over."), "needs a refund"));
    assert_eq!(topic.unwrap().as_str(), "billing");
    assert_eq!(answered(202, "accepted").await, Ok(BotReply::Later));
    assert_eq!(answered(200, r#"{"later": true}"#).await, Ok(BotReply::Later));
}

#[tokio::test]
async fn a_bot_that_fails_says_how() {
    let refused = answered(500, "{\"error\": \"out of\n memory\"}").await.unwrap_err();
    assert_eq!(refused, BotFailure::Refused { status: 500, said: "{\"error\": \"out of memory\"}".to_owned() });
    assert_eq!(
        answered(404, "").await.unwrap_err(),
        BotFailure::Refused { status: 404, said: "(nothing more)".to_owned() }
    );
    let invalid = answered(200, "<html>").await.unwrap_err().to_string();
    assert!(invalid.contains("the webhook at http://127.0.0.1") && invalid.contains("not JSON"), "{invalid}");
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_its_end() {
    let huge = answered(200, &"x".repeat(300 * 1024)).await.unwrap_err();
    assert!(matches!(&huge, BotFailure::Invalid(what) if what.contains("longer than 262144 bytes")), "{huge}");
    let server = Server::answering_with(|| {
        // Without a length: chunk after chunk, until the reader goes away.
        let chunk = || Ok::<_, std::convert::Infallible>(axum::body::Bytes::from(vec![b' '; 16 * 1024]));
        Response::new(Body::from_stream(Endless(chunk)))
    })
    .await;
    let endless = bot(&server).answer(&turn("Hello")).await.unwrap_err();
    assert!(matches!(&endless, BotFailure::Invalid(what) if what.contains("longer")), "{endless}");
}

/// A body that always has more.
struct Endless<F>(F);

impl<T, F: Fn() -> T + Unpin> futures_util::Stream for Endless<F> {
    type Item = T;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(Some((self.0)()))
    }
}

#[tokio::test(start_paused = true)]
async fn a_bot_that_does_not_answer_has_timed_out_when_its_limit_is_over() {
    let server = Server::silent().await;
    let begun = tokio::time::Instant::now();
    let failure = bot(&server).answer(&turn("Hello")).await.unwrap_err();
    assert_eq!(failure, BotFailure::TimedOut(Duration::from_secs(10)));
    assert!(begun.elapsed() < Duration::from_secs(11));
}

#[tokio::test]
async fn a_bot_that_is_down_is_unreachable() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let failure = bot_at(&format!("http://{address}/turn?token=path-secret"), &[&address])
        .answer(&turn("Hello"))
        .await
        .unwrap_err();
    assert!(matches!(&failure, BotFailure::Unreachable(what) if what.contains(&address)), "{failure}");
    assert!(!failure.to_string().contains("path-secret"), "{failure}");
}

#[tokio::test]
async fn a_redirect_into_the_network_is_an_answer_and_not_a_way() {
    let inside = Server::answering(200, r#"{"text": "secret of the inside"}"#).await;
    let location = inside.url("/");
    let outside = Server::answering_with(move || {
        Response::builder().status(302).header("location", &location).body(Body::empty()).unwrap()
    })
    .await;
    let failure = bot(&outside).answer(&turn("Hello")).await.unwrap_err();
    assert_eq!(failure, BotFailure::Refused { status: 302, said: "(nothing more)".to_owned() });
    assert!(inside.received().is_empty());
}

#[tokio::test]
async fn nothing_printed_about_a_bot_holds_its_secrets() {
    let server = Server::answering(403, &format!("bad signature for {SECRET}")).await;
    let bot = bot(&server);
    let failure = bot.answer(&turn("Hello")).await.unwrap_err();
    let printed = format!("{bot:?} {failure} {failure:?}");
    assert!(printed.contains(&server.host()), "{printed}");
    for secret in ["MfKQ9r8G", "path-secret"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
