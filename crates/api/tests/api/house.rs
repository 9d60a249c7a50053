//! One helper a boundary: a running server with its people, on a port of its own.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use baton_api::{App, Rates, Settings, hash_password, router};
use baton_core::{AgentId, Timestamp};
use baton_engine::{Clock, Engine, Options};
use baton_store::{Credential, SqliteOptions, Store};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::client::{Answer, Client, Socket};

pub(crate) const IDENTITY_SECRET: &str = "an identity secret of 32 bytes or more";
pub(crate) const PASSWORD: &str = "correct horse battery";

/// Ana works in general, Tom in technical; Sue supervises general, Sol everything, Ada is the admin.
pub(crate) const CONFIG: &str = r#"
organisation: Test
settings: {wrap_up_s: 30}
channels:
  website: {title: Test, bot: helper, origins: ["https://shop.example"], identity_secret: "an identity secret of 32 bytes or more"}
  other: {title: Other, bot: stranger}
bots:
  helper: {kind: api, name: Helper}
  stranger: {kind: api, name: Stranger}
default_queue: general
queues:
  general: {name: General, ring_s: 600}
  technical: {name: Technical}
agents:
  ana: {name: Ana, email: ana@example.org, queues: [general], capacity: 3}
  tom: {name: Tom, email: tom@example.org, queues: [technical], capacity: 3}
  kim: {name: Kim, email: kim@example.org, queues: [technical]}
  sue: {name: Sue, email: sue@example.org, role: supervisor, queues: [general]}
  sol: {name: Sol, email: sol@example.org, role: supervisor}
  ada: {name: Ada, email: ada@example.org, role: admin}
dispositions: {answered: Answered}
quick_replies:
  thanks: {text: "Thank you for waiting.", queues: [general]}
"#;

/// Real time, which a test can move forward.
pub(crate) struct TestClock {
    began: tokio::time::Instant,
    ahead_ms: AtomicI64,
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp(1_800_000_000_000 + self.ahead_ms.load(Ordering::Acquire)) + self.began.elapsed()
    }
}

pub(crate) struct House {
    pub(crate) client: Client,
    pub(crate) app: App,
    pub(crate) clock: Arc<TestClock>,
    _folder: Option<tempfile::TempDir>,
}

impl House {
    pub(crate) async fn open() -> Self {
        Self::open_with(Store::in_memory(), None, Rates::UNLIMITED).await
    }

    pub(crate) async fn open_on_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_sqlite(&folder.path().join("baton.db"), &SqliteOptions::default()).unwrap();
        Self::open_with(store, Some(folder), Rates::UNLIMITED).await
    }

    pub(crate) async fn open_with(store: Store, folder: Option<tempfile::TempDir>, rates: Rates) -> Self {
        store.write(|tx| tx.put_config(0, Timestamp(0), "test", None, CONFIG)).await.unwrap();
        for agent in ["ana", "tom", "kim", "sue", "sol", "ada"] {
            let credential = Credential {
                agent: AgentId::new(agent).unwrap(),
                email: format!("{agent}@example.org"),
                password_hash: password_hash(),
                changed_at: Timestamp(0),
            };
            store.write(move |tx| tx.put_credential(&credential)).await.unwrap();
        }
        let clock = Arc::new(TestClock { began: tokio::time::Instant::now(), ahead_ms: AtomicI64::new(0) });
        let engine = Engine::start(store, Options { clock: clock.clone(), ..Options::default() }).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let settings = Settings {
            public_url: format!("http://{address}").parse().unwrap(),
            token_secret: [7; 32],
            client_address_header: None,
            rates,
            demonstration: false,
        };
        let app = App::new(engine, settings);
        let service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        Self { client: Client::new(address), app, clock, _folder: folder }
    }

    pub(crate) fn later(&self, span: Duration) {
        self.clock.ahead_ms.fetch_add(i64::try_from(span.as_millis()).unwrap(), Ordering::AcqRel);
    }

    /// Signs a person in, as a program does.
    pub(crate) async fn person(&self, agent: &str) -> String {
        self.person_with(agent, PASSWORD).await.ok()["token"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn person_with(&self, agent: &str, password: &str) -> Answer {
        let body = json!({"email": format!("{agent}@example.org"), "password": password, "transport": "bearer"});
        self.client.post("/v1/session", None, body).await
    }

    pub(crate) async fn bot_key(&self, bot: &str) -> Value {
        let admin = self.person("ada").await;
        let made = self.client.post("/v1/bot-keys", Some(&admin), json!({"bot": bot, "label": "test"})).await;
        made.has(201)
    }

    pub(crate) async fn bot(&self, bot: &str) -> String {
        self.bot_key(bot).await["secret"].as_str().unwrap().to_owned()
    }

    /// A customer's session in a channel.
    pub(crate) async fn session(&self, channel: &str) -> Value {
        self.client.post("/v1/customer-sessions", None, json!({"channel": channel})).await.ok()
    }

    /// A customer with a conversation in the website's channel.
    pub(crate) async fn customer(&self) -> Customer {
        let session = self.session("website").await;
        let token = session["access_token"].as_str().unwrap().to_owned();
        let id = Uuid::now_v7();
        self.client.post("/v1/conversations", Some(&token), json!({"id": id})).await.has(201);
        Customer { token, id }
    }

    /// A customer who waits in a queue.
    pub(crate) async fn waiting_in(&self, queue: &str) -> Customer {
        let customer = self.customer().await;
        let ask = json!({"handoff": Uuid::now_v7(), "needs": {"queue": queue}});
        self.client.post(&customer.path("/handoff"), Some(&customer.token), ask).await.ok();
        customer
    }

    /// A customer whom Ana has answered the call of; her token comes with it.
    pub(crate) async fn held_by_ana(&self) -> (Customer, String) {
        let customer = self.waiting_in("general").await;
        let ana = self.person("ana").await;
        self.give(&customer, "ana").await;
        (customer, ana)
    }

    /// A supervisor gives it to an agent.
    pub(crate) async fn give(&self, customer: &Customer, agent: &str) {
        let sol = self.person("sol").await;
        self.client.post(&customer.path("/assign"), Some(&sol), json!({"agent": agent})).await.ok();
    }

    pub(crate) async fn epoch(&self, customer: &Customer) -> u64 {
        self.client.get(&customer.path(""), Some(&customer.token)).await.ok()["epoch"].as_u64().unwrap()
    }

    pub(crate) async fn socket(&self, token: &str) -> Socket {
        let ticket = self.client.post("/v1/socket-tickets", Some(token), Value::Null).await.ok();
        let mut socket = self.client.socket(None).await.unwrap();
        socket.say(json!({"type": "hello", "ticket": ticket["ticket"]})).await;
        assert_eq!(socket.hear().await["type"], "welcome");
        socket
    }
}

pub(crate) struct Customer {
    pub(crate) token: String,
    pub(crate) id: Uuid,
}

impl Customer {
    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/v1/conversations/{}{rest}", self.id)
    }
}

/// One hash for everybody: making it is slow by design.
fn password_hash() -> String {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| hash_password(PASSWORD).unwrap()).clone()
}
