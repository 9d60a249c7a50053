//! A supervisor in front of the wall, and an admin who builds the house, over the interface alone.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::house::{House, PASSWORD};

async fn edit(house: &House, token: &str, expected: u64, edits: Value) -> Answer {
    let body = json!({"expected_version": expected, "note": "as agreed", "edits": edits});
    Client::answer(house.client.request(Method::PATCH, "/v1/config", Some(token)).json(&body)).await
}

fn sum(wall: &Value, field: &str) -> u64 {
    wall["queues"].as_array().unwrap().iter().map(|queue| queue["figures"][field].as_u64().unwrap()).sum()
}

#[tokio::test]
async fn the_figures_of_the_wall_add_up_and_everybody_sees_their_queues() {
    let house = House::open_on_sqlite().await;
    let (sol, sue) = (house.person("sol").await, house.person("sue").await);
    let (held, _) = house.held_by_ana().await;
    let gone = house.waiting_in("general").await;
    house.client.post(&gone.path("/close"), Some(&gone.token), json!({})).await.ok();
    house.waiting_in("technical").await;
    house.later(Duration::from_secs(2));

    let wall = house.client.get("/v1/wall", Some(&sol)).await.ok();
    let total = &wall["total"];
    assert_eq!(total["requested"], 3, "{wall}");
    for field in ["requested", "accepted", "abandoned", "waiting", "within", "late", "undecided"] {
        assert_eq!(total[field].as_u64().unwrap(), sum(&wall, field), "{field}");
    }
    let ends = ["served", "abandoned", "message_left", "unserved", "in_progress", "waiting"];
    assert_eq!(ends.iter().map(|end| total[end].as_u64().unwrap()).sum::<u64>(), 3);
    let slots = total["today"].as_array().unwrap();
    assert_eq!(slots.iter().map(|slot| slot["requested"].as_u64().unwrap()).sum::<u64>(), 3);
    assert_eq!(total["usual"], Value::Null, "one day is no usual one");
    assert_eq!((total["accepted"].as_u64(), total["abandoned"].as_u64()), (Some(1), Some(1)));

    // Sue supervises general alone: her total is of what she sees.
    let hers = house.client.get("/v1/wall", Some(&sue)).await.ok();
    assert_eq!(hers["queues"].as_array().unwrap().len(), 1);
    assert_eq!((hers["total"]["requested"].as_u64(), sum(&hers, "requested")), (Some(2), 2));
    drop(held);
}

#[tokio::test]
async fn an_alert_is_raised_once_and_ends_when_nobody_waits_any_more() {
    let house = House::open_on_sqlite().await;
    let (sol, ada) = (house.person("sol").await, house.person("ada").await);
    let thresholds = json!([{"path": ["queues", "general", "alerts"], "value": {"waiting": 0, "longest_wait_s": 60}}]);
    edit(&house, &ada, 1, thresholds).await.ok();
    let customer = house.waiting_in("general").await;
    let general = async || {
        let wall = house.client.get("/v1/wall", Some(&sol)).await.ok();
        wall["queues"].as_array().unwrap().iter().find(|queue| queue["queue"] == "general").unwrap().clone()
    };
    let alerts = general().await["alerts"].clone();
    assert_eq!((alerts.as_array().unwrap().len(), alerts[0]["kind"].as_str()), (1, Some("waiting")));
    house.later(Duration::from_secs(90));
    let later = general().await["alerts"].clone();
    assert_eq!(later.as_array().unwrap().len(), 2, "{later}");
    assert_eq!(later[0]["since"], alerts[0]["since"], "it stands since it was raised");
    house.client.post(&customer.path("/close"), Some(&customer.token), json!({})).await.ok();
    house.later(Duration::from_secs(2));
    assert_eq!(general().await["alerts"], json!([]));
    let audit = house.client.get("/v1/audit", Some(&ada)).await.ok();
    let told: Vec<&str> = audit.as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap()).collect();
    assert_eq!(told.iter().filter(|action| **action == "alert_raised").count(), 2, "{told:?}");
    assert_eq!(told.iter().filter(|action| **action == "alert_ended").count(), 2, "{told:?}");
}

#[tokio::test]
async fn a_supervisor_closes_a_queue_for_an_hour_and_it_opens_by_itself() {
    let house = House::open_on_sqlite().await;
    let (sue, ada) = (house.person("sue").await, house.person("ada").await);
    let now = house.client.get("/v1/floor", Some(&sue)).await.ok()["at"].as_i64().unwrap();
    let path = "/v1/queues/general/exception";
    let close = |until: i64| json!({"open": false, "until": until, "reason": "the line is down"});
    house.client.put(path, Some(&sue), close(now - 1_000)).await.refused(422, "invalid_field");
    house.client.put("/v1/queues/technical/exception", Some(&sue), close(now + 1_000)).await.refused(404, "not_found");
    house.client.put(path, Some(&sue), close(now + 3_600_000)).await.ok();
    let general = async || {
        let floor = house.client.get("/v1/floor", Some(&sue)).await.ok();
        floor["queues"].as_array().unwrap().iter().find(|queue| queue["queue"] == "general").unwrap().clone()
    };
    let closed = general().await;
    assert_eq!((closed["open"].as_bool(), closed["exception_until"].as_i64()), (Some(false), Some(now + 3_600_000)));
    assert_eq!(closed["opens_at"].as_i64(), Some(now + 3_600_000));
    // Why is kept with the version.
    let versions = house.client.get("/v1/config/versions", Some(&ada)).await.ok();
    assert_eq!(
        (versions[0]["note"].as_str(), versions[0]["by"].as_str()),
        (Some("the line is down"), Some("agent:sue"))
    );
    house.later(Duration::from_secs(3_601));
    let open = general().await;
    assert_eq!((open["open"].as_bool(), open["exception_until"].is_null()), (Some(true), true));
    // Ended by hand, the text is as it was before.
    house.client.put(path, Some(&sue), close(now + 9_000_000)).await.ok();
    house.client.delete(path, Some(&sue)).await.ok();
    assert_eq!(general().await["open"], true);
    let values = house.client.get("/v1/config/values", Some(&ada)).await.ok();
    assert_eq!(values["values"]["queues"]["general"]["exception"], Value::Null);
}

#[tokio::test]
async fn a_supervisor_sets_somebody_away_who_forgot_and_nobody_available() {
    let house = House::open().await;
    let (ana, sue) = (house.person("ana").await, house.person("sue").await);
    let mut console = house.socket(&ana).await;
    house.client.put("/v1/me/availability", Some(&ana), json!({"availability": "available"})).await.ok();
    let path = "/v1/agents/ana/availability";
    let away = json!({"availability": "away", "reason": "left the room"});
    let set = house.client.put(path, Some(&sue), away.clone()).await.ok();
    assert_eq!((set["availability"].as_str(), set["reason"].as_str()), (Some("away"), Some("left the room")));
    // She sees it on her own screen.
    let seen = console.until_fits(|frame| frame["floor"]["agents"][1]["availability"] == "away").await;
    assert_eq!(seen["floor"]["agents"][1]["agent"], "ana");
    let available = json!({"availability": "available", "reason": "x"});
    house.client.put(path, Some(&sue), available).await.refused(422, "invalid_field");
    house.client.put("/v1/agents/tom/availability", Some(&sue), away).await.refused(404, "not_found");
}

#[tokio::test]
async fn an_admin_adds_a_queue_and_an_agent_and_a_fault_names_its_field() {
    let house = House::open_on_sqlite().await;
    let ada = house.person("ada").await;
    let edits = json!([
        {"path": ["queues", "billing"], "value": {"name": "Billing", "hours": "Mo-Fr 09:00-17:00"}},
        {"path": ["agents", "ben"], "value": {"name": "Ben", "email": "ben@example.org", "queues": ["billing"]}},
    ]);
    assert_eq!(edit(&house, &ada, 1, edits.clone()).await.ok()["version"], 2);
    // Whoever read the version before is told, and nothing is lost.
    edit(&house, &ada, 1, edits).await.refused(409, "version_conflict");
    let fault = edit(&house, &ada, 2, json!([{"path": ["queues", "billing", "hours"], "value": "9 to 5"}])).await;
    let problem = fault.refused(422, "invalid_configuration");
    assert_eq!(problem["faults"][0]["path"], "queues.billing.hours");
    // What was written stays as it was, and secrets are not told.
    let values = house.client.get("/v1/config/values", Some(&ada)).await.ok();
    assert_eq!(values["version"], 2);
    assert_eq!(values["values"]["channels"]["website"]["identity_secret"], "(secret)");
    assert_eq!(values["values"]["queues"]["billing"]["name"], "Billing");
    let text = house.client.get("/v1/config", Some(&ada)).await.ok()["document"].as_str().unwrap().to_owned();
    assert!(text.contains("  general: {name: General, ring_s: 600}\n"), "{text}");
    edit(&house, &ada, 2, json!([{"path": ["agents", "ben"]}])).await.ok();
    let agents = house.client.get("/v1/agents", Some(&ada)).await.ok();
    assert!(agents.as_array().unwrap().iter().all(|agent| agent["agent"] != "ben"));
}

#[tokio::test]
async fn an_invitation_sets_a_password_once_and_not_after_its_time() {
    let house = House::open_on_sqlite().await;
    let ada = house.person("ada").await;
    let invite = async || {
        let made = house.client.post("/v1/agents/tom/invitations", Some(&ada), Value::Null).await.has(201);
        made["link"].as_str().unwrap().split_once("#invitation=").unwrap().1.to_owned()
    };
    let accept = async |token: &str, password: &str| {
        house.client.post("/v1/invitations/accept", None, json!({"token": token, "password": password})).await
    };
    let first = invite().await;
    let second = invite().await;
    accept(&first, "another password").await.refused(401, "sign_in_failed");
    accept("", "another password").await.refused(401, "sign_in_failed");
    accept(&second, "short").await.refused(422, "invalid_field");
    let listed = house.client.get("/v1/invitations", Some(&ada)).await.ok();
    assert_eq!((listed.as_array().unwrap().len(), &listed[0]["link"]), (1, &Value::Null));
    let accepted = accept(&second, "another password").await.ok();
    assert_eq!(accepted["email"], "tom@example.org");
    house.person_with("tom", "another password").await.ok();
    house.person_with("tom", PASSWORD).await.refused(401, "sign_in_failed");
    accept(&second, "a third password").await.refused(401, "sign_in_failed");
    // One that waits too long opens nothing; one that was withdrawn neither.
    let late = invite().await;
    house.later(Duration::from_hours(73));
    accept(&late, "another password").await.refused(401, "sign_in_failed");
    let ada = house.person("ada").await;
    let made = house.client.post("/v1/agents/tom/invitations", Some(&ada), Value::Null).await.has(201);
    let token = made["link"].as_str().unwrap().split_once("#invitation=").unwrap().1.to_owned();
    let path = format!("/v1/invitations/{}", made["id"].as_str().unwrap());
    assert_eq!(house.client.delete(&path, Some(&ada)).await.status, 204);
    accept(&token, "another password").await.refused(401, "sign_in_failed");
}
