//! Several jobs in one transaction, a savepoint each: one flush for all, and yet each stands or falls alone.

use std::sync::atomic::Ordering;

use crate::StoreError;
use crate::error::Doing;
use crate::sql::{Sql, SqlTx};
use crate::work::{Tally, Work};

/// A connection, as whoever runs transactions on it sees it.
pub(crate) trait Session: Sql + Sized {
    fn begin(&mut self, writing: bool) -> Result<(), StoreError>;
    fn savepoint(&mut self) -> Result<(), StoreError>;
    fn keep(&mut self) -> Result<(), StoreError>;
    fn undo(&mut self) -> Result<(), StoreError>;
    fn commit(&mut self) -> Result<(), StoreError>;
    /// Ends a transaction that is not wanted; a connection that cannot even do that is given up.
    fn roll_back(&mut self);
    /// What the last error did to the transaction.
    fn state(&self) -> State;
    /// Forgets the errors of the job before.
    fn next_job(&mut self);
    /// Whether anything was changed since `begin`.
    fn changed(&self) -> bool;
}

/// Whether a transaction can go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Sound,
    /// The database asks to do it all again: a deadlock, or a failure to serialise.
    Again,
    /// The transaction or the connection is gone.
    Lost,
}

/// What became of a batch.
pub(crate) enum Ending {
    Committed,
    /// Nothing was kept; run it again.
    Again(StoreError),
    /// Nothing was kept, and nothing may be acknowledged.
    Failed(StoreError),
}

/// Runs the jobs and commits. The caller answers.
pub(crate) fn run<S: Session>(session: &mut S, batch: &mut [Box<dyn Work>], tally: &Tally) -> Ending {
    match attempt(session, batch) {
        Ok(events) => {
            Tally::add(&tally.events, events);
            if session.changed() {
                Tally::add(&tally.commits, 1);
            }
            tally.largest_batch.fetch_max(batch.len() as u64, Ordering::Relaxed);
            Ending::Committed
        }
        Err(error) => {
            let again = session.state() == State::Again;
            session.roll_back();
            if again { Ending::Again(error) } else { Ending::Failed(error) }
        }
    }
}

fn attempt<S: Session>(session: &mut S, batch: &mut [Box<dyn Work>]) -> Result<u64, StoreError> {
    let alone = batch.len() == 1;
    let mut events = 0;
    session.begin(true).doing(|| "begin a transaction".to_owned())?;
    for work in batch {
        session.next_job();
        if !alone {
            session.savepoint()?;
        }
        let mut tx = SqlTx::writing(session);
        let ran = work.run(&mut tx);
        let (failed, appended) = tx.end();
        if let (Ok(()), Some(error)) = (&ran, &failed) {
            work.fail(error.clone());
        }
        let stands = match ran.and(failed.map_or(Ok(()), Err)) {
            Ok(()) => true,
            Err(error) if session.state() == State::Sound => {
                tracing::debug!(%error, "a job was rolled back");
                false
            }
            Err(error) => return Err(error),
        };
        match (stands, alone) {
            (true, true) => {}
            (true, false) => session.keep()?,
            (false, false) => session.undo()?,
            (false, true) => {
                session.roll_back();
                return Ok(0);
            }
        }
        events += if stands { appended } else { 0 };
    }
    session.commit().doing(|| "commit to the database".to_owned())?;
    Ok(events)
}

/// Runs one read in a transaction of its own: everything it sees is of one moment.
pub(crate) fn read<S: Session>(session: &mut S, work: &mut dyn Work) -> Ending {
    session.next_job();
    if let Err(error) = session.begin(false).doing(|| "begin to read".to_owned()) {
        let again = session.state() == State::Again;
        session.roll_back();
        return if again { Ending::Again(error) } else { Ending::Failed(error) };
    }
    let mut tx = SqlTx::reading(session);
    let ran = work.run(&mut tx);
    let (failed, _) = tx.end();
    if let (Ok(()), Some(error)) = (&ran, &failed) {
        work.fail(error.clone());
    }
    let state = session.state();
    session.roll_back();
    match (ran.and(failed.map_or(Ok(()), Err)), state) {
        (Err(error), State::Again) => Ending::Again(error),
        (Err(error), State::Lost) => Ending::Failed(error),
        (Ok(()), State::Sound | State::Again | State::Lost) | (Err(_), State::Sound) => Ending::Committed,
    }
}
