//! An agent's own desk, over HTTP and sockets.

use std::time::Duration;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::house::{Customer, House};

async fn says(house: &House, customer: &Customer, text: &str) {
    let post = json!({"client_id": Uuid::now_v7().to_string(), "text": text});
    house.client.post(&customer.path("/messages"), Some(&customer.token), post).await.has(201);
}

async fn notes(house: &House, customer: &Customer, token: &str, text: &str, mentions: Value) -> crate::client::Answer {
    let post = json!({"client_id": Uuid::now_v7().to_string(), "text": text, "mentions": mentions});
    house.client.post(&customer.path("/notes"), Some(token), post).await
}

#[tokio::test]
async fn an_agent_keeps_quick_replies_beside_those_of_everybody() {
    let house = House::open().await;
    let ana = house.person("ana").await;
    let tom = house.person("tom").await;
    let path = "/v1/me/quick-replies/hello";
    let put = house.client.put(path, Some(&ana), json!({"text": "Hello {{customer.name}}"})).await;
    assert_eq!(put.status, 204);
    let own = house.client.get("/v1/me/quick-replies", Some(&ana)).await.ok();
    let hello = json!({"shortcut": "hello", "text": "Hello {{customer.name}}", "shared": false, "queues": []});
    let shared = json!({"shortcut": "thanks", "text": "Thank you for waiting.", "shared": true, "queues": ["general"]});
    assert_eq!(own, json!([hello, shared]));
    assert_eq!(house.client.get("/v1/me/quick-replies", Some(&tom)).await.ok(), json!([shared]));
    house
        .client
        .put("/v1/me/quick-replies/a%20b", Some(&ana), json!({"text": "x"}))
        .await
        .refused(422, "invalid_field");
    house.client.put(path, Some(&ana), json!({"text": " "})).await.refused(422, "invalid_field");
    assert_eq!(house.client.delete(path, Some(&ana)).await.status, 204);
    assert_eq!(house.client.get("/v1/me/quick-replies", Some(&ana)).await.ok(), json!([shared]));
}

#[tokio::test]
async fn a_colleague_who_is_asked_in_a_note_reads_along_until_they_are_done() {
    let house = House::open().await;
    let (customer, ana) = house.held_by_ana().await;
    says(&house, &customer, "My router is on fire").await;
    let tom = house.person("tom").await;
    let mut toms = house.socket(&tom).await;
    house.client.get(&customer.path(""), Some(&tom)).await.refused(404, "not_found");
    notes(&house, &customer, &ana, "@nobody?", json!(["nobody"])).await.refused(422, "invalid_field");
    notes(&house, &customer, &ana, "@tom what is this?", json!(["tom"])).await.has(201);

    let told = toms.until("reminder").await["reminder"].clone();
    assert_eq!((told["kind"].as_str(), told["made_by_name"].as_str()), (Some("mention"), Some("Ana")));
    assert_eq!(told["conversation"], json!(customer.id));
    assert_eq!(house.client.get("/v1/me/reminders", Some(&tom)).await.ok(), json!([told]));

    // He reads the conversation, live too, and answers in a note; what the customer hears is not his to say.
    let (events, _) = toms.follow(customer.id, 0).await;
    assert!(events.iter().any(|event| event["mentions"] == json!(["tom"])));
    notes(&house, &customer, &tom, "Unplug it", json!([])).await.has(201);
    says(&house, &customer, "It still burns").await;
    toms.until_fits(|frame| frame["events"][0]["text"] == "It still burns").await;
    let epoch = house.epoch(&customer).await;
    let post = json!({"client_id": "t", "text": "Hi", "epoch": epoch});
    house.client.post(&customer.path("/messages"), Some(&tom), post).await.refused(404, "not_found");
    house.client.post(&customer.path("/close"), Some(&tom), json!({"epoch": epoch})).await.refused(404, "not_found");

    let done = format!("/v1/me/reminders/{}", told["id"].as_str().unwrap());
    house.client.delete(&done, Some(&ana)).await.refused(404, "not_found");
    assert_eq!(house.client.delete(&done, Some(&tom)).await.status, 204);
    assert_eq!(toms.until("reminder_done").await["reminder"], told["id"]);
    house.client.get(&customer.path(""), Some(&tom)).await.refused(404, "not_found");
    // The customer saw none of it.
    let seen = house.client.get(&customer.path("/events?after=0&limit=200"), Some(&customer.token)).await.text;
    assert!(!seen.contains("what is this") && !seen.contains("Unplug"));
}

#[tokio::test]
async fn a_follow_up_is_there_after_a_restart_and_gone_when_it_is_done() {
    let house = House::open().await;
    let (customer, ana) = house.held_by_ana().await;
    let now = house.app.engine().now();
    let path = customer.path("/reminders");
    let id = Uuid::now_v7();
    let due = (now + Duration::from_hours(2)).0;
    let asked = json!({"id": id, "due": due, "note": "ask whether it works"});
    house.client.post(&path, Some(&ana), asked.clone()).await.has(201);
    house.client.post(&path, Some(&ana), asked).await.has(201);
    let late = json!({"id": Uuid::now_v7(), "due": now.0 - 1});
    house.client.post(&path, Some(&ana), late).await.refused(422, "invalid_field");
    let open = house.client.get("/v1/me/reminders", Some(&ana)).await.ok();
    assert_eq!(open.as_array().unwrap().len(), 1, "asked twice is once");
    assert_eq!((open[0]["due"].as_i64(), open[0]["kind"].as_str()), (Some(due), Some("follow_up")));
    house.client.delete(&format!("/v1/me/reminders/{id}"), Some(&ana)).await;
    assert_eq!(house.client.get("/v1/me/reminders", Some(&ana)).await.ok(), json!([]));
}

#[tokio::test]
async fn what_was_written_is_found_in_ones_own_conversations_only() {
    let house = House::open_on_sqlite().await;
    let (customer, ana) = house.held_by_ana().await;
    says(&house, &customer, "The <b>invoice</b> of November is wrong").await;
    notes(&house, &customer, &ana, "invoices were sent twice", json!([])).await.has(201);
    let technical = house.waiting_in("technical").await;
    says(&house, &technical, "No invoice here, a cable").await;
    let (tom, sol) = (house.person("tom").await, house.person("sol").await);
    let found = async |token: &str, query: &str| -> Vec<Value> {
        let page = house.client.get(&format!("/v1/search?q={query}"), Some(token)).await.ok();
        assert_eq!(page["complete"], true);
        page["items"].as_array().unwrap().clone()
    };
    let hits = found(&ana, "invoic").await;
    assert_eq!(hits.len(), 2);
    assert_eq!(hits[1]["conversation"]["id"], json!(customer.id));
    assert_eq!(
        hits[1]["pieces"],
        json!([{"text": "The <b>", "found": false}, {"text": "invoice", "found": true},
            {"text": "</b> of November is wrong", "found": false}])
    );
    assert_eq!(found(&tom, "invoice").await.len(), 1);
    assert_eq!(found(&sol, "invoice").await.len(), 3);
    assert_eq!(found(&sol, "invoice&queue=technical").await.len(), 1);
    assert_eq!(found(&sol, "invoice&agent=ana").await.len(), 2);
    assert_eq!(found(&sol, "invoice&closed=true").await.len(), 0);
    for hostile in ["%27%20OR%201%3D1--", "%22", "*", "NEAR(", "%00", "(((((", "%F0%9F%94%A5"] {
        assert_eq!(found(&ana, hostile).await.len(), 0, "{hostile}");
    }
    house.client.get("/v1/search?q=x&queue=%27", Some(&ana)).await.refused(400, "invalid_query");
    let long = "a".repeat(401);
    house.client.get(&format!("/v1/search?q={long}"), Some(&ana)).await.refused(400, "invalid_query");
}

#[tokio::test]
async fn colleagues_see_who_else_is_looking_and_customers_do_not() {
    let house = House::open().await;
    let (customer, ana) = house.held_by_ana().await;
    let sue = house.person("sue").await;
    let (mut anas, mut sues) = (house.socket(&ana).await, house.socket(&sue).await);
    let mut customers = house.socket(&customer.token).await;
    customers.follow(customer.id, 0).await;
    anas.follow(customer.id, 0).await;
    sues.follow(customer.id, 0).await;
    let both = json!(["ana", "sue"]);
    anas.until_fits(|frame| frame["type"] == "viewers" && frame["agents"] == both).await;
    sues.say(json!({"type": "unsubscribe", "conversation": customer.id})).await;
    anas.until_fits(|frame| frame["type"] == "viewers" && frame["agents"] == json!(["ana"])).await;
    // What the customer hears next is the answer to a ping: nothing was said before.
    customers.say(json!({"type": "ping"})).await;
    loop {
        let heard = customers.hear().await;
        assert_ne!(heard["type"], "viewers");
        if heard["type"] == "pong" {
            break;
        }
    }
}

#[tokio::test]
async fn a_day_says_what_was_handled_and_how_it_was() {
    let house = House::open().await;
    let since = house.app.engine().now().0;
    let (customer, ana) = house.held_by_ana().await;
    let day = format!("/v1/me/day?since={since}");
    let before = house.client.get(&day, Some(&ana)).await.ok();
    assert_eq!(
        (before["accepted"].as_u64(), before["handled"].as_u64(), &before["rating"]),
        (Some(1), Some(0), &Value::Null)
    );
    house.later(Duration::from_mins(5));
    let epoch = house.epoch(&customer).await;
    let back = json!({"epoch": epoch, "disposition": "answered"});
    house.client.post(&customer.path("/handback"), Some(&ana), back).await.ok();
    let view = house.client.get(&customer.path(""), Some(&customer.token)).await.ok();
    let rated = json!({"handoff": view["surveys"][0], "rating": 4});
    house.client.post(&customer.path("/survey"), Some(&customer.token), rated).await.ok();
    let after = house.client.get(&day, Some(&ana)).await.ok();
    assert_eq!(
        (after["handled"].as_u64(), after["surveys"].as_u64(), after["rating"].as_f64()),
        (Some(1), Some(1), Some(4.0))
    );
    assert!((300..330).contains(&after["handle_time_s"].as_u64().unwrap()));
    let long_ago = since - 1_000 * 3_600 * 72;
    house.client.get(&format!("/v1/me/day?since={long_ago}"), Some(&ana)).await.refused(400, "invalid_query");
}

#[tokio::test]
async fn the_articles_suggest_answers_to_what_the_customer_asked_last() {
    let house = House::open_on_sqlite().await;
    let section = |heading: &str, text: &str| baton_store::SectionRow {
        heading: heading.to_owned(),
        anchor: heading.to_lowercase(),
        text: text.to_owned(),
    };
    let sections = [section("Refunds", "A refund takes five days."), section("Shipping", "We ship on Mondays.")];
    house.app.engine().store().write(move |tx| tx.put_article("money", "Money", "d", &sections)).await.unwrap();
    let (customer, ana) = house.held_by_ana().await;
    let path = customer.path("/suggestions");
    assert_eq!(house.client.get(&path, Some(&ana)).await.ok(), json!([]));
    says(&house, &customer, "How long does a refund take, five days?").await;
    let suggested = house.client.get(&path, Some(&ana)).await.ok();
    assert_eq!(suggested[0]["href"], "/manual/money#refunds");
    assert_eq!(suggested[0]["text"], "A refund takes five days.");
}
