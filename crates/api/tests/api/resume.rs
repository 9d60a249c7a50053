//! Coming back: nothing missing, nothing twice.

use serde_json::json;

use crate::client::Client;
use crate::house::{Customer, House};

async fn post(client: &Client, customer: &Customer, number: u64) {
    let message = json!({"client_id": format!("m{number}"), "text": format!("message {number}")});
    client.post(&customer.path("/messages"), Some(&customer.token), message).await.has(201);
}

#[tokio::test]
async fn a_socket_that_comes_and_goes_while_others_write_shows_everything_once() {
    let house = House::open_on_sqlite().await;
    let customer = house.customer().await;
    let (client, writer) = (house.client.clone(), Customer { token: customer.token.clone(), id: customer.id });
    let writing = tokio::spawn(async move {
        for number in 0..300 {
            post(&client, &writer, number).await;
        }
    });
    let (mut shown, mut last) = (Vec::new(), 0);
    // Each message is two events: itself and its verdict.
    while last < 601 {
        let mut socket = house.socket(&customer.token).await;
        let (events, state) = socket.follow(customer.id, last).await;
        shown.extend(events.iter().map(|event| event["seq"].as_u64().unwrap()));
        last = shown.last().copied().unwrap_or(0);
        assert_eq!(state["seq"].as_u64(), Some(last), "the state is the one after the last event");
        // A few live frames, then the connection is lost.
        for _ in 0..5 {
            if last >= 601 {
                break;
            }
            let frame = socket.until("events").await;
            for event in frame["events"].as_array().unwrap() {
                last = event["seq"].as_u64().unwrap();
                shown.push(last);
            }
            assert_eq!(frame["state"]["seq"].as_u64(), Some(last));
        }
    }
    writing.await.unwrap();
    assert_eq!(shown, (1..=601).collect::<Vec<u64>>());
}

#[tokio::test]
async fn who_has_another_log_or_more_than_there_is_must_load_again() {
    let house = House::open().await;
    let customer = house.customer().await;
    let mut socket = house.socket(&customer.token).await;
    for ask in [json!({"after": 99}), json!({"after": 0, "epoch": "another"})] {
        let mut frame = json!({"type": "subscribe", "conversation": customer.id});
        frame.as_object_mut().unwrap().extend(ask.as_object().unwrap().clone());
        socket.say(frame).await;
        let answer = socket.until_fits(|frame| frame["type"] == "reload" || frame["type"] == "subscribed").await;
        assert_eq!(answer["type"], "reload", "{ask}");
    }
    let (events, _) = socket.follow(customer.id, 0).await;
    assert_eq!(events.len(), 1);
    // Following again from where it is sends nothing twice.
    let (events, _) = socket.follow(customer.id, 1).await;
    assert_eq!(events.len(), 0);
}

#[tokio::test]
async fn a_long_story_comes_in_frames_that_fit() {
    let house = House::open().await;
    let (customer, ana) = house.held_by_ana().await;
    let epoch = house.epoch(&customer).await;
    let text = "ä".repeat(8_000);
    for number in 0..30 {
        let message = json!({"client_id": format!("a{number}"), "text": text, "epoch": epoch});
        house.client.post(&customer.path("/messages"), Some(&ana), message).await.has(201);
    }
    let mut socket = house.socket(&customer.token).await;
    socket.say(json!({"type": "subscribe", "conversation": customer.id, "after": 0})).await;
    let (mut frames, mut events) = (0, 0);
    loop {
        let frame = socket.hear().await;
        if frame["type"] == "subscribed" {
            break;
        }
        frames += 1;
        events += frame["events"].as_array().unwrap().len();
        assert!(frame.to_string().len() < 256 * 1024);
    }
    assert!(frames >= 10, "{frames}");
    let state = house.client.get(&customer.path(""), Some(&customer.token)).await.ok();
    assert_eq!(state["seq"].as_u64(), Some(events as u64));
}
