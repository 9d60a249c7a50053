//! A request on its way through the store: the closure, what came of it, and whoever waits for it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::oneshot;

use crate::{StoreError, Tx};

/// A request without its type, as the threads see it.
pub(crate) trait Work: Send {
    /// Runs the closure; it can be run again when the database asks for that. Says whether its changes may stand.
    fn run(&mut self, tx: &mut dyn Tx) -> Result<(), StoreError>;
    /// Replaces what came of it: nothing was kept.
    fn fail(&mut self, error: StoreError);
    /// Tells whoever waits. Called once, after the commit.
    fn answer(self: Box<Self>);
    /// Whether nobody waits any more.
    fn abandoned(&self) -> bool;
}

pub(crate) struct Request<T, F> {
    job: F,
    outcome: Option<Result<T, StoreError>>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Request<T, F>
where
    F: Fn(&mut dyn Tx) -> Result<T, StoreError> + Send + 'static,
    T: Send + 'static,
{
    /// A request, and where its answer will come.
    pub(crate) fn asking(job: F) -> (Box<dyn Work>, oneshot::Receiver<Result<T, StoreError>>) {
        let (reply, answer) = oneshot::channel();
        (Box::new(Self { job, outcome: None, reply }), answer)
    }
}

impl<T: Send, F: Fn(&mut dyn Tx) -> Result<T, StoreError> + Send> Work for Request<T, F> {
    fn run(&mut self, tx: &mut dyn Tx) -> Result<(), StoreError> {
        let outcome = run_guarded(&self.job, tx);
        let verdict = outcome.as_ref().map(|_| ()).map_err(Clone::clone);
        self.outcome = Some(outcome);
        verdict
    }

    fn fail(&mut self, error: StoreError) {
        self.outcome = Some(Err(error));
    }

    fn answer(self: Box<Self>) {
        let outcome = self.outcome.unwrap_or_else(|| Err(StoreError::bug("a request was answered before it ran")));
        // Nobody listening is no fault: they went away, the work is done.
        let _ = self.reply.send(outcome);
    }

    fn abandoned(&self) -> bool {
        self.reply.is_closed()
    }
}

/// A panic in one job must not take the thread, and with it everybody else's work, along.
pub(crate) fn run_guarded<T>(
    job: &impl Fn(&mut dyn Tx) -> Result<T, StoreError>,
    tx: &mut dyn Tx,
) -> Result<T, StoreError> {
    catch_unwind(AssertUnwindSafe(|| job(tx))).unwrap_or_else(|panic| {
        let said = panic
            .downcast_ref::<&str>()
            .map(ToString::to_string)
            .or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "a panic without words".to_owned());
        Err(StoreError::bug(format!("a job on the store panicked: {said}")))
    })
}

/// What the store has done since it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counters {
    /// Write jobs that were run.
    pub writes: u64,
    /// Read jobs that were run.
    pub reads: u64,
    /// Transactions that were committed with changes. On SQLite each is one flush of the disk.
    pub commits: u64,
    /// Events appended, durably.
    pub events: u64,
    /// Write jobs in the largest transaction.
    pub largest_batch: u64,
    /// Requests refused because too many were waiting.
    pub refused: u64,
    /// Jobs that were run again because the database asked for it.
    pub retries: u64,
}

#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) writes: AtomicU64,
    pub(crate) reads: AtomicU64,
    pub(crate) commits: AtomicU64,
    pub(crate) events: AtomicU64,
    pub(crate) largest_batch: AtomicU64,
    pub(crate) refused: AtomicU64,
    pub(crate) retries: AtomicU64,
}

impl Tally {
    pub(crate) fn add(counter: &AtomicU64, more: u64) {
        counter.fetch_add(more, Ordering::Relaxed);
    }

    pub(crate) fn counters(&self) -> Counters {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Counters {
            writes: read(&self.writes),
            reads: read(&self.reads),
            commits: read(&self.commits),
            events: read(&self.events),
            largest_batch: read(&self.largest_batch),
            refused: read(&self.refused),
            retries: read(&self.retries),
        }
    }
}
