//! The log and its projections on SQLite, PostgreSQL and in memory.
