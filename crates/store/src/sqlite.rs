//! SQLite: one file, one writer that groups its commits, readers beside it.

mod connection;
mod open;
mod threads;

pub use open::SqliteOptions;
pub(crate) use threads::start;
#[cfg(test)]
pub(crate) use {connection::SqliteSession, open::writer as open_writer};
