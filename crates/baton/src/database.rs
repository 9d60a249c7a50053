//! Opens the store that the command line names.

use std::path::Path;

use anyhow::{Context, bail};
use baton_store::{SqliteOptions, Store};

/// Connections to PostgreSQL.
const POSTGRES_WORKERS: usize = 8;

/// True when the text names a PostgreSQL database rather than a file.
pub(crate) fn is_postgres(database: &str) -> bool {
    database.starts_with("postgres://") || database.starts_with("postgresql://")
}

/// Refuses an address of a kind that is none of ours; what else stands in it may be a password, and is not repeated.
pub(crate) fn check(database: &str) -> anyhow::Result<()> {
    match database.split_once("://") {
        Some((scheme, _)) if !is_postgres(database) => {
            bail!("`{scheme}://` is not a database that Baton knows; name a file or postgres://user@host/name")
        }
        Some(_) | None => Ok(()),
    }
}

/// Opens it on this thread, which must not be an async runtime's.
pub(crate) fn open_blocking(database: &str) -> anyhow::Result<Store> {
    check(database)?;
    if is_postgres(database) {
        return Ok(Store::open_postgres(database, POSTGRES_WORKERS)?);
    }
    Store::open_sqlite(Path::new(database), &SqliteOptions::default())
        .with_context(|| format!("open the database {database}"))
}

/// Opens it beside the async runtime: connecting blocks.
pub(crate) async fn open(database: &str) -> anyhow::Result<Store> {
    let database = database.to_owned();
    tokio::task::spawn_blocking(move || open_blocking(&database)).await?
}
