//! From the engine's errors to problems, every case by name.

use std::fmt::Display;

use baton_core::{InvalidKey, Rejection};
use baton_engine::config::ConfigFault;
use baton_engine::{ATTACHMENT_BYTES_MAX, AttachmentRefusal, EngineError};
use baton_store::StoreError;
use uuid::Uuid;

use super::{Code, FaultView, Problem};

impl Problem {
    /// Our own mistake. What went wrong is for the log; the person gets the id to quote.
    pub fn bug(what: &dyn Display) -> Self {
        let id = Uuid::now_v7();
        tracing::error!(%id, %what, "a mistake in Baton");
        Self::new(Code::Internal, format!("this is a mistake in Baton; please report it and quote {id}"))
    }
}

impl From<EngineError> for Problem {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::NotFound => Self::not_found(),
            EngineError::Rejected(rejection) => {
                let problem = Self::new(Code::from(&rejection), rejection.to_string());
                let about_text = matches!(rejection, Rejection::Empty | Rejection::TooLong { .. });
                if about_text { problem.at("text") } else { problem }
            }
            EngineError::Invalid { field, detail } => Self::invalid_field(field, detail),
            EngineError::Attachment(refusal) => refused_file(refusal),
            EngineError::AgentFull { agent } => Self::new(
                Code::AgentFull,
                format!("{agent} has no free slot; choose somebody else or free one of theirs first"),
            ),
            EngineError::Busy => {
                Self::new(Code::Overloaded, "others changed the same conversation all the while; send it again")
            }
            EngineError::NoConfiguration => Self::new(Code::Unavailable, error.to_string()),
            EngineError::Stopping => Self::new(Code::Unavailable, "the server is stopping; ask again in a moment"),
            EngineError::Store(error) => error.into(),
            EngineError::Config(error) => {
                let mut problem = Self::new(Code::InvalidConfiguration, error.to_string()).at("document");
                problem.faults = error.faults.into_iter().map(FaultView::from).collect();
                problem
            }
            EngineError::VersionConflict { expected, current } => Self::new(
                Code::VersionConflict,
                format!(
                    "version {expected} was expected and {current} stands: load it again, then apply your change to it"
                ),
            ),
        }
    }
}

fn refused_file(refusal: AttachmentRefusal) -> Problem {
    match refusal {
        AttachmentRefusal::Empty => Problem::new(Code::AttachmentEmpty, "the file has no bytes; choose another one"),
        AttachmentRefusal::TooLarge => Problem::new(
            Code::BodyTooLarge,
            format!("a file may have {ATTACHMENT_BYTES_MAX} bytes; send a smaller one"),
        ),
        AttachmentRefusal::Kind => Problem::new(
            Code::AttachmentRefused,
            "send a picture, a PDF, text, sound, film or an office document; the file's bytes are none of these",
        ),
        AttachmentRefusal::Full => {
            Problem::new(Code::AttachmentsFull, "no more files fit this conversation; begin another one")
        }
    }
}

impl From<ConfigFault> for FaultView {
    fn from(fault: ConfigFault) -> Self {
        Self { path: fault.path, line: fault.line, column: fault.column, what: fault.what }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable { .. } => {
                tracing::error!(%error, "the store is not available");
                Self::new(Code::Unavailable, "the database cannot be reached right now; nothing was lost, ask again")
            }
            StoreError::Overloaded { .. } => {
                Self::new(Code::Overloaded, "more is asked than the database can do right now; ask again in a moment")
            }
            StoreError::Closed => Self::new(Code::Unavailable, "the server is stopping; ask again in a moment"),
            StoreError::Newer { .. }
            | StoreError::Corrupt { .. }
            | StoreError::Conflict { .. }
            | StoreError::Bug { .. } => Self::bug(&error),
        }
    }
}

/// A key that cannot be one, in a field of a request.
pub(crate) fn invalid_key(field: &str) -> impl FnOnce(InvalidKey) -> Problem + '_ {
    move |error| Problem::invalid_field(field, error.to_string())
}
