//! A plain client: requests with their answers, and a socket.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use uuid::Uuid;

/// Longer than anything takes; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) address: SocketAddr,
    pub(crate) http: reqwest::Client,
}

/// An answer, read whole.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
    pub(crate) text: String,
}

impl Answer {
    #[track_caller]
    pub(crate) fn has(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.body
    }

    #[track_caller]
    pub(crate) fn ok(self) -> Value {
        self.has(200)
    }

    /// A problem with this code, which says so in every way it should.
    #[track_caller]
    pub(crate) fn refused(self, status: u16, code: &str) -> Value {
        assert_eq!((self.status, self.body["code"].as_str()), (status, Some(code)), "{}", self.text);
        assert_eq!(self.headers["content-type"], "application/problem+json");
        assert_eq!(self.body["status"], status);
        assert_eq!(self.body["type"], format!("/manual/errors#{code}"));
        self.body
    }
}

impl Client {
    pub(crate) fn new(address: SocketAddr) -> Self {
        let http = reqwest::Client::builder().timeout(PATIENCE).no_proxy().build().unwrap();
        Self { address, http }
    }

    pub(crate) fn request(&self, method: Method, path: &str, token: Option<&str>) -> reqwest::RequestBuilder {
        let request = self.http.request(method, format!("http://{}{path}", self.address));
        match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub(crate) async fn answer(request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        Answer { status, headers, body: serde_json::from_str(&text).unwrap_or(Value::Null), text }
    }

    pub(crate) async fn get(&self, path: &str, token: Option<&str>) -> Answer {
        Self::answer(self.request(Method::GET, path, token)).await
    }

    pub(crate) async fn delete(&self, path: &str, token: Option<&str>) -> Answer {
        Self::answer(self.request(Method::DELETE, path, token)).await
    }

    pub(crate) async fn post(&self, path: &str, token: Option<&str>, body: Value) -> Answer {
        Self::answer(with_body(self.request(Method::POST, path, token), &body)).await
    }

    pub(crate) async fn put(&self, path: &str, token: Option<&str>, body: Value) -> Answer {
        Self::answer(with_body(self.request(Method::PUT, path, token), &body)).await
    }

    /// Opens a socket, perhaps as a page of some origin.
    pub(crate) async fn socket(&self, origin: Option<&str>) -> Result<Socket, u16> {
        let mut request = format!("ws://{}/v1/socket", self.address).into_client_request().unwrap();
        if let Some(origin) = origin {
            request.headers_mut().insert("origin", origin.parse().unwrap());
        }
        match connect_async(request).await {
            Ok((stream, _)) => Ok(Socket { stream }),
            Err(tungstenite::Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }
}

fn with_body(request: reqwest::RequestBuilder, body: &Value) -> reqwest::RequestBuilder {
    if body.is_null() { request } else { request.json(body) }
}

pub(crate) struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Socket {
    pub(crate) async fn say(&mut self, frame: Value) {
        self.stream.send(Message::text(frame.to_string())).await.unwrap();
    }

    pub(crate) async fn say_raw(&mut self, message: Message) {
        // The server may have closed already; what it said is read afterwards.
        let _ = self.stream.send(message).await;
    }

    /// The next frame.
    pub(crate) async fn hear(&mut self) -> Value {
        match self.hear_or_close().await {
            Ok(frame) => frame,
            Err(code) => panic!("closed with {code}"),
        }
    }

    pub(crate) async fn hear_or_close(&mut self) -> Result<Value, u16> {
        loop {
            let heard = tokio::time::timeout(PATIENCE, self.stream.next()).await.expect("a frame comes");
            match heard {
                Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(frame))) => return Err(frame.map_or(1005, |frame| frame.code.into())),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(1006),
            }
        }
    }

    /// The code with which the server closes.
    pub(crate) async fn closed(&mut self) -> u16 {
        loop {
            if let Err(code) = self.hear_or_close().await {
                return code;
            }
        }
    }

    /// The next frame of a kind; others are passed over.
    pub(crate) async fn until(&mut self, kind: &str) -> Value {
        loop {
            let frame = self.hear().await;
            if frame["type"] == kind {
                return frame;
            }
        }
    }

    /// The next frame that fits; others are passed over.
    pub(crate) async fn until_fits(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        loop {
            let frame = self.hear().await;
            if fits(&frame) {
                return frame;
            }
        }
    }

    /// Follows a conversation and gives the events of the catch-up with the state.
    pub(crate) async fn follow(&mut self, conversation: Uuid, after: u64) -> (Vec<Value>, Value) {
        self.say(json!({"type": "subscribe", "conversation": conversation, "after": after})).await;
        let mut events = Vec::new();
        loop {
            let frame = self.hear().await;
            match frame["type"].as_str().unwrap() {
                "events" => events.extend(frame["events"].as_array().unwrap().iter().cloned()),
                "subscribed" => return (events, frame["state"].clone()),
                "refused" | "reload" => panic!("{frame}"),
                _ => {}
            }
        }
    }
}
