//! What the threads of both databases share.

use std::sync::Arc;
use std::thread::{self, JoinHandle};

use crate::StoreError;
use crate::queue::Queue;
use crate::work::Work;

/// Requests that wait for a thread.
pub(crate) type Line = Arc<Queue<Box<dyn Work>>>;

/// The threads of an open database.
#[derive(Default)]
pub(crate) struct Threads {
    pub(crate) writers: Vec<JoinHandle<()>>,
    pub(crate) readers: Vec<JoinHandle<()>>,
}

pub(crate) fn spawn(name: &str, job: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, StoreError> {
    let thread = thread::Builder::new().name(name.to_owned());
    thread.spawn(job).map_err(|error| StoreError::unavailable(format!("start the thread {name}"), error))
}
