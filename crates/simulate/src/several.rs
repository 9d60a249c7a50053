//! What replications come to together.

use baton_core::QueueId;

use crate::figures::{Estimated, Figure, Figures, over_replications};
use crate::run::{Counted, Replication};
use crate::tally::{Came, Held, STRETCHES, Tally};

/// All replications of one configuration.
#[derive(Debug, Clone)]
pub struct Simulated {
    /// In the plan's order.
    pub queues: Vec<(QueueId, Several)>,
    pub overall: Several,
    pub handoffs: u64,
    pub events: u64,
}

/// One queue, or all of them, over the replications.
#[derive(Debug, Clone, Default)]
pub struct Several {
    figures: Vec<Figures>,
    counts: Vec<Beside>,
    came: Vec<Came>,
    held: Vec<Held>,
}

/// What stands beside the figures; means of the replications.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Beside {
    pub turned_away: f64,
    pub took_alternative: f64,
    pub unfinished: f64,
    pub declined: f64,
    pub rang_out: f64,
    /// Customers who waited and were answered, and were given no estimate at joining.
    pub estimates_withheld: f64,
}

/// A quarter of an hour of the day, over all measured days.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Stretch {
    /// Of those who came in it and were answered.
    pub mean_wait_s: Option<f64>,
    pub waiting: Option<f64>,
    pub occupancy: Option<f64>,
}

/// A part of the day, over all measured days and replications.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Part {
    pub offered: u64,
    pub service_level: Option<f64>,
    /// Of those who were answered.
    pub mean_wait_s: Option<f64>,
    pub abandonment: Option<f64>,
    pub occupancy: Option<f64>,
}

impl Simulated {
    pub fn of(replications: Vec<Replication>) -> Self {
        let mut all = Self { queues: Vec::new(), overall: Several::default(), handoffs: 0, events: 0 };
        for one in replications {
            all.handoffs += one.handoffs;
            all.events += one.events;
            all.overall.add(&one.overall);
            if all.queues.is_empty() {
                all.queues = one.queues.iter().map(|(queue, _)| (queue.clone(), Several::default())).collect();
            }
            for ((_, several), (_, counted)) in all.queues.iter_mut().zip(&one.queues) {
                several.add(counted);
            }
        }
        all
    }

    pub fn queue(&self, queue: &QueueId) -> Option<&Several> {
        self.queues.iter().find(|(key, _)| key == queue).map(|(_, several)| several)
    }
}

impl Several {
    fn add(&mut self, counted: &Counted) {
        let (came, held) = (&counted.tally.day.0, &counted.meter.stretches);
        self.figures.push(counted.figures);
        self.counts.push(Beside::of(&counted.tally));
        self.came.resize(STRETCHES, Came::default());
        self.held.resize(STRETCHES, Held::default());
        for (own, other) in self.came.iter_mut().zip(came) {
            own.add(other);
        }
        for (own, other) in self.held.iter_mut().zip(held) {
            own.add(other);
        }
    }

    /// The mean over the replications with its interval.
    pub fn figure(&self, figure: Figure) -> Option<Estimated> {
        over_replications(self.figures.iter().map(|figures| figures.get(figure)))
    }

    /// `other` less this, replication by replication: on the same arrivals much of the chance cancels out.
    pub fn difference(&self, other: &Self, figure: Figure) -> Option<Estimated> {
        let pairs = self.figures.iter().zip(&other.figures);
        over_replications(pairs.map(|(one, other)| Some(other.get(figure)? - one.get(figure)?)))
    }

    pub fn beside(&self) -> Beside {
        let count = (self.counts.len() as f64).max(1.0);
        let mean = |of: fn(&Beside) -> f64| self.counts.iter().map(of).sum::<f64>() / count;
        Beside {
            turned_away: mean(|beside| beside.turned_away),
            took_alternative: mean(|beside| beside.took_alternative),
            unfinished: mean(|beside| beside.unfinished),
            declined: mean(|beside| beside.declined),
            rang_out: mean(|beside| beside.rang_out),
            estimates_withheld: mean(|beside| beside.estimates_withheld),
        }
    }

    /// What came to those who came in these stretches of the day, `from` to before `until`.
    pub fn part(&self, stretches: std::ops::Range<usize>) -> Part {
        let mut came = Came::default();
        let mut held = Held::default();
        self.came.iter().take(stretches.end).skip(stretches.start).for_each(|other| came.add(other));
        self.held.iter().take(stretches.end).skip(stretches.start).for_each(|other| held.add(other));
        let share = |part: u64, whole: u64| (whole > 0).then(|| part as f64 / whole as f64);
        Part {
            offered: came.offered,
            service_level: share(came.within, came.within + came.late),
            mean_wait_s: share(came.waited_ms, came.answered).map(|mean| mean / 1000.0),
            abandonment: share(came.abandoned, came.offered),
            occupancy: (held.there > 0.0).then(|| held.busy / held.there),
        }
    }

    /// The day in quarters of an hour, from midnight.
    pub fn day(&self) -> Vec<Stretch> {
        let stretches = self.came.iter().zip(&self.held).map(|(came, held)| Stretch {
            mean_wait_s: (came.answered > 0).then(|| came.waited_ms as f64 / came.answered as f64 / 1000.0),
            waiting: (held.span > 0.0).then(|| held.length / held.span),
            occupancy: (held.there > 0.0).then(|| held.busy / held.there),
        });
        stretches.collect()
    }
}

impl Beside {
    fn of(tally: &Tally) -> Self {
        Self {
            turned_away: tally.turned_away as f64,
            took_alternative: tally.took_alternative as f64,
            unfinished: tally.unfinished as f64,
            declined: tally.declined as f64,
            rang_out: tally.rang_out as f64,
            estimates_withheld: tally.score.withheld as f64,
        }
    }
}
