//! Which queues are open, remembered from one change of hours to the next: calendars are slow to ask.

use baton_core::{QueueId, Timestamp};

use crate::plan::Plan;

/// What the hours of every queue said when they were last asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Openings {
    /// By queue, in the order of the plan; only queues that are not always open.
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
        let with_hours = plan.queues.iter().filter(|(_, queue)| !queue.is_always_open());
        Self { all: with_hours.map(|(key, _)| (key.clone(), unknown)).collect() }
    }

    pub(crate) fn refresh(&mut self, plan: &Plan, now: Timestamp) {
        for (key, opening) in &mut self.all {
            if !opening.holds(now)
                && let Some(queue) = plan.queues.get(key)
            {
                *opening = Opening { from: now, until: queue.next_change(now), open: queue.is_open(now) };
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
            None => plan.queues.get(key)?.next_change(now),
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

#[cfg(test)]
mod tests {
    use crate::Hours;
    use crate::plan::{Exception, Queue};
    use baton_core::Timestamp;

    const HOUR: i64 = 3_600_000;
    /// A Monday at midnight, UTC.
    const MONDAY: i64 = 1_795_996_800_000;

    fn at(hour: i64) -> Timestamp {
        Timestamp(MONDAY + hour * HOUR)
    }

    fn queue(hours: Option<&str>, open: bool, until: i64) -> Queue {
        let hours = hours.map(|hours| Hours::parse(hours, "UTC", &[]).unwrap());
        Queue { hours, exception: Some(Exception { open, until: at(until) }), ..Queue::default() }
    }

    #[test]
    fn a_queue_that_is_closed_for_a_while_opens_when_the_while_is_over() {
        let always = queue(None, false, 10);
        assert_eq!((always.is_open(at(9)), always.opens_at(at(9))), (false, Some(at(10))));
        assert_eq!((always.is_open(at(10)), always.next_change(at(10))), (true, None));
    }

    #[test]
    fn closed_until_the_evening_it_opens_the_next_morning() {
        let queue = queue(Some("Mo-Fr 09:00-17:00"), false, 18);
        assert_eq!((queue.is_open(at(12)), queue.opens_at(at(12))), (false, Some(at(33))));
    }

    #[test]
    fn opened_into_the_evening_it_closes_then_and_not_before() {
        let queue = queue(Some("Mo-Fr 09:00-17:00"), true, 20);
        assert_eq!((queue.is_open(at(18)), queue.next_change(at(12))), (true, Some(at(20))));
        assert!(!queue.is_open(at(20)));
    }
}
