//! The way between a program and its store. A simulation makes it long, lossy or endless; nothing else does.

use std::pin::Pin;

use crate::StoreError;

/// What is asked of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Write,
    Read,
}

/// A request or an answer on its way.
pub type Passing = Pin<Box<dyn Future<Output = Result<(), StoreError>> + Send>>;

/// The way that every request of one handle goes; see [`crate::Store::through`].
pub trait Passage: Send + Sync {
    /// Before the job runs. An error is the answer, and the job is not run.
    fn there(&self, asked: Asked) -> Passing;
    /// After the job ran, `kept` when a write stands. An error replaces the answer: the outcome is not known.
    fn back(&self, asked: Asked, kept: bool) -> Passing;
}
