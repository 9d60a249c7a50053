//! The plan on the floor: so many agents in each interval, day after day, and what comes of it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use baton_core::{AgentId, Needs, QueueId, Timestamp};
use baton_routing::{AgentPlan, PRIORITY_WORTH, Plan, Queue};
use baton_simulate::{Course, Desk, Desks, Load, Nobody, Rates, Setup, Shift, Simulated, Source, Stream};
use jiff::tz::TimeZone;

use super::demand::Demands;
use crate::simulate::progress::Progress;
use crate::simulate::simulate as simulate_all;

/// A Monday; every simulated day is alike.
const START: Timestamp = Timestamp(1_780_272_000_000);
const DAY_S: i64 = 86_400;

pub(super) fn simulate(
    demands: &Demands,
    agents: &[u32],
    days: u32,
    seed: u64,
    progress: &mut Progress,
) -> anyhow::Result<Simulated> {
    let queue = QueueId::new("queue").context("the queue of the check")?;
    let most = agents.iter().copied().max().unwrap_or(0);
    let mut plan = Plan {
        version: 1,
        queues: BTreeMap::from([(
            queue.clone(),
            Queue { service_level: Duration::from_secs_f64(demands.threshold_s), ..Queue::default() },
        )]),
        default_queue: queue.clone(),
        agents: BTreeMap::new(),
        priority_worth: PRIORITY_WORTH,
        urgent_from: None,
    };
    let mut desks = Desks::default();
    for number in 1..=most {
        let agent = AgentId::new(format!("agent-{number:05}")).context("an agent of the check")?;
        let one = AgentPlan { queues: [queue.clone()].into(), capacity: 1, ..AgentPlan::default() };
        let shift = Shift::Recorded(Arc::from(shifts(demands, agents, number, days)));
        desks.of.insert(agent.clone(), Desk { shift, ..Desk::default() });
        plan.agents.insert(agent, one);
    }
    let volume: f64 = demands.handle.iter().map(|(volume, _)| volume).sum();
    let streams = demands.handle.iter().enumerate().map(|(number, (part, handle))| {
        let share = if volume > 0.0 { part / volume } else { 0.0 };
        let steps = demands.intervals.iter().map(|interval| (interval.seconds().0, interval.per_hour * share));
        Stream {
            name: format!("stream {number}"),
            source: Source::Poisson(Rates { steps: steps.collect(), ..Rates::constant(0.0) }),
            needs: Needs { queue: Some(queue.clone()), ..Needs::default() },
            handle: handle.clone(),
            wrap_up: None,
            patience: demands.patience.clone(),
        }
    });
    let load = Load { zone: TimeZone::UTC, streams: streams.collect(), nobody: Nobody::Waits, takes_alternative: 0.0 };
    let setup = Setup {
        plan: Arc::new(plan),
        desks,
        wrap_up_max: Duration::ZERO,
        decline_pause: Duration::from_mins(1),
        misses_until_away: 2,
    };
    let course =
        Course { start: START, warm_up: Duration::from_hours(24), measured: Duration::from_hours(24) * days, seed };
    Ok(simulate_all(&setup, &load, course, 1, progress))
}

/// When the agent of this number is needed, over the warm-up, the days, and the day on which what is open ends.
fn shifts(demands: &Demands, agents: &[u32], number: u32, days: u32) -> Vec<(Timestamp, Timestamp)> {
    let mut shifts: Vec<(Timestamp, Timestamp)> = Vec::new();
    for day in 0..i64::from(days) + 3 {
        for (interval, needed) in demands.intervals.iter().zip(agents) {
            if *needed < number {
                continue;
            }
            let (from, until) = interval.seconds();
            let at = |second: u32| Timestamp(START.0 + (day * DAY_S + i64::from(second)) * 1000);
            match shifts.last_mut() {
                Some((_, end)) if *end == at(from) => *end = at(until),
                Some(_) | None => shifts.push((at(from), at(until))),
            }
        }
    }
    shifts
}
