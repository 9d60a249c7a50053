//! What can go wrong with the store, said so that whoever reads it knows what was being done and how to mend it.

/// A fault of the world or of the program; never an answer to a person (those are `Appended` and `Option`).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The database is not there, refused, went away, or is full. Nothing of the request was acknowledged.
    #[error("{doing}: {why}")]
    Unavailable { doing: String, why: String },
    /// More requests wait than the store holds; nothing of this one was begun.
    #[error("the store has {waiting} requests waiting and takes no more: ask again in a moment")]
    Overloaded { waiting: usize },
    /// `close` was called; nothing of the request was begun.
    #[error("the store is closed")]
    Closed,
    /// The database holds something from a later version of the program.
    #[error(
        "a newer Baton wrote here: found {found}, but this program knows {known}. Start the newer program, or restore a backup made before it"
    )]
    Newer { found: String, known: String },
    /// What is stored is not what the program wrote, or the file is not Baton's.
    #[error("{doing}: {what}")]
    Corrupt { doing: String, what: String },
    /// Another row has this key already.
    #[error("{doing}: {what}")]
    Conflict { doing: String, what: String },
    /// Our own mistake: a panic in a job, a write in a read, an append that does not fit its fold.
    #[error("a mistake in Baton itself, please report it: {what}")]
    Bug { what: String },
}

impl StoreError {
    pub(crate) fn unavailable(doing: impl Into<String>, why: impl std::fmt::Display) -> Self {
        Self::Unavailable { doing: doing.into(), why: why.to_string() }
    }

    pub(crate) fn corrupt(what: impl Into<String>) -> Self {
        Self::Corrupt { doing: String::new(), what: what.into() }
    }

    pub(crate) fn bug(what: impl Into<String>) -> Self {
        Self::Bug { what: what.into() }
    }

    /// Names what was being done, for errors that come from below without knowing it.
    pub(crate) fn named(mut self, name: impl FnOnce() -> String) -> Self {
        match &mut self {
            Self::Unavailable { doing, .. } | Self::Corrupt { doing, .. } | Self::Conflict { doing, .. } => {
                *doing = if doing.is_empty() { name() } else { format!("{}: {doing}", name()) };
            }
            Self::Overloaded { .. } | Self::Closed | Self::Newer { .. } | Self::Bug { .. } => {}
        }
        self
    }
}

/// Says what was being done when a result is an error.
pub(crate) trait Doing {
    #[must_use]
    fn doing(self, name: impl FnOnce() -> String) -> Self;
}

impl<T> Doing for Result<T, StoreError> {
    fn doing(self, name: impl FnOnce() -> String) -> Self {
        self.map_err(|error| error.named(name))
    }
}
