//! A bounded line of requests in front of the threads that serve them.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::StoreError;

pub(crate) struct Queue<T> {
    state: Mutex<State<T>>,
    arrived: Condvar,
    /// Most requests that wait; the next one is told so at once, which keeps the wait of the others short.
    max: usize,
}

struct State<T> {
    waiting: VecDeque<T>,
    closed: bool,
}

impl<T> Queue<T> {
    pub(crate) fn new(max: usize) -> Self {
        let state = State { waiting: VecDeque::new(), closed: false };
        Self { state: Mutex::new(state), arrived: Condvar::new(), max: max.max(1) }
    }

    pub(crate) fn push(&self, request: T) -> Result<(), StoreError> {
        let mut state = self.lock();
        if state.closed {
            return Err(StoreError::Closed);
        }
        if state.waiting.len() >= self.max {
            return Err(StoreError::Overloaded { waiting: state.waiting.len() });
        }
        state.waiting.push_back(request);
        drop(state);
        self.arrived.notify_one();
        Ok(())
    }

    /// Waits for requests and takes its share of them: at least one, at most `max`. None when the queue is closed and empty.
    pub(crate) fn take(&self, max: usize, servers: usize) -> Option<Vec<T>> {
        let mut state = self.lock();
        loop {
            if !state.waiting.is_empty() {
                // What one takes the others do not serve in parallel.
                let share = state.waiting.len().div_ceil(servers.max(1)).min(max.max(1));
                return Some(state.waiting.drain(..share).collect());
            }
            if state.closed {
                return None;
            }
            state = self.arrived.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Takes nothing more; what waits is still served.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.arrived.notify_all();
    }

    /// No code of ours panics while it holds the lock.
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_line_says_so_and_takes_more_when_some_were_served() {
        let queue = Queue::new(2);
        queue.push(1).unwrap();
        queue.push(2).unwrap();
        assert_eq!(queue.push(3), Err(StoreError::Overloaded { waiting: 2 }));
        assert_eq!(queue.take(1, 1), Some(vec![1]));
        queue.push(3).unwrap();
        assert_eq!(queue.take(8, 1), Some(vec![2, 3]));
    }

    #[test]
    fn several_servers_share_what_waits() {
        let queue = Queue::new(8);
        for number in 0..6 {
            queue.push(number).unwrap();
        }
        assert_eq!(queue.take(8, 2), Some(vec![0, 1, 2]));
        assert_eq!(queue.take(8, 2), Some(vec![3, 4]));
    }

    #[test]
    fn a_closed_line_is_served_to_its_end() {
        let queue = Queue::new(2);
        queue.push(1).unwrap();
        queue.close();
        assert_eq!(queue.push(2), Err(StoreError::Closed));
        assert_eq!(queue.take(8, 1), Some(vec![1]));
        assert_eq!(queue.take(8, 1), None);
    }
}
