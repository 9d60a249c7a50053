//! What a decision looks at, counted: an event costs what it concerns, whatever else is on the floor.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod house;

use std::sync::Arc;

use baton_core::Needs;
use baton_routing::{Floor, LookedAt, Plan};
use house::*;

/// Ana works in billing, Cleo in sales, and so many like Cleo.
fn two_queues(like_cleo: usize) -> Plan {
    let mut plan = plan();
    plan.queues.insert(queue("sales"), a_queue("Sales"));
    for number in 0..=like_cleo {
        plan.agents.insert(agent(&format!("cleo-{number}")), an_agent(&["sales"], 1));
    }
    plan.agents.retain(|key, _| key.as_str() != "ben");
    plan
}

/// A floor on which so many wait for sales, whose people are busy; what an hour of billing looks at on it.
fn billing_beside(waiting_for_sales: u128, like_cleo: usize) -> LookedAt {
    let mut floor = Floor::new(Arc::new(two_queues(like_cleo)));
    for number in 0..waiting_for_sales {
        let mut waiting = with(1_000 + number, 0, Needs::default());
        waiting.queue = queue("sales");
        floor.enqueue(waiting);
    }
    for number in 0..=like_cleo {
        let busy = busy(&[0]);
        floor.set_agent(&agent(&format!("cleo-{number}")), busy);
    }
    floor.route(at(0));
    let before = floor.looked_at();
    for number in 1..=60 {
        floor.enqueue(with(number, 0, Needs::default()));
        floor.route(at(60 * i64::try_from(number).unwrap()));
        floor.set_agent(&agent("ana"), idle(0));
        let offers = floor.route(at(60 * i64::try_from(number).unwrap())).offers;
        assert_eq!(offers.len(), 1);
        floor.set_agent(&agent("ana"), busy(&[0]));
        floor.dequeue(offers[0].handoff);
        floor.route(at(60 * i64::try_from(number).unwrap() + 30));
    }
    let after = floor.looked_at();
    LookedAt {
        lines: after.lines - before.lines,
        handoffs: after.handoffs - before.handoffs,
        agents: after.agents - before.agents,
    }
}

#[test]
fn an_event_looks_at_nothing_in_the_queues_that_it_does_not_concern() {
    let alone = billing_beside(0, 0);
    assert_eq!(billing_beside(5_000, 0), alone, "whoever waits elsewhere is not looked at");
    assert_eq!(billing_beside(5_000, 400), alone, "whoever works elsewhere is not looked at");
    // An hour: sixty came, for whom nobody was free, and sixty times Ana was, for the one line she serves.
    assert!(alone.lines <= 120 && alone.handoffs <= 120 && alone.agents == 60, "{alone:?}");
}

#[test]
fn a_look_at_a_floor_where_nothing_happened_looks_at_nothing() {
    let mut floor = Floor::new(Arc::new(two_queues(3)));
    for number in 0..100 {
        floor.enqueue(with(number, 0, Needs::default()));
    }
    floor.route(at(0));
    let before = floor.looked_at();
    (1..50).for_each(|second| assert!(floor.route(at(second)).offers.is_empty()));
    assert_eq!(floor.looked_at(), before);
}
