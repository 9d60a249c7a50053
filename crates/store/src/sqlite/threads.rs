//! The threads that serve a file: one that writes, some that read.

use std::path::Path;
use std::sync::Arc;

use super::connection::SqliteSession;
use super::open::{self, SqliteOptions};
use crate::StoreError;
use crate::batch::{self, Ending};
use crate::threads::{Line, Threads, spawn};
use crate::work::{Tally, Work};

/// Opens the file and starts its threads; they end when the lines are closed and empty.
pub(crate) fn start(
    path: &Path,
    options: &SqliteOptions,
    writes: &Line,
    reads: &Line,
    tally: &Arc<Tally>,
) -> Result<Threads, StoreError> {
    let first = open::writer(path)?;
    let readers = options.readers.clamp(1, 16);
    let sessions: Vec<_> = (0..readers).map(|_| open::reader(path)).collect::<Result<_, _>>()?;

    let mut threads = Threads::default();
    let (line, tally_of_writes, most, path) = (writes.clone(), tally.clone(), options.batch_max, path.to_owned());
    threads.writers.push(spawn("store-writer", move || write(first, &path, &line, &tally_of_writes, most))?);
    for (place, session) in sessions.into_iter().enumerate() {
        let (line, tally) = (reads.clone(), tally.clone());
        threads.readers.push(spawn(&format!("store-reader-{place}"), move || read(session, &line, &tally, readers))?);
    }
    Ok(threads)
}

fn write(mut session: SqliteSession, path: &Path, line: &Line, tally: &Tally, most: usize) {
    while let Some(mut batch) = line.take(most, 1) {
        Tally::add(&tally.writes, batch.len() as u64);
        match batch::run(&mut session, &mut batch, tally) {
            Ending::Committed => {}
            // SQLite has one writer and asks for no second run; whatever it is, nothing was kept.
            Ending::Again(error) | Ending::Failed(error) => {
                tracing::error!(%error, jobs = batch.len(), database = %path.display(), "a commit failed; nothing of it was acknowledged");
                for work in &mut batch {
                    work.fail(error.clone());
                }
            }
        }
        batch.into_iter().for_each(Work::answer);
    }
}

fn read(mut session: SqliteSession, line: &Line, tally: &Tally, readers: usize) {
    while let Some(batch) = line.take(8, readers) {
        for mut work in batch {
            if work.abandoned() {
                continue;
            }
            Tally::add(&tally.reads, 1);
            match batch::read(&mut session, work.as_mut()) {
                Ending::Committed => {}
                Ending::Again(error) | Ending::Failed(error) => work.fail(error),
            }
            work.answer();
        }
    }
}
