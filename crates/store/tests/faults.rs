//! When the world is not as it should be, the store says what, where, and how to mend it.

// The helpers of tests are tests too.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use baton_core::{AgentId, Timestamp};
use baton_store::{AgentState, SqliteOptions, Store, StoreError};
use baton_testkit::Postgres;

fn open(path: &Path) -> Result<Store, StoreError> {
    Store::open_sqlite(path, &SqliteOptions::default())
}

/// What is said when it cannot be opened.
fn refusal(path: &Path) -> (StoreError, String) {
    let error = open(path).err().expect("it must not open");
    let said = error.to_string();
    assert!(said.contains(&path.display().to_string()) || matches!(error, StoreError::Newer { .. }), "{said}");
    (error, said)
}

fn put_state(store: &Store, seconds: i64) -> Result<(), StoreError> {
    let state = AgentState {
        agent: AgentId::new("ana").unwrap(),
        availability: "available".into(),
        reason: None,
        changed_at: Timestamp(seconds),
        idle_since: Timestamp(seconds),
    };
    store.write_blocking(move |tx| tx.put_agent_state(&state))
}

fn changed_at(store: &Store) -> Result<Option<i64>, StoreError> {
    store.read_blocking(|tx| Ok(tx.agent_states()?.first().map(|state| state.changed_at.0)))
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (error, said) = refusal(&folder.path().join("nowhere/baton.db"));
    assert!(matches!(error, StoreError::Unavailable { .. }), "{said}");
    assert!(said.contains("nowhere does not exist: create it"), "{said}");
    assert!(refusal(folder.path()).1.contains("it is a folder"));
}

#[test]
fn a_file_of_something_else_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let letter = folder.path().join("letter.txt");
    fs::write(&letter, "Dear database, ".repeat(500)).unwrap();
    let (error, said) = refusal(&letter);
    assert!(matches!(error, StoreError::Corrupt { .. }), "{said}");
    assert!(said.contains("no SQLite database"), "{said}");
    assert!(fs::read_to_string(&letter).unwrap().starts_with("Dear database"));

    let foreign = folder.path().join("foreign.db");
    rusqlite::Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE wine (year INTEGER)").unwrap();
    let (error, said) = refusal(&foreign);
    assert!(matches!(error, StoreError::Corrupt { .. }), "{said}");
    assert!(said.contains("another program"), "{said}");
}

#[test]
fn a_damaged_file_is_called_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("baton.db");
    let store = open(&path).unwrap();
    put_state(&store, 1).unwrap();
    store.close();
    let mut bytes = fs::read(&path).unwrap();
    let length = bytes.len();
    bytes[4096..length].fill(0xA5);
    fs::write(&path, bytes).unwrap();
    let (error, said) = refusal(&path);
    assert!(matches!(error, StoreError::Corrupt { .. }), "{said}");
    assert!(said.contains("backup"), "{said}");
}

#[test]
fn a_file_that_can_only_be_read_is_refused_before_the_first_request() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("baton.db");
    open(&path).unwrap().close();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    if fs::OpenOptions::new().write(true).open(&path).is_ok() {
        baton_testkit::skipped("a read-only file", "this user may write whatever the file says (root)");
        return;
    }
    let (error, said) = refusal(&path);
    assert!(matches!(error, StoreError::Unavailable { .. }), "{said}");
    assert!(said.contains("right to write"), "{said}");
}

#[test]
fn a_later_programs_file_is_refused_with_both_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("baton.db");
    open(&path).unwrap().close();
    rusqlite::Connection::open(&path)
        .unwrap()
        .execute("UPDATE meta SET value = '712' WHERE key = 'schema_version'", [])
        .unwrap();
    let (error, said) = refusal(&path);
    assert!(matches!(error, StoreError::Newer { .. }), "{said}");
    assert!(said.contains("schema version 712, but this program knows schema version "), "{said}");
}

#[test]
fn a_second_start_keeps_the_data_and_the_logs_identity() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("baton.db");
    let store = open(&path).unwrap();
    put_state(&store, 7).unwrap();
    let identity = store.read_blocking(|tx| tx.log_epoch()).unwrap();
    store.close();
    assert_eq!(put_state(&store, 8), Err(StoreError::Closed));

    let again = open(&path).unwrap();
    assert_eq!(changed_at(&again).unwrap(), Some(7));
    assert_eq!(again.read_blocking(|tx| tx.log_epoch()).unwrap(), identity);
    let mode: String =
        rusqlite::Connection::open(&path).unwrap().query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
}

#[test]
fn too_many_requests_are_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let options = SqliteOptions { queue_max: 4, batch_max: 1, ..SqliteOptions::default() };
    let store = Store::open_sqlite(&folder.path().join("baton.db"), &options).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let (release, held) = std::sync::mpsc::channel::<()>();
    let held = std::sync::Mutex::new(held);
    runtime.block_on(async {
        let (began, begins) = tokio::sync::oneshot::channel();
        let began = std::sync::Mutex::new(Some(began));
        let slow = store.write(move |_| {
            began.lock().unwrap().take().map(|began| began.send(()));
            held.lock().unwrap().recv().ok();
            Ok(())
        });
        let mut slow = std::pin::pin!(slow);
        tokio::select! { biased; _ = &mut slow => panic!("it is held"), at_work = begins => at_work.unwrap() }
        let waiting: Vec<_> = (0..4).map(|_| Box::pin(store.write(|_| Ok(())))).collect();
        let mut all = std::pin::pin!(async {
            let mut outcomes = Vec::new();
            for request in waiting {
                outcomes.push(request.await);
            }
            outcomes
        });
        // The requests are in line once they were asked for the first time.
        tokio::select! { biased; _ = &mut all => panic!("nothing is served yet"), () = std::future::ready(()) => {} }
        let mut refused = None;
        for _ in 0..4 {
            let mut request = Box::pin(store.write(|_| Ok(())));
            tokio::select! { biased;
                outcome = &mut request => { refused = Some(outcome); break; }
                () = std::future::ready(()) => {}
            }
        }
        assert_eq!(refused, Some(Err(StoreError::Overloaded { waiting: 4 })));
        release.send(()).unwrap();
        slow.await.unwrap();
        assert!(
            all.await.iter().all(|outcome| outcome.is_ok() || matches!(outcome, Err(StoreError::Overloaded { .. })))
        );
    });
    assert!(store.counters().refused >= 1);
}

#[test]
fn a_database_server_that_is_not_there_is_named_without_the_password() {
    let said = Store::open_postgres("postgres://baton:s3cret@127.0.0.1:9/desk", 2).err().unwrap().to_string();
    assert!(said.contains("127.0.0.1:9, database desk, as baton"), "{said}");
    assert!(said.contains("start the server, or correct the address"), "{said}");
    assert!(!said.contains("s3cret"), "{said}");
}

#[test]
fn a_database_server_that_comes_back_is_used_again() {
    let server = match Postgres::start() {
        Ok(server) => server,
        Err(why) => return baton_testkit::skipped("an outage of PostgreSQL", &why),
    };
    let missing = server.url().replace("/postgres", "/nowhere");
    let said = Store::open_postgres(&missing, 2).err().unwrap().to_string();
    assert!(said.contains("createdb nowhere"), "{said}");

    let store = Store::open_postgres(&server.url(), 2).unwrap();
    put_state(&store, 1).unwrap();
    server.cut().unwrap();
    for refused in [put_state(&store, 2).unwrap_err(), changed_at(&store).unwrap_err()] {
        assert!(matches!(refused, StoreError::Unavailable { .. }), "{refused}");
        assert!(refused.to_string().contains("PostgreSQL at 127.0.0.1"), "{refused}");
    }
    server.up().unwrap();
    assert_eq!(changed_at(&store).unwrap(), Some(1), "what was acknowledged, and nothing that was not");
    put_state(&store, 3).unwrap();
    // Every thread of the pool finds its way back.
    for _ in 0..8 {
        assert_eq!(changed_at(&store).unwrap(), Some(3));
    }
    store.close();

    let mut client = postgres::Client::connect(&server.url(), postgres::NoTls).unwrap();
    client.execute("UPDATE meta SET value = '712' WHERE key = 'schema_version'", &[]).unwrap();
    let said = Store::open_postgres(&server.url(), 2).err().unwrap().to_string();
    assert!(said.contains("schema version 712, but this program knows schema version "), "{said}");
}

#[test]
fn a_server_program_opens_and_drops_its_store_on_an_async_thread() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut stores = vec![open(&folder.path().join("baton.db")).unwrap()];
    match Postgres::shared().and_then(Postgres::database) {
        Ok(url) => stores.push(runtime.block_on(async { Store::open_postgres(&url, 2) }).unwrap()),
        Err(why) => baton_testkit::skipped("PostgreSQL on an async thread", &why),
    }
    runtime.block_on(async {
        for store in stores {
            store.write(|tx| tx.put_brief(baton_core::HandoffId(uuid::Uuid::nil()), "{}")).await.unwrap();
            let brief = store.read(|tx| tx.brief(baton_core::HandoffId(uuid::Uuid::nil()))).await.unwrap();
            assert_eq!(brief.as_deref(), Some("{}"), "a read sees what was answered before");
        }
    });
}

#[test]
fn both_databases_have_the_same_tables_and_columns() {
    let url = match Postgres::shared().and_then(Postgres::database) {
        Ok(url) => url,
        Err(why) => return baton_testkit::skipped("the tables of PostgreSQL", &why),
    };
    Store::open_postgres(&url, 1).unwrap().close();
    let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
    let rows = client
        .query(
            "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public'",
            &[],
        )
        .unwrap();
    let mut on_postgres: Vec<(String, String)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    on_postgres.sort();

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("baton.db");
    open(&path).unwrap().close();
    let connection = rusqlite::Connection::open(&path).unwrap();
    let mut statement = connection
        .prepare(
            "SELECT t.name, c.name FROM pragma_table_list AS t JOIN pragma_table_info(t.name) AS c \
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.schema = 'main'",
        )
        .unwrap();
    let columns = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let mut on_sqlite: Vec<(String, String)> = columns.collect::<Result<_, _>>().unwrap();
    // PostgreSQL keeps the words in the row, SQLite in an index beside it.
    on_sqlite.push(("section".into(), "words".into()));
    on_sqlite.sort();
    assert_eq!(on_sqlite, on_postgres);
}
