//! The log and its projections on SQLite, PostgreSQL and in memory.

mod error;
mod record;
mod tx;

pub use error::StoreError;
pub use tx::*;
