//! Files that customers and agents send each other.

use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::{Answer, Client};
use crate::house::{Customer, House};

const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\nand what follows";

async fn upload(house: &House, about: &Customer, token: &str, name: &str, content: &[u8]) -> Answer {
    let name: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let path = about.path(&format!("/attachments?name={name}"));
    let request = house.client.request(Method::POST, &path, Some(token));
    Client::answer(request.body(content.to_vec())).await
}

async fn messages(house: &House, about: &Customer, token: &str) -> Vec<Value> {
    let page = house.client.get(&about.path("/events?after=0&limit=200"), Some(token)).await.ok();
    let posted = |event: &&Value| event["type"] == "message_posted";
    page["items"].as_array().unwrap().iter().filter(posted).cloned().collect()
}

#[tokio::test]
async fn a_picture_that_the_customer_sends_is_seen_by_the_agent_and_saved_but_never_opened() {
    let house = House::open_on_sqlite().await;
    let (customer, ana) = house.held_by_ana().await;
    let kept = upload(&house, &customer, &customer.token, "../the \u{202e}screen.png", PICTURE).await.has(201);
    assert_eq!(
        (kept["name"].as_str(), kept["media_type"].as_str(), kept["picture"].as_bool(), kept["bytes"].as_u64()),
        (Some("the screen.png"), Some("image/png"), Some(true), Some(PICTURE.len() as u64))
    );
    let file = customer.path(&format!("/attachments/{}", kept["id"].as_str().unwrap()));
    // Not sent yet: it is nobody's but the customer's.
    house.client.get(&file, Some(&ana)).await.refused(404, "not_found");
    assert_eq!(house.client.get(&file, Some(&customer.token)).await.status, 200);

    let post = json!({"client_id": "m1", "text": "", "attachments": [kept["id"]]});
    house.client.post(&customer.path("/messages"), Some(&customer.token), post.clone()).await.has(201);
    // The answer was lost, so it is sent again.
    house.client.post(&customer.path("/messages"), Some(&customer.token), post).await.ok();
    let seen = messages(&house, &customer, &ana).await;
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0]["attachments"], json!([kept]));

    let response = house.client.request(Method::GET, &file, Some(&ana)).send().await.unwrap();
    let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "image/png");
    assert_eq!(
        header("content-disposition"),
        "attachment; filename=\"the screen.png\"; filename*=UTF-8''the%20screen.png"
    );
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("content-security-policy"), "default-src 'none'; sandbox; frame-ancestors 'none'");
    let version = header("etag");
    assert_eq!(response.bytes().await.unwrap(), PICTURE);
    let again = house.client.request(Method::GET, &file, Some(&ana)).header("if-none-match", version);
    assert_eq!(Client::answer(again).await.status, 304);

    // In the lists it has words, and it cannot be taken back once it was sent.
    let list = house.client.get("/v1/conversations?view=mine", Some(&ana)).await.ok();
    assert_eq!(list["items"][0]["last_text"], "[the screen.png]");
    house.client.delete(&file, Some(&customer.token)).await.refused(404, "not_found");
    let stranger = house.customer().await;
    house.client.get(&file, Some(&stranger.token)).await.refused(404, "not_found");
    let through_own = stranger.path(&format!("/attachments/{}", kept["id"].as_str().unwrap()));
    house.client.get(&through_own, Some(&stranger.token)).await.refused(404, "not_found");
}

#[tokio::test]
async fn an_agent_sends_a_file_over_the_socket() {
    let house = House::open().await;
    let (customer, ana) = house.held_by_ana().await;
    let kept = upload(&house, &customer, &ana, "steps.txt", "1. Restart".as_bytes()).await.has(201);
    let mut socket = house.socket(&ana).await;
    let epoch = house.epoch(&customer).await;
    let send = json!({"type": "send", "conversation": customer.id, "client_id": "a1", "text": "Like this:",
        "attachments": [kept["id"]], "epoch": epoch});
    socket.say(send).await;
    socket.until("ack").await;
    let seen = messages(&house, &customer, &customer.token).await;
    assert_eq!(seen[0]["attachments"][0]["name"], "steps.txt");
    let file = customer.path(&format!("/attachments/{}", kept["id"].as_str().unwrap()));
    let got = house.client.get(&file, Some(&customer.token)).await;
    assert_eq!((got.status, got.text.as_str()), (200, "1. Restart"));
}

#[tokio::test]
async fn what_is_no_file_to_look_at_does_not_come_in() {
    let house = House::open().await;
    let (customer, ana) = house.held_by_ana().await;
    let token = &customer.token;
    upload(&house, &customer, token, "empty.txt", b"").await.refused(422, "attachment_empty");
    upload(&house, &customer, token, "invoice.pdf", b"MZ\x90\x00\x03").await.refused(415, "attachment_refused");
    let long = vec![b'a'; 10 * 1024 * 1024 + 1];
    upload(&house, &customer, token, "long.txt", &long).await.refused(413, "body_too_large");
    let page = upload(&house, &customer, token, "page.html", b"<script>alert(1)</script>").await.has(201);
    assert_eq!((page["media_type"].as_str(), page["picture"].as_bool()), (Some("text/plain"), Some(false)));

    // Taken back before it was sent.
    let file = customer.path(&format!("/attachments/{}", page["id"].as_str().unwrap()));
    house.client.delete(&file, Some(&ana)).await.refused(404, "not_found");
    assert_eq!(house.client.delete(&file, Some(token)).await.status, 204);
    let send = |ids: Value| json!({"client_id": Uuid::now_v7().to_string(), "text": "x", "attachments": ids});
    let path = customer.path("/messages");
    house.client.post(&path, Some(token), send(json!([page["id"]]))).await.refused(422, "invalid_field");

    // Somebody else's file, and one of another conversation.
    let anas = upload(&house, &customer, &ana, "a.txt", b"a").await.has(201);
    house.client.post(&path, Some(token), send(json!([anas["id"]]))).await.refused(422, "invalid_field");
    let many: Vec<_> = (0..11).map(|_| Uuid::now_v7()).collect();
    house.client.post(&path, Some(token), send(json!(many))).await.refused(422, "invalid_field");
    let elsewhere = house.customer().await;
    let theirs = upload(&house, &elsewhere, &elsewhere.token, "a.txt", b"a").await.has(201);
    house.client.post(&path, Some(token), send(json!([theirs["id"]]))).await.refused(422, "invalid_field");
}
