//! The store in memory: what the databases must do, said as plainly as possible. The contract suite holds all three to
//! the same answers; simulations and small tests run on it.

mod answers;
mod search;
mod table;
mod texts;
mod tx;

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use baton_core::planted::{Fault, planted};
use baton_core::{AgentId, ConversationId, CustomerId, HandoffId, OfferId, Recorded, Slot, Timestamp, VerdictKind};

use crate::work::run_guarded;
use crate::{
    AgentState, Attachment, AuditEntry, Body, ConfigVersion, Credential, Customer, EngineRow, HandoffRow, Head, Marks,
    Reminder, SectionRow, ShadowExample, StoreError, TokenRow, Tx,
};
use table::{Journal, Table};

/// The model behind a lock: jobs run in turn, on the thread that asks, so that a simulation stays deterministic.
pub(crate) struct Model(Mutex<Tables>);

impl Default for Model {
    fn default() -> Self {
        Self(Mutex::new(Tables { epoch: uuid::Uuid::now_v7().to_string(), ..Tables::default() }))
    }
}

impl Model {
    pub(crate) fn write<T>(&self, job: &impl Fn(&mut dyn Tx) -> Result<T, StoreError>) -> Result<(T, u64), StoreError> {
        let mut tables = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut tx = ModelTx { tables: &mut tables, writable: true, failed: None, events: 0 };
        let outcome = run_guarded(job, &mut tx);
        let events = tx.events;
        let outcome = tx.failed.take().map_or(outcome, Err);
        let lost = planted(Fault::AcknowledgedBeforeCommit) && events > 0 && tables.log.len().is_multiple_of(97);
        for table in tables.all() {
            if outcome.is_ok() && !lost { table.keep() } else { table.undo() }
        }
        outcome.map(|answer| (answer, events))
    }

    pub(crate) fn read<T>(&self, job: &impl Fn(&mut dyn Tx) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut tables = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        run_guarded(job, &mut ModelTx { tables: &mut tables, writable: false, failed: None, events: 0 })
    }
}

/// A head with what the lists need beside it.
#[derive(Clone)]
struct HeadRow {
    head: Head,
    offer: Option<OfferId>,
    last_agent: Option<AgentId>,
}

#[derive(Clone)]
struct Article {
    title: String,
    digest: String,
    sections: Vec<SectionRow>,
}

#[derive(Default)]
struct Tables {
    epoch: String,
    /// The events of all conversations in the order in which they came.
    log: Table<u64, ConversationId>,
    events: Table<(ConversationId, u64), Recorded>,
    client_ids: Table<(ConversationId, String), u64>,
    bodies: Table<(ConversationId, u64), Body>,
    heads: Table<ConversationId, HeadRow>,
    deadlines: Table<(Timestamp, ConversationId), ()>,
    slots: Table<(AgentId, Slot), ConversationId>,
    handoffs: Table<HandoffId, HandoffRow>,
    marks: Table<ConversationId, Marks>,
    decisions: Table<(HandoffId, u64), (Timestamp, String)>,
    briefs: Table<HandoffId, String>,
    shadow_counts: Table<(String, u64, VerdictKind, VerdictKind), u64>,
    shadow_examples: Table<u64, ShadowExample>,
    /// How many examples there ever were.
    shadow_examples_made: Table<(), u64>,
    attachments: Table<uuid::Uuid, (Attachment, Vec<u8>)>,
    quick_replies: Table<(AgentId, String), String>,
    reminders: Table<uuid::Uuid, Reminder>,
    customers: Table<CustomerId, Customer>,
    agent_states: Table<AgentId, AgentState>,
    credentials: Table<AgentId, Credential>,
    tokens: Table<[u8; 32], TokenRow>,
    configs: Table<u64, ConfigVersion>,
    articles: Table<String, Article>,
    audit: Table<u64, AuditEntry>,
    engines: Table<uuid::Uuid, EngineRow>,
}

impl Tables {
    fn all(&mut self) -> [&mut dyn Journal; 25] {
        [
            &mut self.log,
            &mut self.events,
            &mut self.client_ids,
            &mut self.bodies,
            &mut self.heads,
            &mut self.deadlines,
            &mut self.slots,
            &mut self.handoffs,
            &mut self.marks,
            &mut self.decisions,
            &mut self.briefs,
            &mut self.shadow_counts,
            &mut self.shadow_examples,
            &mut self.shadow_examples_made,
            &mut self.attachments,
            &mut self.quick_replies,
            &mut self.reminders,
            &mut self.customers,
            &mut self.agent_states,
            &mut self.credentials,
            &mut self.tokens,
            &mut self.configs,
            &mut self.articles,
            &mut self.audit,
            &mut self.engines,
        ]
    }

    /// The conversations of which an agent holds a slot.
    fn held_by(&self, agent: &AgentId) -> BTreeSet<ConversationId> {
        let range = (agent.clone(), Slot(0))..=(agent.clone(), Slot(u8::MAX));
        self.slots.range(range).map(|(_, conversation)| *conversation).collect()
    }
}

struct ModelTx<'a> {
    tables: &'a mut Tables,
    writable: bool,
    failed: Option<StoreError>,
    events: u64,
}
