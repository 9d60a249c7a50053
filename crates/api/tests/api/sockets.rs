//! How a socket opens, what it refuses, and how it ends.

use std::time::Duration;

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;
use uuid::Uuid;

use crate::house::House;

async fn ticket(house: &House, token: &str) -> Value {
    house.client.post("/v1/socket-tickets", Some(token), Value::Null).await.ok()["ticket"].clone()
}

#[tokio::test]
async fn a_page_of_another_site_cannot_open_the_socket() {
    let house = House::open().await;
    let own = format!("http://{}", house.client.address);
    for (origin, opens) in [
        ("https://evil.example", false),
        ("null", false),
        ("https://shop.example.evil.example", false),
        ("http://shop.example", false),
        ("https://shop.example", true),
        (own.as_str(), true),
    ] {
        let socket = house.client.socket(Some(origin)).await;
        assert_eq!(socket.map(drop), if opens { Ok(()) } else { Err(403) }, "{origin}");
    }
    assert!(house.client.socket(None).await.is_ok());
}

#[tokio::test]
async fn only_a_good_ticket_opens_and_only_once() {
    let house = House::open().await;
    let ana = house.person("ana").await;
    let spent = ticket(&house, &ana).await;
    let late = ticket(&house, &ana).await;
    let mut first = house.client.socket(None).await.unwrap();
    first.say(json!({"type": "hello", "ticket": spent})).await;
    let welcome = first.hear().await;
    assert_eq!((&welcome["type"], &welcome["role"]), (&json!("welcome"), &json!("agent")));
    first.say(json!({"type": "hello", "ticket": spent})).await;
    assert_eq!(first.until("refused").await["problem"]["code"], "invalid_request");

    house.later(Duration::from_mins(1));
    let conversation = Uuid::now_v7();
    for opening in [
        json!({"type": "hello", "ticket": spent}),
        json!({"type": "hello", "ticket": late}),
        json!({"type": "hello", "ticket": ana}),
        json!({"type": "hello", "ticket": ""}),
        json!({"type": "hello"}),
        json!({"type": "subscribe", "conversation": conversation, "after": 0}),
        json!("hello"),
    ] {
        let mut socket = house.client.socket(None).await.unwrap();
        socket.say(opening.clone()).await;
        assert_eq!(socket.closed().await, 4401, "{opening}");
    }
}

#[tokio::test]
async fn a_ticket_of_a_session_that_ended_meanwhile_opens_nothing() {
    let house = House::open().await;
    let ana = house.person("ana").await;
    let ticket = ticket(&house, &ana).await;
    assert_eq!(house.client.delete("/v1/session", Some(&ana)).await.status, 204);
    let mut socket = house.client.socket(None).await.unwrap();
    socket.say(json!({"type": "hello", "ticket": ticket})).await;
    assert_eq!(socket.closed().await, 4401);
}

#[tokio::test]
async fn who_says_nothing_is_let_go() {
    let house = House::open().await;
    let mut silent = house.client.socket(None).await.unwrap();
    assert_eq!(silent.closed().await, 4408);
}

#[tokio::test]
async fn frames_that_are_none_are_refused_and_the_socket_lives_on() {
    let house = House::open().await;
    let customer = house.customer().await;
    let mut socket = house.socket(&customer.token).await;
    let id = customer.id;
    for (frame, code) in [
        ("{", "invalid_json"),
        ("[]", "invalid_field"),
        ("{\"type\":\"dance\"}", "invalid_field"),
        ("{\"type\":\"send\"}", "invalid_field"),
        (
            &*format!("{{\"type\":\"send\",\"conversation\":\"{id}\",\"client_id\":\"a\",\"text\":\"b\",\"seq\":9}}"),
            "unknown_field",
        ),
        (
            &*format!("{{\"type\":\"send\",\"conversation\":\"{id}\",\"client_id\":\"a\",\"text\":\"b\",\"at\":1}}"),
            "unknown_field",
        ),
        (
            &*format!("{{\"type\":\"send\",\"conversation\":\"{id}\",\"client_id\":\"a\",\"text\":\"b\\u0000\"}}"),
            "invalid_field",
        ),
        (
            &*format!("{{\"type\":\"send\",\"conversation\":\"{id}\",\"client_id\":\"a\",\"text\":\" \"}}"),
            "message_empty",
        ),
        (
            &*format!("{{\"type\":\"send\",\"conversation\":\"{id}\",\"client_id\":\"\",\"text\":\"b\"}}"),
            "invalid_field",
        ),
        (&*format!("{{\"type\":\"subscribe\",\"conversation\":\"{id}\",\"after\":-1}}"), "invalid_field"),
        (&*format!("{{\"type\":\"subscribe\",\"conversation\":\"{}\",\"after\":0}}", Uuid::now_v7()), "not_found"),
    ] {
        socket.say_raw(Message::text(frame)).await;
        assert_eq!(socket.until("refused").await["problem"]["code"], code, "{frame}");
    }
    let long = "x".repeat(17_000);
    socket.say(json!({"type": "send", "conversation": id, "client_id": "long", "text": long})).await;
    let refused = socket.until("refused").await;
    assert_eq!((&refused["problem"]["code"], &refused["client_id"]), (&json!("message_too_long"), &json!("long")));
    socket.say(json!({"type": "ping"})).await;
    socket.until("pong").await;
}

#[tokio::test]
async fn frames_that_no_client_sends_close_the_socket() {
    let house = House::open().await;
    let customer = house.customer().await;
    for message in [Message::binary(vec![1, 2, 3]), Message::text("x".repeat(70_000))] {
        let mut socket = house.socket(&customer.token).await;
        socket.say_raw(message).await;
        assert_eq!(socket.closed().await, 1003);
    }
}

#[tokio::test]
async fn messages_that_are_sent_without_waiting_keep_their_order_and_sending_twice_is_once() {
    let house = House::open_on_sqlite().await;
    let (customer, other) = (house.customer().await, house.customer().await);
    let mut socket = house.socket(&customer.token).await;
    socket.follow(customer.id, 0).await;
    for _ in 0..2 {
        for number in 0..100 {
            let client_id = format!("m{number}");
            socket
                .say(json!({"type": "send", "conversation": customer.id, "client_id": client_id, "text": client_id}))
                .await;
        }
    }
    let (mut acks, mut shown) = (Vec::new(), Vec::new());
    while acks.len() < 200 || shown.len() < 100 {
        let frame = socket.hear().await;
        match frame["type"].as_str().unwrap() {
            "ack" => acks.push((frame["client_id"].clone(), frame["seq"].as_u64().unwrap())),
            "events" => shown.extend(
                frame["events"].as_array().unwrap().iter().filter(|event| event["type"] == "message_posted").cloned(),
            ),
            other => panic!("{other}"),
        }
    }
    let texts: Vec<_> = shown.iter().map(|event| event["text"].as_str().unwrap().to_owned()).collect();
    assert_eq!(texts, (0..100).map(|number| format!("m{number}")).collect::<Vec<_>>());
    assert_eq!(acks[..100], acks[100..], "the second time every message is the one that was there");
    // Somebody else's conversation is not there.
    socket.say(json!({"type": "send", "conversation": other.id, "client_id": "x", "text": "x"})).await;
    assert_eq!(socket.until("refused").await["problem"]["code"], "not_found");
}

#[tokio::test]
async fn a_server_that_stops_says_so_and_waits_for_its_sockets() {
    let house = House::open().await;
    let customer = house.customer().await;
    let (mut one, mut other) = (house.socket(&customer.token).await, house.socket(&customer.token).await);
    let closing = house.app.close_sockets(Duration::from_secs(10));
    let (one, other, ()) = tokio::join!(one.closed(), other.closed(), closing);
    assert_eq!((one, other), (1012, 1012));
    assert_eq!(house.app.sockets(), 0);
    house.client.get("/readyz", None).await.refused(503, "unavailable");
    assert_eq!(house.client.socket(None).await.map(drop), Err(503));
}

#[tokio::test]
async fn rights_that_change_while_a_socket_is_open_change_for_it_too() {
    let house = House::open().await;
    let ana = house.person("ana").await;
    let mut console = house.socket(&ana).await;
    let ada = house.person("ada").await;
    let moved = crate::house::CONFIG.replace("queues: [general], capacity: 3", "queues: [technical], capacity: 3");
    house.client.put("/v1/config", Some(&ada), json!({"document": moved})).await.ok();
    console.say(json!({"type": "ping"})).await;
    assert_eq!(console.closed().await, 1012);
}

#[tokio::test]
async fn one_socket_follows_only_so_many_conversations() {
    let house = House::open().await;
    let customer = house.customer().await;
    let mut socket = house.socket(&customer.token).await;
    for number in 0..=500 {
        let id = Uuid::now_v7();
        house.client.post("/v1/conversations", Some(&customer.token), json!({"id": id})).await.has(201);
        socket.say(json!({"type": "subscribe", "conversation": id, "after": 0})).await;
        let frame = socket.until_fits(|frame| frame["type"] == "subscribed" || frame["type"] == "refused").await;
        if number < 500 {
            assert_eq!(frame["type"], "subscribed");
            socket.say(json!({"type": "unsubscribe", "conversation": Uuid::now_v7()})).await;
        } else {
            assert_eq!(frame["problem"]["code"], "too_many_subscriptions");
        }
    }
}
