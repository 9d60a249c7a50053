//! One connection to the file, speaking for [`Sql`] and [`Session`].

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, Statement, ToSql};

use crate::StoreError;
use crate::batch::{Session, State};
use crate::sql::{Cell, Row, Sql, Value};
use crate::words::{Document, HEADING_WEIGHT};

/// The rowid of an indexed section is its id.
const INDEX: &str = "INSERT INTO section_index (rowid, heading, text) VALUES (?1, ?2, ?3)";
const UNINDEX: &str = "DELETE FROM section_index WHERE rowid IN (SELECT id FROM section WHERE slug = ?1)";

pub(crate) struct SqliteSession {
    connection: Connection,
    failed: bool,
    changed: bool,
}

impl SqliteSession {
    pub(super) fn new(connection: Connection) -> Self {
        Self { connection, failed: false, changed: false }
    }

    pub(super) fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        self.connection.execute_batch(sql).map_err(|error| self.fault(&error))
    }

    fn fault(&mut self, error: &rusqlite::Error) -> StoreError {
        self.failed = true;
        explain(error)
    }

    fn run<T>(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        job: impl FnOnce(&mut Statement<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let run = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            for (place, value) in values.iter().enumerate() {
                statement.raw_bind_parameter(place + 1, value)?;
            }
            self.changed |= !statement.readonly();
            job(&mut statement)
        };
        run().map_err(|error| self.fault(&error))
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self {
            Value::Null => ValueRef::Null,
            Value::Int(number) => ValueRef::Integer(number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

impl Sql for SqliteSession {
    fn execute(&mut self, sql: &str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        self.run(sql, values, |statement| statement.raw_execute().map(|rows| rows as u64))
    }

    fn query(&mut self, sql: &str, values: &[Value<'_>]) -> Result<Vec<Row>, StoreError> {
        self.run(sql, values, |statement| {
            let columns = statement.column_count();
            let mut found = statement.raw_query();
            let mut rows = Vec::new();
            while let Some(row) = found.next()? {
                let cells: rusqlite::Result<Vec<Cell>> =
                    (0..columns).map(|column| cell(row.get_ref(column)?)).collect();
                rows.push(Row::new(cells?));
            }
            Ok(rows)
        })
    }

    fn failed(&self) -> bool {
        self.failed
    }

    fn index_section(&mut self, section: i64, document: &Document) -> Result<(), StoreError> {
        let (heading, text) = (document.heading.join(" "), document.text.join(" "));
        self.execute(INDEX, &[section.into(), (&heading).into(), (&text).into()]).map(|_| ())
    }

    fn unindex_article(&mut self, slug: &str) -> Result<(), StoreError> {
        self.execute(UNINDEX, &[slug.into()]).map(|_| ())
    }

    fn find_sections(&mut self, words: &[String], limit: u32) -> Result<Vec<(i64, f64)>, StoreError> {
        // The words hold letters and digits alone, so quoting them is all there is to do.
        let asked = words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" OR ");
        // bm25 is smaller for what fits better.
        let best = format!(
            "SELECT rowid, -bm25(section_index, {HEADING_WEIGHT:.1}, 1.0) AS score FROM section_index \
             WHERE section_index MATCH ?1 ORDER BY score DESC, rowid LIMIT ?2"
        );
        let rows = self.query(&best, &[(&asked).into(), limit.into()])?;
        rows.into_iter().map(|mut row| Ok((row.int()?, row.real()?))).collect()
    }
}

fn cell(value: ValueRef<'_>) -> rusqlite::Result<Cell> {
    Ok(match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Int(number),
        ValueRef::Real(number) => Cell::Real(number),
        ValueRef::Text(text) => Cell::Text(std::str::from_utf8(text)?.to_owned()),
        ValueRef::Blob(bytes) => Cell::Blob(bytes.to_vec()),
    })
}

impl Session for SqliteSession {
    fn begin(&mut self, writing: bool) -> Result<(), StoreError> {
        self.failed = false;
        let sql = if writing { "BEGIN IMMEDIATE" } else { "BEGIN" };
        let begun = self.execute(sql, &[]);
        self.changed = false;
        begun.map(|_| ())
    }

    fn savepoint(&mut self) -> Result<(), StoreError> {
        self.execute("SAVEPOINT job", &[]).map(|_| ())
    }

    fn keep(&mut self) -> Result<(), StoreError> {
        self.execute("RELEASE SAVEPOINT job", &[]).map(|_| ())
    }

    fn undo(&mut self) -> Result<(), StoreError> {
        self.execute("ROLLBACK TO SAVEPOINT job", &[])?;
        self.keep()
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        self.execute("COMMIT", &[]).map(|_| ())
    }

    fn roll_back(&mut self) {
        if !self.connection.is_autocommit()
            && let Err(error) = self.execute("ROLLBACK", &[])
        {
            tracing::error!(%error, "a transaction of SQLite cannot be rolled back");
        }
        self.changed = false;
    }

    fn state(&self) -> State {
        // Disk full and I/O errors end the whole transaction, also what the jobs before had done.
        if self.connection.is_autocommit() { State::Lost } else { State::Sound }
    }

    fn next_job(&mut self) {
        self.failed = false;
    }

    fn changed(&self) -> bool {
        self.changed
    }
}

/// What SQLite said, in our words, with what to do about it.
pub(super) fn explain(error: &rusqlite::Error) -> StoreError {
    let Some(code) = error.sqlite_error_code() else {
        return StoreError::corrupt(error.to_string());
    };
    let unavailable = |mend: &str| StoreError::unavailable(String::new(), format!("{error}: {mend}"));
    match code {
        ErrorCode::DatabaseCorrupt => StoreError::corrupt(format!(
            "{error}: restore the database from a backup, or save what is left with `sqlite3 FILE .recover`"
        )),
        ErrorCode::NotADatabase => StoreError::corrupt("the file is no SQLite database: name another file".to_owned()),
        ErrorCode::ConstraintViolation => {
            StoreError::Conflict { doing: String::new(), what: format!("another row has this key already ({error})") }
        }
        ErrorCode::DiskFull => unavailable("free some space on the disk; nothing was acknowledged that is not stored"),
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => {
            unavailable("give the user that runs Baton the right to write the file and its folder")
        }
        ErrorCode::CannotOpen => unavailable("look whether the folder exists and may be written"),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
            unavailable("another process holds the database; end it, or wait until it is done")
        }
        ErrorCode::SystemIoFailure => unavailable("look at the disk and the system's log"),
        ErrorCode::OutOfMemory => unavailable("free some memory"),
        ErrorCode::InternalMalfunction
        | ErrorCode::OperationAborted
        | ErrorCode::OperationInterrupted
        | ErrorCode::NotFound
        | ErrorCode::FileLockingProtocolFailed
        | ErrorCode::SchemaChanged
        | ErrorCode::TooBig
        | ErrorCode::TypeMismatch
        | ErrorCode::ApiMisuse
        | ErrorCode::NoLargeFileSupport
        | ErrorCode::AuthorizationForStatementDenied
        | ErrorCode::ParameterOutOfRange
        | ErrorCode::Unknown
        | _ => StoreError::bug(format!("SQLite refused a statement: {error}")),
    }
}
