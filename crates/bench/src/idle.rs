//! What an idle socket holds: customers who are connected, follow their conversation, and say nothing.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Result;
use futures_util::future::try_join_all;
use serde_json::json;
use uuid::Uuid;

use crate::Scale;
use crate::child::{Place, Server};
use crate::house::{self, Customer};
use crate::http::Http;
use crate::machine::resident_bytes;
use crate::report::{Figure, Must};
use crate::socket::Socket;

/// Customers who arrive at once.
const TOGETHER: usize = 50;
/// Memory is read until it stands still this many times.
const STILL: usize = 4;
/// Less than this is still.
const STILL_BYTES: u64 = 64 * 1024;

pub(crate) async fn measure(place: &Place, scale: &Scale) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for count in &scale.sockets {
        figures.push(at(place, *count).await?);
    }
    Ok(figures)
}

async fn at(place: &Place, count: usize) -> Result<Figure> {
    let database = place.file(&format!("idle-{count}.db"));
    let server = place.serve(&database, Some(&house::configuration(place)?), None)?;
    // The first ones fill what every process has once.
    let first = connect(&server, arrive(server.address, TOGETHER).await?).await?;
    let empty = settled(&server).await?;
    let customers = arrive(server.address, count).await?;
    let furnished = settled(&server).await?;
    let sockets = connect(&server, customers).await?;
    let full = settled(&server).await?;
    drop((first, sockets));
    server.stop()?;
    #[allow(clippy::cast_precision_loss)] // Far below 2^52.
    let each = |bytes: u64| bytes as f64 / count as f64 / 1024.0;
    eprintln!(
        "  {count} sockets: {:.1} MiB before, {:.1} with the conversations, {:.1} with the sockets",
        mebibytes(empty),
        mebibytes(furnished),
        mebibytes(full)
    );
    let what = if count == 5_000 {
        "memory of an idle socket, 5,000 open"
    } else {
        "memory of an idle socket, more or fewer open"
    };
    Ok(Figure::new(
        ("3", what, "KiB"),
        Must::AtMost(8.0),
        each(full.saturating_sub(furnished)),
        (1, 0),
        vec![
            format!("{count} sockets"),
            format!("{:.1} KiB with the conversation and its customer in memory", each(full.saturating_sub(empty))),
        ],
    ))
}

/// A customer with a conversation of their own.
type Arrived = (Customer, Uuid);

async fn arrive(server: SocketAddr, count: usize) -> Result<Vec<Arrived>> {
    let lines = (0..TOGETHER.min(count)).map(|place| async move {
        let mut http = Http::connect(server).await?;
        let mut arrived = Vec::new();
        for _ in (place..count).step_by(TOGETHER) {
            let (customer, id) = (Customer::begin(&mut http).await?, Uuid::now_v7());
            http.ask("POST", "/v1/conversations", &customer.access, &json!({ "id": id })).await?;
            arrived.push((customer, id));
        }
        Ok::<_, anyhow::Error>(arrived)
    });
    Ok(try_join_all(lines).await?.into_iter().flatten().collect())
}

/// The sockets, each read by a task, so that pings are answered.
async fn connect(server: &Server, customers: Vec<Arrived>) -> Result<tokio::task::JoinSet<()>> {
    let mut open = tokio::task::JoinSet::new();
    let mut http = Http::connect(server.address).await?;
    for (customer, conversation) in customers {
        let mut socket = Socket::of(&mut http, server.address, &customer.access).await?;
        socket.follow(conversation).await?;
        open.spawn(async move { while socket.next().await.is_ok() {} });
    }
    Ok(open)
}

/// The memory once it stands still.
async fn settled(server: &Server) -> Result<u64> {
    let mut last = resident_bytes(server.process())?;
    let mut still = 0;
    for _ in 0..60 {
        tokio::time::sleep(Duration::from_millis(250)).await;
        let bytes = resident_bytes(server.process())?;
        still = if bytes.abs_diff(last) < STILL_BYTES { still + 1 } else { 0 };
        last = bytes;
        if still == STILL {
            break;
        }
    }
    Ok(last)
}

#[allow(clippy::cast_precision_loss)] // Far below 2^52.
fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / 1024.0 / 1024.0
}
