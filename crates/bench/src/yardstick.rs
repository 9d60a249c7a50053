//! Raw SQLite: the rows and statements of a customer's message, written by nothing but a loop. Its database is a copy of
//! the one that the server made, so schema, indexes and sizes are the same; so are the rows, taken from a real message.

use std::path::Path;

use anyhow::{Context, Result};
use rusqlite::{Connection, OpenFlags, params};
use uuid::Uuid;

use crate::machine::now;

/// The statements of `baton-store` for a message that moves nothing but time.
const TOUCH: &str = "UPDATE head SET seq = ?3, last_message_at_ms = ?4, deadline_ms = ?5 \
    WHERE conversation = ?1 AND seq = ?2 \
    AND NOT EXISTS (SELECT 1 FROM event WHERE event.head = head.number AND event.client_id = ?6) RETURNING number";
const PUT_EVENT: &str = "INSERT INTO event (head, seq, at_ms, client_id, record) VALUES (?1, ?2, ?3, ?4, ?5) \
    RETURNING id";
const PUT_BODY: &str = "INSERT INTO body (event, text, extra) VALUES (?1, ?2, ?3)";
/// No conversation has this number.
const NOBODY: i64 = -1;
/// As much of the write-ahead log as `baton-store` gathers.
const CHECKPOINT_BYTES: i64 = 64 * 1024 * 1024;

pub(crate) struct Yardstick {
    connection: Connection,
    heads: Vec<(Vec<u8>, i64)>,
    sample: Sample,
    next: usize,
    /// The last row that belongs to no conversation.
    apart: i64,
}

/// The rows of the newest message.
struct Sample {
    records: Vec<String>,
    text: String,
    extra: Option<String>,
}

impl Yardstick {
    /// Copies a database that holds at least one customer's message.
    pub(crate) fn beside(database: &Path, copy: &Path) -> Result<Self> {
        let original = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        original.backup("main", copy, None::<fn(rusqlite::backup::Progress)>).context("copy the database")?;
        let connection = Connection::open(copy)?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "cache_size", -16_384)?;
        let page: i64 = connection.query_row("PRAGMA page_size", [], |row| row.get(0))?;
        connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_BYTES / page)?;
        let heads = connection
            .prepare("SELECT conversation, seq FROM head WHERE controller = 'agent' ORDER BY conversation")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let sample = Sample::newest(&connection)?;
        Ok(Self { connection, heads, sample, next: 0, apart: 0 })
    }

    /// How many event rows a message has.
    pub(crate) fn rows_a_message(&self) -> usize {
        self.sample.records.len()
    }

    /// Messages a second, `together` in one commit.
    pub(crate) fn rate(&mut self, messages: usize, together: usize) -> Result<f64> {
        let began = now();
        for _ in 0..messages.div_ceil(together) {
            self.commit(together)?;
        }
        let written = messages.div_ceil(together) * together;
        #[allow(clippy::cast_precision_loss)] // Far below 2^52.
        Ok(written as f64 / began.elapsed().as_secs_f64())
    }

    /// The time of one commit of one row of the log, in microseconds.
    pub(crate) fn one_row(&mut self) -> Result<f64> {
        let record = self.sample.records.first().context("a message has no event")?;
        self.apart += 1;
        let began = now();
        self.connection
            .prepare_cached(PUT_EVENT)?
            .query_row(params![NOBODY, self.apart, 0, None::<Vec<u8>>, record], |_| Ok(()))?;
        Ok(began.elapsed().as_secs_f64() * 1e6)
    }

    /// The time of one commit of all rows of a message, in microseconds.
    pub(crate) fn one_message(&mut self) -> Result<f64> {
        let began = now();
        self.commit(1)?;
        Ok(began.elapsed().as_secs_f64() * 1e6)
    }

    fn commit(&mut self, messages: usize) -> Result<()> {
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for _ in 0..messages {
            let heads = self.heads.len();
            let (conversation, seq) = &mut self.heads[self.next % heads];
            self.next += 1;
            let client_id = [&[1], Uuid::now_v7().as_bytes().as_slice()].concat();
            let count = i64::try_from(self.sample.records.len())?;
            let at_ms = 1_795_000_000_000_i64 + i64::try_from(self.next)?;
            let touched = params![&*conversation, *seq, *seq + count, at_ms, None::<i64>, client_id];
            let head: i64 =
                transaction.prepare_cached(TOUCH)?.query_row(touched, |row| row.get(0)).context("move a head")?;
            for (place, record) in self.sample.records.iter().enumerate() {
                let own = (place == 0).then_some(&client_id);
                *seq += 1;
                let row: i64 = transaction
                    .prepare_cached(PUT_EVENT)?
                    .query_row(params![head, *seq, at_ms, own, record], |row| row.get(0))?;
                if place == 0 {
                    let body = params![row, self.sample.text, self.sample.extra];
                    transaction.prepare_cached(PUT_BODY)?.execute(body)?;
                }
            }
        }
        Ok(transaction.commit()?)
    }
}

impl Sample {
    /// The newest append with a client's id: its message, and the events after it.
    fn newest(connection: &Connection) -> Result<Self> {
        let (head, seq, text, extra) = connection
            .query_row(
                "SELECT event.head, event.seq, body.text, body.extra FROM event \
                 JOIN body ON body.event = event.id WHERE client_id IS NOT NULL ORDER BY event.id DESC LIMIT 1",
                [],
                |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get(2)?, row.get(3)?)),
            )
            .context("the database holds no message yet")?;
        let records = connection
            .prepare("SELECT record FROM event WHERE head = ?1 AND seq >= ?2 ORDER BY seq")?
            .query_map(params![head, seq], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(Self { records, text, extra })
    }
}
