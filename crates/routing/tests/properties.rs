//! What holds for any floor, whatever happens on it and in whatever order.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod house;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use baton_core::{HandoffId, Needs, Priority, Staffing, Timestamp};
use baton_routing::{
    AgentPresence, Considered, Floor, PRIORITY_WORTH, Plan, Reason, Waiting, Waits, WhyNot, order_key,
};
use house::*;
use proptest::prelude::*;

const AGENTS: [&str; 4] = ["ana", "ben", "cleo", "dan"];
const QUEUES: [&str; 2] = ["billing", "sales"];

/// What can happen to a floor.
#[derive(Debug, Clone)]
enum Step {
    Arrive {
        queue: usize,
        needs: Needs,
        reserved_for: Option<usize>,
    },
    Leave {
        nth: usize,
    },
    Presence {
        agent: usize,
        connected: bool,
        available: bool,
    },
    /// Everything that is proposed is offered, and answered as the bits say: accepted or declined.
    Route {
        answers: u32,
    },
    Finish {
        agent: usize,
    },
    Pass {
        seconds: u16,
    },
}

/// A floor beside what the shell knows of it.
struct World {
    floor: Floor,
    now: Timestamp,
    arrived: u128,
    held: BTreeMap<&'static str, BTreeSet<u8>>,
    presence: BTreeMap<&'static str, AgentPresence>,
}

impl World {
    fn new(plan: Plan) -> Self {
        Self {
            floor: Floor::new(Arc::new(plan)),
            now: at(0),
            arrived: 0,
            held: BTreeMap::new(),
            presence: BTreeMap::new(),
        }
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Arrive { queue: number, needs, reserved_for } => {
                self.arrived += 1;
                self.floor.enqueue(Waiting {
                    queue: queue(QUEUES[*number]),
                    since: self.now,
                    reserved_for: reserved_for.map(|number| agent(AGENTS[number])),
                    ..with(self.arrived, 0, needs.clone())
                });
            }
            Step::Leave { nth } => {
                let first = handoff(u128::try_from(*nth).unwrap() % (self.arrived + 1));
                self.floor.dequeue(first);
            }
            Step::Presence { agent, connected, available } => {
                let presence = self.presence.entry(AGENTS[*agent]).or_default();
                (presence.connected, presence.available) = (*connected, *available);
                self.tell(AGENTS[*agent]);
            }
            Step::Route { answers } => self.route(*answers),
            Step::Finish { agent } => {
                self.held.entry(AGENTS[*agent]).or_default().pop_last();
                self.presence.entry(AGENTS[*agent]).or_default().idle_since = self.now;
                self.tell(AGENTS[*agent]);
            }
            Step::Pass { seconds } => self.now = self.now + Duration::from_secs((*seconds).into()),
        }
    }

    fn tell(&mut self, name: &'static str) {
        let held = self.held.entry(name).or_default().clone();
        self.presence.entry(name).or_default().held = held;
        self.floor.set_agent(&agent(name), self.presence[name].clone());
    }

    fn route(&mut self, answers: u32) {
        let decisions = decided(&mut self.floor, self.now);
        assert_eq!(decisions, decided(&mut self.floor, self.now), "the same floor, other decisions");
        let mut proposed = BTreeSet::new();
        for (decision, number) in decisions.iter().zip(0..) {
            let choice = decision.chosen.as_ref().expect("route answers with proposals");
            assert!(proposed.insert(decision.handoff), "one handoff proposed twice");
            let name = AGENTS.into_iter().find(|name| *name == choice.agent.as_str()).unwrap();
            let capacity = self.floor.plan().agents[name].capacity;
            let held = self.held.entry(name).or_default();
            assert!(
                choice.slots[0] < capacity && held.insert(choice.slots[0]),
                "slot {} of {name} given twice",
                choice.slots[0]
            );
            assert!(held.len() <= usize::from(capacity), "{name} is above capacity");
            let waiting = self.floor.waiting(decision.handoff).expect("it waits");
            assert!(!waiting.offered, "offered twice");
            let presence = &self.presence[name];
            assert!(presence.connected && presence.available, "{name} is not there");
            if answers >> (number % 32) & 1 == 1 {
                self.floor.dequeue(decision.handoff);
            } else {
                held.remove(&choice.slots[0]);
                self.floor.exclude(decision.handoff, &choice.agent, self.now + Duration::from_mins(1));
            }
        }
        for name in AGENTS {
            self.tell(name);
        }
    }

    fn waiting(&self) -> Vec<HandoffId> {
        QUEUES.iter().flat_map(|key| self.floor.queue_waiting(&queue(key))).map(|waiting| waiting.handoff).collect()
    }

    /// The order of each queue is priority, `since`, id, and the position counts it.
    fn check_positions(&self) {
        for key in QUEUES {
            let mut last = None;
            let added = self.floor.plan().queues[key].priority.get();
            for (waiting, position) in self.floor.queue_waiting(&queue(key)).zip(1..) {
                assert_eq!(self.floor.position(waiting.handoff), Some(position));
                let rank = i16::from(waiting.needs.priority.get()) + i16::from(added);
                let place = (order_key(waiting.since, rank, PRIORITY_WORTH), waiting.handoff);
                assert!(last.replace(place).is_none_or(|before| before < place));
            }
            let told = self.floor.queue_staffing(&queue(key), self.now, &Waits::new());
            let asked = self.floor.queue_waiting(&queue(key)).map(|waiting| {
                let staffing = self.floor.staffing(waiting.handoff, self.now, &Waits::new());
                (waiting.handoff, staffing.expect("it waits"))
            });
            let promises = self.floor.queue_promises(&queue(key), self.now);
            for ((_, staffing, snapshot), (_, nobody)) in told.iter().zip(promises) {
                match nobody {
                    Some(nobody) => assert_eq!((staffing, snapshot), (&nobody, &None)),
                    None => assert!(matches!(staffing, Staffing::Staffed { .. })),
                }
            }
            let told: Vec<_> = told.into_iter().map(|(handoff, staffing, _)| (handoff, staffing)).collect();
            assert_eq!(told, asked.collect::<Vec<_>>());
        }
    }

    /// Whoever waits is matched, or has a reason that ends by itself or by what others do.
    fn check_that_everything_moves(&mut self) {
        let routed: BTreeSet<_> = decided(&mut self.floor, self.now).iter().map(|decision| decision.handoff).collect();
        for handoff in self.waiting() {
            let explained = self.floor.explain(handoff, self.now).unwrap();
            assert_eq!(explained.chosen.is_some(), routed.contains(&handoff));
            match explained.reason {
                Reason::WaitsForOthers { until } => {
                    let busy = |one: &Considered| matches!(one.verdict, Err(WhyNot::Full | WhyNot::GivenToEarlier));
                    assert!(explained.considered.iter().any(busy), "nobody else could take it: {explained:?}");
                    assert!(until > self.now && self.floor.next_due(self.now).is_some_and(|due| due <= until));
                }
                Reason::WaitsForReserved { agent } => {
                    let verdict = explained.considered.iter().find(|one| one.agent == agent).map(|one| &one.verdict);
                    assert!(matches!(verdict, Some(Err(WhyNot::Full | WhyNot::GivenToEarlier))), "{agent} is free");
                }
                Reason::NobodyCouldServe | Reason::AllBusy | Reason::BehindEarlier => {
                    // None of those who could take it has a slot that this round leaves.
                    let ready = explained.considered.iter().filter(|one| {
                        let fits = one.verdict.as_ref().is_err_and(|why| *why == WhyNot::NotLongestIdle);
                        fits && self.has_slot(one.agent.as_str())
                    });
                    assert_eq!(ready.count(), 0, "{:?}", self.floor.explain(handoff, self.now));
                }
                Reason::Reserved
                | Reason::Preferred
                | Reason::OnlyOne
                | Reason::SpeaksLanguage
                | Reason::LongestIdle
                | Reason::LeastOccupied
                | Reason::BestSkill
                | Reason::AskedAgain => assert!(explained.chosen.is_some()),
                Reason::WaitsForPreferred { .. } | Reason::Announced | Reason::ToBeTaken => {
                    panic!("no queue here is like that: {explained:?}")
                }
                Reason::Offered => panic!("nothing is left ringing"),
            }
        }
    }

    fn has_slot(&self, name: &str) -> bool {
        let held = self.held.get(name).map_or(0, BTreeSet::len);
        held < usize::from(self.floor.plan().agents[name].capacity)
    }
}

fn plans() -> impl Strategy<Value = Plan> {
    let agents = prop::collection::vec((0..3_u8, 1..4_u8, 0..3_u8, any::<bool>()), AGENTS.len());
    (agents, any::<bool>(), 0..2_i8).prop_map(|(agents, language_required, added)| {
        let mut plan = plan();
        plan.queues.insert(queue("sales"), a_queue("Sales"));
        let billing = plan.queues.get_mut("billing").unwrap();
        (billing.language_required, billing.priority) = (language_required, Priority::new(added).unwrap());
        plan.agents.clear();
        for (name, (capacity, works_in, knows, german)) in AGENTS.iter().zip(agents) {
            let queues: Vec<_> = (0..2).filter(|bit| works_in >> bit & 1 == 1).map(|bit| QUEUES[bit]).collect();
            let mut of = an_agent(&queues, capacity);
            of.skills.extend((knows > 0).then(|| (skill("refunds"), level(knows))));
            of.languages.extend(german.then(|| language("de")));
            plan.agents.insert(agent(name), of);
        }
        plan
    })
}

fn needs() -> impl Strategy<Value = Needs> {
    let preferred = prop::option::weighted(0.2, 0..AGENTS.len());
    (0..3_u8, any::<bool>(), preferred, -1..2_i8).prop_map(|(needed, german, preferred, priority)| Needs {
        skills: (needed > 0).then(|| (skill("refunds"), level(needed))).into_iter().collect(),
        language: german.then(|| language("de")),
        preferred_agent: preferred.map(|number| agent(AGENTS[number])),
        priority: Priority::new(priority).unwrap(),
        ..Needs::default()
    })
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let reserved = prop::option::weighted(0.1, 0..AGENTS.len());
    let step = prop_oneof![
        4 => (0..2_usize, needs(), reserved).prop_map(|(queue, needs, reserved_for)| Step::Arrive { queue, needs, reserved_for }),
        1 => (0..40_usize).prop_map(|nth| Step::Leave { nth }),
        3 => (0..AGENTS.len(), prop::bool::weighted(0.9), prop::bool::weighted(0.9))
            .prop_map(|(agent, connected, available)| Step::Presence { agent, connected, available }),
        4 => any::<u32>().prop_map(|answers| Step::Route { answers }),
        3 => (0..AGENTS.len()).prop_map(|agent| Step::Finish { agent }),
        2 => (0..90_u16).prop_map(|seconds| Step::Pass { seconds }),
    ];
    prop::collection::vec(step, 1..60)
}

proptest! {
    #[test]
    fn nobody_is_overbooked_everything_moves_and_places_are_counted(plan in plans(), steps in steps()) {
        let mut world = World::new(plan);
        for step in &steps {
            world.take(step);
            world.check_positions();
            world.check_that_everything_moves();
        }
    }

    #[test]
    fn a_floor_built_in_another_order_decides_the_same(plan in plans(), all in prop::collection::vec(needs(), 1..20), seed in any::<u64>()) {
        let waiting: Vec<_> = (1..).zip(all).map(|(number, needs)| with(number, (number % 3).try_into().unwrap(), needs)).collect();
        let mut shuffled = waiting.clone();
        shuffled.sort_by_key(|waiting| waiting.handoff.0.as_u128().wrapping_mul(u128::from(seed) | 1) % 1_009);
        let build = |waiting: Vec<Waiting>, backwards: bool| {
            let mut floor = Floor::new(Arc::new(plan.clone()));
            let mut names = AGENTS;
            if backwards { names.reverse(); }
            for name in names { floor.set_agent(&agent(name), idle(0)); }
            for waiting in waiting { floor.enqueue(waiting); }
            floor
        };
        prop_assert_eq!(decided(&mut build(waiting, false), at(100)), decided(&mut build(shuffled, true), at(100)));
    }

    #[test]
    fn nobody_is_overtaken_by_a_newer_one_with_the_same_needs(plan in plans(), needs in needs(), count in 2..12_u128) {
        let mut floor = staffed(plan);
        for number in 1..=count {
            floor.enqueue(with(number, number.try_into().unwrap(), needs.clone()));
        }
        let routed: Vec<_> = decided(&mut floor, at(100)).iter().map(|decision| decision.handoff).collect();
        let oldest: Vec<_> = (1..=count).map(handoff).take(routed.len()).collect();
        prop_assert_eq!(routed, oldest);
    }

    #[test]
    fn the_longest_idle_of_those_alike_gets_it(since in prop::collection::vec(0..50_i64, AGENTS.len())) {
        let mut plan = plan();
        plan.agents = AGENTS.iter().map(|name| (agent(name), an_agent(&["billing"], 1))).collect();
        let mut floor = staffed(plan);
        for (name, since) in AGENTS.iter().zip(&since) {
            floor.set_agent(&agent(name), idle(*since));
        }
        floor.enqueue(customer(1, 0));
        let (_, longest) = since.iter().zip(AGENTS).min().unwrap();
        let decisions = decided(&mut floor, at(100));
        prop_assert_eq!(chosen(&decisions), [(1, longest)]);
    }
}
