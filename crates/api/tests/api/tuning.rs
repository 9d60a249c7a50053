//! A supervisor tunes the policy over the interface alone: tries a message, reads what marks suggest, tries a threshold
//! in the shadow, and adopts it. Whoever is no supervisor finds nothing there.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::Answer;
use crate::house::{Customer, House};

const ANNOYED: &str = "the answer was disappointing";

async fn writes(house: &House, customer: &Customer, text: &str) {
    let said = json!({"client_id": Uuid::now_v7().to_string(), "text": text});
    house.client.post(&customer.path("/messages"), Some(&customer.token), said).await.has(201);
}

/// A customer who was annoyed first, then asked for a person and got Ana; the handoff's id.
async fn annoyed_with_ana(house: &House) -> String {
    let customer = house.customer().await;
    writes(house, &customer, ANNOYED).await;
    writes(house, &customer, "I want to talk to a person").await;
    house.give(&customer, "ana").await;
    let sol = house.person("sol").await;
    let seen = house.client.get(&customer.path(""), Some(&sol)).await.ok();
    seen["controller"]["handoff"]
        .as_str()
        .or(seen["handoff"]["id"].as_str())
        .unwrap_or_else(|| panic!("{seen}"))
        .to_owned()
}

async fn mark(house: &House, token: &str, handoff: &str, timing: &str) -> Answer {
    house.client.put(&format!("/v1/handoffs/{handoff}/timing"), Some(token), json!({"timing": timing})).await
}

fn threshold(policy: &Value, key: &str) -> Value {
    let all = policy["thresholds"].as_array().unwrap();
    all.iter().find(|one| one["key"] == key).unwrap_or_else(|| panic!("{policy}"))["value"].clone()
}

#[tokio::test]
async fn a_supervisor_goes_from_marks_to_a_shadow_to_a_threshold() {
    let house = House::open().await;
    let (client, sol, ana) = (&house.client, house.person("sol").await, house.person("ana").await);
    let mut handoffs = Vec::new();
    for _ in 0..3 {
        handoffs.push(annoyed_with_ana(&house).await);
    }
    assert_eq!(client.get("/v1/policy/advice", Some(&sol)).await.ok(), json!({"marked": 0, "advice": []}));
    for handoff in &handoffs {
        mark(&house, &ana, handoff, "too_late").await.ok();
        mark(&house, &ana, handoff, "too_late").await.ok();
    }
    let told = client.get("/v1/policy/advice", Some(&sol)).await.ok();
    assert_eq!(told["marked"], 3, "{told}");
    let advice = &told["advice"][0];
    assert_eq!(advice["key"], "frustration_threshold", "{told}");
    let value = advice["to"].as_f64().unwrap();

    // In the shadow first: it decides nothing and is counted.
    let path = "/v1/policy/thresholds/frustration_threshold";
    let tried = json!({"value": value, "shadow": "sooner", "note": "three came too late"});
    assert_eq!(client.put(path, Some(&sol), tried).await.ok()["changed"], true);
    let asked = json!({"text": ANNOYED});
    let assessed = client.post("/v1/assess", Some(&sol), asked.clone()).await.ok();
    assert_eq!(assessed["verdict"]["kind"], "suggest", "{assessed}");
    assert_eq!(assessed["shadows"], json!([{"shadow": "sooner", "kind": "hand_off"}]));
    let customer = house.customer().await;
    writes(&house, &customer, ANNOYED).await;
    let mut examples = Value::Null;
    for _ in 0..2_000 {
        examples = client.get("/v1/policy/shadows/sooner/examples?limit=5", Some(&sol)).await.ok();
        if examples.as_array().is_some_and(|found| !found.is_empty()) {
            break;
        }
        tokio::task::yield_now().await;
    }
    assert_eq!((&examples[0]["live"], &examples[0]["would"]), (&json!("suggest"), &json!("hand_off")), "{examples}");
    assert_eq!(examples[0]["text"], ANNOYED);

    // Then live, from the version that was looked at.
    let policy = client.get("/v1/policy", Some(&sol)).await.ok();
    assert_eq!(policy["shadows"][0]["name"].as_str(), Some("sooner"), "{policy}");
    let version = policy["version"].as_u64().unwrap();
    let late = json!({"value": value, "note": "adopt it", "expected_version": version - 1});
    client.put(path, Some(&sol), late).await.refused(409, "version_conflict");
    let adopted = json!({"value": value, "note": "adopt it", "expected_version": version});
    assert_eq!(client.put(path, Some(&sol), adopted).await.ok()["version"], version + 1);
    let policy = client.get("/v1/policy", Some(&sol)).await.ok();
    assert!((threshold(&policy, "frustration_threshold").as_f64().unwrap() - value).abs() < 0.01, "{policy}");
    assert_eq!(client.post("/v1/assess", Some(&sol), asked).await.ok()["verdict"]["kind"], "hand_off");
}

#[tokio::test]
async fn who_is_no_supervisor_finds_no_policy_and_marks_only_their_own_handoffs() {
    let house = House::open().await;
    let client = &house.client;
    let handoff = annoyed_with_ana(&house).await;
    let customer = house.customer().await;
    let bot = house.bot("helper").await;
    let (ana, tom, kim) = (house.person("ana").await, house.person("tom").await, house.person("kim").await);
    let path = "/v1/policy/thresholds/frustration_threshold";
    let turned = json!({"value": 0.6, "note": "x"});
    for token in [&ana, &tom, &customer.token, &bot] {
        for answer in [
            client.post("/v1/assess", Some(token), json!({"text": "hello"})).await,
            client.get("/v1/policy", Some(token)).await,
            client.get("/v1/policy/advice", Some(token)).await,
            client.get("/v1/policy/shadows/sooner/examples", Some(token)).await,
            client.put(path, Some(token), turned.clone()).await,
        ] {
            assert!((401..=404).contains(&answer.status), "{} {}", answer.status, answer.text);
        }
    }
    assert_eq!(client.get("/v1/policy", None).await.status, 401);
    for token in [&tom, &kim, &customer.token, &bot] {
        let answer = mark(&house, token, &handoff, "not_needed").await;
        assert!((403..=404).contains(&answer.status), "{} {}", answer.status, answer.text);
    }
    let nobodys = Uuid::now_v7().to_string();
    let (absent, foreign) =
        (mark(&house, &tom, &nobodys, "too_late").await, mark(&house, &tom, &handoff, "too_late").await);
    assert_eq!(
        (absent.status, absent.body["code"].clone()),
        (foreign.status, foreign.body["code"].clone()),
        "absent and foreign look the same"
    );
    mark(&house, &ana, &handoff, "too_late").await.ok();
    client.put(&format!("/v1/handoffs/{handoff}/timing"), Some(&ana), json!({})).await.ok();
    let sol = house.person("sol").await;
    assert_eq!(client.get("/v1/policy/advice", Some(&sol)).await.ok()["marked"], 0, "a mark can be taken back");
}

#[tokio::test]
async fn a_threshold_that_does_not_hold_together_is_refused_with_its_field() {
    let house = House::open().await;
    let (client, sol) = (&house.client, house.person("sol").await);
    let path = |key: &str| format!("/v1/policy/thresholds/{key}");
    let turn =
        async |key: &str, value: Value| client.put(&path(key), Some(&sol), json!({"value": value, "note": "x"})).await;
    let version = client.get("/v1/policy", Some(&sol)).await.ok()["version"].clone();
    assert_eq!(turn("mood_threshold", json!(0.5)).await.status, 404);
    for wrong in [json!(1.5), json!(-0.1)] {
        assert_eq!(turn("frustration_threshold", wrong).await.status, 422);
    }
    assert!((400..=422).contains(&turn("frustration_threshold", json!("high")).await.status));
    let above = turn("frustration_suggest", json!(0.9)).await;
    assert!(above.status == 422 && above.text.contains("frustration"), "{}", above.text);
    let never = turn("explicit_threshold", Value::Null).await;
    assert!(never.status == 422 && never.text.contains("always wins"), "{}", never.text);
    let named = json!({"value": 0.6, "note": "x", "shadow": "No Key"});
    assert_eq!(client.put(&path("frustration_threshold"), Some(&sol), named).await.status, 422);
    for body in [
        json!({"text": ""}),
        json!({"text": "x", "channel": "nowhere"}),
        json!({"text": "x", "language": "klingonese"}),
        json!({"text": "x", "history": vec![json!({"author": "customer", "text": "x"}); 60]}),
    ] {
        assert_eq!(client.post("/v1/assess", Some(&sol), body.clone()).await.status, 422, "{body}");
    }
    assert_eq!(client.get("/v1/policy", Some(&sol)).await.ok()["version"], version, "nothing was changed");
}
