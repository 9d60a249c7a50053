//! PostgreSQL: worker threads with one connection each, running the same jobs.

mod address;
mod connection;
mod search;
mod threads;

pub(crate) use threads::start;
