//! First come first served with the longest idle agent first has an exact solution (Adan and Weiss, 2012): a small
//! floor is held against it.
//!
//! Two agents with rates 1 and 0.8; customers of law, at rate 0.5, need the first, all others, at rate 0.7, take either.
//! With agents M₁ … Mᵢ busy in the order of their customers, nⱼ waiting between, and the others idle, the weight of a
//! state is ∏ λ(only M₁…Mⱼ)^nⱼ ⁄ μ(M₁…Mⱼ)^(nⱼ+1) · ∏ 1 ⁄ λ(any of Mⱼ…Mₖ).
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod house;

use std::collections::BTreeMap;

use baton_core::{Needs, Timestamp};
use baton_routing::{AgentPresence, Floor, Waiting};
use house::*;

const RATES: [f64; 2] = [1.0, 0.8];
const LAW: f64 = 0.5;
const OTHERS: f64 = 0.7;
/// Milliseconds in one unit of time.
const UNIT: f64 = 1e6;
const ARRIVALS: u32 = 60_000;

/// A sequence of numbers that is the same in every run.
struct Chance(u64);

impl Chance {
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (f64::from(u32::try_from(self.0 >> 32).unwrap()) + 0.5) / (f64::from(u32::MAX) + 1.0)
    }

    fn span(&mut self, rate: f64) -> f64 {
        -self.share().ln() / rate
    }
}

/// The shares of time with nobody busy, the first alone, the second alone, and both.
fn exact() -> [f64; 4] {
    let (all, both) = (LAW + OTHERS, RATES[0] + RATES[1]);
    let nobody = 1.0 / (all * OTHERS) + 1.0 / (all * all);
    // Behind the first alone only law can wait; behind the second alone nobody.
    let first = 1.0 / (RATES[0] - LAW) / OTHERS;
    let second = 1.0 / RATES[1] / all;
    let two = (1.0 / (RATES[0] - LAW) + 1.0 / RATES[1]) / (both - all);
    let sum = nobody + first + second + two;
    [nobody, first, second, two].map(|weight| weight / sum)
}

fn measured() -> [f64; 4] {
    let mut plan = plan();
    plan.agents.get_mut("ana").unwrap().skills.insert(skill("law"), level(3));
    let names = [agent("ana"), agent("ben")];
    let mut floor = Floor::new(std::sync::Arc::new(plan));
    let mut chance = Chance(2026);
    let mut busy_until: [Option<f64>; 2] = [None, None];
    let mut spent = [0.0; 4];
    let (mut now, mut next_arrival, mut arrived) = (0.0_f64, 0.0_f64, 0_u128);
    let moment = |time: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds of a short run")]
        let millis = (time * UNIT) as i64;
        Timestamp(millis)
    };
    let presence = |busy: bool, at: f64| AgentPresence {
        connected: true,
        available: true,
        held: busy.then_some(0).into_iter().collect(),
        idle_since: moment(at),
    };
    for name in &names {
        floor.set_agent(name, presence(false, 0.0));
    }
    while arrived < ARRIVALS.into() {
        let done = busy_until.iter().flatten().copied().fold(f64::INFINITY, f64::min);
        let then = done.min(next_arrival);
        spent[usize::from(busy_until[0].is_some()) + 2 * usize::from(busy_until[1].is_some())] += then - now;
        now = then;
        if done <= next_arrival {
            let who = busy_until.iter().position(|until| *until == Some(done)).unwrap();
            busy_until[who] = None;
            floor.set_agent(&names[who], presence(false, now));
        } else {
            arrived += 1;
            next_arrival = now + chance.span(LAW + OTHERS);
            let law = chance.share() < LAW / (LAW + OTHERS);
            let skills = if law { BTreeMap::from([(skill("law"), level(1))]) } else { BTreeMap::new() };
            let needs = Needs { skills, ..Needs::default() };
            floor.enqueue(Waiting { since: moment(now), queued_at: moment(now), ..with(arrived, 0, needs) });
        }
        let offers = floor.route(moment(now)).offers;
        assert!(offers.len() <= 1, "one event, one offer");
        for offer in offers {
            let who = names.iter().position(|name| *name == offer.choice.agent).unwrap();
            busy_until[who] = Some(now + chance.span(RATES[who]));
            floor.set_agent(&names[who], presence(true, now));
            floor.dequeue(offer.handoff);
        }
    }
    spent.map(|time| time / now)
}

#[test]
fn the_floor_is_busy_as_theory_says() {
    let (exact, measured) = (exact(), measured());
    for (exact, measured) in exact.iter().zip(measured) {
        assert!((exact - measured).abs() < 0.012, "{exact} by theory, {measured} on the floor");
    }
}
