//! Durable assignments a second: everybody waits, then the agents come, and each handoff takes its slot, has its reasons
//! on record and rings. In turn with raw SQLite writing the same rows, 64 in a commit.

use std::net::SocketAddr;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use futures_util::future::try_join_all;
use rusqlite::{Connection, params};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::Scale;
use crate::child::Place;
use crate::house::{self, AGENTS, CONVERSATIONS, Waiting};
use crate::http::Http;
use crate::machine::{conditions, now};
use crate::report::{Figure, Must};
use crate::socket::Socket;
use crate::statistics::Rounds;

/// Assignments in one commit of the yardstick.
const TOGETHER: usize = 64;

/// Assignments a second.
struct Round {
    routed: f64,
    raw: f64,
}

pub(crate) async fn measure(place: &Place, scale: &Scale) -> Result<Vec<Figure>> {
    let mut rounds = Rounds::new();
    for number in 0..scale.attempts() {
        if rounds.counted.len() == scale.rounds {
            break;
        }
        // A floor is assigned once: every round has its own.
        let folder = place.file(&format!("assignments-{number}"));
        std::fs::create_dir(&folder)?;
        let own = Place { baton: place.baton.clone(), folder };
        let database = house::prepare(&own)?;
        let server = own.serve(&database, None, None)?;
        let waiting = Waiting::furnish(server.address).await?;
        let before = conditions(&own.folder)?;
        let routed = routed(&waiting).await?;
        server.stop()?;
        let raw = raw(&database)?;
        let after = conditions(&own.folder)?;
        scale.tell(number, before, after, &format!("routed {routed:.0}/s, raw {raw:.0}/s ({:.2})", routed / raw));
        rounds.add(before, after, Round { routed, raw });
        std::fs::remove_dir_all(&own.folder)?;
    }
    let (routed, raw) = (rounds.median(|round| round.routed), rounds.median(|round| round.raw));
    Ok(vec![Figure::new(
        ("5d", "durable assignments, from agents who come to the ring on their sockets ÷ raw SQLite", ""),
        Must::AtLeast(0.5),
        rounds.median(|round| round.routed / round.raw),
        (rounds.counted.len(), rounds.voided),
        vec![format!("routed {routed:.0}/s"), format!("raw {raw:.0}/s, 64 a commit")],
    )])
}

/// Lets every agent come, and counts until the last handoff rings.
async fn routed(waiting: &Waiting) -> Result<f64> {
    let mut http = Http::connect(waiting.server).await?;
    let mut sockets = Vec::with_capacity(AGENTS);
    for token in &waiting.agents {
        sockets.push(Socket::of(&mut http, waiting.server, token).await?);
    }
    let each = CONVERSATIONS / AGENTS;
    let began = now();
    let ears = sockets.into_iter().zip(&waiting.agents).map(|(socket, token)| {
        let heard = all_ring(socket, waiting.server, token.clone(), each);
        async move { tokio::spawn(heard).await? }
    });
    let arrive = async {
        for token in &waiting.agents {
            http.ask("PUT", "/v1/me/availability", token, &json!({ "availability": "available" })).await?;
        }
        anyhow::Ok(())
    };
    let (heard, came) = tokio::join!(try_join_all(ears), arrive);
    came?;
    heard.context("a handoff does not ring")?;
    #[allow(clippy::cast_precision_loss)] // A thousand.
    Ok((each * AGENTS) as f64 / began.elapsed().as_secs_f64())
}

/// Until so many ring for an agent. Whoever reads more slowly than the house writes is told to come back, and does.
async fn all_ring(mut socket: Socket, server: SocketAddr, token: String, each: usize) -> Result<()> {
    let mut ringing = 0;
    while ringing < each {
        if socket.until("offer").await.is_ok() {
            ringing += 1;
            continue;
        }
        let mut http = Http::connect(server).await?;
        socket = Socket::of(&mut http, server, &token).await?;
        let offers = http.ask("GET", "/v1/offers", &token, &Value::Null).await?;
        ringing = offers.as_array().or_else(|| offers["offers"].as_array()).context("no list of offers")?.len();
    }
    Ok(())
}

/// The rows of an assignment, written by nothing but a loop into the database that the server left: the head that
/// moves, the event, the slot, and the reasons.
fn raw(database: &Path) -> Result<f64> {
    let mut connection = Connection::open(database)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -16_384)?;
    let heads: Vec<(i64, Vec<u8>, i64)> = connection
        .prepare("SELECT number, conversation, seq FROM head WHERE controller = 'offered' ORDER BY number")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    ensure!(heads.len() >= CONVERSATIONS / 2, "only {} of {CONVERSATIONS} conversations ring", heads.len());
    let event: String = connection.query_row(
        "SELECT record FROM event WHERE head = ?1 AND seq = ?2",
        params![heads[0].0, heads[0].2],
        |row| row.get(0),
    )?;
    let record: String =
        connection.query_row("SELECT record FROM decision ORDER BY id DESC LIMIT 1", [], |row| row.get(0))?;
    let began = now();
    let mut written = 0_i64;
    for together in heads.chunks(TOGETHER) {
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for (head, conversation, seq) in together {
            written += 1;
            let (offer, handoff) = (Uuid::now_v7(), Uuid::now_v7());
            transaction.prepare_cached(MOVE_HEAD)?.execute(params![head, seq, offer.as_bytes().as_slice(), written])?;
            transaction.prepare_cached(PUT_EVENT)?.execute(params![head, seq + 1, written, event])?;
            transaction.prepare_cached(TAKE_SLOT)?.execute(params!["raw", written, conversation])?;
            transaction.prepare_cached(PUT_DECISION)?.execute(params![
                handoff.as_bytes().as_slice(),
                written,
                record
            ])?;
        }
        transaction.commit()?;
    }
    #[allow(clippy::cast_precision_loss)] // A thousand.
    Ok(written as f64 / began.elapsed().as_secs_f64())
}

const MOVE_HEAD: &str =
    "UPDATE head SET seq = ?2 + 1, controller = 'offered', offer = ?3, deadline_ms = ?4 WHERE number = ?1 AND seq = ?2";
const PUT_EVENT: &str = "INSERT INTO event (head, seq, at_ms, client_id, record) VALUES (?1, ?2, ?3, NULL, ?4)";
const TAKE_SLOT: &str = "INSERT INTO slot (agent, slot, conversation) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
const PUT_DECISION: &str = "INSERT INTO decision (handoff, at_ms, record) VALUES (?1, ?2, ?3)";
