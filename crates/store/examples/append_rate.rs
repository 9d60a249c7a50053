//! How many single messages a second the store takes with many in flight, and what the disk sees of it.
//!
//! `cargo run --release -p baton-store --example append_rate -- [FILE or postgres://…] [MESSAGES] [IN FLIGHT]`

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use baton_core::{Author, Conversation, ConversationId, CustomerId, Event, Language, Limits, Timestamp};
use baton_store::{Append, Appended, Body, SqliteOptions, Store, StoreError};
use uuid::Uuid;

const CONVERSATIONS: usize = 1_000;
const BODY_BYTES: u32 = 200;

#[tokio::main]
#[allow(clippy::cast_precision_loss)] // Rates for people.
async fn main() -> Result<(), StoreError> {
    let mut arguments = std::env::args().skip(1);
    let place = arguments.next().unwrap_or_else(|| "append_rate.db".to_owned());
    let mut number = |default: u32| arguments.next().and_then(|text| text.parse().ok()).unwrap_or(default);
    let (messages, in_flight) = (number(50_000), number(64));

    let store = if place.starts_with("postgres") {
        Store::open_postgres(&place, 8)?
    } else {
        Store::open_sqlite(Path::new(&place), &SqliteOptions::default())?
    };
    let mut folds: Vec<Conversation> = Vec::with_capacity(CONVERSATIONS);
    for _ in 0..CONVERSATIONS {
        folds.push(append(&store, Conversation::empty(ConversationId(Uuid::now_v7())), start(), None).await?);
    }

    let (before, written) = (store.counters(), written_bytes());
    let began = now();
    let left = Arc::new(AtomicU32::new(messages));
    let share = CONVERSATIONS.div_ceil(in_flight as usize);
    let tasks: Vec<_> = folds
        .chunks(share)
        .map(|own| {
            let (store, left, mut own) = (store.clone(), left.clone(), own.to_vec());
            tokio::spawn(async move {
                let mut turn = 0;
                while left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok() {
                    let fold = &mut own[turn];
                    let message = Event::MessagePosted { author: Author::Customer, body_bytes: BODY_BYTES };
                    *fold = append(&store, fold.clone(), message, Some("x".repeat(BODY_BYTES as usize))).await?;
                    turn = (turn + 1) % own.len();
                }
                Ok::<_, StoreError>(())
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("no task panics")?;
    }
    let seconds = began.elapsed().as_secs_f64();
    let (after, bytes) = (store.counters(), written_bytes() - written);
    let (rows, commits) = (after.events - before.events, after.commits - before.commits);
    println!(
        "{rows} rows in {seconds:.2} s: {:.0} rows/s, {commits} commits ({:.1} rows each), {} bytes written a row, {} retries",
        rows as f64 / seconds,
        rows as f64 / commits.max(1) as f64,
        bytes / rows.max(1),
        after.retries - before.retries,
    );
    store.close();
    println!("after the last checkpoint: {} bytes written a row", (written_bytes() - written) / rows.max(1));
    Ok(())
}

fn start() -> Event {
    Event::ConversationStarted {
        channel: "website".parse().expect("a key"),
        bot: "support".parse().expect("a key"),
        customer: CustomerId(Uuid::now_v7()),
        language: Language::ENGLISH,
    }
}

async fn append(
    store: &Store,
    before: Conversation,
    event: Event,
    text: Option<String>,
) -> Result<Conversation, StoreError> {
    let at = Timestamp(i64::try_from(Uuid::now_v7().as_u128() >> 80).expect("48 bits"));
    let client_id = text.as_ref().map(|_| Uuid::now_v7().to_string());
    let mut after = before.clone();
    after.apply(at, &event);
    let kept = after.clone();
    let deadline = after.deadline(&Limits::default()).map(|(at, _)| at);
    let bodies: Vec<_> =
        text.into_iter().map(|text| Body { seq: after.seq, text, extra: serde_json::Value::Null }).collect();
    let appended = store
        .write(move |tx| {
            tx.append(&Append {
                conversation: before.id,
                client_id: client_id.as_deref(),
                at,
                events: std::slice::from_ref(&event),
                bodies: &bodies,
                before: &before,
                after: &after,
                deadline,
            })
        })
        .await?;
    assert_eq!(appended, Appended::Done);
    Ok(kept)
}

/// What this process has written to the disk, as the system counts it.
fn written_bytes() -> u64 {
    let io = std::fs::read_to_string("/proc/self/io").unwrap_or_default();
    let line = io.lines().find_map(|line| line.strip_prefix("write_bytes: "));
    line.and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[allow(clippy::disallowed_methods)] // A measurement asks the clock.
fn now() -> Instant {
    Instant::now()
}
