//! The cost of one event on a floor: an agent who becomes free, a handoff that comes, and both where nobody fits.
//!
//! `cargo bench -p baton-routing --bench floor`
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a benchmark may panic, and looks at the clock")]

use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use baton_core::{AgentId, ConversationId, HandoffId, Language, Level, Needs, Priority, QueueId, SkillId, Timestamp};
use baton_routing::{AgentPlan, AgentPresence, Floor, PRIORITY_WORTH, Plan, Queue, Waiting};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use uuid::Uuid;

const SKILLS: u64 = 50;
const QUEUES: u64 = 8;
const START: i64 = 1_780_000_000_000;

/// Numbers that look random and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

fn queue(number: u64) -> QueueId {
    QueueId::new(format!("queue-{number}")).unwrap()
}

fn skill(number: u64) -> SkillId {
    SkillId::new(format!("skill-{number}")).unwrap()
}

fn level(number: u64) -> Level {
    Level::new(u8::try_from(number).unwrap()).unwrap()
}

fn agent(number: u64) -> AgentId {
    AgentId::new(format!("agent-{number:05}")).unwrap()
}

fn plan(agents: u64, skills_of: impl Fn(u64, &mut Chance) -> BTreeMap<SkillId, Level>) -> Plan {
    let mut chance = Chance(7);
    let agent_plan = |number: u64, chance: &mut Chance| AgentPlan {
        name: format!("Agent {number}"),
        queues: (0..2).map(|_| queue(chance.below(QUEUES))).collect(),
        skills: skills_of(number, chance),
        languages: BTreeSet::from([Language::ENGLISH]),
        capacity: 1,
        ..AgentPlan::default()
    };
    let a_queue = |number: u64| Queue { name: format!("Queue {number}"), ..Queue::default() };
    Plan {
        version: 1,
        queues: (0..QUEUES).map(|number| (queue(number), a_queue(number))).collect(),
        default_queue: queue(0),
        agents: (0..agents).map(|number| (agent(number), agent_plan(number, &mut chance))).collect(),
        priority_worth: PRIORITY_WORTH,
        urgent_from: None,
    }
}

/// Five of the fifty skills each.
fn five_skills(_: u64, chance: &mut Chance) -> BTreeMap<SkillId, Level> {
    (0..5).map(|_| (skill(chance.below(SKILLS)), level(1 + chance.below(5)))).collect()
}

/// No two agents alike: the number in binary says which of sixteen skills they have; nobody has the rarest.
fn distinct_skills(number: u64, _: &mut Chance) -> BTreeMap<SkillId, Level> {
    (0..16).filter(|bit| number >> bit & 1 == 1).map(|bit| (skill(bit), level(3))).collect()
}

fn presence(held: bool, idle_since: i64) -> AgentPresence {
    AgentPresence {
        connected: true,
        available: true,
        held: held.then_some(0).into_iter().collect(),
        idle_since: Timestamp(START + idle_since),
    }
}

fn waiting(number: u64, queue: QueueId, skills: BTreeMap<SkillId, Level>, priority: i8) -> Waiting {
    let since = Timestamp(START + i64::try_from(number).unwrap());
    let id = Uuid::from_u128(u128::from(number) << 64 | 0x7000);
    let priority = Priority::new(priority).unwrap();
    Waiting {
        handoff: HandoffId(id),
        conversation: ConversationId(id),
        queue,
        since,
        queued_at: since,
        needs: Needs { skills, priority, ..Needs::default() },
        reserved_for: None,
        offered: false,
    }
}

fn one_or_two_skills(number: u64, chance: &mut Chance) -> Waiting {
    let skills = (0..=chance.below(2)).map(|_| (skill(chance.below(SKILLS)), level(1 + chance.below(3)))).collect();
    let priority = i8::try_from(chance.below(3)).unwrap();
    waiting(number, queue(chance.below(QUEUES)), skills, priority)
}

/// The median of the events, as many times as there were: another program that takes the core in the middle of an event
/// would otherwise be counted as its cost.
fn typical(mut spent: Vec<Duration>) -> Duration {
    spent.sort_unstable();
    spent[spent.len() / 2] * u32::try_from(spent.len()).unwrap()
}

/// Everybody busy, everybody else waiting, and everybody has been free once: the first time costs more, because an
/// agent's lines are found then.
fn crowded(agents: u64, handoffs: u64) -> Floor {
    let mut floor = Floor::new(Arc::new(plan(agents, five_skills)));
    for number in 0..agents {
        floor.set_agent(&agent(number), presence(true, 0));
    }
    let mut chance = Chance(11);
    for number in 0..handoffs {
        floor.enqueue(one_or_two_skills(number, &mut chance));
    }
    floor.route(Timestamp(START + 1_000_000));
    for number in 0..agents {
        floor.set_agent(&agent(number), presence(false, 0));
        floor.route(Timestamp(START + 1_000_000));
        floor.set_agent(&agent(number), presence(true, 0));
    }
    floor.route(Timestamp(START + 1_000_000));
    floor
}

/// Everybody waits and nobody has come yet.
fn all_waiting(agents: u64, handoffs: u64) -> Floor {
    let mut floor = Floor::new(Arc::new(plan(agents, five_skills)));
    let mut chance = Chance(11);
    for number in 0..handoffs {
        floor.enqueue(one_or_two_skills(number, &mut chance));
    }
    floor.route(Timestamp(START + 1_000_000));
    floor
}

/// The first time that an agent becomes free since the configuration came.
fn freed_first(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("5 the first time");
    group.sample_size(10);
    for (agents, handoffs) in SIZES {
        group.bench_function(BenchmarkId::from_parameter(format!("{agents} agents, {handoffs} waiting")), |bench| {
            // Each agent of a floor is free for the first time once; after that a new floor is needed.
            let mut floor = None;
            let mut next = 0;
            bench.iter_custom(|rounds| {
                let mut spent = Vec::new();
                for _ in 0..rounds {
                    let fresh = floor.take().filter(|_| next < agents);
                    next = if fresh.is_some() { next } else { 0 };
                    let mut there = fresh.unwrap_or_else(|| all_waiting(agents, handoffs));
                    let begun = Instant::now();
                    there.set_agent(&agent(next), presence(false, 0));
                    black_box(there.route(Timestamp(START + 1_000_000)));
                    spent.push(begun.elapsed());
                    there.set_agent(&agent(next), presence(true, 0));
                    next += 1;
                    floor = Some(there);
                }
                typical(spent)
            });
        });
    }
    group.finish();
}

/// An agent becomes free, is offered the best handoff of those they can take, and it is carried out: the agent is busy
/// with it and it is gone. A handoff like it comes in for it, outside the measured time.
///
/// The time of the decision, and that of carrying it out.
fn freed(floor: &mut Floor, agents: u64, handoffs: u64, rounds: u64) -> (Duration, Duration) {
    let names: Vec<_> = (0..agents).map(agent).collect();
    let mut chance = Chance(13);
    let mut next = handoffs;
    let (mut spent, mut carried_out) = (Vec::new(), Vec::new());
    let now = Timestamp(START + 2_000_000);
    for round in 0..rounds {
        let who = &names[usize::try_from(chance.below(agents)).unwrap()];
        let (free, busy) =
            (presence(false, i64::try_from(round).unwrap()), presence(true, i64::try_from(round).unwrap()));
        let begun = Instant::now();
        floor.set_agent(who, free);
        let routed = floor.route(now);
        spent.push(begun.elapsed());
        let begun = Instant::now();
        floor.set_agent(who, busy);
        let taken = routed.offers.first().map(|offer| floor.dequeue(offer.handoff));
        carried_out.push(begun.elapsed());
        if let Some(Some(gone)) = black_box(taken) {
            next += 1;
            let id = Uuid::from_u128(u128::from(next) << 64 | 0x7000);
            floor.enqueue(Waiting { handoff: HandoffId(id), ..gone });
            floor.route(now);
        }
    }
    (typical(spent), typical(carried_out))
}

/// A handoff comes and takes its place behind everybody; nobody is free for it. It leaves outside the measured time.
fn arrived(floor: &mut Floor, handoffs: u64, rounds: u64) -> Duration {
    let mut chance = Chance(17);
    let mut spent = Vec::new();
    let now = Timestamp(START + 2_000_000);
    for round in 0..rounds {
        let coming = one_or_two_skills(handoffs + 1_000_000 + round, &mut chance);
        let handoff = coming.handoff;
        let begun = Instant::now();
        floor.enqueue(coming);
        let routed = floor.route(now);
        spent.push(begun.elapsed());
        assert!(black_box(routed).offers.is_empty());
        floor.dequeue(handoff);
    }
    typical(spent)
}

/// A handoff comes to a floor where everybody is free and is offered to the longest idle of those who fit.
fn arrived_among_the_free(floor: &mut Floor, rounds: u64) -> Duration {
    let mut chance = Chance(19);
    let mut spent = Vec::new();
    let now = Timestamp(START + 2_000_000);
    for round in 0..rounds {
        let coming = one_or_two_skills(round, &mut chance);
        let handoff = coming.handoff;
        let begun = Instant::now();
        floor.enqueue(coming);
        let routed = floor.route(now);
        spent.push(begun.elapsed());
        black_box(&routed);
        floor.dequeue(handoff);
        floor.route(now);
    }
    typical(spent)
}

const SIZES: [(u64, u64); 2] = [(1_000, 10_000), (10_000, 100_000)];

fn events(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("5 an event");
    for (agents, handoffs) in SIZES {
        let mut floor = crowded(agents, handoffs);
        let size = format!("{agents} agents, {handoffs} waiting");
        group.bench_function(BenchmarkId::new("an agent becomes free", &size), |bench| {
            bench.iter_custom(|rounds| freed(&mut floor, agents, handoffs, rounds).0);
        });
        group.bench_function(BenchmarkId::new("its offer is carried out", &size), |bench| {
            bench.iter_custom(|rounds| freed(&mut floor, agents, handoffs, rounds).1);
        });
        group.bench_function(BenchmarkId::new("a handoff comes, nobody is free", &size), |bench| {
            bench.iter_custom(|rounds| arrived(&mut floor, handoffs, rounds));
        });
        let mut idle = Floor::new(Arc::new(plan(agents, five_skills)));
        for number in 0..agents {
            idle.set_agent(&agent(number), presence(false, i64::try_from(number * 7_919 % agents).unwrap()));
        }
        idle.route(Timestamp(START));
        group.bench_function(BenchmarkId::new("a handoff comes, everybody is free", &size), |bench| {
            bench.iter_custom(|rounds| arrived_among_the_free(&mut idle, rounds));
        });
    }
    group.finish();
}

/// All agents differ; a handoff needs four common skills and one that nobody has, or ten that few have together.
fn adversary(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("5c the adversary");
    let agents = 10_000;
    for (name, skills) in [
        (
            "the rarest skill is missing",
            (0..4).chain([40]).map(|number| (skill(number), level(1))).collect::<BTreeMap<_, _>>(),
        ),
        (
            "every skill is common, all of them together are not",
            (0..13).map(|number| (skill(number), level(1))).collect(),
        ),
    ] {
        let mut floor = Floor::new(Arc::new(plan(agents, distinct_skills)));
        for number in 0..agents {
            floor.set_agent(&agent(number), presence(false, i64::try_from(number).unwrap()));
        }
        floor.route(Timestamp(START));
        let mut next = 0;
        group.bench_function(BenchmarkId::new("a handoff comes, everybody is free", name), |bench| {
            bench.iter_custom(|rounds| {
                let mut spent = Vec::new();
                for _ in 0..rounds {
                    next += 1;
                    let coming = waiting(next, queue(0), skills.clone(), 0);
                    let handoff = coming.handoff;
                    let begun = Instant::now();
                    floor.enqueue(coming);
                    black_box(floor.route(Timestamp(START)));
                    spent.push(begun.elapsed());
                    floor.dequeue(handoff);
                    floor.route(Timestamp(START));
                }
                typical(spent)
            });
        });
        for number in 0..100_000 {
            floor.enqueue(waiting(2_000_000_000 + number, queue(number % QUEUES), skills.clone(), 0));
        }
        for number in 0..agents {
            floor.set_agent(&agent(number), presence(true, 0));
        }
        floor.route(Timestamp(START + 1));
        let name = format!("{name}, 100000 wait");
        group.bench_function(BenchmarkId::new("an agent becomes free", name), |bench| {
            let mut chance = Chance(23);
            bench.iter_custom(|rounds| {
                let mut spent = Vec::new();
                for round in 0..rounds {
                    let who = agent(chance.below(agents));
                    let free = presence(false, i64::try_from(round).unwrap());
                    let begun = Instant::now();
                    floor.set_agent(&who, free);
                    black_box(floor.route(Timestamp(START + 2)));
                    floor.set_agent(&who, presence(true, 0));
                    spent.push(begun.elapsed());
                }
                typical(spent)
            });
        });
    }
    group.finish();
}

/// An event in one queue while 100,000 wait in the others, and while nobody does.
fn independence(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("5 independence of queues");
    for waiting_elsewhere in [0, 100_000] {
        let mut plan = plan(10_000, five_skills);
        // One agent works in queue 7 alone, and nobody else does.
        for (number, agent) in plan.agents.values_mut().enumerate() {
            agent.queues.remove(&queue(7));
            if number == 0 {
                agent.queues = BTreeSet::from([queue(7)]);
            }
        }
        let mut floor = Floor::new(Arc::new(plan));
        for number in 1..10_000 {
            floor.set_agent(&agent(number), presence(true, 0));
        }
        let mut chance = Chance(29);
        for number in 0..waiting_elsewhere {
            let mut elsewhere = one_or_two_skills(number, &mut chance);
            elsewhere.queue = queue(number % 7);
            floor.enqueue(elsewhere);
        }
        floor.route(Timestamp(START));
        let name = format!("{waiting_elsewhere} wait in other queues");
        let mut next = 3_000_000_000;
        group.bench_function(BenchmarkId::new("a handoff comes and is offered", name), |bench| {
            bench.iter_custom(|rounds| {
                let mut spent = Vec::new();
                for round in 0..rounds {
                    next += 1;
                    let coming = waiting(next, queue(7), BTreeMap::new(), 0);
                    let handoff = coming.handoff;
                    floor.set_agent(&agent(0), presence(false, i64::try_from(round).unwrap()));
                    floor.route(Timestamp(START));
                    let begun = Instant::now();
                    floor.enqueue(coming);
                    let routed = floor.route(Timestamp(START));
                    floor.set_agent(&agent(0), presence(true, 0));
                    floor.dequeue(handoff);
                    spent.push(begun.elapsed());
                    assert_eq!(routed.offers.len(), 1);
                }
                typical(spent)
            });
        });
    }
    group.finish();
}

/// Everybody becomes free in one round, with ten times as many waiting.
fn everybody_at_once(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("5 everybody at once");
    group.sample_size(10);
    for (agents, handoffs) in SIZES {
        let mut crowd = crowded(agents, handoffs);
        for number in 0..agents {
            crowd.set_agent(&agent(number), presence(false, i64::try_from(number).unwrap()));
        }
        group.bench_function(BenchmarkId::from_parameter(format!("{agents} agents, {handoffs} waiting")), |bench| {
            bench.iter(|| black_box(crowd.route(Timestamp(START + 2_000_000))).offers.len());
        });
    }
    group.finish();
}

criterion_group!(benches, events, freed_first, adversary, independence, everybody_at_once);
criterion_main!(benches);
