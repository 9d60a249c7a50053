//! The threads that serve a PostgreSQL database.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::address::Address;
use super::connection::PostgresSession;
use crate::batch::{self, Ending, Session};
use crate::queue::Queue;
use crate::threads::{Line, Threads, spawn};
use crate::work::{Tally, Work};
use crate::{StoreError, migrate};

/// Most jobs of one transaction; more savepoints than this slow the server down.
const BATCH_MAX: usize = 32;
/// How often a job is run before a deadlock or a failure to serialise is given up.
const TRIES: u32 = 8;
/// One migration at a time, whichever process comes first.
const LOCK: &str = "SELECT pg_advisory_xact_lock(4704001)";

/// Connects once to bring the database up to date, and starts the threads: `workers` that write, half as many that read.
pub(crate) fn start(
    url: &str,
    workers: usize,
    writes: &Line,
    reads: &Line,
    tally: &Arc<Tally>,
) -> Result<Threads, StoreError> {
    let address = Address::new(url)?;
    // The driver runs a little runtime of its own, which must not start on a thread of the caller's.
    let prepared = thread::scope(|scope| scope.spawn(|| prepare(&address)).join());
    let first = prepared.unwrap_or_else(|_| Err(StoreError::bug("preparing the database panicked")))?;

    let workers = workers.clamp(1, 64);
    let readers = workers.div_ceil(2);
    let mut threads = Threads::default();
    let mut sessions = std::iter::once(first).chain(std::iter::repeat_with(|| PostgresSession::new(address.clone())));
    for (place, session) in sessions.by_ref().take(workers).enumerate() {
        let (line, tally) = (writes.clone(), tally.clone());
        threads.writers.push(spawn(&format!("store-writer-{place}"), move || write(session, &line, &tally, workers))?);
    }
    for (place, session) in sessions.take(readers).enumerate() {
        let (line, tally) = (reads.clone(), tally.clone());
        threads.readers.push(spawn(&format!("store-reader-{place}"), move || read(session, &line, &tally, readers))?);
    }
    Ok(threads)
}

/// A connection to a database that has this program's tables.
fn prepare(address: &Address) -> Result<PostgresSession, StoreError> {
    let mut session = PostgresSession::new(address.clone());
    session.begin(true)?;
    let migrated = session
        .script(LOCK)
        .and_then(|()| migrate::migrate(&mut session, |migration| migration.postgres, PostgresSession::script))
        .and_then(|()| session.commit());
    if migrated.is_err() {
        session.roll_back();
    }
    migrated.map_err(|error| error.named(|| format!("prepare {}", address.name())))?;
    Ok(session)
}

fn write(mut session: PostgresSession, line: &Queue<Box<dyn Work>>, tally: &Tally, writers: usize) {
    while let Some(mut batch) = line.take(BATCH_MAX, writers) {
        Tally::add(&tally.writes, batch.len() as u64);
        session.grouped = batch.len() > 1;
        match batch::run(&mut session, &mut batch, tally) {
            Ending::Committed => {}
            Ending::Again(_) => {
                session.grouped = false;
                for work in &mut batch {
                    one_by_one(&mut session, work, tally);
                }
            }
            Ending::Failed(error) => {
                tracing::error!(%error, jobs = batch.len(), "a commit failed; nothing of it was acknowledged");
                for work in &mut batch {
                    work.fail(error.clone());
                }
            }
        }
        batch.into_iter().for_each(Work::answer);
    }
}

/// Alone, and again as often as the server asks for it, within bounds.
fn one_by_one(session: &mut PostgresSession, work: &mut Box<dyn Work>, tally: &Tally) {
    for attempt in 1..=TRIES {
        Tally::add(&tally.retries, 1);
        match batch::run(session, std::slice::from_mut(work), tally) {
            Ending::Committed => return,
            Ending::Again(_) if attempt < TRIES => thread::sleep(Duration::from_millis(1 << attempt)),
            Ending::Again(error) | Ending::Failed(error) => {
                tracing::error!(%error, attempt, "a job failed; nothing of it was acknowledged");
                work.fail(error);
                return;
            }
        }
    }
}

fn read(mut session: PostgresSession, line: &Queue<Box<dyn Work>>, tally: &Tally, readers: usize) {
    while let Some(batch) = line.take(1, readers) {
        for mut work in batch {
            if work.abandoned() {
                continue;
            }
            Tally::add(&tally.reads, 1);
            for attempt in 1..=TRIES {
                match batch::read(&mut session, work.as_mut()) {
                    Ending::Committed => break,
                    Ending::Again(_) if attempt < TRIES => Tally::add(&tally.retries, 1),
                    Ending::Again(error) | Ending::Failed(error) => {
                        work.fail(error);
                        break;
                    }
                }
            }
            work.answer();
        }
    }
}
