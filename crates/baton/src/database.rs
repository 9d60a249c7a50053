//! Opens the store that the command line names.

use std::path::Path;

use anyhow::Context;
use baton_store::{SqliteOptions, Store};

/// Connections to PostgreSQL.
const POSTGRES_WORKERS: usize = 8;

/// True when the text names a PostgreSQL database rather than a file.
pub(crate) fn is_postgres(database: &str) -> bool {
    database.starts_with("postgres://") || database.starts_with("postgresql://")
}

pub(crate) fn open(database: &str) -> anyhow::Result<Store> {
    if is_postgres(database) {
        return Ok(Store::open_postgres(database, POSTGRES_WORKERS)?);
    }
    if let Some((scheme, _)) = database.split_once("://") {
        anyhow::bail!("`{scheme}://` is not a database that Baton knows; name a file or postgres://user@host/name");
    }
    Store::open_sqlite(Path::new(database), &SqliteOptions::default())
        .with_context(|| format!("open the database {database}"))
}
