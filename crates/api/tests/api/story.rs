//! A customer is handed from the bot to a person and back, over the interface alone.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::Socket;
use crate::house::{Customer, House};

fn types(events: &[Value]) -> Vec<&str> {
    events.iter().map(|event| event["type"].as_str().unwrap()).collect()
}

/// What a page of events says, for one principal.
async fn log(house: &House, customer: &Customer, token: &str) -> Vec<Value> {
    house.client.get(&customer.path("/events"), Some(token)).await.ok()["items"].as_array().unwrap().clone()
}

/// Frames of one conversation until its controller is as asked.
async fn until_controller(socket: &mut Socket, kind: &str) -> Value {
    let frame =
        socket.until_fits(|frame| frame["type"] == "events" && frame["state"]["controller"]["kind"] == kind).await;
    frame["state"].clone()
}

#[allow(clippy::too_many_lines)] // One story, told from its beginning to its end.
#[tokio::test]
async fn a_customer_goes_from_the_bot_to_a_person_and_back() {
    let house = House::open_on_sqlite().await;
    let (client, bot) = (&house.client, house.bot("helper").await);
    let ana = house.person("ana").await;
    let mut console = house.socket(&ana).await;
    let available = json!({"availability": "available"});
    let me = client.put("/v1/me/availability", Some(&ana), available).await.ok();
    assert_eq!((me["availability"].as_str(), me["organisation"].as_str()), (Some("available"), Some("Test")));

    // The bot answers; the customer sees safe HTML and who wrote it.
    let customer = house.customer().await;
    let mut widget = house.socket(&customer.token).await;
    let (events, state) = widget.follow(customer.id, 0).await;
    assert_eq!(types(&events), ["conversation_started"]);
    assert_eq!(state["controller"]["kind"], "bot");
    widget
        .say(json!({"type": "send", "conversation": customer.id, "client_id": "m1", "text": "How do I export?"}))
        .await;
    let asked = widget.until("ack").await["seq"].as_u64().unwrap();
    assert_eq!(asked, 2);
    let seen_by_bot = client.get(&customer.path(""), Some(&bot)).await.ok();
    assert_eq!(seen_by_bot["bot_owes"], true);
    assert_eq!(seen_by_bot["customer"], Value::Null);
    let epoch = seen_by_bot["epoch"].as_u64().unwrap();
    let answer = json!({"client_id": "b1", "text": "Press **Export** <script>", "epoch": epoch, "in_reply_to": asked});
    client.post(&customer.path("/messages"), Some(&bot), answer.clone()).await.has(201);
    let shown = widget.until_fits(|frame| frame["events"][0]["author"]["kind"] == "bot").await;
    assert_eq!(shown["events"][0]["html"], "<p>Press <strong>Export</strong> &lt;script&gt;</p>");
    assert_eq!(shown["events"][0]["author"]["name"], "Helper");

    // The customer asks for a person; the console rings with the brief, the customer is told their place.
    widget.say(json!({"type": "send", "conversation": customer.id, "client_id": "m2", "text": "I want to talk to a human"})).await;
    let queued = widget.until_fits(|frame| frame["events"][2]["type"] == "handoff_requested").await;
    assert_eq!(queued["events"][1]["type"], "hidden", "the verdict is not the customer's to see");
    assert_eq!(queued["events"][2]["triggers"], json!([]));
    assert_eq!(queued["events"][3]["notice"], "queued");
    let rung = console.until("offer").await["offer"].clone();
    assert_eq!(rung["conversation"], json!(customer.id));
    assert_eq!(rung["brief"]["why"][0]["code"], "explicit_request");
    let offers = client.get("/v1/offers", Some(&ana)).await.ok();
    assert_eq!(offers[0]["id"], rung["id"]);
    let offered = client.get(&customer.path(""), Some(&customer.token)).await.ok();
    assert_eq!(
        offered["controller"],
        json!({"kind": "queued", "agent": null, "agent_name": null, "offer": null, "offer_expires_at": null})
    );

    // The bot is late: refused with 409, whatever it says.
    let late = json!({"client_id": "b2", "text": "Also …", "epoch": epoch});
    client.post(&customer.path("/messages"), Some(&bot), late).await.refused(409, "stale_epoch");
    // What it said in time stands, also when it is sent again.
    let again = client.post(&customer.path("/messages"), Some(&bot), answer).await.ok();
    assert_eq!(again["seq"], shown["events"][0]["seq"]);

    // Ana accepts, twice is once; the customer sees her name and not her key.
    let accept = format!("/v1/offers/{}/accept", rung["id"].as_str().unwrap());
    let state = client.post(&accept, Some(&ana), Value::Null).await.ok();
    assert_eq!(state["controller"]["agent"], "ana");
    assert!(state["can"].as_array().unwrap().contains(&json!("hand_back")));
    client.post(&accept, Some(&ana), Value::Null).await.ok();
    assert_eq!(console.until("offer_gone").await["reason"], "accepted");
    let state = until_controller(&mut widget, "agent").await;
    assert_eq!(
        (state["controller"]["agent_name"].as_str(), &state["controller"]["agent"]),
        (Some("Ana"), &Value::Null)
    );

    // Both write and see the other type and read.
    let (_, state) = console.follow(customer.id, 0).await;
    let epoch = state["epoch"].as_u64().unwrap();
    console.say(json!({"type": "typing", "conversation": customer.id, "typing": true})).await;
    let typing = widget.until("typing").await;
    assert_eq!(typing["author"], json!({"kind": "agent", "name": "Ana", "agent": null}));
    console.say(json!({"type": "send", "conversation": customer.id, "client_id": "a1", "text": "Hello, Ana here", "epoch": epoch})).await;
    let ack = console.until("ack").await;
    let said = widget.until_fits(|frame| frame["events"][0]["author"]["kind"] == "agent").await;
    assert_eq!(said["events"][0]["seq"], ack["seq"]);
    widget.say(json!({"type": "mark", "conversation": customer.id, "read": ack["seq"]})).await;
    let marks =
        console.until_fits(|frame| frame["type"] == "marks" && frame["marks"]["customer_read"] == ack["seq"]).await;
    assert_eq!(marks["marks"]["customer_delivered"], ack["seq"]);

    // A note and the trace are for staff alone.
    client
        .post(&customer.path("/notes"), Some(&ana), json!({"client_id": "n1", "text": "VIP, careful"}))
        .await
        .has(201);
    for (token, may) in [(&customer.token, false), (&bot, false), (&ana, true)] {
        let text = serde_json::to_string(&log(&house, &customer, token).await).unwrap();
        assert_eq!(text.contains("VIP, careful"), may);
        assert_eq!(text.contains("turn_assessed"), may);
    }

    // Handed back with what the bot must know; the customer sees only that it happened, and a survey.
    let back =
        json!({"epoch": epoch, "handback": {"outcome": "refunded", "facts": ["order 7"]}, "disposition": "answered"});
    let state = client.post(&customer.path("/handback"), Some(&ana), back).await.ok();
    assert_eq!(state["controller"]["kind"], "bot");
    let for_bot = log(&house, &customer, &bot).await;
    let handed = for_bot.iter().find(|event| event["type"] == "handed_back").unwrap();
    assert_eq!(handed["handback"]["facts"], json!(["order 7"]));
    let for_customer = log(&house, &customer, &customer.token).await;
    let handed = for_customer.iter().find(|event| event["type"] == "handed_back").unwrap();
    assert_eq!(handed["handback"], Value::Null);
    let surveys = client.get(&customer.path(""), Some(&customer.token)).await.ok()["surveys"].clone();
    let answer = json!({"handoff": surveys[0], "rating": 5, "comment": "kind"});
    client.post(&customer.path("/survey"), Some(&customer.token), answer.clone()).await.ok();
    client.post(&customer.path("/survey"), Some(&customer.token), answer).await.refused(409, "no_survey");

    // The same conversation, a second time.
    client.post(&customer.path("/handoff"), Some(&customer.token), json!({"handoff": Uuid::now_v7()})).await.ok();
    let rung = console.until_fits(|frame| frame["type"] == "offer" && frame["offer"]["id"] != rung["id"]).await;
    let accept = format!("/v1/offers/{}/accept", rung["offer"]["id"].as_str().unwrap());
    client.post(&accept, Some(&ana), Value::Null).await.ok();

    // Everybody has the same numbers, without gaps.
    for token in [&customer.token, &bot, &ana] {
        let numbers: Vec<_> =
            log(&house, &customer, token).await.iter().map(|event| event["seq"].as_u64().unwrap()).collect();
        assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn with_nobody_there_the_customer_leaves_a_message_or_stays_with_the_bot() {
    let house = House::open().await;
    let client = &house.client;
    let customer = house.waiting_in("general").await;
    let state = client.get(&customer.path(""), Some(&customer.token)).await.ok();
    assert_eq!((&state["handoff"]["staffed"], &state["place"]), (&json!(false), &Value::Null));
    let bad = json!({"email": "nonsense", "text": "call me"});
    client.post(&customer.path("/contact"), Some(&customer.token), bad).await.refused(422, "invalid_field");
    let contact = json!({"email": "mia@example.org", "text": "call me"});
    let state = client.post(&customer.path("/contact"), Some(&customer.token), contact).await.ok();
    assert_eq!(state["handoff"]["contact_left"], true);
    let state = client.delete(&customer.path("/handoff"), Some(&customer.token)).await.ok();
    assert_eq!(state["controller"]["kind"], "bot");
    client.delete(&customer.path("/handoff"), Some(&customer.token)).await.refused(409, "not_waiting");
}

#[tokio::test]
async fn an_agent_passes_it_on_and_the_receiver_sees_why() {
    let house = House::open().await;
    let client = &house.client;
    let (customer, ana) = house.held_by_ana().await;
    let tom = house.person("tom").await;
    client.get(&customer.path(""), Some(&tom)).await.refused(404, "not_found");
    let mut watching = house.socket(&ana).await;
    watching.follow(customer.id, 0).await;
    let epoch = house.epoch(&customer).await;
    let both = json!({"epoch": epoch, "queue": "technical", "agent": "tom"});
    client.post(&customer.path("/transfer"), Some(&ana), both).await.refused(422, "invalid_field");
    let pass = json!({"epoch": epoch, "queue": "technical", "note": "needs the database team"});
    client.post(&customer.path("/transfer"), Some(&ana), pass).await.ok();
    client.get(&customer.path(""), Some(&tom)).await.ok();
    let brief = client.get(&customer.path("/brief"), Some(&tom)).await.ok();
    assert_eq!(brief["transfer_note"], "needs the database team");
    // Ana had it and may look at what became of it.
    client.get(&customer.path(""), Some(&ana)).await.ok();
    assert_eq!(until_controller(&mut watching, "queued").await["handoff"]["queue"], "technical");
}

#[tokio::test]
async fn a_bot_asks_what_could_be_promised_before_it_promises() {
    let house = House::open().await;
    let client = &house.client;
    let bot = house.bot("helper").await;
    let nobody = client.post("/v1/availability", Some(&bot), json!({})).await.ok();
    assert_eq!((&nobody["available"], &nobody["queue"]), (&json!(false), &json!("general")));
    let ana = house.person("ana").await;
    let _console = house.socket(&ana).await;
    client.put("/v1/me/availability", Some(&ana), json!({"availability": "available"})).await.ok();
    let somebody = client.post("/v1/availability", Some(&bot), json!({"needs": {"queue": "general"}})).await.ok();
    assert_eq!((&somebody["available"], &somebody["place"]["position"]), (&json!(true), &json!(1)));
    let unknown = client.post("/v1/availability", Some(&bot), json!({"needs": {"queue": "nowhere"}})).await;
    assert_eq!(unknown.refused(422, "invalid_field")["field"], "needs.queue");
    // Customers learn their own chance and nothing about how the house is run.
    let customer = house.customer().await;
    let seen = client.post("/v1/availability", Some(&customer.token), json!({})).await.ok();
    assert_eq!(seen["queues"], json!([]));
}

#[tokio::test]
async fn lists_show_each_what_is_theirs() {
    let house = House::open().await;
    let client = &house.client;
    let (held, ana) = house.held_by_ana().await;
    let waiting = house.waiting_in("technical").await;
    let with_bot = house.customer().await;
    let list = async |view: &str, token: &str| -> Vec<String> {
        let page = client.get(&format!("/v1/conversations?view={view}"), Some(token)).await.ok();
        page["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(list("mine", &ana).await, [held.id.to_string()]);
    assert_eq!(list("own", &with_bot.token).await, [with_bot.id.to_string()]);
    assert_eq!(list("queue", &house.person("tom").await).await, [waiting.id.to_string()]);
    assert_eq!(list("all", &house.person("sue").await).await, [held.id.to_string()]);
    assert_eq!(list("all", &house.person("ada").await).await.len(), 3);
    client.get("/v1/conversations?view=all", Some(&with_bot.token)).await.refused(400, "invalid_query");
    client.get("/v1/conversations?view=all&queue=technical", Some(&ana)).await.refused(404, "not_found");

    // Page by page, everything once.
    let ada = house.person("ada").await;
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("/v1/conversations?view=all&limit=1{cursor}"), Some(&ada)).await.ok();
        seen.extend(page["items"].as_array().unwrap().iter().map(|row| row["id"].clone()));
        let Some(next) = page["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(seen.len(), 3);
}

#[tokio::test]
async fn what_an_admin_reads_is_on_record() {
    let house = House::open().await;
    let customer = house.customer().await;
    let ada = house.person("ada").await;
    house.client.get(&customer.path("/events"), Some(&ada)).await.ok();
    house.client.get(&customer.path("/events"), Some(&ada)).await.ok();
    let audit = house.client.get("/v1/audit", Some(&ada)).await.ok();
    let what = format!("conversation:{}", customer.id);
    let readings = audit.as_array().unwrap().iter().filter(|entry| entry["what"] == what.as_str()).count();
    assert_eq!(readings, 1, "{audit}");
}
