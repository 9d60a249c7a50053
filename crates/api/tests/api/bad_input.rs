//! Bad input: a clear 4xx that says what and where, nothing lost, never a 5xx.

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::Client;
use crate::house::House;

fn raw(
    house: &House,
    path: &str,
    token: &str,
    kind: &str,
    body: Vec<u8>,
) -> impl Future<Output = crate::client::Answer> {
    let request = house.client.request(Method::POST, path, Some(token)).header("content-type", kind).body(body);
    Client::answer(request)
}

#[tokio::test]
async fn every_kind_of_bad_input_gets_a_clear_answer() {
    let house = House::open().await;
    let customer = house.customer().await;
    let (token, messages) = (&customer.token, customer.path("/messages"));
    let post = |body: Value| house.client.post(&messages, Some(token), body);

    let broken = raw(&house, &messages, token, "application/json", b"{\"client_id\": ".to_vec()).await;
    assert!(broken.refused(400, "invalid_json")["detail"].as_str().unwrap().starts_with("line 1, column"));
    raw(&house, &messages, token, "application/json", vec![0xff, 0xfe]).await.refused(400, "invalid_json");
    raw(&house, &messages, token, "text/plain", b"{}".to_vec()).await.refused(415, "unsupported_media_type");
    raw(&house, &messages, token, "application/json", vec![b' '; 70_000]).await.refused(413, "body_too_large");

    for (forged, field) in [
        (json!({"client_id": "a", "text": "b", "author": "agent"}), "author"),
        (json!({"client_id": "a", "text": "b", "seq": 1}), "seq"),
        (json!({"client_id": "a", "text": "b", "at": 1}), "at"),
    ] {
        assert_eq!(post(forged).await.refused(422, "unknown_field")["field"], field);
    }
    for (wrong, field) in [
        (json!({"client_id": 1, "text": "b"}), "client_id"),
        (json!({"client_id": "a"}), "text"),
        (json!({"client_id": "a", "text": ["b"]}), "text"),
        (json!({"client_id": "", "text": "b"}), "client_id"),
        (json!({"client_id": "x".repeat(65), "text": "b"}), "client_id"),
        (json!({"client_id": "a", "text": "b", "epoch": -1}), "epoch"),
        (json!({"client_id": "a", "text": "b", "knew": true}), "knew"),
        (json!({"client_id": "a", "text": "b", "in_reply_to": 1}), "in_reply_to"),
    ] {
        assert_eq!(post(wrong).await.refused(422, "invalid_field")["field"], field);
    }
    post(json!({"client_id": "a", "text": "  \n"})).await.refused(422, "message_empty");
    post(json!({"client_id": "a", "text": "x".repeat(16 * 1024 + 1)})).await.refused(422, "message_too_long");
    post(json!({"client_id": "a", "text": "x".repeat(16 * 1024)})).await.has(201);

    let start = |body: Value| house.client.post("/v1/conversations", Some(token), body);
    let id = Uuid::now_v7();
    let field = |answer: Value| answer["field"].as_str().unwrap().to_owned();
    let deep = start(json!({"id": id, "attributes": {"plan": {"deep": 1}}})).await.refused(422, "invalid_field");
    assert_eq!(field(deep), "attributes.plan");
    let many: serde_json::Map<_, _> = (0..51).map(|n| (format!("a{n}"), json!(n))).collect();
    assert_eq!(field(start(json!({"id": id, "attributes": many})).await.refused(422, "invalid_field")), "attributes");
    assert_eq!(field(start(json!({"id": id, "channel": "other"})).await.refused(422, "invalid_field")), "channel");
    assert_eq!(field(start(json!({"id": id, "language": "?"})).await.refused(422, "invalid_field")), "language");
    assert_eq!(field(start(json!({"id": "one"})).await.refused(422, "invalid_field")), "id");
}

#[tokio::test]
async fn addresses_and_methods_that_are_not_there_are_problems_too() {
    let house = House::open().await;
    let customer = house.customer().await;
    let get = |path: &'static str| house.client.get(path, Some(&customer.token));
    for path in ["/", "/v1", "/v2/me", "/v1/conversations/nonsense", "/v1/conversations/nonsense/events", "/v1/../etc"]
    {
        get(path).await.refused(404, "not_found");
    }
    for path in
        ["/v1/conversations?view=own&limit=0", "/v1/conversations?view=own&limit=101", "/v1/conversations?view=x"]
    {
        get(path).await.refused(400, "invalid_query");
    }
    get("/v1/conversations?view=own&cursor=nonsense").await.refused(400, "invalid_query");
    get("/v1/conversations?view=own&secret=1").await.refused(400, "invalid_query");
    get("/v1/conversations").await.refused(400, "invalid_query");
    house.client.put(&customer.path(""), Some(&customer.token), json!({})).await.refused(405, "method_not_allowed");
    house.client.get("/v1/socket", None).await.refused(400, "invalid_request");
    house.client.get(&customer.path("/events?limit=501"), Some(&customer.token)).await.refused(400, "invalid_query");
    let far = format!("/events?after={}", u64::MAX);
    assert_eq!(house.client.get(&customer.path(&far), Some(&customer.token)).await.ok()["items"], json!([]));
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_protect() {
    let house = House::open().await;
    for path in ["/healthz", "/v1/me", "/nowhere", "/docs/", "/v1/openapi.json"] {
        let answer = house.client.get(path, None).await;
        assert_eq!(answer.headers["x-content-type-options"], "nosniff", "{path}");
        assert!(
            answer.headers["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"),
            "{path}"
        );
        assert!(answer.headers.contains_key("referrer-policy"), "{path}");
        assert!(!answer.headers.contains_key("access-control-allow-origin"), "{path}");
    }
    let ask = |origin: &'static str, path: &'static str| {
        let request = house.client.request(Method::OPTIONS, path, None).header("origin", origin);
        Client::answer(request.header("access-control-request-method", "POST"))
    };
    let shared = ask("https://shop.example", "/v1/conversations").await;
    assert_eq!(shared.headers["access-control-allow-origin"], "https://shop.example");
    assert!(!shared.headers.contains_key("access-control-allow-credentials"));
    for (origin, path) in [("https://evil.example", "/v1/conversations"), ("https://shop.example", "/v1/session")] {
        assert!(!ask(origin, path).await.headers.contains_key("access-control-allow-origin"), "{origin} {path}");
    }
}

#[tokio::test]
async fn a_configuration_that_does_not_hold_changes_nothing_and_says_where() {
    let house = House::open().await;
    let ada = house.person("ada").await;
    let before = house.client.get("/v1/config", Some(&ada)).await.ok();
    let put = |body: Value| house.client.put("/v1/config", Some(&ada), body);
    let unknown_queue = crate::house::CONFIG.replace("default_queue: general", "default_queue: nowhere");
    for document in ["", "nonsense: [", &unknown_queue, &crate::house::CONFIG.replace("kind: api", "kind: magic")] {
        let refused = put(json!({"document": document})).await.refused(422, "invalid_configuration");
        assert_eq!(refused["field"], "document");
    }
    put(json!({"document": crate::house::CONFIG, "expected_version": 7})).await.refused(409, "version_conflict");
    assert_eq!(house.client.get("/v1/config", Some(&ada)).await.ok(), before);
    let large = format!("{}\n# {}", crate::house::CONFIG, "x".repeat(100_000));
    let applied = put(json!({"document": large, "expected_version": before["version"]})).await.ok();
    assert_eq!(applied["changed"], true);
    let versions = house.client.get("/v1/config/versions", Some(&ada)).await.ok();
    assert_eq!((versions.as_array().unwrap().len(), &versions[0]["document"]), (2, &json!("")));
    assert_eq!(house.client.get("/v1/config/schema", Some(&ada)).await.ok()["type"], "object");
}

/// Thousands of requests that mean harm, by everybody, everywhere: each gets an answer below 500.
#[tokio::test]
async fn a_storm_of_malformed_requests_breaks_nothing() {
    let house = House::open().await;
    let customer = house.customer().await;
    let (waiting, ana) = house.held_by_ana().await;
    let tokens =
        [customer.token.clone(), ana, house.bot("helper").await, house.person("ada").await, "as_nonsense".to_owned()];
    let paths: Vec<String> = baton_api::openapi().paths.paths.keys().cloned().collect();
    let mut chance = StdRng::seed_from_u64(7);
    let methods = [Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::PATCH];
    for round in 0..4_000 {
        let path = paths.choose(&mut chance).unwrap();
        // Signing in hashes a password on purpose slowly; the storm is about everything else.
        if path == "/v1/session" || path.ends_with("/password") {
            continue;
        }
        let id =
            [customer.id.to_string(), waiting.id.to_string(), "%00".to_owned(), "..%2f".to_owned(), "é".to_owned()];
        let path =
            path.split('/').map(|part| if part.starts_with('{') { id.choose(&mut chance).unwrap() } else { part });
        let path = path.collect::<Vec<_>>().join("/")
            + ["", "?after=x", "?view=all&limit=9", "?%ff=1"].choose(&mut chance).unwrap();
        let body = malformed(&mut chance);
        let request = house
            .client
            .request(
                methods.choose(&mut chance).unwrap().clone(),
                &path,
                tokens.choose(&mut chance).map(String::as_str),
            )
            .header(
                "content-type",
                *["application/json", "application/json", "text/html", "multipart/x"].choose(&mut chance).unwrap(),
            )
            .body(body.clone());
        let answer = Client::answer(request).await;
        assert!(answer.status < 500, "round {round}: {path} {}: {}", String::from_utf8_lossy(&body), answer.text);
    }
    house.client.get("/readyz", None).await;
    house.client.get(&customer.path(""), Some(&customer.token)).await.ok();
}

fn malformed(chance: &mut StdRng) -> Vec<u8> {
    const NAMES: [&str; 12] = [
        "id",
        "text",
        "client_id",
        "epoch",
        "handoff",
        "needs",
        "agent",
        "queue",
        "rating",
        "priority",
        "document",
        "channel",
    ];
    let value = |chance: &mut StdRng| match chance.random_range(0..12) {
        0 => json!(null),
        1 => json!(-1),
        2 => json!(u64::MAX),
        3 => json!(1.5e308),
        4 => json!(""),
        5 => json!("\u{0}"),
        6 => json!("x".repeat(20_000)),
        7 => json!(["a", {"b": 1}]),
        8 => json!({"skills": {"x": 300}, "priority": 99}),
        9 => json!(Uuid::from_u128(chance.random())),
        10 => json!("'; DROP TABLE events; --"),
        _ => json!("\u{202e}\u{fffe}💥"),
    };
    let count = chance.random_range(0..5);
    let object: serde_json::Map<String, Value> =
        (0..count).map(|_| ((*NAMES.choose(chance).unwrap()).to_owned(), value(chance))).collect();
    let mut body = serde_json::to_vec(&object).unwrap();
    match chance.random_range(0..4) {
        0 => body.truncate(chance.random_range(0..=body.len())),
        1 => {
            let place = chance.random_range(0..=body.len());
            body.insert(place, chance.random());
        }
        2 => body = vec![b'['; chance.random_range(0..2_000)],
        _ => {}
    }
    body
}
