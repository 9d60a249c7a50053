//! A small contact centre for the tests: two people who take billing, one of them in German.
#![allow(dead_code, reason = "every test binary uses its part")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use baton_core::{AgentId, ConversationId, HandoffId, Language, Level, Needs, QueueId, SkillId, Timestamp};
use baton_routing::{AgentPlan, AgentPresence, Decision, Floor, PRIORITY_WORTH, Plan, Queue, Waiting};
use uuid::Uuid;

pub(crate) const RING: Duration = Duration::from_secs(30);

pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp(1_780_000_000_000 + seconds * 1_000)
}

pub(crate) fn agent(key: &str) -> AgentId {
    AgentId::new(key).unwrap()
}

pub(crate) fn queue(key: &str) -> QueueId {
    QueueId::new(key).unwrap()
}

pub(crate) fn skill(key: &str) -> SkillId {
    SkillId::new(key).unwrap()
}

pub(crate) fn level(number: u8) -> Level {
    Level::new(number).unwrap()
}

pub(crate) fn language(tag: &str) -> Language {
    Language::new(tag).unwrap()
}

pub(crate) fn handoff(number: u128) -> HandoffId {
    HandoffId(Uuid::from_u128(number))
}

pub(crate) fn a_queue(name: &str) -> Queue {
    Queue { name: name.to_owned(), ring: RING, ..Queue::default() }
}

pub(crate) fn an_agent(queues: &[&str], capacity: u8) -> AgentPlan {
    AgentPlan {
        name: "Agent".to_owned(),
        queues: queues.iter().map(|key| queue(key)).collect(),
        languages: BTreeSet::from([Language::ENGLISH]),
        capacity,
        ..AgentPlan::default()
    }
}

/// Billing is the default queue; Ana and Ben work there, with one slot each, and Ben speaks German too.
pub(crate) fn plan() -> Plan {
    let mut ben = an_agent(&["billing"], 1);
    ben.languages.insert(language("de"));
    Plan {
        version: 7,
        queues: BTreeMap::from([(queue("billing"), a_queue("Billing"))]),
        default_queue: queue("billing"),
        agents: BTreeMap::from([(agent("ana"), an_agent(&["billing"], 1)), (agent("ben"), ben)]),
        priority_worth: PRIORITY_WORTH,
        urgent_from: None,
    }
}

/// A floor on which everybody of the plan is available: idle since 1, 2, 3 … in the order of their keys.
pub(crate) fn staffed(plan: Plan) -> Floor {
    let agents: Vec<_> = plan.agents.keys().cloned().collect();
    let mut floor = Floor::new(Arc::new(plan));
    for (number, agent) in (1..).zip(agents) {
        floor.set_agent(&agent, idle(number));
    }
    floor
}

pub(crate) fn idle(since: i64) -> AgentPresence {
    AgentPresence { connected: true, available: true, held: BTreeSet::new(), idle_since: at(since) }
}

pub(crate) fn busy(slots: &[u8]) -> AgentPresence {
    AgentPresence { held: slots.iter().copied().collect(), ..idle(0) }
}

pub(crate) fn away() -> AgentPresence {
    AgentPresence { available: false, ..idle(0) }
}

pub(crate) fn offline() -> AgentPresence {
    AgentPresence { connected: false, ..idle(0) }
}

/// A customer who waits in billing since this second.
pub(crate) fn customer(number: u128, since: i64) -> Waiting {
    Waiting {
        handoff: handoff(number),
        conversation: ConversationId(Uuid::from_u128(number)),
        queue: queue("billing"),
        since: at(since),
        queued_at: at(since),
        needs: Needs::default(),
        reserved_for: None,
        offered: false,
    }
}

pub(crate) fn with(number: u128, since: i64, needs: Needs) -> Waiting {
    Waiting { needs, ..customer(number, since) }
}

/// Who was chosen for whom, as people read it.
pub(crate) fn chosen(decisions: &[Decision]) -> Vec<(u128, &str)> {
    let name = |decision: &Decision| decision.handoff.0.as_u128();
    decisions
        .iter()
        .map(|decision| (name(decision), decision.chosen.as_ref().expect("a proposal").agent.as_str()))
        .collect()
}

/// What is proposed, with its records.
pub(crate) fn decided(floor: &mut Floor, now: Timestamp) -> Vec<Decision> {
    let proposals = floor.route(now).offers;
    let records = floor.records(&proposals, now);
    for (proposal, record) in proposals.iter().zip(&records) {
        assert_eq!((proposal.handoff, Some(&proposal.choice)), (record.handoff, record.chosen.as_ref()));
        assert_eq!((&proposal.reason, proposal.step), (&record.reason, record.step));
    }
    assert_eq!(proposals.len(), records.len());
    records
}
