//! Sockets of customers and agents, and what the generator needs to see in a frame.

use std::net::SocketAddr;

use anyhow::{Context, Result, bail};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};
use uuid::Uuid;

use crate::http::Http;

pub(crate) struct Socket(pub(crate) WebSocketStream<TcpStream>);

impl Socket {
    /// A plain socket, nobody's.
    pub(crate) async fn open(server: SocketAddr, path: &str) -> Result<Self> {
        let stream = TcpStream::connect(server).await?;
        stream.set_nodelay(true)?;
        let (socket, _) = tokio_tungstenite::client_async(format!("ws://{server}{path}"), stream).await?;
        Ok(Self(socket))
    }

    /// A socket of whoever has this token, welcomed.
    pub(crate) async fn of(http: &mut Http, server: SocketAddr, token: &str) -> Result<Self> {
        let ticket = http.ask("POST", "/v1/socket-tickets", token, &Value::Null).await?;
        let ticket = ticket["ticket"].as_str().context("no ticket")?;
        let mut socket = Self::open(server, "/v1/socket").await?;
        socket.send(json!({ "type": "hello", "ticket": ticket }).to_string()).await?;
        socket.until("welcome").await?;
        Ok(socket)
    }

    /// Follows a conversation from its beginning, and waits until it does.
    pub(crate) async fn follow(&mut self, conversation: Uuid) -> Result<()> {
        self.send(json!({ "type": "subscribe", "conversation": conversation, "after": 0 }).to_string()).await?;
        self.until("subscribed").await
    }

    pub(crate) async fn send(&mut self, text: String) -> Result<()> {
        Ok(self.0.send(Message::text(text)).await?)
    }

    /// The next text frame.
    pub(crate) async fn next(&mut self) -> Result<Utf8Bytes> {
        loop {
            match self.0.next().await.context("the socket ended")?? {
                Message::Text(text) => return Ok(text),
                Message::Close(frame) => bail!("the socket was closed: {frame:?}"),
                Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
            }
        }
    }

    /// Passes over frames until one of this type comes.
    pub(crate) async fn until(&mut self, kind: &str) -> Result<()> {
        let wanted = format!("{{\"type\":\"{kind}\"");
        loop {
            let text = self.next().await?;
            if text.starts_with("{\"type\":\"refused\"") {
                bail!("refused: {text}");
            }
            if text.starts_with(&wanted) {
                return Ok(());
            }
        }
    }
}

/// The conversation and the number of the first event in a frame of events that has a message.
pub(crate) fn delivered(text: &str) -> Option<(Uuid, u64)> {
    let rest = text.strip_prefix("{\"type\":\"events\",\"conversation\":\"")?;
    let conversation = Uuid::try_parse(rest.get(..36)?).ok()?;
    let seq = number_after(rest, "\"seq\":")?;
    rest.contains("\"type\":\"message_posted\"").then_some((conversation, seq))
}

/// The number behind the first such label.
pub(crate) fn number_after(text: &str, label: &str) -> Option<u64> {
    let rest = &text[text.find(label)? + label.len()..];
    let digits = rest.len() - rest.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    rest[..digits].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_delivered_by_a_frame_with_its_number() {
        let id = "0199c0de-0000-7000-8000-000000000001";
        let frame = format!(
            r#"{{"type":"events","conversation":"{id}","events":[{{"seq":12,"at":5,"type":"message_posted","text":"\"seq\":3"}}],"state":{{"seq":13}}}}"#
        );
        assert_eq!(delivered(&frame), Some((Uuid::try_parse(id).unwrap(), 12)));
        assert_eq!(delivered(&frame.replace("message_posted", "turn_assessed")), None);
        assert_eq!(delivered(&frame.replace("\"events\",", "\"summary\",")), None);
    }
}
