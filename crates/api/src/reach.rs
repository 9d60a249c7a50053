//! Finds what a request is about, for whom it is there at all: absent and forbidden are the same answer.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use baton_core::{AgentId, ConversationId, HandoffId, QueueId, Timestamp};
use baton_engine::Snapshot;
use baton_store::{AuditEntry, HandoffRow};

use crate::app::App;
use crate::matrix::{Act, Target, allow};
use crate::principal::{Caller, Principal};
use crate::problem::Problem;

/// An admin who reads on in a conversation is recorded again after this long.
const AUDITED_FOR: Duration = Duration::from_mins(10);
/// Most readings remembered; beyond it all are forgotten and recorded again.
const READINGS_MAX: usize = 10_000;

impl Caller {
    /// The conversation, if the matrix lets this caller act on it.
    pub(crate) async fn reach(&self, app: &App, id: ConversationId) -> Result<Snapshot, Problem> {
        app.reach(&self.principal, self.act, id).await
    }

    /// The conversation that a handoff belongs to, if the matrix lets this caller act on it.
    pub(crate) async fn reach_handoff(&self, app: &App, handoff: HandoffId) -> Result<Snapshot, Problem> {
        let row = app.store().read(move |tx| tx.handoff(handoff)).await?.ok_or_else(Problem::not_found)?;
        self.reach(app, row.conversation).await
    }
}

impl App {
    pub(crate) async fn reach(&self, principal: &Principal, act: Act, id: ConversationId) -> Result<Snapshot, Problem> {
        let snapshot = self.engine().snapshot(id).await?;
        if !self.reaches(principal, act, &snapshot).await? {
            return Err(Problem::not_found());
        }
        self.audit_reading(principal, act, id).await?;
        Ok(snapshot)
    }

    async fn reaches(&self, principal: &Principal, act: Act, snapshot: &Snapshot) -> Result<bool, Problem> {
        let conversation = &*snapshot.conversation;
        if allow(principal, act, Target::Conversation(conversation)) {
            return Ok(true);
        }
        let Some(person) = principal.person() else { return Ok(false) };
        // Whom a colleague named in a note reads along and answers in notes; nothing more.
        let beside = matches!(act, Act::ReadMessages | Act::ReadPrivate | Act::Mark | Act::PostNote);
        if beside && self.engine().is_mentioned(conversation.id, person).await? {
            return Ok(true);
        }
        if conversation.handoffs == 0 {
            return Ok(false);
        }
        // The state keeps the handoff under way; who served an earlier one still reaches the conversation.
        let id = conversation.id;
        let past = self.store().read(move |tx| tx.handoffs_of(id)).await?;
        let agents: BTreeSet<AgentId> = past.iter().filter_map(|row| row.agent.clone()).collect();
        let target = Target::Remembered { conversation, last_queue: last_queue(&past), agents: &agents };
        Ok(allow(principal, act, target))
    }

    /// An admin reads anything, and it is written down.
    async fn audit_reading(&self, principal: &Principal, act: Act, id: ConversationId) -> Result<(), Problem> {
        let Principal::Admin { agent } = principal else { return Ok(()) };
        let reads = matches!(act, Act::ReadMessages | Act::ReadPrivate);
        let now = self.now();
        if !reads || !self.readings().begin(agent, id, now) {
            return Ok(());
        }
        let entry = AuditEntry {
            at: now,
            who: principal.named(),
            action: act.name().to_owned(),
            what: format!("conversation:{id}"),
        };
        Ok(self.store().write(move |tx| tx.put_audit(&entry)).await?)
    }

    /// Writes an entry into the audit log.
    pub(crate) async fn audit(&self, principal: &Principal, action: &str, what: String) -> Result<(), Problem> {
        let entry = AuditEntry { at: self.now(), who: principal.named(), action: action.to_owned(), what };
        Ok(self.store().write(move |tx| tx.put_audit(&entry)).await?)
    }
}

fn last_queue(past: &[HandoffRow]) -> Option<&QueueId> {
    past.iter().max_by_key(|row| row.requested_at).map(|row| &row.queue)
}

/// Which admin read what lately.
#[derive(Default)]
pub(crate) struct Readings(Mutex<HashMap<(AgentId, ConversationId), Timestamp>>);

impl Readings {
    /// True when this reading is to be recorded.
    fn begin(&self, agent: &AgentId, conversation: ConversationId, now: Timestamp) -> bool {
        let mut readings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if readings.len() >= READINGS_MAX {
            readings.clear();
        }
        let key = (agent.clone(), conversation);
        if readings.get(&key).is_some_and(|at| now.since(*at) < AUDITED_FOR) {
            return false;
        }
        readings.insert(key, now);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_page_after_page_is_one_entry_and_coming_back_later_is_another() {
        let readings = Readings::default();
        let (agent, id) = (AgentId::new("ada").unwrap(), ConversationId(uuid::Uuid::from_u128(1)));
        assert!(readings.begin(&agent, id, Timestamp(0)));
        assert!(!readings.begin(&agent, id, Timestamp(1_000)));
        assert!(readings.begin(&agent, ConversationId(uuid::Uuid::from_u128(2)), Timestamp(1_000)));
        assert!(readings.begin(&agent, id, Timestamp(600_000)));
    }
}
