//! How far each side of a conversation has received and read.

use baton_core::ConversationId;

use super::{Row, Sql};
use crate::{Marks, StoreError};

/// The marks only grow, whatever order the receipts come in; where nothing grows nothing is written.
const RAISE: &str = "INSERT INTO mark (conversation, customer_delivered, customer_read, staff_delivered, staff_read) \
    VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (conversation) DO UPDATE SET \
    customer_delivered = CASE WHEN excluded.customer_delivered > mark.customer_delivered \
        THEN excluded.customer_delivered ELSE mark.customer_delivered END, \
    customer_read = CASE WHEN excluded.customer_read > mark.customer_read \
        THEN excluded.customer_read ELSE mark.customer_read END, \
    staff_delivered = CASE WHEN excluded.staff_delivered > mark.staff_delivered \
        THEN excluded.staff_delivered ELSE mark.staff_delivered END, \
    staff_read = CASE WHEN excluded.staff_read > mark.staff_read \
        THEN excluded.staff_read ELSE mark.staff_read END \
    WHERE excluded.customer_delivered > mark.customer_delivered OR excluded.customer_read > mark.customer_read \
    OR excluded.staff_delivered > mark.staff_delivered OR excluded.staff_read > mark.staff_read";
const MARKS: &str = "SELECT customer_delivered, customer_read, staff_delivered, staff_read FROM mark \
    WHERE conversation = ?1";

pub(super) fn raise(sql: &mut dyn Sql, conversation: ConversationId, marks: Marks) -> Result<Marks, StoreError> {
    let values = [
        (&conversation.0).into(),
        marks.customer_delivered.into(),
        marks.customer_read.into(),
        marks.staff_delivered.into(),
        marks.staff_read.into(),
    ];
    sql.execute(RAISE, &values)?;
    of(sql, conversation)
}

pub(super) fn of(sql: &mut dyn Sql, conversation: ConversationId) -> Result<Marks, StoreError> {
    Ok(sql.query_one(MARKS, &[(&conversation.0).into()])?.map(read).transpose()?.unwrap_or_default())
}

fn read(mut row: Row) -> Result<Marks, StoreError> {
    let mut seq = || row.seq();
    Ok(Marks { customer_delivered: seq()?, customer_read: seq()?, staff_delivered: seq()?, staff_read: seq()? })
}
