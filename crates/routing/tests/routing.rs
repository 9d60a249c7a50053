//! Who gets a handoff, told as what people on the floor live through.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod house;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use baton_core::{Needs, Priority};
use baton_routing::{AgentPresence, CONSIDERED_MAX, Floor, Reason, Waiting, WhyNot};
use house::*;

fn why_not(floor: &Floor, number: u128, name: &str) -> WhyNot {
    let decision = floor.explain(handoff(number), at(100)).unwrap();
    let considered = decision.considered.iter().find(|considered| considered.agent == agent(name)).unwrap();
    considered.verdict.clone().unwrap_err()
}

#[test]
fn the_agent_who_has_been_idle_longest_gets_the_customer_who_has_waited_longest() {
    let mut floor = staffed(plan());
    floor.enqueue(customer(2, 20));
    floor.enqueue(customer(1, 10));
    let decisions = decided(&mut floor, at(100));
    assert_eq!(chosen(&decisions), [(1, "ana"), (2, "ben")]);
    let first = &decisions[0];
    assert_eq!((first.plan_version, &first.reason, first.not_listed), (7, &Reason::LongestIdle, 0));
    assert_eq!((first.chosen.as_ref().unwrap().slots[0], first.chosen.as_ref().unwrap().ring), (0, RING));
    assert_eq!(first.considered[0].verdict, Ok(()));
    assert_eq!(first.considered[1].verdict, Err(WhyNot::NotLongestIdle));
    assert_eq!(decisions[1].considered[1].verdict, Err(WhyNot::GivenToEarlier));
}

#[test]
fn nobody_above_their_slots_and_the_lowest_free_slot_first() {
    let mut plan = plan();
    plan.agents = BTreeMap::from([(agent("ana"), an_agent(&["billing"], 3))]);
    let mut floor = staffed(plan);
    floor.set_agent(&agent("ana"), busy(&[1]));
    for number in 1..=4 {
        floor.enqueue(customer(number, 10));
    }
    let slots: Vec<_> =
        decided(&mut floor, at(100)).into_iter().map(|decision| decision.chosen.unwrap().slots[0]).collect();
    assert_eq!(slots, [0, 2]);
    assert_eq!(why_not(&floor, 3, "ana"), WhyNot::GivenToEarlier);
    // A capacity that was lowered below what is held gives nothing, whatever the numbers of the slots.
    floor.set_agent(&agent("ana"), busy(&[7, 8, 9]));
    assert_eq!(decided(&mut floor, at(100)), []);
    assert_eq!(why_not(&floor, 1, "ana"), WhyNot::Full);
}

#[test]
fn two_free_people_get_one_customer_each_before_anybody_gets_two() {
    let mut plan = plan();
    for agent in plan.agents.values_mut() {
        agent.capacity = 2;
    }
    let mut floor = staffed(plan);
    for number in 1..=4 {
        floor.enqueue(customer(number, 10));
    }
    assert_eq!(chosen(&decided(&mut floor, at(100))), [(1, "ana"), (2, "ben"), (3, "ana"), (4, "ben")]);
}

#[test]
fn priority_goes_first_and_the_queue_adds_its_own() {
    let mut plan = plan();
    plan.agents.retain(|key, _| key.as_str() == "ana");
    plan.agents.get_mut("ana").unwrap().queues.insert(queue("urgent"));
    let mut urgent = a_queue("Urgent");
    urgent.priority = Priority::new(3).unwrap();
    plan.queues.insert(queue("urgent"), urgent);
    let mut floor = staffed(plan);
    floor.enqueue(customer(1, 10));
    floor.enqueue(with(2, 20, Needs { priority: Priority::new(2).unwrap(), ..Needs::default() }));
    assert_eq!(chosen(&decided(&mut floor, at(100))), [(2, "ana")]);
    assert_eq!((floor.position(handoff(2)), floor.position(handoff(1))), (Some(1), Some(2)));
    floor.enqueue(Waiting { queue: queue("urgent"), ..customer(3, 30) });
    assert_eq!(chosen(&decided(&mut floor, at(100))), [(3, "ana")]);
    assert_eq!(floor.position(handoff(3)), Some(1), "a place is counted in its own queue");
}

#[test]
fn skills_are_needed_at_their_level_and_the_record_says_what_is_missing() {
    let mut plan = plan();
    plan.queues.get_mut("billing").unwrap().skills.insert(skill("refunds"), level(2));
    plan.agents.get_mut("ana").unwrap().skills.insert(skill("refunds"), level(3));
    let mut floor = staffed(plan);
    floor.enqueue(customer(1, 10));
    floor.enqueue(with(2, 20, Needs { skills: BTreeMap::from([(skill("refunds"), level(4))]), ..Needs::default() }));
    assert_eq!(chosen(&decided(&mut floor, at(100))), [(1, "ana")]);
    assert_eq!(floor.explain(handoff(2), at(100)).unwrap().reason, Reason::NobodyCouldServe);
    let missing = |has| WhyNot::MissingSkill { skill: skill("refunds"), needed: level(4), has };
    assert_eq!(why_not(&floor, 2, "ana"), missing(Some(level(3))));
    assert_eq!(why_not(&floor, 2, "ben"), missing(None));
    assert_eq!(missing(None).to_string(), "does not have refunds, which is needed at level 4");
}

#[test]
fn who_speaks_the_language_goes_first_and_where_it_is_required_alone() {
    let german = |number, since| with(number, since, Needs { language: Some(language("de")), ..Needs::default() });
    let mut floor = staffed(plan());
    floor.enqueue(german(1, 10));
    let decisions = decided(&mut floor, at(100));
    assert_eq!((chosen(&decisions), &decisions[0].reason), (vec![(1, "ben")], &Reason::SpeaksLanguage));
    assert_eq!(decisions[0].considered[1].verdict, Err(WhyNot::NotSpeaker));
    floor.set_agent(&agent("ben"), busy(&[0]));
    assert_eq!(chosen(&decided(&mut floor, at(100))), [(1, "ana")], "better somebody than nobody");

    let mut strict = plan();
    strict.queues.get_mut("billing").unwrap().language_required = true;
    floor.replace_plan(Arc::new(strict));
    assert_eq!(decided(&mut floor, at(100)), []);
    assert_eq!(why_not(&floor, 1, "ana"), WhyNot::Language);
    assert_eq!(floor.explain(handoff(1), at(100)).unwrap().reason, Reason::AllBusy);
}

#[test]
fn the_preferred_agent_is_asked_first_and_others_when_that_agent_is_not_free() {
    let prefers_ben = Needs { preferred_agent: Some(agent("ben")), ..Needs::default() };
    let mut floor = staffed(plan());
    floor.enqueue(with(1, 10, prefers_ben));
    let decisions = decided(&mut floor, at(100));
    assert_eq!((chosen(&decisions), &decisions[0].reason), (vec![(1, "ben")], &Reason::Preferred));
    assert_eq!(decisions[0].considered[1].verdict, Err(WhyNot::NotPreferred));
    floor.exclude(handoff(1), &agent("ben"), at(200));
    assert_eq!(chosen(&decided(&mut floor, at(100))), [(1, "ana")]);
}

#[test]
fn who_is_away_gone_or_works_elsewhere_gets_nothing() {
    let mut plan = plan();
    plan.agents.insert(agent("cleo"), an_agent(&["sales"], 1));
    let mut floor = staffed(plan);
    floor.set_agent(&agent("ana"), offline());
    floor.set_agent(&agent("ben"), away());
    floor.set_agent(&agent("nobody-knows"), idle(0));
    floor.enqueue(with(1, 10, Needs { preferred_agent: Some(agent("cleo")), ..Needs::default() }));
    assert_eq!(decided(&mut floor, at(100)), []);
    assert_eq!(why_not(&floor, 1, "ana"), WhyNot::Offline);
    assert_eq!(why_not(&floor, 1, "ben"), WhyNot::Away);
    assert_eq!(why_not(&floor, 1, "cleo"), WhyNot::NotInQueue);
    assert_eq!(floor.explain(handoff(1), at(100)).unwrap().reason, Reason::NobodyCouldServe);
    assert_eq!(floor.explain(handoff(9), at(100)), None);
}

#[test]
fn a_declined_handoff_keeps_its_place_and_goes_to_the_next_agent() {
    let mut floor = staffed(plan());
    floor.enqueue(customer(1, 10));
    floor.enqueue(customer(2, 20));
    floor.set_offered(handoff(1), true);
    assert_eq!(chosen(&decided(&mut floor, at(100))), [(2, "ana")], "who rings is not matched twice");
    assert_eq!(floor.position(handoff(2)), Some(2), "and keeps the place");
    assert_eq!(floor.explain(handoff(1), at(100)).unwrap().reason, Reason::Offered);
    floor.set_offered(handoff(1), false);
    floor.exclude(handoff(1), &agent("ana"), at(160));
    assert_eq!(chosen(&decided(&mut floor, at(100))), [(1, "ben"), (2, "ana")]);
    assert_eq!(floor.waiting(handoff(1)).unwrap().since, at(10));
    assert_eq!(why_not(&floor, 1, "ana"), WhyNot::Excluded { until: at(160) });
}

#[test]
fn when_everybody_has_declined_the_first_of_them_is_asked_again() {
    let mut floor = staffed(plan());
    floor.enqueue(customer(1, 10));
    floor.exclude(handoff(1), &agent("ben"), at(150));
    floor.exclude(handoff(1), &agent("ana"), at(160));
    let decisions = decided(&mut floor, at(100));
    assert_eq!((chosen(&decisions), &decisions[0].reason), (vec![(1, "ben")], &Reason::AskedAgain));
    floor.exclude(handoff(1), &agent("ben"), at(170));
    assert_eq!(chosen(&decided(&mut floor, at(100))), [(1, "ana")], "they take turns");
}

#[test]
fn who_declined_is_not_asked_again_while_somebody_else_will_be_free() {
    let mut floor = staffed(plan());
    floor.enqueue(customer(1, 10));
    floor.exclude(handoff(1), &agent("ana"), at(160));
    floor.set_agent(&agent("ben"), busy(&[0]));
    assert_eq!(decided(&mut floor, at(100)), []);
    assert_eq!(floor.explain(handoff(1), at(100)).unwrap().reason, Reason::WaitsForOthers { until: at(160) });
    assert_eq!(floor.next_due(at(100)), Some(at(160)));
    assert_eq!(chosen(&decided(&mut floor, at(160))), [(1, "ana")]);
    assert_eq!(floor.next_due(at(160)), None);
    floor.dequeue(handoff(1));
    assert_eq!(floor.next_due(at(100)), None, "who is gone excludes nobody");
}

#[test]
fn a_handoff_given_to_a_person_by_name_waits_for_that_person_alone_while_they_are_there() {
    let mut plan = plan();
    plan.agents.insert(agent("cleo"), an_agent(&["sales"], 1));
    let mut floor = staffed(plan);
    let for_cleo = || Waiting { reserved_for: Some(agent("cleo")), ..customer(1, 10) };
    floor.enqueue(for_cleo());
    let decisions = decided(&mut floor, at(100));
    assert_eq!((chosen(&decisions), &decisions[0].reason), (vec![(1, "cleo")], &Reason::Reserved));
    assert_eq!(decisions[0].considered[1].verdict, Err(WhyNot::ReservedForAnother));

    floor.set_agent(&agent("cleo"), busy(&[0]));
    assert_eq!(decided(&mut floor, at(100)), []);
    let reason = floor.explain(handoff(1), at(100)).unwrap().reason;
    assert_eq!(reason, Reason::WaitsForReserved { agent: agent("cleo") });

    for gone in [away(), offline()] {
        floor.set_agent(&agent("cleo"), gone);
        assert_eq!(chosen(&decided(&mut floor, at(100))), [(1, "ana")], "nobody waits on who is gone");
    }
    floor.set_agent(&agent("cleo"), idle(0));
    floor.exclude(handoff(1), &agent("cleo"), at(200));
    assert_eq!(chosen(&decided(&mut floor, at(100))), [(1, "ana")], "nor on who declined");
}

#[test]
fn a_changed_plan_keeps_everybody_at_their_place_and_in_a_queue_that_exists() {
    let mut floor = staffed(plan());
    floor.enqueue(customer(1, 10));
    floor.enqueue(customer(2, 20));
    floor.exclude(handoff(1), &agent("ana"), at(500));
    let mut changed = plan();
    changed.version = 8;
    changed.agents.remove("ben");
    changed.queues = BTreeMap::from([(queue("support"), a_queue("Support"))]);
    changed.default_queue = queue("support");
    changed.agents.get_mut("ana").unwrap().queues = BTreeSet::from([queue("support")]);
    assert_eq!(floor.replace_plan(Arc::new(changed)), [handoff(1), handoff(2)]);
    assert_eq!(floor.plan().version, 8);
    assert_eq!(floor.waiting(handoff(1)).unwrap().queue, queue("support"));
    assert_eq!((floor.position(handoff(1)), floor.position(handoff(2))), (Some(1), Some(2)));
    assert_eq!(floor.agent(&agent("ben")), None);
    let decision = &decided(&mut floor, at(100))[0];
    assert_eq!((decision.plan_version, &decision.reason), (8, &Reason::AskedAgain), "Ana is the only one left");
}

#[test]
fn a_decision_lists_so_many_agents_and_counts_the_others() {
    let mut plan = plan();
    for number in 0..500 {
        plan.agents.insert(agent(&format!("z{number:03}")), an_agent(&["billing"], 1));
    }
    let mut floor = staffed(plan);
    floor.set_agent(&agent("z400"), AgentPresence { idle_since: at(-1_000), ..idle(0) });
    floor.enqueue(customer(1, 10));
    let decision = decided(&mut floor, at(100)).remove(0);
    assert_eq!((decision.considered.len(), decision.not_listed), (CONSIDERED_MAX, 502 - 64));
    assert_eq!((&decision.considered[0].agent, &decision.considered[1].agent), (&agent("z400"), &agent("ana")));
}
