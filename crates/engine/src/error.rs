//! The ways the engine says no, and the faults of the world that it passes on.

use baton_core::{AgentId, Rejection};
use baton_store::StoreError;

use crate::attachments::AttachmentRefusal;
use crate::config::ConfigError;

#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    #[error("there is no such thing here")]
    NotFound,
    #[error(transparent)]
    Rejected(#[from] Rejection),
    #[error("{field}: {detail}")]
    Invalid { field: String, detail: String },
    #[error("{agent} has no free slot; choose another agent or wait until one is free")]
    AgentFull { agent: AgentId },
    #[error("the file was not taken: {0:?}")]
    Attachment(AttachmentRefusal),
    #[error("the conversation changed too often meanwhile; try again")]
    Busy,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the configuration is not right:\n{0}")]
    Config(#[from] ConfigError),
    #[error("version {expected} was changed meanwhile, {current} runs; load it and apply your change to that")]
    VersionConflict { expected: u64, current: u64 },
    #[error("there is no configuration yet; give one with `baton apply FILE`")]
    NoConfiguration,
    #[error("the engine is stopping; try again in a moment")]
    Stopping,
}

impl EngineError {
    pub(crate) fn invalid(field: &str, detail: impl Into<String>) -> Self {
        Self::Invalid { field: field.to_owned(), detail: detail.into() }
    }
}
