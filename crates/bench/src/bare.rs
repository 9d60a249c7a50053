//! The yardstick for everything above the network: axum that reads the same request and answers, and echoes a socket.

use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

/// The same shape as a message of Baton's.
#[derive(Deserialize)]
struct PostMessage {
    client_id: String,
    text: String,
}

#[derive(Serialize)]
struct Posted {
    client_id: String,
    seq: usize,
}

/// Serves until the process is ended.
pub(crate) async fn serve() -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    let router = Router::new().route("/messages", post(message)).route("/socket", get(socket));
    axum::serve(listener, router).await?;
    Ok(())
}

async fn message(Json(message): Json<PostMessage>) -> (StatusCode, Json<Posted>) {
    (StatusCode::CREATED, Json(Posted { client_id: message.client_id, seq: message.text.len() }))
}

async fn socket(upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(echo)
}

async fn echo(mut socket: WebSocket) {
    while let Some(Ok(frame)) = socket.recv().await {
        match frame {
            Message::Text(_) | Message::Binary(_) => {
                if socket.send(frame).await.is_err() {
                    return;
                }
            }
            Message::Ping(_) | Message::Pong(_) => {}
            Message::Close(_) => return,
        }
    }
}
