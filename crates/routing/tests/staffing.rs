//! What may be promised before a handoff and while one waits.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod house;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use baton_core::{Admission, Needs, NobodyReason, QueueId, Staffing, Tier, Timestamp, TopicId};
use baton_routing::{Floor, Hours, Plan, PlanProblem, Serves, Waiting, Waits};
use house::*;

fn topic(key: &str) -> TopicId {
    TopicId::new(key).unwrap()
}

fn about(key: &str) -> Needs {
    Needs { topic: Some(topic(key)), ..Needs::default() }
}

/// Open on weekdays from nine to five in UTC.
fn office_hours() -> Hours {
    Hours::parse("Mo-Fr 09:00-17:00", "UTC", &[]).unwrap()
}

fn utc(moment: &str) -> Timestamp {
    Timestamp(moment.parse::<jiff::Timestamp>().unwrap().as_millisecond())
}

/// Legal has its own queue, gold customers have theirs, German has one; everybody works everywhere.
fn specialised() -> Plan {
    let mut plan = plan();
    let serves = [
        ("legal", Serves { topics: BTreeSet::from([topic("legal")]), ..Serves::default() }),
        ("gold", Serves { tiers: BTreeSet::from([Tier::new("gold").unwrap()]), ..Serves::default() }),
        ("german", Serves { languages: BTreeSet::from([language("de")]), ..Serves::default() }),
    ];
    for (key, serves) in serves {
        plan.queues.insert(queue(key), baton_routing::Queue { serves, ..a_queue(key) });
    }
    for agent in plan.agents.values_mut() {
        agent.queues = plan.queues.keys().cloned().collect();
    }
    plan
}

fn admitted(floor: &Floor, needs: &Needs) -> QueueId {
    floor.admit(needs, at(0), &Waits::new()).queue
}

fn experienced() -> Waits {
    let mut waits = Waits::new();
    for number in 0..200 {
        waits.handled(&queue("billing"), Duration::from_mins(5), at(number));
    }
    waits
}

#[test]
fn the_most_specific_queue_that_serves_it_is_chosen() {
    let floor = staffed(specialised());
    let gold = Needs { tier: Some(Tier::new("gold").unwrap()), language: Some(language("de")), ..about("legal") };
    assert_eq!(admitted(&floor, &gold), queue("legal"));
    assert_eq!(admitted(&floor, &Needs { topic: None, ..gold.clone() }), queue("gold"));
    assert_eq!(admitted(&floor, &Needs { topic: None, tier: None, ..gold.clone() }), queue("german"));
    assert_eq!(admitted(&floor, &about("invoices")), queue("billing"));
    assert_eq!(admitted(&floor, &Needs { queue: Some(queue("gold")), ..about("legal") }), queue("gold"));
    assert_eq!(admitted(&floor, &Needs { queue: Some(queue("gone")), ..about("legal") }), queue("legal"));
}

#[test]
fn an_open_queue_is_chosen_before_a_closed_one_and_one_with_people_before_one_without() {
    let mut plan = specialised();
    plan.queues.get_mut("legal").unwrap().hours = Some(Hours::parse("24/7 closed", "UTC", &[]).unwrap());
    assert_eq!(admitted(&staffed(plan.clone()), &about("legal")), queue("billing"));
    plan.queues.get_mut("legal").unwrap().hours = None;
    for agent in plan.agents.values_mut() {
        agent.queues.remove("legal");
    }
    assert_eq!(admitted(&staffed(plan), &about("legal")), queue("billing"));
}

#[test]
fn what_no_queue_serves_goes_to_the_default_queue() {
    let mut plan = specialised();
    plan.queues.get_mut("billing").unwrap().serves.topics.insert(topic("invoices"));
    assert_eq!(admitted(&staffed(plan), &about("weather")), queue("billing"));
}

#[test]
fn admission_adds_what_the_queue_requires_and_is_the_same_when_asked_twice() {
    let mut plan = plan();
    plan.queues.get_mut("billing").unwrap().skills = BTreeMap::from([(skill("refunds"), level(3))]);
    plan.queues.get_mut("billing").unwrap().priority = baton_core::Priority::new(2).unwrap();
    let mut floor = staffed(plan);
    let asked =
        Needs { skills: BTreeMap::from([(skill("refunds"), level(1)), (skill("tax"), level(2))]), ..about("x") };
    let Admission { needs, staffing, .. } = floor.admit(&asked, at(0), &Waits::new());
    assert_eq!(needs.skills, BTreeMap::from([(skill("refunds"), level(3)), (skill("tax"), level(2))]));
    assert_eq!((needs.queue.as_ref(), needs.priority), (Some(&queue("billing")), asked.priority));
    assert_eq!(
        staffing,
        Staffing::Nobody { reason: NobodyReason::NobodyAvailable, opens_at: None },
        "nobody has these skills"
    );
    assert_eq!(floor.admit(&needs, at(0), &Waits::new()).needs, needs);
    floor.enqueue(Waiting { needs: needs.clone(), ..customer(1, 10) });
    assert_eq!(floor.position(handoff(1)), Some(1));
}

#[test]
fn a_customer_is_told_place_and_wait_only_when_there_is_ground() {
    let mut floor = staffed(plan());
    let joins = |floor: &Floor, waits: &Waits| floor.admit(&Needs::default(), at(50), waits).staffing;
    assert_eq!(joins(&floor, &experienced()), Staffing::Staffed { position: 1, wait: None }, "somebody is free");
    for (name, number) in [("ana", 1), ("ben", 2)] {
        floor.set_agent(&agent(name), busy(&[0]));
        floor.enqueue(customer(number, 10));
    }
    assert_eq!(joins(&floor, &Waits::new()), Staffing::Staffed { position: 3, wait: None }, "nothing was observed");
    let Staffing::Staffed { position: 3, wait: Some(wait) } = joins(&floor, &experienced()) else { panic!("no wait") };
    assert_eq!(wait.likely_s, 450, "three completions of two people who take five minutes each");
    assert!(wait.at_most_s > wait.likely_s);
    let first = floor.staffing(handoff(1), at(50), &experienced()).unwrap();
    assert!(matches!(first, Staffing::Staffed { position: 1, wait: Some(wait) } if wait.likely_s == 150));
    // Who rings holds a slot: the next one needs one completion, not two.
    floor.set_offered(handoff(1), true);
    let second = floor.staffing(handoff(2), at(50), &experienced()).unwrap();
    assert!(matches!(second, Staffing::Staffed { position: 2, wait: Some(wait) } if wait.likely_s == 150));
    let ringing = floor.staffing(handoff(1), at(50), &experienced()).unwrap();
    assert_eq!(ringing, Staffing::Staffed { position: 1, wait: None });
}

#[test]
fn people_who_serve_two_queues_are_not_promised_to_both() {
    let mut floor = staffed(specialised());
    for name in ["ana", "ben"] {
        floor.set_agent(&agent(name), busy(&[0]));
    }
    let likely = |floor: &Floor| match floor.admit(&Needs::default(), at(50), &experienced()).staffing {
        Staffing::Staffed { wait: Some(wait), .. } => wait.likely_s,
        other @ (Staffing::Staffed { .. } | Staffing::Nobody { .. }) => panic!("{other:?}"),
    };
    assert_eq!(likely(&floor), 150);
    floor.enqueue(Waiting { queue: queue("gold"), ..customer(9, 10) });
    assert_eq!(likely(&floor), 300, "half of them is for gold");
}

#[test]
fn nobody_is_promised_when_all_are_away_or_the_queue_is_closed() {
    let mut plan = plan();
    plan.queues.get_mut("billing").unwrap().hours = Some(office_hours());
    let mut floor = staffed(plan);
    let (friday, evening) = (utc("2026-06-05T12:00Z"), utc("2026-06-05T17:00Z"));
    let monday = utc("2026-06-08T09:00Z");
    floor.enqueue(customer(1, 10));
    let asked = |floor: &Floor, now| floor.staffing(handoff(1), now, &Waits::new()).unwrap();
    assert_eq!(asked(&floor, friday), Staffing::Staffed { position: 1, wait: None });
    assert_eq!(asked(&floor, evening), Staffing::Nobody { reason: NobodyReason::Closed, opens_at: Some(monday) });
    assert_eq!(chosen(&decided(&mut floor, evening)), [(1, "ana")], "who stayed available may still take who waits");
    assert_eq!((floor.next_due(friday), floor.next_due(evening)), (Some(evening), Some(monday)));
    for name in ["ana", "ben"] {
        floor.set_agent(&agent(name), away());
    }
    assert_eq!(asked(&floor, friday), Staffing::Nobody { reason: NobodyReason::NobodyAvailable, opens_at: None });
    assert_eq!(floor.staffing(handoff(2), friday, &Waits::new()), None);
}

#[test]
fn availability_counts_people_in_every_queue_that_could_serve() {
    let mut plan = specialised();
    plan.agents.get_mut("ana").unwrap().skills.insert(skill("law"), level(4));
    plan.agents.insert(agent("cleo"), an_agent(&["legal"], 2));
    plan.queues.get_mut("legal").unwrap().skills.insert(skill("law"), level(3));
    plan.queues.get_mut("billing").unwrap().hours = Some(Hours::parse("24/7 closed", "UTC", &[]).unwrap());
    let mut floor = staffed(plan);
    floor.set_agent(&agent("ben"), offline());
    floor.set_agent(&agent("ana"), busy(&[0]));
    floor.enqueue(Waiting { queue: queue("legal"), ..customer(1, 10) });
    let availability = floor.availability(&about("legal"), at(0), &Waits::new());
    assert_eq!(availability.admission.queue, queue("legal"));
    let [legal, billing] = &availability.queues[..] else { panic!("{:?}", availability.queues) };
    let counts = |queue: &baton_routing::QueueAvailability| {
        (queue.agents_connected, queue.agents_available, queue.agents_free, queue.waiting)
    };
    assert_eq!((legal.open, counts(legal)), (true, (2, 1, 0, 1)), "Cleo is connected and knows no law");
    assert_eq!((billing.open, counts(billing)), (false, (1, 1, 0, 0)));
}

#[test]
fn a_plan_says_what_is_wrong_with_it() {
    let mut plan = plan();
    plan.default_queue = queue("support");
    plan.agents.get_mut("ana").unwrap().queues.insert(queue("sales"));
    plan.queues.get_mut("billing").unwrap().skills.insert(skill("law"), level(5));
    let problems = plan.problems();
    assert_eq!(
        problems,
        [
            PlanProblem::DefaultQueueUnknown { queue: queue("support") },
            PlanProblem::AgentQueueUnknown { agent: agent("ana"), queue: queue("sales") },
            PlanProblem::NobodyServes { queue: queue("billing") },
        ]
    );
    assert!(problems[0].is_error() && !problems[2].is_error());
    assert!(problems[1].to_string().contains("agent `ana` works in queue `sales`, which does not exist"));
    let floor = staffed(plan);
    assert_eq!(floor.admit(&about("weather"), at(0), &Waits::new()).queue, queue("billing"), "it runs all the same");
}
