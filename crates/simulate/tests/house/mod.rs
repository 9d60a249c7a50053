//! Small contact centres for the tests.
#![allow(dead_code, reason = "every test binary uses its part")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use baton_core::{AgentId, Needs, QueueId, Timestamp};
use baton_routing::{AgentPlan, PRIORITY_WORTH, Plan, Queue};
use baton_simulate::{Course, Desks, Load, Nobody, Rates, Setup, Source, Spans, Stream};
use jiff::tz::TimeZone;

/// Monday, 2026-11-23T00:00Z.
pub(crate) const MONDAY: Timestamp = Timestamp(1_795_392_000_000);

pub(crate) fn queue(key: &str) -> QueueId {
    QueueId::new(key).unwrap()
}

pub(crate) fn agent(key: &str) -> AgentId {
    AgentId::new(key).unwrap()
}

pub(crate) fn a_queue(service_level_s: u64) -> Queue {
    Queue { name: "Queue".to_owned(), service_level: Duration::from_secs(service_level_s), ..Queue::default() }
}

pub(crate) fn an_agent(queues: &[&str]) -> AgentPlan {
    AgentPlan {
        name: "Agent".to_owned(),
        queues: queues.iter().map(|key| queue(key)).collect(),
        capacity: 1,
        ..AgentPlan::default()
    }
}

/// One queue, so many agents with a slot each, who accept at once.
pub(crate) fn one_queue(agents: u32, service_level_s: u64) -> Setup {
    let agents = (0..agents).map(|number| (agent(&format!("agent-{number:04}")), an_agent(&["billing"])));
    setup(Plan {
        version: 1,
        queues: BTreeMap::from([(queue("billing"), a_queue(service_level_s))]),
        default_queue: queue("billing"),
        agents: agents.collect(),
        priority_worth: PRIORITY_WORTH,
        urgent_from: None,
    })
}

pub(crate) fn setup(plan: Plan) -> Setup {
    Setup {
        plan: Arc::new(plan),
        desks: Desks::default(),
        wrap_up_max: Duration::from_mins(2),
        decline_pause: Duration::from_mins(2),
        misses_until_away: 2,
    }
}

pub(crate) fn stream(queue_key: &str, per_hour: f64, handle: Spans, patience: Option<Spans>) -> Stream {
    Stream {
        name: queue_key.to_owned(),
        source: Source::Poisson(Rates::constant(per_hour)),
        needs: Needs { queue: Some(queue(queue_key)), ..Needs::default() },
        handle,
        wrap_up: None,
        patience,
    }
}

pub(crate) fn load(streams: Vec<Stream>) -> Load {
    Load { zone: TimeZone::UTC, streams, nobody: Nobody::Leaves, takes_alternative: 0.0 }
}

pub(crate) fn course(warm_up_days: u64, days: u64) -> Course {
    Course {
        start: MONDAY,
        warm_up: Duration::from_hours(24 * warm_up_days),
        measured: Duration::from_hours(24 * days),
        seed: 1,
    }
}
