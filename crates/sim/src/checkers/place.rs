//! A customer's place never gets worse without a reason on record: `since` stays for the whole handoff, and queue and
//! priority change only by an event that says so.

use std::collections::BTreeMap;

use baton_core::{Event, HandoffId, Priority, QueueId, Timestamp, TransferTarget};

use crate::checkers::Checker;
use crate::judge::Seen;

struct Row {
    since: Timestamp,
    queue: QueueId,
    priority: Priority,
}

#[derive(Default)]
pub(crate) struct Place(BTreeMap<HandoffId, Row>);

impl Checker for Place {
    fn name(&self) -> &'static str {
        "place"
    }

    fn appended(&mut self, seen: &Seen) -> Result<(), String> {
        for recorded in &seen.events {
            match &recorded.event {
                Event::HandoffRequested { handoff, queue, needs, .. } => {
                    let row = Row { since: recorded.at, queue: queue.clone(), priority: needs.priority };
                    if self.0.insert(*handoff, row).is_some() {
                        return Err(format!("handoff {handoff} was requested twice"));
                    }
                }
                Event::HandoffTransferred { handoff, to, needs, .. } => {
                    if let Some(row) = self.0.get_mut(handoff) {
                        row.queue = match to {
                            TransferTarget::Queue(queue) | TransferTarget::Agent { queue, .. } => queue.clone(),
                        };
                        row.priority = needs.priority;
                    }
                }
                Event::HandoffMoved { handoff, queue, .. } => {
                    if let Some(row) = self.0.get_mut(handoff) {
                        row.queue = queue.clone();
                    }
                }
                Event::PriorityChanged { handoff, priority, .. } => {
                    if let Some(row) = self.0.get_mut(handoff) {
                        row.priority = *priority;
                    }
                }
                _ => {}
            }
        }
        let Some(handoff) = seen.after.handoff() else { return Ok(()) };
        let Some(row) = self.0.get(&handoff.id) else { return Err("a handoff that nobody requested".to_owned()) };
        if handoff.since != row.since || seen.head.since != Some(row.since) {
            return Err(format!("it waits since {:?} and is said to wait since {:?}", row.since, seen.head.since));
        }
        if handoff.queue != row.queue || handoff.needs.priority != row.priority {
            return Err(format!("it waits in {} without an event that says so", handoff.queue));
        }
        Ok(())
    }
}
