//! Handoffs as rows for lists and reports, and what routing and the brief left beside them.

use baton_core::{AgentId, ConversationId, HandoffId, Timestamp};

use super::{Row, Sql};
use crate::{HandoffRow, StoreError};

const PUT: &str = "INSERT INTO handoff (handoff, conversation, queue, requested_at_ms, accepted_at_ms, ended_at_ms, \
    outcome, triggers, agent, disposition, rating, wrap_up_ended_at_ms, timing) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) \
    ON CONFLICT (handoff) DO UPDATE SET queue = excluded.queue, accepted_at_ms = excluded.accepted_at_ms, \
    ended_at_ms = excluded.ended_at_ms, outcome = excluded.outcome, agent = excluded.agent, \
    disposition = excluded.disposition, rating = excluded.rating, wrap_up_ended_at_ms = excluded.wrap_up_ended_at_ms, \
    timing = excluded.timing";
const SELECT: &str = "SELECT handoff, conversation, queue, requested_at_ms, accepted_at_ms, ended_at_ms, outcome, \
    triggers, agent, disposition, rating, wrap_up_ended_at_ms, timing FROM handoff";
const ONE: &str = "WHERE handoff = ?1";
/// Served by `handoff_by_time`.
const SINCE: &str = "WHERE requested_at_ms >= ?1 ORDER BY requested_at_ms, handoff LIMIT ?2";
/// Served by `handoff_by_conversation`; a conversation has few.
const OF_CONVERSATION: &str = "WHERE conversation = ?1 ORDER BY requested_at_ms, handoff";

const PUT_DECISION: &str = "INSERT INTO decision (handoff, at_ms, record) VALUES (?1, ?2, ?3)";
/// Served by `decision_by_handoff`.
const DECISIONS: &str = "SELECT at_ms, record FROM decision WHERE handoff = ?1 ORDER BY id";
const PUT_BRIEF: &str = "INSERT INTO brief (handoff, record) VALUES (?1, ?2) \
    ON CONFLICT (handoff) DO UPDATE SET record = excluded.record";
const BRIEF: &str = "SELECT record FROM brief WHERE handoff = ?1";

pub(super) fn put(sql: &mut dyn Sql, row: &HandoffRow) -> Result<(), StoreError> {
    let values = [
        (&row.handoff.0).into(),
        (&row.conversation.0).into(),
        row.queue.as_str().into(),
        row.requested_at.into(),
        row.accepted_at.into(),
        row.ended_at.into(),
        (&row.outcome).into(),
        (&row.triggers).into(),
        row.agent.as_ref().map(AgentId::as_str).into(),
        row.disposition.as_deref().into(),
        row.rating.map(i64::from).into(),
        row.wrap_up_ended_at.into(),
        row.timing.as_deref().into(),
    ];
    sql.execute(PUT, &values).map(|_| ())
}

fn read(mut row: Row) -> Result<HandoffRow, StoreError> {
    Ok(HandoffRow {
        handoff: HandoffId(row.uuid()?),
        conversation: ConversationId(row.uuid()?),
        queue: row.key()?,
        requested_at: row.at()?,
        accepted_at: row.maybe_at()?,
        ended_at: row.maybe_at()?,
        outcome: row.text()?,
        triggers: row.text()?,
        agent: row.maybe_key()?,
        disposition: row.maybe_text()?,
        rating: row
            .maybe_int()?
            .map(|rating| u8::try_from(rating).map_err(|_| StoreError::corrupt(format!("{rating} is no rating"))))
            .transpose()?,
        wrap_up_ended_at: row.maybe_at()?,
        timing: row.maybe_text()?,
    })
}

pub(super) fn one(sql: &mut dyn Sql, handoff: HandoffId) -> Result<Option<HandoffRow>, StoreError> {
    sql.query_one(&format!("{SELECT} {ONE}"), &[(&handoff.0).into()])?.map(read).transpose()
}

pub(super) fn since(sql: &mut dyn Sql, since: Timestamp, limit: u32) -> Result<Vec<HandoffRow>, StoreError> {
    sql.query(&format!("{SELECT} {SINCE}"), &[since.into(), limit.into()])?.into_iter().map(read).collect()
}

pub(super) fn of(sql: &mut dyn Sql, conversation: ConversationId) -> Result<Vec<HandoffRow>, StoreError> {
    let rows = sql.query(&format!("{SELECT} {OF_CONVERSATION}"), &[(&conversation.0).into()])?;
    rows.into_iter().map(read).collect()
}

pub(super) fn put_decision(
    sql: &mut dyn Sql,
    handoff: HandoffId,
    at: Timestamp,
    record: &str,
) -> Result<(), StoreError> {
    sql.execute(PUT_DECISION, &[(&handoff.0).into(), at.into(), record.into()]).map(|_| ())
}

pub(super) fn decisions(sql: &mut dyn Sql, handoff: HandoffId) -> Result<Vec<(Timestamp, String)>, StoreError> {
    let rows = sql.query(DECISIONS, &[(&handoff.0).into()])?;
    rows.into_iter().map(|mut row| Ok((row.at()?, row.text()?))).collect()
}

pub(super) fn put_brief(sql: &mut dyn Sql, handoff: HandoffId, brief: &str) -> Result<(), StoreError> {
    sql.execute(PUT_BRIEF, &[(&handoff.0).into(), brief.into()]).map(|_| ())
}

pub(super) fn brief(sql: &mut dyn Sql, handoff: HandoffId) -> Result<Option<String>, StoreError> {
    sql.query_one(BRIEF, &[(&handoff.0).into()])?.map(|mut row| row.text()).transpose()
}
