//! What the widget asks: a channel's looks before anything is stored, consent, the form, buttons, thumbs.

use baton_engine::config::versions::Applying;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::Client;
use crate::house::{CONFIG, House};

/// The website asks for consent and a name, and looks like a brand.
fn with_a_widget() -> String {
    let widget = r##"widget: {radius: 4, position: left, theme: dark, dark_colour: "#8b83ff", launcher_label: Help, open_after_s: 20,
        consent: {text: "We keep what you write for 90 days.", link: "https://shop.example/privacy"},
        form: [{key: name, label: Your name, required: true}, {key: topic, label: About, kind: choice, options: {order: An order}}],
        texts: {de: {greeting: Guten Tag, consent: "Wir behalten, was Sie schreiben.", labels: {name: Ihr Name}}}}, "##;
    CONFIG.replace("website: {", &format!("website: {{{widget}"))
}

async fn dressed() -> House {
    let house = House::open().await;
    house.app.engine().apply(&with_a_widget(), &Applying::by("test")).await.unwrap();
    house
}

#[tokio::test]
async fn a_channel_says_how_it_looks_to_whoever_asks() {
    let house = dressed().await;
    let shown = house.client.get("/v1/channels/website", None).await.ok();
    let widget = &shown["widget"];
    assert_eq!((shown["title"].as_str(), shown["bot_name"].as_str()), (Some("Test"), Some("Helper")));
    assert_eq!((widget["radius"].as_u64(), widget["position"].as_str()), (Some(4), Some("left")));
    assert_eq!((widget["theme"].as_str(), widget["open_after_s"].as_u64()), (Some("dark"), Some(20)));
    assert_eq!(widget["form"][1]["options"]["order"], "An order");
    assert_eq!(widget["texts"]["de"]["labels"]["name"], "Ihr Name");
    assert!(!shown.to_string().contains("identity secret"));
    house.client.get("/v1/channels/nowhere", None).await.refused(422, "invalid_field");
    // A page of the channel may ask from its own origin.
    let asked =
        house.client.request(Method::GET, "/v1/channels/website", None).header("origin", "https://shop.example");
    assert_eq!(Client::answer(asked).await.headers["access-control-allow-origin"], "https://shop.example");
}

#[tokio::test]
async fn nothing_is_stored_before_the_customer_agrees() {
    let house = dressed().await;
    let begin = |body: Value| house.client.post("/v1/customer-sessions", None, body);
    let refused = begin(json!({"channel": "website"})).await.refused(422, "invalid_field");
    assert!(refused["detail"].as_str().unwrap().contains("consent"), "{refused}");
    let session = begin(json!({"channel": "website", "consent": true})).await.ok();
    // Whoever agreed once is not asked again, and a channel without a notice asks nothing.
    begin(json!({"channel": "website", "refresh_token": session["refresh_token"]})).await.ok();
    begin(json!({"channel": "other"})).await.ok();
}

#[tokio::test]
async fn what_customers_say_of_themselves_reaches_agents_and_vouches_for_nothing() {
    let house = House::open().await;
    let session = house.session("website").await;
    let token = session["access_token"].as_str().unwrap();
    let id = Uuid::now_v7();
    let form = json!({"id": id, "attributes": {"name": "Mia", "email": "mia@example.org", "order": 4711}});
    house.client.post("/v1/conversations", Some(token), form).await.has(201);
    let patch =
        |body: Value| Client::answer(house.client.request(Method::PATCH, "/v1/customer", Some(token)).json(&body));
    patch(json!({"attributes": {"plan": "blue", "tier": "gold"}})).await.has(204);
    patch(json!({"attributes": {"list": [1]}})).await.refused(422, "invalid_field");
    patch(json!({"tier": "gold"})).await.refused(422, "unknown_field");

    let seen = house.client.get(&format!("/v1/conversations/{id}"), Some(&house.person("ada").await)).await.ok();
    let customer = &seen["customer"];
    assert_eq!((customer["name"].as_str(), customer["email"].as_str()), (Some("Mia"), Some("mia@example.org")));
    assert_eq!(
        (customer["attributes"]["plan"].as_str(), customer["identified"].as_bool()),
        (Some("blue"), Some(false))
    );
    assert_eq!(customer["tier"], Value::Null);
}

#[tokio::test]
async fn a_bots_buttons_and_cards_arrive_and_a_thumb_is_kept() {
    let house = House::open().await;
    let session = house.session("website").await;
    let token = session["access_token"].as_str().unwrap();
    let (bot, id) = (house.bot("helper").await, Uuid::now_v7());
    house.client.post("/v1/conversations", Some(token), json!({"id": id})).await.has(201);
    let path = |what: &str| format!("/v1/conversations/{id}/{what}");
    let asked = house.client.post(&path("messages"), Some(token), json!({"client_id": "c", "text": "My order?"})).await;
    let asked = asked.has(201)["seq"].as_u64().unwrap();

    let answer = |client_id: &str, more: Value| {
        let mut body = json!({"client_id": client_id, "text": "It is on its way.", "epoch": 1, "in_reply_to": asked});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let (client, path, bot) = (house.client.clone(), path("messages"), bot.clone());
        async move { client.post(&path, Some(&bot), body).await }
    };
    let bad = json!({"actions": [{"label": "Open", "href": "javascript:alert(1)"}]});
    assert!(answer("b", bad).await.refused(422, "invalid_field")["detail"].as_str().unwrap().contains("https://"));
    let parts = json!({
        "sources": [{"title": "Shipping", "slug": "shipping#times"}],
        "actions": [{"label": "Thanks", "text": "Thank you!"}],
        "cards": [{"title": "Order 4711", "text": "Two books", "href": "https://shop.example/4711", "actions": [{"label": "Cancel it"}]}],
    });
    let seq = answer("b", parts).await.has(201)["seq"].as_u64().unwrap();
    // A customer has no buttons to give.
    let forged = json!({"client_id": "d", "text": "x", "actions": [{"label": "x"}]});
    house.client.post(&path("messages"), Some(token), forged).await.refused(422, "invalid_field");

    let rate = |helpful: Value, message: u64| {
        let body = json!({"message": message, "helpful": helpful});
        Client::answer(house.client.request(Method::PUT, &path("rating"), Some(token)).json(&body))
    };
    rate(json!(true), seq).await.ok();
    rate(json!(true), seq).await.ok();
    rate(json!(false), seq).await.ok();
    rate(json!(true), asked).await.refused(422, "invalid_field");

    let events = house.client.get(&path("events"), Some(token)).await.ok()["items"].as_array().unwrap().clone();
    let said = events.iter().find(|event| event["seq"] == seq).unwrap();
    assert_eq!(said["sources"][0]["href"], "/manual/shipping#times");
    assert_eq!(
        (&said["actions"][0]["text"], &said["cards"][0]["actions"][0]["label"]),
        (&json!("Thank you!"), &json!("Cancel it"))
    );
    let rated: Vec<_> =
        events.iter().filter(|event| event["type"] == "answer_rated").map(|event| &event["helpful"]).collect();
    assert_eq!(rated, [&json!(true), &json!(false)]);
}
