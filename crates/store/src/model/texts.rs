//! Searching what was written, by looking at everything.

use baton_core::{AgentId, ConversationId, QueueId, Seq};

use super::Tables;
use crate::sql::{TEXTS_FOUND_MAX, WANTED_MAX};
use crate::words::Wanted;
use crate::{ControllerKind, FoundText, HandoffRow, MessageSearch};

pub(super) fn search(tables: &Tables, search: &MessageSearch) -> Vec<FoundText> {
    let wanted = Wanted::of(&search.query, WANTED_MAX);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(u64, FoundText)> = Vec::new();
    for ((conversation, seq), body) in tables.bodies.iter() {
        let Some(recorded) = tables.events.get(&(*conversation, *seq)) else { continue };
        let in_time = search.since.is_none_or(|since| recorded.at >= since)
            && search.until.is_none_or(|until| recorded.at < until);
        if in_time && wanted.fits(&body.text) && fits(tables, search, *conversation) {
            let text = body.text.clone();
            let place = place(tables, *conversation, *seq);
            found.push((place, FoundText { conversation: *conversation, seq: Seq(*seq), at: recorded.at, text }));
        }
    }
    found.sort_by_key(|(place, _)| std::cmp::Reverse(*place));
    found.into_iter().take(search.limit.clamp(1, TEXTS_FOUND_MAX).into()).map(|(_, text)| text).collect()
}

/// Where in the whole log an event stands.
fn place(tables: &Tables, conversation: ConversationId, seq: u64) -> u64 {
    let own = tables.log.iter().filter(|(_, of)| **of == conversation);
    let nth = usize::try_from(seq.saturating_sub(1)).unwrap_or(usize::MAX);
    own.map(|(place, _)| *place).nth(nth).unwrap_or_default()
}

fn fits(tables: &Tables, search: &MessageSearch, conversation: ConversationId) -> bool {
    let Some(row) = tables.heads.get(&conversation) else { return false };
    let past: Vec<&HandoffRow> = tables.handoffs.values().filter(|past| past.conversation == conversation).collect();
    let in_queue =
        |queue: &QueueId| row.head.queue.as_ref() == Some(queue) || past.iter().any(|past| past.queue == *queue);
    let had = |agent: &AgentId| {
        row.head.agent.as_ref() == Some(agent) || past.iter().any(|past| past.agent.as_ref() == Some(agent))
    };
    search.reach.as_ref().is_none_or(|(agent, queues)| {
        row.last_agent.as_ref() == Some(agent) || had(agent) || queues.iter().any(in_queue)
    }) && search.queue.as_ref().is_none_or(in_queue)
        && search.agent.as_ref().is_none_or(had)
        && search.channel.as_ref().is_none_or(|channel| row.head.channel == *channel)
        && search.closed.is_none_or(|closed| (row.head.controller == ControllerKind::Closed) == closed)
}
