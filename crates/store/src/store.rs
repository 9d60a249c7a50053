//! The store: closures go in, run on threads of its own, and are answered when what they wrote is on disk.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use crate::model::Model;
use crate::passage::{Asked, Passage};
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
    passage: Option<Arc<dyn Passage>>,
}

struct Inner {
    backend: Backend,
    tally: Arc<Tally>,
}

enum Backend {
    Threads { writes: Line, reads: Line, threads: Mutex<Threads>, shared: bool },
    Model(Box<Model>),
}

impl Store {
    /// Opens a file, or makes it; the folder must be there.
    pub fn open_sqlite(path: &Path, options: &SqliteOptions) -> Result<Self, StoreError> {
        Self::with_threads(options.queue_max, false, |writes, reads, tally| {
            sqlite::start(path, options, writes, reads, tally)
        })
    }

    /// Connects to `postgres://USER:PASSWORD@HOST:PORT/DATABASE` and makes the tables that are missing. `workers` threads
    /// write, half as many read, each with a connection of its own.
    pub fn open_postgres(url: &str, workers: usize) -> Result<Self, StoreError> {
        Self::with_threads(POSTGRES_QUEUE_MAX, true, |writes, reads, tally| {
            postgres::start(url, workers, writes, reads, tally)
        })
    }

    /// The model: everything in memory, on the caller's thread, gone with the last clone.
    pub fn in_memory() -> Self {
        Self::of(Inner { backend: Backend::Model(Box::default()), tally: Arc::default() })
    }

    fn with_threads(
        queue_max: usize,
        shared: bool,
        start: impl FnOnce(&Line, &Line, &Arc<Tally>) -> Result<Threads, StoreError>,
    ) -> Result<Self, StoreError> {
        let (writes, reads) = (Arc::new(Queue::new(queue_max)), Arc::new(Queue::new(queue_max)));
        let tally = Arc::default();
        let threads = Mutex::new(start(&writes, &reads, &tally)?);
        Ok(Self::of(Inner { backend: Backend::Threads { writes, reads, threads, shared }, tally }))
    }

    fn of(inner: Inner) -> Self {
        Self { inner: Arc::new(inner), passage: None }
    }

    /// Another handle on the same database, whose requests go this way.
    #[must_use]
    pub fn through(&self, passage: Arc<dyn Passage>) -> Self {
        Self { inner: Arc::clone(&self.inner), passage: Some(passage) }
    }

    /// Whether other processes can write here too.
    pub fn shared(&self) -> bool {
        match &self.inner.backend {
            Backend::Threads { shared, .. } => *shared,
            // Several engines of one process can be given the same model.
            Backend::Model(_) => true,
        }
    }

    /// Runs a job in a transaction: when it answers, what it wrote is on disk; when it fails, nothing is. The job may be
    /// run more than once and then starts from nothing each time. Whoever stops waiting does not stop the job.
    pub async fn write<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        F: Fn(&mut dyn Tx) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        self.pass(Asked::Write, job).await
    }

    /// Runs a job that only reads: everything it sees is of one moment, and at least as new as any write that was
    /// answered before.
    pub async fn read<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        F: Fn(&mut dyn Tx) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        self.pass(Asked::Read, job).await
    }

    async fn pass<T, F>(&self, asked: Asked, job: F) -> Result<T, StoreError>
    where
        F: Fn(&mut dyn Tx) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        if let Some(passage) = &self.passage {
            passage.there(asked).await?;
        }
        let outcome = match self.ask(asked, job)? {
            Answer::Here(outcome) => outcome,
            Answer::Later(answer) => answer.await.unwrap_or(Err(StoreError::Closed)),
        };
        if let Some(passage) = &self.passage {
            passage.back(asked, outcome.is_ok()).await?;
        }
        outcome
    }

    /// [`Store::write`] for threads that may wait, like a command line's; panics on an async runtime's thread.
    pub fn write_blocking<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        F: Fn(&mut dyn Tx) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        self.ask(Asked::Write, job)?.wait()
    }

    /// [`Store::read`] for threads that may wait; panics on an async runtime's thread.
    pub fn read_blocking<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        F: Fn(&mut dyn Tx) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        self.ask(Asked::Read, job)?.wait()
    }

    fn ask<T, F>(&self, asked: Asked, job: F) -> Result<Answer<T>, StoreError>
    where
        F: Fn(&mut dyn Tx) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        let tally = &self.inner.tally;
        match &self.inner.backend {
            Backend::Threads { writes, reads, .. } => {
                let (request, answer) = Request::asking(job);
                let line = match asked {
                    Asked::Write => writes,
                    Asked::Read => reads,
                };
                line.push(request).inspect_err(|_| Tally::add(&tally.refused, 1))?;
                Ok(Answer::Later(answer))
            }
            Backend::Model(model) => Ok(Answer::Here(match asked {
                Asked::Write => {
                    Tally::add(&tally.writes, 1);
                    model.write(&job).map(|(outcome, events)| {
                        Tally::add(&tally.commits, 1);
                        Tally::add(&tally.events, events);
                        outcome
                    })
                }
                Asked::Read => {
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
        if let Backend::Threads { writes, reads, threads, .. } = &self.inner.backend {
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
