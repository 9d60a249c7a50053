//! Files that were sent: what is known of them in one table, what is in them in another, so that lists read little.

use baton_core::{ConversationId, Seq, Timestamp};
use uuid::Uuid;

use super::{Row, Sql};
use crate::{Attachment, StoreError};

const PUT: &str = "INSERT INTO attachment (id, conversation, uploader, name, media_type, bytes, created_at_ms) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const PUT_CONTENT: &str = "INSERT INTO attachment_content (attachment, content) VALUES (?1, ?2)";
/// Served by the primary keys.
const ONE: &str = "SELECT attachment.id, conversation, uploader, name, media_type, bytes, created_at_ms, event.seq \
    FROM attachment LEFT JOIN event ON event.id = attachment.message WHERE attachment.id = ?1";
const CONTENT: &str = "SELECT content FROM attachment_content WHERE attachment = ?1";
/// Served by the primary key, `head_by_conversation` and `event_by_seq`.
const ATTACH: &str = "UPDATE attachment SET message = (SELECT event.id FROM head JOIN event ON event.head = head.number \
    WHERE head.conversation = ?2 AND event.seq = ?3) WHERE id = ?1 AND conversation = ?2 AND message IS NULL";
/// Served by `attachment_by_conversation`. The sum of whole numbers is one for PostgreSQL only when it is told.
const HELD: &str = "SELECT COUNT(*), CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM attachment WHERE conversation = ?1";
const DELETE: &str = "DELETE FROM attachment WHERE id = ?1";
/// Served by `attachment_stray`.
const DELETE_STRAY: &str = "DELETE FROM attachment WHERE message IS NULL AND created_at_ms < ?1";

pub(super) fn put(sql: &mut dyn Sql, attachment: &Attachment, content: &[u8]) -> Result<(), StoreError> {
    let values = [
        (&attachment.id).into(),
        (&attachment.conversation.0).into(),
        (&attachment.uploader).into(),
        (&attachment.name).into(),
        (&attachment.media_type).into(),
        attachment.bytes.into(),
        attachment.created_at.into(),
    ];
    sql.execute(PUT, &values)?;
    sql.execute(PUT_CONTENT, &[(&attachment.id).into(), content.into()]).map(|_| ())
}

pub(super) fn one(sql: &mut dyn Sql, id: Uuid) -> Result<Option<Attachment>, StoreError> {
    let read = |mut row: Row| {
        Ok(Attachment {
            id: row.uuid()?,
            conversation: ConversationId(row.uuid()?),
            uploader: row.text()?,
            name: row.text()?,
            media_type: row.text()?,
            bytes: row.count()?,
            created_at: row.at()?,
            message: row.maybe_int()?.and_then(|seq| u64::try_from(seq).ok()).map(Seq),
        })
    };
    sql.query_one(ONE, &[(&id).into()])?.map(read).transpose()
}

pub(super) fn content(sql: &mut dyn Sql, id: Uuid) -> Result<Option<Vec<u8>>, StoreError> {
    sql.query_one(CONTENT, &[(&id).into()])?.map(|mut row| row.bytes()).transpose()
}

pub(super) fn attach(
    sql: &mut dyn Sql,
    id: Uuid,
    conversation: ConversationId,
    message: Seq,
) -> Result<(), StoreError> {
    sql.execute(ATTACH, &[(&id).into(), (&conversation.0).into(), message.into()]).map(|_| ())
}

pub(super) fn held(sql: &mut dyn Sql, conversation: ConversationId) -> Result<(u64, u64), StoreError> {
    let row = sql.query_one(HELD, &[(&conversation.0).into()])?;
    row.map_or(Ok((0, 0)), |mut row| Ok((row.count()?, row.count()?)))
}

pub(super) fn delete(sql: &mut dyn Sql, id: Uuid) -> Result<(), StoreError> {
    sql.execute(DELETE, &[(&id).into()]).map(|_| ())
}

pub(super) fn delete_stray(sql: &mut dyn Sql, before: Timestamp) -> Result<(), StoreError> {
    sql.execute(DELETE_STRAY, &[before.into()]).map(|_| ())
}
