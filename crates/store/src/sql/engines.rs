//! What engines on one database tell each other through it: how far the log has come, and who lives.

use std::collections::BTreeSet;

use baton_core::{AgentId, ConversationId, InvalidKey};
use uuid::Uuid;

use super::{Row, Sql};
use crate::{Changed, EngineRow, StoreError};

/// Served by the primary key.
const POSITION: &str = "SELECT COALESCE(MAX(id), 0) FROM event";
/// Served by the primary keys of event and head.
const CHANGED: &str = "SELECT MAX(latest.id), head.conversation, head.seq, head.at_rest \
    FROM (SELECT id, head FROM event WHERE id > ?1 ORDER BY id LIMIT ?2) AS latest \
    JOIN head ON head.number = latest.head \
    GROUP BY head.number, head.conversation, head.seq, head.at_rest ORDER BY 1";

const PUT: &str = "INSERT INTO engine (engine, beat, agents) VALUES (?1, ?2, ?3) \
    ON CONFLICT (engine) DO UPDATE SET beat = excluded.beat, agents = excluded.agents";
const ALL: &str = "SELECT engine, beat, agents FROM engine ORDER BY engine";
const DELETE: &str = "DELETE FROM engine WHERE engine = ?1 AND beat <= ?2";

pub(super) fn position(sql: &mut dyn Sql) -> Result<u64, StoreError> {
    sql.query_one(POSITION, &[])?.map_or(Ok(0), |mut row| row.count())
}

pub(super) fn changed(sql: &mut dyn Sql, after: u64, limit: u32) -> Result<Vec<Changed>, StoreError> {
    let read = |mut row: Row| {
        Ok(Changed {
            position: row.count()?,
            conversation: ConversationId(row.uuid()?),
            seq: row.seq()?,
            at_rest: row.flag()?,
        })
    };
    sql.query(CHANGED, &[after.into(), limit.into()])?.into_iter().map(read).collect()
}

/// Keys hold no spaces: a list of them is a text with spaces between.
pub(super) fn put(sql: &mut dyn Sql, row: &EngineRow) -> Result<(), StoreError> {
    let agents: Vec<&str> = row.agents.iter().map(AgentId::as_str).collect();
    let agents = agents.join(" ");
    sql.execute(PUT, &[(&row.engine).into(), row.beat.into(), (&agents).into()]).map(|_| ())
}

pub(super) fn all(sql: &mut dyn Sql) -> Result<Vec<EngineRow>, StoreError> {
    let read = |mut row: Row| {
        let (engine, beat, agents) = (row.uuid()?, row.count()?, row.text()?);
        let agents: Result<BTreeSet<AgentId>, InvalidKey> = agents.split_whitespace().map(AgentId::new).collect();
        let agents = agents.map_err(|error| StoreError::corrupt(format!("who is connected to {engine}: {error}")))?;
        Ok(EngineRow { engine, beat, agents })
    };
    sql.query(ALL, &[])?.into_iter().map(read).collect()
}

pub(super) fn delete(sql: &mut dyn Sql, engine: Uuid, beat: u64) -> Result<(), StoreError> {
    sql.execute(DELETE, &[(&engine).into(), beat.into()]).map(|_| ())
}
