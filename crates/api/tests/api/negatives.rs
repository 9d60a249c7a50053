//! Every action by everybody, with every kind of credential, on what is theirs and on what is not: the matrix says what
//! must come out, and the interface is held to it. A route or a frame that this test does not know fails it.

use std::time::Duration;

use baton_api::matrix::{Act, Target, allow};
use baton_api::principal::Principal;
use baton_api::{ACTION_EXTENSION, ANYONE, openapi};
use baton_core::{AgentId, BotId, ChannelId, Conversation, ConversationId, CustomerId};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::{Answer, Client};
use crate::house::{Customer, House, PASSWORD};

struct Operation {
    method: Method,
    path: String,
    act: Act,
}

/// Every operation that asks who calls.
fn operations() -> Vec<Operation> {
    let document = serde_json::to_value(openapi()).unwrap();
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let action = operation[ACTION_EXTENSION].as_str().unwrap();
            let Some(act) = Act::ALL.iter().find(|act| act.name() == action) else {
                assert_eq!(action, ANYONE);
                continue;
            };
            all.push(Operation { method: method.to_uppercase().parse().unwrap(), path: path.clone(), act: *act });
        }
    }
    assert!(all.len() > 30);
    all
}

/// A body of the right shape; what it asks for need not be possible.
fn body(operation: &Operation) -> Value {
    match (operation.method.as_str(), operation.path.as_str()) {
        ("GET" | "DELETE", _)
        | (
            _,
            "/v1/socket-tickets"
            | "/v1/offers/{offer}/accept"
            | "/v1/handoffs/{handoff}/take"
            | "/v1/agents/{agent}/invitations",
        ) => Value::Null,
        ("POST", "/v1/conversations") => json!({"id": Uuid::now_v7(), "channel": "website"}),
        ("POST", "/v1/conversations/{id}/messages") => json!({"client_id": "x", "text": "x", "epoch": 1}),
        ("POST", "/v1/conversations/{id}/notes") => json!({"client_id": "n", "text": "x"}),
        ("POST", "/v1/conversations/{id}/attachments") => Value::from("a text file"),
        ("PUT", "/v1/me/quick-replies/{shortcut}") => json!({"text": "Hello"}),
        ("POST", "/v1/conversations/{id}/reminders") => {
            json!({"id": Uuid::now_v7(), "due": 1_800_000_000_000_i64 + 86_400_000})
        }
        ("POST", "/v1/conversations/{id}/marks") => json!({"read": 1}),
        ("POST", "/v1/conversations/{id}/handoff") => json!({"handoff": Uuid::now_v7(), "epoch": 1}),
        ("POST", "/v1/conversations/{id}/contact") => json!({"email": "a@example.org", "text": "x"}),
        ("POST", "/v1/conversations/{id}/suggestion") => json!({"message": 2, "answer": "no"}),
        ("PUT", "/v1/handoffs/{handoff}/timing") => json!({"timing": "too_late"}),
        ("PUT", "/v1/conversations/{id}/rating") => json!({"message": 2, "helpful": true}),
        ("PATCH", "/v1/customer") => json!({"attributes": {"plan": "blue"}}),
        ("POST", "/v1/assess") => json!({"text": "hello"}),
        ("PUT", "/v1/policy/thresholds/{key}") => json!({"value": 0.7, "shadow": "tried", "note": "x"}),
        ("POST", "/v1/conversations/{id}/survey") => json!({"handoff": Uuid::now_v7(), "rating": 3}),
        ("POST", "/v1/conversations/{id}/transfer") => json!({"epoch": 1, "queue": "general"}),
        ("POST", "/v1/conversations/{id}/handback" | "/v1/conversations/{id}/close") => json!({"epoch": 1}),
        ("POST", "/v1/conversations/{id}/wrap-up" | "/v1/availability") => json!({}),
        ("POST", "/v1/conversations/{id}/assign") => json!({"agent": "ana"}),
        ("POST", "/v1/conversations/{id}/priority") => json!({"priority": 1, "reason": "x"}),
        ("POST", "/v1/offers/{offer}/decline") => json!({"reason": "busy"}),
        ("POST", "/v1/bot-keys") => json!({"bot": "helper", "label": "x"}),
        ("PUT", "/v1/me/availability") => json!({"availability": "away"}),
        ("PUT", "/v1/me/password") => json!({"current": "a wrong guess", "new": "long enough now"}),
        ("PUT", "/v1/agents/{agent}/password") => json!({"password": PASSWORD}),
        ("PUT", "/v1/agents/{agent}/availability") => json!({"availability": "away", "reason": "x"}),
        ("PUT", "/v1/queues/{queue}/exception") => {
            json!({"open": false, "until": 1_800_000_000_000_u64 + 3_600_000, "reason": "x"})
        }
        ("PATCH", "/v1/config") => {
            json!({"expected_version": 0, "edits": [{"path": ["organisation"], "value": "Other"}]})
        }
        ("POST", "/v1/config/hours") => json!({"hours": "Mo-Fr 09:00-17:00", "time_zone": "UTC"}),
        ("PUT", "/v1/config") | ("POST", "/v1/config/plan") => json!({"document": crate::house::CONFIG}),
        ("POST", "/v1/config/rollback") => json!({"version": 1}),
        (method, path) => panic!("{method} {path} is not known to this test: say with which body it is asked"),
    }
}

async fn ask(house: &House, operation: &Operation, path: &str, token: Option<&str>) -> Answer {
    let body = body(operation);
    let path = if operation.path == "/v1/conversations" && operation.method == Method::GET {
        let view = if token.is_some_and(|token| token.starts_with("bk_")) { "all" } else { "own" };
        format!("{path}?view={view}")
    } else if operation.path == "/v1/conversations/{id}/attachments" {
        format!("{path}?name=a.txt")
    } else if operation.path == "/v1/search" {
        format!("{path}?q=hello")
    } else if operation.path == "/v1/me/day" {
        format!("{path}?since=1800000000000")
    } else {
        path.to_owned()
    };
    let request = house.client.request(operation.method.clone(), &path, token);
    Client::answer(if body.is_null() { request } else { request.json(&body) }).await
}

/// Everybody there is, seen from a conversation of the website that waits in general.
async fn everybody(house: &House, owner: &Customer) -> Vec<(Principal, String)> {
    let agent = |key: &str| AgentId::new(key).unwrap();
    let queues = |key: &str| house.app.engine().deployment().agent(&agent(key)).unwrap().queues.clone();
    let stranger = house.session("website").await;
    let bot = |key: &str, channel: &str| Principal::Bot {
        bot: BotId::new(key).unwrap(),
        channels: [ChannelId::new(channel).unwrap()].into(),
    };
    let customer = |id: CustomerId| Principal::Customer {
        customer: id,
        channel: ChannelId::new("website").unwrap(),
        identified: false,
    };
    let owner_id = conversation(house, owner).await.customer.unwrap();
    let stranger_id = CustomerId(stranger["customer"].as_str().unwrap().parse().unwrap());
    vec![
        (customer(owner_id), owner.token.clone()),
        (customer(stranger_id), stranger["access_token"].as_str().unwrap().to_owned()),
        (bot("helper", "website"), house.bot("helper").await),
        (bot("stranger", "other"), house.bot("stranger").await),
        (Principal::Agent { agent: agent("ana"), queues: queues("ana") }, house.person("ana").await),
        (Principal::Agent { agent: agent("tom"), queues: queues("tom") }, house.person("tom").await),
        (Principal::Supervisor { agent: agent("sue"), queues: queues("sue") }, house.person("sue").await),
        (Principal::Supervisor { agent: agent("sol"), queues: queues("sol") }, house.person("sol").await),
        (Principal::Admin { agent: agent("ada") }, house.person("ada").await),
    ]
}

async fn conversation(house: &House, customer: &Customer) -> std::sync::Arc<Conversation> {
    house.app.engine().snapshot(ConversationId(customer.id)).await.unwrap().conversation
}

/// Another conversation of the same customer, waiting in general.
async fn another(house: &House, token: &str) -> Customer {
    let customer = Customer { token: token.to_owned(), id: Uuid::now_v7() };
    house.client.post("/v1/conversations", Some(token), json!({"id": customer.id})).await.has(201);
    let ask = json!({"handoff": Uuid::now_v7(), "needs": {"queue": "general"}});
    house.client.post(&customer.path("/handoff"), Some(token), ask).await.ok();
    customer
}

#[tokio::test]
async fn everybody_may_do_what_the_matrix_says_and_nothing_else() {
    let house = House::open().await;
    let owner = house.waiting_in("general").await;
    let people = everybody(&house, &owner).await;
    let nowhere = house.client.get(&format!("/v1/conversations/{}", Uuid::now_v7()), Some(&owner.token)).await;
    let absent = nowhere.refused(404, "not_found");
    for operation in operations() {
        for (principal, token) in &people {
            let about = another(&house, &owner.token).await;
            let state = conversation(&house, &about).await;
            let handoff = state.handoff().unwrap().id;
            // A file of their own, not sent yet.
            let file = if operation.path.contains("{attachment}") {
                let content = b"a text file".to_vec();
                house.app.engine().upload(state.id, principal.named(), "a.txt", content).await.unwrap().id
            } else {
                Uuid::nil()
            };
            let reminder = Uuid::now_v7();
            if let Some(agent) = principal.person().filter(|_| operation.path.contains("{reminder}")) {
                let due = house.app.engine().now() + Duration::from_hours(1);
                let engine = house.app.engine();
                engine.follow_up(reminder, state.id, agent.clone(), due, String::new()).await.unwrap();
            }
            let path = operation
                .path
                .replace("{id}", &about.id.to_string())
                .replace("{attachment}", &file.to_string())
                .replace("{reminder}", &reminder.to_string())
                .replace("{shortcut}", "hello")
                .replace("{handoff}", &handoff.to_string())
                .replace("{offer}", &Uuid::now_v7().to_string())
                // Who is set away and which queue is closed must be the caller's own for those who have some.
                .replace("{agent}", if operation.act == Act::SetOthersAway { "ana" } else { "kim" })
                .replace("{queue}", "general")
                .replace("{key}", "frustration_threshold")
                .replace("{shadow}", "tried")
                .replace("{version}", "1");
            let concerns = operation.path.contains("{id}") && operation.path.starts_with("/v1/conversations")
                || operation.path.contains("{handoff}") && operation.act != Act::TakeHandoff;
            let target = if concerns { Target::Conversation(&state) } else { Target::Nothing };
            let may = allow(principal, operation.act, target);
            // This ends the session that asks.
            let token = match principal.person() {
                Some(agent) if operation.path == "/v1/session" => house.person(agent.as_str()).await,
                _ => token.clone(),
            };
            let answer = ask(&house, &operation, &path, Some(&token)).await;
            let told = format!("{} {path} by {principal:?}: {}", operation.method, answer.text);
            assert!(answer.status < 500, "{told}");
            if may && matches!(operation.path.as_str(), "/v1/bot-keys/{id}" | "/v1/invitations/{id}") {
                // No key and no invitation has this id.
                assert_eq!(answer.status, 404, "{told}");
            } else if may {
                assert!(!matches!(answer.status, 401 | 403 | 404), "{told}");
            } else {
                assert_eq!((answer.status, &answer.body), (404, &absent), "{told}");
            }
        }
    }
}

#[tokio::test]
async fn without_a_credential_that_holds_nobody_gets_anywhere() {
    let house = House::open().await;
    let customer = house.customer().await;
    let revoked = house.person("ana").await;
    assert_eq!(house.client.delete("/v1/session", Some(&revoked)).await.status, 204);
    let expired_session = house.person("ana").await;
    let expired_access = customer.token.clone();
    let refresh = house.session("website").await["refresh_token"].as_str().unwrap().to_owned();
    house.later(Duration::from_hours(8 * 24));
    let alive = house.person("ana").await;
    let key = house.bot("helper").await;
    let wrong = [
        None,
        Some(String::new()),
        Some("garbage".to_owned()),
        Some(format!("as_{}", "0".repeat(64))),
        Some(format!("bk_{}", "0".repeat(64))),
        Some(revoked),
        Some(expired_session),
        Some(expired_access),
        // A secret of the wrong type opens nothing, nor does one with its end cut off, or under another prefix.
        Some(refresh),
        Some(alive[..alive.len() - 1].to_owned()),
        Some(alive.replace("as_", "bk_")),
        Some(key.replace("bk_", "as_")),
        Some(IDENTITY.to_owned()),
    ];
    for operation in operations() {
        let path = operation.path.replace("{id}", &customer.id.to_string()).replace("{agent}", "ana");
        let path = path.replace("{attachment}", &Uuid::nil().to_string()).replace("{shortcut}", "hello");
        let path = path.replace("{reminder}", &Uuid::nil().to_string());
        let path = path.replace("{handoff}", &Uuid::nil().to_string()).replace("{offer}", &Uuid::nil().to_string());
        for token in &wrong {
            let answer = ask(&house, &operation, &path, token.as_deref()).await;
            assert_eq!(answer.body["code"], "unauthenticated", "{} {path} with {token:?}", operation.method);
            assert_eq!(answer.status, 401);
            assert_eq!(answer.headers["www-authenticate"], "Bearer");
        }
    }
}

/// `{"alg":"none"}` and a payload that names an admin.
const IDENTITY: &str = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEiLCJyb2xlIjoiYWRtaW4iLCJleHAiOjk5OTk5OTk5OTl9.";

#[tokio::test]
async fn frames_are_held_to_the_matrix_like_requests() {
    let document = serde_json::to_value(openapi()).unwrap();
    let known = ["hello", "subscribe", "unsubscribe", "send", "typing", "mark", "ping"];
    let frames = document["components"]["schemas"]["ClientFrame"]["oneOf"].as_array().unwrap();
    assert_eq!(frames.len(), known.len(), "a frame is not known to this test");

    let house = House::open().await;
    let owner = house.waiting_in("general").await;
    let state = conversation(&house, &owner).await;
    for (principal, token) in everybody(&house, &owner).await {
        let mut socket = house.socket(&token).await;
        for (frame, act) in [
            (json!({"type": "subscribe", "conversation": owner.id, "after": 0}), Act::ReadMessages),
            (json!({"type": "send", "conversation": owner.id, "client_id": "x", "text": "x", "epoch": 1}), Act::Send),
            (json!({"type": "typing", "conversation": owner.id, "typing": true}), Act::Send),
            (json!({"type": "mark", "conversation": owner.id, "read": 1}), Act::Mark),
        ] {
            socket.say(frame.clone()).await;
            socket.say(json!({"type": "ping"})).await;
            let mut absent = false;
            loop {
                let heard = socket.hear().await;
                absent |= heard["type"] == "refused" && heard["problem"]["code"] == "not_found";
                if heard["type"] == "pong" {
                    break;
                }
                assert!(heard["problem"]["status"].as_u64().unwrap_or(0) < 500, "{heard}");
            }
            let may = allow(&principal, act, Target::Conversation(&state));
            assert_eq!(absent, !may, "{frame} by {principal:?}");
        }
    }
}

#[tokio::test]
async fn an_offer_is_answered_by_the_one_it_was_made_to() {
    let house = House::open().await;
    let ana = house.person("ana").await;
    let mut console = house.socket(&ana).await;
    house.client.put("/v1/me/availability", Some(&ana), json!({"availability": "available"})).await.ok();
    let customer = house.waiting_in("general").await;
    let offer = console.until("offer").await["offer"]["id"].as_str().unwrap().to_owned();
    let accept = format!("/v1/offers/{offer}/accept");
    let everybody = everybody(&house, &customer).await;
    for (principal, token) in &everybody {
        if principal.person().is_some_and(|agent| agent.as_str() == "ana") {
            continue;
        }
        let answer = house.client.post(&accept, Some(token), Value::Null).await;
        if principal.person().is_none() {
            answer.refused(404, "not_found");
            continue;
        }
        // Somebody else's, gone, or never made: the same answer, so nobody learns which offers there are.
        let theirs = answer.refused(409, "offer_gone");
        let none = format!("/v1/offers/{}/accept", Uuid::now_v7());
        assert_eq!(house.client.post(&none, Some(token), Value::Null).await.body, theirs);
    }
    house.client.post(&accept, Some(&ana), Value::Null).await.ok();
}
