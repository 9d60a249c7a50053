//! The deployment's own conversations as a past to learn from: what came of each is its label.

use baton_core::{Author, ConversationId, Event, Seq};
use baton_detect::timing::Speaker;
use baton_learn::lines::{Conversation, Said};
use baton_store::{Head, HeadFilter, Store, Tx};

/// Conversations that are read, the latest first.
const CONVERSATIONS_MAX: usize = 20_000;
const PAGE: u16 = 200;
const EVENTS_PAGE: u32 = 500;

/// Conversations up to their first handoff. The message before it is labelled 1 when a person took it; where nobody
/// did, nobody knows, and the conversation is left out.
pub(crate) fn conversations(store: &Store) -> anyhow::Result<Vec<Conversation>> {
    let mut past = Vec::new();
    let mut after = None;
    while past.len() < CONVERSATIONS_MAX {
        let filter = HeadFilter { after, limit: PAGE, ..HeadFilter::default() };
        let heads: Vec<Head> = store.read_blocking(move |tx| tx.heads(&filter))?;
        let Some(last) = heads.last() else { break };
        after = Some((last.last_message_at, last.conversation));
        let ids: Vec<ConversationId> = heads.iter().map(|head| head.conversation).collect();
        for id in ids {
            past.extend(store.read_blocking(move |tx| conversation(tx, id))?);
        }
    }
    Ok(past)
}

fn conversation(tx: &mut dyn Tx, id: ConversationId) -> Result<Option<Conversation>, baton_store::StoreError> {
    let accepted = tx.handoffs_of(id)?.first().map(|handoff| handoff.accepted_at.is_some());
    if accepted == Some(false) {
        return Ok(None);
    }
    let mut turns: Vec<Said> = Vec::new();
    let mut after = Seq(0);
    'reading: loop {
        let events = tx.events(id, after, EVENTS_PAGE)?;
        let Some(through) = events.last().map(|recorded| recorded.seq) else { break };
        let bodies = tx.bodies(id, after, through)?;
        for recorded in &events {
            if matches!(recorded.event, Event::HandoffRequested { .. }) {
                if let Some(last) = turns.last_mut() {
                    last.label = Some(true);
                }
                break 'reading;
            }
            let Event::MessagePosted { author, .. } = &recorded.event else { continue };
            let author = match author {
                Author::Customer => Speaker::Customer,
                Author::Bot { .. } => Speaker::Bot,
                Author::Agent(_) => Speaker::Agent,
            };
            // What was erased cannot be learned from.
            let Some(body) = bodies.iter().find(|body| body.seq == recorded.seq) else { continue };
            turns.push(Said { author, text: body.text.clone(), label: Some(false) });
        }
        after = through;
    }
    let asked = turns.iter().any(|said| said.author == Speaker::Customer);
    Ok(asked.then(|| Conversation { id: id.to_string(), language: None, kind: None, topic: None, turns }))
}
