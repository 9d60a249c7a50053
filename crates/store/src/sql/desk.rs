//! What belongs to one agent's desk: quick replies and reminders.

use baton_core::{AgentId, ConversationId, Timestamp};
use uuid::Uuid;

use super::{Row, Sql};
use crate::{QuickReply, Reminder, ReminderKind, StoreError};

const PUT_REPLY: &str = "INSERT INTO quick_reply (agent, shortcut, text) VALUES (?1, ?2, ?3) \
    ON CONFLICT (agent, shortcut) DO UPDATE SET text = excluded.text";
/// Served by the primary key.
const REPLIES: &str = "SELECT shortcut, text FROM quick_reply WHERE agent = ?1 ORDER BY shortcut";
const DELETE_REPLY: &str = "DELETE FROM quick_reply WHERE agent = ?1 AND shortcut = ?2";
const PUT: &str = "INSERT INTO reminder (id, agent, conversation, kind, made_by, due_ms, note, done_ms) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO NOTHING";
const ONE: &str = "SELECT id, agent, conversation, kind, made_by, due_ms, note, done_ms FROM reminder WHERE id = ?1";
/// Served by `reminder_open`.
const OF: &str = "SELECT id, agent, conversation, kind, made_by, due_ms, note, done_ms FROM reminder \
    WHERE agent = ?1 AND done_ms IS NULL ORDER BY due_ms, id LIMIT ?2";
/// Served by `reminder_by_conversation`.
const MENTIONED: &str = "SELECT id FROM reminder WHERE conversation = ?1 AND agent = ?2 AND kind = 'mention' \
    AND done_ms IS NULL LIMIT 1";
const FINISH: &str = "UPDATE reminder SET done_ms = ?2 WHERE id = ?1 AND done_ms IS NULL";

pub(super) fn put_reply(sql: &mut dyn Sql, agent: &AgentId, reply: &QuickReply) -> Result<(), StoreError> {
    sql.execute(PUT_REPLY, &[agent.as_str().into(), (&reply.shortcut).into(), (&reply.text).into()]).map(|_| ())
}

pub(super) fn replies(sql: &mut dyn Sql, agent: &AgentId) -> Result<Vec<QuickReply>, StoreError> {
    let read = |mut row: Row| Ok(QuickReply { shortcut: row.text()?, text: row.text()? });
    sql.query(REPLIES, &[agent.as_str().into()])?.into_iter().map(read).collect()
}

pub(super) fn delete_reply(sql: &mut dyn Sql, agent: &AgentId, shortcut: &str) -> Result<(), StoreError> {
    sql.execute(DELETE_REPLY, &[agent.as_str().into(), shortcut.into()]).map(|_| ())
}

pub(super) fn put(sql: &mut dyn Sql, reminder: &Reminder) -> Result<(), StoreError> {
    let values = [
        (&reminder.id).into(),
        reminder.agent.as_str().into(),
        (&reminder.conversation.0).into(),
        reminder.kind.as_str().into(),
        reminder.made_by.as_str().into(),
        reminder.due.into(),
        (&reminder.note).into(),
        reminder.done_at.into(),
    ];
    sql.execute(PUT, &values).map(|_| ())
}

pub(super) fn one(sql: &mut dyn Sql, id: Uuid) -> Result<Option<Reminder>, StoreError> {
    sql.query_one(ONE, &[(&id).into()])?.map(read).transpose()
}

pub(super) fn of(sql: &mut dyn Sql, agent: &AgentId, limit: u32) -> Result<Vec<Reminder>, StoreError> {
    sql.query(OF, &[agent.as_str().into(), limit.into()])?.into_iter().map(read).collect()
}

pub(super) fn mentioned(sql: &mut dyn Sql, conversation: ConversationId, agent: &AgentId) -> Result<bool, StoreError> {
    Ok(sql.query_one(MENTIONED, &[(&conversation.0).into(), agent.as_str().into()])?.is_some())
}

pub(super) fn finish(sql: &mut dyn Sql, id: Uuid, at: Timestamp) -> Result<(), StoreError> {
    sql.execute(FINISH, &[(&id).into(), at.into()]).map(|_| ())
}

fn read(mut row: Row) -> Result<Reminder, StoreError> {
    Ok(Reminder {
        id: row.uuid()?,
        agent: row.key()?,
        conversation: ConversationId(row.uuid()?),
        kind: {
            let word = row.text()?;
            ReminderKind::from_word(&word)
                .ok_or_else(|| StoreError::corrupt(format!("`{word}` is no kind of reminder")))?
        },
        made_by: row.key()?,
        due: row.at()?,
        note: row.text()?,
        done_at: row.maybe_at()?,
    })
}
