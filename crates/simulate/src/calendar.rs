//! What happens next: events in the order of time, and of those at one moment in the order in which they were noted.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use baton_core::Timestamp;

/// What can happen. Numbers are places in the simulation's own lists; `stay` tells one who sits at a place now from one
/// who sat there before, so that what no longer holds is dropped when its time comes instead of being searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Event {
    Arrival {
        stream: u32,
    },
    /// Patience ends.
    Leaves {
        customer: u32,
        stay: u32,
    },
    /// The agent to whom it rings says yes or no.
    Answer {
        customer: u32,
        stay: u32,
        offer: u32,
    },
    /// It has rung long enough.
    RungOut {
        customer: u32,
        stay: u32,
        offer: u32,
    },
    /// The agent is done with the customer, wrap-up aside.
    Done {
        customer: u32,
        stay: u32,
    },
    /// The slots of the customer's agent are free again.
    Freed {
        customer: u32,
        stay: u32,
    },
    /// A shift begins or ends.
    Shift {
        agent: u32,
    },
    /// Who was set away is back.
    Back {
        agent: u32,
    },
    /// Takes the call-back or message that the queue offers after its longest wait.
    Alternative {
        customer: u32,
        stay: u32,
    },
    /// Somebody looks at what they may take by themselves.
    Reaches {
        agent: u32,
    },
    /// Time alone may have changed what the floor decides.
    Look,
}

#[derive(Debug, Default)]
pub(crate) struct Calendar {
    heap: BinaryHeap<Reverse<(Timestamp, u64, Event)>>,
    noted: u64,
}

impl Calendar {
    pub(crate) fn note(&mut self, at: Timestamp, event: Event) {
        self.noted += 1;
        self.heap.push(Reverse((at, self.noted, event)));
    }

    pub(crate) fn next(&mut self) -> Option<(Timestamp, Event)> {
        self.heap.pop().map(|Reverse((at, _, event))| (at, event))
    }
}
