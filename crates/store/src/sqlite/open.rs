//! Opening the file: every way in which it can be wrong is said before the first request.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::connection::{SqliteSession, explain};
use crate::batch::Session;
use crate::error::Doing;
use crate::{StoreError, migrate};

/// Before this one, two connections could lose a commit when the write-ahead log was reset.
const VERSION_MIN: i32 = 3_051_003;
/// Marks the file as ours: `BATN`.
const APPLICATION_ID: i64 = 0x4241_544E;
/// Small pages: an append touches a few rows far apart, and each touched page is written whole.
const PAGE_BYTES: u32 = 1024;
/// How much of the write-ahead log is gathered before it is copied into the file.
const CHECKPOINT_BYTES: u32 = 64 * 1024 * 1024;
/// How long a connection waits for another process.
const BUSY_MS: u32 = 5_000;
/// More than there are statements.
const STATEMENTS_MAX: usize = 256;

/// How a SQLite store is run.
#[derive(Debug, Clone)]
pub struct SqliteOptions {
    /// Reader threads, 1 to 16.
    pub readers: usize,
    /// Most requests that wait for the writer, and for the readers; the next one is told that the store is overloaded.
    pub queue_max: usize,
    /// Most jobs of one commit.
    pub batch_max: usize,
}

impl Default for SqliteOptions {
    fn default() -> Self {
        Self { readers: 3, queue_max: 8_192, batch_max: 512 }
    }
}

/// Opens the file for writing, makes it ours and brings it up to date.
pub(crate) fn writer(path: &Path) -> Result<SqliteSession, StoreError> {
    open_writer(path).doing(|| format!("open the SQLite database {}", path.display()))
}

fn open_writer(path: &Path) -> Result<SqliteSession, StoreError> {
    if rusqlite::version_number() < VERSION_MIN {
        let why = format!("it is version {}, at least 3.51.3 is needed", rusqlite::version());
        return Err(StoreError::unavailable("link SQLite", why));
    }
    check_place(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| explain(&error))?;
    if connection.is_readonly("main").map_err(|error| explain(&error))? {
        let why = "the file can only be read: give the user that runs Baton the right to write it";
        return Err(StoreError::unavailable(String::new(), why));
    }
    prepare(&connection)?;
    check_owner(&connection)?;
    set(&connection, "page_size", PAGE_BYTES)?;
    let mode: String = connection
        .pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))
        .map_err(|error| explain(&error))?;
    if mode != "wal" {
        let why = format!(
            "its journal is `{mode}` and cannot be a write-ahead log; use a local disk, not a network's file system"
        );
        return Err(StoreError::unavailable(String::new(), why));
    }
    set(&connection, "synchronous", "FULL")?;
    set(&connection, "wal_autocheckpoint", CHECKPOINT_BYTES / PAGE_BYTES)?;
    set(&connection, "journal_size_limit", CHECKPOINT_BYTES)?;

    let mut session = SqliteSession::new(connection);
    session.begin(true)?;
    let migrated = session
        .script(&format!("PRAGMA application_id = {APPLICATION_ID}"))
        .and_then(|()| migrate::migrate(&mut session, |migration| migration.sqlite, SqliteSession::script))
        .and_then(|()| session.commit());
    if migrated.is_err() {
        session.roll_back();
    }
    migrated.map(|()| session)
}

/// Opens the file beside the writer.
pub(super) fn reader(path: &Path) -> Result<SqliteSession, StoreError> {
    let open = || {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(|error| explain(&error))?;
        prepare(&connection)?;
        set(&connection, "query_only", true)?;
        Ok(SqliteSession::new(connection))
    };
    open().doing(|| format!("open the SQLite database {} for reading", path.display()))
}

fn prepare(connection: &Connection) -> Result<(), StoreError> {
    set(connection, "busy_timeout", BUSY_MS)?;
    set(connection, "foreign_keys", true)?;
    set(connection, "temp_store", "MEMORY")?;
    // Negative means KiB.
    set(connection, "cache_size", -16_384)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    Ok(())
}

fn set(connection: &Connection, pragma: &str, value: impl rusqlite::ToSql) -> Result<(), StoreError> {
    // Some pragmas answer with what they were set to.
    connection.pragma_update(None, pragma, value).map_err(|error| explain(&error))
}

/// What the file system can say better than SQLite.
fn check_place(path: &Path) -> Result<(), StoreError> {
    let refuse = |why: String| Err(StoreError::unavailable(String::new(), why));
    if path.is_dir() {
        return refuse("it is a folder: name a file in it".to_owned());
    }
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) if !folder.exists() => {
            refuse(format!("the folder {} does not exist: create it, or name another file", folder.display()))
        }
        Some(folder) if !folder.is_dir() => refuse(format!("{} is no folder", folder.display())),
        Some(_) | None => Ok(()),
    }
}

/// Another program's database must not become half ours.
fn check_owner(connection: &Connection) -> Result<(), StoreError> {
    let tables: i64 = connection
        .query_row("SELECT COUNT(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(|error| explain(&error))?;
    let owner: i64 =
        connection.query_row("PRAGMA application_id", [], |row| row.get(0)).map_err(|error| explain(&error))?;
    if tables > 0 && owner != APPLICATION_ID {
        return Err(StoreError::corrupt("the database belongs to another program: name another file"));
    }
    Ok(())
}
