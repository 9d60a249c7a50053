//! The log itself: one append, and reading it back.

use baton_core::{Conversation, ConversationId, Recorded, Seq};
use uuid::Uuid;

use super::{Sql, handoffs, heads};
use crate::project::{self, SlotChanges};
use crate::{Append, Appended, Body, StoreError, record};

/// The row number of an event orders the bodies beside it; the event's own number is unique in its conversation.
const PUT_EVENT: &str = "INSERT INTO event (head, seq, at_ms, client_id, record) VALUES (?1, ?2, ?3, ?4, ?5) \
    RETURNING id";
const PUT_BODY: &str = "INSERT INTO body (event, text, extra) VALUES (?1, ?2, ?3)";
/// Served by `head_by_conversation` and `event_by_seq`.
const EVENTS: &str = "SELECT event.seq, event.at_ms, event.record FROM head JOIN event ON event.head = head.number \
    WHERE head.conversation = ?1 AND event.seq > ?2 ORDER BY event.seq LIMIT ?3";
/// Served by `head_by_conversation`, `event_by_seq` and the primary key of body.
const BODIES: &str = "SELECT event.seq, body.text, body.extra FROM head JOIN event ON event.head = head.number \
    JOIN body ON body.event = event.id \
    WHERE head.conversation = ?1 AND event.seq > ?2 AND event.seq <= ?3 ORDER BY event.seq";
/// Served by `head_by_conversation` and `event_by_client_id`.
const BY_CLIENT_ID: &str = "SELECT event.seq FROM head JOIN event ON event.head = head.number \
    WHERE head.conversation = ?1 AND event.client_id = ?2";

/// Takes one slot of an agent; no row means that another conversation has it. Served by the primary key.
const TAKE_SLOT: &str = "INSERT INTO slot (agent, slot, conversation) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
const RELEASE_SLOT: &str = "DELETE FROM slot WHERE agent = ?1 AND slot = ?2 AND conversation = ?3";

/// The refusal inside an append that moves slots takes back what the append has done so far, and only that.
const SAVEPOINT: &str = "SAVEPOINT append";
const RELEASE: &str = "RELEASE SAVEPOINT append";
const ROLL_BACK: &str = "ROLLBACK TO SAVEPOINT append";

pub(super) fn append(sql: &mut dyn Sql, append: &Append<'_>) -> Result<Appended, StoreError> {
    check(append)?;
    if append.events.is_empty() {
        return Ok(Appended::Done);
    }
    let slots = SlotChanges::between(append.before, append.after);
    if slots.is_empty() {
        return write(sql, append, &slots);
    }
    sql.execute(SAVEPOINT, &[])?;
    let appended = write(sql, append, &slots)?;
    if appended != Appended::Done {
        sql.execute(ROLL_BACK, &[])?;
    }
    sql.execute(RELEASE, &[])?;
    Ok(appended)
}

fn write(sql: &mut dyn Sql, append: &Append<'_>, slots: &SlotChanges) -> Result<Appended, StoreError> {
    // The head row is the gate: whoever moves it from the expected number owns the numbers that follow.
    let Some(head) = heads::claim(sql, append)? else { return refusal(sql, append) };
    for (agent, slot) in &slots.released {
        let slot = i64::from(slot.0);
        sql.execute(RELEASE_SLOT, &[agent.as_str().into(), slot.into(), (&append.conversation.0).into()])?;
    }
    for (agent, slot) in &slots.taken {
        let place = i64::from(slot.0);
        if sql.execute(TAKE_SLOT, &[agent.as_str().into(), place.into(), (&append.conversation.0).into()])? == 0 {
            return Ok(Appended::SlotTaken { agent: agent.clone(), slot: *slot });
        }
    }
    let mut bodies = append.bodies.iter().peekable();
    let mut client_id = append.client_id.map(client_key);
    for recorded in project::recorded(append) {
        let text = record::encode(&recorded.event)?;
        // The first event of a request carries the request's id.
        let client_id = client_id.take();
        let values = [head.into(), recorded.seq.into(), append.at.into(), client_id.as_deref().into(), (&text).into()];
        let mut row = sql.query_one(PUT_EVENT, &values)?.ok_or_else(|| StoreError::bug("an event got no row"))?;
        while let Some(body) = bodies.next_if(|body| body.seq == recorded.seq) {
            let extra = (!body.extra.is_null()).then(|| body.extra.to_string());
            sql.execute(PUT_BODY, &[row.int()?.into(), (&body.text).into(), extra.as_ref().into()])?;
        }
    }
    for row in project::handoff_rows(append, |id| handoffs::one(sql, id))? {
        handoffs::put(sql, &row)?;
    }
    Ok(Appended::Done)
}

/// A client's id as it is stored: most are UUIDs, and 17 bytes instead of 36 letters make the index a third smaller. The
/// first byte tells the two kinds apart, so that no two ids become one.
pub(super) fn client_key(client_id: &str) -> Vec<u8> {
    match Uuid::try_parse(client_id) {
        Ok(id) if *id.hyphenated().encode_lower(&mut Uuid::encode_buffer()) == *client_id => {
            [&[1], id.as_bytes().as_slice()].concat()
        }
        // Another spelling of a UUID is another id, as it is for whoever made it.
        Ok(_) | Err(_) => [&[0], client_id.as_bytes()].concat(),
    }
}

/// Why the head did not move.
fn refusal(sql: &mut dyn Sql, append: &Append<'_>) -> Result<Appended, StoreError> {
    if let Some(client_id) = append.client_id
        && let Some(seq) = by_client_id(sql, append.conversation, client_id)?
    {
        return Ok(Appended::Duplicate { seq });
    }
    let seq = heads::one(sql, append.conversation)?.map_or(Seq(0), |head| head.seq);
    Ok(Appended::Conflict { seq })
}

/// An append that does not fit its own folds is our mistake and must not reach the log.
pub(crate) fn check(append: &Append<'_>) -> Result<(), StoreError> {
    let (first, last) = (append.before.seq.next(), append.before.seq.0 + append.events.len() as u64);
    let of_it = |fold: &Conversation| fold.id == append.conversation;
    if !of_it(append.before) || !of_it(append.after) || append.after.seq.0 != last {
        return Err(StoreError::bug(format!(
            "an append of {} events to conversation {} goes from {} to {}",
            append.events.len(),
            append.conversation,
            append.before.seq.0,
            append.after.seq.0
        )));
    }
    let numbers: Vec<_> = append.bodies.iter().map(|body| body.seq).collect();
    let fit = numbers.iter().all(|seq| (first.0..=last).contains(&seq.0));
    if !fit || !numbers.is_sorted_by(|one, other| one < other) {
        return Err(StoreError::bug(format!(
            "the bodies of an append to conversation {} do not belong to its events",
            append.conversation
        )));
    }
    Ok(())
}

pub(super) fn events(
    sql: &mut dyn Sql,
    conversation: ConversationId,
    after: Seq,
    limit: u32,
) -> Result<Vec<Recorded>, StoreError> {
    let rows = sql.query(EVENTS, &[(&conversation.0).into(), after.into(), limit.into()])?;
    rows.into_iter()
        .map(|mut row| {
            let (seq, at) = (row.seq()?, row.at()?);
            Ok(Recorded { conversation, seq, at, event: record::decode(&row.text()?)? })
        })
        .collect()
}

pub(super) fn bodies(
    sql: &mut dyn Sql,
    conversation: ConversationId,
    after: Seq,
    through: Seq,
) -> Result<Vec<Body>, StoreError> {
    let rows = sql.query(BODIES, &[(&conversation.0).into(), after.into(), through.into()])?;
    rows.into_iter()
        .map(|mut row| {
            let (seq, text, extra) = (row.seq()?, row.text()?, row.maybe_text()?);
            let extra = extra.map_or(Ok(serde_json::Value::Null), |extra| {
                serde_json::from_str(&extra)
                    .map_err(|error| StoreError::corrupt(format!("what belongs to event {}: {error}", seq.0)))
            })?;
            Ok(Body { seq, text, extra })
        })
        .collect()
}

pub(super) fn by_client_id(
    sql: &mut dyn Sql,
    conversation: ConversationId,
    client_id: &str,
) -> Result<Option<Seq>, StoreError> {
    let client_key = client_key(client_id);
    sql.query_one(BY_CLIENT_ID, &[(&conversation.0).into(), client_key.as_slice().into()])?
        .map(|mut row| row.seq())
        .transpose()
}
