//! What the floor can do, the simulation does too: delivery, relaxation, weight, limits, hours, alternatives.
#![allow(clippy::unwrap_used, clippy::cast_precision_loss, reason = "a test")]

mod house;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use baton_core::{Level, SkillId, Weight};
use baton_routing::{Alternative, Delivery, Hours, LongestWait, Plan, Queue, Relaxation};
use baton_simulate::{Figure, Load, Replication, Setup, Spans, Stream, replicate};
use house::{course, load, one_queue, queue, stream};

/// Three people, somewhat more than enough for twenty customers an hour of six minutes each.
fn house(change: impl FnOnce(&mut Queue)) -> Setup {
    let mut setup = one_queue(3, 60);
    let mut plan = Plan::clone(&setup.plan);
    change(plan.queues.get_mut(&queue("billing")).unwrap());
    setup.plan = Arc::new(plan);
    setup
}

fn customers(per_hour: f64) -> Stream {
    let patience = Some(Spans::Exponential { mean: 600.0 });
    stream("billing", per_hour, Spans::Exponential { mean: 360.0 }, patience)
}

fn run(setup: &Setup, load: &Load) -> Replication {
    replicate(setup, load, course(1, 10), 0, &mut |_| {})
}

fn figure(one: &Replication, figure: Figure) -> f64 {
    one.overall.figures.get(figure).unwrap()
}

#[test]
fn whoever_takes_at_once_serves_as_whoever_is_offered() {
    let load = load(vec![customers(25.0)]);
    let offered = run(&house(|_| {}), &load);
    for delivery in [Delivery::Broadcast, Delivery::Pull] {
        let taken = run(&house(|queue| queue.delivery = delivery), &load);
        let gap = figure(&taken, Figure::MeanWait) / figure(&offered, Figure::MeanWait) - 1.0;
        assert!(gap.abs() < 0.02, "{delivery:?}: {gap}");
        assert_eq!(taken.overall.tally.offered, offered.overall.tally.offered);
        assert_eq!(taken.overall.tally.unfinished, 0);
    }
}

#[test]
fn a_need_that_relaxes_lets_others_help_before_customers_give_up() {
    let skill = SkillId::new("refunds").unwrap();
    let with_skill = |queue: &mut Queue| queue.skills = BTreeMap::from([(skill.clone(), Level::ANY)]);
    let mut strict = house(with_skill);
    let mut plan = Plan::clone(&strict.plan);
    plan.agents.values_mut().next().unwrap().skills.insert(skill.clone(), Level::ANY);
    strict.plan = Arc::new(plan.clone());
    let step = Relaxation { after: Duration::from_secs(30), any_skill: true, ..Relaxation::default() };
    plan.queues.get_mut(&queue("billing")).unwrap().relax.push(step);
    let relaxed = Setup { plan: Arc::new(plan), ..strict.clone() };
    let load = load(vec![customers(20.0)]);
    let (strict, relaxed) = (run(&strict, &load), run(&relaxed, &load));
    assert!(relaxed.overall.tally.abandoned * 2 < strict.overall.tally.abandoned);
    // Nobody but the one with the skill is asked before the half minute is over.
    assert!(figure(&relaxed, Figure::WaitP90) >= 30.0);
}

#[test]
fn a_full_queue_turns_away_and_says_so_beside_those_it_took() {
    let load = load(vec![customers(60.0)]);
    let open = run(&house(|_| {}), &load);
    let limited = run(&house(|queue| queue.limit = Some(2)), &load);
    assert_eq!(open.overall.tally.turned_away, 0);
    let tally = &limited.overall.tally;
    assert!(tally.turned_away > 0);
    assert_eq!(tally.offered + tally.turned_away, open.overall.tally.offered, "the same customers came");
    assert!(figure(&limited, Figure::MeanWait) < figure(&open, Figure::MeanWait));
}

#[test]
fn a_heavy_handoff_takes_all_slots_that_it_weighs() {
    let mut plan = Plan::clone(&house(|_| {}).plan);
    for agent in plan.agents.values_mut() {
        agent.capacity = 2;
    }
    let setup = Setup { plan: Arc::new(plan), ..house(|_| {}) };
    let mut heavy = customers(20.0);
    heavy.needs.weight = Weight::new(2).unwrap();
    let (light, heavy) = (run(&setup, &load(vec![customers(20.0)])), run(&setup, &load(vec![heavy])));
    let one_each = run(&house(|_| {}), &load(vec![customers(20.0)]));
    // Two slots of two are one of one; two of one slot each fit side by side.
    assert_eq!(heavy.overall.tally.answered, one_each.overall.tally.answered);
    assert!((figure(&heavy, Figure::Occupancy) - figure(&one_each, Figure::Occupancy)).abs() < 1e-9);
    assert!(figure(&light, Figure::Occupancy) < 0.7 * figure(&heavy, Figure::Occupancy));
}

#[test]
fn outside_its_hours_nobody_is_taken_in_and_nobody_is_there() {
    let hours = Hours::parse("Mo-Fr 09:00-17:00", "UTC", &[]).unwrap();
    let one = run(&house(|queue| queue.hours = Some(hours)), &load(vec![customers(20.0)]));
    let tally = &one.overall.tally;
    // Ten days from Tuesday on: 8 of 24 hours on eight working days.
    let share = tally.offered as f64 / (tally.offered + tally.turned_away) as f64;
    assert!((share - 8.0 * 8.0 / 240.0).abs() < 0.03, "{share}");
    let day = baton_simulate::Simulated::of(vec![one]).overall.day();
    assert!(day[12 * 4].occupancy.is_some());
    assert_eq!(day[3 * 4].occupancy, None);
}

#[test]
fn who_waits_too_long_may_take_what_is_offered_instead() {
    let longest = LongestWait { after: Duration::from_mins(2), offer: Alternative::Callback };
    let setup = house(|queue| queue.longest_wait = Some(longest));
    let busy = Load { takes_alternative: 1.0, ..load(vec![customers(60.0)]) };
    let one = run(&setup, &busy);
    assert!(one.overall.tally.took_alternative > 0);
    assert!(figure(&one, Figure::WaitP99) <= 120.0, "nobody waits beyond it");
}

#[test]
fn a_declined_offer_goes_on_and_who_misses_too_many_is_away_for_a_while() {
    let mut setup = house(|_| {});
    let load = load(vec![customers(15.0)]);
    let willing = run(&setup, &load);
    setup.desks.usual.decline = 0.2;
    setup.desks.usual.miss = 0.2;
    setup.desks.usual.accept = Some(Spans::Constant(3.0));
    let reluctant = run(&setup, &load);
    assert!(figure(&reluctant, Figure::MeanWait) > figure(&willing, Figure::MeanWait) + 3.0);
    let tally = &reluctant.overall.tally;
    assert_eq!(tally.offered, tally.answered + tally.abandoned + tally.unfinished);
    assert_eq!(tally.unfinished, 0, "every handoff moves in the end");
}
