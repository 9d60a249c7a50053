//! Which queues are open, remembered from one change of hours to the next: calendars are slow to ask.

use baton_core::{QueueId, Timestamp};

use crate::plan::Plan;

/// What the hours of every queue said when they were last asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Openings {
    /// By queue, in the order of the plan; only queues that have hours.
    all: Vec<(QueueId, Opening)>,
}

/// Open or closed over a stretch of time.
#[derive(Debug, Clone, Copy)]
struct Opening {
    from: Timestamp,
    until: Option<Timestamp>,
    open: bool,
}

impl Openings {
    pub(crate) fn of(plan: &Plan) -> Self {
        let unknown = Opening { from: Timestamp(i64::MAX), until: None, open: false };
        let with_hours = plan.queues.iter().filter(|(_, queue)| queue.hours.is_some());
        Self { all: with_hours.map(|(key, _)| (key.clone(), unknown)).collect() }
    }

    pub(crate) fn refresh(&mut self, plan: &Plan, now: Timestamp) {
        for (key, opening) in &mut self.all {
            if !opening.holds(now)
                && let Some(hours) = plan.queues.get(key).and_then(|queue| queue.hours.as_ref())
            {
                *opening = Opening { from: now, until: hours.next_change(now), open: hours.is_open(now) };
            }
        }
    }

    pub(crate) fn is_open(&self, plan: &Plan, key: &QueueId, now: Timestamp) -> bool {
        match self.known(key, now) {
            Some(opening) => opening.open,
            None => plan.queues.get(key).is_none_or(|queue| queue.is_open(now)),
        }
    }

    /// The next change of the hours of one queue.
    pub(crate) fn changes_at(&self, plan: &Plan, key: &QueueId, now: Timestamp) -> Option<Timestamp> {
        match self.known(key, now) {
            Some(opening) => opening.until,
            None => plan.queues.get(key)?.hours.as_ref()?.next_change(now),
        }
    }

    /// The next change of any.
    pub(crate) fn next_change(&self, plan: &Plan, now: Timestamp) -> Option<Timestamp> {
        self.all.iter().filter_map(|(key, _)| self.changes_at(plan, key, now)).min()
    }

    fn known(&self, key: &QueueId, now: Timestamp) -> Option<&Opening> {
        let index = self.all.binary_search_by(|(other, _)| other.cmp(key)).ok()?;
        Some(&self.all[index].1).filter(|opening| opening.holds(now))
    }
}

impl Opening {
    fn holds(&self, now: Timestamp) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }
}
