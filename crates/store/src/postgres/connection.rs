//! One connection to the server, speaking for [`Sql`] and [`Session`]; it comes back by itself after the server did.

use std::collections::HashMap;
use std::thread;
use std::time::Duration;

use postgres::error::SqlState;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, Statement};

use super::address::{Address, causes};
use super::search;
use crate::StoreError;
use crate::batch::{Session, State};
use crate::sql::{Cell, Row, Sql, Value, numbered};
use crate::words::Document;

/// Attempts to connect before a request is told that the database is not there: about a second in all.
const CONNECT_TRIES: u32 = 5;
const FIRST_PAUSE: Duration = Duration::from_millis(50);
/// Most prepared statements of a connection; beyond it they are prepared afresh.
const STATEMENTS_MAX: usize = 256;
/// Several jobs in one transaction may wait for each other's rows across workers; whoever waits this long lets go, and
/// its jobs run one by one.
const BEGIN_GROUP: &str = "BEGIN; SET LOCAL lock_timeout = '10ms'";
const BEGIN_ALONE: &str = "BEGIN";
const BEGIN_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

// Independent facts, each asked by one question of `Session` or `Sql`.
#[allow(clippy::struct_excessive_bools)]
pub(super) struct PostgresSession {
    address: Address,
    client: Option<Client>,
    statements: HashMap<String, Statement>,
    /// Whether the next transaction carries several jobs.
    pub(super) grouped: bool,
    failed: bool,
    changed: bool,
    state: State,
    /// The last job's savepoint is released together with the next one's making: one round trip.
    release: bool,
}

impl PostgresSession {
    pub(super) fn new(address: Address) -> Self {
        Self {
            address,
            client: None,
            statements: HashMap::new(),
            grouped: false,
            failed: false,
            changed: false,
            state: State::Sound,
            release: false,
        }
    }

    pub(super) fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        self.on_client(|client, _| client.batch_execute(sql))
    }

    fn on_client<T>(
        &mut self,
        job: impl FnOnce(&mut Client, &mut HashMap<String, Statement>) -> Result<T, postgres::Error>,
    ) -> Result<T, StoreError> {
        let Some(client) = self.client.as_mut() else {
            self.failed = true;
            if self.state == State::Sound {
                self.state = State::Lost;
            }
            return Err(StoreError::unavailable(format!("reach {}", self.address.name()), "there is no connection"));
        };
        job(client, &mut self.statements).map_err(|error| self.fault(&error))
    }

    fn fault(&mut self, error: &postgres::Error) -> StoreError {
        self.failed = true;
        let gone = error.is_closed() || self.client.as_ref().is_none_or(Client::is_closed);
        let stopped = [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::CANNOT_CONNECT_NOW].iter();
        if gone || stopped.into_iter().any(|state| error.code() == Some(state)) {
            self.client = None;
            // Before the commit nothing was kept: the jobs can run again on another connection.
            self.state = State::Again;
            return StoreError::unavailable(format!("reach {}", self.address.name()), causes(error));
        }
        match error.code() {
            Some(&SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED) => self.state = State::Again,
            Some(&SqlState::LOCK_NOT_AVAILABLE) if self.grouped => self.state = State::Again,
            Some(_) | None => {}
        }
        explain(error)
    }

    fn connect(&mut self) -> Result<(), StoreError> {
        let mut pause = FIRST_PAUSE;
        for attempt in 1.. {
            self.statements.clear();
            match self.address.connect() {
                Ok(client) => {
                    self.client = Some(client);
                    return Ok(());
                }
                Err(error) if attempt == CONNECT_TRIES => return Err(error),
                Err(error) => tracing::warn!(%error, attempt, "the database is not there"),
            }
            thread::sleep(pause);
            pause *= 2;
        }
        Ok(())
    }

    fn prepared(
        client: &mut Client,
        statements: &mut HashMap<String, Statement>,
        sql: &str,
    ) -> Result<Statement, postgres::Error> {
        if let Some(statement) = statements.get(sql) {
            return Ok(statement.clone());
        }
        if statements.len() >= STATEMENTS_MAX {
            statements.clear();
        }
        let statement = client.prepare(&numbered(sql))?;
        statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

fn bound<'a>(values: &'a [Value<'a>]) -> Vec<&'a (dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

impl ToSql for Value<'_> {
    fn to_sql(&self, ty: &Type, out: &mut bytes::BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(number) if *ty == Type::INT4 => i32::try_from(*number)?.to_sql(ty, out),
            Value::Int(number) => number.to_sql(ty, out),
            // PostgreSQL's texts cannot hold the character 0; SQLite's can.
            Value::Text(text) if text.contains('\0') => text.replace('\0', "\u{fffd}").to_sql(ty, out),
            Value::Text(text) => text.to_sql(ty, out),
            Value::Blob(bytes) => bytes.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl Sql for PostgresSession {
    fn execute(&mut self, sql: &str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        let rows = self.on_client(|client, statements| {
            let statement = Self::prepared(client, statements, sql)?;
            client.execute(&statement, &bound(values))
        })?;
        self.changed |= rows > 0;
        Ok(rows)
    }

    fn query(&mut self, sql: &str, values: &[Value<'_>]) -> Result<Vec<Row>, StoreError> {
        let rows = self.on_client(|client, statements| {
            let statement = Self::prepared(client, statements, sql)?;
            client.query(&statement, &bound(values))
        })?;
        self.changed |= !rows.is_empty() && !sql.starts_with("SELECT");
        rows.iter().map(cells).collect()
    }

    fn failed(&self) -> bool {
        self.failed
    }

    fn index_section(&mut self, section: i64, document: &Document) -> Result<(), StoreError> {
        search::index(self, section, document)
    }

    fn unindex_article(&mut self, _slug: &str) -> Result<(), StoreError> {
        // The words are a column of the section and go with it.
        Ok(())
    }

    fn find_sections(&mut self, words: &[String], limit: u32) -> Result<Vec<(i64, f64)>, StoreError> {
        search::find(self, words, limit)
    }
}

fn cells(row: &postgres::Row) -> Result<Row, StoreError> {
    let column = |(place, column): (usize, &postgres::Column)| {
        let cell = match *column.type_() {
            Type::INT8 => row.try_get::<_, Option<i64>>(place).map(|value| value.map(Cell::Int)),
            Type::INT4 => {
                row.try_get::<_, Option<i32>>(place).map(|value| value.map(|number| Cell::Int(number.into())))
            }
            Type::FLOAT8 => row.try_get::<_, Option<f64>>(place).map(|value| value.map(Cell::Real)),
            Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(place).map(|value| value.map(Cell::Blob)),
            _ => row.try_get::<_, Option<String>>(place).map(|value| value.map(Cell::Text)),
        };
        let read =
            cell.map_err(|error| StoreError::corrupt(format!("the column {}: {}", column.name(), causes(&error))));
        read.map(|value| value.unwrap_or(Cell::Null))
    };
    row.columns().iter().enumerate().map(column).collect::<Result<Vec<_>, _>>().map(Row::new)
}

impl Session for PostgresSession {
    fn begin(&mut self, writing: bool) -> Result<(), StoreError> {
        (self.failed, self.changed, self.state, self.release) = (false, false, State::Sound, false);
        let sql = match (writing, self.grouped) {
            (true, true) => BEGIN_GROUP,
            (true, false) => BEGIN_ALONE,
            (false, _) => BEGIN_READ,
        };
        if self.client.is_some() && self.script(sql).is_ok() {
            return Ok(());
        }
        // The server may have gone and come back since the last request.
        self.connect().inspect_err(|_| self.state = State::Lost)?;
        (self.failed, self.state) = (false, State::Sound);
        self.script(sql)
    }

    fn savepoint(&mut self) -> Result<(), StoreError> {
        let sql = if self.release { "RELEASE SAVEPOINT job; SAVEPOINT job" } else { "SAVEPOINT job" };
        self.release = false;
        self.script(sql)
    }

    fn keep(&mut self) -> Result<(), StoreError> {
        self.release = true;
        Ok(())
    }

    fn undo(&mut self) -> Result<(), StoreError> {
        self.script("ROLLBACK TO SAVEPOINT job; RELEASE SAVEPOINT job")
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        let committed = self.script("COMMIT");
        if self.client.is_none() {
            // It may have been kept or not; running it again could do it twice.
            self.state = State::Lost;
            return committed.map_err(|error| {
                StoreError::unavailable(
                    format!("commit on {}", self.address.name()),
                    format!("{error}; whether it was kept is not known: ask again with the same client's id"),
                )
            });
        }
        committed
    }

    fn roll_back(&mut self) {
        if self.client.is_some() && self.script("ROLLBACK").is_err() {
            self.client = None;
        }
        self.changed = false;
    }

    fn state(&self) -> State {
        self.state
    }

    fn next_job(&mut self) {
        self.failed = false;
    }

    fn changed(&self) -> bool {
        self.changed
    }
}

/// What the server said, in our words, with what to do about it.
fn explain(error: &postgres::Error) -> StoreError {
    let said = causes(error);
    let unavailable = |mend: &str| StoreError::unavailable(String::new(), format!("{said}: {mend}"));
    match error.code() {
        Some(&SqlState::UNIQUE_VIOLATION) => {
            StoreError::Conflict { doing: String::new(), what: format!("another row has this key already ({said})") }
        }
        Some(&SqlState::DISK_FULL) => unavailable("free some space on the server's disk"),
        Some(&SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED) => unavailable("try again"),
        Some(&SqlState::LOCK_NOT_AVAILABLE | &SqlState::QUERY_CANCELED) => {
            unavailable("another connection holds what is needed; look at pg_stat_activity")
        }
        Some(&SqlState::INSUFFICIENT_PRIVILEGE) => {
            unavailable("give the user the right to create and write tables in this database")
        }
        Some(&SqlState::READ_ONLY_SQL_TRANSACTION) => unavailable("this server is a replica; name the primary"),
        Some(&SqlState::DUPLICATE_TABLE) => {
            StoreError::corrupt(format!("{said}: another program's tables are here; make a database for Baton alone"))
        }
        Some(&SqlState::DATA_CORRUPTED | &SqlState::INDEX_CORRUPTED) => {
            StoreError::corrupt(format!("{said}: restore the database from a backup"))
        }
        Some(state) if state.code().starts_with("53") => unavailable("the server is out of resources"),
        Some(_) | None => StoreError::bug(format!("PostgreSQL refused a statement: {said}")),
    }
}
