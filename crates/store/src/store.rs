//! The store: closures go in, run on threads of its own, and are answered when what they wrote is on disk.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use crate::model::Model;
use crate::queue::Queue;
use crate::sqlite::{self, SqliteOptions};
use crate::threads::{Line, Threads};
use crate::work::{Counters, Request, Tally};
use crate::{StoreError, Tx, postgres};

/// Most requests that wait for a PostgreSQL database, of each kind.
const POSTGRES_QUEUE_MAX: usize = 8_192;

/// A database that is open. Cloning shares it; the last clone that goes lets its threads end.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    backend: Backend,
    tally: Arc<Tally>,
}

enum Backend {
    Threads { writes: Line, reads: Line, threads: Mutex<Threads> },
    Model(Box<Model>),
}

impl Store {
    /// Opens a file, or makes it; the folder must be there.
    pub fn open_sqlite(path: &Path, options: &SqliteOptions) -> Result<Self, StoreError> {
        Self::with_threads(options.queue_max, |writes, reads, tally| sqlite::start(path, options, writes, reads, tally))
    }

    /// Connects to `postgres://USER:PASSWORD@HOST:PORT/DATABASE` and makes the tables that are missing. `workers` threads
    /// write, half as many read, each with a connection of its own.
    pub fn open_postgres(url: &str, workers: usize) -> Result<Self, StoreError> {
        Self::with_threads(POSTGRES_QUEUE_MAX, |writes, reads, tally| {
            postgres::start(url, workers, writes, reads, tally)
        })
    }

    /// The model: everything in memory, on the caller's thread, gone with the last clone.
    pub fn in_memory() -> Self {
        Self { inner: Arc::new(Inner { backend: Backend::Model(Box::default()), tally: Arc::default() }) }
    }

    fn with_threads(
        queue_max: usize,
        start: impl FnOnce(&Line, &Line, &Arc<Tally>) -> Result<Threads, StoreError>,
    ) -> Result<Self, StoreError> {
        let (writes, reads) = (Arc::new(Queue::new(queue_max)), Arc::new(Queue::new(queue_max)));
        let tally = Arc::default();
        let threads = Mutex::new(start(&writes, &reads, &tally)?);
        Ok(Self { inner: Arc::new(Inner { backend: Backend::Threads { writes, reads, threads }, tally }) })
    }

    /// Runs a job in a transaction: when it answers, what it wrote is on disk; when it fails, nothing is. The job may be
    /// run more than once and then starts from nothing each time. Whoever stops waiting does not stop the job.
    pub async fn write<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        F: Fn(&mut dyn Tx) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        match self.ask(Kind::Write, job)? {
            Answer::Here(outcome) => outcome,
            Answer::Later(answer) => answer.await.unwrap_or(Err(StoreError::Closed)),
        }
    }

    /// Runs a job that only reads: everything it sees is of one moment, and at least as new as any write that was
    /// answered before.
    pub async fn read<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        F: Fn(&mut dyn Tx) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        match self.ask(Kind::Read, job)? {
            Answer::Here(outcome) => outcome,
            Answer::Later(answer) => answer.await.unwrap_or(Err(StoreError::Closed)),
        }
    }

    /// [`Store::write`] for threads that may wait, like a command line's; panics on an async runtime's thread.
    pub fn write_blocking<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        F: Fn(&mut dyn Tx) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        self.ask(Kind::Write, job)?.wait()
    }

    /// [`Store::read`] for threads that may wait; panics on an async runtime's thread.
    pub fn read_blocking<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        F: Fn(&mut dyn Tx) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        self.ask(Kind::Read, job)?.wait()
    }

    fn ask<T, F>(&self, kind: Kind, job: F) -> Result<Answer<T>, StoreError>
    where
        F: Fn(&mut dyn Tx) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        let tally = &self.inner.tally;
        match &self.inner.backend {
            Backend::Threads { writes, reads, .. } => {
                let (request, answer) = Request::asking(job);
                let line = match kind {
                    Kind::Write => writes,
                    Kind::Read => reads,
                };
                line.push(request).inspect_err(|_| Tally::add(&tally.refused, 1))?;
                Ok(Answer::Later(answer))
            }
            Backend::Model(model) => Ok(Answer::Here(match kind {
                Kind::Write => {
                    Tally::add(&tally.writes, 1);
                    model.write(&job).map(|(outcome, events)| {
                        Tally::add(&tally.commits, 1);
                        Tally::add(&tally.events, events);
                        outcome
                    })
                }
                Kind::Read => {
                    Tally::add(&tally.reads, 1);
                    model.read(&job)
                }
            })),
        }
    }

    /// What the store has done since it was opened.
    pub fn counters(&self) -> Counters {
        self.inner.tally.counters()
    }

    /// Takes no more requests, serves those that wait, and comes back when the database is let go. Waits: call it
    /// outside the async threads.
    pub fn close(&self) {
        if let Backend::Threads { writes, reads, threads } = &self.inner.backend {
            let threads = std::mem::take(&mut *threads.lock().unwrap_or_else(PoisonError::into_inner));
            // SQLite's last connection tidies the write-ahead log away, and only one that writes can.
            for (line, threads) in [(reads, threads.readers), (writes, threads.writers)] {
                line.close();
                for thread in threads {
                    if thread.join().is_err() {
                        tracing::error!("a thread of the store panicked");
                    }
                }
            }
        }
    }
}

impl Drop for Inner {
    /// The threads end by themselves once what waits is served.
    fn drop(&mut self) {
        if let Backend::Threads { writes, reads, .. } = &self.backend {
            writes.close();
            reads.close();
        }
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Write,
    Read,
}

enum Answer<T> {
    Here(Result<T, StoreError>),
    Later(tokio::sync::oneshot::Receiver<Result<T, StoreError>>),
}

impl<T> Answer<T> {
    fn wait(self) -> Result<T, StoreError> {
        match self {
            Self::Here(outcome) => outcome,
            Self::Later(answer) => answer.blocking_recv().unwrap_or(Err(StoreError::Closed)),
        }
    }
}
