//! The head rows: claimed by every append, listed by everybody.

use std::fmt::Write as _;

use baton_core::{AgentId, ConversationId, CustomerId, HandoffId, OfferId, Seq, Slot, Timestamp};

use super::log::client_key;
use super::{Row, Sql, Value, places};
use crate::project;
use crate::{Append, ControllerKind, Head, HeadFilter, StoreError};

/// Most rows of one page.
pub(crate) const PAGE_MAX: u16 = 200;

/// The first append of a conversation; no row means that somebody was first.
const BEGIN: &str = "INSERT INTO head (conversation, seq, channel, bot, customer, controller, agent, queue, handoff, \
    offer, since_ms, started_at_ms, last_message_at_ms, deadline_ms, bot_owes, wrapping_up, at_rest, last_agent) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18) ON CONFLICT DO NOTHING \
    RETURNING number";
/// An ordinary message: only time passes, and the indexes on everything else are left alone. Served by
/// `head_by_conversation`; the condition on the client's id by `event_by_client_id`.
const TOUCH: &str = "UPDATE head SET seq = ?3, last_message_at_ms = ?4, deadline_ms = ?5 \
    WHERE conversation = ?1 AND seq = ?2 \
    AND NOT EXISTS (SELECT 1 FROM event WHERE event.head = head.number AND event.client_id = ?6) RETURNING number";
const MOVE: &str = "UPDATE head SET seq = ?3, last_message_at_ms = ?4, deadline_ms = ?5, bot_owes = ?7, at_rest = ?8, \
    controller = ?9, agent = ?10, queue = ?11, handoff = ?12, offer = ?13, since_ms = ?14, wrapping_up = ?15, \
    last_agent = ?16 WHERE conversation = ?1 AND seq = ?2 \
    AND NOT EXISTS (SELECT 1 FROM event WHERE event.head = head.number AND event.client_id = ?6) RETURNING number";

/// Every column of a head, in the order in which it is read.
const SELECT: &str = "SELECT head.conversation, head.seq, head.channel, head.bot, head.customer, head.controller, \
    head.agent, head.queue, head.handoff, head.since_ms, head.started_at_ms, head.last_message_at_ms, \
    head.deadline_ms, head.bot_owes, head.wrapping_up FROM head";
const ONE: &str = "WHERE head.conversation = ?1";
/// Served by `head_awake`; how many there are is bounded by the people waiting, talking or being answered.
const OPEN: &str = "WHERE at_rest = 0 ORDER BY conversation";
/// Served by `head_by_deadline`.
const DUE: &str = "SELECT conversation, deadline_ms FROM head WHERE deadline_ms <= ?1 \
    ORDER BY deadline_ms, conversation LIMIT ?2";
const PUT_DEADLINE: &str = "UPDATE head SET deadline_ms = ?3 WHERE conversation = ?1 AND seq = ?2";
const NEXT_DEADLINE: &str = "SELECT deadline_ms FROM head WHERE deadline_ms IS NOT NULL ORDER BY deadline_ms LIMIT 1";
/// Served by `head_by_offer`.
const BY_OFFER: &str = "SELECT conversation FROM head WHERE offer = ?1";
const SLOTS: &str = "SELECT agent, slot, conversation FROM slot ORDER BY agent, slot";

/// Moves the head from the expected event to the last one and gives its number in the log; none when it stands elsewhere
/// or the client's id is there.
pub(super) fn claim(sql: &mut dyn Sql, append: &Append<'_>) -> Result<Option<i64>, StoreError> {
    let mut number =
        |statement: &str, values: &[Value<'_>]| sql.query_one(statement, values)?.map(|mut row| row.int()).transpose();
    let head = Head::of(append.after, append.deadline)?;
    let offer = project::open_offer(append.after);
    let last_agent = append.after.last_agent.as_ref();
    let client_key = append.client_id.map(client_key);
    if !append.before.started() {
        let values = [
            (&head.conversation.0).into(),
            head.seq.into(),
            head.channel.as_str().into(),
            head.bot.as_str().into(),
            (&head.customer.0).into(),
            head.controller.as_str().into(),
            head.agent.as_ref().map(AgentId::as_str).into(),
            head.queue.as_ref().map(baton_core::QueueId::as_str).into(),
            head.handoff.as_ref().map(|id| &id.0).into(),
            offer.as_ref().map(|id| &id.0).into(),
            head.since.into(),
            head.started_at.into(),
            head.last_message_at.into(),
            head.deadline.into(),
            head.bot_owes.into(),
            head.wrapping_up.into(),
            head.at_rest().into(),
            last_agent.map(AgentId::as_str).into(),
        ];
        return number(BEGIN, &values);
    }
    let touched: [Value<'_>; 6] = [
        (&head.conversation.0).into(),
        append.before.seq.into(),
        head.seq.into(),
        head.last_message_at.into(),
        head.deadline.into(),
        client_key.as_deref().into(),
    ];
    if only_time_passed(append, &head) {
        return number(TOUCH, &touched);
    }
    let moved: [Value<'_>; 10] = [
        head.bot_owes.into(),
        head.at_rest().into(),
        head.controller.as_str().into(),
        head.agent.as_ref().map(AgentId::as_str).into(),
        head.queue.as_ref().map(baton_core::QueueId::as_str).into(),
        head.handoff.as_ref().map(|id| &id.0).into(),
        offer.as_ref().map(|id| &id.0).into(),
        head.since.into(),
        head.wrapping_up.into(),
        last_agent.map(AgentId::as_str).into(),
    ];
    number(MOVE, &[&touched[..], &moved[..]].concat())
}

/// Whether the row differs from the one before in nothing but what `TOUCH` writes.
fn only_time_passed(append: &Append<'_>, after: &Head) -> bool {
    let Ok(mut before) = Head::of(append.before, after.deadline) else { return false };
    before.seq = after.seq;
    before.last_message_at = after.last_message_at;
    before == *after
        && project::open_offer(append.before) == project::open_offer(append.after)
        && append.before.last_agent == append.after.last_agent
}

pub(super) fn one(sql: &mut dyn Sql, conversation: ConversationId) -> Result<Option<Head>, StoreError> {
    sql.query_one(&format!("{SELECT} {ONE}"), &[(&conversation.0).into()])?.map(read).transpose()
}

pub(super) fn open(sql: &mut dyn Sql) -> Result<Vec<Head>, StoreError> {
    sql.query(&format!("{SELECT} {OPEN}"), &[])?.into_iter().map(read).collect()
}

fn read(mut row: Row) -> Result<Head, StoreError> {
    Ok(Head {
        conversation: ConversationId(row.uuid()?),
        seq: row.seq()?,
        channel: row.key()?,
        bot: row.key()?,
        customer: CustomerId(row.uuid()?),
        controller: controller(&row.text()?)?,
        agent: row.maybe_key()?,
        queue: row.maybe_key()?,
        handoff: row.maybe_uuid()?.map(HandoffId),
        since: row.maybe_at()?,
        started_at: row.at()?,
        last_message_at: row.at()?,
        deadline: row.maybe_at()?,
        bot_owes: row.flag()?,
        wrapping_up: row.flag()?,
    })
}

fn controller(text: &str) -> Result<ControllerKind, StoreError> {
    ControllerKind::ALL
        .into_iter()
        .find(|kind| kind.as_str() == text)
        .ok_or_else(|| StoreError::corrupt(format!("`{text}` is no controller")))
}

pub(super) fn list(sql: &mut dyn Sql, filter: &HeadFilter) -> Result<Vec<Head>, StoreError> {
    if filter.queues.as_ref().is_some_and(Vec::is_empty) || filter.channels.as_ref().is_some_and(Vec::is_empty) {
        return Ok(Vec::new());
    }
    let (conditions, values) = conditions(filter);
    let order = format!(
        "ORDER BY head.last_message_at_ms DESC, head.conversation DESC LIMIT {}",
        filter.limit.clamp(1, PAGE_MAX)
    );
    sql.query(&format!("{SELECT} {conditions} {order}"), &values)?.into_iter().map(read).collect()
}

/// The parts of a filter that are asked for, each a fixed text; values only ever go in by their place.
fn conditions(filter: &HeadFilter) -> (String, Vec<Value<'_>>) {
    let mut values: Vec<Value<'_>> = Vec::new();
    let mut parts: Vec<String> = Vec::new();
    // An offer, an assignment and a wrap-up each hold a slot.
    if let Some(agent) = &filter.agent {
        values.push(agent.as_str().into());
        parts.push(format!("head.conversation IN (SELECT conversation FROM slot WHERE agent = ?{})", values.len()));
    }
    if let Some(queues) = &filter.queues {
        parts.push(format!("head.queue IN {}", places(values.len() + 1, queues.len())));
        values.extend(queues.iter().map(|queue| Value::from(queue.as_str())));
    }
    if let Some(customer) = &filter.customer {
        values.push((&customer.0).into());
        parts.push(format!("head.customer = ?{}", values.len()));
    }
    if let Some(channels) = &filter.channels {
        parts.push(format!("head.channel IN {}", places(values.len() + 1, channels.len())));
        values.extend(channels.iter().map(|channel| Value::from(channel.as_str())));
    }
    if !filter.controllers.is_empty() {
        parts.push(format!("head.controller IN {}", places(values.len() + 1, filter.controllers.len())));
        values.extend(filter.controllers.iter().map(|controller| Value::from(controller.as_str())));
        // Exactly these name a queue; saying so lets head_by_queue serve the list.
        if filter.controllers.iter().all(|controller| controller.in_handoff()) {
            parts.push("head.queue IS NOT NULL".to_owned());
        }
    }
    if let Some(agent) = &filter.last_agent {
        values.push(agent.as_str().into());
        parts.push(format!("head.last_agent = ?{}", values.len()));
    }
    if let Some((at, conversation)) = &filter.after {
        values.push((*at).into());
        values.push((&conversation.0).into());
        let (at, conversation) = (values.len() - 1, values.len());
        parts.push(format!("(head.last_message_at_ms, head.conversation) < (?{at}, ?{conversation})"));
    }
    let mut conditions = String::new();
    for (place, part) in parts.iter().enumerate() {
        let _ = write!(conditions, "{} {part} ", if place == 0 { "WHERE" } else { "AND" });
    }
    (conditions, values)
}

pub(super) fn due(
    sql: &mut dyn Sql,
    until: Timestamp,
    limit: u32,
) -> Result<Vec<(ConversationId, Timestamp)>, StoreError> {
    let rows = sql.query(DUE, &[until.into(), limit.into()])?;
    rows.into_iter().map(|mut row| Ok((ConversationId(row.uuid()?), row.at()?))).collect()
}

pub(super) fn next_deadline(sql: &mut dyn Sql) -> Result<Option<Timestamp>, StoreError> {
    sql.query_one(NEXT_DEADLINE, &[])?.map(|mut row| row.at()).transpose()
}

pub(super) fn put_deadline(
    sql: &mut dyn Sql,
    conversation: ConversationId,
    seq: Seq,
    deadline: Option<Timestamp>,
) -> Result<(), StoreError> {
    sql.execute(PUT_DEADLINE, &[(&conversation.0).into(), seq.into(), deadline.map_or(Value::Null, Into::into)])
        .map(|_| ())
}

pub(super) fn of_offer(sql: &mut dyn Sql, offer: OfferId) -> Result<Option<ConversationId>, StoreError> {
    sql.query_one(BY_OFFER, &[(&offer.0).into()])?.map(|mut row| row.uuid().map(ConversationId)).transpose()
}

pub(super) fn slots(sql: &mut dyn Sql) -> Result<Vec<(AgentId, Slot, ConversationId)>, StoreError> {
    let rows = sql.query(SLOTS, &[])?;
    rows.into_iter()
        .map(|mut row| {
            let agent = row.key()?;
            let number = row.int()?;
            let slot = u8::try_from(number).map_err(|_| StoreError::corrupt(format!("{number} is no slot")))?;
            Ok((agent, Slot(slot), ConversationId(row.uuid()?)))
        })
        .collect()
}
