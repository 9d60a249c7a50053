//! What really happened, made into a load that another configuration can meet.
//!
//! Of those who gave up the patience is known: it is how long they waited. Of those who were answered only that it was
//! longer. Patience is taken as exponential, with the likeliest rate for such censored observations: the number who
//! gave up over the time that all have waited. What was left of an answered customer's patience is then exponential
//! too, whatever they had waited, and is drawn. The handle time of those who gave up is drawn from those who were
//! answered in the same queue.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use baton_core::{AgentId, Needs, QueueId, Timestamp};

use crate::figures::Figures;
use crate::load::{Patience, Recorded, Source, Stream};
use crate::spans::Spans;
use crate::tally::{Meter, Tally};

/// One handoff of the past.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    pub queue: QueueId,
    pub needs: Needs,
    pub requested: Timestamp,
    pub ending: Ending,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Ending {
    /// An agent accepted, and was free of it again then, wrap-up included; `None` while it goes on.
    Answered { agent: AgentId, accepted: Timestamp, freed: Option<Timestamp> },
    /// The customer left.
    Abandoned { at: Timestamp },
    /// Ended otherwise before anybody accepted, or waits still: a message was left, the bot went on.
    Otherwise { at: Timestamp },
}

/// What really happened, counted as a simulation counts: everybody who left without an agent has abandoned.
pub fn really(past: &[Past], threshold: impl Fn(&QueueId) -> Duration) -> (Figures, BTreeMap<QueueId, Figures>) {
    let mut tallies: BTreeMap<QueueId, Tally> = BTreeMap::new();
    let mut overall = Tally::default();
    for one in past {
        let tally = tallies.entry(one.queue.clone()).or_default();
        let threshold = threshold(&one.queue);
        tally.offered(0);
        match &one.ending {
            Ending::Answered { accepted, .. } => {
                let waited = accepted.since(one.requested);
                tally.answered(0, waited.as_millis() as u64, waited <= threshold);
            }
            Ending::Abandoned { at } | Ending::Otherwise { at } => {
                tally.left(0, at.since(one.requested) > threshold, false);
            }
        }
    }
    let nothing = Meter::new(Timestamp::default());
    for tally in tallies.values() {
        overall.add(tally);
    }
    let queues = tallies.into_iter().map(|(queue, mut tally)| (queue, tally.figures(&nothing)));
    (overall.figures(&nothing), queues.collect())
}

/// What is known of a queue from its past.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Known {
    pub requested: u64,
    pub answered: u64,
    pub abandoned: u64,
    pub waited_s: f64,
    pub handles_s: Vec<f64>,
}

impl Known {
    /// The mean of the exponential patience; `None` when nobody gave up.
    pub fn patience_s(&self) -> Option<f64> {
        (self.abandoned > 0).then(|| self.waited_s.max(1.0) / self.abandoned as f64)
    }

    pub fn handle_s(&self) -> Option<f64> {
        (!self.handles_s.is_empty()).then(|| self.handles_s.iter().sum::<f64>() / self.handles_s.len() as f64)
    }
}

/// What the past says of every queue in it.
pub fn known(past: &[Past]) -> BTreeMap<QueueId, Known> {
    let mut queues: BTreeMap<QueueId, Known> = BTreeMap::new();
    for one in past {
        let known = queues.entry(one.queue.clone()).or_default();
        known.requested += 1;
        match &one.ending {
            Ending::Answered { accepted, freed, .. } => {
                known.answered += 1;
                known.waited_s += accepted.since(one.requested).as_secs_f64();
                known.handles_s.extend(freed.map(|freed| freed.since(*accepted).as_secs_f64()));
            }
            Ending::Abandoned { at } => {
                known.abandoned += 1;
                known.waited_s += at.since(one.requested).as_secs_f64();
            }
            Ending::Otherwise { at } => known.waited_s += at.since(one.requested).as_secs_f64(),
        }
    }
    queues
}

/// The same customers again, one stream a queue. What is unknown of a queue without any answered handoff is taken from
/// all queues together.
pub fn again(past: &[Past]) -> Vec<Stream> {
    let queues = known(past);
    let everywhere: Vec<f64> = queues.values().flat_map(|known| known.handles_s.iter().copied()).collect();
    let streams = queues.iter().map(|(queue, known)| {
        let mut all: Vec<Recorded> = past.iter().filter(|one| one.queue == *queue).map(recorded).collect();
        all.sort_by_key(|one| one.at);
        let handles = if known.handles_s.is_empty() { &everywhere } else { &known.handles_s };
        Stream {
            name: queue.as_str().to_owned(),
            source: Source::Recorded(Arc::from(all)),
            needs: Needs::default(),
            handle: Spans::Empirical(Arc::from(handles.as_slice())),
            // The recorded handle times hold the slot to the end of the wrap-up.
            wrap_up: None,
            patience: known.patience_s().map(|mean| Spans::Exponential { mean }),
        }
    });
    streams.collect()
}

fn recorded(past: &Past) -> Recorded {
    let (handle_s, patience) = match &past.ending {
        Ending::Answered { accepted, freed, .. } => (
            freed.map(|freed| freed.since(*accepted).as_secs_f64()),
            Patience::AtLeast(accepted.since(past.requested).as_secs_f64()),
        ),
        // Who chose something else by then would have chosen it in any configuration that kept them waiting.
        Ending::Abandoned { at } | Ending::Otherwise { at } => {
            (None, Patience::Was(at.since(past.requested).as_secs_f64()))
        }
    };
    Recorded { at: past.requested, needs: past.needs.clone(), handle_s, wrap_up_s: None, patience }
}

/// It rings before it is accepted; earlier than this before the acceptance nothing shows that somebody was there.
const BEFORE_THE_FIRST: Duration = Duration::from_mins(1);

/// When agents were there, as far as their work shows it: from just before their first acceptance to the end of their
/// last work, apart where for longer than `pause` they had none.
pub fn presence(past: &[Past], pause: Duration) -> BTreeMap<AgentId, Vec<(Timestamp, Timestamp)>> {
    let mut work: BTreeMap<AgentId, Vec<(Timestamp, Timestamp)>> = BTreeMap::new();
    for one in past {
        if let Ending::Answered { agent, accepted, freed } = &one.ending {
            let from = one.requested.max(*accepted - BEFORE_THE_FIRST);
            work.entry(agent.clone()).or_default().push((from, freed.unwrap_or(*accepted)));
        }
    }
    for spans in work.values_mut() {
        spans.sort_unstable();
        let mut joined: Vec<(Timestamp, Timestamp)> = Vec::new();
        for (from, until) in spans.drain(..).filter(|(from, until)| from < until) {
            match joined.last_mut() {
                Some((_, end)) if from.since(*end) <= pause => *end = (*end).max(until),
                Some(_) | None => joined.push((from, until)),
            }
        }
        *spans = joined;
    }
    work
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp(seconds * 1000)
    }

    fn ana() -> AgentId {
        AgentId::new("ana").unwrap()
    }

    fn past(requested: i64, ending: Ending) -> Past {
        Past { queue: QueueId::new("billing").unwrap(), needs: Needs::default(), requested: at(requested), ending }
    }

    fn answered(requested: i64, accepted: i64, freed: i64) -> Past {
        past(requested, Ending::Answered { agent: ana(), accepted: at(accepted), freed: Some(at(freed)) })
    }

    #[test]
    fn who_was_answered_counts_as_having_had_patience_for_longer() {
        let day = [answered(0, 30, 130), answered(10, 130, 200), past(20, Ending::Abandoned { at: at(80) })];
        let known = &known(&day)[&QueueId::new("billing").unwrap()];
        // 30 + 120 + 60 seconds waited, one gave up.
        assert_eq!(known.patience_s(), Some(210.0));
        assert_eq!(known.handle_s(), Some(85.0));
        let streams = again(&day);
        let Source::Recorded(all) = &streams[0].source else { panic!("recorded") };
        assert_eq!(all[0].patience, Patience::AtLeast(30.0));
        assert_eq!((all[2].patience, all[2].handle_s), (Patience::Was(60.0), None));
    }

    #[test]
    fn an_agent_is_there_from_first_to_last_work_with_long_pauses_left_out() {
        let day = [answered(0, 10, 100), answered(50, 400, 500), answered(9_000, 10_000, 10_100)];
        let there = presence(&day, Duration::from_mins(30));
        assert_eq!(there[&ana()], [(at(0), at(500)), (at(9_940), at(10_100))]);
    }
}
