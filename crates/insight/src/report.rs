//! The report over a set of handoffs and conversations.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use baton_core::{QueueId, Timestamp};

use crate::containment::Containment;
use crate::measure::{Ratings, Share, Spans};
use crate::record::{ConversationRecord, HandoffRecord, Outcome};
use crate::triggers::{TriggerKind, TriggerReport};

/// What a set of records comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// All handoffs of the set.
    pub requested: u64,
    /// Those that an agent accepted, whatever came then.
    pub accepted: u64,
    /// Where they all are: its parts sum to `requested`.
    pub ends: Ends,
    /// Request → first accept, over `accepted`.
    pub speed_of_answer: Spans,
    /// Active and wrap-up time, over the handoffs for which it is known.
    pub handle_time: Spans,
    pub service_level: ServiceLevel,
    /// `abandoned / requested`.
    pub abandonment_rate: Share,
    pub ratings: Ratings,
    pub by_trigger: BTreeMap<TriggerKind, TriggerReport>,
    pub containment: Containment,
}

/// Every handoff is in exactly one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ends {
    /// Handed back or closed after an agent had accepted.
    pub served: u64,
    /// The customer left while waiting; also one who had an agent before and waited again.
    pub abandoned: u64,
    pub message_left: u64,
    /// Handed back or closed before any agent accepted.
    pub unserved: u64,
    /// Open, and accepted.
    pub in_progress: u64,
    /// Open, and no agent has accepted yet.
    pub waiting: u64,
}

/// Accepted within the queue's threshold. Every handoff is in exactly one of `within`, `late` and `undecided`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ServiceLevel {
    /// Accepted, and speed of answer ≤ threshold.
    pub within: u64,
    /// Waited longer than the threshold, whether accepted later, given up or waiting still.
    pub late: u64,
    /// Not accepted and the threshold not over: left early, left a message at once, or has only begun to wait. Nobody
    /// can say whether the promise would have been kept, so they are left out of the share.
    pub undecided: u64,
}

impl Report {
    /// Folds the records, as of `now`; `threshold` is the service level of a queue.
    pub fn of<'a>(
        handoffs: impl IntoIterator<Item = &'a HandoffRecord>,
        conversations: impl IntoIterator<Item = ConversationRecord>,
        now: Timestamp,
        threshold: impl Fn(&QueueId) -> Duration,
    ) -> Self {
        let mut report = Self::default();
        let (mut speeds, mut handles) = (Vec::new(), Vec::new());
        for record in handoffs {
            report.requested += 1;
            report.accepted += u64::from(record.accepted_at.is_some());
            report.ends.count(record);
            report.service_level.count(record, now, threshold(&record.queue));
            report.abandonment_rate.count(record.outcome == Outcome::Abandoned);
            speeds.extend(record.speed_of_answer());
            handles.extend(record.handle);
            if let Some(rating) = record.rating {
                report.ratings.add(rating);
            }
            // A trigger that fired twice is one reason.
            for kind in record.triggers.iter().map(TriggerKind::from).collect::<BTreeSet<_>>() {
                report.by_trigger.entry(kind).or_default().count(record);
            }
        }
        report.speed_of_answer = Spans::of(speeds);
        report.handle_time = Spans::of(handles);
        for conversation in conversations {
            report.containment.count(conversation);
        }
        report
    }
}

impl Ends {
    fn count(&mut self, record: &HandoffRecord) {
        let accepted = record.accepted_at.is_some();
        let part = match record.outcome {
            Outcome::HandedBack | Outcome::Closed if accepted => &mut self.served,
            Outcome::HandedBack | Outcome::Closed => &mut self.unserved,
            Outcome::Abandoned => &mut self.abandoned,
            Outcome::MessageLeft => &mut self.message_left,
            Outcome::Open if accepted => &mut self.in_progress,
            Outcome::Open => &mut self.waiting,
        };
        *part += 1;
    }

    /// All handoffs: the sum of the parts.
    pub fn sum(&self) -> u64 {
        self.served + self.abandoned + self.message_left + self.unserved + self.in_progress + self.waiting
    }

    /// `in_progress + waiting`.
    pub fn still_open(&self) -> u64 {
        self.in_progress + self.waiting
    }
}

impl ServiceLevel {
    pub(crate) fn count(&mut self, record: &HandoffRecord, now: Timestamp, threshold: Duration) {
        let part = if record.waited(now) > threshold {
            &mut self.late
        } else if record.accepted_at.is_some() {
            &mut self.within
        } else {
            &mut self.undecided
        };
        *part += 1;
    }

    /// `within / (within + late)`.
    pub fn share(&self) -> Share {
        Share { part: self.within, whole: self.within + self.late }
    }
}

impl TriggerReport {
    fn count(&mut self, record: &HandoffRecord) {
        self.requested += 1;
        self.accepted += u64::from(record.accepted_at.is_some());
        self.abandoned += u64::from(record.outcome == Outcome::Abandoned);
    }
}
