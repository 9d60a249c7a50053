//! Who is let in, for how long, and how it ends.

use std::time::Duration;

use baton_api::Rates;
use baton_store::Store;
use jsonwebtoken::{EncodingKey, Header, encode};
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::house::{House, IDENTITY_SECRET, PASSWORD};

fn identity(house: &House, subject: &str, channel: &str) -> String {
    let exp = (house.app.engine().now().0 / 1000) + 300;
    let claims = json!({"sub": subject, "aud": channel, "exp": exp, "name": "Mia", "tier": "gold"});
    encode(&Header::default(), &claims, &EncodingKey::from_secret(IDENTITY_SECRET.as_bytes())).unwrap()
}

async fn renew(house: &House, refresh: &Value) -> Answer {
    let body = json!({"channel": "website", "refresh_token": refresh});
    house.client.post("/v1/customer-sessions", None, body).await
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_password_are_the_same_answer() {
    let house = House::open().await;
    let wrong = house.person_with("ana", "not the password").await.refused(401, "sign_in_failed");
    let unknown = house.person_with("nobody", PASSWORD).await.refused(401, "sign_in_failed");
    assert_eq!(wrong, unknown);
    house.person_with("ana", PASSWORD).await.ok();
}

#[tokio::test]
async fn by_cookie_another_site_cannot_act() {
    let house = House::open().await;
    let body = json!({"email": "ANA@example.org ", "password": PASSWORD});
    let signed_in = house.client.post("/v1/session", None, body).await;
    let cookie = signed_in.headers["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"), "{cookie}");
    assert_eq!(signed_in.ok()["token"], Value::Null);
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let own = format!("http://{}", house.client.address);

    let ask = |method: Method, path: &str, headers: &[(&str, &str)]| {
        let mut request = house.client.request(method, path, None).header("cookie", &cookie);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Client::answer(request)
    };
    ask(Method::GET, "/v1/me", &[]).await.ok();
    ask(Method::POST, "/v1/socket-tickets", &[]).await.refused(403, "foreign_origin");
    ask(Method::POST, "/v1/socket-tickets", &[("origin", &own)]).await.refused(403, "foreign_origin");
    for foreign in ["https://evil.example", "null", "https://shop.example"] {
        let headers = [("x-baton-request", "1"), ("origin", foreign)];
        ask(Method::POST, "/v1/socket-tickets", &headers).await.refused(403, "foreign_origin");
    }
    ask(Method::POST, "/v1/socket-tickets", &[("x-baton-request", "1"), ("origin", &own)]).await.ok();
    ask(Method::POST, "/v1/socket-tickets", &[("x-baton-request", "1")]).await.ok();

    let left = ask(Method::DELETE, "/v1/session", &[("x-baton-request", "1")]).await;
    assert_eq!(left.status, 204);
    assert!(left.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    ask(Method::GET, "/v1/me", &[]).await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn a_new_password_ends_every_other_session_and_its_sockets() {
    let house = House::open().await;
    let (here, there) = (house.person("ana").await, house.person("ana").await);
    let mut other_console = house.socket(&there).await;
    let mut this_console = house.socket(&here).await;
    let change = |current: &str, new: &str| json!({"current": current, "new": new});
    let put = |body: Value| house.client.put("/v1/me/password", Some(&here), body);
    assert_eq!(put(change("wrong", "another long one")).await.refused(422, "invalid_field")["field"], "current");
    assert_eq!(put(change(PASSWORD, "short")).await.refused(422, "invalid_field")["field"], "new");
    assert_eq!(put(change(PASSWORD, "another long one")).await.status, 204);

    assert_eq!(other_console.closed().await, 4401);
    house.client.get("/v1/me", Some(&there)).await.refused(401, "unauthenticated");
    house.client.get("/v1/me", Some(&here)).await.ok();
    this_console.say(json!({"type": "ping"})).await;
    this_console.until("pong").await;
    house.person_with("ana", PASSWORD).await.refused(401, "sign_in_failed");
    house.person_with("ana", "another long one").await.ok();

    // An admin sets another one: now every session ends.
    let ada = house.person("ada").await;
    let set = json!({"password": "set by the admin"});
    assert_eq!(house.client.put("/v1/agents/ana/password", Some(&ada), set.clone()).await.status, 204);
    assert_eq!(this_console.closed().await, 4401);
    house.client.put("/v1/agents/nobody/password", Some(&ada), set).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_session_expires() {
    let house = House::open().await;
    let ana = house.person("ana").await;
    house.later(Duration::from_hours(6 * 24));
    house.client.get("/v1/me", Some(&ana)).await.ok();
    house.later(Duration::from_hours(24));
    house.client.get("/v1/me", Some(&ana)).await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn a_revoked_bot_key_is_nothing_at_once() {
    let house = House::open().await;
    let key = house.bot_key("helper").await;
    let secret = key["secret"].as_str().unwrap();
    let mut socket = house.socket(secret).await;
    let ada = house.person("ada").await;
    let listed = house.client.get("/v1/bot-keys", Some(&ada)).await.ok();
    assert_eq!((&listed[0]["id"], &listed[0]["secret"]), (&key["id"], &Value::Null));
    let path = format!("/v1/bot-keys/{}", key["id"].as_str().unwrap());
    assert_eq!(house.client.delete(&path, Some(&ada)).await.status, 204);
    assert_eq!(socket.closed().await, 4401);
    house.client.post("/v1/availability", Some(secret), json!({})).await.refused(401, "unauthenticated");
    house.client.delete(&path, Some(&ada)).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_refresh_token_is_good_once_and_reuse_ends_the_family() {
    let house = House::open().await;
    let first = house.session("website").await;
    let second = renew(&house, &first["refresh_token"]).await.ok();
    assert_eq!(second["customer"], first["customer"]);
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    // The answer was lost on the way: the client asks again at once.
    let again = renew(&house, &first["refresh_token"]).await.ok();
    assert_eq!(again["customer"], first["customer"]);
    house.later(Duration::from_secs(31));
    // Much later it is somebody who stole it: the whole family ends.
    renew(&house, &first["refresh_token"]).await.refused(401, "refresh_refused");
    renew(&house, &second["refresh_token"]).await.refused(401, "refresh_refused");
    renew(&house, &again["refresh_token"]).await.refused(401, "refresh_refused");
}

#[tokio::test]
async fn a_customer_who_comes_back_finds_their_conversation() {
    let house = House::open().await;
    let session = house.session("website").await;
    assert_eq!(session["channel"]["bot_name"], "Helper");
    let token = session["access_token"].as_str().unwrap();
    let id = uuid::Uuid::now_v7();
    house.client.post("/v1/conversations", Some(token), json!({"id": id})).await.has(201);
    house.client.post("/v1/conversations", Some(token), json!({"id": id})).await.has(200);
    let back = renew(&house, &session["refresh_token"]).await.ok();
    assert_eq!(back["conversation"], json!(id));
    house.later(Duration::from_mins(11));
    house.client.get("/v1/conversations?view=own", Some(token)).await.refused(401, "unauthenticated");
    house.later(Duration::from_hours(31 * 24));
    renew(&house, &back["refresh_token"]).await.refused(401, "refresh_refused");
}

#[tokio::test]
async fn an_identified_customer_is_the_same_everywhere_and_takes_over_nobody() {
    let house = House::open().await;
    let open = |body: Value| house.client.post("/v1/customer-sessions", None, body);
    let anonymous = house.session("website").await;
    let mia = open(json!({
        "channel": "website",
        "refresh_token": anonymous["refresh_token"],
        "identity_token": identity(&house, "mia", "website"),
    }))
    .await
    .ok();
    assert_eq!((&mia["customer"], &mia["identified"]), (&anonymous["customer"], &json!(true)));
    let elsewhere =
        open(json!({"channel": "website", "identity_token": identity(&house, "mia", "website")})).await.ok();
    assert_eq!(elsewhere["customer"], mia["customer"]);
    // Somebody else at the same browser gets their own conversations, not Mia's.
    let noa = open(json!({
        "channel": "website",
        "refresh_token": mia["refresh_token"],
        "identity_token": identity(&house, "noa", "website"),
    }))
    .await
    .ok();
    assert_ne!(noa["customer"], mia["customer"]);
    // A refresh token speaks for one customer for ever.
    let renewed = renew(&house, &noa["refresh_token"]).await.ok();
    assert_eq!((&renewed["customer"], &renewed["identified"]), (&noa["customer"], &json!(true)));
}

#[tokio::test]
async fn tokens_of_another_channel_or_nobody_are_refused() {
    let house = House::open().await;
    let open = |body: Value| house.client.post("/v1/customer-sessions", None, body);
    let session = house.session("website").await;
    open(json!({"channel": "other", "refresh_token": session["refresh_token"]})).await.refused(401, "refresh_refused");
    open(json!({"channel": "website", "refresh_token": "rt_guess"})).await.refused(401, "refresh_refused");
    open(json!({"channel": "nowhere"})).await.refused(422, "invalid_field");
    for (channel, token) in [
        ("website", identity(&house, "mia", "other")),
        ("other", identity(&house, "mia", "other")),
        ("website", "nonsense".to_owned()),
        ("website", String::new()),
    ] {
        open(json!({"channel": channel, "identity_token": token})).await.refused(401, "identity_refused");
    }
}

#[tokio::test]
async fn guessing_passwords_and_flooding_are_slowed() {
    let house = House::open_with(Store::in_memory(), None, Rates::default()).await;
    let mut refused = 0;
    for _ in 0..14 {
        let answer = house.person_with("ana", "a guess at the password").await;
        if answer.status == 429 {
            assert!(answer.headers.contains_key("retry-after"));
            answer.refused(429, "too_many_requests");
            refused += 1;
        }
    }
    assert!(refused >= 3, "{refused}");
    let customer = house.customer().await;
    let mut statuses = Vec::new();
    for number in 0..40 {
        let message = json!({"client_id": format!("m{number}"), "text": "hello"});
        statuses.push(house.client.post(&customer.path("/messages"), Some(&customer.token), message).await.status);
    }
    assert_eq!(statuses[0], 201);
    assert!(statuses.contains(&429));
    // In the socket as well, with the client's id so that it can try again.
    let mut socket = house.socket(&customer.token).await;
    for number in 0..40 {
        socket
            .say(json!({"type": "send", "conversation": customer.id, "client_id": format!("s{number}"), "text": "x"}))
            .await;
    }
    let refused = socket.until("refused").await;
    assert_eq!(refused["problem"]["code"], "too_many_requests");
    assert!(refused["client_id"].as_str().unwrap().starts_with('s'));
}

#[tokio::test]
async fn who_is_identified_in_the_middle_of_a_conversation_is_known_to_staff_at_once() {
    let house = House::open().await;
    let session = house.session("website").await;
    let id = uuid::Uuid::now_v7();
    let token = session["access_token"].as_str();
    house.client.post("/v1/conversations", token, json!({ "id": id })).await.has(201);
    let admin = house.person("ada").await;
    let path = format!("/v1/conversations/{id}");
    let before = house.client.get(&path, Some(&admin)).await.ok();
    assert_eq!(before["customer"]["identified"], json!(false));
    let identified = json!({
        "channel": "website",
        "refresh_token": session["refresh_token"],
        "identity_token": identity(&house, "mia", "website"),
    });
    house.client.post("/v1/customer-sessions", None, identified).await.ok();
    let after = house.client.get(&path, Some(&admin)).await.ok();
    assert_eq!(after["customer"]["identified"], json!(true));
}
