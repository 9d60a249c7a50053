//! The log and its projections on SQLite, PostgreSQL and in memory.
//!
//! [`Store::write`] and [`Store::read`] take a closure over [`Tx`]. Nothing changes a conversation but [`Tx::append`]:
//! it writes the events, the texts beside them and every projection in one transaction, and is answered when that is on
//! disk.

mod batch;
mod error;
mod migrate;
mod model;
mod passage;
mod postgres;
mod project;
mod queue;
mod record;
mod sql;
mod sqlite;
mod store;
mod threads;
mod tx;
mod words;
mod work;

pub use error::StoreError;
pub use passage::{Asked, Passage, Passing};
pub use sqlite::SqliteOptions;
pub use store::Store;
pub use tx::{
    AgentState, Append, Appended, Attachment, AuditEntry, Body, Changed, ConfigVersion, ControllerKind, Credential,
    Customer, EngineRow, FoundSection, FoundText, HandoffRow, Head, HeadFilter, Marks, MessageSearch, QuickReply,
    Reminder, ReminderKind, SHADOW_EXAMPLES_MAX, SHADOW_VERSIONS_MAX, SectionRow, ShadowCount, ShadowExample,
    ShadowJudgement, TokenKind, TokenRow, Tx,
};
pub use words::{places_found, search_terms};
pub use work::Counters;
