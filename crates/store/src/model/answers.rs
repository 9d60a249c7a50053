//! The append and the lists of the model.

use std::collections::BTreeMap;

use baton_core::planted::{Fault, planted};
use baton_core::{AgentId, Conversation, ConversationId, Seq, Timestamp};

use super::{HeadRow, Tables};
use crate::project::{self, SlotChanges};
use crate::sql::{PAGE_MAX, check_append};
use crate::{
    Append, Appended, Changed, Head, HeadFilter, SHADOW_EXAMPLES_MAX, SHADOW_VERSIONS_MAX, ShadowJudgement, StoreError,
};

pub(super) fn append(tables: &mut Tables, append: &Append<'_>) -> Result<Appended, StoreError> {
    check_append(append)?;
    if append.events.is_empty() {
        return Ok(Appended::Done);
    }
    let id = append.conversation;
    if let Some(client_id) = append.client_id
        && !planted(Fault::ClientIdTwice)
        && let Some(seq) = tables.client_ids.get(&(id, client_id.to_owned()))
    {
        return Ok(Appended::Duplicate { seq: Seq(*seq) });
    }
    let stands = tables.heads.get(&id).map_or(Seq(0), |row| row.head.seq);
    if stands != append.before.seq {
        return Ok(Appended::Conflict { seq: stands });
    }
    let slots = SlotChanges::between(append.before, append.after);
    let is_free = |held: &&(AgentId, baton_core::Slot)| {
        tables.slots.get(held).is_none_or(|holder| *holder == id && slots.released.contains(held))
    };
    if let Some((agent, slot)) = slots.taken.iter().find(|held| !is_free(held) && !planted(Fault::SlotGivenTwice)) {
        return Ok(Appended::SlotTaken { agent: agent.clone(), slot: *slot });
    }
    let rows = project::handoff_rows(append, |handoff| Ok(tables.handoffs.get(&handoff).cloned()))?;
    let head = Head::of(append.after, append.deadline)?;

    let declined = append.events.iter().any(|event| matches!(event, baton_core::Event::OfferDeclined { .. }));
    for held in &slots.released {
        if declined && planted(Fault::SlotKeptOnDecline) {
            continue;
        }
        tables.slots.remove(held);
    }
    for held in slots.taken {
        tables.slots.put(held, id);
    }
    for row in rows {
        tables.handoffs.put(row.handoff, row);
    }
    if let Some(client_id) = append.client_id {
        tables.client_ids.put((id, client_id.to_owned()), append.before.seq.next().0);
    }
    for mut recorded in project::recorded(append) {
        if planted(Fault::SequenceGap) && recorded.seq.0 > 20 {
            recorded.seq = recorded.seq.next();
        }
        let position = tables.log.len() + 1;
        tables.log.put(position, id);
        tables.events.put((id, recorded.seq.0), recorded);
    }
    for body in append.bodies {
        tables.bodies.put((id, body.seq.0), body.clone());
    }
    let expired = append.events.iter().any(|event| matches!(event, baton_core::Event::OfferExpired { .. }));
    if expired && planted(Fault::ProjectionNotUpdated) {
        return Ok(Appended::Done);
    }
    put_head(tables, head, append.after);
    Ok(Appended::Done)
}

pub(super) fn changed(tables: &Tables, after: u64, limit: u32) -> Vec<Changed> {
    let mut last = BTreeMap::new();
    for (position, conversation) in tables.log.range(after.saturating_add(1)..).take(limit as usize) {
        last.insert(*conversation, *position);
    }
    let mut changed: Vec<_> = last
        .into_iter()
        .filter_map(|(conversation, position)| {
            let head = &tables.heads.get(&conversation)?.head;
            Some(Changed { position, conversation, seq: head.seq, at_rest: head.at_rest() })
        })
        .collect();
    changed.sort_by_key(|changed| changed.position);
    changed
}

fn put_head(tables: &mut Tables, head: Head, after: &Conversation) {
    let row = HeadRow { head, offer: project::open_offer(after), last_agent: after.last_agent.clone() };
    put_row(tables, row);
}

fn put_row(tables: &mut Tables, row: HeadRow) {
    let id = row.head.conversation;
    if let Some(before) = tables.heads.get(&id).and_then(|row| row.head.deadline) {
        tables.deadlines.remove(&(before, id));
    }
    if let Some(deadline) = row.head.deadline {
        tables.deadlines.put((deadline, id), ());
    }
    tables.heads.put(id, row);
}

pub(super) fn put_deadline(tables: &mut Tables, id: ConversationId, seq: Seq, deadline: Option<Timestamp>) {
    if let Some(mut row) = tables.heads.get(&id).filter(|row| row.head.seq == seq).cloned() {
        row.head.deadline = deadline;
        put_row(tables, row);
    }
}

pub(super) fn heads(tables: &Tables, filter: &HeadFilter) -> Vec<Head> {
    let own = filter.agent.as_ref().map(|agent| tables.held_by(agent));
    let fits = |row: &&HeadRow| {
        let head = &row.head;
        own.as_ref().is_none_or(|own| own.contains(&head.conversation))
            && filter.queues.as_ref().is_none_or(|queues| head.queue.as_ref().is_some_and(|own| queues.contains(own)))
            && filter.customer.is_none_or(|customer| customer == head.customer)
            && filter.channels.as_ref().is_none_or(|channels| channels.contains(&head.channel))
            && (filter.controllers.is_empty() || filter.controllers.contains(&head.controller))
            && (filter.last_agent.is_none() || filter.last_agent == row.last_agent)
            && filter.after.is_none_or(|after| (head.last_message_at, head.conversation) < after)
    };
    let mut found: Vec<Head> = tables.heads.values().filter(fits).map(|row| row.head.clone()).collect();
    found.sort_by_key(|head| std::cmp::Reverse((head.last_message_at, head.conversation)));
    found.truncate(filter.limit.clamp(1, PAGE_MAX).into());
    found
}

pub(super) fn record_shadow(tables: &mut Tables, judged: &ShadowJudgement) {
    let example = &judged.example;
    let key = (example.shadow.clone(), example.version, example.live, example.would);
    let turns = tables.shadow_counts.get(&key).copied().unwrap_or(0);
    tables.shadow_counts.put(key, turns + 1);
    let oldest = example.version.saturating_sub(SHADOW_VERSIONS_MAX);
    tables.shadow_counts.retain_keys(|(shadow, version, ..)| *shadow != example.shadow || *version > oldest);
    if example.live == example.would {
        return;
    }
    let made = tables.shadow_examples_made.get(&()).copied().unwrap_or(0);
    tables.shadow_examples_made.put((), made + 1);
    tables.shadow_examples.put(made, example.clone());
    let own = tables.shadow_examples.iter().rev().filter(|(_, kept)| kept.shadow == example.shadow);
    let too_many: Vec<u64> = own.skip(SHADOW_EXAMPLES_MAX as usize).map(|(place, _)| *place).collect();
    for place in &too_many {
        tables.shadow_examples.remove(place);
    }
}
