//! The one socket, frame by frame.

use baton_api::wire::{ClientFrame, HelloFrame, ServerFrame};
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::client::{Answer, Site, Trouble};

pub(super) struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Socket {
    /// Opens the socket and says hello.
    pub(super) async fn open(site: &Site, token: &str) -> Answer<Self> {
        let ticket = site.ticket(token).await?;
        let (stream, _) =
            connect_async(site.socket_address()).await.map_err(|error| Trouble::Gone(error.to_string()))?;
        let mut socket = Self { stream };
        socket.say(&ClientFrame::Hello(HelloFrame { ticket })).await?;
        Ok(socket)
    }

    pub(super) async fn say(&mut self, frame: &ClientFrame) -> Answer<()> {
        let text = serde_json::to_string(frame).map_err(|error| Trouble::Gone(error.to_string()))?;
        self.stream.send(Message::text(text)).await.map_err(|error| Trouble::Gone(error.to_string()))
    }

    /// The next frame. Can be dropped half way without losing one.
    pub(super) async fn next(&mut self) -> Answer<ServerFrame> {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Text(text))) => {
                    return serde_json::from_str(&text).map_err(|error| Trouble::Gone(error.to_string()));
                }
                // Pings are answered by the library.
                Some(Ok(Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {}
                Some(Ok(Message::Close(_))) | None => return Err(Trouble::Gone("the socket was closed".to_owned())),
                Some(Err(error)) => return Err(Trouble::Gone(error.to_string())),
            }
        }
    }
}
