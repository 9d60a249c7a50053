//! The floor against the rules of routing written down once more in the plainest way: every handoff in its order looks
//! at every agent. Whatever happens on a floor, and in whatever order, both must propose the same.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod house;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use baton_core::{AgentId, HandoffId, Level, Needs, Priority, SkillId, Timestamp, Weight};
use baton_routing::{
    AgentPlan, AgentPresence, Choose, Delivery, Floor, PASSED_MAX, Plan, Queue, Relaxation, Waiting, order_key,
};
use house::*;
use proptest::prelude::*;

const QUEUES: [&str; 3] = ["billing", "sales", "legal"];
const SKILLS: [&str; 3] = ["refunds", "tax", "law"];

/// What happens on a floor.
#[derive(Debug, Clone)]
enum Step {
    Arrive {
        queue: usize,
        needs: Needs,
        reserved_for: Option<usize>,
        ago: i64,
    },
    Leave(usize),
    Prioritise(usize, i8),
    Presence {
        agent: usize,
        connected: bool,
        available: bool,
    },
    Finish(usize, u8),
    Pass(i64),
    /// Everything is proposed, compared, and answered by these bits: accepted, declined, left ringing, or not carried out.
    Route(u64),
    /// All who ring are declined.
    Decline,
}

struct World {
    floor: Floor,
    plan: Arc<Plan>,
    names: Vec<AgentId>,
    now: Timestamp,
    arrived: u128,
    presence: Vec<AgentPresence>,
    waiting: BTreeMap<HandoffId, Waiting>,
    excluded: BTreeMap<HandoffId, BTreeMap<AgentId, Timestamp>>,
    ringing: BTreeMap<HandoffId, (usize, Vec<u8>)>,
}

impl World {
    fn new(plan: Plan) -> Self {
        let plan = Arc::new(plan);
        let names: Vec<_> = plan.agents.keys().cloned().collect();
        Self {
            floor: Floor::new(Arc::clone(&plan)),
            presence: vec![AgentPresence::default(); names.len()],
            names,
            plan,
            now: at(0),
            arrived: 0,
            waiting: BTreeMap::new(),
            excluded: BTreeMap::new(),
            ringing: BTreeMap::new(),
        }
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Arrive { queue: number, needs, reserved_for, ago } => {
                self.arrived += 1;
                let since = self.now - Duration::from_secs((*ago).unsigned_abs());
                let waiting = Waiting {
                    queue: queue(QUEUES[*number]),
                    since,
                    queued_at: since,
                    reserved_for: reserved_for.map(|number| self.names[number % self.names.len()].clone()),
                    ..with(self.arrived, 0, needs.clone())
                };
                self.waiting.insert(waiting.handoff, waiting.clone());
                self.floor.enqueue(waiting);
            }
            Step::Leave(nth) => {
                if let Some(handoff) = self.nth(*nth) {
                    self.gone(handoff);
                }
            }
            Step::Prioritise(nth, priority) => {
                if let Some(handoff) = self.nth(*nth) {
                    let waiting = self.waiting.get_mut(&handoff).unwrap();
                    waiting.needs.priority = Priority::new(*priority).unwrap();
                    self.floor.enqueue(waiting.clone());
                }
            }
            Step::Presence { agent, connected, available } => {
                let agent = agent % self.names.len();
                (self.presence[agent].connected, self.presence[agent].available) = (*connected, *available);
                self.tell(agent);
            }
            Step::Finish(agent, slot) => {
                let agent = agent % self.names.len();
                if !self.ringing.values().any(|(other, slots)| *other == agent && slots.contains(slot)) {
                    self.presence[agent].held.remove(slot);
                }
                self.presence[agent].idle_since = self.now;
                self.tell(agent);
            }
            Step::Pass(seconds) => self.now = self.now + Duration::from_secs(seconds.unsigned_abs()),
            Step::Route(answers) => self.route(*answers),
            Step::Decline => {
                for (handoff, (agent, slots)) in std::mem::take(&mut self.ringing) {
                    self.presence[agent].held.retain(|slot| !slots.contains(slot));
                    self.waiting.get_mut(&handoff).unwrap().offered = false;
                    self.floor.set_offered(handoff, false);
                    self.decline(handoff, agent);
                    self.tell(agent);
                }
            }
        }
    }

    fn nth(&self, nth: usize) -> Option<HandoffId> {
        self.waiting.keys().nth(nth % self.waiting.len().max(1)).copied()
    }

    fn gone(&mut self, handoff: HandoffId) {
        self.floor.dequeue(handoff);
        self.waiting.remove(&handoff);
        self.excluded.remove(&handoff);
        if let Some((agent, slots)) = self.ringing.remove(&handoff) {
            self.presence[agent].held.retain(|slot| !slots.contains(slot));
            self.tell(agent);
        }
    }

    fn decline(&mut self, handoff: HandoffId, agent: usize) {
        let until = self.now + Duration::from_secs(45);
        self.excluded.entry(handoff).or_default().insert(self.names[agent].clone(), until);
        self.floor.exclude(handoff, &self.names[agent].clone(), until);
    }

    fn tell(&mut self, agent: usize) {
        self.floor.set_agent(&self.names[agent].clone(), self.presence[agent].clone());
    }

    fn route(&mut self, answers: u64) {
        let expected = Plain::of(self).proposals();
        let routed = self.floor.route(self.now);
        let proposed: Vec<_> = routed
            .offers
            .iter()
            .map(|offer| (offer.handoff, offer.choice.agent.clone(), offer.choice.slots.clone()))
            .collect();
        let differs = proposed.iter().zip(&expected).find(|(one, other)| one != other);
        if let Some((_, (handoff, agent, _))) = differs {
            let mut why = self.floor.explain(*handoff, self.now).unwrap();
            why.considered.retain(|one| one.agent == *agent);
            panic!("{differs:?}: {why:?} {:?}", self.floor.waiting(*handoff));
        }
        if let Some((handoff, agent, _)) = expected.get(proposed.len()) {
            let mut why = self.floor.explain(*handoff, self.now).unwrap();
            why.considered.retain(|one| one.agent == *agent);
            panic!("{agent} is not found: {why:?} {:?}", self.floor.waiting(*handoff));
        }
        let more = proposed.get(expected.len()).map(|(handoff, ..)| self.floor.explain(*handoff, self.now));
        assert_eq!(more, None, "more is proposed");
        let records = self.floor.records(&routed.offers, self.now);
        assert_eq!(records.len(), routed.offers.len());
        for (record, offer) in records.iter().zip(&routed.offers) {
            assert_eq!((record.chosen.as_ref(), &record.reason), (Some(&offer.choice), &offer.reason));
        }
        assert_eq!(self.floor.route(self.now).offers, routed.offers, "the same floor, other proposals");
        for (offer, number) in routed.offers.iter().zip(0..) {
            let agent = self.names.iter().position(|name| *name == offer.choice.agent).unwrap();
            let slots = offer.choice.slots.clone();
            match answers >> (2 * (number % 32)) & 3 {
                0 => {
                    self.presence[agent].held.extend(&slots);
                    self.tell(agent);
                    self.gone(offer.handoff);
                }
                1 => self.decline(offer.handoff, agent),
                2 => {
                    self.presence[agent].held.extend(&slots);
                    self.ringing.insert(offer.handoff, (agent, slots));
                    self.waiting.get_mut(&offer.handoff).unwrap().offered = true;
                    self.floor.set_offered(offer.handoff, true);
                    self.tell(agent);
                }
                _ => {}
            }
        }
    }
}

/// The rules, without any structure beside the lists.
struct Plain<'a> {
    world: &'a World,
    given: BTreeMap<usize, (usize, BTreeSet<u8>)>,
}

/// What a handoff asks after relaxation.
struct Asks {
    queues: Vec<String>,
    skills: BTreeMap<SkillId, Level>,
    language_required: bool,
    weight: usize,
    urgent: bool,
}

impl<'a> Plain<'a> {
    fn of(world: &'a World) -> Self {
        Self { world, given: BTreeMap::new() }
    }

    fn proposals(mut self) -> Vec<(HandoffId, AgentId, Vec<u8>)> {
        let mut order: Vec<_> = self.world.waiting.values().collect();
        order.sort_by_key(|waiting| self.place(waiting));
        let mut proposals = Vec::new();
        for waiting in order {
            if !waiting.offered
                && let Some(agent) = self.agent_for(waiting)
            {
                let slots = self.slots(agent, &self.asks(waiting)).unwrap();
                let given = self.given.entry(agent).or_default();
                given.0 += 1;
                given.1.extend(&slots);
                proposals.push((waiting.handoff, self.world.names[agent].clone(), slots));
            }
        }
        proposals
    }

    fn place(&self, waiting: &Waiting) -> (i64, HandoffId) {
        (order_key(waiting.since, self.rank(waiting), self.world.plan.priority_worth), waiting.handoff)
    }

    fn rank(&self, waiting: &Waiting) -> i16 {
        i16::from(waiting.needs.priority.get()) + i16::from(self.queue(waiting).priority.get())
    }

    fn queue(&self, waiting: &Waiting) -> &Queue {
        &self.world.plan.queues[&waiting.queue]
    }

    fn plan_of(&self, agent: usize) -> &AgentPlan {
        &self.world.plan.agents[&self.world.names[agent]]
    }

    fn asks(&self, waiting: &Waiting) -> Asks {
        let queue = self.queue(waiting);
        let mut asks = Asks {
            queues: vec![waiting.queue.to_string()],
            skills: waiting.needs.skills.clone(),
            language_required: queue.language_required,
            weight: waiting.needs.weight.get().into(),
            urgent: self.world.plan.urgent_from.is_some_and(|from| self.rank(waiting) >= i16::from(from.get())),
        };
        for (skill, level) in &queue.skills {
            let needed = asks.skills.entry(skill.clone()).or_insert(*level);
            *needed = (*needed).max(*level);
        }
        for step in queue.relax.iter().filter(|step| waiting.queued_at + step.after <= self.world.now) {
            if let Some(most) = step.levels_at_most {
                asks.skills.values_mut().for_each(|level| *level = (*level).min(most));
            }
            if step.any_skill {
                asks.skills.clear();
            }
            asks.language_required &= !step.any_language;
            asks.queues.extend(step.also.iter().map(ToString::to_string));
        }
        asks
    }

    fn fits(&self, agent: usize, waiting: &Waiting, asks: &Asks) -> bool {
        let plan = self.plan_of(agent);
        waiting.reserved_for.as_ref() == Some(&self.world.names[agent])
            || asks.queues.iter().any(|queue| plan.queues.contains(queue.as_str()))
                && asks.skills.iter().all(|(skill, level)| plan.has(skill, *level))
                && (!asks.language_required || self.speaks(agent, waiting))
    }

    fn speaks(&self, agent: usize, waiting: &Waiting) -> bool {
        waiting.needs.language.is_none_or(|language| self.plan_of(agent).languages.contains(&language))
    }

    fn there(&self, agent: usize) -> bool {
        let presence = &self.world.presence[agent];
        presence.connected && presence.available && self.plan_of(agent).capacity > 0
    }

    fn excluded(&self, agent: usize, waiting: &Waiting) -> Option<Timestamp> {
        let until = self.world.excluded.get(&waiting.handoff)?.get(&self.world.names[agent])?;
        Some(*until).filter(|until| *until > self.world.now)
    }

    /// The slots it would take, if there are enough.
    fn slots(&self, agent: usize, asks: &Asks) -> Option<Vec<u8>> {
        let plan = self.plan_of(agent);
        let given = self.given.get(&agent);
        let held = &self.world.presence[agent].held;
        let taken = |slot: u8| held.contains(&slot) || given.is_some_and(|(_, slots)| slots.contains(&slot));
        let mut slots: Vec<u8> = (0..plan.capacity).filter(|slot| !taken(*slot)).collect();
        if asks.urgent {
            slots.extend((plan.capacity..plan.capacity + plan.urgent_slots).filter(|slot| !taken(*slot)));
        }
        slots.truncate(asks.weight);
        (self.there(agent) && slots.len() == asks.weight).then_some(slots)
    }

    fn has_ordinary(&self, agent: usize, asks: &Asks) -> bool {
        let ordinary = Asks { urgent: false, queues: Vec::new(), skills: BTreeMap::new(), ..*asks };
        self.slots(agent, &ordinary).is_some()
    }

    fn alone(&self, waiting: &Waiting, asks: &Asks) -> Option<usize> {
        let number = |name: &AgentId| self.world.names.iter().position(|other| other == name);
        let open = |agent: &usize| self.there(*agent) && self.excluded(*agent, waiting).is_none();
        let reserved = waiting.reserved_for.as_ref().and_then(number).filter(open);
        let lasts = self.world.now < waiting.queued_at + self.queue(waiting).prefer_for;
        let preferred = waiting.needs.preferred_agent.as_ref().and_then(number).filter(open);
        reserved.or_else(|| preferred.filter(|agent| lasts && self.fits(*agent, waiting, asks)))
    }

    /// Whether the agent keeps slots for a heavier one who came before and has been passed long enough.
    fn saves(&self, agent: usize, waiting: &Waiting) -> bool {
        let mut heavy: Vec<_> = self.world.waiting.values().filter(|other| other.needs.weight.get() > 1).collect();
        heavy.retain(|other| !other.offered && self.queue(other).delivery == Delivery::Offer);
        heavy.iter().any(|other| {
            let asks = self.asks(other);
            let plan = self.plan_of(agent);
            let could = plan.capacity + if asks.urgent { plan.urgent_slots } else { 0 };
            let for_another = self.alone(other, &asks).is_some_and(|alone| alone != agent);
            !for_another
                && self.place(other) < self.place(waiting)
                && self.world.now >= other.queued_at + PASSED_MAX
                && (self.alone(other, &asks) == Some(agent) || self.fits_unreserved(agent, other, &asks))
                && self.excluded(agent, other).is_none()
                && usize::from(could) >= asks.weight
                && self.slots(agent, &asks).is_none()
        })
    }

    fn fits_unreserved(&self, agent: usize, other: &Waiting, asks: &Asks) -> bool {
        self.fits(agent, &Waiting { reserved_for: None, ..other.clone() }, asks)
    }

    fn agent_for(&self, waiting: &Waiting) -> Option<usize> {
        let asks = self.asks(waiting);
        if let Some(alone) = self.alone(waiting, &asks) {
            return self.slots(alone, &asks).is_some().then_some(alone).filter(|alone| !self.saves(*alone, waiting));
        }
        let fit: Vec<_> = (0..self.world.names.len()).filter(|agent| self.fits(*agent, waiting, &asks)).collect();
        let free: Vec<_> = fit
            .iter()
            .copied()
            .filter(|agent| self.slots(*agent, &asks).is_some() && !self.saves(*agent, waiting))
            .collect();
        let open: Vec<_> = free.iter().copied().filter(|agent| self.excluded(*agent, waiting).is_none()).collect();
        if open.is_empty() {
            let others = fit.iter().any(|agent| self.there(*agent) && self.excluded(*agent, waiting).is_none());
            let again = free.into_iter().min_by_key(|agent| (self.excluded(*agent, waiting), *agent));
            return again.filter(|_| !others);
        }
        let preferred = |agent: &&usize| waiting.needs.preferred_agent.as_ref() == Some(&self.world.names[**agent]);
        if let Some(preferred) = open.iter().find(preferred) {
            return Some(*preferred);
        }
        let weakest = |agent: usize| {
            let plan = self.plan_of(agent);
            asks.skills.keys().map(|skill| plan.skills.get(skill).map_or(0, |level| level.get())).min()
        };
        open.into_iter().min_by_key(|agent| {
            let agent = *agent;
            let given = self.given.get(&agent).cloned().unwrap_or_default();
            let plan = self.plan_of(agent);
            let held = self.world.presence[agent].held.iter().chain(&given.1);
            let occupied = u64::try_from(held.filter(|slot| **slot < plan.capacity).count()).unwrap();
            let choice = match self.queue(waiting).choose {
                Choose::LongestIdle => (Reverse(0), given.0 as u64),
                Choose::LeastOccupied => (Reverse(0), occupied * 1_000_000 / u64::from(plan.capacity)),
                Choose::BestSkill => (Reverse(weakest(agent).unwrap_or(0).max(1)), given.0 as u64),
            };
            let own = plan.queues.contains(&waiting.queue);
            let interrupts = !self.has_ordinary(agent, &asks);
            (interrupts, !self.speaks(agent, waiting), !own, choice, self.world.presence[agent].idle_since, agent)
        })
    }
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn levels() -> impl Strategy<Value = BTreeMap<SkillId, Level>> {
    prop::collection::btree_map(0..SKILLS.len(), 1..6_u8, 0..3)
        .prop_map(|skills| skills.into_iter().map(|(number, at)| (skill(SKILLS[number]), level(at))).collect())
}

fn relaxations() -> impl Strategy<Value = Vec<Relaxation>> {
    let step = (1..60_u64, prop::option::of(1..4_u8), any::<bool>(), any::<bool>(), prop::option::of(0..QUEUES.len()));
    let step = step.prop_map(|(after, most, any_skill, any_language, also)| Relaxation {
        after: Duration::from_secs(after),
        levels_at_most: most.map(level),
        any_skill: any_skill && most.is_none(),
        any_language,
        also: also.map(|number| queue(QUEUES[number])).into_iter().collect(),
    });
    prop::collection::vec(step, 0..3).prop_map(|mut steps| {
        steps.sort_by_key(|step| step.after);
        steps
    })
}

fn queues() -> impl Strategy<Value = Queue> {
    let choose = prop::sample::select(vec![Choose::LongestIdle, Choose::LeastOccupied, Choose::BestSkill]);
    let skills = prop::option::weighted(0.3, (0..SKILLS.len(), 1..4_u8));
    let prefer = prop::sample::select(vec![0, 0, 30]);
    (relaxations(), choose, skills, -1..2_i8, any::<bool>(), prefer).prop_map(
        |(relax, choose, skills, priority, language_required, prefer)| Queue {
            relax,
            choose,
            skills: skills.map(|(number, at)| (skill(SKILLS[number]), level(at))).into_iter().collect(),
            priority: Priority::new(priority).unwrap(),
            language_required,
            prefer_for: Duration::from_secs(prefer),
            ..a_queue("Queue")
        },
    )
}

fn plans(agents: std::ops::Range<usize>) -> impl Strategy<Value = Plan> {
    let agent = (0..4_u8, 0..2_u8, 1..8_u8, levels(), any::<bool>());
    let queues = prop::collection::vec(queues(), QUEUES.len());
    let urgent_from = prop::option::weighted(0.5, 1..3_i8);
    (prop::collection::vec(agent, agents), queues, urgent_from).prop_map(|(agents, queues, urgent_from)| {
        let mut plan = plan();
        plan.urgent_from = urgent_from.map(|from| Priority::new(from).unwrap());
        plan.priority_worth = Duration::from_secs(20);
        plan.queues = QUEUES.iter().map(|key| queue(key)).zip(queues).collect();
        plan.agents.clear();
        for (number, (capacity, urgent_slots, works_in, skills, german)) in agents.into_iter().enumerate() {
            let queues: Vec<_> = (0..3).filter(|bit| works_in >> bit & 1 == 1).map(|bit| QUEUES[bit]).collect();
            let mut of = AgentPlan { skills, urgent_slots, ..an_agent(&queues, capacity) };
            of.languages.extend(german.then(|| language("de")));
            plan.agents.insert(agent_number(number), of);
        }
        plan
    })
}

fn agent_number(number: usize) -> AgentId {
    agent(&format!("a{number:03}"))
}

fn needs() -> impl Strategy<Value = Needs> {
    let preferred = prop::option::weighted(0.2, 0..6_usize);
    let weight = prop::sample::select(vec![1, 1, 1, 2, 3]);
    (levels(), any::<bool>(), preferred, -1..3_i8, weight).prop_map(|(skills, german, preferred, priority, weight)| {
        Needs {
            skills,
            language: german.then(|| language("de")),
            preferred_agent: preferred.map(agent_number),
            priority: Priority::new(priority).unwrap(),
            weight: Weight::new(weight).unwrap(),
            ..Needs::default()
        }
    })
}

fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    let reserved = prop::option::weighted(0.1, 0..6_usize);
    let step = prop_oneof![
        6 => (0..QUEUES.len(), needs(), reserved, 0..20_i64)
            .prop_map(|(queue, needs, reserved_for, ago)| Step::Arrive { queue, needs, reserved_for, ago }),
        1 => (0..40_usize).prop_map(Step::Leave),
        1 => (0..40_usize, -2..3_i8).prop_map(|(nth, priority)| Step::Prioritise(nth, priority)),
        4 => (0..400_usize, prop::bool::weighted(0.9), prop::bool::weighted(0.9))
            .prop_map(|(agent, connected, available)| Step::Presence { agent, connected, available }),
        4 => (0..400_usize, 0..4_u8).prop_map(|(agent, slot)| Step::Finish(agent, slot)),
        3 => (0..40_i64).prop_map(Step::Pass),
        5 => any::<u64>().prop_map(Step::Route),
        1 => Just(Step::Decline),
    ];
    prop::collection::vec(step, 1..most)
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn a_small_floor_proposes_what_the_plain_rules_propose(plan in plans(1..6), steps in steps(80)) {
        let mut world = World::new(plan);
        for step in &steps {
            world.take(step);
        }
        world.route(0);
    }
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn so_does_a_large_one_on_which_everybody_comes_at_once(plan in plans(90..200), arrivals in steps(260), after in steps(40)) {
        let mut world = World::new(plan);
        for step in arrivals.iter().filter(|step| !matches!(step, Step::Route(_))) {
            world.take(step);
        }
        for agent in 0..world.names.len() {
            world.take(&Step::Presence { agent, connected: true, available: true });
        }
        world.route(0x1234_5678_9abc_def0);
        for step in &after {
            world.take(step);
        }
        world.route(0);
    }
}
