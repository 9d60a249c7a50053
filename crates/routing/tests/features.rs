//! What a queue can be told to do, as people on the floor live through it.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod house;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use baton_core::{Needs, NobodyReason, Priority, Staffing, Timestamp, Weight};
use baton_routing::{
    AgentPlan, Alternative, Choose, Delivery, Floor, Hours, LongestWait, PASSED_MAX, Plan, Queue, Reason, Relaxation,
    Waiting, Waits, WhyNot,
};
use house::*;
use proptest::prelude::*;

fn billing(change: impl FnOnce(&mut Queue)) -> Plan {
    let mut plan = plan();
    change(plan.queues.get_mut("billing").unwrap());
    plan
}

fn after(seconds: u64) -> Relaxation {
    Relaxation { after: Duration::from_secs(seconds), ..Relaxation::default() }
}

fn at_level(number: u8) -> Needs {
    Needs { skills: BTreeMap::from([(skill("refunds"), level(number))]), ..Needs::default() }
}

fn urgency(priority: i8) -> Needs {
    Needs { priority: Priority::new(priority).unwrap(), ..Needs::default() }
}

fn heavy(slots: u8) -> Needs {
    Needs { weight: Weight::new(slots).unwrap(), ..Needs::default() }
}

fn why(floor: &Floor, number: u128, name: &str, now: Timestamp) -> WhyNot {
    let decision = floor.explain(handoff(number), now).unwrap();
    decision.considered.into_iter().find(|one| one.agent == agent(name)).unwrap().verdict.unwrap_err()
}

#[test]
fn the_longer_a_customer_waits_the_less_is_asked_of_who_answers() {
    let mut plan = billing(|queue| {
        queue.relax = vec![
            Relaxation { levels_at_most: Some(level(2)), ..after(30) },
            Relaxation { any_skill: true, ..after(60) },
            Relaxation { also: BTreeSet::from([queue_id("sales")]), ..after(90) },
        ];
    });
    plan.queues.insert(queue_id("sales"), a_queue("Sales"));
    plan.agents.get_mut("ana").unwrap().skills.insert(skill("refunds"), level(2));
    plan.agents.insert(agent("cleo"), an_agent(&["sales"], 1));
    let mut floor = staffed(plan);
    floor.enqueue(with(1, 0, at_level(4)));
    assert_eq!((decided(&mut floor, at(29)).len(), floor.next_due(at(29))), (0, Some(at(30))));
    assert_eq!(floor.explain(handoff(1), at(29)).unwrap().reason, Reason::NobodyCouldServe);
    let decision = decided(&mut floor, at(30)).remove(0);
    assert_eq!((decision.chosen.unwrap().agent, decision.step), (agent("ana"), 1));
    assert_eq!(decision.needed.skills, BTreeMap::from([(skill("refunds"), level(2))]));
    floor.set_agent(&agent("ana"), busy(&[0]));
    assert_eq!((decided(&mut floor, at(59)).len(), floor.next_due(at(59))), (0, Some(at(60))));
    assert_eq!(chosen(&decided(&mut floor, at(60))), [(1, "ben")]);
    floor.set_agent(&agent("ben"), offline());
    assert_eq!(why(&floor, 1, "ben", at(61)), WhyNot::Offline);
    assert_eq!(decided(&mut floor, at(89)).len(), 0);
    let decision = decided(&mut floor, at(90)).remove(0);
    assert_eq!((decision.chosen.unwrap().agent, decision.step), (agent("cleo"), 3));
    assert_eq!(decision.queues, [queue_id("billing"), queue_id("sales")]);
    floor.set_agent(&agent("ben"), idle(99));
    let decision = decided(&mut floor, at(90)).remove(0);
    assert_eq!(decision.chosen.unwrap().agent, agent("ben"), "who works in the queue itself goes first");
    let cleo = decision.considered.iter().find(|one| one.agent == agent("cleo")).unwrap();
    assert_eq!((&cleo.verdict, decision.not_listed), (&Err(WhyNot::OtherQueue), 0));
}

#[test]
fn explaining_at_a_later_moment_counts_what_has_relaxed_by_then() {
    let mut floor = staffed(billing(|queue| queue.relax = vec![Relaxation { any_skill: true, ..after(30) }]));
    floor.enqueue(with(1, 0, at_level(5)));
    assert_eq!(decided(&mut floor, at(1)).len(), 0);
    let explained = floor.explain(handoff(1), at(40)).unwrap();
    assert_eq!((explained.step, explained.reason), (1, Reason::LongestIdle));
    assert_eq!(floor.explain(handoff(1), at(2)).unwrap().step, 0, "and changes nothing");
}

#[test]
fn a_transferred_customer_keeps_their_place_and_is_not_given_to_just_anybody() {
    let mut floor = staffed(billing(|queue| queue.relax = vec![Relaxation { any_skill: true, ..after(30) }]));
    floor.enqueue(Waiting { queued_at: at(600), ..with(1, 0, at_level(3)) });
    floor.enqueue(customer(2, 500));
    assert_eq!(chosen(&decided(&mut floor, at(601))), [(2, "ana")]);
    assert_eq!((floor.position(handoff(1)), floor.next_due(at(601))), (Some(1), Some(at(630))));
}

#[test]
fn the_least_occupied_or_the_most_skilled_is_chosen_where_the_queue_says_so() {
    let mut least = billing(|queue| queue.choose = Choose::LeastOccupied);
    least.agents.get_mut("ana").unwrap().capacity = 2;
    least.agents.get_mut("ben").unwrap().capacity = 4;
    let mut floor = staffed(least);
    floor.set_agent(&agent("ana"), busy(&[0]));
    floor.set_agent(&agent("ben"), busy(&[0]));
    floor.enqueue(customer(1, 0));
    let decision = decided(&mut floor, at(1)).remove(0);
    assert_eq!((decision.chosen.unwrap().agent, decision.reason), (agent("ben"), Reason::LeastOccupied));
    assert_eq!(decision.considered[1].verdict, Err(WhyNot::NotLeastOccupied));

    let mut best = billing(|queue| queue.choose = Choose::BestSkill);
    best.agents.get_mut("ana").unwrap().skills.insert(skill("refunds"), level(3));
    best.agents.get_mut("ben").unwrap().skills.insert(skill("refunds"), level(5));
    let mut floor = staffed(best);
    floor.enqueue(with(1, 0, at_level(2)));
    let decision = decided(&mut floor, at(1)).remove(0);
    assert_eq!((decision.chosen.unwrap().agent, decision.reason), (agent("ben"), Reason::BestSkill));
    assert_eq!(decision.considered[1].verdict, Err(WhyNot::NotBestSkill));
}

#[test]
fn a_customer_waits_a_while_for_the_agent_who_knows_them_and_then_for_anybody() {
    let mut floor = staffed(billing(|queue| queue.prefer_for = Duration::from_secs(20)));
    floor.set_agent(&agent("ben"), busy(&[0]));
    floor.enqueue(with(1, 0, Needs { preferred_agent: Some(agent("ben")), ..Needs::default() }));
    assert_eq!(decided(&mut floor, at(5)).len(), 0);
    let reason = Reason::WaitsForPreferred { agent: agent("ben"), until: at(20) };
    assert_eq!(floor.explain(handoff(1), at(5)).unwrap().reason, reason);
    assert_eq!((why(&floor, 1, "ana", at(5)), floor.next_due(at(5))), (WhyNot::WaitsForPreferred, Some(at(20))));
    floor.set_agent(&agent("ben"), idle(6));
    assert_eq!(chosen(&decided(&mut floor, at(6))), [(1, "ben")]);
    floor.set_agent(&agent("ben"), offline());
    assert_eq!(chosen(&decided(&mut floor, at(7))), [(1, "ana")], "nobody waits on who is gone");
    floor.set_agent(&agent("ben"), busy(&[0]));
    assert_eq!(decided(&mut floor, at(8)).len(), 0);
    assert_eq!(chosen(&decided(&mut floor, at(20))), [(1, "ana")]);
}

#[test]
fn a_broadcast_is_seen_by_everybody_who_could_take_it_and_holds_nobodys_slot() {
    let mut plan = billing(|queue| queue.delivery = Delivery::Broadcast);
    plan.agents.insert(agent("cleo"), an_agent(&["sales"], 1));
    plan.queues.insert(queue_id("sales"), a_queue("Sales"));
    let mut floor = staffed(plan);
    floor.set_agent(&agent("ben"), busy(&[0]));
    floor.enqueue(customer(1, 0));
    let routed = floor.route(at(1));
    assert_eq!((routed.offers.len(), routed.announcements.len()), (0, 1));
    assert_eq!(
        (routed.announcements[0].handoff, &routed.announcements[0].agents[..]),
        (handoff(1), &[agent("ana")][..])
    );
    assert_eq!(floor.route(at(2)), baton_routing::Routed::default(), "it is said once");
    floor.set_agent(&agent("ben"), idle(3));
    let routed = floor.route(at(3));
    assert_eq!(routed.announcements[0].agents, [agent("ben")], "who becomes free sees it too");
    assert_eq!(floor.explain(handoff(1), at(3)).unwrap().reason, Reason::Announced);
    assert_eq!(floor.may_take(&agent("ana"), handoff(1)).unwrap().slots, [0]);
    assert_eq!(floor.may_take(&agent("cleo"), handoff(1)), Err(WhyNot::NotInQueue));
    let seen = floor.takeable(&agent("ben"), 10);
    assert_eq!((seen.len(), seen[0].handoff), (1, handoff(1)));
    floor.dequeue(handoff(1));
    assert_eq!(floor.takeable(&agent("ana"), 10), []);
    assert_eq!(floor.may_take(&agent("ana"), handoff(1)), Err(WhyNot::NotWaiting));
}

#[test]
fn agents_take_from_a_queue_themselves_and_elsewhere_only_those_who_may() {
    let mut plan = billing(|queue| queue.delivery = Delivery::Pull);
    plan.queues.insert(queue_id("sales"), a_queue("Sales"));
    for agent in plan.agents.values_mut() {
        agent.queues.insert(queue_id("sales"));
    }
    plan.agents.get_mut("ben").unwrap().pull = true;
    let mut floor = staffed(plan);
    for number in 1..=3 {
        floor.enqueue(customer(number, 10 - i64::try_from(number).unwrap()));
    }
    floor.enqueue(Waiting { queue: queue_id("sales"), offered: true, ..customer(8, 0) });
    assert_eq!(floor.route(at(20)), baton_routing::Routed::default(), "nobody is asked");
    assert_eq!(floor.explain(handoff(1), at(20)).unwrap().reason, Reason::ToBeTaken);
    floor.enqueue(Waiting { queue: queue_id("sales"), ..customer(9, 0) });
    let takes = |floor: &Floor, name: &str| -> Vec<u128> {
        floor.takeable(&agent(name), 3).iter().map(|one| one.handoff.0.as_u128()).collect()
    };
    assert_eq!(takes(&floor, "ana"), [3, 2, 1], "first come first");
    assert_eq!(takes(&floor, "ben"), [9, 3, 2]);
    assert_eq!(floor.may_take(&agent("ana"), handoff(9)), Err(WhyNot::MayNotTake));
    assert_eq!(floor.may_take(&agent("ben"), handoff(8)), Err(WhyNot::NotWaiting), "it rings with somebody");
    floor.set_agent(&agent("ana"), busy(&[0]));
    assert_eq!((takes(&floor, "ana"), floor.may_take(&agent("ana"), handoff(1))), (vec![], Err(WhyNot::Full)));
}

#[test]
fn a_heavy_handoff_takes_as_many_slots_at_once_as_it_weighs() {
    let mut plan = plan();
    plan.agents = BTreeMap::from([(agent("ana"), an_agent(&["billing"], 4))]);
    let mut floor = staffed(plan);
    floor.set_agent(&agent("ana"), busy(&[1]));
    floor.enqueue(with(1, 0, heavy(2)));
    floor.enqueue(with(2, 1, heavy(2)));
    floor.enqueue(customer(3, 2));
    let slots: Vec<_> = floor.route(at(3)).offers.into_iter().map(|one| (one.handoff, one.choice.slots)).collect();
    assert_eq!(slots, [(handoff(1), vec![0, 2]), (handoff(3), vec![3])], "a lighter one may pass for a while");
    assert_eq!(floor.explain(handoff(2), at(3)).unwrap().reason, Reason::BehindEarlier);
}

#[test]
fn what_takes_several_slots_is_not_passed_for_ever() {
    let mut plan = plan();
    plan.agents = BTreeMap::from([(agent("ana"), an_agent(&["billing"], 2))]);
    let mut floor = staffed(plan);
    floor.set_agent(&agent("ana"), busy(&[0]));
    floor.enqueue(with(1, 0, heavy(2)));
    floor.enqueue(customer(2, 1));
    assert_eq!(chosen(&decided(&mut floor, at(2))), [(2, "ana")]);
    let kept = at(0) + PASSED_MAX;
    assert_eq!(decided(&mut floor, kept).len(), 0);
    assert_eq!(why(&floor, 2, "ana", kept), WhyNot::SavesSlots);
    assert_eq!(why(&floor, 1, "ana", kept), WhyNot::TooFewSlots);
    floor.set_agent(&agent("ana"), idle(61));
    assert_eq!(chosen(&decided(&mut floor, kept)), [(1, "ana")]);
    floor.set_agent(&agent("ana"), busy(&[0]));
    floor.dequeue(handoff(1));
    assert_eq!(chosen(&decided(&mut floor, kept)), [(2, "ana")], "with nothing to keep them for, slots are given");
}

#[test]
fn an_urgent_handoff_interrupts_and_only_when_nobody_has_an_ordinary_slot() {
    let mut plan = plan();
    plan.urgent_from = Some(Priority::new(5).unwrap());
    plan.agents = BTreeMap::from([
        (agent("ana"), AgentPlan { urgent_slots: 1, ..an_agent(&["billing"], 1) }),
        (agent("ben"), an_agent(&["billing"], 1)),
    ]);
    let mut floor = staffed(plan);
    floor.set_agent(&agent("ana"), busy(&[0]));
    floor.enqueue(with(1, 0, urgency(5)));
    assert_eq!(chosen(&decided(&mut floor, at(1))), [(1, "ben")]);
    floor.set_agent(&agent("ben"), busy(&[0]));
    let offer = floor.route(at(2)).offers.remove(0);
    assert_eq!((offer.choice.agent, offer.choice.slots), (agent("ana"), vec![1]), "slots beside the ordinary ones");
    floor.enqueue(with(2, 0, urgency(4)));
    assert_eq!(floor.route(at(3)).offers.len(), 1);
    assert_eq!(why(&floor, 2, "ana", at(3)), WhyNot::Full);
    floor.set_agent(&agent("ana"), busy(&[0, 1]));
    assert_eq!(floor.route(at(4)).offers, []);
}

#[test]
fn a_full_queue_says_so_before_anybody_joins_and_the_next_best_takes_them() {
    let mut floor = staffed(billing(|queue| queue.limit = Some(1)));
    let told = |floor: &Floor| floor.admit(&Needs::default(), at(5), &Waits::new()).staffing;
    assert!(matches!(told(&floor), Staffing::Staffed { .. }));
    floor.enqueue(customer(1, 0));
    assert_eq!(told(&floor), Staffing::Nobody { reason: NobodyReason::Full, opens_at: None });
    let staffing = floor.staffing(handoff(1), at(5), &Waits::new()).unwrap();
    assert!(matches!(staffing, Staffing::Staffed { position: 1, .. }), "who waits already is not turned away");

    let mut plan = billing(|queue| queue.limit = Some(1));
    plan.queues.insert(queue_id("sales"), a_queue("Sales"));
    plan.agents.get_mut("ben").unwrap().queues.insert(queue_id("sales"));
    floor.replace_plan(Arc::new(plan));
    assert_eq!(floor.admit(&Needs::default(), at(5), &Waits::new()).queue, queue_id("sales"));
}

#[test]
fn shortly_before_closing_nobody_is_promised_who_would_only_join() {
    let mut floor = staffed(billing(|queue| {
        queue.hours = Some(Hours::parse("Mo-Fr 09:00-17:00", "UTC", &[]).unwrap());
        queue.last_admission = Duration::from_mins(15);
    }));
    let utc = |moment: &str| Timestamp(moment.parse::<jiff::Timestamp>().unwrap().as_millisecond());
    let told = |floor: &Floor, now| floor.admit(&Needs::default(), now, &Waits::new()).staffing;
    assert!(matches!(told(&floor, utc("2026-06-05T16:44Z")), Staffing::Staffed { .. }));
    let monday = Some(utc("2026-06-08T09:00Z"));
    let late = utc("2026-06-05T16:45Z");
    assert_eq!(told(&floor, late), Staffing::Nobody { reason: NobodyReason::ClosingSoon, opens_at: monday });
    floor.enqueue(customer(1, 0));
    assert!(matches!(floor.staffing(handoff(1), late, &Waits::new()), Some(Staffing::Staffed { .. })));
    let closed = Staffing::Nobody { reason: NobodyReason::Closed, opens_at: monday };
    assert_eq!(told(&floor, utc("2026-06-05T17:00Z")), closed);
    floor.route(utc("2026-06-05T17:00Z"));
    assert_eq!(told(&floor, utc("2026-06-05T17:00Z")), closed, "the same when the hours are remembered");
}

#[test]
fn who_waits_too_long_is_offered_something_else_once_and_keeps_their_place() {
    let mut floor = staffed(billing(|queue| {
        queue.longest_wait = Some(LongestWait { after: Duration::from_mins(5), offer: Alternative::Callback });
    }));
    floor.set_agent(&agent("ana"), offline());
    floor.set_agent(&agent("ben"), offline());
    floor.enqueue(customer(1, 0));
    assert_eq!((floor.overdue(at(299)), floor.next_due(at(0))), (vec![], Some(at(300))));
    let due = floor.overdue(at(300));
    assert_eq!((due.len(), due[0].handoff, due[0].offer), (1, handoff(1), Alternative::Callback));
    floor.told_overdue(handoff(1));
    floor.enqueue(with(1, 0, urgency(2)));
    assert_eq!(floor.overdue(at(400)), [], "not again when a supervisor raises the priority");
    assert_eq!(floor.position(handoff(1)), Some(1));
}

#[test]
fn a_changed_plan_says_beforehand_what_it_does_to_those_who_wait() {
    let mut plan = billing(|_| {});
    plan.queues.insert(queue_id("sales"), a_queue("Sales"));
    let mut floor = staffed(plan.clone());
    floor.set_agent(&agent("ana"), busy(&[0]));
    floor.set_agent(&agent("ben"), busy(&[0]));
    floor.enqueue(Waiting { queue: queue_id("sales"), ..customer(1, 0) });
    floor.enqueue(customer(2, 1));
    floor.enqueue(with(3, 2, at_level(3)));
    plan.version = 8;
    plan.queues.remove("sales");
    plan.agents.get_mut("ben").unwrap().capacity = 2;
    let effects = floor.preview(Arc::new(plan), at(10));
    let of = |number| effects.iter().find(|effect| effect.handoff == handoff(number)).unwrap();
    assert!(of(1).queue_changes() && of(1).before.agents_ever == 0 && !of(1).is_stranded());
    assert_eq!((of(1).after.position, of(1).after.offered_to.as_ref()), (1, Some(&agent("ben"))));
    assert!(of(2).place_worsens(), "a customer of the queue that is gone came earlier");
    assert!(of(3).is_stranded() && !of(3).after.staffed);
    assert_eq!((floor.plan().version, floor.route(at(10)).offers.len()), (7, 0), "nothing was done");
}

fn queue_id(key: &str) -> baton_core::QueueId {
    queue(key)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// One agent, who takes somebody every second, and somebody more important who comes every second: whoever came
    /// first is served when their waiting is worth as much as the difference, whatever the priorities are.
    #[test]
    fn nobody_starves(low in -10..11_i8, high in -10..11_i8, worth in 1..6_u64) {
        let mut plan = plan();
        plan.agents.retain(|key, _| key.as_str() == "ana");
        plan.priority_worth = Duration::from_secs(worth);
        let mut floor = staffed(plan);
        floor.enqueue(with(1, 0, urgency(low)));
        let most = i64::from((high - low).max(0)) * i64::try_from(worth).unwrap() + 1;
        for second in 0..=most {
            let number = u128::try_from(second).unwrap() + 2;
            floor.enqueue(with(number, second, urgency(high)));
            let served = floor.route(at(second)).offers.remove(0).handoff;
            floor.dequeue(served);
            if served == handoff(1) {
                return Ok(());
            }
        }
        prop_assert!(false, "still waiting after {most} seconds");
    }
}
