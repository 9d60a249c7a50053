//! Our end of the wire: frames out together, within a time, and a close that arrives.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use futures_util::{SinkExt, StreamExt};
use serde::Serialize;
use tokio::time::timeout;

use crate::wire::ServerFrame;

/// How long a client may take to read what was sent before it is cut off.
const WRITE_TIME: Duration = Duration::from_secs(10);
/// How long we wait for a client to answer a close.
const CLOSE_TIME: Duration = Duration::from_secs(2);

/// Why a socket ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// The other side is gone.
    Gone,
    /// The server restarts or what this socket may see has changed: connect again.
    Restart,
    /// The ticket or the session does not hold.
    Unauthenticated,
    HelloTooLate,
    /// Too slow to read: resume from the log.
    TooSlow,
    /// A frame that is none of ours, or too large.
    Unreadable,
}

impl Ended {
    fn close_frame(self) -> Option<CloseFrame> {
        let (code, reason) = match self {
            Self::Gone => return None,
            Self::Restart => (1012, "connect again"),
            Self::Unauthenticated => (4401, "get another ticket"),
            Self::HelloTooLate => (4408, "send hello first"),
            Self::TooSlow => (4429, "too slow; resume"),
            Self::Unreadable => (1003, "only JSON text frames of at most 64 KiB"),
        };
        Some(CloseFrame { code, reason: Utf8Bytes::from_static(reason) })
    }
}

pub(super) struct WireEnd {
    /// Boxed, because its owner moves.
    socket: Box<WebSocket>,
    unflushed: bool,
}

impl WireEnd {
    pub(super) fn new(socket: WebSocket) -> Self {
        Self { socket: Box::new(socket), unflushed: false }
    }

    /// The next text frame. Pings are answered below us.
    pub(super) async fn read(&mut self) -> Result<Heard, Ended> {
        match self.socket.next().await {
            Some(Ok(Message::Text(text))) => Ok(Heard::Text(text)),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(Heard::Sign),
            None | Some(Ok(Message::Close(_))) => Err(Ended::Gone),
            Some(Ok(Message::Binary(_))) => Err(Ended::Unreadable),
            Some(Err(error)) => Err(unreadable(error)),
        }
    }

    /// Queues a frame; `flush` sends what is queued.
    pub(super) async fn write_text(&mut self, text: Utf8Bytes) -> Result<(), Ended> {
        self.unflushed = true;
        in_time(self.socket.feed(Message::Text(text))).await
    }

    pub(super) async fn write(&mut self, frame: &ServerFrame) -> Result<(), Ended> {
        self.write_text(as_text(frame)).await
    }

    pub(super) async fn ping(&mut self) -> Result<(), Ended> {
        in_time(self.socket.send(Message::Ping(axum::body::Bytes::new()))).await
    }

    pub(super) async fn flush(&mut self) -> Result<(), Ended> {
        if std::mem::take(&mut self.unflushed) {
            in_time(self.socket.flush()).await?;
        }
        Ok(())
    }

    /// Says why, and waits a moment for the other side to hear it: a connection dropped with frames unread on our side
    /// would take the reason with it.
    pub(super) async fn close(mut self, ended: Ended) {
        let Some(frame) = ended.close_frame() else { return };
        let farewell = async {
            if self.socket.send(Message::Close(Some(frame))).await.is_ok() {
                while let Some(Ok(_)) = self.socket.next().await {}
            }
        };
        // Whoever does not answer in time is cut off.
        let _ = timeout(CLOSE_TIME, farewell).await;
    }
}

/// What came in.
pub(super) enum Heard {
    Text(Utf8Bytes),
    /// A sign of life.
    Sign,
}

pub(super) fn as_text(frame: &impl Serialize) -> Utf8Bytes {
    // Wire types have text keys and no custom serialisation: writing them does not fail.
    serde_json::to_string(frame).unwrap_or_default().into()
}

async fn in_time(write: impl Future<Output = Result<(), axum::Error>>) -> Result<(), Ended> {
    match timeout(WRITE_TIME, write).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(Ended::Gone),
        Err(_) => Err(Ended::TooSlow),
    }
}

/// A broken connection, or a frame against the rules.
fn unreadable(error: axum::Error) -> Ended {
    let inner = error.into_inner();
    let said = inner.to_string();
    if said.contains("too long") || said.contains("UTF-8") || said.contains("utf-8") {
        Ended::Unreadable
    } else {
        Ended::Gone
    }
}
